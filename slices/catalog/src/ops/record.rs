//! Products recorded by hand or by a program.

use ::store::{DataClass, Tx};
use kernel::{Context, Outcome, Permission, Problem, ProblemKind, Result, Version};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::say;
use timeline::{LineId, store as timeline_store};

use super::batch;
use crate::{
    product::{Described, FIELDS, ProductInput},
    store,
};

pub(super) const RECORD: Head = Head {
    name: "catalog.record",
    act: Act::Write,
    method: Method::Post,
    path: "/products",
    command: "catalog record",
    permission: Permission::Write,
    class: DataClass::Business,
    sentence: "Writes down what can be bought from us; a product that is known is described anew.",
    examples: &[
        "mainstay catalog record --line Payroll --products '[{\"key\": \"payroll-50\", \"name\": \"Payroll up to \
         50 people\", \"offer\": \"managed_service\", \"price\": \"480.00\", \"currency\": \"EUR\"}]'",
    ],
};

/// Products to record.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The name of the service line they belong to, made when it is new.
    pub line: String,
    /// The industry of a new line.
    #[serde(default)]
    pub industry: Option<String>,
    /// The products.
    pub products: Vec<NewProduct>,
}

/// A product to record.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewProduct {
    /// Its number or code.
    pub key: String,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// The group of products to which it belongs, such as "Bikes".
    #[serde(default)]
    pub category: Option<String>,
    /// What kind of thing it is: goods, generic_service, subscription, cover, managed_service, professional_service,
    /// advice.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub offer: Option<timeline::fact::Offer>,
    /// Its scope is agreed with each buyer.
    #[serde(default)]
    pub custom_scope: Option<bool>,
    /// Its price is agreed with each buyer.
    #[serde(default)]
    pub custom_price: Option<bool>,
    /// Its list price in major units, such as "38.00"; needs a currency.
    #[serde(default)]
    pub price: Option<String>,
    /// The currency of the list price.
    #[serde(default)]
    pub currency: Option<kernel::Currency>,
    /// The `version` that was shown with what the caller read: what somebody else changed since is not overwritten.
    #[serde(default)]
    pub expected: Option<String>,
}

/// What recording products came to.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Recorded {
    /// Products that are new.
    pub create: i64,
    /// Products that are described anew.
    pub update: i64,
    /// Products of which nothing new was said.
    pub skip: i64,
}

/// Records products; all of them or none.
///
/// # Errors
/// `catalog.*` naming the field that does not hold, `timeline.industry`; `catalog.changed` where somebody else changed the same
/// since what the caller read.
pub fn record(cx: &Context, tx: &mut Tx<'_>, input: Record) -> Result<Recorded> {
    let line =
        timeline_store::line_named(tx, &input.line, input.industry.as_deref().unwrap_or_default(), true)?;
    if input.products.iter().any(|product| product.key.trim().is_empty()) {
        let text = say!("record products: one has a blank key; give each its number or code");
        return Err(Problem::invalid("key", "catalog.key", text));
    }
    let mut inputs: Vec<_> = input.products.iter().map(said).collect();
    for (new, input) in input.products.iter().zip(&mut inputs) {
        if let Some(expected) = &new.expected {
            meanwhile(tx, line.id, input, expected)?;
        }
    }
    let mut planned = batch::plan(tx, line.id, &inputs, 0)?;
    if let Some((_, ProblemKind::Invalid, why)) = planned.refused.first() {
        return Err(Problem::invalid("products", "catalog.product", why.clone()));
    }
    planned.signed(cx.actor.number(), cx.now.micros);
    batch::apply(tx, &mut planned, 0)?;
    let tally = planned.tally;
    Ok(Recorded { create: tally.created, update: tally.updated, skip: tally.skipped })
}

fn said(new: &NewProduct) -> ProductInput<'_> {
    let said = Described {
        name: new.name.clone(),
        category: new.category.clone(),
        offer: new.offer,
        custom_scope: new.custom_scope,
        custom_price: new.custom_price,
        price: new.price.clone(),
        currency: new.currency,
    };
    ProductInput { row: 0, key: new.key.trim(), said }
}

/// Leaves as it is what the caller left as it was and somebody else changed since; gives the fields.
///
/// # Errors
/// `catalog.changed` where both changed a field to something else, `version.unknown`.
pub(crate) fn meanwhile(
    tx: &mut Tx<'_>,
    line: LineId,
    input: &mut ProductInput<'_>,
    expected: &str,
) -> Result<Vec<&'static str>> {
    let version = Version::read(expected, FIELDS.len())?;
    let known = store::find(tx, line, &[input.key])?.remove(input.key).map(|whole| whole.product.known);
    let (theirs, mine) = (known.unwrap_or_default().words(), input.said.words());
    let (mut kept, mut differ) = (Vec::new(), Vec::new());
    for (at, field) in FIELDS.into_iter().enumerate().filter(|(at, _)| input.said.says(*at)) {
        match version.outcome(at, &theirs[at], &mine[at]) {
            Outcome::Same | Outcome::Mine => (),
            Outcome::Theirs => kept.push((at, field)),
            Outcome::Differs => differ.push(field),
        }
    }
    if !differ.is_empty() {
        let (key, fields) = (input.key, differ.join(", "));
        let why = say!(
            "record product {key:?}: somebody else changed {fields} since it was read, and nothing was written; read it again \
             and say which is right"
        );
        return Err(Problem::stale("catalog.changed", why));
    }
    for (at, _) in &kept {
        input.said.withdraw(*at);
    }
    Ok(kept.into_iter().map(|(_, field)| field).collect())
}
