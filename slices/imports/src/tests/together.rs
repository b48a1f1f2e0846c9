//! Several files that come together, and imports that are told to wait or to go.

use std::fmt::Write as _;

use super::world::{ORDERS, World, in_both, owner};
use crate::ops::{change, halt, parts, undo};

/// Orders of two lines each, in euros.
fn orders(numbers: std::ops::Range<usize>) -> String {
    let mut text =
        "Order number,Date,SKU,Description,Quantity,Unit price,Customer ID,Country,Currency\n".to_owned();
    for n in numbers {
        for sku in ["K1", "T7"] {
            let day = 1 + n % 28;
            writeln!(text, "{n},2025-01-{day:02},{sku},Thing,1,2.50,c{},Belgium,EUR", n % 70).unwrap();
        }
    }
    text
}

/// Customers, to whom no order is recorded by this file, and a poem.
const POEM: &str = "roses,violets\nred,blue\npink,white\n";

fn two_months(world: &World) -> Vec<String> {
    world.receive_all(&[
        ("january.csv", &*orders(0..1_200)),
        ("poem.csv", POEM),
        ("february.csv", &*orders(1_200..2_400)),
    ])
}

#[test]
fn files_that_come_together_are_counted_run_and_taken_back_as_one() {
    in_both(|world| {
        let empty = world.dump();
        let ids = two_months(world);
        let shown = world.parts(&ids[2]);
        assert_eq!((shown.id.as_str(), shown.parts.len()), (&*ids[0], 3));
        assert!(
            shown.parts[1].left_out && shown.parts[1].questions[0].contains("no column of poem.csv is known")
        );
        assert_eq!(shown.parts[2].bundle.as_ref(), Some(&ids[0]));

        world.ask(&ids[2], change::ask_plan).unwrap();
        world.work("import.plan", &ids[0]);
        let planned = world.parts(&ids[0]);
        assert_eq!(planned.state, "dry run done");
        assert_eq!(planned.parts[1].state, "received");
        world.ask(&ids[2], change::ask_run).unwrap();
        world.work("import.run", &ids[0]);
        let done = world.parts(&ids[0]);
        assert_eq!(done.state, "done");
        let counts = |part: usize| done.parts[part].result.as_ref().unwrap().lines.clone();
        for part in [0, 2] {
            assert_eq!(done.parts[part].result, planned.parts[part].planned);
            assert_eq!(counts(part).create, 2_400);
        }
        // Who was met in the first file is no new account in the second, nor one that was known before.
        assert_eq!(
            [counts(0), counts(2)].map(|counts| (counts.accounts_create, counts.accounts_link)),
            [(70, 0), (0, 0)]
        );

        world.ask(&ids[0], undo::ask_undo).unwrap();
        world.work(undo::UNDO_JOB, &ids[0]);
        assert_eq!(world.parts(&ids[0]).state, "taken back");
        assert_eq!(world.dump(), empty);
    });
}

#[test]
fn the_plug_pulled_in_the_middle_of_several_files_changes_nothing() {
    in_both(|world| {
        let whole = world.other();
        let ids = two_months(&whole);
        whole.ask(&ids[0], change::ask_run).unwrap();
        whole.work("import.run", &ids[0]);
        let ids = two_months(world);
        world.ask(&ids[0], change::ask_run).unwrap();
        for asked in [4, 8, 11] {
            world.work_until("import.run", &ids[0], asked);
        }
        world.work("import.run", &ids[0]);
        let results = |world: &World| {
            world.parts(&ids[0]).parts.into_iter().map(|part| part.result).collect::<Vec<_>>()
        };
        assert_eq!(results(world), results(&whole));
        assert_eq!(world.dump(), whole.dump());
        // Pulled while it is taken back, too.
        world.ask(&ids[0], undo::ask_undo).unwrap();
        for asked in [3, 9] {
            world.work_until(undo::UNDO_JOB, &ids[0], asked);
        }
        world.work(undo::UNDO_JOB, &ids[0]);
        assert_eq!(world.dump(), world.other().dump());
    });
}

#[test]
fn what_is_left_out_is_not_imported_and_comes_in_when_it_is_taken_in() {
    in_both(|world| {
        let ids = two_months(world);
        world.ask(&ids[0], parts::leave_out).unwrap();
        world.ask(&ids[0], change::ask_run).unwrap();
        world.work("import.run", &ids[0]);
        let done = world.parts(&ids[0]);
        assert!(done.parts[0].result.is_none() && done.parts[2].result.is_some());
        let problem = world.ask(&ids[0], parts::take_in).unwrap_err();
        assert_eq!(problem.code, "imports.state");
        let alone = world.receive("orders.csv", ORDERS.as_bytes());
        assert_eq!(world.ask(&alone, parts::leave_out).unwrap_err().code, "imports.alone");
    });
}

#[test]
fn one_that_cannot_be_read_does_not_keep_the_others_out_and_a_refusal_names_its_table() {
    in_both(|world| {
        let received =
            world.try_receive_all(&[("empty.csv", ""), ("one.csv", ORDERS), ("two.csv", ORDERS)]).unwrap();
        assert_eq!((received.parts.len(), received.refused.len()), (2, 1));
        assert_eq!((received.refused[0].0, received.refused[0].1.code), (0, "imports.empty"));
        let lead = owner().codes.write(received.id);
        assert!(world.parts(&lead).parts[0].questions[0].contains("empty.csv"));
        let problem = world.ask(&lead, change::ask_run).unwrap_err();
        assert_eq!(problem.code, "imports.mapping");
        assert!(problem.message.starts_with("one.csv: "), "{problem}");
        world.ask(&lead, change::discard).unwrap();
        assert!(world.try_receive_all(&[("empty.csv", ""), ("none.csv", "")]).is_err());
        // What is left of two is an import like any other.
        let alone = world.try_receive_all(&[("empty.csv", ""), ("one.csv", ORDERS)]).unwrap();
        assert!(world.view(&owner().codes.write(alone.id)).bundle.is_none());
    });
}

#[test]
fn a_paused_import_keeps_what_is_in_lets_others_go_first_and_ends_as_if_it_had_not_been() {
    in_both(|world| {
        let id = world.receive("orders.csv", orders(0..2_500).as_bytes());
        world.ask(&id, change::ask_run).unwrap();
        world.work_until("import.run", &id, 6);
        let paused = world.ask(&id, halt::pause).unwrap();
        assert_eq!(paused.state, "paused");
        assert!(0 < paused.written && paused.written < 5_000, "{}", paused.written);
        assert_eq!(world.ask(&id, halt::pause).unwrap_err().code, "imports.state");
        assert_eq!(world.ask(&id, change::ask_run).unwrap_err().code, "imports.state");
        // Whoever still holds the job writes nothing more.
        world.work("import.run", &id);
        assert_eq!(world.view(&id).written, paused.written);
        let page = world.get(&owner(), &format!("/imports/{id}")).unwrap().body;
        assert!(page.contains("Resume") && page.contains("Cancel") && !page.contains("Discard"), "{page}");
        let other = world.receive("other.csv", orders(9_000..9_100).as_bytes());
        assert_eq!(world.run(&other).state, "done");

        world.ask(&id, halt::resume).unwrap();
        world.work("import.run", &id);
        let done = world.view(&id);
        let alone = world.other();
        let same = alone.receive("orders.csv", orders(0..2_500).as_bytes());
        let mut result = alone.run(&same).result.unwrap();
        // The others knew its accounts by the time it was resumed, but it had made them.
        result.lines.accounts_create = done.result.as_ref().unwrap().lines.accounts_create;
        assert_eq!(done.result, Some(result));
    });
}

#[test]
fn a_cancelled_import_takes_back_what_is_in() {
    in_both(|world| {
        let empty = world.dump();
        let id = world.receive("orders.csv", orders(0..2_500).as_bytes());
        world.ask(&id, change::ask_plan).unwrap();
        assert_eq!(world.ask(&id, halt::cancel).unwrap().state, "received");
        world.work("import.plan", &id);
        assert_eq!(world.view(&id).state, "received");
        assert_eq!(world.ask(&id, halt::cancel).unwrap_err().code, "imports.state");

        world.ask(&id, change::ask_run).unwrap();
        world.work_until("import.run", &id, 6);
        assert_eq!(world.ask(&id, halt::cancel).unwrap().state, "being taken back");
        world.work("import.run", &id);
        world.work(undo::UNDO_JOB, &id);
        assert_eq!(world.view(&id).state, "taken back");
        assert_eq!(world.dump(), empty);
        assert_eq!(world.run(&id).state, "done");
    });
}

#[test]
fn files_that_overlap_are_counted_as_they_come_in() {
    in_both(|world| {
        let later = orders(800..1_600).replace("2.50", "2.75");
        let files =
            [("all.csv", &*orders(0..1_000)), ("more.csv", &*orders(500..1_500)), ("dearer.csv", &*later)];
        let ids = world.receive_all(&files);
        world.ask(&ids[0], change::ask_plan).unwrap();
        world.work("import.plan", &ids[0]);
        let planned = world.parts(&ids[0]).parts.into_iter().map(|part| part.planned).collect::<Vec<_>>();
        world.ask(&ids[0], change::ask_run).unwrap();
        world.work("import.run", &ids[0]);
        let done = world.parts(&ids[0]).parts.into_iter().map(|part| part.result).collect::<Vec<_>>();
        assert_eq!(planned, done);
        let lines = done.iter().map(|outcome| outcome.as_ref().unwrap().lines.clone());
        let counts: Vec<_> =
            lines.map(|it| (it.create, it.skip, it.orders_create, it.orders_update)).collect();
        assert_eq!(counts, [(2_000, 0, 1_000, 0), (1_000, 1_000, 500, 0), (1_600, 0, 100, 700)]);
    });
}

const LINES: &str =
    "OrderID,ProductID,Quantity,UnitPrice\n1.0,K1,2,3.50\n2,T7,1,4.00\n2,K1,1,3.50\n9,T7,1,4.00\n";
const HEADS: &str =
    "OrderID,CustomerID,OrderDate\n1,c1,2025-03-04\n2,c2,2025-03-05\n3,c2,2025-03-06\n9,c1,2025-03-07\n";
const BUYERS: &str = "CustomerID,CompanyName,Country\nc1,Osterlund Marine,Belgium\nc2,Rook & Daughters,United Kingdom\nc3,Falk Brewery,Sweden\n";

#[test]
fn what_a_table_lacks_is_proposed_from_the_tables_it_names() {
    in_both(|world| {
        let ids =
            world.receive_all(&[("Lines.csv", LINES), ("Orders.csv", HEADS), ("Customers.csv", BUYERS)]);
        let shown = world.parts(&ids[0]);
        let said: Vec<_> = shown.overlaps.iter().map(|overlap| overlap.sentence.as_str()).collect();
        assert_eq!(
            said,
            [
                "Lines.OrderID in Orders.OrderID: 3 of 3 found; 1 of 4 never named",
                "Orders.CustomerID in Customers.CustomerID: 2 of 2 found; 1 of 3 never named",
            ]
        );
        let lines = &shown.parts[0];
        for word in [
            "date = \"Orders.OrderDate\"",
            "party_id = \"Orders.CustomerID\"",
            "party_name = \"Customers.CompanyName\"",
            "by = \"Orders.CustomerID\"",
        ] {
            assert!(lines.mapping.contains(word), "{word}: {}", lines.mapping);
        }
        assert!(shown.parts[1].left_out, "{:?}", shown.parts[1]);
        let found: Vec<_> =
            lines.columns.iter().filter(|it| it.found_in.is_some()).map(|it| it.name.as_str()).collect();
        assert!(found.contains(&"Customers.Country"), "{found:?}");
        world.say_currency(&ids[0]);
        if !shown.parts[2].left_out {
            world.ask(&ids[2], parts::leave_out).unwrap();
        }
        world.ask(&ids[0], change::ask_run).unwrap();
        world.work("import.run", &ids[0]);
        let done = world.view(&ids[0]);
        let counts = done.result.unwrap().lines;
        assert_eq!(
            (done.state.as_str(), counts.create, counts.orders_create, counts.accounts_create),
            ("done", 4, 3, 2)
        );
        // A row shows what was looked up.
        let page = world.get(&owner(), &format!("/imports/{}/rows/1", ids[0])).unwrap().body;
        assert!(page.contains("Orders.OrderDate") && page.contains("Osterlund Marine"), "{page}");
    });
}

#[test]
fn a_lookup_that_a_person_writes_is_checked_against_what_came() {
    in_both(|world| {
        let ids =
            world.receive_all(&[("Lines.csv", LINES), ("Orders.csv", HEADS), ("Customers.csv", BUYERS)]);
        let mapping = world.view(&ids[0]).mapping.replace("[fixed]", "[fixed]\ncurrency = \"EUR\"");
        let cx = owner();
        let set = |mapping: String| {
            let id = ids[0].clone();
            world.house.store.write(&cx, |tx| {
                change::set_mapping(&cx, tx, change::SetMapping { id: id.clone(), mapping: mapping.clone() })
            })
        };
        for (from, to, said) in [
            ("table = \"Orders\"", "table = \"Bills\"", "no table"),
            ("key = \"OrderID\"", "key = \"Number\"", "it has OrderID"),
            ("Orders.OrderDate", "Orders.Day", "no column"),
        ] {
            let problem = set(mapping.replace(from, to)).unwrap_err();
            assert!(problem.message.contains(said), "{said}: {problem}");
        }
        let shown = set(mapping.clone()).unwrap();
        assert!(
            shown
                .columns
                .iter()
                .any(|column| column.name == "Orders.OrderDate" && column.meaning.as_deref() == Some("date"))
        );
    });
}

#[test]
fn a_total_that_stands_on_each_line_is_said_and_counted_once() {
    in_both(|world| {
        let text = "Order number,Date,SKU,Quantity,Unit price,Order total,Customer ID,Currency\n\
                    1,2025-03-04,K1,2,3.50,11.00,c1,EUR\n1,2025-03-04,T7,1,4.00,11.00,c1,EUR\n\
                    2,2025-03-05,K1,1,3.50,9.50,c2,EUR\n2,2025-03-05,T7,1,4.00,9.50,c2,EUR\n\
                    3,2025-03-06,T7,1,4.00,4.00,c2,EUR\n";
        let id = world.receive("orders.csv", text.as_bytes());
        let shown = world.view(&id);
        let said = "on each line of 2 of 2 orders with several lines, and is counted once for each order; the lines add \
                    up to it in 2 of 3";
        assert!(shown.questions.iter().any(|question| question.contains(said)), "{:?}", shown.questions);
    });
}
