//! Which accounts a call about relationships concerns, for its entry in the audit.

use ::store::Tx;
use kernel::{Context, Result};
use serde_json::Value;
use timeline::AccountId;

use super::their_link;
use crate::{
    bulk::BulkKind,
    label,
    store::{bulk, current::RelationshipId, learning, overrides, switches},
    switch::SwitchKind,
};

/// The accounts, by number, of the relationships that a call names in its subject or among its fields, and those that its
/// labels name, as far as its caller may see them; and the one whose own link it came by.
///
/// # Errors
/// `store.statement`.
pub fn concerned(cx: &Context, tx: &mut Tx<'_>, subject: &str, input: &Value) -> Result<Vec<i64>> {
    let fields = input.as_object().into_iter().flat_map(|fields| fields.values()).filter_map(Value::as_str);
    // Several stand in a list of an operation, and in one field of a form with commas between.
    let several = input.get("ids").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let words = std::iter::once(subject).chain(fields).chain(several).flat_map(|word| word.split(','));
    let ids: Vec<RelationshipId> = words.filter_map(|word| cx.codes.read(word).ok()).collect();
    let mut found = Vec::new();
    for group in ids.chunks(256) {
        found.extend(overrides::whose(cx, tx, group)?);
    }
    if let Ok(id) = cx.codes.read::<BulkKind>(subject) {
        found.extend(bulk::accounts(cx, tx, id)?);
    }
    if let Ok(id) = cx.codes.read::<SwitchKind>(subject) {
        found.extend(switches::one(cx, tx, id)?.map(|found| found.held.account.0));
    }
    for text in ["labels", "file"].iter().filter_map(|field| input.get(field)?.as_str()) {
        found.extend(labelled(cx, tx, text)?);
    }
    found.extend(their_link::came_by(cx, tx, input)?);
    Ok(found)
}

/// The accounts that labels name; of a text that is none, nobody.
fn labelled(cx: &Context, tx: &mut Tx<'_>, text: &str) -> Result<Vec<i64>> {
    let Ok((labels, _)) = label::read(text) else { return Ok(Vec::new()) };
    let words: Vec<&str> = labels.iter().map(|label| label.account.as_str()).collect();
    let ids: Vec<i64> =
        words.iter().filter_map(|word| cx.codes.read(word).ok()).map(|id: AccountId| id.0).collect();
    let mut found = accounts::store::audit::seen(cx, tx, &ids)?;
    found.extend(learning::named(cx, tx, &words)?.into_values().flatten().map(|id| id.0));
    Ok(found)
}
