//! The parties of a file become accounts: planned without writing, then written exactly so.

use accounts::{Party, Resolution, Seen, resolve};
use serde_json::json;
use store::Store;

use crate::{DAY, on_both, run};

fn party<'a>(key: &'a str, name: Option<&'a str>) -> Party<'a> {
    Party { space: "customers", key, name, country: Some(" Belgium "), email: None }
}

fn plan(store: &Store, seen: &Seen, parties: &[Party<'_>], run: i64) -> Resolution {
    store.read(&testkit::at(DAY), |tx| resolve::plan(&testkit::at(DAY), tx, seen, parties, run)).unwrap()
}

fn apply(store: &Store, parties: &[Party<'_>], run: i64) -> Resolution {
    let cx = testkit::at(DAY);
    store
        .write(&cx, |tx| {
            let mut found = resolve::plan(&cx, tx, &Seen::default(), parties, run)?;
            resolve::apply(&cx, tx, &mut found, run)?;
            Ok(found)
        })
        .unwrap()
}

#[test]
fn a_dry_run_numbers_downwards_and_counts_what_the_real_one_makes() {
    on_both(|store| {
        let first = [party("17850", None), party("12583", Some("Rook")), party("17850", None)];
        let second = [party("12583", None), party("13047", None)];
        let mut seen = Seen::default();
        let found = plan(store, &seen, &first, 7);
        assert_eq!((found.accounts.as_slice(), found.created(), found.linked()), (&[-1, -2, -1][..], 2, 0));
        seen.learn(&found);
        let found = plan(store, &seen, &second, 7);
        assert_eq!((found.accounts.as_slice(), found.created()), (&[-2, -3][..], 1), "numbers go on");
        let real = apply(store, &first, 7);
        assert_eq!((real.accounts[0], real.created()), (real.accounts[2], 2));
        assert!(real.accounts.iter().all(|account| 0 < *account));
    });
}

#[test]
fn a_known_party_is_linked_and_one_that_the_same_run_made_counts_as_new() {
    on_both(|store| {
        let parties = [party("17850", None), party("12583", None)];
        let made = apply(store, &parties[..1], 7);
        let later = plan(store, &Seen::default(), &parties, 8);
        assert_eq!((later.created(), later.linked()), (1, 1));
        assert_eq!(later.accounts, [made.accounts[0], -1]);
        let resumed = plan(store, &Seen::default(), &parties, 7);
        assert_eq!((resumed.created(), resumed.linked()), (2, 0));
        let by_hand = apply(store, &[party("1", None)], 0);
        assert_eq!((by_hand.created(), by_hand.linked()), (1, 0));
        let again = plan(store, &Seen::default(), &[party("1", None)], 0);
        assert_eq!((again.created(), again.linked()), (0, 1), "by hand is of no run");
        let elsewhere = Party { space: "suppliers", ..parties[0] };
        assert_eq!(
            plan(store, &Seen::default(), &[elsewhere], 8).created(),
            1,
            "another numbering, another party"
        );
        let mut seen = Seen::default();
        seen.learn(&later);
        assert_eq!(plan(store, &seen, &parties[..1], 8).linked(), 0, "each is counted once in a run");
    });
}

#[test]
fn a_new_account_is_named_by_the_file_or_by_its_number() {
    on_both(|store| {
        let made = apply(store, &[party("17850", Some("  Rook &  Daughters")), party("12583", Some(" "))], 7);
        let cx = testkit::owner(DAY);
        let shown = made.accounts.iter().map(|account| {
            let id = cx.codes.write(timeline::AccountId::new(*account));
            run(&cx, store, "account.view", json!({ "id": id })).unwrap()
        });
        let shown: Vec<_> = shown.collect();
        assert_eq!(
            (&shown[0]["name"], &shown[0]["country"]),
            (&json!("Rook & Daughters"), &json!("Belgium"))
        );
        assert_eq!(shown[1]["name"], json!("12583"));
        assert_eq!(shown[1]["known_as"], json!([{ "space": "customers", "key": "12583" }]));
    });
}

#[test]
fn hundreds_of_parties_cost_a_constant_number_of_statements() {
    on_both(|store| {
        let keys: Vec<_> = (0..200).map(|n| n.to_string()).collect();
        let parties: Vec<_> = keys.iter().map(|key| party(key, None)).collect();
        let cost = |parties: &[Party<'_>]| {
            let cx = testkit::at(DAY);
            let counted = store.read(&cx, |tx| {
                let before = tx.statements();
                resolve::plan(&cx, tx, &Seen::default(), parties, 7)?;
                Ok(tx.statements() - before)
            });
            counted.unwrap()
        };
        assert_eq!(cost(&parties), cost(&parties[..1]));
    });
}
