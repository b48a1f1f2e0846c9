//! Which column of a file has which meaning, and why: by a mapping, by its name, by its values.

use std::collections::BTreeMap;

use crate::{
    Mapping, Meaning, Target,
    mapping::position,
    meaning::Reads,
    profile::Profile,
    vocabulary::{folded, meaning_for, meaning_of},
};

/// Which column has a meaning, and why.
pub(crate) type Found = BTreeMap<Meaning, Reason>;

/// Why a column has its meaning.
#[derive(Clone, Debug)]
pub(crate) struct Reason {
    pub column: usize,
    pub confidence: u8,
    pub reason: String,
}

/// The meanings that a mapping gives to the columns, because of that.
pub(crate) fn by_mapping(mapping: &Mapping, names: &[String], because: &str) -> Found {
    let reason = |column| Reason { column, confidence: 99, reason: because.to_owned() };
    let column = |name: &String| position(names, name);
    mapping.columns.iter().filter_map(|(meaning, name)| Some((*meaning, reason(column(name)?)))).collect()
}

/// What was found, and of the rest only what takes neither a meaning nor a column away from it.
pub(crate) fn complete(mut found: Found, rest: Found) -> Found {
    for (meaning, reason) in rest {
        if !found.contains_key(&meaning) && !found.values().any(|other| other.column == reason.column) {
            found.insert(meaning, reason);
        }
    }
    found
}

/// The meanings that the names of the columns and their values speak for.
pub(crate) fn by_words_and_values(names: &[String], profiles: &[Profile]) -> Found {
    let mut all: Vec<(Meaning, Reason)> = Vec::new();
    for (column, (name, profile)) in names.iter().zip(profiles).enumerate() {
        if let Some((meaning, confidence)) = meaning_of(name, names)
            && fits(meaning, profile)
        {
            all.push((meaning, Reason { column, confidence, reason: format!("called {name}") }));
        }
        if profile.email_share() >= 80 {
            all.push((
                Meaning::Email,
                Reason { column, confidence: 80, reason: "looks like email".to_owned() },
            ));
        }
        if profile.dates.share() >= 90 && profile.numbers.share() < 50 && !is_birthday(name) {
            all.push((
                Meaning::Date,
                Reason { column, confidence: 55, reason: "looks like dates".to_owned() },
            ));
        }
    }
    all.sort_by_key(|(_, reason)| (u8::MAX - reason.confidence, reason.column));
    let mut found = Found::new();
    for (meaning, reason) in all {
        if !found.contains_key(&meaning) && !found.values().any(|other| other.column == reason.column) {
            found.insert(meaning, reason);
        }
    }
    found
}

/// The meanings of another target that the names of the columns speak for, where their values allow it.
pub(crate) fn by_words(target: Target, names: &[String], profiles: &[Profile]) -> Found {
    let mut all: Vec<(Meaning, Reason)> = Vec::new();
    for (column, (name, profile)) in names.iter().zip(profiles).enumerate() {
        if let Some((meaning, confidence)) = meaning_for(target, name)
            && (profile.examined == 0 || may_be(meaning, profile))
        {
            all.push((meaning, Reason { column, confidence, reason: format!("called {name}") }));
        }
    }
    all.sort_by_key(|(_, reason)| (u8::MAX - reason.confidence, reason.column));
    let mut found = Found::new();
    for (meaning, reason) in all {
        found.entry(meaning).or_insert(reason);
    }
    number_rows(target, names, profiles, &mut found);
    found
}

/// The column that numbers the rows of a table: of parties one called `id` or the like whose values stand once each; of
/// records none that names most of its rows several times.
fn number_rows(target: Target, names: &[String], profiles: &[Profile], found: &mut Found) {
    let is_key = |column: usize| profiles[column].is_key();
    let numbers = |name: &str| {
        let name = folded(name);
        ["id", "key", "uuid", "uid", "number", "no", "nr"].iter().any(|end| name.ends_with(end))
    };
    if target == Target::AccountsRecord && !found.contains_key(&Meaning::PartyId) {
        let is_free = |column: &usize| found.values().all(|reason| reason.column != *column);
        let named = |column: &usize| matches!(&*folded(&names[*column]), "id" | "key" | "uuid" | "uid");
        let mut keys = (0..names.len()).filter(is_free).filter(|column| is_key(*column));
        let first = |column: &usize| *column == 0 && numbers(&names[0]);
        if let Some(column) = keys.find(|column| named(column) || first(column)) {
            let reason = format!("called {}, and no value stands twice", names[column]);
            found.insert(Meaning::PartyId, Reason { column, confidence: 75, reason });
        }
    }
    let repeats = |profile: &Profile| 20 < profile.filled && profile.distinct() * 2 < profile.filled;
    let said = found.get(&Meaning::RecordId).map(|reason| reason.column);
    if said.is_some_and(|column| repeats(&profiles[column])) {
        found.remove(&Meaning::RecordId);
        let is_free = |column: &usize| found.values().all(|reason| reason.column != *column);
        let mut others = (0..names.len()).filter(is_free).filter(|column| numbers(&names[*column]));
        if let Some(column) = others.find(|column| is_key(*column)) {
            let reason = format!("called {}, and no value stands twice", names[column]);
            found.insert(Meaning::RecordId, Reason { column, confidence: 75, reason });
        }
    }
}

/// Whether the values of a column can be what its name says.
fn may_be(meaning: Meaning, profile: &Profile) -> bool {
    match meaning.reads() {
        Reads::Date => profile.dates.share() >= 60 || profile.dates.seconds + profile.dates.millis > 0,
        Reads::Amount | Reads::Number => profile.numbers.share() >= 60,
        _ => fits(meaning, profile),
    }
}

/// Whether a column of dates tells when somebody was born, which is no order.
fn is_birthday(name: &str) -> bool {
    let word = folded(name);
    ["birth", "geburt", "dob"].iter().any(|part| word.contains(part))
}

/// Whether the values of a column can be what its name says.
fn fits(meaning: Meaning, profile: &Profile) -> bool {
    if profile.examined == 0 {
        return true;
    }
    match meaning {
        Meaning::Date => profile.dates.share() >= 60 || profile.dates.seconds + profile.dates.millis > 0,
        Meaning::Quantity
        | Meaning::UnitPrice
        | Meaning::LineAmount
        | Meaning::OrderTotal
        | Meaning::Freight => profile.numbers.share() >= 60,
        // A share of the price, not money taken off.
        Meaning::Discount => {
            profile.numbers.share() >= 60 && profile.numbers.negative + profile.numbers.above_one == 0
        }
        Meaning::Email => profile.email_share() >= 30,
        Meaning::PartyName => profile.numbers.share() < 50,
        _ => true,
    }
}
