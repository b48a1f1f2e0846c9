//! Public data the tests read where it is at hand.

use std::path::PathBuf;

use btyd::{Customers, Unit};
use serde_json::Value;

/// A file of the shared data, or a printed note and nothing.
pub fn read(name: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/btyd").join(name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        println!("skipped: no shared data at {}", path.display());
    }
    text
}

/// Rows of a comma-separated file as numbers, without its header.
pub fn rows(name: &str) -> Option<Vec<Vec<f64>>> {
    let text = read(name)?;
    Some(
        text.lines()
            .skip(1)
            .map(|line| line.split(',').map(|c| c.trim().parse().unwrap()).collect())
            .collect(),
    )
}

/// The CDNOW sample over 39 weeks, full precision, with its holdout counts.
pub fn cdnow_sample() -> Option<(Customers, Vec<Vec<f64>>)> {
    let rows = rows("cdnow_btyd_cbs.csv")?;
    let column = |i: usize| rows.iter().map(|r| r[i]).collect::<Vec<f64>>();
    let frequency: Vec<u32> = column(1).iter().map(|x| *x as u32).collect();
    let base = Customers::new(Unit::Week, &frequency, &column(2), &column(3)).unwrap();
    Some((base, rows))
}

/// The fits of an independent implementation at forty digits.
pub fn reference() -> Option<Value> {
    Some(serde_json::from_str(&read("reference_public.json")?).unwrap())
}

/// Numbers of a JSON array.
pub fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect()
}

/// Panics with both numbers unless they agree to a relative tolerance.
#[track_caller]
pub fn near(got: f64, want: f64, tolerance: f64, what: &str) {
    let off = (got - want).abs() / want.abs().max(1e-300);
    assert!(off <= tolerance, "{what}: got {got:.15e}, want {want:.15e}, off by {off:.1e}");
}
