//! Taking an import back: what it brought leaves, batch after batch, and nobody can tell that it ever was.
//!
//! Slices wrote down what the import made and changed; each batch takes some of it back and strikes it out, in one
//! transaction. So whoever is interrupted goes on with what is left, and what had to stay is tried again next time.

mod batches;
mod kinds;

use std::collections::HashSet;

use kernel::{Context, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::say;
use store::{Tx, queue};
use timeline::{AccountId, store as timeline_store};

pub use self::batches::{LINE, NO_INDUSTRY, run};
use self::{
    batches::{Look, take},
    kinds::KINDS,
};
use super::{
    change::find_open,
    head, turn,
    view::{Named, ShownImport, view},
};
use crate::{
    bundle::in_order,
    run::{HALF_UNDONE, ImportId, Run, State, is_none},
    store::{
        self as kept_store,
        undo::{self, Kept},
    },
};

/// The kind of work that takes an import back; its key is the number of the import.
pub const UNDO_JOB: &str = "import.undo";
/// A larger import is not looked through for its preview.
const LOOKED: i64 = 50_000;

pub(super) const UNDO: Head = Head {
    sentence: "Takes an import back: what it made goes, what it changed is as before. What others recorded on it since \
               stays, and is listed.",
    examples: &["mainstay import imp_x7Kq2 undo"],
    ..head("import.undo", Act::Danger, Method::Post, "/imports/{id}/undo", "import {id} undo")
};

pub(super) const PREVIEW: Head = Head {
    sentence: "Says what taking an import back would remove, and what would stay; nothing changes.",
    examples: &["mainstay import imp_x7Kq2 undo-preview"],
    permission: kernel::Permission::Write,
    ..head("import.undo_preview", Act::Read, Method::Get, "/imports/{id}/undo", "import {id} undo-preview")
};

/// What taking back came to, or would come to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Undone {
    /// Orders that go.
    pub orders: i64,
    /// Orders that stay with the lines of others.
    pub orders_shrunk: i64,
    /// Lines of orders that go.
    pub lines: i64,
    /// Accounts that go.
    pub accounts: i64,
    /// Accounts that stay because another source needs them.
    pub accounts_needed: i64,
    /// Other records that go: facts, people, contracts, products.
    #[serde(default, skip_serializing_if = "is_none")]
    pub records: i64,
    /// Records of all kinds that say again what they said before.
    #[serde(default, skip_serializing_if = "is_none")]
    pub restored: i64,
    /// What stays because something recorded since stands on it.
    pub kept: i64,
}

/// What would be removed, and what would stay.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct UndoPreview {
    /// The counts; absent for an import too large to look through while somebody waits, and for several that came
    /// together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub would: Option<Undone>,
    /// What would stay, the first fifty.
    pub stays: Vec<Stays>,
    /// Orders, accounts and lines that the import made or changed.
    pub changes: i64,
}

/// Something that stays.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Stays {
    /// order or account.
    pub kind: String,
    /// The id of the account.
    pub account: String,
    /// The number of the order or the name of the account.
    pub label: String,
    /// Why, and what to do.
    pub reason: String,
}

/// Asks for an import to be taken back; it is done in the background.
///
/// # Errors
/// `imports.none`, `imports.not_open`, `imports.nothing_written` for one that wrote nothing, `imports.state` while it is
/// under way.
pub fn ask_undo(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<ShownImport> {
    let parts = find_undoable(cx, tx, &input.id)?;
    take_back(cx, tx, &parts)?;
    view(cx, tx, input)
}

/// Has imports that came together taken back.
///
/// # Errors
/// `store.statement`.
pub(super) fn take_back(cx: &Context, tx: &mut Tx<'_>, parts: &[Run]) -> Result<()> {
    let Some(lead) = parts.first().map(Run::lead) else { return Ok(()) };
    for part in parts {
        undo::ask(cx, tx, part.id)?;
        let total = timeline_store::count_changes(tx, part.id.0)?;
        let changes = [
            ("state", State::Undoing.as_str().into()),
            ("failure", "".into()),
            ("done", 0.into()),
            ("total", total.into()),
            ("written", HALF_UNDONE.into()),
        ];
        kept_store::update(tx, part.id, &changes)?;
    }
    turn::settle(tx, lead)?;
    queue::put(tx, UNDO_JOB, &lead.0.to_string(), cx.now.micros)
}

/// Those of the imports that came together that wrote something, the last one first.
fn find_undoable(cx: &Context, tx: &mut Tx<'_>, id: &str) -> Result<Vec<Run>> {
    let run = find_open(cx, tx, id)?;
    let parts = kept_store::parts(tx, run.lead())?;
    let under_way =
        |part: &Run| matches!(part.state, State::Planning | State::Running | State::Paused | State::Undoing);
    if parts.iter().any(under_way) {
        let text = say!("import of {} is under way; wait until it has ended, or cancel it", run.called());
        return Err(Problem::conflict("imports.state", text));
    }
    let mut wrote = in_order(parts);
    wrote.retain(Run::has_written);
    wrote.reverse();
    if wrote.is_empty() {
        let text = say!("import of {} wrote nothing, so there is nothing to take back", run.called());
        return Err(Problem::conflict("imports.nothing_written", text));
    }
    Ok(wrote)
}

/// Says what would be removed, and what would stay.
///
/// # Errors
/// As [`ask_undo`].
pub fn preview(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<UndoPreview> {
    let parts = find_undoable(cx, tx, &input.id)?;
    let counts = parts.iter().map(|part| timeline_store::count_changes(tx, part.id.0));
    let changes = counts.sum::<Result<i64>>()?;
    // What one of several made, the others of them may stand on: only taking back tells what stays.
    let [part] = parts.as_slice() else { return Ok(UndoPreview { would: None, stays: Vec::new(), changes }) };
    if LOOKED < changes {
        return Ok(UndoPreview { would: None, stays: Vec::new(), changes });
    }
    let (mut would, mut stays) = (Undone::default(), Vec::new());
    for kind in KINDS {
        let held: HashSet<AccountId> = stays.iter().map(|kept: &Kept| kept.account).collect();
        let mut after = 0;
        while let Some(step) = take(cx, tx, part.id, kind, after, Look { held: &held, write: false })? {
            after = step.last;
            would.add(&step.undone);
            stays.extend(step.kept);
        }
    }
    stays.truncate(50);
    let stays = stays.into_iter().map(|kept| shown(cx, kept.kind, kept.account, kept.label, kept.reason));
    Ok(UndoPreview { would: Some(would), stays: stays.collect(), changes })
}

/// What of an import stayed, as far as the viewer may see it.
///
/// # Errors
/// `store.statement`.
pub fn stays(cx: &Context, tx: &mut Tx<'_>, id: ImportId) -> Result<Vec<Stays>> {
    let kept = undo::kept(cx, tx, id)?;
    let all = kept.into_iter().map(|(kind, account, label, reason)| shown(cx, &kind, account, label, reason));
    Ok(all.collect())
}

/// What taking it back came to.
///
/// # Errors
/// `store.statement`.
pub fn outcome(tx: &mut Tx<'_>, id: ImportId) -> Result<Option<Undone>> {
    let asked = undo::asked(tx, id)?;
    Ok(asked.and_then(|(_, outcome)| serde_json::from_str(&outcome).ok()))
}

fn shown(cx: &Context, kind: &str, account: AccountId, label: String, reason: String) -> Stays {
    Stays { kind: kind.to_owned(), account: cx.codes.write(account), label, reason }
}
