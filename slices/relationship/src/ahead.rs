//! What comes by itself: the class that it will be once enough days have passed, if nothing more is recorded.

use std::ops::ControlFlow;

use kernel::Day;
use timeline::Entry;

use crate::{
    Class, Decision, History, Lean, Vantage, Why, decide, phrase,
    replay::{Stood, fold},
};

/// How far ahead is looked, days.
const FAR: i32 = 3 * 366;

/// The next class, by the passing of days alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// The first day on which it is that.
    pub on: Day,
    /// What it is then.
    pub class: Class,
    /// What it leans to then; what a former one was.
    pub lean: Lean,
    /// Why.
    pub why: Why,
}

/// What comes within three years, if nothing but what is on record with a later day happens; nothing where it stays what it
/// is. Each day is decided as [`crate::replay`] decides it, by the policy and the ranks of spend of now.
pub fn ahead(entries: &[Entry], vantage: &Vantage, decided: &Decision) -> Option<Ahead> {
    let end = vantage.as_of.plus(FAR);
    let mut history = History::new(entries, &Vantage { as_of: end, ..*vantage });
    let stood = Stood { on: vantage.as_of, state: decided.state() };
    let mut before = stood.state;
    let mut next = None;
    fold(&mut history, Some(stood), |state| {
        if state.class() == before.class() {
            before = state;
            return ControlFlow::Continue(());
        }
        next = Some(state.since);
        ControlFlow::Break(())
    });
    let on = next?;
    history.move_to(on);
    let then = decide(&history, Some(&before));
    Some(Ahead { on, class: then.class(), lean: then.lean, why: then.why })
}

impl Ahead {
    /// `If nothing more happens it becomes former on 12 May 2027: …`
    pub fn sentence(&self) -> String {
        let becomes = match self.class {
            Class::Prospect => "it is a prospect again from",
            Class::Customer => "it becomes a customer on",
            Class::Client => "it becomes a client on",
            Class::Former => "it becomes former on",
            Class::NotEnough => "there is not enough evidence from",
        };
        let why = uncapital(&self.why.sentence(self.lean));
        format!("If nothing more happens {becomes} {}: {why}", phrase::day(self.on))
    }
}

fn uncapital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
