//! Lengths of time with their unit, and discount rates, so that weeks are
//! never read as days.
//!
//! Models carry the [`Unit`] in which their parameters are times; questions
//! come as a [`Span`] in any unit and are converted at the border. Prices of
//! waiting come as a [`Discount`] over a span, since "fifteen per cent" means
//! nothing without "a year".
//!
//! A month is a twelfth of 365.25 days and a year 365.25 days: lengths of
//! time, not dates. Calendar periods exist only where raw transactions are
//! read ([`Convention::Lifetimes`](crate::Convention::Lifetimes)).

use std::fmt;

/// A unit of time.
///
/// ```
/// use btyd::Unit;
/// assert_eq!(Unit::Week.days(), 7.0);
/// assert_eq!(Unit::Month.to_string(), "month");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
pub enum Unit {
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// A twelfth of a year.
    Month,
    /// 365.25 days.
    Year,
}

impl Unit {
    /// Days in one unit.
    pub fn days(self) -> f64 {
        match self {
            Unit::Day => 1.0,
            Unit::Week => 7.0,
            Unit::Month => 365.25 / 12.0,
            Unit::Year => 365.25,
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
        })
    }
}

/// A length of time.
///
/// A model is fitted in some unit and asked about spans in any; the
/// conversion cannot be forgotten. Mixing the two silently is the best known
/// trap of this field: a published example of customer lifetime value adds up
/// weeks of a model fitted in days.
///
/// ```
/// use btyd::{Span, Unit};
/// assert_eq!(Span::weeks(39.0).in_unit(Unit::Day), 273.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    length: f64,
    unit: Unit,
}

impl Span {
    /// So many units.
    pub fn new(length: f64, unit: Unit) -> Span {
        Span { length, unit }
    }

    /// So many days.
    pub fn days(length: f64) -> Span {
        Span::new(length, Unit::Day)
    }

    /// So many weeks.
    pub fn weeks(length: f64) -> Span {
        Span::new(length, Unit::Week)
    }

    /// So many months of a twelfth of a year.
    pub fn months(length: f64) -> Span {
        Span::new(length, Unit::Month)
    }

    /// So many years.
    pub fn years(length: f64) -> Span {
        Span::new(length, Unit::Year)
    }

    /// The length in another unit; exactly the given number if the unit is
    /// the same.
    ///
    /// ```
    /// use btyd::{Span, Unit};
    /// assert_eq!(Span::years(1.0).in_unit(Unit::Month), 12.0);
    /// // No round trip through days: the same unit gives the same bits.
    /// assert_eq!(Span::weeks(30.43).in_unit(Unit::Week), 30.43);
    /// ```
    pub fn in_unit(self, unit: Unit) -> f64 {
        if self.unit == unit { self.length } else { self.length * self.unit.days() / unit.days() }
    }
}

/// A discount rate: how much less a purchase is worth for each span of
/// waiting.
///
/// ```
/// use btyd::{Discount, Span, Unit};
/// // Fifteen per cent over 52 weeks, the rate of Fader, Hardie & Lee (2005, JMR).
/// let rate = Discount::new(0.15, Span::weeks(52.0));
/// assert!((rate.continuous(Unit::Week) - 1.15f64.ln() / 52.0).abs() < 1e-18);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Discount {
    rate: f64,
    over: Span,
}

impl Discount {
    /// A rate such as 0.15 earned over a span such as one year.
    pub fn new(rate: f64, over: Span) -> Discount {
        Discount { rate, over }
    }

    /// A rate per year of 365.25 days.
    pub fn yearly(rate: f64) -> Discount {
        Discount::new(rate, Span::years(1.0))
    }

    /// The continuously compounded rate `ln(1 + d) / span` per unit.
    ///
    /// Papers that say "a year of 52 weeks" and calendars that say 365.25
    /// days differ by half a per cent of value; state the span that is meant.
    pub fn continuous(self, unit: Unit) -> f64 {
        self.rate.ln_1p() / self.over.in_unit(unit)
    }
}
