//! Records that hold facts: an order, a contract, a row of a file. Their facts go when they go, and not by themselves.

use std::sync::OnceLock;

use ::store::{ColumnKind, Table, Tx};
use kernel::{Problem, Result};
use speech::say;

use crate::{AccountId, FactId};

static HOLDERS: OnceLock<Vec<&'static Table>> = OnceLock::new();

/// Collects, of the tables of all slices, those whose rows are about an account and name facts; called once, when the house
/// opens. A second call changes nothing.
pub fn collect(tables: &[&'static Table]) {
    let holds = |table: &&&'static Table| table.account.is_some() && columns(table).next().is_some();
    let _ = HOLDERS.set(tables.iter().filter(holds).copied().collect());
}

/// The columns that name a fact.
fn columns(table: &Table) -> impl Iterator<Item = &'static str> {
    table
        .columns
        .iter()
        .filter(|column| matches!(column.kind, ColumnKind::Ref("fact")))
        .map(|column| column.name)
}

/// Refuses where a record holds that fact.
///
/// # Errors
/// `timeline.of_a_record`, which names the kind of record; `store.statement`.
pub fn must_be_free(tx: &mut Tx<'_>, account: AccountId, fact: FactId) -> Result<()> {
    for table in HOLDERS.get().into_iter().flatten() {
        let Some(of) = table.account else { continue };
        let names: Vec<String> = columns(table).map(|column| format!("{column} = ?2")).collect();
        let sql =
            format!("SELECT {of} FROM {} WHERE {of} = ?1 AND ({}) LIMIT 1", table.name, names.join(" OR "));
        if tx.first(&sql, &[account.into(), fact.into()], |row| row.int(0))?.is_some() {
            let text = say!(
                "this fact is told by a record ({}) and goes when that goes: bring in the corrected file, take back the \
                 import that it came with, or correct the record itself",
                speech::word!(table.name.replace('_', " "))
            );
            return Err(Problem::conflict("timeline.of_a_record", text));
        }
    }
    Ok(())
}
