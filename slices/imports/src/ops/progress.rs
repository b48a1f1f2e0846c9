//! How far an import has come.

use std::collections::BTreeSet;

use ::store::Tx;
use kernel::{Context, Result};
use schemars::JsonSchema;
use serde::Serialize;
use speech::{say, word};

use super::{parts::common_state, sight::Sight, turn::ahead};
use crate::{
    bundle::in_order,
    run::{ImportId, Outcome, Run, State},
    store,
};

/// How far the step under way has come.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Progress {
    /// Rows, then relationships, done.
    pub done: i64,
    /// Of so many.
    pub total: i64,
    /// Of what: rows, then relationships.
    #[serde(skip)]
    pub unit: &'static str,
    /// That in words.
    pub words: String,
    /// What is being done.
    pub note: String,
    /// Where to go when nothing is under way any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished: Option<String>,
}

/// How far an import has come, with those that came together with it.
///
/// # Errors
/// `imports.none`.
pub fn progress(cx: &Context, tx: &mut Tx<'_>, id: ImportId) -> Result<Progress> {
    let run = store::find(tx, id)?;
    let all = store::parts(tx, run.lead())?;
    let state = common_state(&all);
    let parts = in_order(all);
    let here = || address(cx, &run);
    let (done, total) = (parts.iter().map(|part| part.done).sum(), parts.iter().map(|part| part.total).sum());
    let rows = |note: &str| step(done, total, "rows", note);
    Ok(match state {
        State::Planning => rows(&say!("Counting what the import would do. You can leave this page.")),
        State::Running => match ahead(tx, &run)? {
            Some(before) => rows(&say!(
                "Waiting for the import of {}, which was started before. You can leave this page.",
                before.name
            )),
            None => rows(&say!("Writing the rows. You can leave this page.")),
        },
        State::Undoing => {
            let note = say!("Taking back what it brought. You can leave this page.");
            step(done, total, "orders and accounts", &note)
        }
        State::Done | State::Undone => {
            let sight = Sight::of(cx, tx)?;
            let waiting = undecided(cx, tx, &parts)?;
            let all = parts.iter().map(|part| parties(&sight.outcome(part))).sum::<i64>().max(waiting);
            let note = match state {
                State::Done => say!("All rows are in. Deciding who is what. You can leave this page."),
                _ => say!("It is taken back. Deciding anew who is what. You can leave this page."),
            };
            let finished = (waiting == 0).then(here);
            Progress { finished, ..step(all - waiting, all, "relationships", &note) }
        }
        State::Received | State::Planned | State::Failed | State::Paused => {
            Progress { finished: Some(here()), ..rows("") }
        }
    })
}

/// Relationships on the lines of these imports that still wait to be decided.
///
/// # Errors
/// `store.statement`.
pub(super) fn undecided(cx: &Context, tx: &mut Tx<'_>, parts: &[Run]) -> Result<i64> {
    let lines: BTreeSet<i64> = parts.iter().map(|part| part.line).collect();
    store::undecided(cx, tx, &lines.into_iter().collect::<Vec<_>>())
}

/// The page of an import, or of all that came together.
fn address(cx: &Context, run: &Run) -> String {
    let id = cx.codes.write(run.lead());
    if run.bundle == 0 { format!("/imports/{id}") } else { format!("/imports/{id}/parts") }
}

fn step(done: i64, total: i64, unit: &'static str, note: &str) -> Progress {
    let [of, all] = [done, total].map(|n| speech::grouped(&n.max(0).to_string()));
    let words = say!("{of} of {all} {unit}", unit = word!(unit));
    Progress { done, total, unit, words, note: note.to_owned(), finished: None }
}

/// How many accounts the file named: so many relationships were touched.
fn parties(outcome: &Outcome) -> i64 {
    outcome.lines.accounts_create + outcome.lines.accounts_link
}
