//! Many pairs at once: how many there are, and the doubtful ones among them.

use ::store::Tx;
use kernel::{Context, Result};

use super::duplicates::{ShownPair, least, shown};
use crate::store::duplicate;

/// Pairs are counted so far and no further.
pub const MOST: i64 = 10_000;

/// How many open pairs are at least so likely one party, at most [`MOST`].
///
/// # Errors
/// `duplicates.least`.
pub fn count(cx: &Context, tx: &mut Tx<'_>, probability: f64) -> Result<i64> {
    duplicate::count(cx, tx, least(probability)?, MOST)
}

/// The least likely of the open pairs that are at least so likely one party.
///
/// # Errors
/// `duplicates.least`.
pub fn lowest(cx: &Context, tx: &mut Tx<'_>, probability: f64, limit: i64) -> Result<Vec<ShownPair>> {
    let found = duplicate::lowest(cx, tx, least(probability)?, limit)?;
    Ok(found.into_iter().map(|listed| shown(cx, listed)).collect())
}
