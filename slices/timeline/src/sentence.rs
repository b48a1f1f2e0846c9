//! How facts read in a history: each slice owns the sentences of the facts it writes.

use std::sync::OnceLock;

use crate::Entry;

/// The sentence of one kind of fact.
pub struct Sentence {
    /// The kind of fact, as in [`crate::Fact::kind`].
    pub kind: &'static str,
    /// How it reads, without its date.
    pub say: fn(&Entry) -> String,
}

static SENTENCES: OnceLock<Vec<&'static Sentence>> = OnceLock::new();

/// Collects the sentences of all slices; called once, when the house opens. A second call changes nothing.
pub fn collect(sentences: Vec<&'static Sentence>) {
    let _ = SENTENCES.set(sentences);
}

/// How a fact reads, by the sentence of the slice that writes its kind; a kind without one is named plainly.
pub fn say(entry: &Entry) -> String {
    let kind = entry.fact.kind();
    let known = SENTENCES.get().into_iter().flatten();
    match known.into_iter().find(|sentence| sentence.kind == kind) {
        Some(sentence) => (sentence.say)(entry),
        None => capital(&speech::word!(kind.replace('_', " "))),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
