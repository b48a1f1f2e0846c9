//! What makes a record the same one in another export: its cells, as plainly as a workbook keeps them.

use super::Plan;
use crate::{
    DecimalSign, Identity, Mapping, Meaning, Record, Target,
    date::Written,
    mapping::position,
    number,
    typed::{OwnedParty, Value},
};

impl Plan {
    /// What has no number of its own is told apart by whose it is and by its day: a contract by the day on which it
    /// began, a leaving by its own.
    pub(super) fn name_by_day(&self, values: &mut Vec<(Meaning, Value)>, party: Option<&OwnedParty>) {
        let by = match self.mapping.target {
            Target::ContractsRecord | Target::SubscriptionsRecord => Meaning::Start,
            Target::LeavingsRecord => Meaning::Date,
            _ => return,
        };
        let day = values.iter().find_map(|(meaning, value)| match value {
            Value::At(at) if *meaning == by => Some(at.day(&jiff::tz::TimeZone::UTC)),
            _ => None,
        });
        let place = values.binary_search_by(|(known, _)| known.cmp(&Meaning::RecordId));
        if let (Some(party), Some(day), Err(place)) = (party, day, place) {
            let name = format!("{} {day}", party.key);
            values.insert(place, (Meaning::RecordId, Value::Text(name.into_boxed_str())));
        }
    }

    /// A number that is grouped or has a decimal comma, as a workbook keeps it: `1240.5` of `1.240,50`.
    pub(super) fn plainly(&self, column: usize, cell: &str) -> Option<String> {
        let is_number = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-');
        if !cell.as_bytes().contains(&b',') || !cell.bytes().all(is_number) {
            return None;
        }
        let sign = self.signs.get(column).copied().unwrap_or(self.mapping.formats.decimal);
        number::parse(cell, sign).ok().map(number::written)
    }

    pub(super) fn identity(&self, record: &Record, written: Written) -> Identity {
        let date = self.columns[Meaning::Date.index()];
        let mut identity = Identity::default();
        for (at, (cell, key)) in record.cells().zip(&self.keys).enumerate() {
            identity = match self.plainly(at, cell) {
                _ if Some(at) == date => identity.with_value(*key, written.instant()),
                Some(number) => identity.with_cell(*key, &number),
                None => identity.with_cell(*key, cell),
            };
        }
        identity
    }
}

/// The decimal sign of each column of the file.
pub(super) fn signs(mapping: &Mapping, names: &[String], own: usize) -> Vec<DecimalSign> {
    let mut signs = vec![mapping.formats.decimal; own];
    for (meaning, name) in mapping.columns.iter().filter(|(meaning, _)| meaning.is_number()) {
        if let Some(sign) = position(names, name).and_then(|at| signs.get_mut(at)) {
            *sign = mapping.formats.decimal(*meaning);
        }
    }
    signs
}
