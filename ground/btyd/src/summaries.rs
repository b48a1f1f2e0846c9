//! Summaries of customers, ready for the models: counts, times, values, and
//! what the holdout held.
//!
//! A [`Ledger`](crate::Ledger) ends in one row per customer. From the rows
//! come the base the timing models are fitted to, the spend the value model
//! is fitted to, and the customers in order, to be scored and compared with
//! the holdout.

use crate::customer::InputError;
use crate::customers::Cell;
use crate::{Customer, Customers, Spend, Unit};

/// One customer's summary.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary<K> {
    /// Who.
    pub id: K,
    /// Repeat purchases.
    pub frequency: u32,
    /// Time of the last, from the first purchase.
    pub recency: f64,
    /// Time observed.
    pub age: f64,
    /// Mean value of a repeat purchase, zero without any.
    pub mean_value: f64,
    /// Purchases in the holdout.
    pub holdout: u32,
    /// Their value.
    pub holdout_value: f64,
    /// Sum of the logarithms of the times between purchases.
    pub ln_gaps: f64,
}

/// Summaries of a base.
#[derive(Clone, Debug, PartialEq)]
pub struct Summaries<K> {
    pub(crate) unit: Unit,
    pub(crate) rows: Vec<Summary<K>>,
}

impl<K> Summaries<K> {
    /// One row per customer.
    pub fn rows(&self) -> &[Summary<K>] {
        &self.rows
    }

    /// The base the models are fitted to, times between purchases included.
    ///
    /// ```
    /// use btyd::{BgNbd, Day, Ledger, Rules, Unit};
    /// let mut ledger = Ledger::new(Rules::new(Unit::Day, Day::numbered(100)));
    /// for (who, when) in [(1, 0), (2, 5), (1, 20), (3, 30), (1, 60), (2, 90)] {
    ///     ledger.record(who, Day::numbered(when), 10.0).unwrap();
    /// }
    /// let base = ledger.finish().customers().unwrap();
    /// assert_eq!((base.len(), base.purchases()), (3, 3));
    /// assert!(BgNbd::fit(&base).is_ok());
    /// ```
    pub fn customers(&self) -> Result<Customers, InputError> {
        let cell = |row: &Summary<K>| Cell {
            frequency: row.frequency,
            count: 1,
            recency: row.recency,
            age: row.age,
        };
        let gaps = self.rows.iter().map(|row| row.ln_gaps).sum();
        Ok(Customers::from_cells(self.unit, self.rows.iter().map(cell).collect())?.with_ln_gaps(gaps))
    }

    /// Each customer, in the order of the rows.
    pub fn each(&self) -> Result<Vec<Customer>, InputError> {
        let one = |row: &Summary<K>| Customer::in_unit(self.unit, row.frequency, row.recency, row.age);
        self.rows.iter().map(one).collect()
    }

    /// Mean values of the customers with repeat purchases of some value.
    ///
    /// Customers without repeat purchases, and those whose repeat purchases
    /// were free, say nothing about values and are left out.
    pub fn spend(&self) -> Result<Spend, InputError> {
        let spenders: Vec<&Summary<K>> =
            self.rows.iter().filter(|r| r.frequency > 0 && r.mean_value > 0.0).collect();
        let frequency: Vec<u32> = spenders.iter().map(|r| r.frequency).collect();
        let mean: Vec<f64> = spenders.iter().map(|r| r.mean_value).collect();
        Spend::new(&frequency, &mean)
    }
}
