//! Making the house that is measured: buyers with their orders, somebody who acts for each, decisions; through the
//! functions that an import goes through.

use std::time::Duration;

use accounts::{ContactRole, Party, Seen, contacts, contacts::ContactInput};
use kernel::{Context, Currency};
use mainstay::config::{Open, Settings};
use orders::Terms;
use timeline::LineId;

use crate::{
    Result,
    bare::store::asked,
    floor::{Bare, Cell, Floor},
    generated::{self, Person},
    report,
    spent::{Spent, cpu_of_server, spent},
};

/// The service line of the house.
pub const LINE: &str = "Shop";
/// Accounts written in one transaction.
const BATCH: usize = 1_000;
/// People written in one transaction: their words lie all over the place, and lie nearer together where they are many.
const PEOPLE: usize = 10_000;

/// Makes a house of so many accounts and of somebody for so many of them, or what is missing of one whose making was cut off, and says what it cost. Whoever
/// has no time leaves the search for duplicates out; then nobody waits to be searched.
///
/// # Errors
/// When the house refuses.
pub fn make(
    open: &Open,
    settings: &Settings,
    (wanted, people_wanted): (u64, u64),
    searched: bool,
) -> Result<()> {
    let (store, cx, server) = (&open.house.store, open.house.context(), settings.database.as_deref());
    let line = store.write(&cx, |tx| timeline::store::line_named(tx, LINE, "retail", false))?.id;
    let mut floor = Floor::open(settings)?;
    let mut there = |sql: &str, space: &str| floor.count(&Bare::new(sql, vec![Cell::Text(space.to_owned())]));
    let (accounts, people) =
        (there(asked::KNOWN, generated::SPACE)?, there(asked::KNOWN_PEOPLE, generated::PEOPLE)?);
    let costing = |work: &mut dyn FnMut() -> Result<()>| -> Result<(Spent, Duration)> {
        let before = cpu_of_server(server);
        let (done, cost) = spent(work);
        done?;
        Ok((cost, cpu_of_server(server).saturating_sub(before)))
    };
    let mut orders = 0;
    let recording = costing(&mut || {
        for from in (accounts..wanted).step_by(BATCH) {
            orders += record(open, &cx, line, from..wanted.min(from + BATCH as u64))?;
        }
        Ok(())
    })?;
    let acting = costing(&mut || {
        for from in (people..people_wanted).step_by(PEOPLE) {
            act(open, &cx, from..people_wanted.min(from + PEOPLE as u64))?;
        }
        Ok(())
    })?;
    if !searched {
        leave(open, &cx, wanted)?;
    }
    store.write(&cx, |tx| timeline::store::ask_judgement(&cx, tx, line))?;
    let judging = costing(&mut || Ok(mainstay::worker::run_due(open)?))?;
    report::head(
        &format!("Making {wanted} accounts with {orders} orders, and {people_wanted} people"),
        "CPU-s per 1,000 (database server included)",
    );
    let per = |(spent, server): (Spent, Duration), count: u64| {
        (spent.cpu + server).as_secs_f64() * 1_000.0 / count as f64
    };
    report::plain(
        "accounts with their orders, per 1,000 accounts",
        per(recording, wanted - accounts.min(wanted)),
    );
    report::plain(
        "people, looked for first, per 1,000 people",
        per(acting, people_wanted - people.min(people_wanted)),
    );
    report::plain("decided and searched for duplicates, per 1,000 accounts", per(judging, wanted));
    println!(
        "\non the clock: recording {:.0?}, people {:.0?}, deciding and searching {:.0?}",
        recording.0.wall, acting.0.wall, judging.0.wall
    );
    Ok(())
}

/// Nobody waits to be searched for duplicates.
fn leave(open: &Open, cx: &Context, wanted: u64) -> Result<()> {
    let ids: Vec<i64> = (1..=i64::try_from(wanted)?).collect();
    for group in ids.chunks(BATCH) {
        open.house.store.write(cx, |tx| {
            group.chunks(256).try_for_each(|some| accounts::store::alike::compared(tx, some))
        })?;
    }
    Ok(())
}

/// Buyers and what they bought; gives the number of orders.
fn record(open: &Open, cx: &Context, line: LineId, numbers: std::ops::Range<u64>) -> Result<usize> {
    let pounds = Currency::parse("GBP")?;
    let terms = Terms {
        line,
        offer: Some(timeline::fact::Offer::Goods),
        channel: Some(timeline::fact::Channel::Online),
    };
    let buyers: Vec<_> = numbers.map(generated::buyer).collect();
    let lines: Vec<_> = buyers.iter().flat_map(|buyer| buyer.lines(pounds)).collect();
    open.house.store.write(cx, |tx| {
        let mut planned = orders::plan(cx, tx, &Seen::default(), &terms, &lines, 0)?;
        orders::apply(cx, tx, &terms, &mut planned, 0)
    })?;
    Ok(lines.len())
}

/// Somebody who acts for each of these buyers.
fn act(open: &Open, cx: &Context, numbers: std::ops::Range<u64>) -> Result<()> {
    let people: Vec<_> = numbers.map(|n| (n.to_string(), Person::of(n))).collect();
    let inputs: Vec<_> = people.iter().map(|(key, person)| input(key, person)).collect();
    open.house.store.write(cx, |tx| {
        let mut planned = contacts::plan(cx, tx, &Seen::default(), &inputs, 0)?;
        contacts::apply(cx, tx, &mut planned, 0)
    })?;
    Ok(())
}

fn input<'p>(key: &'p str, person: &'p Person) -> ContactInput<'p> {
    ContactInput {
        row: 1,
        party: Party { space: generated::SPACE, key, name: None, country: None, email: None },
        own: None,
        key: Some((generated::PEOPLE, key)),
        name: Some(&person.name),
        title: Some("Buyer"),
        emails: vec![&person.email],
        phones: vec![&person.phone],
        country: Some("United Kingdom"),
        roles: vec![ContactRole::Buyer],
        consent: None,
    }
}
