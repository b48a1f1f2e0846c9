//! A workbook of the years before 2007: whether its parts hang together and its cells stand close enough to be held.

use std::io::{self, Cursor, Read, Seek, Write};

/// The most cells, blank ones between others included, that are held.
const MOST_CELLS: u64 = 12_000_000;

/// The largest stream that is held.
const LARGEST: u64 = 512 << 20;

/// Why a file is not read.
pub(crate) enum Refused {
    /// It is locked with a password.
    Locked,
    /// It is no workbook, but this.
    Other(&'static str),
    /// Too much to be held.
    Large,
    /// Its parts contradict each other.
    Damaged(io::Error),
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Refused {
        Refused::Damaged(error)
    }
}

/// The workbook in a file, copied to a file of its own in which nothing claims more room than it needs.
pub(crate) fn sound(file: impl Read + Seek) -> Result<Vec<u8>, Refused> {
    let mut file = cfb::CompoundFile::open(file)?;
    if file.is_stream("/EncryptedPackage") {
        return Err(Refused::Locked);
    }
    let workbook = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name));
    let Some(name) = workbook else {
        return Err(Refused::Other("a document of an old office program"));
    };
    let mut stream = Vec::new();
    file.open_stream(name)?.take(LARGEST).read_to_end(&mut stream)?;
    if stream.len() as u64 == LARGEST {
        return Err(Refused::Large);
    }
    Survey::default().walk(&mut stream)?;
    let mut sound = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new()))?;
    sound.create_stream(name)?.write_all(&stream)?;
    // The crate that reads it expects a short stream beside the long one.
    sound.create_stream("/Short")?.write_all(b"nothing")?;
    sound.flush()?;
    Ok(sound.into_inner().into_inner())
}

/// What is known of the records of a workbook.
#[derive(Default)]
struct Survey {
    /// Where parts of the workbook begin, and where its sheets are said to begin.
    begins: Vec<usize>,
    sheets: Vec<usize>,
    /// The cells of parts that are open: rows and columns, lowest and highest.
    open: Vec<Option<[(u16, u16); 2]>>,
    cells: u64,
}

impl Survey {
    fn walk(mut self, stream: &mut [u8]) -> Result<(), Refused> {
        let mut at = 0;
        while at + 4 <= stream.len() {
            let kind = u16::from_le_bytes([stream[at], stream[at + 1]]);
            let end = at + 4 + usize::from(u16::from_le_bytes([stream[at + 2], stream[at + 3]]));
            if stream.len() < end {
                break;
            }
            self.record(kind, at, &mut stream[at + 4..end])?;
            at = end;
        }
        while !self.open.is_empty() {
            self.close();
        }
        if MOST_CELLS < self.cells {
            return Err(Refused::Large);
        }
        self.sheets.sort_unstable();
        let twice = self.sheets.windows(2).any(|two| two[0] == two[1]);
        if twice || self.sheets.iter().any(|sheet| self.begins.binary_search(sheet).is_err()) {
            let what = "a sheet does not begin where the workbook says";
            return Err(Refused::Damaged(io::Error::new(io::ErrorKind::InvalidData, what)));
        }
        Ok(())
    }

    fn record(&mut self, kind: u16, at: usize, content: &mut [u8]) -> Result<(), Refused> {
        let word = |from: usize| content.get(from..from + 2).map(|two| u16::from_le_bytes([two[0], two[1]]));
        match kind {
            // The beginning and the end of a part.
            0x0809 => {
                self.begins.push(at);
                self.open.push(None);
            }
            0x000A => self.close(),
            // A password.
            0x002F => return Err(Refused::Locked),
            // Where a sheet begins.
            0x0085 => {
                let place =
                    content.get(..4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]));
                self.sheets.extend(place.map(|place| place as usize));
            }
            // How far the cells of a sheet are said to reach: room is made for them, so it says one cell.
            0x0200 => content.fill(0),
            // Cells: formulas, several numbers, texts, numbers, errors.
            0x0006 | 0x00BD | 0x00D6 | 0x00FD | 0x0203 | 0x0204 | 0x0205 | 0x027E => {
                if let (Some(row), Some(first)) = (word(0), word(2)) {
                    let several = if kind == 0x00BD { content.len().saturating_sub(6) / 6 } else { 1 };
                    let last =
                        first.saturating_add(u16::try_from(several.saturating_sub(1)).unwrap_or(u16::MAX));
                    self.cell(row, first);
                    self.cell(row, last);
                }
            }
            _ => (),
        }
        Ok(())
    }

    fn cell(&mut self, row: u16, column: u16) {
        if self.open.is_empty() {
            self.open.push(None);
        }
        if let Some(part) = self.open.last_mut() {
            let [rows, columns] = part.get_or_insert([(row, row), (column, column)]);
            *rows = (rows.0.min(row), rows.1.max(row));
            *columns = (columns.0.min(column), columns.1.max(column));
        }
    }

    fn close(&mut self) {
        if let Some(Some([rows, columns])) = self.open.pop() {
            self.cells += (u64::from(rows.1 - rows.0) + 1) * (u64::from(columns.1 - columns.0) + 1);
        }
    }
}
