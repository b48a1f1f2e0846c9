//! The totals of the book are kept with every decision and equal a plain count.

use kernel::{Actor, Context, Role};
use proptest::{
    collection::vec,
    test_runner::{Config, TestRunner},
};
use relationship::{
    Class,
    store::book::{self, Search, Sort, Span},
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
    let changes = vec((0usize..4, 0usize..2, 0u8..8, 1i64..500), 1..24);
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
            6 => {
                let id = cx.codes.write(who);
                let country = ["", "BE", "Belgium", "GB"][*units as usize % 4];
                run(&cx, store, "account.change", json!({ "id": id, "country": country })).unwrap();
            }
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
    assert_eq!(store::kept_countries(store), store::counted_countries(store));
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

/// A list is the same whether it is walked in its order until it is full or found by what matches and then sorted.
#[test]
fn a_list_is_walked_or_sorted_and_the_same() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let shop = line(store, "Shop", "retail", true);
        for n in 0..40 {
            let who = account(store, &format!("Number {n}"));
            on(store, &cx, who, shop, "2025-01-02", &order(20 + n % 7));
        }
        judge(store, &cx);
        for by in [Sort::Strength, Sort::Net, Sort::Last, Sort::Name, Sort::Since, Sort::Purchases] {
            for (rising, least) in [(false, None), (true, Some(20)), (false, Some(23))] {
                let search = Search {
                    countries: vec![String::new()],
                    by,
                    rising,
                    net: Span { from: least.map(|it: i64| it * 10_000), to: None },
                    ..all()
                };
                let pages = |few: &[Class]| -> Vec<i64> {
                    let (mut ids, mut search) = (Vec::new(), search.clone());
                    loop {
                        let page = store.read(&cx, |tx| book::page(tx, 1, &search, few, 10)).unwrap();
                        ids.extend(page.iter().map(|found| found.id.0));
                        match page.last() {
                            Some(last) if page.len() == 10 => search.after = Some((last.place(), last.id.0)),
                            _ => return ids,
                        }
                    }
                };
                let walked = pages(&[]);
                assert_eq!(walked, pages(&[Class::Customer]), "{by:?} {rising} {least:?}");
                assert_eq!(walked, pages(Class::ALL), "{by:?} {rising} {least:?}");
                assert_eq!(walked.len(), if least == Some(23) { 22 } else { 40 });
            }
        }
    });
}

fn all() -> Search {
    Search {
        classes: Class::ALL.to_vec(),
        line: None,
        fits: Vec::new(),
        confidences: Vec::new(),
        spend: None,
        purchases: None,
        name: None,
        text: Vec::new(),
        said: None,
        preferences: Vec::new(),
        strength: Span::ALL,
        currency: None,
        countries: Vec::new(),
        net: Span::ALL,
        wanted: None,
        today: kernel::Day::parse(DAY).unwrap(),
        by: Sort::Name,
        rising: true,
        after: None,
    }
}

#[test]
fn a_filter_takes_any_of_several_answers_and_counts_them_once() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let shop = line(store, "Shop", "retail", true);
        for n in 0..12 {
            let who = account(store, &format!("Number {n}"));
            let fact = if n % 3 == 0 { Fact::Goal(Goal::default()) } else { order(20) };
            on(store, &cx, who, shop, "2025-01-02", &fact);
        }
        judge(store, &cx);
        let found = |filter: serde_json::Value| {
            let book = run(&cx, store, "relationships.list", filter.clone()).unwrap();
            let counts = book["totals"].as_array().unwrap().iter().map(|sum| sum["count"].as_i64().unwrap());
            let rows = book["rows"].as_array().unwrap().len();
            assert_eq!(counts.sum::<i64>(), i64::try_from(rows).unwrap(), "{filter}");
            rows
        };
        for name in ["class", "fit", "confidence"] {
            let words: &[&str] = match name {
                "class" => &["prospect", "customer", "client", "former", "not enough evidence"],
                "fit" => &["fits", "under-served", "over-served", "not known", "not judged"],
                _ => &["low", "medium", "high"],
            };
            let each: Vec<usize> = words.iter().map(|word| found(json!({ name: word }))).collect();
            for (a, one) in words.iter().enumerate() {
                for (b, other) in words.iter().enumerate() {
                    let both = if a == b { each[a] } else { each[a] + each[b] };
                    for sort in ["strength", "-since", "purchases"] {
                        let asked = json!({ name: format!("{one}, {other}"), "sort": sort });
                        assert_eq!(found(asked), both, "{name} {one} or {other}");
                    }
                }
            }
        }
        let wishes = "no_relationship,open_to_advice";
        assert_eq!(found(json!({ "preference": wishes, "sort": "since" })), 0);
        let refused = run(&cx, store, "relationships.list", json!({ "class": "client,friend" })).unwrap_err();
        assert_eq!((refused.code, refused.message.contains("\"friend\" is no class")), ("book.word", true));
    });
}

#[test]
fn the_book_is_searched_by_any_word_of_a_name_an_address_or_a_number() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let shop = line(store, "Shop", "retail", true);
        for name in ["Pendle Glass & Sons", "Müller Glaserei", "Rook"] {
            let who = account(store, name);
            on(store, &cx, who, shop, "2025-01-02", &order(20));
        }
        judge(store, &cx);
        let found = |text: &str| {
            let book =
                run(&cx, store, "relationships.list", json!({ "text": text, "sort": "name" })).unwrap();
            let names: Vec<_> =
                book["rows"].as_array().unwrap().iter().map(|row| row["name"].clone()).collect();
            assert_eq!(book["totals"].as_array().unwrap().len(), usize::from(!names.is_empty()));
            json!(names)
        };
        assert_eq!(found("glass"), json!(["Pendle Glass & Sons"]));
        assert_eq!(found("SONS pend"), json!(["Pendle Glass & Sons"]), "in any order, by beginnings");
        assert_eq!(found("gla"), json!(["Müller Glaserei", "Pendle Glass & Sons"]));
        assert_eq!(found("muller"), json!(["Müller Glaserei"]), "without its marks");
        assert_eq!(found("glass rook"), json!([]));
        assert_eq!(found(" "), json!(["Müller Glaserei", "Pendle Glass & Sons", "Rook"]), "nothing is asked");
        // Whoever acts for them is found as well, and is one row, whatever of them is asked for.
        let rook = run(&cx, store, "relationships.list", json!({ "text": "rook" })).unwrap();
        let anna = json!({ "id": rook["rows"][0]["account"], "people": [{ "name": "Anna Bielak",
            "emails": ["anna@bielak.example"], "phones": ["+44 1632 960123"] }] });
        run(&cx, store, "contacts.record", anna).unwrap();
        for asked in ["anna", "bielak rook", "anna@bielak.example", "960123"] {
            assert_eq!(found(asked), json!(["Rook"]), "{asked}");
        }
        assert_eq!(found("anna glass"), json!([]));
    });
}
