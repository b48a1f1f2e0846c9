//! Service fit on a page: what it means, and what it comes from, each with the facts that show it.

use kernel::Day;
use maud::Markup;
use speech::{html, say};
use ui::time;

use super::{came::on, dated::dated, wording};
use crate::{
    Fit,
    ops::{ExplainedFact, Explanation, ShownReason},
};

/// Facts that are linked behind a reason; the others stand in the history.
const LINKED: usize = 3;

/// How it is served, and why it reads so.
pub(super) fn served(why: &Explanation, today: Day) -> Markup {
    let reasons = why.service.iter().flat_map(|service| &service.reasons);
    html! {
        p { (wording::fit(&why.fit)) }
        p { (Fit::parse(&why.fit).unwrap_or(Fit::NotJudged).meaning()) }
        @for reason in reasons { (told(why, reason, today)) }
    }
}

fn told(why: &Explanation, reason: &ShownReason, today: Day) -> Markup {
    let linked = reason.facts.iter().take(LINKED);
    let beyond = i64::try_from(reason.facts.len().saturating_sub(LINKED)).unwrap_or(0) + reason.further;
    html! {
        p .small { (dated(&reason.sentence)) }
        @if !reason.facts.is_empty() {
            p .tiny .soft {
                @for (n, fact) in linked.enumerate() { @if 0 < n { "; " } (link(why, fact, today)) }
                @if 0 < beyond { (say!("; and {} more, in the history below", ui::count(beyond))) }
                "."
            }
        }
    }
}

fn link(why: &Explanation, fact: &ExplainedFact, today: Day) -> Markup {
    html! {
        a href={ "/accounts/" (why.account) "/facts/" (fact.id) } { (fact.said) } ", "
        @match Day::parse(&fact.on) { Ok(day) => { (time::short(day, today)) }, Err(_) => { (on(&fact.on)) } }
    }
}
