//! A version of a record: a mark for each of its fields, by which a later change tells which of them are others now.

use crate::{Problem, Result, voice::said};

/// Letters of the mark of one field.
const LETTERS: usize = 5;
/// The letters of marks: none that is read for another.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// What the fields of a record were when somebody read it, in the order of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version(String);

/// How a field comes out that two sides may have changed since one of them read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Both want the same.
    Same,
    /// Only I changed it: it becomes mine.
    Mine,
    /// Only they changed it: it stays theirs.
    Theirs,
    /// Both changed it, each to something else: somebody has to say.
    Differs,
}

impl Outcome {
    /// Of a field as it was, as it is, and as I want it.
    pub fn of(was: &str, theirs: &str, mine: &str) -> Outcome {
        Outcome::told(theirs == mine, was == theirs, was == mine)
    }

    fn told(agreed: bool, theirs_untouched: bool, mine_untouched: bool) -> Outcome {
        match (agreed, theirs_untouched, mine_untouched) {
            (true, ..) => Outcome::Same,
            (false, true, _) => Outcome::Mine,
            (false, false, true) => Outcome::Theirs,
            (false, false, false) => Outcome::Differs,
        }
    }
}

impl Version {
    /// The version of a record with these fields.
    pub fn of<'v>(fields: impl IntoIterator<Item = &'v str>) -> Version {
        Version(fields.into_iter().map(mark).collect())
    }

    /// A version as it was written, of a record with so many fields.
    ///
    /// # Errors
    /// `version.unknown` for a text that is none.
    pub fn read(text: &str, fields: usize) -> Result<Version> {
        let known = text.bytes().all(|letter| ALPHABET.contains(&letter));
        if !known || text.len() != fields * LETTERS {
            let text = said(
                "{text} is no version of this; give the one that was shown with what you read",
                &[("text", format_args!("{text:?}"))],
            );
            return Err(Problem::invalid("expected", "version.unknown", text));
        }
        Ok(Version(text.to_owned()))
    }

    /// As it is written outside.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the field at this place was that.
    pub fn holds(&self, at: usize, value: &str) -> bool {
        self.0.get(at * LETTERS..(at + 1) * LETTERS) == Some(mark(value).as_str())
    }

    /// How the field at this place comes out, which was as this version says.
    pub fn outcome(&self, at: usize, theirs: &str, mine: &str) -> Outcome {
        Outcome::told(theirs == mine, self.holds(at, theirs), self.holds(at, mine))
    }
}

/// FNV-1a, stirred once more so that the letters that are kept depend on all of it.
fn mark(value: &str) -> String {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
    let hash = value.as_bytes().iter().fold(0xCBF2_9CE4_8422_2325, step);
    let mut rest = (hash ^ (hash >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD) >> 24;
    let letter = |_| {
        let letter = ALPHABET[usize::from((rest % 32) as u8)];
        rest /= 32;
        char::from(letter)
    };
    (0..LETTERS).map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_comes_out_as_the_side_wants_it_that_changed_it() {
        for (was, theirs, mine, outcome) in [
            ("a", "a", "a", Outcome::Same),
            ("a", "b", "b", Outcome::Same),
            ("a", "a", "b", Outcome::Mine),
            ("a", "a", "", Outcome::Mine),
            ("a", "b", "a", Outcome::Theirs),
            ("", "b", "", Outcome::Theirs),
            ("a", "b", "c", Outcome::Differs),
            ("a", "", "c", Outcome::Differs),
        ] {
            assert_eq!(Outcome::of(was, theirs, mine), outcome, "{was:?} {theirs:?} {mine:?}");
            let version = Version::of(["x", was]);
            assert_eq!(version.outcome(1, theirs, mine), outcome, "by mark: {was:?} {theirs:?} {mine:?}");
        }
    }

    #[test]
    fn a_version_knows_its_fields_and_says_when_it_is_of_another_record() {
        let version = Version::of(["Osterlund Marine", "", "a@example.com"]);
        let read = Version::read(version.as_str(), 3).unwrap();
        assert_eq!(read, version);
        assert!(read.holds(0, "Osterlund Marine") && read.holds(1, "") && !read.holds(2, "b@example.com"));
        assert!(!read.holds(3, ""), "there is no such field");
        for wrong in
            ["", "x", &version.as_str()[1..], &version.as_str().replace(version.as_str(), "UUUUUUUUUUUUUUU")]
        {
            assert_eq!(Version::read(wrong, 3).unwrap_err().code, "version.unknown", "{wrong:?}");
        }
    }

    #[test]
    fn marks_of_short_texts_differ() {
        let texts: Vec<String> = (0..2000).map(|n| n.to_string()).collect();
        let marks: std::collections::BTreeSet<String> = texts.iter().map(|text| mark(text)).collect();
        assert_eq!(marks.len(), texts.len());
    }
}
