//! What is still to be paid of invoices: as their source says, else what the payments that name them leave.

use std::collections::HashMap;

use ::store::{Tx, dialect};
use accounts::VISIBLE;
use kernel::{Context, Day, Result};
use timeline::AccountId;

/// Each invoice that counts with what it comes to and, where nobody says what is owed, what its payments came to: those
/// that name its key, else those that name its number (as [`crate::bill_figures`] adds them up).
fn settled() -> String {
    let paid = |name: &str| {
        format!(
            "(SELECT SUM(payment.amount) FROM payment LEFT JOIN account ON account.id = payment.account
              WHERE payment.line = invoice.line AND payment.invoice_key = invoice.{name} AND payment.invoice_key <> ''
                AND payment.status = 'succeeded' AND (payment.account = 0 OR {VISIBLE}))"
        )
    };
    format!(
        "SELECT invoice.id AS bill, invoice.currency AS currency, invoice.due AS due, invoice.owed AS said,
           invoice.amount AS amount,
           CASE WHEN invoice.owed IS NULL AND {IS_OPEN} THEN COALESCE({}, {}, 0) ELSE invoice.amount END AS paid
         FROM invoice JOIN account ON account.id = invoice.account
         WHERE {VISIBLE} AND invoice.amount >= 0 AND invoice.status NOT IN ('draft', 'void', 'deleted')",
        paid("key"),
        paid("number")
    )
}

const IS_OPEN: &str = "invoice.status NOT IN ('paid', 'written_off')";
/// What is owed of a row of [`settled`].
const OWED: &str = "COALESCE(settled.said, CASE WHEN settled.amount > settled.paid THEN settled.amount - settled.paid ELSE 0 END)";

/// What is owed in a currency by an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// The currency.
    pub currency: String,
    /// Invoices of which something is owed.
    pub invoices: i64,
    /// What is owed, in ten-thousandths of the major unit.
    pub amount: i64,
    /// Of these invoices, those whose day has passed.
    pub overdue_invoices: i64,
    /// What is owed of those.
    pub overdue: i64,
}

/// What an account owes on a day, a row per currency, by currency.
///
/// # Errors
/// `store.statement`.
pub fn owed_by(cx: &Context, tx: &mut Tx<'_>, account: AccountId, on: Day) -> Result<Vec<Owed>> {
    let sql = format!(
        "SELECT currency, COUNT(*), CAST(SUM(owed) AS BIGINT),
           CAST(SUM(CASE WHEN due < ?3 THEN 1 ELSE 0 END) AS BIGINT),
           CAST(SUM(CASE WHEN due < ?3 THEN owed ELSE 0 END) AS BIGINT)
         FROM (SELECT currency, due, {OWED} AS owed FROM ({} AND invoice.account = ?2) AS settled) AS owing
         WHERE owed > 0 GROUP BY currency ORDER BY currency",
        settled()
    );
    tx.query(&sql, &[cx.actor.number().into(), account.into(), i64::from(on.0).into()], |row| {
        Ok(Owed {
            currency: row.string(0)?,
            invoices: row.int(1)?,
            amount: row.int(2)?,
            overdue_invoices: row.int(3)?,
            overdue: row.int(4)?,
        })
    })
}

/// What is owed of each of these invoices; those that do not count, and credit notes, are left out.
///
/// # Errors
/// `store.statement`.
pub fn owed_of(cx: &Context, tx: &mut Tx<'_>, invoices: &[i64]) -> Result<HashMap<i64, i64>> {
    let mut found = HashMap::new();
    for group in invoices.chunks(256) {
        let (marks, values) = dialect::list(&[cx.actor.number().into()], group.iter().copied());
        let sql = format!(
            "SELECT settled.bill, CAST({OWED} AS BIGINT) FROM ({} AND invoice.id IN ({marks})) AS settled",
            settled()
        );
        found.extend(tx.query(&sql, &values, |row| Ok((row.int(0)?, row.int(1)?)))?);
    }
    Ok(found)
}
