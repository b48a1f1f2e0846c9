//! The marks of a spectrum: one for each relationship, or areas for many; a dot is a customer, a bar a client.

use maud::{Markup, Render};
use speech::html;

use crate::{Strength, Text, count};

/// What a mark is filled with: its class, or how it is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tint {
    /// A customer.
    Customer,
    /// A client.
    Client,
    /// Served as it should be.
    Fits,
    /// Gets less than owed.
    Less,
    /// Gets more than they asked for.
    More,
    /// Cannot be told.
    Unknown,
}

impl Tint {
    /// Its class in the style sheet.
    pub fn fill(self) -> &'static str {
        match self {
            Tint::Customer => "f-customer",
            Tint::Client => "f-client",
            Tint::Fits => "s-fits",
            Tint::Less => "s-less",
            Tint::More => "s-more",
            Tint::Unknown => "s-none",
        }
    }
}

/// What a tint stands for, with how many have it.
#[derive(Clone, Debug)]
pub struct TintKey<'a> {
    /// The tint.
    pub tint: Tint,
    /// Its words.
    pub text: Text<'a>,
    /// How many.
    pub count: i64,
}

impl Render for TintKey<'_> {
    fn render(&self) -> Markup {
        html! {
            span {
                svg viewBox="0 0 14 10" aria-hidden="true" { rect .(self.tint.fill()) x="0.5" y="0.5" width="13" height="9" {} }
                (self.text) " " span .faint { (count(self.count)) }
            }
        }
    }
}

/// What is drawn between the axes.
#[derive(Clone, Debug)]
pub enum Cloud {
    /// Each relationship.
    Points(Vec<Point>),
    /// Cells, the area by count.
    Cells(Vec<Blot>),
}

/// A relationship.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// Its strength.
    pub strength: Strength,
    /// Its value.
    pub value: f64,
    /// A bar for what stays, a dot for what comes for the moment.
    pub lasts: bool,
    /// What it is filled with.
    pub tint: Tint,
}

/// Those of one cell.
#[derive(Clone, Debug)]
pub struct Blot {
    /// The middle of the cell.
    pub strength: Strength,
    /// The middle of the cell.
    pub value: f64,
    /// How many of what comes for the moment, by tint.
    pub dots: Vec<(Tint, i64)>,
    /// How many of what stays, by tint.
    pub bars: Vec<(Tint, i64)>,
}

/// Where a strength and a value lie, as attributes.
pub(super) type Place<'a> = &'a dyn Fn(Strength, f64) -> (String, String);

/// The area of the fullest cell, square pixels.
const FULLEST: f64 = 420.0;
/// The area below which a mark could not be seen.
const LEAST: f64 = 5.0;
/// How much wider than high a bar is.
const LONG: f64 = 2.2;

impl Cloud {
    pub(super) fn draw(&self, id: &str, place: Place<'_>) -> Markup {
        match self {
            Cloud::Points(points) => drawn(points, id, place),
            Cloud::Cells(cells) => {
                let most =
                    cells.iter().map(|cell| total(&cell.dots).max(total(&cell.bars))).max().unwrap_or(1);
                html! { @for cell in cells { (cell.draw(most.max(1), place)) } }
            }
        }
    }
}

/// The points, those of one look together.
fn drawn(points: &[Point], id: &str, place: Place<'_>) -> Markup {
    let mut looks: Vec<(bool, Tint)> = points.iter().map(|point| (point.lasts, point.tint)).collect();
    looks.sort_unstable();
    looks.dedup();
    html! {
        defs {
            circle .pm id={ (id) "-dot" } r="3.25" {}
            path .pm id={ (id) "-bar" } d="M-5-2.25H5v4.5H-5z" {}
        }
        @for (lasts, tint) in looks {
            g .(tint.fill()) {
                @for point in points.iter().filter(|point| (point.lasts, point.tint) == (lasts, tint)) {
                    @let (x, y) = place(point.strength, point.value);
                    use href={ "#" (id) (if lasts { "-bar" } else { "-dot" }) } x=(x) y=(y) {}
                }
            }
        }
    }
}

fn total(parts: &[(Tint, i64)]) -> i64 {
    parts.iter().map(|(_, n)| n).sum()
}

impl Blot {
    fn draw(&self, most: i64, place: Place<'_>) -> Markup {
        let (x, y) = place(self.strength, self.value);
        let area = |n: i64| if n == 0 { 0.0 } else { (n as f64 / most as f64 * FULLEST).max(LEAST) };
        let radius = (area(total(&self.dots)) / std::f64::consts::PI).sqrt();
        let high = (area(total(&self.bars)) / LONG).sqrt();
        let wide = high * LONG;
        // Alone a mark stands in the middle; two touch there.
        let both = 0.0 < radius && 0.0 < high;
        let (dot, bar) = if both { (-radius, wide / 2.0) } else { (0.0, 0.0) };
        html! {
            svg x=(x) y=(y) overflow="visible" {
                g .pm {
                    @if 0.0 < radius { (disc(dot, radius, &self.dots)) }
                    @if 0.0 < high { (block(bar - wide / 2.0, wide, high, &self.bars)) }
                }
            }
        }
    }
}

/// A dot of one tint; of several, rings whose areas are as their counts, the first inmost.
fn disc(at: f64, radius: f64, parts: &[(Tint, i64)]) -> Markup {
    let all = total(parts).max(1) as f64;
    html! {
        @for (tint, below, n) in stacked(parts).into_iter().rev() {
            @let r = radius * ((below + n) / all).sqrt();
            circle .(tint.fill()) cx=(format!("{at:.1}")) r=(format!("{r:.1}")) {}
        }
    }
}

/// A bar of one tint, or of several side by side.
fn block(left: f64, wide: f64, high: f64, parts: &[(Tint, i64)]) -> Markup {
    let all = total(parts).max(1) as f64;
    html! {
        @for (tint, below, n) in stacked(parts) {
            @let (from, part) = (left + wide * below / all, wide * n / all);
            path .(tint.fill()) d=(format!("M{from:.1} {:.1}h{part:.1}v{high:.1}h-{part:.1}z", -high / 2.0)) {}
        }
    }
}

/// Each part with how many come before it.
pub(super) fn stacked(parts: &[(Tint, i64)]) -> Vec<(Tint, f64, f64)> {
    let mut below = 0.0;
    let full = parts.iter().filter(|(_, n)| 0 < *n);
    let placed = full.map(|(tint, n)| {
        let from = below;
        below += *n as f64;
        (*tint, from, *n as f64)
    });
    placed.collect()
}
