//! The current decision is exact, and only what has news is decided again.

use jiff::tz::TimeZone;
use relationship::{
    Industries, IndustryPolicy, Policy, Vantage, case, case::Case, decide, history::History, ops,
};
use serde_json::{Value, json};
use timeline::{
    AccountId, Fact, LineId,
    fact::{Contact, Contract, Feedback, Form, Goal, Offer, Side, Work},
    store as facts,
};

use crate::{DAY, account, in_currency, judge, line, on, on_both, order, run, store};

#[test]
fn a_fact_changes_its_own_relationship_and_nothing_else() {
    on_both(|store| {
        let cx = testkit::at(DAY);
        let (shop, payroll) =
            (line(store, "Shop", "retail", true), line(store, "Payroll", "payroll_hr", true));
        let all: Vec<_> = ["Rook", "Wick", "Falk"].map(|name| account(store, name)).into();
        for account in &all {
            on(store, &cx, *account, shop, "2025-01-02", &order(20));
            on(store, &cx, *account, payroll, "2025-01-02", &order(30));
        }
        judge(store, &cx);
        let before = store::decisions(store);
        assert_eq!(before.len(), 6);
        let later = testkit::at("2025-03-05");
        on(store, &later, all[1], payroll, "2025-03-01", &order(500));
        assert_eq!(judge(store, &later), 1);
        let after = store::decisions(store);
        let changed: Vec<_> = before.iter().zip(&after).filter(|(a, b)| a != b).map(|(a, _)| a.0).collect();
        assert_eq!(changed, [(all[1].0, payroll.0)]);
        assert_eq!(store::cell(store, (all[1].0, payroll.0), "net"), "5300000");
    });
}

#[test]
fn a_fact_about_the_whole_account_reaches_all_its_lines() {
    on_both(|store| {
        let cx = testkit::at(DAY);
        let (shop, payroll) =
            (line(store, "Shop", "retail", true), line(store, "Payroll", "payroll_hr", true));
        let (rook, wick) = (account(store, "Rook"), account(store, "Wick"));
        for (who, line) in [(rook, shop), (rook, payroll), (wick, shop)] {
            on(store, &cx, who, line, "2025-01-02", &order(20));
        }
        judge(store, &cx);
        let score = |who: AccountId, line: LineId| -> i64 {
            store::cell(store, (who.0, line.0), "score").parse().unwrap()
        };
        let before = [score(rook, shop), score(rook, payroll), score(wick, shop)];
        on(store, &cx, rook, LineId::new(0), "2025-03-01", &Fact::Feedback(Feedback { form: None }));
        judge(store, &cx);
        let after = [score(rook, shop), score(rook, payroll), score(wick, shop)];
        assert!(before[0] < after[0] && before[1] < after[1], "{before:?} {after:?}");
        assert_eq!(before[2], after[2]);
        let nobody = account(store, "Osterlund");
        on(store, &cx, nobody, LineId::new(0), "2025-03-01", &Fact::Goal(Goal::default()));
        judge(store, &cx);
        assert_eq!(store::decisions(store).len(), 3, "without a line there is no relationship");
    });
}

#[test]
fn deciding_again_without_news_adds_nothing_to_the_log() {
    on_both(|store| {
        let cx = testkit::at(DAY);
        let shop = line(store, "Shop", "retail", true);
        let rook = account(store, "Rook");
        let bought = on(store, &cx, rook, shop, "2025-01-02", &order(20));
        judge(store, &cx);
        assert_eq!(store::logged(store), 1);
        let before = store::decisions(store);
        store.write(&cx, |tx| facts::mark_line_stale(&cx, tx, shop)).unwrap();
        assert_eq!(judge(store, &cx), 1);
        assert_eq!((store::logged(store), store::decisions(store)), (1, before.clone()));
        assert_eq!(judge(store, &cx), 0);
        store.write(&cx, |tx| facts::withdraw(&cx, tx, rook, bought, "entered twice")).unwrap();
        judge(store, &cx);
        assert!(store::decisions(store).is_empty(), "without facts there is no relationship");
        on(store, &cx, rook, shop, "2025-01-02", &order(20));
        judge(store, &cx);
        assert_eq!(
            store::decisions(store)[0].1[3..],
            before[0].1[3..],
            "and the same facts give the same again"
        );
        assert_eq!(store::kept_totals(store), store::counted_totals(store));
    });
}

#[test]
fn where_many_wait_it_is_said_how_far_it_has_come() {
    on_both(|store| {
        let cx = testkit::at(DAY);
        let shop = line(store, "Shop", "retail", true);
        let many: Vec<_> = (0..300).map(|n| account(store, &format!("Number {n}"))).collect();
        for who in &many {
            on(store, &cx, *who, shop, "2025-01-02", &order(20));
        }
        judge(store, &cx);
        let told = || {
            let told = store.read(&cx, |tx| ops::progress(&cx, tx, ops::NothingToSay {})).unwrap();
            (told.waits, told.decided, told.of)
        };
        assert_eq!(told(), (false, 0, 0));
        store.write(&cx, |tx| facts::mark_stale(&cx, tx, &[(many[0], shop)])).unwrap();
        assert_eq!(told(), (true, 0, 0), "a few are not counted");
        judge(store, &cx);
        store.write(&cx, |tx| facts::mark_line_stale(&cx, tx, shop)).unwrap();
        assert_eq!(told(), (true, 0, 300));
        let step = || store.write(&cx, |tx| relationship::jobs::decide_stale(&cx, tx)).unwrap();
        assert_eq!((step(), told()), (256, (true, 256, 300)));
        store.write(&cx, |tx| facts::mark_line_stale(&cx, tx, shop)).unwrap();
        assert_eq!(told(), (true, 256, 556), "who is marked anew is decided anew");
        assert_eq!((step(), step(), told()), (256, 44, (false, 0, 0)));
    });
}

#[test]
fn where_a_line_is_live_a_day_that_passes_is_news() {
    on_both(|store| {
        let cx = testkit::at(DAY);
        let (shop, advice) = (line(store, "Shop", "retail", false), line(store, "Advice", "law", true));
        let (rook, wick) = (account(store, "Rook"), account(store, "Wick"));
        for who in [rook, wick] {
            on(store, &cx, who, shop, "2025-01-02", &order(20));
            on(store, &cx, who, advice, "2025-01-02", &order(20));
        }
        judge(store, &cx);
        let aged = |day: &str| {
            let cx = testkit::at(day);
            store.write(&cx, |tx| relationship::jobs::decide_aged(&cx, tx)).unwrap()
        };
        assert_eq!(aged(DAY), 0);
        assert_eq!((aged("2025-03-05"), aged("2025-03-05")), (2, 0));
        let as_of = |line: LineId| store::cell(store, (rook.0, line.0), "as_of").parse::<i32>().unwrap();
        assert_eq!(kernel::Day(as_of(advice)).to_string(), "2025-03-05");
        assert_eq!(kernel::Day(as_of(shop)).to_string(), "2025-01-02", "its data end there");
        on(store, &cx, wick, shop, "2025-02-02", &order(5));
        judge(store, &cx);
        assert_eq!(aged("2025-03-05"), 1, "the end of the data has moved for the other one too");
        assert_eq!(kernel::Day(as_of(shop)).to_string(), "2025-02-02");
    });
}

#[test]
fn a_batch_costs_the_same_statements_for_one_and_for_many() {
    on_both(|store| {
        let cx = testkit::at(DAY);
        let shop = line(store, "Shop", "retail", true);
        let many: Vec<_> = (0..40).map(|n| account(store, &format!("Number {n}"))).collect();
        for who in &many {
            on(store, &cx, *who, shop, "2025-01-02", &order(20));
        }
        judge(store, &cx);
        let cost = |count: usize| {
            let counted = store.write(&cx, |tx| {
                let marks: Vec<_> = many[..count].iter().map(|who| (*who, shop)).collect();
                facts::mark_stale(&cx, tx, &marks)?;
                let before = tx.statements();
                assert_eq!(relationship::jobs::decide_stale(&cx, tx)?, count);
                Ok(tx.statements() - before)
            });
            counted.unwrap()
        };
        assert_eq!(cost(1), cost(40));
    });
}

#[test]
fn a_case_written_out_and_read_back_decides_equally() {
    on_both(|store| {
        let cx = testkit::at(DAY);
        let (shop, law) = (line(store, "Shop", "retail", false), line(store, "Advice", "law", true));
        let (rook, wick) = (account(store, "Rook"), account(store, "Wick"));
        for month in 1..=9 {
            on(store, &cx, rook, shop, &format!("2024-0{month}-11"), &order(90 + month));
            let work = Work {
                minutes: 90,
                person: Some("Tomas".into()),
                offer: Some(Offer::Advice),
                ..Work::default()
            };
            on(store, &cx, wick, law, &format!("2024-0{month}-12"), &Fact::Work(work));
        }
        let signed =
            Contract { form: Some(Form::Individual), fees: true, scope: true, ..Contract::default() };
        on(store, &cx, wick, law, "2024-01-02", &Fact::Contract(signed));
        let met = Contact { started_by: Side::Us, topic: Some("review".into()), ..Contact::default() };
        on(store, &cx, wick, LineId::new(0), "2025-02-02", &Fact::Meeting(met));
        judge(store, &cx);
        let policy = Policy::shipped("default").unwrap();
        let industries = Industries::shipped().unwrap();
        let book = run(&cx, store, "relationships.list", json!({})).unwrap();
        for row in book["rows"].as_array().unwrap() {
            let named = json!({ "id": row["id"] });
            let text = run(&cx, store, "relationship.case", named.clone()).unwrap().to_string();
            let case = Case::parse(&text).unwrap();
            let trade = IndustryPolicy::new(&policy, &industries, case.industry.as_deref());
            let vantage = Vantage {
                as_of: case.as_of,
                known_at: case.known_at,
                zone: &TimeZone::UTC,
                policy: &trade,
                baseline: None,
            };
            let again = decide(&History::new(&case.entries, &vantage), case.previous.as_ref());
            let again: Value = serde_json::from_str(&case::written(&again)).unwrap();
            let history = run(&cx, store, "relationship.history", named).unwrap();
            assert_eq!(again, history["rows"][0]["decision"], "{text}");
        }
        assert_eq!(book["rows"].as_array().unwrap().len(), 2);
    });
}

#[test]
fn what_is_dated_ahead_is_no_money_yet() {
    on_both(|store| {
        let cx = testkit::at(DAY);
        let shop = line(store, "Shop", "retail", true);
        let rook = account(store, "Rook");
        on(store, &cx, rook, shop, "2025-01-02", &order(20));
        on(store, &cx, rook, shop, "2025-04-01", &order(500));
        judge(store, &cx);
        let net = || store::cell(store, (rook.0, shop.0), "net");
        assert_eq!(net(), "200000");
        let april = testkit::at("2025-04-02");
        store.write(&april, |tx| relationship::jobs::decide_aged(&april, tx)).unwrap();
        assert_eq!(net(), "5200000", "once the day has come");
        assert_eq!(store::kept_totals(store), store::counted_totals(store));
    });
}

#[test]
fn amounts_in_two_currencies_ask_for_that_and_nothing_else() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let shop = line(store, "Shop", "retail", true);
        let rook = account(store, "Rook");
        in_currency(store, &cx, rook, shop, "2025-01-02", &order(20), "GBP");
        in_currency(store, &cx, rook, shop, "2025-01-03", &order(20), "EUR");
        judge(store, &cx);
        let id = run(&cx, store, "relationships.list", json!({})).unwrap()["rows"][0]["id"].clone();
        let view = run(&cx, store, "relationship.view", json!({ "id": id })).unwrap();
        assert_eq!(view["class"], "not enough evidence");
        let asked = view["ask"].as_array().unwrap();
        assert!(asked.len() == 1 && asked[0].as_str().unwrap().contains("EUR and those in GBP"), "{view}");
    });
}
