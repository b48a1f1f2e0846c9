//! The facts that a typed row tells the timeline.

use accounts::sourced::FactInput;
use kernel::SCALE;
use timeline::{
    Fact,
    fact::{Contact, Dealing, Feedback, Goal, Preference, Side, Stage, Usage, Wish, Work},
};

use crate::{Mapping, Meaning, Target, TypedRow, batch::folded, duration, written_down};

/// Whose numbering the records of a file belong to: of the record itself, and of the rating that it tells besides.
pub(crate) struct Spaces {
    record: String,
    rating: String,
}

impl Spaces {
    pub(crate) fn of(mapping: &Mapping) -> Spaces {
        let record = mapping.record_space();
        Spaces { rating: format!("{record} rating"), record }
    }
}

/// What the rows tell; those that name nobody or no day have been refused before.
pub(crate) fn facts<'r>(mapping: &Mapping, spaces: &'r Spaces, rows: &'r [TypedRow]) -> Vec<FactInput<'r>> {
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let (Some(party), Some(at)) = (&row.party, row.at(Meaning::Date)) else { continue };
        let input = |space: &'r str, main: bool, fact: Fact| FactInput {
            row: row.row,
            identity: folded(row.identity.0),
            space,
            key: row.key(),
            main,
            party: party.borrowed(),
            occurred: at,
            currency: None,
            fact,
        };
        all.push(input(&spaces.record, true, fact(mapping, row)));
        let is_rated = mapping.target == Target::ConversationsRecord && row.number(Meaning::Rating).is_some();
        if is_rated {
            all.push(input(&spaces.rating, false, rated()));
        }
    }
    all
}

fn rated() -> Fact {
    Fact::Feedback(Feedback { form: Some("rating".to_owned()) })
}

fn fact(mapping: &Mapping, row: &TypedRow) -> Fact {
    let text = |meaning| row.text(meaning).map(str::to_owned);
    match mapping.target {
        Target::ConversationsRecord => Fact::Conversation(contact(mapping, row)),
        Target::MeetingsRecord => Fact::Meeting(contact(mapping, row)),
        Target::UsageRecord => Fact::Usage(Usage {
            users: row.count(Meaning::Users),
            seats: row.count(Meaning::Seats),
            features: row.count(Meaning::Features),
            features_available: row.count(Meaning::FeaturesAvailable),
            power_users: None,
        }),
        Target::WorkRecord => Fact::Work(Work {
            minutes: minutes(row),
            person: text(Meaning::Owner).or_else(|| row.person().map(|name| name.into_owned())),
            offer: mapping.fixed.offer,
            offering: text(Meaning::Offering),
            need: None,
        }),
        Target::StagesRecord => {
            Fact::Stage(Stage { stage: text(Meaning::Stage), stakeholders: row.count(Meaning::Stakeholders) })
        }
        Target::PreferencesRecord => Fact::Preference(Preference { by: text(Meaning::Owner), ..wanted(row) }),
        Target::ReferralsRecord => Fact::Referral,
        Target::FactsRecord => written(row),
        _ => Fact::Feedback(feedback(row)),
    }
}

/// What was written down; words that it cannot have were refused when the row was read.
fn written(row: &TypedRow) -> Fact {
    let word = |meaning| row.text(meaning).unwrap_or_default();
    written_down::read(word(Meaning::FactKind), word(Meaning::Says))
        .unwrap_or_else(|_| Fact::Goal(Goal::default()))
}

/// What they want, as exactly as the file says it.
fn wanted(row: &TypedRow) -> Preference {
    let word = row.text(Meaning::Wants).unwrap_or_default().to_lowercase();
    match (Wish::parse(word.trim()), Dealing::read(&word)) {
        (Some(wish), _) => Preference::wanting(wish),
        (None, Some(dealing)) => Preference::saying(dealing),
        (None, None) => Preference::wanting(Wish::Transactions),
    }
}

/// A rating is one where a number stands; what they said is in words.
fn feedback(row: &TypedRow) -> Feedback {
    Feedback { form: row.number(Meaning::Rating).is_some().then(|| "rating".to_owned()) }
}

fn contact(mapping: &Mapping, row: &TypedRow) -> Contact {
    let begun = row.text(Meaning::StartedBy).map(str::to_lowercase);
    let by_us =
        begun.is_some_and(|word| ["us", "outbound", "agent", "admin", "staff"].contains(&word.as_str()));
    let topic = row.text(Meaning::Topic).or(mapping.fixed.topic.as_deref());
    Contact {
        started_by: if by_us { Side::Us } else { Side::Them },
        topic: topic.map(str::to_owned),
        person: row.text(Meaning::Owner).map(str::to_owned),
        ..Contact::default()
    }
}

/// How long it took, from whichever column tells it; halves up.
fn minutes(row: &TypedRow) -> i64 {
    if let Some(minutes) = row.number(Meaning::Minutes) {
        return (minutes + SCALE / 2).div_euclid(SCALE);
    }
    if let Some(hours) = row.number(Meaning::Hours) {
        return (hours.saturating_mul(60) + SCALE / 2).div_euclid(SCALE);
    }
    row.text(Meaning::Duration).and_then(|text| duration::minutes(text).ok()).unwrap_or(0)
}
