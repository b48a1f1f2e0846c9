//! Lookups of mappings that are ready or remembered, found among the tables that came: by what their columns hold, so
//! that the name of a file does not matter.

use std::collections::BTreeMap;

use kernel::Result;

use super::{
    joined::{Table, formats},
    numberings::space_of,
};
use crate::{
    Mapping, Meaning, Target,
    bundle::{is_table, lacks},
    join::{Lookup, used},
    mapping::position,
    ops::view::give_meaning,
    overlap::Overlap,
    profile::Profile,
    questions,
    ready::ready_for,
};

/// Finds the table of each lookup. What is looked up for the sake of more only is left away where its table did not
/// come; a table that cannot do without waits, and says what is to come with it. Answers which tables are used, and by
/// which.
///
/// # Errors
/// `imports.mapping_text` should a mapping be unable to be written, which none should cause.
pub(super) fn resolve(tables: &mut [Table], overlaps: &[Overlap]) -> Result<BTreeMap<usize, String>> {
    let mut used_by = BTreeMap::new();
    for at in 0..tables.len() {
        let Ok(said) = Mapping::draft(&tables[at].seen.mapping) else { continue };
        if said.lookups.is_empty() || tables[at].seen.is_unknown {
            continue;
        }
        let (mut mapping, places) = placed(tables, at, said.clone());
        share_parties(&mut mapping, tables, overlaps, &places);
        let own = profiles(&said, tables, at, &BTreeMap::new());
        let before = questions::ask(&said, &own, 0);
        let found = profiles(&mapping, tables, at, &places);
        formats(&mut mapping, &found);
        let rows = u64::try_from(tables[at].survey.rows).unwrap_or(0);
        let asked: Vec<String> =
            questions::ask(&mapping, &found, rows).into_iter().map(|question| question.text).collect();
        let missing = missing(&said, &mapping, &tables[at]);
        for place in places.values() {
            used_by.insert(*place, tables[at].title.clone());
        }
        let seen = &mut tables[at].seen;
        give_meaning(&mut seen.columns, &mapping, "known by its name", false);
        seen.mapping = mapping.to_toml()?;
        seen.questions.retain(|text| before.iter().all(|question| question.text != *text));
        match missing {
            None => seen
                .questions
                .extend(asked.into_iter().filter(|text| !seen.questions.contains(text)).collect::<Vec<_>>()),
            Some(text) => {
                seen.is_unknown = true;
                seen.questions.insert(0, text);
            }
        }
    }
    Ok(used_by)
}

impl Table {
    /// The names of its columns.
    fn names(&self) -> Vec<String> {
        self.survey.columns.iter().map(|column| column.name.clone()).collect()
    }
}

/// The mapping with its lookups set to tables that came, and the place of the table of each.
fn placed(tables: &[Table], at: usize, mut mapping: Mapping) -> (Mapping, BTreeMap<String, usize>) {
    let mut places = BTreeMap::new();
    for (name, lookup) in mapping.lookups.clone() {
        let columns = used(&mapping, &name);
        let Some(place) = place(tables, at, &lookup, &columns) else { continue };
        let names = tables[place].names();
        let real = |column: &str| position(&names, column).map(|found| names[found].clone());
        rename(&mut mapping, &name, real);
        if let (Some(known), Some(key)) = (mapping.lookups.get_mut(&name), real(&lookup.key)) {
            (known.table, known.key) = (tables[place].title.clone(), key);
        }
        places.insert(name, place);
    }
    let ready = ready_for(&tables[at].names()).map(|(_, ready)| ready.lookups).unwrap_or_default();
    let of_ready = |name: &str, lookup: &Lookup| {
        ready.get(name).is_some_and(|known| known.key.eq_ignore_ascii_case(&lookup.key))
    };
    loop {
        let own = tables[at].names();
        let known = |column: &String| is_known(&mapping, &own, column);
        let lost = mapping.lookups.iter().find(|(name, lookup)| {
            of_ready(name, lookup) && (!places.contains_key(*name) || !known(&lookup.by))
        });
        let Some(name) = lost.map(|(name, _)| name.clone()) else { break };
        mapping.lookups.remove(&name);
        places.remove(&name);
        mapping.columns.retain(|_, column| !is_of(column, &name));
    }
    // What no column needs any more need not be held.
    let idle: Vec<String> =
        mapping.lookups.keys().filter(|name| used(&mapping, name).is_empty()).cloned().collect();
    for name in idle {
        mapping.lookups.remove(&name);
        places.remove(&name);
    }
    (mapping, places)
}

/// Whether a column is one of the file or is looked up in a table that is known.
fn is_known(mapping: &Mapping, own: &[String], column: &str) -> bool {
    position(own, column).is_some() || mapping.lookups.keys().any(|name| is_of(column, name))
}

/// Whether a column is looked up under that name.
fn is_of(column: &str, name: &str) -> bool {
    column.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'))
}

/// Of the columns of a lookup, those that its table has under the names they have there; the others go.
fn rename(mapping: &mut Mapping, name: &str, real: impl Fn(&str) -> Option<String>) {
    let column_of = |column: &str| column.get(name.len() + 1..).and_then(&real);
    mapping.columns.retain(|_, column| {
        if is_of(column, name) {
            match column_of(column) {
                Some(found) => *column = format!("{name}.{found}"),
                None => return false,
            }
        }
        true
    });
    for lookup in mapping.lookups.values_mut().filter(|lookup| is_of(&lookup.by, name)) {
        if let Some(found) = column_of(&lookup.by) {
            lookup.by = format!("{name}.{found}");
        }
    }
}

/// The table that a lookup means: it has the key and something of what is looked up, and its keys are those that are
/// named here; of several the one in which most is found.
fn place(tables: &[Table], at: usize, lookup: &Lookup, columns: &[String]) -> Option<usize> {
    let own = tables[at].names();
    let by = position(&own, &lookup.by).map(|by| &tables[at].survey.columns[by].sketch);
    let rank = |(place, table): (usize, &Table)| {
        let names = table.names();
        let key = &table.survey.columns[position(&names, &lookup.key)?].sketch;
        let told = columns.iter().filter(|column| position(&names, column).is_some()).count();
        let shared = by.map(|by| by.shared(key));
        let share = shared.map_or(1_000, |shared| 1_000 * shared.found / shared.ours.max(1));
        let is_it = place != at && 0 < told && 0 < share && names != own;
        is_it.then(|| (told, share, is_table(&table.title, "", &lookup.table), std::cmp::Reverse(place)))
    };
    tables.iter().enumerate().filter_map(rank).max().map(|(.., place)| place.0)
}

/// Parties whose ids stand in another table have the numbering of the accounts that it names.
fn share_parties(
    mapping: &mut Mapping,
    tables: &[Table],
    overlaps: &[Overlap],
    places: &BTreeMap<String, usize>,
) {
    let Some((name, column)) = mapping.columns.get(&Meaning::PartyId).and_then(|party| party.split_once('.'))
    else {
        return;
    };
    let Some(place) = places.get(name) else { return };
    if let Some(space) = space_of(tables, overlaps, &tables[*place].title, column)
        && mapping.target != Target::AccountsRecord
    {
        mapping.fixed.party_space = space;
    }
}

/// What the columns look like that mean something, those that are looked up among them.
fn profiles<'t>(
    mapping: &Mapping,
    tables: &'t [Table],
    at: usize,
    places: &BTreeMap<String, usize>,
) -> BTreeMap<Meaning, &'t Profile> {
    let profile = |table: &'t Table, column: &str| {
        position(&table.names(), column).map(|place| &table.survey.columns[place].profile)
    };
    let of = |column: &String| {
        let looked_up = column.split_once('.').and_then(|(name, rest)| Some((places.get(name)?, rest)));
        match looked_up {
            Some((place, rest)) => profile(&tables[*place], rest),
            None => profile(&tables[at], column),
        }
    };
    mapping.columns.iter().filter_map(|(meaning, column)| Some((*meaning, of(column)?))).collect()
}

/// What did not come with a table that cannot do without it, and what to do.
fn missing(said: &Mapping, mapping: &Mapping, table: &Table) -> Option<String> {
    let lacking = lacks(mapping);
    if lacking.is_empty() {
        return None;
    }
    let mut tables: BTreeMap<&String, Vec<&str>> = BTreeMap::new();
    for needed in &lacking {
        let told = needed.iter().filter_map(|meaning| said.columns.get(meaning));
        let found = told.filter_map(|column| {
            let (name, rest) = column.split_once('.')?;
            Some((said.lookups.get_key_value(name)?.0, rest))
        });
        if let Some((name, column)) = found.into_iter().next() {
            tables.entry(name).or_default().push(column);
        }
    }
    let parts: Vec<String> = tables
        .iter()
        .map(|(name, columns)| {
            let lookup = &said.lookups[*name];
            format!("the table {} with the columns {}, {}", lookup.table, lookup.key, columns.join(", "))
        })
        .collect();
    let what: Vec<String> = lacking
        .iter()
        .filter_map(|needed| needed.first())
        .map(|meaning| meaning.label().to_lowercase())
        .collect();
    Some(format!(
        "{} does not tell {} of its rows: that stands in {}, which did not come; bring both files in together",
        table.title,
        what.join(" and "),
        if parts.is_empty() { "another table".to_owned() } else { parts.join(" and ") }
    ))
}
