//! Why a service fit came out as it did: one sentence for each thing it comes from, with its facts.

use kernel::Day;
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
            (Some(word), _) => format!(
                "Customer care is called for, whatever the evidence says: {}, {}.",
                word.said.dealing().spoken(),
                word.since()
            ),
            (None, CalledFor::ClientCare) => {
                format!("Client care is called for by the evidence without our own care ({strength}).")
            }
            (None, CalledFor::CustomerCare) => format!(
                "Customer care is called for by the evidence without our own care ({strength}): even full care would \
                 not hold a client."
            ),
            (None, CalledFor::Either) => format!(
                "Either care fits: the evidence without our own care ({strength}) calls for neither of them."
            ),
        };
        let facts = word.iter().map(|word| word.entry.id).collect();
        Reason { about: About::CalledFor, sentence, facts }
    }

    fn cared(&self, history: &History, care: &Care) -> Reason {
        let (subject, dimension) = match care.kind {
            Promised::NamedPerson => ("A named person is", DimensionName::NamedPerson),
            Promised::Reviews => ("Reviews are", DimensionName::ProactiveContact),
        };
        let contract = promising(history, care.kind);
        let owed = match (care.called_for, contract) {
            (true, Some(one)) => format!("called for, and promised by {}", the_contract(one.signed)),
            (true, None) => "called for".to_owned(),
            (false, Some(one)) => format!("promised by {}", the_contract(one.signed)),
            (false, None) => "neither called for nor promised".to_owned(),
        };
        let is_owed = care.called_for || contract.is_some();
        let joined = match (care.given, is_owed) {
            (Some(true), true) | (Some(false), false) => ", and ",
            (Some(_), _) => ", but ",
            (None, _) => "; ",
        };
        let sentence = format!("{subject} {owed}{joined}{}", given(history, care));
        let mut facts: Vec<FactId> = contract.iter().map(|contract| contract.id).collect();
        facts.extend(dimension.dimension().facts(history));
        Reason { about: About::of(care.kind), sentence, facts }
    }

    fn forgiveness(&self, history: &History) -> Option<Reason> {
        if !self.forgiven {
            return None;
        }
        let days = phrase::count(history.policy().policy.rules.dwell_days, "day", "days");
        let sentence = match history.running_since() {
            Some(begun) => format!(
                "The first {days} of a stretch are forgiven; this one began on {}.",
                phrase::day(begun)
            ),
            None => "No stretch of dealings is running, so nothing can be missed.".to_owned(),
        };
        Some(Reason { about: About::Forgiven, sentence, facts: Vec::new() })
    }
}

impl Fit {
    /// What it means, in a sentence about our service.
    pub fn meaning(self) -> &'static str {
        match self {
            Fit::Fits => "Served as the evidence, their wish and what was promised call for.",
            Fit::UnderServed => "Something that is called for or promised is not given.",
            Fit::OverServed => {
                "Something is given that is neither called for, asked for nor promised; ask first."
            }
            Fit::NotKnown => {
                "A named person and reviews are called for; whether they are given is not on record."
            }
            Fit::NotJudged => "Only customers and clients have a service fit.",
        }
    }
}

fn the_contract(signed: Day) -> String {
    format!("the contract of {}", phrase::day(signed))
}

/// Whether it is given, and what shows it.
fn given(history: &History, care: &Care) -> String {
    match care.kind {
        Promised::NamedPerson => person(history, care.given),
        Promised::Reviews => reviews(history, care.given),
    }
}

fn person(history: &History, given: Option<bool>) -> String {
    let since = |day: Day| format!("since {}", phrase::day(day));
    match (given, serving(history)) {
        (Some(true), Some((name, from, seen))) => {
            let seen = seen.map(|day| format!(", seen acting on {}", phrase::day(day)));
            format!("given: {name} {}{}.", since(from), seen.unwrap_or_default())
        }
        (Some(true), None) => "given.".to_owned(),
        (Some(false), _) => {
            let dimension = DimensionName::NamedPerson.dimension();
            format!("not given. {}.", dimension.evidence(history))
        }
        (None, Some((name, from, _))) => format!(
            "{name} is named {}, and whether anybody acts for them is not known, since no contact is on record.",
            since(from)
        ),
        (None, None) => "whether one is given is not on record.".to_owned(),
    }
}

fn reviews(history: &History, given: Option<bool>) -> String {
    let (since, last) = last_held(history);
    let rhythm = DimensionName::ProactiveContact.dimension().evidence(history);
    match (given, last) {
        (None, _) => match latest(history) {
            Some(day) => format!(
                "none is on record since {}; the last was on {}.",
                phrase::day(since),
                phrase::day(day)
            ),
            None => "whether any were held is not on record.".to_owned(),
        },
        (Some(true), Some(last)) => format!("held, the last on {}. {rhythm}.", phrase::day(last)),
        (Some(true), None) => format!("held. {rhythm}."),
        (Some(false), Some(last)) => {
            format!("seldom held, the last on {}. {rhythm}.", phrase::day(last))
        }
        (Some(false), None) => format!("none was held since {}.", phrase::day(since)),
    }
}
