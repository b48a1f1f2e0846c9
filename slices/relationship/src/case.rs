//! The JSON form of policy.md §3, in which cases and decisions are exchanged with `reference.py` and other readers.

mod form;
mod read;
mod write;

use kernel::Day;
use timeline::{Entry, FactId};

pub use self::{
    form::written,
    write::{Heading, write},
};
use crate::State;

/// A case: the facts of one relationship and the question.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its name, where it has one.
    pub id: Option<String>,
    /// Our trade on this service line.
    pub industry: Option<String>,
    /// The day of the decision.
    pub as_of: Day,
    /// Facts learnt later do not exist.
    pub known_at: Option<Day>,
    /// What was decided before.
    pub previous: Option<State>,
    /// The facts; days hold in every time zone, so any will do, and UTC is the plain one.
    pub entries: Vec<Entry>,
    /// The ids as written; fact n is the one at n − 1, so that numbers stand in the order of code points.
    names: Vec<String>,
}

impl Case {
    /// The id of a fact as the case writes it.
    pub fn name(&self, id: FactId) -> Option<&str> {
        let at = usize::try_from(id.0.checked_sub(1)?).ok()?;
        self.names.get(at).map(String::as_str)
    }
}
