//! Imports take turns, and one that gives up says what is in and is finished exactly by being run again.

use std::fmt::Write as _;

use super::world::{ORDERS, World, in_both, owner};
use crate::ops::{self, change, undo};

/// Orders, two lines each, of which files may share some.
fn orders(numbers: std::ops::Range<usize>, price: &str) -> String {
    let mut text =
        "Order number,Date,SKU,Description,Quantity,Unit price,Customer ID,Country,Currency\n".to_owned();
    for sku in ["K1", "T7"] {
        for n in numbers.clone() {
            let day = 1 + n % 28;
            writeln!(text, "{n},2025-01-{day:02},{sku},Thing,1,{price},c{},Belgium,EUR", n % 70).unwrap();
        }
    }
    text
}

/// The same orders from two shops' exports: they share some, and each knows lines the other does not.
fn overlapping() -> [String; 2] {
    [orders(0..2_500, "2.50"), orders(1_500..4_000, "2.75")]
}

fn started(world: &World) -> [String; 2] {
    let [one, other] = overlapping();
    let ids = [world.receive("north.csv", one.as_bytes()), world.receive("south.csv", other.as_bytes())];
    for id in &ids {
        world.ask(id, change::ask_run).unwrap();
    }
    ids
}

fn one_after_the_other(world: &World) -> String {
    for (name, text) in ["north.csv", "south.csv"].iter().zip(overlapping()) {
        let id = world.receive(name, text.as_bytes());
        world.run(&id);
    }
    world.dump()
}

#[test]
fn overlapping_files_started_at_once_leave_what_they_leave_one_after_the_other() {
    in_both(|world| {
        let [north, south] = started(world);
        // The second is taken first: it waits, and says for what.
        world.work("import.run", &south);
        let waiting = world.view(&south);
        assert_eq!((&*waiting.state, waiting.written), ("running", 0));
        assert_eq!(waiting.waiting_for.map(|before| before.id).as_ref(), Some(&north));
        let page = world.get(&owner(), &format!("/imports/{south}")).unwrap().body;
        assert!(page.contains("Waiting for the import of north.csv"), "{page}");
        assert!(world.view(&north).waiting_for.is_none());
        world.work("import.run", &north);
        world.work("import.run", &south);
        assert_eq!([&north, &south].map(|id| world.view(id).state), ["done", "done"]);
        assert_eq!(world.dump(), one_after_the_other(&world.other()));
    });
}

#[test]
fn two_workers_at_once_change_nothing_of_that() {
    in_both(|world| {
        let [north, south] = started(world);
        std::thread::scope(|scope| {
            for id in [&south, &north] {
                scope.spawn(move || {
                    while world.view(id).state != "done" {
                        world.work("import.run", id);
                    }
                });
            }
        });
        assert_eq!(world.dump(), one_after_the_other(&world.other()));
    });
}

#[test]
fn one_that_gave_up_holds_up_nobody_says_what_is_in_and_is_finished_exactly() {
    in_both(|world| {
        let [north, south] = started(world);
        world.work_until("import.run", &north, 6);
        let job = world.take("import.run", &north);
        let kind = ops::JOBS.iter().find(|kind| kind.kind == "import.run").unwrap();
        let gave_up = kind.gave_up.unwrap();
        let cx = owner();
        let aside = |tx: &mut store::Tx<'_>| {
            store::queue::set_aside(tx, &job, cx.now.micros, "the raft leaks")?;
            gave_up(&cx, tx, &job, "the raft leaks")
        };
        world.house.store.write(&cx, aside).unwrap();
        let failed = world.view(&north);
        assert_eq!(failed.state, "failed");
        assert!(failed.failure.contains("the raft leaks") && failed.failure.contains("tried 1 time"));
        assert!(0 < failed.written && failed.written < failed.rows, "{}", failed.written);
        let page = world.get(&cx, &format!("/imports/{north}")).unwrap().body;
        let said = format!("those up to row {} are in", ui::count(failed.written));
        assert!(
            page.contains(&said) && page.contains("Import again") && !page.contains("Discard"),
            "{said}: {page}"
        );
        world.work("import.run", &south);
        assert_eq!(world.view(&south).state, "done", "nobody waits for one that gave up");
        let again = world.run(&north);
        let fresh = world.other();
        let id = fresh.receive("north.csv", overlapping()[0].as_bytes());
        let alone = fresh.run(&id).result.unwrap();
        let result = again.result.unwrap();
        assert_eq!((result.rows, result.lines.create), (alone.rows, alone.lines.create));
        assert_eq!(again.written, again.rows);
        assert!(world.house.store.read(&cx, store::queue::aside).unwrap().is_empty());
    });
}

#[test]
fn a_dry_run_that_gave_up_is_forgotten_with_its_import() {
    in_both(|world| {
        let id = world.receive("orders.csv", ORDERS.as_bytes());
        world.say_currency(&id);
        world.ask(&id, change::ask_plan).unwrap();
        let job = world.take("import.plan", &id);
        let cx = owner();
        let aside = |tx: &mut store::Tx<'_>| {
            store::queue::set_aside(tx, &job, cx.now.micros, "the raft leaks")?;
            (ops::JOBS[0].gave_up.unwrap())(&cx, tx, &job, "the raft leaks")
        };
        world.house.store.write(&cx, aside).unwrap();
        let page = world.get(&cx, &format!("/imports/{id}")).unwrap().body;
        assert!(page.contains("Nothing was written") && page.contains("the raft leaks"), "{page}");
        world.ask(&id, change::discard).unwrap();
        assert!(world.house.store.read(&cx, store::queue::aside).unwrap().is_empty());
    });
}

#[test]
fn taking_back_that_gave_up_says_so_and_is_finished_or_imported_again() {
    in_both(|world| {
        let empty = world.dump();
        let id = world.bring_in("orders.csv", ORDERS.as_bytes()).id;
        let cx = owner();
        world.ask(&id, undo::ask_undo).unwrap();
        let job = world.take(undo::UNDO_JOB, &id);
        let aside = |tx: &mut store::Tx<'_>| {
            store::queue::set_aside(tx, &job, cx.now.micros, "the raft leaks")?;
            (ops::JOBS[2].gave_up.unwrap())(&cx, tx, &job, "the raft leaks")
        };
        world.house.store.write(&cx, aside).unwrap();
        let page = world.get(&cx, &format!("/imports/{id}")).unwrap().body;
        for said in ["Part of what it brought is taken back", "Import again", "Take the rest back"] {
            assert!(page.contains(said), "{said}: {page}");
        }
        world.ask(&id, undo::ask_undo).unwrap();
        world.work(undo::UNDO_JOB, &id);
        assert_eq!(world.view(&id).state, "taken back");
        assert_eq!(world.dump(), empty);
    });
}
