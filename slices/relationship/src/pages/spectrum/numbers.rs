//! Numbers of the picture: as they stand in the address, as they are drawn, as they are read.

use kernel::{Currency, Money};

use crate::spectrum as grid;

/// Ten-thousandths as major units in decimals.
pub(super) fn decimal(net: i64, currency: &str) -> String {
    Currency::parse(currency).map_or(String::new(), |currency| Money::new(net, currency).decimal())
}

pub(super) fn exact(text: &str) -> i64 {
    kernel::ten_thousandths(text).unwrap_or(0)
}

pub(super) fn exact_or(text: &Option<String>) -> Option<i64> {
    text.as_deref().map(exact)
}

/// Major units, for drawing.
pub(super) fn major(text: &str) -> f64 {
    text.parse().unwrap_or(0.0)
}

pub(super) fn units(net: i64) -> f64 {
    net as f64 / kernel::SCALE as f64
}

/// `0.7` for 700,000.
pub(super) fn strength(ppm: i64) -> String {
    let text = format!("{}.{:06}", ppm / grid::WHOLE, ppm % grid::WHOLE);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// `0.70` for 700,000.
pub(super) fn hundredths(ppm: i64) -> String {
    let text = strength(ppm);
    let decimals = text.split_once('.').map_or(0, |(_, part)| part.len());
    speech::decimal(&format!("{:.*}", decimals.max(2), ppm as f64 / grid::WHOLE as f64))
}

/// A strength in the address, in parts per million; it was read before, so that what is none cannot be there.
pub(super) fn ppm(text: Option<&str>) -> Option<i64> {
    let value: f64 = text?.parse().ok()?;
    Some((value * grid::WHOLE as f64).round() as i64)
}
