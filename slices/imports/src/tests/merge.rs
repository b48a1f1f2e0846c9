//! Accounts of files are merged and the merge is undone, with imports taken back before and after: nobody can tell.

use accounts::{
    merge::Couple,
    ops::{merge, merging},
    store::merge as kept,
};
use kernel::Id;
use store::queue;
use timeline::AccountId;

use super::world::{ORDERS, World, in_both, owner};
use crate::ops::{
    undo,
    view::{Named, ShownImport},
};

const OTHER: &str = "\
Order number,Date,SKU,Description,Quantity,Unit price,Customer ID,Customer name,Country,Note
7001,2025-05-02,K1,Kettle,1,38.00,x9,Rook and Daughters,United Kingdom,
7002,2025-05-03,K1,Kettle,2,38.00,x9,Rook and Daughters,United Kingdom,
7003,2025-05-03,T7,Teapot,1,24.00,x8,Osterlund Marine Ltd,,
";
const MORE: &str = "\
Order number,Date,SKU,Description,Quantity,Unit price,Customer ID,Customer name,Country,Note
9001,2025-06-02,K1,Kettle,1,38.00,x9,Rook and Daughters,United Kingdom,
";

fn known(world: &World, key: &str) -> AccountId {
    let places = [("customers", key)];
    let found = world.house.store.read(&owner(), |tx| accounts::store::known(tx, &places)).unwrap();
    Id::new(found[&("customers", key)].0)
}

fn merged(world: &World, pairs: &[(&str, &str)]) -> String {
    let cx = owner();
    let couple = |(kept, gone): &(&str, &str)| Couple { kept: known(world, kept), gone: known(world, gone) };
    let couples: Vec<_> = pairs.iter().map(couple).collect();
    let id = world.house.store.write(&cx, |tx| merge::ask(&cx, tx, &couples)).unwrap();
    work(world, merging::MERGE, id.0);
    cx.codes.write(id)
}

fn undone(world: &World, id: &str) -> merge::ShownMerge {
    let cx = owner();
    world.house.store.write(&cx, |tx| merge::undo(&cx, tx, merge::OfMerge { id: id.to_owned() })).unwrap();
    work(world, merging::UNDO, cx.codes.read::<accounts::merge::MergeKind>(id).unwrap().0);
    view(world, id)
}

fn view(world: &World, id: &str) -> merge::ShownMerge {
    let cx = owner();
    world.house.store.read(&cx, |tx| merge::view(&cx, tx, merge::OfMerge { id: id.to_owned() })).unwrap()
}

fn work(world: &World, kind: &str, number: i64) {
    let cx = owner();
    let job = world.house.store.write(&cx, |tx| queue::hold(tx, kind, &number.to_string(), i64::MAX / 4, 1));
    let step = merging::JOBS.iter().find(|known| known.kind == kind).unwrap();
    (step.run)(&world.house, &job.unwrap().expect("the job waits")).unwrap();
}

fn take_back(world: &World, import: &ShownImport) -> String {
    world.ask(&import.id, undo::ask_undo).unwrap();
    world.work(undo::UNDO_JOB, &import.id);
    let cx = owner();
    world
        .house
        .store
        .read(&cx, |tx| crate::ops::view::view(&cx, tx, Named { id: import.id.clone() }))
        .unwrap()
        .state
}

#[test]
fn a_merge_moves_everything_and_its_undoing_leaves_no_trace() {
    in_both(|world| {
        world.bring_in("march.csv", ORDERS.as_bytes());
        world.bring_in("other.csv", OTHER.as_bytes());
        let before = world.dump();
        let (kept, gone) = (known(world, "c2"), known(world, "x9"));
        let id = merged(world, &[("c2", "x9"), ("c1", "x8")]);
        let shown = view(world, &id);
        assert_eq!((shown.state.as_str(), shown.pairs, shown.merged, shown.refused), ("merged", 2, 2, 0));
        assert_ne!(world.dump(), before);
        let cx = owner();
        let told = world.house.store.read(&cx, |tx| {
            let facts = timeline::store::of_accounts(tx, &[kept, gone])?;
            Ok((
                facts.get(&gone).map_or(0, Vec::len),
                accounts::store::visible(&cx, tx, gone)?.id,
                accounts::store::keys(tx, kept)?.len(),
            ))
        });
        assert_eq!(
            told.unwrap(),
            (0, kept, 2),
            "facts and ids stand on the one that was kept, and the old id leads there"
        );
        let shown = undone(world, &id);
        assert_eq!((shown.state.as_str(), shown.merged), ("undone", 0));
        assert!(shown.couples.iter().all(|couple| couple.conflicts.is_empty()));
        assert_eq!(world.dump(), before);
    });
}

#[test]
fn merges_on_top_of_each_other_are_undone_the_last_first() {
    in_both(|world| {
        world.bring_in("march.csv", ORDERS.as_bytes());
        world.bring_in("other.csv", OTHER.as_bytes());
        let before = world.dump();
        let first = merged(world, &[("x8", "x9")]);
        let between = world.dump();
        let second = merged(world, &[("c1", "x8")]);
        let cx = owner();
        let asked =
            world.house.store.write(&cx, |tx| merge::undo(&cx, tx, merge::OfMerge { id: first.clone() }));
        assert_eq!(asked.unwrap_err().code, "merges.covered");
        undone(world, &second);
        assert_eq!(world.dump(), between);
        undone(world, &first);
        assert_eq!(world.dump(), before);
        let id = merged(world, &[("c1", "x8"), ("x8", "x9"), ("c1", "c2")]);
        assert_eq!(view(world, &id).merged, 3, "three become one in several steps");
        undone(world, &id);
        assert_eq!(world.dump(), before);
    });
}

#[test]
fn an_import_is_taken_back_whether_what_it_made_was_merged_or_not() {
    in_both(|world| {
        let empty = world.dump();
        let march = world.bring_in("march.csv", ORDERS.as_bytes());
        let only_march = world.dump();
        let other = world.bring_in("other.csv", OTHER.as_bytes());
        let merge = merged(world, &[("c2", "x9")]);
        assert_eq!(take_back(world, &other), "taken back");
        assert_eq!(world.dump(), only_march, "what was merged is itself again before it goes");
        let shown = view(world, &merge);
        assert_eq!((shown.merged, shown.couples[0].state.as_str()), (0, kept::UNDONE));
        assert_eq!(take_back(world, &march), "taken back");
        assert_eq!(world.dump(), empty);
    });
}

#[test]
fn the_import_of_the_one_that_was_kept_is_taken_back_and_the_other_stays() {
    in_both(|world| {
        let without = {
            let other = world.other();
            other.bring_in("other.csv", OTHER.as_bytes());
            other.dump()
        };
        let march = world.bring_in("march.csv", ORDERS.as_bytes());
        world.bring_in("other.csv", OTHER.as_bytes());
        merged(world, &[("c2", "x9"), ("c1", "x8")]);
        assert_eq!(take_back(world, &march), "taken back");
        assert_eq!(world.dump(), without);
    });
}

#[test]
fn what_comes_in_after_a_merge_comes_to_the_one_that_was_kept_and_is_told_when_it_is_undone() {
    in_both(|world| {
        world.bring_in("march.csv", ORDERS.as_bytes());
        world.bring_in("other.csv", OTHER.as_bytes());
        let before = world.dump();
        let merge = merged(world, &[("c2", "x9")]);
        let between = world.dump();
        let more = world.bring_in("more.csv", MORE.as_bytes());
        assert_eq!(known(world, "x9"), known(world, "c2"));
        assert_eq!(take_back(world, &more), "taken back");
        assert_eq!(world.dump(), between);
        let more = world.bring_in("more again.csv", MORE.as_bytes());
        let shown = undone(world, &merge);
        let conflicts = &shown.couples[0].conflicts;
        assert_eq!((conflicts.len(), conflicts[0].kind.as_str(), conflicts[0].count), (1, "recorded", 1));
        assert_eq!(take_back(world, &more), "taken back");
        assert_eq!(world.dump(), before);
    });
}
