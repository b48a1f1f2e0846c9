//! A look at a file that came: how it is written, what its columns mean, what a person has to say.

use std::{io::Cursor, path::Path};

use kernel::Result;

use super::source;
use crate::{
    Dialect, Mapping, Reading, Records, Source,
    given::Given,
    ops::view::{ShownColumn, give_meaning, names},
    propose::{Proposal, propose_with},
    remembered::{Remembered, as_written},
    survey::{Surveyed, survey},
    table::{Known, Table},
};

/// What address cards are.
const PEOPLE: &str = "target = \"contacts.record\"";

/// What a look at the file found.
pub(super) struct Seen {
    pub(super) dialect: Dialect,
    pub(super) mapping: String,
    pub(super) columns: Vec<ShownColumn>,
    pub(super) questions: Vec<String>,
    /// Rows in the file; 0 where it breaks off before its end.
    pub(super) rows: i64,
    /// Nothing that can be recorded is recognised in it.
    pub(super) is_unknown: bool,
}

/// Looks at a file: how it is written, and what its columns mean by the mapping that is given, by the one that is
/// `remembered` for such columns, or by what is proposed. Given may also be no more than how it is written.
///
/// # Errors
/// What is wrong with the file, or with the mapping that is given.
pub(super) fn look(
    name: &str,
    table: &Table,
    given: Option<&str>,
    remembered: &dyn Fn(&[String]) -> Result<Option<Remembered>>,
) -> Result<Seen> {
    let path = table.file.as_path();
    let source_of = || source(name, path);
    let given = given.map(Given::read).transpose()?;
    let said = given.as_ref().map(|given| given.mapping.reading.clone()).unwrap_or_default();
    let mut dialect = table.dialect(&source_of()?, &said)?;
    if let Some(given) = given.filter(|given| !given.is_reading_alone()) {
        let proposal = proposal(name, path, source_of()?, &dialect, Some(&given));
        return by_given(dialect, &given, proposal);
    }
    let names = Records::open(source_of()?, &dialect)?.names().to_vec();
    let known = remembered(&names)?.map(|known| as_then(known, table, &source_of, (&said, &dialect)));
    if let Some((mut known, as_known)) = known.transpose()?.flatten() {
        dialect = as_known;
        if !known.new.is_empty() {
            let rows = Given::read(&format!("target = \"{}\"", known.mapping.target.as_str()))?;
            known.grow(&proposal(name, path, source_of()?, &dialect, Some(&rows))?.0.mapping)?;
        }
        let given = Given::read(&known.text)?;
        let (proposal, broken) = proposal(name, path, source_of()?, &dialect, Some(&given))?;
        let rows = rows(&proposal, &broken);
        let columns = columns(&proposal, Some((&known.mapping, "as last time")));
        let questions = broken.into_iter().chain(known.notice()).collect();
        let mapping = as_written(&known.mapping, &proposal);
        let mapping = if mapping == known.mapping { known.text } else { mapping.to_toml()? };
        return Ok(Seen { dialect, mapping, columns, questions, rows, is_unknown: false });
    }
    let people = (table.known == Known::Cards).then(|| Given::read(PEOPLE)).transpose()?;
    let (proposal, broken) = proposal(name, path, source_of()?, &dialect, people.as_ref())?;
    let rows = rows(&proposal, &broken);
    let asked = proposal.questions.iter().map(|question| question.text.clone());
    let questions = broken.into_iter().chain(asked).collect();
    let columns = columns(&proposal, None);
    let mapping = Mapping { reading: said, ..proposal.mapping }.to_toml()?;
    Ok(Seen { mapping, columns, questions, dialect, rows, is_unknown: false })
}

/// How a file is written that has the columns of an earlier one: as is said, or else as was said of that one where this
/// file gives the columns of its mapping so. Nothing where it gives them neither way.
fn as_then(
    mut known: Remembered,
    table: &Table,
    source_of: &dyn Fn() -> Result<Source>,
    (said, dialect): (&Reading, &Dialect),
) -> Result<Option<(Remembered, Dialect)>> {
    if !said.is_empty() || known.mapping.reading.is_empty() {
        known.read_as(said.clone())?;
        return Ok(Some((known, dialect.clone())));
    }
    for reading in [known.mapping.reading.for_another(&source_of()?), Reading::default()] {
        let read = table.dialect(&source_of()?, &reading).and_then(|dialect| {
            let names = Records::open(source_of()?, &dialect)?.names().to_vec();
            Ok((names, dialect))
        });
        let Ok((names, dialect)) = read else { continue };
        if known.mapping.fits(&names) {
            known.read_as(reading)?;
            return Ok(Some((known, dialect)));
        }
    }
    Ok(None)
}

/// A file with a mapping that was given: whole, or laid over what is proposed.
fn by_given(dialect: Dialect, given: &Given, proposal: Result<(Proposal, Option<String>)>) -> Result<Seen> {
    let (proposal, broken) = match proposal {
        Ok(found) => found,
        // What is wrong with the file is said when it is read by this mapping.
        Err(_) if given.is_whole() => {
            let mapping = given.over(&given.mapping)?;
            return Ok(Seen {
                dialect,
                mapping,
                columns: Vec::new(),
                questions: Vec::new(),
                rows: 0,
                is_unknown: false,
            });
        }
        Err(problem) => return Err(problem),
    };
    let text = given.over(&proposal.mapping)?;
    let rows = rows(&proposal, &broken);
    let mut questions: Vec<String> = broken.into_iter().collect();
    let columns = if given.is_whole() {
        columns(&proposal, Some((&given.mapping, "as the mapping says")))
    } else {
        let shown = columns(&proposal, None);
        given.mapping.check_columns(&names(&shown))?;
        let open = proposal.questions.iter().filter(|question| !given.says(question.field));
        questions.extend(open.map(|question| question.text.clone()));
        shown
    };
    Ok(Seen { dialect, mapping: text, columns, questions, rows, is_unknown: false })
}

/// The proposal for the whole file; for one that breaks off, the proposal for its beginning and what is wrong.
fn proposal(
    name: &str,
    path: &Path,
    source: Source,
    dialect: &Dialect,
    given: Option<&Given>,
) -> Result<(Proposal, Option<String>)> {
    match propose_with(source, dialect, given) {
        Err(problem) if problem.code == "imports.damaged" => {
            let head = super::source(name, path)?.head().to_vec();
            let whole = head.iter().rposition(|byte| *byte == b'\n').map_or(head.len(), |end| end + 1);
            let start = Source::new(name, Cursor::new(head[..whole].to_vec()))?;
            Ok((propose_with(start, dialect, given)?, Some(problem.to_string())))
        }
        answer => Ok((answer?, None)),
    }
}

fn rows(proposal: &Proposal, broken: &Option<String>) -> i64 {
    let rows = i64::try_from(proposal.rows + proposal.rejected).unwrap_or(i64::MAX);
    if broken.is_some() { 0 } else { rows }
}

/// The columns as they were proposed, or as a mapping has them and why.
fn columns(proposal: &Proposal, given: Option<(&Mapping, &str)>) -> Vec<ShownColumn> {
    let mut columns: Vec<_> = proposal.columns.iter().map(ShownColumn::proposed).collect();
    if let Some((mapping, because)) = given {
        give_meaning(&mut columns, mapping, because, true);
    }
    columns
}

/// A look at a table in which nothing is recognised that could be recorded.
///
/// # Errors
/// What is wrong with the file.
pub(super) fn look_unknown(name: &str, table: &Table, said: &Reading) -> Result<Seen> {
    let source = source(name, &table.file)?;
    let dialect = table.dialect(&source, said)?;
    let survey = survey(source, &dialect)?;
    let column = |column: Surveyed| ShownColumn {
        name: column.name,
        meaning: None,
        reason: "not imported".to_owned(),
        samples: column.profile.samples,
        filled: column.profile.filled,
        confidence: 0,
        found_in: None,
    };
    Ok(Seen {
        dialect,
        mapping: Mapping { reading: said.clone(), ..Mapping::draft("")? }.to_toml()?,
        columns: survey.columns.into_iter().map(column).collect(),
        questions: vec![format!(
            "no column of {name} is known; open it to say what its rows are and what its columns mean"
        )],
        rows: survey.rows,
        is_unknown: true,
    })
}
