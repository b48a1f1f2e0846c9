//! The book: its rows, filters, views, empty states and what a wall hides.

use kernel::ProblemKind;
use serde_json::json;

use slice::Reply;

use super::world::{
    HOSTILE, TODAY, account, get, in_the_world, judge, lines, of_each, orders, post_from, reply,
};

#[test]
fn boxes_that_are_ticked_one_by_one_stand_in_the_address_as_one_text() {
    in_the_world(|store| {
        of_each(store);
        let cx = testkit::owner(TODAY);
        let ticked = "/relationships?class=client&class=customer&fit=fits&sort=since";
        let to = reply(store, &cx, ticked).unwrap();
        let Reply::Go(to) = to else { panic!("no address") };
        assert_eq!(to, "/relationships?class=client%2Ccustomer&fit=fits&sort=since");
        let page = get(store, &cx, &to).unwrap().body;
        for word in ["client", "customer"] {
            assert!(page.contains(&format!("value=\"{word}\" checked")), "{word}: {page}");
        }
        assert!(
            page.contains("Listed: class client or customer, and service fit fits; newest class first."),
            "{page}"
        );
    });
}

#[test]
fn the_book_shows_one_of_each_class() {
    in_the_world(|store| {
        of_each(store);
        let page = get(store, &testkit::owner(TODAY), "/relationships").unwrap();
        assert_eq!(page.title, "Relationships");
        insta::assert_snapshot!("book", lines(&page.body));
    });
}

#[test]
fn an_empty_house_opens_its_door() {
    in_the_world(|store| {
        let page = get(store, &testkit::owner(TODAY), "/relationships").unwrap().body;
        assert!(page.contains(r#"action="/imports" enctype="multipart/form-data""#), "{page}");
        assert!(page.contains(r#"<input type="hidden" name="csrf" value="t0k3n">"#), "{page}");
        let reader = get(store, &testkit::reader(TODAY), "/relationships").unwrap().body;
        assert!(!reader.contains("<form") && reader.contains("Members and owners"), "{reader}");
        insta::assert_snapshot!("welcome", lines(&page));
    });
}

#[test]
fn no_match_says_which_filter_to_drop() {
    in_the_world(|store| {
        of_each(store);
        let address = "/relationships?class=client&line=Shop&purchases=3&name=zz";
        let page = get(store, &testkit::owner(TODAY), address).unwrap().body;
        let sentence = "No relationship matches class client, service line Shop, purchases at least 3, name \u{201c}zz\u{201d}.";
        assert!(page.contains(sentence), "{page}");
        assert!(
            page.contains(r#"href="/relationships?class=client&amp;line=Shop&amp;purchases=3">Without name"#),
            "{page}"
        );
    });
}

#[test]
fn a_hostile_name_stays_text_wherever_it_is_shown_or_asked_for() {
    in_the_world(|store| {
        let made = of_each(store);
        let cx = testkit::owner(TODAY);
        let asked = "/relationships?name=%3Cscript%3E%22%27&line=Shop";
        let account = made.iter().find(|(name, _)| *name == HOSTILE).unwrap();
        for address in ["/relationships", asked, &format!("/accounts/{}", account.1)] {
            let page = get(store, &cx, address).unwrap().body;
            assert!(!page.contains("<script") && page.contains("&lt;script&gt;"), "{page}");
        }
    });
}

#[test]
fn what_nobody_knows_is_refused_by_name() {
    in_the_world(|store| {
        of_each(store);
        let cx = testkit::owner(TODAY);
        for (address, code) in [
            ("/relationships?class=vip", "book.word"),
            ("/relationships?sort=luck", "book.word"),
            ("/relationships?purchases=many", "book.number"),
            ("/relationships?line=Nowhere", "timeline.no_line"),
            ("/relationships?after=x", "book.after"),
            ("/relationships/rel_x7Kq2", "id.unknown"),
            ("/accounts/acc_x7Kq2", "id.unknown"),
        ] {
            assert_eq!(get(store, &cx, address).err().unwrap().code, code, "{address}");
        }
    });
}

#[test]
fn the_view_of_large_buyers_finds_the_hidden_wholesaler() {
    in_the_world(|store| {
        let cx = testkit::owner(TODAY);
        store
            .write(&cx, |tx| {
                for n in 1..=30 {
                    let id = account(&cx, tx, &format!("Buyer {n}"))?;
                    orders(&cx, tx, &id, "GBP", &[("2025-08-30", n)])?;
                }
                let id = account(&cx, tx, "Quiet Wholesale")?;
                let days: Vec<_> = (10..=29).map(|day| format!("2025-08-{day}")).collect();
                let days: Vec<_> = days.iter().map(|day| (day.as_str(), 500)).collect();
                orders(&cx, tx, &id, "GBP", &days)
            })
            .unwrap();
        judge(&cx, store);
        let page = get(store, &cx, "/relationships?spend=900&purchases=10&sort=net").unwrap().body;
        assert!(page.contains("Quiet Wholesale") && !page.contains("Buyer 30"), "{page}");
        assert!(page.contains(r#"aria-current="page">Large buyers"#), "{page}");
        assert!(page.contains("1 of 1 that match") && page.contains("£10,000.00"), "{page}");
    });
}

#[test]
fn a_wall_hides_an_account_from_list_totals_and_page() {
    in_the_world(|store| {
        let made = of_each(store);
        let (owner, reader) = (testkit::owner(TODAY), testkit::reader(TODAY));
        let (name, id) = &made[0];
        let before = get(store, &reader, "/relationships").unwrap().body;
        assert!(before.contains(name) && before.contains("EUR · 2 relationships"), "{before}");
        let wall = json!({ "id": id, "people": [owner.codes.write(access::PersonId::new(1))] });
        store
            .write(&owner, |tx| {
                accounts::ops::set_wall(&owner, tx, serde_json::from_value(wall.clone()).unwrap())
            })
            .unwrap();
        let after = get(store, &reader, "/relationships").unwrap().body;
        assert!(!after.contains(name) && !after.contains("EUR ·"), "{after}");
        assert!(before.contains("1 client") && !after.contains("1 client"), "{after}");
        let filtered = get(store, &reader, "/relationships?purchases=1").unwrap().body;
        assert!(!filtered.contains(name) && !filtered.contains("EUR ·"), "{filtered}");
        let refused = get(store, &reader, &format!("/accounts/{id}")).err().unwrap();
        assert_eq!((refused.kind, refused.code), (ProblemKind::NotFound, "accounts.no_account"));
        let panel = get(store, &owner, &format!("/accounts/{id}")).unwrap().body;
        let relationship = panel.split("class=\"rel\" id=\"").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(
            get(store, &reader, &format!("/relationships/{relationship}")).err().unwrap().code,
            "relationship.none"
        );
        assert!(get(store, &owner, "/relationships").unwrap().body.contains(name));
    });
}

#[test]
fn fifty_rows_cost_no_more_statements_than_one() {
    in_the_world(|store| {
        let cx = testkit::owner(TODAY);
        let add = |from: i64, to: i64| {
            store
                .write(&cx, |tx| {
                    for n in from..=to {
                        let id = account(&cx, tx, &format!("Buyer {n}"))?;
                        orders(&cx, tx, &id, "GBP", &[("2025-08-30", n)])?;
                    }
                    Ok(())
                })
                .unwrap();
            judge(&cx, store);
        };
        let addresses = ["/relationships", "/relationships?purchases=1&sort=name"];
        let shown = || addresses.map(|address| get(store, &cx, address).unwrap());
        add(1, 1);
        let one = shown().map(|page| page.statements);
        add(2, 60);
        let fifty = shown();
        assert_eq!(fifty[0].body.matches("class=\"who\"").count(), 50);
        assert_eq!(one, fifty.map(|page| page.statements));
    });
}

#[test]
fn a_record_that_was_opened_from_a_list_leads_to_those_beside_it_in_that_list() {
    in_the_world(|store| {
        of_each(store);
        let cx = testkit::owner(TODAY);
        for asked in ["", "?sort=name", "?sort=-last", "?line=Shop&sort=net", "?purchases=1&sort=name"] {
            let book = get(store, &cx, &format!("/relationships{asked}")).unwrap().body;
            let listed: Vec<String> = hrefs(&book, "<a class=\"who\" href=\"");
            assert!(1 < listed.len(), "{book}");
            // Along the list by the links of the pages alone, and back.
            let mut walked = vec![listed[0].clone()];
            while let Some(next) = beside(&get(store, &cx, &walked[walked.len() - 1]).unwrap().body, 'j') {
                walked.push(next);
            }
            assert_eq!(walked, listed, "{asked}");
            let mut back = vec![listed[listed.len() - 1].clone()];
            while let Some(previous) = beside(&get(store, &cx, &back[back.len() - 1]).unwrap().body, 'k') {
                back.push(previous);
            }
            back.reverse();
            assert_eq!(back, listed, "{asked}");
            let page = get(store, &cx, &listed[0]).unwrap().body;
            let way = format!("<a href=\"/relationships{}\">Relationships</a>", asked.replace('&', "&amp;"));
            assert!(page.contains(&way), "{way}: {page}");
        }
        let plain = get(store, &cx, "/relationships").unwrap().body;
        let alone = hrefs(&plain, "<a class=\"who\" href=\"")[0].split('?').next().unwrap().to_owned();
        assert_eq!(beside(&get(store, &cx, &alone).unwrap().body, 'j'), None, "it was opened from no list");
        let wrong = get(store, &cx, &format!("{alone}?of=book&sort=luck")).unwrap().body;
        assert_eq!(beside(&wrong, 'j'), None);
    });
}

#[test]
fn what_is_opened_or_sent_from_a_record_leads_back_to_it_in_its_list() {
    in_the_world(|store| {
        of_each(store);
        let cx = testkit::owner(TODAY);
        let book = get(store, &cx, "/relationships?sort=name&text=marine").unwrap().body;
        let record = hrefs(&book, "<a class=\"who\" href=\"")[0].clone();
        let next = beside(&get(store, &cx, &record).unwrap().body, 'j');
        assert!(next.is_some(), "there are two of them: {book}");
        let page = get(store, &cx, &record).unwrap().body;
        let carried = ui::Address::new("").with("from", Some(&record)).write().replacen('?', "", 1);
        let links = hrefs(&page, "href=\"");
        let of = |part: &str| {
            links.iter().find(|link| link.contains(part)).unwrap_or_else(|| panic!("{part}: {page}"))
        };
        // What stands on the page itself keeps the list in its address.
        for part in ["show=bought", "edit=name"] {
            let link = of(part);
            assert!(link.starts_with(&format!("{record}&{part}#")), "{link}");
            assert_eq!(
                beside(&get(store, &cx, link.split('#').next().unwrap()).unwrap().body, 'j'),
                next,
                "{link}"
            );
        }
        // What leads away carries it along, and comes back to it.
        for part in ["/switch?to=client", "/preference", "/history", "/facts/new"] {
            let link = of(part);
            assert!(link.ends_with(&carried), "{link}");
        }
        for part in ["/switch?to=client", "/preference", "/history"] {
            let page = get(store, &cx, of(part)).unwrap().body;
            let back = hrefs(&page, "href=\"");
            assert_eq!(back[0], record, "the trail of {part}");
            let sent = hrefs(&page, "method=\"post\" action=\"");
            assert!(sent.iter().all(|form| form.ends_with(&carried)), "{sent:?}");
        }
        let form = hrefs(&page, "action=\"").into_iter().find(|form| form.contains("/override")).unwrap();
        assert!(form.ends_with(&carried), "{form}");
        let id = form.split('?').next().unwrap().to_owned();
        let sent = |reason: &str, from: &str| {
            let fields = [("class", "client"), ("reason", reason), ("until", "2026-01-31")];
            post_from(store, &cx, &id, from, &fields).unwrap()
        };
        let Reply::Page { body, .. } = sent(" ", &record) else { panic!("a reason is asked for") };
        assert_eq!(
            beside(&body.into_string(), 'j'),
            next,
            "a form that is refused stands on the same record"
        );
        let Reply::Go(back) = sent("they call", &record) else { panic!("it is set") };
        assert_eq!(back, record);
        let set = "https://elsewhere.example/relationships/";
        let Reply::Page { .. } = sent("they call", set) else { panic!("it is set already") };
    });
}

#[test]
fn a_record_from_the_second_page_leads_back_to_the_second_page() {
    in_the_world(|store| {
        of_each(store);
        let cx = testkit::owner(TODAY);
        let first = get(store, &cx, "/relationships?sort=name&limit=2").unwrap().body;
        let second = hrefs(&first, "href=\"").into_iter().find(|link| link.contains("after=")).unwrap();
        let record = hrefs(&get(store, &cx, &second).unwrap().body, "<a class=\"who\" href=\"")[0].clone();
        let page = get(store, &cx, &record).unwrap().body;
        let after = second.split('&').find(|part| part.starts_with("after=")).unwrap();
        let way = format!("<a href=\"/relationships?sort=name&amp;{after}\">Relationships</a>");
        assert!(page.contains(&way), "{way}: {page}");
        // Those beside it are looked for in the whole list.
        assert!(beside(&page, 'k').is_some() && beside(&page, 'j').is_some());
    });
}

fn hrefs(page: &str, before: &str) -> Vec<String> {
    page.split(before).skip(1).map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&")).collect()
}

/// Where that key leads from a record.
fn beside(page: &str, key: char) -> Option<String> {
    let link = page
        .split("<a ")
        .find(|rest| rest.split('>').next().unwrap().contains(&format!("aria-keyshortcuts=\"{key}\"")))?;
    Some(link.split("href=\"").nth(1)?.split('"').next()?.replace("&amp;", "&"))
}
