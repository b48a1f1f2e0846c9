//! Scale: where a strength of evidence stands between 0 and 1, and the band where the past decides.

use maud::{Markup, Render};
use speech::{decimal, html, say, word};

use crate::Sign;

/// A strength of evidence, 0 to 1; rounded once, where it is shown.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Strength(f64);

impl Strength {
    /// The logistic of a score in micro-log-odds.
    pub fn of_score(micro: i64) -> Strength {
        Strength(1.0 / (1.0 + libm::exp(-(micro as f64) / 1e6)))
    }

    /// From parts per million, as lists keep it.
    pub fn of_ppm(ppm: i64) -> Strength {
        Strength((ppm as f64 / 1e6).clamp(0.0, 1.0))
    }

    /// Two decimals; the ends say that they are ends.
    pub fn shown(self) -> String {
        if self.0 < 0.005 {
            return say!("under 0.01").into_owned();
        }
        if 0.995 <= self.0 { say!("over 0.99").into_owned() } else { decimal(&format!("{:.2}", self.0)) }
    }

    /// The part of the way from 0 to 1, for drawing.
    pub(crate) fn part(self) -> f64 {
        self.0
    }

    /// Hundredths, for attributes.
    fn percent(self) -> String {
        format!("{:.1}%", self.0 * 100.0)
    }
}

/// The two thresholds of a policy: between them the past decides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Stop being a client at or below.
    pub stop: Strength,
    /// Become a client at or above.
    pub begin: Strength,
}

impl Default for Band {
    fn default() -> Self {
        Band { stop: Strength(0.4), begin: Strength(0.7) }
    }
}

/// The small scale of a row, with its number; a ghost shows where it was.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// What is drawn.
    pub sign: Sign,
    /// Where; none where there is no strength to show.
    pub at: Option<Strength>,
    /// Where it was before.
    pub was: Option<Strength>,
    /// The thresholds.
    pub band: Band,
}

const WIDTH: f64 = 92.0;

impl Scale {
    /// A mark at a strength, with the usual band.
    pub fn new(sign: Sign, at: Option<Strength>) -> Scale {
        Scale { sign, at, was: None, band: Band::default() }
    }

    /// The same for a cell of its own, which keeps it on one line: a list draws fifty of them.
    pub fn bare(&self) -> Markup {
        let Some(at) = self.at else {
            return html! { span .faint { "none yet" } };
        };
        html! {
            svg .scale viewBox="0 0 92 12" aria-hidden="true" {
                (ground(self.band))
                @if let Some(was) = self.was {
                    circle .ghost cx=(place(was)) cy="6" r="2.5" {}
                }
                (shape(self.sign, at))
            }
            @if let Some(was) = self.was { (was.shown()) " → " }
            (at.shown())
        }
    }
}

impl Render for Scale {
    fn render(&self) -> Markup {
        html! { span .prob { (self.bare()) } }
    }
}

/// The band, above and below the line, which is the ground of the picture.
fn ground(band: Band) -> Markup {
    let (from, to) = (WIDTH * band.stop.0, WIDTH * band.begin.0);
    html! { path .band d=(format!("M{from:.1} 1H{to:.1}v4.5H{from:.1}zM{from:.1} 6.5H{to:.1}v4.5H{from:.1}z")) {} }
}

/// A dot or a bar of which nothing leaves the scale.
fn shape(sign: Sign, at: Strength) -> Markup {
    let at_x = WIDTH * at.0;
    let left = (at_x - 7.0).clamp(0.0, WIDTH - 14.0);
    html! {
        @match (sign.lasts(), sign) {
            (true, Sign::Former) => { path .ghost d=(format!("M{:.1} 3.5h12v5h-12z", left + 1.0)) {} },
            (true, _) => { path .f-client d=(format!("M{left:.1} 3h14v6h-14z")) {} },
            (false, Sign::Customer) => { circle .f-customer cx=(place(at)) cy="6" r="4" {} },
            (false, _) => { circle .ghost cx=(place(at)) cy="6" r="3.4" {} },
        }
    }
}

/// The centre of a dot, kept inside the line.
fn place(at: Strength) -> String {
    format!("{:.1}", (WIDTH * at.0).clamp(4.0, WIDTH - 4.0))
}

/// The wide scale of a verdict, with words at its ends.
#[derive(Clone, Copy, Debug)]
pub struct WideScale<'a> {
    /// What is drawn.
    pub sign: Sign,
    /// Where.
    pub at: Strength,
    /// The thresholds.
    pub band: Band,
    /// The words at 0 and at 1.
    pub ends: (&'a str, &'a str),
}

impl Render for WideScale<'_> {
    fn render(&self) -> Markup {
        let (stop, begin) = (self.band.stop.0 * 100.0, self.band.begin.0 * 100.0);
        let at = self.at.percent();
        let anchor = match self.at.0 {
            near if near < 0.12 => "start",
            far if 0.88 < far => "end",
            _ => "middle",
        };
        html! {
            svg .wide-scale aria-hidden="true" {
                rect .band x=(format!("{stop:.1}%")) width=(format!("{:.1}%", begin - stop)) y="20" height="18" {}
                rect .axis width="100%" y="28.5" height="1" {}
                text x=(at) y="13" text-anchor=(anchor) { (self.at.shown()) }
                svg x=(at) y="29" overflow="visible" {
                    @if self.sign.lasts() {
                        path .(self.sign.fill()) d=(format!("M{:.1} -5h22v10h-22z", lean(self.at, 11.0) - 11.0)) {}
                    } @else { circle .(self.sign.fill()) cx=(format!("{:.1}", lean(self.at, 6.0))) r="6" {} }
                }
                text .scale-key x="0" y="57" { "0 " (word!(self.ends.0)) }
                text .scale-key x=(format!("{:.1}%", (stop + begin) / 2.0)) y="57" text-anchor="middle" {
                    "the past decides"
                }
                text .scale-key x="100%" y="57" text-anchor="end" { (word!(self.ends.1)) " 1" }
            }
        }
    }
}

/// How far a mark leans inward at the very ends, so that nothing of it leaves the line.
fn lean(at: Strength, half: f64) -> f64 {
    const END: f64 = 0.04;
    let (start, end) = (at.0 / END, (1.0 - at.0) / END);
    half * ((1.0 - start).max(0.0) - (1.0 - end).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strength_has_two_decimals_and_honest_ends() {
        let shown: Vec<_> = [0, 4_999, 5_000, 10_000, 783_000, 994_999, 995_000, 1_000_000]
            .map(|ppm| Strength::of_ppm(ppm).shown())
            .into();
        assert_eq!(
            shown,
            ["under 0.01", "under 0.01", "0.01", "0.01", "0.78", "0.99", "over 0.99", "over 0.99"]
        );
        assert_eq!(Strength::of_score(0).shown(), "0.50");
        assert_eq!(Strength::of_score(847_298).shown(), "0.70");
        assert_eq!(Strength::of_score(-4_198_889).shown(), "0.01");
    }
}
