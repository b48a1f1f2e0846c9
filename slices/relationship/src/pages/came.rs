//! How it came to this: the decisions that stood, each with what moved it, and the relationship as it was on any day.

use ::store::Tx;
use kernel::{Day, Page, Problem, ProblemKind, Result};
use maud::{Markup, Render};
use slice::{FROM, Reply, Visit};
use speech::{html, say, tell};
use ui::{
    Address, Button, Choice, Course, CourseStep, Entry, Field, Group, Head, Note, Text, Timeline, time,
};

use super::{
    asked::PLACE,
    then::{Then, read},
    wording,
};
use crate::{
    Fit,
    ops::{Cause, Explanation, Logged, OnDay, ShownStretch, Stretch, history, view},
    phrase,
};

/// Decisions on a page.
const ROWS: i64 = 20;

/// The page.
struct Came {
    now: Explanation,
    past: Page<Logged>,
    then: Option<Then>,
    /// What was asked for, as typed, and why it cannot be shown.
    asked: (String, bool),
    wrong: Option<Problem>,
    newest: bool,
    today: Day,
    /// The record from which one came.
    from: Option<String>,
}

/// Answers `GET /relationships/{id}/history`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let id = visit.part("id")?.to_owned();
    let now = view(visit.cx, tx, OnDay { id: id.clone(), as_of: None, known_at: None })?;
    let after = visit.asked("after").filter(|text| !text.is_empty()).map(str::to_owned);
    let newest = after.is_none();
    let past = history(visit.cx, tx, Stretch { id: id.clone(), limit: Some(ROWS), after })?;
    let asked = visit.asked("as_of").unwrap_or_default().trim().to_owned();
    let known_then = visit.asked("known") != Some("now");
    let (then, wrong) = match asked.is_empty() {
        true => (None, None),
        false => match read(visit.cx, tx, (&id, &asked, known_then), &now) {
            Ok(then) => (Some(then), None),
            Err(problem) if problem.kind == ProblemKind::Invalid => (None, Some(problem)),
            Err(problem) => return Err(problem),
        },
    };
    let (today, from) = (visit.cx.today(), visit.opened_from().map(str::to_owned));
    let page = Came { now, past, then, asked: (asked, known_then), wrong, newest, today, from };
    Ok(Reply::Page { title: say!("How it came to this").into(), place: PLACE, body: page.render() })
}

impl Render for Came {
    fn render(&self) -> Markup {
        let now = &self.now;
        let home = self.from.clone().unwrap_or_else(|| format!("/relationships/{}", now.id));
        let trail = html! { a href=(home) { (now.name) ", " (now.line) } };
        let lead = html! { (tell!("{class} now.", class = wording::mark(&now.class))) " " (now.reason) };
        html! {
            (Head { title: say!("How it came to this"), trail: Some(trail), lead: Some(lead), ..Head::default() })
            (Group::new(say!("What it was, by the facts"), self.stretches()))
            (Group::new(say!("Strength of evidence over time"), self.course()))
            (Group::new(say!("As it was on a day"), self.picker()))
            @if let Some(then) = &self.then { (then) }
            p .small { a href=(self.case()) { "Its facts as a file" } span .soft { ", from which anybody can recompute the decision." } }
            (Group::new(say!("Decisions that stood"), self.decisions()))
            (self.pager())
        }
    }
}

impl Came {
    fn place(&self) -> String {
        format!("/relationships/{}/history", self.now.id)
    }

    /// The case of the day that was asked for.
    fn case(&self) -> String {
        let (as_of, known_then) = &self.asked;
        let day = self.then.as_ref().map(|_| as_of.as_str());
        let known = day.filter(|_| *known_then);
        Address::new(format!("/relationships/{}/case", self.now.id))
            .with("as_of", day)
            .with("known_at", known)
            .write()
    }

    /// The classes it had, the latest first, each with what happened on its first day.
    fn stretches(&self) -> ui::Table<'_> {
        let row = |one: &'_ ShownStretch| {
            let facts = html! {
                @for (n, fact) in one.facts.iter().enumerate() {
                    @if 0 < n { "; " }
                    a href={ "/accounts/" (self.now.account) "/facts/" (fact.id) } { (fact.said) }
                }
                @if one.facts.is_empty() { span .soft { "Time passed" } }
            };
            ui::Row::new([
                ui::Cell::head(on(&one.since)),
                ui::Cell::new(wording::mark(&one.class)).label(say!("Class")),
                ui::Cell::new(facts).label(say!("On that day")),
            ])
        };
        let heads = [say!("From"), say!("Class"), say!("On that day")].map(ui::Column::new);
        ui::Table::fold(say!("What it was, by the facts"))
            .columns(heads)
            .rows(self.now.course.iter().rev().map(row))
    }

    /// The strength over time, and the same as a table.
    fn course(&self) -> Markup {
        let rows: Vec<&Logged> = self.past.rows.iter().rev().collect();
        let before = rows.iter().map(|row| Some(row.class.as_str()));
        let before = std::iter::once(None).chain(before);
        let step = |(row, before): (&&Logged, Option<&str>)| CourseStep {
            day: Day::parse(&row.as_of).map_or(0, |day| i64::from(day.0)),
            at: row.score.filter(|_| row.strength.is_some()).map(ui::Strength::of_score),
            sign: ui::Sign::of(&row.class),
            turned: before != Some(row.class.as_str()),
        };
        let steps: Vec<_> = rows.iter().zip(before).map(step).collect();
        let until = self.past.rows.first().and_then(|row| row.until.as_deref()).unwrap_or(&self.now.as_of);
        let day = |iso: &str| Day::parse(iso).map(time::long_text).unwrap_or_default();
        let ends = (rows.first().map(|row| day(&row.as_of)).unwrap_or_default(), day(until));
        let course = Course {
            until: Day::parse(until).map_or(0, |day| i64::from(day.0)),
            band: wording::band_of(self.now.stop_permille, self.now.become_permille),
            ends: (ends.0.into(), ends.1.into()),
            steps,
        };
        html! {
            (course)
            p .tiny .faint {
                "Each step is a decision that stood until the next; a mark is where the class turned. Between the dotted \
                 lines of the policy in force the past decides."
            }
            details { summary .small { "The same as a table" } (self.table()) }
        }
    }

    fn table(&self) -> ui::Table<'_> {
        let row = |row: &'_ Logged| {
            ui::Row::new([
                ui::Cell::head(on(&row.as_of)),
                ui::Cell::new(wording::mark(&row.class)).label(say!("Class")),
                ui::Cell::new(speech::decimal(row.strength.as_deref().unwrap_or("–")))
                    .label(say!("Strength")),
                ui::Cell::new(wording::word(row.confidence.as_deref().unwrap_or("–")))
                    .label(say!("Confidence")),
                ui::Cell::new(policy(row)).label(say!("Policy")),
            ])
        };
        let heads = [say!("From"), say!("Class"), say!("Strength"), say!("Confidence"), say!("Policy")]
            .map(ui::Column::new);
        ui::Table::fold(say!("Decisions that stood, newest first"))
            .columns(heads)
            .rows(self.past.rows.iter().map(row))
    }

    fn picker(&self) -> Markup {
        let (as_of, known_then) = &self.asked;
        let error = self.wrong.as_ref().map(|problem| ui::sentence(&problem.to_string()));
        let ways = vec![Choice::new("then", say!("As known then")), Choice::new("now", say!("As known now"))];
        html! {
            form method="get" action=(self.place()) {
                @if let Some(from) = &self.from { (ui::hidden(FROM, from)) }
                div .thirds {
                    (Field::input("date", "as_of", say!("Day")).value(as_of.clone()).error(error)
                        .hint(say!("What had happened by then.")))
                    (Field::select("known", say!("Knowledge"), ways).value(if *known_then { "then" } else { "now" })
                        .hint(say!("Then: what was on record by that day. Now: also what was learned later, without what was taken back.")))
                }
                p .acts { (Button::submit(say!("Show that day"))) }
            }
        }
    }

    fn decisions(&self) -> Markup {
        let before = self.past.rows.iter().skip(1).map(Some).chain([None]);
        let entries = self.past.rows.iter().zip(before).map(|(row, before)| self.decision(row, before));
        html! {
            @if self.past.rows.is_empty() { (Note::new(say!("No decision is on record yet; facts about them are being weighed."))) }
            (Timeline { entries: entries.collect() })
        }
    }

    fn decision(&self, row: &Logged, before: Option<&Logged>) -> Entry {
        let turned = before.filter(|before| before.class != row.class);
        let what = html! {
            @if let Some(before) = turned { (wording::word(&before.class)) " → " }
            strong { (wording::word(&row.class)) }
            @if let Some(strength) = &row.strength {
                ", strength "
                @if let Some(was) = before.and_then(|before| before.strength.as_ref()) { (speech::decimal(was)) " → " }
                (speech::decimal(strength))
            }
            @if let Some(confidence) = &row.confidence { (say!(", {confidence} confidence", confidence = wording::word(confidence))) }
            @for (word, was, is) in others(before, row) { "; " (word) " " (was) " → " (is) }
        };
        let source = html! {
            @match &row.until {
                Some(until) => { (tell!("From {from} to {until}", from = on(&row.as_of), until = on(until))) },
                None => { (tell!("From {from}, and it stands", from = on(&row.as_of))) },
            }
            "; by the policy " (policy(row))
            @if let Some(baseline) = row.baseline { ", baseline " (baseline) }
            "."
            @for cause in &row.causes { br; (self.cause(cause)) }
        };
        let when = Day::parse(&row.as_of).map(|day| time::short(day, self.today)).unwrap_or_default();
        let entry = Entry::new(when, what, source);
        if turned.is_some() || before.is_none() { entry.lasting() } else { entry }
    }

    fn cause(&self, cause: &Cause) -> Markup {
        html! {
            (cause.sentence)
            @if let Some(moved) = cause.moved { " (" (phrase::log_odds(moved)) ")" }
            @for (n, fact) in cause.facts.iter().enumerate() {
                @if n == 0 { ": " } @else { "; " }
                @if fact.taken_back { (fact.said) } @else {
                    a href={ "/accounts/" (self.now.account) "/facts/" (fact.id) } { (fact.said) }
                }
                ", " (on(&fact.on))
                @if let Some(moved) = fact.moved { " (" (phrase::log_odds(moved)) ")" }
            }
            @if 0 < cause.further { (say!("; and {} more", ui::count(cause.further))) }
            "."
        }
    }

    fn pager(&self) -> Markup {
        if self.newest && self.past.next.is_none() {
            return html! {};
        }
        let (as_of, known_then) = &self.asked;
        let address = || {
            let day = Some(as_of.as_str()).filter(|day| !day.is_empty());
            let known = day.map(|_| if *known_then { "then" } else { "now" });
            Address::new(self.place())
                .with("as_of", day)
                .with("known", known)
                .with(FROM, self.from.as_deref())
        };
        html! {
            nav .pager aria-label="Pages of the decisions" {
                span {}
                span .acts {
                    @if !self.newest { (Button::link(say!("Newest"), address().write()).key('[')) }
                    @match &self.past.next {
                        Some(next) => { (Button::link(say!("Older"), address().with("after", Some(next)).write()).key(']')) },
                        None => { (Button::link(say!("Older"), "").off()) },
                    }
                }
            }
        }
    }
}

/// What is other than before beside class, strength and confidence: what it is, what it was, what it is now.
fn others(before: Option<&Logged>, row: &Logged) -> Vec<(Text<'static>, Markup, Markup)> {
    let Some(before) = before else { return Vec::new() };
    let has = |part: &str| row.changed.iter().any(|changed| changed == part);
    let since = (has("since") && !has("class")).then(|| (say!("since"), on(&before.since), on(&row.since)));
    let judged = |fit: &str| Fit::parse(fit).is_some_and(|fit| fit != Fit::NotJudged);
    let fit = (has("fit") && judged(&before.fit) && judged(&row.fit))
        .then(|| (say!("service"), wording::fit(&before.fit), wording::fit(&row.fit)));
    since.into_iter().chain(fit).collect()
}

fn policy(row: &Logged) -> String {
    match row.policy.is_empty() {
        true => say!("that was in force").into_owned(),
        false => format!("{} {}", row.policy, row.policy_version),
    }
}

/// A day as a `time` element.
pub(super) fn on(iso: &str) -> Markup {
    html! { @match Day::parse(iso) { Ok(day) => { (time::long(day)) }, Err(_) => { (iso) } } }
}
