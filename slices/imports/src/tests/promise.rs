//! Companies, people, contracts and tickets of a made-up business: a dry run counts what the run does, and taking all of
//! it back leaves what others did since, byte for byte.
//!
//! Everyday 2,000 rows; `MAINSTAY_SOAK` makes it 100,000.

use std::fmt::Write;

use super::world::{World, in_both, owner};
use crate::ops::{undo, view::ShownImport};

/// How many rows in all: a tenth companies, three tenths people, a tenth contracts, the rest tickets.
fn size() -> usize {
    if std::env::var_os("MAINSTAY_SOAK").is_some() { 100_000 } else { 2_000 }
}

/// Numbers that look like chance and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn day(&mut self) -> String {
        format!("{}-{:02}-{:02}", 2022 + self.roll(3), 1 + self.roll(12), 1 + self.roll(28))
    }
}

/// The four files; some rows say nothing new, change something, or cannot be read.
fn files(rows: usize) -> [(&'static str, String); 4] {
    let (mut dice, companies) = (Dice(7), rows / 10);
    let mut accounts = "Company ID,Company name,Phone,City,Country\n".to_owned();
    for n in 0..companies {
        // Every fiftieth names a company of an earlier row again.
        let id = if n % 50 == 49 { dice.roll(n) } else { n };
        let _ = writeln!(
            accounts,
            "C{id},Firm {id} Ltd,020 7946 {:04},Town {},United Kingdom",
            id % 10_000,
            dice.roll(90)
        );
    }
    let mut people = "Contact ID,Company ID,First name,Last name,Email,Job title\n".to_owned();
    for n in 0..rows * 3 / 10 {
        let company = dice.roll(companies);
        let _ = writeln!(
            people,
            "P{n},C{company},Ada{n},Moss{},ada{n}@firm{company}.example,Clerk",
            dice.roll(400)
        );
    }
    let mut contracts = "Contract No,Company ID,Start date,End date,Term,Auto renew\n".to_owned();
    for n in 0..rows / 10 {
        let start = if n % 97 == 96 { "31 April".to_owned() } else { dice.day() };
        let _ =
            writeln!(contracts, "K{n},C{},{start},,12 months,{}", dice.roll(companies), ["yes", "no"][n % 2]);
    }
    let mut tickets = "Ticket ID,Company ID,Created at,Topic,Satisfaction score\n".to_owned();
    for n in 0..rows - companies - rows * 3 / 10 - rows / 10 {
        let score = if n % 3 == 0 { String::new() } else { (1 + dice.roll(5)).to_string() };
        let company = if n % 211 == 210 { String::new() } else { format!("C{}", dice.roll(companies)) };
        let _ = writeln!(tickets, "T{n},{company},{},technical,{score}", dice.day());
    }
    [
        ("companies.csv", accounts),
        ("people.csv", people),
        ("contracts.csv", contracts),
        ("tickets.csv", tickets),
    ]
}

fn bring(world: &World, (name, text): &(&str, String)) -> ShownImport {
    let id = world.receive(name, text.as_bytes());
    let planned = world.plan(&id).planned.unwrap();
    let done = world.run(&id);
    assert_eq!(done.result.as_ref(), Some(&planned), "{name}: the run does what the dry run counted");
    done
}

/// What others do meanwhile: an account of their own, and what happened with it.
fn edit(world: &World) {
    let cx = owner();
    let run = |name: &str, input: serde_json::Value| {
        let operations = accounts::slice().operations;
        let operation = operations.iter().find(|known| known.head.name == name).unwrap();
        world.house.store.write(&cx, |tx| operation.run(&cx, tx, input.clone())).unwrap()
    };
    let added = run("account.add", serde_json::json!({ "name": "Wick Bakery" }));
    let goal = serde_json::json!([{ "kind": "goal", "on": "2025-02-01" }]);
    run("facts.record", serde_json::json!({ "id": added["id"], "line": "Bread", "facts": goal }));
}

#[test]
fn a_dry_run_is_the_plan_and_all_of_it_can_be_taken_back() {
    in_both(|world| {
        let files = files(size());
        let rows: usize = files.iter().map(|(_, text)| text.lines().count() - 1).sum();
        assert_eq!(rows, size());
        let undisturbed = world.other();
        edit(&undisturbed);
        let done: Vec<_> = files.iter().map(|file| bring(world, file)).collect();
        for import in &done {
            let outcome = import.result.clone().unwrap();
            let told = outcome.lines.create + outcome.update + outcome.link + outcome.lines.skip;
            assert_eq!(
                told + outcome.exclude + outcome.reject,
                outcome.rows,
                "{}: every row came to something",
                import.name
            );
            assert!(0 < outcome.lines.create, "{}", import.name);
        }
        assert!(0 < done[2].result.clone().unwrap().reject && 0 < done[3].result.clone().unwrap().reject);
        edit(world);
        for import in done.iter().rev() {
            world.ask(&import.id, undo::ask_undo).unwrap();
            world.work(undo::UNDO_JOB, &import.id);
            assert_eq!(world.view(&import.id).state, "taken back");
        }
        assert_eq!(world.dump(), undisturbed.dump(), "byte for byte, what others did since stays");
    });
}
