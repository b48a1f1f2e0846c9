//! The step of an import in which it is counted: its dry run.

use maud::Markup;
use speech::{html, say, tell};
use ui::{Button, Note, Step};

use super::{super::wording, ImportPage};
use crate::{ops::view::Moves, run::State};

impl ImportPage<'_> {
    pub(super) fn dry_run(&self) -> Step<'static> {
        match (self.state, &self.import.planned) {
            (State::Received, _) => {
                let why = say!("Counts exactly what the import would do, once the columns are right.");
                Step::later(say!("Dry run"), &why)
            }
            (State::Planning, _) => {
                Step::new(say!("Dry run"), html! { (self.bar()) (self.halts(&["cancel"])) })
            }
            (State::Undone, None) => {
                let words = say!("A dry run says what importing it again would do.");
                Step::new(say!("Dry run"), html! { p .small .soft { (words) } (self.again()) })
            }
            (State::Failed, None) if !self.has_run() => Step::new(say!("Dry run"), self.stopped()),
            (State::Planned, Some(outcome)) => {
                Step::new(say!("Dry run"), html! { (self.outcome(outcome)) (self.moves()) (self.again()) })
            }
            (_, Some(outcome)) => {
                let rows = wording::rows(outcome.rows);
                Step::new(
                    say!("Dry run"),
                    html! { p .small .soft { (rows) ": " (wording::counts(outcome)) "." } },
                )
            }
            (_, None) => Step::later(say!("Dry run"), &say!("Nobody made one.")),
        }
    }

    /// That everybody on the line would be judged from another day.
    fn moves(&self) -> Markup {
        let Some(Moves { line, from, to }) = &self.import.moves else { return html! {} };
        let day = |iso: &str| kernel::Day::parse(iso).map_or_else(|_| html! { (iso) }, ui::time::long);
        let said = tell!(
            "Everybody on {line} is judged from the last day of its data, which would move from {from} to {to}: who bought \
             nothing since may be former then. If this file is of another business, name another service line under the \
             columns.",
            line = line,
            from = day(from),
            to = day(to)
        );
        html! { (Note::new(html! { p { (said) } })) }
    }

    fn again(&self) -> Markup {
        html! {
            @if self.may_bring { div .acts .group { (self.act("/plan", &Button::submit(say!("Dry run again")))) } }
        }
    }
}
