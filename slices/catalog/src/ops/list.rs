//! The catalogue, read.

use std::collections::HashMap;

use ::store::{DataClass, Tx};
use kernel::{Context, Cursor, Page, Permission, Problem, Result, Version};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::say;
use timeline::{LineId, fact::Offer, store as timeline_store};

use crate::{product::Product, store};

pub(super) const LIST: Head = Head {
    name: "catalog.list",
    act: Act::Read,
    method: Method::Get,
    path: "/products",
    command: "catalog",
    permission: Permission::Read,
    class: DataClass::Business,
    sentence: "Lists what can be bought from us, by name.",
    examples: &["mainstay catalog --offer managed_service", "mainstay catalog --text payroll"],
};

/// Words that are looked for at once.
const WORDS: usize = 8;

/// Which products.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct List {
    /// The name of a service line.
    pub line: Option<String>,
    /// A kind of offer.
    pub offer: Option<String>,
    /// Words, each of which stands in the name or in the number.
    pub text: Option<String>,
    /// Where to go on, as the page before says.
    pub after: Option<String>,
    /// How many, 1 to 200; 50 when absent.
    pub limit: Option<i64>,
}

/// A product as it is shown.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownProduct {
    /// Its id.
    pub id: String,
    /// Its number or code.
    pub key: String,
    /// Its name; the key where it has none.
    pub name: String,
    /// The service line it belongs to.
    pub line: String,
    /// The group of products to which it belongs; absent where nobody said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// What kind of thing it is; absent where nobody said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer: Option<String>,
    /// Its scope is agreed with each buyer.
    pub custom_scope: bool,
    /// Its price is agreed with each buyer.
    pub custom_price: bool,
    /// Its list price in major units; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<String>,
    /// The currency of the list price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The version of what is shown, for a change that must not overwrite what somebody else changed meanwhile.
    pub version: String,
}

/// Lists products.
///
/// # Errors
/// `catalog.offer` for a kind that there is not, `timeline.no_line` for a line that there is not.
pub fn list(cx: &Context, tx: &mut Tx<'_>, input: List) -> Result<Page<ShownProduct>> {
    let offer = input.offer.as_deref().unwrap_or_default();
    if !offer.is_empty() && Offer::parse(offer).is_none() {
        let known: Vec<_> = Offer::ALL.iter().map(|offer| offer.as_str()).collect();
        let text = say!("list products: {offer:?} is no kind of offer; known are {}", known.join(", "));
        return Err(Problem::invalid("offer", "catalog.offer", text));
    }
    let line = match &input.line {
        None => None,
        Some(name) => Some(timeline_store::line_of_name(tx, name)?.ok_or_else(|| {
            Problem::not_found("timeline.no_line", say!("there is no service line {name:?}"))
        })?),
    };
    let limit = input.limit.unwrap_or(50).clamp(1, 200);
    let after = input.after.as_deref().map(Cursor::read).unwrap_or(Cursor(Vec::new()));
    let number = after.0.get(1).and_then(|id| id.parse().ok()).unwrap_or(0);
    let after = (after.0.into_iter().next().unwrap_or_default(), number);
    let text = input.text.as_deref().unwrap_or_default();
    let words: Vec<String> = text.split_whitespace().take(WORDS).map(str::to_owned).collect();
    let mut found = store::list(tx, line.map(|line| line.id), offer, &words, &after, limit + 1)?;
    let more = i64::try_from(found.len()).is_ok_and(|count| limit < count);
    found.truncate(usize::try_from(limit).unwrap_or(200));
    let next = found
        .last()
        .filter(|_| more)
        .map(|last| Cursor(vec![store::name_key(&last.known, &last.key), last.id.0.to_string()]).write());
    let lines = lines(tx)?;
    Ok(Page { rows: found.into_iter().map(|product| shown(cx, product, &lines)).collect(), next })
}

pub(super) const VIEW: Head = Head {
    name: "product.view",
    act: Act::Read,
    method: Method::Get,
    path: "/products/{id}",
    command: "product {id}",
    permission: Permission::Read,
    class: DataClass::Business,
    sentence: "Shows a product: its kind of offer, what is agreed with each buyer, its list price.",
    examples: &["mainstay product prod_x7Kq2"],
};

/// A product by its id.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// The id of the product.
    pub id: String,
}

/// Shows a product.
///
/// # Errors
/// `catalog.no_product`, `id.unknown`.
pub fn view(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<ShownProduct> {
    let product = store::one(tx, cx.codes.read(&input.id)?)?;
    let lines = lines(tx)?;
    Ok(shown(cx, product, &lines))
}

fn lines(tx: &mut Tx<'_>) -> Result<HashMap<LineId, String>> {
    Ok(timeline_store::lines(tx)?.into_iter().map(|line| (line.id, line.name)).collect())
}

fn shown(cx: &Context, product: Product, lines: &HashMap<LineId, String>) -> ShownProduct {
    let Product { id, line, key, known, .. } = product;
    let version = Version::of(known.words().iter().map(String::as_str)).as_str().to_owned();
    ShownProduct {
        version,
        id: cx.codes.write(id),
        name: known.name.unwrap_or_else(|| key.clone()),
        key,
        line: lines.get(&line).cloned().unwrap_or_default(),
        category: known.category,
        offer: known.offer.map(|offer| offer.as_str().to_owned()),
        custom_scope: known.custom_scope.unwrap_or(false),
        custom_price: known.custom_price.unwrap_or(false),
        price: known.price,
        currency: known.currency.map(|currency| currency.code().to_owned()),
    }
}
