//! The spectrum of many: making 1,000,000 current decisions with their counts, then the picture and the list of its parts,
//! by calls of the library.
//!
//! `bench-spectrum [--data DIR] [--database URL] [--relationships 1_000_000] [--calls 20]`; a house that is there is used.

use std::{sync::Arc, time::Instant};

use benches::{
    Result, number,
    random::Random,
    report::{median, millis, quantile},
    settings,
    spent::{cpu_of_server, spent},
};
use kernel::{Actor, Context, Day, Role};
use mainstay::config::{self, Open};
use relationship::{
    Decision, Entered, Fit, Lean, Standing, Why,
    ops::{self, Filter},
    store::current::{self, Card},
};
use store::{Tx, Value};
use timeline::{AccountId, LineId};

/// Relationships written in one transaction.
const BATCH: u64 = 1_000;
const LINE: &str = "Spectrum";

fn main() -> Result<()> {
    let settings = settings("/tmp/mainstay-bench-spectrum");
    let open = config::open(&settings)?;
    let house = open.house.context();
    let made = open.house.store.read(&house, |tx| timeline::store::line_of_name(tx, LINE))?;
    let server = settings.database.as_deref();
    if made.is_none() {
        make(&open, server, number("--relationships", 1_000_000)?)?;
    }
    let cx = Context { actor: Actor::User { id: 1, role: Role::Owner }, ..house };
    measure(&open, &cx, server, number("--calls", 20)?)
}

/// Makes decisions out of chance: most are customers who brought little, some are clients who brought much.
fn make(open: &Open, server: Option<&str>, wanted: u64) -> Result<()> {
    let (store, cx) = (&open.house.store, open.house.context());
    let line = store.write(&cx, |tx| timeline::store::line_named(tx, LINE, "retail", true))?.id;
    let before = cpu_of_server(server);
    let (written, cost) = spent(|| -> Result<()> {
        for from in (0..wanted).step_by(usize::try_from(BATCH)?) {
            store.write(&cx, |tx| {
                let mut random = Random::new(from);
                let accounts = tx.allocate("account", i64::try_from(BATCH).unwrap_or(1))?;
                let accounts: Vec<_> = accounts.take(usize::try_from(wanted - from).unwrap_or(0)).collect();
                put_accounts(tx, &accounts)?;
                let cards: Vec<_> = accounts
                    .iter()
                    .map(|account| card(AccountId::new(*account), line, &mut random))
                    .collect();
                current::replace(tx, &cards, &[], &std::collections::HashMap::new())
            })?;
        }
        Ok(())
    });
    written?;
    let server = cpu_of_server(server).saturating_sub(before);
    let each = (cost.cpu + server).as_secs_f64() * 1e6 / wanted as f64;
    println!("made {wanted} relationships in {:.0?}: {each:.1} CPU-µs each", cost.wall);
    Ok(())
}

fn put_accounts(tx: &mut Tx<'_>, ids: &[i64]) -> kernel::Result<()> {
    let table = &accounts::store::ACCOUNT;
    let names: Vec<String> = ids.iter().map(|id| format!("account {id}")).collect();
    let rows = ids.iter().zip(&names).map(|(id, name)| {
        std::array::from_fn::<Value<'_>, 18, _>(|n| match (table.columns[n].name, table.columns[n].kind) {
            ("id", _) => (*id).into(),
            ("name" | "name_key", _) => name.as_str().into(),
            (_, kind) if kind.is_text() => "".into(),
            _ => 0.into(),
        })
    });
    tx.insert_all(table, rows).map(drop)
}

fn card(account: AccountId, line: LineId, random: &mut Random) -> Card {
    // Three in four well below the band, the others all over it and above.
    let score = match random.below(4) {
        0 => i64::try_from(random.below(8_000_000)).unwrap_or(0) - 3_000_000,
        _ => i64::try_from(random.below(4_000_000)).unwrap_or(0) - 5_000_000,
    };
    let lean = match score {
        847_298.. => Lean::Client,
        ..-405_000 => Lean::Customer,
        _ if random.permille(500) => Lean::Client,
        _ => Lean::Customer,
    };
    let silent = random.permille(80);
    let fit = [Fit::Fits, Fit::Fits, Fit::UnderServed, Fit::OverServed, Fit::NotKnown];
    // What they brought grows with the evidence, and is spread over three decades.
    let size = f64::from(u32::try_from(random.below(3_000)).unwrap_or(0)) / 1_000.0;
    let net = 10_f64.powf(2.0 + size + score as f64 / 4e6) * 10_000.0;
    let net = if random.permille(20) { -net / 10.0 } else { net };
    let day = Day(20_000);
    let decision = Decision {
        as_of: day,
        standing: if silent { Standing::Former } else { Standing::Active },
        lean,
        why: Why::Score,
        since: day,
        entered: Entered::First,
        score: (!silent).then_some(score),
        coverage: 600,
        confidence: None,
        contributions: Vec::new(),
        ask: Vec::new(),
        fit: fit[usize::try_from(random.below(5)).unwrap_or(0)],
        policy: Arc::from("default"),
        policy_version: Arc::from("1"),
        baseline: None,
    };
    Card {
        account,
        line,
        decision,
        said: None,
        net: net as i64,
        currency: ["GBP", "GBP", "GBP", "GBP", "GBP", "GBP", "GBP", "EUR", "EUR", "USD"]
            [usize::try_from(random.below(10)).unwrap_or(0)]
        .to_owned(),
        purchases: i64::try_from(random.below(40)).unwrap_or(0),
        spend_rank: i64::try_from(random.below(1_000)).unwrap_or(0),
        days: (day, day),
        preference: None,
        policy: 0,
        industry: "retail".into(),
        decided_at: 0,
    }
}

fn measure(open: &Open, cx: &Context, server: Option<&str>, calls: u64) -> Result<()> {
    let text = |text: &str| Some(text.to_owned());
    let of = |from: &str, to: &str| Filter {
        strength_from: text(from),
        strength_to: text(to),
        ..Filter::default()
    };
    let pounds =
        |filter: Filter| Filter { currency: text("GBP"), sort: text("net"), limit: Some(12), ..filter };
    let all = Filter::default();
    println!("\n| call | p50, ms | p99, ms | CPU, ms | answers |\n|---|---:|---:|---:|---:|");
    let pictures = [
        ("picture, all", all.clone()),
        ("picture, one currency of three", Filter { currency: text("USD"), ..all.clone() }),
        ("picture, a tenth", of("0.7", "0.8")),
        (
            "picture, a hundredth (points)",
            Filter { currency: text("USD"), class: text("client"), ..of("0.41", "0.42") },
        ),
        ("picture, under-served", Filter { fit: text("under-served"), ..all.clone() }),
        ("picture, low confidence or purchases: looked at", Filter { purchases: Some(20), ..all.clone() }),
        ("picture, an odd bound: looked at", of("0.123456", "0.7")),
        ("picture, by name: looked at", Filter { name: text("account 9999"), ..all.clone() }),
    ];
    for (what, filter) in pictures {
        row(open, cx, server, calls, what, |tx| {
            ops::spectrum(cx, tx, filter.clone()).map(|found| found.count)
        })?;
    }
    let lists = [
        ("list, a tenth by net", pounds(of("0.7", "0.8"))),
        ("list, the weakest tenth by net", pounds(of("0", "0.1"))),
        (
            "list, the strongest twentieth, lowest net first",
            Filter { sort: text("-net"), ..pounds(of("0.9", "0.95")) },
        ),
        ("list, a tenth by strength", Filter { sort: text("strength"), ..pounds(of("0.7", "0.8")) }),
        ("list, a cell", Filter { net_from: text("1000"), net_to: text("2000"), ..pounds(of("0.7", "0.8")) }),
        (
            "list, a cell far out",
            Filter { net_from: text("300000"), net_to: text("500000"), ..pounds(of("0.9", "0.95")) },
        ),
        ("list, one currency by net", pounds(all)),
    ];
    for (what, filter) in lists {
        let count = |book: ops::Book| book.totals.iter().map(|total| total.count).sum();
        row(open, cx, server, calls, what, |tx| ops::list(cx, tx, filter.clone()).map(count))?;
    }
    Ok(())
}

/// Calls often and prints one row.
fn row(
    open: &Open,
    cx: &Context,
    server: Option<&str>,
    calls: u64,
    what: &str,
    mut call: impl FnMut(&mut Tx<'_>) -> kernel::Result<i64>,
) -> Result<()> {
    let (mut walls, mut found) = (Vec::new(), 0);
    let before = cpu_of_server(server);
    let (answer, cost) = spent(|| -> Result<()> {
        for _ in 0..calls {
            let begun = Instant::now();
            found = open.house.store.read(cx, |tx| call(tx))?;
            walls.push(millis(begun.elapsed()));
        }
        Ok(())
    });
    answer?;
    let server = cpu_of_server(server).saturating_sub(before);
    let cpu = millis(cost.cpu + server) / calls as f64;
    println!("| {what} | {:.1} | {:.1} | {cpu:.1} | {found} |", median(&walls), quantile(&walls, 0.99));
    Ok(())
}
