//! A list as a file of CSV on standard output: every row of it, page by page.

use std::process::ExitCode;

use access::Outcome;
use kernel::Result;
use serde_json::{Map, Value};
use slice::{Head, Operation};
use store::DataClass;

use super::{Typed, derived::call, help, say, wrong};
use crate::{
    config::{self, Open},
    rows::Rows,
    serve::Deed,
    worker,
};

/// Writes every row of a list as CSV, page by page.
pub(super) fn write(typed: &Typed, operation: &Operation, input: Map<String, Value>) -> Result<ExitCode> {
    let rows = Rows::of(operation).ok_or_else(|| {
        let command = help::usage(operation);
        wrong(format!(
            "-o csv is for lists and for the tables of model; {command} answers with -o json or -o text"
        ))
    })?;
    let rows = rows.chosen(&input);
    let open = config::open(&typed.settings)?;
    worker::catch_up(&open, operation)?;
    let (mut after, mut head) = (None, rows.head()?);
    loop {
        let answer = call(&open, operation.head.name, rows.page(&input, after.as_deref()))?;
        say(&(std::mem::take(&mut head) + &rows.lines(&answer)?))?;
        after = Rows::next(&answer);
        if after.is_none() {
            note(&open, operation, &input)?;
            return Ok(ExitCode::SUCCESS);
        }
    }
}

/// Who takes a file of people with them stands in the audit.
fn note(open: &Open, operation: &Operation, input: &Map<String, Value>) -> Result<()> {
    if operation.head.class != DataClass::Personal {
        return Ok(());
    }
    let cx = open.house.context();
    let Head { name: operation, permission, .. } = operation.head;
    let input = serde_json::json!({ "as": "csv", "of": input });
    let deed = Deed { via: "command", operation, permission, subject: "", input: &input };
    open.house.store.write(&cx, |tx| deed.record(&cx, tx, "", Outcome::Done))
}
