//! Two accounts that are one party, merged by hand: the other is looked for by name, then picked.

use ::store::Tx;
use kernel::{Problem, ProblemKind, Result};
use maud::{Markup, Render, html};
use slice::{Reply, Visit};
use ui::{Button, Checks, Field, Group, Head, Note, Nothing, enter, hidden};

use super::BOOK;
use crate::{
    Account,
    ops::{
        Named, Shown, glance,
        merge::{Merging, Pairing, add},
    },
    store,
};

/// Accounts of one beginning of a name that are offered.
const OFFERED: i64 = 20;

/// The form.
struct NewMerge<'a> {
    account: Shown,
    name: String,
    found: Vec<(String, Account)>,
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
    let named = if name.is_empty() { Vec::new() } else { store::named(cx, tx, &name, OFFERED)? };
    let coded = named.into_iter().map(|other| (cx.codes.write(other.id), other));
    let found = coded.filter(|(id, _)| *id != account.id).collect();
    let page = NewMerge { account, name, found, wrong, csrf: visit.csrf };
    Ok(Reply::Page { title: "Merge accounts".into(), place: BOOK, body: page.render() })
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
            (Head { title: "Merge accounts".into(), trail: Some(trail), lead: Some(lead), narrow: true, ..Head::default() })
            div .group .narrow {
                form .form method="get" action={ (home) "/merges/new" } {
                    (Field::text("name", "Name of the other account").value(&*self.name).hint("How it begins is enough.").required())
                    div .acts { (self.look()) }
                }
            }
            @if !self.name.is_empty() { (Group::new("Which one", self.pick(&home)).narrow()) }
        }
    }
}

impl NewMerge<'_> {
    fn look(&self) -> Button<'static> {
        let button = Button::submit("Look for it");
        if self.found.is_empty() { button.main_act() } else { button }
    }

    fn pick(&self, home: &str) -> Markup {
        if self.found.is_empty() {
            let sentence = format!("No other account has a name that begins with {}.", self.name);
            return Nothing { sentence: sentence.into(), act: None }.render();
        }
        let only = self.found.len() == 1;
        let others =
            self.found.iter().fold(Checks::one("other", "The other account"), |checks, (id, other)| {
                let known = [&other.country, &other.email].into_iter().filter(|part| !part.is_empty());
                let known = known.cloned().collect::<Vec<_>>().join(", ");
                checks.answer(id.as_str(), other.name.as_str(), known, only)
            });
        html! {
            form .form method="post" action={ (home) "/merges" } {
                (hidden("csrf", self.csrf)) (hidden("name", &self.name)) (enter())
                @if let Some(wrong) = &self.wrong { (Note::bad(ui::sentence(&wrong.message))) }
                (others)
                div .acts { (Button::submit("Merge them").main_act()) }
            }
        }
    }
}
