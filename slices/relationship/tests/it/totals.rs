//! The totals of the book are kept with every decision and equal a plain count.

use kernel::{Actor, Context, Role};
use proptest::{
    collection::vec,
    test_runner::{Config, TestRunner},
};
use serde_json::json;
use timeline::{
    Fact,
    fact::{Goal, Refund},
    store as facts,
};

use crate::{DAY, account, in_currency, judge, line, on, on_both, order, run, store};

/// Whose, on which line, what, how much.
type Change = (usize, usize, u8, i64);

#[test]
fn totals_equal_a_plain_count_after_any_changes() {
    let mut runner = TestRunner::new(Config { cases: 4, failure_persistence: None, ..Config::default() });
    let changes = vec((0usize..4, 0usize..2, 0u8..7, 1i64..500), 1..24);
    runner
        .run(&changes, |changes| {
            on_both(|store| walk(store, &changes));
            Ok(())
        })
        .unwrap();
}

fn walk(store: &::store::Store, changes: &[Change]) {
    let cx = testkit::owner(DAY);
    let lines = [line(store, "Shop", "retail", true), line(store, "Advice", "law", true)];
    let all: Vec<_> = (1..=4).map(|n| account(store, &format!("Number {n}"))).collect();
    let mut known = Vec::new();
    for (n, (who, line, what, units)) in changes.iter().enumerate() {
        let (who, line) = (all[*who], lines[*line]);
        match what {
            0..=2 => known.push((who, on(store, &cx, who, line, "2025-01-02", &order(*units)))),
            3 => known.push((who, in_currency(store, &cx, who, line, "2021-01-02", &order(*units), "EUR"))),
            4 => {
                let refund = Fact::Refund(Refund { amount: units * 10_000, ..Refund::default() });
                known.push((who, on(store, &cx, who, line, "2025-01-03", &refund)));
            }
            5 => known.push((who, on(store, &cx, who, line, "2025-02-03", &Fact::Goal(Goal::default())))),
            _ if known.is_empty() => (),
            _ => {
                let (who, fact) = known.swap_remove(n % known.len());
                store.write(&cx, |tx| facts::withdraw(&cx, tx, who, fact, "wrong")).unwrap();
            }
        }
        if n % 3 == 0 {
            judge(store, &cx);
        }
    }
    judge(store, &cx);
    assert_eq!(store::kept_totals(store), store::counted_totals(store));
    assert_eq!(store::kept_cells(store), store::counted_cells(store));
}

#[test]
fn an_account_behind_a_wall_is_not_counted_for_others() {
    on_both(|store| {
        let person = |id| Context { actor: Actor::User { id, role: Role::Owner }, ..testkit::at(DAY) };
        let (maren, other) = (person(1), person(2));
        let shop = line(store, "Shop", "retail", true);
        let (rook, wick) = (account(store, "Rook"), account(store, "Wick"));
        on(store, &maren, rook, shop, "2025-01-02", &order(20));
        on(store, &maren, wick, shop, "2025-01-02", &order(30));
        judge(store, &maren);
        let people = [maren.codes.write(access::PersonId::new(1))];
        let wall = json!({ "id": maren.codes.write(wick), "people": people });
        run(&maren, store, "account.wall", wall).unwrap();
        let book =
            |cx: &Context, filter: serde_json::Value| run(cx, store, "relationships.list", filter).unwrap();
        // Answered from the kept totals, and counted.
        for filter in
            [json!({}), json!({ "class": "customer" }), json!({ "purchases": 1 }), json!({ "line": "Shop" })]
        {
            let (own, theirs) = (book(&maren, filter.clone()), book(&other, filter.clone()));
            assert_eq!(own["totals"], json!([{ "currency": "GBP", "count": 2, "net": "50.00" }]), "{filter}");
            assert_eq!(
                theirs["totals"],
                json!([{ "currency": "GBP", "count": 1, "net": "20.00" }]),
                "{filter}"
            );
            assert_eq!(
                (own["rows"].as_array().unwrap().len(), theirs["rows"].as_array().unwrap().len()),
                (2, 1)
            );
        }
        let hidden = book(&maren, json!({ "name": "wick" }))["rows"][0]["id"].clone();
        for name in ["relationship.view", "relationship.case", "relationship.history"] {
            let refusal = run(&other, store, name, json!({ "id": hidden })).unwrap_err();
            assert_eq!(refusal.code, "relationship.none", "{name}");
            run(&maren, store, name, json!({ "id": hidden })).unwrap();
        }
        let classes = |cx: &Context| {
            let counted = store.read(cx, |tx| relationship::store::totals::classes(tx, cx.actor.number()));
            counted.unwrap().into_iter().map(|(_, count)| count).sum::<i64>()
        };
        assert_eq!((classes(&maren), classes(&other)), (2, 1));
    });
}
