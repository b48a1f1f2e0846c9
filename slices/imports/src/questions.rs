//! What a person has to say or look at before a proposed mapping is used.

use std::collections::BTreeMap;

use crate::{Mapping, Meaning, profile::Profile, propose::Question};

/// The questions that a mapping leaves, given the profiles of its columns.
pub(crate) fn ask(mapping: &Mapping, profiles: &BTreeMap<Meaning, &Profile>, rows: u64) -> Vec<Question> {
    let mut questions = Vec::new();
    let mut ask = |field, text: &str| questions.push(Question { field, text: text.to_owned() });
    let has = |meaning: Meaning| profiles.get(&meaning);
    if !Meaning::ALL.iter().any(|meaning| meaning.is_amount() && has(*meaning).is_some()) {
        ask(
            "columns.line_amount",
            "No column tells an amount: what was spent cannot be computed, which is not zero",
        );
    }
    match has(Meaning::Date).map(|profile| profile.dates.order()) {
        None => ask("columns.date", "Which column tells the day of the order?"),
        Some((_, false)) => {
            ask("formats.dates", "Every date can be read day first or month first: which is it?")
        }
        Some((_, true)) => (),
    }
    if mapping.fixed.currency.is_none() && has(Meaning::Currency).is_none() {
        ask("fixed.currency", "No column tells the currency: which is it?");
    }
    let unsure = |(meaning, profile): (&Meaning, &&Profile)| meaning.is_amount() && !profile.numbers.sign().1;
    if profiles.iter().any(unsure) {
        ask(
            "formats.decimal",
            "Every amount can be read with a decimal point or a decimal comma: which is it?",
        );
    }
    let whose = [Meaning::PartyId, Meaning::Email, Meaning::PartyName];
    match whose.iter().find_map(|meaning| has(*meaning)) {
        None => ask("columns.party_id", "No column tells who bought: nobody can be decided on"),
        Some(party) if party.is_unique() && party.filled == rows => ask(
            "columns.party_id",
            "Each row has another party, so nobody would ever have bought twice: is this the id of the order?",
        ),
        Some(_) => (),
    }
    questions
}
