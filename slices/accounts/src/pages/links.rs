//! What an account hangs together with, all of it; and how it is linked to another by hand.

use ::store::Tx;
use kernel::{Day, Page, Permission, Problem, ProblemKind, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say};
use ui::{Button, Choice, Field, Group, Head, Note, Nothing, Pager, enter, hidden};

use super::{BOOK, other::Other};
use crate::{
    ops::{
        Hangs, Named, Shown, ShownLink, glance, hang,
        links::{Wanted, list},
    },
    panels::links::{table, word},
    party_kind::LinkKind,
};

/// Rows on a page.
const ROWS: i64 = 50;

/// Answers `GET /accounts/{id}/links`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let shown = glance(visit.cx, tx, Named { id: visit.part("id")?.to_owned() })?;
    let after = visit.asked("after").map(str::to_owned);
    let mut wanted = Wanted { id: shown.id.clone(), hangs: true, after: None, limit: 4 * ROWS };
    let above = if after.is_none() { list(visit.cx, tx, &wanted)?.rows } else { Vec::new() };
    wanted = Wanted { hangs: false, after: after.clone(), limit: ROWS, ..wanted };
    let below = list(visit.cx, tx, &wanted)?;
    let body = all(visit, &shown, &above, &below, after.is_none());
    Ok(Reply::Page { title: say!("What {} hangs together with", shown.name), place: BOOK, body })
}

fn all(
    visit: &Visit<'_>,
    shown: &Shown,
    above: &[ShownLink],
    below: &Page<ShownLink>,
    is_first: bool,
) -> Markup {
    let may_write = visit.cx.actor.may(Permission::Write);
    let csrf = may_write.then_some(visit.csrf);
    let home = format!("/accounts/{}", shown.id);
    let here = format!("{home}/links");
    let trail = html! { a href=(home) { (shown.name) } };
    let act =
        html! { (Button::link(say!("Link them to another account"), format!("{here}/new")).main_act()) };
    let acts = may_write.then_some(act);
    html! {
        (Head { title: say!("Belongs together"), trail: Some(trail), acts, ..Head::default() })
        @if !above.is_empty() { (Group::new(say!("What they belong to"), table(visit.cx, &shown.id, above, csrf))) }
        @if !below.rows.is_empty() { (Group::new(say!("Who belongs to them"), table(visit.cx, &shown.id, &below.rows, csrf))) }
        @if above.is_empty() && below.rows.is_empty() {
            div .group { (Nothing { sentence: say!("They hang together with nobody."), act: None }) }
        }
        @if !is_first || below.next.is_some() {
            (Pager {
                range: say!("By name"),
                previous: (!is_first).then(|| here.as_str().into()),
                next: below.next.as_ref().map(|next| format!("{here}?after={next}").into()),
                ..Pager::default()
            })
        }
    }
}

/// Linking an account to another: first the name of the other is looked for, then one is picked.
struct NewLink<'a> {
    account: Shown,
    other: Other,
    kind: String,
    wrong: Option<Problem>,
    csrf: &'a str,
}

/// Answers `GET /accounts/{id}/links/new`.
pub(super) fn new(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let account = glance(visit.cx, tx, Named { id: visit.part("id")?.to_owned() })?;
    let asked = |name: &str| visit.asked(name).unwrap_or_default().to_owned();
    let (name, kind) = (asked("name"), asked("kind"));
    form(visit, tx, account, (name, kind), None)
}

fn form(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    account: Shown,
    (name, kind): (String, String),
    wrong: Option<Problem>,
) -> Result<Reply> {
    let other = Other::look(visit, tx, &account, name)?;
    let page = NewLink { account, other, kind, wrong, csrf: visit.csrf };
    Ok(Reply::Page { title: say!("Link accounts").into(), place: BOOK, body: page.render() })
}

/// Answers `POST /accounts/{id}/links`: makes a link, or takes one away (`end`).
pub(super) fn save(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let account = glance(visit.cx, tx, Named { id: visit.part("id")?.to_owned() })?;
    let text = |name: &str| visit.field(name).unwrap_or_default().to_owned();
    let (kind, other, since) = (text("kind"), text("other"), text("since"));
    let end = visit.field("end").is_some();
    let (id, on, forward) = match LinkKind::ALL.into_iter().find(|known| known.reverse() == kind) {
        Some(known) => (other.clone(), account.id.clone(), known.as_str().to_owned()),
        None => (account.id.clone(), other.clone(), kind.clone()),
    };
    let input = Hangs { id, kind: forward, other: on, since: Some(since.clone()), end };
    match hang(visit.cx, tx, input) {
        Ok(_) if end => {
            let since = if Day::parse(&since).is_ok() { since } else { String::new() };
            let ended = format!("{kind}.{other}.{since}");
            Ok(Reply::Go(format!("/accounts/{}?ended={ended}#links", account.id)))
        }
        Ok(_) => Ok(Reply::Go(format!("/accounts/{}#links", account.id))),
        Err(wrong) if wrong.kind == ProblemKind::Invalid => {
            form(visit, tx, account, (text("name"), kind), Some(wrong))
        }
        Err(problem) => Err(problem),
    }
}

impl Render for NewLink<'_> {
    fn render(&self) -> Markup {
        let home = format!("/accounts/{}", self.account.id);
        let trail = html! { a href=(home) { (self.account.name) } };
        let lead = html! { "A household they live in, the firm they are a department of, the client of ours whose customer they are; or the other way round." };
        html! {
            (Head { title: say!("Link accounts"), trail: Some(trail), lead: Some(lead), narrow: true, ..Head::default() })
            (self.other.form(&format!("{home}/links/new")))
            @if !self.other.name.is_empty() { (Group::new(say!("Which one"), self.pick(&home)).narrow()) }
        }
    }
}

impl NewLink<'_> {
    fn pick(&self, home: &str) -> Markup {
        if self.other.is_nobody() {
            let act = html! { (Button::link(say!("Add an account"), "/accounts/new")) };
            return Nothing { sentence: self.other.nobody().into(), act: Some(act) }.render();
        }
        let ways = LinkKind::ALL.into_iter().flat_map(|kind| [kind.as_str(), kind.reverse()]);
        let ways = ways.map(|kind| Choice::new(kind, word(kind))).collect();
        html! {
            form .form method="post" action={ (home) "/links" } {
                (hidden("csrf", self.csrf)) (hidden("name", &self.other.name)) (enter())
                @if let Some(wrong) = &self.wrong { (Note::bad(ui::sentence(&wrong.message))) }
                div .pair {
                    (Field::select("kind", say!("What {} is of it", self.account.name), ways).value(&*self.kind))
                    (Field::input("date", "since", say!("Since")).hint(say!("Leave it empty where nobody said.")))
                }
                (self.other.choices())
                div .acts { (Button::submit(say!("Link them")).main_act()) }
            }
        }
    }
}
