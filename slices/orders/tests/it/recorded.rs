//! Orders are recorded once, however often they come, and grow when their source says more.

use orders::LineKind;
use timeline::Fact;

use crate::{Row, bring, cancelled, figures, history, knowledge, on_both, sale};

#[test]
fn the_same_orders_again_change_nothing() {
    on_both(|store| {
        let rows = [
            sale("1001", Some("17850"), "2025-03-04", "kettle", 3_800),
            sale("1001", Some("17850"), "2025-03-04", "kettle", 3_800),
            sale("1002", Some("12583"), "2025-03-05", "lid", 500),
            cancelled("1002", Some("12583"), "2025-03-06", "lid", 500),
            sale("1003", None, "2025-03-05", "lid", 500),
        ];
        let first = bring(store, &rows, 1);
        assert_eq!((first.create, first.skip, first.orders_create, first.accounts_create), (5, 0, 3, 2));
        let before = knowledge(store);
        let again = bring(store, &rows, 2);
        assert_eq!((again.create, again.skip, again.orders_skip, again.accounts_link), (0, 5, 3, 2));
        assert_eq!(knowledge(store), before);
        let resumed = bring(store, &rows, 1);
        assert_eq!(resumed, first, "what the same run made before it was cut off counts as new");
        assert_eq!(knowledge(store), before);
    });
}

#[test]
fn equal_lines_count_as_often_as_the_source_says_them() {
    on_both(|store| {
        let row = sale("1001", Some("17850"), "2025-03-04", "kettle", 3_800);
        bring(store, &[row], 1);
        let more = bring(store, &[row, row, row], 2);
        assert_eq!((more.create, more.skip, more.orders_update), (2, 1, 1));
        assert_eq!(history(store, "17850")[0].fact.amount(), Some(3 * 380_000));
    });
}

#[test]
fn an_order_that_grows_updates_its_fact_and_keeps_the_old_one() {
    on_both(|store| {
        bring(store, &[sale("1001", Some("17850"), "2025-03-04", "kettle", 3_800)], 1);
        let before = history(store, "17850");
        bring(store, &[sale("1001", Some("17850"), "2025-03-09", "lid", 500)], 2);
        let after = history(store, "17850");
        assert_eq!((before.len(), after.len(), after[0].id), (1, 1, before[0].id));
        assert_eq!(after[0].fact.amount(), Some(430_000));
        assert_eq!(after[0].occurred, before[0].occurred, "it was placed when it was placed");
        assert_eq!(crate::store::withdrawn(store), [(after[0].id.0, "its order got more lines".to_owned())]);
    });
}

#[test]
fn many_orders_grow_at_a_constant_cost() {
    on_both(|store| {
        let numbers: Vec<_> = (0..60).map(|n| format!("{}", 1_000 + n)).collect();
        let rows = |sku: &'static str| -> Vec<Row<'_>> {
            numbers.iter().map(|number| sale(number, Some(number), "2025-03-04", sku, 700)).collect()
        };
        bring(store, &rows("kettle"), 1);
        let grown = bring(store, &rows("lid"), 2);
        assert_eq!(grown.orders_update, 60);
        for number in &numbers {
            assert_eq!(history(store, number)[0].fact.amount(), Some(140_000), "{number}");
        }
    });
}

#[test]
fn what_went_back_names_its_purchase_and_alone_names_none() {
    on_both(|store| {
        let rows = [
            sale("1001", Some("17850"), "2025-03-04", "kettle", 3_800),
            cancelled("1001", Some("17850"), "2025-03-05", "kettle", 1_000),
            cancelled("C1002", Some("17850"), "2025-03-06", "lid", 500),
        ];
        bring(store, &rows, 1);
        let facts = history(store, "17850");
        let order = facts.iter().find(|entry| matches!(entry.fact, Fact::Order(_))).unwrap();
        let refunds: Vec<_> = facts.iter().filter(|entry| matches!(entry.fact, Fact::Refund(_))).collect();
        assert_eq!(order.fact.amount(), Some(380_000));
        let told: Vec<_> = refunds.iter().map(|refund| (refund.fact.amount(), refund.fact.about())).collect();
        assert_eq!(told, [(Some(50_000), None), (Some(100_000), Some(order.id))]);
    });
}

#[test]
fn a_sale_to_nobody_named_gets_no_account_and_no_fact_until_it_is_named() {
    on_both(|store| {
        bring(store, &[sale("1001", None, "2025-03-04", "kettle", 3_800)], 1);
        let cx = testkit::at(crate::DAY);
        assert_eq!(store.read(&cx, timeline::store::count_stale).unwrap(), 0);
        let named = bring(store, &[sale("1001", Some("17850"), "2025-03-04", "lid", 500)], 2);
        assert_eq!((named.accounts_create, named.orders_update), (1, 1));
        assert_eq!(history(store, "17850")[0].fact.amount(), Some(430_000));
    });
}

#[test]
fn bookkeeping_and_stock_make_an_order_but_no_fact() {
    on_both(|store| {
        let row = |kind| Row { kind, ..sale("1001", Some("17850"), "2025-03-04", "kettle", 0) };
        let counts = bring(store, &[row(LineKind::Adjustment), row(LineKind::Movement)], 1);
        assert_eq!((counts.adjustments, counts.movements, counts.orders_create), (1, 1, 1));
        assert!(history(store, "17850").is_empty());
    });
}

#[test]
fn one_number_in_two_currencies_is_two_orders() {
    on_both(|store| {
        let pounds = sale("1001", Some("17850"), "2025-03-04", "kettle", 3_800);
        let euros = Row { currency: "EUR", ..pounds };
        bring(store, &[pounds], 1);
        bring(store, &[pounds, euros], 2);
        let mut told: Vec<_> = history(store, "17850")
            .iter()
            .map(|entry| (entry.currency.unwrap().code(), entry.fact.amount().unwrap()))
            .collect();
        told.sort_unstable();
        assert_eq!(told, [("EUR", 380_000), ("GBP", 380_000)]);
        let money = figures(store)["money"].clone();
        assert_eq!((&money[0]["gross"], &money[1]["gross"]), (&"38.00".into(), &"38.00".into()));
    });
}

#[test]
fn one_number_that_names_two_parties_is_two_orders_in_one_file_and_in_two() {
    on_both(|store| {
        let hers = sale("A1", Some("alice"), "2025-03-04", "kettle", 10_000);
        let his = sale("A1", Some("bob"), "2025-03-04", "teapot", 25_000);
        let nobodys = sale("A1", None, "2025-03-04", "postage", 500);
        bring(store, &[hers, his, nobodys], 1);
        let again = bring(store, &[hers, his, nobodys], 2);
        assert_eq!((again.create, again.skip), (0, 3));
        let paid = |party| history(store, party).iter().filter_map(|entry| entry.fact.amount()).sum::<i64>();
        assert_eq!((paid("alice"), paid("bob")), (1_050_000, 2_500_000));
    });
}
