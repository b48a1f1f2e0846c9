//! Everybody who acts for an account, page by page.

use ::store::Tx;
use kernel::{Page, Permission, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say};
use ui::{Button, Head, Nothing, Pager};

use super::BOOK;
use crate::{
    ops::{
        Named, glance,
        people::{OfAccount, ShownContact, list},
    },
    panels::people::table,
};

/// Everybody who acts for an account.
struct PeoplePage {
    account: String,
    name: String,
    people: Page<ShownContact>,
    is_first: bool,
    may_write: bool,
}

/// Answers `GET /accounts/{id}/people`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let shown = glance(visit.cx, tx, Named { id: visit.part("id")?.to_owned() })?;
    if shown.asked_for.is_some() {
        return Ok(Reply::Moved(format!("/accounts/{}/people", shown.id)));
    }
    let after = visit.asked("after").map(str::to_owned);
    let page = PeoplePage {
        is_first: after.is_none(),
        people: list(visit.cx, tx, OfAccount { id: shown.id.clone(), after, limit: None })?,
        may_write: visit.cx.actor.may(Permission::Write),
        account: shown.id,
        name: shown.name,
    };
    Ok(Reply::Page { title: say!("People of {}", page.name), place: BOOK, body: page.render() })
}

impl Render for PeoplePage {
    fn render(&self) -> Markup {
        let trail = html! { a href={ "/accounts/" (self.account) } { (self.name) } };
        let here = format!("/accounts/{}/people", self.account);
        let act = html! { (Button::link(say!("Add somebody"), format!("{here}/new")).main_act()) };
        let lead = html! { "Who acts for them, and as what." };
        let acts = self.may_write.then_some(act);
        html! {
            (Head { title: say!("People"), trail: Some(trail), lead: Some(lead), acts, ..Head::default() })
            div .group {
                @if self.people.rows.is_empty() {
                    (Nothing { sentence: say!("Nobody is known who acts for them."), act: None })
                } @else { (table(&self.people.rows)) }
            }
            @if !self.is_first || self.people.next.is_some() {
                (Pager {
                    range: say!("By name"),
                    previous: (!self.is_first).then(|| here.as_str().into()),
                    next: self.people.next.as_ref().map(|next| format!("{here}?after={next}").into()),
                    ..Pager::default()
                })
            }
        }
    }
}
