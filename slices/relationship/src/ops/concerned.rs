//! Which accounts a call about relationships concerns, for its entry in the audit.

use ::store::Tx;
use kernel::{Context, Result};
use serde_json::Value;

use crate::store::{current::RelationshipId, overrides};

/// The accounts, by number, of the relationships that a call names in its subject or among its fields, as far as its
/// caller may see them.
///
/// # Errors
/// `store.statement`.
pub fn concerned(cx: &Context, tx: &mut Tx<'_>, subject: &str, input: &Value) -> Result<Vec<i64>> {
    let fields = input.as_object().into_iter().flat_map(|fields| fields.values()).filter_map(Value::as_str);
    let ids: Vec<RelationshipId> =
        std::iter::once(subject).chain(fields).filter_map(|word| cx.codes.read(word).ok()).collect();
    if ids.is_empty() { Ok(Vec::new()) } else { overrides::whose(cx, tx, &ids) }
}
