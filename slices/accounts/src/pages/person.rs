//! A person who acts for an account: what they may ask for and see, and what is known of them, to be changed.

use ::store::Tx;
use kernel::{Permission, Problem, ProblemKind, Result};
use maud::{Markup, Render, html};
use slice::{Reply, Visit};
use ui::{Button, Columns, Group, Head, Note, hidden, terms};

use super::{BOOK, person_form::Typed};
use crate::{
    ops::{
        Named, glance,
        people::ShownContact,
        people_change::{RemoveContact, change, nobody, of_id, remove},
    },
    panels::people::roles,
};

/// A person.
struct PersonPage<'a> {
    person: ShownContact,
    account: String,
    typed: Typed,
    wrong: Option<Problem>,
    changed: bool,
    may_write: bool,
    csrf: &'a str,
}

/// Answers `GET /contacts/{id}`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let person = read(visit, tx)?;
    let typed = Typed::of(&person);
    answer(visit, tx, person, typed, None)
}

/// Answers `POST /contacts/{id}`.
pub(super) fn save(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let person = read(visit, tx)?;
    let typed = Typed::sent(visit);
    match change(visit.cx, tx, typed.change(person.id.clone())) {
        Ok(changed) => Ok(Reply::Go(format!("/contacts/{}?changed=yes", changed.id))),
        Err(wrong) if wrong.kind == ProblemKind::Invalid => answer(visit, tx, person, typed, Some(wrong)),
        Err(problem) => Err(problem),
    }
}

/// Answers `POST /contacts/{id}/removal`.
pub(super) fn removal(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let ShownContact { id, account, .. } = read(visit, tx)?;
    remove(visit.cx, tx, RemoveContact { id, account: account.clone() })?;
    Ok(Reply::Go(format!("/accounts/{account}#people")))
}

fn read(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<ShownContact> {
    of_id(visit.cx, tx, visit.part("id")?)?.ok_or_else(nobody)
}

fn answer(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    person: ShownContact,
    typed: Typed,
    wrong: Option<Problem>,
) -> Result<Reply> {
    let page = PersonPage {
        account: glance(visit.cx, tx, Named { id: person.account.clone() })?.name,
        typed,
        wrong,
        changed: visit.asked("changed").is_some(),
        may_write: visit.cx.actor.may(Permission::Write),
        csrf: visit.csrf,
        person,
    };
    Ok(Reply::Page { title: page.person.name.clone(), place: BOOK, body: page.render() })
}

impl Render for PersonPage<'_> {
    fn render(&self) -> Markup {
        let person = &self.person;
        let home = format!("/accounts/{}", person.account);
        let trail = html! { a href=(home) { (self.account) } " · " a href={ (home) "/people" } { "People" } };
        let lead = html! {
            (roles(&person.roles)) " for " (self.account)
            @if !person.title.is_empty() { ", " (person.title) }
            "."
        };
        let main = html! {
            @if self.changed && self.wrong.is_none() { (Note::new("What you changed is kept.")) }
            @if self.may_write { (Group::new("What is known of them", self.form()).narrow()) (self.leaving()) }
            @else { (Group::new("What is known of them", self.known())) }
        };
        html! {
            (Head { title: person.name.as_str().into(), trail: Some(trail), lead: Some(lead), ..Head::default() })
            (Columns { main, side: vec![("What they may".into(), self.rights())] })
        }
    }
}

impl PersonPage<'_> {
    fn form(&self) -> Markup {
        html! {
            form .form method="post" action={ "/contacts/" (self.person.id) } {
                (hidden("csrf", self.csrf))
                (self.typed.fields(self.wrong.as_ref()))
                div .acts { (Button::submit("Keep it").main_act()) }
            }
        }
    }

    /// For who may only read.
    fn known(&self) -> Markup {
        let person = &self.person;
        let or = |text: &str| html! { @if text.is_empty() { span .faint { "not said" } } @else { (text) } };
        terms(&[
            ("Email", or(&person.emails.join(", "))),
            ("Telephone", or(&person.phones.join(", "))),
            ("Allowed", or(&person.consent)),
        ])
    }

    fn leaving(&self) -> Markup {
        let form = html! {
            form .form method="post" action={ "/contacts/" (self.person.id) "/removal" } {
                (hidden("csrf", self.csrf))
                p .small .soft {
                    "Everything that is known of them goes, and cannot be brought back from here. To take only a role away, "
                    "leave its box empty above."
                }
                div .acts { (Button::submit("Remove them").grave()) }
            }
        };
        Group::new("They do not act for them any more", form).narrow().render()
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
fn spoken(right: &str) -> &str {
    match right {
        "order" => "Ask for work, and order",
        "see_orders" => "See what was ordered, and how far it is",
        "agree" => "Agree to a contract, give notice, renew",
        "see_contract" => "See the contract",
        "see_bills" => "See invoices and payments",
        "ask_bills" => "Ask about a bill, and dispute it",
        "ask_help" => "Ask for help with what was bought",
        "see_own_requests" => "See their own requests",
        "see_all_requests" => "See every request of the account",
        "see_own_benefit" => "See what is done for them",
        "instruct" => "Give instructions by telephone",
        other => other,
    }
}
