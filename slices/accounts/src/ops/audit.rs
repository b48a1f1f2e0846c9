//! The audit, listed for a viewer; and which accounts a call concerns, for its entry.

use std::collections::BTreeSet;

use ::store::{DataClass, Tx};
use access::{
    EntryId,
    ops::audit::{ShownEntry, shown},
};
use kernel::{Context, Cursor, Page, Permission, Result};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use slice::{Act, Head, Method};
use timeline::AccountId;

use crate::{
    contact::{Contact, ContactId},
    party::NUMBERING,
    store::{audit, contacts},
};

pub(super) const LIST: Head = Head {
    name: "audit.list",
    act: Act::Read,
    method: Method::Get,
    path: "/audit",
    command: "audit",
    permission: Permission::Manage,
    class: DataClass::Personal,
    sentence: "Lists who did what, newest first: every change, every sign-in and every refusal. What was done with an \
               account behind a wall is there for its members only.",
    examples: &["mainstay audit --limit 20"],
};

/// A page of the audit.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AuditPage {
    /// Where the page begins: `next` of the page before.
    #[serde(default)]
    pub after: Option<String>,
    /// Rows on a page, at most 200; 50 when absent.
    #[serde(default)]
    pub limit: Option<i64>,
}

/// Lists the audit.
///
/// # Errors
/// `store.statement`.
pub fn list_audit(cx: &Context, tx: &mut Tx<'_>, input: AuditPage) -> Result<Page<ShownEntry>> {
    let limit = input.limit.unwrap_or(50).clamp(1, 200);
    let after = input.after.as_deref().and_then(|text| cx.codes.read(Cursor::read(text).0.first()?).ok());
    let mut rows = audit::entries(cx, tx, after.unwrap_or(EntryId::new(i64::MAX)), limit + 1)?;
    let more = i64::try_from(rows.len()).is_ok_and(|found| limit < found);
    rows.truncate(usize::try_from(limit).unwrap_or(200));
    let rows: Vec<_> = rows.into_iter().map(|(entry, name)| shown(cx, entry, name)).collect();
    let next = rows.last().filter(|_| more).map(|row| Cursor(vec![row.id.clone()]).write());
    Ok(Page { rows, next })
}

/// The accounts that a call concerns, by number: those that its subject and its input name by id, by name or in
/// somebody's numbering, and those for which the people act whom they name by id. Only those that its caller may see: whoever asks for an account behind a wall asks for
/// nothing, and so the entry is that of any id that names nothing.
///
/// # Errors
/// `store.statement`.
pub fn concerned(cx: &Context, tx: &mut Tx<'_>, subject: &str, input: &Value) -> Result<Vec<i64>> {
    let mut words = BTreeSet::from([subject]);
    collect(input, &mut words);
    words.remove("");
    let words: Vec<_> = words.into_iter().collect();
    let ids = words.iter().filter_map(|word| cx.codes.read(word).ok());
    let ids: Vec<_> = ids.map(|id: AccountId| id.0).collect();
    let space = input.get("space").and_then(Value::as_str).unwrap_or(NUMBERING);
    let mut found = BTreeSet::from_iter(audit::seen(cx, tx, &ids)?);
    found.extend(audit::named(cx, tx, &words)?);
    found.extend(audit::known_as(cx, tx, space, &words)?);
    let people = words.iter().filter_map(|word| cx.codes.read(word).ok());
    let people: Vec<_> = people.map(|id: ContactId| id.0).collect();
    let people = contacts::sheets(cx, tx, &people)?.into_iter().filter(|(_, held)| held.is_visible);
    found.extend(people.map(|(id, held)| Contact::of(ContactId::new(id), &held.sheet).account.0));
    Ok(found.into_iter().collect())
}

/// Every text of a value.
fn collect<'v>(value: &'v Value, words: &mut BTreeSet<&'v str>) {
    match value {
        Value::String(text) => drop(words.insert(text.trim())),
        Value::Array(values) => values.iter().for_each(|value| collect(value, words)),
        Value::Object(fields) => fields.values().for_each(|value| collect(value, words)),
        _ => (),
    }
}
