//! Accounts and people are found by whatever they are known by, as far as the viewer may see them.

use kernel::{Context, Role};
use serde_json::{Value, json};

use super::{
    DAY, code,
    duplicates::{Small, in_both},
    person,
};

impl Small {
    /// What is found, each hit as `name`, `name: person` and by what.
    fn found(&self, cx: &Context, text: &str) -> Vec<String> {
        let found = self.ask(cx, "find", json!({ "text": text })).unwrap();
        let told = |hit: &Value| {
            let mut told = hit["name"].as_str().unwrap().to_owned();
            if let Some(name) = hit["person"]["name"].as_str() {
                told = format!("{told}: {name}");
            }
            match hit["by"].as_str() {
                Some(by) => format!("{told} ({by})"),
                None => told,
            }
        };
        found["hits"].as_array().unwrap().iter().map(told).collect()
    }

    fn people(&self, id: &str, people: Value) -> Vec<String> {
        let input = json!({ "id": id, "people": people, "anyway": true });
        let recorded = self.ask(&testkit::owner(DAY), "contacts.record", input).unwrap();
        recorded["ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
    }

    /// The rook, the falk, and who acts for them.
    fn peopled(&self) -> [String; 3] {
        let rook = self.named("Rook & Daughters", "office@rook.example");
        let falk = self.named("Falk Möbel GmbH", "");
        let late = self.named("Rookery Gardens", "");
        self.people(
            &rook,
            json!([
                { "name": "Ada Moss", "emails": ["ada.moss@rook.example"], "phones": ["+44 20 7946 0018"], "roles": ["payer"], "key": "P-77" },
                { "name": "Ida Rook", "roles": ["user"] },
            ]),
        );
        self.people(&falk, json!([{ "name": "Ada Falk", "roles": ["buyer"] }]));
        [rook, falk, late]
    }
}

#[test]
fn what_was_written_down_a_moment_ago_is_found_and_so_it_is_once_it_has_been_read() {
    in_both(|small| {
        small.peopled();
        let cx = testkit::owner(DAY);
        for _ in 0..2 {
            assert_eq!(small.found(&cx, "rook da"), ["Rook & Daughters"]);
            assert_eq!(small.found(&cx, "moebel"), ["Falk Möbel GmbH"]);
            assert_eq!(small.found(&cx, "mobel falk"), ["Falk Möbel GmbH"]);
            assert_eq!(small.found(&cx, "ada rook"), ["Rook & Daughters: Ada Moss"]);
            assert_eq!(
                small.found(&cx, "020 7946 0018"),
                ["Rook & Daughters: Ada Moss (telephone +44 20 7946 0018)"]
            );
            assert_eq!(small.found(&cx, "p-77"), ["Rook & Daughters: Ada Moss (number P-77)"]);
            assert_eq!(small.found(&cx, "office@"), ["Rook & Daughters (email office@rook.example)"]);
            assert_eq!(small.found(&cx, "nobody"), Vec::<String>::new());
            small.work();
        }
    });
}

#[test]
fn names_that_begin_so_come_first_then_further_words_then_people() {
    in_both(|small| {
        small.peopled();
        small.work();
        let cx = testkit::owner(DAY);
        assert_eq!(
            small.found(&cx, "rook"),
            [
                "Rook & Daughters",
                "Rookery Gardens",
                "Rook & Daughters: Ida Rook",
                "Rook & Daughters: Ada Moss",
            ]
        );
        let first = small.ask(&cx, "find", json!({ "text": "rook", "limit": 1 })).unwrap();
        assert_eq!((first["hits"].as_array().unwrap().len(), &first["more"]), (1, &json!(true)));
        assert_eq!(
            code(small.ask(&cx, "find", json!({ "text": "rook", "limit": 51 }))),
            "accounts.find_limit"
        );
        assert_eq!(small.ask(&cx, "find", json!({ "text": " & " })).unwrap()["hits"], json!([]));
    });
}

#[test]
fn a_word_with_a_wrong_letter_finds_what_is_spelled_nearly_so_and_says_it() {
    in_both(|small| {
        small.peopled();
        small.work();
        let cx = testkit::owner(DAY);
        for text in ["daugthers", "dauhters", "aughters", "daughterz rook", "moebl"] {
            let found = small.ask(&cx, "find", json!({ "text": text })).unwrap();
            assert_eq!(
                (&found["instead_of"], found["hits"].as_array().unwrap().len()),
                (&json!(text), 1),
                "{text}"
            );
        }
        assert_eq!(small.found(&cx, "xyzzyx"), Vec::<String>::new());
    });
}

#[test]
fn who_is_renamed_moved_or_removed_is_found_as_they_are_now() {
    in_both(|small| {
        let [rook, falk, _] = small.peopled();
        small.work();
        let cx = testkit::owner(DAY);
        small.ask(&cx, "account.change", json!({ "id": falk, "name": "Wick Möbel" })).unwrap();
        let ada = small.people(&rook, json!([{ "name": "Bram Toll", "roles": ["user"] }]))[0].clone();
        for _ in 0..2 {
            assert_eq!(small.found(&cx, "falk"), ["Wick Möbel: Ada Falk"]);
            assert_eq!(small.found(&cx, "wick mob"), ["Wick Möbel"]);
            assert_eq!(small.found(&cx, "bram"), ["Rook & Daughters: Bram Toll"]);
            small.work();
        }
        small.ask(&cx, "contact.remove", json!({ "id": ada, "account": rook })).unwrap();
        for _ in 0..2 {
            assert_eq!(small.found(&cx, "bram"), Vec::<String>::new());
            small.work();
        }
    });
}

#[test]
fn one_that_was_merged_leads_to_the_one_that_is_left_and_back_again() {
    in_both(|small| {
        let cx = testkit::owner(DAY);
        let kept = small.named("Osterlund Marine", "");
        let gone = small.named("Ostseewerft Nord", "");
        small.people(&gone, json!([{ "name": "Mette Osterlund", "roles": ["user"] }]));
        small.work();
        let pairs = json!({ "pairs": [{ "kept": kept, "gone": gone }] });
        let merge = small.ask(&cx, "accounts.merge", pairs).unwrap();
        small.work();
        assert_eq!(small.found(&cx, "ostseewerft"), ["Osterlund Marine (was Ostseewerft Nord)"]);
        assert_eq!(small.found(&cx, "mette"), ["Osterlund Marine: Mette Osterlund"]);
        small.ask(&cx, "merge.undo", json!({ "id": merge["id"] })).unwrap();
        small.work();
        assert_eq!(small.found(&cx, "ostseewerft"), ["Ostseewerft Nord"]);
        assert_eq!(small.found(&cx, "mette"), ["Ostseewerft Nord: Mette Osterlund"]);
    });
}

#[test]
fn nothing_behind_a_wall_is_found_by_who_stands_outside_it_not_even_by_a_wrong_letter() {
    in_both(|small| {
        let [rook, ..] = small.peopled();
        let owner = testkit::owner(DAY);
        let me = owner.codes.write(access::PersonId::new(owner.actor.number()));
        small.ask(&owner, "account.wall", json!({ "id": rook, "people": [me] })).unwrap();
        let outside = person(77, Role::Owner);
        for _ in 0..2 {
            assert_eq!(small.found(&outside, "daughters"), Vec::<String>::new());
            assert_eq!(small.found(&outside, "ada"), ["Falk Möbel GmbH: Ada Falk"]);
            assert_eq!(small.found(&outside, "rook ada"), Vec::<String>::new());
            // A name that only somebody behind the wall has is as unknown as one that nobody has.
            let known = small.ask(&outside, "find", json!({ "text": "daughters" })).unwrap();
            let unknown = small.ask(&outside, "find", json!({ "text": "doughtiest" })).unwrap();
            assert_eq!(known, unknown);
            let near = small.ask(&outside, "find", json!({ "text": "daugthers" })).unwrap();
            assert_eq!(near, json!({ "hits": [] }));
            assert_eq!(small.found(&owner, "daughters"), ["Rook & Daughters"]);
            small.work();
        }
    });
}

#[test]
fn common_words_together_find_those_who_have_all_of_them() {
    in_both(|small| {
        for n in 0..1_050 {
            let names = ["Common Ground", "Common Sense"];
            small
                .ask(&testkit::at(DAY), "account.add", json!({ "name": names[n % 2], "anyway": true }))
                .unwrap();
        }
        for n in 0..520 {
            let input = json!({ "name": format!("Ground Works {n}"), "anyway": true });
            small.ask(&testkit::at(DAY), "account.add", input).unwrap();
        }
        small.named("Sense of Ground and Common", "");
        small.work();
        let found =
            small.ask(&testkit::owner(DAY), "find", json!({ "text": "ground common", "limit": 50 })).unwrap();
        let hits = found["hits"].as_array().unwrap();
        assert_eq!(hits.len(), 50);
        let has = |hit: &Value| {
            hit["name"].as_str().unwrap().contains("Common")
                && hit["name"].as_str().unwrap().contains("Ground")
        };
        assert!(hits.iter().all(has), "{hits:?}");
    });
}
