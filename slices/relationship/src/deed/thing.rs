//! Things that may happen to a relationship in a day, as facts and in words.

use kernel::{Day, Money};
use speech::say;
use timeline::{
    Entry, Fact, FactId,
    fact::{
        Assignment, AssignmentRole, Basis, Channel, Contact, Contract, ContractEnd, EndReason, Feedback,
        Form, Goal, Offer, Purchase, Side, Wallet, WalletSource,
    },
};

use crate::{DimensionName, History, dimensions::serving, phrase};

/// What some facts are in words.
type Words = dyn Fn(&[Fact]) -> String;

/// One thing that may happen.
pub(super) struct Thing {
    /// In words, for those facts of it.
    pub(super) said: Box<Words>,
    /// What is recorded.
    facts: Vec<Fact>,
    pub(super) how: How,
}

/// How much of a thing may happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// All of it, or nothing.
    Whole,
    /// Several times on the same day, counting each time.
    Again,
    /// Each of its facts by itself.
    Apart,
}

impl Thing {
    fn once(said: impl Into<String>, facts: Vec<Fact>) -> Thing {
        let said = said.into();
        Thing { said: Box::new(move |_| said.clone()), facts, how: How::Whole }
    }

    fn times(said: impl Fn(i64) -> String + 'static, fact: Fact) -> Thing {
        let said = move |facts: &[Fact]| said(i64::try_from(facts.len()).unwrap_or(i64::MAX));
        Thing { said: Box::new(said), facts: vec![fact], how: How::Again }
    }

    pub(super) fn so_often(&self, n: usize) -> Vec<Fact> {
        std::iter::repeat_n(&self.facts, n).flatten().cloned().collect()
    }

    /// What is left of some of it with one less; each way where its facts stand apart.
    pub(super) fn less(&self, facts: &[Fact]) -> Vec<Vec<Fact>> {
        let without = |at: usize| [&facts[..at], &facts[at + 1..]].concat();
        match self.how {
            _ if facts.is_empty() => Vec::new(),
            How::Whole => vec![Vec::new()],
            How::Again => vec![without(0)],
            How::Apart => (0..facts.len()).map(without).collect(),
        }
    }
}

/// What may make a client of a customer.
pub(super) fn to_client(history: &History<'_>, entries: &[Entry]) -> Vec<Thing> {
    let applies = |name| history.policy().applies(name);
    let mut things = Vec::new();
    if applies(DimensionName::Contract) {
        let signed = Contract {
            form: Some(Form::Individual),
            fees: true,
            scope: true,
            withdrawal: true,
            term: true,
            ..Contract::default()
        };
        let said =
            say!("a contract agreed with them individually, which states fees, scope, withdrawal and term");
        things.push(Thing::once(said, vec![Fact::Contract(signed)]));
    }
    if applies(DimensionName::NamedPerson) {
        things.push(somebody(history));
    }
    let contact = |started_by, topic: &str| {
        Fact::Conversation(Contact { started_by, topic: Some(topic.to_owned()), ..Contact::default() })
    };
    things.push(Thing::times(
        |n| phrase::plural(n, "request of theirs for advice", "requests of theirs for advice"),
        contact(Side::Them, "advice"),
    ));
    things.extend(bought(history, entries, Offer::ProfessionalService));
    things.push(Thing::times(
        |n| phrase::plural(n, "referral of theirs", "referrals of theirs"),
        Fact::Referral,
    ));
    things.push(Thing::times(
        |n| phrase::plural(n, "goal that they tell us", "goals that they tell us"),
        Fact::Goal(Goal::default()),
    ));
    let words = Fact::Feedback(Feedback { form: Some("words".to_owned()) });
    things.push(Thing::times(
        |n| phrase::plural(n, "feedback of theirs in words", "feedbacks of theirs in words"),
        words,
    ));
    let sole = Wallet { sole: true, source: Some(WalletSource::Stated), ..Wallet::default() };
    things.push(Thing::once(say!("their word that nobody else serves them"), vec![Fact::Wallet(sole)]));
    let reasons = vec!["reputation".to_owned(), "advice".to_owned()];
    let said = say!("their word that they chose us for reputation and advice");
    things.push(Thing::once(said, vec![Fact::Basis(Basis { reasons })]));
    things
}

/// A person by name who acts for them: the one who is there, or somebody.
fn somebody(history: &History<'_>) -> Thing {
    let known = serving(history).map(|(person, ..)| person.to_owned());
    let person = known.clone().unwrap_or_else(|| "somebody".to_owned());
    let review = Contact {
        started_by: Side::Us,
        topic: Some("review".to_owned()),
        person: Some(person.clone()),
        ..Contact::default()
    };
    let named = Assignment { person: person.clone(), role: AssignmentRole::Named, until: None };
    let facts = vec![Fact::Assignment(named), Fact::Meeting(review)];
    match known {
        Some(_) => Thing::once(say!("{person} answering for them by name, and a review with them"), facts),
        None => Thing::once(say!("somebody who answers for them by name, and a review with them"), facts),
    }
}

/// What may make a customer of a client.
pub(super) fn to_customer(history: &History<'_>, entries: &[Entry]) -> Vec<Thing> {
    let mut things = Vec::new();
    let held: Vec<_> = history.in_force().map(|one| (one.id, one.signed)).collect();
    let ends = |(id, _): &(FactId, Day)| {
        Fact::ContractEnd(ContractEnd { contract: *id, reason: Some(EndReason::Completed) })
    };
    if !held.is_empty() {
        let facts = held.iter().map(ends).collect();
        let said = move |facts: &[Fact]| {
            let of = |fact: &Fact| match fact {
                Fact::ContractEnd(end) => {
                    held.iter().find(|(id, _)| *id == end.contract).map(|(_, day)| *day)
                }
                _ => None,
            };
            let days: Vec<String> = facts.iter().filter_map(of).map(phrase::day).collect();
            let list = phrase::list(&days);
            say!("the contract of {list} completed" | "the contracts of {list} completed" % days.len())
        };
        things.push(Thing { said: Box::new(said), facts, how: How::Apart });
    }
    let fault = Contact { topic: Some("technical".to_owned()), ..Contact::default() };
    things.push(Thing::times(
        |n| phrase::plural(n, "request of theirs about a fault", "requests of theirs about faults"),
        Fact::Conversation(fault),
    ));
    things.extend(bought(history, entries, Offer::Goods));
    let little = Wallet { share: Some(100), source: Some(WalletSource::Stated), ..Wallet::default() };
    things
        .push(Thing::once(say!("their word that we meet a tenth of their need"), vec![Fact::Wallet(little)]));
    let reasons = vec!["price".to_owned()];
    let said = say!("their word that they chose us for the price");
    things.push(Thing::once(said, vec![Fact::Basis(Basis { reasons })]));
    things
}

/// Purchases of that kind, each for what they mostly pay.
fn bought(history: &History<'_>, entries: &[Entry], offer: Offer) -> Option<Thing> {
    if history.mixed_currencies().is_some() {
        return None;
    }
    let mut paid: Vec<i64> = history.kept().map(|one| one.net).collect();
    paid.sort_unstable();
    let amount = paid.get(paid.len() / 2).copied().unwrap_or(1_000_000);
    let channel = if offer == Offer::Goods { Some(Channel::Online) } else { None };
    let fact = Fact::Order(Purchase { amount, offer: Some(offer), channel, ..Purchase::default() });
    let currency = entries.iter().rev().find_map(|entry| entry.currency);
    let each = currency.map(|currency| speech::money(Money::new(amount, currency)));
    let said = move |n: i64| {
        let bought = match offer {
            Offer::Goods => say!("{n} purchase of goods" | "{n} purchases of goods" % n),
            _ => say!("{n} purchase of professional service" | "{n} purchases of professional service" % n),
        };
        match &each {
            None => bought,
            Some(amount) => say!("{bought} for {amount}" | "{bought} for {amount} each" % n),
        }
    };
    Some(Thing::times(said, fact))
}
