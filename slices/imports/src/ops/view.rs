//! Looking at imports, changing their mapping, and asking for the next step.

use ::store::{DataClass, Tx, queue};
use kernel::{Context, Moment, Page, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use timeline::LineId;

use super::run::{PLAN_JOB, RUN_JOB};
use crate::{
    Dialect, Mapping, propose,
    run::{ImportId, Outcome, Run, State},
    store,
};

const fn head(
    name: &'static str,
    act: Act,
    method: Method,
    path: &'static str,
    command: &'static str,
) -> Head {
    Head {
        name,
        act,
        method,
        path,
        command,
        permission: match act {
            Act::Read => Permission::Read,
            _ => Permission::Write,
        },
        class: DataClass::Business,
        sentence: "",
        examples: &[],
    }
}

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
    /// received, dry run, dry run done, running, done, failed.
    pub state: String,
    /// How the file is read, in a sentence.
    pub read_as: String,
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
    /// Relationships that still wait to be decided.
    pub undecided: i64,
    /// What the dry run said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned: Option<Outcome>,
    /// What the import did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<Outcome>,
    /// Why it stopped.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub failure: String,
    /// When it was received.
    pub received: String,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished: Option<String>,
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
    /// A few of its values.
    pub samples: Vec<String>,
    /// Rows that have a value.
    pub filled: u64,
    /// Rows in all.
    #[serde(default)]
    pub confidence: u8,
}

impl ShownColumn {
    /// A column as it was proposed, or as a mapping that was given has it.
    pub fn of(column: &propose::Column, mapping: Option<&Mapping>) -> ShownColumn {
        let given = mapping.map(|mapping| {
            let found = mapping.columns.iter().find(|(_, name)| **name == column.name);
            found.map(|(meaning, _)| meaning.as_str().to_owned())
        });
        let proposed = || column.meaning.map(|meaning| meaning.as_str().to_owned());
        ShownColumn {
            name: column.name.clone(),
            reason: if given.is_some() { "as last time".to_owned() } else { column.reason.clone() },
            meaning: given.unwrap_or_else(proposed),
            samples: column.samples.clone(),
            filled: column.filled,
            confidence: column.confidence,
        }
    }
}

/// The names of the columns of an import, as the key under which its mapping is remembered.
pub(super) fn column_names(run: &Run) -> String {
    let columns: Vec<ShownColumn> = serde_json::from_str(&run.columns).unwrap_or_default();
    columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join("\u{1f}")
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
    let rows = runs.into_iter().map(|run| shown(cx, run, 0)).collect();
    Ok(Page { rows, next })
}

fn shown(cx: &Context, run: Run, undecided: i64) -> ShownImport {
    let dialect: Dialect = serde_json::from_str(&run.dialect).unwrap_or_default();
    let dates = Mapping::from_toml(&run.mapping).ok().map(|mapping| mapping.formats.dates);
    ShownImport {
        id: cx.codes.write(run.id),
        read_as: dialect.sentence(dates),
        columns: serde_json::from_str(&run.columns).unwrap_or_default(),
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
        undecided,
        failure: run.failure,
    }
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
    let undecided = if run.state == State::Done { store::undecided(tx, LineId::new(run.line))? } else { 0 };
    Ok(shown(cx, run, undecided))
}

pub(super) const REJECTIONS: Head = Head {
    sentence: "Lists the rows of an import that could not be read, each with its column, its value and the reason.",
    examples: &["mainstay import imp_x7Kq2 rejections"],
    class: DataClass::Personal,
    ..head("import.rejections", Act::Read, Method::Get, "/imports/{id}/rejections", "import {id} rejections")
};

/// A page of rejected rows.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rejections {
    /// The id of the import.
    pub id: String,
    /// Where the page begins: `next` of the page before.
    #[serde(default)]
    pub after: Option<i64>,
    /// Rows on a page, at most 1000; 100 when absent.
    #[serde(default)]
    pub limit: Option<i64>,
}

/// A rejected row.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownRejection {
    /// The record in the file, the first after the header being 1.
    pub row: i64,
    /// The column at fault, where it is one.
    pub column: Option<String>,
    /// What stands there.
    pub value: String,
    /// Why it cannot be read.
    pub reason: String,
}

/// Lists rejected rows.
///
/// # Errors
/// `imports.none`.
pub fn rejections(cx: &Context, tx: &mut Tx<'_>, input: Rejections) -> Result<Page<ShownRejection>> {
    let run = store::find(tx, cx.codes.read(&input.id)?)?;
    let limit = input.limit.unwrap_or(100).clamp(1, 1000);
    let mut rows = store::rejections(tx, run.id, input.after.unwrap_or(-1), limit + 1)?;
    let more = i64::try_from(rows.len()).is_ok_and(|found| limit < found);
    rows.truncate(usize::try_from(limit).unwrap_or(1000));
    let next = rows.last().filter(|_| more).map(|last| last.row.to_string());
    let shown = rows.into_iter().map(|rejection| ShownRejection {
        row: rejection.row,
        column: rejection.column,
        value: rejection.value,
        reason: rejection.reason,
    });
    Ok(Page { rows: shown.collect(), next })
}

pub(super) const MAPPING: Head = Head {
    sentence: "Says what the columns of a file mean and by which rules its rows are read, as TOML.",
    examples: &["mainstay import imp_x7Kq2 mapping --mapping \"$(cat shop.toml)\""],
    ..head("import.mapping", Act::Write, Method::Put, "/imports/{id}/mapping", "import {id} mapping")
};

/// A mapping for an import.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetMapping {
    /// The id of the import.
    pub id: String,
    /// The mapping, as TOML.
    pub mapping: String,
}

/// Sets the mapping of an import; what a dry run said before no longer holds.
///
/// # Errors
/// `imports.mapping` and its like, naming the key and what is allowed; `imports.state` while it is under way.
pub fn set_mapping(cx: &Context, tx: &mut Tx<'_>, input: SetMapping) -> Result<ShownImport> {
    let run = store::find(tx, cx.codes.read(&input.id)?)?;
    run.must_rest()?;
    let mapping = Mapping::from_toml(&input.mapping)?;
    mapping.check()?;
    let mut columns: Vec<ShownColumn> = serde_json::from_str(&run.columns).unwrap_or_default();
    for column in &mut columns {
        let found = mapping.columns.iter().find(|(_, name)| **name == column.name);
        let meaning = found.map(|(meaning, _)| meaning.as_str().to_owned());
        if meaning != column.meaning {
            column.meaning = meaning;
            "as you said".clone_into(&mut column.reason);
        }
    }
    let columns = serde_json::to_string(&columns).unwrap_or_default();
    let changes = [
        ("mapping", (&input.mapping).into()),
        ("columns", (&columns).into()),
        ("questions", "[]".into()),
        ("state", State::Received.as_str().into()),
        ("planned", "".into()),
        ("failure", "".into()),
    ];
    store::update(tx, run.id, &changes)?;
    store::clear_rejections(tx, run.id)?;
    view(cx, tx, Named { id: input.id })
}

pub(super) const PLAN: Head = Head {
    sentence: "Makes a dry run of an import: counts exactly what the run would do, and writes nothing.",
    examples: &["mainstay import imp_x7Kq2 plan"],
    ..head("import.plan", Act::Write, Method::Post, "/imports/{id}/plan", "import {id} plan")
};

/// Asks for a dry run; it is made in the background.
///
/// # Errors
/// `imports.none`, `imports.state`, `imports.mapping` for a mapping that still lacks something.
pub fn ask_plan(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<ShownImport> {
    ask(cx, tx, input, State::Planning, PLAN_JOB)
}

pub(super) const RUN: Head = Head {
    sentence: "Runs an import: exactly what its dry run counted.",
    examples: &["mainstay import imp_x7Kq2 run"],
    ..head("import.run", Act::Write, Method::Post, "/imports/{id}/run", "import {id} run")
};

/// Asks for the run; it is made in the background.
///
/// # Errors
/// As [`ask_plan`].
pub fn ask_run(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<ShownImport> {
    ask(cx, tx, input, State::Running, RUN_JOB)
}

fn ask(cx: &Context, tx: &mut Tx<'_>, input: Named, state: State, job: &str) -> Result<ShownImport> {
    let run = store::find(tx, cx.codes.read(&input.id)?)?;
    run.must_rest()?;
    Mapping::from_toml(&run.mapping)?.check()?;
    store::clear_rejections(tx, run.id)?;
    let changes = [("state", state.as_str().into()), ("failure", "".into()), ("done", 0.into())];
    store::update(tx, run.id, &changes)?;
    queue::put(tx, job, &run.id.0.to_string(), cx.now.micros)?;
    view(cx, tx, input)
}

pub(super) const DISCARD: Head = Head {
    sentence: "Puts a file away that was received and did not run.",
    examples: &["mainstay import imp_x7Kq2 discard"],
    ..head("import.discard", Act::Write, Method::Delete, "/imports/{id}", "import {id} discard")
};

/// Puts a file away.
///
/// # Errors
/// `imports.none`, `imports.state` for one that ran or runs: its rows name it.
pub fn discard(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<ShownImport> {
    let run = store::find(tx, cx.codes.read(&input.id)?)?;
    run.must_rest()?;
    if run.line != 0 {
        let text = format!("import of {} wrote rows before it stopped; run it again instead", run.name);
        return Err(Problem::conflict("imports.state", text));
    }
    store::delete(tx, run.id)?;
    Ok(shown(cx, run, 0))
}

/// How far the step under way has come.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Progress {
    /// Rows, then relationships, done.
    pub done: i64,
    /// Of so many.
    pub total: i64,
    /// That in words.
    pub words: String,
    /// What is being done.
    pub note: String,
    /// Where to go when nothing is under way any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished: Option<String>,
}

/// How far an import has come.
///
/// # Errors
/// `imports.none`.
pub fn progress(cx: &Context, tx: &mut Tx<'_>, id: ImportId) -> Result<Progress> {
    let run = store::find(tx, id)?;
    let here = format!("/imports/{}", cx.codes.write(id));
    let rows = |note: &str| Progress {
        done: run.done,
        total: run.total,
        words: format!("{} of {} rows", run.done, run.total),
        note: note.to_owned(),
        finished: None,
    };
    Ok(match run.state {
        State::Planning => rows("Counting what the import would do. You can leave this page."),
        State::Running => rows("Writing the rows. You can leave this page."),
        State::Done => {
            let waiting = store::undecided(tx, LineId::new(run.line))?;
            let finished = (waiting == 0).then_some(here);
            let words = format!("{waiting} relationships to decide");
            Progress {
                done: run.done,
                total: run.total,
                words,
                note: "Deciding who is what.".into(),
                finished,
            }
        }
        State::Received | State::Planned | State::Failed => Progress { finished: Some(here), ..rows("") },
    })
}
