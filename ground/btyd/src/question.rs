//! What one may ask a model about a customer, in units and in plain numbers.
//!
//! Questions are values rather than methods with many names, because the same
//! question is asked in many places: of one customer, with limits, of every
//! bootstrap model, on jets for its gradient. [`Question`] speaks in units;
//! [`Ask`] is the same in the numbers of a model.

use crate::interval::Range;
use crate::{Discount, Span, Unit};

/// Something to ask a model about one customer, or about a newcomer.
///
/// ```
/// use btyd::{BgNbd, Customer, Purchases, Question, Span, Unit};
/// let model = BgNbd::new(Unit::Week, [0.243, 4.414, 0.793, 2.426]).unwrap();
/// let customer = Customer::new(2, Span::weeks(30.43), Span::weeks(38.86)).unwrap();
/// let now = model.answer(Question::Active { after: Span::weeks(0.0) }, &customer);
/// let later = model.answer(Question::Active { after: Span::years(1.0) }, &customer);
/// assert!(later < now && now < 1.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Question {
    /// The probability of being active so long after the end of observation.
    Active {
        /// Zero for now.
        after: Span,
    },
    /// The expected purchases between two times after the end of observation.
    Expected {
        /// Start of the window.
        from: Span,
        /// Its end.
        to: Span,
    },
    /// The expected repeat purchases of a newcomer within a time from the
    /// first purchase.
    Newcomer {
        /// How long from the first purchase.
        within: Span,
    },
    /// The probability that a newcomer makes exactly so many repeat purchases
    /// within a time.
    Count {
        /// How many.
        purchases: u32,
        /// How long from the first purchase.
        within: Span,
    },
    /// Expected purchases from now on, each discounted to today; without a
    /// horizon, for ever.
    Discounted {
        /// How far to look, `None` for ever.
        horizon: Option<Span>,
        /// The price of waiting.
        discount: Discount,
    },
}

/// A question in plain numbers of the unit of a model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ask {
    /// Probability of being active after a time.
    Active(f64),
    /// Expected purchases between two times.
    Expected(f64, f64),
    /// Expected purchases of a newcomer.
    Newcomer(f64),
    /// Probability of a count for a newcomer.
    Count(u32, f64),
    /// Discounted purchases up to a horizon (infinite for ever) at a
    /// continuous rate.
    Discounted(f64, f64),
}

impl Question {
    /// Spans into numbers; lengths that are negative or not numbers count as
    /// zero.
    pub(crate) fn in_unit(self, unit: Unit) -> Ask {
        // Written so that a NaN counts as zero.
        let length = |span: Span| Some(span.in_unit(unit)).filter(|l| *l > 0.0).unwrap_or(0.0).min(1e9);
        match self {
            Question::Active { after } => Ask::Active(length(after)),
            Question::Expected { from, to } => Ask::Expected(length(from), length(to)),
            Question::Newcomer { within } => Ask::Newcomer(length(within)),
            Question::Count { purchases, within } => Ask::Count(purchases, length(within)),
            Question::Discounted { horizon, discount } => {
                let rate = discount.continuous(unit);
                let rate = if rate.is_finite() { rate.clamp(1e-12, 1e3) } else { 1e3 };
                Ask::Discounted(horizon.map_or(f64::INFINITY, length), rate)
            }
        }
    }
}

impl Ask {
    /// Which values the answer may take.
    pub(crate) fn range(&self) -> Range {
        match self {
            Ask::Active(_) | Ask::Count(..) => Range::Share,
            Ask::Expected(..) | Ask::Newcomer(_) | Ask::Discounted(..) => Range::Positive,
        }
    }
}
