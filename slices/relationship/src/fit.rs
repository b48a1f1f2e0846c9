//! Service fit: is it served as what it is, judged without our own care? (policy.md §7)

use timeline::fact::{Dealing, Promised, Wish};

use crate::{DimensionName, History, Weighing, history::Group, preference::Preferences, word::words};

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

impl Fit {
    /// The words on pages: about our service, never about them.
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
        let rules = &history.policy().policy.rules;
        let own = without_our_care(weighing);
        let left_alone = wanted(history).is_some_and(|dealing| dealing.wish() == Wish::Transactions);
        let client = rules.fit_client * 1000 <= own && !left_alone;
        let customer = own < rules.fit_customer * 1000 || left_alone;
        let care = care(history, weighing);
        if !is_young(history) && care.iter().any(|one| one.given == Some(false) && (client || one.promised)) {
            return Fit::UnderServed;
        }
        if customer && care.iter().any(|one| one.given == Some(true) && !one.promised) {
            return Fit::OverServed;
        }
        if client && care.iter().all(|one| one.given.is_none()) { Fit::NotKnown } else { Fit::Fits }
    }
}

/// The score without our named person and our own contact; else good service would prove itself.
pub fn without_our_care(weighing: &Weighing) -> i64 {
    weighing.score
        - weighing.contribution(DimensionName::NamedPerson)
        - weighing.contribution(DimensionName::ProactiveContact)
}

/// How they want to be dealt with: the statement in force, not simply the last one.
pub fn wanted(history: &History) -> Option<Dealing> {
    let stated = history.of(Group::Preference).iter().map(|seen| (seen.day, seen.entry));
    Preferences::of(stated).in_force().map(|stated| stated.said.dealing())
}

/// One kind of client care.
struct Care {
    given: Option<bool>,
    promised: bool,
}

/// A named person, and reviews.
fn care(history: &History, weighing: &Weighing) -> [Care; 2] {
    let one = |promise: Promised, name: DimensionName, least: i64| {
        let at = name as usize;
        let known = weighing.x[at].filter(|_| weighing.unknown[at].is_none());
        let promised = history.in_force().any(|contract| contract.body.promises.contains(&promise));
        Care { given: known.map(|x| least <= x), promised }
    };
    [
        one(Promised::NamedPerson, DimensionName::NamedPerson, 1000),
        one(Promised::Reviews, DimensionName::ProactiveContact, 500),
    ]
}

/// Too early in the stretch to miss anything.
fn is_young(history: &History) -> bool {
    let dwell = history.policy().policy.rules.dwell_days;
    history.running_since().is_none_or(|start| history.age(start) < dwell)
}
