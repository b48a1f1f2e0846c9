//! A product: what is known of it, and the form by which it is described anew.

use ::store::Tx;
use access::pages::PLACE;
use kernel::{Permission, ProblemKind, Result};
use maud::Markup;
use slice::{Reply, Visit};
use speech::{html, say};
use ui::{Group, Head, terms};

use super::{PRODUCTS, edit, price, spoken};
use crate::ops::{Named, ShownProduct, view};

/// Answers `GET /products/{id}`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let known = view(visit.cx, tx, Named { id: visit.part("id")?.to_owned() })?;
    shown(visit, tx, &known)
}

/// Answers `POST /products/{id}`: it is described anew, where nobody else described it otherwise meanwhile.
pub(super) fn describe(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let known = view(visit.cx, tx, Named { id: visit.part("id")?.to_owned() })?;
    let refused = match edit::describe(visit, tx, &known) {
        Ok(place) => return Ok(Reply::Go(place)),
        Err(problem) => problem,
    };
    match (refused.kind, shown(visit, tx, &known)?) {
        (ProblemKind::Stale, Reply::Page { title, place, body }) => Ok(Reply::Changed { title, place, body }),
        (ProblemKind::Invalid, page) => Ok(page),
        _ => Err(refused),
    }
}

/// A product with the form by which it is described anew.
fn shown(visit: &Visit<'_>, tx: &mut Tx<'_>, known: &ShownProduct) -> Result<Reply> {
    let trail = html! { a href=(PRODUCTS) { "Catalogue" } };
    let form = match visit.cx.actor.may(Permission::Write) {
        true => Some(edit::form(visit, tx, known)?),
        false => None,
    };
    let kept = edit::kept(visit);
    let body = html! {
        (Head { title: known.name.as_str().into(), trail: Some(trail), narrow: true, ..Head::default() })
        @if let Some(kept) = kept { p .small .soft role="status" { (kept) } }
        div .group .narrow { (about(known)) }
        @if let Some(form) = form { (Group::new(say!("Describe it anew"), form).narrow()) }
    };
    Ok(Reply::Page { title: known.name.clone(), place: PLACE, body })
}

fn about(known: &ShownProduct) -> Markup {
    let or = |text: &Option<String>| html! { @match text { Some(text) => { (spoken(text)) }, None => { span .faint { "not said" } } } };
    terms(&[
        (&say!("Number or code"), html! { (known.key) }),
        (&say!("Service line"), html! { (known.line) }),
        (
            &say!("Category"),
            html! { @match &known.category { Some(category) => { (category) }, None => { span .faint { "not said" } } } },
        ),
        (&say!("What kind of thing"), or(&known.offer)),
        (&say!("List price"), price(known)),
    ])
}
