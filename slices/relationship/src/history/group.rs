//! Groups of facts that are read together, and the one sort that indexes a history.

use std::cmp::Ordering;

use jiff::tz::TimeZone;
use kernel::{Currency, Day, Moment};
use timeline::{Entry, Fact, FactId};

use super::{Seen, Vantage};
use crate::dimensions::is_ours_alone;

/// Declares the groups once.
macro_rules! groups {
    ($($(#[$about:meta])* $name:ident),+ $(,)?) => {
        /// Facts that are read together.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Group { $($(#[$about])* $name),+ }

        impl Group {
            /// Every group.
            pub const ALL: &'static [Group] = &[$(Group::$name),+];
            /// How many there are.
            pub const COUNT: usize = Group::ALL.len();
        }
    };
}

groups! {
    /// Orders, invoices, payments: also free ones and settlements.
    Purchase,
    /// Refunds.
    Refund,
    /// Work for them.
    Work,
    /// Contracts signed.
    Contract,
    /// Ends of contracts.
    ContractEnd,
    /// Conversations and meetings.
    Contact,
    /// Assignments.
    Assignment,
    /// Usage.
    Usage,
    /// Feedback.
    Feedback,
    /// Referrals.
    Referral,
    /// Training.
    Training,
    /// Goals.
    Goal,
    /// Interest.
    Interest,
    /// Steps of a sale.
    Stage,
    /// Reasons.
    Basis,
    /// Shares of wallet.
    Wallet,
    /// Recorded ranks of spend.
    SpendRank,
    /// Agreed rhythms.
    Rhythm,
    /// Wishes.
    Preference,
    /// Other lines.
    OtherLine,
    /// Complete registers.
    RecordKept,
    /// Notes, which nothing looks at.
    Note,
}

impl Group {
    /// Those that nets, contract ends and stretches rest on.
    pub(super) const COMMITMENTS: [Group; 5] =
        [Group::Purchase, Group::Refund, Group::Work, Group::Contract, Group::ContractEnd];

    /// The group of a fact.
    pub fn of(fact: &Fact) -> Group {
        match fact {
            Fact::Order(_) | Fact::Invoice(_) | Fact::Payment(_) => Group::Purchase,
            Fact::Refund(_) => Group::Refund,
            Fact::Work(_) => Group::Work,
            Fact::Contract(_) => Group::Contract,
            Fact::ContractEnd(_) => Group::ContractEnd,
            Fact::Conversation(_) | Fact::Meeting(_) => Group::Contact,
            Fact::Assignment(_) => Group::Assignment,
            Fact::Usage(_) => Group::Usage,
            Fact::Feedback(_) => Group::Feedback,
            Fact::Referral => Group::Referral,
            Fact::Training => Group::Training,
            Fact::Goal(_) => Group::Goal,
            Fact::Interest(_) => Group::Interest,
            Fact::Stage(_) => Group::Stage,
            Fact::Basis(_) => Group::Basis,
            Fact::Wallet(_) => Group::Wallet,
            Fact::SpendRank(_) => Group::SpendRank,
            Fact::Rhythm(_) => Group::Rhythm,
            Fact::Preference(_) => Group::Preference,
            Fact::OtherLine(_) => Group::OtherLine,
            Fact::RecordKept(_) => Group::RecordKept,
            Fact::Note(_) => Group::Note,
        }
    }
}

/// The order of two facts of one day: by what they say, so that the order in which they were learnt does not matter. Only
/// where both say the same does the id decide, and then nothing hangs on it. Of two wishes the one that was told last is
/// their last word.
pub(crate) fn of_a_day(one: &Entry, other: &Entry) -> Ordering {
    let told = match (&one.fact, &other.fact) {
        (Fact::Preference(_), Fact::Preference(_)) => {
            (one.recorded_at, one.id).cmp(&(other.recorded_at, other.id))
        }
        _ => Ordering::Equal,
    };
    told.then_with(|| one.fact.cmp(&other.fact)).then_with(|| one.id.cmp(&other.id))
}

/// The facts that exist from there, by group and day, those of a day by what they say, and where each group starts. What we did alone does not, nor what is only noted.
pub(super) fn sorted<'a>(
    entries: &'a [Entry],
    vantage: &Vantage<'a>,
    skip: Option<FactId>,
) -> (Vec<Seen<'a>>, [usize; Group::COUNT + 1]) {
    let exists = |entry: &&Entry| {
        skip != Some(entry.id)
            && vantage.known_at.is_none_or(|known| learnt(entry, vantage.zone) <= known)
            && !matches!(entry.fact, Fact::Note(_))
            && !is_ours_alone(&entry.fact)
    };
    let seen = |entry: &'a Entry| Seen { day: entry.occurred.day(vantage.zone), entry };
    let mut facts: Vec<Seen<'a>> = Vec::with_capacity(entries.len());
    facts.extend(entries.iter().filter(exists).map(seen).filter(|seen| seen.day <= vantage.as_of));
    let place = |seen: &Seen| (Group::of(&seen.entry.fact) as u8, seen.day);
    facts.sort_unstable_by(|one, other| {
        place(one).cmp(&place(other)).then_with(|| of_a_day(one.entry, other.entry))
    });
    let mut starts = [0; Group::COUNT + 1];
    for seen in &facts {
        starts[Group::of(&seen.entry.fact) as usize + 1] += 1;
    }
    for group in 0..Group::COUNT {
        starts[group + 1] += starts[group];
    }
    (facts, starts)
}

/// The day on which a fact was learnt.
pub(crate) fn learnt(entry: &Entry, zone: &TimeZone) -> Day {
    Moment::at(entry.recorded_at).day(zone)
}

/// The currencies, by code, with the first day of each.
pub(super) fn currencies(facts: &[Seen]) -> Vec<(Currency, Day)> {
    let mut found: Vec<(Currency, Day)> = Vec::new();
    for seen in facts {
        let Some(currency) = seen.entry.currency else { continue };
        match found.iter_mut().find(|(known, _)| *known == currency) {
            Some((_, first)) => *first = (*first).min(seen.day),
            None => found.push((currency, seen.day)),
        }
    }
    found.sort_unstable();
    found
}
