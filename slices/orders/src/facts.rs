//! What orders tell the timeline, and how it reads there.

use kernel::Money;
use speech::say;
use timeline::{
    Entry, Fact, Sentence,
    fact::{Offer, Purchase, Refund},
};

use crate::order::{Terms, Totals};

/// The sentences of the facts that orders write.
pub const SENTENCES: &[Sentence] =
    &[Sentence { kind: "order", say: ordered }, Sentence { kind: "refund", say: refunded }];

/// The fact of what was bought.
pub fn order(terms: &Terms, totals: &Totals) -> Fact {
    Fact::Order(Purchase {
        amount: totals.sales(),
        offer: terms.offer,
        channel: terms.channel,
        ..Purchase::default()
    })
}

/// The fact of what went back, naming the purchase when it stands in the same order.
pub fn refund(totals: &Totals, of: Option<timeline::FactId>) -> Fact {
    Fact::Refund(Refund { amount: totals.cancelled, of, reason: None })
}

fn ordered(entry: &Entry) -> String {
    let Fact::Order(order) = &entry.fact else { return String::new() };
    let what = match order.offer {
        Some(Offer::Goods) => say!("Ordered goods"),
        Some(Offer::GenericService) => say!("Ordered a service"),
        Some(Offer::Subscription) => say!("Ordered a subscription"),
        Some(Offer::Cover) => say!("Took out cover"),
        Some(Offer::ManagedService) => say!("Ordered a managed service"),
        Some(Offer::ProfessionalService) => say!("Ordered professional service"),
        Some(Offer::Advice) => say!("Ordered advice"),
        None => say!("Ordered"),
    };
    format!("{what}{}", money(entry, order.amount))
}

fn refunded(entry: &Entry) -> String {
    let Fact::Refund(refund) = &entry.fact else { return String::new() };
    format!("{}{}", say!("Got money back"), money(entry, refund.amount))
}

fn money(entry: &Entry, amount: i64) -> String {
    entry
        .currency
        .map(|currency| format!(", {}", speech::money(Money::new(amount, currency))))
        .unwrap_or_default()
}
