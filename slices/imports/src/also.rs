//! Further columns of one meaning: the second phone, the third address.

use std::collections::BTreeMap;

use kernel::Result;
use speech::say;

use crate::{Mapping, Meaning, Target, mapping::refused, vocabulary::meaning_for};

/// The meanings that several columns can have, where rows are people.
const SEVERAL: [Meaning; 2] = [Meaning::Email, Meaning::Phone];

/// The columns beside those of a mapping that tell further ways of reaching somebody.
pub(crate) fn found(
    target: Target,
    columns: &BTreeMap<Meaning, String>,
    names: &[String],
) -> BTreeMap<Meaning, Vec<String>> {
    let mut also: BTreeMap<Meaning, Vec<String>> = BTreeMap::new();
    if target != Target::ContactsRecord {
        return also;
    }
    for name in names.iter().filter(|name| columns.values().all(|column| column != *name)) {
        if let Some(meaning) = meaning(name).filter(|meaning| columns.contains_key(meaning)) {
            also.entry(meaning).or_default().push(name.clone());
        }
    }
    also
}

/// Which way of reaching somebody a column of that name tells: `E-mail 2 Address`, `work phone 3`.
fn meaning(name: &str) -> Option<Meaning> {
    let unnumbered: String = name.chars().filter(|letter| !letter.is_ascii_digit()).collect();
    meaning_for(Target::ContactsRecord, &unnumbered)
        .map(|(meaning, _)| meaning)
        .filter(|meaning| SEVERAL.contains(meaning))
}

impl Mapping {
    /// Refuses further columns of meanings that cannot have any.
    pub(crate) fn check_also(&self) -> Result<()> {
        let stray = self.also.keys().find(|meaning| !SEVERAL.contains(meaning));
        match stray.or_else(|| self.also.keys().next().filter(|_| self.target != Target::ContactsRecord)) {
            None => Ok(()),
            Some(meaning) => {
                let word = meaning.as_str();
                let text = say!(
                    "`{word}` can have no further columns in {}; email and phone of contacts can",
                    self.target.as_str()
                );
                refused(&format!("also.{word}"), &text)
            }
        }
    }

    /// Which further way of reaching somebody a column tells.
    pub(crate) fn further(&self, column: &str) -> Option<Meaning> {
        let has = |names: &Vec<String>| names.iter().any(|name| name == column);
        self.also.iter().find(|(_, names)| has(names)).map(|(meaning, _)| *meaning)
    }

    /// Without the further columns that mean something by themselves or whose rows are no people.
    pub(crate) fn with_fewer(mut self) -> Mapping {
        if self.target != Target::ContactsRecord {
            self.also.clear();
        }
        let used: Vec<String> = self.columns.values().cloned().collect();
        self.also.values_mut().for_each(|names| names.retain(|name| !used.contains(name)));
        self.also.retain(|_, names| !names.is_empty());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn second_numbers_and_addresses_are_known_by_their_names() {
        let names =
            ["E-mail Address", "E-mail 2 Address", "mobile phone", "home phone 2", "Business Phone", "Fax"]
                .map(str::to_owned);
        let columns = BTreeMap::from([
            (Meaning::Email, "E-mail Address".to_owned()),
            (Meaning::Phone, "mobile phone".to_owned()),
        ]);
        let also = found(Target::ContactsRecord, &columns, &names);
        assert_eq!(also[&Meaning::Email], ["E-mail 2 Address"]);
        assert_eq!(also[&Meaning::Phone], ["home phone 2", "Business Phone"]);
        assert!(found(Target::AccountsRecord, &columns, &names).is_empty());
    }
}
