//! Service fit: is it served as what it is, judged without our own care? (policy.md §7)

mod reason;
mod unasked;

use timeline::fact::{Dealing, Promised, Wish};

pub use self::{
    reason::{About, Reason},
    unasked::{Unasked, decided, decided_in},
};
use crate::{
    DimensionName, History, Weighing,
    history::{Group, Signed},
    preference::{Preferences, Stated},
    word::words,
};

words! {
    /// How a relationship is served against what is called for, wished and promised.
    Fit {
        /// As it should be.
        Fits = "fits",
        /// Something called for or promised is not given.
        UnderServed = "under-served",
        /// Something is given that is neither called for nor promised.
        OverServed = "over-served",
        /// Client care is called for, and whether it is given is not on record.
        NotKnown = "not known",
        /// Only customers and clients are.
        NotJudged = "not judged",
    }
}

words! {
    /// The care that is called for.
    CalledFor {
        /// A named person, and reviews.
        ClientCare = "client care",
        /// Neither of them: a queue, fast and good.
        CustomerCare = "customer care",
        /// The evidence leaves both open.
        Either = "either",
    }
}

impl Fit {
    /// The words on pages when people are spoken to.
    pub fn said(self) -> String {
        speech::word!(self.word())
    }

    /// The words on pages, in English: about our service, never about them.
    pub fn word(self) -> &'static str {
        match self {
            Fit::Fits => "Fits",
            Fit::UnderServed => "Gets less than owed",
            Fit::OverServed => "Gets more than they asked for",
            Fit::NotKnown => "Cannot tell",
            Fit::NotJudged => "Not judged",
        }
    }

    /// The fit of one that is customer or client.
    pub fn of(history: &History, weighing: &Weighing) -> Fit {
        ServiceFit::of(history, weighing).fit
    }
}

/// A service fit with what it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceFit {
    /// How it is served.
    pub fit: Fit,
    /// What is called for.
    pub called_for: CalledFor,
    /// The score without our named person and our own contact, millionths of log-odds.
    pub own: i64,
    /// Their word calls for customer care, whatever the evidence says.
    pub by_their_word: bool,
    /// A named person, and reviews.
    pub care: [Care; 2],
    /// Too early in the stretch to miss anything.
    pub forgiven: bool,
}

/// One kind of client care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Care {
    /// Which.
    pub kind: Promised,
    /// Whether the evidence calls for it.
    pub called_for: bool,
    /// Whether a contract in force promises it.
    pub promised: bool,
    /// Whether it is given; nothing where that is not known.
    pub given: Option<bool>,
}

impl Care {
    /// Owed and not given.
    fn is_missed(&self) -> bool {
        self.given == Some(false) && (self.called_for || self.promised)
    }
}

impl ServiceFit {
    /// Of one that is customer or client.
    pub fn of(history: &History, weighing: &Weighing) -> ServiceFit {
        let rules = &history.policy().policy.rules;
        let own = without_our_care(weighing);
        let by_their_word = wanted(history).is_some_and(|dealing| dealing.wish() == Wish::Transactions);
        let client = rules.fit_client * 1000 <= own && !by_their_word;
        let customer = own < rules.fit_customer * 1000 || by_their_word;
        let called_for = match (client, customer) {
            (true, _) => CalledFor::ClientCare,
            (false, true) => CalledFor::CustomerCare,
            (false, false) => CalledFor::Either,
        };
        let care = [
            care(history, weighing, client, (Promised::NamedPerson, DimensionName::NamedPerson, 1000)),
            care(history, weighing, client, (Promised::Reviews, DimensionName::ProactiveContact, 500)),
        ];
        let forgiven = is_young(history);
        let fit = if !forgiven && care.iter().any(Care::is_missed) {
            Fit::UnderServed
        } else if customer && care.iter().any(|one| one.given == Some(true) && !one.promised) {
            Fit::OverServed
        } else if client && care.iter().all(|one| one.given.is_none()) {
            Fit::NotKnown
        } else {
            Fit::Fits
        };
        ServiceFit { fit, called_for, own, by_their_word, care, forgiven }
    }
}

/// The score without our named person and our own contact; else good service would prove itself.
fn without_our_care(weighing: &Weighing) -> i64 {
    weighing.score
        - weighing.contribution(DimensionName::NamedPerson)
        - weighing.contribution(DimensionName::ProactiveContact)
}

/// How they want to be dealt with: the statement in force, not simply the last one.
fn wanted(history: &History) -> Option<Dealing> {
    word_in_force(history).map(|stated| stated.said.dealing())
}

fn word_in_force<'a>(history: &History<'a>) -> Option<Stated<'a>> {
    let stated = history.of(Group::Preference).iter().map(|seen| (seen.day, seen.entry));
    Preferences::of(stated).in_force().copied()
}

/// A kind of care, by the value from which its dimension says that it is given.
fn care(
    history: &History,
    weighing: &Weighing,
    called_for: bool,
    (kind, name, least): (Promised, DimensionName, i64),
) -> Care {
    let at = name as usize;
    let known = weighing.x[at].filter(|_| weighing.unknown[at].is_none());
    let promised = promising(history, kind).is_some();
    Care { kind, called_for, promised, given: known.map(|x| least <= x) }
}

/// The contract in force that promises it; the first of several.
fn promising<'h, 'a>(history: &'h History<'a>, kind: Promised) -> Option<&'h Signed<'a>> {
    history.in_force().find(|contract| contract.body.promises.contains(&kind))
}

/// Too early in the stretch to miss anything.
fn is_young(history: &History) -> bool {
    let dwell = history.policy().policy.rules.dwell_days;
    history.running_since().is_none_or(|start| history.age(start) < dwell)
}
