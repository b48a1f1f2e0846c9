//! Where the tables of a file are put while it is unpacked, and found again.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use kernel::{Problem, Result};
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::{
    file::too_large,
    limit,
    table::{Known, Table},
};

/// How tables are derived: a later way gives them anew.
const WAY: u32 = 1;

/// How what is being written is called until it is whole; what a program that died left is swept away by this name.
const UNFINISHED: &str = "incoming-";

/// No file gives more tables than this.
const MOST_TABLES: usize = 500;

/// The tables of one file, under names made of its digest and their place in it.
pub(super) struct Shelf<'i> {
    name: &'i str,
    into: &'i Path,
    digest: &'i str,
    /// How many bytes the file has as it came.
    packed: u64,
    /// How many bytes came out of it so far.
    out: Arc<AtomicU64>,
    tables: Vec<(Table, NamedTempFile)>,
    /// What concerns the whole file.
    notes: Vec<String>,
}

/// What stands on the shelf, written down last, so that it is there whole or not at all.
#[derive(Serialize, Deserialize)]
struct Listed {
    way: u32,
    tables: Vec<Table>,
}

impl<'i> Shelf<'i> {
    pub fn new(name: &'i str, into: &'i Path, digest: &'i str, packed: u64) -> Shelf<'i> {
        let out = Arc::new(AtomicU64::new(0));
        Shelf { name, into, digest, packed, out, tables: Vec::new(), notes: Vec::new() }
    }

    fn list(&self) -> PathBuf {
        self.into.join(format!("{}.tables", self.digest))
    }

    /// The tables, where they were derived before and are all there.
    pub fn kept(&self) -> Option<Vec<Table>> {
        let listed: Listed = serde_json::from_slice(&fs::read(self.list()).ok()?).ok()?;
        let place = |table: Table| Table { file: self.into.join(&table.file), ..table };
        let tables: Vec<Table> = listed.tables.into_iter().map(place).collect();
        (listed.way == WAY && tables.iter().all(|table| table.file.is_file())).then_some(tables)
    }

    /// A new file to write to; it is gone again unless it is kept.
    pub fn begin(&self) -> Result<Writing> {
        let file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(self.into);
        let file = file.map_err(|cause| self.unwritten(&cause))?;
        let metered = Metered { file, packed: self.packed, out: Arc::clone(&self.out) };
        Ok(Writing(BufWriter::with_capacity(64 * 1024, metered)))
    }

    /// Keeps what was written as the next table.
    pub fn keep(&mut self, name: &str, known: Known, notes: Vec<String>, file: NamedTempFile) -> Result<()> {
        if MOST_TABLES <= self.tables.len() {
            let text = format!("{} holds more than {MOST_TABLES} tables; bring in those you need", self.name);
            return Err(Problem::invalid("file", "imports.too_many", text));
        }
        let table = Table { name: name.to_owned(), file: PathBuf::new(), known, notes };
        self.tables.push((table, file));
        Ok(())
    }

    /// Says something about the whole file.
    pub fn note(&mut self, text: String) {
        self.notes.push(text);
    }

    /// Whether nothing was kept so far.
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// Gives everything its place.
    pub fn finish(mut self) -> Result<Vec<Table>> {
        let mut tables = Vec::new();
        for (at, (mut table, file)) in std::mem::take(&mut self.tables).into_iter().enumerate() {
            if at == 0 {
                table.notes.splice(0..0, std::mem::take(&mut self.notes));
            }
            let place = format!("{}.{}", self.digest, at + 1);
            self.settle(file, &self.into.join(&place))?;
            tables.push(Table { file: place.into(), ..table });
        }
        let listed = Listed { way: WAY, tables };
        let text = serde_json::to_vec(&listed).map_err(|cause| self.unwritten(&cause.into()))?;
        let mut list = self.begin()?;
        list.write_all(&text).map_err(|cause| self.unwritten(&cause))?;
        self.settle(self.ended(list)?, &self.list())?;
        let place = |table: Table| Table { file: self.into.join(&table.file), ..table };
        Ok(listed.tables.into_iter().map(place).collect())
    }

    /// What was written, to its last byte.
    pub fn ended(&self, writing: Writing) -> Result<NamedTempFile> {
        let inner = writing.0.into_inner().map_err(|error| self.unwritten(error.error()))?;
        Ok(inner.file)
    }

    fn settle(&self, file: NamedTempFile, place: &Path) -> Result<()> {
        file.as_file().sync_all().map_err(|cause| self.unwritten(&cause))?;
        file.persist(place).map_err(|failed| self.unwritten(&failed.error))?;
        Ok(())
    }

    /// The problem of a file whose tables cannot be written.
    pub fn unwritten(&self, cause: &io::Error) -> Problem {
        if cause.kind() == io::ErrorKind::FileTooLarge {
            return too_large(self.name);
        }
        let text = format!(
            "what is in {} cannot be written to the disk: {cause}; make room and send it again",
            self.name
        );
        Problem::internal("imports.keep", text)
    }
}

/// A file that is being written.
pub(super) struct Writing(BufWriter<Metered>);

impl Write for Writing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Counts what is written, and goes no further than tables do.
struct Metered {
    file: NamedTempFile,
    packed: u64,
    out: Arc<AtomicU64>,
}

impl Write for Metered {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.as_file_mut().write(bytes)?;
        let out = self.out.fetch_add(written as u64, Ordering::Relaxed) + written as u64;
        limit::check(self.packed, out)?;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        File::flush(self.file.as_file_mut())
    }
}
