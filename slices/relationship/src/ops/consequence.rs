//! What a switch changes on the side of the judgement, and what it leaves alone, in words.

use std::borrow::Cow;

use kernel::Money;
use slice::Consequence;
use speech::say;

use super::switching::Case;
use crate::{Class, clearance::Clearance, phrase, switch::Course};

/// What changes: nothing of it where the course is nothing.
pub(super) fn changes(case: &Case, to: Class, course: Course) -> Vec<Consequence> {
    let stands = case.stands();
    let mut changes = Vec::new();
    if course.sets || course.withdraws {
        let then = match course.sets {
            true => say!("{}, set by hand", to.said()),
            false => say!("{}, by the evidence", to.said()),
        };
        let why = match (course.sets, stands.computed) {
            (true, Class::Client | Class::Customer) => {
                say!("A person says so until a last day; the evidence goes on beside it")
            }
            (true, _) => say!("A person says so until a last day; the evidence alone does not settle it"),
            (false, _) => say!("Nobody says otherwise any more, and the evidence says so by itself"),
        };
        changes.push(Consequence::change(say!("Class that counts"), counted(case), then, why));
        changes.extend(listed(case, stands.class(), to));
    }
    if let Some(said) = case.said.as_ref().filter(|_| course.withdraws) {
        let until = phrase::plain_day(said.until);
        let now = say!("{} until {until}: {}", said.class.said(), said.reason);
        changes.push(Consequence::change(
            say!("Set by hand before"),
            now,
            say!("withdrawn, and stays on record"),
            say!("One word counts at a time"),
        ));
    }
    if course.sets || course.withdraws {
        let label = |class: Option<Class>| class.map_or_else(|| say!("none").into_owned(), Class::said);
        let then = label(course.sets.then_some(to));
        let why = say!("A class set by hand is one of the labels from which weights can be learned");
        changes.push(Consequence::change(say!("Label for learning"), label(stands.said), then, why));
    }
    if let Some(crossing) = case.crossing.as_ref().filter(|_| course.answers) {
        let agreed = crossing.became == to;
        let then = if agreed { say!("agreed to") } else { say!("answered otherwise") };
        let (was, became) = (crossing.was.said(), crossing.became.said());
        let now = say!("{was} \u{2192} {became}, waits for a person");
        changes.push(Consequence::change(say!("Today"), now, then, say!("The question is answered by this")));
    }
    changes.retain(Consequence::is_change);
    changes
}

/// `customer, by the evidence`, `client, set by hand until 2026-11-29`.
fn counted(case: &Case) -> String {
    match &case.said {
        Some(said) => {
            say!("{}, set by hand until {}", said.class.said(), phrase::plain_day(said.until))
        }
        None => say!("{}, by the evidence", case.found.computed.said()),
    }
}

/// Where the book lists it, and with whom what they brought is counted.
fn listed(case: &Case, from: Class, to: Class) -> Vec<Consequence> {
    let list = |class: Class| match class {
        Class::Client => say!("Clients"),
        Class::Customer => say!("Customers"),
        Class::Prospect => say!("Prospects"),
        Class::Former => say!("Former"),
        Class::NotEnough => say!("Not enough evidence"),
    };
    let (now, then) = (list(from), list(to));
    let stands = Consequence::change(
        say!("List in the book"),
        now.clone(),
        then.clone(),
        say!("A relationship stands in the list of the class that counts"),
    );
    let found = &case.found;
    let amount = found.currency.map(|currency| Money::new(found.net, currency));
    let total = amount.map(|amount| {
        let amount = speech::money(amount);
        let with = |list: &str| say!("{amount} with {}", phrase::inside(list));
        Consequence::change(
            say!("Totals"),
            with(&now),
            with(&then),
            say!("What they brought is counted with their class; the sum stays"),
        )
    });
    std::iter::once(stands).chain(total).collect()
}

/// What the evidence has done already, where nothing is asked but whether a person agrees.
pub(super) fn done_already(case: &Case, to: Class, course: Course) -> Vec<Consequence> {
    let agrees = case.crossing.as_ref().is_some_and(|crossing| crossing.became == to);
    if course.sets || course.withdraws || !agrees {
        return Vec::new();
    }
    let why = say!("The evidence says so by itself; whoever agrees says that we mean it, too");
    let class = Consequence::stays(say!("Class that counts"), counted(case), why);
    std::iter::once(class).chain(listed(case, to, to)).collect()
}

/// What does not change.
pub(super) fn left_alone(case: &Case, stated: String, clearances: &[Clearance]) -> Vec<Consequence> {
    let mut stays = vec![
        Consequence::stays(
            say!("What the evidence says"),
            case.evidence(),
            say!("A person\u{2019}s word moves no evidence, and where the two differ, both are shown"),
        ),
        Consequence::stays(
            say!("Service fit"),
            case.found.fit.said(),
            say!(
                "Judged by the evidence, by what they want and by what was promised, not by the class that counts"
            ),
        ),
        Consequence::stays(
            say!("What they want"),
            stated,
            say!("What they want decides how they are dealt with, whatever they are"),
        ),
    ];
    stays.extend(contact(clearances));
    stays.push(Consequence::stays(
        say!("Facts"),
        say!("all of them"),
        say!("Nothing is written to their history or taken from it"),
    ));
    if !case.others.is_empty() {
        let others: Vec<_> = case.others.iter().map(|other| other.class.said()).collect();
        let n = phrase::plural(
            i64::try_from(others.len()).unwrap_or(0),
            "other service line",
            "other service lines",
        );
        stays.push(Consequence::stays(n, others.join(", "), say!("A switch is of one relationship")));
    }
    stays
}

/// For what they may be contacted, and for what not.
fn contact(clearances: &[Clearance]) -> Vec<Consequence> {
    let (open, closed): (Vec<_>, Vec<_>) = clearances.iter().partition(|clearance| clearance.allowed);
    let words = |some: &[&Clearance]| {
        some.iter().map(|one| speech::word!(one.purpose.as_str())).collect::<Vec<_>>().join(", ")
    };
    let reason = |some: &[&Clearance]| some.last().map_or(String::new(), |one| phrase::capital(&one.reason));
    let line = |what: Cow<'static, str>, some: &[&Clearance]| {
        (!some.is_empty()).then(|| Consequence::stays(what, words(some), reason(some)))
    };
    [line(say!("May be contacted for"), &open), line(say!("Not to be contacted for"), &closed)]
        .into_iter()
        .flatten()
        .collect()
}
