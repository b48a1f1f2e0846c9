//! Orders with their lines, cancellations and fees; each order tells the timeline what happened.

pub mod bill;
pub mod bill_figures;
mod deeds;
pub mod facts;
pub mod figures;
mod foreseen;
pub mod invoice;
pub mod ops;
pub mod order;
pub mod pages;
mod panels;
pub mod payment;
pub mod planned;
pub mod store;
pub mod tally;

pub use bill::{BillInput, BillKind, BillTerms};
pub use foreseen::Foreseen;
pub use invoice::{InvoiceInput, InvoiceStatus};
pub use ops::{SeenBills, apply, apply_bills, plan, plan_after, plan_bills, take_back_bills};
pub use order::{LineInput, LineKind, Terms};
pub use payment::{PaymentInput, PaymentStatus};
pub use planned::Planned;
pub use tally::Tally;

use ::store::Migration;
use slice::Slice;

const MIGRATIONS: &[Migration] = &[
    Migration { slice: "orders", number: 1, sql: include_str!("../migrations/0001_orders.sql") },
    Migration { slice: "orders", number: 2, sql: include_str!("../migrations/0002_orders_currency.sql") },
    Migration { slice: "orders", number: 3, sql: include_str!("../migrations/0003_orders_party.sql") },
    Migration { slice: "orders", number: 4, sql: include_str!("../migrations/0004_bills.sql") },
    Migration { slice: "orders", number: 5, sql: include_str!("../migrations/0005_seller.sql") },
];

/// What the orders bring to the house.
pub fn slice() -> Slice {
    Slice {
        name: "orders",
        migrations: MIGRATIONS,
        tables: &[&store::ORDERS, &store::ORDER_LINE, &store::INVOICE, &store::PAYMENT],
        operations: ops::table(),
        pages: pages::PAGES,
        panels: panels::PANELS,
        finders: &[slice::Finder { find: pages::find::numbers }],
        agendas: &[],
        consequences: &[],
        deeds: deeds::deed,
        jobs: &[],
    }
}
