//! What is decided on a contract's page: its renewal, somebody's leaving, the steps of it.

use ::store::Tx;
use kernel::{Problem, Result};
use maud::Markup;
use slice::{Reply, Visit};
use speech::{html, say, tell, word};
use ui::{Button, Cell, Choice, Column, Field, Group, Row, Table, hidden, time};

use super::contract::{ContractPage, day};
use crate::{
    ops::{Done, Renew, Withdraw, renew, step as done, withdraw},
    words::{self, Step, Who},
    written::On,
};

/// The place on a contract's page at which it is decided on.
pub(super) const DECIDE: &str = "decide";

/// Answers `POST /contracts/{id}/renewals`.
pub(super) fn renewal(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let word = visit.field("choice").unwrap_or_default();
    let choice = words::Choice::parse(word).ok_or_else(|| {
        Problem::invalid(
            "choice",
            "contracts.word",
            say!("decide on a renewal: pick renew, end or let it run out"),
        )
    })?;
    let reason = visit.field("reason").unwrap_or_default().to_owned();
    let input = Renew { id: visit.part("id")?.to_owned(), choice, reason, terms: None };
    let shown = renew(visit.cx, tx, input)?;
    Ok(Reply::Go(format!("/contracts/{}", shown.id)))
}

/// Answers `POST /contracts/{id}/withdrawal`.
pub(super) fn withdrawal(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let on = |name: &str| visit.field(name).map(|text| kernel::Day::parse(text).map(On)).transpose();
    let input = Withdraw {
        id: visit.part("id")?.to_owned(),
        received: on("received")?,
        who: visit.field("who").and_then(Who::parse),
        reason: visit.field("reason").unwrap_or_default().to_owned(),
        last_day: on("last_day")?,
    };
    let shown = withdraw(visit.cx, tx, input)?;
    Ok(Reply::Go(format!("/contracts/{}", shown.id)))
}

/// Answers `POST /contracts/{id}/withdrawal/{step}`.
pub(super) fn step(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let step = Step::parse(visit.part("step")?).ok_or_else(|| {
        Problem::not_found("contracts.no_step", say!("there is no such step of somebody leaving"))
    })?;
    let shown = done(visit.cx, tx, Done { id: visit.part("id")?.to_owned(), step })?;
    Ok(Reply::Go(format!("/contracts/{}", shown.id)))
}

/// What has to be done when somebody leaves, and what was decided.
pub(super) fn leaving(page: &ContractPage<'_>) -> Markup {
    let steps = |kind: &'static str| page.shown.steps.iter().filter(move |step| step.kind == kind);
    let rows = steps("withdrawal").map(|step| {
        let due = html! { @if let Some(day) = day(step.due.as_ref()) { (time::due(day, page.today)) } };
        let state = html! {
            @match day(step.on.as_ref()) {
                Some(on) => { (tell!("done {on}", on = time::short(on, page.today))) },
                None if page.may_write => {
                    form method="post" action={ "/contracts/" (page.shown.id) "/withdrawal/" (step.choice) } {
                        (hidden("csrf", page.csrf)) (Button::submit(say!("Done")))
                    }
                },
                None => { span .faint { "to be done" } },
            }
        };
        Row::new([
            Cell::head(html! { (ui::sentence(&word!(step.choice.replace('_', " "))).trim_end_matches('.')) }),
            Cell::new(due),
            Cell::new(state),
        ])
    });
    let columns = [Column::new(say!("Step")), Column::new(say!("By")), Column::new(say!("State"))];
    html! {
        @if steps("withdrawal").next().is_some() {
            (Group::new(say!("Somebody leaves"), Table::plain(say!("What has to be done by when")).columns(columns).rows(rows)))
        }
        @for step in steps("renewal") {
            p {
                "Decided: " (word!(step.choice)) @if let Some(on) = day(step.on.as_ref()) { ", " (time::long(on)) } ". "
                span .soft { (step.reason) }
            }
        }
    }
}

/// The forms, for whoever may write and while there is something to decide.
pub(super) fn forms(page: &ContractPage<'_>) -> Markup {
    let is_open = page.may_write && page.shown.terms.ended.is_none() && !page.shown.deadlines.is_empty();
    let has_term = page.shown.terms.last_day.is_some() && page.shown.term == "fixed";
    html! {
        @if is_open {
            div id=(DECIDE) {
                @if has_term { (Group::new(say!("Decide on the renewal"), renewing(page)).narrow()) }
                (Group::new(say!("Record that somebody leaves"), leaver(page)).narrow())
            }
        }
    }
}

fn renewing(page: &ContractPage<'_>) -> Markup {
    let choices = vec![
        Choice::new("renew", say!("Renew: the next term follows, on the same terms")),
        Choice::new("end", say!("End it with notice")),
        Choice::new("lapse", say!("Let it run out")),
    ];
    html! {
        form .form method="post" action={ "/contracts/" (page.shown.id) "/renewals" } {
            (hidden("csrf", page.csrf))
            (Field::select("choice", say!("Decision"), choices))
            (Field::text("reason", say!("Why")).id("f-renewal-reason").required())
            div .acts { (Button::submit(say!("Record the decision"))) }
        }
    }
}

fn leaver(page: &ContractPage<'_>) -> Markup {
    let who = vec![Choice::new("them", say!("They leave")), Choice::new("us", say!("We end it"))];
    html! {
        form .form method="post" action={ "/contracts/" (page.shown.id) "/withdrawal" } {
            (hidden("csrf", page.csrf))
            (Field::select("who", say!("Who"), who))
            (Field::input("date", "received", say!("The letter arrived on")).value(page.today.to_string()))
            (Field::input("date", "last_day", say!("Last day"))
                .hint(say!("Leave it empty: the clauses say with which day it ends. Fill it in where both agreed on another one.")))
            (Field::text("reason", say!("Why")).id("f-leaving-reason").required())
            div .acts { (Button::submit(say!("Record it"))) }
        }
    }
}
