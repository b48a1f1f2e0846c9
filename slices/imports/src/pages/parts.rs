//! Imports that came together: their tables with what each becomes, and the one dry run and run of all.

use std::borrow::Cow;

use ::store::Tx;
use kernel::{Context, Permission, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, word};
use ui::{Button, Cell, Column, Head, Note, Progress as Bar, Row, Step, Steps, Table};

use super::{PLACE, act, address, wording};
use crate::{
    Mapping,
    ops::{
        Progress,
        parts::{self, Parts},
        progress,
        view::{Named, ShownImport},
    },
    overlap::Relation,
    retold::retold,
    run::{HALF_UNDONE, State},
};

/// The page of imports that came together.
struct PartsPage<'a> {
    parts: Parts,
    state: State,
    /// How far they are, while something is under way.
    progress: Option<Progress>,
    may_bring: bool,
    csrf: &'a str,
}

/// Answers `GET /imports/{id}/parts`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let id = visit.part("id")?.to_owned();
    let parts = parts::parts(visit.cx, tx, Named { id: id.clone() })?;
    let at = progress(visit.cx, tx, visit.cx.codes.read(&id)?)?;
    let page = PartsPage {
        state: State::parse(&parts.state).unwrap_or(State::Failed),
        parts,
        progress: Some(at).filter(|at| at.finished.is_none()),
        may_bring: visit.cx.actor.may(Permission::Write),
        csrf: visit.csrf,
    };
    Ok(Reply::Page { title: page.title(), place: PLACE, body: page.render() })
}

/// Answers `POST /imports/{id}/leave-out`.
pub(super) fn leave_out(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    step(visit, tx, parts::leave_out)
}

/// Answers `POST /imports/{id}/take-in`.
pub(super) fn take_in(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    step(visit, tx, parts::take_in)
}

/// Asks for something of an import; on to the page of all that came together, or to its own.
pub(super) fn step(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    ask: fn(&Context, &mut Tx<'_>, Named) -> Result<ShownImport>,
) -> Result<Reply> {
    let id = visit.part("id")?;
    let shown = ask(visit.cx, tx, Named { id: id.to_owned() })?;
    Ok(Reply::Go(match shown.bundle {
        Some(lead) => address(&lead, "/parts"),
        None => address(id, ""),
    }))
}

impl Render for PartsPage<'_> {
    fn render(&self) -> Markup {
        html! {
            (Head { edit: None,
                title: self.title().into(),
                trail: Some(html! { a href=(PLACE) { "Bring in" } }),
                lead: Some(html! { (self.lead()) }),
                acts: self.may_discard().then(|| self.act("/discard", &Button::submit(say!("Discard all")).quiet())),
                narrow: true,
            })
            (Steps { steps: self.steps() })
        }
    }
}

impl PartsPage<'_> {
    fn steps(&self) -> Vec<Step<'static>> {
        let common = Step::new(say!("What they have in common"), self.common());
        let common = Some(common).filter(|_| !self.parts.overlaps.is_empty());
        let tables = Step::new(say!("Tables"), self.tables());
        [Some(tables), common, Some(self.dry_run()), Some(self.import())].into_iter().flatten().collect()
    }

    /// Which columns name the rows of other tables, and what should not be joined.
    fn common(&self) -> Markup {
        let (named, doubtful): (Vec<_>, Vec<_>) =
            self.parts.overlaps.iter().partition(|overlap| overlap.relation == Relation::Names);
        html! {
            @if !named.is_empty() { ul .small { @for overlap in named { li { (overlap.said()) "." } } } }
            @for overlap in doubtful { (Note::new(html! { p { (overlap.said()) "." } })) }
        }
    }

    fn title(&self) -> String {
        let first = self.parts.parts.first().map_or("", |part| part.name.as_str());
        match self.parts.parts.len() {
            0 | 1 => first.to_owned(),
            more => say!("{first} and {n} more", n = more - 1),
        }
    }

    fn lead(&self) -> Cow<'static, str> {
        match self.state {
            State::Done => say!("All of them are in."),
            State::Running => say!("Their rows are being written."),
            State::Paused => say!("Paused: what is in stays."),
            State::Undoing => say!("What they brought is being taken back."),
            State::Undone => say!("Taken back. They can be imported again."),
            _ if self.has_written() => say!("Some of their rows were written before it stopped."),
            _ => say!(
                "They came together: one dry run, one import, and one way back for all. Nothing is written yet."
            ),
        }
    }

    fn taken(&self) -> impl Iterator<Item = &ShownImport> {
        self.parts.parts.iter().filter(|part| !part.left_out)
    }

    fn has_written(&self) -> bool {
        self.taken().any(|part| part.written != 0)
    }

    fn may_change(&self) -> bool {
        let is_closed = self.parts.parts.iter().any(|part| part.closed);
        self.may_bring && !is_closed && State::RESTING.contains(&self.state) && !self.has_written()
    }

    fn may_discard(&self) -> bool {
        self.may_change() && self.state != State::Undone
    }

    fn act(&self, rest: &str, button: &Button<'_>) -> Markup {
        act(&address(&self.parts.id, rest), self.csrf, button)
    }

    fn tables(&self) -> Markup {
        let rows = self.parts.parts.iter().map(|part| {
            let name = html! { a href=(address(&part.id, "")) { (wording::table(part)) } };
            Row::new([
                Cell::head(name),
                Cell::num(ui::count(part.rows)),
                Cell::soft(self.became(part)),
                Cell::new(self.change(part)),
            ])
        });
        let columns = [
            Column::new(say!("Table")),
            Column::new(say!("Rows")).num(),
            Column::new(say!("What it becomes")),
            Column::acts(),
        ];
        html! { (Table::fold(say!("The tables that came")).columns(columns).rows(rows)) }
    }

    /// What a table becomes, or what it waits for.
    fn became(&self, part: &ShownImport) -> Markup {
        let outcome = part.result.as_ref().filter(|_| self.state == State::Done).or(part.planned.as_ref());
        html! {
            @if part.closed { "Open to whoever brought it in" }
            @else if part.left_out { "Left out" @if let Some(why) = part.questions.first() { ": " (ui::sentence(&retold(why))) } }
            @else if !part.failure.is_empty() { (ui::sentence(&retold(&part.failure))) }
            @else if let Some(outcome) = outcome { (wording::counts(outcome)) }
            @else if let Some(question) = part.questions.first() { (ui::sentence(&retold(question))) }
            @else if let Ok(mapping) = Mapping::draft(&part.mapping) { (word!(mapping.target.label())) }
        }
    }

    fn change(&self, part: &ShownImport) -> Markup {
        let (rest, words) = match part.left_out {
            true => ("/take-in", say!("Take in")),
            false => ("/leave-out", say!("Leave out")),
        };
        html! {
            @if self.may_change() { (act(&address(&part.id, rest), self.csrf, &Button::submit(words).quiet())) }
        }
    }

    fn bar(&self) -> Markup {
        let Some(progress) = &self.progress else { return html! {} };
        let bar = Bar {
            label: self.title().into(),
            done: progress.done,
            total: progress.total,
            unit: word!(progress.unit).into(),
            note: progress.note.as_str().into(),
            source: Some(address(&self.parts.id, "/progress").into()),
        };
        bar.render()
    }

    fn dry_run(&self) -> Step<'static> {
        let counted = self.taken().filter_map(|part| part.planned.as_ref());
        let (new, rejected) =
            counted.fold((0, 0), |(new, bad), outcome| (new + outcome.lines.create, bad + outcome.reject));
        match self.state {
            State::Planning => Step::new(say!("Dry run"), html! { (self.bar()) (self.halts(&["cancel"])) }),
            State::Received | State::Undone => Step::new(
                say!("Dry run"),
                html! {
                    p .small .soft { "Counts exactly what the import would do, table after table." }
                    @if self.may_bring { div .acts .group { (self.act("/plan", &Button::submit(say!("Dry run")).main_act())) } }
                },
            ),
            State::Failed if !self.has_written() => {
                Step::new(say!("Dry run"), self.stopped("/plan", say!("Dry run again")))
            }
            _ => Step::new(
                say!("Dry run"),
                html! {
                    p .small .soft { (say!("{new} new, {rejected} rejected; each table above says its part.", new = ui::count(new), rejected = ui::count(rejected))) }
                    @if self.may_bring && self.state == State::Planned {
                        div .acts .group { (self.act("/plan", &Button::submit(say!("Dry run again")))) }
                    }
                },
            ),
        }
    }

    fn import(&self) -> Step<'static> {
        match self.state {
            State::Planned => Step::new(
                say!("Import"),
                html! {
                    p .small .soft { "Runs in the background and does exactly what the dry run counted." }
                    @if self.may_bring { div .acts .group { (self.act("/run", &Button::submit(say!("Import all")).main_act())) } }
                },
            ),
            State::Running => {
                Step::new(say!("Import"), html! { (self.bar()) (self.halts(&["pause", "cancel"])) })
            }
            State::Paused => Step::new(
                say!("Import"),
                html! {
                    p .small .soft { "What is in stays until you resume it, or cancel it to take that back." }
                    (self.halts(&["resume", "cancel"]))
                },
            ),
            State::Done => Step::new(say!("Import"), self.done()),
            State::Undoing => Step::new(say!("Import"), self.bar()),
            State::Failed if self.has_written() => {
                Step::new(say!("Import"), self.stopped("/run", say!("Import again")))
            }
            _ => Step::later(say!("Import"), &say!("Waits for the dry run.")),
        }
    }

    fn done(&self) -> Markup {
        html! {
            (self.bar())
            p .acts .group {
                (Button::link(say!("See who is what"), "/relationships").main_act())
                (Button::link(say!("Figures"), "/figures"))
                @if self.may_bring && self.progress.is_none() {
                    (Button::link(say!("Take back …"), address(&self.parts.id, "/undo")))
                }
            }
        }
    }

    fn halts(&self, verbs: &[&'static str]) -> Markup {
        html! { @if self.may_bring { (super::halts(&self.parts.id, self.csrf, verbs)) } }
    }

    fn stopped(&self, rest: &str, words: Cow<'static, str>) -> Markup {
        let failure = self.taken().map(|part| part.failure.as_str()).find(|failure| !failure.is_empty());
        let why = retold(failure.unwrap_or_default());
        let half = self.taken().any(|part| part.written == HALF_UNDONE);
        html! {
            (Note::bad(html! { p { (say!("It stopped: {why}")) } }))
            @if self.may_bring {
                div .acts .group {
                    (self.act(rest, &Button::submit(words)))
                    @if half { (self.act("/undo", &Button::submit(say!("Take the rest back")))) }
                }
            }
        }
    }
}
