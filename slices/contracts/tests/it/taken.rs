//! What an import recorded can be taken back: afterwards nobody could tell that it ever was.

use contracts::{LeavingInput, SubscriptionInput, words::LeavingKind};
use kernel::Currency;
use serde_json::json;
use timeline::fact::EndReason;

use crate::{
    account, bring, bring_leavings, day, history, knowledge, monthly, on_both, party, run, take_back,
};

fn spring() -> Vec<SubscriptionInput<'static>> {
    vec![monthly("S-1", "northgate", "2025-01-15", 4_900), monthly("S-2", "bakers", "2025-02-01", 1_900)]
}

/// The price of one rose, the other ended, a third is new.
fn summer() -> Vec<SubscriptionInput<'static>> {
    vec![
        monthly("S-1", "northgate", "2025-01-15", 5_900),
        SubscriptionInput {
            end: Some(day("2025-06-01")),
            end_reason: Some(EndReason::Cancelled),
            ..monthly("S-2", "bakers", "2025-02-01", 1_900)
        },
        monthly("S-3", "okafor", "2025-06-10", 900),
    ]
}

#[test]
fn a_file_taken_back_leaves_what_was_before_it() {
    on_both(|store| {
        let empty = knowledge(store);
        bring(store, &spring(), 1);
        let before = knowledge(store);
        let tally = bring(store, &summer(), 2);
        assert_eq!((tally.created, tally.updated, tally.skipped), (1, 2, 0));
        assert_ne!(knowledge(store), before);
        assert_eq!(take_back(store, 2), Vec::<String>::new());
        assert_eq!(knowledge(store), before);
        assert_eq!(take_back(store, 1), Vec::<String>::new());
        assert_eq!(knowledge(store), empty);
    });
}

#[test]
fn a_file_that_comes_twice_changes_nothing() {
    on_both(|store| {
        bring(store, &spring(), 1);
        let before = knowledge(store);
        let tally = bring(store, &spring(), 2);
        assert_eq!((tally.created, tally.updated, tally.skipped), (0, 0, 2));
        assert_eq!(knowledge(store), before);
    });
}

#[test]
fn a_file_between_two_others_leaves_as_if_it_had_never_come() {
    let autumn = || {
        vec![monthly("S-1", "northgate", "2025-01-15", 4_900), monthly("S-4", "okafor", "2025-09-01", 100)]
    };
    let mut never = Vec::new();
    on_both(|store| {
        bring(store, &spring(), 1);
        bring(store, &autumn(), 2);
        never.push(knowledge(store));
    });
    on_both(|store| {
        bring(store, &spring(), 1);
        bring(store, &summer(), 2);
        bring(store, &autumn(), 3);
        assert_eq!(take_back(store, 2), Vec::<String>::new());
        assert!(never.contains(&knowledge(store)));
    });
}

#[test]
fn what_a_source_says_of_leaving_is_taken_back_with_its_refund() {
    on_both(|store| {
        bring(store, &spring(), 1);
        let before = knowledge(store);
        let left = LeavingInput {
            row: 1,
            party: party("bakers"),
            kind: LeavingKind::Event,
            key: "C-1",
            on: Some(day("2025-05-02")),
            reason: "pricing",
            refund: 80_000,
            currency: Some(Currency::parse("EUR").unwrap()),
        };
        assert_eq!(bring_leavings(store, &[left.clone(), left], 2).created, 1);
        assert_eq!(history(store, "bakers")[0].fact.amount(), Some(80_000));
        assert_eq!(take_back(store, 2), Vec::<String>::new());
        assert_eq!(knowledge(store), before);
    });
}

#[test]
fn a_contract_that_somebody_amended_stays_and_is_named() {
    on_both(|store| {
        bring(store, &spring(), 1);
        let amended = json!({ "line": "Software", "contracts": [
            { "key": "S-1", "party": "northgate", "effective": "2025-07-01", "terms": { "grace": "14 days" } }
        ]});
        let told = run(store, "subscriptions.record", amended).unwrap();
        assert_eq!(told["update"], 1);
        assert_eq!(take_back(store, 1), ["S-1"]);
        assert_eq!(history(store, "northgate").len(), 2, "its facts are still there");
        assert!(account(store, "bakers").0 < 0, "the other one went");
    });
}
