//! A mapping proposed for a file: from the names of its columns and from their values, each with its reason.

use std::collections::BTreeMap;

use kernel::{Problem, Result};
use serde::Serialize;

use crate::{
    DateOrder, Dialect, Mapping, Meaning, Now, Reading, Record, Records, Row, Source, Target, also, classify,
    evidence::Evidence,
    found::{Found, Reason, by_mapping, by_words, by_words_and_values, complete},
    given::Given,
    join::Lookups,
    mapping::Formats,
    meaning::Reads,
    profile::Profile,
    ready::ready_for,
    unsaid::{decimal, fixed, formats},
};

/// How many rows are looked at closely before meanings are given.
const SAMPLE: usize = 2_000;

/// A mapping proposed for a file, and what it rests on.
#[derive(Clone, Debug, Serialize)]
pub struct Proposal {
    /// The columns in the order of the file.
    pub columns: Vec<Column>,
    /// How many rows have a value in some column, the rejected ones not counted.
    pub rows: u64,
    /// How many rows do not fit the table.
    pub rejected: u64,
    /// The mapping. It passes [`Mapping::check`] only if nothing is left to say.
    pub mapping: Mapping,
    /// The name of the ready mapping it comes from, if one knew the columns.
    pub ready: Option<&'static str>,
    /// What a person has to say or look at before the import.
    pub questions: Vec<Question>,
}

/// A column of the file.
#[derive(Clone, Debug, Serialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it is taken to mean; nothing for one that is not imported.
    pub meaning: Option<Meaning>,
    /// Why, as a fragment.
    pub reason: String,
    /// How sure that is, 0 to 100.
    pub confidence: u8,
    /// A few different values.
    pub samples: Vec<String>,
    /// How many rows have a value.
    pub filled: u64,
}

/// What a person has to say or look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The key of the mapping it is about.
    pub field: &'static str,
    /// The question, or the warning as a sentence without a full stop.
    pub text: String,
}

/// Looks at all rows of a file and proposes a mapping.
///
/// # Errors
/// `imports.no_columns` where neither names nor values tell a date and an amount, and whatever
/// [`Records::open`] and [`Records::read`] refuse.
pub fn propose(source: Source, dialect: &Dialect) -> Result<Proposal> {
    propose_with(source, dialect, None)
}

/// Proposes what a mapping leaves open that somebody gave: its columns mean what it says, and the rules are those that
/// the rows suggest then.
///
/// # Errors
/// As [`propose`].
pub(crate) fn propose_with(source: Source, dialect: &Dialect, given: Option<&Given>) -> Result<Proposal> {
    let file = source.name().to_owned();
    let mut records = Records::open(source, dialect)?;
    let names = records.names().to_vec();
    let mut profiles: Vec<Profile> = vec![Profile::default(); names.len()];
    let mut seen: Vec<Record> = Vec::new();
    let (mut rows, mut rejected) = (0, 0);
    while seen.len() < SAMPLE {
        match records.read()? {
            None => break,
            Some(Row::Rejected(_)) => rejected += 1,
            Some(Row::Record(record)) => {
                rows += 1;
                record.cells().zip(&mut profiles).for_each(|(cell, profile)| profile.examine(cell));
                seen.push(record.clone());
            }
        }
    }
    let ready = ready_for(&names);
    let target = target_of(&names, &profiles, ready.as_ref().map(|(_, mapping)| mapping), given);
    let found = find(&names, &profiles, (target, ready.as_ref().map(|(_, mapping)| mapping)), given);
    if target == Target::OrdersRecord {
        refuse_unknown(&file, &names, &found)?;
    }
    let columns = found.iter().map(|(meaning, found)| (*meaning, found.column)).collect();
    let sign = given.and_then(Given::decimal).unwrap_or_else(|| decimal(&found, &profiles));
    let mut evidence = Evidence::new(columns, sign);
    seen.drain(..).for_each(|record| evidence.look(&record));
    while let Some(row) = records.read()? {
        let Row::Record(record) = row else {
            rejected += 1;
            continue;
        };
        rows += 1;
        evidence.look(record);
        pass(record, &found, &mut profiles);
    }
    Ok(conclude(names, profiles, found, (target, ready), &evidence, (rows, rejected)))
}

/// What the rows are: what is given first, then a ready mapping, then what the names of the columns speak for; orders
/// where dates and amounts are told and nothing else is.
fn target_of(
    names: &[String],
    profiles: &[Profile],
    ready: Option<&Mapping>,
    given: Option<&Given>,
) -> Target {
    if let Some(given) = given.filter(|given| given.says("target")) {
        return given.mapping.target;
    }
    if let Some(ready) = ready {
        return ready.target;
    }
    if let Some((target, _)) = classify::by_sign(names) {
        return target;
    }
    let orders = by_words_and_values(names, profiles);
    let tells_orders =
        orders.contains_key(&Meaning::Date) && orders.keys().any(|meaning| meaning.is_amount());
    let other = if tells_orders { None } else { classify::without_orders(names) };
    other.map_or(Target::OrdersRecord, |(target, _)| target)
}

/// What the columns mean: what is given first, then a ready mapping, then what names and values say.
fn find(
    names: &[String],
    profiles: &[Profile],
    (target, ready): (Target, Option<&Mapping>),
    given: Option<&Given>,
) -> Found {
    let proposed = || match ready.filter(|ready| ready.target == target) {
        Some(mapping) => by_mapping(mapping, names, "known by its name"),
        None if target == Target::OrdersRecord => by_words_and_values(names, profiles),
        None => by_words(target, names, profiles),
    };
    let Some(given) = given else { return proposed() };
    let said = by_mapping(&given.mapping, names, "as the mapping says");
    if given.is_whole() {
        return said;
    }
    let mut rest = proposed();
    rest.retain(|meaning, _| !given.leaves_out(*meaning));
    complete(said, rest)
}

/// Takes a row beyond the sample: only what all rows must decide is looked at closely.
fn pass(record: &Record, found: &Found, profiles: &mut [Profile]) {
    let date = found.get(&Meaning::Date).map(|found| found.column);
    for (at, (cell, profile)) in record.cells().zip(profiles).enumerate() {
        profile.count(cell);
        let Some(text) = crate::values::present(cell) else { continue };
        if Some(at) == date && !profile.dates.is_decided() {
            profile.dates.look(text);
        }
        if !profile.numbers.sign().1 && crate::values::numeric(text).is_some() {
            profile.numbers.look(text);
        }
    }
}

fn refuse_unknown(file: &str, names: &[String], found: &Found) -> Result<()> {
    let amount = found.keys().any(|meaning| meaning.is_amount());
    if found.contains_key(&Meaning::Date) || (amount && found.len() > 1) {
        return Ok(());
    }
    let seen: Vec<&str> = names.iter().take(12).map(String::as_str).collect();
    let more = if names.len() > seen.len() {
        format!(" and {} more", names.len() - seen.len())
    } else {
        String::new()
    };
    let message = format!(
        "no column of {file} is known: it has {}{more}, and orders need a date, an amount (price and quantity, line \
         amount or order total) and an order number or a party; name the columns so in the file, or say which is which \
         with `mainstay import FILE --mapping FILE`, as in [columns] and below it date = \"Booked on\"; where it is read wrong, say how it is written with --encoding or \
         --delimiter",
        seen.join(", ")
    );
    Err(Problem::invalid("columns", "imports.no_columns", message))
}

fn conclude(
    names: Vec<String>,
    profiles: Vec<Profile>,
    found: Found,
    (target, ready): (Target, Option<(&'static str, Mapping)>),
    evidence: &Evidence,
    (rows, rejected): (u64, u64),
) -> Proposal {
    let formats = formats(&found, &profiles);
    let name = ready.as_ref().map(|(name, _)| *name);
    let mapping = match ready {
        Some((_, mapping)) => Mapping { formats: settled(formats, &mapping), ..mapping },
        None => {
            let columns =
                found.iter().map(|(meaning, found)| (*meaning, names[found.column].clone())).collect();
            Mapping {
                target,
                now: Now::EndOfData,
                reading: Reading::default(),
                fixed: fixed(target, &names, &profiles, &found),
                also: also::found(target, &columns, &names),
                columns,
                formats,
                rules: evidence.rules(),
                lookups: Lookups::new(),
            }
        }
    };
    let questions = crate::questions::ask(&mapping, &found_columns(&found, &profiles), rows);
    let column = |(at, (name, profile)): (usize, (String, Profile))| {
        let given = found.iter().find(|(_, reason)| reason.column == at);
        Column {
            meaning: given.map(|(meaning, _)| *meaning),
            reason: match given {
                Some((meaning, reason)) => because(*meaning, reason, &mapping),
                None => mapping.further(&name).map_or("not imported".to_owned(), further),
            },
            confidence: given.map_or(0, |(_, reason)| reason.confidence),
            samples: profile.samples,
            filled: profile.filled,
            name,
        }
    };
    let columns = names.into_iter().zip(profiles).enumerate().map(column).collect();
    Proposal { columns, rows, rejected, mapping, ready: name, questions }
}

/// Why a column is read that tells a further phone or address.
pub(crate) fn further(meaning: Meaning) -> String {
    format!("one more {}", meaning.label().to_lowercase())
}

/// What the values leave open is as the system writes it whose table it is.
fn settled(mut formats: Formats, ready: &Mapping) -> Formats {
    for order in formats.dates_of.values_mut().chain([&mut formats.dates]) {
        if *order == DateOrder::Unsaid && ready.formats.dates != DateOrder::default() {
            *order = ready.formats.dates;
        }
    }
    formats.minor_units = ready.formats.minor_units;
    formats
}

/// The profiles of the columns that mean something.
fn found_columns<'p>(found: &Found, profiles: &'p [Profile]) -> BTreeMap<Meaning, &'p Profile> {
    found.iter().map(|(meaning, found)| (*meaning, &profiles[found.column])).collect()
}

fn because(meaning: Meaning, reason: &Reason, mapping: &Mapping) -> String {
    match meaning {
        meaning if meaning.reads() == Reads::Date => {
            format!("{}, {}", reason.reason, mapping.formats.dates(meaning).as_str())
        }
        meaning if mapping.formats.float_ids.contains(&meaning) => format!("{}, .0 left out", reason.reason),
        _ => reason.reason.clone(),
    }
}
