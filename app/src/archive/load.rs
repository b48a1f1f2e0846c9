//! An archive taken in: into a house that knows nothing yet, whole or not at all.

use std::{
    fs::{self, File},
    io::{BufReader, Read, sink},
    path::Path,
};

use kernel::{Problem, Result};
use sha2::{Digest, Sha256};
use slice::Slice;
use store::{DataClass, Table, Tx, archive, dump};
use timeline::{LineId, store as timeline_store};

use super::{FORMAT, MANIFEST, Manifest, Part, cell, failed, tables};
use crate::config::Open;

/// Rows that are inserted at once.
const CHUNK: usize = 2_000;

/// Makes the house what the archive in `folder` says.
///
/// # Errors
/// `archive.*` for a house that knows something already, for an archive of another form, or one that was changed; then
/// the house is as it was.
pub fn load(open: &Open, folder: &Path) -> Result<Manifest> {
    let manifest = manifest(folder)?;
    let tables = tables(&open.slices);
    fits(&manifest, &tables)?;
    for part in &manifest.tables {
        unchanged(folder, part)?;
    }
    let cx = open.house.context();
    let known = crate::slices::tables(&open.slices);
    open.house.store.read(&cx, |tx| {
        must_be_new(tx, &open.slices)?;
        same_shape(&manifest, archive::schema(tx)?)
    })?;
    let files = copied(folder, &open.house.files)?;
    let answer = open.house.store.write(&cx, |tx| {
        must_be_new(tx, &open.slices)?;
        for table in secrets(&open.slices).chain(tables.iter().copied()) {
            archive::clear(tx, table)?;
        }
        for (table, part) in tables.iter().zip(&manifest.tables) {
            take_in(tx, table, part, folder)?;
        }
        let summary = dump::canonical(tx, &known, &mut sink())?;
        if summary.sha256 != manifest.canonical_sha256 {
            let text = "what came of the export differs from what was exported; nothing was taken in: make the export again";
            return Err(Problem::conflict("archive.differs", text));
        }
        // Relationships that waited for their decision wait here too.
        for line in timeline_store::lines(tx)? {
            timeline_store::ask_judgement(&cx, tx, LineId::new(line.id.0))?;
        }
        // So do accounts that are to be compared, and those whose words are to be read.
        accounts::ops::searching::ask(&cx, tx)?;
        accounts::ops::indexing::ask(tx)?;
        Ok(())
    });
    if answer.is_err() {
        for file in files {
            drop(fs::remove_file(file));
        }
    }
    answer.map(|()| manifest)
}

fn manifest(folder: &Path) -> Result<Manifest> {
    let path = folder.join(MANIFEST);
    let text = fs::read_to_string(&path).map_err(|cause| failed("reading", &path, &cause))?;
    let changed = || {
        let text = format!("{} is not what export writes; make the export again", path.display());
        Problem::invalid("file", "archive.changed", text)
    };
    let manifest: Manifest = serde_json::from_str(&text).map_err(|cause| changed().because(cause))?;
    if manifest.format != FORMAT {
        let text = format!(
            "the export has form {}, and this program reads form {FORMAT}; read it with Mainstay {}",
            manifest.format, manifest.program
        );
        return Err(Problem::invalid("file", "archive.form", text));
    }
    Ok(manifest)
}

/// Refuses an archive whose tables are not those of this program.
fn fits(manifest: &Manifest, tables: &[&'static Table]) -> Result<()> {
    let same = tables.len() == manifest.tables.len()
        && tables.iter().zip(&manifest.tables).all(|(table, part)| {
            let names = part.columns.iter().map(|(name, _)| name.as_str());
            table.name == part.name && table.columns.iter().map(|column| column.name).eq(names)
        });
    if same { Ok(()) } else { Err(other_version(manifest)) }
}

fn same_shape(manifest: &Manifest, mut here: Vec<(String, i64)>) -> Result<()> {
    let mut there = manifest.schema.clone();
    there.sort();
    here.sort();
    if here == there { Ok(()) } else { Err(other_version(manifest)) }
}

fn other_version(manifest: &Manifest) -> Problem {
    let text = format!(
        "the export was written by Mainstay {} with other tables than this program has; take it in with that version and \
         bring its database up with this one",
        manifest.program
    );
    Problem::invalid("file", "archive.version", text)
}

/// Refuses a file that is not the one that was written.
fn unchanged(folder: &Path, part: &Part) -> Result<()> {
    let path = folder.join("tables").join(format!("{}.csv", part.name));
    let disk = |cause: std::io::Error| failed("reading", &path, &cause);
    let (mut file, mut hash) = (File::open(&path).map_err(disk)?, Sha256::new());
    let mut chunk = vec![0; 64 * 1024];
    loop {
        match file.read(&mut chunk).map_err(disk)? {
            0 => break,
            read => hash.update(&chunk[..read]),
        }
    }
    if hex(&hash.finalize()) == part.sha256 {
        return Ok(());
    }
    let text = format!(
        "{} was changed after it was written; take in the export as it was made, and change what it holds afterwards",
        path.display()
    );
    Err(Problem::invalid("file", "archive.changed", text))
}

/// Refuses a house that knows something, or in which somebody has signed in.
fn must_be_new(tx: &mut Tx<'_>, slices: &[Slice]) -> Result<()> {
    let known = crate::slices::tables(slices);
    for table in known.iter().filter(|table| table.canonical || table.name == "session") {
        let few = if table.name == "person" { 1 } else { 0 };
        let count = archive::count(tx, table)?;
        if few < count {
            let text = format!(
                "this house holds {count} rows of {} already; an export is taken into a new one: name another folder with \
                 --data",
                table.name
            );
            return Err(Problem::conflict("archive.not_new", text));
        }
    }
    Ok(())
}

fn secrets(slices: &[Slice]) -> impl Iterator<Item = &'static Table> {
    crate::slices::tables(slices).into_iter().filter(|table| table.class == DataClass::Secret)
}

/// Inserts the rows of a table.
fn take_in(tx: &mut Tx<'_>, table: &Table, part: &Part, folder: &Path) -> Result<()> {
    let path = folder.join("tables").join(format!("{}.csv", table.name));
    let file = File::open(&path).map_err(|cause| failed("reading", &path, &cause))?;
    let mut reader = csv::ReaderBuilder::new().from_reader(BufReader::new(file));
    let (mut chunk, mut rows) = (Vec::with_capacity(CHUNK), 0);
    for record in reader.records() {
        rows += 1;
        let wrong = |what: &str| {
            let text = format!("row {rows} of {} {what}; make the export again", path.display());
            Problem::invalid("file", "archive.changed", text)
        };
        let record = record.map_err(|cause| wrong("cannot be read").because(cause))?;
        let cells = table.columns.iter().zip(&record).map(|(column, text)| cell::read(column.kind, text));
        chunk.push(cells.collect::<Option<Vec<_>>>().ok_or_else(|| wrong("has a cell of another kind"))?);
        if chunk.len() == CHUNK {
            archive::insert(tx, table, &chunk)?;
            chunk.clear();
        }
    }
    archive::insert(tx, table, &chunk)?;
    if rows == part.rows {
        return Ok(());
    }
    let text =
        format!("{} has {rows} rows, and {} were written; make the export again", path.display(), part.rows);
    Err(Problem::invalid("file", "archive.changed", text))
}

/// Copies the kept files; gives those that were not there.
fn copied(folder: &Path, to: &Path) -> Result<Vec<std::path::PathBuf>> {
    let from = folder.join("files");
    let reading = |cause: std::io::Error| failed("reading", &from, &cause);
    let mut new = Vec::new();
    for entry in fs::read_dir(&from).map_err(reading)? {
        let path = entry.map_err(reading)?.path();
        let Some(name) = path.file_name().filter(|_| path.is_file()) else { continue };
        let to = to.join(name);
        if !to.exists() {
            fs::copy(&path, &to).map_err(|cause| failed("copying a kept file to", &to, &cause))?;
            new.push(to);
        }
    }
    Ok(new)
}

/// Bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
