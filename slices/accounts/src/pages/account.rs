//! An account written down or corrected by hand; where it is likely one that is there, that one can be taken.

use ::store::Tx;
use kernel::{Problem, ProblemKind, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, word};
use ui::{Button, Head, Note, enter, hidden};

use super::{BOOK, account_form::Typed, duplicates::percent};
use crate::{
    edits::{Corrected, carrying, fields, of_account},
    ops::{
        Named, add, glance,
        likely::{Likely, likely},
    },
};

/// The form of a new account.
struct AccountForm<'a> {
    typed: Typed,
    wrong: Option<Problem>,
    likely: Vec<Likely>,
    csrf: &'a str,
}

/// Answers `GET /accounts/new`.
pub(super) fn new(visit: &Visit<'_>, _: &mut Tx<'_>) -> Result<Reply> {
    let typed = Typed::named(visit.asked("name").unwrap_or_default());
    Ok(reply(AccountForm { typed, wrong: None, likely: Vec::new(), csrf: visit.csrf }))
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
            Ok(reply(AccountForm { typed, wrong: Some(wrong), likely, csrf: visit.csrf }))
        }
        Err(problem) => Err(problem),
    }
}

/// Answers `GET /accounts/{id}/change`.
pub(super) fn known(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let (title, body) = whole(visit, tx)?;
    Ok(Reply::Page { title, place: BOOK, body })
}

/// Answers `POST /accounts/{id}/change`.
pub(super) fn correct(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let clash = match of_account::correct_all(visit, tx, visit.part("id")?, (WHOLE, &fields::of_account()))? {
        Corrected::Kept(place) => return Ok(Reply::Go(place)),
        Corrected::Refused { clash } => clash,
    };
    let ((title, body), place) = (whole(visit, tx)?, BOOK);
    Ok(if clash { Reply::Changed { title, place, body } } else { Reply::Page { title, place, body } })
}

/// The name of the form with all fields of an account.
const WHOLE: &str = "all";

/// The page with all fields of an account in one form, and its title.
fn whole(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<(String, Markup)> {
    let shown = glance(visit.cx, tx, Named { id: visit.part("id")?.to_owned() })?;
    let home = format!("/accounts/{}", shown.id);
    let back = visit.home(&home);
    let to = (carrying(visit, format!("{home}/change")), back.clone());
    let form = of_account::form(visit, tx, &shown, (WHOLE, &fields::of_account()), to)?;
    let title = say!("Correct {}", shown.name);
    let body = html! {
        (Head {
            title: title.as_str().into(),
            trail: Some(html! { a href=(back) { (shown.name) } }),
            lead: Some(html! { "What was said before is kept." }),
            acts: Some(html! { (Button::link(say!("Merge with another"), format!("{home}/merges/new")).quiet()) }),
            narrow: true,
            ..Head::default()
        })
        div .group .narrow { (form) }
    };
    Ok((title, body))
}

/// Nothing was written when these refuse: what is typed is looked at first.
fn is_refusal(problem: &Problem) -> bool {
    [ProblemKind::Invalid, ProblemKind::Conflict].contains(&problem.kind)
}

fn reply(form: AccountForm<'_>) -> Reply {
    Reply::Page { title: say!("Add an account").into(), place: BOOK, body: form.render() }
}

impl AccountForm<'_> {
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
                            ": " (say!("{} likely one.", percent(one.probability))) " " (says(one)) " "
                            (Button::link(say!("Take this one"), format!("/accounts/{}", one.account.id)).label(say!("Take {}", one.account.name)))
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
        some.map(|reason| word!(reason.says)).collect::<Vec<_>>().join(", ")
    };
    match (listed(true), listed(false)) {
        (same, other) if other.is_empty() => say!("Agrees: {same}."),
        (same, other) => say!("Agrees: {same}. Differs: {other}."),
    }
}

impl Render for AccountForm<'_> {
    fn render(&self) -> Markup {
        let above = self.wrong.as_ref().filter(|wrong| wrong.field.is_none() && self.likely.is_empty());
        let trail = html! { a href=(BOOK) { "Relationships" } };
        html! {
            (Head {
                title: say!("Add an account"),
                trail: Some(trail),
                lead: Some(html! { "A person or firm you deal with. What happens between you makes the decision; nothing here does." }),
                narrow: true,
                ..Head::default()
            })
            div .group .narrow {
                form .form method="post" action="/accounts/new" {
                    (hidden("csrf", self.csrf)) (enter())
                    @if let Some(wrong) = above { (Note::bad(ui::sentence(&wrong.message))) }
                    @if !self.likely.is_empty() { (self.double()) }
                    (self.typed.fields(self.wrong.as_ref()))
                    div .acts {
                        @if !self.likely.is_empty() { (Button::submit(say!("Add anyway")).sends("anyway", "on")) }
                        @else { (Button::submit(say!("Add it")).main_act()) }
                        (Button::link(say!("Cancel"), BOOK).quiet())
                    }
                }
            }
        }
    }
}
