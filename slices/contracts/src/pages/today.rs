//! Today: contracts on which somebody has to act soon, the last safe day first.

use ::store::Tx;
use kernel::{Day, Moment, Permission, Result};
use slice::{Due, Matter, News, Visit};
use speech::{html, say, word};
use ui::Button;

use super::decide::DECIDE;
use crate::ops::undecided;

/// Days before the last safe day from which a contract is shown.
const AHEAD: i32 = 30;
/// Matters on the page.
const MOST: i64 = 10;

/// What waits for a person: a contract whose last safe day is near, until somebody has decided.
pub(crate) fn due(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Due> {
    let may = visit.cx.actor.may(Permission::Write);
    let near = undecided(visit.cx, tx, visit.cx.today().plus(AHEAD), MOST + 1)?;
    let mut matters: Vec<Matter> = near
        .into_iter()
        .map(|(by, one)| {
            let number = one.name.as_deref().unwrap_or(&one.key);
            let why = match &one.ends {
                Some(end) => {
                    say!("Said by then, it reaches them in time: the term ends on {}.", written(end))
                }
                None => say!("Said later, it goes on.").into_owned(),
            };
            Matter {
                by: Some(by),
                note: html! { "last safe day" },
                of: html! {
                    a .who href={ "/accounts/" (one.account) } { (one.party) } " " span .soft { (one.line) }
                },
                what: say!("Say whether the {} “{number}” is renewed, changed or ended.", word!(one.kind)),
                why: html! { (why) },
                act: html! {
                    @if may { (Button::link(say!("Decide"), format!("/contracts/{}#{DECIDE}", one.id))) }
                    @else { span .small .soft { "Members and owners decide." } }
                },
            }
        })
        .collect();
    let more = usize::try_from(MOST).is_ok_and(|most| most < matters.len());
    matters.truncate(usize::try_from(MOST).unwrap_or(0));
    let rest = (say!("All contracts, the next to act on first").into_owned(), "/contracts".to_owned());
    Ok(Due { matters, rest: more.then_some(rest), told: None })
}

/// Nothing: what changes in contracts shows in the classes.
pub(crate) fn news(_: &Visit<'_>, _: &mut Tx<'_>, _: Moment) -> Result<News> {
    Ok(News::default())
}

fn written(day: &str) -> String {
    Day::parse(day).map(ui::time::long_text).unwrap_or_default()
}
