//! Taking back: what of an import would go and what would stay, before anybody says so; and what came of it.

use ::store::Tx;
use kernel::Result;
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say};
use ui::{Button, Cell, Column, Head, Row, Table, terms};

use super::{PLACE, act, address};
use crate::{
    ops::{
        undo::{self, Stays, UndoPreview, Undone},
        view::{self, Named, ShownImport},
    },
    retold::retold,
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
    let title = say!("Take back {}", page.import.name);
    Ok(Reply::Page { title, place: PLACE, body: page.render() })
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
                title: say!("Take back"),
                trail: Some(trail),
                lead: Some(html! { "What this import made goes, and what it changed is as before. What others recorded on it since stays." }),
                acts: None,
                narrow: true,
            })
            div .group .narrow {
                @match &self.preview.would {
                    Some(would) => { (counts(would, false)) },
                    None => { p { (self.unlooked()) } },
                }
                @if !self.preview.stays.is_empty() { (stays(&self.preview.stays)) }
                div .acts .group {
                    (act(&address(&self.import.id, "/undo"), self.csrf, &Button::submit(say!("Take back")).main_act()))
                    (Button::link(say!("Leave it"), here))
                }
                p .small .soft { "The file stays here, and can be imported again." }
            }
        }
    }
}

impl UndoPage<'_> {
    /// In place of counts, where it is too large to be looked through.
    fn unlooked(&self) -> String {
        say!(
            "{n} things were made or changed by it. What has to stay is listed once it is taken back."
                | "{n} things were made or changed by it. What has to stay is listed once it is taken back."
                    % self.preview.changes
        )
    }
}

/// What goes, or what went, in counts.
pub(super) fn counts(undone: &Undone, is_done: bool) -> Markup {
    let gone = |n: i64| match is_done {
        true => say!("{n} went" | "{n} went" % n),
        false => say!("{n} go" | "{n} go" % n),
    };
    let shrunk = say!(
        "{n} keeps the lines that others brought"
            | "{n} keep the lines that others brought" % undone.orders_shrunk
    );
    let needed = say!(
        "{n} stays: another source names them"
            | "{n} stay: another source names them" % undone.accounts_needed
    );
    let lines = html! { (gone(undone.lines)) };
    let orders = html! { (gone(undone.orders)) @if 0 < undone.orders_shrunk { ", " (shrunk) } };
    let accounts = html! { (gone(undone.accounts)) @if 0 < undone.accounts_needed { ", " (needed) } };
    terms(&[(&say!("Lines"), lines), (&say!("Orders"), orders), (&say!("Accounts"), accounts)])
}

/// What stays, and why.
pub(super) fn stays(stays: &[Stays]) -> Markup {
    let rows = stays.iter().map(|stays| {
        let address = format!("/accounts/{}", stays.account);
        let what = match stays.kind.as_str() {
            "order" => say!("Order {}", stays.label),
            "fact" => retold(&stays.label),
            _ => stays.label.clone(),
        };
        Row::new([
            Cell::head(html! { a href=(address) { (what) } }),
            Cell::soft(ui::sentence(&retold(&stays.reason))),
        ])
    });
    let columns = [Column::new(say!("What stays")), Column::new(say!("Why"))];
    html! { div .group { (Table::plain(say!("What stays, and why")).columns(columns).rows(rows)) } }
}
