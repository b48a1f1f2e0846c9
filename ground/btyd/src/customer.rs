//! One customer's past, and why a row of input may be refused.
//!
//! Fader, Hardie and Lee showed that for these models three numbers per
//! customer say all there is in the whole record of purchase times: how many
//! repeat purchases, when the last one was, and how long the customer has
//! been watched. This file is the border at which the three are checked;
//! inside, a customer that exists is one that can be true.

use std::fmt;

use crate::{Span, Unit};

/// One customer's past in the three numbers that suffice for every model
/// here.
///
/// Time starts at the first purchase, which is not counted: `frequency`
/// counts repeat purchases, `recency` is the time of the last of them (zero
/// if none) and `age` the time observed.
///
/// Two faults of input are so common that they deserve a word. A *recency*
/// that counts back from today instead of forward from the first purchase
/// usually shows up as [`InputError::FrequencyAgainstRecency`] on customers
/// with no repeat purchase. Counting the first purchase as a repeat shows up
/// as customers with one "repeat" at time zero, which is the same error.
///
/// ```
/// use btyd::{Customer, InputError, Span};
/// let customer = Customer::new(2, Span::days(213.0), Span::weeks(38.9)).unwrap();
/// assert_eq!(customer.frequency(), 2);
/// let impossible = Customer::new(2, Span::weeks(40.0), Span::weeks(38.9));
/// assert!(matches!(impossible, Err(InputError::RecencyBeyondAge { .. })));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Customer {
    pub(crate) frequency: u32,
    pub(crate) recency: f64,
    pub(crate) age: f64,
    pub(crate) unit: Unit,
}

impl Customer {
    /// A customer, if the three numbers can be true together.
    pub fn new(frequency: u32, recency: Span, age: Span) -> Result<Customer, InputError> {
        Customer::in_unit(Unit::Day, frequency, recency.in_unit(Unit::Day), age.in_unit(Unit::Day))
    }

    /// The same, both times in one unit and kept to the last digit.
    ///
    /// ```
    /// use btyd::{Customer, Unit};
    /// assert!(Customer::in_unit(Unit::Week, 2, 30.43, 38.86).is_ok());
    /// assert!(Customer::in_unit(Unit::Week, 2, f64::NAN, 38.86).is_err());
    /// ```
    pub fn in_unit(unit: Unit, frequency: u32, recency: f64, age: f64) -> Result<Customer, InputError> {
        check(0, frequency, recency, age)?;
        Ok(Customer { frequency, recency, age, unit })
    }

    /// Repeat purchases.
    pub fn frequency(&self) -> u32 {
        self.frequency
    }

    /// Times seen in the unit of a model.
    pub(crate) fn history(&self, unit: Unit) -> History {
        History {
            x: f64::from(self.frequency),
            recency: Span::new(self.recency, self.unit).in_unit(unit),
            age: Span::new(self.age, self.unit).in_unit(unit),
        }
    }
}

/// The three numbers of a customer, in the unit of the model at hand.
///
/// Kernels of the models work on this; it has no unit of its own and is only
/// made where the unit is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct History {
    /// Repeat purchases.
    pub x: f64,
    /// Time of the last of them.
    pub recency: f64,
    /// Time observed.
    pub age: f64,
}

/// Why a row of input cannot be used.
///
/// Each names the row, and the message says what to do about it.
///
/// ```
/// use btyd::InputError;
/// let text = InputError::RecencyBeyondAge { row: 7 }.to_string();
/// assert!(text.starts_with("row 7") && text.ends_with("check the units"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum InputError {
    /// The columns differ in length.
    UnequalColumns,
    /// There is no row.
    Empty,
    /// A number is not finite or is negative.
    NotAQuantity {
        /// Which row.
        row: usize,
        /// Which column.
        column: &'static str,
        /// What it held.
        value: f64,
    },
    /// The last purchase lies after the end of observation.
    RecencyBeyondAge {
        /// Which row.
        row: usize,
    },
    /// Repeat purchases without a time after the first, or a time without
    /// repeat purchases.
    FrequencyAgainstRecency {
        /// Which row.
        row: usize,
    },
    /// A time so long or so short that the models would lose digits on it.
    OutOfRange {
        /// Which row.
        row: usize,
    },
}

impl fmt::Display for InputError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InputError::UnequalColumns => write!(out, "the columns differ in length; give one value per row"),
            InputError::Empty => write!(out, "there are no rows; a model needs at least one"),
            InputError::NotAQuantity { row, column, value } => {
                write!(out, "row {row}: {column} is {value}, it must be a number not below zero")
            }
            InputError::RecencyBeyondAge { row } => {
                write!(out, "row {row}: the last purchase lies after the end of observation; check the units")
            }
            InputError::FrequencyAgainstRecency { row } => write!(
                out,
                "row {row}: recency is zero exactly when there is no repeat purchase; drop or merge same-time purchases"
            ),
            InputError::OutOfRange { row } => {
                write!(
                    out,
                    "row {row}: a time above a million or below a millionth of a unit; choose a fitting unit"
                )
            }
        }
    }
}

impl std::error::Error for InputError {}

/// Whether three numbers can be true together.
pub(crate) fn check(row: usize, frequency: u32, recency: f64, age: f64) -> Result<(), InputError> {
    for (column, value) in [("recency", recency), ("age", age)] {
        if !value.is_finite() || value < 0.0 {
            return Err(InputError::NotAQuantity { row, column, value });
        }
        if value > 1e6 || (value > 0.0 && value < 1e-6) {
            return Err(InputError::OutOfRange { row });
        }
    }
    if recency > age {
        return Err(InputError::RecencyBeyondAge { row });
    }
    if (frequency == 0) != (recency == 0.0) {
        return Err(InputError::FrequencyAgainstRecency { row });
    }
    Ok(())
}
