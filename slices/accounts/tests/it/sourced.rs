//! Facts that the rows of files tell: brought once, corrected by a later file, taken back as if they never were.

use accounts::{
    Party, Seen,
    sourced::{Counts, FactInput},
    sourced_taken, sourcing,
};
use kernel::{Day, Result};
use serde_json::json;
use store::{Store, Table, dump};
use timeline::{
    Fact, LineId,
    fact::Contact,
    store::{self as timeline_store},
};

use crate::{DAY, code, on_both, run};

fn call<'a>(row: i64, key: &'a str, who: &'a str, day: &str, topic: &str) -> FactInput<'a> {
    let text = format!("{key}{who}{day}{topic}");
    FactInput {
        row,
        identity: text.bytes().fold(7i64, |sum, byte| sum.wrapping_mul(31).wrapping_add(i64::from(byte))),
        space: "desk",
        key,
        main: true,
        party: Party { space: "customers", key: who, name: None, country: None, email: None },
        occurred: Day::parse(day).unwrap().moment(),
        currency: None,
        fact: Fact::Conversation(Contact { topic: Some(topic.to_owned()), ..Contact::default() }),
    }
}

fn bring(store: &Store, inputs: &[FactInput<'_>], by: i64) -> Counts {
    let cx = testkit::at(DAY);
    let dry = store.read(&cx, |tx| sourcing::plan(&cx, tx, &Seen::default(), inputs, by)).unwrap().counts;
    let real = store.write(&cx, |tx| {
        let mut planned = sourcing::plan(&cx, tx, &Seen::default(), inputs, by)?;
        sourcing::apply(&cx, tx, LineId::new(0), &mut planned, by)?;
        Ok::<_, kernel::Problem>(planned.counts)
    });
    assert_eq!(real.unwrap(), dry, "a dry run counts what the run does");
    dry
}

fn take_back(store: &Store, by: i64) -> Vec<&'static str> {
    let cx = testkit::at(DAY);
    let done: Result<_> = store.write(&cx, |tx| {
        let changes = timeline_store::changes(tx, by, sourced_taken::CHANGE, 0, 256)?;
        let taken = sourced_taken::take_back(&cx, tx, by, &changes, true)?;
        let ids: Vec<_> = changes.iter().map(|change| change.id).collect();
        timeline_store::forget_changes(tx, by, sourced_taken::CHANGE, &ids)?;
        Ok(taken.kept.iter().map(|kept| kept.reason).collect())
    });
    done.unwrap()
}

fn known(store: &Store) -> String {
    let slices = [timeline::slice(), accounts::slice()];
    let tables: Vec<&Table> = slices.iter().flat_map(|slice| slice.tables.iter().copied()).collect();
    let mut text = Vec::new();
    store.read(&testkit::at(DAY), |tx| dump::canonical(tx, &tables, &mut text)).unwrap();
    String::from_utf8(text).unwrap()
}

fn counts(create: i64, update: i64, skip: i64) -> Counts {
    Counts { create, update, skip }
}

#[test]
fn a_file_that_comes_twice_tells_nothing_new_and_a_later_one_corrects() {
    on_both(|store| {
        let march = [
            call(1, "T-1", "c1", "2025-03-01", "advice"),
            call(2, "T-2", "c1", "2025-03-02", "billing"),
            call(3, "", "c2", "2025-03-02", "advice"),
            call(4, "", "c2", "2025-03-02", "advice"),
        ];
        assert_eq!(bring(store, &march, 1), counts(4, 0, 0));
        assert_eq!(bring(store, &march, 1), counts(4, 0, 0), "what an interrupted run wrote is new to it");
        let before = known(store);
        assert_eq!(bring(store, &march, 2), counts(0, 0, 4));
        assert_eq!(known(store), before);
        let may = [march[0].clone(), call(2, "T-2", "c3", "2025-03-05", "complaint")];
        assert_eq!(bring(store, &may, 3), counts(0, 1, 1));
        assert!(known(store).contains("complaint"));
        assert_eq!(
            bring(store, &may, 3),
            counts(0, 1, 1),
            "what an interrupted run changed is a change to it"
        );
        assert!(take_back(store, 3).is_empty());
        let accounts = |dump: &str| dump.lines().filter(|line| !line.contains("\"account")).count();
        assert_eq!(accounts(&known(store)), accounts(&before));
        assert!(!known(store).contains("complaint"));
        assert!(take_back(store, 1).is_empty());
        assert!(!known(store).contains("\"fact"), "{}", known(store));
    });
}

#[test]
fn a_number_that_stands_twice_in_its_file_is_two_records() {
    on_both(|store| {
        let clash =
            [call(1, "U-1", "c1", "2025-03-01", "advice"), call(2, "U-1", "c1", "2025-03-09", "advice")];
        assert_eq!(bring(store, &clash, 1), counts(2, 0, 0));
        let other_way_round = [clash[1].clone(), clash[0].clone()];
        assert_eq!(bring(store, &other_way_round, 2), counts(0, 0, 2));
    });
}

#[test]
fn what_a_later_import_changed_stays_until_that_one_is_taken_back() {
    on_both(|store| {
        bring(store, &[call(1, "T-1", "c1", "2025-03-01", "advice")], 1);
        bring(store, &[call(1, "T-1", "c1", "2025-03-01", "billing")], 2);
        bring(store, &[call(1, "T-1", "c1", "2025-03-01", "complaint")], 3);
        let stays = take_back(store, 2);
        assert_eq!(stays, ["another import changed it since; take that one back first"]);
        assert!(take_back(store, 3).is_empty());
        assert!(known(store).contains("billing"));
        assert!(take_back(store, 1).is_empty(), "it is the import's that changed it last");
        assert!(known(store).contains("billing"));
    });
}

#[test]
fn rows_behind_a_wall_are_set_aside() {
    on_both(|store| {
        bring(store, &[call(1, "T-1", "c1", "2025-03-01", "advice")], 1);
        let owner = testkit::owner(DAY);
        let id = owner.codes.write(timeline::AccountId::new(1));
        let wall = json!({ "id": id, "people": [owner.codes.write(access::PersonId::new(1))] });
        let put = run(&owner, store, "account.wall", wall);
        assert!(put.is_ok(), "{}", code(put));
        let outside = crate::person(2, kernel::Role::Member);
        let rows = [call(1, "T-1", "c9", "2025-03-01", "x"), call(2, "T-9", "c1", "2025-03-01", "x")];
        let planned =
            store.read(&outside, |tx| sourcing::plan(&outside, tx, &Seen::default(), &rows, 2)).unwrap();
        assert_eq!((planned.walled.len(), planned.counts), (2, counts(0, 0, 0)));
    });
}
