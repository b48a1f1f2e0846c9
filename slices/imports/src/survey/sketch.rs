//! The different values of a column, all of them where they are few and an even sample where they are many.

use std::collections::HashMap;

use crate::{
    identity::Identity,
    values::{id, whole_of_float},
};

/// Most values that are kept; more than twice as many are halved.
const MOST: usize = 1 << 15;

/// A key as it is compared: text without blanks around it and without the apostrophe of a spreadsheet; `17850.0` is
/// `17850`. Nothing where the cell is blank.
pub(crate) fn key_of(cell: &str) -> Option<&str> {
    let text = id(cell, false)?;
    Some(whole_of_float(text).unwrap_or(text))
}

/// A hash of a key, even over all its bits.
pub(crate) fn hash_of(key: &str) -> u64 {
    let wide = Identity::default().with_cell(0, key).0;
    (wide >> 64) as u64 ^ wide as u64
}

/// The values of a column whose hashes are lowest, each with how often it came. Two sketches keep the same values, so
/// what they share tells what the columns share.
#[derive(Debug, Default)]
pub(crate) struct Sketch {
    /// How often the sample was halved.
    halved: u32,
    counts: HashMap<u64, u32>,
    /// How many cells have a value.
    filled: u64,
}

/// What one column has of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shared {
    /// Different values of the one.
    pub ours: u64,
    /// Of these, how many the other has.
    pub found: u64,
    /// Different values of the other.
    pub theirs: u64,
    /// The counts are worked out from a sample.
    pub is_sampled: bool,
}

impl Sketch {
    /// Takes one more value.
    pub fn add(&mut self, key: &str) {
        self.filled += 1;
        let hash = hash_of(key);
        if !is_kept(hash, self.halved) {
            return;
        }
        *self.counts.entry(hash).or_default() += 1;
        if 2 * MOST < self.counts.len() {
            self.halved += 1;
            let halved = self.halved;
            self.counts.retain(|hash, _| is_kept(*hash, halved));
        }
    }

    /// How many cells have a value.
    pub fn filled(&self) -> u64 {
        self.filled
    }

    /// How many different values there are, as far as the sample tells.
    pub fn distinct(&self) -> u64 {
        (self.counts.len() as u64) << self.halved
    }

    /// Values that came more than once, and how many cells too many hold them, as far as the sample tells.
    pub fn repeated(&self) -> (u64, u64) {
        let more = self.counts.values().filter(|count| 1 < **count);
        let (values, cells) =
            more.fold((0, 0), |(values, cells), count| (values + 1, cells + u64::from(*count) - 1));
        (values << self.halved, cells << self.halved)
    }

    /// What the other column has of the values of this one.
    pub fn shared(&self, other: &Sketch) -> Shared {
        let halved = self.halved.max(other.halved);
        let ours = || self.counts.keys().filter(|hash| is_kept(**hash, halved));
        let found = ours().filter(|hash| other.counts.contains_key(*hash)).count() as u64;
        let theirs = other.counts.keys().filter(|hash| is_kept(**hash, halved)).count() as u64;
        Shared {
            ours: (ours().count() as u64) << halved,
            found: found << halved,
            theirs: theirs << halved,
            is_sampled: 0 < halved,
        }
    }
}

/// Whether a value is in the sample that was halved so often.
fn is_kept(hash: u64, halved: u32) -> bool {
    hash.leading_zeros() >= halved
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: impl Iterator<Item = u64>) -> Sketch {
        let mut sketch = Sketch::default();
        values.for_each(|value| sketch.add(&value.to_string()));
        sketch
    }

    #[test]
    fn few_values_are_counted_exactly() {
        let shared = of(0..1_000).shared(&of(900..1_500));
        assert_eq!(shared, Shared { ours: 1_000, found: 100, theirs: 600, is_sampled: false });
        assert_eq!(of((0..10).chain(0..3)).repeated(), (3, 3));
    }

    #[test]
    fn of_many_values_an_even_sample_tells_what_is_shared() {
        let (one, other) = (of(0..1_000_000), of(500_000..800_000));
        let shared = one.shared(&other);
        assert!(shared.is_sampled);
        assert!(970_000 < shared.ours && shared.ours < 1_030_000, "{shared:?}");
        assert!(285_000 < shared.found && shared.found < 315_000, "{shared:?}");
        assert!(one.counts.len() <= 2 * MOST);
    }

    #[test]
    fn a_key_is_compared_as_text_without_what_spreadsheets_add() {
        assert_eq!(key_of(" 17850.0 "), Some("17850"));
        assert_eq!(key_of("'00123"), Some("00123"));
        assert_eq!(key_of(" "), None);
    }
}
