//! An order: what was bought at once under one number, with what was cancelled and what were mere fees.

use accounts::Party;
use kernel::{Currency, Moment};
use timeline::{
    LineId,
    fact::{Channel, Offer},
};

/// What holds for all orders of a source because the source does not tell.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// The service line.
    pub line: LineId,
    /// What kind of thing was bought.
    pub offer: Option<Offer>,
    /// How it was bought.
    pub channel: Option<Channel>,
}

/// A line of an order on its way in.
#[derive(Clone, Debug)]
pub struct LineInput<'a> {
    /// The record in its file, the first after the header being 1.
    pub row: i64,
    /// A hash of what the record says: two lines of one order with the same hash are one line said twice, unless
    /// the file itself says it twice.
    pub identity: i64,
    /// What makes its order the same one.
    pub order_key: &'a str,
    /// The order number as written; empty where the source numbers no orders.
    pub number: &'a str,
    /// What kind of line it is.
    pub kind: LineKind,
    /// Postage, bank charges and the like: money, but nothing that was bought.
    pub fee: bool,
    /// Whose it is; absent for a sale to nobody we can name.
    pub party: Option<Party<'a>>,
    /// When it happened.
    pub at: Moment,
    /// The article number, or empty.
    pub sku: &'a str,
    /// What was bought, in words, or empty.
    pub description: &'a str,
    /// How many, in ten-thousandths.
    pub quantity: i64,
    /// The price of one, in ten-thousandths of the major unit.
    pub unit_price: Option<i64>,
    /// What the line comes to, in ten-thousandths of the major unit; negative for what goes back.
    pub amount: i64,
    /// The currency of its amounts.
    pub currency: Currency,
    /// Who of us sold its order, or empty; what the first line of an order says holds.
    pub seller: &'a str,
    /// What was asked for sending its order, beside all its lines, in ten-thousandths of the major unit; as above.
    pub freight: i64,
}

/// What kind of line it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Something was bought.
    Sale,
    /// A purchase was cancelled, or something came back.
    Cancellation,
    /// An entry of bookkeeping.
    Adjustment,
    /// Stock that moved; nothing was bought.
    Movement,
}

impl LineKind {
    const ALL: [LineKind; 4] =
        [LineKind::Sale, LineKind::Cancellation, LineKind::Adjustment, LineKind::Movement];

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<LineKind> {
        LineKind::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The word in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            LineKind::Sale => "sale",
            LineKind::Cancellation => "cancellation",
            LineKind::Adjustment => "adjustment",
            LineKind::Movement => "movement",
        }
    }
}

/// What the lines of an order come to. Amounts are ten-thousandths of the major unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// All lines.
    pub lines: i64,
    /// Lines of things bought, fees included.
    pub sale_lines: i64,
    /// Lines of fees among them.
    pub fee_lines: i64,
    /// Lines that went back.
    pub cancelled_lines: i64,
    /// What was bought, without fees.
    pub goods: i64,
    /// Fees.
    pub fees: i64,
    /// What went back, above zero.
    pub cancelled: i64,
}

impl Totals {
    /// Adds a line; sums that no file can honestly reach stay at the end of the scale.
    pub fn add(&mut self, line: &LineInput<'_>) {
        self.count(line.kind, line.fee, line.amount);
    }

    /// Adds a line of that kind and amount.
    pub fn count(&mut self, kind: LineKind, fee: bool, amount: i64) {
        self.lines += 1;
        match kind {
            LineKind::Sale => {
                self.sale_lines += 1;
                self.fee_lines += i64::from(fee);
                let sum = if fee { &mut self.fees } else { &mut self.goods };
                *sum = sum.saturating_add(amount);
            }
            LineKind::Cancellation => {
                self.cancelled_lines += 1;
                self.cancelled = self.cancelled.saturating_sub(amount);
            }
            LineKind::Adjustment | LineKind::Movement => (),
        }
    }

    /// What they paid: goods and fees.
    pub fn sales(&self) -> i64 {
        self.goods.saturating_add(self.fees)
    }
}

/// An order as it is stored.
#[derive(Clone, Debug)]
pub struct StoredOrder {
    /// Its number among orders.
    pub id: i64,
    /// Whose it is; 0 for nobody we can name.
    pub account: i64,
    /// When it was placed.
    pub placed: Moment,
    /// What its lines come to.
    pub totals: Totals,
    /// The fact of what was bought; 0 for none.
    pub order_fact: i64,
    /// The fact of what went back; 0 for none.
    pub refund_fact: i64,
    /// The import that made it; 0 for one recorded by hand.
    pub run: i64,
    /// It was there before.
    pub is_stored: bool,
    /// The hash of each line, and the import that brought it.
    pub lines: Vec<(i64, i64)>,
}

/// An order for the figures.
#[derive(Clone, Debug)]
pub struct CountedOrder {
    /// Whose it is; 0 for nobody we can name.
    pub account: i64,
    /// When it was placed, in microseconds, and whether only the day is known.
    pub placed: Moment,
    /// The currency.
    pub currency: String,
    /// The country of whoever it is of; empty where nobody said.
    pub country: String,
    /// Who of us sold it; empty where nobody said.
    pub seller: String,
    /// What was asked for sending it, beside its lines, in ten-thousandths of the major unit.
    pub freight: i64,
    /// What its lines come to.
    pub totals: Totals,
}
