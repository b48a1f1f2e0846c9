//! The order behind a fact, with its lines.

use ::store::{DataClass, Tx};
use accounts::store as accounts_store;
use kernel::{Context, Currency, Money, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::say;
use timeline::{FactId, SourceRow, line::LineKind as ServiceLineKind};

use crate::store::{self, StoredLine};

pub(super) const LINES: Head = Head {
    name: "fact.lines",
    act: Act::Read,
    method: Method::Get,
    path: "/accounts/{id}/facts/{fact}/lines",
    command: "account {id} lines {fact}",
    permission: Permission::Read,
    class: DataClass::Personal,
    sentence: "Shows the order behind a fact: its lines, each with the row of the file it came from.",
    examples: &["mainstay account acc_x7Kq2 lines fact_p0Zq1"],
};

/// A fact of an account.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfFact {
    /// The id of the account.
    pub id: String,
    /// The id of the fact.
    pub fact: String,
}

/// An order as it is shown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownOrder {
    /// Its number.
    pub number: String,
    /// When it was placed.
    pub placed: String,
    /// The service line.
    pub line: String,
    /// The currency of its amounts.
    pub currency: String,
    /// Its lines.
    pub lines: Vec<ShownLine>,
}

/// A line as it is shown; amounts are in major units.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownLine {
    /// sale, cancellation, adjustment or movement.
    pub kind: String,
    /// Postage, bank charges and the like.
    pub fee: bool,
    /// The article number.
    pub sku: String,
    /// What was bought.
    pub description: String,
    /// How many.
    pub quantity: String,
    /// The price of one.
    pub unit_price: Option<String>,
    /// What the line comes to.
    pub amount: String,
    /// The import it came from; absent for one recorded by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import: Option<String>,
    /// The name of its file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The record in its file, the first after the header being 1.
    pub row: i64,
}

/// Shows the order behind a fact.
///
/// # Errors
/// `accounts.no_account`, `orders.no_order` for a fact that no order stands behind.
pub fn lines(cx: &Context, tx: &mut Tx<'_>, input: OfFact) -> Result<ShownOrder> {
    let account = accounts_store::visible(cx, tx, cx.codes.read(&input.id)?)?;
    let fact: FactId = cx.codes.read(&input.fact)?;
    let Some(order) = store::of_fact(tx, account.id, fact)? else {
        return Err(Problem::not_found(
            "orders.no_order",
            say!("no order stands behind this fact; it was recorded by hand"),
        ));
    };
    let currency = Currency::parse(&order.currency)?;
    let found = store::lines(tx, order.id)?;
    let rows = found.iter().map(|line| SourceRow { run: line.run, row: line.row });
    let names = timeline::store::source_names(tx, rows)?;
    let shown = |line: StoredLine| ShownLine {
        kind: line.kind,
        fee: line.fee,
        sku: line.sku,
        description: line.description,
        quantity: kernel::plain(line.quantity),
        unit_price: line.unit_price.map(|price| Money::new(price, currency).decimal()),
        amount: Money::new(line.amount, currency).decimal(),
        import: (line.run != 0)
            .then(|| cx.codes.write(kernel::Id::<timeline::fact::ImportKind>::new(line.run))),
        file: names.get(&line.run).cloned(),
        row: line.row,
    };
    Ok(ShownOrder {
        number: order.number,
        placed: order.placed.iso(),
        line: cx.codes.write(kernel::Id::<ServiceLineKind>::new(order.line)),
        currency: order.currency,
        lines: found.into_iter().map(shown).collect(),
    })
}
