//! What no system exports and people write down all the same: how a contract was agreed, who serves whom, why they chose us.

use super::world::{World, in_both};
use crate::ops::{undo, view::ShownImport};

const AGREED: &str = "\
Number,Client,Start,Bound until,Term,Form,Scope,Notice,Made for them,Promises,Need
K-1,Rook & Daughters,2025-01-01,2025-12-31,One year,individual,Payroll for 12 people; A review each quarter,90 days,\"scope, price\",named person,Payroll without overtime at night
K-2,Wick Bakery,2025-02-01,,,standard,,1 month,none,,
K-3,Grey Heron Print,2025-02-01,,One year,handshake,,90 days,,,
K-4,Grey Heron Print,2025-02-01,,One year,standard,,soon,,,
";

const TERMS: &str = r#"target = "contracts.record"
[fixed]
line = "Payroll"
[columns]
record_id = "Number"
party_name = "Client"
start = "Start"
last_day = "Bound until"
term = "Term"
form = "Form"
scope = "Scope"
notice = "Notice"
made_for_them = "Made for them"
promises = "Promises"
need = "Need"
"#;

const LIST: &str = "\
When,Whom,What,Says
2025-03-04,Rook & Daughters,assignment,Dana Whitfield
2025-03-04,Rook & Daughters,rhythm,90 days
2025-03-09,Rook & Daughters,goal,payroll close from 5 days to 2
2025-03-09,Wick Bakery,basis,\"price, location\"
2025-03-10,Wick Bakery,horoscope,
";

const FACTS: &str = r#"target = "facts.record"
[fixed]
line = "Payroll"
[columns]
date = "When"
party_name = "Whom"
fact = "What"
says = "Says"
"#;

fn brought(world: &World, name: &str, text: &str, mapping: &str) -> ShownImport {
    let id = world.receive_with(name, text.as_bytes(), mapping);
    let planned = world.plan(&id).planned.unwrap();
    let done = world.run(&id);
    assert_eq!(done.result.as_ref(), Some(&planned), "{name}");
    done
}

fn take_back(world: &World, import: &ShownImport) {
    world.ask(&import.id, undo::ask_undo).unwrap();
    world.work(undo::UNDO_JOB, &import.id);
    world.decide();
    assert_eq!(world.view(&import.id).state, "taken back");
}

#[test]
fn how_a_contract_was_agreed_comes_in_with_it_and_is_taken_back() {
    in_both(|world| {
        let empty = world.dump();
        let agreed = brought(world, "agreements.csv", AGREED, TERMS);
        let result = agreed.result.clone().unwrap();
        assert_eq!((result.lines.create, result.reject), (2, 2), "words that no contract has are refused");
        let known = world.dump();
        for told in
            ["individual", "2025-12-31", "A review each quarter", "90 days", "named_person", "at night"]
        {
            assert!(known.contains(told), "{told}: {known}");
        }
        take_back(world, &agreed);
        assert_eq!(world.dump(), empty);
    });
}

#[test]
fn what_people_wrote_down_becomes_facts_and_is_taken_back() {
    in_both(|world| {
        let empty = world.dump();
        let list = brought(world, "notes.csv", LIST, FACTS);
        let result = list.result.clone().unwrap();
        assert_eq!((result.lines.create, result.reject), (4, 1));
        let known = world.dump();
        for told in ["Dana Whitfield", "every_days", "goal", "location"] {
            assert!(known.contains(told), "{told}: {known}");
        }
        take_back(world, &list);
        assert_eq!(world.dump(), empty);
    });
}
