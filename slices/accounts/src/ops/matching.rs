//! Who is meant by a row about a person: somebody whom the walk has met, somebody who is stored, or somebody new.

use std::collections::HashMap;

use ::store::Tx;
use kernel::{Context, Result};

use crate::{
    party::{PersonName, Seen},
    store::people,
};

/// What is known of the people that a batch names.
pub(super) struct Matching<'s> {
    seen: &'s Seen,
    /// Met in this batch.
    met: HashMap<PersonName, i64>,
    stored: HashMap<PersonName, i64>,
    /// Those of them who are stored, and those whom an earlier batch met.
    ids: Vec<i64>,
    /// The lowest number that is planned.
    planned: i64,
}

impl<'s> Matching<'s> {
    /// Looks up, for all rows of a batch at once, who is stored under these names.
    pub(super) fn read<'n>(
        cx: &Context,
        tx: &mut Tx<'_>,
        seen: &'s Seen,
        names: impl Iterator<Item = &'n PersonName>,
    ) -> Result<Matching<'s>> {
        let (mut keys, mut emails, mut called, mut ids) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for name in names {
            if let Some(id) = seen.people.known.get(name) {
                ids.push(*id);
                continue;
            }
            match name {
                PersonName::Key(space, key) => keys.push((space.as_str(), key.as_str())),
                PersonName::Email(account, email) if 0 < *account => emails.push((*account, email.as_str())),
                PersonName::Name(account, name) if 0 < *account => called.push((*account, name.as_str())),
                _ => (),
            }
        }
        for list in [&mut emails, &mut called] {
            list.sort_unstable();
            list.dedup();
        }
        keys.sort_unstable();
        keys.dedup();
        let mut stored = HashMap::new();
        let by_key = people::by_key(cx, tx, &keys)?;
        stored.extend(by_key.into_iter().map(|((space, key), id)| (PersonName::Key(space, key), id)));
        let by_email = people::by_email(cx, tx, &emails)?;
        stored.extend(by_email.into_iter().map(|((at, email), id)| (PersonName::Email(at, email), id)));
        let by_name = people::by_name(cx, tx, &called)?;
        stored.extend(by_name.into_iter().map(|((at, name), id)| (PersonName::Name(at, name), id)));
        ids.extend(stored.values());
        ids.retain(|id| 0 < *id);
        ids.sort_unstable();
        ids.dedup();
        Ok(Matching { planned: seen.people.planned, seen, met: HashMap::new(), stored, ids })
    }

    /// The stored people among those named, in the order of their numbers.
    pub(super) fn stored(&self) -> &[i64] {
        &self.ids
    }

    /// Who is meant: by the first of these names that is known, a mere name only where there is no better one. Below
    /// zero for somebody new.
    pub(super) fn find(&mut self, names: &[PersonName]) -> i64 {
        let is_mere = |name: &PersonName| matches!(name, PersonName::Name(..));
        let is_better = names.iter().any(|name| !is_mere(name));
        let known = |name: &PersonName| {
            let met = self.met.get(name).or_else(|| self.seen.people.known.get(name));
            met.or_else(|| self.stored.get(name)).copied()
        };
        let found = names.iter().filter(|name| !is_better || !is_mere(name)).find_map(known);
        found.unwrap_or_else(|| {
            self.planned -= 1;
            self.planned
        })
    }

    /// Remembers that these names are theirs.
    pub(super) fn learn(&mut self, names: &[PersonName], number: i64) {
        for name in names {
            self.met.entry(name.clone()).or_insert(number);
        }
    }
}
