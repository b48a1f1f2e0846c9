//! A person who acts for an account: what they may ask for and see, and what is known of them, to be changed.

use ::store::Tx;
use kernel::{Permission, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, tell};
use ui::{Button, Columns, Group, Head, Note, Text, hidden, terms};

use super::BOOK;
use crate::{
    edits::{Corrected, correct_contact, home, of_contact},
    ops::{
        Named, glance,
        people::ShownContact,
        people_change::{RemoveContact, nobody, of_id, remove},
    },
    panels::people::roles,
    reached::{by_email, by_phone},
};

/// A person.
struct PersonPage<'a> {
    person: ShownContact,
    account: String,
    /// What is known of them as a form, for whoever may write.
    form: Option<Markup>,
    changed: bool,
    csrf: &'a str,
}

/// Answers `GET /contacts/{id}`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let page = answer(visit, tx)?;
    Ok(Reply::Page { title: page.person.name.clone(), place: BOOK, body: page.render() })
}

/// Answers `POST /contacts/{id}`.
pub(super) fn save(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let clash = match correct_contact(visit, tx)? {
        Corrected::Kept(_) => return Ok(Reply::Go(format!("/contacts/{}?changed=yes", visit.part("id")?))),
        Corrected::Refused { clash } => clash,
    };
    let page = answer(visit, tx)?;
    let (title, place, body) = (page.person.name.clone(), BOOK, page.render());
    Ok(if clash { Reply::Changed { title, place, body } } else { Reply::Page { title, place, body } })
}

/// Answers `POST /contacts/{id}/removal`.
pub(super) fn removal(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let ShownContact { id, account, .. } = read(visit, tx)?;
    remove(visit.cx, tx, RemoveContact { id, account: account.clone() })?;
    Ok(Reply::Go(format!("{}#people", home(visit, &account).write())))
}

fn read(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<ShownContact> {
    of_id(visit.cx, tx, visit.part("id")?)?.ok_or_else(nobody)
}

fn answer<'v>(visit: &Visit<'v>, tx: &mut Tx<'_>) -> Result<PersonPage<'v>> {
    let person = read(visit, tx)?;
    let to = (format!("/contacts/{}", person.id), format!("/accounts/{}#people", person.account));
    let form = match visit.cx.actor.may(Permission::Write) {
        true => Some(of_contact::form(visit, tx, &person, to)?),
        false => None,
    };
    let account = glance(visit.cx, tx, Named { id: person.account.clone() })?.name;
    let changed = visit.asked("changed").is_some();
    Ok(PersonPage { account, form, changed, csrf: visit.csrf, person })
}

impl Render for PersonPage<'_> {
    fn render(&self) -> Markup {
        let person = &self.person;
        let home = format!("/accounts/{}", person.account);
        let trail = html! { a href=(home) { (self.account) } " · " a href={ (home) "/people" } { "People" } };
        let lead = html! {
            (tell!("{roles} for {account}", roles = roles(&person.roles), account = self.account))
            @if !person.title.is_empty() { ", " (person.title) }
            "."
        };
        let main = html! {
            @if self.changed { (Note::new(say!("What you changed is kept."))) }
            @match &self.form {
                Some(form) => { (Group::new(say!("What is known of them"), form).narrow()) (self.leaving()) },
                None => { (Group::new(say!("What is known of them"), self.known())) },
            }
        };
        html! {
            (Head { title: person.name.as_str().into(), trail: Some(trail), lead: Some(lead), ..Head::default() })
            (Columns { main, side: vec![(say!("What they may"), self.rights())] })
        }
    }
}

impl PersonPage<'_> {
    /// For who may only read.
    fn known(&self) -> Markup {
        let person = &self.person;
        let or = |text: &str| html! { @if text.is_empty() { span .faint { "not said" } } @else { (text) } };
        let all = |ways: Vec<Markup>| {
            html! {
                @if ways.is_empty() { span .faint { "not said" } }
                @for (n, way) in ways.iter().enumerate() { @if 0 < n { ", " } (way) }
            }
        };
        terms(&[
            (&say!("Email"), all(person.emails.iter().map(|email| by_email(email)).collect())),
            (&say!("Telephone"), all(person.phones.iter().map(|phone| by_phone(phone, "")).collect())),
            (&say!("Allowed"), or(&person.consent)),
        ])
    }

    fn leaving(&self) -> Markup {
        let form = html! {
            form .form method="post" action={ "/contacts/" (self.person.id) "/removal" } {
                (hidden("csrf", self.csrf))
                p .small .soft {
                    "Everything that is known of them goes, and cannot be brought back from here. "
                    "To take only a role away, leave its box empty above."
                }
                div .acts { (Button::submit(say!("Remove them")).grave()) }
            }
        };
        Group::new(say!("They do not act for them any more"), form).narrow().render()
    }

    fn rights(&self) -> Markup {
        let person = &self.person;
        html! {
            @if person.may.is_empty() { p .small .soft { "Nothing: nobody said what they do there." } }
            ul { @for right in &person.may { li { (spoken(right)) } } }
            @if let Some(own) = &person.own_account {
                p { a href={ "/accounts/" (own) } { "They are a party of their own as well" } }
            }
        }
    }
}

/// A right as people read it.
fn spoken(right: &str) -> Text<'_> {
    match right {
        "order" => say!("Ask for work, and order"),
        "see_orders" => say!("See what was ordered, and how far it is"),
        "agree" => say!("Agree to a contract, give notice, renew"),
        "see_contract" => say!("See the contract"),
        "see_bills" => say!("See invoices and payments"),
        "ask_bills" => say!("Ask about a bill, and dispute it"),
        "ask_help" => say!("Ask for help with what was bought"),
        "see_own_requests" => say!("See their own requests"),
        "see_all_requests" => say!("See every request of the account"),
        "see_own_benefit" => say!("See what is done for them"),
        "instruct" => say!("Give instructions by telephone"),
        other => other.into(),
    }
}
