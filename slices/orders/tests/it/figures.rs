//! The figures of a small book, added up by hand.

use serde_json::json;

use crate::{Row, bring, cancelled, figures, on_both, run, sale};

/// Seven orders of three customers and nobody.
fn book() -> Vec<Row<'static>> {
    let (rook, wick, falk) = (Some("rook"), Some("wick"), Some("falk"));
    vec![
        sale("1", rook, "2025-01-10", "kettle", 10_000),
        Row { fee: true, ..sale("1", rook, "2025-01-10", "post", 500) },
        sale("2", rook, "2025-01-20", "kettle", 20_001),
        sale("3", rook, "2025-02-15", "kettle", 5_000),
        sale("4", wick, "2025-02-01", "lid", 3_333),
        sale("5", wick, "2025-02-01", "lid", 1_000),
        cancelled("C6", wick, "2025-02-03", "lid", 1_000),
        sale("7", falk, "2025-03-01", "lid", 2_000),
        sale("8", None, "2025-03-02", "lid", 166),
        cancelled("C9", Some("never"), "2025-03-03", "lid", 400),
    ]
}

#[test]
fn a_small_book_is_added_up_as_by_hand() {
    on_both(|store| {
        bring(store, &book(), 1);
        let figures = figures(store);
        let told = |name: &str| figures[name].clone();
        assert_eq!(told("order_lines"), 10);
        assert_eq!((told("order_numbers"), told("cancellation_numbers")), (json!(9), json!(2)));
        assert_eq!((told("identified_buyers"), told("repeat_buyers")), (json!(3), json!(2)));
        assert_eq!(told("repeat_rate"), "66.67");
        let gaps = json!({ "gaps": 2, "median": "18", "mean": "18.0" });
        assert_eq!(told("days_between_purchases"), gaps, "10 and 26 days; two orders of a day have no gap");
        let money = &figures["money"][0];
        let told = |name: &str| money[name].as_str().unwrap().to_owned();
        assert_eq!(
            (told("gross"), told("unidentified"), told("identified")),
            ("420.00".into(), "1.66".into(), "418.34".into())
        );
        assert_eq!(told("unidentified_share"), "0.40", "1.66 of 420.00 is 0.3952 percent");
        assert_eq!(
            (told("fees"), told("fees_share"), &money["fee_lines"]),
            ("5.00".into(), "1.19".into(), &json!(1))
        );
        assert_eq!((told("cancelled"), told("cancelled_identified")), ("14.00".into(), "14.00".into()));
        assert_eq!(told("cancelled_share"), "3.33");
        assert_eq!((&money["identified_orders"], told("mean_order")), (&json!(6), "69.72".into()));
        assert_eq!(told("median_order"), "41.66", "between 33.33 and 50.00, half to even");
        assert_eq!(told("top_tenth_share"), "84.86", "one of three accounts: 355.01 of 418.34");
        assert_eq!(money["best_month"], json!({ "month": "2025-01", "gross": "305.01" }));
        assert_eq!(money["weakest_month"], json!({ "month": "2025-03", "gross": "21.66" }));
        let top: Vec<_> =
            money["top_accounts"].as_array().unwrap().iter().map(|one| [&one["name"], &one["net"]]).collect();
        let by_net = [["rook", "355.01"], ["wick", "33.33"], ["falk", "20.00"], ["never", "-4.00"]];
        assert_eq!(json!(top), json!(by_net));
    });
}

#[test]
fn an_empty_book_has_figures_too() {
    on_both(|store| {
        let figures = run(store, "figures.view", json!({})).unwrap();
        assert_eq!((&figures["order_lines"], &figures["money"]), (&json!(0), &json!([])));
        assert_eq!(figures["repeat_rate"], "");
        let unknown = run(store, "figures.view", json!({ "line": "Nowhere" })).unwrap_err();
        assert_eq!(unknown.code, "timeline.no_line");
    });
}
