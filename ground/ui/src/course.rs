//! Course: a strength of evidence over time, as steps between decisions, with the band where the past decides and a mark
//! where the class turned. Beside it stands a table with the same figures.

use maud::{Markup, Render};
use speech::{html, say};

use crate::{Band, Sign, Strength, Text};

/// The steps of a strength.
#[derive(Clone, Debug)]
pub struct Course<'a> {
    /// The decisions, the earliest first.
    pub steps: Vec<CourseStep>,
    /// The day at the right end, counted as the steps count theirs.
    pub until: i64,
    /// The thresholds.
    pub band: Band,
    /// Below the left and the right end.
    pub ends: (Text<'a>, Text<'a>),
}

/// A decision on the course.
#[derive(Clone, Copy, Debug)]
pub struct CourseStep {
    /// Its day.
    pub day: i64,
    /// Its strength; none where there was none to show.
    pub at: Option<Strength>,
    /// Its class.
    pub sign: Sign,
    /// Whether the class became this one here.
    pub turned: bool,
}

impl Render for Course<'_> {
    fn render(&self) -> Markup {
        let first = self.steps.first().map_or(0, |step| step.day);
        let last = self.until.max(self.steps.last().map_or(first, |step| step.day)).max(first + 1);
        let across = |day: i64| 2.0 + (day - first) as f64 / (last - first) as f64 * 96.0;
        let nexts = self.steps.iter().skip(1).map(Some).chain([None]);
        html! {
            svg .course aria-hidden="true" {
                (self.ground())
                @for (step, next) in self.steps.iter().zip(nexts) {
                    @let from = across(step.day);
                    @let to = across(next.map_or(last, |next| next.day));
                    @if let Some(at) = step.at {
                        (line((from, down(at)), (to, down(at))))
                        @if let Some(then) = next.and_then(|next| next.at) { (line((to, down(at)), (to, down(then)))) }
                    }
                }
                @for step in &self.steps {
                    @if step.turned { (mark(step, across(step.day))) }
                }
            }
            p .course-ends { span { (self.ends.0) } span { (self.ends.1) } }
        }
    }
}

impl Course<'_> {
    fn ground(&self) -> Markup {
        let (begin, stop) = (down(self.band.begin), down(self.band.stop));
        html! {
            rect .band x="0" width="100%" y=(percent(begin)) height=(percent(stop - begin)) {}
            @for edge in [begin, stop] { line .edge x1="0" x2="100%" y1=(percent(edge)) y2=(percent(edge)) {} }
            text .scale-key x="0" y=(percent(begin)) dy="-4" { (say!("{} becomes a client", self.band.begin.shown())) }
            text .scale-key x="0" y=(percent(stop)) dy="14" { (say!("{} stops being one", self.band.stop.shown())) }
        }
    }
}

/// How far below the top.
fn down(at: Strength) -> f64 {
    (1.0 - at.part()) * 100.0
}

fn percent(part: f64) -> String {
    format!("{part:.1}%")
}

fn line(from: (f64, f64), to: (f64, f64)) -> Markup {
    html! { line .ln x1=(percent(from.0)) y1=(percent(from.1)) x2=(percent(to.0)) y2=(percent(to.1)) {} }
}

/// The sign of what it became; at the foot where there is no strength to stand at.
fn mark(step: &CourseStep, across: f64) -> Markup {
    let y = percent(step.at.map_or(100.0, down));
    html! {
        svg x=(percent(across)) y=(y) overflow="visible" {
            @match (step.sign.lasts(), step.sign) {
                (true, Sign::Former) => { path .ghost d="M-6 -3h12v6h-12z" {} },
                (true, _) => { path .f-client d="M-8 -4h16v8h-16z" {} },
                (false, Sign::Customer) => { circle .f-customer r="5" {} },
                (false, _) => { circle .ghost r="4" {} },
            }
        }
    }
}
