//! Something that happened, recorded by hand from the page of an account: one small form for each kind of fact.

use ::store::Tx;
use kernel::{Problem, ProblemKind, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, tell, word};
use timeline::store as timeline_store;
use ui::{Button, Columns, Head, Note, enter, hidden};

use super::{
    BOOK,
    fact_form::Typed,
    fact_kind::{KINDS, named},
};
use crate::{
    edits::{carrying, home},
    ops::{Named, Record, Shown, glance, record},
};

/// The form of a fact.
struct NewFact<'a> {
    account: Shown,
    lines: Vec<String>,
    typed: Typed,
    wrong: Option<Problem>,
    visit: &'a Visit<'a>,
}

/// Answers `GET /accounts/{id}/facts/new`: the form of the kind that the address names.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let typed = Typed::new(named(visit.asked("kind")), visit.cx.today());
    answer(visit, tx, typed, None)
}

/// Answers `POST /accounts/{id}/facts`.
pub(super) fn write(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let account = glance(visit.cx, tx, Named { id: visit.part("id")?.to_owned() })?;
    let typed = Typed::sent(visit);
    let line = Some(typed.line.clone()).filter(|line| !line.is_empty());
    let asked = typed.recorded().and_then(|fact| {
        let input = Record { id: account.id.clone(), line, industry: None, facts: vec![fact] };
        record(visit.cx, tx, input)
    });
    match asked {
        Ok(recorded) => {
            let fact = recorded.ids.first().map_or("timeline", String::as_str);
            Ok(Reply::Go(format!("{}#{fact}", home(visit, &account.id).write())))
        }
        // What is refused is looked at before anything is written.
        Err(wrong) if wrong.kind == ProblemKind::Invalid => answer(visit, tx, typed, Some(wrong)),
        Err(problem) => Err(problem),
    }
}

fn answer(visit: &Visit<'_>, tx: &mut Tx<'_>, typed: Typed, wrong: Option<Problem>) -> Result<Reply> {
    let account = glance(visit.cx, tx, Named { id: visit.part("id")?.to_owned() })?;
    let lines = timeline_store::lines(tx)?.into_iter().map(|line| line.name).collect();
    let page = NewFact { account, lines, typed, wrong, visit };
    Ok(Reply::Page { title: page.title(), place: BOOK, body: page.render() })
}

impl Render for NewFact<'_> {
    fn render(&self) -> Markup {
        let own = format!("/accounts/{}", self.account.id);
        let home = home(self.visit, &self.account.id).write();
        let trail = html! { a href=(home) { (self.account.name) } };
        let lead = html! { (word!(self.typed.kind.about)) " What is recorded is never edited; it can be taken back." };
        let side = vec![(say!("Something else"), self.others(&own))];
        html! {
            (Head { title: self.title().into(), trail: Some(trail), lead: Some(lead), ..Head::default() })
            (Columns { main: self.form(&own, home), side })
        }
    }
}

impl NewFact<'_> {
    fn title(&self) -> String {
        say!("Record {}", word!(self.typed.kind.name))
    }

    fn form(&self, own: &str, home: String) -> Markup {
        let above = self.wrong.as_ref().filter(|wrong| !self.typed.has_field(wrong));
        html! {
            form .form .narrow method="post" action=(carrying(self.visit, format!("{own}/facts"))) {
                (hidden("csrf", self.visit.csrf)) (hidden("kind", self.typed.kind.word)) (enter())
                @if let Some(wrong) = above { (Note::bad(ui::sentence(&wrong.message))) }
                (self.typed.fields(&self.lines, self.wrong.as_ref()))
                div .acts {
                    (Button::submit(say!("Record it")).main_act())
                    (Button::link(say!("Cancel"), home).quiet())
                }
            }
        }
    }

    /// The other kinds, and where what has a form of its own is recorded.
    fn others(&self, own: &str) -> Markup {
        let bills = html! { a href={ (own) "#bills" } { "bills" } };
        let contracts = html! { a href={ (own) "#contracts" } { "contracts" } };
        html! {
            ul .small {
                @for kind in KINDS {
                    @let current = kind.word == self.typed.kind.word;
                    li {
                        a href=(carrying(self.visit, format!("{own}/facts/new?kind={}", kind.word))) aria-current=[current.then_some("page")] {
                            (ui::sentence(&word!(kind.name)).trim_end_matches('.'))
                        }
                    }
                }
            }
            p .small .soft {
                (tell!("Orders, invoices and payments are recorded under {bills}, contracts under {contracts}.", bills = bills, contracts = contracts))
            }
        }
    }
}
