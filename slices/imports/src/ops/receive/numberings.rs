//! Whose numbers the ids of parties are, where several tables came that number parties.

use accounts::NUMBERING;
use kernel::Result;

use super::joined::Table;
use crate::{
    Mapping, Meaning, Target,
    overlap::{Overlap, Relation},
    vocabulary::folded,
};

/// Each table of parties that came numbers for itself, but for those that are seen to number as another one does.
pub(super) fn part_numberings(tables: &mut [Table], overlaps: &[Overlap]) -> Result<()> {
    let mut taken: Vec<(String, usize, String)> = Vec::new();
    for at in 0..tables.len() {
        let Ok(mut mapping) = Mapping::draft(&tables[at].seen.mapping) else { continue };
        let Some(column) = mapping.columns.get(&Meaning::PartyId).cloned() else { continue };
        if mapping.target != Target::AccountsRecord {
            continue;
        }
        let title = &tables[at].title;
        let is_one = |other: &(String, usize, String)| {
            let (_, place, key) = other;
            let of = &tables[*place];
            let is_alike = of.survey.columns.iter().map(|it| &it.name).eq(tables[at]
                .survey
                .columns
                .iter()
                .map(|it| &it.name));
            let names = |table: &str, column: &str, of_table: &str, of_column: &str| {
                overlaps.iter().any(|it| {
                    it.relation == Relation::Names
                        && (&*it.table, &*it.column, &*it.of_table, &*it.of_column)
                            == (table, column, of_table, of_column)
                })
            };
            is_alike || names(title, &column, &of.title, key) || names(&of.title, key, title, &column)
        };
        let space = mapping.fixed.party_space.clone();
        let mut of_space = taken.iter().filter(|(known, ..)| *known == space).peekable();
        let is_free = of_space.peek().is_none() || of_space.any(is_one);
        // A ready mapping says whose numbers they are.
        let own = match is_free || space != NUMBERING {
            true => space.clone(),
            false => Some(folded(title)).filter(|name| !name.is_empty()).unwrap_or(space.clone()),
        };
        taken.push((own.clone(), at, column));
        if own != space {
            mapping.fixed.party_space = own;
            tables[at].seen.mapping = mapping.to_toml()?;
        }
    }
    Ok(())
}

/// Tables whose party ids name the rows of a table of accounts use its numbering.
pub(super) fn share_parties(tables: &mut [Table], overlaps: &[Overlap]) -> Result<()> {
    for at in 0..tables.len() {
        let Ok(mut mapping) = Mapping::draft(&tables[at].seen.mapping) else { continue };
        let Some(column) = mapping.columns.get(&Meaning::PartyId) else { continue };
        let Some(space) = space_of(tables, overlaps, &tables[at].title, column) else { continue };
        if mapping.target != Target::AccountsRecord && mapping.fixed.party_space != space {
            mapping.fixed.party_space = space;
            tables[at].seen.mapping = mapping.to_toml()?;
        }
    }
    Ok(())
}

/// The numbering of the accounts whose rows a column names.
pub(super) fn space_of(tables: &[Table], overlaps: &[Overlap], table: &str, column: &str) -> Option<String> {
    let names = |it: &&Overlap| it.is_clear() && it.table == table && it.column == column;
    overlaps.iter().filter(names).find_map(|it| {
        let of = tables.iter().find(|other| other.title == it.of_table)?;
        let mapping = Mapping::draft(&of.seen.mapping).ok()?;
        let is_party = mapping.columns.get(&Meaning::PartyId) == Some(&it.of_column);
        (mapping.target == Target::AccountsRecord && is_party).then_some(mapping.fixed.party_space)
    })
}
