//! The MBG/NBD model: Poisson buying, and a coin tossed after every purchase,
//! the first included.
//!
//! The modification is small on paper, one more coin, and large in effect:
//! the zero class, usually more than half of a customer base, is no longer
//! certain to be active.

use crate::toss::Toss;

/// The modified beta-geometric / negative binomial model of Batislam, Denizel
/// & Filiztekin (2007), Empirical validation and comparison of models for
/// customer base analysis, International Journal of Research in Marketing
/// 24:201-209.
///
/// Assumptions: as in the [`BgNbd`](crate::BgNbd), except that the coin is
/// tossed after the first purchase too, so that a one-time buyer may have
/// left at once.
///
/// ```
/// use btyd::{Customer, MbgNbd, Purchases, Span, Unit};
/// let model = MbgNbd::new(Unit::Week, [0.525, 6.183, 0.891, 1.614]).unwrap();
/// let once = Customer::new(0, Span::weeks(0.0), Span::weeks(38.86)).unwrap();
/// assert!((model.probability_active(&once) - 0.389735080918762898).abs() < 1e-12);
/// ```
pub type MbgNbd = Toss<true>;
