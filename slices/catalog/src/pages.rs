//! The catalogue: what can be bought from us, by name; and a product.

mod edit;
mod new;
mod product;

use ::store::Tx;
use access::pages::{PLACE, tabs};
use kernel::{Currency, Money, Permission::Write, Result};
use maud::{Markup, Render};
use slice::{PageRoute, Reply, Visit};
use speech::{html, say, word};
use ui::{Button, Cell, Column, Head, Nothing, Pager, Row, Table, Tabs};

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
    rows: Vec<ShownProduct>,
    next: Option<String>,
    tabs: Tabs<'static>,
    may_write: bool,
}

fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let asked = |name: &str| visit.asked(name).map(str::to_owned);
    let which = List { line: asked("line"), offer: asked("offer"), after: asked("after"), limit: None };
    let found = list(visit.cx, tx, which)?;
    let page = CatalogPage {
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
            @if self.rows.is_empty() {
                (Nothing { sentence: say!("Nothing is in the catalogue yet. Files of products fill it; one by one they are added by hand."), act: None })
            } @else {
                (self.table())
                (Pager {
                    range: say!("By name"),
                    next: self.next.as_ref().map(|next| format!("/products?after={next}").into()),
                    ..Pager::default()
                })
            }
        }
    }
}

impl CatalogPage {
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
