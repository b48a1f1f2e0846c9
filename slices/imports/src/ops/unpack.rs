//! Unpacking a file: the tables that it holds, each as a text that is read like any other.

mod archive;
mod cards;
mod database;
mod document;
mod json;
mod pages;
mod shelf;
mod workbook;

use std::{fs::File, io, path::Path};

use kernel::{Problem, Result};
use tempfile::NamedTempFile;

use self::shelf::Shelf;
use super::receive::{hash, unopened};
use crate::{
    Reading, Source,
    file::damaged,
    kind::Kind,
    sniff,
    table::{Known, Table, shown},
};

/// Archives in archives are opened so deep.
const DEEPEST: usize = 3;

/// How much of a text is looked at to find out whether documents stand on its lines.
const HEAD: u64 = 256 * 1024;

/// Finds the tables of the file at `path`. A file of text is its own table. Of any other the tables are derived once and
/// kept in the folder `into`, under the digest of the file and their place in it.
///
/// # Errors
/// `imports.*` for a file that holds no table, that is locked, damaged, or larger inside than any table; naming the file,
/// what is wrong with it and what to do. Nothing of it is kept then.
pub(crate) fn unpack(name: &str, path: &Path, into: &Path) -> Result<Vec<Table>> {
    let source = open(name, path)?;
    if matches!(source.kind(), Kind::Text | Kind::Other(..)) {
        source.checked()?;
        let (name, notes) = (String::new(), Vec::new());
        return Ok(vec![Table { name, file: path.to_owned(), known: Known::Nothing, notes }]);
    }
    let (digest, bytes) = hash(path)?;
    let shelf = Shelf::new(name, into, &digest, bytes.unsigned_abs());
    if let Some(tables) = shelf.kept() {
        return Ok(tables);
    }
    let mut unpacking = Unpacking { name, shelf, refused: Vec::new() };
    unpacking.opened(&Place::default(), source, path, 0)?;
    if unpacking.shelf.is_empty() {
        return Err(unpacking.nothing());
    }
    for (place, problem) in std::mem::take(&mut unpacking.refused) {
        unpacking.shelf.note(format!("{place} was left out: {problem}"));
    }
    unpacking.shelf.finish()
}

/// The tables that were derived of the file with this digest, where they are kept.
pub(super) fn kept_tables(files: &Path, digest: &str) -> Vec<Table> {
    Shelf::new("", files, digest, 0).kept().unwrap_or_default()
}

/// A file that is being unpacked.
struct Unpacking<'i> {
    name: &'i str,
    shelf: Shelf<'i>,
    /// The parts that no table can be read from, and why.
    refused: Vec<(String, Problem)>,
}

/// Where something stands inside a file; empty for the file itself.
#[derive(Clone, Default)]
struct Place(String);

impl Place {
    /// What stands below it.
    fn below(&self, name: &str) -> Place {
        match (self.0.as_str(), shown(name)) {
            ("", name) => Place(name),
            (above, name) if name.is_empty() => Place(above.to_owned()),
            (above, name) => Place(format!("{above} › {name}")),
        }
    }
}

impl Unpacking<'_> {
    /// What it is called in messages: the part, or the file.
    fn called(&self, place: &Place) -> String {
        if place.0.is_empty() { self.name.to_owned() } else { format!("{} in {}", place.0, self.name) }
    }

    /// Unpacks an opened file or part of one.
    fn opened(&mut self, place: &Place, source: Source, path: &Path, depth: usize) -> Result<()> {
        match source.kind() {
            Kind::Zip | Kind::Compound | Kind::Database if source.is_packed() => {
                let file = self.spare(place, source)?;
                self.opened(place, open(&self.called(place), file.path())?, file.path(), depth + 1)
            }
            Kind::Zip => self.archive(place, path, depth),
            Kind::Compound => self.old_workbook(place, path),
            Kind::Json => self.json(place, path),
            Kind::Page => self.page(place, path),
            Kind::Cards => self.cards(place, path),
            Kind::Database => self.database(place, path),
            _ => source.checked().map(drop),
        }
    }

    /// Writes all of a stream to a file of its own, which is gone when it is no longer needed.
    fn spare(&self, place: &Place, mut from: impl io::Read) -> Result<NamedTempFile> {
        let mut writing = self.shelf.begin()?;
        let mut chunk = vec![0; 64 * 1024];
        loop {
            let read = match from.read(&mut chunk) {
                Ok(0) => return self.shelf.ended(writing),
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(damaged(&self.called(place), 0, Some(&error)).because(error)),
            };
            io::Write::write_all(&mut writing, &chunk[..read])
                .map_err(|cause| self.shelf.unwritten(&cause))?;
        }
    }

    /// Takes a part of the file: a text becomes a table as it is, anything else is unpacked in turn. What no table can be
    /// read from is left out.
    fn part(&mut self, place: &Place, file: NamedTempFile, depth: usize) -> Result<()> {
        let taken = open(&self.called(place), file.path()).and_then(|source| match source.kind() {
            Kind::Text => sniff(&source).and(Ok(None)),
            _ if DEEPEST <= depth => Err(self.too_deep(place)),
            _ => Ok(Some(source)),
        });
        let taken = match taken {
            Ok(Some(source)) => self.opened(place, source, file.path(), depth),
            Ok(None) => self.shelf.keep(&place.0, Known::Nothing, Vec::new(), file),
            Err(problem) => Err(problem),
        };
        match taken {
            Err(problem) if is_of_the_part(&problem) => {
                self.refused.push((place.0.clone(), problem));
                Ok(())
            }
            other => other,
        }
    }

    /// Takes a table that was derived from a part of the file.
    fn derived(&mut self, place: &Place, known: Known, file: NamedTempFile) -> Result<()> {
        let name = place.0.clone();
        let table = Table { name, file: file.path().to_owned(), known, notes: Vec::new() };
        match open(&self.called(place), file.path())
            .and_then(|source| table.dialect(&source, &Reading::default()))
        {
            Ok(dialect) => {
                let first = dialect.titles + usize::from(dialect.header) + 1;
                // Where the header stands in its first row, the rows are counted as everybody counts them.
                let found = (known == Known::Cells && first != 2)
                    .then(|| format!("Row 1 stands in row {first} there."));
                self.shelf.keep(&place.0, known, found.into_iter().collect(), file)
            }
            Err(problem) if is_of_the_part(&problem) => {
                self.refused.push((place.0.clone(), problem));
                Ok(())
            }
            Err(problem) => Err(problem),
        }
    }

    fn too_deep(&self, place: &Place) -> Problem {
        let text = format!("{} lies too deep, an archive in an archive; unpack it", self.called(place));
        Problem::invalid("file", "imports.too_deep", text)
    }

    /// The problem of a file that holds no table.
    fn nothing(self) -> Problem {
        let mut refused = self.refused;
        if refused.len() == 1 {
            return refused.remove(0).1;
        }
        let parts: Vec<_> = refused.iter().take(3).map(|(_, problem)| problem.to_string()).collect();
        let why = if parts.is_empty() { "there is no file in it".to_owned() } else { parts.join("; ") };
        let text = format!("{} holds no table: {why}; export the data as CSV and bring that in", self.name);
        Problem::invalid("file", "imports.no_table", text)
    }
}

/// Whether the rest of the file can be read all the same.
fn is_of_the_part(problem: &Problem) -> bool {
    !matches!(problem.code, "imports.too_large" | "imports.too_many" | "imports.keep" | "imports.open")
}

fn open(name: &str, path: &Path) -> Result<Source> {
    let file = File::open(path).map_err(|cause| unopened(name, cause))?;
    Source::any(name, Box::new(file))
}
