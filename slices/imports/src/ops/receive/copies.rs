//! The same table in two files that came together: a workbook and the CSV that was made of it. Only one is imported.

use std::path::Path;

use kernel::Result;

use super::{Came, dialect_of, joined::Table, look::Seen, open_kept, source};
use crate::{
    Mapping, Target,
    meaning::Reads,
    ops::columns::own_columns,
    run::{Run, State},
    survey::{Surveyed, survey},
    vocabulary::folded,
};

/// Leaves lines of orders out that another table brings as well, and says so. What a spreadsheet did to dates does not
/// matter: where it took months for days, their rows would count as others.
pub(super) fn leave_out(tables: &mut [Table]) {
    for later in 1..tables.len() {
        let Some(earlier) = (0..later).find(|earlier| is_copy(&tables[*earlier], &tables[later])) else {
            continue;
        };
        let name = tables[earlier].title.clone();
        let seen = &mut tables[later].seen;
        seen.is_unknown = true;
        let text = format!(
            "it holds the same rows as {name}, but for how days are written, and would count twice; leave that one out and \
             take this in if it is the better copy"
        );
        seen.questions.insert(0, text);
    }
}

fn is_copy(one: &Table, other: &Table) -> bool {
    let is_orders = |table: &Table| {
        !table.seen.is_unknown
            && Mapping::draft(&table.seen.mapping).is_ok_and(|it| it.target == Target::OrdersRecord)
    };
    let (first, second) = (&one.survey, &other.survey);
    let is_same = |(a, b): (&Surveyed, &Surveyed)| {
        let shared = a.sketch.shared(&b.sketch);
        let is_dates = 50 <= a.profile.dates.share() || 50 <= b.profile.dates.share();
        folded(&a.name) == folded(&b.name)
            && (is_dates || (shared.found == shared.ours && shared.found == shared.theirs))
    };
    is_orders(one)
        && is_orders(other)
        && 0 < first.rows
        && first.rows == second.rows
        && first.columns.len() == second.columns.len()
        && first.columns.iter().zip(&second.columns).all(is_same)
}

/// What is to be said of a table whose rows one of the `earlier` imports brought under another line or numbering, where they would
/// count twice: a workbook after the CSV that was made of it. Nothing where none did, or where they are known as the same.
///
/// # Errors
/// What keeps the table from being read.
pub(super) fn of_earlier(
    files: &Path,
    earlier: Vec<Run>,
    table: &Came,
    seen: &Seen,
) -> Result<Option<String>> {
    let Ok(mapping) = Mapping::draft(&seen.mapping) else { return Ok(None) };
    let names = folded_names(seen.columns.iter().map(|column| column.name.as_str()));
    let alike = earlier.into_iter().filter_map(|run| {
        let theirs = Mapping::draft(&run.mapping).ok()?;
        let columns = own_columns(&run);
        let is_elsewhere = theirs.fixed.line != mapping.fixed.line
            || theirs.fixed.party_space != mapping.fixed.party_space
            || theirs.record_space() != mapping.record_space();
        let is_it = run.state == State::Done
            && run.sha256 != table.sha256
            && 0 < run.total
            && run.total == seen.rows
            && theirs.target == mapping.target
            && is_elsewhere
            && folded_names(columns.iter().map(|column| column.name.as_str())) == names;
        is_it.then_some((run, theirs))
    });
    let alike: Vec<(Run, Mapping)> = alike.collect();
    if alike.is_empty() {
        return Ok(None);
    }
    let ours = survey(source(&table.name, &table.text.file)?, &seen.dialect)?;
    for (run, theirs) in alike {
        // A kept file that is gone tells nothing.
        let Ok(kept) = open_kept(files, &run) else { continue };
        let known = survey(kept, &dialect_of(&run)?)?;
        if has_the_same_ids(&mapping, &ours.columns, &known.columns) {
            return Ok(Some(clash(&run, &theirs, &mapping)));
        }
    }
    Ok(None)
}

fn folded_names<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut names: Vec<String> = names.map(folded).collect();
    names.sort_unstable();
    names
}

/// Whether each column of ids holds the same ones in both.
fn has_the_same_ids(mapping: &Mapping, ours: &[Surveyed], theirs: &[Surveyed]) -> bool {
    let ids = mapping.columns.iter().filter(|(meaning, _)| meaning.reads() == Reads::Id);
    let find =
        |columns: &'_ [Surveyed], name: &str| columns.iter().position(|it| folded(&it.name) == folded(name));
    let mut compared = ids.filter_map(|(_, name)| Some((find(ours, name)?, find(theirs, name)?))).peekable();
    compared.peek().is_some()
        && compared.all(|(one, other)| {
            let shared = ours[one].sketch.shared(&theirs[other].sketch);
            0 < shared.found && shared.found == shared.ours && shared.found == shared.theirs
        })
}

fn clash(run: &Run, theirs: &Mapping, ours: &Mapping) -> String {
    let at = |mapping: &Mapping| match mapping.fixed.line.as_str() {
        "" => format!("the numbering {}", mapping.fixed.party_space),
        line => format!("the service line {line} and the numbering {}", mapping.fixed.party_space),
    };
    format!(
        "its rows have the ids of those of {}, which were imported under {}; under {} they would count twice. Name the same \
         ones if it is the same business, or put it away",
        run.called(),
        at(theirs),
        at(ours)
    )
}
