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
    let topic = contact.topic.as_deref().unwrap_or_default().to_lowercase();
    let mut words = topic.split(|letter: char| !letter.is_alphanumeric());
    words.any(|word| SENT.contains(&word) || word.strip_suffix('s').is_some_and(|one| SENT.contains(&one)))
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
    contact.started_by == Side::Us && contact.held && is_one_of(contact, &CARE)
}

/// Talk to sell.
pub(crate) fn is_selling(contact: &Contact) -> bool {
    is_one_of(contact, &SELLING)
}

/// A step of a sale.
pub(crate) fn is_sales(contact: &Contact) -> bool {
    is_one_of(contact, &["sales"])
}
