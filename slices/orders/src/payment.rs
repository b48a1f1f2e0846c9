//! A payment: what came in, for which invoice or order, by which way, and what went back of it.

use accounts::Party;
use kernel::{Currency, Moment};
use timeline::{
    Fact, FactId,
    fact::{Channel, Offer, Purchase, Refund},
    said::{Sheet, blank},
};

use crate::bill::{BillInput, BillTerms, Fields, number};

/// A payment as a row of a file says it. What is absent was not said.
#[derive(Clone, Debug)]
pub struct PaymentInput<'a> {
    /// The record in its file, the first after the header being 1.
    pub row: i64,
    /// What makes it the same payment on its line: its id in the source.
    pub key: &'a str,
    /// Its number or reference as written.
    pub number: &'a str,
    /// Whose it is; absent for nobody we can name.
    pub party: Option<Party<'a>>,
    /// When it came in.
    pub paid: Moment,
    /// What came in, in ten-thousandths of the major unit.
    pub amount: i64,
    /// The tax in it.
    pub tax: Option<i64>,
    /// What went back of it.
    pub refunded: Option<i64>,
    /// The currency of these amounts.
    pub currency: Currency,
    /// What whoever handled it kept, in the currency of what was settled, else in its own.
    pub fee: Option<i64>,
    /// What arrived on our account, and in which currency, where that is another.
    pub settled: Option<(i64, Currency)>,
    /// How it was paid: card, transfer, cash, in the words of the source.
    pub method: Option<&'a str>,
    /// How far it has come.
    pub status: PaymentStatus,
    /// The number of the invoice that it settles, on the same line.
    pub invoice: Option<&'a str>,
    /// The key of the order that it settles, on the same line.
    pub order: Option<&'a str>,
}

/// How far a payment has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentStatus {
    /// It came in.
    Succeeded,
    /// It may still come in: it does not count.
    Pending,
    /// It did not come in: it does not count.
    Failed,
    /// It was taken back before it came in, or deleted in its source: it does not count.
    Void,
}

impl PaymentStatus {
    /// All of them.
    pub const ALL: [PaymentStatus; 4] =
        [PaymentStatus::Succeeded, PaymentStatus::Pending, PaymentStatus::Failed, PaymentStatus::Void];

    /// The status of that word.
    pub fn parse(word: &str) -> Option<PaymentStatus> {
        PaymentStatus::ALL.into_iter().find(|status| status.as_str() == word)
    }

    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            PaymentStatus::Succeeded => "succeeded",
            PaymentStatus::Pending => "pending",
            PaymentStatus::Failed => "failed",
            PaymentStatus::Void => "void",
        }
    }

    /// Money came in.
    pub fn counts(self) -> bool {
        self == PaymentStatus::Succeeded
    }
}

impl<'a> PaymentInput<'a> {
    /// As a record of fields.
    pub fn bill(&self, terms: &BillTerms) -> BillInput<'a> {
        let fields = Fields::default()
            .text("number", Some(self.number))
            .text("currency", Some(self.currency.code()))
            .at(self.paid)
            .number("amount", Some(self.amount))
            .number("tax", self.tax)
            .number("refunded", self.refunded)
            .number("fee", self.fee)
            .number("settled", self.settled.map(|(amount, _)| amount))
            .text("settled_currency", self.settled.map(|(_, currency)| currency.code()))
            .text("method", self.method)
            .text("status", Some(self.status.as_str()))
            .text("invoice_key", self.invoice)
            .text("order_key", self.order)
            .terms(terms);
        BillInput { row: self.row, key: self.key.to_owned(), party: self.party, says: fields.0 }
    }
}

/// How far the payment of these fields has come.
pub(crate) fn status(sheet: &Sheet) -> PaymentStatus {
    PaymentStatus::parse(blank(sheet, "status")).unwrap_or(PaymentStatus::Succeeded)
}

/// What the payment of these fields tells the timeline: what was paid, and what went back. `of` is the fact of the
/// invoice or order that it settles; what goes back belongs to `purchase`, the fact that counts.
pub(crate) fn facts(sheet: &Sheet, of: Option<FactId>, purchase: Option<FactId>) -> [Option<Fact>; 2] {
    let is_purchase = of.is_some() || number(sheet, "stands_alone") == Some(1);
    if !status(sheet).counts() || !is_purchase {
        return [None, None];
    }
    let net = number(sheet, "amount").unwrap_or(0).saturating_sub(number(sheet, "tax").unwrap_or(0));
    let paid = Purchase {
        amount: net,
        offer: Offer::parse(blank(sheet, "offer")),
        channel: Channel::parse(blank(sheet, "channel")),
        of,
        ..Purchase::default()
    };
    let back = number(sheet, "refunded").unwrap_or(0).max(net.saturating_neg());
    let refund = Refund { amount: back, of: purchase, reason: None };
    [(0 <= net).then_some(Fact::Payment(paid)), (0 < back).then_some(Fact::Refund(refund))]
}
