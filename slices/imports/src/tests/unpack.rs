//! Files that hold tables: packed ones, archives with one member and several, and those made to burst.

use std::{
    fs,
    io::{Cursor, Write},
    path::PathBuf,
};

use tempfile::TempDir;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{read_all, read_table};
use crate::{Source, ops::unpack::unpack, table::Table};

/// A folder in which files are kept, with one file in it.
pub struct Kept {
    folder: TempDir,
    path: PathBuf,
}

impl Kept {
    /// Keeps these bytes.
    pub fn new(bytes: &[u8]) -> Kept {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("raw");
        fs::write(&path, bytes).unwrap();
        Kept { folder, path }
    }

    /// The tables of the file.
    pub fn tables(&self) -> kernel::Result<Vec<Table>> {
        unpack("file", &self.path, self.folder.path())
    }

    /// Looks at the tables of the file while they are there.
    pub fn tables_with<T>(&self, look: impl FnOnce(&[Table]) -> T) -> T {
        look(&self.tables().unwrap())
    }

    /// How many files lie in the folder.
    fn count(&self) -> usize {
        fs::read_dir(self.folder.path()).unwrap().count()
    }
}

/// What stands in a table, its header first.
pub fn rows(table: &Table) -> Vec<Vec<String>> {
    let whole = read_table(table).unwrap();
    assert!(whole.problem.is_none() && whole.rejected.is_empty(), "{:?} {:?}", whole.problem, whole.rejected);
    std::iter::once(whole.names).chain(whole.records).collect()
}

/// The names of tables.
pub fn names(tables: &[Table]) -> Vec<&str> {
    tables.iter().map(|table| table.name.as_str()).collect()
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in members {
        archive.start_file(*name, packed).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn bzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const PEOPLE: &[u8] = b"id,name\n007,Ida\n008,Bram\n";
const ORDERS: &[u8] = b"order;who\n1;007\n";

#[test]
fn a_text_is_its_own_table_packed_or_not() {
    for bytes in [PEOPLE.to_vec(), gzipped(PEOPLE), bzipped(PEOPLE)] {
        let kept = Kept::new(&bytes);
        let tables = kept.tables().unwrap();
        assert_eq!((tables[0].file.clone(), tables[0].name.as_str()), (kept.path.clone(), ""));
        assert_eq!(rows(&tables[0]), [["id", "name"], ["007", "Ida"], ["008", "Bram"]]);
        assert_eq!(kept.count(), 1);
    }
}

#[test]
fn each_member_of_an_archive_is_a_table_and_what_is_none_is_told() {
    let kept = Kept::new(&zipped(&[
        ("people.csv", PEOPLE),
        ("__MACOSX/._people.csv", b"\0\0\0"),
        ("more/orders.csv.gz", &gzipped(ORDERS)),
        ("logo.png", b"\x89PNG\r\n\x1a\n"),
        ("more/inner.zip", &zipped(&[("../../etc/passwd.csv", ORDERS)])),
    ]));
    let tables = kept.tables().unwrap();
    assert_eq!(names(&tables), ["people.csv", "more/orders.csv.gz", "more/inner.zip › ../../etc/passwd.csv"]);
    assert_eq!(rows(&tables[0]).len(), 3);
    assert_eq!(rows(&tables[1]), [["order", "who"], ["1", "007"]]);
    assert_eq!(rows(&tables[2]), rows(&tables[1]));
    let notes = tables[0].notes.join(" ");
    assert!(
        notes.contains("__MACOSX/._people.csv") && notes.contains("logo.png in file is a picture"),
        "{notes}"
    );
    assert!(tables.iter().all(|table| table.file.parent() == Some(kept.folder.path())));
}

#[test]
fn what_was_derived_is_found_again_and_a_lost_table_is_derived_anew() {
    let kept = Kept::new(&zipped(&[("a.csv", PEOPLE), ("b.csv", ORDERS)]));
    let first = kept.tables().unwrap();
    let count = kept.count();
    assert_eq!((kept.tables().unwrap(), kept.count()), (first.clone(), count));
    fs::remove_file(&first[1].file).unwrap();
    assert_eq!(kept.tables().unwrap(), first);
    assert_eq!(rows(&first[1]).len(), 2);
}

#[test]
fn an_archive_of_nothing_leaves_nothing() {
    let kept = Kept::new(&zipped(&[("photo.jpg", b"\xff\xd8\xff\xe0")]));
    let problem = kept.tables().unwrap_err().to_string();
    assert!(problem.starts_with("photo.jpg in file is a picture (JPEG)"), "{problem}");
    assert_eq!(kept.count(), 1);
}

#[test]
fn a_bomb_is_refused_before_it_fills_the_disk() {
    let zeros = vec![b'a'; 300 << 20];
    for bytes in [zipped(&[("bomb.csv", &zeros)]), zipped(&[("bomb.csv.gz", &gzipped(&zeros))])] {
        let kept = Kept::new(&bytes);
        let outcome = kept.tables().and_then(|tables| read_all(Source::open(&tables[0].file)?));
        let problem = outcome.map_or_else(Some, |whole| whole.problem).unwrap();
        assert_eq!(problem.code, "imports.too_large", "{problem}");
    }
}
