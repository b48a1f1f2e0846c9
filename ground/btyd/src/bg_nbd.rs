//! The BG/NBD model: Poisson buying, and a coin tossed after every repeat
//! purchase.
//!
//! The model has replaced the Pareto/NBD in much of practice because its
//! likelihood is elementary, and most of the time the two forecast alike
//! (their conditional expectations on CDNOW correlate at .996). Where they
//! differ, look at one-time buyers: this model holds them active for ever.
//!
//! A customer is described by how the history splits the odds:
//!
//! - many purchases, the last one long ago: surely gone, the more surely the more
//!   purchases (the silence is out of character);
//! - few purchases, the last one long ago: perhaps only slow.
//!
//! This is why more purchases can mean a *lower* expectation, a property no
//! rule of thumb has.

use crate::toss::Toss;

/// The beta-geometric / negative binomial model of Fader, Hardie & Lee
/// (2005), "Counting your customers" the easy way, Marketing Science
/// 24:275-284.
///
/// Assumptions: while active a customer buys as a Poisson process of rate λ;
/// λ is gamma(r, α) over customers; after each *repeat* purchase the customer
/// leaves with probability p; p is beta(a, b) over customers; λ and p are
/// independent.
///
/// A customer without repeat purchases has not yet tossed a coin, so is
/// active with certainty. Where that is implausible use
/// [`MbgNbd`](crate::MbgNbd).
///
/// ```
/// use btyd::{BgNbd, Customer, Purchases, Span, Unit};
/// // Parameters of the paper's Table 2; the customer of its worked example.
/// let model = BgNbd::new(Unit::Week, [0.243, 4.414, 0.793, 2.426]).unwrap();
/// let customer = Customer::new(2, Span::weeks(30.43), Span::weeks(38.86)).unwrap();
/// let expected = model.expected_purchases(&customer, Span::weeks(39.0));
/// assert!((expected - 1.226).abs() < 5e-4);
/// ```
pub type BgNbd = Toss<false>;
