//! Taking back: what of an import would go and what would stay, before anybody says so; and what came of it.

use ::store::Tx;
use kernel::Result;
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::html;
use ui::{Button, Cell, Column, Head, Row, Table, count, plural, terms};

use super::{PLACE, act, address};
use crate::ops::{
    undo::{self, Stays, UndoPreview, Undone},
    view::{self, Named, ShownImport},
};

/// The page that asks.
struct UndoPage<'a> {
    import: ShownImport,
    preview: UndoPreview,
    csrf: &'a str,
}

/// Answers `GET /imports/{id}/undo`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let id = visit.part("id")?.to_owned();
    let page = UndoPage {
        preview: undo::preview(visit.cx, tx, Named { id: id.clone() })?,
        import: view::view(visit.cx, tx, Named { id })?,
        csrf: visit.csrf,
    };
    Ok(Reply::Page { title: format!("Take back {}", page.import.name), place: PLACE, body: page.render() })
}

/// Answers `POST /imports/{id}/undo`.
pub(super) fn ask(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let id = visit.part("id")?;
    undo::ask_undo(visit.cx, tx, Named { id: id.to_owned() })?;
    Ok(Reply::Go(address(id, "")))
}

impl Render for UndoPage<'_> {
    fn render(&self) -> Markup {
        let here = address(&self.import.id, "");
        let trail = html! { a href=(PLACE) { "Bring in" } " › " a href=(here) { (self.import.name) } };
        html! {
            (Head { edit: None,
                title: "Take back".into(),
                trail: Some(trail),
                lead: Some(html! { "What this import made goes, and what it changed is as before. What others recorded on it since stays." }),
                acts: None,
                narrow: true,
            })
            div .group .narrow {
                @match &self.preview.would {
                    Some(would) => { (counts(would, false)) },
                    None => { p { (count(self.preview.changes)) " things were made or changed by it. What has to stay is listed once it is taken back." } },
                }
                @if !self.preview.stays.is_empty() { (stays(&self.preview.stays)) }
                div .acts .group {
                    (act(&address(&self.import.id, "/undo"), self.csrf, &Button::submit("Take back").main_act()))
                    (Button::link("Leave it", here))
                }
                p .small .soft { "The file stays here, and can be imported again." }
            }
        }
    }
}

/// What goes, or what went, in counts.
pub(super) fn counts(undone: &Undone, is_done: bool) -> Markup {
    let verb = if is_done { "went" } else { "go" };
    let gone = |n: i64| html! { (count(n)) " " (verb) };
    let shrunk = html! { (plural(undone.orders_shrunk, "keeps", "keep")) " the lines that others brought" };
    let needed = html! { (plural(undone.accounts_needed, "stays", "stay")) ": another source names them" };
    let orders = html! { (gone(undone.orders)) @if 0 < undone.orders_shrunk { ", " (shrunk) } };
    let accounts = html! { (gone(undone.accounts)) @if 0 < undone.accounts_needed { ", " (needed) } };
    terms(&[("Lines", gone(undone.lines)), ("Orders", orders), ("Accounts", accounts)])
}

/// What stays, and why.
pub(super) fn stays(stays: &[Stays]) -> Markup {
    let rows = stays.iter().map(|stays| {
        let (address, what) = (format!("/accounts/{}", stays.account), stays.kind == "order");
        Row::new([
            Cell::head(html! { a href=(address) { @if what { "Order " } (stays.label) } }),
            Cell::soft(ui::sentence(&stays.reason)),
        ])
    });
    let columns = [Column::new("What stays"), Column::new("Why")];
    html! { div .group { (Table::plain("What stays, and why").columns(columns).rows(rows)) } }
}
