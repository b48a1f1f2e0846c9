//! A row of a file, from the fact back to the cells it came from: what stands there, what became of it, who may look.

use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};
use kernel::{Actor, Context, Result, Role};

use super::world::{ORDERS, TODAY, World, in_both, owner};
use crate::{
    ImportId,
    ops::row::{self, NamedRow, ShownRow},
};

fn try_row(world: &World, cx: &Context, id: &str, row: i64) -> Result<ShownRow> {
    let cx = world.looking(cx);
    world.house.store.read(&cx, |tx| row::row(&cx, tx, NamedRow { id: id.to_owned(), row }))
}

fn row(world: &World, id: &str, row: i64) -> ShownRow {
    try_row(world, &owner(), id, row).unwrap()
}

fn wall(world: &World, key: &str, members: &[i64]) {
    let number = |tx: &mut store::Tx<'_>| {
        let known = accounts::store::known(tx, &[("customers", key)])?;
        Ok(known[&("customers", key)].0)
    };
    let account = timeline::AccountId::new(world.house.store.read(&owner(), number).unwrap());
    world.house.store.write(&owner(), |tx| accounts::store::set_wall(tx, account, members)).unwrap();
}

#[test]
fn a_row_shows_its_cells_what_they_mean_and_what_became_of_it() {
    in_both(|world| {
        let id = world.receive("orders.csv", ORDERS.as_bytes());
        assert_eq!(row(world, &id, 1).became.state, "not imported yet");
        world.say_currency(&id);
        world.plan(&id);
        world.run(&id);
        let first = row(world, &id, 1);
        let cell = |name: &str| first.cells.iter().find(|cell| cell.column == name).unwrap();
        assert_eq!(
            (cell("Date").meaning.as_deref(), cell("Date").read_as.as_deref()),
            (Some("date"), Some("2025-03-04"))
        );
        let price = cell("Unit price");
        assert_eq!((price.value.as_deref(), price.read_as.as_deref()), (Some("38.00"), Some("38")));
        assert_eq!((cell("Note").meaning.as_deref(), first.cells.len()), (None, 10));
        let became = &first.became;
        assert_eq!((&*became.state, became.kind.as_deref()), ("recorded", Some("sale")));
        assert_eq!((became.order.as_deref(), became.place), (Some("1001"), Some(1)));
        assert_eq!(became.account_name.as_deref(), Some("Osterlund Marine"));
        assert!(became.fact.is_some() && row(world, &id, 2).became.fee);
        assert_eq!((first.previous, first.next), (None, Some(2)));
        let nobody = row(world, &id, 4).became;
        assert_eq!((&*nobody.state, nobody.account, nobody.fact), ("recorded", None, None));
        assert_eq!(row(world, &id, 6).became.kind.as_deref(), Some("cancellation"));
        let last = row(world, &id, 7);
        assert_eq!((&*last.became.state, last.became.column.as_deref()), ("rejected", Some("Date")));
        assert_eq!((last.previous, last.next), (Some(6), None));
        for absent in [0, -1, 8, i64::MAX, i64::MIN] {
            assert_eq!(try_row(world, &owner(), &id, absent).unwrap_err().code, "imports.no_row");
        }
    });
}

#[test]
fn a_copy_leads_to_the_row_it_is_a_copy_of() {
    in_both(|world| {
        let first = world.bring_in("march.csv", ORDERS.as_bytes());
        let more = "1002,2025-03-05,K1,Kettle,1,38.00,c2,Rook & Daughters,United Kingdom,\n";
        let moved = ORDERS.replacen('\n', &format!("\n{more}"), 1);
        let later = world.bring_in("may.csv", moved.as_bytes());
        let copy = row(world, &later.id, 2).became;
        assert_eq!(copy.state, "stored already");
        let origin = copy.copy_of.unwrap();
        assert_eq!((origin.import, origin.row), (first.id, 1));
        assert_eq!(origin.file.as_deref(), Some("march.csv"));
        assert_eq!(row(world, &later.id, 1).became.state, "recorded");
    });
}

#[test]
fn a_row_that_a_rule_leaves_out_says_so() {
    in_both(|world| {
        let id = world.receive("orders.csv", ORDERS.as_bytes());
        let form = [("fixed.currency", "GBP"), ("rules.exclude.skus", "POST")];
        world.post(&format!("/imports/{id}/mapping"), &form).unwrap();
        world.plan(&id);
        world.run(&id);
        assert_eq!(row(world, &id, 2).became.state, "left out");
    });
}

#[test]
fn the_row_of_a_walled_account_is_not_there_for_whoever_stands_outside() {
    in_both(|world| {
        let broken = format!("{ORDERS}1006,2025-03-04,K1,Kettle,1,38.00,c3,Falk Brewery,Sweden,,too,many\n");
        let id = world.bring_in("orders.csv", broken.as_bytes()).id;
        wall(world, "c3", &[1]);
        let outside = Context { actor: Actor::User { id: 2, role: Role::Owner }, ..testkit::at(TODAY) };
        let absent = try_row(world, &outside, &id, 99).unwrap_err().to_string();
        for hidden in [5, 6, 8] {
            let refused = try_row(world, &outside, &id, hidden).unwrap_err();
            assert_eq!(refused.to_string(), absent.replace("99", &hidden.to_string()));
            assert!(try_row(world, &owner(), &id, hidden).is_ok());
        }
        let other = try_row(world, &outside, &id, 4).unwrap_err();
        assert_eq!(other.code, "imports.no_row", "a row of nobody in a file that others brought");
        let cells = try_row(world, &outside, &id, 2).unwrap().cells;
        assert_eq!((cells[2].value.as_deref(), cells[9].value.as_deref()), (Some("POST"), None));
        let before = try_row(world, &outside, &id, 3).unwrap();
        assert_eq!((before.previous, before.next), (None, None), "the rows around are of others");
        let page = world.get(&outside, &format!("/imports/{id}/rows/5"));
        assert_eq!(page.map(drop).unwrap_err().code, "imports.no_row");
    });
}

#[test]
fn whoever_brought_the_file_walks_past_the_rows_of_an_account_that_a_wall_took_away() {
    in_both(|world| {
        let id = world.bring_in("orders.csv", ORDERS.as_bytes()).id;
        wall(world, "c3", &[2]);
        for hidden in [5, 6] {
            assert_eq!(try_row(world, &owner(), &id, hidden).unwrap_err().code, "imports.no_row");
        }
        assert_eq!(row(world, &id, 4).next, Some(7));
        assert_eq!((row(world, &id, 7).previous, row(world, &id, 7).next), (Some(4), None));
        let again = world.bring_in("again.csv", ORDERS.replace("Kettle", "Pot").as_bytes()).id;
        let refused = row(world, &again, 5).became;
        assert_eq!(
            (&*refused.state, refused.account),
            ("rejected", None),
            "it is on the list of rejected rows"
        );
    });
}

#[test]
fn lines_that_name_nobody_are_hidden_with_the_order_they_belong_to() {
    in_both(|world| {
        let text = "Order number,Date,SKU,Description,Quantity,Unit price,Customer ID,Currency\n\
                    1,2025-03-04,K1,Kettle,1,38.00,c1,GBP\n\
                    1,2025-03-04,T7,Teapot,1,24.00,,GBP\n\
                    2,2025-03-05,T7,Teapot,1,24.00,,GBP\n";
        let id = world.bring_in("orders.csv", text.as_bytes()).id;
        wall(world, "c1", &[2]);
        let codes =
            [1, 2, 3].map(|row| try_row(world, &owner(), &id, row).map_err(|problem| problem.code).map(drop));
        assert_eq!(codes, [Err("imports.no_row"), Err("imports.no_row"), Ok(())]);
    });
}

#[test]
fn readers_see_what_became_of_a_row_and_not_what_stands_in_it() {
    in_both(|world| {
        let id = world.bring_in("orders.csv", ORDERS.as_bytes()).id;
        let address = format!("/imports/{id}/rows/6");
        let shown = world.get(&testkit::reader(TODAY), &address).unwrap().body;
        assert!(!shown.contains("did not boil") && !shown.contains("Kettle"), "{shown}");
        assert!(shown.contains("what went back") && shown.contains("Customer name"), "{shown}");
        let all = world.get(&owner(), &address).unwrap();
        assert!(all.body.contains("did not boil"), "{}", all.body);
        insta::assert_snapshot!("row", {
            let account = all.body.split("/accounts/").nth(1).unwrap().split('/').next().unwrap();
            let fact = all.body.split("/facts/").nth(1).unwrap().split('"').next().unwrap();
            all.lines().replace(&id, "imp_ID").replace(fact, "fact_ID").replace(account, "acc_ID")
        });
    });
}

#[test]
fn a_row_is_found_in_a_packed_file_up_to_the_place_where_it_breaks_off() {
    let mut text = "Order number,Date,Amount,Customer ID,Currency\n".to_owned();
    for n in 1..=4_000i64 {
        let mixed = n.wrapping_mul(6_364_136_223_846_793_005);
        text.push_str(&format!("{mixed},2025-02-03,{n}.00,c{n},EUR\n"));
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    let whole = encoder.finish().unwrap();
    in_both(|world| {
        let id = world.receive("amounts.csv.gz", &whole);
        assert_eq!(row(world, &id, 3_999).cells[2].value.as_deref(), Some("3999.00"));
        assert_eq!(row(world, &id, 4_000).next, None);
        let cut = world.receive("cut.csv.gz", &whole[..whole.len() / 2]);
        let broken = (1..4_000).rev().find(|n| try_row(world, &owner(), &cut, *n).is_ok());
        assert!(broken.is_some_and(|last| 500 < last && last < 3_000), "{broken:?}");
    });
}

#[test]
fn a_row_whose_kept_file_is_gone_says_what_to_do() {
    in_both(|world| {
        let shown = world.bring_in("orders.csv", ORDERS.as_bytes());
        std::fs::remove_file(world.house.files.join(&shown.sha256)).unwrap();
        let refused = try_row(world, &owner(), &shown.id, 1).unwrap_err();
        assert!(refused.code == "imports.gone" && refused.to_string().contains("send the file again"));
        let none = ImportId::new(99);
        let refused = try_row(world, &owner(), &owner().codes.write(none), 1).unwrap_err();
        assert_eq!(refused.code, "imports.none");
    });
}
