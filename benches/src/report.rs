//! How figures are shown: the ratio first, then ours, then what it is measured against.

use std::time::Duration;

/// Prints the head of a table of figures against a peer or a floor.
pub fn head(title: &str, unit: &str) {
    println!("\n## {title}\n");
    println!(
        "| what | ratio | ours, {unit} | beside it, {unit} | goal | met |\n|---|---:|---:|---:|---|---|"
    );
}

/// Prints a figure beside its peer; the goal is a ratio.
pub fn ratio(what: &str, ours: f64, beside: f64, most: f64) {
    let ratio = ours / beside;
    let met = if ratio <= most { "yes" } else { "no" };
    println!("| {what} | {ratio:.2} | {ours:.4} | {beside:.4} | ≤ {most} × | {met} |");
}

/// Prints a figure whose goal is absolute.
pub fn absolute(what: &str, ours: f64, most: f64) {
    let met = if ours <= most { "yes" } else { "no" };
    println!("| {what} | {:.2} of the goal | {ours:.4} | – | ≤ {most} | {met} |", ours / most);
}

/// Prints a figure that stands beside another without a goal.
pub fn beside(what: &str, ours: f64, beside: f64) {
    println!("| {what} | {:.2} | {ours:.4} | {beside:.4} | – | – |", ours / beside);
}

/// Prints a figure that has neither.
pub fn plain(what: &str, ours: f64) {
    println!("| {what} | – | {ours:.4} | – | – | – |");
}

/// The one in the middle.
pub fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// The value below which that part of all values lies.
pub fn quantile(values: &[f64], part: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (part * sorted.len() as f64).floor() as usize;
    sorted.get(place.min(sorted.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
}

/// In milliseconds.
pub fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
