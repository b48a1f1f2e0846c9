//! The spectrum is kept with every decision, and equals what anybody counts in the list.

use ::store::Store;
use kernel::{Actor, Context, Role};
use serde_json::{Value, json};

use crate::{DAY, account, in_currency, judge, line, on, on_both, order, run, store};

/// Buyers of the shop who bought more or less often, in two currencies; one has no money, one has both currencies.
fn shop(store: &Store, cx: &Context) {
    let line = line(store, "Shop", "retail", true);
    for n in 1..=14_i64 {
        let who = account(store, &format!("Buyer {n}"));
        let currency = if n % 5 == 0 { "EUR" } else { "GBP" };
        let months = ["2025-02", "2025-01", "2024-12", "2024-11", "2024-10", "2024-09", "2024-08"];
        for (month, units) in months.iter().zip(0..=n % 7) {
            let day = format!("{month}-1{}", n % 3);
            in_currency(store, cx, who, line, &day, &order(n * n * 10 + units), currency);
        }
    }
    let both = account(store, "Both Currencies");
    for month in ["2025-02", "2025-01", "2024-12", "2024-11"] {
        on(store, cx, both, line, &format!("{month}-02"), &order(40));
        in_currency(store, cx, both, line, &format!("{month}-03"), &order(40), "EUR");
    }
    judge(store, cx);
    for row in list(cx, store, &json!({ "name": "buyer 1", "class": "customer" })) {
        let said = json!({ "id": row["id"], "class": "client", "reason": "they ask before they buy" });
        run(cx, store, "override.set", said).unwrap();
    }
}

fn list(cx: &Context, store: &Store, filter: &Value) -> Vec<Value> {
    let mut asked = filter.as_object().unwrap().clone();
    asked.insert("limit".into(), json!(200));
    run(cx, store, "relationships.list", asked.into()).unwrap()["rows"].as_array().unwrap().clone()
}

fn spectrum(cx: &Context, store: &Store, filter: Value) -> Value {
    run(cx, store, "relationships.spectrum", filter).unwrap()
}

#[test]
fn a_range_holds_its_beginning_and_not_its_end() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        shop(store, &cx);
        let all = list(&cx, store, &json!({ "currency": "gbp" }));
        assert!(all.iter().all(|row| row["currency"] == "GBP") && 8 <= all.len(), "{all:?}");
        let strengths: Vec<i64> = all.iter().filter_map(|row| row["strength_ppm"].as_i64()).collect();
        let middle = strengths[strengths.len() / 2];
        let text = format!("0.{middle:06}");
        let names = |filter: Value| -> Vec<String> {
            list(&cx, store, &filter).iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
        };
        let from = names(json!({ "currency": "GBP", "strength_from": text }));
        let below = names(json!({ "currency": "GBP", "strength_to": text }));
        let of = |is: &dyn Fn(i64) -> bool| -> Vec<String> {
            let rows = all.iter().filter(|row| row["strength_ppm"].as_i64().is_some_and(is));
            rows.map(|row| row["name"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!((from, below), (of(&|ppm| middle <= ppm), of(&|ppm| ppm < middle)));
        let net = all[3]["net"].as_str().unwrap();
        let from = list(&cx, store, &json!({ "currency": "GBP", "net_from": net }));
        let below = list(&cx, store, &json!({ "currency": "GBP", "net_to": net }));
        assert!(from.iter().any(|row| row["net"] == net) && below.iter().all(|row| row["net"] != net));
        assert_eq!(from.len() + below.len(), all.len());
    });
}

#[test]
fn a_bound_that_is_none_is_refused_with_its_field() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        for (filter, code, field) in [
            (json!({ "strength_from": "70%" }), "book.strength", "strength_from"),
            (json!({ "strength_to": "1.2" }), "book.strength", "strength_to"),
            (json!({ "strength_from": "0.8", "strength_to": "0.7" }), "book.range", "strength_from"),
            (json!({ "strength_from": "0.7", "strength_to": "0.70" }), "book.range", "strength_from"),
            (json!({ "net_from": "1000" }), "book.currency", "currency"),
            (json!({ "currency": "gold" }), "money.currency", "currency"),
            (json!({ "currency": "EUR", "net_to": "much" }), "money.amount", "net_to"),
            (json!({ "currency": "EUR", "net_from": "2", "net_to": "-2" }), "book.range", "net_from"),
        ] {
            for name in ["relationships.list", "relationships.spectrum"] {
                let refused = run(&cx, store, name, filter.clone()).unwrap_err();
                assert_eq!((refused.code, refused.field.as_deref()), (code, Some(field)), "{name} {filter}");
            }
        }
    });
}

#[test]
fn the_picture_holds_whoever_the_list_holds() {
    let mut answers = Vec::new();
    on_both(|store| {
        let cx = testkit::owner(DAY);
        shop(store, &cx);
        for filter in [
            json!({}),
            json!({ "currency": "EUR" }),
            json!({ "class": "customer", "line": "Shop" }),
            json!({ "fit": "fits" }),
            json!({ "strength_from": "0.1", "strength_to": "0.3" }),
            json!({ "currency": "GBP", "net_from": "1000", "net_to": "7000" }),
            // These the kept counts do not know: each is looked at.
            json!({ "purchases": 2 }),
            json!({ "strength_from": "0.123456" }),
            json!({ "currency": "GBP", "net_from": "1001" }),
        ] {
            let picture = spectrum(&cx, store, filter.clone());
            let mut asked = filter.as_object().unwrap().clone();
            asked.insert("currency".into(), picture["currency"].clone());
            asked.entry("strength_from").or_insert(json!("0"));
            let rows = list(&cx, store, &asked.into());
            let count = |part: &str| -> i64 {
                let parts = picture[part].as_array().unwrap().iter();
                let counts = parts.map(|one| one["counts"].as_object().unwrap());
                counts
                    .map(|counts| counts["customers"].as_i64().unwrap() + counts["clients"].as_i64().unwrap())
                    .sum()
            };
            let n = i64::try_from(rows.len()).unwrap();
            assert_eq!(
                (picture["count"].as_i64(), count("steps"), count("cells")),
                (Some(n), n, n),
                "{filter}"
            );
            let points = picture["points"].as_array().map_or(&[][..], Vec::as_slice);
            let mut ids: Vec<_> = points.iter().map(|point| point["id"].to_string()).collect();
            let mut listed: Vec<_> = rows.iter().map(|row| row["id"].to_string()).collect();
            ids.sort();
            listed.sort();
            assert_eq!(ids, listed, "{filter}");
            answers.push((filter.to_string(), picture));
        }
        let whole = spectrum(&cx, store, json!({}));
        assert_eq!(whole["currency"], "GBP");
        let all = list(&cx, store, &json!({}));
        let without = all.iter().filter(|row| row["strength_ppm"].is_null()).count();
        assert!(0 < without && whole["without_strength"] == without, "{whole}");
        assert_eq!(whole["currencies"][0]["currency"], "EUR");
    });
    // Both engines answer alike.
    let (first, second) = answers.split_at(answers.len() / 2);
    if !second.is_empty() && first.len() == second.len() {
        assert_eq!(first, second);
    }
}

#[test]
fn a_wall_takes_whom_it_hides_out_of_the_picture() {
    on_both(|store| {
        let person = |id| Context { actor: Actor::User { id, role: Role::Owner }, ..testkit::at(DAY) };
        let (maren, other) = (person(1), person(2));
        shop(store, &maren);
        let rows = list(&maren, store, &json!({ "currency": "GBP", "strength_from": "0" }));
        let hidden = rows[2]["account"].clone();
        let before = spectrum(&other, store, json!({}));
        let people = [maren.codes.write(access::PersonId::new(1))];
        run(&maren, store, "account.wall", json!({ "id": hidden, "people": people })).unwrap();
        for filter in
            [json!({}), json!({ "purchases": 1 }), json!({ "strength_from": "0", "strength_to": "0.9" })]
        {
            let (own, theirs) =
                (spectrum(&maren, store, filter.clone()), spectrum(&other, store, filter.clone()));
            assert_eq!(own["count"].as_i64(), theirs["count"].as_i64().map(|n| n + 1), "{filter}");
            assert_eq!(own["steps"], before["steps"], "{filter}");
            let all = |picture: &Value| picture["cells"].as_array().unwrap().iter().map(counted).sum::<i64>();
            assert_eq!(all(&own), all(&theirs) + 1, "{filter}");
            assert!(!theirs.to_string().contains(rows[2]["name"].as_str().unwrap()), "{filter}");
        }
    });
}

fn counted(part: &Value) -> i64 {
    part["counts"]["customers"].as_i64().unwrap() + part["counts"]["clients"].as_i64().unwrap()
}

#[test]
fn who_was_there_before_the_counts_is_counted_when_they_come() {
    for bench in testkit::Bench::all() {
        let all = crate::migrations();
        let earlier: Vec<_> =
            all.iter().copied().filter(|one| one.slice != "relationship" || one.number < 8).collect();
        store::plant_relationships(&bench.open(&earlier));
        let opened = bench.open(&all);
        let counted = store::counted_cells(&opened);
        assert!(100 < counted.len());
        assert_eq!(store::kept_cells(&opened), counted, "{}", bench.engine());
    }
}
