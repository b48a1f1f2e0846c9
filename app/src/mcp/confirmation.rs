//! A confirmation: the seal of the house on one call of one person with exactly these arguments, for a few minutes. It
//! stands in no table.

use kernel::{Problem, Result};
use serde_json::{Map, Value};

use super::tool::CONFIRM;
use crate::serve::{Deed, Running, caller::Caller};

/// So many minutes it holds.
pub(super) const MINUTES: i64 = 5;

const PURPOSE: &str = "mcp_confirmation";
const MINUTE: i64 = 60_000_000;

/// A confirmation of what somebody is about to do.
///
/// # Errors
/// `access.chance`, `store.statement`.
pub(super) fn give(running: &Running, caller: &Caller, deed: Deed<'_>) -> Result<String> {
    let ends = caller.cx.now.micros.saturating_add(MINUTES * MINUTE);
    let payload = format!("{ends}-{}", mark(caller, deed));
    running.open.house.store.write(&caller.cx, |tx| access::sign(&caller.cx, tx, PURPOSE, &payload))
}

/// Refuses unless that is a confirmation of this, and still holds.
///
/// # Errors
/// `mcp.confirmation`.
pub(super) fn require(running: &Running, caller: &Caller, deed: Deed<'_>, said: &Value) -> Result<()> {
    let said = said.as_str().unwrap_or_default();
    let read = |tx: &mut store::Tx<'_>| Ok(access::signed_payload(tx, PURPOSE, said)?.map(str::to_owned));
    let payload = running.open.house.store.read(&caller.cx, read)?;
    let holds = payload.as_deref().and_then(|payload| payload.split_once('-')).is_some_and(|(ends, of)| {
        let is_in_time = ends.parse::<i64>().is_ok_and(|ends| caller.cx.now.micros <= ends);
        is_in_time && access::secret::equal(of, &mark(caller, deed))
    });
    if holds {
        return Ok(());
    }
    let text = format!(
        "this confirmation is not for these arguments, or is older than {MINUTES} minutes; call without `{CONFIRM}` for \
         another, and show a person what it would do"
    );
    Err(Problem::invalid(CONFIRM, "mcp.confirmation", text))
}

/// Tells one call from every other: who, what, with which arguments in whatever order they stand.
fn mark(caller: &Caller, deed: Deed<'_>) -> String {
    let text = format!("{} {} {}", caller.cx.actor.number(), deed.operation, ordered(deed.input));
    access::secret::letters(&access::secret::digest(PURPOSE, &text))
}

fn ordered(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut names: Vec<_> = fields.keys().collect();
            names.sort_unstable();
            Value::Object(
                names.into_iter().map(|name| (name.clone(), ordered(&fields[name]))).collect::<Map<_, _>>(),
            )
        }
        Value::Array(values) => values.iter().map(ordered).collect(),
        single => single.clone(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use kernel::Permission;
    use serde_json::json;

    use super::*;
    use crate::{
        config::{self, Settings},
        mcp::Speaker,
    };

    static NOW: AtomicI64 = AtomicI64::new(1_750_000_000_000_000);

    #[test]
    fn it_holds_for_five_minutes_and_not_a_moment_longer() {
        let folder = tempfile::tempdir().unwrap();
        let mut open = config::open(&Settings { data: folder.path().to_owned(), database: None }).unwrap();
        open.house.clock = || NOW.load(Ordering::SeqCst);
        let running = Running::new(open);
        let (permission, input) = (Permission::Manage, json!({ "id": "per_x7Kq2" }));
        let deed = Deed { via: "mcp", operation: "person.leave", permission, subject: "", input: &input };
        let caller = || Speaker::House { only_reads: false }.caller(&running).unwrap();
        let said = Value::from(give(&running, &caller(), deed).unwrap());
        NOW.fetch_add(MINUTES * MINUTE, Ordering::SeqCst);
        assert!(require(&running, &caller(), deed, &said).is_ok());
        NOW.fetch_add(1, Ordering::SeqCst);
        assert_eq!(require(&running, &caller(), deed, &said).unwrap_err().code, "mcp.confirmation");
    }

    #[test]
    fn the_order_of_arguments_says_nothing() {
        let one: Value = serde_json::from_str(r#"{"b": [{"y": 1, "x": 2}], "a": null}"#).unwrap();
        let other: Value = serde_json::from_str(r#"{"a": null, "b": [{"x": 2, "y": 1}]}"#).unwrap();
        assert_eq!(ordered(&one).to_string(), ordered(&other).to_string());
        assert_ne!(ordered(&json!([1, 2])).to_string(), ordered(&json!([2, 1])).to_string());
    }
}
