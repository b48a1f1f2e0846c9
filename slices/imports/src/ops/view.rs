//! Looking at imports: the list, one of them.

mod rejected;

use ::store::Tx;
use kernel::{Context, Moment, Page, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};

pub(super) use self::rejected::REJECTIONS;
pub use self::rejected::{Rejections, ShownRejection, all_rejections, rejections};
use super::{
    columns::own_columns,
    head,
    progress::undecided,
    sight::Sight,
    turn::ahead,
    undo::{self, Undone},
};
use crate::{
    Dialect, Mapping, propose, ready,
    remembered::BETWEEN,
    run::{Outcome, Run, State},
    store,
};

pub(super) const LIST: Head = Head {
    sentence: "Lists the files that were brought in, newest first, and how far each has come.",
    examples: &["mainstay imports"],
    ..head("imports.list", Act::Read, Method::Get, "/imports", "imports")
};

/// A page of imports.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// Where the page begins: `next` of the page before.
    #[serde(default)]
    pub after: Option<i64>,
    /// Rows on a page, at most 200; 50 when absent.
    #[serde(default)]
    pub limit: Option<i64>,
}

/// An import as it is shown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownImport {
    /// Its id.
    pub id: String,
    /// The name of its file.
    pub name: String,
    /// The SHA-256 of the file.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: i64,
    /// received, dry run, dry run done, running, done, failed, being taken back, taken back.
    pub state: String,
    /// How the file is read, in a sentence.
    pub read_as: String,
    /// What is not told by the file but taken from a ready mapping that knows its columns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recognised: Option<String>,
    /// Its rows are not open to the viewer, so only what the file is is told: they may lie behind a wall.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
    /// The first of the imports that came together with it: they are planned, run and taken back as one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bundle: Option<String>,
    /// The table of the file that it reads, where the file has several.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub table: String,
    /// It is not imported with the others that came; they may still look values up in it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub left_out: bool,
    /// Its columns and what each is taken to mean.
    pub columns: Vec<ShownColumn>,
    /// What its columns mean and by which rules its rows are read, as TOML.
    pub mapping: String,
    /// What a person has to say before it can run.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<String>,
    /// Rows in the file; 0 before they were counted.
    pub rows: i64,
    /// Rows done in the step under way.
    pub done: i64,
    /// Of a run that did not end: the rows from the beginning of the file that are in, by whichever try. Running it
    /// again finds them and goes on. -1 where taking it back began and did not end, so that no row marks what is in.
    pub written: i64,
    /// The import that was started before and must end first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting_for: Option<Before>,
    /// Relationships that still wait to be decided; absent before it ran.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undecided: Option<i64>,
    /// What the dry run said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned: Option<Outcome>,
    /// What the import did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<Outcome>,
    /// After a dry run: how the day that counts as now would move for everybody on the service line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moves: Option<Moves>,
    /// What taking it back came to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undone: Option<Undone>,
    /// Why it stopped.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub failure: String,
    /// When it was received.
    pub received: String,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished: Option<String>,
}

/// An import that another one waits for.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Before {
    /// Its id.
    pub id: String,
    /// The name of its file.
    pub name: String,
}

/// A column of a file.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ShownColumn {
    /// Its name.
    pub name: String,
    /// What it is taken to mean; absent for one that is not imported.
    pub meaning: Option<String>,
    /// Why.
    pub reason: String,
    /// A few of its values; none for readers.
    pub samples: Vec<String>,
    /// Rows that have a value.
    pub filled: u64,
    /// How sure the meaning is, 0 to 100.
    #[serde(default)]
    pub confidence: u8,
    /// The lookup by which it is found in another table; absent for a column of the file itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found_in: Option<String>,
}

impl ShownColumn {
    /// A column as it was proposed.
    pub fn proposed(column: &propose::Column) -> ShownColumn {
        ShownColumn {
            name: column.name.clone(),
            meaning: column.meaning.map(|meaning| meaning.as_str().to_owned()),
            reason: column.reason.clone(),
            samples: column.samples.clone(),
            filled: column.filled,
            confidence: column.confidence,
            found_in: None,
        }
    }
}

/// Gives the columns the meaning that a mapping has for them; `because` is the reason of those it changes, or of all
/// that are imported where it says so.
pub(super) fn give_meaning(columns: &mut [ShownColumn], mapping: &Mapping, because: &str, all: bool) {
    let names = names(columns);
    for column in columns {
        let meaning = mapping.meaning_of(&column.name, &names).map(|meaning| meaning.as_str().to_owned());
        if meaning != column.meaning || all {
            because.clone_into(&mut column.reason);
            column.meaning = meaning;
        }
        if let Some(meaning) = mapping.further(&column.name) {
            column.reason = propose::further(meaning);
        }
    }
}

/// The names of the columns, in the order of the file.
pub(super) fn names(columns: &[ShownColumn]) -> Vec<String> {
    columns.iter().map(|column| column.name.clone()).collect()
}

/// The names of the columns of an import, as the key under which its mapping is remembered.
pub(super) fn column_names(run: &Run) -> String {
    names(&own_columns(run)).join(BETWEEN)
}

/// Lists imports.
///
/// # Errors
/// `store.statement`.
pub fn list(cx: &Context, tx: &mut Tx<'_>, input: List) -> Result<Page<ShownImport>> {
    let limit = input.limit.unwrap_or(50).clamp(1, 200);
    let mut runs = store::list(tx, input.after.unwrap_or(i64::MAX), limit + 1)?;
    let more = i64::try_from(runs.len()).is_ok_and(|found| limit < found);
    runs.truncate(usize::try_from(limit).unwrap_or(200));
    let next = runs.last().filter(|_| more).map(|last| last.id.0.to_string());
    let sight = Sight::of(cx, tx)?;
    let rows = runs.into_iter().map(|run| shown(cx, run, None, sight)).collect();
    Ok(Page { rows, next })
}

pub(super) fn shown(cx: &Context, run: Run, undecided: Option<i64>, sight: Sight) -> ShownImport {
    let is_open = sight.opens(&run);
    let dialect: Dialect = serde_json::from_str(&run.dialect).unwrap_or_default();
    let mapping = Mapping::draft(&run.mapping).ok();
    let dates = mapping.as_ref().map(|mapping| mapping.formats.dates);
    let columns: Vec<ShownColumn> = serde_json::from_str(&run.columns).unwrap_or_default();
    let import = ShownImport {
        id: cx.codes.write(run.id),
        read_as: dialect.sentence(dates),
        recognised: mapping.and_then(|mapping| ready::recognised(&names(&columns), &mapping)),
        closed: false,
        bundle: (run.bundle != 0).then(|| cx.codes.write(run.lead())),
        table: run.table,
        left_out: run.left_out,
        undone: None,
        moves: None,
        columns,
        questions: serde_json::from_str(&run.questions).unwrap_or_default(),
        planned: serde_json::from_str(&run.planned).ok(),
        result: serde_json::from_str(&run.result).ok(),
        received: Moment::at(run.created_at).iso(),
        finished: (run.finished_at != 0).then(|| Moment::at(run.finished_at).iso()),
        state: run.state.as_str().to_owned(),
        name: run.name,
        sha256: run.sha256,
        bytes: run.bytes,
        mapping: run.mapping,
        rows: run.total,
        done: run.done,
        written: run.written,
        waiting_for: None,
        undecided,
        failure: run.failure,
    };
    sight.narrow(is_open, import)
}

pub(super) const VIEW: Head = Head {
    sentence: "Shows an import: how the file is read, what its columns mean, what the dry run and the run counted.",
    examples: &["mainstay import imp_x7Kq2"],
    ..head("import.view", Act::Read, Method::Get, "/imports/{id}", "import {id}")
};

/// An import by its id.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// The id of the import.
    pub id: String,
}

/// Shows an import.
///
/// # Errors
/// `imports.none`.
pub fn view(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<ShownImport> {
    let run = store::find(tx, cx.codes.read(&input.id)?)?;
    let undecided = if matches!(run.state, State::Done | State::Undone) {
        let together = store::parts(tx, run.lead())?;
        Some(undecided(cx, tx, &together)?)
    } else {
        None
    };
    let sight = Sight::of(cx, tx)?;
    let before = if run.state == State::Running { ahead(tx, &run)? } else { None };
    let waiting_for = before.map(|before| Before { id: cx.codes.write(before.id), name: before.name });
    let undone = match run.state {
        State::Undone if sight.opens(&run) => undo::outcome(tx, run.id)?,
        _ => None,
    };
    let moves = if run.state == State::Planned && sight.opens(&run) { moves(tx, &run)? } else { None };
    Ok(ShownImport { waiting_for, undone, moves, ..shown(cx, run, undecided, sight) })
}

/// How the now of a service line would move.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Moves {
    /// The name of the line.
    pub line: String,
    /// The day that counts as now.
    pub from: String,
    /// The day that would count as now: everybody on the line is judged from there.
    pub to: String,
}

/// Where a line stands at the end of its data, a file with later days moves it for everybody, of whatever source.
fn moves(tx: &mut Tx<'_>, run: &Run) -> Result<Option<Moves>> {
    let planned: Outcome = serde_json::from_str(&run.planned).unwrap_or_default();
    let Ok(mapping) = Mapping::draft(&run.mapping) else { return Ok(None) };
    let line = timeline::store::line_of_name(tx, &mapping.fixed.line)?.filter(|line| !line.live);
    let Some((line, from)) = line.and_then(|line| line.last_day.map(|day| (line.name, day.to_string())))
    else {
        return Ok(None);
    };
    Ok((from < planned.until).then_some(Moves { line, from, to: planned.until }))
}
