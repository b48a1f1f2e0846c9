//! Bring in on both engines: what its pages show in each state, what they take, what they hide, what they cost.

use std::fmt::Write as _;

use super::world::{ORDERS, TODAY, World, in_both, owner};

/// A file whose every word would do harm if it were not escaped.
const HOSTILE_NAME: &str = "<img src=x onerror=alert(1)>.csv";
const HOSTILE: &str = "\
Order number,Date,Amount,Customer name,\"<script>alert('head')</script>\",Currency
1,=HYPERLINK(\"evil\"),10.00,<b>Bo</b>,\"<script>alert('cell')</script>\",EUR
2,@now,10.00,Bo,x,EUR
3,-1+2,10.00,Bo,x,EUR
4,+1,10.00,Bo,x,EUR
5,\"<i>\"\"5\"\"</i>\",10.00,Bo,x,EUR
6,2025-03-04,10.00,Bo,x,EUR
7,2025-03-05,10.00,Bo,x,EUR
8,2025-03-06,10.00,Bo,x,EUR
9,2025-03-06,10.00,Bo,x,EUR
10,2025-03-06,10.00,Bo,x,EUR
11,2025-03-06,10.00,Bo,x,EUR
12,2025-03-06,10.00,Bo,x,EUR
13,2025-03-06,10.00,Bo,x,EUR
";

fn body(world: &World, address: &str) -> String {
    world.get(&owner(), address).unwrap().lines()
}

#[test]
fn an_empty_house_says_how_to_begin() {
    in_both(|world| {
        insta::assert_snapshot!("empty", body(world, "/imports"));
        let reader = world.get(&testkit::reader(TODAY), "/imports").unwrap().body;
        assert!(
            reader.contains("Members and owners can bring in a file") && !reader.contains("<form"),
            "{reader}"
        );
        assert!(body(world, "/imports?after=1").contains("No import is older than that"));
        assert_eq!(world.get(&owner(), "/imports?after=x").map(drop).unwrap_err().code, "imports.after");
    });
}

#[test]
fn a_file_goes_from_its_columns_to_what_it_became() {
    in_both(|world| {
        let id = world.receive("orders-march.csv", ORDERS.as_bytes());
        let (here, code) = (format!("/imports/{id}"), id.clone());
        let shown = |name: &str| {
            insta::assert_snapshot!(name.to_owned(), body(world, &here).replace(&code, "imp_ID"))
        };
        shown("received");
        let form = [("fixed.currency", "gbp"), ("fixed.industry", "retail"), ("then", "plan")];
        let went = world.post(&format!("{here}/mapping"), &form).unwrap().went;
        assert_eq!(went, here);
        shown("dry-run-under-way");
        world.work("import.plan", &id);
        shown("dry-run-done");
        assert_eq!(world.post(&format!("{here}/run"), &[]).unwrap().went, here);
        shown("running");
        world.work("import.run", &id);
        shown("deciding");
        world.decide();
        shown("done");
        insta::assert_snapshot!("list", body(world, "/imports").replace(&code, "imp_ID"));
        assert_eq!(world.post(&format!("{here}/discard"), &[]).map(drop).unwrap_err().code, "imports.state");
    });
}

#[test]
fn what_is_wrong_stands_at_its_field_and_what_was_typed_is_kept() {
    in_both(|world| {
        let id = world.receive("orders.csv", ORDERS.as_bytes());
        let (here, before) = (format!("/imports/{id}/mapping"), world.view(&id).mapping);
        let refused = |form: &[(&str, &str)]| {
            let shown = world.post(&here, form).unwrap();
            assert_eq!(shown.went, "");
            assert_eq!(world.view(&id).mapping, before, "{form:?}");
            assert!(shown.body.contains("What you typed is kept"), "{}", shown.body);
            shown.body
        };
        let page =
            refused(&[("fixed.currency", "quid"), ("fixed.line", "Tea & <b>Toast"), ("fixed.zone", "UTC")]);
        assert!(page.contains("QUID is no currency of ISO 4217; write a code such as GBP."), "{page}");
        assert!(
            page.contains(r#"value="quid""#) && page.contains(r#"value="Tea &amp; &lt;b&gt;Toast""#),
            "{page}"
        );
        assert!(
            page.contains(r#"aria-describedby="f-fixed.currency-error f-fixed.currency-hint""#),
            "{page}"
        );
        let page = refused(&[("fixed.currency", "")]);
        assert!(page.contains("No column tells the currency: write its code, such as GBP."), "{page}");
        let page = refused(&[("fixed.currency", "GBP"), ("fixed.line", "")]);
        assert!(page.contains("The service line needs a name, such as Shop."), "{page}");
        let page = refused(&[("fixed.currency", "GBP"), ("fixed.zone", "Europe/Londn")]);
        assert!(page.contains("is no time zone; write a name such as Europe/London or UTC."), "{page}");
        let page = refused(&[("fixed.currency", "GBP"), ("column.9", "date")]);
        assert!(page.contains("Date is the column Date already; choose one of the two."), "{page}");
        let page = refused(&[("fixed.currency", "GBP"), ("column.1", "")]);
        assert!(page.contains("Say which column tells the date."), "{page}");
        let page = refused(&[("fixed.currency", "GBP"), ("column.5", "")]);
        assert!(page.contains("Say which column tells an amount"), "{page}");
    });
}

#[test]
fn the_form_changes_what_it_shows_and_keeps_what_it_does_not() {
    in_both(|world| {
        let id = world.receive("orders.csv", ORDERS.as_bytes());
        let form = [
            ("fixed.currency", "SEK"),
            ("fixed.offer", "advice"),
            ("now", "clock"),
            ("column.7", ""),
            ("column.9", "status"),
            ("rules.exclude.statuses", "rang first\r\n\r\n did not boil "),
            ("rules.movement.zero_price", "on"),
        ];
        world.post(&format!("/imports/{id}/mapping"), &form).unwrap();
        let shown = world.view(&id);
        insta::assert_snapshot!("mapping", shown.mapping);
        let columns: Vec<_> =
            shown.columns.iter().map(|column| (column.meaning.as_deref(), &*column.reason)).collect();
        assert_eq!(columns[7], (None, "as you said"));
        assert_eq!(columns[9], (Some("status"), "as you said"));
        assert_eq!(columns[0].1, "called Order number");
        let counted = world.plan(&id).planned.unwrap();
        assert_eq!((counted.exclude, counted.lines.create, counted.reject), (2, 4, 1));
    });
}

#[test]
fn the_mapping_as_text_is_taken_whole_or_refused_with_its_line() {
    in_both(|world| {
        let id = world.receive("orders.csv", ORDERS.as_bytes());
        let (here, before) = (format!("/imports/{id}/mapping"), world.view(&id).mapping);
        let text = before.replace("[fixed]", "[fixed]\ncurrency = \"GBP\"");
        for (wrong, said) in [
            (
                text.replace("Quantity", "Quantum"),
                "the file has no column &quot;Quantum&quot; for `quantity`",
            ),
            (text.replace("[fixed]", "[fixed]\nlien = \"Shop\""), "unknown field `lien`"),
            ("now = <script>".to_owned(), "line 1 of the mapping"),
            (String::new(), "the mapping is empty"),
        ] {
            let page = world.post(&here, &[("text", &wrong)]).unwrap().body.to_lowercase();
            assert!(page.contains(&said.to_lowercase()), "{said}: {page}");
            assert!(!page.contains("<script>"), "{page}");
            assert_eq!(world.view(&id).mapping, before);
        }
        assert_eq!(world.post(&here, &[("text", &text)]).unwrap().went, format!("/imports/{id}"));
        assert_eq!(world.view(&id).mapping, text.trim());
    });
}

#[test]
fn an_industry_other_than_that_of_its_line_is_refused_before_the_dry_run() {
    in_both(|world| {
        let id = world.receive("orders.csv", ORDERS.as_bytes());
        world
            .post(
                &format!("/imports/{id}/mapping"),
                &[("fixed.currency", "GBP"), ("fixed.industry", "retail")],
            )
            .unwrap();
        world.run(&id);
        let id = world.receive("orders-2.csv", ORDERS.replace("Note", "Remark").as_bytes());
        let page = world
            .post(&format!("/imports/{id}/mapping"), &[("fixed.currency", "GBP"), ("fixed.industry", "law")])
            .unwrap();
        assert!(
            page.body.contains("The service line Shop is in the industry retail, not law"),
            "{}",
            page.body
        );
    });
}

#[test]
fn nothing_in_a_file_runs_on_a_page_or_in_a_spreadsheet() {
    in_both(|world| {
        let id = world.receive(HOSTILE_NAME, HOSTILE.as_bytes());
        let shown = world.plan(&id);
        assert_eq!(shown.planned.unwrap().reject, 5, "{}", shown.failure);
        for address in ["/imports".to_owned(), format!("/imports/{id}"), format!("/imports/{id}/rejections")]
        {
            let page = body(world, &address);
            for harm in ["<img", "<script", "<b>Bo", "<i>", "onerror=alert(1)>.csv\""] {
                assert!(!page.contains(harm), "{harm} in {address}: {page}");
            }
            assert!(page.contains("&lt;img src=x onerror=alert(1)&gt;.csv"), "{address}");
        }
        let csv = world.get(&owner(), &format!("/imports/{id}/rejections.csv")).unwrap();
        insta::assert_snapshot!("rejections-csv", csv.body);
        assert!(csv.title.ends_with("-rejected.csv"));
    });
}

#[test]
fn rejected_rows_are_walked_page_by_page() {
    in_both(|world| {
        let mut text = "Order number,Date,Amount,Customer ID,Currency\n".to_owned();
        for n in 0..700 {
            writeln!(text, "{n},{},10.00,c{n},EUR", if n % 3 == 0 { "soon" } else { "2025-02-03" }).unwrap();
        }
        let id = world.receive("dates.csv", text.as_bytes());
        world.plan(&id);
        let first = body(world, &format!("/imports/{id}"));
        assert_eq!(first.matches("<code>soon").count(), 50);
        assert!(first.contains("234 rejected rows") && first.contains("All 234 rows"), "{first}");
        let (mut rows, mut pages) = (0, Vec::new());
        let mut next = Some(format!("/imports/{id}/rejections"));
        while let Some(address) = next {
            let page = body(world, &address);
            rows += page.matches("<code>soon").count();
            let at = page.split("/rejections?after=").nth(1);
            next =
                at.map(|rest| format!("/imports/{id}/rejections?after={}", rest.split('"').next().unwrap()));
            pages.push(page);
        }
        assert_eq!((rows, pages.len()), (234, 3));
        assert!(pages[1].contains("First page") && !pages[0].contains("First page"));
        let csv = world.get(&owner(), &format!("/imports/{id}/rejections.csv")).unwrap();
        assert_eq!(csv.body.lines().count(), 235);
    });
}

#[test]
fn imports_are_walked_page_by_page_and_cost_the_same() {
    in_both(|world| {
        let cost = |address: &str| world.get(&owner(), address).unwrap().statements;
        world.receive("0.csv", ORDERS.as_bytes());
        let of_one = cost("/imports");
        for n in 1..60 {
            world.receive(&format!("{n}.csv"), ORDERS.as_bytes());
        }
        assert_eq!(cost("/imports"), of_one);
        let first = body(world, "/imports");
        let at = first.split("/imports?after=").nth(1).unwrap().split('"').next().unwrap();
        let second = body(world, &format!("/imports?after={at}"));
        assert_eq!(
            (first.matches("class=\"who\"").count(), second.matches("class=\"who\"").count()),
            (50, 10)
        );
        assert!(first.find(">59.csv").unwrap() < first.find(">58.csv").unwrap(), "newest first");
    });
}

#[test]
fn a_page_of_many_rejections_costs_what_a_page_of_one_does() {
    in_both(|world| {
        let cost = |rows: usize| {
            let mut text = "Order number,Date,Amount,Customer ID,Currency\n".to_owned();
            for n in 0..rows * 3 {
                writeln!(text, "{n},{},10.00,c{n},EUR", if n % 3 == 0 { "soon" } else { "2025-02-03" })
                    .unwrap();
            }
            let id = world.receive("dates.csv", text.as_bytes());
            world.plan(&id);
            ["", "/rejections", "/rejections.csv"]
                .map(|rest| world.get(&owner(), &format!("/imports/{id}{rest}")).unwrap().statements)
        };
        assert_eq!(cost(1), cost(200));
    });
}

#[test]
fn a_reader_sees_everything_and_is_offered_nothing() {
    in_both(|world| {
        let id = world.receive("orders.csv", ORDERS.as_bytes());
        let reader = testkit::reader(TODAY);
        for step in 0..3 {
            let page = world.get(&reader, &format!("/imports/{id}")).unwrap().body;
            assert!(!page.contains("<form") && page.contains("Columns as they were read"), "{step}: {page}");
            let list = world.get(&reader, "/imports").unwrap().body;
            assert!(!list.contains("<form"), "{step}: {list}");
            match step {
                0 => world.say_currency(&id),
                1 => drop(world.plan(&id)),
                _ => drop(world.run(&id)),
            }
        }
    });
}

#[test]
fn a_step_that_stopped_says_what_was_tried_and_what_to_do() {
    in_both(|world| {
        let id = world.receive("orders.csv", ORDERS.as_bytes());
        world.say_currency(&id);
        let kept = world.house.files.join(world.view(&id).sha256);
        std::fs::remove_file(&kept).unwrap();
        assert_eq!(world.plan(&id).state, "failed");
        let page = body(world, &format!("/imports/{id}"));
        for said in
            ["The dry run of", "orders.csv", "send the file again", "Nothing was written", "Dry run again"]
        {
            assert!(page.contains(said), "{said}: {page}");
        }
        std::fs::write(&kept, ORDERS).unwrap();
        world.plan(&id);
        std::fs::remove_file(&kept).unwrap();
        assert_eq!(world.run(&id).state, "failed");
        let page = body(world, &format!("/imports/{id}"));
        for said in ["The import of", "Of 7 rows none is in", "Import again"] {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(!page.contains("Discard"), "{page}");
        std::fs::write(&kept, ORDERS).unwrap();
        assert_eq!(world.run(&id).state, "done");
    });
}

#[test]
fn a_file_is_put_away_and_a_file_of_nothing_new_is_not_run() {
    in_both(|world| {
        let id = world.receive("orders.csv", ORDERS.as_bytes());
        assert!(body(world, &format!("/imports/{id}")).contains("Discard"));
        assert_eq!(world.post(&format!("/imports/{id}/discard"), &[]).unwrap().went, "/imports");
        assert_eq!(
            world.get(&owner(), &format!("/imports/{id}")).map(drop).unwrap_err().code,
            "imports.none"
        );
        world.bring_in("orders.csv", ORDERS.as_bytes());
        let again = world.receive("orders.csv", ORDERS.as_bytes());
        world.plan(&again);
        let page = body(world, &format!("/imports/{again}"));
        assert!(page.contains("no row of this file is new") && !page.contains("Import 0"), "{page}");
    });
}

#[test]
fn a_file_that_a_ready_mapping_knows_says_on_its_page_what_it_did_not_tell() {
    in_both(|world| {
        let known = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n\
                     536365,85123A,HEART,6,2010-12-01 08:26:00,2.55,17850,Sweden\n";
        let id = world.receive("known.csv", known.as_bytes());
        let note = "Recognised by the names of its columns as online retail. The file does not tell the currency GBP";
        let page = |id: &str| world.get(&owner(), &format!("/imports/{id}")).unwrap().body;
        assert!(page(&id).contains(note), "{}", page(&id));
        let ours = [("fixed.currency", "SEK"), ("fixed.zone", "Europe/Stockholm"), ("fixed.line", "Ours")];
        world.post(&format!("/imports/{id}/mapping"), &ours).unwrap();
        assert!(!page(&id).contains("Recognised by"), "{}", page(&id));
    });
}
