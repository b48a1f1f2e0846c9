//! Delimiters: those that are said, those of several characters and the marks that end records, found by how regularly they
//! stand there.

use serde::{Deserialize, Serialize};

use crate::dialect::ONE_COLUMN;

/// What a person says that stands between two cells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Delimiter(String);

/// Delimiters that have a word; the last says that there is none.
const WORDS: [(&str, &str); 5] =
    [("comma", ","), ("semicolon", ";"), ("tab", "\t"), ("pipe", "|"), ("one column", ONE_COLUMN)];

/// The longest has so many characters.
const LONGEST: usize = 3;

impl Delimiter {
    /// What stands in the file.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Delimiter {
    type Error = String;

    fn try_from(word: String) -> Result<Delimiter, String> {
        let word = if word == "\\t" { "tab" } else { word.as_str() };
        let known = WORDS.iter().find(|(name, _)| word.trim().eq_ignore_ascii_case(name));
        let text = known.map_or(word, |(_, delimiter)| *delimiter);
        let fits = (1..=LONGEST).contains(&text.chars().count()) && !text.contains(['"', '\n', '\r', '\0']);
        fits.then(|| Delimiter(text.to_owned())).ok_or_else(|| {
            speech::say!(
                "{word:?} cannot stand between cells; write comma, semicolon, tab, pipe, one column, or the character itself"
            )
        })
    }
}

impl From<Delimiter> for String {
    fn from(delimiter: Delimiter) -> String {
        let word = WORDS.iter().find(|(_, text)| *text == delimiter.0 && text.contains(char::is_control));
        word.map_or(delimiter.0, |(word, _)| (*word).to_owned())
    }
}

/// How many lines are looked at.
const LINES: usize = 400;

/// A delimiter of two characters, such as `+|`: a usual delimiter that nearly always follows the same mark.
pub(crate) fn long_delimiter(text: &str) -> Option<String> {
    for last in ['|', ';', '%', ','] {
        let mut before = std::collections::BTreeMap::new();
        let mut all = 0usize;
        for (at, _) in text.match_indices(last) {
            all += 1;
            let mark = text[..at].chars().next_back().filter(|mark| "+~^#&$@*!:=|".contains(*mark));
            *before.entry(mark).or_insert(0usize) += 1;
        }
        let most = before.into_iter().filter_map(|(mark, count)| mark.map(|mark| (count, mark))).max();
        if let Some((count, mark)) = most
            && mark != last
            && 10 * count >= 6 * all
            && count >= text.lines().count().min(2)
        {
            return Some(format!("{mark}{last}"));
        }
    }
    None
}

/// Two marks that end nearly every line, such as `&|` or `[]`.
pub(crate) fn record_end(text: &str, delimiter: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).take(LINES).collect();
    let end = |line: &str| line.char_indices().nth_back(1).map(|(at, _)| line[at..].to_owned());
    let mut ends = lines.iter().filter_map(|line| end(line));
    let first = ends.next()?;
    let marks = first.chars().all(|mark| "&|[]~^#$@*!+".contains(mark)) && first != delimiter;
    let same = lines.iter().filter(|line| line.ends_with(&first)).count();
    let several = first != "||" && lines.len() >= 2;
    (marks && several && 10 * same >= 8 * lines.len()).then_some(first)
}
