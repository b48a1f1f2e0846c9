//! Orders recorded by hand or by a program.

use ::store::{DataClass, Tx};
use accounts::{Party, resolve};
use kernel::{Context, Currency, Day, Money, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use slice::{Act, Head, Method};
use speech::{say, word};
use timeline::{
    fact::{Channel, Offer},
    store as timeline_store,
};

use super::batch;
use crate::{
    order::{LineInput, LineKind, Terms},
    tally::Counts,
};

pub(super) const RECORD: Head = Head {
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
    /// The id of the party in its numbering, or the id of its account here; absent for a sale to nobody we can name.
    #[serde(default)]
    pub party: Option<String>,
    /// The name of a party that is new.
    #[serde(default)]
    pub name: Option<String>,
    /// The country of a party that is new.
    #[serde(default)]
    pub country: Option<String>,
    /// Who of us sold it.
    #[serde(default)]
    pub seller: Option<String>,
    /// What was asked for sending it, beside its lines, in major units such as "8.50"; in no other sum.
    #[serde(default)]
    pub freight: Option<String>,
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
/// `orders.*` naming the field that does not hold, `timeline.industry`, `accounts.no_account` for a party whose account
/// the caller may not see.
pub fn record_orders(cx: &Context, tx: &mut Tx<'_>, input: Record) -> Result<Counts> {
    let terms = terms(tx, &input)?;
    let space = input.space.as_deref().unwrap_or(accounts::NUMBERING);
    let mut lines = Vec::new();
    for order in &input.orders {
        let at = check(order)?;
        for line in &order.lines {
            lines.push(line_input(&input, space, order, line, at)?);
        }
    }
    let seen = resolve::met(cx, tx, space, input.orders.iter().filter_map(|order| order.party.as_deref()))?;
    let mut planned = batch::plan(cx, tx, &seen, &terms, &lines, 0)?;
    if !planned.walled.is_empty() {
        return Err(accounts::no_account());
    }
    batch::apply(cx, tx, &terms, &mut planned, 0)?;
    timeline_store::ask_judgement(cx, tx, timeline::LineId::new(0))?;
    Ok(planned.tally.counts())
}

fn terms(tx: &mut Tx<'_>, input: &Record) -> Result<Terms> {
    let line =
        timeline_store::line_named(tx, &input.line, input.industry.as_deref().unwrap_or_default(), true)?;
    let unknown = |field: &str, word: &str, known: Vec<&str>| {
        let text = say!("{word:?} is no {}; known are {}", word!(field), known.join(", "));
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

/// When it was placed, for an order that has a number and lines.
fn check(order: &NewOrder) -> Result<kernel::Moment> {
    if order.number.trim().is_empty() {
        return Err(Problem::invalid(
            "number",
            "orders.number",
            say!("an order needs its number; it is blank"),
        ));
    }
    if order.lines.is_empty() {
        let text = say!("order {} has no lines; write down what was bought", order.number);
        return Err(Problem::invalid("lines", "orders.lines", text));
    }
    let day = Day::parse(&order.on).map_err(|_| {
        let text = say!("order {}: {:?} is not a date; write it as 2025-03-04", order.number, order.on);
        Problem::invalid("on", "orders.day", text)
    });
    day.map(Day::moment)
}

fn line_input<'a>(
    input: &'a Record,
    space: &'a str,
    order: &'a NewOrder,
    line: &'a NewLine,
    at: kernel::Moment,
) -> Result<LineInput<'a>> {
    let amount = Money::parse(&line.amount, input.currency)?.amount;
    let freight = order.freight.as_deref().map(|text| Money::parse(text, input.currency)).transpose()?;
    let said = [&order.number, &order.on, &line.sku, &line.description, &line.amount]
        .map(String::as_str)
        .join("\u{1f}");
    let named = order.party.as_deref().map(str::trim).filter(|key| !key.is_empty());
    let party = named.map(|key| Party {
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
        seller: order.seller.as_deref().map_or("", str::trim),
        freight: freight.map_or(0, |money| money.amount),
    })
}

fn hash(text: &str) -> i64 {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(8).fold(0i64, |sum, byte| (sum << 8) | i64::from(*byte))
}
