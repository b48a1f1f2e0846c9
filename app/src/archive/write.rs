//! An archive written: beside its place first, then moved there whole.

use std::{
    fs::{self, File},
    io::{BufWriter, Write, sink},
    path::{Path, PathBuf},
};

use kernel::{Moment, Problem, Result};
use sha2::{Digest, Sha256};
use store::{Table, Tx, archive, dump};

use super::{FORMAT, MANIFEST, Manifest, Part, cell, failed, tables, word};
use crate::config::Open;

/// Writes everything to a folder that is not there yet.
///
/// # Errors
/// `archive.there` when something stands at that place, `archive.disk` when the disk fails; then nothing is left there.
pub fn write(open: &Open, to: &Path) -> Result<Manifest> {
    if to.exists() {
        let text = format!("{} is there already; name a folder that is not, or move it away", to.display());
        return Err(Problem::conflict("archive.there", text));
    }
    let beside = beside(to)?;
    let answer = written(open, &beside).and_then(|manifest| {
        fs::rename(&beside, to).map_err(|cause| failed("moving the export to", to, &cause))?;
        Ok(manifest)
    });
    if answer.is_err() {
        drop(fs::remove_dir_all(&beside));
    }
    answer
}

/// A new folder beside the one that is to be made.
fn beside(to: &Path) -> Result<PathBuf> {
    let Some(name) = to.file_name() else {
        let text = format!("{} is no name for a folder; write one such as export-march", to.display());
        return Err(Problem::invalid("folder", "archive.name", text));
    };
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}", std::process::id()));
    let path = to.with_file_name(hidden);
    for folder in ["tables", "files"] {
        let folder = path.join(folder);
        fs::create_dir_all(&folder).map_err(|cause| failed("making", &folder, &cause))?;
    }
    Ok(path)
}

fn written(open: &Open, folder: &Path) -> Result<Manifest> {
    let cx = open.house.context();
    let tables = tables(&open.slices);
    let known = crate::slices::tables(&open.slices);
    let mut manifest = open.house.store.read(&cx, |tx| {
        let summary = dump::canonical(tx, &known, &mut sink())?;
        Ok(Manifest {
            what: "mainstay export".to_owned(),
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            written: Moment::at(cx.now.micros).iso(),
            canonical_sha256: summary.sha256,
            canonical_lines: summary.lines,
            schema: archive::schema(tx)?,
            tables: tables.iter().map(|table| part(tx, table, folder)).collect::<Result<_>>()?,
            files: 0,
        })
    })?;
    manifest.files = copy(&open.house.files, &folder.join("files"))?;
    let text = serde_json::to_string_pretty(&manifest).map_err(|cause| {
        Problem::internal("archive.json", "what is in the export cannot be written down").because(cause)
    })?;
    for (name, text) in [("README.md", told(&manifest)), (MANIFEST, text + "\n")] {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|cause| failed("writing", &path, &cause))?;
    }
    Ok(manifest)
}

/// Writes the rows of a table.
fn part(tx: &mut Tx<'_>, table: &Table, folder: &Path) -> Result<Part> {
    let path = folder.join("tables").join(format!("{}.csv", table.name));
    let file = File::create(&path).map_err(|cause| failed("writing", &path, &cause))?;
    let mut out = csv::Writer::from_writer(Hashed { out: BufWriter::new(file), hash: Sha256::new() });
    let disk = |cause: csv::Error| failed("writing", &path, &cause.into());
    out.write_record(table.columns.iter().map(|column| column.name)).map_err(disk)?;
    let rows = archive::rows(tx, table, &mut |cells| {
        let texts = table.columns.iter().zip(cells).map(|(column, cell)| cell::written(column.kind, cell));
        out.write_record(texts).map_err(disk)
    })?;
    let mut sink = out.into_inner().map_err(|cause| failed("writing", &path, cause.error()))?;
    sink.out.flush().map_err(|cause| failed("writing", &path, &cause))?;
    let columns = table.columns.iter().map(|column| (column.name.to_owned(), word(column.kind).to_owned()));
    Ok(Part {
        name: table.name.to_owned(),
        columns: columns.collect(),
        rows,
        sha256: super::load::hex(&sink.hash.finalize()),
    })
}

/// Copies the files of a folder, but for what is only on its way in; gives their number.
fn copy(from: &Path, to: &Path) -> Result<u64> {
    let reading = |cause: std::io::Error| failed("reading", from, &cause);
    let mut count = 0;
    for entry in fs::read_dir(from).map_err(reading)? {
        let path = entry.map_err(reading)?.path();
        if let Some(name) = path.file_name().filter(|_| path.is_file()) {
            let to = to.join(name);
            fs::copy(&path, &to).map_err(|cause| failed("copying a kept file to", &to, &cause))?;
            count += 1;
        }
    }
    Ok(count)
}

/// What the export is, for whoever finds it.
fn told(manifest: &Manifest) -> String {
    let mut text = format!(
        "# An export of Mainstay\n\nWritten {} by Mainstay {}, form {}. `mainstay import FOLDER --data NEW` makes the same \
         house of it.\n\nEach table is a CSV file (UTF-8, commas, a header). `\\N` stands for nothing. A text that a \
         spreadsheet would run as a formula, or that begins with an apostrophe, has an apostrophe more in front. Numbers of \
         rows mean something only within this export. Keys, sessions and tokens are not in it.\n",
        manifest.written, manifest.program, manifest.format
    );
    for part in &manifest.tables {
        text.push_str(&format!("\n## tables/{}.csv: {} rows\n\n", part.name, part.rows));
        for (name, kind) in &part.columns {
            text.push_str(&format!("- {name}: {kind}\n"));
        }
    }
    text
}

/// Bytes on their way to a file, hashed as they pass.
struct Hashed<W> {
    out: W,
    hash: Sha256,
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let taken = self.out.write(bytes)?;
        self.hash.update(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}
