//! Today: classes that crossed and wait for a person, and what changed: classes with their cause, what people stated.

use std::collections::HashMap;

use ::store::Tx;
use kernel::{Cursor, Day, Moment, Permission, Result};
use maud::{Markup, Render};
use slice::{Change, Due, Matter, News, Next, Reply, Visit};
use speech::{html, say, tell, word};
use timeline::{AccountId, Fact, LineId, store as facts};
use ui::{Answers, Button, Field, Head, hidden, time};

use super::{answered, wording};
use crate::{
    Class,
    ops::{
        crossing::{Answer, Waiting, answer, list},
        record::{Stretch, history},
    },
    store::{
        crossing::{self, Crossing},
        overrides,
    },
};

/// A longer history is not weighed here, line by line.
const WEIGHED: i64 = 200;
/// Matters, and changes, on the page.
const MOST: i64 = 10;

/// What waits for a person: that somebody became client or customer.
pub(crate) fn due(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Due> {
    let cx = visit.cx;
    let mut found = crossing::waiting(cx, tx, i64::MAX, MOST + 1)?;
    let more = MOST < i64::try_from(found.len()).unwrap_or(i64::MAX);
    found.truncate(usize::try_from(MOST).unwrap_or(0));
    let names = lines(tx)?;
    let of_whom: Vec<AccountId> = found.iter().map(|one| one.account).collect();
    let serving = facts::serving(tx, &of_whom, cx.today())?;
    let may = cx.actor.may(Permission::Write);
    let mut matters = Vec::with_capacity(found.len());
    for one in &found {
        let id = cx.codes.write(one.relationship);
        let on = Moment::at(one.at).day(&cx.zone);
        matters.push(Matter {
            by: None,
            presses: true,
            note: tell!("since {day}", day = time::short(on, cx.today())),
            of: of(visit, one, one.became, &names),
            what: match one.became {
                Class::Client => {
                    say!("Say whether you agree: the evidence makes this a client, no longer a customer.")
                }
                _ => say!("Say whether you agree: the evidence makes this a customer, no longer a client."),
            }
            .into_owned(),
            why: html! { (cause(visit, tx, one)?) },
            whose: serving.on(one.account, one.line).map(str::to_owned),
            act: if may {
                answers(visit, &id, one)
            } else {
                html! { span .small .soft { "Members and owners answer." } }
            },
        });
    }
    let words = say!("All that became client or customer and wait for a word").into_owned();
    let rest = more.then(|| (words, "/relationships/crossings".to_owned()));
    let next = if matters.is_empty() { comes_back(visit, tx)? } else { None };
    Ok(Due { matters, rest, told: answered::told(visit, tx)?, next })
}

/// What was put off and comes back first.
fn comes_back(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Option<Next>> {
    let cx = visit.cx;
    Ok(crossing::comes_back(cx, tx)?.map(|one| {
        let who = html! { a href={ "/relationships/" (cx.codes.write(one.relationship)) } { (one.name) } };
        let what = tell!("You are asked again about {who}, which was put off.", who = who);
        Next { on: i32::try_from(one.until).map_or(cx.today(), Day), what }
    }))
}

/// Accept, not now, or the other class with a reason.
fn answers(visit: &Visit<'_>, id: &str, one: &Crossing) -> Markup {
    let buttons = html! {
        (Button::submit(say!("Agree")).sends("answer", "accept"))
        (Button::submit(say!("Not now")).sends("answer", "not_now").quiet())
        (Button::link(say!("What follows…"), format!("/relationships/{id}/switch?to={}", one.became)).quiet())
    };
    // An article goes with its word, whatever the house calls them.
    let (why, stays) = match one.was {
        Class::Client => (say!("Why it stays a client"), say!("Stays a client…")),
        _ => (say!("Why it stays a customer"), say!("Stays a customer…")),
    };
    let was = word!(one.was.as_str());
    let fields = html! {
        (hidden("answer", "decline"))
        (Field::text("reason", why).id(format!("reason-{id}")).required())
        (Button::submit(say!("Keep as {was}")))
    };
    let action = format!("/relationships/{id}/crossing");
    Answers {
        action,
        hidden: html! { (hidden("csrf", visit.csrf)) (hidden("crossing", &one.id.to_string())) },
        buttons,
        otherwise: stays.into_owned(),
        fields,
    }
    .render()
}

/// Answers `POST /relationships/{id}/crossing`.
pub(super) fn answer_it(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let input = Answer {
        id: visit.part("id")?.to_owned(),
        answer: visit.field("answer").unwrap_or_default().to_owned(),
        crossing: visit.field("crossing").and_then(|number| number.parse().ok()),
        reason: visit.field("reason").map(str::to_owned),
        until: None,
    };
    let (id, said) = (input.id.clone(), input.answer.clone());
    answer(visit.cx, tx, input)?;
    Ok(answered::back(&id, &said))
}

/// What changed: classes, and what people stated of how they want to be dealt with.
pub(crate) fn news(visit: &Visit<'_>, tx: &mut Tx<'_>, since: Moment) -> Result<News> {
    let cx = visit.cx;
    let names = lines(tx)?;
    let mut found = crossing::since(cx, tx, since, MOST + 1)?;
    let more = MOST < i64::try_from(found.len()).unwrap_or(i64::MAX);
    found.truncate(usize::try_from(MOST).unwrap_or(0));
    let mut changes = Vec::new();
    let of_whom: Vec<AccountId> = found.iter().map(|one| one.account).collect();
    let by_hand = overrides::counting(tx, &of_whom, cx.today())?;
    for one in &found {
        let said = by_hand.get(&(one.account, one.line)).map(|said| said.class);
        let what = html! {
            (wording::headed(one.was.as_str())) " → " (word!(one.became.as_str())) ". "
            @if let Some(said) = said { (say!("By the evidence alone: {} is set by hand, and counts.", word!(said.as_str()))) " " }
            (cause(visit, tx, one)?)
        };
        changes.push(Change { at: one.at, of: of(visit, one, said.unwrap_or(one.became), &names), what });
    }
    let mut stated = crossing::stated(cx, tx, since, MOST + 1)?;
    let more = more || MOST < i64::try_from(stated.len()).unwrap_or(i64::MAX);
    stated.truncate(usize::try_from(MOST).unwrap_or(0));
    let accounts: Vec<AccountId> = stated.iter().map(|(account, _)| *account).collect();
    let mut said = facts::preferences(tx, &accounts)?;
    for (account, name) in &stated {
        let newest = said.remove(account).and_then(|all| all.into_iter().max_by_key(|entry| entry.id.0));
        let Some(entry) = newest else { continue };
        let Fact::Preference(preference) = &entry.fact else { continue };
        let account = cx.codes.write(entry.account);
        let wish = wording::wish(preference.dealing());
        let stated = match names.get(&entry.line) {
            Some(line) => say!("Stated on {line}: {wish}."),
            None => say!("Stated: {wish}."),
        };
        changes.push(Change {
            at: entry.recorded_at,
            of: html! { a .who href={ "/accounts/" (account) } { (name) } },
            what: html! { (stated) },
        });
    }
    Ok(News { changes, more })
}

/// Of whom, with the line where there is more than one, and the class.
fn of(visit: &Visit<'_>, one: &Crossing, class: Class, names: &HashMap<LineId, String>) -> Markup {
    let account = visit.cx.codes.write(one.account);
    html! {
        a .who href={ "/accounts/" (account) } { (one.name) }
        " " (wording::mark(class.as_str()).render())
        @if 1 < names.len() { @if let Some(line) = names.get(&one.line) { " " span .soft { (line) } } }
    }
}

/// What moved the decision by which it crossed, most of all.
fn cause(visit: &Visit<'_>, tx: &mut Tx<'_>, one: &Crossing) -> Result<String> {
    let id = visit.cx.codes.write(one.relationship);
    if crossing::is_long(visit.cx, tx, one.account, WEIGHED)? {
        let long = say!("Its history is long; the page of the relationship tells how it came to this.");
        return Ok(long.into_owned());
    }
    let before = Cursor(vec![(one.id + 1).to_string()]).write();
    let page = history(visit.cx, tx, Stretch { id, limit: Some(1), after: Some(before) })?;
    let Some(last) = page.rows.into_iter().next() else { return Ok(String::new()) };
    let mut causes = last.causes;
    causes.sort_by_key(|cause| std::cmp::Reverse(cause.moved.unwrap_or(0).abs()));
    let told = causes.iter().filter(|cause| cause.kind != "override").take(2).map(|cause| {
        match cause.facts.first() {
            Some(fact) if cause.kind == "facts" => format!("{}: {}", cause.sentence, fact.said),
            _ => cause.sentence.clone(),
        }
    });
    Ok(told.map(|sentence| format!("{}.", sentence.trim_end_matches('.'))).collect::<Vec<_>>().join(" "))
}

fn lines(tx: &mut Tx<'_>) -> Result<HashMap<LineId, String>> {
    Ok(facts::lines(tx)?.into_iter().map(|line| (line.id, line.name)).collect())
}

/// All that wait for a word.
pub(super) const PLACE: &str = "/relationships/crossings";

/// Answers `GET /relationships/crossings`: all that became client or customer and wait for a word.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let after = visit.asked("after").map(str::to_owned);
    let listed = list(visit.cx, tx, Waiting { after, limit: None })?;
    let rows = listed.rows.iter().map(|one| {
        ui::Row::new([
            ui::Cell::head(html! { a .who href={ "/accounts/" (one.account) } { (one.name) } }),
            ui::Cell::new(wording::mark(&one.was)).label(say!("Was")),
            ui::Cell::new(wording::mark(&one.became)).label(say!("Became")),
            ui::Cell::new(
                html! { a href={ "/relationships/" (one.id) "/history" } { "How it came to this" } },
            )
            .label(say!("Why")),
        ])
    });
    let heads = [say!("Account"), say!("Was"), say!("Became"), say!("Why")].map(ui::Column::new);
    let table = ui::Table::fold(say!("Classes that wait for a word, newest first")).columns(heads).rows(rows);
    let trail = html! { a href="/today" { "Today" } };
    let lead =
        html! { "The evidence made these client or customer, and nobody has said yet whether they agree." };
    let body = html! {
        (Head { title: say!("Waiting for a word"), trail: Some(trail), lead: Some(lead), ..Head::default() })
        @if listed.rows.is_empty() { p .soft { "Nothing waits." } } @else { (table) }
        @if let Some(next) = &listed.next {
            (Button::link(say!("Older"), ui::Address::new(PLACE).with("after", Some(next)).write()))
        }
    };
    Ok(Reply::Page { title: say!("Waiting for a word").into(), place: "/today", body })
}
