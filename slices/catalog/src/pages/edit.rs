//! A product described anew: what somebody else changed meanwhile is not overwritten.

use ::store::Tx;
use kernel::{Currency, Money, Problem, Result};
use maud::{Markup, Render};
use slice::Visit;
use speech::say;
use timeline::{fact::Offer, store as timeline_store};
use ui::{Asked, Asks, Edit, Typed, hidden};

use super::{PRODUCTS, spoken};
use crate::{
    ops::{Latest, NewProduct, Record, ShownProduct, latest, meanwhile, record},
    product::{Described, FIELDS, ProductInput, YES},
};

/// What is asked of a product, in the order of [`FIELDS`].
fn asked() -> Vec<Asked> {
    let line =
        |name: &'static str, label: ui::Text<'static>, how| Asked { name, label, how, hint: "".into() };
    let text = || Asks::Line("text");
    let offers = Offer::ALL.iter().map(|offer| (offer.as_str(), spoken(offer.as_str()).into()));
    let offers = std::iter::once(("", say!("Not said"))).chain(offers).collect();
    vec![
        line("name", say!("Name"), text()),
        line("category", say!("Category"), text()),
        line("offer", say!("What kind of thing"), Asks::One(offers)),
        line("custom_scope", say!("Its scope is agreed with each buyer"), Asks::Yes),
        line("custom_price", say!("Its price is agreed with each buyer"), Asks::Yes),
        line("price", say!("List price"), text()),
        Asked {
            hint: say!("What is left empty stays as it is."),
            ..line("currency", say!("Currency"), text())
        },
    ]
}

/// What stands in the fields of a product, in their order.
fn now(known: &ShownProduct) -> Vec<String> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let yes = |yes: bool| if yes { YES.to_owned() } else { String::new() };
    // Where nobody named it, its number stands in the place of a name.
    let name = if known.name == known.key { String::new() } else { known.name.clone() };
    vec![
        name,
        text(&known.category),
        text(&known.offer),
        yes(known.custom_scope),
        yes(known.custom_price),
        text(&known.price),
        text(&known.currency),
    ]
}

/// What a form says of a product.
///
/// # Errors
/// `catalog.currency`, `money.amount` and what else cannot be said, by field.
fn wanted(asked: &[Asked], typed: &Typed) -> Result<Described> {
    let value = |name: &str| typed.value(asked, name).filter(|value| !value.is_empty());
    let at = |field: &str, problem: Problem| Problem { field: Some(field.to_owned()), ..problem };
    let currency = value("currency").map(|code| Currency::parse(&code.to_uppercase())).transpose();
    let currency = currency.map_err(|problem| at("currency", problem))?;
    let price = value("price").map(|price| speech::read_decimal(&price));
    if let Some(price) = &price {
        let why = say!("a price needs its currency, such as EUR");
        let currency = currency.ok_or_else(|| Problem::invalid("currency", "catalog.currency", why))?;
        Money::parse(price, currency).map_err(|problem| at("price", problem))?;
    }
    Ok(Described {
        name: value("name"),
        category: value("category"),
        offer: value("offer").and_then(|offer| Offer::parse(&offer)),
        custom_scope: Some(value("custom_scope").is_some()),
        custom_price: Some(value("custom_price").is_some()),
        price,
        currency,
    })
}

/// Tries what a form says: what somebody else changed meanwhile and the form left alone.
fn tried(tx: &mut Tx<'_>, known: &ShownProduct, typed: &Typed) -> Result<Vec<&'static str>> {
    let said = wanted(&asked(), typed)?;
    said.check(&known.key)?;
    let line = timeline_store::line_of_name(tx, &known.line)?.ok_or_else(|| {
        Problem::internal("catalog.line", format!("the line of product {} is gone", known.key))
    })?;
    let mut input = ProductInput { row: 0, key: &known.key, said };
    if typed.version.is_empty() {
        return Ok(Vec::new());
    }
    meanwhile(tx, line.id, &mut input, &typed.version)
}

/// The form, with what was refused of what was sent.
///
/// # Errors
/// `store.statement`.
pub(super) fn form(visit: &Visit<'_>, tx: &mut Tx<'_>, known: &ShownProduct) -> Result<Markup> {
    let asked = asked();
    let typed = (!visit.form.is_empty()).then(|| Typed::sent(&visit.form, &asked));
    let wrong = typed.as_ref().and_then(|typed| tried(tx, known, typed).err());
    let clash = wrong.as_ref().is_some_and(|wrong| wrong.code == "catalog.changed");
    Ok(Edit {
        now: now(known),
        asked: &asked,
        version: known.version.as_str().into(),
        typed,
        wrong: wrong.as_ref().map(ui::refusal),
        clash,
        by: if clash { said_by(visit, tx, known)? } else { Vec::new() },
        action: format!("{PRODUCTS}/{}", known.id).into(),
        hidden: hidden("csrf", visit.csrf),
        back: PRODUCTS.into(),
    }
    .render())
}

/// By whom, and when, each field was said last.
fn said_by(visit: &Visit<'_>, tx: &mut Tx<'_>, known: &ShownProduct) -> Result<Vec<Option<String>>> {
    let all = latest(tx, visit.cx.codes.read(&known.id)?)?;
    Ok(all.into_iter().map(|one| one.map(|one| by(visit, &one))).collect())
}

/// `Ines Marchetti on 4 March 2025 at 10:02`, in the time of the house.
fn by(visit: &Visit<'_>, last: &Latest) -> String {
    let who = match (&last.who, last.is_filed) {
        (Some(name), _) => name.clone(),
        (None, true) => say!("a file").into_owned(),
        // It was typed before anybody wrote down by whom.
        (None, false) if last.at.is_none() => return say!("somebody").into_owned(),
        (None, false) => say!("the house").into_owned(),
    };
    let Some(at) = last.at else { return who };
    let zone = &visit.cx.zone;
    say!(
        "{who} on {day} at {time}",
        day = ui::time::long_text(at.day(zone)),
        time = ui::time::clock(at, zone)
    )
}

/// Does what the form asks for; gives where one goes then.
///
/// # Errors
/// `catalog.changed` where somebody else changed the same meanwhile, and what cannot be said of a product; nothing is
/// written then.
pub(super) fn describe(visit: &Visit<'_>, tx: &mut Tx<'_>, known: &ShownProduct) -> Result<String> {
    let typed = Typed::sent(&visit.form, &asked());
    let theirs = tried(tx, known, &typed)?;
    let Described { name, category, offer, custom_scope, custom_price, price, currency } =
        wanted(&asked(), &typed)?;
    let expected = Some(typed.version).filter(|version| !version.is_empty());
    let key = known.key.clone();
    let product =
        NewProduct { key, name, category, offer, custom_scope, custom_price, price, currency, expected };
    record(visit.cx, tx, Record { line: known.line.clone(), industry: None, products: vec![product] })?;
    let theirs = if theirs.is_empty() { String::new() } else { format!("?theirs={}", theirs.join(".")) };
    Ok(format!("{PRODUCTS}/{}{theirs}", known.id))
}

/// What is said after it was kept while somebody else changed something of it as well.
pub(super) fn kept(visit: &Visit<'_>) -> Option<String> {
    let theirs = visit.asked("theirs")?;
    let labels: Vec<_> = FIELDS
        .into_iter()
        .zip(asked())
        .filter(|(field, _)| theirs.split('.').any(|one| one == *field))
        .map(|(_, asked)| asked.label)
        .collect();
    let labels = labels.join(", ");
    (!labels.is_empty())
        .then(|| say!("Kept. Somebody else had changed {labels} meanwhile; that stays as they wrote it."))
}
