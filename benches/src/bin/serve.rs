//! The house over HTTP: start, memory, the weight of pages, what every kind of request costs beside its goal and beside the
//! same question to the database alone, 16 clients at once, and 16 readers while a file comes in.
//!
//! `bench-serve [--data DIR] [--database URL] [--calls 100] [--seconds 5] [--only start|list|page|find|records|many|import]`;
//! the house is one that `bench-house` made. Whoever writes writes into it.

use std::{fs, thread, time::Duration};

use benches::{
    Result,
    asking::{Asked, Question},
    bare::store::asked,
    coming::Coming,
    floor::{Bare, Cell, Floor},
    generated, number, option,
    questions::{book, finding, records},
    report::{absolute, beside, head, median},
    running::{Running, signed_in, token},
    settings,
    spent::memory_of,
    weight::{PACKED, weigh},
};
use kernel::Codes;
use mainstay::config::{self, Settings};

struct Bench {
    running: Running,
    floor: Floor,
    full: Settings,
    codes: Codes,
    /// A person in a browser, and a program with a token.
    session: String,
    token: String,
    /// How many accounts were made up.
    accounts: u64,
    /// For how many of them somebody acts.
    people: u64,
    calls: u64,
    /// Different in each run, so that what is recorded is new.
    run: u64,
}

fn main() -> Result<()> {
    let wants = |part: &str| option("--only").is_none_or(|only| only.split(',').any(|one| one == part));
    let full = settings("/tmp/mainstay-bench");
    if wants("start") {
        fresh()?;
    }
    let (session, token) = (signed_in(&full)?, token(&full)?);
    let codes = config::open(&full)?.house.context().codes;
    let mut floor = Floor::open(&full)?;
    let made = Bare::new(asked::KNOWN, vec![Cell::Text(generated::SPACE.to_owned())]);
    let accounts = floor.count(&made)?;
    let acting = Bare::new(asked::KNOWN_PEOPLE, vec![Cell::Text(generated::PEOPLE.to_owned())]);
    let people = floor.count(&acting)?;
    let running = Running::start(&full)?;
    let run = u64::try_from(config::clock() / 1_000_000)? % 1_000_000_000;
    let calls = number("--calls", 100)?;
    println!(
        "\n{accounts} accounts, {people} people; the full house answered after {:.3} s (goal 2)",
        running.started.as_secs_f64()
    );
    idle("idle, full house, MiB (P16)", &running)?;
    let mut bench = Bench { running, floor, full, codes, session, token, accounts, people, calls, run };
    if wants("start") {
        weigh(bench.running.address, &bench.session)?;
    }
    bench.one_client(&wants)?;
    if wants("many") {
        bench.many_clients()?;
    }
    if wants("import") {
        bench.beside_an_import()?;
    }
    bench.afterwards()
}

/// Start and memory of a house with nothing in it.
fn fresh() -> Result<()> {
    let folder = tempfile::tempdir()?;
    head("Start and memory", "s or MiB");
    let starts: Vec<f64> = (0..5)
        .map(|n| {
            let fresh = Settings { data: folder.path().join(format!("fresh-{n}")), database: None };
            Running::start(&fresh).map(|running| running.started.as_secs_f64())
        })
        .collect::<Result<_>>()?;
    absolute("fresh start to the first answer, s (P17)", median(&starts), 2.0);
    let empty = Settings { data: folder.path().join("empty"), database: None };
    idle("idle, empty house, MiB (P16)", &Running::start(&empty)?)
}

fn idle(what: &str, running: &Running) -> Result<()> {
    thread::sleep(Duration::from_secs(1));
    absolute(what, memory_of(running.process())?.0 as f64 / 1_024.0, 40.0);
    Ok(())
}

impl Bench {
    /// Whoever asks: a program with a token, or a browser with a session.
    fn asked(&self, headers: String) -> Asked<'_> {
        Asked { running: &self.running, server: self.full.database.as_deref(), headers }
    }

    fn browser(&self) -> String {
        format!("{PACKED}{}", self.session)
    }

    fn one_client(&mut self, wants: &dyn Fn(&str) -> bool) -> Result<()> {
        let mut parts = Vec::new();
        if wants("records") {
            let mut one = vec![records::account(&self.codes, self.accounts)];
            let (mut pages, mut programs) = (Vec::new(), Vec::new());
            for question in records::relationships(&self.running, &self.token)? {
                let is_page = question.what.ends_with("page");
                if is_page { pages.push(question) } else { programs.push(question) }
            }
            one.extend(programs);
            one.extend([
                records::new_account(self.run),
                records::new_person(&self.codes, self.accounts, self.run),
            ]);
            parts.push(("One record, by a program", self.token.clone(), one));
            parts.push(("One record, in a browser", self.browser(), pages));
        }
        if wants("list") {
            let lists = book::questions(&self.running, &self.token, false)?;
            parts.push(("The book, 50 rows and totals, JSON", self.token.clone(), lists));
        }
        if wants("page") {
            let lists = book::questions(&self.running, &self.token, true)?;
            parts.push(("The book, 50 rows and totals, page", self.browser(), lists));
        }
        if wants("find") {
            let all = finding::questions(self.people);
            let (pages, programs): (Vec<_>, Vec<_>) =
                all.into_iter().partition(|question| question.what.starts_with("palette"));
            parts.push(("Finding, 50 hits, JSON", self.token.clone(), programs));
            parts.push(("Finding, as the palette asks", self.browser(), pages));
        }
        for (title, headers, questions) in parts {
            self.table(title, headers, &questions)?;
        }
        Ok(())
    }

    fn table(&mut self, title: &str, headers: String, questions: &[Question]) -> Result<()> {
        Asked::head(title);
        let (mut met, mut goals) = (0, 0);
        for question in questions {
            let asked = Asked {
                running: &self.running,
                server: self.full.database.as_deref(),
                headers: headers.clone(),
            };
            let (_, holds) = asked.row(question, self.calls, &mut self.floor)?;
            met += usize::from(holds && question.goal.is_some());
            goals += usize::from(question.goal.is_some());
        }
        println!("\n{met} of {goals} goals met.");
        Ok(())
    }

    fn many_clients(&self) -> Result<()> {
        println!("\n## 16 clients at once (P10)\n");
        println!(
            "| request | requests/s | goal | met | CPU, ms | CPU alone gives, requests/s | p50, ms | p99, ms | p99 / p50 |"
        );
        println!("|---|---:|---:|---|---:|---:|---:|---:|---:|");
        let program = self.asked(self.token.clone());
        let time = Duration::from_secs(number("--seconds", 5)?);
        let questions = [
            (records::account(&self.codes, self.accounts), 8_000.0),
            (book::usual(), 2_500.0),
            (records::new_account(self.run + 10_000_000), 1_000.0),
        ];
        for (question, least) in questions {
            let told = program.many(&question, time)?;
            let met = if least <= told.rate { "yes" } else { "**no**" };
            println!(
                "| {} | {:.0} | ≥ {least} | {met} | {:.2} | {:.0} | {:.1} | {:.1} | {:.1} |",
                question.what,
                told.rate,
                told.cpu,
                2_000.0 / told.cpu,
                told.p50,
                told.p99,
                told.p99 / told.p50
            );
        }
        Ok(())
    }

    /// Sixteen readers without an import and with one.
    fn beside_an_import(&self) -> Result<()> {
        println!("\n## 16 clients while a file of orders comes in (P19: p99 / p50 ≤ 3)\n");
        println!("| request | import | requests/s | p50, ms | p99, ms | p99 / p50 | met |");
        println!("|---|---|---:|---:|---:|---:|---|");
        let program = self.asked(self.token.clone());
        let time = Duration::from_secs(number("--seconds", 5)?);
        let questions = [records::account(&self.codes, self.accounts), book::usual()];
        for (n, question) in questions.iter().enumerate() {
            let alone = program.many(question, time)?;
            let coming = Coming::begin(&program, self.run * 10 + n as u64)?;
            let beside = program.many(question, time)?;
            let through = coming.is_under_way()?;
            let met = if beside.p99 / beside.p50 <= 3.0 { "yes" } else { "**no**" };
            for (what, told, met) in [("none", alone, "–"), ("under way", beside, met)] {
                println!(
                    "| {} | {what} | {:.0} | {:.1} | {:.1} | {:.1} | {met} |",
                    question.what,
                    told.rate,
                    told.p50,
                    told.p99,
                    told.p99 / told.p50
                );
            }
            if !through {
                println!("| | the import ended before the readers did | | | | | |");
            }
            coming.ended()?;
        }
        Ok(())
    }

    fn afterwards(&self) -> Result<()> {
        println!();
        head("Memory afterwards", "MiB");
        let (all, own) = memory_of(self.running.process())?;
        absolute("resident after the bench, MiB (P16)", all as f64 / 1_024.0, 120.0);
        beside("of which its own, not files, MiB", own as f64 / 1_024.0, all as f64 / 1_024.0);
        let size = fs::metadata(self.full.data.join("mainstay.db")).map_or(0, |file| file.len());
        println!("\ndatabase file: {} MiB", size >> 20);
        Ok(())
    }
}
