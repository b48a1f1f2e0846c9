//! Receiving files: each is kept as it came, under the hash of its bytes, and looked at; nothing is written of them yet.

mod anew;
mod copies;
mod joined;
mod look;
mod numberings;
mod resolved;
mod together;
mod unwanted;

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use kernel::{Context, Problem, Result};
use sha2::{Digest, Sha256};
use slice::House;

pub(super) use self::anew::{Anew, anew, guessed_columns};
use self::look::Seen;
pub use self::together::receive_all;
use crate::{
    Dialect, Mapping, Records, Source,
    bundle::{is_called, title},
    join::Joins,
    ops::unpack::unpack,
    run::{ImportId, Run, State},
    table::Table,
};

/// A file on its way in.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'a> {
    /// Its name as people know it.
    pub name: &'a str,
    /// Where it lies; it is copied into the house.
    pub path: &'a Path,
}

/// Files that were received.
#[derive(Debug)]
pub struct Received {
    /// The import that they began, the first of those that came together.
    pub id: ImportId,
    /// Every import that they began, in the order in which they came.
    pub parts: Vec<ImportId>,
    /// Files that could not be read, by their place, and why; nothing of them is kept.
    pub refused: Vec<(usize, Problem)>,
    /// Files that only tell of the others; nothing of them is kept.
    pub aside: Vec<String>,
    /// Why the one table that came should rather not be imported; whoever asks nobody before they run it should not.
    pub doubt: Option<String>,
    /// Why nothing of what came can be recorded as it is, where that is so. It is kept all the same, so that a person may
    /// say how it is read or what its columns mean.
    pub unknown: Option<Problem>,
}

/// Takes over the file at `path`, which is copied into the house; one that holds several tables is as many files that
/// came together.
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
    receive_all(cx, house, &[Incoming { name, path }], mapping)
}

/// A table that came: where its text lies, and what the file is that holds it.
#[derive(Clone, Debug)]
pub(super) struct Came {
    /// The name of its file.
    name: String,
    sha256: String,
    bytes: i64,
    /// Where the file lies.
    path: PathBuf,
    text: Table,
}

impl Came {
    /// The tables of a file.
    fn of(house: &House, file: Incoming<'_>) -> Result<Vec<Came>> {
        let (sha256, bytes) = hash(file.path)?;
        let tables = unpack(file.name, file.path, &house.files)?;
        let is_only = tables.len() == 1;
        let came = tables.into_iter().map(|text| Came {
            name: file.name.to_owned(),
            sha256: sha256.clone(),
            bytes,
            path: file.path.to_owned(),
            text: if is_only { Table { name: String::new(), ..text } } else { text },
        });
        Ok(came.collect())
    }

    /// The name under which its text is kept; empty where that is the file itself.
    fn kept(&self) -> String {
        let derived = (self.text.file != self.path).then(|| self.text.file.file_name()).flatten();
        derived.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// The name under which others look values up in it.
    fn title(&self) -> String {
        title(&self.name, &self.text.name)
    }

    /// As an import that begins.
    fn run(self, cx: &Context, seen: Seen) -> Result<Run> {
        let kept = self.kept();
        Ok(Run {
            id: ImportId::new(0),
            name: self.name,
            sha256: self.sha256,
            bytes: self.bytes,
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
            bundle: 0,
            part: 0,
            table: self.text.name,
            kept,
            left_out: seen.is_unknown,
        })
    }
}

/// The records of an import.
///
/// # Errors
/// `imports.gone` when the kept file is no longer there, and whatever [`Records::open`] refuses.
pub(super) fn records(files: &Path, run: &Run) -> Result<Records> {
    Records::open(open_kept(files, run)?, &dialect_of(run)?)
}

/// The tables in which a mapping looks values up, of those that came together.
///
/// # Errors
/// As [`Joins::load`].
pub(super) fn joins(files: &Path, parts: &[Run], run: &Run, mapping: &Mapping) -> Result<Option<Arc<Joins>>> {
    if mapping.lookups.is_empty() {
        return Ok(None);
    }
    let open = |table: &str| {
        let is_it = |part: &&Run| part.id != run.id && is_called(part, table);
        parts.iter().find(is_it).map(|part| records(files, part)).transpose()
    };
    Joins::load(mapping, records(files, run)?.names(), &open)
}

/// Opens a kept file.
///
/// # Errors
/// `imports.gone` when it is no longer there.
fn open_kept(files: &Path, run: &Run) -> Result<Source> {
    let file = File::open(files.join(run.kept_name())).map_err(|cause| {
        let text =
            speech::say!("the kept copy of {} cannot be opened ({cause}); send the file again", run.name);
        Problem::conflict("imports.gone", text)
    })?;
    Source::new(&run.name, file)
}

/// How the file of an import is written.
fn dialect_of(run: &Run) -> Result<Dialect> {
    serde_json::from_str(&run.dialect).map_err(|cause| {
        Problem::internal("imports.dialect", "how the file is written cannot be read back").because(cause)
    })
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
