//! What was said of the columns of an earlier file, for a file that has them again: in whatever order, with a column
//! more or one less of those that mean nothing.

use std::collections::HashSet;

use kernel::Result;

use crate::{DateOrder, Mapping, Reading, identity::column_key, propose::Proposal, ready::ready_for};

/// A mapping that was used before.
#[derive(Debug)]
pub(crate) struct Remembered {
    pub(crate) mapping: Mapping,
    /// The same as TOML, as it was written.
    pub(crate) text: String,
    /// The columns that the earlier file had not.
    pub(crate) new: Vec<String>,
}

/// What stands between the names of columns where they are one text.
pub(crate) const BETWEEN: &str = "\u{1f}";

impl Remembered {
    /// Takes in what a file alone speaks for of the columns that are new: `fresh` is what is proposed for its rows.
    ///
    /// # Errors
    /// `mapping.*` for what cannot be written as text.
    pub(crate) fn grow(&mut self, fresh: &Mapping) -> Result<()> {
        let mapping = &mut self.mapping;
        for (meaning, column) in fresh.columns.iter().filter(|(_, column)| self.new.contains(column)) {
            mapping.columns.entry(*meaning).or_insert_with(|| column.clone());
        }
        for (meaning, columns) in &fresh.also {
            let new = columns.iter().filter(|column| self.new.contains(column)).cloned();
            mapping.also.entry(*meaning).or_default().extend(new);
        }
        mapping.also.retain(|_, columns| !columns.is_empty());
        let before = self.new.len();
        self.new.retain(|name| {
            mapping.columns.values().all(|column| column != name) && mapping.further(name).is_none()
        });
        if self.new.len() < before {
            self.text = mapping.to_toml()?;
        }
        Ok(())
    }

    /// Says how the file is written that has these columns now.
    ///
    /// # Errors
    /// `imports.mapping_text` for what cannot be written as text.
    pub(crate) fn read_as(&mut self, reading: Reading) -> Result<()> {
        if self.mapping.reading != reading {
            self.mapping.reading = reading;
            self.text = self.mapping.to_toml()?;
        }
        Ok(())
    }

    /// What is to be said of the columns that are new; nothing where none is.
    pub(crate) fn notice(&self) -> Option<String> {
        let named: Vec<_> = self.new.iter().map(|name| format!("{name:?}")).collect();
        let (columns, are, they) = match named.as_slice() {
            [] => return None,
            [_] => ("column", "is", "it is"),
            _ => ("columns", "are", "they are"),
        };
        Some(format!(
            "the columns are read as last time; new {are} the {columns} {}, of which nothing is imported until you say \
             what {they} to mean",
            named.join(", ")
        ))
    }
}

/// A mapping used before with what this file writes otherwise than the one it was made for: ids as floats, days and
/// decimals as a workbook or another country has them. `proposal` is what the file alone speaks for.
pub(crate) fn as_written(known: &Mapping, proposal: &Proposal) -> Mapping {
    let own = &proposal.mapping.formats;
    let is_open = |field: &str| proposal.questions.iter().any(|question| question.field == field);
    let mut formats = known.formats.clone();
    for meaning in own.float_ids.iter().filter(|meaning| known.columns.contains_key(meaning)) {
        if !formats.float_ids.contains(meaning) {
            formats.float_ids.push(*meaning);
        }
    }
    let dates = [own.dates].into_iter().chain(own.dates_of.values().copied());
    if !is_open("formats.dates") && !dates.clone().any(|order| order == DateOrder::Unsaid) {
        (formats.dates, formats.dates_of) = (own.dates, own.dates_of.clone());
    }
    if !is_open("formats.decimal") && known.columns.keys().any(|meaning| meaning.is_number()) {
        (formats.decimal, formats.decimal_of) = (own.decimal, own.decimal_of.clone());
    }
    Mapping { formats, ..known.clone() }
}

/// The mapping that was used for the same columns, if it is one still.
pub(crate) fn exactly(text: String) -> Option<Remembered> {
    let mapping = Mapping::from_toml(&text).ok()?;
    Some(Remembered { mapping, text, new: Vec::new() })
}

/// Of the mappings used before (columns and mapping, the latest first) the one whose file differs in the fewest columns from
/// one with these.
pub(crate) fn likest(names: &[String], used: &[(String, String)]) -> Option<Remembered> {
    let ours = keys(names);
    let system = ready_for(names).map(|(name, _)| name);
    let mut alike: Vec<_> = used
        .iter()
        .filter_map(|(columns, text)| {
            let before: Vec<String> = columns.split(BETWEEN).map(str::to_owned).collect();
            let theirs = keys(&before);
            let shared = ours.intersection(&theirs).count();
            // Half of another table is another table, and so is that of another system.
            let is_like = theirs.len() * 3 <= shared * 4 && ours.len() <= shared * 2;
            let is_it = is_like && ready_for(&before).map(|(name, _)| name) == system;
            is_it.then(|| (ours.len() + theirs.len() - 2 * shared, theirs, text))
        })
        .collect();
    alike.sort_by_key(|(differs, ..)| *differs);
    alike.into_iter().find_map(|(_, theirs, text)| {
        let known = exactly(text.clone())?;
        let is_known = known.mapping.fits(names) && 1 < known.mapping.columns.len();
        let new = names.iter().filter(|name| !theirs.contains(&column_key(name))).cloned().collect();
        is_known.then_some(Remembered { new, ..known })
    })
}

fn keys(names: &[String]) -> HashSet<u64> {
    names.iter().map(|name| column_key(name)).collect()
}
