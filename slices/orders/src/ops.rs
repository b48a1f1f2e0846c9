//! What can be done with orders.

use ::store::{DataClass, Tx};
use accounts::{Party, Seen, store as accounts_store};
use kernel::{Context, Currency, Day, Money, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use slice::{Act, Head, Method, Operation, op};
use timeline::{
    FactId,
    fact::{Channel, Offer},
    line::LineKind as ServiceLineKind,
    store as timeline_store,
};

use crate::{
    figures::{Adding, Figures},
    order::{LineInput, LineKind, Terms},
    record,
    store::{self, StoredLine},
    tally::Counts,
};

/// The operation table.
pub fn table() -> Vec<Operation> {
    vec![op(FIGURES, figures), op(RECORD, record_orders), op(LINES, lines)]
}

const FIGURES: Head = Head {
    name: "figures.view",
    act: Act::Read,
    method: Method::Get,
    path: "/figures",
    command: "figures",
    permission: Permission::Read,
    class: DataClass::Business,
    sentence: "Adds the orders up: lines, buyers, who came back, what was sold and what went back, per currency.",
    examples: &["mainstay figures -o json", "mainstay figures --line Shop"],
};

/// Which orders to add up.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Which {
    /// The name of a service line; all lines when absent.
    #[serde(default)]
    pub line: Option<String>,
}

/// Adds the orders up. Accounts behind a wall count in the sums and are named to those who may see them.
///
/// # Errors
/// `timeline.no_line`.
pub fn figures(cx: &Context, tx: &mut Tx<'_>, input: Which) -> Result<Figures> {
    let line = match &input.line {
        None => 0,
        Some(name) => {
            let unknown = || {
                let text = format!("there is no service line {name:?}; `mainstay lines` lists them");
                Problem::not_found("timeline.no_line", text)
            };
            timeline_store::line_of_name(tx, name)?.ok_or_else(unknown)?.id.0
        }
    };
    let mut adding = Adding::new(cx.zone.clone());
    store::for_each(tx, line, |order| adding.add(&order))?;
    let mut figures = adding.finish(store::count_numbers(tx, line)?);
    for money in &mut figures.money {
        let numbers: Vec<_> = money.top_accounts.iter().map(|account| account.number).collect();
        let names = store::names(tx, cx.actor.number(), &numbers)?;
        for account in &mut money.top_accounts {
            if let Some((name, country)) = names.get(&account.number) {
                account.id = cx.codes.write(timeline::AccountId::new(account.number));
                account.name.clone_from(name);
                account.country.clone_from(country);
            }
        }
    }
    Ok(figures)
}

const RECORD: Head = Head {
    name: "orders.record",
    act: Act::Write,
    method: Method::Post,
    path: "/orders",
    command: "orders record",
    permission: Permission::Write,
    class: DataClass::Personal,
    sentence: "Records orders with their lines; orders that are known get the lines they lack, the rest stays.",
    examples: &[
        "mainstay orders record --line Shop --currency GBP --orders '[{\"number\": \"1001\", \"on\": \
                 \"2025-03-04\", \"party\": \"c7\", \"lines\": [{\"sku\": \"kettle\", \"amount\": \"38.00\"}]}]'",
    ],
};

/// Orders to record.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The name of the service line, made when it is new.
    pub line: String,
    /// The industry of a new line.
    #[serde(default)]
    pub industry: Option<String>,
    /// The currency of all amounts.
    pub currency: Currency,
    /// What kind of thing was bought: goods, generic_service, subscription, cover, managed_service,
    /// professional_service, advice.
    #[serde(default)]
    pub offer: Option<String>,
    /// How it was bought: online, counter, person.
    #[serde(default)]
    pub channel: Option<String>,
    /// Whose numbering the parties' ids belong to; "customers" when absent.
    #[serde(default)]
    pub space: Option<String>,
    /// The orders.
    pub orders: Vec<NewOrder>,
}

/// An order to record.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOrder {
    /// Its number.
    pub number: String,
    /// The day it was placed, such as 2025-03-04.
    pub on: String,
    /// The id of the party; absent for a sale to nobody we can name.
    #[serde(default)]
    pub party: Option<String>,
    /// The name of a party that is new.
    #[serde(default)]
    pub name: Option<String>,
    /// The country of a party that is new.
    #[serde(default)]
    pub country: Option<String>,
    /// Its lines.
    pub lines: Vec<NewLine>,
}

/// A line to record.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLine {
    /// The article number.
    #[serde(default)]
    pub sku: String,
    /// What was bought, in words.
    #[serde(default)]
    pub description: String,
    /// What the line comes to in major units, such as "38.00"; below zero for what goes back.
    pub amount: String,
    /// Postage, bank charges and the like.
    #[serde(default)]
    pub fee: bool,
}

/// Records orders.
///
/// # Errors
/// `orders.*` naming the field that does not hold, `timeline.industry`.
pub fn record_orders(cx: &Context, tx: &mut Tx<'_>, input: Record) -> Result<Counts> {
    let terms = terms(tx, &input)?;
    let space = input.space.as_deref().unwrap_or("customers");
    let mut lines = Vec::new();
    for order in &input.orders {
        let at = Day::parse(&order.on)?.moment();
        for line in &order.lines {
            lines.push(line_input(&input, space, order, line, at)?);
        }
    }
    let mut planned = record::plan(tx, &Seen::default(), &terms, &lines, 0)?;
    record::apply(cx, tx, &terms, &mut planned, 0)?;
    timeline_store::ask_judgement(cx, tx, timeline::LineId::new(0))?;
    Ok(planned.tally.counts())
}

fn terms(tx: &mut Tx<'_>, input: &Record) -> Result<Terms> {
    let line =
        timeline_store::line_named(tx, &input.line, input.industry.as_deref().unwrap_or_default(), true)?;
    let unknown = |field: &str, word: &str, known: Vec<&str>| {
        let text = format!("{word:?} is no {field}; known are {}", known.join(", "));
        Problem::invalid(field, "orders.word", text)
    };
    let offers = || Offer::ALL.iter().map(|offer| offer.as_str()).collect();
    let channels = || Channel::ALL.iter().map(|channel| channel.as_str()).collect();
    let offer =
        input.offer.as_deref().map(|word| Offer::parse(word).ok_or_else(|| unknown("offer", word, offers())));
    let channel = input
        .channel
        .as_deref()
        .map(|word| Channel::parse(word).ok_or_else(|| unknown("channel", word, channels())));
    Ok(Terms { line: line.id, offer: offer.transpose()?, channel: channel.transpose()? })
}

fn line_input<'a>(
    input: &'a Record,
    space: &'a str,
    order: &'a NewOrder,
    line: &'a NewLine,
    at: kernel::Moment,
) -> Result<LineInput<'a>> {
    if order.number.trim().is_empty() {
        return Err(Problem::invalid("number", "orders.number", "an order needs its number; it is blank"));
    }
    let amount = Money::parse(&line.amount, input.currency)?.amount;
    let said = [&order.number, &order.on, &line.sku, &line.description, &line.amount]
        .map(String::as_str)
        .join("\u{1f}");
    let party = order.party.as_deref().map(|key| Party {
        space,
        key,
        name: order.name.as_deref(),
        country: order.country.as_deref(),
        email: None,
    });
    Ok(LineInput {
        row: 0,
        identity: hash(&said),
        order_key: &order.number,
        number: &order.number,
        kind: if amount < 0 { LineKind::Cancellation } else { LineKind::Sale },
        fee: line.fee,
        party,
        at,
        sku: &line.sku,
        description: &line.description,
        quantity: kernel::SCALE,
        unit_price: None,
        amount,
        currency: input.currency,
    })
}

fn hash(text: &str) -> i64 {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(8).fold(0i64, |sum, byte| (sum << 8) | i64::from(*byte))
}

const LINES: Head = Head {
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
            "no order stands behind this fact; it was recorded by hand",
        ));
    };
    let currency = Currency::parse(&order.currency)?;
    let shown = |line: StoredLine| ShownLine {
        kind: line.kind,
        fee: line.fee,
        sku: line.sku,
        description: line.description,
        quantity: quantity(line.quantity),
        unit_price: line.unit_price.map(|price| Money::new(price, currency).decimal()),
        amount: Money::new(line.amount, currency).decimal(),
        import: (line.run != 0)
            .then(|| cx.codes.write(kernel::Id::<timeline::fact::ImportKind>::new(line.run))),
        row: line.row,
    };
    Ok(ShownOrder {
        number: order.number,
        placed: order.placed.iso(),
        line: cx.codes.write(kernel::Id::<ServiceLineKind>::new(order.line)),
        currency: order.currency,
        lines: store::lines(tx, order.id)?.into_iter().map(shown).collect(),
    })
}

/// Ten-thousandths without needless zeros: `6`, `2.5`.
fn quantity(value: i64) -> String {
    let text = format!("{}.{:04}", value.abs() / kernel::SCALE, value.abs() % kernel::SCALE);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    format!("{}{text}", if value < 0 { "-" } else { "" })
}
