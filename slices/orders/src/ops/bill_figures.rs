//! The figures of invoices and payments.

use ::store::{DataClass, Tx};
use kernel::{Context, Permission, Result};
use schemars::JsonSchema;
use serde::Deserialize;
use slice::{Act, Head, Method};

use super::figures::line_of;
use crate::{
    bill::BillKind,
    bill_figures::{BillAdding, BillFigures},
    store::bills,
};

pub(super) const FIGURES: Head = Head {
    name: "billing.figures",
    act: Act::Read,
    method: Method::Get,
    path: "/billing",
    command: "billing",
    permission: Permission::Read,
    class: DataClass::Business,
    sentence: "Adds invoices and payments up: what was billed, what is owed, what was paid late, per currency.",
    examples: &["mainstay billing -o json", "mainstay billing --line Advisory"],
};

/// Which invoices and payments to add up.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WhichBills {
    /// The name of a service line; all lines when absent.
    #[serde(default)]
    pub line: Option<String>,
    /// After how many days without a payment an account counts as silent; 35 when absent.
    #[serde(default)]
    pub silent_after: Option<i64>,
}

/// Adds up the invoices and payments that the caller may see.
///
/// # Errors
/// `timeline.no_line`.
pub fn bill_figures(cx: &Context, tx: &mut Tx<'_>, input: WhichBills) -> Result<BillFigures> {
    let line = line_of(tx, input.line.as_deref())?;
    let mut adding = BillAdding::default();
    bills::each_bill(cx, tx, BillKind::Payment, line, |bill| {
        adding.payment(&bill);
        Ok(())
    })?;
    bills::each_bill(cx, tx, BillKind::Invoice, line, |bill| {
        adding.invoice(&bill);
        Ok(())
    })?;
    Ok(adding.finish(input.silent_after.unwrap_or(35), &cx.zone))
}
