//! Contracts are found by what they are called.

use contracts::store::look_again;
use serde_json::json;
use store::Store;

use super::{account, asked::visit, on_both, run, settle};

const DAY: &str = super::DAY;

/// Contracts of parties, each with its number and its name; gives their ids.
fn agreed(store: &Store, all: &[(&str, &str, &str)]) -> Vec<String> {
    let contract = |(party, key, name): &(&str, &str, &str)| {
        json!({
            "key": key, "party": party,
            "terms": { "name": name, "start": "2024-01-01", "last_day": "2026-12-31" }
        })
    };
    let contracts: Vec<_> = all.iter().map(contract).collect();
    let told = run(store, "contracts.record", json!({ "line": "Payroll", "contracts": contracts })).unwrap();
    told["ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
}

/// What is found for a text: the titles.
fn found_by(store: &Store, viewer: &kernel::Context, text: &str) -> Vec<String> {
    let finder = &contracts::slice().finders[0];
    let found = visit(store, viewer, "", |visit, tx| (finder.find)(visit, tx, text).unwrap());
    found.rows.into_iter().map(|row| row.title).collect()
}

fn found(store: &Store, text: &str) -> Vec<String> {
    found_by(store, &testkit::owner(DAY), text)
}

#[test]
fn a_contract_is_found_by_the_beginnings_of_its_words_in_any_order_and_spelling() {
    on_both(|store| {
        let all = [("northgate", "MA-118", "Gehälter und Löhne"), ("fjord", "MA-119", "Payroll Oslo")];
        agreed(store, &all);
        for text in ["gehä", "gehaelter", "lohne GEHALTER", "und löh", "ma-118 loehne"] {
            assert_eq!(found(store, text), ["Gehälter und Löhne"], "{text}");
        }
        assert_eq!(found(store, "oslo"), ["Payroll Oslo"]);
        assert_eq!(
            found(store, "ma-119"),
            ["Contract MA-119"],
            "what begins so by number is told as a number"
        );
        for text in ["gehälter oslo", "ohne", "", "%"] {
            assert_eq!(found(store, text), [] as [&str; 0], "{text}");
        }
    });
}

#[test]
fn a_word_of_the_contract_and_one_of_its_account_find_it_together() {
    on_both(|store| {
        agreed(store, &[("northgate", "17", "Payroll"), ("fjord", "18", "Payroll")]);
        let name = |key: &str| {
            let name = json!({ "id": testkit::owner(DAY).codes.write(account(store, key)), "name": format!("{key} Ltd") });
            let cx = testkit::owner(DAY);
            store
                .write(&cx, |tx| {
                    accounts::ops::change(&cx, tx, serde_json::from_value(name.clone()).unwrap())
                })
                .unwrap();
        };
        ["northgate", "fjord"].into_iter().for_each(name);
        assert_eq!(found(store, "payroll").len(), 2);
        let about = visit(store, &testkit::owner(DAY), "", |visit, tx| {
            (contracts::slice().finders[0].find)(visit, tx, "north payr").unwrap().rows.remove(0).about
        });
        assert_eq!(about.as_deref(), Some("Contract 17 · northgate Ltd"));
        assert_eq!(found(store, "fjord payroll").len(), 1);
        let many: Vec<_> = (0..600).map(|n| ("fjord", format!("F{n}"), "Payroll")).collect();
        let many: Vec<_> = many.iter().map(|(party, key, name)| (*party, key.as_str(), *name)).collect();
        agreed(store, &many);
        assert_eq!(found(store, "north payr"), ["Payroll"], "however many others are called so");
        assert_eq!(found(store, "fjord northgate").len(), 0, "of the contract itself there has to be one");
    });
}

#[test]
fn what_is_called_otherwise_is_found_by_its_new_name_alone() {
    on_both(|store| {
        let ids = agreed(store, &[("northgate", "17", "Payroll")]);
        let other = json!({ "id": ids[0], "reason": "renamed", "terms": { "name": "Wages" } });
        run(store, "contract.amend", other).unwrap();
        assert_eq!((found(store, "payroll").len(), found(store, "wages").len()), (0, 1));
        run(store, "contract.retract", json!({ "id": ids[0] })).unwrap();
        assert_eq!((found(store, "payroll").len(), found(store, "wages").len()), (1, 0));
    });
}

#[test]
fn nobody_finds_a_contract_of_an_account_behind_a_wall() {
    on_both(|store| {
        agreed(store, &[("northgate", "17", "Payroll"), ("fjord", "18", "Payroll")]);
        let hidden = account(store, "northgate");
        store.write(&testkit::at(DAY), |tx| accounts::store::set_wall(tx, hidden, &[8])).unwrap();
        assert_eq!(found_by(store, &testkit::reader(DAY), "payroll").len(), 1);
    });
}

#[test]
fn contracts_of_an_older_house_are_found_once_the_clock_has_looked_at_them() {
    on_both(|store| {
        agreed(store, &[("northgate", "17", "Payroll")]);
        let cx = testkit::at(DAY);
        super::store::forget_words(store);
        assert_eq!(found(store, "payroll").len(), 0);
        store.write(&cx, look_again).unwrap();
        settle(store);
        assert_eq!(found(store, "payroll").len(), 1);
    });
}
