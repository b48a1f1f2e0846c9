//! Curve: what a measured value adds or takes away, drawn between its ends; an earlier one dashed behind it.

use maud::{Markup, Render};
use speech::html;

use crate::Text;

/// The height of the drawing; zero lies in its middle.
const HEIGHT: f64 = 56.0;

/// A curve with straight pieces.
#[derive(Clone, Debug)]
pub struct Curve<'a> {
    /// Its points: value and log-odds in thousandths, the values rising.
    pub points: Vec<(i64, i64)>,
    /// What it was before, if it was otherwise.
    pub was: Option<Vec<(i64, i64)>>,
    /// The greatest distance from zero that fits, in thousandths; curves beside each other share one.
    pub reach: i64,
    /// Below its left end, its middle, its right end.
    pub ends: [Text<'a>; 3],
}

impl Render for Curve<'_> {
    fn render(&self) -> Markup {
        let all = || self.points.iter().chain(self.was.iter().flatten());
        let first = all().map(|point| point.0).min().unwrap_or(0);
        let last = all().map(|point| point.0).max().unwrap_or(1).max(first + 1);
        let place = |&(x, y): &(i64, i64)| {
            let across = (x - first) as f64 / (last - first) as f64 * 100.0;
            let down = HEIGHT / 2.0 - y as f64 / self.reach.max(1) as f64 * (HEIGHT / 2.0 - 2.0);
            (across, down)
        };
        html! {
            svg .curve viewBox={ "0 0 100 " (HEIGHT) } preserveAspectRatio="none" aria-hidden="true" {
                path .hair d={ "M0 " (HEIGHT / 2.0) "H100" } {}
                @if let Some(was) = &self.was { path .ln .old d=(line(was.iter().map(place))) {} }
                path .ln d=(line(self.points.iter().map(place))) {}
                path .knot d=(dots(self.points.iter().map(place))) {}
            }
            p .xy { @for end in &self.ends { span { (end) } } }
        }
    }
}

fn line(points: impl Iterator<Item = (f64, f64)>) -> String {
    let pieces =
        points.enumerate().map(|(n, (x, y))| format!("{}{x:.1} {y:.1}", if n == 0 { "M" } else { "L" }));
    pieces.collect()
}

fn dots(points: impl Iterator<Item = (f64, f64)>) -> String {
    points.map(|(x, y)| format!("M{x:.1} {y:.1}h0")).collect()
}
