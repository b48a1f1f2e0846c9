//! A line of an order kept without its file, until its order is complete.

use accounts::Party;
use kernel::{Currency, Moment};
use orders::{LineInput, LineKind};

use crate::{OrderLine, batch::folded, order_line};

/// A line of an order that no longer needs its file.
#[derive(Clone, Debug)]
pub struct KeptLine {
    pub(crate) row: i64,
    identity: i64,
    kind: LineKind,
    fee: bool,
    pub(crate) at: Moment,
    quantity: i64,
    unit_price: Option<i64>,
    amount: i64,
    currency: Currency,
    freight: i64,
    /// All texts one after the other; `ends` says where each stops.
    text: String,
    ends: [u32; TEXTS],
    pub(crate) has_party: bool,
}

/// order key, number, sku, description, party space, party id, name, country, email, seller
const TEXTS: usize = 10;

impl KeptLine {
    pub(crate) fn of(line: &OrderLine<'_>, kind: LineKind) -> KeptLine {
        let party = line.party.as_ref();
        let said = |value: Option<&'_ str>| value.unwrap_or_default().to_owned();
        let texts: [&str; TEXTS] = [
            &line.order_key,
            &line.number,
            &line.sku,
            &line.description,
            party.map_or("", |party| party.space),
            party.map_or("", |party| &party.id),
            &said(party.and_then(|party| party.name)),
            &said(party.and_then(|party| party.country)),
            &said(party.and_then(|party| party.email)),
            &line.seller,
        ];
        let mut text = String::with_capacity(texts.iter().map(|text| text.len()).sum());
        let mut ends = [0; TEXTS];
        for (part, end) in texts.iter().zip(&mut ends) {
            text.push_str(part);
            *end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        }
        KeptLine {
            row: line.row,
            identity: folded(line.identity.0),
            kind,
            fee: line.fee,
            at: line.at,
            quantity: line.quantity,
            unit_price: line.unit_price,
            amount: line.amount,
            currency: line.currency,
            freight: line.freight,
            text,
            ends,
            has_party: party.is_some(),
        }
    }

    pub(crate) fn part(&self, n: usize) -> &str {
        let start = if n == 0 { 0 } else { self.ends[n - 1] as usize };
        &self.text[start..self.ends[n] as usize]
    }

    /// As the input of the operation `orders.record`.
    pub fn input(&self) -> LineInput<'_> {
        let said = |n: usize| Some(self.part(n)).filter(|text| !text.is_empty());
        let party =
            Party { space: self.part(4), key: self.part(5), name: said(6), country: said(7), email: said(8) };
        LineInput {
            row: self.row,
            identity: self.identity,
            order_key: self.part(0),
            number: self.part(1),
            kind: self.kind,
            fee: self.fee,
            party: self.has_party.then_some(party),
            at: self.at,
            sku: self.part(2),
            description: self.part(3),
            quantity: self.quantity,
            unit_price: self.unit_price,
            amount: self.amount,
            currency: self.currency,
            seller: self.part(9),
            freight: self.freight,
        }
    }
}

/// The kind of line in the words of `orders`; none for one that a rule leaves out.
pub(crate) fn kind(kind: order_line::LineKind) -> Option<LineKind> {
    match kind {
        order_line::LineKind::Sale => Some(LineKind::Sale),
        order_line::LineKind::Cancellation => Some(LineKind::Cancellation),
        order_line::LineKind::Adjustment => Some(LineKind::Adjustment),
        order_line::LineKind::Movement => Some(LineKind::Movement),
        order_line::LineKind::Excluded => None,
    }
}
