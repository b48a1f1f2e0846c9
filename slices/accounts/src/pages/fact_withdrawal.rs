//! Taking a fact back that was wrong: what it says, and why it counts no more.

use ::store::Tx;
use kernel::{Problem, ProblemKind, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say};
use timeline::{Entry, sentence, store as timeline_store};
use ui::{Button, Field, Head, Note, enter, hidden, time};

use super::BOOK;
use crate::{
    Account,
    edits::{carrying, home},
    ops::{Withdraw, withdraw},
    store,
};

/// The form.
struct Withdrawal<'a> {
    id: String,
    account: Account,
    fact: String,
    entry: Entry,
    reason: String,
    wrong: Option<Problem>,
    visit: &'a Visit<'a>,
}

/// Answers `GET /accounts/{id}/facts/{fact}/withdrawal`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    answer(visit, tx, String::new(), None)
}

/// Answers `POST /accounts/{id}/facts/{fact}/withdrawal`.
pub(super) fn save(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let reason = visit.field("reason").unwrap_or_default().to_owned();
    let (id, fact) = (visit.part("id")?.to_owned(), visit.part("fact")?.to_owned());
    let input = Withdraw { id: id.clone(), fact, reason: reason.clone() };
    match withdraw(visit.cx, tx, input) {
        Ok(_) => {
            let page = home(visit, &id).with("withdrawn", Some("1"));
            Ok(Reply::Go(format!("{}#timeline", page.write())))
        }
        // Nothing was written when these refuse.
        Err(wrong) if [ProblemKind::Invalid, ProblemKind::Conflict].contains(&wrong.kind) => {
            answer(visit, tx, reason, Some(wrong))
        }
        Err(problem) => Err(problem),
    }
}

fn answer(visit: &Visit<'_>, tx: &mut Tx<'_>, reason: String, wrong: Option<Problem>) -> Result<Reply> {
    let (cx, fact) = (visit.cx, visit.part("fact")?.to_owned());
    let account = store::visible(cx, tx, cx.codes.read(visit.part("id")?)?)?;
    let entry =
        timeline_store::entries(tx, &[(account.id, cx.codes.read(&fact)?)])?.pop().ok_or_else(|| {
            let text = say!("this account has no such fact; it may have been withdrawn already");
            Problem::not_found("timeline.no_fact", text)
        })?;
    let id = cx.codes.write(account.id);
    let page = Withdrawal { id, account, fact, entry, reason, wrong, visit };
    Ok(Reply::Page { title: say!("Take it back").into(), place: BOOK, body: page.render() })
}

impl Render for Withdrawal<'_> {
    fn render(&self) -> Markup {
        let home = home(self.visit, &self.id).write();
        let fact = format!("/accounts/{}/facts/{}", self.id, self.fact);
        let trail = html! { a href=(home) { (self.account.name) } };
        let on = self.entry.occurred.day(&self.visit.cx.zone);
        let lead = html! {
            a href=(fact) { (sentence::say(&self.entry)) } ", " (time::long(on))
            ". " "Taken back, it counts no more; who took it back, when and why is kept."
        };
        let wrong =
            |in_field: bool| self.wrong.as_ref().filter(move |wrong| wrong.field.is_some() == in_field);
        let error = wrong(true).map(|wrong| ui::sentence(&wrong.message));
        html! {
            (Head { title: say!("Take it back"), trail: Some(trail), lead: Some(lead), narrow: true, ..Head::default() })
            div .group .narrow {
                form .form method="post" action=(carrying(self.visit, format!("{fact}/withdrawal"))) {
                    (hidden("csrf", self.visit.csrf)) (enter())
                    @if let Some(wrong) = wrong(false) { (Note::bad(ui::sentence(&wrong.message))) }
                    (Field::text("reason", say!("Why it was wrong")).value(&*self.reason).placeholder(say!("entered twice")).error(error).required())
                    div .acts {
                        (Button::submit(say!("Take it back")).main_act())
                        (Button::link(say!("Cancel"), home).quiet())
                    }
                }
            }
        }
    }
}
