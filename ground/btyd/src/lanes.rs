//! Scoring several customers at once, for the models whose series can share its steps.
//!
//! A score of the BG/NBD is a handful of logarithms and a series of some
//! thirty terms, one division each. Within a model the numerators of the
//! series are the same for every customer, and terms of different customers
//! do not wait for each other, so eight customers side by side take little
//! longer than two one after another. The digits are those of the single
//! score up to the order of multiplication.

use crate::customer::History;
use crate::geometric::{Family, complement, four};
use crate::purchases::Score;
use crate::special::{WIDE, exp_m1_wide, exp_wide, ln_1p_wide};

/// Customers scored together.
pub const LANES: usize = WIDE;

/// Scores for a Poisson clock; `None` if a customer needs another method than the series.
///
/// The condition is that of `purchases_until_left`: a horizon of less than
/// nine times `α + T` and parameters for which the series neither overflows
/// nor cancels.
pub(crate) fn scores(
    family: Family,
    theta: &[f64],
    who: &[History; LANES],
    horizon: f64,
) -> Option<[Score; LANES]> {
    let [r, alpha, a, b] = four(theta);
    let b = b + family.survived();
    let (q, e) = (a + b - 1.0 - r, a - 1.0);
    let mut tau = [0.0; LANES];
    let mut c = [0.0; LANES];
    for lane in 0..LANES {
        tau[lane] = horizon / (alpha + who[lane].age);
        c[lane] = a + b + who[lane].x - 1.0;
        let gentle = tau[lane] < 9.0 && a < 30.0 && c[lane] < 1e3 * (r + who[lane].x) && q > -8.0;
        if family.k > 1 || !gentle {
            return None;
        }
    }
    let sum = series(a, q, &c, &tau.map(|tau| tau / (tau + 1.0)));
    let rest = ln_1p_wide(tau).map(|rest| -rest);
    let stretch = ln_1p_wide(who.map(|seen| (seen.age - seen.recency) / (alpha + seen.recency)));
    // Odds of having left: a / (b+x-1) e^(n stretch), the exponential no larger than 1e308.
    let grown = exp_wide(std::array::from_fn(|lane| (r + who[lane].x) * stretch[lane]));
    let fading = exp_m1_wide(rest.map(|rest| e * rest));
    Some(std::array::from_fn(|lane| {
        let (seen, power) = (&who[lane], e * rest[lane]);
        let head = if power.abs() > 1e-3 { -fading[lane] / e } else { complement(e, rest[lane]) };
        let tail = if power > -3.0 { 1.0 - e * head } else { power.exp() };
        let made = c[lane] * head - tail * sum[lane];
        let may_have_left = seen.x > 0.0 || family.at_start;
        let survived = b + (seen.x - 1.0);
        // One over one plus the odds, by one division.
        let active = if may_have_left { survived / (survived + a * grown[lane]) } else { 1.0 };
        Score { active, expected: active * made }
    }))
}

/// `Σ (a)_(j-1) (q)_j / ((c+1)_(j-1) j!) z^j` for each lane, until the slowest has settled.
fn series(a: f64, q: f64, c: &[f64; LANES], z: &[f64; LANES]) -> [f64; LANES] {
    let mut term = z.map(|z| q * z);
    let mut sum = term;
    for j in 1..4000 {
        let step = f64::from(j);
        let shared = (a + (step - 1.0)) * (q + step) / (step + 1.0);
        for lane in 0..LANES {
            term[lane] *= shared * z[lane] / (c[lane] + step);
            sum[lane] += term[lane];
        }
        // Looking costs as much as a term, so it is done at every fourth.
        if j % 4 == 0 && (0..LANES).all(|lane| term[lane].abs() <= 4e-17 * sum[lane].abs()) {
            break;
        }
    }
    sum
}
