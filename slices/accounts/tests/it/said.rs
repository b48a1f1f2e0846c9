//! What files say of parties and their people is recorded as it was planned, and taken back as if it had never come.

use std::collections::{HashMap, HashSet};

use accounts::{
    ContactRole, LinkKind, Party, PartyKind, Seen,
    contacts::{self, ContactInput},
    contacts_taken,
    record::{self, AccountInput},
    taken,
};
use kernel::Context;
use store::Store;
use timeline::{
    AccountId,
    said::{self, Sheet},
    store as facts,
};

use crate::{DAY, on_both, person};

pub(crate) fn party(key: &str) -> Party<'_> {
    Party { space: "customers", key, name: None, country: None, email: None }
}

pub(crate) fn named<'a>(key: &'a str, name: &'a str) -> AccountInput<'a> {
    AccountInput::of(1, Party { name: Some(name), ..party(key) })
}

/// Somebody of that address who acts for that customer.
pub(crate) fn acts<'a>(key: &'a str, email: &'a str, name: Option<&'a str>) -> ContactInput<'a> {
    ContactInput {
        row: 1,
        party: party(key),
        own: None,
        key: None,
        name,
        title: None,
        emails: vec![email],
        phones: Vec::new(),
        country: Some("United Kingdom"),
        roles: Vec::new(),
        consent: None,
    }
}

/// What a file says: parties, then people.
#[derive(Clone, Default)]
pub(crate) struct File<'a> {
    pub(crate) accounts: Vec<AccountInput<'a>>,
    pub(crate) people: Vec<ContactInput<'a>>,
}

/// What bringing a file in comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Came {
    pub(crate) accounts: record::Counts,
    pub(crate) people: contacts::Counts,
}

/// Brings a file in, in batches of so many rows; `write` false counts only.
pub(crate) fn bring(
    cx: &Context,
    store: &Store,
    file: &File<'_>,
    run: i64,
    batch: usize,
    write: bool,
) -> Came {
    let (mut seen, mut came) = (Seen::default(), Came::default());
    for rows in file.accounts.chunks(batch) {
        let planned = if write {
            store.write(cx, |tx| {
                let mut planned = record::plan(cx, tx, &seen, rows, run)?;
                record::apply(cx, tx, &mut planned, run)?;
                Ok(planned)
            })
        } else {
            store.read(cx, |tx| record::plan(cx, tx, &seen, rows, run))
        };
        let planned = planned.unwrap();
        planned.learn(&mut seen);
        came.accounts.add(planned.counts);
    }
    for rows in file.people.chunks(batch) {
        let planned = if write {
            store.write(cx, |tx| {
                let mut planned = contacts::plan(cx, tx, &seen, rows, run)?;
                contacts::apply(cx, tx, &mut planned, run)?;
                Ok(planned)
            })
        } else {
            store.read(cx, |tx| contacts::plan(cx, tx, &seen, rows, run))
        };
        let planned = planned.unwrap();
        planned.learn(&mut seen);
        came.people.add(planned.counts);
    }
    came
}

pub(crate) fn comes(store: &Store, file: &File<'_>, run: i64) -> Came {
    let cx = testkit::at(DAY);
    let dry = bring(&cx, store, file, run, 3, false);
    assert_eq!(bring(&cx, store, file, run, 2, true), dry, "what is applied is the plan");
    dry
}

/// Takes an import back as the house does; gives what stays and why.
pub(crate) fn take_back(store: &Store, run: i64) -> Vec<(String, &'static str)> {
    let cx = testkit::at(DAY);
    store
        .write(&cx, |tx| {
            let mut kept = Vec::new();
            let mut held = HashSet::new();
            let changes = facts::changes(tx, run, contacts_taken::CHANGE, 0, 10_000)?;
            for group in changes.chunks(2) {
                let dry = contacts_taken::take_back(&cx, tx, run, group, false)?;
                let taken = contacts_taken::take_back(&cx, tx, run, group, true)?;
                assert_eq!((dry.removed, dry.restored), (taken.removed, taken.restored));
                let stays: HashSet<i64> = taken.kept.iter().map(|kept| kept.id).collect();
                let struck: Vec<i64> =
                    group.iter().map(|change| change.id).filter(|id| !stays.contains(id)).collect();
                facts::forget_changes(tx, run, contacts_taken::CHANGE, &struck)?;
                held.extend(taken.kept.iter().map(|kept| kept.account));
                kept.extend(taken.kept.into_iter().map(|kept| (kept.name, kept.reason)));
            }
            let changes = facts::changes(tx, run, taken::CHANGE, 0, 10_000)?;
            for group in changes.chunks(2) {
                let ids: Vec<_> = group.iter().map(|change| AccountId::new(change.id)).collect();
                let taken = taken::take_back(&cx, tx, run, &ids, &HashMap::new(), &held, true)?;
                let stays: HashSet<i64> = taken.kept.iter().map(|(id, _, _)| id.0).collect();
                let struck: Vec<i64> =
                    group.iter().map(|change| change.id).filter(|id| !stays.contains(id)).collect();
                facts::forget_changes(tx, run, taken::CHANGE, &struck)?;
                kept.extend(taken.kept.into_iter().map(|(_, name, why)| (name, why)));
            }
            Ok(kept)
        })
        .unwrap()
}

/// The canonical dump.
pub(crate) fn knowledge(store: &Store) -> String {
    let slices = [timeline::slice(), accounts::slice()];
    let tables: Vec<_> = slices.iter().flat_map(|slice| slice.tables).copied().collect();
    let mut text = Vec::new();
    store.read(&testkit::at(DAY), |tx| ::store::dump::canonical(tx, &tables, &mut text)).unwrap();
    String::from_utf8(text).unwrap()
}

pub(crate) fn number(store: &Store, key: &str) -> i64 {
    let known = store.read(&testkit::at(DAY), |tx| {
        Ok(accounts::store::known(tx, &[("customers", key)])?.get(&("customers", key)).map(|found| found.0))
    });
    known.unwrap().unwrap_or(0)
}

fn sheet(store: &Store, key: &str) -> Sheet {
    let (cx, id) = (testkit::at(DAY), number(store, key));
    let found = store.read(&cx, |tx| {
        let mut sheets = accounts::store::sheets(&cx, tx, &[id])?;
        accounts::store::links::add(&cx, tx, &mut sheets)?;
        Ok(sheets.remove(&id).unwrap_or_default())
    });
    found.unwrap()
}

/// Somebody changes a field of an account by hand.
fn by_hand(store: &Store, key: &str, field: &str, value: &str) {
    let more = Sheet::from([(field.to_owned(), value.to_owned())]);
    let after = said::with(sheet(store, key), &more);
    let id = number(store, key);
    store.write(&testkit::at(DAY), |tx| accounts::store::rewrite(tx, &[(id, after.clone())])).unwrap();
}

fn march<'a>() -> File<'a> {
    let rook = AccountInput {
        kind: Some(PartyKind::Organization),
        phone: Some("020 7946 0018"),
        ..named("c7", "Rook & Daughters")
    };
    let household = AccountInput { kind: Some(PartyKind::Household), ..named("h1", "Wick household") };
    let ann = AccountInput {
        kind: Some(PartyKind::Person),
        consumer: Some(true),
        links: vec![(LinkKind::MemberOf, party("h1"), "2024-05-01")],
        ..named("c8", "Ann Wick")
    };
    let clerk = ContactInput {
        roles: vec![ContactRole::Payer],
        phones: vec!["020 7946 0018"],
        ..acts("c7", "Maud@Rook.example", Some("Maud Rook"))
    };
    let caller = ContactInput { roles: vec![ContactRole::NamedCaller], ..acts("c7", "", Some("Tom Rook")) };
    File { accounts: vec![rook, household, ann], people: vec![clerk, caller] }
}

fn may<'a>() -> File<'a> {
    let rook = AccountInput {
        website: Some("https://rook.example"),
        phone: Some("+44 20 7946 0099"),
        ..named("c7", "Rook & Daughters Ltd")
    };
    let again = AccountInput { city: Some("Leeds"), ..AccountInput::of(2, party("c7")) };
    let tier =
        AccountInput { links: vec![(LinkKind::CustomerOf, party("c7"), "")], ..named("c9", "Quill Press") };
    let same = named("c8", "Ann Wick");
    let maud = ContactInput {
        roles: vec![ContactRole::Buyer],
        phones: vec!["+44 20 7946 0018"],
        title: Some("Bookkeeper"),
        ..acts("c7", "maud@rook.example", None)
    };
    let press = ContactInput { own: Some(party("c8")), ..acts("c9", "ann@wick.example", Some("Ann Wick")) };
    File { accounts: vec![rook, again, tier, same], people: vec![maud, press.clone(), press] }
}

#[test]
fn rows_change_what_they_say_and_leave_open_what_they_do_not() {
    on_both(|store| {
        let came = comes(store, &march(), 1);
        assert_eq!((came.accounts.created, came.people.created), (3, 2));
        let came = comes(store, &may(), 2);
        assert_eq!(came.accounts, record::Counts { created: 1, updated: 1, linked: 1, repeated: 1 });
        let people = contacts::Counts { created: 1, updated: 1, repeated: 1, ..contacts::Counts::default() };
        assert_eq!(came.people, people);
        let rook = sheet(store, "c7");
        let told =
            ["name", "kind", "phone", "website", "city"].map(|field| said::blank(&rook, field).to_owned());
        let expected =
            ["Rook & Daughters Ltd", "organization", "+44 20 7946 0099", "https://rook.example", "Leeds"];
        assert_eq!(told, expected);
        let cx = testkit::at(DAY);
        let id = AccountId::new(number(store, "c7"));
        let first = (String::new(), 0);
        let listed =
            store.read(&cx, |tx| accounts::store::contacts::of_account(&cx, tx, id, &first, 10)).unwrap();
        let maud = accounts::Contact::of(accounts::ContactId::new(listed[0].0), &listed[0].1);
        assert_eq!((maud.name.as_str(), maud.title.as_str()), ("Maud Rook", "Bookkeeper"));
        assert_eq!(maud.roles, [ContactRole::Buyer, ContactRole::Payer]);
        assert_eq!(
            (maud.emails, maud.phones),
            (vec!["Maud@Rook.example".into()], vec!["020 7946 0018".into()])
        );
        let around = store.read(&cx, |tx| accounts::store::links::around(&cx, tx, id)).unwrap();
        assert_eq!(
            (around.len(), around[0].word(), around[0].name.as_str()),
            (1, "has_customer", "Quill Press")
        );
    });
}

#[test]
fn an_import_that_begins_again_counts_the_same_and_changes_nothing() {
    on_both(|store| {
        comes(store, &march(), 1);
        let first = comes(store, &may(), 2);
        let before = knowledge(store);
        assert_eq!(comes(store, &may(), 2), first);
        assert_eq!(knowledge(store), before);
        let third = comes(store, &may(), 3);
        assert_eq!((third.accounts.created, third.accounts.updated, third.accounts.linked), (0, 0, 3));
        assert_eq!((third.people.created, third.people.updated, third.people.linked), (0, 0, 2));
        assert_eq!(knowledge(store), before);
    });
}

#[test]
fn a_file_taken_back_leaves_what_was_before_it() {
    on_both(|store| {
        let empty = knowledge(store);
        comes(store, &march(), 1);
        let before = knowledge(store);
        comes(store, &may(), 2);
        by_hand(store, "c8", "region", "Kent");
        assert_eq!(take_back(store, 2), []);
        by_hand(store, "c8", "region", "");
        assert_eq!(knowledge(store), before);
        assert_eq!(take_back(store, 1), []);
        assert_eq!(knowledge(store), empty);
    });
}

#[test]
fn a_file_between_two_others_leaves_what_the_others_say() {
    on_both(|store| {
        comes(store, &march(), 1);
        comes(store, &may(), 3);
        let without = knowledge(store);
        take_back(store, 3);
        let june = File {
            accounts: vec![AccountInput {
                phone: Some("1"),
                street: Some("2 Mill Lane"),
                ..named("c7", "Rook")
            }],
            people: vec![ContactInput { title: Some("Owner"), ..acts("c7", "maud@rook.example", None) }],
        };
        comes(store, &june, 2);
        comes(store, &may(), 3);
        assert_eq!(take_back(store, 2), []);
        assert_eq!(knowledge(store), without);
        assert_eq!(take_back(store, 1), [], "what the later file needs is its own now");
        assert_eq!(said::blank(&sheet(store, "c7"), "kind"), "", "only the first file said so");
        assert_eq!(said::blank(&sheet(store, "c7"), "name"), "Rook & Daughters Ltd");
        assert_eq!(number(store, "h1"), 0);
    });
}

#[test]
fn what_was_changed_by_hand_since_stays_and_is_listed() {
    on_both(|store| {
        comes(store, &march(), 1);
        let before = knowledge(store);
        comes(store, &may(), 2);
        by_hand(store, "c7", "phone", "07700 900123");
        by_hand(store, "c9", "city", "York");
        let kept = take_back(store, 2);
        let names: HashSet<&str> = kept.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, HashSet::from(["Rook & Daughters Ltd", "Quill Press"]));
        let rook = sheet(store, "c7");
        assert_eq!(said::blank(&rook, "phone"), "07700 900123");
        assert_eq!((said::blank(&rook, "name"), said::blank(&rook, "city")), ("Rook & Daughters", ""));
        by_hand(store, "c7", "phone", "020 7946 0018");
        by_hand(store, "c9", "city", "");
        assert_eq!(take_back(store, 2), []);
        assert_eq!(knowledge(store), before);
    });
}

#[test]
fn rows_about_a_party_behind_a_wall_are_set_aside() {
    on_both(|store| {
        comes(store, &march(), 1);
        let before = knowledge(store);
        let rook = AccountId::new(number(store, "c7"));
        store.write(&testkit::at(DAY), |tx| accounts::store::set_wall(tx, rook, &[1])).unwrap();
        let outsider = person(2, kernel::Role::Member);
        let file = File { accounts: may().accounts[..2].to_vec(), people: may().people[..1].to_vec() };
        let came = bring(&outsider, store, &file, 2, 10, true);
        assert_eq!(came, Came::default());
        let hangs = File { accounts: may().accounts[2..3].to_vec(), people: Vec::new() };
        bring(&outsider, store, &hangs, 2, 10, true);
        store.write(&testkit::at(DAY), |tx| accounts::store::set_wall(tx, rook, &[])).unwrap();
        take_back(store, 2);
        assert_eq!(knowledge(store), before);
    });
}

#[test]
fn hundreds_of_rows_cost_a_constant_number_of_statements() {
    on_both(|store| {
        let keys: Vec<_> = (0..200).map(|n| (format!("c{n}"), format!("p{n}@wick.example"))).collect();
        let file = |n: usize, phone: &'static str| File {
            accounts: keys[..n]
                .iter()
                .map(|(key, _)| AccountInput { phone: Some(phone), ..named(key, "Wick") })
                .collect(),
            people: keys[..n]
                .iter()
                .map(|(key, email)| ContactInput { phones: vec![phone], ..acts(key, email, None) })
                .collect(),
        };
        let cost = |n: usize, phone: &'static str, run: i64| {
            let (cx, file) = (testkit::at(DAY), file(n, phone));
            let counted = store.write(&cx, |tx| {
                let before = tx.statements();
                let mut planned = record::plan(&cx, tx, &Seen::default(), &file.accounts, run)?;
                record::apply(&cx, tx, &mut planned, run)?;
                let mut planned = contacts::plan(&cx, tx, &Seen::default(), &file.people, run)?;
                contacts::apply(&cx, tx, &mut planned, run)?;
                Ok(tx.statements() - before)
            });
            counted.unwrap()
        };
        let new = cost(200, "020 7946 0001", 1);
        assert!(new < 120, "{new} statements for 200 new accounts with people");
        let few = cost(1, "020 7946 0002", 2);
        let many = cost(200, "020 7946 0003", 3);
        assert!(many < 6 * few, "{many} statements for 200 that change, {few} for one");
    });
}
