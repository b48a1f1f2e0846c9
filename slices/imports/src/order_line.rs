//! One record of a file as the typed input of the operation `orders.record`, or the reason why it is not one.

use std::borrow::Cow;

use kernel::{Currency, Moment};

use crate::Identity;

/// What a record became.
#[expect(clippy::large_enum_variant, reason = "nearly all records are lines, and none is kept in this form")]
#[derive(Clone, Debug, PartialEq)]
pub enum Read<'r> {
    /// A line of an order.
    Line(OrderLine<'r>),
    /// Not understood; the rest of the file goes on.
    Rejected(Rejection),
}

/// A line of an order. Its texts are borrowed from the record, so a line costs no allocation.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderLine<'r> {
    /// The record in the file, the first after the header being 1.
    pub row: i64,
    /// What makes the record the same one in another export, whatever a spreadsheet did to its looks.
    pub identity: Identity,
    /// What makes its order the same one: the order number, else the party and the day.
    pub order_key: Cow<'r, str>,
    /// The order number as the file writes it; empty where it numbers no orders.
    pub number: Cow<'r, str>,
    /// What kind of line it is.
    pub kind: LineKind,
    /// Postage, bank charges and the like: money, but nothing that was bought.
    pub fee: bool,
    /// Whose it is; absent for a sale to nobody we can name.
    pub party: Option<PartyKey<'r>>,
    /// When it happened.
    pub at: Moment,
    /// What was bought, as an article number; empty where the file does not say.
    pub sku: Cow<'r, str>,
    /// What was bought, in words; empty where the file does not say.
    pub description: Cow<'r, str>,
    /// How many, in ten-thousandths; one where the file does not say.
    pub quantity: i64,
    /// The price of one, in ten-thousandths of the major unit, where the file says.
    pub unit_price: Option<i64>,
    /// What the line comes to, in ten-thousandths of the major unit; negative for a cancellation.
    pub amount: i64,
    /// The currency of its amounts.
    pub currency: Currency,
    /// Who of us sold its order; empty where the file does not say.
    pub seller: Cow<'r, str>,
    /// What was asked for sending its order, beside its lines, in ten-thousandths of the major unit.
    pub freight: i64,
    /// Why it is taken out, of one that is.
    pub left_out: Option<String>,
}

/// What kind of line a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// Something was bought.
    Sale,
    /// A purchase was cancelled, or something came back.
    Cancellation,
    /// An entry of bookkeeping: a bad debt, a correction.
    Adjustment,
    /// Stock that moved: counted, damaged, given away. Nothing was bought.
    Movement,
    /// Taken out by a rule of the mapping: a test row, a draft, a voided document.
    Excluded,
}

/// Who a line belongs to, by the words of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyKey<'r> {
    /// In whose numbering `id` is: ids of two files need not be the same.
    pub space: &'r str,
    /// The id; an email address or a name where the file has no id.
    pub id: Cow<'r, str>,
    /// Its name, where the file says.
    pub name: Option<&'r str>,
    /// Its country, where the file says.
    pub country: Option<&'r str>,
    /// Its email address, where the file says.
    pub email: Option<&'r str>,
}

/// A record that could not be read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// The record in the file, the first after the header being 1.
    pub row: i64,
    /// The column at fault, where it is one.
    pub column: Option<String>,
    /// What stands there, shortened to what fits a table.
    pub value: String,
    /// Why it cannot be read, as a lower-case fragment.
    pub reason: String,
}
