//! The tables of known systems are recognised, and every row of the real ones is read or refused with a reason.

use std::path::PathBuf;

use crate::{OrderLines, Read, Source, Target, TypedRows, propose, sniff};

/// What is read of a table: rows that are kept, rows that a rule leaves out, rows that are refused.
type Counted = (u64, u64, u64);

fn data(path: &str) -> Option<Source> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    if !path.exists() {
        eprintln!("not run on {path:?}, which is not there");
        return None;
    }
    Some(Source::open(&path).unwrap())
}

fn read(path: &str) -> Option<(Option<&'static str>, Counted, Vec<String>)> {
    let file = data(path)?;
    let dialect = sniff(&file).unwrap();
    let proposal = propose(file, &dialect).unwrap_or_else(|problem| panic!("{path}: {problem}"));
    let mut mapping = proposal.mapping;
    // What is looked up in other files is tried where they come together.
    let lookups: Vec<_> =
        std::mem::take(&mut mapping.lookups).into_keys().map(|name| format!("{name}.")).collect();
    mapping.columns.retain(|_, column| !lookups.iter().any(|name| column.starts_with(name)));
    if mapping.fixed.currency.is_none() {
        mapping.fixed.currency = kernel::Currency::parse("USD").ok();
    }
    let (mut kept, mut excluded, mut refused) = (0, 0, Vec::new());
    let open = || data(path).unwrap();
    if mapping.target == Target::OrdersRecord {
        let mut lines = OrderLines::open(open(), &dialect, &mapping).unwrap();
        while let Some(line) = lines.read().unwrap() {
            match line {
                Read::Rejected(rejection) => refused.push(rejection),
                Read::Line(line) if line.kind == crate::LineKind::Excluded => excluded += 1,
                Read::Line(_) => kept += 1,
            }
        }
    } else {
        let mut rows = TypedRows::open(open(), &dialect, &mapping).unwrap();
        while let Some(row) = rows.read().unwrap() {
            match row {
                Err(rejection) => refused.push(rejection),
                Ok(row) if row.excluded.is_some() => excluded += 1,
                Ok(_) => kept += 1,
            }
        }
    }
    let reasons = refused.iter().take(5).map(|one| format!("{} {:?} {}", one.row, one.column, one.reason));
    let reasons = reasons.collect();
    Some((proposal.ready, (kept, excluded, u64::try_from(refused.len()).unwrap()), reasons))
}

/// Each: the file, the table it is recognised as, what is read of it.
const TABLES: &[(&str, &str, Counted)] = &[
    ("northwind/csv/Customers.csv", "northwind: customers", (93, 0, 0)),
    ("northwind/csv/Products.csv", "northwind: products", (77, 0, 0)),
    ("sf_lobby_clients/client_payments.csv.gz", "sf_lobby_clients: payments", (19_812, 0, 0)),
    ("sf_lobby_clients/clients.csv", "sf_lobby_clients: clients", (3_973, 0, 0)),
    ("ravenstack_saas/ravenstack_accounts.csv", "ravenstack_saas: accounts", (500, 0, 0)),
    ("ravenstack_saas/ravenstack_subscriptions.csv", "ravenstack_saas: subscriptions", (5_000, 0, 0)),
    ("ravenstack_saas/ravenstack_support_tickets.csv", "ravenstack_saas: tickets", (2_000, 0, 0)),
    ("ravenstack_saas/ravenstack_churn_events.csv", "ravenstack_saas: churn events", (600, 0, 0)),
    ("telco_churn/Telco-Customer-Churn.csv", "telco_churn: customers", (7_043, 0, 0)),
    (
        "adventureworks_sales/AdventureWorks_Customers.csv.gz",
        "adventureworks_sales: customers",
        (18_148, 0, 0),
    ),
    ("adventureworks_sales/AdventureWorks_Products.csv", "adventureworks_sales: products", (293, 0, 0)),
    ("complete_journey/transactions_sample.csv.gz", "complete_journey: transactions", (75_000, 0, 0)),
    ("complete_journey/products.csv.gz", "complete_journey: products", (92_331, 0, 0)),
    ("complete_journey/demographics.csv", "complete_journey: demographics", (801, 0, 0)),
    ("exports_api/shopify/shopify_customer_data.csv", "shopify: customers", (4, 0, 0)),
    ("exports_api/shopify/shopify_order_data.csv", "shopify: orders", (8, 0, 0)),
    ("exports_csv/stripe/payments.csv", "stripe: payments", (622, 0, 0)),
    ("exports_csv/stripe/unified_payments.csv", "stripe: unified payments", (1, 0, 0)),
    ("exports_api/stripe/customer_data.csv", "stripe: customers", (12, 0, 0)),
    ("exports_api/hubspot/company_data.csv", "hubspot: companies", (24, 0, 0)),
    ("exports_api/hubspot/contact_data.csv", "hubspot: contacts", (22, 0, 0)),
    ("exports_csv/salesforce/accountData.csv", "salesforce: accounts", (423, 0, 0)),
    ("exports_csv/salesforce/opportunityData.csv", "salesforce: opportunities", (38, 0, 0)),
    ("exports_api/salesforce/sf_account_data.csv", "salesforce: accounts", (10, 0, 0)),
    ("exports_api/salesforce/sf_contact_data.csv", "salesforce: contacts", (3, 0, 1)),
    ("exports_api/salesforce/sf_opportunity_data.csv", "salesforce: opportunities", (10, 0, 0)),
    ("exports_api/zendesk/ticket_data.csv", "zendesk: tickets", (8, 2, 0)),
    ("exports_api/zendesk/user_data.csv", "zendesk: users", (10, 0, 0)),
    ("exports_api/zendesk/organization_data.csv", "zendesk: organizations", (10, 0, 0)),
    ("exports_api/intercom/contact_history_data.csv", "intercom: contacts", (9, 0, 0)),
    ("exports_api/intercom/company_history_data.csv", "intercom: companies", (9, 0, 0)),
    ("exports_api/intercom/conversation_history_data.csv", "intercom: conversations", (9, 0, 0)),
    ("exports_api/quickbooks/customer_data.csv", "quickbooks: customers", (5, 0, 0)),
    ("exports_api/quickbooks/invoice_data.csv", "quickbooks: invoices", (5, 0, 11)),
    ("exports_api/quickbooks/payment_data.csv", "quickbooks: payments", (12, 0, 0)),
    ("exports_api/quickbooks/item_data.csv", "quickbooks: items", (10, 0, 0)),
    ("exports_api/xero/xero_contact_data.csv", "xero: contacts", (152, 0, 0)),
    ("exports_api/xero/xero_invoice_data.csv", "xero: invoices", (117, 484, 0)),
    ("exports_api/mailchimp/member.csv", "mailchimp: members", (9, 0, 0)),
    ("timesheets/clockify_time_entries_import_test_1.csv", "clockify: time entries", (1, 0, 1)),
    ("timesheets/harvest_time_entries_import_test_1.csv", "harvest: time entries", (1, 0, 1)),
    ("timesheets/toggl_time_entries_import_test_1.csv", "toggl: time entries", (1, 0, 1)),
];

#[test]
fn every_row_of_known_systems_is_read() {
    let mut wrong = Vec::new();
    for (path, table, counted) in TABLES {
        let Some((ready, found, reasons)) = read(path) else { continue };
        if ready != Some(*table) || found != *counted {
            wrong.push(format!("{path}: {ready:?} {found:?} {reasons:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_known_table_is_known_in_another_order_case_and_with_columns_more() {
    let text = "Note,mrr AMOUNT,Billing-Frequency,SUBSCRIPTION_ID,account id,Start_Date\nx,\"1.234,50\",monthly,S-1,A-1,03.04.2024\ny,\"2.000,00\",monthly,S-2,A-2,31.12.2024\n";
    let file = super::source(text.as_bytes()).unwrap();
    let dialect = sniff(&file).unwrap();
    let proposal = propose(file, &dialect).unwrap();
    assert_eq!(proposal.ready, Some("ravenstack_saas: subscriptions"));
    assert_eq!(proposal.mapping.formats.decimal.as_str(), ",");
    let mut rows =
        TypedRows::open(super::source(text.as_bytes()).unwrap(), &dialect, &proposal.mapping).unwrap();
    let row = rows.read().unwrap().unwrap().unwrap();
    assert_eq!(row.number(crate::Meaning::Recurring), Some(12_345_000));
    assert_eq!(row.at(crate::Meaning::Start).unwrap().iso(), "2024-04-03");
}
