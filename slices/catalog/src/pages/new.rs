//! The form by which a product is written down.

use ::store::Tx;
use access::pages::PLACE;
use kernel::{Currency, Money, Problem, ProblemKind, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say};
use timeline::{fact::Offer, store as timeline_store};
use ui::{Button, Choice, Field, Head, Note, enter, hidden};

use super::{PRODUCTS, spoken};
use crate::ops::{NewProduct, Record, record};

/// What stands in the fields.
#[derive(Default)]
struct Typed {
    line: String,
    key: String,
    name: String,
    category: String,
    offer: String,
    price: String,
    currency: String,
    custom_scope: bool,
    custom_price: bool,
}

/// The form of a new product.
struct NewPage<'a> {
    typed: Typed,
    lines: Vec<String>,
    wrong: Option<Problem>,
    csrf: &'a str,
}

/// Answers `GET /products/new`.
pub(super) fn new(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    answer(visit, tx, Typed::default(), None)
}

/// Answers `POST /products`.
pub(super) fn write(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let typed = Typed::sent(visit);
    keep(visit, tx, typed)
}

fn keep(visit: &Visit<'_>, tx: &mut Tx<'_>, typed: Typed) -> Result<Reply> {
    let product = match typed.product() {
        Ok(product) => product,
        Err(wrong) => return answer(visit, tx, typed, Some(wrong)),
    };
    let is_known_line = timeline_store::line_of_name(tx, &typed.line)?.is_some();
    let input = Record { line: typed.line.clone(), industry: None, products: vec![product] };
    match record(visit.cx, tx, input) {
        Ok(_) => Ok(Reply::Go(PRODUCTS.to_owned())),
        // A line that was just made goes with the refusal.
        Err(wrong) if wrong.kind == ProblemKind::Invalid && is_known_line => {
            answer(visit, tx, typed, Some(wrong))
        }
        Err(problem) => Err(problem),
    }
}

fn answer(visit: &Visit<'_>, tx: &mut Tx<'_>, typed: Typed, wrong: Option<Problem>) -> Result<Reply> {
    let lines = timeline_store::lines(tx)?.into_iter().map(|line| line.name).collect();
    let page = NewPage { typed, lines, wrong, csrf: visit.csrf };
    Ok(Reply::Page { title: say!("Add a product").into_owned(), place: PLACE, body: page.render() })
}

impl Typed {
    fn sent(visit: &Visit<'_>) -> Typed {
        let text = |name: &str| visit.field(name).unwrap_or_default().to_owned();
        Typed {
            line: text("line"),
            key: text("key"),
            name: text("name"),
            category: text("category"),
            offer: text("offer"),
            price: speech::read_decimal(&text("price")),
            currency: text("currency"),
            custom_scope: visit.field("custom_scope").is_some(),
            custom_price: visit.field("custom_price").is_some(),
        }
    }

    /// The product that it comes to.
    fn product(&self) -> Result<NewProduct> {
        let said = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let at = |field: &str, problem: Problem| Problem { field: Some(field.to_owned()), ..problem };
        if self.line.is_empty() || self.key.is_empty() {
            let field = if self.line.is_empty() { "line" } else { "key" };
            let text = say!("write down a product: it needs its service line and its number or code");
            return Err(Problem::invalid(field, "catalog.key", text));
        }
        let currency = said(&self.currency).map(|text| Currency::parse(&text.to_uppercase())).transpose();
        let currency = currency.map_err(|problem| at("currency", problem))?;
        if let Some(price) = said(&self.price) {
            let text = say!("a price needs its currency, such as EUR");
            let currency = currency.ok_or_else(|| Problem::invalid("currency", "catalog.currency", text))?;
            Money::parse(&price, currency).map_err(|problem| at("price", problem))?;
        }
        Ok(NewProduct {
            key: self.key.clone(),
            name: said(&self.name),
            category: said(&self.category),
            offer: Offer::parse(&self.offer),
            custom_scope: Some(self.custom_scope),
            custom_price: Some(self.custom_price),
            price: said(&self.price),
            currency,
            expected: None,
        })
    }
}

impl Render for NewPage<'_> {
    fn render(&self) -> Markup {
        let trail = html! { a href=(PRODUCTS) { "Catalogue" } };
        let lead = html! {
            "Something that can be bought from us. What kind of thing it is tells customers and clients apart."
        };
        html! {
            (Head { title: say!("Add a product"), trail: Some(trail), lead: Some(lead), narrow: true, ..Head::default() })
            div .group .narrow { (self.form()) }
        }
    }
}

impl NewPage<'_> {
    fn form(&self) -> Markup {
        let fields = ["line", "key", "name", "category", "offer", "price", "currency"];
        let wrong = self.wrong.as_ref();
        let above = wrong.filter(|wrong| !fields.contains(&wrong.field.as_deref().unwrap_or_default()));
        html! {
            form .form method="post" action=(PRODUCTS) {
                (hidden("csrf", self.csrf)) (enter())
                @if let Some(wrong) = above { (Note::bad(ui::sentence(&wrong.message))) }
                div .pair { (self.first()) (self.rest()) }
                (Field::check("custom_scope", say!("Its scope is agreed with each buyer"), self.typed.custom_scope))
                (Field::check("custom_price", say!("Its price is agreed with each buyer"), self.typed.custom_price))
                div .acts {
                    (Button::submit(say!("Add it")).main_act())
                    (Button::link(say!("Cancel"), PRODUCTS).quiet())
                }
            }
        }
    }

    fn error(&self, field: &str) -> Option<String> {
        let wrong = self.wrong.as_ref().filter(|wrong| wrong.field.as_deref() == Some(field));
        wrong.map(|wrong| ui::sentence(&wrong.message))
    }

    /// By which it is known.
    fn first(&self) -> Markup {
        let lines = self.lines.iter().map(|line| Choice::new(line.as_str(), line.as_str())).collect();
        html! {
            @if self.lines.is_empty() {
                (Field::text("line", say!("Service line")).value(&*self.typed.line).placeholder(say!("Payroll")).error(self.error("line")).required())
            } @else {
                (Field::select("line", say!("Service line"), lines).value(&*self.typed.line).error(self.error("line")))
            }
            (Field::text("key", say!("Number or code")).value(&*self.typed.key).placeholder("payroll-50").error(self.error("key")).required())
        }
    }

    fn rest(&self) -> Markup {
        let typed = &self.typed;
        let offers = Offer::ALL.iter().map(|offer| Choice::new(offer.as_str(), spoken(offer.as_str())));
        let offers = std::iter::once(Choice::new("", say!("Not said"))).chain(offers).collect();
        html! {
            (Field::text("name", say!("Name")).value(&*typed.name).placeholder(say!("Payroll up to 50 people")).error(self.error("name")))
            (Field::text("category", say!("Category")).value(&*typed.category).placeholder(say!("Payroll")).error(self.error("category")))
            (Field::select("offer", say!("What kind of thing"), offers).value(&*typed.offer).error(self.error("offer")))
            (Field::text("price", say!("List price")).value(&*typed.price).placeholder("480.00").error(self.error("price")))
            (Field::text("currency", say!("Currency")).value(&*typed.currency).placeholder("EUR").error(self.error("currency")))
        }
    }
}
