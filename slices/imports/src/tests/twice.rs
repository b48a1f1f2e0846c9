//! What several rows and several tables of one import say of the same records: the dry run counts what the run does, for
//! every kind of record.

use std::fmt::Write;

use super::world::{World, in_both, owner};
use crate::{
    Meaning, Target,
    meaning::Reads,
    ops::{
        change::{self, SetMapping},
        parts, undo,
        view::ShownImport,
    },
};

/// Numbers that look like chance and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// A table of a kind with a column for whatever it can tell, about few records and fewer parties.
fn table(target: Target, dice: &mut Dice, rows: u64, records: u64) -> String {
    let names: Vec<_> = target.meanings().iter().map(|meaning| meaning.as_str()).collect();
    let mut text = names.join(",") + "\n";
    for _ in 0..rows {
        // Who and what is named goes together more often than not, as it does in files.
        let record = dice.roll(records);
        let party = if dice.roll(20) == 0 { dice.roll(90) } else { record % 90 };
        let cells: Vec<_> =
            target.meanings().iter().map(|meaning| cell(*meaning, (record, party), dice)).collect();
        let _ = writeln!(text, "{}", cells.join(","));
    }
    text
}

fn cell(meaning: Meaning, (record, party): (u64, u64), dice: &mut Dice) -> String {
    use Meaning::*;
    let needed = matches!(
        meaning,
        Date | Start | LineAmount | Quantity | UnitPrice | Wants | Stage | Currency | FactKind
    );
    if dice.roll(if needed { 60 } else { 5 }) == 0 {
        return String::new();
    }
    let of = |words: &[&str], n: u64| words[usize::try_from(n).unwrap() % words.len()].to_owned();
    match meaning {
        PartyId => format!("c{party}"),
        PartyName => format!("Firm {}", party % 70),
        Email => format!("p{party}@firm.example"),
        ContactName | FirstName | LastName => format!("Ada {}", party % 40),
        Currency | SettledCurrency => of(&["GBP", "GBP", "GBP", "EUR"], dice.roll(4)),
        Wants => of(&["transactions", "relationship", "perhaps"], dice.roll(3)),
        Duration => of(&["01:30", "00:15:00", "long"], dice.roll(3)),
        Term => of(&["12 months", "month-to-month"], dice.roll(2)),
        Cycle => of(&["monthly", "yearly"], dice.roll(2)),
        Status => of(&["paid", "open", "void"], dice.roll(3)),
        PartyKind => of(&["company", "person"], record),
        Country => of(&["Belgium", "Sweden"], record),
        OfferKind => of(&["goods", "subscription"], record),
        Discount => "0.1".to_owned(),
        Form => of(&["individual", "standard", "individual", "click", "by handshake"], dice.roll(16) / 4),
        Notice => of(&["90 days", "1 month", "3 months", "soon"], dice.roll(16) / 5),
        MadeForThem => of(&["scope; price", "none", "deliverable", "a cake"], dice.roll(16) / 5),
        Promises => of(&["named person", "reviews; named person", "reviews", "rain"], dice.roll(16) / 5),
        FactKind => of(&["goal", "training", "referral", "interest", "horoscope"], dice.roll(16) / 4),
        _ => match meaning.reads() {
            Reads::Id if dice.roll(12) == 0 => format!("R{}", dice.roll(40)),
            Reads::Id => format!("R{record}"),
            Reads::Text => format!("{} {}", meaning.as_str(), dice.roll(2)),
            Reads::Date => of(&["2024-03-04", "2024-05-06", "2025-01-02", "31 April"], dice.roll(64) / 20),
            Reads::Amount | Reads::Number => (1 + dice.roll(2)).to_string(),
            Reads::Flag => of(&["yes", "no"], dice.roll(2)),
        },
    }
}

/// A mapping by which the columns of such a table mean what they are called.
fn mapping(target: Target) -> String {
    let mut text = format!("target = \"{}\"\n[fixed]\nline = \"Shop\"\n[columns]\n", target.as_str());
    for meaning in target.meanings() {
        let _ = writeln!(text, "{0} = \"{0}\"", meaning.as_str());
    }
    text
}

/// Tables come in together and are counted, then run; both come to the same.
fn bring(world: &World, tables: &[(Target, String)]) -> Vec<ShownImport> {
    let names: Vec<String> =
        tables.iter().enumerate().map(|(n, (target, _))| format!("{n} {}.csv", target.as_str())).collect();
    let known = "Company ID,Company name,Phone,City\nc1,Firm 1,020,Leeds\n";
    let files = names.iter().zip(tables).map(|(name, (_, text))| (name.as_str(), text.as_str()));
    let ids = world.receive_all(&files.chain([("known.csv", known)]).collect::<Vec<_>>());
    let cx = owner();
    for (id, (target, _)) in ids.iter().zip(tables) {
        let laid = || SetMapping { id: id.clone(), mapping: mapping(*target) };
        world.house.store.write(&cx, |tx| change::set_mapping(&cx, tx, laid())).unwrap();
        world.ask(id, parts::take_in).unwrap();
    }
    world.ask(&ids[0], change::ask_plan).unwrap();
    world.work("import.plan", &ids[0]);
    let planned = world.parts(&ids[0]).parts;
    world.ask(&ids[0], change::ask_run).unwrap();
    world.work("import.run", &ids[0]);
    let done = world.parts(&ids[0]).parts;
    for (plan, run) in planned.iter().zip(&done) {
        assert_eq!(run.result, plan.planned, "{}: the run does what the dry run counted", run.name);
    }
    done
}

fn created(part: &ShownImport) -> i64 {
    part.result.as_ref().unwrap().lines.create
}

#[test]
fn two_tables_of_one_kind_name_the_same_records() {
    in_both(|world| {
        for (target, seed) in Target::ALL.iter().zip(1..) {
            let mut dice = Dice(seed);
            // More than a batch, so that a record is told of in several.
            let first = (*target, table(*target, &mut dice, 2_300, 600));
            let second = (*target, table(*target, &mut dice, 500, 700));
            let done = bring(world, &[first.clone(), second.clone()]);
            assert!(0 < created(&done[0]) && 0 < created(&done[1]), "{}", target.as_str());
            assert!(created(&done[1]) < 500, "{}", target.as_str());
            let again = bring(world, &[first, second]);
            let made = created(&again[0]) + created(&again[1]);
            // Whom a later row gave another name is not found by the earlier one.
            let most = if *target == Target::ContactsRecord { 20 } else { 0 };
            assert!(made <= most, "{}: what comes again is known, but {made}", target.as_str());
        }
    });
}

#[test]
fn tables_of_every_kind_name_the_same_parties_and_each_other() {
    in_both(|world| {
        let empty = world.dump();
        let mut dice = Dice(77);
        let mut tables: Vec<(Target, String)> = Vec::new();
        for _ in 0..2 {
            tables.extend(Target::ALL.iter().map(|target| (*target, table(*target, &mut dice, 60, 40))));
        }
        let done = bring(world, &tables);
        world.ask(&done[0].id, undo::ask_undo).unwrap();
        world.work(undo::UNDO_JOB, &done[0].id);
        assert_eq!(world.dump(), empty, "taken back to the byte");
    });
}
