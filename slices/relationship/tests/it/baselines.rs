//! The ranks of spend are frozen until somebody takes them anew.

use serde_json::json;

use crate::{DAY, account, in_currency, judge, line, on, on_both, order, run, store};

#[test]
fn a_strangers_spend_moves_nobody_until_the_baseline_is_taken_anew() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let shop = line(store, "Shop", "retail", true);
        let all: Vec<_> = (1..=4).map(|n| account(store, &format!("Number {n}"))).collect();
        for (who, units) in all.iter().zip([10, 20, 30, 40]) {
            on(store, &cx, *who, shop, "2025-01-02", &order(units));
        }
        let take = || run(&cx, store, "line.baseline", json!({ "id": cx.codes.write(shop) })).unwrap();
        assert_eq!(take()["buyers"], 4);
        judge(store, &cx);
        let rank = |n: usize| store::cell(store, (all[n].0, shop.0), "spend_rank");
        assert_eq!([rank(0), rank(1), rank(2), rank(3)], ["125", "375", "625", "875"]);
        let before = store::decisions(store);
        for n in 0..3 {
            let stranger = account(store, &format!("Stranger {n}"));
            on(store, &cx, stranger, shop, "2025-01-03", &order(1_000 + n));
        }
        store.write(&cx, |tx| timeline::store::mark_line_stale(&cx, tx, shop)).unwrap();
        judge(store, &cx);
        assert_eq!(store::decisions(store)[..4], before[..]);
        store.write(&cx, |tx| accounts::store::set_wall(tx, all[0], &[2])).unwrap();
        assert_eq!(take()["buyers"], 6, "it rests on seven and tells of those that the caller may see");
        judge(store, &cx);
        assert_eq!([rank(0), rank(3)], ["71", "500"]);
        assert_eq!(store::cell(store, (all[0].0, shop.0), "baseline"), "2");
    });
}

#[test]
fn each_currency_has_ranks_of_its_own_and_two_in_one_relationship_have_none() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let shop = line(store, "Shop", "retail", true);
        let all: Vec<_> = (1..=3).map(|n| account(store, &format!("Number {n}"))).collect();
        in_currency(store, &cx, all[0], shop, "2025-01-02", &order(10), "GBP");
        in_currency(store, &cx, all[1], shop, "2025-01-02", &order(9_000), "JPY");
        in_currency(store, &cx, all[2], shop, "2025-01-02", &order(5), "GBP");
        in_currency(store, &cx, all[2], shop, "2025-01-03", &order(5), "EUR");
        run(&cx, store, "line.baseline", json!({ "id": cx.codes.write(shop) })).unwrap();
        judge(store, &cx);
        let cells = |column: &str| -> Vec<_> {
            all.iter().map(|who| store::cell(store, (who.0, shop.0), column)).collect()
        };
        assert_eq!(cells("spend_rank"), ["500", "500", "-1"]);
        assert_eq!(cells("currency"), ["GBP", "JPY", ""]);
        assert_eq!(cells("net"), ["100000", "90000000", "0"]);
    });
}
