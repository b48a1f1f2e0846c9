//! Paging by key: each sort, both ways, shows every row exactly once.

use kernel::Context;
use store::Store;

use super::world::{TODAY, account, get, in_the_world, judge, of_each, orders};

/// The names on a page, in their order, and the address of the next.
fn page(store: &Store, cx: &Context, address: &str) -> (Vec<String>, Option<String>) {
    let body = get(store, cx, address).unwrap().body;
    let names = body.split("class=\"who\" href=\"").skip(1);
    // The address also tells of which list it is.
    let row = |rest: &str| {
        let (href, name) = rest.split("</a>").next().unwrap().split_once("\">").unwrap();
        format!("{} {name}", href.split('?').next().unwrap())
    };
    let names = names.map(row).collect();
    let next = body.split(">Next</a>").next().filter(|_| body.contains(">Next</a>"));
    let next = next
        .and_then(|before| before.rsplit("href=\"").next())
        .map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&"));
    (names, next)
}

#[test]
fn every_sort_walks_every_row_once_both_ways() {
    in_the_world(|store| {
        let cx = testkit::owner(TODAY);
        of_each(store);
        store
            .write(&cx, |tx| {
                for n in 0..40i64 {
                    // Names, amounts and days that often are the same, and names that need care in an address.
                    let name = ["Same", "Same", "a.b~c", "Zoë & Co", "100 % + x", "ß"]
                        [usize::try_from(n % 6).unwrap()];
                    let id = account(&cx, tx, name)?;
                    let day = format!("2025-08-{:02}", 10 + n % 4);
                    orders(&cx, tx, &id, "GBP", &[(day.as_str(), 10 + n % 3)])?;
                }
                Ok(())
            })
            .unwrap();
        judge(&cx, store);
        for filter in [
            "",
            "&line=Shop",
            "&class=customer",
            "&purchases=1",
            "&name=same",
            "&currency=GBP&net_from=10",
            "&strength_from=0&strength_to=0.95",
        ] {
            for by in ["strength", "net", "last", "name"] {
                let walk = |sort: &str| {
                    let (mut seen, mut next) =
                        (Vec::new(), Some(format!("/relationships?limit=7&sort={sort}{filter}")));
                    while let Some(address) = next {
                        let (names, after) = page(store, &cx, &address);
                        assert!(names.len() <= 7 && (after.is_none() || names.len() == 7), "{address}");
                        seen.extend(names);
                        next = after;
                    }
                    seen
                };
                let (whole, _) = page(store, &cx, &format!("/relationships?limit=200&sort={by}{filter}"));
                let (there, mut back) = (walk(by), walk(&format!("-{by}")));
                assert!(7 < whole.len(), "{by}{filter}");
                assert_eq!(there, whole, "{by}{filter}");
                back.reverse();
                assert_eq!(back, whole, "-{by}{filter}");
                let mut distinct = whole.clone();
                distinct.sort();
                distinct.dedup();
                assert_eq!(distinct.len(), whole.len(), "{by}{filter}: a row twice");
            }
        }
    });
}

#[test]
fn the_head_says_the_order_and_turns_it_round() {
    in_the_world(|store| {
        of_each(store);
        let cx = testkit::owner(TODAY);
        let head = |address: &str| get(store, &cx, address).unwrap().body;
        let first = head("/relationships?class=customer");
        assert!(first.contains(r#"aria-sort="descending"><a href="/relationships?class=customer&amp;sort=-strength">Strength"#), "{first}");
        assert!(first.contains(r#"<a href="/relationships?class=customer&amp;sort=name">Party"#), "{first}");
        let names = head("/relationships?sort=name");
        assert!(
            names.contains(r#"aria-sort="ascending"><a href="/relationships?sort=-name">Party"#),
            "{names}"
        );
        let turned = head("/relationships?sort=-net");
        assert!(
            turned.contains(r#"aria-sort="ascending"><a href="/relationships?sort=net">Net"#),
            "{turned}"
        );
    });
}
