//! Somebody new who acts for an account; where somebody like them does already, that one can be taken.

use ::store::Tx;
use kernel::{Problem, ProblemKind, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say};
use ui::{Button, Head, Note, enter, hidden};

use super::{BOOK, person_form::Typed};
use crate::{
    edits::{carrying, home},
    ops::{
        Named, Shown, glance,
        people::{Record, record},
        people_change::{change, nobody, of_id},
        people_like::{Alike, alike, joined},
    },
    panels::people::roles,
};

/// The form.
struct NewPerson<'a> {
    account: Shown,
    typed: Typed,
    wrong: Option<Problem>,
    alike: Vec<Alike>,
    visit: &'a Visit<'a>,
}

/// Answers `GET /accounts/{id}/people/new`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    answer(visit, tx, Typed::default(), None)
}

/// Answers `POST /accounts/{id}/people/new`.
pub(super) fn add(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let account = glance(visit.cx, tx, Named { id: visit.part("id")?.to_owned() })?.id;
    let typed = Typed::sent(visit);
    if let Some(known) = visit.field("take") {
        let known =
            of_id(visit.cx, tx, known)?.filter(|known| known.account == account).ok_or_else(nobody)?;
        let taken = change(visit.cx, tx, typed.added_to(&known))?;
        return Ok(Reply::Go(format!("/contacts/{}?changed=yes", taken.id)));
    }
    let input = Record {
        id: account.clone(),
        people: vec![typed.new_contact()],
        only_new: true,
        anyway: visit.field("anyway").is_some(),
    };
    match record(visit.cx, tx, input) {
        Ok(recorded) => {
            let id = recorded.ids.first().map(String::as_str).unwrap_or_default();
            Ok(Reply::Go(format!("{}#people", home(visit, &account).with("added", Some(id)).write())))
        }
        Err(wrong) if [ProblemKind::Invalid, ProblemKind::Conflict].contains(&wrong.kind) => {
            answer(visit, tx, typed, Some(wrong))
        }
        Err(problem) => Err(problem),
    }
}

fn answer(visit: &Visit<'_>, tx: &mut Tx<'_>, typed: Typed, wrong: Option<Problem>) -> Result<Reply> {
    let account = glance(visit.cx, tx, Named { id: visit.part("id")?.to_owned() })?;
    let is_double = wrong.as_ref().is_some_and(|wrong| wrong.code == "contacts.duplicate");
    let alike = match is_double {
        true => alike(visit.cx, tx, &account.id, &typed.new_contact())?,
        false => Vec::new(),
    };
    let page = NewPerson { account, typed, wrong, alike, visit };
    Ok(Reply::Page { title: say!("Add somebody").into(), place: BOOK, body: page.render() })
}

impl Render for NewPerson<'_> {
    fn render(&self) -> Markup {
        let home = home(self.visit, &self.account.id).write();
        let action = carrying(self.visit, format!("/accounts/{}/people/new", self.account.id));
        let trail = html! { a href=(home) { (self.account.name) } };
        let lead =
            html! { (say!("Somebody who acts for {account}, and as what.", account = self.account.name)) };
        let above = self.wrong.as_ref().filter(|wrong| wrong.field.is_none() && self.alike.is_empty());
        html! {
            (Head { title: say!("Add somebody"), trail: Some(trail), lead: Some(lead), narrow: true, ..Head::default() })
            div .group .narrow {
                form .form method="post" action=(action) {
                    (hidden("csrf", self.visit.csrf)) (enter())
                    @if let Some(wrong) = above { (Note::bad(ui::sentence(&wrong.message))) }
                    @if !self.alike.is_empty() { (self.double()) }
                    (self.typed.fields(self.wrong.as_ref()))
                    div .acts {
                        @if self.alike.is_empty() { (Button::submit(say!("Add them")).main_act()) }
                        @else { (Button::submit(say!("Add anyway")).sends("anyway", "on")) }
                        (Button::link(say!("Cancel"), format!("{home}#people")).quiet())
                    }
                }
            }
        }
    }
}

impl NewPerson<'_> {
    /// Who is like them, each to be taken instead.
    fn double(&self) -> Markup {
        Note::bad(html! {
            p { strong { "Somebody like them acts for this account already." } " What you typed can be added to what is known of that one." }
            ul {
                @for one in &self.alike {
                    li {
                        p {
                            a href={ "/contacts/" (one.person.id) } { (one.person.name) } ", " (roles(&one.person.roles))
                            ": " (joined(&one.reasons)) ". "
                            (Button::submit(say!("Take this one")).sends("take", one.person.id.as_str()).label(say!("Take {}", one.person.name)))
                        }
                    }
                }
            }
        })
        .render()
    }
}
