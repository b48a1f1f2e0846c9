//! Orders recorded by hand or by a program.

use serde_json::{Value, json};

use crate::{DAY, account, history, on_both, run};

fn orders(more: &Value) -> Value {
    let mut input = json!({ "line": "Counter", "currency": "GBP", "offer": "goods", "orders": [
        { "number": "1001", "on": "2025-03-04", "party": "c7", "name": "Wick Textiles",
          "lines": [{ "sku": "kettle", "amount": "38.00" }, { "amount": "4.50", "fee": true }] },
        { "number": "1002", "on": "2025-03-05", "party": " ", "lines": [{ "amount": "2" }] },
    ]});
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

#[test]
fn orders_are_recorded_and_their_lines_are_shown_behind_the_fact() {
    on_both(|store| {
        let counts = run(store, "orders.record", orders(&json!({}))).unwrap();
        assert_eq!((&counts["create"], &counts["orders_create"]), (&json!(3), &json!(2)));
        assert_eq!(counts["accounts_create"], 1, "a blank id names nobody");
        assert_eq!(counts["money"]["GBP"]["unidentified"], "2.00");
        let fact = &history(store, "c7")[0];
        assert_eq!(fact.fact.amount(), Some(425_000));
        let cx = testkit::owner(DAY);
        let of = json!({ "id": cx.codes.write(fact.account), "fact": cx.codes.write(fact.id) });
        let shown = run(store, "fact.lines", of).unwrap();
        assert_eq!((&shown["number"], &shown["placed"]), (&json!("1001"), &json!("2025-03-04")));
        let amounts: Vec<_> =
            shown["lines"].as_array().unwrap().iter().map(|line| [&line["amount"], &line["kind"]]).collect();
        assert_eq!(json!(amounts), json!([["38.00", "sale"], ["4.50", "sale"]]));
        let again = run(store, "orders.record", orders(&json!({}))).unwrap();
        assert_eq!((&again["create"], &again["skip"]), (&json!(0), &json!(3)));
    });
}

#[test]
fn what_does_not_hold_is_refused_by_name_and_nothing_stays() {
    on_both(|store| {
        let one = |order: Value| json!({ "orders": [order] });
        let line = json!([{ "amount": "2" }]);
        let cases = [
            (one(json!({ "number": " ", "on": "2025-03-04", "lines": line })), "orders.number", "number"),
            (one(json!({ "number": "1", "on": "4 March", "lines": line })), "orders.day", "on"),
            (one(json!({ "number": "1", "on": "2025-03-04", "lines": [] })), "orders.lines", "lines"),
            (
                one(json!({ "number": "1", "on": "2025-03-04", "lines": [{ "amount": "two" }] })),
                "money.amount",
                "amount",
            ),
            (json!({ "offer": "magic" }), "orders.word", "offer"),
            (json!({ "channel": "pigeon" }), "orders.word", "channel"),
            (json!({ "line": " " }), "timeline.line_name", "line"),
        ];
        for (more, code, field) in cases {
            let refusal = run(store, "orders.record", orders(&more)).unwrap_err();
            assert_eq!((refusal.code, refusal.field.as_deref()), (code, Some(field)), "{more}: {refusal}");
        }
        assert_eq!(
            run(store, "orders.record", orders(&json!({ "currency": "quid" }))).unwrap_err().code,
            "input.shape"
        );
        let figures = run(store, "figures.view", json!({})).unwrap();
        assert_eq!(figures["order_lines"], 0);
    });
}

#[test]
fn nobody_outside_a_wall_records_orders_behind_it_and_figures_there_count_for_members_only() {
    on_both(|store| {
        run(store, "orders.record", orders(&json!({}))).unwrap();
        let member = testkit::owner(DAY);
        let wick = account(store, "c7");
        store.write(&member, |tx| accounts::store::set_wall(tx, wick, &[member.actor.number()])).unwrap();
        let outside = kernel::Context {
            actor: kernel::Actor::User { id: 2, role: kernel::Role::Member },
            ..testkit::at(DAY)
        };
        let tried = store.write(&outside, |tx| {
            let input = serde_json::from_value(orders(&json!({}))).unwrap();
            ::orders::ops::record_orders(&outside, tx, input)
        });
        assert_eq!(tried.unwrap_err().code, "accounts.no_account");
        let unnamed = json!({ "orders": [
            { "number": "1001", "on": "2025-03-04", "lines": [{ "sku": "lid", "amount": "5.00" }] },
        ]});
        let before = history(store, "c7");
        let counts = store.write(&outside, |tx| {
            let input = serde_json::from_value(orders(&unnamed)).unwrap();
            ::orders::ops::record_orders(&outside, tx, input)
        });
        assert_eq!(
            counts.unwrap().orders_create,
            1,
            "the order behind the wall is not there for a line that names nobody"
        );
        assert_eq!(history(store, "c7"), before);
        let seen = |cx: &kernel::Context| {
            store
                .read(cx, |tx| ::orders::ops::figures(cx, tx, ::orders::ops::Which::default()))
                .unwrap()
                .order_lines
        };
        assert_eq!((seen(&member), seen(&outside)), (4, 2));
    });
}
