//! Counts: figures over their words, and one bar that stacks them.

use maud::{Markup, Render};
use speech::html;

use crate::{Text, count};

/// Figures that add up to a whole.
#[derive(Clone, Debug, Default)]
pub struct Counts<'a> {
    /// The figures, in order.
    pub counts: Vec<Count<'a>>,
}

/// One figure.
#[derive(Clone, Debug, Default)]
pub struct Count<'a> {
    /// How many.
    pub n: i64,
    /// Of what: "create", "reject".
    pub word: Text<'a>,
    /// Whether it is what went wrong.
    pub bad: bool,
}

impl<'a> Count<'a> {
    /// So many of these.
    pub fn new(n: i64, word: impl Into<Text<'a>>) -> Count<'a> {
        Count { n, word: word.into(), bad: false }
    }

    /// So many went wrong.
    pub fn bad(n: i64, word: impl Into<Text<'a>>) -> Count<'a> {
        Count { n, word: word.into(), bad: true }
    }
}

/// The fills of the parts, in order.
const FILLS: [&str; 4] = ["f-ink", "k2", "k3", "k4"];

impl Render for Counts<'_> {
    fn render(&self) -> Markup {
        html! {
            dl .counts {
                @for part in &self.counts { div { dt { (part.word) } dd { (count(part.n)) } } }
            }
            svg .stack .bar viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" {
                @for (fill, left, width) in self.parts() {
                    rect .(fill) x=(format!("{left:.2}")) width=(format!("{width:.2}")) height="8" {}
                }
            }
        }
    }
}

impl Counts<'_> {
    /// The fill, the left edge and the width of each part, of 100; empty parts are left out.
    fn parts(&self) -> Vec<(&'static str, f64, f64)> {
        let whole = self.counts.iter().map(|part| part.n).sum::<i64>().max(1) as f64;
        let mut left = 0.0;
        let mut parts = Vec::new();
        for (n, part) in self.counts.iter().enumerate() {
            let width = 100.0 * part.n as f64 / whole;
            if 0 < part.n {
                let fill = if part.bad { "k5" } else { FILLS[n % FILLS.len()] };
                parts.push((fill, left, width));
            }
            left += width;
        }
        parts
    }
}
