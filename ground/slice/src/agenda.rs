//! An agenda: what of a slice waits for a person, and what changed in it since somebody last looked.

use kernel::{Day, Moment, Result};
use maud::Markup;
use store::Tx;

use crate::Visit;

/// What a slice brings to the page of today. Both read a bounded number of rows by a bounded number of statements, and
/// nothing that the viewer may not see.
pub struct Agenda {
    /// What waits for a person.
    pub due: fn(&Visit<'_>, &mut Tx<'_>) -> Result<Due>,
    /// What changed since then, newest first.
    pub news: fn(&Visit<'_>, &mut Tx<'_>, Moment) -> Result<News>,
}

/// What waits for a person.
#[derive(Default)]
pub struct Due {
    /// The first of it.
    pub matters: Vec<Matter>,
    /// Where the rest is, with its words, if there is more.
    pub rest: Option<(String, String)>,
    /// What the viewer answered just now, as the address names it, with the way back where there is one.
    pub told: Option<Markup>,
    /// Where nothing waits: the next day on which something will, and what.
    pub next: Option<Next>,
}

/// What is the next to wait for a person.
pub struct Next {
    /// The day from which it does.
    pub on: Day,
    /// What it will be: a sentence.
    pub what: Markup,
}

/// Something that waits for a person.
pub struct Matter {
    /// The last day to do it; none for what has no day.
    pub by: Option<Day>,
    /// Whoever serves them waits for the answer: it stands before what has a day in the future.
    pub presses: bool,
    /// What that day is: `last safe day`; for what has no day, since when it waits.
    pub note: Markup,
    /// Of whom or what.
    pub of: Markup,
    /// What is to be done: a sentence.
    pub what: String,
    /// Why.
    pub why: Markup,
    /// Whose matter it is, where somebody is on record.
    pub whose: Option<String>,
    /// The one act, or the few answers.
    pub act: Markup,
}

/// What changed.
#[derive(Default)]
pub struct News {
    /// The newest of it.
    pub changes: Vec<Change>,
    /// There is more than that.
    pub more: bool,
}

/// One thing that changed.
pub struct Change {
    /// When the house learnt it, in microseconds.
    pub at: i64,
    /// Of whom, with the marks.
    pub of: Markup,
    /// What, and by what.
    pub what: Markup,
}
