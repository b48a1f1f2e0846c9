//! Which columns of one table name the rows of another: looked at before anything is joined, and shown.

use kernel::Result;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use speech::say;

use crate::{
    Meaning, Target, classify,
    survey::{Survey, Surveyed},
    values::words,
    vocabulary::folded,
};

/// More tables than these are not compared, each with each.
const MOST_TABLES: usize = 60;
/// A column with fewer different values says nothing about another one that has another name.
const FEW: u64 = 10;

words! {
    /// What two columns have to do with each other.
    #[derive(JsonSchema)]
    Relation {
        /// The values of the one are found in the other, which names each row once.
        Names = "names rows of",
        /// They have the same name and other values: joining them would join what does not belong together.
        OtherIds = "same name, other ids",
        /// The column looks like the key of its table, and some of its values stand on several rows.
        KeyRepeats = "key repeats",
    }
}

/// What a column of one table has in common with a column of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Overlap {
    /// What they have to do with each other.
    pub relation: Relation,
    /// The table that names the rows of another.
    pub table: String,
    /// Its column.
    pub column: String,
    /// The table whose rows are named; empty where a key repeats.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub of_table: String,
    /// The column that tells its rows apart.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub of_column: String,
    /// Different values of the one; where a key repeats, those that stand on several rows.
    pub values: u64,
    /// Of these, how many are found in the other.
    pub found: u64,
    /// Different values of the other that the one never has; where a key repeats, rows too many.
    pub unnamed: u64,
    /// The counts are worked out from an even sample, as there are many values.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sampled: bool,
    /// That in a sentence.
    pub sentence: String,
}

/// A table with what its columns hold.
pub(crate) struct Surveys<'s> {
    /// The name under which others look values up in it.
    pub name: &'s str,
    /// What its columns hold.
    pub survey: &'s Survey,
}

/// What the tables have in common, the tables in their order.
pub(crate) fn find(tables: &[Surveys<'_>]) -> Vec<Overlap> {
    let mut found: Vec<Overlap> = tables.iter().flat_map(repeated_key).collect();
    if MOST_TABLES < tables.len() {
        return found;
    }
    for (one, table) in tables.iter().enumerate() {
        for (other, of) in tables.iter().enumerate() {
            if one != other && !is_alike(table.survey, of.survey) {
                let pairs =
                    keys_of(of).flat_map(|key| table.survey.columns.iter().map(move |column| (column, key)));
                found.extend(pairs.filter_map(|(column, key)| compare(table, column, of, key)));
            }
        }
    }
    both_ways(found)
}

impl Overlap {
    /// The same with its sentence.
    fn told(self) -> Overlap {
        Overlap { sentence: self.said(), ..self }
    }

    /// It in a sentence, in the language of whoever is spoken to.
    pub(crate) fn said(&self) -> String {
        let count = |n: u64| speech::grouped(&n.to_string());
        let (here, there) =
            (format!("{}.{}", self.table, self.column), format!("{}.{}", self.of_table, self.of_column));
        let about = if self.sampled { say!("about ") } else { "".into() };
        let (found, values) = (count(self.found), count(self.values));
        match self.relation {
            Relation::OtherIds => say!(
                "{here} and {there} have the same name, but {about}{found} of {values} ids of the one are in the other: \
                 they count differently, so they are not joined"
            ),
            Relation::Names => say!(
                "{here} in {there}: {about}{found} of {values} found; {unnamed} of {all} never named",
                unnamed = count(self.unnamed),
                all = count(self.unnamed + self.found)
            ),
            Relation::KeyRepeats => say!(
                "{here} looks like the key of its table, but {values} of its values stand on several rows ({rows} rows \
                 too many)",
                rows = count(self.unnamed)
            ),
        }
    }

    /// What is found in whole and would be joined without asking.
    pub(crate) fn is_clear(&self) -> bool {
        self.relation == Relation::Names && 0 < self.values && self.values * 95 <= self.found * 100
    }
}

/// The columns of a table of which each value stands on one row.
fn keys_of<'s>(table: &Surveys<'s>) -> impl Iterator<Item = &'s Surveyed> + use<'s> {
    let survey = table.survey;
    let rows = u64::try_from(survey.rows).unwrap_or(0);
    let is_key = move |(place, column): &(usize, &Surveyed)| {
        let (_, repeated) = column.sketch.repeated();
        let is_told = *place == 0 || is_id(&column.name);
        is_told && 1 < rows && rows * 95 <= column.sketch.filled() * 100 && repeated * 50 <= rows
    };
    survey.columns.iter().enumerate().filter(is_key).map(|(_, column)| column)
}

fn compare(table: &Surveys<'_>, column: &Surveyed, of: &Surveys<'_>, key: &Surveyed) -> Option<Overlap> {
    if column.sketch.filled() == 0 {
        return None;
    }
    let same_name = is_named_for(&column.name, &key.name, of.name);
    let is_number = |column: &Surveyed| column.profile.integers + column.profile.float_integers > 0;
    // Numbers from 1 on are in each other by chance, unless the column tells whose a row is and the other table parties.
    let is_told = || names_parties(table, column) && folded(&key.name) == "id" && tells_parties(of);
    let by_chance = (is_number(column) || is_number(key)) && !is_told();
    if !same_name && (by_chance || column.sketch.distinct() < FEW) {
        return None;
    }
    let shared = column.sketch.shared(&key.sketch);
    let share = 100 * shared.found / shared.ours.max(1);
    let relation = match (same_name, share) {
        (true, 20..) | (false, 90..) => Relation::Names,
        (true, _) if is_id(&key.name) => Relation::OtherIds,
        _ => return None,
    };
    let unnamed = shared.theirs.saturating_sub(shared.found);
    let overlap = Overlap {
        relation,
        table: table.name.to_owned(),
        column: column.name.clone(),
        of_table: of.name.to_owned(),
        of_column: key.name.clone(),
        values: shared.ours,
        found: shared.found,
        unnamed,
        sampled: shared.is_sampled,
        sentence: String::new(),
    };
    Some(overlap.told())
}

/// Whether a column is one that by its name tells whose a row is.
fn names_parties(table: &Surveys<'_>, column: &Surveyed) -> bool {
    let found = table.survey.found.get(&Meaning::PartyId);
    found.is_some_and(|reason| table.survey.columns[reason.column].name == column.name)
}

/// Whether the rows of a table are parties.
fn tells_parties(table: &Surveys<'_>) -> bool {
    let names: Vec<String> = table.survey.columns.iter().map(|column| column.name.clone()).collect();
    matches!(classify::without_orders(&names), Some((Target::AccountsRecord, _)))
}

/// A column that looks like the key of its table but names some rows twice.
fn repeated_key(table: &Surveys<'_>) -> Option<Overlap> {
    let own = |column: &&Surveyed| {
        let name = folded(&column.name);
        let is_first = table.survey.columns.first().is_some_and(|first| first.name == column.name);
        name == "id" || name == format!("{}id", singular(table.name)) || (is_first && is_id(&column.name))
    };
    let column = table.survey.columns.iter().find(own)?;
    let (values, rows) = column.sketch.repeated();
    if values == 0 || column.sketch.filled() < 20 * rows {
        return None;
    }
    let overlap = Overlap {
        relation: Relation::KeyRepeats,
        table: table.name.to_owned(),
        column: column.name.clone(),
        of_table: String::new(),
        of_column: String::new(),
        values,
        found: 0,
        unnamed: rows,
        sampled: false,
        sentence: String::new(),
    };
    Some(overlap.told())
}

/// Where two tables name each other's rows by the same columns, the way in which more is found is kept.
fn both_ways(found: Vec<Overlap>) -> Vec<Overlap> {
    let share = |overlap: &Overlap| 1_000 * overlap.found / overlap.values.max(1);
    let is_turned = |one: &Overlap, other: &Overlap| {
        one.table == other.of_table
            && one.column == other.of_column
            && one.of_table == other.table
            && one.of_column == other.column
    };
    let keeps = |(at, overlap): &(usize, &Overlap)| {
        let turned = found.iter().enumerate().find(|(_, other)| is_turned(overlap, other));
        turned.is_none_or(|(place, other)| (share(other), place) < (share(overlap), *at))
    };
    found.iter().enumerate().filter(keeps).map(|(_, overlap)| overlap.clone()).collect()
}

/// Whether a name is that of ids.
fn is_id(name: &str) -> bool {
    let name = folded(name);
    ["id", "key", "code", "no", "nr", "number", "sku", "email"].iter().any(|end| name.ends_with(end))
}

/// Whether a column is called like the key of a table: the same, or the table and its key.
fn is_named_for(column: &str, key: &str, table: &str) -> bool {
    let (column, key) = (folded(column), folded(key));
    if column == key && !matches!(key.as_str(), "id" | "key" | "code" | "no" | "nr" | "number") {
        return true;
    }
    column == format!("{}{key}", singular(table))
}

/// The name of a table in the singular, as columns write it.
fn singular(table: &str) -> String {
    let name = folded(table);
    match name.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => name.strip_suffix('s').unwrap_or(&name).to_owned(),
    }
}

/// Whether two tables have the same columns, as the exports of two months do.
fn is_alike(one: &Survey, other: &Survey) -> bool {
    let names =
        |survey: &Survey| survey.columns.iter().map(|column| folded(&column.name)).collect::<Vec<_>>();
    names(one) == names(other)
}

/// What is kept of an overlap.
///
/// # Errors
/// `imports.json` should it be unable to be written, which none should cause.
pub(crate) fn kept(overlap: &Overlap) -> Result<String> {
    serde_json::to_string(overlap).map_err(|cause| {
        kernel::Problem::internal("imports.json", "what was found cannot be written down").because(cause)
    })
}
