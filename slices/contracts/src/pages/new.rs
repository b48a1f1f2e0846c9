//! A contract or subscription recorded by hand, from the page of an account.

use ::store::Tx;
use accounts::ops::{Named, Shown as Account, glance};
use kernel::{Problem, ProblemKind, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, tell};
use timeline::store as timeline_store;
use ui::{Button, Choice, Field, Head, Note, hidden};

use super::{PLACE, typed::Typed};
use crate::{
    contract::Contract,
    ops::{NewContract, Record, record as keep, record_subscriptions},
    store,
};

/// The form.
struct NewPage<'a> {
    account: Account,
    lines: Vec<String>,
    typed: Typed,
    wrong: Option<Problem>,
    known: Option<String>,
    csrf: &'a str,
}

/// Answers `GET /accounts/{id}/contracts/new`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    answer(visit, tx, Typed::default(), None, None)
}

/// Answers `POST /accounts/{id}/contracts/new`.
pub(super) fn record(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let account = glance(visit.cx, tx, Named { id: visit.part("id")?.to_owned() })?;
    let typed = Typed::sent(visit);
    if let Some(known) = known(visit, tx, &account.id, &typed)? {
        let id = visit.cx.codes.write(known.id);
        return answer(visit, tx, typed, None, Some(id));
    }
    let is_new_line = timeline_store::line_of_name(tx, &typed.line)?.is_none();
    match recorded(visit, tx, &account, &typed) {
        Ok(id) => Ok(Reply::Go(format!("/contracts/{id}"))),
        // A line that was just made goes with the refusal.
        Err(wrong) if wrong.kind == ProblemKind::Invalid && !is_new_line => {
            answer(visit, tx, typed, Some(wrong), None)
        }
        Err(problem) => Err(problem),
    }
}

fn recorded(visit: &Visit<'_>, tx: &mut Tx<'_>, account: &Account, typed: &Typed) -> Result<String> {
    let new = NewContract {
        key: typed.key.clone(),
        party: account.id.clone(),
        name: None,
        effective: None,
        terms: typed.agreement()?,
    };
    let input = Record { line: typed.line.clone(), industry: None, space: None, contracts: vec![new] };
    let take = if typed.is_subscription { record_subscriptions } else { keep };
    let ids = take(visit.cx, tx, input)?.ids;
    ids.into_iter()
        .next()
        .ok_or_else(|| Problem::internal("contracts.unrecorded", "the contract was recorded, and has no id"))
}

/// The contract of this account that has this number on this line already.
fn known(visit: &Visit<'_>, tx: &mut Tx<'_>, account: &str, typed: &Typed) -> Result<Option<Contract>> {
    let Some(line) = timeline_store::line_of_name(tx, &typed.line)? else { return Ok(None) };
    let account = visit.cx.codes.read(account)?;
    let found = store::find(tx, line.id, &[&typed.key])?.remove(&typed.key).unwrap_or_default();
    Ok(found.into_iter().find(|one| one.account == account))
}

fn answer(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    typed: Typed,
    wrong: Option<Problem>,
    known: Option<String>,
) -> Result<Reply> {
    let account = glance(visit.cx, tx, Named { id: visit.part("id")?.to_owned() })?;
    let lines = timeline_store::lines(tx)?.into_iter().map(|line| line.name).collect();
    let page = NewPage { account, lines, typed, wrong, known, csrf: visit.csrf };
    Ok(Reply::Page { title: say!("Record a contract").into(), place: PLACE, body: page.render() })
}

impl Render for NewPage<'_> {
    fn render(&self) -> Markup {
        let home = format!("/accounts/{}", self.account.id);
        let trail = html! { a href=(home) { (self.account.name) } };
        let lead = html! { "What both sides agreed. Fill in what is known; the rest can be said later." };
        let wrong = self.wrong.as_ref().filter(|wrong| !self.typed.has_field(wrong));
        html! {
            (Head { title: say!("Record a contract"), trail: Some(trail), lead: Some(lead), narrow: true, ..Head::default() })
            div .group .narrow {
                form .form method="post" action={ (home) "/contracts/new" } {
                    (hidden("csrf", self.csrf))
                    @if let Some(wrong) = wrong { (Note::bad(ui::sentence(&wrong.message))) }
                    @if let Some(known) = &self.known { (self.double(known)) }
                    (self.first())
                    (self.typed.terms(self.wrong.as_ref()))
                    div .acts {
                        (Button::submit(say!("Record it")).main_act())
                        (Button::link(say!("Cancel"), format!("{home}#contracts")).quiet())
                    }
                }
            }
        }
    }
}

impl NewPage<'_> {
    fn double(&self, known: &str) -> Markup {
        Note::bad(html! {
            p {
                (tell!(
                    "They have a contract with the number {number} on {line} already.",
                    number = html! { strong { (self.typed.key) } },
                    line = self.typed.line
                )) " "
                "Change that one, or give this one a number of its own. "
            }
            p .acts { (Button::link(say!("Take this one"), format!("/contracts/{known}"))) }
        })
        .render()
    }

    /// What it is, on which line, under which number.
    fn first(&self) -> Markup {
        let error = |field: &str| self.typed.error(self.wrong.as_ref(), field);
        let kinds = vec![
            Choice::new("contract", say!("Contract")),
            Choice::new("subscription", say!("Subscription")),
        ];
        let kind = if self.typed.is_subscription { "subscription" } else { "contract" };
        let lines = self.lines.iter().map(|line| Choice::new(line.as_str(), line.as_str())).collect();
        html! {
            div .pair {
                (Field::select("kind", say!("What it is"), kinds).value(kind))
                @if self.lines.is_empty() {
                    (Field::text("line", say!("Service line")).value(&*self.typed.line).placeholder(say!("Payroll")).error(error("line")).required())
                } @else {
                    (Field::select("line", say!("Service line"), lines).value(&*self.typed.line).error(error("line")))
                }
                (Field::text("key", say!("Number")).value(&*self.typed.key).placeholder("2025-17").error(error("key")).required())
                (Field::text("name", say!("Name")).value(&*self.typed.name).placeholder(say!("Payroll for 40 people")))
            }
        }
    }
}
