//! The judgement alone: relationships decided per second on one core, for histories of different length.
//!
//! `bench-decide [--seconds 2]`; no database takes part.

use std::time::{Duration, Instant};

use benches::{Result, number, random::Random, report::median, spent::own_cpu};
use jiff::tz::TimeZone;
use kernel::{Currency, Day};
use relationship::{
    Baseline, History, Industries, IndustryPolicy, Policy, Vantage, decide, replay, replay::state_before,
};
use timeline::{
    AccountId, Entry, Fact, FactId, LineId,
    fact::{Channel, Offer, Purchase},
};

fn main() -> Result<()> {
    let seconds = number("--seconds", 2)?;
    let (policy, industries) = (Policy::shipped("default")?, Industries::shipped()?);
    let policy = IndustryPolicy::new(&policy, &industries, Some("retail"));
    let baseline = Baseline::of(1, (1..2_000).map(|spend| spend * 100_000).collect());
    let vantage = Vantage {
        as_of: Day::parse("2025-06-30")?,
        known_at: None,
        zone: &TimeZone::UTC,
        policy: &policy,
        baseline: Some(&baseline),
    };
    println!("\n## Deciding, one core, no database\n");
    println!(
        "| facts | relationships per CPU-s | CPU µs each | of which the last day alone, µs | a million, CPU-s |"
    );
    println!("|---:|---:|---:|---:|---:|");
    for facts in [3, 20, 100] {
        let histories: Vec<_> = (0..256).map(|n| history(n, facts)).collect::<Result<_>>()?;
        let each = repeated(seconds, &histories, |entries| {
            std::hint::black_box(replay(entries, &vantage));
        });
        let last = repeated(seconds, &histories, |entries| {
            std::hint::black_box(decide(&History::new(entries, &vantage), None));
        });
        std::hint::black_box(state_before(&histories[0], &vantage));
        println!("| {facts} | {:.0} | {:.1} | {:.1} | {:.0} |", 1e6 / each, each, last, each);
    }
    Ok(())
}

/// Orders over three years.
fn history(n: u64, facts: u64) -> Result<Vec<Entry>> {
    let mut random = Random::new(n);
    let (first, pounds) = (Day::parse("2022-07-01")?, Currency::parse("GBP")?);
    let mut days: Vec<_> = (0..facts).map(|_| random.below(1_090)).collect();
    days.sort_unstable();
    let entry = |(number, day): (i64, &u64)| -> Result<Entry> {
        let at = first.plus(i32::try_from(*day)?).moment();
        let purchase = Purchase {
            amount: i64::try_from(100_000 + day * 1_000)?,
            offer: Some(Offer::Goods),
            channel: Some(Channel::Online),
            ..Purchase::default()
        };
        Ok(Entry {
            id: FactId::new(number),
            account: AccountId::new(1),
            line: LineId::new(1),
            occurred: at,
            recorded_at: at.micros,
            currency: Some(pounds),
            source: None,
            fact: Fact::Order(purchase),
        })
    };
    (1..).zip(&days).map(entry).collect()
}

/// CPU µs of one, the median of rounds over all histories for so many seconds.
fn repeated(seconds: u64, histories: &[Vec<Entry>], mut work: impl FnMut(&[Entry])) -> f64 {
    let (begun, mut rounds) = (Instant::now(), Vec::new());
    while begun.elapsed() < Duration::from_secs(seconds) {
        let cpu = own_cpu();
        histories.iter().for_each(|entries| work(entries));
        rounds.push(own_cpu().saturating_sub(cpu).as_secs_f64() * 1e6 / histories.len() as f64);
    }
    median(&rounds)
}
