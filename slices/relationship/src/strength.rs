//! Strength of evidence: the logistic of the score, rounded once, from the score.

use speech::say;

/// `1 / (1 + e^(−score / 10⁶))`, between 0 and 1.
fn logistic(score: i64) -> f64 {
    1.0 / (1.0 + libm::exp(-(score as f64) / 1e6))
}

/// Parts per million, for keeping and sorting.
pub fn per_million(score: i64) -> i64 {
    libm::rint(logistic(score) * 1e6) as i64
}

/// Four decimals, as `probability` in the form of `reference.py`.
pub fn four_decimals(score: i64) -> String {
    format!("{:.4}", logistic(score))
}

/// Two decimals for pages; nobody is shown as certain.
pub fn shown(score: i64) -> String {
    let strength = logistic(score);
    match strength {
        0.995.. => say!("over {}", speech::decimal("0.99")),
        ..0.005 => say!("under {}", speech::decimal("0.01")),
        _ => speech::decimal(&format!("{strength:.2}")),
    }
}
