//! The people who act for an account: who, in which roles, how they are reached.

use ::store::Tx;
use kernel::{Page, Permission, Result};
use maud::{Markup, Render};
use slice::Visit;
use speech::{html, say, word};
use ui::{Button, Cell, Column, Group, Note, Row, Table, Text, hidden};

use super::ROWS;
use crate::{
    contact::ContactRole,
    edits::{carrying, home, of_contact},
    ops::{
        people::{OfAccount, ShownContact, list},
        people_change::of_id,
    },
    reached::{by_email, by_phone},
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
    let table = edited(visit, tx, &people)?;
    let body = html! {
        @if let Some(person) = &added { (undo(visit, account, person)) }
        @if people.is_empty() { p .small .soft { "Nobody is known who acts for them." } } @else { (table) }
        @if may_write {
            p .acts { (Button::link(say!("Add somebody"), carrying(visit, format!("/accounts/{account}/people/new")))) }
        }
    };
    Ok(Group::new(say!("People"), body).note(note).render())
}

/// Who was added just now, and the way back.
fn undo(visit: &Visit<'_>, account: &str, person: &ShownContact) -> Markup {
    Note::new(html! {
        form .acts method="post" action=(carrying(visit, format!("/contacts/{}/removal", person.id))) {
            (hidden("csrf", visit.csrf))
            (hidden("account", account))
            span { (say!("{} was added.", person.name)) }
            (Button::submit(say!("Undo")).key('u'))
        }
    })
    .render()
}

/// People with their roles, each to be edited in their line.
fn edited<'p>(visit: &Visit<'_>, tx: &mut Tx<'_>, people: &'p [ShownContact]) -> Result<Table<'p>> {
    let may_write = visit.cx.actor.may(Permission::Write);
    let mut rows = Vec::new();
    for person in people {
        if may_write && of_contact::is_open(visit, person) {
            let (account, id) = (&person.account, &person.id);
            let action = carrying(visit, format!("/contacts/{id}/correction"));
            let to = (action, format!("{}#edit-{id}", home(visit, account).write()));
            rows.push(Row::new([Cell::new(of_contact::form(visit, tx, person, to)?).span(3)]));
        } else {
            let link = html! { @if may_write { " " (of_contact::link(visit, person)) (of_contact::said(visit, person)) } };
            rows.push(row(person, &link));
        }
    }
    Ok(headed().rows(rows))
}

/// People with their roles.
pub(crate) fn table(people: &[ShownContact]) -> Table<'_> {
    headed().rows(people.iter().map(|person| row(person, &html! {})))
}

fn headed<'p>() -> Table<'p> {
    let columns = [say!("Who"), say!("Roles"), say!("Reached by")].map(Column::new);
    Table::fold(say!("The people who act for them")).columns(columns)
}

fn row<'p>(person: &'p ShownContact, edit: &Markup) -> Row<'p> {
    let who = html! {
        a href={ "/contacts/" (person.id) } { (person.name) }
        @if !person.title.is_empty() { " " span .faint { (person.title) } }
        (edit)
    };
    Row::new([
        Cell::head(who),
        Cell::new(roles(&person.roles)).label(say!("Roles")),
        Cell::soft(reached(person)).label(say!("Reached by")),
    ])
}

/// The roles in words.
pub(crate) fn roles(words: &[String]) -> Markup {
    let spoken: Vec<_> = words.iter().map(|role| word!(role.replace('_', " "))).collect();
    html! { @if spoken.is_empty() { span .faint { "none said" } } @else { (ui::sentence(&spoken.join(", ")).trim_end_matches('.')) } }
}

fn reached(person: &ShownContact) -> Markup {
    let emails = person.emails.iter().map(|email| by_email(email));
    let phones = person.phones.iter().map(|phone| by_phone(phone, ""));
    let mut ways = emails.chain(phones);
    let Some(first) = ways.next() else { return html! { span .faint { "–" } } };
    let more = ways.count();
    html! {
        (first)
        @if 0 < more { " " span .faint { (say!("and {} more", more)) } }
    }
}

/// What somebody in that role does.
pub(crate) fn about(role: ContactRole) -> Text<'static> {
    match role {
        ContactRole::Buyer => {
            say!("Decides to buy, and orders. Sees orders, the contract and every request.")
        }
        ContactRole::Payer => say!("Gets the bills and pays them. Sees bills, not what others ask for."),
        ContactRole::User => say!("Uses what was bought. Sees their own requests."),
        ContactRole::Beneficiary => say!("The one whom it is for. Sees what is done for them."),
        ContactRole::NamedCaller => say!("May call and give instructions, by name."),
    }
}
