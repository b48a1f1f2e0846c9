//! Limits around a value: on which scale they are formed, and where they stay
//! open.
//!
//! A probability cannot leave zero to one, nor a number of purchases fall
//! below zero, and limits formed as value plus or minus some errors do both.
//! They are formed on the logit and on the logarithm and carried back, so
//! they respect the range, are lopsided where the truth is, and agree with
//! plus or minus where the value is well known.

/// Which values a quantity may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// Between zero and one.
    Share,
    /// Not below zero.
    Positive,
}

impl Range {
    /// Back from the unlimited scale: the logit for shares, the logarithm for
    /// amounts.
    pub(crate) fn interval(self, value: f64, reach: f64) -> Interval {
        let certain = value <= 0.0 || (self == Range::Share && value >= 1.0) || reach == 0.0;
        if certain {
            return Interval { estimate: value, low: value, high: value };
        }
        match self {
            Range::Positive => {
                let factor = (reach / value).exp();
                Interval { estimate: value, low: value / factor, high: (value * factor).min(f64::MAX) }
            }
            Range::Share => {
                let logit = (value / (1.0 - value)).ln();
                let wide = reach / (value * (1.0 - value));
                let back = crate::special::logistic;
                Interval { estimate: value, low: back(logit - wide), high: back(logit + wide) }
            }
        }
    }
}

/// A value with the limits of what the data allow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The value at the fitted parameters.
    pub estimate: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

/// A profile-likelihood interval; an end is `None` where the likelihood never
/// falls far enough.
///
/// An open end is an answer: the data would not contradict any larger (or
/// smaller) value. A standard error hides that.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProfileInterval {
    /// Lower limit.
    pub low: Option<f64>,
    /// Upper limit.
    pub high: Option<f64>,
}
