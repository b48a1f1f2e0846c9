//! The book: who is what, filtered, sorted, page by page, with totals.

use std::sync::Arc;

use ::store::{DataClass, Tx};
use kernel::{Context, Currency, Cursor, Day, Money, Permission, Result};
use schemars::JsonSchema;
use serde::Serialize;
use slice::{Act, Head, Method};
use timeline::{fact::Dealing, store as facts};

use super::{
    filter::{Filter, search},
    said::{self, ShownOverride},
    views,
};
use crate::{
    Confidence,
    store::{book, totals},
    strength,
};

pub(super) const LIST: Head = Head {
    name: "relationships.list",
    act: Act::Read,
    method: Method::Get,
    path: "/relationships",
    command: "relationships",
    permission: Permission::Read,
    class: DataClass::Personal,
    sentence: "Lists relationships: who is what, how sure, what they brought; filtered, sorted, page by page.",
    examples: &[
        "mainstay relationships --class client --sort net",
        "mainstay relationships --spend 900 --purchases 10 -o json",
        "mainstay relationships --may-contact false --limit 200 -o json",
        "mainstay relationships --where 'class:client and (fit:under-served or confidence:low) and last<today-90'",
    ],
};

/// A page of the book.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Book {
    /// The relationships.
    pub rows: Vec<BookRow>,
    /// Pass as `after` for the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// What matches in all, per currency; currencies are never added.
    pub totals: Vec<Total>,
    /// The totals stopped counting: at 1,000 matches where a name or words are looked for, at 10,000 where the filter asks for
    /// what is not kept in totals.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub at_least: bool,
    /// New facts are being weighed, wishes among them perhaps; what stands here is as it was decided before.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub weighing: bool,
}

/// What matches, in one currency.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Total {
    /// The currency; empty for relationships without money, or with several currencies.
    pub currency: String,
    /// How many relationships.
    pub count: i64,
    /// What they brought less what went back, in major units.
    pub net: String,
}

/// A relationship as lists show it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BookRow {
    /// Its id.
    pub id: String,
    /// The id of the account.
    pub account: String,
    /// The name of the account.
    pub name: String,
    /// The name of the service line.
    pub line: Arc<str>,
    /// What it is: what a person set, else what the evidence says.
    pub class: &'static str,
    /// What a person set, beside what the evidence says; absent where nobody did.
    #[serde(rename = "override", skip_serializing_if = "Option::is_none")]
    pub said: Option<ShownOverride>,
    /// Customer, client or not enough evidence; what a former one was.
    pub lean: &'static str,
    /// Strength of evidence with two decimals; only for customers and clients.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strength: Option<String>,
    /// The same in parts per million.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strength_ppm: Option<i64>,
    /// Would the unknown turn it?
    #[serde(skip_serializing_if = "str::is_empty")]
    pub confidence: &'static str,
    /// Permille of what could be known.
    pub coverage: i64,
    /// Served as what it is?
    pub fit: &'static str,
    /// How they want to be dealt with; absent where nobody said so.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub preference: &'static str,
    /// Since when it is what it is.
    pub since: String,
    /// What they brought less what went back, in major units; empty where there is no money or several currencies.
    pub net: String,
    /// The currency.
    pub currency: &'static str,
    /// Purchases that were kept.
    pub purchases: i64,
    /// The last day on which something happened.
    pub last: String,
    /// The country of the account, as it was written.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub country: String,
}

/// Lists relationships.
///
/// # Errors
/// `book.word` for a class, fit, confidence or sort that is none, `book.where`, `timeline.no_line`, `views.none`,
/// `book.after`; `book.strength`, `money.currency`, `money.amount`, `book.currency`, `book.range` for bounds that are none.
pub fn list(cx: &Context, tx: &mut Tx<'_>, input: Filter) -> Result<Book> {
    let input = views::asked(cx, tx, input)?;
    let search = search(cx, tx, &input)?;
    let limit = input.limit.unwrap_or(50).clamp(1, 200);
    let viewer = cx.actor.number();
    let counted = match input.totals {
        Some(false) => (Vec::new(), true),
        _ => totals::totals(tx, viewer, &search)?,
    };
    let way = totals::way(tx, viewer, &search, &counted)?;
    let mut rows = book::page(tx, viewer, &way.search, &way.sorted, limit + 1)?;
    let (sums, at_least) = counted;
    let more = i64::try_from(rows.len()).is_ok_and(|found| limit < found);
    rows.truncate(usize::try_from(limit).unwrap_or(200));
    let next =
        rows.last().filter(|_| more).map(|last| Cursor(vec![last.place(), last.id.0.to_string()]).write());
    let lines: Vec<(_, Arc<str>)> =
        facts::lines(tx)?.into_iter().map(|line| (line.id, line.name.into())).collect();
    let line_name = |id| {
        let line = lines.iter().find(|(line, _)| *line == id);
        line.map_or_else(Arc::default, |(_, name)| Arc::clone(name))
    };
    let mut said = said::of_rows(cx, tx, &rows)?;
    let shown = |mut row: book::Found| {
        let said = said.remove(&row.id);
        // Its last day is over, and the work that decides it again has not come yet.
        if row.said && said.is_none() {
            row.class = row.computed;
        }
        shown(cx, line_name(row.line), said, row)
    };
    Ok(Book {
        rows: rows.into_iter().map(shown).collect(),
        next,
        totals: sums.into_iter().map(total).collect(),
        at_least: at_least && input.totals != Some(false),
        weighing: facts::is_any_stale(tx)?,
    })
}

fn total((currency, count, net): (String, i64, i64)) -> Total {
    Total { net: money(Currency::parse(&currency).ok(), net), currency, count }
}

fn money(currency: Option<Currency>, amount: i64) -> String {
    currency.map_or_else(String::new, |currency| Money::new(amount, currency).decimal())
}

fn shown(cx: &Context, line: Arc<str>, said: Option<ShownOverride>, row: book::Found) -> BookRow {
    let day = |day: i64| Day(i32::try_from(day).unwrap_or(0)).to_string();
    BookRow {
        id: cx.codes.write(row.id),
        account: cx.codes.write(row.account),
        name: row.name,
        line,
        strength: row.score.filter(|_| 0 <= row.strength).map(strength::shown),
        strength_ppm: Some(row.strength).filter(|ppm| 0 <= *ppm),
        class: row.class.as_str(),
        said,
        lean: row.lean.as_str(),
        confidence: row.confidence.map_or("", Confidence::as_str),
        coverage: row.coverage,
        fit: row.fit.as_str(),
        preference: row.preference.map_or("", Dealing::as_str),
        since: day(row.since),
        net: money(row.currency, row.net),
        currency: row.currency.map_or("", Currency::code),
        purchases: row.purchases,
        last: day(row.last_day),
        country: row.country,
    }
}
