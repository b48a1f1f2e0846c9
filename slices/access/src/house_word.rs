//! What this house calls a party, a client, a customer: shown in the place of our words, stored nowhere else.

use kernel::{Problem, Result};
use speech::{DisplayWord, Language, say};

/// Longest word, in characters.
pub const LONGEST: usize = 40;

/// A word of ours that a house may call otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Word {
    /// Whoever is dealt with: a person, a household, a firm.
    Party,
    /// Somebody who stays.
    Client,
    /// Somebody who comes for a moment.
    Customer,
}

impl Word {
    /// All of them.
    pub const ALL: [Word; 3] = [Word::Party, Word::Client, Word::Customer];

    /// As it is stored and written outside.
    pub const fn as_str(self) -> &'static str {
        match self {
            Word::Party => "party",
            Word::Client => "client",
            Word::Customer => "customer",
        }
    }

    /// For one and for several, in a language.
    pub const fn ours(self, language: Language) -> (&'static str, &'static str) {
        match (language, self) {
            (Language::English, Word::Party) => ("party", "parties"),
            (Language::English, Word::Client) => ("client", "clients"),
            (Language::English, Word::Customer) => ("customer", "customers"),
            (Language::German, Word::Party) => ("Partei", "Parteien"),
            (Language::German, Word::Client) => ("Klient", "Klienten"),
            (Language::German, Word::Customer) => ("Kunde", "Kunden"),
        }
    }
}

/// What a house says instead of one of our words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseWord {
    /// In which language.
    pub language: Language,
    /// Our word.
    pub word: Word,
    /// Theirs for one.
    pub one: String,
    /// Theirs for several.
    pub many: String,
}

impl HouseWord {
    /// Our own.
    pub fn ours(language: Language, word: Word) -> HouseWord {
        let (one, many) = word.ours(language);
        HouseWord { language, word, one: one.to_owned(), many: many.to_owned() }
    }

    /// Whether one could be taken for the other.
    pub fn is_like(&self, other: &HouseWord) -> bool {
        let names = |word: &HouseWord| [word.one.to_lowercase(), word.many.to_lowercase()];
        names(self).iter().any(|name| names(other).contains(name))
    }

    /// As texts take it.
    pub fn shown(&self) -> DisplayWord {
        let (our_one, our_many) = self.word.ours(self.language);
        DisplayWord {
            our_one: our_one.to_owned(),
            our_many: our_many.to_owned(),
            one: self.one.clone(),
            many: self.many.clone(),
        }
    }
}

/// Reads the language of a house's word or of a person.
///
/// # Errors
/// `access.language`.
pub fn language(text: &str) -> Result<Language> {
    Language::parse(text).ok_or_else(|| {
        let known = Language::ALL.map(Language::code).join(", ");
        let why = say!("{text:?} is no language that is spoken here; choose one of {known}");
        Problem::invalid("language", "access.language", why)
    })
}

/// Reads one of our words.
///
/// # Errors
/// `access.house_word`.
pub fn word(text: &str) -> Result<Word> {
    Word::ALL.into_iter().find(|word| word.as_str() == text).ok_or_else(|| {
        let known = Word::ALL.map(Word::as_str).join(", ");
        let why = say!("{text:?} is no word that a house can call otherwise; choose one of {known}");
        Problem::invalid("word", "access.house_word", why)
    })
}

/// Reads what a house says: letters, with spaces, hyphens and apostrophes between them; blank for our own word.
///
/// # Errors
/// `access.house_word`.
pub fn theirs(field: &'static str, text: &str) -> Result<String> {
    let word = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_part = |letter: char| letter.is_alphabetic() || matches!(letter, ' ' | '-' | '\'' | '’');
    if LONGEST < word.chars().count() || !word.chars().all(is_part) {
        let why = say!("{text:?} is no word: letters, spaces and hyphens, at most {LONGEST} of them");
        return Err(Problem::invalid(field, "access.house_word", why));
    }
    Ok(word)
}
