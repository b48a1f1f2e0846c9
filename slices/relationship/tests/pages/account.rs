//! The account: panels that sum, reasons, the mixture, the history page by page.

use serde_json::json;

use super::world::{TODAY, account, get, in_the_world, judge, lines, of_each, orders, record};

#[test]
fn an_account_shows_what_it_is_on_each_line_and_why() {
    in_the_world(|store| {
        let made = of_each(store);
        let cx = testkit::owner(TODAY);
        let page = get(store, &cx, &format!("/accounts/{}", made[0].1)).unwrap();
        assert_eq!(page.title, "Osterlund Marine");
        insta::assert_snapshot!("account", lines(&page.body));
    });
}

#[test]
fn each_class_says_its_own_sentence() {
    in_the_world(|store| {
        let made = of_each(store);
        let cx = testkit::owner(TODAY);
        let shown = |n: usize| get(store, &cx, &format!("/accounts/{}", made[n].1)).unwrap().body;
        for (n, words) in [
            (0, "A client since "),
            (1, "A customer since "),
            (2, "; was a customer. Silent for "),
            (3, "Not enough evidence to call it a client: served as a customer. "),
            (4, "A prospect since "),
            (5, "Amounts are in EUR and GBP"),
        ] {
            let page = shown(n);
            assert!(page.contains(words), "{words}: {page}");
            assert!(!page.contains("upgrade") && !page.contains("downgrade"), "{page}");
        }
        let settle = shown(3);
        let questions =
            settle.split("What would settle it</h3>").nth(1).unwrap().split("</section>").next().unwrap();
        assert_eq!(questions.matches("<p>").count(), 2, "{questions}");
        assert!(shown(2).contains("Was a customer</span> for Shop."), "the mixture");
    });
}

#[test]
fn the_shown_contributions_sum_to_the_shown_score() {
    in_the_world(|store| {
        let made = of_each(store);
        let cx = testkit::owner(TODAY);
        let mut panels = 0;
        for (_, id) in &made {
            let page = get(store, &cx, &format!("/accounts/{id}")).unwrap().body;
            for panel in page.split("<div class=\"contribs\">").skip(1) {
                let (lines, sum) = panel.split_once("<div class=\"line sum\">").unwrap();
                let numbers = |text: &str| -> Vec<i64> {
                    let numbers = text.split("<span class=\"num\">").skip(1);
                    numbers.filter_map(|rest| hundredths(rest.split('<').next().unwrap())).collect()
                };
                let shown = numbers(lines);
                assert!(3 < shown.len(), "{panel}");
                assert_eq!(shown.iter().sum::<i64>(), numbers(sum)[0]);
                panels += 1;
            }
        }
        assert!(4 <= panels, "{panels}");
    });
}

/// `+0.62`, `−0.42`, `0.00` in hundredths.
fn hundredths(text: &str) -> Option<i64> {
    let plain = text.replace('\u{2212}', "-").replace(['+', '.'], "");
    plain.parse().ok()
}

#[test]
fn a_relationship_opens_the_account_at_its_panel() {
    in_the_world(|store| {
        let made = of_each(store);
        let cx = testkit::owner(TODAY);
        let account = get(store, &cx, &format!("/accounts/{}", made[0].1)).unwrap().body;
        let ids: Vec<_> = account
            .split("class=\"rel\" id=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        assert_eq!(ids.len(), 2);
        for id in &ids {
            let page = get(store, &cx, &format!("/relationships/{id}")).unwrap().body;
            let open: Vec<_> = page
                .split("<details class=\"rel\" id=\"")
                .skip(1)
                .filter(|rest| rest.split('>').next().unwrap().ends_with("open"))
                .collect();
            assert_eq!(open.len(), 1);
            assert!(open[0].starts_with(id), "{id}");
        }
    });
}

#[test]
fn a_fact_names_its_row_and_leads_to_it_and_says_what_it_did() {
    in_the_world(|store| {
        let made = of_each(store);
        let cx = testkit::owner(TODAY);
        let id = &made[1].1;
        let page = get(store, &cx, &format!("/accounts/{id}")).unwrap().body;
        let import = cx.codes.write(kernel::Id::<timeline::fact::ImportKind>::new(7));
        let way = format!(
            "<a href=\"/imports/{import}/rows/3\">row 3</a> of import <a href=\"/imports/{import}\">"
        );
        assert!(page.contains(&way), "{page}");
        assert!(page.contains(&format!("<a href=\"/accounts/{id}/facts/fact_")), "{page}");
        assert!(page.contains("without this "), "{page}");
        assert!(page.contains("the end of the data"), "{page}");
    });
}

#[test]
fn the_history_walks_every_fact_once() {
    in_the_world(|store| {
        let cx = testkit::owner(TODAY);
        let id = store
            .write(&cx, |tx| {
                let id = account(&cx, tx, "Falk Brewery")?;
                // Two a day: pages end between facts of one moment.
                let days: Vec<_> =
                    (0..101).map(|n| format!("2025-0{}-{:02}", 1 + n / 50, 1 + n % 50 / 2)).collect();
                let days: Vec<_> = days.iter().map(|day| (day.as_str(), 5)).collect();
                orders(&cx, tx, &id, "GBP", &days)?;
                Ok(id)
            })
            .unwrap();
        judge(&cx, store);
        let (mut seen, mut next) = (Vec::new(), Some(format!("/accounts/{id}")));
        while let Some(address) = next {
            let body = get(store, &cx, &address).unwrap().body;
            let (_, time) = body.split_once("<ol class=\"time\"").unwrap();
            seen.extend(
                time.split("<li id=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()),
            );
            next = time.contains(">Older</a>").then(|| {
                let before = time.split(">Older</a>").next().unwrap();
                before.rsplit("href=\"").next().unwrap().split('"').next().unwrap().to_owned()
            });
        }
        assert_eq!(seen.len(), 101);
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 101);
    });
}

#[test]
fn a_run_of_the_same_is_folded_and_one_kind_is_looked_at_alone() {
    in_the_world(|store| {
        let cx = testkit::owner(TODAY);
        let id = store
            .write(&cx, |tx| {
                let id = account(&cx, tx, "Falk Brewery")?;
                let days: Vec<_> = (1..10).map(|n| format!("2025-01-{n:02}")).collect();
                let days: Vec<_> = days.iter().map(|day| (day.as_str(), 5)).collect();
                orders(&cx, tx, &id, "GBP", &days)?;
                let said = json!([{ "kind": "conversation", "on": "2025-01-05", "started_by": "them", "topic": "advice" }]);
                record(&cx, tx, &id, "Advice", said)?;
                Ok(id)
            })
            .unwrap();
        judge(&cx, store);
        let timeline = |asked: &str| {
            let body = get(store, &cx, &format!("/accounts/{id}{asked}")).unwrap().body;
            lines(body.split("id=\"timeline\"").nth(1).unwrap())
        };
        let whole = timeline("");
        // Nine orders around one call: four after it, five up to it.
        assert_eq!(whole.matches("more before it").count(), 2, "{whole}");
        assert!(whole.contains("3 more before it") && whole.contains("4 more before it"), "{whole}");
        let (bought, talked) = (timeline("?show=bought"), timeline("?show=talked"));
        assert!(bought.contains("8 more before it") && !bought.contains(">Conversation<"), "{bought}");
        assert!(talked.contains(">Conversation<") && !talked.contains("more before it"), "{talked}");
        assert!(timeline("?show=used").contains("Nothing of this kind is on record."));
    });
}

#[test]
fn notes_are_looked_at_alone() {
    in_the_world(|store| {
        let cx = testkit::owner(TODAY);
        let id = store.write(&cx, |tx| account(&cx, tx, "Osterlund Marine")).unwrap();
        let notes = json!([
            { "kind": "note", "on": "2025-03-01", "words": "They bought a boat.\nAsk about the mooring!" },
            { "kind": "note", "on": "2025-03-02", "words": "prefers the morning" },
            { "kind": "meeting", "on": "2025-03-03" },
        ]);
        store.write(&cx, |tx| record(&cx, tx, &id, "Advisory", notes.clone())).unwrap();
        let body = get(store, &cx, &format!("/accounts/{id}?show=notes")).unwrap().body;
        let timeline = body.split("id=\"timeline\"").nth(1).unwrap();
        assert_eq!(timeline.matches(">Note</a>.</p>").count(), 2, "{timeline}");
        assert!(!timeline.contains(">Meeting</a>"), "{timeline}");
    });
}

#[test]
fn fifty_facts_cost_no_more_statements_than_one() {
    in_the_world(|store| {
        let cx = testkit::owner(TODAY);
        let (one, fifty) = store
            .write(&cx, |tx| {
                let (one, fifty) = (account(&cx, tx, "One")?, account(&cx, tx, "Fifty")?);
                orders(&cx, tx, &one, "GBP", &[("2025-08-30", 5)])?;
                let days: Vec<_> =
                    (0..50).map(|n| format!("2025-{:02}-{:02}", 1 + n / 28, 1 + n % 28)).collect();
                let days: Vec<_> = days.iter().map(|day| (day.as_str(), 5)).collect();
                orders(&cx, tx, &fifty, "GBP", &days)?;
                Ok((one, fifty))
            })
            .unwrap();
        judge(&cx, store);
        let cost = |id: &str| get(store, &cx, &format!("/accounts/{id}")).unwrap().statements;
        assert_eq!(cost(&one), cost(&fifty));
    });
}

#[test]
fn an_account_without_facts_says_so_and_one_with_new_facts_says_they_are_weighed() {
    in_the_world(|store| {
        let cx = testkit::owner(TODAY);
        let id = store.write(&cx, |tx| account(&cx, tx, "Nobody Yet")).unwrap();
        let page = get(store, &cx, &format!("/accounts/{id}")).unwrap().body;
        assert!(page.contains("Nothing is on record about them."), "{page}");
        let order = json!([{ "kind": "order", "on": "2025-10-01", "amount": "5.00", "currency": "EUR" }]);
        store.write(&cx, |tx| record(&cx, tx, &id, "Advisory", order.clone())).unwrap();
        let page = get(store, &cx, &format!("/accounts/{id}")).unwrap().body;
        assert!(page.contains("being weighed"), "{page}");
    });
}
