//! What a row of a table of contracts says of how they were agreed: form, scope, notice, what was made for them.

use contracts::{
    Agreement,
    parts::{Clause, ScopeLine},
    period::Period,
    words::{ClauseKind, CountTo, TermType, Who},
    written::On,
};
use timeline::fact::{Custom, Form, Offer, Promised};

use crate::{Meaning, TypedRow};

/// Why a cell of that meaning cannot stand in a contract, as a fragment; nothing where it can.
pub(crate) fn refused(meaning: Meaning, text: &str) -> Option<String> {
    let none_of = |words: Vec<&str>| format!("is none of {}", words.join(", "));
    match meaning {
        Meaning::Form if form(text).is_none() => {
            Some(none_of(Form::ALL.iter().map(|form| form.as_str()).collect()))
        }
        Meaning::MadeForThem if words(text, Custom::parse).is_none() => {
            Some(none_of(Custom::ALL.iter().map(|custom| custom.as_str()).collect()))
        }
        Meaning::Promises if words(text, Promised::parse).is_none() => {
            Some(none_of(Promised::ALL.iter().map(|promised| promised.as_str()).collect()))
        }
        Meaning::Notice if period(text).is_none() => {
            Some("is no period of notice; write it as 90 days or 3 months".to_owned())
        }
        _ => None,
    }
}

/// Lays over an agreement what the row says of how it was agreed.
pub(crate) fn laid(said: Agreement, row: &TypedRow) -> Agreement {
    let text = |meaning| row.text(meaning);
    let scope = text(Meaning::Scope).map(|scope| {
        let lines = scope.split(';').map(str::trim).filter(|line| !line.is_empty());
        lines.map(|line| ScopeLine { what: line.to_owned(), allowance: None, text: None }).collect()
    });
    let clauses = text(Meaning::Notice).and_then(period).map(|period| vec![notice(period, said.term)]);
    Agreement {
        offer: text(Meaning::OfferKind).and_then(|word| Offer::parse(&word.to_lowercase())).or(said.offer),
        last_day: row.at(Meaning::LastDay).map(|at| On(at.day(&jiff::tz::TimeZone::UTC))),
        form: text(Meaning::Form).and_then(form),
        need: text(Meaning::Need).map(str::to_owned),
        custom: text(Meaning::MadeForThem).and_then(|text| words(text, Custom::parse)),
        promises: text(Meaning::Promises).and_then(|text| words(text, Promised::parse)),
        scope,
        clauses,
        ..said
    }
}

/// Either side may give notice: to the end of a fixed term, to the end of a month where there is none.
fn notice(period: Period, term: Option<TermType>) -> Clause {
    let to = if term == Some(TermType::Fixed) { CountTo::Term } else { CountTo::Month };
    Clause {
        kind: ClauseKind::Notice,
        who: Who::Both,
        period,
        to: Some(to),
        form: None,
        delivery: None,
        text: None,
    }
}

fn form(text: &str) -> Option<Form> {
    Form::parse(&text.to_lowercase())
}

fn period(text: &str) -> Option<Period> {
    Period::parse(&text.to_lowercase()).ok()
}

/// A list of words, where each of them is known; `none` is an empty one.
fn words<W>(text: &str, parse: fn(&str) -> Option<W>) -> Option<Vec<W>> {
    let text = text.to_lowercase();
    if text == "none" {
        return Some(Vec::new());
    }
    text.split([',', ';']).map(|word| parse(&word.trim().replace(' ', "_"))).collect()
}
