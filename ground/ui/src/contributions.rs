//! Contributions: the lines of a score as diverging bars, each opening to its facts, the last their sum.
//!
//! All bars of a page share one reach. Lines are rounded together, so that what is shown sums to what is shown.

use maud::{Markup, Render};
use speech::{html, say};

use crate::{Strength, Text, number, score, signed};

/// The reach of the bars unless a line needs more: three quarters of a log-odds unit.
const REACH: i64 = 750_000;

/// Where a wider reach steps.
const STEP: i64 = 250_000;

/// The lines of a score.
#[derive(Clone, Debug)]
pub struct Contributions<'a> {
    /// The starting point; it stands first, the others follow by value.
    pub first: Contribution<'a>,
    /// One line per dimension.
    pub lines: Vec<Contribution<'a>>,
    /// The strength that the sum amounts to; none where the sum does not decide.
    pub strength: Option<Strength>,
    /// How far the bars reach: [`reach`] over all lines of the page.
    pub reach: i64,
    /// What the two sides are called: "customer", "client".
    pub ends: (Text<'a>, Text<'a>),
}

/// One line.
#[derive(Clone, Debug)]
pub struct Contribution<'a> {
    /// The dimension.
    pub name: Text<'a>,
    /// Micro-log-odds.
    pub micro: i64,
    /// What the facts say, in a sentence; or that there is no evidence.
    pub sentence: Markup,
    /// Whether there is evidence.
    pub known: bool,
    /// The facts behind it.
    pub facts: Vec<Backing>,
}

/// A fact behind a line, and what the answer would be without it.
#[derive(Clone, Debug)]
pub struct Backing {
    /// When: a `time` element.
    pub when: Markup,
    /// What, with a link to the fact.
    pub what: Markup,
    /// The change of score without it, and the strength then.
    pub without: Option<(i64, Strength)>,
}

impl<'a> Contribution<'a> {
    /// A line with its evidence in words.
    pub fn new(name: impl Into<Text<'a>>, micro: i64, sentence: impl Render) -> Contribution<'a> {
        let sentence = sentence.render();
        Contribution { name: name.into(), micro, sentence, known: true, facts: Vec::new() }
    }

    /// A line without evidence: exactly nothing.
    pub fn none(name: impl Into<Text<'a>>, sentence: impl Render) -> Contribution<'a> {
        Contribution { known: false, ..Contribution::new(name, 0, sentence) }
    }

    /// The facts behind it.
    #[must_use]
    pub fn facts(mut self, facts: impl IntoIterator<Item = Backing>) -> Contribution<'a> {
        self.facts.extend(facts);
        self
    }
}

/// How far the bars of a page reach: ±0.75, or as wide as its longest line needs, in quarters.
pub fn reach(micros: impl IntoIterator<Item = i64>) -> i64 {
    let longest = micros.into_iter().map(i64::saturating_abs).max().unwrap_or(0);
    let quarters = longest / STEP + i64::from(longest % STEP != 0);
    quarters.saturating_mul(STEP).max(REACH)
}

/// Hundredths for each line and for their sum, such that the lines sum to it: the score is rounded once, and
/// the hundredths that the lines then lack go to those with the largest rests.
pub(crate) fn shown(micros: &[i64]) -> (Vec<i64>, i64) {
    let sum = number::hundredths(micros.iter().sum());
    let mut lines: Vec<i64> = micros.iter().map(|micro| micro.div_euclid(10_000)).collect();
    let lacking = usize::try_from(sum - lines.iter().sum::<i64>()).unwrap_or(0);
    let mut by_rest: Vec<usize> = (0..micros.len()).collect();
    by_rest.sort_by_key(|&n| std::cmp::Reverse(micros[n].rem_euclid(10_000)));
    for &n in by_rest.iter().take(lacking) {
        lines[n] += 1;
    }
    (lines, sum)
}

impl Render for Contributions<'_> {
    fn render(&self) -> Markup {
        let lines = self.in_order();
        let micros: Vec<i64> = lines.iter().map(|line| line.micro).collect();
        let (hundredths, sum) = shown(&micros);
        html! {
            div .contribs {
                (self.heads())
                @for (line, shown) in lines.iter().zip(hundredths) { (line.line(shown, self.reach)) }
                div .line .sum {
                    span { "Score" }
                    (bar(0, self.reach))
                    span .num { (signed(sum)) }
                    span .ev {
                        (say!("the sum of the {} lines above", lines.len()))
                        @if let Some(strength) = self.strength { (say!("; strength {}", strength.shown())) }
                    }
                }
            }
        }
    }
}

impl<'a> Contributions<'a> {
    /// The starting point, then the greatest value first.
    fn in_order(&self) -> Vec<&Contribution<'a>> {
        let mut lines: Vec<_> = self.lines.iter().collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.micro));
        std::iter::once(&self.first).chain(lines).collect()
    }

    fn heads(&self) -> Markup {
        html! {
            div .line .ends {
                span {}
                span .split { span { "toward " (self.ends.0) } span { "toward " (self.ends.1) } }
                span .num { "log-odds" }
                span .ev { @if self.reach != REACH { (say!("bars reach ±{}", &signed(self.reach / 10_000)[1..])) } }
            }
        }
    }
}

impl Contribution<'_> {
    fn line(&self, hundredths: i64, reach: i64) -> Markup {
        let figures = html! {
            span { (self.name) }
            (bar(self.micro, reach))
            span .num { (signed(hundredths)) }
            span .ev .none[!self.known] { (self.sentence) }
        };
        if self.facts.is_empty() {
            return html! { div .line .none[!self.known] { (figures) } };
        }
        html! {
            details {
                summary .line { (figures) span .chev {} }
                ul .factlist { @for fact in &self.facts { li { (fact) } } }
            }
        }
    }
}

impl Render for Backing {
    fn render(&self) -> Markup {
        html! {
            (self.when)
            span { (self.what) }
            @if let Some((change, then)) = self.without {
                span .faint { (say!("without this {} → {}", score(change), then.shown())) }
            }
        }
    }
}

/// A bar from the zero line, left or right.
fn bar(micro: i64, reach: i64) -> Markup {
    let width = 100.0 * micro as f64 / reach as f64;
    html! {
        svg .bar viewBox="-100 0 200 28" preserveAspectRatio="none" aria-hidden="true" {
            @if 0.0 < width { rect .f-client x="0" y="8" width=(format!("{width:.1}")) height="12" {} }
            @if width < 0.0 {
                rect .f-customer x=(format!("{width:.1}")) y="8" width=(format!("{:.1}", -width)) height="12" {}
            }
            rect .axis x="-.4" y="0" width=".8" height="28" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn shown_lines_sum_to_the_shown_score(micros in prop::collection::vec(-2_000_000..2_000_000i64, 1..20)) {
            let (lines, sum) = shown(&micros);
            prop_assert_eq!(lines.iter().sum::<i64>(), sum);
            prop_assert_eq!(sum, number::hundredths(micros.iter().sum()));
            for (line, micro) in lines.iter().zip(&micros) {
                prop_assert!((line * 10_000 - micro).abs() < 10_000, "{} shown as {}", micro, line);
                prop_assert!(*micro != 0 || *line == 0, "no evidence is shown as 0.00");
            }
        }
    }

    #[test]
    fn the_reach_widens_only_when_needed() {
        assert_eq!(reach([600_000, -750_000]), 750_000);
        assert_eq!(reach([-750_001]), 1_000_000);
        assert_eq!(reach([-1_700_000, 20]), 1_750_000);
        assert_eq!(reach([]), 750_000);
    }
}
