//! The audit before walls: what was done behind one is listed for its members, and nobody else can count it.

use access::{Entry, Outcome, PersonId};
use kernel::{Actor, Context, Role};
use serde_json::{Value, json};
use store::Store;

use crate::{account, on_both, person, run};

/// Does something and puts it on record, as the app does.
fn act(cx: &Context, store: &Store, operation: &str, input: Value) {
    let subject = input["id"].as_str().unwrap_or_default();
    let done = run(cx, store, operation, input.clone());
    let outcome = done.as_ref().map_or_else(|refusal| Outcome::Refused(refusal.code), |_| Outcome::Done);
    let answer = done.as_ref().ok().and_then(|answer| answer["id"].as_str());
    let subject = if subject.is_empty() { answer.unwrap_or_default() } else { subject };
    store
        .write(cx, |tx| {
            let accounts = accounts::concerned(cx, tx, subject, &input)?;
            let entry = Entry { via: "api", operation, subject, accounts: &accounts, input: &input, outcome };
            access::record(cx, tx, &entry)
        })
        .unwrap();
}

/// All entries that somebody sees, page by page, as what was done and how it ended.
fn entries(cx: &Context, store: &Store, limit: i64) -> Vec<String> {
    let (mut told, mut after) = (Vec::new(), None::<Value>);
    loop {
        let page = run(cx, store, "audit.list", json!({ "limit": limit, "after": after })).unwrap();
        let rows = page["rows"].as_array().unwrap();
        assert!(page["next"].is_null() || rows.len() as i64 == limit, "only the last page is not full");
        told.extend(rows.iter().map(|row| {
            assert!(row["id"].as_str().unwrap().starts_with("aud_") && row.get("serial").is_none());
            format!("{} {} {}", row["operation"], row["outcome"], row["input"])
        }));
        match page.get("next") {
            Some(next) if !next.is_null() => after = Some(next.clone()),
            _ => return told,
        }
    }
}

#[test]
fn what_was_done_behind_a_wall_is_not_there_for_others_and_cannot_be_counted() {
    on_both(|store| {
        let (maren, olaf) = (person(1, Role::Owner), person(3, Role::Owner));
        let reader = person(4, Role::Reader);
        let osterlund = account(store, "Osterlund Marine");
        let fact = json!([{ "kind": "goal", "on": "2025-01-01" }]);
        act(&olaf, store, "account.add", json!({ "name": "Rook & Daughters" }));
        act(&olaf, store, "facts.record", json!({ "id": osterlund, "facts": fact }));
        act(&maren, store, "account.add", json!({ "name": "  osterlund  MARINE", "country": "\u{7f}" }));
        assert_eq!(entries(&olaf, store, 50).len(), 3);
        let me = maren.codes.write(PersonId::new(1));
        act(&maren, store, "account.wall", json!({ "id": osterlund, "people": [me] }));
        act(&maren, store, "facts.record", json!({ "id": osterlund, "facts": [] }));
        act(&maren, store, "facts.record", json!({ "id": osterlund, "facts": "Osterlund" }));
        act(&reader, store, "account.wall", json!({ "id": osterlund, "people": [] }));
        // Olaf knocks at the wall, and at nothing: what is kept of the two differs by the id alone.
        let nothing = olaf.codes.write(timeline::AccountId::new(4_711));
        act(&olaf, store, "facts.record", json!({ "id": osterlund, "facts": fact }));
        act(&olaf, store, "facts.record", json!({ "id": nothing, "facts": fact }));
        for limit in [1, 2, 50] {
            let told = entries(&olaf, store, limit);
            assert_eq!(told.len(), 4, "{told:?}");
            assert_eq!(told[0].replace(&nothing, &osterlund), told[1]);
            assert!(told[2].starts_with("\"account.wall\" \"refused: access.forbidden\""), "{told:?}");
            assert!(told[3].contains("Rook"), "{told:?}");
        }
        assert_eq!(entries(&maren, store, 2).len(), 9);
        assert_eq!(entries(&testkit::at(crate::DAY), store, 4).len(), 9, "the house sees all");
        let whole = store.read(&olaf, |tx| access::verify(tx, None)).unwrap();
        assert!(matches!(whole, access::Verdict::Whole { entries: 9, .. }), "{whole:?}");
        act(&maren, store, "account.wall", json!({ "id": osterlund, "people": [] }));
        assert_eq!(entries(&olaf, store, 3).len(), 10, "without a wall it is there again");
    });
}

#[test]
fn a_party_is_found_by_what_a_file_calls_it_and_only_by_who_may_see_it() {
    on_both(|store| {
        let (maren, olaf, house) = (person(1, Role::Owner), person(3, Role::Owner), testkit::at(crate::DAY));
        let party = accounts::Party { space: "till", key: "c7", name: None, country: None, email: None };
        store
            .write(&house, |tx| {
                let mut found = accounts::resolve::plan(&house, tx, &accounts::Seen::default(), &[party], 0)?;
                accounts::resolve::apply(&house, tx, &mut found, 0).map(drop)
            })
            .unwrap();
        let input = json!({ "space": "till", "orders": [{ "party": "c7", "lines": [] }] });
        let found = |cx: &Context, input: &Value| {
            store.read(cx, |tx| accounts::concerned(cx, tx, "", input)).unwrap().len()
        };
        assert_eq!((found(&olaf, &input), found(&olaf, &json!({ "party": "c7x" }))), (1, 0));
        assert_eq!(found(&olaf, &json!({ "orders": [{ "party": "c8" }] })), 0);
        store.write(&house, |tx| accounts::store::set_wall(tx, timeline::AccountId::new(1), &[1])).unwrap();
        assert_eq!((found(&maren, &input), found(&olaf, &input)), (1, 0));
        let many: Vec<_> = (0..600).map(|n| json!({ "party": format!("c{n}") })).collect();
        assert_eq!(found(&maren, &json!({ "space": "till", "orders": many })), 1);
    });
}

#[test]
fn the_audit_tells_who_did_what_newest_first_and_page_by_page() {
    on_both(|store| {
        let house = testkit::at(crate::DAY);
        let link = store.write(&house, |tx| access::owner_link(&house, tx)).unwrap();
        let person = store.write(&house, |tx| access::sign_in(&house, tx, &link)).unwrap().person;
        let owner = Context { actor: person.actor(), ..house.clone() };
        let nobody = Context { actor: Actor::Nobody, ..house };
        act(&nobody, store, "account.add", json!({"name": "Acme"}));
        let first = run(&owner, store, "audit.list", json!({"limit": 2})).unwrap();
        let second = run(&owner, store, "audit.list", json!({"limit": 2, "after": first["next"]})).unwrap();
        assert!(second.get("next").is_none());
        let rows: Vec<_> =
            [&first, &second].iter().flat_map(|page| page["rows"].as_array().unwrap()).collect();
        let column = |name: &str| rows.iter().map(|row| row[name].clone()).collect::<Vec<_>>();
        let own = owner.codes.write(PersonId::new(owner.actor.number()));
        assert_eq!(column("actor"), ["nobody", own.as_str(), "house"]);
        assert_eq!(column("operation"), ["account.add", "sign_in", "owner_link"]);
        assert_eq!(column("outcome"), ["refused: access.sign_in", "done", "done"]);
        assert_eq!((&rows[0]["input"], &rows[1]["name"]), (&json!({"name": "Acme"}), &json!("Owner")));
    });
}

#[test]
fn a_page_of_the_audit_takes_as_many_looks_for_one_row_as_for_fifty() {
    on_both(|store| {
        let owner = person(1, Role::Owner);
        (0..50).for_each(|n| act(&owner, store, "account.add", json!({ "name": format!("Client {n}") })));
        let looks = |limit: i64| {
            store.read(&owner, |tx| {
                let before = tx.statements();
                let input = serde_json::from_value(json!({"limit": limit})).unwrap();
                accounts::ops::list_audit(&owner, tx, input)?;
                Ok(tx.statements() - before)
            })
        };
        assert_eq!(looks(1).unwrap(), looks(50).unwrap());
    });
}
