//! Invoices and payments: an order, its invoice and its payment are one purchase, in whatever order they come and go.

use ::store::Store;
use accounts::{Party, Seen};
use kernel::{Currency, Day};
use orders::{
    BillInput, BillKind, BillTerms, InvoiceInput, InvoiceStatus, PaymentInput, PaymentStatus, SeenBills,
    ops::{self, BillCounts},
};
use timeline::{Fact, LineId, store as facts};

use crate::{DAY, account, bring, history, knowledge, on_both, sale};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn party(key: &str) -> Party<'_> {
    Party { space: "customers", key, name: None, country: None, email: None }
}

/// An invoice of so many pence with a sixth of tax in it.
fn invoice<'a>(number: &'a str, key: &'a str, pence: i64) -> InvoiceInput<'a> {
    InvoiceInput {
        row: 1,
        key: number,
        number,
        party: Some(party(key)),
        issued: day("2025-03-05").moment(),
        due: Some(day("2025-04-04")),
        paid_on: None,
        amount: pence * 100,
        tax: Some(pence * 100 / 6),
        owed: None,
        currency: Currency::parse("GBP").unwrap(),
        status: InvoiceStatus::Open,
        order: None,
        period: (None, None),
    }
}

fn payment<'a>(number: &'a str, key: &'a str, pence: i64) -> PaymentInput<'a> {
    PaymentInput {
        row: 1,
        key: number,
        number,
        party: Some(party(key)),
        paid: day("2025-03-20").moment(),
        amount: pence * 100,
        tax: None,
        refunded: None,
        currency: Currency::parse("GBP").unwrap(),
        fee: None,
        settled: None,
        method: Some("card"),
        status: PaymentStatus::Succeeded,
        invoice: None,
        order: None,
    }
}

/// What a file says of bills of one kind.
enum File<'a> {
    Invoices(Vec<InvoiceInput<'a>>),
    Payments(Vec<PaymentInput<'a>>),
}

fn bring_bills(store: &Store, file: &File<'_>, run: i64) -> BillCounts {
    let cx = testkit::at(DAY);
    let line = store.write(&cx, |tx| facts::line_named(tx, "Shop", "retail", false)).unwrap().id;
    let terms = BillTerms { line, offer: None, channel: None, stands_alone: true };
    let (kind, rows): (BillKind, Vec<BillInput<'_>>) = match file {
        File::Invoices(rows) => (BillKind::Invoice, rows.iter().map(|row| row.bill(&terms)).collect()),
        File::Payments(rows) => (BillKind::Payment, rows.iter().map(|row| row.bill(&terms)).collect()),
    };
    let dry = walk(store, kind, line, &rows, run, (3, false));
    assert_eq!(walk(store, kind, line, &rows, run, (2, true)), dry, "what is applied is the plan");
    dry
}

fn walk(
    store: &Store,
    kind: BillKind,
    line: LineId,
    rows: &[BillInput<'_>],
    run: i64,
    (batch, write): (usize, bool),
) -> BillCounts {
    let cx = testkit::at(DAY);
    let (mut seen, mut met, mut counts) = (Seen::default(), SeenBills::default(), BillCounts::default());
    for rows in rows.chunks(batch) {
        let planned = if write {
            store.write(&cx, |tx| {
                let mut planned = ops::plan_bills(&cx, tx, (&seen, &met), (kind, line), rows, run)?;
                ops::apply_bills(&cx, tx, &mut planned, run)?;
                Ok(planned)
            })
        } else {
            store.read(&cx, |tx| ops::plan_bills(&cx, tx, (&seen, &met), (kind, line), rows, run))
        };
        let planned = planned.unwrap();
        planned.learn(&mut seen, &mut met);
        counts.add(planned.counts);
    }
    counts
}

/// Takes an import back as the house does; gives the numbers of the bills that stay.
fn take_back(store: &Store, run: i64) -> Vec<String> {
    let cx = testkit::at(DAY);
    let mut stays = Vec::new();
    for kind in [BillKind::Payment, BillKind::Invoice] {
        let kept = store.write(&cx, |tx| {
            let changes = facts::changes(tx, run, kind.as_str(), 0, 10_000)?;
            let mut kept = Vec::new();
            for group in changes.chunks(2) {
                let dry = ops::take_back_bills(&cx, tx, kind, run, group, false)?;
                let taken = ops::take_back_bills(&cx, tx, kind, run, group, true)?;
                assert_eq!((dry.removed, dry.restored), (taken.removed, taken.restored));
                let stays: Vec<i64> = taken.kept.iter().map(|bill| bill.id).collect();
                let struck: Vec<i64> =
                    group.iter().map(|change| change.id).filter(|id| !stays.contains(id)).collect();
                facts::forget_changes(tx, run, kind.as_str(), &struck)?;
                kept.extend(taken.kept.into_iter().map(|bill| bill.number));
            }
            Ok(kept)
        });
        stays.extend(kept.unwrap());
    }
    stays.extend(crate::taken::take_back(store, run).orders);
    stays
}

/// What a customer bought, as the policy counts it (policy.md §3): what names nothing that it settles.
fn spent(store: &Store, key: &str) -> i64 {
    let bought = |fact: &Fact| matches!(fact, Fact::Order(_) | Fact::Invoice(_) | Fact::Payment(_));
    let facts = history(store, key).into_iter().map(|entry| entry.fact);
    facts.filter(|fact| bought(fact) && fact.about().is_none()).filter_map(|fact| fact.amount()).sum()
}

fn kinds(store: &Store, key: &str) -> Vec<&'static str> {
    history(store, key).iter().map(|entry| entry.fact.kind()).collect()
}

#[test]
fn an_order_its_invoice_and_its_payment_are_one_purchase_in_whatever_order_they_come() {
    let order = || vec![sale("1001", Some("c7"), "2025-03-04", "kettle", 1_000)];
    let bill = || File::Invoices(vec![InvoiceInput { order: Some("1001"), ..invoice("R-1", "c7", 1_200) }]);
    let paid = || File::Payments(vec![PaymentInput { invoice: Some("R-1"), ..payment("p1", "c7", 1_200) }]);
    for turn in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        on_both(|store| {
            for (what, run) in turn.into_iter().zip(1..) {
                match what {
                    0 => drop(bring(store, &order(), run)),
                    1 => drop(bring_bills(store, &bill(), run)),
                    _ => drop(bring_bills(store, &paid(), run)),
                }
            }
            let mut kinds = kinds(store, "c7");
            kinds.sort_unstable();
            assert_eq!(kinds, ["invoice", "order", "payment"], "{turn:?}");
            assert_eq!(spent(store, "c7"), 100_000, "{turn:?}: once, without tax");
        });
    }
}

#[test]
fn what_goes_leaves_the_others_to_count() {
    on_both(|store| {
        let paid = File::Payments(vec![PaymentInput { invoice: Some("R-1"), ..payment("p1", "c7", 1_200) }]);
        bring_bills(store, &paid, 1);
        let before = knowledge(store).0;
        assert_eq!(spent(store, "c7"), 120_000, "a payment alone is a purchase");
        bring_bills(store, &File::Invoices(vec![invoice("R-1", "c7", 1_200)]), 2);
        assert_eq!(spent(store, "c7"), 100_000);
        let with_invoice = knowledge(store).0;
        let void = InvoiceInput { status: InvoiceStatus::Void, ..invoice("R-1", "c7", 1_200) };
        let counts = bring_bills(store, &File::Invoices(vec![void]), 3);
        assert_eq!((counts.created, counts.updated), (0, 1));
        assert_eq!((kinds(store, "c7"), spent(store, "c7")), (vec!["payment"], 120_000));
        assert_eq!(take_back(store, 3), Vec::<String>::new());
        assert_eq!(knowledge(store).0, with_invoice);
        assert_eq!(take_back(store, 2), Vec::<String>::new());
        assert_eq!(knowledge(store).0, before);
    });
}

#[test]
fn an_order_taken_back_leaves_its_invoice_as_the_purchase() {
    on_both(|store| {
        let bill = File::Invoices(vec![InvoiceInput { order: Some("1001"), ..invoice("R-1", "c7", 1_200) }]);
        bring_bills(store, &bill, 1);
        let before = knowledge(store).0;
        bring(store, &[sale("1001", Some("c7"), "2025-03-04", "kettle", 1_000)], 2);
        assert_eq!(history(store, "c7").len(), 2);
        assert_eq!(take_back(store, 2), Vec::<String>::new());
        assert_eq!(knowledge(store).0, before);
    });
}

#[test]
fn what_goes_back_of_a_payment_lowers_the_purchase_that_it_paid() {
    on_both(|store| {
        bring(store, &[sale("1001", Some("c7"), "2025-03-04", "kettle", 1_000)], 1);
        let bill = InvoiceInput { order: Some("1001"), ..invoice("R-1", "c7", 1_200) };
        bring_bills(store, &File::Invoices(vec![bill]), 2);
        let paid =
            PaymentInput { invoice: Some("R-1"), refunded: Some(50_000), ..payment("p1", "c7", 1_200) };
        let failed = PaymentInput { status: PaymentStatus::Failed, ..payment("p2", "c7", 900) };
        let another = PaymentInput { invoice: Some("R-1"), ..payment("p3", "c8", 1_200) };
        bring_bills(store, &File::Payments(vec![paid, failed, another]), 3);
        let all = history(store, "c7");
        let order = all.iter().find(|entry| entry.fact.kind() == "order").unwrap().id;
        let refund = all.iter().find(|entry| entry.fact.kind() == "refund").unwrap();
        assert_eq!((refund.fact.about(), refund.fact.amount()), (Some(order), Some(50_000)));
        assert_eq!(history(store, "c8"), [], "who pays for somebody else has bought nothing");
        let credit = InvoiceInput { order: Some("1001"), ..invoice("G-1", "c7", -600) };
        bring_bills(store, &File::Invoices(vec![credit]), 4);
        assert_eq!(kinds(store, "c7").iter().filter(|kind| **kind == "refund").count(), 2);
    });
}

#[test]
fn bills_that_come_again_change_nothing_and_a_key_of_somebody_else_is_set_aside() {
    on_both(|store| {
        let rows = || {
            let other = InvoiceInput { party: Some(party("c8")), ..invoice("R-1", "c7", 300) };
            vec![invoice("R-1", "c7", 1_200), invoice("R-2", "c7", 600), invoice("R-1", "c7", 1_200), other]
        };
        let counts = bring_bills(store, &File::Invoices(rows()), 1);
        assert_eq!((counts.created, counts.repeated), (2, 1));
        let before = knowledge(store);
        assert_eq!(bring_bills(store, &File::Invoices(rows()), 1), counts, "begun again");
        let later = bring_bills(store, &File::Invoices(rows()), 2);
        assert_eq!((later.created, later.updated, later.linked), (0, 0, 2));
        assert_eq!(knowledge(store), before);
        take_back(store, 1);
        assert_eq!(history(store, "c7").len(), 2, "the later file says them too");
        take_back(store, 2);
        assert!(account(store, "c7").0 < 0, "nobody is left");
    });
}

#[test]
fn what_was_recorded_on_a_bill_by_hand_keeps_it() {
    on_both(|store| {
        bring_bills(store, &File::Invoices(vec![invoice("R-1", "c7", 1_200)]), 1);
        let entry = history(store, "c7").remove(0);
        let cx = testkit::at(DAY);
        store
            .write(&cx, |tx| {
                let id = facts::allocate_facts(tx, 1)?.next().unwrap();
                let refund = timeline::fact::Refund { amount: 10_000, of: Some(entry.id), reason: None };
                let fact = Fact::Refund(refund);
                let new = facts::NewFact {
                    id,
                    account: entry.account,
                    line: entry.line,
                    occurred: entry.occurred,
                    currency: entry.currency,
                    source: None,
                    fact,
                };
                facts::append(&cx, tx, &[new])
            })
            .unwrap();
        assert_eq!(take_back(store, 1), ["R-1"]);
        assert_eq!(history(store, "c7").len(), 2);
    });
}
