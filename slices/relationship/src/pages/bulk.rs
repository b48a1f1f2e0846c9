//! One act on many: what is asked for, what it would do to each, what it did, and the way back.

mod form;

use ::store::Tx;
use kernel::{Day, Moment, Permission, Problem, ProblemKind, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, tell, word};
use ui::{
    Button, Cell, Column, Head, Note, Nothing, Pager, Row, Table, Text, count, hidden, plural, time, who,
};

use self::form::Asked;
use super::{
    asked::{PLACE, address},
    wording,
};
use crate::{
    bulk::{Deed, Fate},
    ops::bulk::{self as bulk_ops, BulkInput, BulkPlan, BulkRow, Bulks, OneBulk, ShownBulk},
    phrase,
};

/// Where what is asked for is previewed.
pub(super) const PREVIEW: &str = "/relationships/bulk";
/// Where what was done stands.
pub(super) const BULKS: &str = "/relationships/bulks";

/// What an act would do, before it is done.
struct PreviewPage<'v> {
    visit: &'v Visit<'v>,
    asked: Asked,
    /// What it would do, or why that cannot be said.
    plan: Option<Result<BulkPlan>>,
    /// It was to be done, and something had changed.
    changed: Option<String>,
}

/// Answers `GET /relationships/bulk`.
pub(super) fn preview(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let asked = Asked::read(visit)?;
    let plan = asked.is_complete().then(|| bulk_ops::preview(visit.cx, tx, asked.input.clone()));
    Ok(shown(PreviewPage { visit, asked, plan, changed: None }))
}

/// Answers `POST /relationships/bulks`: does what was previewed.
pub(super) fn apply(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let input = form::sent(visit);
    match bulk_ops::apply(visit.cx, tx, input.clone()) {
        Ok(done) => Ok(Reply::Go(format!("{BULKS}/{}", done.id))),
        Err(problem)
            if matches!(problem.kind, ProblemKind::Stale | ProblemKind::Conflict | ProblemKind::Invalid) =>
        {
            let plan = Some(bulk_ops::preview(visit.cx, tx, BulkInput { digest: None, ..input.clone() }));
            let asked = Asked::of(input);
            Ok(shown(PreviewPage { visit, asked, plan, changed: Some(problem.message) }))
        }
        Err(problem) => Err(problem),
    }
}

fn shown(page: PreviewPage<'_>) -> Reply {
    Reply::Page { title: page.title().into(), place: PLACE, body: page.render() }
}

impl Render for PreviewPage<'_> {
    fn render(&self) -> Markup {
        let trail = html! { a href=(address(&self.asked.filter).write()) { "Relationships" } };
        html! {
            (Head { title: self.title(), trail: Some(trail), lead: Some(self.lead()), ..Head::default() })
            @if let Some(why) = &self.changed { (Note::bad(format!("{}.", phrase::capital(why)))) }
            @if let Some(Err(problem)) = &self.plan {
                @if !form::is_for_a_field(problem) { (Note::bad(format!("{}.", phrase::capital(&problem.message)))) }
            }
            (self.asked.form(self.problem()))
            @if let Some(Ok(plan)) = &self.plan { (self.consequences(plan)) }
        }
    }
}

impl PreviewPage<'_> {
    fn title(&self) -> Text<'static> {
        match self.asked.deed {
            Deed::Class => say!("Set the class of many"),
            Deed::Preference => say!("Note what many want"),
            Deed::Crossing => say!("Answer for many whether they became another class"),
        }
    }

    fn problem(&self) -> Option<&Problem> {
        self.plan.as_ref()?.as_ref().err()
    }

    fn lead(&self) -> Markup {
        html! {
            @match (self.asked.input.ids.len(), &self.asked.input.filter) {
                (0, Some(filter)) => { (say!("All that match: {}.", super::filters::in_words(filter))) },
                (n, _) => { (say!("1 relationship is selected." | "{n} relationships are selected." % n)) },
            }
            " Nothing is done before you have seen what it comes to; it is taken back as one."
        }
    }

    fn consequences(&self, plan: &BulkPlan) -> Markup {
        html! {
            section .group {
                h2 { (plan.sentence) }
                p { (counted(plan)) }
                @if 0 < plan.changes { (self.apply(plan)) }
                (self.table(plan))
            }
        }
    }

    fn apply(&self, plan: &BulkPlan) -> Markup {
        let words = say!("Do it to {}", plural(plan.changes, "relationship", "relationships"));
        html! {
            form method="post" action=(BULKS) {
                (hidden("csrf", self.visit.csrf))
                (hidden("ids", &plan.ids.join(",")))
                (hidden("digest", &plan.digest))
                @for (name, value) in form::fields(&self.asked.input) { (hidden(name, &value)) }
                div .acts { (Button::submit(words).main_act()) (Button::link(say!("Cancel"), address(&self.asked.filter).write()).quiet()) }
            }
        }
    }

    fn table(&self, plan: &BulkPlan) -> Markup {
        let shown = i64::try_from(plan.rows.len()).unwrap_or(i64::MAX);
        let all = plan.changes + plan.already + plan.refused;
        html! {
            (Table::fold(say!("What becomes of each"))
                .columns([Column::new(say!("Party")), Column::new(say!("Now")), Column::new(say!("Then")), Column::new(say!("What happens"))])
                .rows(plan.rows.iter().map(row)))
            @if shown < all { p .tiny .faint { (say!("The first fifty of each kind are listed; {} are meant.", count(all))) } }
        }
    }
}

/// `12 change, 3 are so already, 1 cannot be changed.`
fn counted(plan: &BulkPlan) -> String {
    let (already, refused) = (plan.already, plan.refused);
    let mut words = vec![match plan.changes {
        0 => say!("None of them changes").into_owned(),
        n => say!("{n} changes" | "{n} change" % n),
    }];
    words.extend((0 < already).then(|| say!("{n} is so already" | "{n} are so already" % already)));
    words.extend((0 < refused).then(|| say!("{n} cannot be changed" | "{n} cannot be changed" % refused)));
    format!("{}.", words.join(", "))
}

fn row(row: &BulkRow) -> Row<'static> {
    let happens = match Fate::parse(&row.fate) {
        Some(Fate::Changes) => html! { "Changes" },
        Some(Fate::Already) => html! { span .faint { (say!("Is so already: {}", row.why)) } },
        _ => html! { (ui::Tag::firm(say!("Cannot be changed")).render()) " " (row.why) },
    };
    let becomes = if row.becomes.is_empty() { &row.was } else { &row.becomes };
    Row::new([
        Cell::head(party(&row.name, &row.line, &row.id)),
        Cell::new(html! { (wording::headed(&row.was)) }).label(say!("Now")),
        Cell::new(html! { (wording::headed(becomes)) }).label(say!("Then")),
        Cell::new(happens),
    ])
}

/// A relationship by its account and its service line.
fn party(name: &str, line: &str, id: &str) -> Markup {
    html! { (who(name, &format!("/relationships/{id}"))) " " span .soft { (line) } }
}

/// Answers `GET /relationships/bulks`: what was done to many.
pub(super) fn list(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let after = visit.asked("after").map(str::to_owned);
    let page = bulk_ops::list(visit.cx, tx, Bulks { after: after.clone(), limit: None })?;
    let row = |bulk: &ShownBulk| {
        Row::new([
            Cell::head(html! { a href=(format!("{BULKS}/{}", bulk.id)) { (bulk.sentence) } }),
            Cell::num(html! { (count(bulk.count)) }),
            Cell::new(html! { (wording::headed_by(bulk.by.as_deref())) }),
            Cell::new(on(&bulk.at, visit)),
            Cell::new(html! { @if bulk.undone.is_some() { "Taken back" } @else { span .faint { "Done" } } }),
        ])
    };
    let next = page.next.as_deref().map(|next| ui::Address::new(BULKS).with("after", Some(next)).write());
    let previous = after.map(|_| BULKS.to_owned());
    let body = html! {
        (Head { title: say!("Done to many"), trail: Some(html! { a href=(PLACE) { "Relationships" } }), lead: Some(html! { "What was done to many relationships at once; each is taken back as one." }), ..Head::default() })
        @if page.rows.is_empty() {
            (Nothing { sentence: say!("Nothing was done to many yet. Select lines in the book with x."), act: Some(html! { (Button::link(say!("Open the book"), PLACE)) }) })
        } @else {
            (Table::plain(say!("Done to many"))
                .columns([Column::new(say!("What")), Column::new(say!("Relationships")).num(), Column::new(say!("By")), Column::new(say!("On")), Column::new(say!("State"))])
                .rows(page.rows.iter().map(row)))
            @if next.is_some() || previous.is_some() {
                (Pager { previous: previous.map(Into::into), next: next.map(Into::into), ..Pager::default() })
            }
        }
    };
    Ok(Reply::Page { title: say!("Done to many").into(), place: PLACE, body })
}

fn on(at: &str, visit: &Visit<'_>) -> Markup {
    let micros = at.parse::<jiff::Timestamp>().map(|at| at.as_microsecond());
    let day: Option<Day> = micros.ok().map(|micros| Moment::at(micros).day(&visit.cx.zone));
    html! { @if let Some(day) = day { (time::long(day)) } }
}

/// Answers `GET /relationships/bulks/{id}`.
pub(super) fn view(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let bulk = bulk_ops::view(visit.cx, tx, OneBulk { id: visit.part("id")?.to_owned() })?;
    let body = BulkPage { visit, bulk: &bulk }.render();
    Ok(Reply::Page { title: say!("Done to many").into(), place: PLACE, body })
}

/// Answers `POST /relationships/bulks/{id}/undoing`.
pub(super) fn undo(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let bulk = bulk_ops::undo(visit.cx, tx, OneBulk { id: visit.part("id")?.to_owned() })?;
    Ok(Reply::Go(format!("{BULKS}/{}", bulk.id)))
}

/// What was done, to whom, and the way back.
struct BulkPage<'v> {
    visit: &'v Visit<'v>,
    bulk: &'v ShownBulk,
}

impl Render for BulkPage<'_> {
    fn render(&self) -> Markup {
        let bulk = self.bulk;
        let trail = html! { a href=(PLACE) { "Relationships" } " / " a href=(BULKS) { "Done to many" } };
        let lead = html! {
            (tell!("{relationships}, by {by} on {day}.", relationships = plural(bulk.count, "relationship", "relationships"), by = wording::by(bulk.by.as_deref()), day = on(&bulk.at, self.visit)))
        };
        html! {
            (Head { title: bulk.sentence.clone().into(), trail: Some(trail), lead: Some(lead), ..Head::default() })
            (self.state())
            section .group {
                (Table::plain(say!("To whom it was done"))
                    .columns([Column::new(say!("Party")), Column::new(say!("State"))])
                    .rows(bulk.parts.iter().map(part)))
                @if i64::try_from(bulk.parts.len()).is_ok_and(|shown| shown < bulk.count) {
                    p .tiny .faint { (say!("The first {} of those that you may see are listed.", bulk.parts.len())) }
                }
            }
        }
    }
}

impl BulkPage<'_> {
    fn state(&self) -> Markup {
        let bulk = self.bulk;
        let left = bulk.parts.iter().filter(|part| part.state != "done" && part.state != "undone").count();
        let may = bulk.may_undo && self.visit.cx.actor.may(Permission::Write);
        html! {
            @if let Some(at) = &bulk.undone {
                p { (tell!("Taken back by {by} on {day}.", by = wording::by(bulk.undone_by.as_deref()), day = on(at, self.visit)))
                    @if 0 < left { " " (say!("{n} stays as it is, because somebody changed it since." | "{n} stay as they are, because somebody changed them since." % left)) }
                }
            } @else if may {
                form method="post" action=(format!("{BULKS}/{}/undoing", bulk.id)) {
                    (hidden("csrf", self.visit.csrf))
                    div .acts { (Button::submit(say!("Undo")).key('u')) (Button::link(say!("Back to the book"), PLACE).quiet()) }
                }
            }
        }
    }
}

fn part(part: &crate::ops::bulk::ShownPart) -> Row<'static> {
    let state = match part.state.as_str() {
        "done" => html! { "Done" },
        "undone" => html! { "Taken back" },
        why => html! { (ui::Tag::firm(say!("Stays")).render()) " " (word!(why)) },
    };
    Row::new([Cell::head(party(&part.name, &part.line, &part.id)), Cell::new(state)])
}
