//! What a person has to say or look at before a proposed mapping is used.

use std::collections::BTreeMap;

use crate::{DateOrder, Mapping, Meaning, Target, meaning::Reads, profile::Profile, propose::Question};

/// The questions that a mapping leaves, given the profiles of its columns.
pub(crate) fn ask(mapping: &Mapping, profiles: &BTreeMap<Meaning, &Profile>, rows: u64) -> Vec<Question> {
    if mapping.target != Target::OrdersRecord {
        return ask_besides(mapping, profiles);
    }
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
        Some(_) if mapping.formats.dates(Meaning::Date) == DateOrder::Unsaid => {
            ask("formats.dates", "Every date can be read day first or month first: which is it?")
        }
        Some(_) => (),
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
        None if mapping.rules.cancellation.all => (),
        None => ask("columns.party_id", "No column tells who bought: nobody can be decided on"),
        Some(party) if party.is_unique() && party.filled == rows => ask(
            "columns.party_id",
            "Each row has another party, so nobody would ever have bought twice: is this the id of the order?",
        ),
        Some(_) => (),
    }
    questions
}

/// The questions about rows that are no orders: what the target needs and no column tells, and what reads two ways.
fn ask_besides(mapping: &Mapping, profiles: &BTreeMap<Meaning, &Profile>) -> Vec<Question> {
    let mut questions = Vec::new();
    let mut ask = |field, text: String| questions.push(Question { field, text });
    for needed in mapping.target.needs() {
        if !needed.iter().any(|meaning| profiles.contains_key(meaning)) {
            let labels: Vec<_> = needed.iter().map(|meaning| meaning.label()).collect();
            let what = mapping.target.label();
            ask("columns", format!("{what} need one of these columns: {}; which is it?", labels.join(", ")));
        }
    }
    let is_money = |meaning: &&Meaning| meaning.reads() == Reads::Amount;
    if profiles.keys().find(is_money).is_some()
        && mapping.fixed.currency.is_none()
        && !profiles.contains_key(&Meaning::Currency)
    {
        ask("fixed.currency", "No column tells the currency: which is it?".to_owned());
    }
    for meaning in profiles.keys() {
        if meaning.reads() == Reads::Date && mapping.formats.dates(*meaning) == DateOrder::Unsaid {
            let label = meaning.label();
            ask(
                "formats.dates",
                format!("Every date of {label} can be read day first or month first: which is it?"),
            );
        }
    }
    questions
}
