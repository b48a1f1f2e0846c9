//! What the book is asked for, as its address holds it.

use kernel::{Problem, Result};
use slice::Visit;
use speech::say;
use ui::Address;

use crate::{column, ops::Filter};

/// Where it is.
pub(super) const PLACE: &str = "/relationships";

/// What the address asks for.
pub(super) fn asked(visit: &Visit<'_>) -> Result<Filter> {
    let text = |name: &str| visit.asked(name).map(str::to_owned);
    let columns: Vec<&str> = said(visit, "columns").collect();
    let number = |name: &str| {
        visit.asked(name).map(str::parse).transpose().map_err(|_| {
            Problem::invalid(name, "book.number", say!("{name} is a whole number, such as {name}=10"))
        })
    };
    let several = |name: &str| {
        let all: Vec<&str> = said(visit, name).collect();
        (!all.is_empty()).then(|| all.join(","))
    };
    Ok(Filter {
        class: several("class"),
        line: text("line"),
        fit: several("fit"),
        confidence: several("confidence"),
        spend: number("spend")?,
        purchases: number("purchases")?,
        name: text("name"),
        text: text("text"),
        said: text("override"),
        preference: several("preference"),
        may_contact: truth(visit, "may_contact")?,
        strength_from: text("strength_from"),
        strength_to: text("strength_to"),
        currency: text("currency"),
        country: several("country"),
        net_from: text("net_from"),
        net_to: text("net_to"),
        wanted: text("where"),
        columns: column::text(&column::chosen(Some(&columns.join(",")))?),
        view: None,
        totals: None,
        sort: text("sort"),
        after: text("after"),
        limit: number("limit")?,
    })
}

/// What may have several answers.
const SEVERAL: [&str; 6] = ["class", "fit", "confidence", "preference", "country", "columns"];

/// Whether boxes of a form sent several answers one by one; an address has them in one text, with commas between.
pub(super) fn is_one_by_one(visit: &Visit<'_>) -> bool {
    SEVERAL.iter().any(|name| 1 < said(visit, name).count())
}

/// The answers as the address names them: in one text, or one by one.
fn said<'v>(visit: &'v Visit<'_>, asked: &str) -> impl Iterator<Item = &'v str> {
    let all = visit.query.iter().filter(move |(name, _)| name == asked).map(|(_, value)| value.as_str());
    all.filter(|value| !value.trim().is_empty())
}

fn truth(visit: &Visit<'_>, name: &str) -> Result<Option<bool>> {
    let asked = visit.asked(name).filter(|text| !text.is_empty());
    asked.map(str::parse).transpose().map_err(|_| {
        Problem::invalid(name, "book.truth", say!("{name} is true or false, such as {name}=false"))
    })
}

/// The address of the book as a filter asks for it; `after` is left out.
pub(super) fn address(filter: &Filter) -> Address {
    address_at(PLACE, filter)
}

/// The same at another place.
pub(super) fn address_at(place: &str, filter: &Filter) -> Address {
    with_filter(Address::new(place), filter)
}

/// The same after what an address holds already.
pub(super) fn with_filter(address: Address, filter: &Filter) -> Address {
    pairs(filter).into_iter().fold(address, |address, (name, value)| address.with(name, Some(&value)))
}

/// What an address holds of a filter, as names and values; `after` is left out.
pub(super) fn pairs(filter: &Filter) -> Vec<(&'static str, String)> {
    let number = |n: Option<i64>| n.map(|n| n.to_string());
    let all = [
        ("class", filter.class.clone()),
        ("line", filter.line.clone()),
        ("fit", filter.fit.clone()),
        ("confidence", filter.confidence.clone()),
        ("spend", number(filter.spend)),
        ("purchases", number(filter.purchases)),
        ("name", filter.name.clone()),
        ("text", filter.text.clone()),
        ("override", filter.said.clone()),
        ("preference", filter.preference.clone()),
        ("may_contact", filter.may_contact.map(|may| may.to_string())),
        ("strength_from", filter.strength_from.clone()),
        ("strength_to", filter.strength_to.clone()),
        ("currency", filter.currency.clone()),
        ("country", filter.country.clone()),
        ("net_from", filter.net_from.clone()),
        ("net_to", filter.net_to.clone()),
        ("where", filter.wanted.clone()),
        ("sort", filter.sort.clone()),
        ("columns", filter.columns.clone()),
        ("limit", number(filter.limit)),
    ];
    all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}
