//! What a record of a file cannot do without, by what it is to become.

use super::{Plan, Wrong};
use crate::{Meaning, Target, TypedRow, meaning::Reads, written_down};

impl Plan {
    /// Refuses a record that lacks what its target needs.
    pub(super) fn must_tell(&self, row: &TypedRow) -> Result<(), Wrong> {
        for needed in self.mapping.target.needs() {
            let named = needed.iter().any(|meaning| matches!(meaning, Meaning::PartyId | Meaning::PartyName));
            let told = match named {
                true => row.party.is_some() || needed.iter().any(|meaning| row.text(*meaning).is_some()),
                false => needed.iter().any(|meaning| row.values.iter().any(|(known, _)| known == meaning)),
            };
            if told {
                continue;
            }
            let column = needed.iter().find_map(|meaning| self.columns[meaning.index()]);
            if named && self.mapping.target == Target::WorkRecord {
                let why = "names no client: it is time of our own, and stands apart from what was done for somebody";
                return Err(Wrong::new(column, "", why));
            }
            let what = if named { "a party" } else { noun(needed[0]) };
            return Err(Wrong::new(column, "", format!("is empty where {what} is needed")));
        }
        Ok(())
    }

    /// Refuses a fact whose words its kind does not have.
    pub(super) fn must_be_known(&self, row: &TypedRow) -> Result<(), Wrong> {
        if self.mapping.target != Target::FactsRecord {
            return Ok(());
        }
        let word = |meaning| row.text(meaning).unwrap_or_default();
        let (kind, says) = (word(Meaning::FactKind), word(Meaning::Says));
        let wrong =
            |why| Wrong::new(self.columns[Meaning::FactKind.index()], &format!("{kind}: {says}"), why);
        written_down::read(kind, says).map(drop).map_err(wrong)
    }
}

/// What is missing where a cell of that meaning is blank.
fn noun(meaning: Meaning) -> &'static str {
    match meaning.reads() {
        Reads::Date => "a date",
        Reads::Amount => "an amount",
        Reads::Number => "a number",
        _ => "a word",
    }
}
