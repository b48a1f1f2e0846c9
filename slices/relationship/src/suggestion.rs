//! Suggestion: what a party seems to want, by what it does; never applied by itself, and silent where they have spoken.

use kernel::Day;
use speech::say;
use timeline::{
    Entry, FactId,
    fact::{Dealing, Side},
};

use crate::{
    dimensions::{contact, is_advice},
    history::Seen,
    phrase,
    preference::Preferences,
};

/// Contacts are looked at for so many days.
const WINDOW: i64 = 365;
/// So many contacts of ours that were not taken up make a suggestion.
const ENOUGH: usize = 3;

/// What they seem to want, and what it is concluded from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What they seem to want.
    pub dealing: Dealing,
    /// The reason, in a sentence.
    pub reason: String,
    /// The facts behind it.
    pub facts: Vec<FactId>,
}

impl Suggestion {
    /// *Just transactions* for whoever took up none of three or more contacts that we began within a year, did not ask
    /// for advice meanwhile, and never said what they want. Facts come with their days, in whatever order.
    pub fn of<'a>(
        facts: impl IntoIterator<Item = (Day, &'a Entry)>,
        today: Day,
        stated: &Preferences<'_>,
    ) -> Option<Suggestion> {
        let dealing = Dealing::JustTransactions;
        let is_known = stated.in_force().is_some_and(|word| word.said.dealing() <= dealing);
        if is_known || stated.are_theirs() {
            return None;
        }
        let recent = |day: Day| day <= today && i64::from(today.0) - i64::from(day.0) < WINDOW;
        let mut missed: Vec<(Day, FactId)> = Vec::new();
        for (day, entry) in facts.into_iter().filter(|(day, _)| recent(*day)) {
            match contact(&Seen { day, entry }) {
                Some(contact) if contact.started_by == Side::Us && !contact.held => {
                    missed.push((day, entry.id))
                }
                Some(contact) if contact.started_by == Side::Us || is_advice(contact) => return None,
                _ => (),
            }
        }
        missed.sort_unstable();
        let (first, _) = *missed.first().filter(|_| ENOUGH <= missed.len())?;
        let reason = reason(missed.len(), first);
        Some(Suggestion { dealing, reason, facts: missed.into_iter().map(|(_, id)| id).collect() })
    }
}

fn reason(count: usize, since: Day) -> String {
    let since = phrase::day(since);
    say!("none of the {count} contacts that we began since {since} was taken up")
}

/// A reason that was kept, in English, when a suggestion was accepted, to whoever is spoken to now; whatever else somebody
/// wrote there stays as it is.
pub(crate) fn told(kept: &str) -> String {
    let read = || -> Option<(usize, Day)> {
        let (count, rest) = kept.strip_prefix("none of the ")?.split_once(' ')?;
        let since = rest.strip_prefix("contacts that we began since ")?.strip_suffix(" was taken up")?;
        let (day, length) = speech::read_long_day(since)?;
        (length == since.len()).then_some(())?;
        Some((count.parse().ok()?, day))
    };
    speech::plainly(read).map_or_else(|| kept.to_owned(), |(count, since)| reason(count, since))
}
