//! Measures how long a decision and a replay take, on stories of about twenty facts.
//!
//! `cargo run --release -p relationship --example pace`

use std::{hint::black_box, time::Instant};

use jiff::tz::TimeZone;
use kernel::Day;
use relationship::{Industries, IndustryPolicy, Policy, Vantage, decide, history::History, replay};
use timeline::{
    AccountId, Entry, Fact, FactId, LineId,
    fact::{Channel, Contact, Offer, Purchase, Side},
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (policy, industries) = (Policy::shipped("default")?, Industries::shipped()?);
    let policy = IndustryPolicy::new(&policy, &industries, Some("retail"));
    let as_of = Day::parse("2025-03-10")?;
    let vantage = Vantage { as_of, known_at: None, zone: &TimeZone::UTC, policy: &policy, baseline: None };
    for (name, entries) in [("regular of three years", regular()), ("bought twice, long ago", past())] {
        let built = time(|| drop(black_box(History::new(&entries, &vantage))));
        let history = History::new(&entries, &vantage);
        let decided = time(|| drop(black_box(decide(&history, None))));
        let replayed = time(|| drop(black_box(replay(&entries, &vantage))));
        println!(
            "{name}: {} facts, build {built:.2} us, decide {decided:.2} us, replay {replayed:.2} us",
            entries.len()
        );
    }
    Ok(())
}

/// Microseconds a call, the best of some rounds.
fn time(mut work: impl FnMut()) -> f64 {
    let round = |_| {
        let start = Instant::now();
        (0..2_000).for_each(|_| work());
        start.elapsed().as_secs_f64() * 1e6 / 2_000.0
    };
    (0..7).map(round).fold(f64::INFINITY, f64::min)
}

/// An order every two months with a question now and then.
fn regular() -> Vec<Entry> {
    let order = |n: i32| entry(n, 19_000 + 60 * n, Fact::Order(goods(40_0000)));
    let question = |n: i32| {
        let topic = Some("technical".to_owned());
        entry(
            100 + n,
            19_100 + 300 * n,
            Fact::Conversation(Contact { started_by: Side::Them, topic, ..Contact::default() }),
        )
    };
    (0..17).map(order).chain((0..3).map(question)).collect()
}

/// Two orders five years ago.
fn past() -> Vec<Entry> {
    (0..2).map(|n| entry(n, 18_200 + 40 * n, Fact::Order(goods(25_0000)))).collect()
}

fn goods(amount: i64) -> Purchase {
    Purchase { amount, offer: Some(Offer::Goods), channel: Some(Channel::Online), ..Purchase::default() }
}

fn entry(number: i32, day: i32, fact: Fact) -> Entry {
    let occurred = Day(day).moment();
    Entry {
        id: FactId::new(i64::from(number)),
        account: AccountId::new(1),
        line: LineId::new(1),
        occurred,
        recorded_at: occurred.micros,
        currency: None,
        source: None,
        fact,
    }
}
