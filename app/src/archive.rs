//! Everything the house knows, as files that people can open and that become the same house again.
//!
//! A folder: `export.json` says what is in it, `tables/NAME.csv` holds the rows of each table, `files/` what was brought
//! in, as it came. Only keys and secrets are left out. What is written is of one moment, and is taken in whole or not at all:
//! the copy must know exactly what the original knew, by the hash of the canonical dump.

mod cell;
mod load;
mod write;

pub(crate) use self::cell::neutral;
pub use self::{load::load, write::write};

use kernel::{Problem, Result};
use serde::{Deserialize, Serialize};
use slice::Slice;
use store::{DataClass, Table, archive::OWN};

/// The name of the file that says what the others are.
pub const MANIFEST: &str = "export.json";

/// The version of the form in which archives are written.
const FORMAT: u32 = 1;

/// What an archive says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `mainstay export`.
    pub what: String,
    /// The version of its form.
    pub format: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// When it was written.
    pub written: String,
    /// The SHA-256 of the canonical dump: what the business knew, however its rows are numbered.
    pub canonical_sha256: String,
    /// Lines of the canonical dump.
    pub canonical_lines: u64,
    /// The steps by which the tables got their shape.
    pub schema: Vec<(String, i64)>,
    /// The tables.
    pub tables: Vec<Part>,
    /// Files that were brought in.
    pub files: u64,
}

/// A table of an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its name; its rows stand in `tables/NAME.csv`.
    pub name: String,
    /// The columns, in the order of the file, each with how its cells are written.
    pub columns: Vec<(String, String)>,
    /// How many rows it has.
    pub rows: u64,
    /// The SHA-256 of its file.
    pub sha256: String,
}

/// The tables of an archive, in the order in which they are written and taken in.
fn tables(slices: &[Slice]) -> Vec<&'static Table> {
    let kept = crate::slices::tables(slices).into_iter().filter(|table| table.class != DataClass::Secret);
    OWN.into_iter().chain(kept).collect()
}

/// What the cells of a column are, in words.
fn word(kind: store::ColumnKind) -> &'static str {
    use store::ColumnKind as Kind;
    match kind {
        Kind::Id(_) | Kind::Ref(_) | Kind::Own(_) | Kind::Int | Kind::Origin => "whole number",
        Kind::Amount => "decimal number",
        Kind::Moment | Kind::Clock => "instant, UTC",
        Kind::Day => "day",
        Kind::Text => "text",
        Kind::Bytes => "bytes, hexadecimal",
    }
}

/// A failure of the disk.
fn failed(what: &str, path: &std::path::Path, cause: &std::io::Error) -> Problem {
    let text = format!("{what} {} failed: {cause}; check the folder and its free space", path.display());
    Problem::conflict("archive.disk", text)
}

/// The folder without what somebody wrote behind it by mistake: an archive is a folder, or its manifest.
///
/// # Errors
/// `archive.none` where no archive stands.
pub fn folder(path: &std::path::Path) -> Result<&std::path::Path> {
    let is_manifest = path.file_name().is_some_and(|name| name == MANIFEST);
    let folder = if is_manifest { path.parent().unwrap_or(path) } else { path };
    if folder.join(MANIFEST).is_file() {
        return Ok(folder);
    }
    let text =
        format!("{} is no export: {MANIFEST} is not in it; name the folder that export made", path.display());
    Err(Problem::invalid("file", "archive.none", text))
}
