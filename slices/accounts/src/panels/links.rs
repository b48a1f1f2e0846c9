//! What an account hangs on and what hangs on it: households, departments, the customers of a client.

use ::store::Tx;
use kernel::{Context, Day, Permission, Result};
use maud::{Markup, Render};
use slice::Visit;
use speech::{html, say};
use ui::{Button, Cell, Column, Group, Note, Row, Table, Text, hidden, time};

use super::ROWS;
use crate::ops::ShownLink;
use crate::ops::links::{Wanted, list};

/// Draws the panel.
pub(super) fn show(visit: &Visit<'_>, tx: &mut Tx<'_>, account: &str) -> Result<Markup> {
    let (mut links, mut more) = (Vec::new(), false);
    for hangs in [true, false] {
        let wanted = Wanted { id: account.to_owned(), hangs, after: None, limit: ROWS };
        let page = list(visit.cx, tx, &wanted)?;
        more |= page.next.is_some();
        links.extend(page.rows);
    }
    let may_write = visit.cx.actor.may(Permission::Write);
    let note = html! { @if more { a href={ "/accounts/" (account) "/links" } { "All of them" } } };
    let body = html! {
        (ended(visit, account))
        @if links.is_empty() { p .small .soft { "No household, department or client of ours that they belong to, and nobody who belongs to them." } }
        @else { (table(visit.cx, account, &links, may_write.then_some(visit.csrf))) }
        @if may_write {
            p .acts { (Button::link(say!("Link them to another account"), format!("/accounts/{account}/links/new"))) }
        }
    };
    Ok(Group::new(say!("Belongs together"), body).note(note).render())
}

/// The link that was taken away just now, and the way back. The address names it: kind, other account, since when.
fn ended(visit: &Visit<'_>, account: &str) -> Markup {
    let Some((kind, rest)) = visit.asked("ended").and_then(|text| text.split_once('.')) else {
        return html! {};
    };
    let (other, since) = rest.split_once('.').unwrap_or((rest, ""));
    Note::new(html! {
        form .acts method="post" action={ "/accounts/" (account) "/links" } {
            (hidden("csrf", visit.csrf)) (hidden("kind", kind)) (hidden("other", other)) (hidden("since", since))
            span { "The link was taken away." }
            (Button::submit(say!("Undo")).key('u'))
        }
    })
    .render()
}

/// Links, each with a button that takes it away for whoever may (`csrf`).
pub(crate) fn table<'a>(
    cx: &Context,
    account: &str,
    links: &'a [ShownLink],
    csrf: Option<&str>,
) -> Table<'a> {
    let columns = [
        Column::new(say!("How")),
        Column::new(say!("With whom")),
        Column::new(say!("Since")),
        Column::acts(),
    ];
    Table::fold(say!("What they hang together with")).columns(columns).rows(links.iter().map(|link| {
        let since = Day::parse(&link.since);
        let since = html! {
            @match since { Ok(day) => { (time::short(day, cx.today())) }, Err(_) => { span .faint { "not said" } } }
        };
        let act = html! { @if let Some(csrf) = csrf { (end(account, link, csrf)) } };
        Row::new([
            Cell::soft(word(&link.kind)),
            Cell::head(html! { a href={ "/accounts/" (link.id) } { (link.name) } }),
            Cell::new(since).label(say!("Since")),
            Cell::new(act),
        ])
    }))
}

fn end(account: &str, link: &ShownLink, csrf: &str) -> Markup {
    let label = say!("Take the link with {} away", link.name);
    html! {
        form method="post" action={ "/accounts/" (account) "/links" } {
            (hidden("csrf", csrf)) (hidden("kind", &link.kind)) (hidden("other", &link.id))
            (hidden("since", &link.since)) (hidden("end", "on"))
            (Button::submit(say!("Take away")).quiet().label(label))
        }
    }
}

/// What an account is of another, in words.
pub(crate) fn word(kind: &str) -> Text<'static> {
    match kind {
        "member_of" => say!("Member of the household"),
        "department_of" => say!("Department of"),
        "customer_of" => say!("Customer of our client"),
        "has_member" => say!("Has as a member"),
        "has_department" => say!("Has as a department"),
        "has_customer" => say!("Has as a customer of its own"),
        _ => say!("Hangs together with"),
    }
}
