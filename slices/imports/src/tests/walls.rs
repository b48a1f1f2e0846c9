//! Walls before files: who cannot see an account writes nothing on it, and learns nothing of it from another's file.

use kernel::{Actor, Context, Result, Role};

use super::world::{ORDERS, TODAY, World, in_both};
use crate::{
    ops::{
        change::{self, SetMapping},
        progress,
        view::{self, Named, Rejections, ShownImport, ShownRejection},
    },
    receive,
    run::Outcome,
};

/// Maren's file named three parties; Osterlund Marine then went behind her wall. Idris stands outside.
const MAREN: i64 = 1;
const IDRIS: i64 = 2;

/// A file of Idris: Osterlund Marine by its id, then a line of an order of theirs that names nobody, then others.
const LATER: &str = "\
Order number,Date,SKU,Description,Quantity,Unit price,Customer ID,Customer name,Country,Note
1001,2025-03-04,LID,Lid,1,5.00,,,,
1010,2025-05-02,K1,Kettle,1,38.00,c1,Osterlund Marine,Belgium,
1010,2025-05-02,POST,Postage,1,4.50,,,,
1011,2025-05-03,T7,Teapot,1,24.00,c2,Rook & Daughters,United Kingdom,
1012,2025-05-03,T7,Teapot,1,24.00,c9,Wick Textiles,United Kingdom,
";

fn person(id: i64, role: Role) -> Context {
    Context { actor: Actor::User { id, role }, ..testkit::at(TODAY) }
}

fn bring(world: &World, cx: &Context, name: &str, text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    let received = receive(cx, &world.house, name, &path, None).unwrap();
    let id = cx.codes.write(received.id);
    let shown = view_as(world, cx, &id);
    if !shown.mapping.contains("currency = ") {
        let mapping = shown.mapping.replace("[fixed]\n", "[fixed]\ncurrency = \"GBP\"\n");
        set(world, cx, &id, mapping).unwrap();
    }
    id
}

fn set(world: &World, cx: &Context, id: &str, mapping: String) -> Result<ShownImport> {
    let input = |mapping: &str| SetMapping { id: id.to_owned(), mapping: mapping.to_owned() };
    world.house.store.write(cx, |tx| change::set_mapping(cx, tx, input(&mapping)))
}

fn view_as(world: &World, cx: &Context, id: &str) -> ShownImport {
    world.house.store.read(cx, |tx| view::view(cx, tx, Named { id: id.to_owned() })).unwrap()
}

fn rejected(world: &World, cx: &Context, id: &str) -> Result<Vec<ShownRejection>> {
    let input = |id: &str| Rejections { id: id.to_owned(), after: None, limit: None };
    world.house.store.read(cx, |tx| view::rejections(cx, tx, input(id))).map(|page| page.rows)
}

/// Puts Osterlund Marine, the first account of the file, behind a wall of Maren's.
fn wall(world: &World) {
    let (house, osterlund) = (testkit::at(TODAY), timeline::AccountId::new(1));
    world
        .house
        .store
        .write(&house, |tx| {
            assert_eq!(accounts::store::visible(&house, tx, osterlund)?.name, "Osterlund Marine");
            access::store::people::insert(tx, "Maren", None, Role::Owner, 0)?;
            accounts::store::set_wall(tx, osterlund, &[MAREN])
        })
        .unwrap();
}

/// The orders that came of the numbers of Osterlund Marine.
fn known_of_osterlund(world: &World) -> Vec<String> {
    let dump = world.dump();
    let kept = |line: &&str| {
        line.starts_with("[\"orders\"") && (line.contains("\"1001\"") || line.contains("\"1010\""))
    };
    dump.lines().filter(kept).map(str::to_owned).collect()
}

#[test]
fn a_file_of_somebody_outside_writes_nothing_behind_the_wall() {
    in_both(|world| {
        let maren = person(MAREN, Role::Owner);
        let id = bring(world, &maren, "march.csv", ORDERS);
        world.run(&id);
        wall(world);
        let before = known_of_osterlund(world);
        let idris = person(IDRIS, Role::Owner);
        let id = bring(world, &idris, "may.csv", LATER);
        let counted = world.plan_as(&idris, &id);
        let listed = rejected(world, &idris, &id).unwrap();
        let rows: Vec<_> = listed.iter().map(|row| (row.row, row.value.as_str())).collect();
        assert_eq!(rows, [(2, "c1"), (3, "")], "the order that names them, and nothing else");
        assert!(listed.iter().all(|row| row.reason.starts_with("you may not record orders of this party")));
        let outcome = counted.planned.unwrap();
        assert_eq!((outcome.rows, outcome.reject, outcome.lines.create), (5, 2, 3));
        assert_eq!((outcome.lines.accounts_create, outcome.lines.accounts_link), (1, 1));
        assert_eq!(
            outcome.lines.orders_update, 0,
            "an order behind the wall is not there for a line that names nobody"
        );
        let done = world.run_as(&idris, &id);
        assert_eq!(done.result.unwrap(), outcome);
        assert_eq!(rejected(world, &idris, &id).unwrap().len(), 2);
        let after = known_of_osterlund(world);
        assert!(before.iter().all(|line| after.contains(line)), "{before:?} {after:?}");
        assert_eq!(after.len(), before.len() + 1, "the lid was sold to nobody named: {after:?}");
        let again = bring(world, &idris, "may (1).csv", LATER);
        let known = world.dump();
        let again = world.run_as(&idris, &again).result.unwrap();
        assert_eq!((again.lines.create, again.lines.skip, again.reject), (0, 3, 2));
        assert_eq!(world.dump(), known);
    });
}

#[test]
fn the_house_and_the_members_of_the_wall_bring_in_all_rows() {
    in_both(|world| {
        let maren = person(MAREN, Role::Owner);
        let first = bring(world, &maren, "march.csv", ORDERS);
        world.run(&first);
        wall(world);
        for cx in [maren, testkit::at(TODAY)] {
            let id = bring(world, &cx, "may.csv", LATER);
            let outcome = world.run_as(&cx, &id).result.unwrap();
            assert_eq!((outcome.rows, outcome.reject), (5, 0));
        }
    });
}

#[test]
fn a_wall_that_goes_up_between_dry_run_and_run_holds() {
    in_both(|world| {
        let idris = person(IDRIS, Role::Member);
        let first = bring(world, &idris, "march.csv", ORDERS);
        world.run_as(&idris, &first);
        let id = bring(world, &idris, "may.csv", LATER);
        assert_eq!(world.plan_as(&idris, &id).planned.unwrap().reject, 0);
        wall(world);
        assert_eq!(world.run_as(&idris, &id).result.unwrap().reject, 2);
    });
}

#[test]
fn a_file_of_somebody_else_is_closed_to_whom_a_wall_keeps_out() {
    in_both(|world| {
        let (maren, idris) = (person(MAREN, Role::Owner), person(IDRIS, Role::Owner));
        let id = bring(world, &maren, "march.csv", ORDERS);
        world.run(&id);
        let open = view_as(world, &idris, &id);
        assert!(
            !open.closed
                && open.result.is_some()
                && open.columns.iter().any(|column| !column.samples.is_empty())
        );
        wall(world);
        let shut = view_as(world, &idris, &id);
        assert!(shut.closed && shut.columns.is_empty() && shut.mapping.is_empty() && shut.result.is_none());
        assert_eq!(rejected(world, &idris, &id).unwrap_err().code, "imports.not_open");
        assert_eq!(shut.undecided, Some(2), "of three relationships that wait, those that Idris sees");
        let told = world.house.store.read(&idris, |tx| progress(&idris, tx, idris.codes.read(&id)?)).unwrap();
        assert_eq!((told.done, told.total), (0, 2));
        let other = bring(world, &maren, "may.csv", LATER);
        let text = view_as(world, &maren, &other).mapping;
        assert_eq!(set(world, &idris, &other, text).unwrap_err().code, "imports.not_open");
        for step in [change::ask_plan, change::ask_run, change::discard] {
            let tried = world.house.store.write(&idris, |tx| step(&idris, tx, Named { id: other.clone() }));
            assert_eq!(tried.map(drop).unwrap_err().code, "imports.not_open");
        }
        for address in [format!("/imports/{id}"), format!("/imports/{other}"), "/imports".to_owned()] {
            let page = world.get(&idris, &address).unwrap().body;
            assert!(page.contains("open to whoever brought it in") && !page.contains("Osterlund"), "{page}");
            assert!(!page.contains("This mapping cannot be used"), "{page}");
        }
        assert!(!view_as(world, &maren, &id).closed);
    });
}

#[test]
fn readers_see_what_came_of_a_file_and_not_what_stands_in_it() {
    in_both(|world| {
        let (maren, reader) = (person(MAREN, Role::Owner), person(3, Role::Reader));
        let id = bring(world, &maren, "march.csv", ORDERS);
        world.run(&id);
        let shown = view_as(world, &reader, &id);
        assert!(shown.columns.iter().all(|column| column.samples.is_empty()) && 9 < shown.columns.len());
        assert_eq!(shown.result.map(|outcome: Outcome| outcome.reject), Some(1));
        assert_eq!(rejected(world, &reader, &id).unwrap_err().code, "access.forbidden");
        let page = world.get(&reader, &format!("/imports/{id}")).unwrap().body;
        assert!(!page.contains("Osterlund") && !page.contains("31 April"), "{page}");
        let refused = world.get(&reader, &format!("/imports/{id}/rejections.csv"));
        assert_eq!(refused.map(drop).unwrap_err().code, "access.forbidden");
    });
}
