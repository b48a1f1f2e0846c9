//! Why a service fit came out as it did: one sentence for each thing it comes from, with its facts.

use std::borrow::Cow;

use kernel::Day;
use speech::say;
use timeline::{FactId, fact::Promised};

use super::{CalledFor, Care, Fit, ServiceFit, promising, word_in_force};
use crate::{
    DimensionName, History,
    dimensions::{last_held, latest, serving},
    phrase, strength,
    word::words,
};

words! {
    /// What a reason is about.
    About {
        /// What is called for, and from what.
        CalledFor = "called for",
        /// A named person: owed, given.
        NamedPerson = "named person",
        /// Reviews: owed, given.
        Reviews = "reviews",
        /// It is too early to miss anything.
        Forgiven = "forgiven",
        /// They wanted no relationship, and we contacted them.
        Unasked = "unasked",
    }
}

impl About {
    /// What the reason of a kind of care is about.
    pub fn of(kind: Promised) -> About {
        match kind {
            Promised::NamedPerson => About::NamedPerson,
            Promised::Reviews => About::Reviews,
        }
    }
}

/// One thing that a service fit comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What it is about.
    pub about: About,
    /// Whole sentences.
    pub sentence: String,
    /// The facts that show it.
    pub facts: Vec<FactId>,
}

impl ServiceFit {
    /// What it comes from, in the order in which one would tell it.
    pub fn reasons(&self, history: &History) -> Vec<Reason> {
        let mut reasons = vec![self.called(history)];
        reasons.extend(self.care.iter().map(|care| self.cared(history, care)));
        reasons.extend(self.forgiveness(history));
        reasons
    }

    fn called(&self, history: &History) -> Reason {
        let strength = strength::shown(self.own);
        let word = word_in_force(history).filter(|_| self.by_their_word);
        let sentence = match (&word, self.called_for) {
            (Some(word), _) => say!(
                "Customer care is called for, whatever the evidence says: {}, {}.",
                word.said.dealing().spoken(),
                word.since()
            ),
            (None, CalledFor::ClientCare) => {
                say!("Client care is called for by the evidence without our own care ({strength}).")
            }
            (None, CalledFor::CustomerCare) => say!(
                "Customer care is called for by the evidence without our own care ({strength}): even full care would \
                 not hold a client."
            ),
            (None, CalledFor::Either) => say!(
                "Either care fits: the evidence without our own care ({strength}) calls for neither of them."
            ),
        };
        let facts = word.iter().map(|word| word.entry.id).collect();
        Reason { about: About::CalledFor, sentence, facts }
    }

    fn cared(&self, history: &History, care: &Care) -> Reason {
        let dimension = match care.kind {
            Promised::NamedPerson => DimensionName::NamedPerson,
            Promised::Reviews => DimensionName::ProactiveContact,
        };
        let contract = promising(history, care.kind);
        let owed = owed(care, contract.map(|one| one.signed));
        let given = given(history, care);
        let is_owed = care.called_for || contract.is_some();
        let sentence = match (care.given, is_owed) {
            (Some(true), true) | (Some(false), false) => say!("{owed}, and {given}"),
            (Some(_), _) => say!("{owed}, but {given}"),
            (None, _) => say!("{owed}; {given}"),
        };
        let mut facts: Vec<FactId> = contract.iter().map(|contract| contract.id).collect();
        facts.extend(dimension.dimension().facts(history));
        Reason { about: About::of(care.kind), sentence, facts }
    }

    fn forgiveness(&self, history: &History) -> Option<Reason> {
        if !self.forgiven {
            return None;
        }
        let days = history.policy().policy.rules.dwell_days;
        let sentence = match history.running_since() {
            Some(begun) => {
                let begun = phrase::day(begun);
                say!(
                    "The first {n} day of a stretch are forgiven; this one began on {begun}."
                        | "The first {n} days of a stretch are forgiven; this one began on {begun}." % days
                )
            }
            None => say!("No stretch of dealings is running, so nothing can be missed.").into_owned(),
        };
        Some(Reason { about: About::Forgiven, sentence, facts: Vec::new() })
    }
}

impl Fit {
    /// What it means, in a sentence about our service.
    pub fn meaning(self) -> Cow<'static, str> {
        match self {
            Fit::Fits => say!("Served as the evidence, their wish and what was promised call for."),
            Fit::UnderServed => say!("Something that is called for or promised is not given."),
            Fit::OverServed => {
                say!("Something is given that is neither called for, asked for nor promised; ask first.")
            }
            Fit::NotKnown => {
                say!("A named person and reviews are called for; whether they are given is not on record.")
            }
            Fit::NotJudged => say!("Only customers and clients have a service fit."),
        }
    }
}

/// Whether it is owed, and by what; the contract is named by the day on which it was signed.
fn owed(care: &Care, signed: Option<Day>) -> String {
    match (care.kind, care.called_for, signed.map(phrase::day)) {
        (Promised::NamedPerson, true, Some(day)) => {
            say!("A named person is called for, and promised by the contract of {day}")
        }
        (Promised::NamedPerson, true, None) => say!("A named person is called for").into_owned(),
        (Promised::NamedPerson, false, Some(day)) => {
            say!("A named person is promised by the contract of {day}")
        }
        (Promised::NamedPerson, false, None) => {
            say!("A named person is neither called for nor promised").into_owned()
        }
        (Promised::Reviews, true, Some(day)) => {
            say!("Reviews are called for, and promised by the contract of {day}")
        }
        (Promised::Reviews, true, None) => say!("Reviews are called for").into_owned(),
        (Promised::Reviews, false, Some(day)) => say!("Reviews are promised by the contract of {day}"),
        (Promised::Reviews, false, None) => say!("Reviews are neither called for nor promised").into_owned(),
    }
}

/// Whether it is given, and what shows it.
fn given(history: &History, care: &Care) -> String {
    match care.kind {
        Promised::NamedPerson => person(history, care.given),
        Promised::Reviews => reviews(history, care.given),
    }
}

fn person(history: &History, given: Option<bool>) -> String {
    match (given, serving(history)) {
        (Some(true), Some((name, from, Some(seen)))) => {
            let (from, seen) = (phrase::day(from), phrase::day(seen));
            say!("given: {name} since {from}, seen acting on {seen}.")
        }
        (Some(true), Some((name, from, None))) => {
            let from = phrase::day(from);
            say!("given: {name} since {from}.")
        }
        (Some(true), None) => say!("given.").into_owned(),
        (Some(false), _) => {
            let evidence = DimensionName::NamedPerson.dimension().evidence(history);
            say!("not given. {evidence}.")
        }
        (None, Some((name, from, _))) => {
            let from = phrase::day(from);
            say!(
                "{name} is named since {from}, and whether anybody acts for them is not known, since no contact is on record."
            )
        }
        (None, None) => say!("whether one is given is not on record.").into_owned(),
    }
}

fn reviews(history: &History, given: Option<bool>) -> String {
    let (since, last) = last_held(history);
    let rhythm = DimensionName::ProactiveContact.dimension().evidence(history);
    match (given, last) {
        (None, _) => match latest(history) {
            Some(day) => {
                say!("none is on record since {}; the last was on {}.", phrase::day(since), phrase::day(day))
            }
            None => say!("whether any were held is not on record.").into_owned(),
        },
        (Some(true), Some(last)) => say!("held, the last on {}. {rhythm}.", phrase::day(last)),
        (Some(true), None) => say!("held. {rhythm}."),
        (Some(false), Some(last)) => say!("seldom held, the last on {}. {rhythm}.", phrase::day(last)),
        (Some(false), None) => say!("none was held since {}.", phrase::day(since)),
    }
}
