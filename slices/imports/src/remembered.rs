//! What was said of the columns of an earlier file, for a file that has them again: in whatever order, with a column
//! more or one less of those that mean nothing.

use std::collections::HashSet;

use crate::{DateOrder, Mapping, identity::column_key, propose::Proposal, ready::ready_for};

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
    /// What is to be said of the columns that are new; nothing where none is.
    pub(crate) fn notice(&self) -> Option<String> {
        let named: Vec<_> = self.new.iter().map(|name| format!("{name:?}")).collect();
        let (columns, are, them) = match named.as_slice() {
            [] => return None,
            [_] => ("column", "is", "it"),
            _ => ("columns", "are", "them"),
        };
        Some(format!(
            "the columns are read as last time; new {are} the {columns} {}, of which nothing is imported until you say \
             what {them} is to mean",
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

/// Of the mappings used before (columns and mapping, the latest first) the one for a file with these columns: that of the
/// same columns, else the one whose file differs in the fewest.
pub(crate) fn likest(names: &[String], used: &[(String, String)]) -> Option<Remembered> {
    let all = names.join(BETWEEN);
    let ours = keys(names);
    let system = ready_for(names).map(|(name, _)| name);
    let fits = |(columns, text): &(String, String)| {
        let mapping = Mapping::from_toml(text).ok()?;
        if *columns == all {
            return Some((0, Remembered { mapping, text: text.clone(), new: Vec::new() }));
        }
        let before: Vec<String> = columns.split(BETWEEN).map(str::to_owned).collect();
        let theirs = keys(&before);
        let shared = ours.intersection(&theirs).count();
        // Half of another table is another table, and so is that of another system.
        let is_like = theirs.len() * 3 <= shared * 4 && ours.len() <= shared * 2;
        let is_known = mapping.fits(names) && 1 < mapping.columns.len();
        if !is_like || !is_known || ready_for(&before).map(|(name, _)| name) != system {
            return None;
        }
        let new = names.iter().filter(|name| !theirs.contains(&column_key(name))).cloned().collect();
        let differs = 1 + ours.len() + theirs.len() - 2 * shared;
        Some((differs, Remembered { mapping, text: text.clone(), new }))
    };
    let found = used.iter().filter_map(fits);
    found.min_by_key(|(differs, _)| *differs).map(|(_, found)| found)
}

fn keys(names: &[String]) -> HashSet<u64> {
    names.iter().map(|name| column_key(name)).collect()
}
