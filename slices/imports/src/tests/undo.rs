//! An import is taken back: nobody can tell that it ever was, whatever happens on the way.

use timeline::{
    Fact,
    fact::Refund,
    store::{self as facts, NewFact},
};

use super::world::{ORDERS, World, in_both, owner};
use crate::ops::{
    undo::{self, UndoPreview},
    view::{Named, ShownImport},
};

const LATER: &str = "\
Order number,Date,SKU,Description,Quantity,Unit price,Customer ID,Customer name,Country,Note
1001,2025-03-04,L1,Lid,1,3.00,c1,Osterlund Marine,Belgium,
1003,2025-03-09,T7,Teapot,1,24.00,c4,Wick Bakery,Norway,
2001,2025-05-02,K1,Kettle,1,38.00,c2,Rook & Daughters,United Kingdom,
2002,2025-05-03,K1,Kettle,1,38.00,c5,Grey Heron Print,Norway,
";

fn preview(world: &World, id: &str) -> UndoPreview {
    let cx = owner();
    world.house.store.read(&cx, |tx| undo::preview(&cx, tx, Named { id: id.to_owned() })).unwrap()
}

fn take_back(world: &World, id: &str) -> ShownImport {
    world.ask(id, undo::ask_undo).unwrap();
    world.work(undo::UNDO_JOB, id);
    world.decide();
    world.view(id)
}

fn outcome(world: &World, import: &ShownImport) -> Option<undo::Undone> {
    let cx = owner();
    world.house.store.read(&cx, |tx| undo::outcome(tx, cx.codes.read(&import.id)?)).unwrap()
}

#[test]
fn what_a_file_brought_goes_and_it_can_be_imported_again() {
    in_both(|world| {
        let empty = world.dump();
        let import = world.bring_in("orders.csv", ORDERS.as_bytes());
        let known = world.dump();
        let would = preview(world, &import.id);
        assert_eq!(world.dump(), known, "a preview changes nothing");
        let taken = take_back(world, &import.id);
        assert_eq!((taken.state.as_str(), world.dump()), ("taken back", empty));
        assert_eq!(taken.rows, import.rows, "it is still known how many rows the file has");
        let undone = outcome(world, &taken);
        assert_eq!(undone, would.would, "what was said is what was done");
        let undone = undone.unwrap();
        assert_eq!((undone.lines, undone.orders, undone.accounts, undone.kept), (6, 5, 3, 0));
        world.plan(&import.id);
        let again = world.run(&import.id);
        assert_eq!((again.result, world.dump()), (import.result, known));
    });
}

#[test]
fn a_line_that_got_its_industry_from_a_file_has_none_again() {
    in_both(|world| {
        let cx = owner();
        world.house.store.write(&cx, |tx| facts::line_named(tx, "Shop", "", false)).unwrap();
        let before = world.dump();
        let id = world.receive("orders.csv", ORDERS.as_bytes());
        world.say_currency(&id);
        world.say(&id, "industry = \"retail\"");
        world.plan(&id);
        world.run(&id);
        assert!(world.dump().contains("retail"), "{}", world.dump());
        assert_eq!(take_back(world, &id).state, "taken back");
        assert_eq!(world.dump(), before);
    });
}

#[test]
fn of_two_copies_of_a_file_one_wrote_and_both_can_be_taken_back() {
    in_both(|world| {
        let empty = world.dump();
        let first = world.bring_in("orders.csv", ORDERS.as_bytes());
        let copy = world.bring_in("orders (1).csv", ORDERS.as_bytes());
        take_back(world, &first.id);
        assert_eq!(world.dump(), empty);
        assert_eq!(take_back(world, &copy.id).state, "taken back");
        assert_eq!(world.dump(), empty);
    });
}

#[test]
fn a_later_file_goes_and_the_first_stays_as_it_was() {
    in_both(|world| {
        world.bring_in("march.csv", ORDERS.as_bytes());
        let march = world.dump();
        let later = world.bring_in("may.csv", LATER.as_bytes());
        let would = preview(world, &later.id).would.unwrap();
        assert_eq!((would.orders, would.orders_shrunk, would.accounts), (2, 2, 2));
        take_back(world, &later.id);
        assert_eq!(world.dump(), march);
    });
}

#[test]
fn the_first_file_goes_and_what_the_later_one_needs_stays() {
    in_both(|world| {
        let first = world.bring_in("march.csv", ORDERS.as_bytes());
        let empty_but_for_may = {
            let other = world.other();
            other.bring_in("may.csv", LATER.as_bytes());
            other.dump()
        };
        let later = world.bring_in("may.csv", LATER.as_bytes());
        let would = preview(world, &first.id).would;
        let taken = take_back(world, &first.id);
        assert_eq!(outcome(world, &taken), would);
        let count = |dump: &str, table: &str| dump.lines().filter(|line| line.contains(table)).count();
        for table in ["\"account\"", "\"order_line\"", "\"fact\""] {
            assert_eq!(count(&world.dump(), table), count(&empty_but_for_may, table), "{table}");
        }
        take_back(world, &later.id);
        assert!(!world.dump().contains("order_line"), "{}", world.dump());
        assert!(!world.dump().contains("\"account\""), "{}", world.dump());
    });
}

#[test]
fn wherever_the_plug_is_pulled_it_goes_on_and_leaves_nothing() {
    in_both(|world| {
        let empty = world.dump();
        let import = world.bring_in("orders.csv", ORDERS.as_bytes());
        for asked in 1..4 {
            world.ask(&import.id, undo::ask_undo).unwrap();
            world.work_until(undo::UNDO_JOB, &import.id, asked);
            world.work(undo::UNDO_JOB, &import.id);
            assert_eq!(world.dump(), empty);
            let undone = outcome(world, &world.view(&import.id)).unwrap();
            assert_eq!((undone.lines, undone.orders, undone.accounts), (6, 5, 3), "counted once");
            world.plan(&import.id);
            world.run(&import.id);
        }
    });
}

#[test]
fn what_others_recorded_on_it_since_stays_and_is_listed_until_they_take_it_away() {
    in_both(|world| {
        let empty = world.dump();
        let import = world.bring_in("orders.csv", ORDERS.as_bytes());
        let cx = owner();
        let refund = world.house.store.write(&cx, |tx| {
            let line = facts::lines(tx)?[0].id;
            let mut all = Vec::new();
            facts::for_each_account(tx, line, |_, entries| {
                all.push(entries[0].clone());
                Ok(())
            })?;
            let (account, bought) = (all[0].account, &all[0]);
            let fact = Fact::Refund(Refund { amount: 50_000, of: Some(bought.id), reason: None });
            let id = facts::allocate_facts(tx, 1)?.next().unwrap();
            let (occurred, currency) = (bought.occurred, bought.currency);
            facts::append(&cx, tx, &[NewFact { id, account, line, occurred, currency, source: None, fact }])?;
            Ok((account, id))
        });
        let (account, refund) = refund.unwrap();
        let would = preview(world, &import.id);
        assert_eq!(would.would.as_ref().unwrap().kept, 2, "an order and its account");
        assert!(would.stays[0].reason.contains("refers to it"), "{:?}", would.stays);
        let asks = world.get(&cx, &format!("/imports/{}/undo", import.id)).unwrap();
        assert!(asks.body.contains("Order 1001") && asks.body.contains("Take back"), "{}", asks.body);
        let taken = take_back(world, &import.id);
        assert_eq!(outcome(world, &taken), would.would);
        let page = world.get(&cx, &format!("/imports/{}", import.id)).unwrap();
        assert!(
            page.body.contains("Order 1001") && page.body.contains("Take the rest back"),
            "{}",
            page.body
        );
        assert!(world.dump().contains("refund"));
        world
            .house
            .store
            .write(&cx, |tx| facts::withdraw(&cx, tx, account, refund, "entered twice"))
            .unwrap();
        take_back(world, &import.id);
        assert_eq!(world.dump(), empty);
    });
}

#[test]
fn an_import_under_way_or_one_that_wrote_nothing_is_not_taken_back() {
    in_both(|world| {
        let id = world.receive("orders.csv", ORDERS.as_bytes());
        assert_eq!(world.ask(&id, undo::ask_undo).unwrap_err().code, "imports.nothing_written");
        let import = world.bring_in("orders (1).csv", ORDERS.as_bytes());
        let went = world.post(&format!("/imports/{}/undo", import.id), &[]).unwrap();
        assert_eq!(went.went, format!("/imports/{}", import.id));
        assert_eq!(world.ask(&import.id, undo::ask_undo).unwrap_err().code, "imports.state");
        let page = world.get(&owner(), &went.went).unwrap();
        assert!(page.body.contains("being taken back"), "{}", page.body);
    });
}
