//! What would turn it: the least that could be recorded today for a customer to be a client, or the other way round.
//!
//! Nothing is supposed of a single number: the facts are put beside those on record, and the relationship is decided anew,
//! so that a purchase counts for continuity, breadth and tenure, too, and only values that facts can take are named.

use kernel::Money;
use timeline::{
    Entry, Fact, FactId,
    fact::{
        Assignment, AssignmentRole, Basis, Channel, Contact, Contract, ContractEnd, EndReason, Feedback,
        Form, Offer, Purchase, Side, Wallet, WalletSource,
    },
};

use crate::{
    Class, Decision, DimensionName, History, Lean, State, Vantage, decide, dimensions::serving, phrase,
    strength,
};

/// The most that is tried of one thing.
const MOST: usize = 12;
/// Ways that are told.
const TOLD: usize = 4;
/// Things that are tried together, where none alone does.
const TOGETHER: usize = 3;
/// So many facts may be read again for it.
const READ_AGAIN: usize = 120_000;

/// Facts that, recorded on the day, would make it of the other class.
#[derive(Clone, Debug, PartialEq)]
pub struct Deed {
    /// Each thing in words: `4 requests of theirs for advice`.
    pub parts: Vec<String>,
    /// The facts.
    pub facts: Vec<Fact>,
    /// What it would be.
    pub class: Class,
    /// The score that it would have, millionths of log-odds.
    pub score: i64,
}

/// One thing that may happen, so many times.
struct Thing {
    /// In words, for so many.
    said: Box<dyn Fn(i64) -> String>,
    /// What is recorded each time.
    facts: Vec<Fact>,
    /// It can happen again on the same day, and count again.
    again: bool,
}

impl Thing {
    fn once(said: impl Into<String>, facts: Vec<Fact>) -> Thing {
        let said = said.into();
        Thing { said: Box::new(move |_| said.clone()), facts, again: false }
    }

    fn times(one: &'static str, many: &'static str, fact: Fact) -> Thing {
        Thing { said: Box::new(move |n| phrase::plural(n, one, many)), facts: vec![fact], again: true }
    }

    fn so_often(&self, n: usize) -> Vec<Fact> {
        std::iter::repeat_n(&self.facts, n).flatten().cloned().collect()
    }
}

/// The least of each kind of thing that would turn it, the fewest facts first; where none alone would, some together.
/// Nothing for one that is neither customer nor client, for one that a change of late keeps as it is whatever happens
/// today, and where so many facts are on record that trying would take long.
pub fn deeds(entries: &[Entry], vantage: &Vantage, decided: &Decision, before: Option<&State>) -> Vec<Deed> {
    if !decided.class().is_judged() {
        return Vec::new();
    }
    let history = History::new(entries, vantage);
    let things = match decided.lean {
        Lean::Client => to_customer(&history, entries),
        _ => to_client(&history, entries),
    };
    let tries = READ_AGAIN / entries.len().max(1);
    let mut trial = Trial { entries, vantage, before, is: decided.class(), left: tries };
    let mut found: Vec<Deed> = things.iter().filter_map(|thing| trial.least(thing)).collect();
    if found.is_empty() {
        found.extend(trial.together(&things, decided.score.unwrap_or(0)));
    }
    found.sort_by_key(|deed| deed.facts.len());
    found.truncate(TOLD);
    found
}

/// The facts on record, beside which others are put.
struct Trial<'t> {
    entries: &'t [Entry],
    vantage: &'t Vantage<'t>,
    before: Option<&'t State>,
    is: Class,
    /// How often it may still be decided anew.
    left: usize,
}

impl Trial<'_> {
    /// What it would be with these; nothing where enough was tried.
    fn decided(&mut self, facts: &[Fact]) -> Option<Decision> {
        self.left = self.left.checked_sub(1)?;
        let all = with(self.entries, self.vantage, facts);
        Some(decide(&History::new(&all, self.vantage), self.before))
    }

    fn turned(&mut self, parts: Vec<String>, facts: Vec<Fact>) -> Option<Deed> {
        let decision = self.decided(&facts)?;
        let class = decision.class();
        let is_turned = class != self.is && class.is_judged();
        is_turned.then(|| Deed { parts, facts, class, score: decision.score.unwrap_or(0) })
    }

    /// The fewest times that one thing would have to happen.
    fn least(&mut self, thing: &Thing) -> Option<Deed> {
        let most = if thing.again { MOST } else { 1 };
        (1..=most).find_map(|n| {
            let times = i64::try_from(n).unwrap_or(i64::MAX);
            self.turned(vec![(thing.said)(times)], thing.so_often(n))
        })
    }

    /// Things that move it most, together: as few as will do.
    fn together(&mut self, things: &[Thing], score: i64) -> Option<Deed> {
        const TIMES: usize = 3;
        let often = |thing: &Thing| if thing.again { TIMES } else { 1 };
        let mut moves: Vec<(i64, &Thing)> = Vec::new();
        for thing in things {
            let with = self.decided(&thing.so_often(often(thing)))?.score;
            moves.push(((with.unwrap_or(score) - score).abs(), thing));
        }
        moves.sort_by_key(|(moved, _)| -moved);
        let (mut parts, mut facts) = (Vec::new(), Vec::new());
        for (_, thing) in moves.into_iter().filter(|(moved, _)| *moved != 0).take(TOGETHER) {
            parts.push((thing.said)(i64::try_from(often(thing)).unwrap_or(1)));
            facts.extend(thing.so_often(often(thing)));
            if let Some(deed) = self.turned(parts.clone(), facts.clone()) {
                return Some(deed);
            }
        }
        None
    }
}

/// The facts with others of the day beside them.
pub(crate) fn with(entries: &[Entry], vantage: &Vantage, facts: &[Fact]) -> Vec<Entry> {
    let mut all = entries.to_vec();
    let Some(like) = entries.first() else { return all };
    let currency = entries.iter().rev().find_map(|entry| entry.currency);
    let occurred = vantage.as_of.moment();
    for (n, fact) in (0i64..).zip(facts) {
        let bears = matches!(fact, Fact::Order(_) | Fact::Refund(_));
        all.push(Entry {
            id: FactId::new(i64::MAX - n),
            occurred,
            recorded_at: occurred.micros,
            currency: currency.filter(|_| bears),
            source: None,
            fact: fact.clone(),
            ..*like
        });
    }
    all
}

/// What may make a client of a customer.
fn to_client(history: &History<'_>, entries: &[Entry]) -> Vec<Thing> {
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
        let said = "a contract agreed with them individually, which states fees, scope, withdrawal and term";
        things.push(Thing::once(said, vec![Fact::Contract(signed)]));
    }
    if applies(DimensionName::NamedPerson) {
        things.push(somebody(history));
    }
    let contact = |started_by, topic: &str| {
        Fact::Conversation(Contact { started_by, topic: Some(topic.to_owned()), ..Contact::default() })
    };
    things.push(Thing::times(
        "request of theirs for advice",
        "requests of theirs for advice",
        contact(Side::Them, "advice"),
    ));
    things.extend(bought(history, entries, Offer::ProfessionalService));
    things.push(Thing::times("referral of theirs", "referrals of theirs", Fact::Referral));
    things.push(Thing::times("goal that they tell us", "goals that they tell us", Fact::Goal));
    let words = Fact::Feedback(Feedback { form: Some("words".to_owned()) });
    things.push(Thing::times("feedback of theirs in words", "feedbacks of theirs in words", words));
    let sole = Wallet { sole: true, source: Some(WalletSource::Stated), ..Wallet::default() };
    things.push(Thing::once("their word that nobody else serves them", vec![Fact::Wallet(sole)]));
    let reasons = vec!["reputation".to_owned(), "advice".to_owned()];
    let said = "their word that they chose us for reputation and advice";
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
        Some(_) => Thing::once(format!("{person} answering for them by name, and a review with them"), facts),
        None => Thing::once("somebody who answers for them by name, and a review with them", facts),
    }
}

/// What may make a customer of a client.
fn to_customer(history: &History<'_>, entries: &[Entry]) -> Vec<Thing> {
    let mut things = Vec::new();
    let held: Vec<_> = history.in_force().collect();
    let ends = |one: &&crate::history::Signed<'_>| {
        Fact::ContractEnd(ContractEnd { contract: one.id, reason: Some(EndReason::Completed) })
    };
    if let Some(first) = held.first() {
        let said = match held.len() {
            1 => format!("the contract of {} completed", phrase::day(first.signed)),
            n => format!("all {n} contracts completed"),
        };
        things.push(Thing::once(said, held.iter().map(ends).collect()));
    }
    let fault = Contact { topic: Some("technical".to_owned()), ..Contact::default() };
    things.push(Thing::times(
        "request of theirs about a fault",
        "requests of theirs about faults",
        Fact::Conversation(fault),
    ));
    things.extend(bought(history, entries, Offer::Goods));
    let little = Wallet { share: Some(100), source: Some(WalletSource::Stated), ..Wallet::default() };
    things.push(Thing::once("their word that we meet a tenth of their need", vec![Fact::Wallet(little)]));
    let reasons = vec!["price".to_owned()];
    let said = "their word that they chose us for the price";
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
    let each = currency.map(|currency| format!(" of {}", Money::new(amount, currency))).unwrap_or_default();
    let what = if offer == Offer::Goods { "goods" } else { "professional service" };
    let said = move |n: i64| format!("{} of {what}{each}", phrase::plural(n, "purchase", "purchases"));
    Some(Thing { said: Box::new(said), facts: vec![fact], again: true })
}

impl Deed {
    /// `It would be a client (0.72) with 4 requests of theirs for advice.`
    pub fn sentence(&self) -> String {
        let with = match self.parts.as_slice() {
            [one] => one.clone(),
            several => format!("all of these: {}", several.join("; ")),
        };
        format!("It would be a {} ({}) with {with}.", self.class, strength::shown(self.score))
    }
}
