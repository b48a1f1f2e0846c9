//! Finding: what is not there yet can be written down.

use ::store::Tx;
use kernel::{Permission, Result};
use slice::{Finding, Findings, Visit};
use speech::say;

/// A new account of that name, for whoever may write one down.
pub(crate) fn new_account(visit: &Visit<'_>, _: &mut Tx<'_>, text: &str) -> Result<Findings> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_name = name.chars().any(char::is_alphabetic) && !name.contains('@') && name.len() <= 200;
    if !is_name || visit.cx.require(Permission::Write, "writing down an account").is_err() {
        return Ok(Findings::default());
    }
    let href = ui::Address::new("/accounts/new").with("name", Some(&name)).write();
    let row = Finding {
        group: "Do",
        title: say!("Write down “{name}” as a new account"),
        about: None,
        marks: None,
        href,
    };
    Ok(Findings { note: None, rows: vec![row] })
}
