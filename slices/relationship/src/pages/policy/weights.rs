//! The weights with their curves, and the numbers that make a class of a score.

use maud::{Markup, Render};
use speech::{html, say, word};
use ui::{Curve, Field};

use super::draft::{Typed, decimal};
use crate::{DIMENSIONS, Policy, policy};

/// Every dimension: its weight to change, its curve to see.
pub(super) struct Weights<'a> {
    /// What is drawn.
    pub policy: &'a Policy,
    /// What is in force, where that is another.
    pub was: Option<&'a Policy>,
    /// What was typed.
    pub typed: &'a Typed,
}

/// The thresholds and the dwell.
pub(super) struct Thresholds<'a> {
    /// What is shown.
    pub policy: &'a Policy,
    /// What was typed.
    pub typed: &'a Typed,
}

impl Render for Weights<'_> {
    fn render(&self) -> Markup {
        let all = || self.policy.curves.iter().chain(self.was.iter().flat_map(|was| was.curves.iter()));
        let reach = all().map(|(_, curve)| curve.lower.abs().max(curve.upper)).max().unwrap_or(1000);
        html! {
            ol .weights {
                @for dimension in DIMENSIONS {
                    @let name = dimension.name();
                    @let curve = self.policy.curves.of(name);
                    @let was = self.was.map(|was| was.curves.of(name)).filter(|was| *was != curve);
                    li .changed[was.is_some()] {
                        div {
                            h3 { (word!(dimension.word())) }
                            p .faint .tiny { (word!(curve.unit)) }
                        }
                        div {
                            (Field::text(format!("w-{name}"), say!("Weight")).value(self.typed.weight(name, curve.weight)))
                            @if let Some(was) = was.filter(|was| was.weight != curve.weight) { p .tiny .faint { (say!("was {}", speech::decimal(&decimal(was.weight)))) } }
                        }
                        div { (drawn(curve, was, reach)) }
                    }
                }
            }
        }
    }
}

/// A curve between its ends, its bounds in words.
fn drawn(curve: &policy::Curve, was: Option<&policy::Curve>, reach: i64) -> Markup {
    let points = |curve: &policy::Curve| {
        let thousandths = |x: i64| curve.contribution(x).div_euclid(1000);
        curve.knots.iter().map(|&(x, _)| (x, thousandths(x))).collect::<Vec<_>>()
    };
    let (least, most) = curve.range();
    let end = |knot: Option<&(i64, i64)>| knot.map_or_else(String::new, |&(x, _)| ui::count(x));
    let middle = say!("{} to {}", ui::score(least), ui::score(most));
    Curve {
        points: points(curve),
        was: was.map(points),
        reach,
        ends: [end(curve.knots.first()).into(), middle.into(), end(curve.knots.last()).into()],
    }
    .render()
}

impl Render for Thresholds<'_> {
    fn render(&self) -> Markup {
        let rules = &self.policy.rules;
        html! {
            fieldset .group .thirds {
                legend { strong { "When a class changes" } }
                (Field::text("up", say!("Becomes client at")).value(self.typed.up(rules.become_permille)))
                (Field::text("down", say!("Stops at")).value(self.typed.down(rules.stop_permille)))
                (Field::text("dwell", say!("Stays at least, days")).value(self.typed.dwell(rules.dwell_days)))
            }
        }
    }
}
