//! What to read from a stream of transactions, and how to count its time.
//!
//! The same log gives different models under different rules, and most
//! disagreements between programs about "the same data" are disagreements
//! about these: whether two purchases on one day are one, whether time is
//! counted in days or in whole weeks, who counts as a new customer. Rules are
//! therefore stated once, in the open, and not spread over arguments.

use crate::{Day, Unit};

/// How time is counted.
///
/// The two differ by more than rounding: for the CDNOW sample by the week the
/// textbook counts 2,457 repeat purchases and `lifetimes` 2,216, because
/// purchases of one calendar week become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convention {
    /// Purchases of one day are one; times are exact days divided by the days
    /// of the unit. This is the convention of the papers.
    Textbook,
    /// Purchases of one calendar period are one; times are whole periods.
    /// This is the convention of the Python library `lifetimes`, which loses
    /// the days within a week or month.
    Lifetimes,
}

/// What to read from the stream.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    pub(crate) unit: Unit,
    convention: Convention,
    pub(crate) end: Day,
    pub(crate) holdout_end: Option<Day>,
    pub(crate) acquired: Option<(Day, Day)>,
}

impl Rules {
    /// Times in `unit`, observed up to and including `end`, textbook
    /// convention.
    pub fn new(unit: Unit, end: Day) -> Rules {
        Rules { unit, convention: Convention::Textbook, end, holdout_end: None, acquired: None }
    }

    /// Counts time by another convention.
    #[must_use]
    pub fn convention(self, convention: Convention) -> Rules {
        Rules { convention, ..self }
    }

    /// Counts purchases after `end`, up to and including this day, apart.
    #[must_use]
    pub fn holdout(self, end: Day) -> Rules {
        Rules { holdout_end: Some(end), ..self }
    }

    /// Keeps only customers whose first purchase falls between two days, both
    /// included.
    ///
    /// Where the stream starts in the middle of a business, the first
    /// purchase seen is not the first made; a cohort with a known beginning
    /// avoids that.
    ///
    /// ```
    /// use btyd::{Day, Rules, Unit};
    /// let day = |text| Day::parse(text).unwrap();
    /// // The CDNOW study: everybody who first bought in the first quarter of 1997.
    /// let rules = Rules::new(Unit::Week, day("1997-09-30"))
    ///     .holdout(day("1998-06-30"))
    ///     .acquired(day("1997-01-01"), day("1997-03-31"));
    /// ```
    #[must_use]
    pub fn acquired(self, from: Day, to: Day) -> Rules {
        Rules { acquired: Some((from, to)), ..self }
    }

    /// The number of the period a day falls in.
    pub(crate) fn period(&self, day: Day) -> i64 {
        match self.convention {
            Convention::Textbook => day.number(),
            Convention::Lifetimes => day.period(self.unit),
        }
    }

    /// Length of a difference of periods, in the unit.
    pub(crate) fn length(&self, periods: i64) -> f64 {
        match self.convention {
            Convention::Textbook => periods as f64 / self.unit.days(),
            Convention::Lifetimes => periods as f64,
        }
    }
}
