//! Duplicates are found with their reasons, decided by people, merged, and neither seen nor merged across walls.

use std::path::PathBuf;

use kernel::{Context, Role};
use serde_json::{Value, json};
use slice::{House, Method, Reply};
use store::{Migration, Table, dump, queue};
use testkit::Bench;

use super::{DAY, code, pages::reply, person, run};

/// A house of these slices in which work is done.
pub(super) struct Small {
    house: House,
    _bench: Bench,
}

pub(super) fn in_both(test: impl Fn(&Small)) {
    for bench in Bench::all() {
        eprintln!("on {}", bench.engine());
        let slices = [access::slice(), timeline::slice(), accounts::slice()];
        let migrations: Vec<Migration> =
            slices.iter().flat_map(|slice| slice.migrations.iter().copied()).collect();
        let tables: Vec<&'static Table> =
            slices.iter().flat_map(|slice| slice.tables.iter().copied()).collect();
        let own = testkit::at(DAY);
        let house = House { store: bench.open(&migrations), files: PathBuf::new(), tables, clock: || 0, own };
        test(&Small { house, _bench: bench });
    }
}

impl Small {
    pub(super) fn ask(&self, cx: &Context, name: &str, input: Value) -> kernel::Result<Value> {
        run(cx, &self.house.store, name, input)
    }

    pub(super) fn named(&self, name: &str, email: &str) -> String {
        let input = json!({ "name": name, "email": email, "anyway": true });
        let added = self.ask(&testkit::owner(DAY), "account.add", input).unwrap();
        added["id"].as_str().unwrap().to_owned()
    }

    /// Does whatever work of accounts waits.
    pub(super) fn work(&self) {
        let cx = testkit::at(DAY);
        for kind in accounts::ops::merging::JOBS {
            let next = |kind: &str| {
                let keys = (1..20).map(|n| n.to_string()).chain(["due".to_owned()]);
                keys.into_iter().find_map(|key| {
                    self.house.store.write(&cx, |tx| queue::hold(tx, kind, &key, i64::MAX / 4, 1)).unwrap()
                })
            };
            while let Some(job) = next(kind.kind) {
                (kind.run)(&self.house, &job).unwrap();
            }
        }
    }

    fn pairs(&self, cx: &Context, state: &str) -> Vec<Value> {
        let listed = self.ask(cx, "duplicates.list", json!({ "state": state })).unwrap();
        listed["rows"].as_array().unwrap().clone()
    }

    fn dump(&self) -> String {
        let mut text = Vec::new();
        self.house
            .store
            .read(&testkit::at(DAY), |tx| dump::canonical(tx, &self.house.tables, &mut text))
            .unwrap();
        String::from_utf8(text).unwrap()
    }
}

#[test]
fn a_party_that_is_there_is_not_written_down_again_unless_somebody_insists() {
    in_both(|small| {
        let cx = testkit::owner(DAY);
        let first = small.named("Rook & Daughters Ltd", "ida@rook.example");
        let again = json!({ "name": "ROOK AND DAUGHTERS", "email": "ida@rook.example" });
        let refused = small.ask(&cx, "account.add", again).unwrap_err();
        assert_eq!((refused.code, refused.kind.status()), ("accounts.duplicate", 409));
        assert!(refused.message.contains(&first) && refused.message.contains("the same name"), "{refused}");
        small.ask(&cx, "account.add", json!({ "name": "Osterlund Marine" })).unwrap();
        let insisted = json!({ "name": "Rook and Daughters", "anyway": true });
        small.ask(&cx, "account.add", insisted).unwrap();
    });
}

#[test]
fn pairs_are_found_told_why_and_decided() {
    in_both(|small| {
        let cx = testkit::owner(DAY);
        let rook = small.named("Rook & Daughters Ltd", "ida@rook.example");
        let again = small.named("Rook and Daughters", "ida@rook.example");
        small.named("Osterlund Marine", "");
        small.work();
        let found = small.pairs(&cx, "open");
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((&found[0]["first"]["id"], &found[0]["second"]["id"]), (&json!(rook), &json!(again)));
        assert!(0.9 < found[0]["probability"].as_f64().unwrap(), "{found:?}");
        let says: Vec<_> = found[0]["reasons"].as_array().unwrap().iter().map(|one| &one["says"]).collect();
        assert_eq!(says, [&json!("the same name"), &json!("the same email address")]);
        let later = json!({ "first": rook, "second": again, "decision": "not_same" });
        small.ask(&cx, "duplicate.decide", later).unwrap();
        small.ask(&cx, "duplicates.search", json!({})).unwrap();
        small.work();
        assert_eq!(
            (small.pairs(&cx, "open").len(), small.pairs(&cx, "not_same").len()),
            (0, 1),
            "it is remembered"
        );
        let odd = json!({ "first": rook, "second": again, "decision": "perhaps" });
        assert_eq!(code(small.ask(&cx, "duplicate.decide", odd)), "duplicates.decision");
    });
}

#[test]
fn a_household_is_never_part_of_a_person() {
    in_both(|small| {
        let cx = testkit::owner(DAY);
        let mut ids = Vec::new();
        for kind in ["household", "person"] {
            let input = json!({ "name": "Vos", "kind": kind, "anyway": true });
            ids.push(small.ask(&cx, "account.add", input).unwrap()["id"].clone());
        }
        let pairs = json!({ "pairs": [{ "kept": ids[1], "gone": ids[0] }] });
        assert_eq!(code(small.ask(&cx, "accounts.merge", pairs)), "accounts.merge_refused");
    });
}

#[test]
fn many_are_merged_at_once_and_it_is_undone_at_once() {
    in_both(|small| {
        let cx = testkit::owner(DAY);
        for n in 0..90 {
            small.named(&format!("Firm Number{n}x Holding"), &format!("mail{n}@firm{n}.example"));
            small.named(&format!("FIRM Number{n}x Holding Ltd"), &format!("mail{n}@firm{n}.example"));
        }
        small.work();
        let before = small.dump();
        let merge = small.ask(&cx, "duplicates.merge", json!({ "least": 0.9 })).unwrap();
        small.work();
        let shown = small.ask(&cx, "merge.view", json!({ "id": merge["id"] })).unwrap();
        assert_eq!((&shown["state"], &shown["merged"]), (&json!("merged"), &json!(90)));
        let listed = small.ask(&cx, "merges.list", json!({})).unwrap();
        assert_eq!(listed["rows"].as_array().unwrap().len(), 1);
        assert_ne!(small.dump(), before);
        let couple = &shown["couples"][0];
        let asked = small.ask(&cx, "account.view", json!({ "id": couple["gone"] })).unwrap();
        assert_eq!((&asked["id"], &asked["asked_for"]), (&couple["kept"], &couple["gone"]));
        small.ask(&cx, "merge.undo", json!({ "id": merge["id"] })).unwrap();
        small.work();
        assert_eq!(small.dump(), before);
        assert_eq!(code(small.ask(&cx, "merge.undo", json!({ "id": merge["id"] }))), "merges.state");
    });
}

#[test]
fn nobody_merges_or_learns_of_what_stands_behind_a_wall() {
    in_both(|small| {
        let (owner, olaf) = (testkit::owner(DAY), person(7, Role::Member));
        let rook = small.named("Rook & Daughters Ltd", "ida@rook.example");
        let again = small.named("Rook and Daughters", "ida@rook.example");
        small.work();
        let walled = json!({ "id": again, "people": [owner.codes.write(access::PersonId::new(owner.actor.number()))] });
        small.ask(&owner, "account.wall", walled).unwrap();
        assert_eq!((small.pairs(&olaf, "open").len(), small.pairs(&owner, "open").len()), (0, 1));
        let pairs = json!({ "pairs": [{ "kept": rook, "gone": again }] });
        assert_eq!(code(small.ask(&olaf, "accounts.merge", pairs.clone())), "accounts.no_account");
        assert_eq!(code(small.ask(&owner, "accounts.merge", pairs)), "accounts.merge_refused");
        let third = json!({ "name": "Rook and Daughters", "email": "ida@rook.example" });
        let told = small.ask(&olaf, "account.add", third).unwrap_err().message;
        assert!(!told.contains(&again), "{told}");
    });
}

#[test]
fn what_was_changed_since_stays_and_an_account_is_not_merged_with_itself() {
    in_both(|small| {
        let cx = testkit::owner(DAY);
        let rook = small.named("Rook & Daughters", "");
        let again = small.named("Rook and Daughters", "ida@rook.example");
        let goal = json!([{ "kind": "goal", "on": "2025-02-01" }]);
        small.ask(&cx, "facts.record", json!({ "id": again, "facts": goal })).unwrap();
        let itself = json!({ "pairs": [{ "kept": rook, "gone": rook }] });
        assert_eq!(code(small.ask(&cx, "accounts.merge", itself)), "accounts.merge_self");
        let pairs = json!({ "pairs": [{ "kept": rook, "gone": again }] });
        let merge = small.ask(&cx, "accounts.merge", pairs).unwrap();
        small.work();
        let kept = small.ask(&cx, "account.view", json!({ "id": rook })).unwrap();
        assert_eq!(kept["email"], json!("ida@rook.example"), "what it lacked it has from the other");
        small.ask(&cx, "facts.record", json!({ "id": again, "facts": goal })).unwrap();
        let history = small.ask(&cx, "account.history", json!({ "id": rook })).unwrap();
        assert_eq!(
            history["rows"].as_array().unwrap().len(),
            2,
            "what is said of the old id comes to the new one"
        );
        small.ask(&cx, "merge.undo", json!({ "id": merge["id"] })).unwrap();
        small.work();
        let shown = small.ask(&cx, "merge.view", json!({ "id": merge["id"] })).unwrap();
        assert_eq!(shown["couples"][0]["conflicts"][0]["count"], json!(1), "{shown}");
        let history = small.ask(&cx, "account.history", json!({ "id": again })).unwrap();
        assert_eq!(history["rows"].as_array().unwrap().len(), 1);
        let kept = small.ask(&cx, "account.view", json!({ "id": rook })).unwrap();
        assert_eq!(kept.get("email"), None);
    });
}

#[test]
fn which_two_became_one_is_told_with_the_way_back_where_the_pair_stood() {
    in_both(|small| {
        let cx = testkit::owner(DAY);
        for email in ["ada@wick.example", "bo@wick.example", "cy@wick.example"] {
            small.named("Wick Chandlery", email);
            small.named("Wick Chandlery Ltd", email);
        }
        small.work();
        let list = (Method::Get, "/duplicates");
        let page = |fields: &[(&str, &str)]| {
            let Reply::Page { body, .. } = reply(&small.house.store, &cx, list, &[], fields).unwrap() else {
                panic!("no page")
            };
            body.into_string()
        };
        let before = page(&[]);
        assert!(before.contains("name=\"place\" value=\"1\""), "{before}");
        let pair = small.pairs(&cx, "open")[0].clone();
        let (first, second) = (pair["first"]["id"].as_str().unwrap(), pair["second"]["id"].as_str().unwrap());
        let decide = (Method::Post, "/duplicates/{first}/{second}");
        let form = [("decision", "same"), ("place", "1")];
        let went = reply(&small.house.store, &cx, decide, &[("first", first), ("second", second)], &form);
        let Reply::Go(to) = went.unwrap() else { panic!("nowhere to go") };
        let merge = to.split("merged=").nth(1).unwrap().split('&').next().unwrap().to_owned();
        assert!(to.ends_with("&place=1"), "{to}");
        small.work();
        let after = page(&[("merged", &merge), ("place", "1")]);
        assert_eq!(after.matches("became one with").count(), 2, "above and in its place: {after}");
        assert!(after.contains(&format!("/merges/{merge}/undo")), "{after}");
        let place = |text: &str| after.find(text).unwrap();
        let rows = place("data-rows");
        let answer = rows + after[rows..].find("became one with").unwrap();
        assert!(place("name=\"place\" value=\"0\"") < answer, "{after}");
        assert!(answer < place("name=\"place\" value=\"1\""), "{after}");
    });
}
