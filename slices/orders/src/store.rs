//! The tables of orders.

pub mod bills;
mod figures;
pub mod finding;
mod lines;
mod orders;
pub mod owed;
mod sold;
mod taken;
mod traces;

pub use self::{
    figures::{count_accounts, count_numbers, for_each, keys, names, never_bought},
    lines::{OrderHead, StoredLine, lines, occurred, of_fact},
    orders::{ByKey, find, write},
    sold::{Sold, articles, categories},
    taken::{HeldLine, WholeOrder, inherit, is_used, remove, shrink, who_ordered, whole},
    traces::{Trace, hidden, traces},
};
pub use crate::order::{CountedOrder, StoredOrder};

use ::store::{Column, ColumnKind, DataClass, Table};

/// The orders.
pub const ORDERS: Table = Table {
    name: "orders",
    columns: &[
        Column { name: "id", kind: ColumnKind::Id("order") },
        Column { name: "line", kind: ColumnKind::Ref("line") },
        Column { name: "order_key", kind: ColumnKind::Text },
        Column { name: "number", kind: ColumnKind::Text },
        Column { name: "account", kind: ColumnKind::Ref("account") },
        Column { name: "placed_at", kind: ColumnKind::Moment },
        Column { name: "date_only", kind: ColumnKind::Int },
        Column { name: "currency", kind: ColumnKind::Text },
        Column { name: "offer", kind: ColumnKind::Text },
        Column { name: "channel", kind: ColumnKind::Text },
        Column { name: "line_count", kind: ColumnKind::Int },
        Column { name: "sale_lines", kind: ColumnKind::Int },
        Column { name: "fee_lines", kind: ColumnKind::Int },
        Column { name: "cancelled_lines", kind: ColumnKind::Int },
        Column { name: "goods", kind: ColumnKind::Amount },
        Column { name: "fees", kind: ColumnKind::Amount },
        Column { name: "cancelled", kind: ColumnKind::Amount },
        Column { name: "order_fact", kind: ColumnKind::Ref("fact") },
        Column { name: "refund_fact", kind: ColumnKind::Ref("fact") },
        Column { name: "run", kind: ColumnKind::Origin },
        Column { name: "seller", kind: ColumnKind::Text },
        Column { name: "freight", kind: ColumnKind::Amount },
    ],
    key: &["id"],
    account: Some("account"),
    class: DataClass::Personal,
    canonical: true,
};

/// Their lines.
pub const ORDER_LINE: Table = Table {
    name: "order_line",
    columns: &[
        Column { name: "order_id", kind: ColumnKind::Ref("order") },
        Column { name: "n", kind: ColumnKind::Int },
        Column { name: "identity", kind: ColumnKind::Int },
        Column { name: "kind", kind: ColumnKind::Text },
        Column { name: "fee", kind: ColumnKind::Int },
        Column { name: "sku", kind: ColumnKind::Text },
        Column { name: "description", kind: ColumnKind::Text },
        Column { name: "quantity", kind: ColumnKind::Amount },
        Column { name: "unit_price", kind: ColumnKind::Amount },
        Column { name: "amount", kind: ColumnKind::Amount },
        Column { name: "run", kind: ColumnKind::Origin },
        Column { name: "row", kind: ColumnKind::Origin },
    ],
    key: &["order_id", "n"],
    account: None,
    class: DataClass::Personal,
    canonical: true,
};

/// The invoices.
pub const INVOICE: Table = Table {
    name: "invoice",
    columns: &[
        Column { name: "id", kind: ColumnKind::Id("invoice") },
        Column { name: "line", kind: ColumnKind::Ref("line") },
        Column { name: "key", kind: ColumnKind::Text },
        Column { name: "account", kind: ColumnKind::Ref("account") },
        Column { name: "number", kind: ColumnKind::Text },
        Column { name: "currency", kind: ColumnKind::Text },
        Column { name: "at", kind: ColumnKind::Moment },
        Column { name: "date_only", kind: ColumnKind::Int },
        Column { name: "due", kind: ColumnKind::Day },
        Column { name: "paid_on", kind: ColumnKind::Day },
        Column { name: "amount", kind: ColumnKind::Amount },
        Column { name: "tax", kind: ColumnKind::Amount },
        Column { name: "owed", kind: ColumnKind::Amount },
        Column { name: "status", kind: ColumnKind::Text },
        Column { name: "order_key", kind: ColumnKind::Text },
        Column { name: "offer", kind: ColumnKind::Text },
        Column { name: "channel", kind: ColumnKind::Text },
        Column { name: "period_start", kind: ColumnKind::Day },
        Column { name: "period_end", kind: ColumnKind::Day },
        Column { name: "stands_alone", kind: ColumnKind::Int },
        Column { name: "fact", kind: ColumnKind::Ref("fact") },
        Column { name: "refund_fact", kind: ColumnKind::Ref("fact") },
        Column { name: "run", kind: ColumnKind::Origin },
        Column { name: "row", kind: ColumnKind::Origin },
    ],
    key: &["id"],
    account: Some("account"),
    class: DataClass::Personal,
    canonical: true,
};

/// The payments.
pub const PAYMENT: Table = Table {
    name: "payment",
    columns: &[
        Column { name: "id", kind: ColumnKind::Id("payment") },
        Column { name: "line", kind: ColumnKind::Ref("line") },
        Column { name: "key", kind: ColumnKind::Text },
        Column { name: "account", kind: ColumnKind::Ref("account") },
        Column { name: "number", kind: ColumnKind::Text },
        Column { name: "currency", kind: ColumnKind::Text },
        Column { name: "at", kind: ColumnKind::Moment },
        Column { name: "date_only", kind: ColumnKind::Int },
        Column { name: "amount", kind: ColumnKind::Amount },
        Column { name: "tax", kind: ColumnKind::Amount },
        Column { name: "refunded", kind: ColumnKind::Amount },
        Column { name: "fee", kind: ColumnKind::Amount },
        Column { name: "settled", kind: ColumnKind::Amount },
        Column { name: "settled_currency", kind: ColumnKind::Text },
        Column { name: "method", kind: ColumnKind::Text },
        Column { name: "status", kind: ColumnKind::Text },
        Column { name: "invoice_key", kind: ColumnKind::Text },
        Column { name: "order_key", kind: ColumnKind::Text },
        Column { name: "offer", kind: ColumnKind::Text },
        Column { name: "channel", kind: ColumnKind::Text },
        Column { name: "stands_alone", kind: ColumnKind::Int },
        Column { name: "fact", kind: ColumnKind::Ref("fact") },
        Column { name: "refund_fact", kind: ColumnKind::Ref("fact") },
        Column { name: "run", kind: ColumnKind::Origin },
        Column { name: "row", kind: ColumnKind::Origin },
    ],
    key: &["id"],
    account: Some("account"),
    class: DataClass::Personal,
    canonical: true,
};
