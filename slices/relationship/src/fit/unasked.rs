//! Unasked: what we begin with a party that wants no relationship, after it said so (decision 21).

use kernel::Day;
use speech::say;
use timeline::{Entry, Fact, FactId, fact::Dealing};

use super::{About, Fit, Promised, Reason};
use crate::{
    Decision, History, Vantage,
    dimensions::{is_caring, is_unasked},
    history::{learnt, of_a_day},
    phrase,
    preference::Preferences,
    replay::{Stood, replayed},
};

/// Contacts of ours against their word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unasked {
    /// Since when they have wanted no relationship, whose word that is, and the fact.
    word: (FactId, String),
    /// What came after it, in the order of day and id.
    contacts: Vec<(Day, FactId)>,
}

/// The decision of the policy for the day of the vantage, with a service fit that also minds their word.
pub fn decided(entries: &[Entry], vantage: &Vantage) -> Decision {
    decided_in(entries, vantage, None).0
}

/// The same, with the history as it is seen from there; goes on from what stood, as [`replayed`] does.
pub fn decided_in<'a>(
    entries: &'a [Entry],
    vantage: &Vantage<'a>,
    after: Option<Stood>,
) -> (Decision, History<'a>) {
    let (mut decision, history) = replayed(entries, vantage, after);
    if Unasked::of(entries, &history, vantage).is_some() {
        decision.fit = Fit::OverServed;
    }
    (decision, history)
}

/// Whether no relationship was ever what they wanted; hardly anybody says so, and this is asked for everybody.
fn was_ever_wanted(entries: &[Entry]) -> bool {
    let wants_none = |entry: &Entry| match &entry.fact {
        Fact::Preference(word) => word.dealing() == Dealing::NoRelationship,
        _ => false,
    };
    entries.iter().any(wants_none)
}

impl Unasked {
    /// Contacts of the last year, as the policy counts it, that came after their word, and that nothing owes them. What
    /// we do alone is not in the history, so it is looked for among the facts themselves.
    pub fn of(entries: &[Entry], history: &History, vantage: &Vantage) -> Option<Unasked> {
        if !was_ever_wanted(entries) {
            return None;
        }
        let known =
            |entry: &&Entry| vantage.known_at.is_none_or(|known_at| learnt(entry, vantage.zone) <= known_at);
        let days = entries.iter().filter(known).map(|entry| (entry.occurred.day(vantage.zone), entry));
        let mut seen: Vec<(Day, &Entry)> = days.filter(|(day, _)| *day <= history.now()).collect();
        seen.sort_unstable_by(|(day, one), (other_day, other)| {
            day.cmp(other_day).then_with(|| of_a_day(one, other))
        });
        let preferences = Preferences::of(seen.iter().copied());
        let word = preferences.left_alone_since()?;
        let window = history.policy().windows.contact;
        let after = |(day, _): &&(Day, &Entry)| word.day < *day && history.age(*day) < window;
        let against = seen.iter().filter(after).filter(|(day, entry)| is_against(entry, *day, history));
        let contacts: Vec<_> = against.map(|(day, entry)| (*day, entry.id)).collect();
        (!contacts.is_empty()).then(|| Unasked { word: (word.entry.id, word.since()), contacts })
    }

    /// It as a reason, with its facts.
    pub fn reason(&self) -> Reason {
        let last = self.contacts.last().map(|(day, _)| phrase::day(*day)).unwrap_or_default();
        let (since, count) = (&self.word.1, self.contacts.len());
        let sentence = match count {
            1 => say!(
                "They want no relationship, {since}; after that we began 1 contact, on {last}, and it was not owed."
            ),
            _ => say!(
                "They want no relationship, {since}; after that we began {count} contacts, the last on {last}, none of \
                 them owed."
            ),
        };
        let contacts = self.contacts.iter().map(|(_, id)| *id);
        Reason { about: About::Unasked, sentence, facts: contacts.chain([self.word.0]).collect() }
    }
}

/// We began it, it is none of what is owed in any case, and no contract of that day promises it.
fn is_against(entry: &Entry, day: Day, history: &History) -> bool {
    let (Fact::Conversation(contact) | Fact::Meeting(contact)) = &entry.fact else { return false };
    let promised = || {
        let holds = |from: Day, to: Day| from <= day && day < to;
        history
            .contracts()
            .iter()
            .any(|one| holds(one.from, one.to) && one.body.promises.contains(&Promised::Reviews))
    };
    is_unasked(contact) && !(is_caring(contact) && promised())
}
