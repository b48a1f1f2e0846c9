//! The last step of an import: ready, done, stopped, taken back.

use maud::Markup;
use speech::{html, say, tell};
use ui::{Button, Note};

use super::{
    super::{address, undo, wording},
    ImportPage,
};
use crate::{
    retold::retold,
    run::{HALF_UNDONE, Outcome},
};

impl ImportPage<'_> {
    pub(super) fn ready(&self, outcome: &Outcome) -> Markup {
        let new = outcome.lines.create;
        let words = say!("Import {rows}", rows = wording::rows(new));
        html! {
            @if !self.may_bring { p .small .soft { "Members and owners can start it." } }
            @else if new == 0 { p .small .soft { "There is nothing to import: no row of this file is new." } }
            @else {
                p .small .soft { "Runs in the background and does exactly what the dry run counted. Afterwards every relationship is decided anew." }
                div .acts .group { (self.act("/run", &Button::submit(words).main_act())) }
            }
        }
    }

    pub(super) fn done(&self, planned: Option<&Outcome>, result: &Outcome) -> Markup {
        html! {
            (self.bar())
            @if self.progress.is_some() { div .group { (self.outcome(result)) } } @else { (self.outcome(result)) }
            @match planned {
                Some(planned) if planned == result => { p .small .soft .group { "These are the counts of the dry run." } },
                Some(_) => { p .small .soft .group { "The dry run had counted otherwise: other rows came in between the two." } },
                None => {},
            }
            p .acts .group {
                (Button::link(say!("See who is what"), "/relationships").main_act())
                (Button::link(say!("Figures"), "/figures"))
                @if self.may_bring && self.progress.is_none() { (Button::link(say!("Take back …"), address(&self.import.id, "/undo"))) }
            }
        }
    }

    /// What is in waits for a word.
    pub(super) fn paused(&self) -> Markup {
        let said = say!(
            "{done} of {rows} are done. What is in stays until you resume it, or cancel it to take that back.",
            done = ui::count(self.import.done),
            rows = wording::rows(self.import.rows)
        );
        html! {
            p .small .soft { (said) }
            (self.halts(&["resume", "cancel"]))
        }
    }

    pub(super) fn halts(&self, verbs: &[&'static str]) -> Markup {
        html! {
            @if self.may_bring && !self.import.closed {
                (super::super::halts(self.import.bundle.as_ref().unwrap_or(&self.import.id), self.csrf, verbs))
            }
        }
    }

    pub(super) fn taken_back(&self) -> Markup {
        let (Some(undone), stays) = (&self.import.undone, &self.stays) else { return html! {} };
        html! {
            (self.bar())
            (undo::counts(undone, true))
            @if 0 < undone.kept {
                @if !stays.is_empty() { (undo::stays(stays)) }
                @if self.may_bring { div .acts .group { (self.act("/undo", &Button::submit(say!("Take the rest back")))) } }
            }
        }
    }

    /// What of a run that stopped is in, and what to do.
    fn is_in(&self) -> String {
        let rows = wording::rows(self.import.rows);
        let what = match self.import.written {
            HALF_UNDONE => say!("Part of what it brought is taken back.").into_owned(),
            0 => say!("Of {rows} none is in."),
            written => {
                say!("Of {rows}, those up to row {last} are in, and none after.", last = ui::count(written))
            }
        };
        let again =
            say!("Import it again: what is in is found and the rest is written, as if nothing had happened.");
        format!("{what} {again}")
    }

    /// What was tried, on what, why not, what now.
    pub(super) fn stopped(&self) -> Markup {
        let (rest, now) = match self.has_run() {
            true => ("/run", self.is_in()),
            false => (
                "/plan",
                say!(
                    "Nothing was written. Change the columns above, try it again, discard it, or bring in another copy \
                     of the file."
                )
                .into_owned(),
            ),
        };
        let button =
            Button::submit(if self.has_run() { say!("Import again") } else { say!("Dry run again") });
        let (name, why) = (html! { strong { (self.import.name) } }, retold(&self.import.failure));
        let said = match self.has_run() {
            true => tell!("The import of {name} stopped: {why}. {now}"),
            false => tell!("The dry run of {name} stopped: {why}. {now}"),
        };
        html! {
            (Note::bad(html! { p { (said) } }))
            @if self.may_bring {
                div .acts .group {
                    (self.act(rest, &button))
                    @if self.import.written == HALF_UNDONE { (self.act("/undo", &Button::submit(say!("Take the rest back")))) }
                }
            }
        }
    }
}
