//! Two accounts that are one party, merged by hand: the other is looked for by name, then picked.

use ::store::Tx;
use kernel::{Problem, ProblemKind, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say};
use ui::{Button, Group, Head, Note, Nothing, enter, hidden};

use super::{BOOK, other::Other};
use crate::ops::{
    Named, Shown, glance,
    merge::{Merging, Pairing, add},
};

/// The form.
struct NewMerge<'a> {
    account: Shown,
    other: Other,
    wrong: Option<Problem>,
    csrf: &'a str,
}

/// Answers `GET /accounts/{id}/merges/new`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let name = visit.asked("name").unwrap_or_default().to_owned();
    answer(visit, tx, name, None)
}

/// Answers `POST /accounts/{id}/merges`.
pub(super) fn merge(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let kept = visit.part("id")?.to_owned();
    let gone = visit.field("other").unwrap_or_default().to_owned();
    match add(visit.cx, tx, Merging { pairs: vec![Pairing { kept, gone }] }) {
        Ok(merge) => Ok(Reply::Go(format!("/merges/{}", merge.id))),
        // Nothing was written when these refuse.
        Err(wrong) if [ProblemKind::Invalid, ProblemKind::Conflict].contains(&wrong.kind) => {
            answer(visit, tx, visit.field("name").unwrap_or_default().to_owned(), Some(wrong))
        }
        Err(problem) => Err(problem),
    }
}

fn answer(visit: &Visit<'_>, tx: &mut Tx<'_>, name: String, wrong: Option<Problem>) -> Result<Reply> {
    let cx = visit.cx;
    let account = glance(cx, tx, Named { id: visit.part("id")?.to_owned() })?;
    let other = Other::look(visit, tx, &account, name)?;
    let page = NewMerge { account, other, wrong, csrf: visit.csrf };
    Ok(Reply::Page { title: say!("Merge accounts").into(), place: BOOK, body: page.render() })
}

impl Render for NewMerge<'_> {
    fn render(&self) -> Markup {
        let home = format!("/accounts/{}", self.account.id);
        let trail = html! { a href=(home) { (self.account.name) } };
        let lead = html! {
            "Where two accounts are one party: this one is kept and gets all that stands on the other. A merge is taken \
             back exactly, at any time."
        };
        html! {
            (Head { title: say!("Merge accounts"), trail: Some(trail), lead: Some(lead), narrow: true, ..Head::default() })
            (self.other.form(&format!("{home}/merges/new")))
            @if !self.other.name.is_empty() { (Group::new(say!("Which one"), self.pick(&home)).narrow()) }
        }
    }
}

impl NewMerge<'_> {
    fn pick(&self, home: &str) -> Markup {
        if self.other.is_nobody() {
            return Nothing { sentence: self.other.nobody().into(), act: None }.render();
        }
        html! {
            form .form method="post" action={ (home) "/merges" } {
                (hidden("csrf", self.csrf)) (hidden("name", &self.other.name)) (enter())
                @if let Some(wrong) = &self.wrong { (Note::bad(ui::sentence(&wrong.message))) }
                (self.other.choices())
                div .acts { (Button::submit(say!("Merge them")).main_act()) }
            }
        }
    }
}
