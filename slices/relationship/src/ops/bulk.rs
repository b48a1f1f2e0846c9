//! One act on many relationships: what it would do, done exactly so, taken back as one.

mod done;
mod judged;
mod planned;
mod told;
mod undone;

use std::collections::HashMap;

use ::store::{DataClass, Tx};
use kernel::{Context, Cursor, Page, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::Deserialize;
use slice::{Act, Head, Method};
use speech::say;
use timeline::{LineId, store as facts};

use self::planned::{Deed, Entry, Plan};
pub use self::told::{BulkInput, BulkPlan, BulkRow, ShownBulk, ShownPart};
use crate::{
    bulk::{BulkId, Fate},
    store::bulk::{self as stored, Kept},
};

/// Rows of each fate that a preview shows.
const SHOWN: usize = 50;
/// Parts of a bulk that are listed.
const LISTED: usize = 200;

pub(super) const PREVIEW: Head = Head {
    name: "bulk.preview",
    act: Act::Read,
    method: Method::Post,
    path: "/bulks/preview",
    command: "bulk preview",
    permission: Permission::Write,
    class: DataClass::Personal,
    sentence: "Says what an act would do to many relationships at once: who changes, who is so already, who cannot be \
               changed and why; nothing is done.",
    examples: &[
        "mainstay bulk preview --filter '{\"where\":\"class:customer and strength>=0.65\"}' --act class --class client \
         --reason \"looked at in May\"",
        "mainstay bulk preview --ids rel_x7Kq2,rel_y8Lr3 --act preference --says no-relationship --how letter",
    ],
};

/// Says what an act would do.
///
/// # Errors
/// `bulk.act`, `bulk.whom` for nobody, `bulk.too_many` for more than 1,000, `relationship.none`, what the book refuses of a
/// filter, and what the act on a single one refuses of its fields.
pub fn preview(cx: &Context, tx: &mut Tx<'_>, input: BulkInput) -> Result<BulkPlan> {
    let plan = Plan::of(cx, tx, &input)?;
    let of = |fate: Fate| plan.entries.iter().filter(move |entry| entry.fate == fate);
    let count = |fate: Fate| i64::try_from(of(fate).count()).unwrap_or(i64::MAX);
    let lines = line_names(tx)?;
    let row = |entry: &Entry| BulkRow {
        id: cx.codes.write(entry.target.id),
        name: entry.target.name.clone(),
        line: lines.get(&entry.target.line).cloned().unwrap_or_default(),
        fate: entry.fate.to_string(),
        was: entry.was.clone(),
        becomes: entry.becomes.clone(),
        why: entry.why.clone(),
    };
    Ok(BulkPlan {
        sentence: plan.deed.sentence(),
        changes: count(Fate::Changes),
        already: count(Fate::Already),
        refused: count(Fate::Refused),
        digest: plan.digest.clone(),
        ids: plan.entries.iter().map(|entry| cx.codes.write(entry.target.id)).collect(),
        rows: Fate::ALL.iter().flat_map(|fate| of(*fate).take(SHOWN).map(row)).collect(),
    })
}

pub(super) const APPLY: Head = Head {
    name: "bulk.apply",
    act: Act::Write,
    method: Method::Post,
    path: "/bulks",
    command: "bulk apply",
    permission: Permission::Write,
    class: DataClass::Personal,
    sentence: "Does to many relationships exactly what the preview with that digest said, all or nothing; it can be taken back \
               as one.",
    examples: &[
        "mainstay bulk apply --ids rel_x7Kq2,rel_y8Lr3 --act crossing --answer accept --digest 1f3a5c7e9b0d2f4a",
    ],
};

/// Does what a preview said.
///
/// # Errors
/// `bulk.digest` without a preview, `bulk.changed` where it would do something else by now, `bulk.nothing` where nobody
/// would change, and as [`preview`].
pub fn apply(cx: &Context, tx: &mut Tx<'_>, input: BulkInput) -> Result<ShownBulk> {
    let Some(digest) = &input.digest else {
        let text = say!("do one thing to many: look at the preview first and give back its digest");
        return Err(Problem::invalid("digest", "bulk.digest", text));
    };
    let changed = || {
        let text = say!(
            "do one thing to many: some of them changed since the preview, or the day did; nothing was done; look at the \
             preview again"
        );
        Problem::stale("bulk.changed", text)
    };
    let plan = match Plan::of(cx, tx, &input) {
        Err(problem) if problem.code == "relationship.none" => return Err(changed()),
        plan => plan?,
    };
    if plan.digest != digest.trim() {
        return Err(changed());
    }
    if plan.entries.iter().all(|entry| entry.fate != Fate::Changes) {
        return Err(Problem::conflict(
            "bulk.nothing",
            say!("do one thing to many: none of them would change"),
        ));
    }
    let parts = done::all(cx, tx, &plan)?;
    let asked = BulkInput { ids: Vec::new(), filter: None, digest: None, ..input };
    let text = serde_json::to_string(&asked).map_err(|cause| {
        Problem::internal("bulk.input", "what was asked cannot be written down").because(cause)
    })?;
    let sentence = speech::plainly(|| plan.deed.sentence());
    let id = stored::keep(cx, tx, plan.deed.kind().as_str(), &text, &sentence, &parts)?;
    shown(cx, tx, id)
}

/// A bulk.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OneBulk {
    /// The id of the bulk.
    pub id: String,
}

pub(super) const VIEW: Head = Head {
    name: "bulk.view",
    act: Act::Read,
    method: Method::Get,
    path: "/bulks/{id}",
    command: "bulk {id}",
    permission: Permission::Write,
    class: DataClass::Personal,
    sentence: "Shows what was done to many at once, and what of it could not be taken back.",
    examples: &["mainstay bulk blk_x7Kq2"],
};

/// Shows a bulk.
///
/// # Errors
/// `bulk.none`.
pub fn view(cx: &Context, tx: &mut Tx<'_>, input: OneBulk) -> Result<ShownBulk> {
    shown(cx, tx, cx.codes.read(&input.id)?)
}

pub(super) const UNDO: Head = Head {
    name: "bulk.undo",
    act: Act::Write,
    method: Method::Post,
    path: "/bulks/{id}/undoing",
    command: "bulk {id} undo",
    permission: Permission::Write,
    class: DataClass::Personal,
    sentence: "Takes back what was done to many at once; what somebody changed since stays, and is listed.",
    examples: &["mainstay bulk blk_x7Kq2 undo"],
};

/// Takes a bulk back.
///
/// # Errors
/// `bulk.none`, `bulk.undone` for one that was taken back.
pub fn undo(cx: &Context, tx: &mut Tx<'_>, input: OneBulk) -> Result<ShownBulk> {
    let kept = held(cx, tx, cx.codes.read(&input.id)?)?;
    if kept.undone_at.is_some() {
        return Err(Problem::conflict(
            "bulk.undone",
            say!("take back what was done to many: that was taken back already"),
        ));
    }
    undone::all(cx, tx, &kept)?;
    shown(cx, tx, kept.id)
}

pub(super) const LIST: Head = Head {
    name: "bulks.list",
    act: Act::Read,
    method: Method::Get,
    path: "/bulks",
    command: "bulks",
    permission: Permission::Write,
    class: DataClass::Personal,
    sentence: "Lists what was done to many at once, newest first: by oneself, and for an owner by anybody.",
    examples: &["mainstay bulks --limit 10"],
};

/// Where the list goes on.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Bulks {
    /// `next` of the page before.
    pub after: Option<String>,
    /// How many, 1 to 200; 50 when absent.
    pub limit: Option<i64>,
}

/// Lists what was done to many.
///
/// # Errors
/// `store.statement`.
pub fn list(cx: &Context, tx: &mut Tx<'_>, input: Bulks) -> Result<Page<ShownBulk>> {
    let limit = input.limit.unwrap_or(50).clamp(1, 200);
    let before = input.after.as_deref().and_then(|after| Cursor::read(after).0.first()?.parse().ok());
    let mut found = stored::newest(cx, tx, before.unwrap_or(i64::MAX), limit + 1)?;
    let more = i64::try_from(found.len()).is_ok_and(|count| limit < count);
    found.truncate(usize::try_from(limit).unwrap_or(200));
    let next = found.last().filter(|_| more).map(|last| Cursor(vec![last.id.0.to_string()]).write());
    Ok(Page { rows: found.into_iter().map(|kept| of_kept(cx, kept, Vec::new())).collect(), next })
}

/// A bulk that the caller did, or may see as an owner.
fn held(cx: &Context, tx: &mut Tx<'_>, id: BulkId) -> Result<Kept> {
    let none = || {
        Problem::not_found("bulk.none", say!("there is no such bulk; `mainstay bulks` lists those there are"))
    };
    stored::find(cx, tx, id)?.ok_or_else(none)
}

fn shown(cx: &Context, tx: &mut Tx<'_>, id: BulkId) -> Result<ShownBulk> {
    let kept = held(cx, tx, id)?;
    let lines = line_names(tx)?;
    let mut parts = stored::parts(cx, tx, id)?;
    parts.sort_by_key(|(_, _, state)| state == "done" || state == "undone");
    let part = |(part, name, state): (crate::bulk::Part, String, String)| ShownPart {
        id: cx.codes.write(crate::store::current::RelationshipId::new(part.relationship)),
        name,
        line: lines.get(&part.line).cloned().unwrap_or_default(),
        state: match state.as_str() {
            "done" | "undone" => state,
            why => speech::word!(why),
        },
    };
    let parts = parts.into_iter().take(LISTED).map(part).collect();
    Ok(of_kept(cx, kept, parts))
}

fn line_names(tx: &mut Tx<'_>) -> Result<HashMap<LineId, String>> {
    Ok(facts::lines(tx)?.into_iter().map(|line| (line.id, line.name)).collect())
}

/// What was done, in words: as they are kept, or in another language from what was asked.
fn sentence(cx: &Context, kept: &Kept) -> String {
    if speech::is_plain() {
        return kept.sentence.clone();
    }
    let asked = serde_json::from_str::<BulkInput>(&kept.input).ok();
    let deed = asked.and_then(|asked| Deed::of(cx, &asked, kernel::Moment::at(kept.at).day(&cx.zone)).ok());
    deed.map_or_else(|| kept.sentence.clone(), |deed| deed.sentence())
}

fn of_kept(cx: &Context, kept: Kept, parts: Vec<ShownPart>) -> ShownBulk {
    let at = |micros: i64| kernel::Moment::at(micros).iso();
    ShownBulk {
        id: cx.codes.write(kept.id),
        sentence: sentence(cx, &kept),
        count: kept.count,
        by: kept.name,
        at: at(kept.at),
        may_undo: kept.undone_at.is_none(),
        undone: kept.undone_at.map(at),
        undone_by: kept.undoer,
        parts,
    }
}
