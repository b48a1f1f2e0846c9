//! What a house calls a party, a client, a customer.

use std::collections::BTreeMap;

use crate::Language;

/// One of our words, and what a house says instead, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisplayWord {
    /// Our word for one: `client`.
    pub our_one: String,
    /// Our word for several: `clients`.
    pub our_many: String,
    /// Theirs for one: `member`.
    pub one: String,
    /// Theirs for several: `members`.
    pub many: String,
}

/// What a house calls things, by language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DisplayWords(pub BTreeMap<Language, Vec<DisplayWord>>);

impl DisplayWords {
    /// The words in one language.
    pub(crate) fn of(&self, language: Language) -> &[DisplayWord] {
        self.0.get(&language).map_or(&[], Vec::as_slice)
    }
}

/// A text with the house's words in the place of ours: whole words only, a capital stays a capital, and in English an article
/// follows the sound of what it stands before.
pub(crate) fn replaced(words: &[DisplayWord], language: Language, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let is_letter = rest.starts_with(char::is_alphanumeric);
        let end = rest.find(|letter: char| letter.is_alphanumeric() != is_letter).unwrap_or(rest.len());
        let (token, after) = rest.split_at(end);
        match words.iter().find_map(|word| word.instead_of(token)) {
            Some(theirs) => {
                if language == Language::English {
                    follow(&mut out, &theirs);
                }
                out.push_str(&theirs);
            }
            None => out.push_str(token),
        }
        rest = after;
    }
    out
}

impl DisplayWord {
    fn instead_of(&self, token: &str) -> Option<String> {
        let pairs = [(&self.our_one, &self.one), (&self.our_many, &self.many)];
        let (ours, theirs) =
            pairs.into_iter().find(|(ours, _)| ours.to_lowercase() == token.to_lowercase())?;
        let is_capital = |word: &str| word.starts_with(char::is_uppercase);
        Some(match is_capital(token) && !is_capital(ours) {
            true => capital(theirs),
            false => theirs.clone(),
        })
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `a` or `an` at the end of what was said before, as the next word asks.
fn follow(before: &mut String, next: &str) {
    let sounds = next.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']);
    for (now, other) in
        [(" a ", " an "), (" an ", " a "), ("A ", "An "), ("An ", "A "), ("a ", "an "), ("an ", "a ")]
    {
        let whole = now.starts_with(' ') || before.len() == now.len();
        if whole && before.ends_with(now) && sounds == other.trim().ends_with('n') {
            before.truncate(before.len() - now.len());
            before.push_str(other);
            return;
        }
    }
}
