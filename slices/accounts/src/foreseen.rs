//! Which records earlier files of a dry run would have written down: what comes after them is planned as if they were
//! stored.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use crate::sourced::{Planned, Stored, place_key};

/// Records by numbering and key, as far as counting looks at them: some 300 bytes each, so it learns only where
/// another table may write the same ones.
#[derive(Debug, Default)]
pub struct Foreseen {
    records: HashMap<u64, Vec<Stored>>,
    /// The lowest number given to one that is not stored.
    lowest: i64,
}

impl Foreseen {
    /// Takes in what one batch of that import would write.
    pub fn learn(&mut self, planned: &Planned<'_>, run: i64) {
        for told in &planned.told {
            let identity = told.input.identity;
            let same = self.records.entry(hash(told.input.space, &place_key(&told.input))).or_default();
            let record = match &told.stored {
                Some(old) => {
                    same.retain(|known| known.id != old.id);
                    Stored { identity, account: told.account, changed: run, ..old.clone() }
                }
                None => {
                    self.lowest -= 1;
                    Stored { id: self.lowest, identity, account: told.account, fact: 0, run, changed: 0 }
                }
            };
            same.push(record);
        }
    }

    /// Lays what would have been written over the records that are stored at these places.
    pub(crate) fn lay(
        &self,
        places: &[(String, String)],
        known: &mut HashMap<(String, String), Vec<Stored>>,
    ) {
        for place in places.iter().filter(|_| !self.records.is_empty()) {
            let Some(later) = self.records.get(&hash(&place.0, &place.1)) else { continue };
            let all = known.entry(place.clone()).or_default();
            all.retain(|one| later.iter().all(|other| other.id != one.id));
            all.extend(later.iter().cloned());
            // Those that are stored come first, each in the order in which it was written.
            all.sort_by_key(|one| (one.id < 0, one.id.abs()));
        }
    }
}

fn hash(space: &str, key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (space, key).hash(&mut hasher);
    hasher.finish()
}
