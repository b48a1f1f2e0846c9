//! What the slice shows on the page of an account: its contracts and subscriptions.

use ::store::Tx;
use kernel::{Day, Page, Permission, Result};
use maud::{Markup, Render};
use slice::{AccountPanel, Visit};
use speech::{html, say, tell, word};
use ui::{Button, Cell, Column, Group, Row, Table, time};

use crate::{
    ops::{List, Listed, list},
    pages::course,
};

/// The panels.
pub const PANELS: &[AccountPanel] = &[AccountPanel { id: "contracts", show }];

/// Rows of those that hold, and of those that ended; all of them stand among the renewals.
const ROWS: i64 = 10;
const ENDED: i64 = 5;

fn show(visit: &Visit<'_>, tx: &mut Tx<'_>, account: &str) -> Result<Markup> {
    let of = |ended, limit| List {
        account: Some(account.to_owned()),
        ended,
        limit: Some(limit),
        ..List::default()
    };
    let running = list(visit.cx, tx, of(false, ROWS))?;
    let ended = list(visit.cx, tx, of(true, ENDED))?;
    let today = visit.cx.today();
    let may_write = visit.cx.actor.may(Permission::Write);
    let body = html! {
        @if running.rows.is_empty() && ended.rows.is_empty() { p .small .soft { "No contract and no subscription is on record." } }
        @else {
            (table(&running.rows, &ended.rows, today))
            (more(account, &running, &ended))
        }
        @if may_write {
            p .acts { (Button::link(say!("Record a contract"), format!("/accounts/{account}/contracts/new"))) }
        }
    };
    Ok(Group::new(say!("Contracts"), body).render())
}

/// The way to those that the panel leaves out.
fn more(account: &str, running: &Page<Listed>, ended: &Page<Listed>) -> Markup {
    html! {
        @if running.next.is_some() || ended.next.is_some() {
            p .small {
                @if running.next.is_some() { a href={ "/contracts?account=" (account) } { "All that run" } " " }
                @if ended.next.is_some() { a href={ "/contracts?account=" (account) "&state=ended" } { "All that ended" } }
            }
        }
    }
}

fn table<'a>(running: &'a [Listed], ended: &'a [Listed], today: Day) -> Table<'a> {
    let columns =
        [say!("Contract"), say!("Service line"), say!("Term"), say!("Runs until"), say!("Last safe day")]
            .map(Column::new);
    let rows = running.iter().map(|one| (one, false)).chain(ended.iter().map(|one| (one, true)));
    Table::fold(say!("Their contracts, the next day to act first, then those that ended"))
        .columns(columns)
        .rows(rows.map(|(one, is_over)| row(one, is_over, today)))
}

fn row<'a>(one: &'a Listed, is_over: bool, today: Day) -> Row<'a> {
    let day = |text: Option<&String>| text.and_then(|text| Day::parse(text).ok());
    let name = one.name.as_deref().unwrap_or(&one.key);
    let kind = word!(if one.kind == "subscription" { "subscription" } else { "contract" });
    let until = match day(one.ends.as_ref()).filter(|_| is_over) {
        Some(day) => html! { span .faint { (tell!("ended {day}", day = time::short(day, today))) } },
        None => course::until(one, today),
    };
    let act_by = if is_over {
        html! { span .faint { "–" } }
    } else {
        course::act_by(one, today)
    };
    Row::new([
        Cell::head(
            html! { a href={ "/contracts/" (one.id) } { (name) } " " span .faint { (kind) @if one.name.is_some() { " " (one.key) } } },
        ),
        Cell::new(html! { (one.line) }).label(say!("Line")),
        Cell::new(html! { (word!(one.term.replace('_', " "))) }).label(say!("Term")),
        Cell::new(until).label(say!("Until")),
        Cell::new(act_by).label(say!("Act by")),
    ])
}
