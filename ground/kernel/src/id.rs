//! Typed ids: an `i64` inside, a prefix and an opaque code outside.

use std::{fmt, hash::Hash, marker::PhantomData, sync::Arc};

use sqids::Sqids;

use crate::{
    Problem, Result,
    code::{SHORTEST, Writer},
    voice::said,
};

/// What an id names: one zero-sized type per noun, so that mixing two does not compile.
pub trait Kind: Copy + Eq + Hash + 'static {
    /// The letters before the underscore outside: `acc` in `acc_x7Kq2`.
    const PREFIX: &'static str;
    /// The noun, for messages.
    const NOUN: &'static str;
}

/// The number of one noun's row.
pub struct Id<K: Kind>(pub i64, PhantomData<K>);

impl<K: Kind> Id<K> {
    /// The id of that number.
    pub const fn new(number: i64) -> Id<K> {
        Id(number, PhantomData)
    }
}

impl<K: Kind> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K: Kind> Copy for Id<K> {}
impl<K: Kind> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K: Kind> Eq for Id<K> {}
impl<K: Kind> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K: Kind> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<K: Kind> Hash for Id<K> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<K: Kind> fmt::Debug for Id<K> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}#{}", K::PREFIX, self.0)
    }
}

/// Writes ids for the outside and reads them back; the alphabet is shuffled once per installation.
#[derive(Clone)]
pub struct Codes(Arc<Inner>);

struct Inner {
    writer: Writer,
    reader: Sqids,
}

impl Codes {
    /// The codes of an installation.
    ///
    /// # Errors
    /// `id.alphabet` when the stored alphabet is not a usable one.
    pub fn new(alphabet: &str) -> Result<Codes> {
        Sqids::builder()
            .alphabet(alphabet.chars().collect())
            .min_length(SHORTEST as u8)
            .build()
            .map(|reader| Codes(Arc::new(Inner { writer: Writer::new(alphabet), reader })))
            .map_err(|cause| {
                Problem::internal("id.alphabet", format!("the stored id alphabet is unusable: {cause}"))
            })
    }

    /// `acc_x7Kq2`. Negative numbers, which no row has, are written as 0.
    pub fn write<K: Kind>(&self, id: Id<K>) -> String {
        let number = u64::try_from(id.0).unwrap_or(0);
        let code = self.0.writer.code([number, check(K::PREFIX, number)]).unwrap_or_default();
        format!("{}_{code}", K::PREFIX)
    }

    /// Reads what [`Codes::write`] wrote.
    ///
    /// # Errors
    /// `id.unknown` for a code of another kind, another installation or none.
    pub fn read<K: Kind>(&self, text: &str) -> Result<Id<K>> {
        let wrong = || {
            Problem::not_found(
                "id.unknown",
                said(
                    "{text} is not the id of {noun}; such ids look like {prefix}_x7Kq2",
                    &[
                        ("text", format_args!("{text:?}")),
                        ("noun", format_args!("{}", K::NOUN)),
                        ("prefix", format_args!("{}", K::PREFIX)),
                    ],
                ),
            )
        };
        let code = text.strip_prefix(K::PREFIX).and_then(|rest| rest.strip_prefix('_')).ok_or_else(wrong)?;
        match self.0.reader.decode(code).as_slice() {
            [number, mark] if *mark == check(K::PREFIX, *number) => {
                let id = Id::new(i64::try_from(*number).map_err(|_| wrong())?);
                if self.write(id) == text { Ok(id) } else { Err(wrong()) }
            }
            _ => Err(wrong()),
        }
    }
}

impl fmt::Debug for Codes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Codes")
    }
}

/// A small check on kind and number, so that a mistyped id is refused instead of naming another row.
fn check(prefix: &str, number: u64) -> u64 {
    let seed = prefix.bytes().fold(7u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
    (seed.rotate_left(32) ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_mul(0xBF58_476D_1CE4_E5B9)
        >> 56
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    struct Boat;
    impl Kind for Boat {
        const PREFIX: &'static str = "boat";
        const NOUN: &'static str = "a boat";
    }
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    struct Crew;
    impl Kind for Crew {
        const PREFIX: &'static str = "crew";
        const NOUN: &'static str = "a crew";
    }

    fn codes() -> Codes {
        Codes::new("k3G7QAe51FCsPW92uEOyq4Bg6Sp8YzVTmnU0liwDdHXLajZrfxNhobJIRcMvKt").unwrap()
    }

    #[test]
    fn an_id_reads_back_and_only_as_its_own_kind() {
        for number in [0, 1, 7, 1_000_000, i64::MAX] {
            let text = codes().write(Id::<Boat>::new(number));
            assert_eq!(codes().read::<Boat>(&text).unwrap().0, number);
            assert!(codes().read::<Crew>(&text).is_err());
            assert!(codes().read::<Crew>(&text.replace("boat", "crew")).is_err(), "{text}");
        }
    }

    #[test]
    fn nonsense_is_refused_with_an_example() {
        let refusal = codes().read::<Boat>("boat_!!").unwrap_err();
        assert_eq!(refusal.code, "id.unknown");
        assert!(refusal.to_string().contains("boat_x7Kq2"));
    }
}
