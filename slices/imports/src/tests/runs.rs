//! Whole imports on both engines: what is counted is what is done, and nothing that happens to a run leaves a trace.

use std::{fmt::Write as _, io::Write as _};

use flate2::{Compression, write::GzEncoder};

use super::world::{ORDERS, World, in_both, owner};
use crate::{ops::view::ShownImport, run::Outcome};

/// Enough orders for several batches: two lines each, the second ones in another order after all first ones.
fn many(orders: usize) -> String {
    let mut text =
        "Order number,Date,SKU,Description,Quantity,Unit price,Customer ID,Country,Currency\n".to_owned();
    for step in [1, 7] {
        for n in 0..orders {
            let order = n * step % orders;
            let day = 1 + order % 28;
            writeln!(
                text,
                "{},2025-0{}-{day:02},A{step},Thing,{step},2.50,c{},Belgium,EUR",
                9000 + order,
                1 + order % 9,
                order % 40
            )
            .unwrap();
        }
    }
    text
}

fn planned(import: &ShownImport) -> &Outcome {
    import.planned.as_ref().unwrap()
}

fn result(import: &ShownImport) -> &Outcome {
    import.result.as_ref().unwrap_or_else(|| panic!("{}: {}", import.state, import.failure))
}

#[test]
fn the_dry_run_counts_what_the_run_does_and_writes_nothing() {
    in_both(|world| {
        let empty = world.dump();
        let id = world.receive("orders.csv", ORDERS.as_bytes());
        world.say_currency(&id);
        let counted = world.plan(&id);
        assert_eq!(world.dump(), empty);
        let done = world.run(&id);
        assert_eq!(planned(&counted), result(&done));
        let outcome = result(&done);
        assert_eq!(
            outcome.rows,
            outcome.lines.create + outcome.lines.skip + outcome.exclude + outcome.reject
        );
        assert_eq!((outcome.rows, outcome.lines.create, outcome.reject), (7, 6, 1));
        assert_eq!((outcome.lines.orders_create, outcome.lines.accounts_create), (5, 3));
        let pounds = &outcome.lines.money["GBP"];
        assert_eq!((pounds.gross.as_str(), pounds.unidentified.as_str()), ("214.50", "72.00"));
        assert_eq!((pounds.fees.as_str(), pounds.cancelled.as_str()), ("4.50", "38.00"));
        assert_eq!(done.rows, 7, "known from the moment it was received");
    });
}

#[test]
fn a_file_that_would_move_everybodys_now_says_so_before_it_runs() {
    in_both(|world| {
        world.bring_in("orders.csv", ORDERS.as_bytes());
        let counted = |name: &str, text: &str| {
            let id = world.receive(name, text.as_bytes());
            world.say_currency(&id);
            (world.plan(&id), world.get(&owner(), &format!("/imports/{id}")).unwrap().body)
        };
        let other = ORDERS.replace("2025-04-14", "2025-09-01").replace("1001", "7001");
        let (import, page) = counted("other.csv", &other);
        let moves = import.moves.as_ref().unwrap();
        assert_eq!((moves.from.as_str(), moves.to.as_str()), ("2025-04-14", "2025-09-01"));
        assert!(page.contains("would move from"), "{page}");
        let (import, page) = counted("same.csv", &ORDERS.replace("1001", "8001"));
        assert!(import.moves.is_none() && !page.contains("would move from"));
        let not_yet = ORDERS.replace("2025-04-14", "2026-09-01").replace("1001", "9001");
        assert!(counted("not-yet.csv", &not_yet).0.moves.is_none(), "a day that has not come moves nobody");
    });
}

#[test]
fn characters_that_nobody_sees_are_blanks() {
    in_both(|world| {
        let odd =
            ORDERS.replace("Rook & Daughters", "Rook\0& \u{1b}Daughters").replace("Teapot", "Tea\u{7}pot");
        let done = world.bring_in("orders.csv", odd.as_bytes());
        assert_eq!((result(&done).lines.create, result(&done).reject), (6, 1), "{}", done.failure);
        let known = world.dump();
        assert!(known.contains("Rook & Daughters") && known.contains("Tea pot"), "{known}");
    });
}

#[test]
fn the_same_file_again_changes_nothing() {
    in_both(|world| {
        let first = world.bring_in("orders.csv", ORDERS.as_bytes());
        let known = world.dump();
        let again = world.bring_in("orders (1).csv", ORDERS.as_bytes());
        assert_eq!(world.dump(), known);
        let (first, again) = (result(&first), result(&again));
        assert_eq!((again.lines.create, again.lines.skip), (0, first.lines.create));
        assert_eq!((again.lines.accounts_create, again.lines.orders_create), (0, 0));
        assert_eq!(again.lines.money, first.lines.money);
    });
}

#[test]
fn a_later_file_adds_what_it_has_more() {
    in_both(|world| {
        world.bring_in("march.csv", ORDERS.as_bytes());
        let more = "1002,2025-03-05,K1,Kettle,1,38.00,c2,Rook & Daughters,United Kingdom,\n\
                    1006,2025-05-02,T7,Teapot,1,24.00,c4,Wick Textiles,United Kingdom,\n";
        let later = world.bring_in("may.csv", format!("{ORDERS}{more}").as_bytes());
        let outcome = result(&later);
        assert_eq!((outcome.lines.create, outcome.lines.skip), (2, 6));
        assert_eq!((outcome.lines.orders_create, outcome.lines.orders_update), (1, 1));
        assert_eq!((outcome.lines.accounts_create, outcome.lines.accounts_link), (1, 3));
        let at_once = world.other();
        at_once.bring_in("may.csv", format!("{ORDERS}{more}").as_bytes());
        let (known, at_once) = (facts_of(&world.dump()), facts_of(&at_once.dump()));
        assert_eq!(known, at_once, "in two steps or at once");
    });
}

/// The facts of a dump without the ranks of accounts and facts, which tell in which order they were learnt.
fn facts_of(dump: &str) -> Vec<String> {
    let facts = dump.lines().filter(|line| line.starts_with("[\"fact\""));
    let without_ranks = |line: &str| {
        let cells: Vec<_> = line.split(',').collect();
        [&cells[2..4], &cells[6..]].concat().join(",")
    };
    let mut facts: Vec<_> = facts.map(without_ranks).collect();
    facts.sort();
    facts
}

#[test]
fn lines_scattered_through_the_file_are_one_order() {
    in_both(|world| {
        let done = world.bring_in("many.csv", many(3_000).as_bytes());
        let outcome = result(&done);
        assert_eq!((outcome.rows, outcome.lines.create, outcome.order_numbers), (6_000, 6_000, 3_000));
        assert_eq!((outcome.lines.orders_create, outcome.lines.orders_update), (3_000, 0));
        assert_eq!(facts_of(&world.dump()).len(), 3_000);
    });
}

#[test]
fn an_interrupted_run_leaves_no_trace() {
    in_both(|world| {
        let file = many(3_000);
        let whole = result(&world.bring_in("many.csv", file.as_bytes())).clone();
        let known = world.dump();
        for asked in [1, 2, 3, 4] {
            let other = world.other();
            let id = other.receive("many.csv", file.as_bytes());
            other.plan(&id);
            other.ask(&id, crate::ops::change::ask_run).unwrap();
            other.work_until("import.run", &id, asked);
            other.work_until("import.run", &id, asked + 1);
            assert_eq!(other.view(&id).state, "running");
            other.work("import.run", &id);
            let done = other.view(&id);
            assert_eq!(result(&done), &whole, "pulled after {asked}");
            assert_eq!(other.dump(), known, "pulled after {asked}");
        }
    });
}

#[test]
fn an_interrupted_dry_run_counts_anew() {
    in_both(|world| {
        let file = format!("{}x,y\n", many(3_000));
        let id = world.receive("many.csv", file.as_bytes());
        world.ask(&id, crate::ops::change::ask_plan).unwrap();
        world.work_until("import.plan", &id, 4);
        world.work("import.plan", &id);
        let outcome = planned(&world.view(&id)).clone();
        assert_eq!((outcome.rows, outcome.lines.create, outcome.reject), (6_001, 6_000, 1));
    });
}

#[test]
fn the_order_before_a_break_is_held_back_also_when_rows_after_it_cannot_be_read() {
    let orders = "Order number,Date,SKU,Description,Quantity,Unit price,Customer ID,Currency\n\
                  1,2025-03-04,K1,Kettle,1,38.00,c1,GBP\n\
                  2,2025-03-05,K1,Kettle,1,38.00,c2,GBP\n\
                  2,2025-03-05,T7,Teapot,1,24.00,c2,GBP\n";
    in_both(|world| {
        for (name, rest) in
            [("row.csv", "2,2025-03-05,L"), ("dates.csv", "2,31 April,L,Lid,1,5.00,c2,GBP\n2,20")]
        {
            let outcome = world.bring_in(name, format!("{orders}{rest}").as_bytes()).result.unwrap();
            let rows = outcome.rows;
            assert!(
                outcome.damage.is_some_and(|text| text.contains(&format!("breaks off within row {rows}")))
            );
            assert_eq!((outcome.lines.create + outcome.lines.skip, outcome.reject), (1, rows - 1), "{name}");
        }
        let whole = world.bring_in("whole.csv", orders.trim_end().as_bytes()).result.unwrap();
        assert_eq!((whole.damage, whole.lines.create), (None, 2), "no line end is no break");
    });
}

#[test]
fn a_file_that_breaks_off_keeps_its_whole_orders_and_says_where() {
    in_both(|world| {
        // Orders whose lines stand together, so that only the last one can be cut.
        let mut text = "Order number,Date,SKU,Quantity,Unit price,Customer ID,Currency\n".to_owned();
        for n in 0..20_000u32 {
            let (order, day, mixed) = (n / 2, 1 + n % 28 / 2, n.wrapping_mul(2_654_435_761));
            writeln!(text, "{order},2025-03-{day:02},S{mixed},1,{}.50,c{},EUR", mixed % 90, order % 300)
                .unwrap();
        }
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(text.as_bytes()).unwrap();
        let packed = packed.finish().unwrap();
        let id = world.receive("orders.csv.gz", &packed[..packed.len() * 9 / 10]);
        let shown = world.view(&id);
        assert!(shown.questions[0].contains("orders.csv.gz"), "{:?}", shown.questions);
        assert_eq!(shown.rows, 0, "nobody knows how many it had");
        let done = world.plan(&id);
        assert_eq!(done.state, "dry run done", "{}", done.failure);
        let counted = planned(&done).clone();
        let damage = counted.damage.clone().unwrap();
        assert!(damage.contains("orders.csv.gz") && damage.contains("row"), "{damage}");
        let done = world.run(&id);
        assert_eq!(result(&done), &counted);
        assert!((1..=2).contains(&counted.reject), "{counted:?}");
        assert!(15_000 < counted.lines.create && counted.lines.create % 2 == 0, "{counted:?}");
        let body = world.get(&owner(), &format!("/imports/{id}/rejections")).unwrap().body;
        assert!(body.contains("the file breaks off within this order"), "{body}");
    });
}

#[test]
fn nonsense_for_dates_rejects_rows_with_reasons() {
    in_both(|world| {
        let mut text = "Order number,Date,Amount,Customer ID,Currency\n".to_owned();
        for n in 0..30 {
            let date = if n % 3 == 0 { "soon".to_owned() } else { format!("2025-02-{:02}", 1 + n % 28) };
            writeln!(text, "{n},{date},10.00,c{n},EUR").unwrap();
        }
        let id = world.receive("dates.csv", text.as_bytes());
        let counted = world.plan(&id);
        let outcome = planned(&counted);
        assert_eq!((outcome.rows, outcome.reject, outcome.lines.create), (30, 10, 20));
        let page = world.get(&owner(), &format!("/imports/{id}")).unwrap();
        assert!(
            page.body.contains("<code>soon</code>") && page.body.contains("the column is read as"),
            "{}",
            page.body
        );
    });
}

#[test]
fn a_mapping_is_remembered_for_the_same_columns() {
    in_both(|world| {
        world.bring_in("march.csv", ORDERS.as_bytes());
        let id = world.receive("april.csv", ORDERS.replace("-03-", "-04-").as_bytes());
        let shown = world.view(&id);
        assert!(shown.mapping.contains("currency = \"GBP\""), "{}", shown.mapping);
        assert!(shown.columns.iter().all(|column| column.reason == "as last time"));
        let other = world.receive("other.csv", ORDERS.replace("Unit price", "Price each").as_bytes());
        assert!(!world.view(&other).mapping.contains("currency = \"GBP\""), "a column that was read is gone");
    });
}

/// A file in the words of nobody else.
const STRANGE: &str = "Wann;Wer;Was;Wieviel\n2025-03-04;c1;Kessel;38,00\n2025-03-05;c2;Kanne;24,00\n";

#[test]
fn a_mapping_of_an_unknown_file_is_used_for_the_next_one_in_another_order_and_with_a_column_more() {
    in_both(|world| {
        let said = "target = \"orders.record\"\n[fixed]\nline = \"Laden\"\ncurrency = \"EUR\"\n[columns]\n\
                    date = \"Wann\"\nparty_id = \"Wer\"\ndescription = \"Was\"\nline_amount = \"Wieviel\"\n\
                    [formats]\ndecimal = \",\"\n";
        let first = world.receive_with("maerz.csv", STRANGE.as_bytes(), said);
        world.plan(&first);
        assert_eq!(world.run(&first).result.unwrap().lines.create, 2);
        let again = world.receive("maerz (1).csv", STRANGE.as_bytes());
        assert!(world.view(&again).questions.is_empty());
        let april = "Wieviel;Filiale;Was;Wer;Wann\n19,00;Nord;Tasse;c2;2025-04-01\n";
        let second = world.receive("april.csv", april.as_bytes());
        let shown = world.view(&second);
        assert!(shown.questions[0].contains("new is the column \"Filiale\""), "{:?}", shown.questions);
        assert!(shown.columns.iter().all(|column| column.reason == "as last time"), "{:?}", shown.columns);
        let planned = world.plan(&second).planned.unwrap();
        let money = serde_json::json!(planned.lines)["money"]["EUR"]["gross"].clone();
        assert_eq!((planned.lines.create, planned.lines.accounts_link, money), (1, 1, "19.00".into()));
        let page = world.get(&owner(), &format!("/imports/{second}")).unwrap().body;
        assert!(page.contains("Filiale"), "{page}");
        // A table that has only some of these columns is another one.
        let other =
            world.try_receive("other.csv", b"Wann;Wer;Lager;Regal;Fach;Bote\n2025-03-04;c1;1;2;3;4\n");
        let is_other = |id: String| world.view(&id).columns.iter().all(|it| it.reason != "as last time");
        assert!(other.map_or(true, is_other));
    });
}

#[test]
fn a_column_that_the_next_file_has_more_and_that_is_known_by_name_comes_in() {
    in_both(|world| {
        let few = "Contact ID,Company ID,First name,Last name,Email\nP1,C1,Tom,Rook,tom@rook.example\n";
        let more = "Contact ID,Company ID,First name,Last name,Email,Phone,Job title,Quirk\n\
                    P2,C1,Ida,Rook,ida@rook.example,020 7946 0018,Baker,x\n";
        let id = world.receive("few.csv", few.as_bytes());
        world.plan(&id);
        world.run(&id);
        let id = world.receive("more.csv", more.as_bytes());
        let shown = world.view(&id);
        assert!(shown.questions[0].contains("new is the column \"Quirk\""), "{:?}", shown.questions);
        world.plan(&id);
        world.run(&id);
        let known = world.dump();
        assert!(known.contains("020 7946 0018") && known.contains("Baker"), "{known}");
    });
}

#[test]
fn a_mapping_cannot_change_under_rows_that_it_wrote() {
    in_both(|world: &World| {
        let id = world.receive("many.csv", many(3_000).as_bytes());
        world.ask(&id, crate::ops::change::ask_run).unwrap();
        world.work_until("import.run", &id, 4);
        // The kept copy is lost before the next attempt.
        let sha256 = world.view(&id).sha256;
        std::fs::remove_file(world.house.files.join(sha256)).unwrap();
        world.work("import.run", &id);
        let shown = world.view(&id);
        assert_eq!(shown.state, "failed");
        assert!(shown.failure.contains("send the file again"), "{}", shown.failure);
        let cx = owner();
        let set = crate::ops::change::SetMapping { id: id.clone(), mapping: shown.mapping };
        let refused = world.house.store.write(&cx, |tx| {
            let set = crate::ops::change::SetMapping { id: set.id.clone(), mapping: set.mapping.clone() };
            crate::ops::change::set_mapping(&cx, tx, set)
        });
        assert_eq!(refused.unwrap_err().code, "imports.state");
    });
}

/// A workbook's copy of a CSV: ids as floats, days year first, amounts without their zeros.
#[test]
fn the_same_rows_as_a_workbook_writes_them_count_once() {
    in_both(|world| {
        let csv = "Order number;Date;Amount;Customer ID\n1001;04.03.2025;38,00;7001\n1002;25.03.2025;1.240,50;7002\n";
        let of_book = "Order number,Date,Amount,Customer ID\n1001.0,2025-03-04,38,7001.0\n1002.0,2025-03-25,1240.5,7002.0\n";
        for (first, then) in [(csv, of_book), (of_book, csv)] {
            let world = world.other();
            let done = world.bring_in("orders.csv", first.as_bytes()).result.unwrap();
            assert_eq!((done.lines.create, done.reject), (2, 0));
            let id = world.receive("orders of the book.csv", then.as_bytes());
            let planned = world.plan(&id).planned.unwrap();
            let counts = (planned.lines.create, planned.lines.accounts_create, planned.reject);
            assert_eq!(counts, (0, 0, 0), "{:?}", world.view(&id).mapping);
        }
    });
}

#[test]
fn the_same_ids_under_another_name_are_told_before_they_count_twice() {
    in_both(|world| {
        world.bring_in("march.csv", ORDERS.as_bytes());
        let elsewhere = "[fixed]\nline = \"Web shop\"\nparty_space = \"web\"\n";
        let copy = ORDERS.replace("38.00", "38");
        let id = world.receive_with("march of the book.csv", copy.as_bytes(), elsewhere);
        let shown = world.view(&id);
        let told = shown.questions.iter().any(|text| text.contains("have the ids of those of march.csv"));
        assert!(told, "{:?}", shown.questions);
        let same = world.receive("march again.csv", copy.as_bytes());
        assert!(!world.view(&same).questions.iter().any(|text| text.contains("have the ids of")));
    });
}
