//! Feed: rows that become invoices, and rows that become payments.

use accounts::Seen;
use kernel::{Context, Day, Result};
use orders::{
    BillInput, BillKind, BillTerms, InvoiceInput, InvoiceStatus, PaymentInput, PaymentStatus, SeenBills,
    apply_bills, plan_bills,
};
use store::Tx;

use super::{Came, Counted, Feed, Learned, refused, walled};
use crate::{Meaning, Target, TypedRow, batch::Batch};

impl Feed<'_> {
    pub(super) fn bills<'b>(
        &'b self,
        write: Option<&Context>,
        tx: &mut Tx<'_>,
        (seen, met): (&Seen, &SeenBills),
        batch: &'b Batch,
    ) -> Result<Came<'b>> {
        let fixed = &self.mapping.fixed;
        let terms =
            BillTerms { line: self.line, offer: fixed.offer, channel: fixed.channel, stands_alone: true };
        let kind = match self.mapping.target {
            Target::InvoicesRecord => BillKind::Invoice,
            _ => BillKind::Payment,
        };
        let one = |row: &'b TypedRow| match kind {
            BillKind::Invoice => invoice(row, &terms),
            BillKind::Payment => payment(row, &terms),
        };
        let inputs: Vec<BillInput<'b>> = batch.typed.iter().filter_map(one).collect();
        let mut planned = plan_bills(self.bringer, tx, (seen, met), (kind, self.line), &inputs, self.run)?;
        if let Some(cx) = write {
            apply_bills(cx, tx, &mut planned, self.run)?;
        }
        let counts = planned.counts;
        let counted = Counted {
            create: counts.created,
            update: counts.updated,
            link: counts.linked,
            skip: counts.repeated,
            accounts_create: counts.accounts_created,
            accounts_link: counts.accounts_linked,
        };
        let key = |input: &BillInput<'_>| input.party.map(|party| party.key.to_owned());
        let set_aside = planned.walled.iter().map(|input| walled("bills of", input.row, key(input)));
        let why = "an earlier row gives this number to somebody else, or to another currency";
        let clashing = planned.clashing.iter().map(|input| refused(input.row, why));
        Ok(Came {
            walled: set_aside.chain(clashing).collect(),
            counted,
            learned: Learned::Bills(planned),
            ..Came::default()
        })
    }
}

fn day(row: &TypedRow, meaning: Meaning) -> Option<Day> {
    row.at(meaning).map(|at| at.day(&jiff::tz::TimeZone::UTC))
}

/// What makes a row the same bill where its file numbers none: its cells.
fn own_key(row: &TypedRow) -> String {
    format!("{:032x}", row.identity.0)
}

fn invoice<'r>(row: &'r TypedRow, terms: &BillTerms) -> Option<BillInput<'r>> {
    let own = own_key(row);
    let key = row.text(Meaning::OrderNumber).unwrap_or(&own);
    let input = InvoiceInput {
        row: row.row,
        key,
        number: row.text(Meaning::InvoiceNumber).or(row.text(Meaning::OrderNumber)).unwrap_or_default(),
        party: row.party.as_ref().map(|party| party.borrowed()),
        issued: row.at(Meaning::Date)?,
        due: day(row, Meaning::Due),
        paid_on: day(row, Meaning::PaidOn),
        amount: row.number(Meaning::OrderTotal).or(row.number(Meaning::LineAmount))?,
        tax: row.number(Meaning::Tax),
        owed: row.number(Meaning::AmountDue),
        currency: row.currency?,
        status: invoice_status(row),
        order: None,
        period: (None, None),
    };
    let bill = input.bill(terms);
    Some(BillInput {
        row: bill.row,
        key: bill.key,
        party: row.party.as_ref().map(|party| party.borrowed()),
        says: bill.says,
    })
}

fn payment<'r>(row: &'r TypedRow, terms: &BillTerms) -> Option<BillInput<'r>> {
    let own = own_key(row);
    let key = if row.key().is_empty() { own.as_str() } else { row.key() };
    let input = PaymentInput {
        row: row.row,
        key,
        number: row.key(),
        party: row.party.as_ref().map(|party| party.borrowed()),
        paid: row.at(Meaning::Date)?,
        amount: row.number(Meaning::LineAmount)?,
        tax: row.number(Meaning::Tax),
        refunded: row.number(Meaning::Refunded),
        currency: row.currency?,
        fee: row.number(Meaning::Fee),
        settled: settled(row),
        method: row.text(Meaning::Method),
        status: payment_status(row),
        invoice: row.text(Meaning::Invoice),
        order: None,
    };
    let bill = input.bill(terms);
    Some(BillInput {
        row: bill.row,
        key: bill.key,
        party: row.party.as_ref().map(|party| party.borrowed()),
        says: bill.says,
    })
}

/// What arrived in which currency, where that is another.
fn settled(row: &TypedRow) -> Option<(i64, kernel::Currency)> {
    let code = row.text(Meaning::SettledCurrency)?.to_uppercase();
    Some((row.number(Meaning::Settled)?, kernel::Currency::parse(&code).ok()?))
}

/// How far an invoice has come, in the words of bookkeeping; where no word is known, by what is owed and when it was
/// paid.
fn invoice_status(row: &TypedRow) -> InvoiceStatus {
    let word = row.text(Meaning::Status).map(str::to_lowercase).unwrap_or_default();
    match word.as_str() {
        "draft" | "entwurf" | "submitted" => InvoiceStatus::Draft,
        "void" | "voided" | "cancelled" | "canceled" | "storniert" => InvoiceStatus::Void,
        "deleted" => InvoiceStatus::Deleted,
        "paid" | "bezahlt" => InvoiceStatus::Paid,
        "uncollectible" | "written off" | "written_off" => InvoiceStatus::WrittenOff,
        "open" | "authorised" | "authorized" | "sent" | "overdue" | "offen" => InvoiceStatus::Open,
        _ if row.at(Meaning::PaidOn).is_some() || row.number(Meaning::AmountDue) == Some(0) => {
            InvoiceStatus::Paid
        }
        _ => InvoiceStatus::Open,
    }
}

/// How far a payment has come; one of which the file says nothing came in.
fn payment_status(row: &TypedRow) -> PaymentStatus {
    let word = row.text(Meaning::Status).map(str::to_lowercase).unwrap_or_default();
    match word.as_str() {
        "failed" | "declined" | "blocked" => PaymentStatus::Failed,
        "pending" | "processing" | "requires_action" | "uncaptured" => PaymentStatus::Pending,
        "canceled" | "cancelled" | "void" | "voided" | "deleted" => PaymentStatus::Void,
        _ => PaymentStatus::Succeeded,
    }
}
