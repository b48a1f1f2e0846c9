//! The pages of orders: the order behind a fact, the bills of an account, and the figures.

mod bill_new;
mod billing;
mod bills;
mod fact;
mod figures;
pub(crate) mod find;
mod order;
mod order_new;
mod sold;
mod typed;

use kernel::Permission::Write;
use slice::PageRoute;

/// The pages.
pub const PAGES: &[PageRoute] = &[
    PageRoute::get("/accounts/{id}/bills", bills::page).by("All bills", &["invoices.list", "payments.list"]),
    PageRoute::get("/accounts/{id}/facts/{fact}", order::page)
        .by("(its sentence in the timeline)", &["fact.lines"]),
    PageRoute::get("/accounts/{id}/orders/new", order_new::page).asks(Write).by("Record an order", &[]),
    PageRoute::post("/accounts/{id}/orders", order_new::write).by("Record it", &["orders.record"]),
    PageRoute::get("/accounts/{id}/invoices/new", bill_new::invoice).asks(Write).by("Record an invoice", &[]),
    PageRoute::post("/accounts/{id}/invoices", bill_new::write_invoice).by("Record it", &["invoices.record"]),
    PageRoute::get("/accounts/{id}/payments/new", bill_new::payment).asks(Write).by("Record a payment", &[]),
    PageRoute::post("/accounts/{id}/payments", bill_new::write_payment).by("Record it", &["payments.record"]),
    PageRoute::get("/figures", figures::page).by("Figures", &["figures.view"]),
    PageRoute::get("/figures/bills", billing::page).by("Bills added up", &["billing.figures"]),
    PageRoute::get("/figures/categories", sold::page)
        .by("What was sold, by category", &["figures.categories", "figures.articles"]),
];
