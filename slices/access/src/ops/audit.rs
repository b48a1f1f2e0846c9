//! What can be done with the audit: append, show, prove. It is listed by the slice that knows who sees which account.

use kernel::{Actor, Context, Id, Permission, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use slice::{Act, Head, Method};
use store::{DataClass, Tx};

use crate::{
    PersonKind,
    audit::{Chain, Entry, EntryId, Kept, Verdict},
    checkpoint::Checkpoint,
    secret,
    store::entries,
};

/// Appends an entry, in the transaction of what it is about. The app does this once for every operation that
/// writes and for every refusal.
///
/// # Errors
/// `store.statement`.
pub fn record(cx: &Context, tx: &mut Tx<'_>, entry: &Entry<'_>) -> Result<()> {
    let serial = entries::next_serial(tx)?;
    let before = entries::head(tx)?;
    let kept = Kept::new(serial, cx.now.micros, &cx.actor, entry, secret::chance()?);
    entries::append(tx, &kept, &kept.seal(&before.hash))
}

/// The end of the chain now, to be kept elsewhere.
///
/// # Errors
/// `store.statement`.
pub fn head(tx: &mut Tx<'_>) -> Result<Checkpoint> {
    entries::head(tx)
}

/// Walks the whole chain; `known` is a checkpoint that was kept elsewhere, without which a cut-off end is missed.
///
/// # Errors
/// `store.statement`.
pub fn verify(tx: &mut Tx<'_>, known: Option<Checkpoint>) -> Result<Verdict> {
    let mut chain = Chain::new(known);
    entries::walk(tx, &mut chain)?;
    Ok(chain.verdict())
}

/// Forgets what was asked for in the entries about a subject (its id as written outside), for somebody who has a
/// right to it; the chain still holds. Gives how many entries there were.
///
/// # Errors
/// `store.statement`.
pub fn forget(tx: &mut Tx<'_>, subject: &str) -> Result<u64> {
    entries::forget(tx, subject)
}

/// An entry as it is shown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownEntry {
    /// Its id. It tells no order and counts nothing: entries on accounts that the viewer may not see are not there.
    pub id: String,
    /// When.
    pub at: String,
    /// The id of the person; "house" for the command line and jobs, "nobody" before signing in.
    pub actor: String,
    /// The person's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Through which door.
    pub via: String,
    /// The operation.
    pub operation: String,
    /// What it was about.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub subject: String,
    /// What was asked for, without secrets; absent when it was forgotten.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<Value>,
    /// How it ended.
    pub outcome: String,
}

/// An entry as it is shown, with the name that its actor has now.
pub fn shown(cx: &Context, entry: Kept, name: Option<String>) -> ShownEntry {
    let nobody = Actor::Nobody.number();
    ShownEntry {
        id: cx.codes.write(EntryId::new(entry.serial)),
        at: kernel::Moment::at(entry.at).iso(),
        actor: match entry.actor {
            0 => "house".to_owned(),
            number if number == nobody => "nobody".to_owned(),
            number => cx.codes.write(Id::<PersonKind>::new(number)),
        },
        name,
        via: entry.via,
        operation: entry.operation,
        subject: entry.subject,
        input: entry
            .input
            .and_then(|text| serde_json::from_str(&text).ok())
            .filter(|input: &Value| !input.is_null()),
        outcome: entry.outcome,
    }
}

pub(super) const VERIFY: Head = Head {
    name: "audit.verify",
    act: Act::Read,
    method: Method::Get,
    path: "/audit/verification",
    command: "audit verify",
    permission: Permission::Manage,
    class: DataClass::Internal,
    sentence: "Walks the audit from its first entry and says whether any was changed, removed or put in; a checkpoint \
               kept elsewhere also tells whether its end was cut off.",
    examples: &["mainstay audit verify"],
};

/// What to hold the audit against.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Verify {
    /// The checkpoint that an earlier verification gave.
    #[serde(default)]
    pub checkpoint: Option<String>,
}

/// What the walk showed.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Verified {
    /// Every entry is as it was written.
    pub whole: bool,
    /// The entry at which it shows that something is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub broken_at: Option<String>,
    /// What is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Keep it elsewhere, for the next time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checkpoint: Option<String>,
}

/// Walks the audit.
///
/// # Errors
/// `access.checkpoint` for one that cannot be read.
pub fn walk(cx: &Context, tx: &mut Tx<'_>, input: Verify) -> Result<Verified> {
    let known = input.checkpoint.as_deref().map(|text| Checkpoint::parse(text, &cx.codes)).transpose()?;
    Ok(match verify(tx, known)? {
        Verdict::Whole { head, .. } => {
            Verified { whole: true, broken_at: None, why: None, checkpoint: Some(head.write(&cx.codes)) }
        }
        Verdict::Broken { serial, why } => {
            let broken_at = Some(cx.codes.write(EntryId::new(serial)));
            Verified { whole: false, broken_at, why: Some(why), checkpoint: None }
        }
    })
}
