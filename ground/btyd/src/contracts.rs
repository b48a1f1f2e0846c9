//! Customers under contract, whose leaving is seen: how many ended when, how
//! many are still there.
//!
//! Two shapes of record lead here. A firm that counts cohorts knows the
//! survivors at each anniversary; a firm that keeps contracts knows, for
//! each, the renewals made and whether it has ended. Both are losses by
//! period and customers still there by period, which is all the renewal
//! models look at.
//!
//! Whether a relation is a contract is decided by whether its end is *seen*,
//! not by the industry. A retainer that is cancelled is a contract; a shop
//! account that falls silent is not.

use crate::customer::InputError;

/// Renewals lost and kept, by number of periods.
///
/// A customer who signed and left at the first renewal ended in period 1.
/// Customers still there at the end of observation are kept; cohorts of
/// different age simply have different ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Contracts {
    /// Customers lost in period t, from t = 1.
    pub(crate) lost: Vec<f64>,
    /// Customers last seen alive after t renewals, from t = 0.
    pub(crate) kept: Vec<f64>,
}

impl Contracts {
    /// From survivors of one or more cohorts, each starting with the number
    /// that signed.
    ///
    /// ```
    /// use btyd::Contracts;
    /// let one = Contracts::from_survivors(&[&[1000, 631, 468]]).unwrap();
    /// assert_eq!(one.customers(), 1000);
    /// assert!(Contracts::from_survivors(&[&[1000, 1001]]).is_err());
    /// ```
    pub fn from_survivors(cohorts: &[&[u32]]) -> Result<Contracts, InputError> {
        let mut all = Contracts { lost: Vec::new(), kept: Vec::new() };
        for (row, survivors) in cohorts.iter().enumerate() {
            for (t, pair) in survivors.windows(2).enumerate() {
                let lost = pair[0].checked_sub(pair[1]).ok_or(InputError::NotAQuantity {
                    row,
                    column: "survivors lost",
                    value: f64::from(pair[0]) - f64::from(pair[1]),
                })?;
                all.add_lost(t, f64::from(lost));
            }
            if let Some(last) = survivors.last() {
                all.add_kept(survivors.len() - 1, f64::from(*last));
            }
        }
        all.checked()
    }

    /// From single contracts: renewals made, and whether the contract has
    /// ended.
    ///
    /// A contract that ended with `n` renewals made was lost in period
    /// `n + 1`.
    ///
    /// ```
    /// use btyd::Contracts;
    /// let same = Contracts::from_survivors(&[&[3, 2, 1]]).unwrap();
    /// let contracts = Contracts::from_tenures(&[0, 1, 2], &[true, true, false]).unwrap();
    /// assert_eq!(contracts, same);
    /// ```
    pub fn from_tenures(renewals: &[u32], ended: &[bool]) -> Result<Contracts, InputError> {
        if renewals.len() != ended.len() {
            return Err(InputError::UnequalColumns);
        }
        let mut all = Contracts { lost: Vec::new(), kept: Vec::new() };
        for (row, (&n, &over)) in renewals.iter().zip(ended).enumerate() {
            if n > 100_000 {
                return Err(InputError::OutOfRange { row });
            }
            if over { all.add_lost(n as usize, 1.0) } else { all.add_kept(n as usize, 1.0) }
        }
        all.checked()
    }

    /// Number of customers.
    pub fn customers(&self) -> u64 {
        self.lost.iter().chain(&self.kept).sum::<f64>() as u64
    }

    /// Whether any renewal was lost, and any made.
    pub(crate) fn varied(&self) -> bool {
        let lost: f64 = self.lost.iter().sum();
        let made: f64 = self.kept.iter().skip(1).sum::<f64>() + self.lost.iter().skip(1).sum::<f64>();
        lost > 0.0 && made > 0.0
    }

    /// Share of renewals lost, the crude rate behind the starts.
    pub(crate) fn crude_loss(&self) -> f64 {
        let lost: f64 = self.lost.iter().sum();
        let asked: f64 = self.lost.iter().enumerate().map(|(i, n)| n * (i as f64 + 1.0)).sum::<f64>()
            + self.kept.iter().enumerate().map(|(i, n)| n * i as f64).sum::<f64>();
        (lost / asked.max(1.0)).clamp(1e-4, 0.9)
    }

    fn add_lost(&mut self, index: usize, count: f64) {
        if self.lost.len() <= index {
            self.lost.resize(index + 1, 0.0);
        }
        self.lost[index] += count;
    }

    fn add_kept(&mut self, index: usize, count: f64) {
        if self.kept.len() <= index {
            self.kept.resize(index + 1, 0.0);
        }
        self.kept[index] += count;
    }

    fn checked(self) -> Result<Contracts, InputError> {
        if self.lost.iter().chain(&self.kept).sum::<f64>() > 0.0 { Ok(self) } else { Err(InputError::Empty) }
    }
}
