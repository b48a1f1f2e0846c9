//! A checkpoint: the end of the audit's chain at some time, to be kept elsewhere.

use kernel::{Codes, Problem, Result};
use speech::say;

use crate::{
    audit::{BEGIN, EntryId},
    secret::{self, Hash},
};

/// The end of the chain at some time, to be kept elsewhere: what was cut off after it is missed by nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The number of the last entry; 0 when there is none.
    pub serial: i64,
    /// Its hash.
    pub hash: Hash,
}

impl Checkpoint {
    /// Before the first entry.
    pub const BEGIN: Checkpoint = Checkpoint { serial: 0, hash: BEGIN };

    /// What is shown of it: the id of the entry and 64 hexadecimal digits.
    pub fn write(&self, codes: &Codes) -> String {
        format!("{}:{}", codes.write(EntryId::new(self.serial)), secret::hex(&self.hash))
    }

    /// Reads what was shown of one.
    ///
    /// # Errors
    /// `access.checkpoint`.
    pub fn parse(text: &str, codes: &Codes) -> Result<Checkpoint> {
        let read = || {
            let (entry, hash) = text.trim().split_once(':')?;
            let entry: EntryId = codes.read(entry).ok()?;
            let digits = |n: usize| u8::from_str_radix(hash.get(2 * n..2 * n + 2)?, 16).ok();
            let bytes = (0..32).map(digits).collect::<Option<Vec<_>>>()?;
            let whole = hash.len() == 64;
            Some(Checkpoint { serial: entry.0, hash: bytes.try_into().ok().filter(|_| whole)? })
        };
        read().ok_or_else(|| {
            Problem::invalid(
                "checkpoint",
                "access.checkpoint",
                say!("{text:?} is not a checkpoint; copy one from an earlier `mainstay audit verify`"),
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkpoint_reads_back() {
        let point = Checkpoint { serial: 17, hash: secret::digest("any", "thing") };
        let codes = Codes::new("k3G7QAe51FCsPW92uEOyq4Bg6Sp8YzVTmnU0liwDdHXLajZrfxNhobJIRcMvKt").unwrap();
        let text = point.write(&codes);
        assert!(text.starts_with("aud_"), "{text}");
        assert_eq!(Checkpoint::parse(&text, &codes).unwrap(), point);
        for wrong in ["", "17", "17:ab", &format!("{text}0"), &format!("x{text}")] {
            assert_eq!(Checkpoint::parse(wrong, &codes).unwrap_err().code, "access.checkpoint");
        }
    }
}
