//! The people who act for an account: who, in which roles, how they are reached.

use ::store::Tx;
use kernel::{Page, Permission, Result};
use maud::{Markup, Render, html};
use slice::Visit;
use ui::{Button, Cell, Column, Group, Note, Row, Table, hidden};

use super::ROWS;
use crate::{
    contact::ContactRole,
    ops::{
        people::{OfAccount, ShownContact, list},
        people_change::of_id,
    },
};

/// Draws the panel.
pub(super) fn show(visit: &Visit<'_>, tx: &mut Tx<'_>, account: &str) -> Result<Markup> {
    let first = OfAccount { id: account.to_owned(), after: None, limit: Some(ROWS) };
    let Page { rows: people, next } = list(visit.cx, tx, first)?;
    let may_write = visit.cx.actor.may(Permission::Write);
    let added = match visit.asked("added") {
        Some(id) => of_id(visit.cx, tx, id)?.filter(|person| person.account == account),
        None => None,
    };
    let note = html! {
        @if next.is_some() { a href={ "/accounts/" (account) "/people" } { "All people" } }
    };
    let body = html! {
        @if let Some(person) = &added { (undo(visit, account, person)) }
        @if people.is_empty() { p .small .soft { "Nobody is known who acts for them." } } @else { (table(&people)) }
        @if may_write {
            p .acts { (Button::link("Add somebody", format!("/accounts/{account}/people/new"))) }
        }
    };
    Ok(Group::new("People", body).note(note).render())
}

/// Who was added just now, and the way back.
fn undo(visit: &Visit<'_>, account: &str, person: &ShownContact) -> Markup {
    Note::new(html! {
        form .acts method="post" action={ "/contacts/" (person.id) "/removal" } {
            (hidden("csrf", visit.csrf))
            (hidden("account", account))
            span { (person.name) " was added." }
            (Button::submit("Undo").key('u'))
        }
    })
    .render()
}

/// People with their roles.
pub(crate) fn table(people: &[ShownContact]) -> Table<'_> {
    Table::fold("The people who act for them")
        .columns([Column::new("Who"), Column::new("Roles"), Column::new("Reached by")])
        .rows(people.iter().map(|person| {
            let who = html! {
                a href={ "/contacts/" (person.id) } { (person.name) }
                @if !person.title.is_empty() { " " span .faint { (person.title) } }
            };
            Row::new([
                Cell::head(who),
                Cell::new(roles(&person.roles)).label("Roles"),
                Cell::soft(reached(person)).label("Reached by"),
            ])
        }))
}

/// The roles in words.
pub(crate) fn roles(words: &[String]) -> Markup {
    let spoken: Vec<_> = words.iter().map(|word| word.replace('_', " ")).collect();
    html! { @if spoken.is_empty() { span .faint { "none said" } } @else { (ui::sentence(&spoken.join(", ")).trim_end_matches('.')) } }
}

fn reached(person: &ShownContact) -> Markup {
    let ways: Vec<&str> = person.emails.iter().chain(&person.phones).map(String::as_str).collect();
    html! {
        @match ways.as_slice() {
            [] => { span .faint { "–" } },
            [one] => { (one) },
            [one, more @ ..] => { (one) " " span .faint { "and " (more.len()) " more" } },
        }
    }
}

/// What somebody in that role does.
pub(crate) fn about(role: ContactRole) -> &'static str {
    match role {
        ContactRole::Buyer => "Decides to buy, and orders. Sees orders, the contract and every request.",
        ContactRole::Payer => "Gets the bills and pays them. Sees bills, not what others ask for.",
        ContactRole::User => "Uses what was bought. Sees their own requests.",
        ContactRole::Beneficiary => "The one whom it is for. Sees what is done for them.",
        ContactRole::NamedCaller => "May call and give instructions, by name.",
    }
}
