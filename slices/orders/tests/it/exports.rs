//! Real exports of an accounting program and of a payment provider: the figures are those that were worked out elsewhere
//! (data.md, exports).

use std::{collections::BTreeMap, fs, path::PathBuf};

use ::store::Store;
use accounts::{Party, Seen};
use kernel::{Currency, Day, Moment, Money};
use orders::{
    BillInput, BillKind, BillTerms, InvoiceInput, InvoiceStatus, PaymentInput, PaymentStatus, SeenBills, ops,
};
use serde_json::{Value, json};
use timeline::store as facts;

use crate::{DAY, on_both, run};

/// The records of a file by the names of their columns; none where the folder is absent. Its cells hold neither
/// separators nor line breaks within quotes.
fn records(path: &str, separator: char) -> Option<Vec<BTreeMap<String, String>>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    let Ok(text) = fs::read_to_string(&path) else {
        eprintln!("not run: {} is absent", path.display());
        return None;
    };
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let split =
        |line: &str| line.trim_end().split(separator).map(|cell| cell.trim_matches('"').to_owned()).collect();
    let head: Vec<String> = split(lines.next()?);
    Some(lines.map(|line| head.iter().cloned().zip::<Vec<String>>(split(line)).collect()).collect())
}

fn bring(store: &Store, kind: BillKind, line: timeline::LineId, rows: &[BillInput<'_>]) {
    let cx = testkit::at(DAY);
    let (mut seen, mut met) = (Seen::default(), SeenBills::default());
    for rows in rows.chunks(200) {
        let planned = store.write(&cx, |tx| {
            let mut planned = ops::plan_bills(&cx, tx, (&seen, &met), (kind, line), rows, 1)?;
            ops::apply_bills(&cx, tx, &mut planned, 1)?;
            Ok(planned)
        });
        planned.unwrap().learn(&mut seen, &mut met);
    }
}

fn terms(store: &Store) -> BillTerms {
    let cx = testkit::at(DAY);
    let line = store.write(&cx, |tx| facts::line_named(tx, "Shop", "saas", false)).unwrap().id;
    BillTerms { line, offer: None, channel: None, stands_alone: true }
}

fn party(key: &str) -> Option<Party<'_>> {
    Some(Party { space: "contacts", key, name: None, country: None, email: None })
}

fn money(text: &str, currency: Currency) -> i64 {
    Money::parse(text, currency).unwrap().amount
}

fn figures(store: &Store) -> Value {
    run(store, "billing.figures", json!({ "line": "Shop" })).unwrap()
}

#[test]
fn the_sales_invoices_of_an_accounting_program_add_up() {
    let Some(records) = records("exports_api/xero/xero_invoice_data.csv", ',') else { return };
    let sales: Vec<_> = records.iter().filter(|record| record["type"] == "ACCREC").collect();
    assert_eq!((records.len() - sales.len(), sales.len()), (484, 117));
    on_both(|store| {
        let terms = terms(store);
        let rows = sales.iter().map(|record| {
            let currency = Currency::parse(&record["currency_code"]).unwrap();
            let day = |field: &str| record[field].get(..10).and_then(|day| Day::parse(day).ok());
            let status = match record["status"].as_str() {
                "PAID" => InvoiceStatus::Paid,
                "AUTHORISED" => InvoiceStatus::Open,
                "DRAFT" | "SUBMITTED" => InvoiceStatus::Draft,
                "VOIDED" => InvoiceStatus::Void,
                _ => InvoiceStatus::Deleted,
            };
            let input = InvoiceInput {
                row: 1,
                key: &record["invoice_id"],
                number: &record["invoice_number"],
                party: party(&record["contact_id"]),
                issued: day("date").unwrap().moment(),
                due: day("due_date"),
                paid_on: day("fully_paid_on_date"),
                amount: money(&record["total"], currency),
                tax: Some(money(&record["total_tax"], currency)),
                owed: Some(money(&record["amount_due"], currency)),
                currency,
                status,
                order: None,
                period: (None, None),
            };
            input.bill(&terms)
        });
        let rows: Vec<_> = rows.collect();
        bring(store, BillKind::Invoice, terms.line, &rows);
        let told = figures(store)["invoices"].clone();
        assert_eq!((&told["count"], &told["not_counted"]), (&json!(116), &json!(1)));
        assert_eq!((&told["customers"], &told["repeat_customers"]), (&json!(18), &json!(15)));
        assert_eq!(told["repeat_rate"], "83.33");
        assert_eq!(
            told["money"],
            json!([
                { "currency": "GBP", "billed": "92057.50", "credited": "0.00", "owed": "12735.00" },
                { "currency": "USD", "billed": "308484.09", "credited": "0.00", "owed": "30106.00" },
            ])
        );
        assert_eq!(
            (&told["paid"], &told["paid_late"], &told["days_after_due"]),
            (&json!(103), &json!(43), &json!("-1"))
        );
    });
}

#[test]
fn the_payments_of_a_payment_provider_add_up() {
    let Some(records) = records("exports_csv/stripe/payments.csv", ';') else { return };
    on_both(|store| {
        let terms = terms(store);
        let keys: Vec<String> = (1..=records.len()).map(|n| n.to_string()).collect();
        let rows = records.iter().zip(&keys).map(|(record, key)| {
            let currency = Currency::parse(&record["Currency"].to_uppercase()).unwrap();
            let settled = Currency::parse(&record["Converted Currency"].to_uppercase()).unwrap();
            let at = format!("{}Z", record["Created date (UTC)"].replace(' ', "T"));
            let at = at.parse::<jiff::Timestamp>().unwrap();
            let input = PaymentInput {
                row: 1,
                key,
                number: &record["Invoice Number"],
                party: party(&record["Customer ID"]),
                paid: Moment::at(at.as_microsecond()),
                amount: money(&record["Amount"], currency),
                tax: None,
                refunded: None,
                currency,
                fee: Some(money(&record["Fee"], settled)),
                settled: Some((money(&record["Converted Amount"], settled), settled)),
                method: Some(&record["Payment Source Type"]),
                status: PaymentStatus::Succeeded,
                invoice: Some(&record["Invoice Number"]),
                order: None,
            };
            input.bill(&terms)
        });
        let rows: Vec<_> = rows.collect();
        bring(store, BillKind::Payment, terms.line, &rows);
        let told = figures(store)["payments"].clone();
        let counts = ["count", "customers", "repeat_customers"].map(|field| told[field].clone());
        assert_eq!((counts, &told["repeat_rate"]), ([json!(622), json!(197), json!(143)], &json!("72.59")));
        assert_eq!(
            told["money"],
            json!([
                { "currency": "EUR", "paid": "3107.50", "refunded": "0.00" },
                { "currency": "MXN", "paid": "19115.00", "refunded": "0.00" },
                { "currency": "USD", "paid": "3553.00", "refunded": "0.00" },
            ])
        );
        let settled = &told["settled"][0];
        assert_eq!((&settled["currency"], &settled["amount"]), (&json!("THB"), &json!("284332.30")));
        assert_eq!(settled["fee_share"], "6.94");
        let between = &told["days_between"];
        assert_eq!((&between["median"], &between["monthly_share"]), (&json!("30"), &json!("72.47")));
        let silent = &told["silent"];
        assert_eq!((&silent["customers"], &silent["repeat_customers"]), (&json!(62), &json!(35)));
        assert_eq!(silent["until"], "2024-06-07");
    });
}
