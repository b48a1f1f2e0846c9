//! Values that stand in another table: looked up by a key, and seen as further columns of the row.

mod held;

use std::{collections::BTreeMap, sync::Arc};

use kernel::{Problem, Result};
use serde::{Deserialize, Serialize};
use speech::say;

use self::held::Held;
use crate::{
    Mapping, Record, Records, Rejection, mapping::position, record::shortened, survey::key_of, values::words,
};

words! {
    /// What becomes of a row that names no row of the other table.
    #[derive(Default)]
    Missing {
        /// The cells that would have been found there are empty.
        #[default]
        Empty = "empty",
        /// The row is rejected.
        Reject = "reject",
    }
}

words! {
    /// What becomes of a row that names several rows of the other table.
    #[derive(Default)]
    Several {
        /// The first of them is the one.
        #[default]
        First = "first",
        /// None of them is: the cells are empty.
        Empty = "empty",
    }
}

impl Several {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde asks for")]
    fn is_first(&self) -> bool {
        *self == Several::First
    }
}

/// A table that came with this one, in which values are looked up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lookup {
    /// The table: its name, or that of its file without the ending.
    pub table: String,
    /// The column of it that tells its rows apart.
    pub key: String,
    /// The column here whose values name those rows: one of the file, or one that is looked up itself.
    pub by: String,
    /// What becomes of a row that names none.
    #[serde(default)]
    pub missing: Missing,
    /// What becomes of a row that names several.
    #[serde(default, skip_serializing_if = "Several::is_first")]
    pub several: Several,
}

/// The lookups of a mapping, by the name under which the columns found there are known: `Products.ProductPrice`.
pub type Lookups = BTreeMap<String, Lookup>;

/// Opens a table that came with this one; nothing where none of that name did.
pub(crate) type OpenTable<'o> = dyn Fn(&str) -> Result<Option<Records>> + 'o;

/// The tables of a mapping, held in memory: of each the key and the columns that are used, nothing else.
#[derive(Debug, Default)]
pub(crate) struct Joins {
    steps: Vec<Step>,
    names: Vec<String>,
}

/// One table.
#[derive(Debug)]
struct Step {
    table: String,
    /// The place of the column that names its rows, among those of the file and those found so far.
    by: usize,
    by_name: String,
    missing: Missing,
    held: Held,
}

impl Joins {
    /// Holds the tables that a mapping uses; `names` are the columns of its file. Nothing where it uses none.
    ///
    /// # Errors
    /// `imports.lookup` for a table or a column that is not there, or a circle; `imports.lookup_large` for a table with
    /// more keys than are held; whatever keeps a table from being read.
    pub(crate) fn load(
        mapping: &Mapping,
        names: &[String],
        open: &OpenTable<'_>,
    ) -> Result<Option<Arc<Joins>>> {
        let mut joins = Joins::default();
        let mut all = names.to_vec();
        for (name, lookup) in ordered(&mapping.lookups, names)? {
            let columns = used(mapping, name);
            if columns.is_empty() {
                continue;
            }
            let records = open(&lookup.table)?.ok_or_else(|| no_table(name, lookup))?;
            let held = Held::read(records, lookup, &columns)?;
            let by = position(&all, &lookup.by).ok_or_else(|| no_by(name, lookup))?;
            let found = columns.iter().map(|column| format!("{name}.{column}"));
            all.extend(found.clone());
            joins.names.extend(found);
            let (table, by_name) = (lookup.table.clone(), lookup.by.clone());
            joins.steps.push(Step { table, by, by_name, missing: lookup.missing, held });
        }
        Ok(Some(Arc::new(joins)).filter(|joins| !joins.steps.is_empty()))
    }

    /// The columns that are found, in the order in which they follow those of the file.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// Adds what is found to a record that has a cell for each column of its file.
    pub(crate) fn join(&self, record: &mut Record) -> Option<Rejection> {
        for step in &self.steps {
            let found = key_of(record.cell(step.by)).and_then(|key| step.held.find(key));
            if found.is_none() && step.missing == Missing::Reject {
                return Some(Rejection {
                    row: record.row(),
                    column: Some(step.by_name.clone()),
                    value: shortened(record.cell(step.by)),
                    reason: format!("names no row of {}", step.table),
                });
            }
            step.held.cells(found).for_each(|cell| record.push(cell));
        }
        None
    }
}

/// Refuses lookups that do not hold: `names` are the columns of the file, `table` gives those of another that came.
///
/// # Errors
/// `imports.lookup`, naming what is not there.
pub(crate) fn check(
    lookups: &Lookups,
    names: &[String],
    table: &dyn Fn(&str) -> Option<Vec<String>>,
) -> Result<()> {
    let mut all = names.to_vec();
    for (name, lookup) in ordered(lookups, names)? {
        let columns = table(&lookup.table).ok_or_else(|| no_table(name, lookup))?;
        if position(&columns, &lookup.key).is_none() {
            let seen = shortened(&columns.join(", "));
            let text = say!("{} has no column {:?}; it has {seen}", lookup.table, lookup.key);
            return Err(refusal(name, "key", &text));
        }
        position(&all, &lookup.by).ok_or_else(|| no_by(name, lookup))?;
        all.extend(columns.iter().map(|column| format!("{name}.{column}")));
    }
    Ok(())
}

/// The lookups in an order in which each one's key is known before it is needed.
///
/// # Errors
/// `imports.lookup` where a column that shall name rows is nowhere, or only found by way of itself.
fn ordered<'l>(lookups: &'l Lookups, names: &[String]) -> Result<Vec<(&'l str, &'l Lookup)>> {
    let mut left: Vec<(&str, &Lookup)> =
        lookups.iter().map(|(name, lookup)| (name.as_str(), lookup)).collect();
    let mut done: Vec<(&str, &Lookup)> = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let is_known = |(_, lookup): &(&str, &Lookup)| {
            position(names, &lookup.by).is_some()
                || done
                    .iter()
                    .any(|(name, _)| lookup.by.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
        };
        let (ready, rest): (Vec<_>, Vec<_>) = left.iter().copied().partition(is_known);
        if ready.is_empty() {
            let (name, lookup) = rest[0];
            return Err(no_by(name, lookup));
        }
        done.extend(ready);
        left = rest;
    }
    Ok(done)
}

/// The columns of a table that a mapping uses.
pub(crate) fn used(mapping: &Mapping, name: &str) -> Vec<String> {
    let of_it = |column: &String| column.strip_prefix(name)?.strip_prefix('.').map(str::to_owned);
    let named = mapping.columns.values().filter_map(of_it);
    let mut columns: Vec<String> =
        named.chain(mapping.lookups.values().filter_map(|lookup| of_it(&lookup.by))).collect();
    columns.sort();
    columns.dedup();
    columns
}

fn refusal(name: &str, key: &str, text: &str) -> Problem {
    Problem::invalid(&format!("lookups.{name}.{key}"), "imports.lookup", text.to_owned())
}

fn no_table(name: &str, lookup: &Lookup) -> Problem {
    let text = say!(
        "no table {:?} came with this file; bring both in together, or name one that came",
        lookup.table
    );
    refusal(name, "table", &text)
}

fn no_by(name: &str, lookup: &Lookup) -> Problem {
    let text = say!(
        "neither the file nor a table looked up before has a column {:?}, by which {} shall be looked up",
        lookup.by,
        lookup.table
    );
    refusal(name, "by", &text)
}

#[cfg(test)]
mod tests;
