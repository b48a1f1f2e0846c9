//! Products recorded by hand or by a program.

use ::store::{DataClass, Tx};
use kernel::{Context, Permission, Problem, ProblemKind, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::say;
use timeline::store as timeline_store;

use super::batch;
use crate::product::{Described, ProductInput};

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
/// `catalog.*` naming the field that does not hold, `timeline.industry`.
pub fn record(_: &Context, tx: &mut Tx<'_>, input: Record) -> Result<Recorded> {
    let line =
        timeline_store::line_named(tx, &input.line, input.industry.as_deref().unwrap_or_default(), true)?;
    if input.products.iter().any(|product| product.key.trim().is_empty()) {
        let text = say!("record products: one has a blank key; give each its number or code");
        return Err(Problem::invalid("key", "catalog.key", text));
    }
    let inputs: Vec<_> = input.products.iter().map(said).collect();
    let mut planned = batch::plan(tx, line.id, &inputs, 0)?;
    if let Some((_, ProblemKind::Invalid, why)) = planned.refused.first() {
        return Err(Problem::invalid("products", "catalog.product", why.clone()));
    }
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
