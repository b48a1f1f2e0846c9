//! Until when a contract runs and by when somebody has to act: one truth for list, Today and page.

use kernel::{Context, Day};
use schemars::JsonSchema;
use serde::Serialize;

use super::around::Surroundings;
use crate::{
    contract::{Contract, NEVER, Term},
    deadline::{self, Missed},
    words::TermType,
};

/// Where a contract is heading, seen from a day.
pub(super) struct Course {
    /// Its last day if nobody does more than they still can: of its end, or of the term that whoever acts by the next
    /// day to act would end; none where it goes on until somebody stops it.
    pub(super) until: Option<Day>,
    /// The last safe day to act.
    pub(super) act_by: Option<Day>,
    /// The last safe day to decide whether its term is renewed.
    pub(super) decide_by: Option<Day>,
    /// The end that can no longer be reached.
    pub(super) missed: Option<Missed>,
}

/// An end that can no longer be reached.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownMissed {
    /// The last safe day that was missed.
    pub act_by: String,
    /// The end that it was for.
    pub ends: String,
}

impl Course {
    /// The course of a contract.
    pub(super) fn of(cx: &Context, around: &Surroundings, contract: &Contract, on: Day) -> Course {
        let term = Term::of(&contract.terms());
        let deadlines = around.deadlines_on(cx, contract, on);
        let next = deadline::about_term(&deadlines);
        let stated = Some(term.until).filter(|until| on < *until && *until != NEVER);
        let until = match (term.ended, term.kind) {
            (NEVER, TermType::OpenEnded) => None,
            (NEVER, TermType::Fixed) => {
                next.and_then(|one| one.ends).or_else(|| stated.map(|until| until.plus(-1)))
            }
            (ended, _) => Some(ended.plus(-1)),
        };
        Course {
            until,
            act_by: deadlines.iter().find_map(|one| one.act_by),
            decide_by: next.and_then(|one| one.act_by),
            missed: next.and_then(|one| one.missed),
        }
    }

    /// What was missed, as it is shown.
    pub(super) fn shown_missed(&self) -> Option<ShownMissed> {
        let shown = |one: Missed| ShownMissed { act_by: one.act_by.to_string(), ends: one.ends.to_string() };
        self.missed.map(shown)
    }
}
