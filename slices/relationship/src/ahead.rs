//! What comes by itself: the class that it will be once enough days have passed, if nothing more is recorded.

use std::ops::ControlFlow;

use kernel::Day;
use speech::say;
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
        let (on, why) = (phrase::day(self.on), phrase::going_on(&self.why.sentence(self.lean)));
        match self.class {
            Class::Prospect => say!("If nothing more happens it is a prospect again from {on}: {why}"),
            Class::Customer => say!("If nothing more happens it becomes a customer on {on}: {why}"),
            Class::Client => say!("If nothing more happens it becomes a client on {on}: {why}"),
            Class::Former => say!("If nothing more happens it becomes former on {on}: {why}"),
            Class::NotEnough => say!("If nothing more happens there is not enough evidence from {on}: {why}"),
        }
    }
}
