//! A product: something that can be bought from us, of one kind of offer; what is known of it is what was said of it,
//! one statement after the other.

use kernel::{Currency, Id, Kind, Money, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use speech::say;
use timeline::{LineId, fact::Offer};

/// The id of a product.
pub type ProductId = Id<ProductKind>;

/// Marks ids of products.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ProductKind;

impl Kind for ProductKind {
    const PREFIX: &'static str = "prod";
    const NOUN: &'static str = "a product";
}

/// What can be said of a product, in the order of its version.
pub const FIELDS: [&str; 7] =
    ["name", "category", "offer", "custom_scope", "custom_price", "price", "currency"];
/// What stands in a field that holds.
pub const YES: &str = "1";

/// What somebody says of a product; what is absent was not said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Described {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The group of products to which it belongs, such as "Bikes".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// What kind of thing it is: goods, generic_service, subscription, cover, managed_service, professional_service,
    /// advice.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub offer: Option<Offer>,
    /// Its scope is agreed with each buyer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_scope: Option<bool>,
    /// Its price is agreed with each buyer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_price: Option<bool>,
    /// Its list price in major units, such as "38.00"; needs a currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<String>,
    /// The currency of the list price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
}

/// A statement about a product on its way in.
#[derive(Clone, Debug)]
pub struct ProductInput<'a> {
    /// The record in its file, the first after the header being 1; 0 by hand.
    pub row: i64,
    /// Its number or code on its service line.
    pub key: &'a str,
    /// What is said of it.
    pub said: Described,
}

/// A product as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Its id; 0 before it is written.
    pub id: ProductId,
    /// The service line it belongs to.
    pub line: LineId,
    /// Its number or code there.
    pub key: String,
    /// All that was said, the last word standing.
    pub known: Described,
    /// The import that brought it first; 0 by hand.
    pub run: i64,
}

impl Described {
    /// Lays what was said later over this.
    pub fn over(&mut self, later: &Described) {
        fn lay<T: Clone>(below: &mut Option<T>, above: &Option<T>) {
            if above.is_some() {
                below.clone_from(above);
            }
        }
        lay(&mut self.name, &later.name);
        lay(&mut self.category, &later.category);
        lay(&mut self.offer, &later.offer);
        lay(&mut self.custom_scope, &later.custom_scope);
        lay(&mut self.custom_price, &later.custom_price);
        lay(&mut self.price, &later.price);
        lay(&mut self.currency, &later.currency);
    }

    /// What is known of each of [`FIELDS`], as it is said outside; blank where nobody said.
    pub fn words(&self) -> [String; FIELDS.len()] {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let yes = |yes: Option<bool>| if yes == Some(true) { YES.to_owned() } else { String::new() };
        [
            text(&self.name),
            text(&self.category),
            self.offer.map(|offer| offer.as_str().to_owned()).unwrap_or_default(),
            yes(self.custom_scope),
            yes(self.custom_price),
            text(&self.price),
            self.currency.map(|currency| currency.code().to_owned()).unwrap_or_default(),
        ]
    }

    /// Whether something is said of the field at this place.
    pub fn says(&self, at: usize) -> bool {
        [
            self.name.is_some(),
            self.category.is_some(),
            self.offer.is_some(),
            self.custom_scope.is_some(),
            self.custom_price.is_some(),
            self.price.is_some(),
            self.currency.is_some(),
        ][at]
    }

    /// Says nothing more of the field at this place.
    pub fn withdraw(&mut self, at: usize) {
        match at {
            0 => self.name = None,
            1 => self.category = None,
            2 => self.offer = None,
            3 => self.custom_scope = None,
            4 => self.custom_price = None,
            5 => self.price = None,
            _ => self.currency = None,
        }
    }

    /// The list price, where one is known.
    pub fn list_price(&self) -> Option<Money> {
        Money::parse(self.price.as_deref()?, self.currency?).ok()
    }

    /// Refuses what cannot be said of a product.
    ///
    /// # Errors
    /// `catalog.name` for a blank or overlong name, `catalog.category` for such a category, `catalog.price` for a price that is none or has no currency.
    pub fn check(&self, key: &str) -> Result<()> {
        let wrong = |field: &str, code: &'static str, why: String| {
            Err(Problem::invalid(field, code, say!("record product {key:?}: {why}")))
        };
        match self.name.as_deref().map(str::trim) {
            Some("") => {
                return wrong(
                    "name",
                    "catalog.name",
                    say!("its name is blank; leave it out or say it").into(),
                );
            }
            Some(name) if 200 < name.chars().count() || name.chars().any(char::is_control) => {
                let why =
                    say!("its name has more than 200 letters or letters that cannot be seen; shorten it")
                        .into();
                return wrong("name", "catalog.name", why);
            }
            _ => (),
        }
        if let Some(category) = self.category.as_deref().map(str::trim)
            && (category.is_empty()
                || 200 < category.chars().count()
                || category.chars().any(char::is_control))
        {
            let why =
                say!("its category is blank, longer than 200 letters or has letters that cannot be seen")
                    .into();
            return wrong("category", "catalog.category", why);
        }
        let Some(price) = &self.price else { return Ok(()) };
        let Some(currency) = self.currency else {
            return wrong(
                "currency",
                "catalog.price",
                say!("its list price has no currency; name one such as EUR").into(),
            );
        };
        match Money::parse(price, currency) {
            Ok(money) if 0 <= money.amount => Ok(()),
            Ok(_) => wrong("price", "catalog.price", say!("its list price {price:?} is below zero")),
            Err(problem) => wrong("price", "catalog.price", problem.message),
        }
    }
}
