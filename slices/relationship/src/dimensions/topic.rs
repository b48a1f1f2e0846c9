//! What contacts are about, and which topics count where (policy.md §3).

use timeline::{
    Fact,
    fact::{Contact, Side},
};

use crate::history::Seen;

/// They learn from us.
const ADVICE: [&str; 4] = ["advice", "consultation", "planning", "learning"];
/// They want something done or mended.
const TRANSACTION: [&str; 6] = ["refund", "exchange", "order_status", "complaint", "technical", "billing"];
/// Care, when we start it.
const CARE: [&str; 6] = ["review", "planning", "advice", "consultation", "check_in", "training"];
/// What we send or give by ourselves; no talk, whoever is said to have been there. Each says so wherever it stands in a topic.
const SENT: [&str; 19] = [
    "marketing",
    "newsletter",
    "delivery",
    "notice",
    "dunning",
    "gift",
    "greeting",
    "campaign",
    "promotion",
    "promo",
    "advertising",
    "advert",
    "ad",
    "survey",
    "questionnaire",
    "invitation",
    "mailing",
    "card",
    "reminder",
];
/// Of these, what a transaction, a contract or a law brings with it: it goes out whatever they want otherwise.
const OWED: [&str; 4] = ["delivery", "notice", "dunning", "reminder"];
/// Counts for no care.
const SELLING: [&str; 2] = ["sales", "marketing"];

/// The conversation or meeting of a fact.
pub(crate) fn contact<'a>(seen: &Seen<'a>) -> Option<&'a Contact> {
    match &seen.entry.fact {
        Fact::Conversation(contact) | Fact::Meeting(contact) => Some(contact),
        _ => None,
    }
}

fn is_one_of(contact: &Contact, words: &[&str]) -> bool {
    contact
        .topic
        .as_deref()
        .is_some_and(|topic| words.iter().any(|word| topic.trim().eq_ignore_ascii_case(word)))
}

/// One of the words of the topic says that it was sent: "Spring campaign", "christmas cards".
fn is_sent(contact: &Contact) -> bool {
    says(contact, |word| SENT.contains(&word))
}

/// Whether one of the words of the topic, or the one of which it is the plural, is meant.
fn says(contact: &Contact, meant: impl Fn(&str) -> bool) -> bool {
    let topic = contact.topic.as_deref().unwrap_or_default().to_lowercase();
    let mut words = topic.split(|letter: char| !letter.is_alphanumeric());
    words.any(|word| meant(word) || word.strip_suffix('s').is_some_and(&meant))
}

/// We did it alone: tried and not answered, waited for and not met, or sent. It says nothing about them (decision 18).
pub(crate) fn is_ours_alone(fact: &Fact) -> bool {
    let (Fact::Conversation(one) | Fact::Meeting(one)) = fact else { return false };
    one.started_by == Side::Us && (!one.held || is_sent(one))
}

/// They asked for advice.
pub(crate) fn is_advice(contact: &Contact) -> bool {
    contact.started_by == Side::Them && is_one_of(contact, &ADVICE)
}

/// They asked for something to be done.
pub(crate) fn is_transaction(contact: &Contact) -> bool {
    contact.started_by == Side::Them && is_one_of(contact, &TRANSACTION)
}

/// We cared for them, and they took part.
pub(crate) fn is_care(contact: &Contact) -> bool {
    contact.held && is_caring(contact)
}

/// We began it to care, to sell or to be remembered, answered or not: nothing of it is owed. A topic of another word, or
/// none, may be something owed.
pub(crate) fn is_unasked(contact: &Contact) -> bool {
    let sent = |word: &str| SENT.contains(&word) && !OWED.contains(&word);
    contact.started_by == Side::Us && (is_caring(contact) || is_selling(contact) || says(contact, sent))
}

/// About what would be care if both sides took part.
pub(crate) fn is_caring(contact: &Contact) -> bool {
    contact.started_by == Side::Us && is_one_of(contact, &CARE)
}

/// Talk to sell.
pub(crate) fn is_selling(contact: &Contact) -> bool {
    is_one_of(contact, &SELLING)
}

/// A step of a sale.
pub(crate) fn is_sales(contact: &Contact) -> bool {
    is_one_of(contact, &["sales"])
}
