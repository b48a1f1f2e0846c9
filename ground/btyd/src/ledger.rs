//! From raw transactions to summaries: one pass over the stream, a few
//! numbers kept per customer.
//!
//! One pass, in order of time per customer, nine numbers kept for each:
//! memory depends on the number of customers, not of transactions. A stream
//! sorted by day satisfies the order; so does one sorted by customer and day.
//! What comes out of order is refused by name rather than miscounted.

use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;

use crate::Day;
use crate::rules::Rules;
use crate::summaries::{Summaries, Summary};

/// Summaries in the making. Feed it every transaction, each customer's in
/// order of time.
///
/// ```
/// use btyd::{Day, Ledger, Rules, Unit};
/// let day = |text| Day::parse(text).unwrap();
/// let mut ledger = Ledger::new(Rules::new(Unit::Week, day("2024-03-31")).holdout(day("2024-06-30")));
/// for (who, when, amount) in [("ann", "2024-01-01", 10.0), ("bob", "2024-01-15", 5.0), ("ann", "2024-01-15", 30.0),
///     ("ann", "2024-01-15", 4.0), ("ann", "2024-05-01", 8.0)] {
///     ledger.record(who, day(when), amount).unwrap();
/// }
/// let summaries = ledger.finish();
/// let ann = summaries.rows().iter().find(|row| row.id == "ann").unwrap();
/// assert_eq!((ann.frequency, ann.recency, ann.mean_value, ann.holdout), (1, 2.0, 34.0, 1));
/// ```
#[derive(Clone, Debug)]
pub struct Ledger<K> {
    rules: Rules,
    places: HashMap<K, usize>,
    pages: Vec<(K, Page)>,
}

/// What is kept of one customer.
#[derive(Clone, Copy, Debug)]
struct Page {
    first_day: Day,
    last_day: Day,
    last_period: i64,
    frequency: u32,
    value: f64,
    ln_gaps: f64,
    holdout: u32,
    holdout_period: i64,
    holdout_value: f64,
}

/// A transaction that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LedgerError {
    /// It lies before one of the same customer already read.
    OutOfOrder {
        /// The day already read.
        seen: Day,
        /// The day that came after it.
        came: Day,
    },
    /// Its amount is not a finite number.
    NotAnAmount,
}

impl fmt::Display for LedgerError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LedgerError::OutOfOrder { seen, came } => {
                write!(
                    out,
                    "a purchase of {came} came after one of {seen} by the same customer; sort by day first"
                )
            }
            LedgerError::NotAnAmount => write!(out, "the amount of a purchase is not a finite number"),
        }
    }
}

impl std::error::Error for LedgerError {}

impl<K: Eq + Hash + Clone> Ledger<K> {
    /// An empty ledger.
    pub fn new(rules: Rules) -> Ledger<K> {
        Ledger { rules, places: HashMap::new(), pages: Vec::new() }
    }

    /// Reads transactions in any order: sorts them by day, then records them.
    ///
    /// This holds all transactions in memory at once.
    pub fn of_unsorted(rules: Rules, mut transactions: Vec<(K, Day, f64)>) -> Result<Ledger<K>, LedgerError> {
        transactions.sort_by_key(|t| t.1);
        let mut ledger = Ledger::new(rules);
        for (id, day, amount) in transactions {
            ledger.record(id, day, amount)?;
        }
        Ok(ledger)
    }

    /// Reads one transaction. Several on one day (or period) are one purchase
    /// with the sum of the amounts; amounts of the first purchase are not
    /// repeat spend. Those after the end count as holdout, those after its
    /// end not at all.
    pub fn record(&mut self, id: K, day: Day, amount: f64) -> Result<(), LedgerError> {
        if !amount.is_finite() {
            return Err(LedgerError::NotAnAmount);
        }
        let (rules, last) = (&self.rules, self.rules.holdout_end.unwrap_or(self.rules.end));
        if day > last.max(rules.end) {
            return Ok(());
        }
        let period = rules.period(day);
        let Some(&place) = self.places.get(&id) else {
            // Someone first seen in the holdout is a customer of another day.
            if day <= rules.end {
                self.places.insert(id.clone(), self.pages.len());
                self.pages.push((id, Page::new(day, period)));
            }
            return Ok(());
        };
        let page = &mut self.pages[place].1;
        if day < page.last_day {
            return Err(LedgerError::OutOfOrder { seen: page.last_day, came: day });
        }
        page.last_day = day;
        if day > rules.end {
            page.holdout += u32::from(period != page.holdout_period);
            page.holdout_period = period;
            page.holdout_value += amount;
            return Ok(());
        }
        if period != page.last_period {
            page.frequency += 1;
            page.ln_gaps += rules.length(period - page.last_period).ln();
            page.last_period = period;
        }
        if page.frequency > 0 {
            page.value += amount;
        }
        Ok(())
    }

    /// The summaries, in the order in which customers first appeared.
    ///
    /// Someone who bought once and never again has frequency, recency and
    /// mean value of zero, and an age: the models need them as much as the
    /// others.
    pub fn finish(self) -> Summaries<K> {
        let rules = &self.rules;
        let end = rules.period(rules.end);
        let kept =
            |page: &Page| rules.acquired.is_none_or(|(from, to)| (from..=to).contains(&page.first_day));
        let rows = self.pages.into_iter().filter(|(_, page)| kept(page)).map(|(id, page)| {
            let first = rules.period(page.first_day);
            let mean = if page.frequency > 0 { page.value / f64::from(page.frequency) } else { 0.0 };
            Summary {
                id,
                frequency: page.frequency,
                recency: rules.length(page.last_period - first),
                age: rules.length(end - first),
                mean_value: mean,
                holdout: page.holdout,
                holdout_value: page.holdout_value,
                ln_gaps: page.ln_gaps,
            }
        });
        Summaries { unit: rules.unit, rows: rows.collect() }
    }
}

impl Page {
    fn new(day: Day, period: i64) -> Page {
        Page {
            first_day: day,
            last_day: day,
            last_period: period,
            frequency: 0,
            value: 0.0,
            ln_gaps: 0.0,
            holdout: 0,
            holdout_period: i64::MIN,
            holdout_value: 0.0,
        }
    }
}
