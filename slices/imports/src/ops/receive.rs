//! Receiving a file: it is kept as it came, under the hash of its bytes, and looked at; nothing is written of it yet.

use std::{
    fs::{self, File},
    io::{self, Cursor, Read},
    path::{Path, PathBuf},
};

use kernel::{Context, Permission, Problem, Result};
use sha2::{Digest, Sha256};
use slice::House;

use crate::{
    Dialect, Mapping, Source,
    given::Given,
    ops::{
        unpack::unpack,
        view::{ShownColumn, give_meaning, names},
    },
    propose::{Proposal, propose_with},
    run::{ImportId, Run, State},
    store,
    table::Table,
};

/// A file that was received.
#[derive(Debug)]
pub struct Received {
    /// The import that it began.
    pub id: ImportId,
}

/// Takes over the file at `path`, which is moved (or copied, where it lies on another disk) into the house.
///
/// # Errors
/// `imports.*` for a file that no table can be read from, naming the file, what is wrong with it and what to do; then
/// nothing of it is kept.
pub fn receive(
    cx: &Context,
    house: &House,
    name: &str,
    path: &Path,
    mapping: Option<&str>,
) -> Result<Received> {
    cx.require(Permission::Write, "bringing in a file")?;
    let (sha256, bytes) = hash(path)?;
    let table = only_table(name, unpack(name, path, &house.files)?)?;
    let remembered = |columns: &str| house.store.read(cx, |tx| store::remembered(tx, columns));
    let seen = look(name, &table, mapping, &remembered)?;
    keep(path, &house.files.join(&sha256))?;
    let derived = (table.file != path).then(|| table.file.file_name()).flatten();
    let sha256 = derived.map_or(sha256, |file| file.to_string_lossy().into_owned());
    let run = Run {
        id: ImportId::new(0),
        name: name.to_owned(),
        sha256,
        bytes,
        state: State::Received,
        dialect: json(&seen.dialect)?,
        mapping: seen.mapping,
        columns: json(&seen.columns)?,
        questions: json(&seen.questions)?,
        total: seen.rows,
        done: 0,
        written: 0,
        planned: String::new(),
        result: String::new(),
        failure: String::new(),
        line: 0,
        by: cx.actor.number(),
        created_at: 0,
        finished_at: 0,
    };
    let id = house.store.write(cx, |tx| {
        let id = store::insert(cx, tx, &run)?;
        timeline::store::keep_source(tx, id.0, name)?;
        Ok(id)
    })?;
    Ok(Received { id })
}

/// The table of a file that holds one.
fn only_table(name: &str, mut tables: Vec<Table>) -> Result<Table> {
    let names: Vec<_> = tables.iter().map(|table| table.name.clone()).collect();
    let first = if tables.is_empty() { None } else { Some(tables.swap_remove(0)) };
    first.filter(|_| names.len() == 1).ok_or_else(|| {
        let text = format!("{name} holds several tables ({}); bring them in one by one", names.join(", "));
        Problem::invalid("file", "imports.several", text)
    })
}

/// Opens a kept file.
///
/// # Errors
/// `imports.gone` when it is no longer there.
pub(super) fn open_kept(files: &Path, run: &Run) -> Result<Source> {
    let file = File::open(files.join(&run.sha256)).map_err(|cause| {
        let text = format!("the kept copy of {} cannot be opened ({cause}); send the file again", run.name);
        Problem::conflict("imports.gone", text)
    })?;
    Source::new(&run.name, file)
}

/// How the file of an import is written.
pub(super) fn dialect_of(run: &Run) -> Result<Dialect> {
    serde_json::from_str(&run.dialect).map_err(|cause| {
        Problem::internal("imports.dialect", "how the file is written cannot be read back").because(cause)
    })
}

/// What a look at the file found.
struct Seen {
    dialect: Dialect,
    mapping: String,
    columns: Vec<ShownColumn>,
    questions: Vec<String>,
    /// Rows in the file; 0 where it breaks off before its end.
    rows: i64,
}

fn look(
    name: &str,
    table: &Table,
    given: Option<&str>,
    remembered: &dyn Fn(&str) -> Result<Option<String>>,
) -> Result<Seen> {
    let path = table.file.as_path();
    let source = source(name, path)?;
    let dialect = table.dialect(&source)?;
    let given = given.map(Given::read).transpose()?;
    let proposal = proposal(name, path, source, &dialect, given.as_ref());
    if let Some(given) = given {
        return by_given(dialect, &given, proposal);
    }
    let (proposal, broken) = proposal?;
    let rows = rows(&proposal, &broken);
    let columns_of: Vec<_> = proposal.columns.iter().map(|column| column.name.as_str()).collect();
    let known = remembered(&columns_of.join("\u{1f}"))?
        .and_then(|text| Mapping::from_toml(&text).ok().zip(Some(text)));
    if let Some((mapping, text)) = known {
        let columns = columns(&proposal, Some((&mapping, "as last time")));
        let questions = broken.into_iter().collect();
        return Ok(Seen { dialect, mapping: text, columns, questions, rows });
    }
    let asked = proposal.questions.iter().map(|question| question.text.clone());
    let questions = broken.into_iter().chain(asked).collect();
    let columns = columns(&proposal, None);
    Ok(Seen { mapping: proposal.mapping.to_toml()?, columns, questions, dialect, rows })
}

/// A file with a mapping that was given: whole, or laid over what is proposed.
fn by_given(dialect: Dialect, given: &Given, proposal: Result<(Proposal, Option<String>)>) -> Result<Seen> {
    let (proposal, broken) = match proposal {
        Ok(found) => found,
        // What is wrong with the file is said when it is read by this mapping.
        Err(_) if given.is_whole() => {
            let mapping = given.over(&given.mapping)?;
            return Ok(Seen { dialect, mapping, columns: Vec::new(), questions: Vec::new(), rows: 0 });
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
    Ok(Seen { dialect, mapping: text, columns, questions, rows })
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
            let head = self::source(name, path)?.head().to_vec();
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

impl Source {
    /// Opens the file at `path`.
    ///
    /// # Errors
    /// `imports.open` where it cannot be opened, and whatever [`Source::new`] refuses.
    pub fn open(path: &Path) -> Result<Source> {
        source(&path.file_name().unwrap_or(path.as_os_str()).to_string_lossy(), path)
    }
}

fn source(name: &str, path: &Path) -> Result<Source> {
    Source::new(name, File::open(path).map_err(|cause| unopened(name, cause))?)
}

pub(super) fn unopened(name: &str, cause: io::Error) -> Problem {
    let text = format!("cannot open {name}: {cause}; check that it is there and can be read");
    Problem::invalid("file", "imports.open", text).because(cause)
}

/// The SHA-256 of a file, as digits, and how many bytes it has.
pub(super) fn hash(path: &Path) -> Result<(String, i64)> {
    let failed = |cause: io::Error| {
        let text = format!("cannot read {}: {cause}; check that it is there and can be read", path.display());
        Problem::invalid("file", "imports.open", text)
    };
    let mut file = File::open(path).map_err(failed)?;
    let (mut hash, mut bytes) = (Sha256::new(), 0i64);
    let mut chunk = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut chunk).map_err(failed)?;
        if read == 0 {
            break;
        }
        hash.update(&chunk[..read]);
        bytes += i64::try_from(read).unwrap_or(0);
    }
    let digits = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((digits, bytes))
}

/// Puts the file in its place in one step, so that no half of it is ever taken for the whole.
fn keep(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        return Ok(());
    }
    let failed = |cause: io::Error| {
        let text =
            format!("cannot keep the file in {}: {cause}; make room or choose another folder", to.display());
        Problem::internal("imports.keep", text)
    };
    let part = PathBuf::from(format!("{}.part", to.display()));
    fs::copy(from, &part).map_err(failed)?;
    File::open(&part).and_then(|file| file.sync_all()).map_err(failed)?;
    fs::rename(&part, to).map_err(failed)
}

fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|cause| {
        Problem::internal("imports.json", "what was found cannot be written down").because(cause)
    })
}
