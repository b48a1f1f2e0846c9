//! What has to be done by when: notices, withdrawals, renewals, pauses; and what the figures then say.

use serde_json::{Value, json};
use timeline::Fact;

use crate::{history, on_both, run, settle, take_back};

/// Northgate's payroll, up to 31 December 2026 with 90 days' notice.
fn payroll(store: &::store::Store, more: Value) -> Value {
    let mut terms = json!({
        "start": "2024-01-01", "last_day": "2026-12-31", "renewal": "auto", "length": "1 year", "currency": "EUR",
        "fees": [{ "kind": "recurring", "amount": "480.00", "every": "1 month" }],
        "clauses": [{ "kind": "notice", "who": "both", "period": "90 days", "form": "by letter", "text": "§ 9 (2)" }]
    });
    terms.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    let input =
        json!({ "line": "Payroll", "contracts": [{ "key": "17", "party": "northgate", "terms": terms }] });
    run(store, "contracts.record", input).unwrap()["ids"][0].clone()
}

#[test]
fn ninety_days_before_the_end_of_december_is_friday_2_october() {
    on_both(|store| {
        let id = payroll(store, json!({}));
        let shown = run(store, "contract.view", json!({ "id": id })).unwrap();
        let sides: Vec<_> =
            shown["deadlines"].as_array().unwrap().iter().map(|one| (&one["who"], &one["act_by"])).collect();
        assert_eq!(sides, [(&json!("us"), &json!("2026-10-02")), (&json!("them"), &json!("2026-10-02"))]);
        let reasons = shown["deadlines"][0]["reasons"].to_string();
        assert!(
            reasons.contains("Friday 2 October 2026") && reasons.contains("Thursday 31 December 2026"),
            "{reasons}"
        );
        assert!(shown["deadlines"][0]["clause"].as_str().unwrap().contains("§ 9 (2)"));
        let listed = run(store, "contracts.list", json!({})).unwrap();
        assert_eq!(listed["rows"][0]["act_by"], "2026-10-02");
    });
}

#[test]
fn a_holiday_moves_the_last_safe_day_and_the_list_with_it() {
    on_both(|store| {
        payroll(store, json!({ "calendar": "BE" }));
        let holidays = json!({ "name": "BE", "holidays": [{ "on": "2026-10-02", "name": "Bridge day" }] });
        run(store, "calendar.set", holidays).unwrap();
        settle(store);
        let listed = run(store, "contracts.list", json!({})).unwrap();
        assert_eq!(listed["rows"][0]["act_by"], "2026-10-01");
        assert_eq!(run(store, "calendar.view", json!({ "name": "BE" })).unwrap()["weekend"], "sat,sun");
    });
}

#[test]
fn a_notice_that_arrives_in_time_ends_it_and_nobody_types_a_date() {
    on_both(|store| {
        let id = payroll(store, json!({}));
        let left = json!({ "id": id, "received": "2026-10-01", "reason": "moves abroad" });
        let shown = run(store, "contract.withdraw", left).unwrap();
        assert_eq!(shown["ends"], "2026-12-31");
        let steps: Vec<_> =
            shown["steps"].as_array().unwrap().iter().map(|step| (&step["choice"], &step["due"])).collect();
        let expected = [
            ("effective_date", "2025-10-15"),
            ("final_bill", "2027-01-01"),
            ("data_export", "2026-12-31"),
            ("access_end", "2027-01-01"),
        ];
        let expected = expected.map(|(step, due)| (json!(step), json!(due)));
        assert_eq!(steps, expected.iter().map(|(step, due)| (step, due)).collect::<Vec<_>>());
        let ends = history(store, "northgate");
        let Fact::ContractEnd(end) = &ends[0].fact else { panic!("{ends:?}") };
        assert_eq!(
            (ends[0].occurred.iso(), end.reason.unwrap().as_str()),
            ("2027-01-01".to_owned(), "notice")
        );
        run(store, "contract.step", json!({ "id": id, "step": "final_bill" })).unwrap();
        let again = run(store, "contract.step", json!({ "id": id, "step": "final_bill" })).unwrap_err();
        assert_eq!(again.code, "contracts.no_step");
        let back = run(store, "contract.retract", json!({ "id": id })).unwrap();
        assert!(back.get("steps").is_none() && back.get("ends").is_none(), "{back}");
        assert_eq!(history(store, "northgate").len(), 1);
    });
}

#[test]
fn a_day_too_late_reaches_the_end_of_the_next_term() {
    on_both(|store| {
        let id = payroll(store, json!({}));
        let left = json!({ "id": id, "received": "2026-10-03", "reason": "moves abroad" });
        assert_eq!(run(store, "contract.withdraw", left).unwrap()["ends"], "2027-12-31");
    });
}

#[test]
fn a_term_goes_on_by_itself_without_a_gap_and_without_an_overlap() {
    on_both(|store| {
        // Three terms of a year have run out by October 2025.
        let id = payroll(store, json!({ "start": "2022-03-01", "last_day": "2023-02-28" }));
        settle(store);
        let listed = run(store, "contracts.list", json!({})).unwrap();
        let rows = listed["rows"].as_array().unwrap();
        assert_eq!(
            (rows.len(), &rows[0]["key"], &rows[0]["ends"]),
            (1, &json!("17/4"), &json!("2026-02-28"))
        );
        let first = run(store, "contract.view", json!({ "id": id })).unwrap();
        assert_eq!(
            (&first["ends"], &first["terms"]["ended"]["reason"]),
            (&json!("2023-02-28"), &json!("renewed"))
        );
        let last = run(store, "contract.view", json!({ "id": rows[0]["id"] })).unwrap();
        assert_eq!(last["terms"]["start"], "2025-03-01");
        assert!(last["previous"].is_string());
        let figures = run(store, "contracts.figures", json!({})).unwrap();
        assert_eq!(
            (&figures["contracts"], &figures["ended"]),
            (&json!(1), &json!(0)),
            "it is one contract that goes on"
        );
        assert_eq!(figures["money"][0]["recurring"], "480.00");
        assert_eq!(figures["money"][0]["lost"], "0.00");
    });
}

#[test]
fn a_renewal_is_decided_with_a_reason_and_once() {
    on_both(|store| {
        let id = payroll(store, json!({ "renewal": "manual" }));
        let decide = |choice: &str, terms: Value| {
            let mut input = json!({ "id": id, "choice": choice, "reason": "the review of 3 September" });
            if !terms.is_null() {
                input["terms"] = terms;
            }
            run(store, "contract.renew", input)
        };
        assert_eq!(decide("renegotiate", Value::Null).unwrap_err().code, "contracts.renegotiated");
        let fees = json!({ "fees": [{ "kind": "recurring", "amount": "520.00", "every": "1 month" }] });
        let next = decide("renegotiate", fees).unwrap();
        assert_eq!(
            (&next["terms"]["start"], &next["terms"]["last_day"]),
            (&json!("2027-01-01"), &json!("2027-12-31"))
        );
        assert_eq!(next["terms"]["fees"][0]["amount"], "520.00");
        assert_eq!((&next["previous"], &next["key"]), (&id, &json!("17/2")));
        assert_eq!(decide("end", Value::Null).unwrap_err().code, "contracts.ended");
        let first = run(store, "contract.view", json!({ "id": id })).unwrap();
        assert_eq!(
            (&first["steps"][0]["choice"], &first["ends"]),
            (&json!("renegotiate"), &json!("2026-12-31"))
        );
    });
}

#[test]
fn a_subscription_changes_its_price_rests_and_ends() {
    on_both(|store| {
        let terms = json!({ "start": "2025-01-01", "currency": "EUR", "cycle": "1 month",
            "fees": [{ "kind": "recurring", "amount": "49.00", "every": "1 month" }] });
        let input =
            json!({ "line": "Software", "contracts": [{ "key": "S", "party": "bakers", "terms": terms }] });
        let id = run(store, "subscriptions.record", input).unwrap()["ids"][0].clone();
        let change = |more: Value| {
            let mut input = json!({ "id": id, "reason": "asked for" });
            input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            run(store, "subscription.change", input).unwrap()
        };
        change(json!({ "effective": "2025-05-01", "fee": "59.00" }));
        change(json!({ "pause_from": "2025-07-01", "pause_last_day": "2025-08-31" }));
        let on = |day: &str| {
            let figures = run(store, "contracts.figures", json!({ "day": day })).unwrap();
            figures["money"][0]["recurring"].as_str().unwrap_or_default().to_owned()
        };
        let rests = ["2025-04-30", "2025-05-01", "2025-07-15", "2025-09-01"].map(on);
        assert_eq!(rests, ["49.00", "59.00", "", "59.00"], "while it rests there is no money to tell of");
        let shown = change(json!({ "last_day": "2025-09-30", "end_reason": "cancelled" }));
        assert_eq!((&shown["holds"], &shown["cycles"]), (&json!(false), &json!(7)));
        let figures = run(store, "contracts.figures", json!({})).unwrap();
        assert_eq!(
            (&figures["money"][0]["lost"], &figures["ended_share"]),
            (&json!("59.00"), &json!("100.00"))
        );
        let reason = json!({ "id": id, "reason": "", "fee": "1.00" });
        assert_eq!(run(store, "subscription.change", reason).unwrap_err().code, "contracts.reason");
    });
}

#[test]
fn terms_of_a_file_that_went_on_by_themselves_are_taken_back_with_it() {
    use crate::{bring_contracts, day, knowledge, monthly};
    use contracts::{ContractInput, words::Renewal, written::On};
    on_both(|store| {
        let empty = knowledge(store);
        let mut input = ContractInput::from(monthly("S-1", "northgate", "2023-01-01", 4_900));
        input.said.length = Some(contracts::period::Period::parse("1 year").unwrap());
        input.said.term = None;
        input.said.last_day = Some(On(day("2023-12-31")));
        input.said.renewal = Some(Renewal::Auto);
        let late = ContractInput::from(monthly("S-2", "bakers", "2025-06-01", 4_900));
        bring_contracts(store, &[input, ContractInput { row: 2, ..late }], 1);
        let listed = run(store, "contracts.list", json!({})).unwrap();
        assert_eq!(listed["rows"].as_array().unwrap().len(), 2);
        let keys: Vec<_> =
            listed["rows"].as_array().unwrap().iter().map(|row| row["key"].as_str().unwrap()).collect();
        assert!(keys.contains(&"S-1/3"), "{keys:?}");
        assert_eq!(take_back(store, 1), Vec::<String>::new());
        assert_eq!(knowledge(store), empty);
    });
}
