//! Our small world: facts written short, and a question asked of them.

use jiff::tz::TimeZone;
use kernel::{Currency, Day};
use timeline::{
    AccountId, Entry, Fact, FactId, LineId,
    fact::{
        Assignment, AssignmentRole, Channel, Contact, Contract, ContractEnd, EndReason, Form, Offer,
        Preference, Purchase, Refund, RefundReason, Side, Wish,
    },
};

use crate::{Decision, Industries, IndustryPolicy, Policy, State, Vantage, decide, history::History};

/// A history under construction.
#[derive(Clone, Default)]
pub struct World {
    pub entries: Vec<Entry>,
    industry: &'static str,
}

impl World {
    /// Nobody yet, in that trade.
    pub fn of(industry: &'static str) -> World {
        World { entries: Vec::new(), industry }
    }

    /// Something happened.
    pub fn on(mut self, day: &str, fact: Fact) -> World {
        let number = i64::try_from(self.entries.len()).unwrap() + 1;
        self.entries.push(entry(number, Day::parse(day).unwrap(), fact));
        self
    }

    /// It happened in the given currency.
    pub fn in_currency(mut self, code: &str) -> World {
        self.entries.last_mut().unwrap().currency = Some(Currency::parse(code).unwrap());
        self
    }

    /// The same happened every so many days.
    pub fn every(mut self, days: i32, from: &str, times: i32, fact: impl Fn(Day) -> Fact) -> World {
        let from = Day::parse(from).unwrap();
        for n in 0..times {
            let day = from.plus(n * days);
            self = self.on(&day.to_string(), fact(day));
        }
        self
    }

    /// What we make of it that day, by the default policy and afresh.
    pub fn decided(&self, as_of: &str) -> Decision {
        self.decided_after(as_of, None)
    }

    /// The same after an earlier decision.
    pub fn decided_after(&self, as_of: &str, previous: Option<State>) -> Decision {
        self.ask("default", as_of, |vantage| decide(&History::new(&self.entries, vantage), previous.as_ref()))
    }

    /// Asks anything from that day under a policy that ships.
    pub fn ask<T>(&self, policy: &str, as_of: &str, question: impl FnOnce(&Vantage) -> T) -> T {
        let (policy, industries) = (Policy::shipped(policy).unwrap(), Industries::shipped().unwrap());
        let policy = IndustryPolicy::new(&policy, &industries, Some(self.industry));
        let as_of = Day::parse(as_of).unwrap();
        question(&Vantage { as_of, known_at: None, zone: &TimeZone::UTC, policy: &policy, baseline: None })
    }
}

/// A fact of that number and day, learnt the same day.
pub fn entry(number: i64, day: Day, fact: Fact) -> Entry {
    Entry {
        id: FactId::new(number),
        account: AccountId::new(1),
        line: LineId::new(1),
        occurred: day.moment(),
        recorded_at: day.moment().micros,
        currency: None,
        source: None,
        fact,
    }
}

/// Bought with a click.
pub fn click(offer: Offer, amount: i64) -> Fact {
    Fact::Order(Purchase {
        amount,
        offer: Some(offer),
        channel: Some(Channel::Online),
        ..Purchase::default()
    })
}

/// A bill for a month of something.
pub fn bill(offer: Offer, amount: i64, need: &str) -> impl Fn(Day) -> Fact {
    let need = need.to_owned();
    move |day| {
        Fact::Invoice(Purchase {
            amount,
            offer: Some(offer),
            need: Some(need.clone()),
            period_start: Some(day),
            period_end: Some(day.plus(29)),
            ..Purchase::default()
        })
    }
}

/// The order of that number was cancelled.
pub fn cancelled(of: i64, amount: i64) -> Fact {
    Fact::Refund(Refund { amount, of: Some(FactId::new(of)), reason: Some(RefundReason::Cancel) })
}

/// A contract agreed with them, with every clause.
pub fn agreed(offer: Offer) -> Fact {
    Fact::Contract(Contract { offer: Some(offer), form: Some(Form::Individual), ..all_clauses() })
}

/// Our own paper, with every clause.
pub fn standard(offer: Offer) -> Fact {
    Fact::Contract(Contract { offer: Some(offer), form: Some(Form::Standard), ..all_clauses() })
}

fn all_clauses() -> Contract {
    Contract { fees: true, scope: true, withdrawal: true, term: true, ..Contract::default() }
}

/// The contract of that number ended.
pub fn ended(contract: i64, reason: EndReason) -> Fact {
    Fact::ContractEnd(ContractEnd { contract: FactId::new(contract), reason: Some(reason) })
}

/// They came to us about something.
pub fn asked(topic: &str) -> Fact {
    contact(Side::Them, topic, None, true)
}

/// We met them about something.
pub fn met(person: &str, topic: &str) -> Fact {
    contact(Side::Us, topic, Some(person), true)
}

/// We tried, and they did not answer.
pub fn unanswered(topic: &str) -> Fact {
    contact(Side::Us, topic, None, false)
}

/// Any contact.
pub fn contact(started_by: Side, topic: &str, person: Option<&str>, held: bool) -> Fact {
    let (topic, person) = (Some(topic.to_owned()), person.map(str::to_owned));
    Fact::Meeting(Contact { started_by, topic, person, held, continues: false })
}

/// Somebody answers for them by name.
pub fn named(person: &str) -> Fact {
    Fact::Assignment(Assignment { person: person.to_owned(), role: AssignmentRole::Named, until: None })
}

/// What they want of us.
pub fn wants(wish: Wish) -> Fact {
    Fact::Preference(Preference::wanting(wish))
}
