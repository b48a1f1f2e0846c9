//! The spectrum: its marks, what a column leads to, parts of it, and what is said of who is not drawn.

use kernel::Context;
use store::Store;

use super::world::{HOSTILE, TODAY, account, get, in_the_world, judge, lines, of_each, orders};

/// Regulars of the shop, each with so many months of orders.
fn regulars(store: &Store, cx: &Context, from: i64, to: i64) {
    store
        .write(cx, |tx| {
            for n in from..=to {
                let id = account(cx, tx, &format!("Regular {n}"))?;
                let months: Vec<_> =
                    (0..n % 5 + 2).map(|month| (format!("2025-0{}-12", 8 - month), n * n)).collect();
                let months: Vec<_> = months.iter().map(|(day, units)| (day.as_str(), *units)).collect();
                orders(cx, tx, &id, if n % 4 == 0 { "EUR" } else { "GBP" }, &months)?;
            }
            Ok(())
        })
        .unwrap();
    judge(cx, store);
}

/// The first address that leads to a column with somebody in it, and how many its words say.
fn first_column(page: &str) -> (String, i64) {
    let cloud = page.split("role=\"group\"").nth(1).unwrap().split("</svg>").next().unwrap();
    for link in cloud.split("<a href=\"").skip(1) {
        let n = link.split("aria-label=\"").nth(1).unwrap().split('"').next().unwrap();
        let n = n.rsplit(": ").next().unwrap().split(' ').next().unwrap().parse().unwrap();
        if 0 < n {
            return (link.split('"').next().unwrap().replace("&amp;", "&"), n);
        }
    }
    panic!("no column has anybody in it: {cloud}")
}

#[test]
fn the_spectrum_shows_one_of_each() {
    in_the_world(|store| {
        of_each(store);
        let page = get(store, &testkit::owner(TODAY), "/relationships/spectrum").unwrap();
        assert_eq!(page.title, "Spectrum");
        insta::assert_snapshot!("spectrum", lines(&page.body));
    });
}

#[test]
fn a_column_leads_to_the_list_of_who_is_in_it_and_to_its_cells() {
    in_the_world(|store| {
        let cx = testkit::owner(TODAY);
        regulars(store, &cx, 1, 40);
        let page = get(store, &cx, "/relationships/spectrum?class=customer&purchases=2").unwrap().body;
        let (href, n) = first_column(&page);
        assert!(
            href.contains("class=customer") && href.contains("purchases=2") && href.ends_with("#list"),
            "{href}"
        );
        let chosen = get(store, &cx, href.trim_end_matches("#list")).unwrap().body;
        assert_eq!(chosen.matches("aria-current=\"true\"").count(), 1, "{chosen}");
        assert!(chosen.contains(&format!("All {n} in the list")), "{n} {chosen}");
        // The picture stays whole, the list is of the column, and goes on in the book.
        assert_eq!(
            chosen.matches("href=\"#spectrum-").count() + chosen.matches("<use").count(),
            2 * page.matches("<use").count()
        );
        let book = chosen.split("class=\"pager\"><a href=\"").nth(1).unwrap().split('"').next().unwrap();
        let book = get(store, &cx, &book.replace("&amp;", "&")).unwrap().body;
        assert_eq!(book.matches("class=\"who\"").count(), usize::try_from(n).unwrap(), "{book}");
        assert!(book.contains("strength") || book.contains("Strength: "), "{book}");
        // A cell of the column says how many it leads to.
        let cells: i64 = chosen
            .split("aria-label=\"")
            .filter_map(|label| {
                label.split('"').next().filter(|label| label.contains(", ") && label.contains('£'))
            })
            .map(|label| {
                label.rsplit(": ").next().unwrap().split(' ').next().unwrap().parse::<i64>().unwrap()
            })
            .sum();
        assert_eq!(cells, n, "{chosen}");
    });
}

#[test]
fn a_part_is_drawn_by_itself_and_the_way_out_stands_beside_it() {
    in_the_world(|store| {
        let cx = testkit::owner(TODAY);
        regulars(store, &cx, 1, 40);
        let at = "/relationships/spectrum?strength_from=0&strength_to=0.2&zoom=0..0.2";
        let page = get(store, &cx, at).unwrap().body;
        assert!(page.contains(">whole spectrum</a>") && !page.contains(">zoom in</a>"), "{page}");
        assert!(
            page.contains("aria-label=\"0.00 to 0.02: ") && page.contains("aria-label=\"0.18 to 0.20: "),
            "{page}"
        );
        let narrow =
            get(store, &cx, "/relationships/spectrum?strength_from=0.01&strength_to=0.05&zoom=0..0.2")
                .unwrap()
                .body;
        assert!(
            narrow.contains("class=\"chosen\"")
                && narrow.contains(">zoom in</a>")
                && narrow.contains(">clear</a>"),
            "{narrow}"
        );
        let form = narrow.split("<form class=\"filters\"").nth(1).unwrap();
        assert!(form.contains("name=\"zoom\" value=\"0..0.2\""), "{form}");
    });
}

#[test]
fn one_currency_at_a_time_is_drawn_and_the_others_are_a_step_away() {
    in_the_world(|store| {
        let cx = testkit::owner(TODAY);
        regulars(store, &cx, 1, 24);
        let page = get(store, &cx, "/relationships/spectrum").unwrap().body;
        assert!(page.contains("aria-current=\"page\">GBP <span>18</span>"), "{page}");
        assert!(page.contains("currency=EUR\">EUR <span>6</span>"), "{page}");
        assert!(page.contains("18 relationships in GBP"), "{page}");
        let euros = get(store, &cx, "/relationships/spectrum?currency=EUR").unwrap().body;
        assert_eq!(euros.matches("<use").count(), 6, "{euros}");
        assert!(euros.contains("Net, EUR") && !euros.contains('£'), "{euros}");
    });
}

#[test]
fn an_empty_spectrum_says_what_is_missing_and_which_filter_to_drop() {
    in_the_world(|store| {
        let cx = testkit::owner(TODAY);
        let none = get(store, &cx, "/relationships/spectrum").unwrap().body;
        assert!(none.contains("Nobody has a strength of evidence and money in one currency yet."), "{none}");
        of_each(store);
        let none = get(store, &cx, "/relationships/spectrum?class=former&line=Shop").unwrap().body;
        assert!(
            none.contains("Nobody with a strength of evidence matches class former, service line Shop"),
            "{none}"
        );
        assert!(none.contains("href=\"/relationships/spectrum?line=Shop"), "{none}");
        assert!(none.contains("Not drawn: 1 without a strength of evidence"), "{none}");
    });
}

#[test]
fn a_hostile_name_and_a_wrong_part_do_no_harm() {
    in_the_world(|store| {
        of_each(store);
        let cx = testkit::owner(TODAY);
        let page = get(store, &cx, "/relationships/spectrum?currency=GBP").unwrap().body;
        assert!(!page.contains("<script>") && page.contains("&lt;script&gt;"), "{HOSTILE} {page}");
        for (address, code) in [
            ("/relationships/spectrum?zoom=0.7", "book.zoom"),
            ("/relationships/spectrum?zoom=high..low", "book.strength"),
            ("/relationships/spectrum?zoom_net=1..2&currency=gold", "money.currency"),
            ("/relationships/spectrum?strength_from=0.9&strength_to=0.1", "book.range"),
        ] {
            assert_eq!(get(store, &cx, address).err().unwrap().code, code, "{address}");
        }
    });
}

#[test]
fn the_spectrum_of_many_costs_the_statements_of_a_few() {
    in_the_world(|store| {
        let cx = testkit::owner(TODAY);
        let addresses = [
            "/relationships/spectrum?currency=GBP",
            "/relationships/spectrum?currency=GBP&purchases=1&colour=fit",
        ];
        let shown = || addresses.map(|address| get(store, &cx, address).unwrap().statements);
        // The fourth pays in another currency, which takes one statement more.
        regulars(store, &cx, 1, 4);
        let few = shown();
        regulars(store, &cx, 5, 60);
        assert_eq!(few, shown());
    });
}
