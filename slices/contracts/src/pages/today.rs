//! Today: contracts on which somebody has to act soon, the last safe day first.

use ::store::Tx;
use kernel::{Day, Moment, Permission, Result};
use slice::{Due, Matter, News, Next, Visit};
use speech::{html, say, tell, word};
use ui::{Button, time};

use super::decide::DECIDE;
use crate::{
    contract::{ALWAYS, NEVER},
    ops::{Listed, Undecided, undecided},
};

/// Days before the last safe day from which a contract is shown.
const AHEAD: i32 = 30;
/// Matters on the page.
const MOST: i64 = 10;
/// So many that are yet to come are looked for: what has to be done first about a contract may not be what is decided first.
const NEAREST: i64 = 20;

/// What waits for a person: a contract whose last safe day is near, until somebody has decided.
pub(crate) fn due(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Due> {
    let may = visit.cx.actor.may(Permission::Write);
    let soon = visit.cx.today().plus(AHEAD);
    let near = undecided(visit.cx, tx, ALWAYS..=soon, MOST + 1)?;
    if near.is_empty() {
        return Ok(Due { next: next(visit, tx)?, ..Due::default() });
    }
    let mut matters: Vec<Matter> = near.into_iter().map(|one| matter(one, may)).collect();
    let more = usize::try_from(MOST).is_ok_and(|most| most < matters.len());
    matters.truncate(usize::try_from(MOST).unwrap_or(0));
    let rest = (say!("All contracts, the next to act on first").into_owned(), "/contracts".to_owned());
    Ok(Due { matters, rest: more.then_some(rest), ..Due::default() })
}

fn matter(Undecided { by, whose, row: one }: Undecided, may: bool) -> Matter {
    let why = match &one.ends {
        Some(end) => say!("Said by then, it reaches them in time: the term ends on {}.", written(end)),
        None => say!("Said later, it goes on.").into_owned(),
    };
    let number = called(&one);
    Matter {
        by: Some(by),
        presses: false,
        note: html! { "last safe day" },
        of: html! {
            a .who href={ "/accounts/" (one.account) } { (one.party) } " " span .soft { (one.line) }
        },
        what: say!("Say whether the {} “{number}” is renewed, changed or ended.", word!(one.kind)),
        why: html! { (why) },
        whose,
        act: html! {
            @if may { (Button::link(say!("Decide"), format!("/contracts/{}#{DECIDE}", one.id))) }
            @else { span .small .soft { "Members and owners decide." } }
        },
    }
}

/// The contract of which the last safe day comes first, once it is near.
fn next(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Option<Next>> {
    let soon = visit.cx.today().plus(AHEAD);
    let found = undecided(visit.cx, tx, ALWAYS..=NEVER.plus(-1), NEAREST)?;
    let found = found.into_iter().filter(|one| soon < one.by);
    Ok(found.min_by_key(|one| one.by).map(|Undecided { by, row: one, .. }| Next {
        on: by.plus(-AHEAD),
        what: tell!(
            "The last safe day for “{number}” of {who} is {day}.",
            number = html! { a href={ "/contracts/" (one.id) } { (called(&one)) } },
            who = html! { a .who href={ "/accounts/" (one.account) } { (one.party) } },
            day = time::long(by)
        ),
    }))
}

fn called(one: &Listed) -> String {
    one.name.as_deref().unwrap_or(&one.key).to_owned()
}

/// Nothing: what changes in contracts shows in the classes.
pub(crate) fn news(_: &Visit<'_>, _: &mut Tx<'_>, _: Moment) -> Result<News> {
    Ok(News::default())
}

fn written(day: &str) -> String {
    Day::parse(day).map(time::long_text).unwrap_or_default()
}
