//! A fact that a record tells goes with the record, and not by itself.

use kernel::Actor;
use mainstay::demo::Business;
use serde_json::json;
use timeline::{AccountId, Entry, store as facts};

use crate::samples::House;

#[test]
fn a_fact_of_an_order_or_of_a_file_is_not_taken_back_alone_and_the_dump_stays_whole() {
    for house in House::each() {
        house.load(Business::Practice.word()).unwrap();
        let before = house.known();
        let mut cx = house.open.house.context();
        cx.actor = Actor::System;
        let store = &house.open.house.store;
        let all = house.open.slices.iter().flat_map(|slice| &slice.operations);
        let withdraw = all.clone().find(|operation| operation.head.name == "fact.withdraw").unwrap();
        let mut refused = 0;
        for row in house.book().iter().take(20) {
            let account: AccountId = cx.codes.read(&row.account).unwrap();
            let known: Vec<Entry> =
                store.read(&cx, |tx| facts::of_accounts(tx, &[account])).unwrap().remove(&account).unwrap();
            for kind in ["order", "contract", "conversation"] {
                let Some(entry) = known.iter().find(|entry| entry.fact.kind() == kind) else { continue };
                let input = json!({ "id": row.account, "fact": cx.codes.write(entry.id), "reason": "wrong" });
                let answer = store.write(&cx, |tx| withdraw.run(&cx, tx, input.clone()));
                let code = answer.unwrap_err().code;
                assert!(["timeline.of_a_record", "timeline.referred_to"].contains(&code), "{kind}: {code}");
                refused += 1;
            }
        }
        assert!(20 < refused);
        assert_eq!(house.known(), before);
    }
}
