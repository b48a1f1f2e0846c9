//! The published answers about two files that can be had by anybody, from the figures.

use std::{collections::HashMap, path::PathBuf};

use ::store::Store;
use contracts::{
    ContractInput, LeavingInput, SubscriptionInput,
    period::{Period, plus_months},
    words::{LeavingKind, Renewal},
};
use kernel::{Currency, Money};
use serde_json::{Value, json};

use crate::{bring_contracts, bring_leavings, day, monthly, on_both, party, run};

type Line = HashMap<String, String>;

/// The records of a file; nothing where it is not there, which is said.
fn records(path: &str) -> Option<Vec<Line>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    if !path.exists() {
        eprintln!("not run: {} is not there", path.display());
        return None;
    }
    let mut reader = csv::Reader::from_path(path).unwrap();
    Some(reader.deserialize().collect::<Result<_, _>>().unwrap())
}

fn cents(text: &str, currency: &str) -> i64 {
    Money::parse(text, Currency::parse(currency).unwrap()).unwrap().amount
}

fn figures(store: &Store, on: &str) -> Value {
    run(store, "contracts.figures", json!({ "line": "Software", "day": on })).unwrap()
}

/// A file without dates: how long they have been there is counted back from the first of a month.
fn telco(row: &Line, n: i64) -> ContractInput<'_> {
    let told = day("2018-01-01");
    let length = match row["Contract"].as_str() {
        "One year" => Some("1 year"),
        "Two year" => Some("2 years"),
        _ => None,
    };
    let billed = row["TotalCharges"].trim();
    let key = &row["customerID"];
    ContractInput::from(SubscriptionInput {
        row: n,
        start: Some(plus_months(told, -row["tenure"].parse::<i32>().unwrap())),
        end: (row["Churn"] == "Yes").then_some(told),
        fee: Some(cents(&row["MonthlyCharges"], "USD")),
        currency: Some(Currency::parse("USD").unwrap()),
        length: length.map(|text| Period::parse(text).unwrap()),
        renewal: length.map(|_| Renewal::Auto),
        billed: (!billed.is_empty()).then(|| cents(billed, "USD")),
        ..monthly(key, key, "2018-01-01", 0)
    })
}

#[test]
fn telecom_customers_by_term_and_what_was_lost() {
    let Some(rows) = records("telco_churn/Telco-Customer-Churn.csv") else { return };
    on_both(|store| {
        let inputs: Vec<_> = rows.iter().zip(1..).map(|(row, n)| telco(row, n)).collect();
        bring_contracts(store, &inputs, 1);
        let figures = figures(store, "2018-01-01");
        let all = ["contracts", "ended", "ended_share"].map(|name| figures[name].clone());
        assert_eq!(all, [json!(7043), json!(1869), json!("26.54")]);
        let terms = figures["terms"].as_array().unwrap();
        let terms: Vec<_> =
            terms.iter().map(|term| [&term["name"], &term["contracts"], &term["ended_share"]]).collect();
        let expected = json!([
            ["fixed, 12 months", 1473, "11.27"],
            ["fixed, 24 months", 1695, "2.83"],
            ["open ended", 3875, "42.71"]
        ]);
        assert_eq!(json!(terms), expected);
        let money = &figures["money"][0];
        let told = ["recurring", "lost", "lost_share", "billed"].map(|name| money[name].clone());
        assert_eq!(told, ["316985.75", "139130.85", "30.50", "16056168.70"]);
        let tenure = &figures["tenure"];
        let told = ["running_median", "ended_median", "fixed_longer"].map(|name| tenure[name].clone());
        assert_eq!(told, [json!("38"), json!("10"), json!(2689)]);
    });
}

fn subscription(row: &Line, n: i64) -> ContractInput<'_> {
    let date = |name: &str| (!row[name].is_empty()).then(|| day(&row[name]));
    ContractInput::from(SubscriptionInput {
        row: n,
        plan: &row["plan_tier"],
        start: date("start_date"),
        end: date("end_date"),
        fee: Some(cents(&row["mrr_amount"], "USD")),
        cycle: (row["billing_frequency"] == "annual").then(|| Period::parse("1 year").unwrap()),
        currency: Some(Currency::parse("USD").unwrap()),
        trial: row["is_trial"] == "True",
        renewal: (row["auto_renew_flag"] == "True").then_some(Renewal::Auto),
        ..monthly(&row["subscription_id"], &row["account_id"], "2024-01-01", 0)
    })
}

fn left<'a>(row: &'a Line, n: i64, kind: LeavingKind) -> LeavingInput<'a> {
    let told = LeavingInput {
        row: n,
        party: party(&row["account_id"]),
        kind,
        key: "",
        on: None,
        reason: "",
        refund: 0,
        currency: None,
    };
    match kind {
        LeavingKind::Flag => told,
        LeavingKind::Event => LeavingInput {
            key: &row["churn_event_id"],
            on: Some(day(&row["churn_date"])),
            reason: &row["reason_code"],
            refund: cents(&row["refund_amount_usd"], "USD"),
            currency: Some(Currency::parse("USD").unwrap()),
            ..told
        },
    }
}

#[test]
fn software_subscriptions_and_three_kinds_of_evidence_that_disagree() {
    let Some(rows) = records("ravenstack_saas/ravenstack_subscriptions.csv") else { return };
    let marks = records("ravenstack_saas/ravenstack_accounts.csv").unwrap();
    let events = records("ravenstack_saas/ravenstack_churn_events.csv").unwrap();
    on_both(|store| {
        let inputs: Vec<_> = rows.iter().zip(1..).map(|(row, n)| subscription(row, n)).collect();
        bring_contracts(store, &inputs, 1);
        let marked = marks.iter().zip(1..).filter(|(row, _)| row["churn_flag"] == "True");
        let flags: Vec<_> = marked.map(|(row, n)| left(row, n, LeavingKind::Flag)).collect();
        bring_leavings(store, &flags, 2);
        let told: Vec<_> = events.iter().zip(1..).map(|(row, n)| left(row, n, LeavingKind::Event)).collect();
        bring_leavings(store, &told, 3);
        let figures = figures(store, "2024-12-31");
        let running = [&figures["running_accounts"], &figures["running"]];
        assert_eq!(running, [&json!(500), &json!(4514)]);
        let money = &figures["money"][0];
        assert_eq!(money["recurring"], "10159608.00");
        assert_eq!(
            [&money["top_accounts"][0]["name"], &money["top_accounts"][0]["recurring"]],
            ["A-5b1bcd", "131911.00"]
        );
        let leaving = &figures["leaving"];
        let told = ["flagged", "told", "ended", "all_three", "flagged_and_running"]
            .map(|name| leaving[name].clone());
        assert_eq!(told, [110, 352, 312, 50, 110].map(|n| json!(n)));
        assert_eq!(leaving["refunds"], json!([{ "currency": "USD", "count": 142, "amount": "8652.25" }]));
        let reasons: Vec<_> = leaving["reasons"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["reason"].as_str().unwrap(), one["count"].as_i64().unwrap()))
            .collect();
        let expected = [
            ("features", 114),
            ("budget", 104),
            ("support", 104),
            ("unknown", 95),
            ("competitor", 92),
            ("pricing", 91),
        ];
        assert_eq!(reasons, expected);
        let trials = [&figures["trials"]["accounts"], &figures["trials"]["paid_after"]];
        assert_eq!(trials, [&json!(403), &json!(380)]);
    });
}
