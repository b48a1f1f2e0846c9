//! Customer-base models: who is still active, how often they will buy, and
//! what they are worth.
//!
//! ```
//! use btyd::{BgNbd, Customer, Customers, Purchases, Question, Span, Unit};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let frequency = [2, 1, 0, 7, 0, 3, 1, 0, 0, 12];
//! let recency = [30.4, 1.7, 0.0, 29.4, 0.0, 5.1, 36.0, 0.0, 0.0, 38.1];
//! let age = [38.9, 38.9, 38.9, 38.9, 38.7, 38.6, 38.4, 38.3, 38.3, 38.1];
//! let base = Customers::new(Unit::Week, &frequency, &recency, &age)?;
//! let fit = BgNbd::fit(&base)?;
//! let customer = Customer::new(7, Span::weeks(29.4), Span::weeks(38.9))?;
//! let next_quarter = fit.model.expected_purchases(&customer, Span::weeks(13.0));
//! let with_limits = fit.interval(Question::Active { after: Span::weeks(0.0) }, &customer, 0.9);
//! println!("{next_quarter:.2} purchases, active {with_limits:?}");
//! # assert!(next_quarter > 0.0 && next_quarter < 5.0);
//! # Ok(())
//! # }
//! ```
//!
//! # Which model
//!
//! First ask whether the end of a relationship is *seen*. A contract that is
//! cancelled has a date; a shop customer falls silent. The industry does not
//! decide, the record does.
//!
//! | the end is | purchases are | model |
//! |---|---|---|
//! | seen | renewals | [`Sbg`]; [`Bdw`] if loyalty itself changes |
//! | unseen | at any time | [`BgNbd`], [`MbgNbd`], [`ParetoNbd`] |
//! | unseen | at any time, regular | [`Cnbd`] |
//! | unseen | on fixed occasions | [`BgBb`] |
//! | never | at any time | [`Nbd`], the yardstick |
//!
//! What a purchase is worth comes from [`GammaGamma`]; facts known beforehand
//! enter by [`Described`] and [`CovariateFit`]. Fit several, compare their
//! likelihoods ([`Estimate::aic`]) *and* their forecasts of a holdout
//! ([`Holdout`]), and look at the histogram ([`FrequencyTable`]) and the
//! [`tracking`] curve before believing any.
//!
//! # From transactions to value
//!
//! 1. [`Ledger`] reads raw transactions in one pass, under stated [`Rules`], into
//!    [`Summaries`].
//! 2. [`Customers`] checks and collapses them; every model has a `fit`.
//! 3. [`Fit`] holds the model and its [`Estimate`]: parameters, likelihood,
//!    covariance, and the boundaries it ran to.
//! 4. [`Purchases`] answers questions about a [`Customer`]; [`Fit::interval`],
//!    [`Fit::profile`] and [`Fit::bootstrap`] say how well the answer is known;
//!    [`Fit::robust`] and [`Fit::bootstrap_cases`] say it without leaning on the
//!    model.
//!
//! # What can be relied on
//!
//! - *Numbers.* No question about an allowed customer under allowed parameters is
//!   answered by a NaN, an infinity where there is a finite answer, or a
//!   probability beyond one; hundreds of purchases and decades included.
//! - *Honesty.* A base that cannot carry a model is refused with a typed reason;
//!   a maximum at infinity is reported as the simpler model it is.
//! - *Repeatability.* The same base gives the same digits in whatever order its
//!   rows come and on however many threads; chance is always passed in.
//! - *Units.* Times are [`Span`]s, rates are [`Discount`]s; both carry a unit.
//!
//! The crate knows numbers only: no clock, no database, no names. Every formula
//! stands, with paper and equation, in the documentation of the function that
//! computes it and on the card of its model under `docs/methods`; every card
//! says when *not* to use the model, and names the tests that hold its reference
//! values. `COMPARE.md` beside this crate measures it against others.
//!
//! # Reading on
//!
//! - Fader & Hardie (2009), Probability models for customer-base analysis,
//!   Journal of Interactive Marketing 23:61-69, for the family as a whole.
//! - Fader, Hardie & Lee (2005), "Counting your customers" the easy way,
//!   Marketing Science 24:275-284, for the model to start with.
//! - Fader & Hardie (2010), Customer-base valuation in a contractual setting,
//!   Marketing Science 29:85-93, for why one retention rate is not enough.

#![expect(clippy::needless_range_loop, reason = "matrix algebra reads best with its indices")]

mod accuracy;
mod attendance;
mod bdw;
mod beta_geometric;
mod bg_bb;
mod bg_nbd;
mod bootstrap;
pub mod chance;
mod cnbd;
mod contracts;
mod covariates;
mod customer;
mod customers;
mod day;
mod described;
mod discounting;
mod estimate;
mod fit_error;
mod gamma_gamma;
mod geometric;
mod goodness;
mod interval;
mod lanes;
mod leaving_integral;
mod ledger;
mod mbg_nbd;
mod model;
mod nbd;
pub mod number;
pub mod optimise;
mod pareto_nbd;
mod problem;
mod purchases;
mod question;
mod ridge;
mod robust;
mod rules;
#[cfg(feature = "serde")]
mod saved;
mod sbg;
mod span;
pub mod special;
mod spend;
mod sum;
mod summaries;
mod ticks;
mod toss;

pub use accuracy::{Accuracy, Holdout};
pub use attendance::{Attendance, Attendances};
pub use bdw::Bdw;
pub use bg_bb::BgBb;
pub use bg_nbd::BgNbd;
pub use bootstrap::{Bootstrap, simulate_base};
pub use cnbd::{Cnbd, Leaving};
pub use contracts::Contracts;
pub use covariates::{CovariateFit, WithCovariates};
pub use customer::{Customer, History, InputError};
pub use customers::{Cell, Customers};
pub use day::Day;
pub use described::Described;
pub use estimate::{Boundary, Estimate, Toward};
pub use fit_error::{FitError, ParameterError};
pub use gamma_gamma::{GammaGamma, MeanUndefined};
pub use goodness::{FrequencyTable, means_by_frequency, tracking};
pub use interval::{Interval, ProfileInterval, Range};
pub use lanes::LANES;
pub use ledger::{Ledger, LedgerError};
pub use mbg_nbd::MbgNbd;
pub use model::{Fit, Form, Model};
pub use nbd::Nbd;
pub use pareto_nbd::ParetoNbd;
pub use problem::Problem;
pub use purchases::{Purchases, Score, Simulated};
pub use question::{Ask, Question};
pub use rules::{Convention, Rules};
#[cfg(feature = "serde")]
pub use saved::{FORMAT, LoadError, Saved};
pub use sbg::Sbg;
pub use span::{Discount, Span, Unit};
pub use spend::Spend;
pub use summaries::{Summaries, Summary};
pub use toss::Toss;
