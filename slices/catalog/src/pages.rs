//! The catalogue: what can be bought from us, by name; and a product.

mod edit;
pub(crate) mod find;
mod new;
mod product;

use ::store::Tx;
use access::pages::{PLACE, tabs};
use kernel::{Currency, Money, Permission::Write, Result};
use maud::{Markup, Render};
use slice::{PageRoute, Reply, Visit};
use speech::{html, say, word};
use timeline::fact::Offer;
use ui::{
    Address, Answer, Button, Cell, Column, Filters, Head, Nothing, Pager, Pick, Row, Table, Tabs, Text,
};

use crate::ops::{List, ShownProduct, list};

/// The pages.
pub const PAGES: &[PageRoute] = &[
    PageRoute::get(PRODUCTS, page).by("Catalogue", &["catalog.list"]),
    PageRoute::post(PRODUCTS, new::write).by("Add it", &["catalog.record"]),
    PageRoute::get("/products/new", new::new).asks(Write).by("Add a product", &[]),
    PageRoute::get("/products/{id}", product::page).by("(its name)", &["product.view"]),
    PageRoute::post("/products/{id}", product::describe).by("Keep it", &["catalog.record"]),
];

/// Where it is.
const PRODUCTS: &str = "/products";

/// A page of the catalogue.
struct CatalogPage {
    asked: List,
    lines: Vec<String>,
    rows: Vec<ShownProduct>,
    next: Option<String>,
    tabs: Tabs<'static>,
    may_write: bool,
}

fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let asked = |name: &str| visit.asked(name).map(str::to_owned);
    let asked = |name: &str| asked(name).filter(|text| !text.trim().is_empty());
    let which = List {
        line: asked("line"),
        offer: asked("offer"),
        text: asked("text"),
        after: asked("after"),
        limit: None,
    };
    let found = list(visit.cx, tx, which.clone())?;
    let page = CatalogPage {
        asked: which,
        lines: timeline::store::lines(tx)?.into_iter().map(|line| line.name).collect(),
        rows: found.rows,
        next: found.next,
        tabs: tabs(visit, PRODUCTS),
        may_write: visit.cx.actor.may(Write),
    };
    Ok(Reply::Page { title: say!("Catalogue").into(), place: PLACE, body: page.render() })
}

impl Render for CatalogPage {
    fn render(&self) -> Markup {
        let lead = html! { "What can be bought from us: the kind of offer, what is agreed with each buyer, the list price." };
        let acts = self.may_write.then(|| html! { (Button::link(say!("Add a product"), "/products/new")) });
        html! {
            (Head { title: say!("Catalogue"), lead: Some(lead), acts, ..Head::default() })
            (self.tabs)
            @if self.is_narrow() || !self.rows.is_empty() { (self.filters()) }
            @if self.rows.is_empty() && self.is_narrow() {
                (Nothing { sentence: say!("No product matches."), act: Some(html! { (Button::link(say!("Show all"), PRODUCTS)) }) })
            } @else if self.rows.is_empty() {
                (Nothing { sentence: say!("Nothing is in the catalogue yet. Files of products fill it; one by one they are added by hand."), act: None })
            } @else {
                (self.table())
                (Pager {
                    range: say!("By name"),
                    next: self.next.as_ref().map(|next| self.address().with("after", Some(next)).write().into()),
                    ..Pager::default()
                })
            }
        }
    }
}

impl CatalogPage {
    /// Whether less than all of it is asked for.
    fn is_narrow(&self) -> bool {
        [&self.asked.line, &self.asked.offer, &self.asked.text].into_iter().any(Option::is_some)
    }

    /// Where it stands, from its beginning.
    fn address(&self) -> Address {
        let List { line, offer, text, .. } = &self.asked;
        let asked = [("text", text), ("line", line), ("offer", offer)];
        asked.into_iter().fold(Address::new(PRODUCTS), |at, (name, value)| at.with(name, value.as_deref()))
    }

    fn filters(&self) -> Filters<'static> {
        let one = |value: &str, text: Text<'static>, asked: &Option<String>| Answer {
            on: asked.as_deref().unwrap_or_default() == value,
            value: value.to_owned().into(),
            text,
            count: None,
        };
        let any = |asked: &Option<String>| Answer { on: false, ..one("", say!("Any"), asked) };
        let offers = Offer::ALL.iter().map(|offer| offer.as_str());
        let offers = offers.map(|offer| one(offer, spoken(offer).into(), &self.asked.offer));
        let lines = self.lines.iter().map(|line| one(line, line.clone().into(), &self.asked.line));
        let pick =
            |name: &str, label: Text<'static>, asked: &Option<String>, answers: Vec<Answer<'static>>| {
                Pick::one(name, label, &[any(asked)].into_iter().chain(answers).collect::<Vec<_>>())
            };
        Filters {
            action: PRODUCTS.into(),
            search: Some((
                "text".into(),
                say!("Name or number"),
                self.asked.text.clone().unwrap_or_default().into(),
            )),
            picks: vec![
                pick("offer", say!("Kind of offer"), &self.asked.offer, offers.collect()),
                pick("line", say!("Service line"), &self.asked.line, lines.collect()),
            ],
            clear: self.is_narrow().then(|| PRODUCTS.into()),
            ..Filters::default()
        }
    }

    fn table(&self) -> Table<'_> {
        Table::plain(say!("Products by name"))
            .columns([
                Column::new(say!("Product")),
                Column::new(say!("Key")),
                Column::new(say!("Service line")),
                Column::new(say!("Category")),
                Column::new(say!("Kind of offer")),
                Column::new(say!("Agreed with each buyer")),
                Column::new(say!("List price")).num(),
            ])
            .rows(self.rows.iter().map(row))
    }
}

fn row(product: &ShownProduct) -> Row<'_> {
    let unsaid = html! { span .faint { "not said" } };
    let offer = product.offer.as_ref().map_or(unsaid, |offer| html! { (spoken(offer)) });
    let category = html! { @match &product.category { Some(category) => { (category) }, None => { span .faint { "not said" } } } };
    let agreed = match (product.custom_scope, product.custom_price) {
        (true, true) => say!("scope and price"),
        (true, false) => say!("scope"),
        (false, true) => say!("price"),
        (false, false) => "–".into(),
    };
    Row::new([
        Cell::head(html! { a href={ (PRODUCTS) "/" (product.id) } { (product.name) } }),
        Cell::new(html! { (product.key) }),
        Cell::new(html! { (product.line) }),
        Cell::new(category),
        Cell::new(offer),
        Cell::new(html! { (agreed) }),
        Cell::num(price(product)),
    ])
}

/// `managed service`.
fn spoken(offer: &str) -> String {
    word!(offer.replace('_', " "))
}

fn price(product: &ShownProduct) -> Markup {
    let known = product.currency.as_deref().zip(product.price.as_deref());
    let money = known.and_then(|(code, price)| Money::parse(price, Currency::parse(code).ok()?).ok());
    html! { @match money { Some(money) => { (ui::money(money)) }, None => { span .faint { "–" } } } }
}
