//! An import: the steps of one file, from what came to what it became.

mod counted;
mod ending;

use ::store::Tx;
use kernel::{Context, Page, Permission, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, tell, word};
use ui::{Button, Head, Note, Progress as Bar, Step, Steps};

use super::{
    PLACE, act, address,
    columns::Columns,
    draft::Draft,
    file::file,
    outcome::{FIRST, ShownOutcome},
    parts::step,
    reading::ReadingForm,
    wording,
};
use crate::{
    Mapping,
    ops::{
        Progress, change, halt, progress,
        reading::is_text,
        undo::{self, Stays},
        view::{self, Named, Rejections, ShownImport, ShownRejection},
    },
    retold::retold,
    run::{Outcome, State},
};

/// The page of an import.
struct ImportPage<'a> {
    import: ShownImport,
    state: State,
    mapping: Option<Mapping>,
    draft: Draft,
    /// Its text is as somebody wrote it, who may have written it in any way.
    is_text: bool,
    /// How far it is, while something is under way.
    progress: Option<Progress>,
    rejected: Page<ShownRejection>,
    /// What stayed when it was taken back.
    stays: Vec<Stays>,
    may_bring: bool,
    cx: &'a Context,
    csrf: &'a str,
}

/// Answers `GET /imports/{id}`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    answer(visit, tx, None)
}

/// The page, with what was typed where it was refused.
pub(super) fn answer(visit: &Visit<'_>, tx: &mut Tx<'_>, typed: Option<Draft>) -> Result<Reply> {
    let id = visit.part("id")?.to_owned();
    let import = view::view(visit.cx, tx, Named { id: id.clone() })?;
    let may_bring = visit.cx.actor.may(Permission::Write);
    let state = State::parse(&import.state).unwrap_or(State::Failed);
    let is_under_way = matches!(state, State::Planning | State::Running | State::Undoing)
        || import.undecided.is_some_and(|waiting| 0 < waiting);
    let page = ImportPage {
        state,
        mapping: Mapping::draft(&import.mapping).ok(),
        draft: typed.unwrap_or_else(|| Draft::begun(&import)),
        is_text: may_bring && State::RESTING.contains(&state) && is_text(visit.cx, tx, &id)?,
        progress: match is_under_way {
            true => Some(progress(visit.cx, tx, visit.cx.codes.read(&id)?)?),
            false => None,
        },
        rejected: match may_bring && !import.closed {
            true => view::rejections(visit.cx, tx, Rejections { id, after: None, limit: Some(FIRST) })?,
            false => Page { rows: Vec::new(), next: None },
        },
        stays: match import.undone {
            Some(_) => undo::stays(visit.cx, tx, visit.cx.codes.read(&import.id)?)?,
            None => Vec::new(),
        },
        may_bring,
        cx: visit.cx,
        csrf: visit.csrf,
        import,
    };
    Ok(Reply::Page { title: page.import.name.clone(), place: PLACE, body: page.render() })
}

/// Answers `POST /imports/{id}/plan`.
pub(super) fn plan(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    step(visit, tx, change::ask_plan)
}

/// Answers `POST /imports/{id}/run`.
pub(super) fn run(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    step(visit, tx, change::ask_run)
}

/// Answers `POST /imports/{id}/discard`.
pub(super) fn discard(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    change::discard(visit.cx, tx, Named { id: visit.part("id")?.to_owned() })?;
    Ok(Reply::Go(PLACE.to_owned()))
}

/// Answers `POST /imports/{id}/pause`.
pub(super) fn pause(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    step(visit, tx, halt::pause)
}

/// Answers `POST /imports/{id}/resume`.
pub(super) fn resume(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    step(visit, tx, halt::resume)
}

/// Answers `POST /imports/{id}/cancel`.
pub(super) fn cancel(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    step(visit, tx, halt::cancel)
}

impl Render for ImportPage<'_> {
    fn render(&self) -> Markup {
        html! {
            (Head { edit: None,
                title: self.import.name.as_str().into(),
                trail: Some(self.trail()),
                lead: Some(self.lead()),
                acts: self.may_discard().then(|| self.act("/discard", &Button::submit(say!("Discard")).quiet())),
                narrow: true,
            })
            @if self.draft.is_refused() {
                div .narrow { (Note::bad(say!("This mapping cannot be used yet; what is wrong stands at its fields. What you typed is kept."))) }
            }
            (Steps { steps: self.steps() })
        }
    }
}

impl ImportPage<'_> {
    fn steps(&self) -> Vec<Step<'static>> {
        let file = Step::new(say!("File"), file(&self.import, self.may_bring));
        if self.import.closed {
            let why =
                say!("What stands in this file, and what came of it, is open to whoever brought it in.");
            return vec![file, Step::new(say!("Import"), html! { p .small .soft { (why) } (self.bar()) })];
        }
        let columns = Step::new(say!("Columns"), self.columns());
        if let Some(lead) = &self.import.bundle {
            return vec![file, columns, Step::new(say!("Dry run and import"), self.together(lead))];
        }
        vec![file, columns, self.dry_run(), self.import()]
    }

    fn trail(&self) -> Markup {
        let all = self.import.bundle.as_ref().map(|lead| address(lead, "/parts"));
        html! {
            a href=(PLACE) { "Bring in" }
            @if let Some(all) = all { " › " a href=(all) { "All that came together" } }
        }
    }

    /// What came of one table of several, and where all are planned and run.
    fn together(&self, lead: &str) -> Markup {
        html! {
            @if let Some(outcome) = self.import.result.as_ref().or(self.import.planned.as_ref()) { (self.outcome(outcome)) }
            p .small .soft { "The tables that came together are planned, imported and taken back as one." }
            div .acts .group { (Button::link(say!("To all of them"), address(lead, "/parts"))) }
        }
    }

    fn lead(&self) -> Markup {
        let when =
            |iso: &Option<String>| html! { @if let Some(iso) = iso { (wording::moment(iso, self.cx)) } };
        html! {
            @match self.state {
                State::Done => { (tell!("Imported {when}. Bring a later copy whenever you like: rows that are stored stay as they are.", when = when(&self.import.finished))) },
                State::Running => { "Its rows are being written." },
                State::Paused => { "Paused: what is in stays." },
                State::Undoing => { "What it brought is being taken back." },
                State::Undone => { (tell!("Taken back {when}. It can be imported again.", when = when(&self.import.finished))) },
                _ if self.has_run() => { "Some of its rows were written before it stopped." },
                _ => { "Nothing is written until you start the import." },
            }
        }
    }

    /// It was stopped while it wrote: the dry run before was done.
    fn has_run(&self) -> bool {
        self.state == State::Failed && (self.import.written != 0 || self.import.planned.is_some())
    }

    fn may_discard(&self) -> bool {
        self.may_change() && self.import.bundle.is_none()
    }

    fn may_change(&self) -> bool {
        self.may_bring && !self.import.closed && State::RESTING.contains(&self.state) && !self.has_run()
    }

    fn act(&self, rest: &str, button: &Button<'_>) -> Markup {
        act(&address(&self.import.id, rest), self.csrf, button)
    }

    fn columns(&self) -> Markup {
        let columns = Columns {
            import: &self.import,
            mapping: self.mapping.as_ref(),
            draft: &self.draft,
            csrf: self.csrf,
            open: self.may_change(),
            asked: matches!(self.state, State::Received | State::Failed),
        };
        html! {
            @for question in &self.import.questions { (Note::new(ui::sentence(&retold(question)))) }
            @if let Some(known) = self.import.recognised.as_ref().filter(|_| self.may_change()) {
                (Note::new(ui::sentence(known)))
            }
            @if self.may_change() && self.is_text {
                div .group { (ReadingForm { import: &self.import, draft: &self.draft, csrf: self.csrf }) }
            }
            (columns)
        }
    }

    fn import(&self) -> Step<'static> {
        match (self.state, &self.import.planned, &self.import.result) {
            (State::Planned, Some(outcome), _) => Step::new(say!("Import"), self.ready(outcome)),
            (State::Running, ..) => {
                Step::new(say!("Import"), html! { (self.bar()) (self.halts(&["pause", "cancel"])) })
            }
            (State::Paused, ..) => Step::new(say!("Import"), self.paused()),
            (State::Done, planned, Some(result)) => {
                Step::new(say!("Import"), self.done(planned.as_ref(), result))
            }
            (State::Failed, ..) if self.has_run() => Step::new(say!("Import"), self.stopped()),
            (State::Planning, ..) => Step::later(say!("Import"), &say!("Waits for the dry run to end.")),
            (State::Undoing, ..) => Step::new(say!("Import"), self.bar()),
            (State::Undone, ..) => Step::new(say!("Import"), self.taken_back()),
            _ => Step::later(say!("Import"), &say!("Waits for the dry run.")),
        }
    }

    fn bar(&self) -> Markup {
        let Some(progress) = &self.progress else { return html! {} };
        let bar = Bar {
            label: self.import.name.as_str().into(),
            done: progress.done,
            total: progress.total,
            unit: word!(progress.unit).into(),
            note: progress.note.as_str().into(),
            source: Some(address(&self.import.id, "/progress").into()),
        };
        bar.render()
    }

    fn outcome(&self, outcome: &Outcome) -> Markup {
        ShownOutcome { id: &self.import.id, outcome, rejected: &self.rejected }.render()
    }
}
