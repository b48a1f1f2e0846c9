//! What can be done with orders.

mod batch;
mod bill_figures;
mod billing;
mod bills;
mod bills_list;
mod bills_taken;
mod figures;
mod invoices;
mod lines;
mod payments;
mod record;
mod sold;
mod taken;
mod tell;

pub use self::{
    batch::{apply, plan, plan_after},
    bill_figures::{WhichBills, bill_figures},
    billing::RecordedBills,
    bills::{BillCounts, PlannedBills, SeenBills, apply_bills, plan_bills},
    bills_list::{BillsOf, ShownBill, ShownOwed, list_invoices, list_payments, owed},
    bills_taken::{KeptBill, TakenBills, take_back_bills},
    figures::{Which, figures},
    invoices::{NewInvoice, RecordInvoices, record_invoices},
    lines::{OfFact, ShownLine, ShownOrder, lines},
    payments::{NewPayment, RecordPayments, record_payments},
    record::{NewLine, NewOrder, Record, record_orders},
    sold::{WhichArticles, WhichCategories, articles, categories},
    taken::{CHANGE, KeptOrder, Taken, is_used, take_back, who_ordered},
};

use slice::{Operation, op};

/// The operation table.
pub fn table() -> Vec<Operation> {
    vec![
        op(figures::FIGURES, figures),
        op(sold::ARTICLES, articles),
        op(sold::CATEGORIES, categories),
        op(record::RECORD, record_orders),
        op(lines::LINES, lines),
        op(bill_figures::FIGURES, bill_figures),
        op(invoices::INVOICES, record_invoices),
        op(payments::PAYMENTS, record_payments),
        op(bills_list::INVOICES, list_invoices),
        op(bills_list::PAYMENTS, list_payments),
    ]
}
