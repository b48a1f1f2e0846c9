//! Preference: how a party wants to be dealt with: everything that was stated, which of it counts, what is in force.
//!
//! Statements are facts of the timeline, and nothing beside them is kept. They are read in the order of day and id, as the
//! judgement reads facts. One counts unless it asks for more contact than a stronger word allows: whoever says more
//! directly what they want is overruled by nobody who says it less directly, except towards less contact. So what a
//! party put down itself ([`Hand::Theirs`]) is loosened by the party alone; what we were told ([`Hand::Told`]) by a later
//! request of theirs that is on record with how we know of it; what we took to be so ([`Hand::Ours`]) by either. The last
//! that counts is in force (docs/decisions/0017).

use kernel::Day;
use speech::say;
use timeline::{
    Entry, Fact,
    fact::{Dealing, Hand, Preference},
};

use crate::{phrase, suggestion};

/// A preference as somebody stated it.
#[derive(Clone, Copy, Debug)]
pub struct Stated<'a> {
    /// The day, in the time zone of the business.
    pub day: Day,
    /// The fact.
    pub entry: &'a Entry,
    /// What it says.
    pub said: &'a Preference,
    /// What was in force before it.
    pub before: Option<Dealing>,
    /// Whether it counts: it asks for no more than a stronger word allows.
    pub counts: bool,
}

/// Everything that was stated of one relationship, in its order.
#[derive(Clone, Debug, Default)]
pub struct Preferences<'a> {
    stated: Vec<Stated<'a>>,
    /// The words that bind, the strongest first; each is stronger than the next.
    binding: Vec<Stated<'a>>,
}

impl Stated<'_> {
    /// Whether somebody or some file says how we know of it.
    pub fn is_known(&self) -> bool {
        is_known(self.entry, self.said)
    }

    /// Whose word it is and since when: `told on 4 March 2025 by telephone, by Ada Osterlund, noted by Dana`.
    pub fn since(&self) -> String {
        let (said, day) = (self.said, phrase::day(self.day));
        let noted = said.noted_by.as_ref().map(|name| say!(", noted by {name}")).unwrap_or_default();
        let how = said.how.as_ref().map(|how| format!(" {}", way(how))).unwrap_or_default();
        match said.hand {
            Hand::Theirs => say!("stated by themselves on {day}{how}"),
            Hand::Told => {
                let by = said.by.as_ref().map(|name| say!(", by {name}")).unwrap_or_default();
                say!("told on {day}{how}{by}{noted}")
            }
            Hand::Ours => {
                let why = match &said.how {
                    Some(why) => suggestion::told(why),
                    None => say!("no reason noted").into_owned(),
                };
                say!("taken to be so on {day}: {why}{noted}")
            }
        }
    }
}

/// How we know of it: what the house wrote itself is a word of ours, kept in English.
fn way(how: &str) -> String {
    speech::word!(how)
}

impl<'a> Preferences<'a> {
    /// Of facts in the order of day and id; those that are no preferences are passed over.
    pub fn of(facts: impl IntoIterator<Item = (Day, &'a Entry)>) -> Preferences<'a> {
        let mut all = Preferences::default();
        for (day, entry) in facts {
            let Fact::Preference(said) = &entry.fact else { continue };
            let before = all.in_force().map(|stated| stated.said.dealing());
            let hand = if is_known(entry, said) { said.hand } else { said.hand.min(Hand::Ours) };
            let counts = all.against(hand, said.dealing()).is_none();
            let stated = Stated { day, entry, said, before, counts };
            all.stated.push(stated);
            if counts {
                all.binding.retain(|word| said.hand < word.said.hand);
                all.binding.push(stated);
            }
        }
        all
    }

    /// Everything that was stated, the first one first.
    pub fn stated(&self) -> &[Stated<'a>] {
        &self.stated
    }

    /// What is in force: the last that counts.
    pub fn in_force(&self) -> Option<&Stated<'a>> {
        self.binding.last()
    }

    /// The stronger word that keeps one from counting, if there is one.
    pub fn against(&self, hand: Hand, dealing: Dealing) -> Option<&Stated<'a>> {
        self.binding.iter().find(|word| hand < word.said.hand && word.said.dealing() < dealing)
    }

    /// The statement since which they have wanted no relationship, if that is what is in force.
    pub fn left_alone_since(&self) -> Option<&Stated<'a>> {
        let nothing = Some(Dealing::NoRelationship);
        self.in_force().filter(|word| Some(word.said.dealing()) == nothing)?;
        let begins = |one: &&Stated| one.counts && one.before != nothing;
        self.stated.iter().rev().find(begins)
    }

    /// Whether they said something of it themselves, in whatever way.
    pub fn are_theirs(&self) -> bool {
        self.binding.iter().any(|word| word.said.hand != Hand::Ours)
    }
}

/// Whether somebody or some file says how we know of it. What we were told without that may be no more than a wish of
/// ours, and asks for more contact as one.
fn is_known(entry: &Entry, said: &Preference) -> bool {
    said.hand != Hand::Told
        || entry.source.is_some()
        || said.how.as_deref().is_some_and(|how| !how.trim().is_empty())
}
