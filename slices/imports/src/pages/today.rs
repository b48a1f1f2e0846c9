//! Today: files that came and wait for an answer.

use ::store::Tx;
use kernel::{Moment, Result};
use maud::html;
use slice::{Due, Matter, News, Visit};
use ui::Button;

use super::PLACE;
use crate::{
    ops::view::{List, list},
    run::State,
};

/// Files looked at, the newest first.
const MOST: i64 = 10;

/// What waits for a person: a file that was received and not brought in, one that waits, one that failed.
pub(crate) fn due(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Due> {
    let found = list(visit.cx, tx, List { after: None, limit: Some(MOST) })?;
    let matters = found.rows.into_iter().filter_map(|one| {
        let (what, why) = match State::parse(&one.state)? {
            State::Received => {
                ("Say what its columns mean, then look at the dry run.", "Nothing of it is written yet.")
            }
            State::Planned => ("Look at the dry run, and bring it in.", "Nothing of it is written yet."),
            State::Paused => ("Go on, or take back what is in.", "Somebody said to wait; part of it is in."),
            State::Failed => ("Look why it stopped.", "Nothing of the step that failed was written."),
            _ => return None,
        };
        Some(Matter {
            by: None,
            note: html! { "open" },
            of: html! { span .soft { "File" } " " strong { (one.name) } },
            what: what.to_owned(),
            why: html! { (why) },
            act: html! { (Button::link("Open", format!("{PLACE}/{}", one.id))) },
        })
    });
    Ok(Due { matters: matters.collect(), rest: None })
}

/// Nothing: what files bring shows in the classes.
pub(crate) fn news(_: &Visit<'_>, _: &mut Tx<'_>, _: Moment) -> Result<News> {
    Ok(News::default())
}
