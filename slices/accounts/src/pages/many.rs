//! Many pairs at once: how many are so likely one party, which, one merge for all of them; and whether that is done
//! without asking.

use ::store::Tx;
use kernel::{Permission, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say};
use ui::{Button, Choice, Field, Head, Ledger, Line, Nothing, hidden, who};

use super::{
    PLACE,
    duplicates::{percent, reasons},
};
use crate::ops::{
    duplicates::{self, AtLeast, ShownPair},
    many,
    threshold::{self, Threshold},
};

/// From which probability on many are merged, as a form sends it and as it is read.
const LEAST: [(&str, &str); 5] =
    [("0.999", "99.9 %"), ("0.99", "99 %"), ("0.95", "95 %"), ("0.9", "90 %"), ("0.8", "80 %")];
/// Those from which on it may be done without asking.
const AUTO: usize = 4;
/// So many of the pairs are shown; the least likely ones, because they are the ones to look at.
const SHOWN: i64 = 20;

/// The page.
struct ManyPage<'a> {
    least: &'a str,
    pairs: i64,
    lowest: Vec<ShownPair>,
    auto: Option<f64>,
    may: [bool; 2],
    csrf: &'a str,
}

/// Answers `GET /duplicates/many`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let least = chosen(visit.asked("least"));
    let from = AtLeast { least: least.parse().unwrap_or(1.0) };
    let page = ManyPage {
        least,
        pairs: many::count(visit.cx, tx, from.least)?,
        lowest: many::lowest(visit.cx, tx, from.least, SHOWN)?,
        auto: threshold::in_force(tx)?.least,
        may: [Permission::Write, Permission::Manage].map(|permission| visit.cx.actor.may(permission)),
        csrf: visit.csrf,
    };
    Ok(Reply::Page { title: say!("Merge many").into(), place: PLACE, body: page.render() })
}

/// The answer of a form that is one of those offered; the strictest where it is not.
fn chosen(asked: Option<&str>) -> &'static str {
    LEAST.iter().map(|(value, _)| *value).find(|value| Some(*value) == asked).unwrap_or("0.99")
}

/// Answers `POST /duplicates/many`.
pub(super) fn merge(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let least = chosen(visit.field("least")).parse().unwrap_or(1.0);
    let merge = duplicates::merge(visit.cx, tx, AtLeast { least })?;
    Ok(Reply::Go(format!("/merges/{}", merge.id)))
}

/// Answers `POST /duplicates/auto`.
pub(super) fn auto(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let least = visit.field("least").filter(|least| !least.is_empty());
    // What is no number is more than certain, and refused.
    let least = least.map(|least| least.parse().unwrap_or(f64::INFINITY));
    threshold::auto(visit.cx, tx, Threshold { least })?;
    Ok(Reply::Go(format!("{PLACE}/many")))
}

impl Render for ManyPage<'_> {
    fn render(&self) -> Markup {
        let lead = html! { "Pairs from a probability on, merged as one, and taken apart again as one." };
        let trail = html! { a href=(PLACE) { "Duplicates" } };
        html! {
            (Head { title: say!("Merge many"), trail: Some(trail), lead: Some(lead), narrow: true, ..Head::default() })
            div .group .narrow { (self.choose()) }
            div .group .narrow { (self.these()) }
            section .group .narrow { h2 { "Without asking" } (self.without_asking()) }
        }
    }
}

impl ManyPage<'_> {
    fn choose(&self) -> Markup {
        html! {
            form .form method="get" action=(format!("{PLACE}/many")) {
                (Field::select("least", say!("Pairs that are at least this likely one party"), choices(LEAST.len())).value(self.least))
                div .acts { (Button::submit(say!("Show"))) }
            }
        }
    }

    /// How many there are, the doubtful ones first, and the button.
    fn these(&self) -> Markup {
        let pairs = ui::plural(self.pairs, "pair", "pairs");
        let words = say!("Merge {pairs}");
        html! {
            @if self.pairs == 0 {
                (Nothing { sentence: say!("No open pair is so likely one party."), act: None })
            } @else {
                p {
                    @if self.pairs == many::MOST { (say!("{pairs} or more.")) } @else { (pairs) "." }
                    " The least likely of them:"
                }
                (Ledger { lines: self.lowest.iter().map(line).collect() })
                @if self.may[0] {
                    form .form method="post" action=(format!("{PLACE}/many")) {
                        (hidden("csrf", self.csrf))
                        (hidden("least", self.least))
                        p .small .soft { "The first of each pair is kept. Done in the background; the page of the merge takes all of it back." }
                        div .acts { (Button::submit(&words).main_act()) }
                    }
                }
            }
        }
    }

    fn without_asking(&self) -> Markup {
        let now = self.auto.map_or_else(
            || say!("Pairs wait for a person.").into(),
            |least| {
                say!(
                    "New pairs that are at least {} likely one party are merged as they are found.",
                    percents(least)
                )
            },
        );
        let mut answers = vec![Choice::new("", say!("Never: people decide"))];
        answers.extend(choices(AUTO));
        let value = self.auto.map(|least| least.to_string()).unwrap_or_default();
        // Somebody may have set another one elsewhere; it stays unless they pick one of these.
        if !answers.iter().any(|answer| *answer.value == value) {
            let words = say!("from {words} on", words = percents(self.auto.unwrap_or(1.0)));
            answers.push(Choice::new(value.clone(), words));
        }
        html! {
            p { (now) }
            @if self.may[1] {
                form .form method="post" action=(format!("{PLACE}/auto")) {
                    (hidden("csrf", self.csrf))
                    (Field::select("least", say!("Merge by itself"), answers).id("f-auto").value(&*value)
                        .hint(say!("A household is never merged into a person, and what is behind a wall never with what is not.")))
                    div .acts { (Button::submit(say!("Keep"))) }
                }
            }
        }
    }
}

/// `99.9 %`.
fn percents(probability: f64) -> String {
    speech::decimal(&format!("{} %", (probability * 1_000.0).round() / 10.0))
}

fn choices(count: usize) -> Vec<Choice<'static>> {
    let choice = |(value, words): &(&'static str, &str)| {
        Choice::new(*value, say!("from {words} on", words = speech::decimal(words)))
    };
    LEAST[..count].iter().map(choice).collect()
}

fn line(pair: &ShownPair) -> Line {
    let likely = html! { (percent(pair.probability)) small { "likely one" } };
    let address = |id: &str| format!("/accounts/{id}");
    let of = html! {
        (who(&pair.first.name, &address(&pair.first.id))) (who(&pair.second.name, &address(&pair.second.id)))
    };
    Line { what: Some(reasons(pair)), ..Line::new(likely, of) }
}
