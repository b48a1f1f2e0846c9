//! How facts read in a history: each slice owns the sentences of the facts it writes.

use crate::Entry;

/// The sentence of one kind of fact.
pub struct Sentence {
    /// The kind of fact, as in [`crate::Fact::kind`].
    pub kind: &'static str,
    /// How it reads, without its date.
    pub say: fn(&Entry) -> String,
}

/// How a fact reads, by the sentences given; a kind without one is named plainly.
pub fn say(sentences: &[&Sentence], entry: &Entry) -> String {
    let kind = entry.fact.kind();
    match sentences.iter().find(|sentence| sentence.kind == kind) {
        Some(sentence) => (sentence.say)(entry),
        None => capital(&kind.replace('_', " ")),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
