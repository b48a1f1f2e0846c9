//! Today: files that came and wait for an answer.

use std::borrow::Cow;

use ::store::Tx;
use kernel::{Moment, Result};
use slice::{Due, Matter, News, Visit};
use speech::{html, say};
use ui::Button;

use super::{PLACE, address};
use crate::{run::State, store::bundle};

/// Files on the page.
const MOST: i64 = 10;

/// What waits for a person: a file that was received and not brought in, one that waits, one that failed. Files that came
/// together are one matter.
pub(crate) fn due(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Due> {
    let mut found = bundle::waiting(tx, MOST + 1)?;
    let more = usize::try_from(MOST).is_ok_and(|most| most < found.len());
    found.truncate(usize::try_from(MOST).unwrap_or(0));
    let matters = found.into_iter().map(|one| {
        let (what, why) = words(one.state);
        let of = |id| visit.cx.codes.write(id);
        let place =
            one.together.map_or_else(|| address(&of(one.id), ""), |lead| address(&of(lead), "/parts"));
        Matter {
            by: None,
            presses: false,
            note: html! { "open" },
            of: html! { span .soft { "File" } " " strong { (one.name) } },
            what: what.into_owned(),
            why: html! { (why) },
            whose: None,
            act: html! { (Button::link(say!("Open"), place)) },
        }
    });
    let rest = (say!("All imports").into_owned(), PLACE.to_owned());
    Ok(Due { matters: matters.collect(), rest: more.then_some(rest), ..Due::default() })
}

/// What is to be done with a file that waits, and why.
fn words(state: State) -> (Cow<'static, str>, Cow<'static, str>) {
    match state {
        State::Received => (
            say!("Say what its columns mean, then look at the dry run."),
            say!("Nothing of it is written yet."),
        ),
        State::Planned => {
            (say!("Look at the dry run, and bring it in."), say!("Nothing of it is written yet."))
        }
        State::Paused => {
            (say!("Go on, or take back what is in."), say!("Somebody said to wait; part of it is in."))
        }
        _ => (say!("Look why it stopped."), say!("Nothing of the step that failed was written.")),
    }
}

/// Nothing: what files bring shows in the classes.
pub(crate) fn news(_: &Visit<'_>, _: &mut Tx<'_>, _: Moment) -> Result<News> {
    Ok(News::default())
}
