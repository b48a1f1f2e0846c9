//! The figures of invoices and payments: what was billed and paid, what is owed, how late, how regularly.

mod adding;

pub use self::adding::BillAdding;

use kernel::Currency;
use schemars::JsonSchema;
use serde::Serialize;

/// The figures of invoices and payments. Amounts are in major units; currencies are never added.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct BillFigures {
    /// Of invoices.
    pub invoices: InvoiceFigures,
    /// Of payments.
    pub payments: PaymentFigures,
}

/// The figures of invoices.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct InvoiceFigures {
    /// Invoices that count.
    pub count: i64,
    /// Drafts, and those taken back or deleted.
    pub not_counted: i64,
    /// Accounts with at least one that counts.
    pub customers: i64,
    /// Accounts with at least two.
    pub repeat_customers: i64,
    /// The second in percent of the first.
    pub repeat_rate: String,
    /// Those that say when they were paid in full.
    pub paid: i64,
    /// Of these, those paid after they were due.
    pub paid_late: i64,
    /// The median of days from the day due to the day paid; below zero for early.
    pub days_after_due: String,
    /// By currency.
    pub money: Vec<InvoiceMoney>,
}

/// What was billed in one currency.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct InvoiceMoney {
    /// The currency.
    pub currency: Currency,
    /// What invoices come to, tax included.
    pub billed: String,
    /// What credit notes give back.
    pub credited: String,
    /// What is still to be paid: as the source says, else the rest after the payments that name the invoice.
    pub owed: String,
}

/// The figures of payments.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct PaymentFigures {
    /// Payments that came in.
    pub count: i64,
    /// Those that did not, or not yet.
    pub not_counted: i64,
    /// Accounts with at least one.
    pub customers: i64,
    /// Accounts with at least two.
    pub repeat_customers: i64,
    /// The second in percent of the first.
    pub repeat_rate: String,
    /// By currency.
    pub money: Vec<PaymentMoney>,
    /// What arrived on our account, by its currency, where that is told.
    pub settled: Vec<Settled>,
    /// Days from one payment of an account to its next.
    pub days_between: Between,
    /// Who has not paid for long; absent without payments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub silent: Option<Silent>,
}

/// What came in in one currency.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PaymentMoney {
    /// The currency.
    pub currency: Currency,
    /// What came in.
    pub paid: String,
    /// What went back of it.
    pub refunded: String,
}

/// What arrived in one currency, and what was kept of it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Settled {
    /// The currency.
    pub currency: Currency,
    /// What arrived, before fees.
    pub amount: String,
    /// What whoever handled it kept.
    pub fees: String,
    /// That in percent.
    pub fee_share: String,
}

/// Days from one payment of an account to its next.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Between {
    /// How many there are.
    pub gaps: i64,
    /// Their median.
    pub median: String,
    /// Of these, 28 to 31 days.
    pub monthly: i64,
    /// That in percent.
    pub monthly_share: String,
}

/// Who has not paid for more than so many days.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Silent {
    /// So many.
    pub days: i64,
    /// Seen from this day, the last of all payments.
    pub until: String,
    /// Accounts.
    pub customers: i64,
    /// Of these, those with at least two payments.
    pub repeat_customers: i64,
}
