//! What a switch changes on the side of the judgement, and what it leaves alone, in words.

use kernel::{Currency, Money};
use slice::Consequence;

use super::switching::Case;
use crate::{Class, Fit, clearance::Clearance, phrase, switch::Course};

/// What changes: nothing of it where the course is nothing.
pub(super) fn changes(case: &Case, to: Class, course: Course) -> Vec<Consequence> {
    let stands = case.stands();
    let mut changes = Vec::new();
    if course.sets || course.withdraws {
        let then = match course.sets {
            true => format!("{to}, set by hand"),
            false => format!("{to}, by the evidence"),
        };
        let why = match (course.sets, stands.computed) {
            (true, Class::Client | Class::Customer) => {
                "A person says so until a last day; the evidence goes on beside it"
            }
            (true, _) => "A person says so until a last day; the evidence alone does not settle it",
            (false, _) => "Nobody says otherwise any more, and the evidence says so by itself",
        };
        changes.push(Consequence::change("Class that counts", counted(case), then, why));
        changes.extend(listed(case, stands.class(), to));
    }
    if let Some(said) = case.said.as_ref().filter(|_| course.withdraws) {
        let now = format!("{} until {}: {}", said.class, said.until, said.reason);
        changes.push(Consequence::change(
            "Set by hand before",
            now,
            "withdrawn, and stays on record",
            "One word counts at a time",
        ));
    }
    if course.sets || course.withdraws {
        let label = |class: Option<Class>| class.map_or("none".to_owned(), |class| class.to_string());
        let then = label(course.sets.then_some(to));
        let why = "A class set by hand is one of the labels from which weights can be learned";
        changes.push(Consequence::change("Label for learning", label(stands.said), then, why));
    }
    if let Some(crossing) = case.crossing.as_ref().filter(|_| course.answers) {
        let agreed = crossing.became == to;
        let then = if agreed { "agreed to" } else { "answered otherwise" };
        let now = format!("{} \u{2192} {}, waits for a person", crossing.was, crossing.became);
        changes.push(Consequence::change("Today", now, then, "The question is answered by this"));
    }
    changes.retain(Consequence::is_change);
    changes
}

/// `customer, by the evidence`, `client, set by hand until 2026-11-29`.
fn counted(case: &Case) -> String {
    match &case.said {
        Some(said) => format!("{}, set by hand until {}", said.class, said.until),
        None => format!("{}, by the evidence", case.found.computed),
    }
}

/// Where the book lists it, and with whom what they brought is counted.
fn listed(case: &Case, from: Class, to: Class) -> Vec<Consequence> {
    let list = |class: Class| match class {
        Class::Client => "Clients",
        Class::Customer => "Customers",
        Class::Prospect => "Prospects",
        Class::Former => "Former",
        Class::NotEnough => "Not enough evidence",
    };
    let (now, then) = (list(from), list(to));
    let stands = Consequence::change(
        "List in the book",
        now,
        then,
        "A relationship stands in the list of the class that counts",
    );
    let found = &case.found;
    let amount = Currency::parse(&found.currency).ok().map(|currency| Money::new(found.net, currency));
    let total = amount.map(|amount| {
        let with = |list: &str| format!("{amount} with {}", list.to_lowercase());
        Consequence::change(
            "Totals",
            with(now),
            with(then),
            "What they brought is counted with their class; the sum stays",
        )
    });
    std::iter::once(stands).chain(total).collect()
}

/// What does not change.
pub(super) fn left_alone(case: &Case, stated: String, clearances: &[Clearance]) -> Vec<Consequence> {
    let mut stays = vec![
        Consequence::stays(
            "What the evidence says",
            case.evidence(),
            "A person\u{2019}s word moves no evidence, and where the two differ, both are shown",
        ),
        Consequence::stays(
            "Service fit",
            Fit::parse(&case.found.fit).map_or("Not judged", Fit::word),
            "Judged by the evidence, by what they want and by what was promised, not by the class that counts",
        ),
        Consequence::stays(
            "What they want",
            stated,
            "What they want decides how they are dealt with, whatever they are",
        ),
    ];
    stays.extend(contact(clearances));
    stays.push(Consequence::stays(
        "Facts",
        "all of them",
        "Nothing is written to their history or taken from it",
    ));
    if !case.others.is_empty() {
        let others: Vec<_> = case.others.iter().map(|other| other.class.clone()).collect();
        let n = phrase::plural(
            i64::try_from(others.len()).unwrap_or(0),
            "other service line",
            "other service lines",
        );
        stays.push(Consequence::stays(n, others.join(", "), "A switch is of one relationship"));
    }
    stays
}

/// For what they may be contacted, and for what not.
fn contact(clearances: &[Clearance]) -> Vec<Consequence> {
    let (open, closed): (Vec<_>, Vec<_>) = clearances.iter().partition(|clearance| clearance.allowed);
    let words =
        |some: &[&Clearance]| some.iter().map(|one| one.purpose.as_str()).collect::<Vec<_>>().join(", ");
    let reason = |some: &[&Clearance]| some.last().map_or(String::new(), |one| phrase::capital(&one.reason));
    let line = |what: &str, some: &[&Clearance]| {
        (!some.is_empty()).then(|| Consequence::stays(what, words(some), reason(some)))
    };
    [line("May be contacted for", &open), line("Not to be contacted for", &closed)]
        .into_iter()
        .flatten()
        .collect()
}
