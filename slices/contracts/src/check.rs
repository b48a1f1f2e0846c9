//! What cannot be agreed is refused where it comes in.

use std::borrow::Cow;

use jiff::tz::TimeZone;
use kernel::{Problem, Result};
use speech::say;

use crate::{
    agreement::Agreement,
    period::Unit,
    words::{FeeKind, Kind},
};

/// Refuses an agreement that does not hold, as all that was said of it comes to.
///
/// # Errors
/// `contracts.terms`, naming the field.
pub fn check(kind: Kind, key: &str, terms: &Agreement) -> Result<()> {
    let wrong = |field: &str, why: &str| {
        let text = say!("record {} {key:?}: {why}", kind.spoken());
        Err(Problem::invalid(field, "contracts.terms", text))
    };
    let (start, last) = (terms.start.or(terms.signed), terms.last_day);
    if start.is_none() {
        return wrong("start", &say!("nobody says when it began; name its start or the day it was signed"));
    }
    if last.zip(start).is_some_and(|(last, start)| last < start) {
        return wrong("last_day", &say!("it ends before it begins; look at start and last day"));
    }
    // One that ends on the day it begins never held: its last day is the day before.
    if terms.ended.zip(start).is_some_and(|(ended, start)| ended.day() < start.0) {
        return wrong("ended", &say!("it ended before it began; look at start and end"));
    }
    let lengths = [terms.length, terms.renewal_length];
    if lengths.into_iter().flatten().any(|length| length.count == 0) {
        return wrong("length", &say!("its term has no length; leave the length out or make it longer"));
    }
    let far = [terms.start, terms.signed, terms.last_day, terms.ended.map(|ended| ended.last_day)];
    if far.into_iter().flatten().any(|on| !(-200_000..2_000_000).contains(&on.0.0)) {
        return wrong(
            "start",
            &say!("a day of it lies further away than anybody has agreed on; look at its years"),
        );
    }
    if terms.cycle.is_some_and(|cycle| cycle.count == 0 || cycle.unit == Unit::BusinessDay) {
        return wrong("cycle", &say!("a billing cycle is some weeks, months or years long"));
    }
    if terms.zone.as_deref().is_some_and(|zone| TimeZone::get(zone).is_err()) {
        return wrong("zone", &say!("its time zone is not known; write one such as Europe/Brussels"));
    }
    if let Some((field, why)) = fees(terms) {
        return wrong(field, &why);
    }
    match long(terms) {
        Some(field) => {
            let why = say!("too many letters or parts; a text has at most 20,000 letters, a list 200 parts");
            wrong(field, &why)
        }
        None => Ok(()),
    }
}

fn fees(terms: &Agreement) -> Option<(&'static str, Cow<'static, str>)> {
    let fees = terms.fees.as_deref().unwrap_or_default();
    if !fees.is_empty() && terms.currency.is_none() {
        return Some(("currency", say!("its fees have no currency; name one such as EUR")));
    }
    let uneven = |every: Option<crate::period::Period>| {
        every.is_none_or(|every| every.count == 0 || every.unit == Unit::BusinessDay)
    };
    for fee in fees {
        if fee.amount.0 < 0 {
            return Some(("fees", say!("a fee is below zero; what goes back is a refund")));
        }
        if fee.kind == FeeKind::Recurring && uneven(fee.every) {
            return Some((
                "fees",
                say!("a recurring fee says how often it falls due: every 1 month, 1 year"),
            ));
        }
    }
    let billed = terms.billed.is_some_and(|billed| billed.0 < 0);
    billed.then(|| ("billed", say!("what was billed is below zero")))
}

/// The first field that is longer than anybody reads.
fn long(terms: &Agreement) -> Option<&'static str> {
    const LETTERS: usize = 20_000;
    let texts = [
        ("name", terms.name.as_deref()),
        ("offering", terms.offering.as_deref()),
        ("need", terms.need.as_deref()),
    ];
    let text = texts.into_iter().find(|(_, text)| text.is_some_and(|text| 500 < text.chars().count()));
    let clauses = terms.clauses.as_deref().unwrap_or_default();
    let scope = terms.scope.as_deref().unwrap_or_default();
    let is_long = |text: &Option<String>| text.as_ref().is_some_and(|text| LETTERS < text.chars().count());
    let lists = [
        ("clauses", 200 < clauses.len() || clauses.iter().any(|clause| is_long(&clause.text))),
        ("scope", 200 < scope.len() || scope.iter().any(|line| is_long(&line.text))),
        ("fees", terms.fees.as_ref().is_some_and(|fees| 200 < fees.len())),
        ("contacts", terms.contacts.as_ref().is_some_and(|contacts| 200 < contacts.len())),
        ("pauses", terms.pauses.as_ref().is_some_and(|pauses| 200 < pauses.len())),
    ];
    text.map(|(field, _)| field).or(lists.into_iter().find(|(_, long)| *long).map(|(field, _)| field))
}
