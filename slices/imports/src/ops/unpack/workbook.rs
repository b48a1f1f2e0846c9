//! The sheets of a workbook. One of today is read cell by cell, one of the years before 2007 is held while it is read.

use std::{
    fs::File,
    io::{self, BufReader, Read},
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use calamine::{
    Data, DataRef, Dimensions, Reader, Sheet, SheetType, SheetVisible, Xls, XlsError, Xlsx, XlsxError,
};
use kernel::{Problem, Result};
use tempfile::NamedTempFile;

use super::{Place, Unpacking, archive::Archive};
use crate::{
    cell,
    compound::{self, Refused},
    limit,
    ops::receive::unopened,
    sheet::{Cells, Extent, Lines, Region},
    table::{Known, shown},
};

/// A workbook is opened as long as its parts come to no more than this, unpacked.
const LARGEST: u64 = 1 << 30;

const SAVE: &str = "save the sheet as CSV and bring that in";

/// Something that gives the cells of its sheets.
pub(super) trait Book {
    /// Hands over the cells of a sheet, row by row.
    fn cells(&mut self, sheet: &str, to: &mut dyn Cells) -> io::Result<()>;

    /// Which cells of a sheet are merged.
    fn merged(&mut self, sheet: &str) -> Vec<Region>;
}

impl Unpacking<'_> {
    /// The sheets of a workbook of today.
    pub(super) fn workbook(&mut self, place: &Place, path: &Path, archive: &mut Archive) -> Result<()> {
        let called = self.called(place);
        self.weigh(&called, path, archive)?;
        let opened = guarded(|| {
            Xlsx::new(BufReader::new(File::open(path)?)).map_err(|error: XlsxError| match error {
                XlsxError::Password => io::Error::other(LOCKED),
                other => io::Error::new(io::ErrorKind::InvalidData, other.to_string()),
            })
        });
        let mut book = opened.map_err(|error| broken(&called, &error))?;
        let sheets = listed(book.sheets_metadata());
        self.sheets(place, &sheets, &mut book)
    }

    /// The sheets of a workbook of the years before 2007.
    pub(super) fn old_workbook(&mut self, place: &Place, path: &Path) -> Result<()> {
        let called = self.called(place);
        let file = File::open(path).map_err(|cause| unopened(&called, cause))?;
        let sound = compound::sound(file).map_err(|refused| match refused {
            Refused::Locked => broken(&called, &io::Error::other(LOCKED)),
            Refused::Other(what) => {
                let text = format!("{called} is {what}, not a table of text; {SAVE}");
                Problem::invalid("file", "imports.not_text", text)
            }
            Refused::Large => too_large(&called),
            Refused::Damaged(error) => broken(&called, &error),
        })?;
        let opened = guarded(|| {
            Xls::new(io::Cursor::new(sound)).map_err(|error: XlsError| match error {
                XlsError::Password => io::Error::other(LOCKED),
                other => io::Error::new(io::ErrorKind::InvalidData, other.to_string()),
            })
        });
        let mut book = opened.map_err(|error| broken(&called, &error))?;
        let sheets = listed(book.sheets_metadata());
        self.sheets(place, &sheets, &mut book)
    }

    /// Makes a table of each sheet that is shown and holds anything.
    pub(super) fn sheets(
        &mut self,
        place: &Place,
        sheets: &[(String, bool)],
        book: &mut (impl Book + ?Sized),
    ) -> Result<()> {
        let called = self.called(place);
        let (mut hidden, mut blank) = (Vec::new(), Vec::new());
        for (name, visible) in sheets {
            if !visible {
                hidden.push(shown(name));
                continue;
            }
            let mut extent = Extent::default();
            guarded(|| book.cells(name, &mut extent)).map_err(|error| self.unread(&called, error))?;
            if extent.rows == 0 {
                blank.push(shown(name));
                continue;
            }
            let file = self.written(&called, name, extent, book)?;
            self.derived(&place.below(name), Known::Cells, file)?;
        }
        if self.shelf.is_empty() && self.refused.is_empty() {
            let why = if hidden.is_empty() {
                "nothing stands in its sheets"
            } else {
                "all its sheets that hold anything are hidden"
            };
            let text = format!(
                "{called} holds no table: {why}; look at it, and bring it in when its table is shown"
            );
            return Err(Problem::invalid("file", "imports.no_rows", text));
        }
        let blanks = |what: &str, names: &[String]| format!("{what} left out: {}.", names.join(", "));
        if !hidden.is_empty() {
            self.shelf.note(blanks("Hidden sheets were", &hidden));
        }
        if !blank.is_empty() && !self.shelf.is_empty() {
            self.shelf.note(blanks("Empty sheets were", &blank));
        }
        Ok(())
    }

    fn written(
        &mut self,
        called: &str,
        name: &str,
        extent: Extent,
        book: &mut (impl Book + ?Sized),
    ) -> Result<NamedTempFile> {
        let merged = guarded(|| Ok(book.merged(name))).unwrap_or_default();
        let mut lines = Lines::new(self.shelf.begin()?, extent, merged);
        guarded(|| book.cells(name, &mut lines)).map_err(|error| self.unread(called, error))?;
        let writing = lines.finish().map_err(|cause| self.shelf.unwritten(&cause))?;
        self.shelf.ended(writing)
    }

    /// What is said where a sheet cannot be read, or not be written.
    fn unread(&self, called: &str, error: io::Error) -> Problem {
        match error.kind() {
            io::ErrorKind::FileTooLarge | io::ErrorKind::StorageFull => self.shelf.unwritten(&error),
            _ => broken(called, &error),
        }
    }

    /// Refuses a workbook that is larger inside than can be held, or says that it is larger than it is.
    pub(super) fn weigh(&self, called: &str, path: &Path, archive: &mut Archive) -> Result<()> {
        let packed = path.metadata().map_err(|cause| unopened(called, cause))?.len();
        let mut all = 0;
        for at in 0..archive.len() {
            let mut member = archive.by_index(at).map_err(|error| super::archive::broken(called, error))?;
            let mut scale = Scale::default();
            scale.weigh(&mut member, LARGEST - all).map_err(|error| broken(called, &error))?;
            all += scale.bytes;
            if LARGEST <= all || limit::check(packed, all).is_err() {
                return Err(too_large(called));
            }
            if scale.bytes < scale.claimed {
                let error =
                    io::Error::new(io::ErrorKind::InvalidData, "it claims more texts than it has room for");
                return Err(broken(called, &error));
            }
        }
        Ok(())
    }
}

/// Measures a part of a workbook without keeping it.
#[derive(Default)]
struct Scale {
    bytes: u64,
    /// The largest number of texts that it claims to hold: room is made for them before they are read.
    claimed: u64,
}

impl Scale {
    fn weigh(&mut self, from: &mut impl Read, most: u64) -> io::Result<()> {
        const CLAIM: &[u8] = b"uniqueCount";
        let mut chunk = vec![0; 64 * 1024];
        let mut kept = 0;
        while self.bytes < most {
            let read = from.read(&mut chunk[kept..])?;
            if read == 0 {
                break;
            }
            self.bytes += read as u64;
            let end = kept + read;
            for (at, _) in
                chunk[..end].windows(CLAIM.len()).enumerate().filter(|(_, window)| *window == CLAIM)
            {
                self.claimed = self.claimed.max(claim(&chunk[at + CLAIM.len()..end]));
            }
            // A claim may stand across two pieces.
            kept = end.min(64);
            chunk.copy_within(end - kept..end, 0);
        }
        Ok(())
    }
}

/// The number in `="12345"`.
fn claim(text: &[u8]) -> u64 {
    let digits =
        text.iter().skip_while(|byte| !byte.is_ascii_digit()).take_while(|byte| byte.is_ascii_digit());
    digits.fold(0u64, |sum, digit| sum.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
}

/// The sheets of cells, and whether each is shown.
fn listed(sheets: &[Sheet]) -> Vec<(String, bool)> {
    let cells = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    cells.map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible)).collect()
}

impl Book for Xlsx<BufReader<File>> {
    fn cells(&mut self, sheet: &str, to: &mut dyn Cells) -> io::Result<()> {
        let failed = |error: XlsxError| io::Error::new(io::ErrorKind::InvalidData, error.to_string());
        let mut cells = self.worksheet_cells_reader(sheet).map_err(failed)?;
        while let Some(cell) = cells.next_cell().map_err(failed)? {
            let (row, column) = cell.get_position();
            match cell.get_value() {
                DataRef::Empty => (),
                DataRef::SharedString(text) => to.cell(row, column, text)?,
                DataRef::String(text) => to.cell(row, column, text)?,
                other => to.cell(row, column, &written(&Data::from(other.clone())))?,
            }
        }
        Ok(())
    }

    fn merged(&mut self, sheet: &str) -> Vec<Region> {
        regions(&self.merge_cells_by_sheet_name(sheet).unwrap_or_default())
    }
}

impl Book for Xls<io::Cursor<Vec<u8>>> {
    fn cells(&mut self, sheet: &str, to: &mut dyn Cells) -> io::Result<()> {
        let failed = |error: XlsError| io::Error::new(io::ErrorKind::InvalidData, error.to_string());
        let range = self.worksheet_range(sheet).map_err(failed)?;
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let at =
                |from: u32, offset: usize| from.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX));
            to.cell(at(top, row), at(left, column), &written(value))?;
        }
        Ok(())
    }

    fn merged(&mut self, sheet: &str) -> Vec<Region> {
        regions(&self.merge_cells_by_sheet_name(sheet).unwrap_or_default())
    }
}

fn regions(dimensions: &[Dimensions]) -> Vec<Region> {
    let region = |found: &Dimensions| Region {
        rows: (found.start.0, found.end.0),
        columns: (found.start.1, found.end.1),
    };
    dimensions.iter().map(region).collect()
}

/// What stands in a cell, as text.
fn written(value: &Data) -> String {
    match value {
        Data::Empty => String::new(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => cell::number(*number),
        Data::String(text) => text.clone(),
        Data::Bool(value) => cell::truth(*value),
        Data::DateTime(when) if when.is_duration() => cell::duration(when.as_f64()),
        Data::DateTime(when) if when.as_f64() < 0.0 => cell::number(when.as_f64()),
        Data::DateTime(when) => cell::moment(when.as_f64(), when.to_ymd_hms_milli()),
        Data::DateTimeIso(text) | Data::DurationIso(text) => cell::iso(text),
        Data::Error(error) => error.to_string(),
    }
}

const LOCKED: &str = "locked with a password";

/// A damaged file must not take the program along with the crate that stumbles over it.
pub(super) fn guarded<T>(read: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    let stumbled = |_| Err(io::Error::new(io::ErrorKind::InvalidData, "its parts contradict each other"));
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(stumbled)
}

fn too_large(called: &str) -> Problem {
    let text =
        format!("{called} holds more than {} MiB, more than a workbook is opened for; {SAVE}", LARGEST >> 20);
    Problem::invalid("file", "imports.too_large", text)
}

/// The problem of a workbook that cannot be read.
pub(super) fn broken(called: &str, error: &io::Error) -> Problem {
    if error.to_string() == LOCKED {
        let text =
            format!("{called} is locked with a password; open it, save it without one and bring that in");
        return Problem::invalid("file", "imports.locked", text);
    }
    let text = format!("{called} is damaged: {error}; open it, save it anew and bring that in");
    Problem::invalid("file", "imports.damaged", text)
}
