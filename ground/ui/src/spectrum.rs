//! Spectrum: strength of evidence against value, each relationship a mark or each cell an area, with the density above,
//! the band where the past decides, and columns that are links.

mod axis;
mod marks;

use maud::{Markup, Render};
use speech::{decimal, html, say};

pub use self::{
    axis::SignedLog,
    marks::{Blot, Cloud, Point, Tint, TintKey},
};
use crate::{Band, Strength, Text, assets};

/// Strength against value.
#[derive(Clone, Debug)]
pub struct Spectrum<'a> {
    /// Its name on the page.
    pub id: Text<'a>,
    /// What it shows, and where the same figures stand.
    pub label: Text<'a>,
    /// The part of the strength that is drawn.
    pub across: (Strength, Strength),
    /// The thresholds.
    pub band: Band,
    /// The values that are drawn.
    pub axis: SignedLog,
    /// The values that are written beside it.
    pub ticks: Vec<(f64, Text<'a>)>,
    /// How many above each step of strength.
    pub density: Vec<Density>,
    /// The marks.
    pub cloud: Cloud,
    /// At most five that are named.
    pub names: Vec<Named<'a>>,
    /// The links, from the left.
    pub columns: Vec<SpectrumLink<'a>>,
    /// The part that is chosen.
    pub chosen: Option<Part>,
    /// What the script needs to let a part be chosen by dragging.
    pub brush: Option<Brush<'a>>,
}

/// How many lie in a step of strength.
#[derive(Clone, Debug)]
pub struct Density {
    /// Where the step is.
    pub across: (Strength, Strength),
    /// How many of each tint, the first lowest.
    pub parts: Vec<(Tint, i64)>,
}

/// A mark with its name.
#[derive(Clone, Debug)]
pub struct Named<'a> {
    /// Its strength.
    pub strength: Strength,
    /// Its value.
    pub value: f64,
    /// Its name.
    pub name: Text<'a>,
}

/// A part of the picture; values that are absent reach to the end.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// From and to which strength.
    pub across: (Strength, Strength),
    /// From and to which value.
    pub values: (Option<f64>, Option<f64>),
}

/// A part of the picture that leads somewhere.
#[derive(Clone, Debug)]
pub struct SpectrumLink<'a> {
    /// Which part.
    pub part: Part,
    /// Where it leads.
    pub href: Text<'a>,
    /// What it is, with how many are in it.
    pub label: Text<'a>,
    /// Whether it is the one that is chosen.
    pub current: bool,
}

/// What the script needs to let a part be chosen by dragging.
#[derive(Clone, Debug)]
pub struct Brush<'a> {
    /// The address that the bounds are added to.
    pub href: Text<'a>,
    /// What is called what in the address: strength from and to, value from and to.
    pub names: [&'a str; 4],
    /// The values at which a part may begin and end, as they stand in the address, rising.
    pub bounds: Vec<(f64, Text<'a>)>,
}

impl Render for Spectrum<'_> {
    fn render(&self) -> Markup {
        html! {
            @if self.brush.is_some() { script type="module" src=(assets::brush()) {} }
            div .plot id=(self.id) {
                span {} (self.dens())
                svg .cloud aria-hidden="true" {
                    @for (value, words) in &self.ticks {
                        text x="3rem" y=(self.down(*value)) dy="4" text-anchor="end" { (words) }
                    }
                }
                (self.cloud())
                span {} (self.words())
            }
        }
    }
}

impl Spectrum<'_> {
    fn dens(&self) -> Markup {
        let most = self.density.iter().map(|step| step.parts.iter().map(|(_, n)| n).sum::<i64>()).max();
        let most = most.unwrap_or(0).max(1) as f64;
        html! {
            svg .dens aria-hidden="true" {
                (self.ground())
                @for step in &self.density {
                    @let (left, wide) = self.between(step.across);
                    @let gap = (wide * 0.03).min(0.15);
                    @for (tint, from, n) in marks::stacked(&step.parts) {
                        @let (high, top) = (n / most * 100.0, 100.0 - (from + n) / most * 100.0);
                        rect .(tint.fill()) x=(percent(left + gap)) width=(percent(wide - 2.0 * gap)) y=(percent(top)) height=(percent(high)) {}
                    }
                }
                line .zero x1="0" x2="100%" y1="100%" y2="100%" {}
            }
        }
    }

    fn cloud(&self) -> Markup {
        html! {
            svg .cloud role="group" aria-label=(self.label) data-brush=[self.brush.as_ref().map(|brush| &*brush.href)]
                data-names=[self.brush.as_ref().map(|brush| brush.names.join(" "))] data-across=[self.brush.as_ref().map(|_| self.reach())]
                data-bounds=[self.brush.as_ref().map(|brush| self.bounds(brush))] {
                g aria-hidden="true" {
                    (self.ground())
                    @for (value, _) in &self.ticks {
                        @let at = self.down(*value);
                        line .(if *value == 0.0 { "zero" } else { "grid" }) x1="0" x2="100%" y1=(at) y2=(at) {}
                    }
                    @for edge in [self.band.stop, self.band.begin] {
                        @if let Some(at) = self.inside(edge) { line .edge x1=(at) x2=(at) y1="0" y2="100%" {} }
                    }
                    (self.cloud.draw(&self.id, &|strength, value| (self.at(strength), self.down(value))))
                    @if let Some(part) = &self.chosen { (self.rect(part, "chosen")) }
                    @for named in self.names.iter().take(5) { (self.named(named)) }
                }
                @for link in &self.columns {
                    a href=(link.href) aria-label=(link.label) aria-current=[link.current.then_some("true")] {
                        (self.rect(&link.part, ""))
                    }
                }
            }
        }
    }

    /// The words below: the ends, the thresholds.
    fn words(&self) -> Markup {
        let whole = self.across.0.part() == 0.0 && 1.0 <= self.across.1.part();
        let ends = match whole {
            true => [say!("0 customer").into_owned(), say!("client 1").into_owned()],
            false => [self.across.0, self.across.1].map(|end| decimal(&format!("{:.2}", end.part()))),
        };
        let middle = (self.band.stop.part() + self.band.begin.part()) / 2.0;
        html! {
            svg .axisrow aria-hidden="true" {
                text x="0" y="16" { (ends[0]) }
                @for edge in [self.band.stop, self.band.begin] {
                    @if let Some(at) = self.inside(edge) { text x=(at) y="16" text-anchor="middle" { (edge.shown()) } }
                }
                @if whole { text .say x=(percent(middle * 100.0)) y="16" text-anchor="middle" { "the past decides" } }
                text x="100%" y="16" text-anchor="end" { (ends[1]) }
            }
        }
    }

    /// The band, as far as it is drawn.
    fn ground(&self) -> Markup {
        let clamp = |at: Strength| at.part().clamp(self.across.0.part(), self.across.1.part());
        let (left, right) = (clamp(self.band.stop), clamp(self.band.begin));
        html! {
            @if left < right {
                @let (left, right) = (self.along(left), self.along(right));
                rect .band x=(percent(left)) width=(percent(right - left)) height="100%" {}
            }
        }
    }

    fn named(&self, named: &Named<'_>) -> Markup {
        let (x, y) = (self.at(named.strength), self.down(named.value));
        // The name stands where there is room for it.
        let near = self.along(named.strength.part()) < 30.0;
        html! {
            circle .ring cx=(x) cy=(y) r="8" {}
            text .lab x=(x) y=(y) dx=(if near { 13 } else { -13 }) dy="4" text-anchor=(if near { "start" } else { "end" }) { (named.name) }
        }
    }

    fn rect(&self, part: &Part, class: &str) -> Markup {
        let (left, wide) = self.between(part.across);
        let top = part.values.1.map_or(0.0, |value| self.axis.down(value).clamp(0.0, 100.0));
        let foot = part.values.0.map_or(100.0, |value| self.axis.down(value).clamp(0.0, 100.0));
        let class = (!class.is_empty()).then_some(class);
        html! { rect class=[class] x=(percent(left)) width=(percent(wide)) y=(percent(top)) height=(percent(foot - top)) {} }
    }

    fn reach(&self) -> String {
        format!("{} {}", self.across.0.part(), self.across.1.part())
    }

    fn bounds(&self, brush: &Brush<'_>) -> String {
        let inside = brush.bounds.iter().filter(|(value, _)| (0.0..=100.0).contains(&self.axis.down(*value)));
        inside
            .map(|(value, text)| format!("{text}:{:.2}", self.axis.down(*value)))
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Hundredths of the width at which a strength lies.
    fn along(&self, strength: f64) -> f64 {
        let (from, to) = (self.across.0.part(), self.across.1.part());
        (strength - from) / (to - from).max(f64::EPSILON) * 100.0
    }

    fn at(&self, strength: Strength) -> String {
        percent(self.along(strength.part()))
    }

    fn down(&self, value: f64) -> String {
        percent(self.axis.down(value))
    }

    fn between(&self, (from, to): (Strength, Strength)) -> (f64, f64) {
        let (left, right) = (self.along(from.part()).max(0.0), self.along(to.part()).min(100.0));
        (left, (right - left).max(0.0))
    }

    /// Where a threshold is, if it is drawn.
    fn inside(&self, strength: Strength) -> Option<String> {
        let at = self.along(strength.part());
        (0.0 < at && at < 100.0).then(|| percent(at))
    }
}

fn percent(part: f64) -> String {
    format!("{part:.1}%")
}
