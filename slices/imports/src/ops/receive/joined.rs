//! Lookups proposed for tables that came together: what a table lacks and another one tells, found by clear overlaps.

use std::collections::{BTreeMap, HashSet};

use kernel::Result;

use super::{
    copies::leave_out,
    look::Seen,
    numberings::{part_numberings, share_parties},
    resolved::resolve,
};
use crate::{
    Mapping, Meaning, Now, Target,
    bundle::lacks,
    join::{Lookup, Lookups, Missing, Several},
    mapping::{Rules, position},
    ops::view::give_meaning,
    overlap::Overlap,
    profile::Profile,
    questions,
    survey::Survey,
};

/// Tables are looked up by way of at most so many others.
const DEEPEST: usize = 3;

/// A table that came, by the name under which others look values up in it.
pub(super) struct Table {
    pub(super) title: String,
    pub(super) survey: Survey,
    pub(super) seen: Seen,
}

/// A table in which values can be looked up from another one.
struct Reached {
    /// The name under which its columns are known there.
    name: String,
    at: usize,
    key: String,
    /// The column there whose values name its rows.
    by: String,
}

/// Proposes lookups for each table that lacks something without which its rows cannot be recorded; what still lacks
/// something then is left out until a person says more.
///
/// # Errors
/// `imports.mapping_text` should a proposal be unable to be written, which none should cause.
pub(super) fn look_up(tables: &mut [Table], overlaps: &[Overlap]) -> Result<()> {
    part_numberings(tables, overlaps)?;
    share_parties(tables, overlaps)?;
    let mut used = resolve(tables, overlaps)?;
    for at in 0..tables.len() {
        let Ok(proposed) = Mapping::draft(&tables[at].seen.mapping) else { continue };
        let reached = reached(tables, overlaps, at);
        let as_lines = as_lines(&tables[at], &proposed, &reached);
        let is_turned = as_lines.is_some();
        let mapping = as_lines.unwrap_or(proposed);
        if (tables[at].seen.is_unknown && !is_turned) || lacks(&mapping).is_empty() {
            continue;
        }
        let (mapping, asked) = completed(tables, at, mapping, &reached);
        if mapping.lookups.is_empty() || (is_turned && !lacks(&mapping).is_empty()) {
            continue;
        }
        let looked_up = reached.iter().filter(|other| mapping.lookups.contains_key(&other.name));
        used.extend(looked_up.map(|other| (other.at, tables[at].title.clone())));
        let seen = &mut tables[at].seen;
        seen.is_unknown = false;
        give_meaning(&mut seen.columns, &mapping, "as it was proposed", false);
        seen.mapping = mapping.to_toml()?;
        seen.questions.retain(|question| question.contains("breaks off"));
        seen.questions.extend(asked);
    }
    for (at, table) in tables.iter_mut().enumerate() {
        let lacking = Mapping::draft(&table.seen.mapping).is_ok_and(|mapping| !lacks(&mapping).is_empty());
        if table.seen.is_unknown || lacking {
            table.seen.is_unknown = true;
            if let Some(by) = used.get(&at) {
                table.seen.questions = vec![format!("{by} looks values up in it")];
            }
        }
    }
    leave_out(tables);
    Ok(())
}

/// A table that alone seems to be something else, but whose rows number orders that another table tells: their lines.
fn as_lines(table: &Table, proposed: &Mapping, reached: &[Reached]) -> Option<Mapping> {
    let survey = &table.survey;
    let name = |meaning| survey.found.get(&meaning).map(|found| &survey.columns[found.column].name);
    let number = name(Meaning::OrderNumber)?;
    let has = |meaning| survey.found.contains_key(&meaning);
    let is_line = has(Meaning::Sku) || has(Meaning::UnitPrice) || has(Meaning::LineAmount);
    let is_open = table.seen.is_unknown || proposed.target == Target::ProductsRecord;
    if !is_open || !is_line || !reached.iter().any(|other| other.by == *number) {
        return None;
    }
    let columns =
        survey.found.iter().map(|(meaning, found)| (*meaning, survey.columns[found.column].name.clone()));
    let negative =
        [Meaning::Quantity, Meaning::LineAmount].into_iter().filter_map(|it| survey.found.get(&it));
    let negative = negative.map(|found| survey.columns[found.column].profile.numbers.negative).sum::<u64>();
    let mut rules = Rules::default();
    rules.cancellation.negative = 0 < negative;
    Some(Mapping {
        target: Target::OrdersRecord,
        now: Now::EndOfData,
        reading: proposed.reading.clone(),
        fixed: survey.fixed.clone(),
        columns: columns.collect(),
        formats: survey.formats.clone(),
        rules,
        also: BTreeMap::new(),
        lookups: Lookups::new(),
    })
}

/// The tables that can be reached from one by clear overlaps, the nearest first.
fn reached(tables: &[Table], overlaps: &[Overlap], from: usize) -> Vec<Reached> {
    let mut seen = HashSet::from([from]);
    let mut found: Vec<Reached> = Vec::new();
    let mut edge = vec![(from, String::new())];
    for _ in 0..DEEPEST {
        let mut next = Vec::new();
        for (table, prefix) in &edge {
            for overlap in overlaps.iter().filter(|it| it.is_clear() && it.table == tables[*table].title) {
                let at = tables.iter().position(|other| other.title == overlap.of_table);
                let Some(at) = at.filter(|at| seen.insert(*at)) else { continue };
                let name = overlap.of_table.replace('.', "_");
                let (key, by) = (overlap.of_column.clone(), format!("{prefix}{}", overlap.column));
                next.push((at, format!("{name}.")));
                found.push(Reached { name, at, key, by });
            }
        }
        edge = next;
    }
    found
}

/// The mapping with what it lacks taken from tables that can be reached, and what is still to be asked.
fn completed(
    tables: &[Table],
    at: usize,
    mut mapping: Mapping,
    reached: &[Reached],
) -> (Mapping, Vec<String>) {
    let own = &tables[at].survey;
    let names: Vec<String> = own.columns.iter().map(|column| column.name.clone()).collect();
    let mut profiles: BTreeMap<Meaning, &Profile> = BTreeMap::new();
    for (meaning, column) in &mapping.columns {
        profiles.extend(position(&names, column).map(|place| (*meaning, &own.columns[place].profile)));
    }
    for needed in lacks(&mapping) {
        let found = |meaning: &Meaning| {
            let told = reached.iter().find_map(|other| told(tables, other, *meaning));
            told.map(|told| (*meaning, told))
        };
        if let Some((meaning, told)) = needed.iter().find_map(found) {
            take(&mut mapping, &mut profiles, meaning, Some(told));
        }
    }
    // What else is known of whom or what a row names.
    for (id, more) in MORE {
        let Some(by) = mapping.columns.get(&id).cloned() else { continue };
        let allowed = |meaning: &&Meaning| {
            mapping.target.meanings().contains(meaning) && !profiles.contains_key(meaning)
        };
        for meaning in more.iter().filter(allowed).collect::<Vec<_>>() {
            let of_it = reached.iter().find(|other| other.by == by);
            take(
                &mut mapping,
                &mut profiles,
                *meaning,
                of_it.and_then(|other| told(tables, other, *meaning)),
            );
        }
    }
    keep_used(&mut mapping, reached);
    fixed(&mut mapping, tables, reached);
    formats(&mut mapping, &profiles);
    let rows = u64::try_from(own.rows).unwrap_or(0);
    let asked = questions::ask(&mapping, &profiles, rows).into_iter().map(|question| question.text).collect();
    (mapping, asked)
}

/// What the row of another table tells of the id that names it.
const MORE: [(Meaning, &[Meaning]); 2] = [
    (Meaning::PartyId, &[Meaning::PartyName, Meaning::Country, Meaning::Email]),
    (Meaning::Sku, &[Meaning::Description]),
];

/// A column of a table that can be reached, by its name there, and what its values look like.
type Told<'t> = (String, &'t Profile);

fn told<'t>(tables: &'t [Table], other: &Reached, meaning: Meaning) -> Option<Told<'t>> {
    let Table { survey, seen, .. } = &tables[other.at];
    // What its own mapping says of it comes before what its words would mean in another table.
    let own = Mapping::draft(&seen.mapping).ok().and_then(|mapping| mapping.columns.get(&meaning).cloned());
    let column = match own {
        Some(name) => survey.columns.iter().find(|column| column.name == name)?,
        None => &survey.columns[survey.found.get(&meaning)?.column],
    };
    // Of the key itself nothing is learnt.
    (column.name != other.key).then(|| (format!("{}.{}", other.name, column.name), &column.profile))
}

fn take<'t>(
    mapping: &mut Mapping,
    profiles: &mut BTreeMap<Meaning, &'t Profile>,
    meaning: Meaning,
    found: Option<Told<'t>>,
) {
    if let Some((column, profile)) = found {
        mapping.columns.insert(meaning, column);
        profiles.insert(meaning, profile);
    }
}

/// Writes down the lookups that the columns need, and those by way of which they are reached.
fn keep_used(mapping: &mut Mapping, reached: &[Reached]) {
    for other in reached.iter().rev() {
        let within =
            |column: &String| column.strip_prefix(&other.name).is_some_and(|rest| rest.starts_with('.'));
        let by = |lookup: &Lookup| within(&lookup.by);
        if mapping.columns.values().any(within) || mapping.lookups.values().any(by) {
            let lookup = Lookup {
                table: other.name.clone(),
                key: other.key.clone(),
                by: other.by.clone(),
                missing: Missing::Empty,
                several: Several::First,
            };
            mapping.lookups.insert(other.name.clone(), lookup);
        }
    }
}

/// What the tables that are looked up in are known to have in common with it: currency, line, numbering of parties.
fn fixed(mapping: &mut Mapping, tables: &[Table], reached: &[Reached]) {
    let party = mapping.columns.get(&Meaning::PartyId).cloned();
    for other in reached {
        let Ok(known) = Mapping::draft(&tables[other.at].seen.mapping) else { continue };
        let is_known = known.target == Target::ProductsRecord || known.target == Target::OrdersRecord;
        if is_known && !mapping.columns.contains_key(&Meaning::Currency) {
            mapping.fixed.currency = mapping.fixed.currency.or(known.fixed.currency);
        }
        if known.target == Target::ProductsRecord && !known.fixed.line.is_empty() {
            mapping.fixed.line.clone_from(&known.fixed.line);
        }
        if known.target == Target::AccountsRecord && party.as_ref() == Some(&other.by) {
            mapping.fixed.party_space.clone_from(&known.fixed.party_space);
        }
    }
}

/// How the cells of the columns that were found are written.
pub(super) fn formats(mapping: &mut Mapping, profiles: &BTreeMap<Meaning, &Profile>) {
    let is_found =
        |column: &String| mapping.lookups.keys().any(|name| column.starts_with(&format!("{name}.")));
    let found: Vec<Meaning> =
        mapping.columns.iter().filter(|(_, column)| is_found(column)).map(|(meaning, _)| *meaning).collect();
    let formats = &mut mapping.formats;
    for meaning in found {
        let Some(profile) = profiles.get(&meaning) else { continue };
        if meaning == Meaning::Date {
            formats.dates = profile.dates.order().0;
            formats.whole_days = profile.dates.whole_days();
        }
        if profile.is_float_ids() && !formats.float_ids.contains(&meaning) {
            formats.float_ids.push(meaning);
        }
        let (sign, sure) = profile.numbers.sign();
        if meaning.is_number() && sure && sign != formats.decimal {
            formats.decimal_of.insert(meaning, sign);
        }
    }
}
