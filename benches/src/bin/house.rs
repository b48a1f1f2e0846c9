//! A house of many accounts: making it, then every list, explanation and single change, by calls of the library.
//!
//! `bench-house [--data DIR] [--database URL] [--accounts 1_000_000] [--people 1_000_000] [--calls 200]
//! [--only lists|relationships|changes]`; a house that is there is used, and `--continued yes` makes what is missing of it.
//! `--searched no` leaves out the search for duplicates.

use std::{path::Path, time::Instant};

use benches::{
    Result, bare, generated,
    made::{LINE, make},
    number, option,
    report::{median, millis, quantile},
    settings,
    spent::{cpu_of_server, spent},
};
use kernel::{Actor, Context, Currency, Day, Role};
use mainstay::config::{self, Open};
use relationship::{
    jobs,
    ops::{self, Book, Filter, OnDay},
};
use store::Tx;
use timeline::{AccountId, Fact, LineId, fact::Purchase, store::NewFact};

struct Bench {
    open: Open,
    /// An owner who sees everything that is not behind a wall, as a person does.
    cx: Context,
    server: Option<String>,
    calls: u64,
    line: LineId,
}

fn main() -> Result<()> {
    let settings = settings("/tmp/mainstay-bench");
    let open = config::open(&settings)?;
    let house = open.house.context();
    let made = open.house.store.read(&house, |tx| timeline::store::line_of_name(tx, LINE))?;
    let wanted = number("--accounts", 1_000_000)?;
    if made.is_none() || option("--continued").is_some() {
        let searched = option("--searched").is_none_or(|word| word != "no");
        make(&open, &settings, (wanted, number("--people", wanted)?), searched)?;
    }
    let line = open.house.store.read(&house, |tx| timeline::store::line_of_name(tx, LINE))?;
    let line = line.ok_or("the house has no line; its making was interrupted")?.id;
    let cx = Context { actor: Actor::User { id: 1, role: Role::Owner }, ..house };
    let bench = Bench { open, cx, server: settings.database, calls: number("--calls", 200)?, line };
    let wants = |part: &str| option("--only").is_none_or(|only| only == part);
    if wants("lists") {
        bench.lists()?;
    }
    if wants("relationships") {
        bench.relationships()?;
    }
    if wants("changes") {
        bench.changes(&settings.data)?;
    }
    Ok(())
}

impl Bench {
    /// Calls often and prints one row: the middle, the slowest of a hundred, CPU with the server's, statements.
    fn row<T>(&self, what: &str, call: impl FnMut(&mut Tx<'_>, u64) -> kernel::Result<T>) -> Result<()> {
        self.times(self.calls, what, call)
    }

    fn times<T>(
        &self,
        calls: u64,
        what: &str,
        mut call: impl FnMut(&mut Tx<'_>, u64) -> kernel::Result<T>,
    ) -> Result<()> {
        let (mut walls, mut statements) = (Vec::new(), 0);
        let server = cpu_of_server(self.server.as_deref());
        let (answer, cost) = spent(|| -> Result<()> {
            for n in 0..calls {
                let begun = Instant::now();
                statements = self.open.house.store.read(&self.cx, |tx| {
                    call(tx, n)?;
                    Ok(tx.statements())
                })?;
                walls.push(millis(begun.elapsed()));
            }
            Ok(())
        });
        answer?;
        let server = cpu_of_server(self.server.as_deref()).saturating_sub(server);
        let cpu = millis(cost.cpu + server) / calls as f64;
        println!(
            "| {what} | {:.2} | {:.2} | {cpu:.2} | {statements} |",
            median(&walls),
            quantile(&walls, 0.99)
        );
        Ok(())
    }

    fn lists(&self) -> Result<()> {
        println!("\n## The book, 50 rows and its totals\n");
        println!("| list | p50, ms | p99, ms | CPU, ms | statements |\n|---|---:|---:|---:|---:|");
        let of = |class: &str, sort: &str| Filter {
            class: Some(class.to_owned()).filter(|class| !class.is_empty()),
            sort: Some(sort.to_owned()),
            ..Filter::default()
        };
        for sort in ["strength", "-strength", "net", "-net", "last", "-last", "name", "-name"] {
            self.list(&format!("all, by {sort}"), &of("", sort))?;
        }
        for class in ["customer", "former", "not enough evidence"] {
            self.list(&format!("{class}, by net"), &of(class, "net"))?;
        }
        self.list(
            "name begins with \"kestrel\", by name",
            &Filter { name: Some("kestrel".into()), ..of("", "name") },
        )?;
        self.list(
            "name begins with \"kestrel b\", by net",
            &Filter { name: Some("kestrel b".into()), ..of("", "net") },
        )?;
        self.list("name begins with \"zzz\", by net", &Filter { name: Some("zzz".into()), ..of("", "net") })?;
        self.list("on the line, by net", &Filter { line: Some(LINE.into()), ..of("", "net") })?;
        self.list(
            "top tenth of spend, 10 purchases, by strength",
            &Filter { spend: Some(900), purchases: Some(10), ..of("", "strength") },
        )?;
        self.list("low confidence, by last", &Filter { confidence: Some("low".into()), ..of("", "last") })?;
        self.list(
            "fit: under-served (rare or none), by strength",
            &Filter { fit: Some("under-served".into()), ..of("", "strength") },
        )?;
        self.deep("the 200th page, by net", &of("", "net"))?;
        self.deep("the 200th page, by name", &of("", "name"))
    }

    fn list(&self, what: &str, filter: &Filter) -> Result<()> {
        self.row(what, |tx, _| self.book(tx, filter))
    }

    fn book(&self, tx: &mut Tx<'_>, filter: &Filter) -> kernel::Result<Book> {
        ops::list(&self.cx, tx, filter.clone())
    }

    fn deep(&self, what: &str, filter: &Filter) -> Result<()> {
        let mut at = filter.clone();
        for _ in 0..50 {
            let page = Filter { limit: Some(200), ..at.clone() };
            let book = self.open.house.store.read(&self.cx, |tx| self.book(tx, &page))?;
            at.after = book.next.or(at.after);
        }
        self.list(what, &at)
    }

    /// Explanations of relationships here and there, and the figures.
    fn relationships(&self) -> Result<()> {
        println!("\n## One relationship\n");
        println!("| call | p50, ms | p99, ms | CPU, ms | statements |\n|---|---:|---:|---:|---:|");
        let mut ids = Vec::new();
        for sort in ["net", "-net", "last", "-last", "name", "-name"] {
            let filter = Filter { sort: Some(sort.to_owned()), limit: Some(200), ..Filter::default() };
            let book = self.open.house.store.read(&self.cx, |tx| self.book(tx, &filter))?;
            ids.push(book.rows.into_iter().map(|row| row.id).collect::<Vec<_>>());
        }
        let at = |ids: &[String], n: u64| OnDay {
            id: ids[n as usize % ids.len()].clone(),
            as_of: None,
            known_at: None,
        };
        let most = ids.first().cloned().unwrap_or_default();
        let all: Vec<String> = ids.into_iter().skip(1).flatten().collect();
        self.row("explanation, any relationship", |tx, n| ops::view(&self.cx, tx, at(&all, n * 7)))?;
        self.row("explanation, those who brought most", |tx, n| ops::view(&self.cx, tx, at(&most, n)))?;
        let which = || orders::ops::Which { line: Some(LINE.to_owned()), silent: None };
        self.times(2, "figures, every order added up", |tx, _| orders::ops::figures(&self.cx, tx, which()))
    }

    /// A fact recorded, its relationship decided, durable; beside the least that a durable write costs.
    fn changes(&self, data: &Path) -> Result<()> {
        let folder = tempfile::tempdir_in(if data.exists() { data } else { Path::new("/tmp") })?;
        let bare = bare::store::Writes::open(&folder.path().join("bare.db"))?;
        let mut file = bare::store::Syncs::open(&folder.path().join("sync"))?;
        let count = 1 + self.calls.min(200);
        let (mut ours, mut bares, mut syncs) = (Vec::new(), Vec::new(), Vec::new());
        let server = cpu_of_server(self.server.as_deref());
        let mut cpu = std::time::Duration::ZERO;
        for n in 1..count {
            let (answer, cost) = spent(|| self.change(n));
            answer?;
            cpu += cost.cpu;
            ours.push(millis(cost.wall));
            let (answer, cost) = spent(|| bare.write(n));
            answer?;
            bares.push(millis(cost.wall));
            let (answer, cost) = spent(|| file.write());
            answer?;
            syncs.push(millis(cost.wall));
        }
        cpu += cpu_of_server(self.server.as_deref()).saturating_sub(server);
        println!("\n## One fact, until its decision is on disk\n");
        println!("| what | p50, ms | p99, ms | CPU, ms |\n|---|---:|---:|---:|");
        let row = |what: &str, walls: &[f64], cpu: &str| {
            println!("| {what} | {:.2} | {:.2} | {cpu} |", median(walls), quantile(walls, 0.99));
        };
        row(
            "fact recorded, decided, one transaction",
            &ours,
            &format!("{:.2}", millis(cpu) / (count - 1) as f64),
        );
        row("bare insert of one row, embedded engine", &bares, "–");
        row("4 KiB appended and confirmed by the disk", &syncs, "–");
        println!("\nratio to a bare insert: {:.2}", median(&ours) / median(&bares));
        Ok(())
    }

    fn change(&self, n: u64) -> kernel::Result<()> {
        let (cx, line) = (&self.cx, self.line);
        let account = AccountId::new(i64::try_from(n * 4_721 % 900_000 + 1).unwrap_or(1));
        let pounds = Currency::parse("GBP")?;
        self.open.house.store.write(cx, |tx| {
            let id = timeline::store::allocate_facts(tx, 1)?.next().unwrap_or(timeline::FactId::new(0));
            let fact = NewFact {
                id,
                account,
                line,
                occurred: Day::parse(generated::LAST_DAY)?.moment(),
                currency: Some(pounds),
                source: None,
                fact: Fact::Order(Purchase { amount: 250_000, ..Purchase::default() }),
            };
            timeline::store::append(cx, tx, &[fact])?;
            jobs::decide_stale(cx, tx).map(drop)
        })
    }
}
