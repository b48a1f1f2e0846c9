//! An account written down or corrected by hand; where it is likely one that is there, that one can be taken.

use ::store::Tx;
use kernel::{Problem, ProblemKind, Result};
use maud::{Markup, Render, html};
use slice::{Reply, Visit};
use ui::{Button, Head, Note, enter, hidden};

use super::{BOOK, account_form::Typed, duplicates::percent};
use crate::ops::{
    Named, add, change, glance,
    likely::{Likely, likely},
};

/// The form of a new account, or of one that is there (`known`: its id and name).
struct AccountForm<'a> {
    known: Option<(String, String)>,
    typed: Typed,
    wrong: Option<Problem>,
    likely: Vec<Likely>,
    csrf: &'a str,
}

/// Answers `GET /accounts/new`.
pub(super) fn new(visit: &Visit<'_>, _: &mut Tx<'_>) -> Result<Reply> {
    let typed = Typed::named(visit.asked("name").unwrap_or_default());
    Ok(reply(AccountForm { known: None, typed, wrong: None, likely: Vec::new(), csrf: visit.csrf }))
}

/// Answers `POST /accounts/new`.
pub(super) fn write(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let typed = Typed::sent(visit);
    let input = typed.add(visit.field("anyway").is_some());
    match add(visit.cx, tx, input) {
        Ok(shown) => Ok(Reply::Go(format!("/accounts/{}", shown.id))),
        Err(wrong) if is_refusal(&wrong) => {
            let is_double = wrong.code == "accounts.duplicate";
            let likely = if is_double { likely(visit.cx, tx, &typed.add(false))? } else { Vec::new() };
            Ok(reply(AccountForm { known: None, typed, wrong: Some(wrong), likely, csrf: visit.csrf }))
        }
        Err(problem) => Err(problem),
    }
}

/// Answers `GET /accounts/{id}/change`.
pub(super) fn known(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let shown = glance(visit.cx, tx, Named { id: visit.part("id")?.to_owned() })?;
    let known = Some((shown.id.clone(), shown.name.clone()));
    let typed = Typed::of(shown);
    Ok(reply(AccountForm { known, typed, wrong: None, likely: Vec::new(), csrf: visit.csrf }))
}

/// Answers `POST /accounts/{id}/change`.
pub(super) fn correct(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let shown = glance(visit.cx, tx, Named { id: visit.part("id")?.to_owned() })?;
    let typed = Typed::sent(visit);
    match change(visit.cx, tx, typed.change(shown.id.clone())) {
        Ok(shown) => Ok(Reply::Go(format!("/accounts/{}", shown.id))),
        Err(wrong) if is_refusal(&wrong) => {
            let known = Some((shown.id, shown.name));
            Ok(reply(AccountForm { known, typed, wrong: Some(wrong), likely: Vec::new(), csrf: visit.csrf }))
        }
        Err(problem) => Err(problem),
    }
}

/// Nothing was written when these refuse: what is typed is looked at first.
fn is_refusal(problem: &Problem) -> bool {
    [ProblemKind::Invalid, ProblemKind::Conflict].contains(&problem.kind)
}

fn reply(form: AccountForm<'_>) -> Reply {
    Reply::Page { title: form.title(), place: BOOK, body: form.render() }
}

impl AccountForm<'_> {
    fn title(&self) -> String {
        match &self.known {
            Some((_, name)) => format!("Correct {name}"),
            None => "Add an account".to_owned(),
        }
    }

    fn lead(&self) -> &'static str {
        match &self.known {
            Some(_) => "What was said before is kept.",
            None => {
                "A person or firm you deal with. What happens between you makes the decision; nothing here does."
            }
        }
    }

    /// The accounts that are likely this one, each to be taken instead.
    fn double(&self) -> Markup {
        Note::bad(html! {
            p { strong { "This is likely a party that is there already." } " Take that one, or add another." }
            ul {
                @for one in &self.likely {
                    li {
                        p {
                            a href={ "/accounts/" (one.account.id) } { (one.account.name) }
                            @if !one.account.country.is_empty() { ", " (one.account.country) }
                            ": " (percent(one.probability)) " likely one. " (says(one)) " "
                            (Button::link("Take this one", format!("/accounts/{}", one.account.id)).label(format!("Take {}", one.account.name)))
                        }
                    }
                }
            }
        })
        .render()
    }
}

fn says(one: &Likely) -> String {
    let listed = |wanted: bool| {
        let some = one.reasons.iter().filter(|reason| reason.agrees() == wanted);
        some.map(|reason| reason.says.as_str()).collect::<Vec<_>>().join(", ")
    };
    match (listed(true), listed(false)) {
        (same, other) if other.is_empty() => format!("Agrees: {same}."),
        (same, other) => format!("Agrees: {same}. Differs: {other}."),
    }
}

impl Render for AccountForm<'_> {
    fn render(&self) -> Markup {
        let (trail, action, back) = match &self.known {
            Some((id, name)) => {
                let home = format!("/accounts/{id}");
                (html! { a href=(home) { (name) } }, format!("{home}/change"), home)
            }
            None => {
                (html! { a href=(BOOK) { "Relationships" } }, "/accounts/new".to_owned(), BOOK.to_owned())
            }
        };
        let above = self.wrong.as_ref().filter(|wrong| wrong.field.is_none() && self.likely.is_empty());
        let lead = html! { (self.lead()) };
        let merge = self.known.as_ref().map(|(id, _)| {
            html! { (Button::link("Merge with another", format!("/accounts/{id}/merges/new")).quiet()) }
        });
        html! {
            (Head { title: self.title().into(), trail: Some(trail), lead: Some(lead), narrow: true, acts: merge })
            div .group .narrow {
                form .form method="post" action=(action) {
                    (hidden("csrf", self.csrf)) (enter())
                    @if let Some(wrong) = above { (Note::bad(ui::sentence(&wrong.message))) }
                    @if !self.likely.is_empty() { (self.double()) }
                    (self.typed.fields(self.wrong.as_ref()))
                    div .acts {
                        @if !self.likely.is_empty() { (Button::submit("Add anyway").sends("anyway", "on")) }
                        @else { (Button::submit(if self.known.is_some() { "Keep it" } else { "Add it" }).main_act()) }
                        (Button::link("Leave it", back).quiet())
                    }
                }
            }
        }
    }
}
