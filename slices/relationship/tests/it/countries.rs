//! Those of a country: however it is written, in every order, counted without being gone through.

use kernel::{Actor, Context, Role};
use serde_json::{Value, json};
use store::Store;

use crate::{DAY, account, judge, line, on, on_both, order, run};

/// Accounts with one order each, in the country that stands beside their name.
fn planted(store: &Store, all: &[(&str, &str)]) -> Vec<timeline::AccountId> {
    let cx = testkit::owner(DAY);
    let shop = line(store, "Shop", "retail", true);
    let planted = all.iter().enumerate().map(|(n, (name, country))| {
        let who = account(store, name);
        run(&cx, store, "account.change", json!({ "id": cx.codes.write(who), "country": country })).unwrap();
        on(store, &cx, who, shop, "2025-01-02", &order(20 + i64::try_from(n).unwrap()));
        who
    });
    let planted = planted.collect();
    judge(store, &cx);
    planted
}

fn names(book: &Value) -> Vec<&str> {
    book["rows"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect()
}

fn list(store: &Store, filter: Value) -> Value {
    run(&testkit::owner(DAY), store, "relationships.list", filter).unwrap()
}

const ALL: [(&str, &str); 6] =
    [("Ada", "BE"), ("Bo", "Belgium"), ("Cy", "GB"), ("Di", ""), ("Ed", "Belgium"), ("Flo", "Narnia")];

#[test]
fn a_country_is_found_however_files_and_people_write_it() {
    on_both(|store| {
        planted(store, &ALL);
        for country in ["BE", "be", "Belgium", "belgique", "BEL"] {
            let book = list(store, json!({ "country": country, "sort": "name" }));
            assert_eq!(names(&book), ["Ada", "Bo", "Ed"], "{country}");
            assert_eq!(
                (&book["totals"][0]["count"], &book["totals"][0]["net"]),
                (&json!(3), &json!("65.00")),
                "{country}"
            );
        }
        assert_eq!(names(&list(store, json!({ "country": "gb, none", "sort": "name" }))), ["Cy", "Di"]);
        assert_eq!(names(&list(store, json!({ "country": "Narnia" }))), ["Flo"]);
        assert_eq!(names(&list(store, json!({ "country": "France" }))), [] as [&str; 0]);
    });
}

#[test]
fn a_country_and_the_same_as_a_condition_are_one_list_in_every_order_page_by_page() {
    on_both(|store| {
        planted(store, &ALL);
        for sort in ["strength", "net", "last", "name", "since", "purchases"] {
            for sort in [sort.to_owned(), format!("-{sort}")] {
                let whole = list(store, json!({ "country": "BE", "sort": sort }));
                for wanted in [
                    "country:Belgium",
                    "country:BE and purchases>=1",
                    "(country:BE or country:Belgium) and class:customer",
                ] {
                    let other = list(store, json!({ "where": wanted, "sort": sort }));
                    assert_eq!(
                        (&other["rows"], &other["totals"]),
                        (&whole["rows"], &whole["totals"]),
                        "{wanted} {sort}"
                    );
                }
                let (mut paged, mut after) = (Vec::new(), Value::Null);
                loop {
                    let mut ask = json!({ "country": "BE", "sort": sort, "limit": 1 });
                    if let Some(after) = after.as_str() {
                        ask["after"] = json!(after);
                    }
                    let page = list(store, ask);
                    paged.extend(names(&page).into_iter().map(str::to_owned));
                    after = page["next"].clone();
                    if after.is_null() {
                        break;
                    }
                }
                assert_eq!(paged, names(&whole), "{sort}");
            }
        }
        let not = list(store, json!({ "where": "not country:BE", "sort": "name" }));
        assert_eq!(names(&not), ["Cy", "Di", "Flo"]);
    });
}

#[test]
fn whoever_moves_or_is_called_otherwise_stands_in_the_list_where_they_belong() {
    on_both(|store| {
        let all = planted(store, &ALL);
        let cx = testkit::owner(DAY);
        let ada = cx.codes.write(all[0]);
        run(&cx, store, "account.change", json!({ "id": ada, "country": "GB", "name": "Zoe" })).unwrap();
        judge(store, &cx);
        assert_eq!(names(&list(store, json!({ "country": "GB", "sort": "name" }))), ["Cy", "Zoe"]);
        assert_eq!(names(&list(store, json!({ "country": "BE", "sort": "name" }))), ["Bo", "Ed"]);
        assert_eq!(names(&list(store, json!({ "name": "zo" }))), ["Zoe"]);
        assert_eq!(crate::store::kept_countries(store), crate::store::counted_countries(store));
    });
}

#[test]
fn whatever_was_written_as_a_country_is_kept_as_far_as_lists_need_it() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let shop = line(store, "Shop", "retail", true);
        let who = account(store, "Ada");
        // A note of five thousand letters that packs badly, where a file was read with a wrong column.
        let mut seed = 7_u64;
        let note: String = std::iter::repeat_with(|| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            char::from(b'a' + u8::try_from((seed >> 33) % 26).unwrap())
        })
        .take(5_000)
        .collect();
        crate::store::plant_country(store, who, &note);
        on(store, &cx, who, shop, "2025-01-02", &order(20));
        judge(store, &cx);
        assert_eq!(names(&list(store, json!({ "country": note }))), ["Ada"]);
        let many = vec!["BE"; 41].join(",");
        let refused = run(&cx, store, "relationships.list", json!({ "country": many })).unwrap_err();
        assert_eq!(refused.code, "book.countries");
    });
}

#[test]
fn those_of_a_country_behind_a_wall_are_neither_shown_nor_counted() {
    on_both(|store| {
        let all = planted(store, &ALL);
        let person = |id| Context { actor: Actor::User { id, role: Role::Owner }, ..testkit::at(DAY) };
        store.write(&testkit::at(DAY), |tx| accounts::store::set_wall(tx, all[0], &[1])).unwrap();
        let seen = |id| {
            let book =
                run(&person(id), store, "relationships.list", json!({ "country": "BE", "sort": "name" }))
                    .unwrap();
            (names(&book).len(), book["totals"][0]["count"].as_i64().unwrap())
        };
        assert_eq!((seen(1), seen(2)), ((3, 3), (2, 2)));
    });
}
