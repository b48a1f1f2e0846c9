//! Whether a name is that of a person, an organization or a household: a rule that says why, or that it cannot tell.
//!
//! The rule and how often it is right: docs/methods/person-or-organization.md.

mod words;

use speech::say;

use self::words::{LEGAL, SUFFIXES, TITLES, TRADE};
use crate::{email, party_kind::PartyKind};

/// What a name looks like, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The kind of party.
    pub kind: PartyKind,
    /// Why, as a fragment of a sentence.
    pub why: String,
}

/// What the name of a party looks like; none where it may be anything, such as a single word. An email address at a
/// mailbox of many, such as info@, speaks for an organization where the name says nothing.
pub fn guess(name: &str, address: &str) -> Option<Guess> {
    by_name(name).or_else(|| by_address(address))
}

/// Mailboxes that belong to nobody in particular.
const SHARED: &[&str] =
    &["accounts", "admin", "billing", "contact", "hello", "info", "office", "sales", "support"];

fn by_address(address: &str) -> Option<Guess> {
    let key = email::key(address)?;
    let mailbox = key.split('@').next().filter(|mailbox| SHARED.contains(mailbox))?;
    Some(said(PartyKind::Organization, say!("its address is {mailbox}@, a mailbox of many")))
}

fn by_name(name: &str) -> Option<Guess> {
    let lower = name.to_lowercase();
    let words: Vec<String> =
        lower.split([' ', ',', '\t']).map(plain).filter(|word| !word.is_empty()).collect();
    let (first, last) = (words.first()?.as_str(), words.last()?.as_str());
    let is_one = words.len() == 1;
    let has = |list: &[&str], word: &str| list.binary_search(&word).is_ok();
    let is_sure =
        |word: &&String| ["corp", "gmbh", "inc", "llc", "llp", "ltd", "plc", "pllc"].contains(&word.as_str());
    if let Some(couple) = couple(&lower, &words) {
        return Some(couple);
    }
    let named = |why: String| Some(said(PartyKind::Organization, why));
    if lower.contains("d/b/a") || words.iter().any(|word| word == "dba") {
        return named(say!("it does business under another name (d/b/a)").into());
    }
    if !is_one && has(LEGAL, last) {
        return named(say!("it ends in the legal form {last}"));
    }
    if let Some(form) = words.iter().find(is_sure) {
        return named(say!("it names the legal form {form}"));
    }
    if !is_one && has(TITLES, first) {
        return Some(said(PartyKind::Person, say!("it begins with the title {first}")));
    }
    if let Some(word) = words.iter().find(|word| has(TRADE, word)) {
        return named(say!("people are not called {word}"));
    }
    if name.chars().any(|c| c.is_ascii_digit()) {
        return named(say!("it has digits in it").into());
    }
    if !is_one && has(SUFFIXES, last) {
        return Some(said(PartyKind::Person, say!("it ends in {last}")));
    }
    by_shape(name, &lower, &words)
}

/// What the shape of a name says where its words say nothing.
fn by_shape(name: &str, lower: &str, words: &[String]) -> Option<Guess> {
    let commas = name.matches(',').count();
    if commas == 1 && 1 < words.len() && words.len() <= 5 && !name.trim_end().ends_with(',') {
        return Some(said(PartyKind::Person, say!("it is written as last name, first name").into()));
    }
    if lower.contains('&') || words.iter().any(|word| word == "and") {
        return Some(said(PartyKind::Organization, say!("it joins names with \u{201c}and\u{201d}").into()));
    }
    if name.contains(['!', '@', '#', '+', '/', '*']) || lower.contains("'s") {
        return Some(said(
            PartyKind::Organization,
            say!("it has signs in it that names of people have not").into(),
        ));
    }
    let is_letters = |word: &String| word.chars().all(char::is_alphabetic);
    if (2..=4).contains(&words.len()) && words.iter().any(|word| word.chars().count() == 1) {
        return Some(said(PartyKind::Person, say!("it has an initial in it").into()));
    }
    if (2..=3).contains(&words.len()) && words.iter().all(is_letters) {
        let why = match words.len() {
            2 => say!("it is two plain words, none of a trade"),
            _ => say!("it is three plain words, none of a trade"),
        };
        return Some(said(PartyKind::Person, why.into()));
    }
    (5 <= words.len())
        .then(|| said(PartyKind::Organization, say!("it has more words than names of people have").into()))
}

/// Two people in one name: they are a household, and stay two people.
fn couple(lower: &str, words: &[String]) -> Option<Guess> {
    let joined = |word: &str| ["and", "&"].contains(&word);
    let titled = |word: &str| ["mr", "mrs", "ms", "dr"].contains(&word);
    let is_couple = words.windows(3).any(|three| titled(&three[0]) && joined(&three[1]) && titled(&three[2]));
    if is_couple {
        return Some(said(PartyKind::Household, say!("it names a couple").into()));
    }
    let is_alone = |word: &String| TRADE.binary_search(&word.as_str()).is_err() && 1 < word.chars().count();
    if lower.ends_with(" household") || lower.starts_with("household ") {
        return Some(said(PartyKind::Household, say!("it calls itself a household").into()));
    }
    let at = words.iter().position(|word| joined(word))?;
    let (one, two) = (&words[..at], &words[at + 1..]);
    let is_names = one.iter().chain(two).all(|word| is_alone(word) && word.chars().all(char::is_alphabetic));
    let is_no_form = two.last().is_some_and(|word| LEGAL.binary_search(&word.as_str()).is_err());
    let shape = (one.len() == 1 && two.len() == 2) || (one.len() == 2 && two.len() == 2);
    (shape && is_names && is_no_form)
        .then(|| said(PartyKind::Household, say!("it gives two first names and one last name").into()))
}

/// A word in small letters, without the signs around and within it.
fn plain(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric() || *c == '&').collect()
}

fn said(kind: PartyKind, why: String) -> Guess {
    Guess { kind, why }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_kind_of_party_it_is_and_why() {
        let kind = |name: &str| guess(name, "").map(|guess| guess.kind);
        for name in
            ["Osterlund Marine GmbH", "The Rook Bakery", "Wick & Quill, LLC", "Studio 54", "Tom's Tacos"]
        {
            assert_eq!(kind(name), Some(PartyKind::Organization), "{name}");
        }
        for name in ["Ann Wick", "Wick, Ann", "Dr. Ann Wick", "Ann B. Wick", "Tom Rook Jr."] {
            assert_eq!(kind(name), Some(PartyKind::Person), "{name}");
        }
        for name in ["Mr. and Mrs. Tom Rook", "Ann and Tom Wick", "Wick household"] {
            assert_eq!(kind(name), Some(PartyKind::Household), "{name}");
        }
        for name in ["", "Wick", "17850", "---"] {
            assert_ne!(kind(name), Some(PartyKind::Person), "{name}");
        }
        assert_eq!(guess("Wick", "info@wick.example").map(|guess| guess.kind), Some(PartyKind::Organization));
        assert_eq!(guess("Rook & Sons Ltd.", "").unwrap().why, "it ends in the legal form ltd");
    }

    #[test]
    fn the_lists_are_in_order() {
        for list in [LEGAL, TRADE, TITLES, SUFFIXES] {
            assert!(list.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }
}
