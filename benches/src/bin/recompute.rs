//! Everybody decided again: what it costs beside one bare read of the same facts, in how much memory, and how long a single
//! fact waits meanwhile.
//!
//! `bench-recompute [--data DIR] [--database URL] [--relationships 100_000] [--facts 20] [--calls 300]`; a house that is
//! there is used.

use std::{
    fs,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use benches::{
    Result, bare,
    counted::Counting,
    number,
    random::Random,
    report::{self, median, millis, quantile},
    settings,
    spent::{Spent, cpu_of_server, memory_of, spent},
};
use kernel::{Context, Currency, Day};
use mainstay::{
    config::{self, Open},
    worker,
};
use relationship::{jobs, ops};
use timeline::{
    AccountId, Fact, FactId, LineId,
    fact::{Channel, Contact, Contract, Form, Offer, Purchase, Side},
    said::Sheet,
    store::{self as facts, NewFact},
};

/// Accounts written in one transaction.
const BATCH: u64 = 500;
const LINE: &str = "Advisory";
const LAST_DAY: &str = "2025-06-30";

struct Bench {
    open: Open,
    cx: Context,
    server: Option<String>,
    line: LineId,
    relationships: u64,
}

fn main() -> Result<()> {
    let settings = settings("/tmp/mainstay-bench-recompute");
    let open = config::open(&settings)?;
    let cx = open.house.context();
    let (relationships, each) = (number("--relationships", 100_000)?, number("--facts", 20)?);
    let made = open.house.store.read(&cx, |tx| facts::line_of_name(tx, LINE))?;
    let line = match &made {
        Some(line) => line.id,
        None => open.house.store.write(&cx, |tx| facts::line_named(tx, LINE, "agency", false))?.id,
    };
    let bench = Bench { open, cx, server: settings.database, line, relationships };
    if made.is_none() {
        bench.make(each)?;
    }
    bench.recompute()?;
    bench.meanwhile(number("--calls", 300)?)
}

impl Bench {
    /// What some work cost, the database server's part with it.
    fn cost<T>(&self, work: impl FnOnce() -> T) -> (T, Spent) {
        let before = cpu_of_server(self.server.as_deref());
        let (answer, cost) = spent(work);
        let server = cpu_of_server(self.server.as_deref()).saturating_sub(before);
        (answer, Spent { cpu: cost.cpu + server, ..cost })
    }

    /// Loads accounts and facts in large batches, and decides everybody once.
    fn make(&self, each: u64) -> Result<()> {
        let store = &self.open.house.store;
        let (made, loading) = self.cost(|| -> Result<()> {
            for from in (0..self.relationships).step_by(usize::try_from(BATCH)?) {
                let until = self.relationships.min(from + BATCH);
                store.write(&self.cx, |tx| {
                    let count = i64::try_from(until - from).unwrap_or(0);
                    let ids: Vec<_> = tx.allocate("account", count)?.map(AccountId::new).collect();
                    let named = |n: u64| Sheet::from([("name".to_owned(), format!("Buyer {n}"))]);
                    let sheets: Vec<_> = (from..until).map(named).collect();
                    let new = ids.iter().zip(&sheets);
                    let new =
                        new.map(|(id, sheet)| accounts::store::NewAccount { id: *id, sheet, key: None });
                    accounts::store::insert(&self.cx, tx, &new.collect::<Vec<_>>(), 0)?;
                    let total = usize::try_from((until - from) * each).unwrap_or(0);
                    let mut numbers = facts::allocate_facts(tx, total)?;
                    let mut all = Vec::with_capacity(total);
                    for (n, id) in (from..until).zip(&ids) {
                        all.extend(history(n, each, *id, self.line, &mut numbers)?);
                    }
                    facts::append(&self.cx, tx, &all)
                })?;
            }
            store.write(&self.cx, |tx| facts::ask_judgement(&self.cx, tx, self.line))?;
            Ok(())
        });
        made?;
        let (judged, judging) = self.cost(|| worker::run_due(&self.open));
        judged?;
        println!(
            "made {} relationships of {each} facts: loaded in {:.1?} ({:.1?} CPU), first decided in {:.1?} ({:.1?} CPU)",
            self.relationships, loading.wall, loading.cpu, judging.wall, judging.cpu
        );
        Ok(())
    }

    /// A bare read, everybody decided again, a bare read again: the reads of before and after frame the noise.
    fn recompute(&self) -> Result<()> {
        let read = || self.open.house.store.read(&self.cx, bare::store::facts::read);
        let (counted, first) = self.cost(read);
        let (count, bytes) = counted?;
        let marking = self.mark()?;
        let counting = Counting::begin();
        let peak = Peak::begin();
        let (judged, cost) = self.cost(|| worker::run_due(&self.open));
        let (peak, instructions) = (peak.end(), counting.end());
        judged?;
        let cost = Spent { cpu: cost.cpu + marking.cpu, wall: cost.wall + marking.wall };
        let (again, second) = self.cost(read);
        again?;
        let bare = (first.cpu + second.cpu).as_secs_f64() / 2.0;
        let decided = self.relationships as f64;
        report::head(
            &format!(
                "Everybody decided again: {} relationships, {count} facts, {bytes} bytes of them",
                self.relationships
            ),
            "CPU-s (database server included)",
        );
        report::ratio(
            "full recompute beside one bare read of the same facts",
            cost.cpu.as_secs_f64(),
            bare,
            3.0,
        );
        report::beside("the same, time on the clock, s", cost.wall.as_secs_f64(), first.wall.as_secs_f64());
        report::plain("CPU µs per relationship", cost.cpu.as_secs_f64() * 1e6 / decided);
        match instructions {
            Some(all) => report::plain("instructions per relationship, this process, user", all / decided),
            None => println!(
                "| instructions per relationship | not counted: `perf` is not there or may not count here | | | | |"
            ),
        }
        report::plain("memory before, MiB", peak.0 as f64 / 1024.0);
        report::plain("peak memory, MiB", peak.1 as f64 / 1024.0);
        Ok(())
    }

    /// Single facts recorded and decided while everybody is decided again by another thread.
    fn meanwhile(&self, calls: u64) -> Result<()> {
        let mut idle = Vec::new();
        for n in 0..calls {
            idle.push(self.change(n)?);
        }
        self.mark()?;
        let ended = AtomicBool::new(false);
        let mut busy = Vec::new();
        thread::scope(|scope| -> Result<()> {
            let work = scope.spawn(|| {
                let judged = worker::run_due(&self.open);
                ended.store(true, Ordering::Relaxed);
                judged
            });
            thread::sleep(Duration::from_millis(200));
            for n in 0..calls {
                if ended.load(Ordering::Relaxed) {
                    break;
                }
                busy.push(self.change(calls + n)?);
            }
            work.join().map_err(|_| "the recompute broke off")??;
            Ok(())
        })?;
        println!(
            "\n## One fact until its decision is on disk\n\n| when | calls | p50, ms | p99, ms |\n|---|---:|---:|---:|"
        );
        for (when, walls) in [("nothing else", &idle), ("while everybody is decided again", &busy)] {
            println!("| {when} | {} | {:.2} | {:.2} |", walls.len(), median(walls), quantile(walls, 0.99));
        }
        Ok(())
    }

    /// Puts another policy in force, by which everybody has to be decided again.
    fn mark(&self) -> Result<Spent> {
        let cx = self.open.house.context();
        let (answer, cost) = self.cost(|| {
            self.open.house.store.write(&cx, |tx| {
                let known = ops::policies(&cx, tx, ops::PolicyPage { after: None, limit: Some(1) })?;
                let is_usual = known.rows.first().is_none_or(|policy| policy.name == "default");
                let name = if is_usual { "relationship" } else { "default" };
                let reason = "measured".to_owned();
                let adopted = ops::Adopt { name: Some(name.to_owned()), reason, ..ops::Adopt::default() };
                ops::adopt(&cx, tx, adopted).map(drop)
            })
        });
        answer?;
        println!("\nanother policy in force, everybody marked: {:.1?} ({:.1?} CPU)", cost.wall, cost.cpu);
        Ok(cost)
    }

    fn change(&self, n: u64) -> Result<f64> {
        let cx = self.open.house.context();
        let account = AccountId::new(i64::try_from(n * 4_721 % self.relationships + 1)?);
        let begun = Instant::now();
        self.open.house.store.write(&cx, |tx| {
            let id = facts::allocate_facts(tx, 1)?.next().unwrap_or(FactId::new(0));
            let occurred = Day::parse(LAST_DAY)?.moment();
            let fact = Fact::Order(Purchase { amount: 250_000, ..Purchase::default() });
            let currency = Some(Currency::parse("EUR")?);
            let (line, source) = (self.line, None);
            facts::append(&cx, tx, &[NewFact { id, account, line, occurred, currency, source, fact }])?;
            jobs::decide(&cx, tx, &[(account, line)])?;
            facts::clear_stale(tx, &[(account, line)])
        })?;
        Ok(millis(begun.elapsed()))
    }
}

/// So many facts of one relationship, over three years: orders and work, talks, a contract for one in four.
fn history(
    n: u64,
    each: u64,
    account: AccountId,
    line: LineId,
    numbers: &mut impl Iterator<Item = FactId>,
) -> kernel::Result<Vec<NewFact>> {
    let mut random = Random::new(n ^ 0x5EED);
    let last = Day::parse(LAST_DAY)?;
    let euros = Currency::parse("EUR")?;
    let is_advice = random.permille(300);
    (0..each)
        .map(|k| {
            let ago = i32::try_from(random.below(1_096)).unwrap_or(0);
            let fact = match k {
                0 if random.permille(250) => Fact::Contract(Contract {
                    form: Some(Form::Individual),
                    fees: true,
                    scope: true,
                    ..Contract::default()
                }),
                1..=4 if is_advice => Fact::Conversation(Contact {
                    started_by: if k % 2 == 0 { Side::Us } else { Side::Them },
                    topic: Some("advice".into()),
                    ..Contact::default()
                }),
                _ => Fact::Order(Purchase {
                    amount: i64::try_from(100_000 + random.below(4_000_000)).unwrap_or(100_000),
                    offer: Some(if is_advice { Offer::Advice } else { Offer::Goods }),
                    channel: Some(Channel::Online),
                    ..Purchase::default()
                }),
            };
            Ok(NewFact {
                id: numbers.next().unwrap_or(FactId::new(0)),
                account,
                line,
                occurred: last.plus(-ago).moment(),
                currency: fact.amount().map(|_| euros),
                source: None,
                fact,
            })
        })
        .collect()
}

/// The most memory that this process had in use for a while.
struct Peak(u64);

impl Peak {
    /// Forgets the peak of before.
    fn begin() -> Peak {
        // Where the kernel does not let it be forgotten, the peak is that of the whole run, which is no smaller.
        drop(fs::write("/proc/self/clear_refs", "5"));
        Peak(memory_of(std::process::id()).map_or(0, |(all, _)| all))
    }

    /// What was in use when it began, and the most since, KiB.
    fn end(self) -> (u64, u64) {
        let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        (self.0, line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0))
    }
}
