//! The records of a file, one at a time: its cells, its row number, what makes it the same record elsewhere.

use std::sync::Arc;

use kernel::Result;

use crate::{
    Dialect, Rejection, Source,
    join::Joins,
    splitter::{Found, LONGEST_RECORD, MOST_CELLS, Splitter},
    text::Text,
};

/// The records of a file.
pub struct Records {
    splitter: Splitter,
    names: Vec<String>,
    /// Columns of the file itself; those that are looked up follow.
    own: usize,
    joins: Option<Arc<Joins>>,
    least: usize,
    record: Record,
    row: i64,
}

/// What stands in a row of the file.
#[derive(Debug)]
pub enum Row<'r> {
    /// A record with a cell for each column.
    Record(&'r Record),
    /// One that cannot be read; the rest goes on.
    Rejected(Rejection),
}

impl Records {
    /// Reads a file written in that dialect.
    ///
    /// # Errors
    /// `imports.damaged` where the file breaks off before its first record, `imports.dialect` for a delimiter or a
    /// quote that cannot be one.
    pub fn open(source: Source, dialect: &Dialect) -> Result<Records> {
        let mut splitter = Splitter::new(Text::new(source, dialect), dialect)?;
        let mut record = Record::default();
        for _ in 0..dialect.titles {
            splitter.next(&mut record, 0)?;
        }
        let mut names = Vec::new();
        if dialect.header && matches!(splitter.next(&mut record, 0)?, Found::Record) {
            names.extend(record.cells().map(str::to_owned));
        }
        names.resize(names.len().max(dialect.columns), String::new());
        let least =
            names.iter().rposition(|name| !name.trim().is_empty()).map_or(names.len(), |last| last + 1);
        let names = distinct(&names);
        Ok(Records { splitter, own: names.len(), names, joins: None, least, record, row: 0 })
    }

    /// With columns that are looked up in other tables, after those of the file.
    pub(crate) fn joined(mut self, joins: Option<Arc<Joins>>) -> Records {
        self.names.extend(joins.iter().flat_map(|joins| joins.names()).cloned());
        Records { joins, ..self }
    }

    /// How many columns are those of the file itself; the first ones are. What makes a record the same elsewhere is in
    /// them.
    pub(crate) fn own(&self) -> usize {
        self.own
    }

    /// The names of the columns, each different: repeated ones are numbered, blank ones called by their position.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The number of the row read last; the first after the header is 1.
    pub fn row(&self) -> i64 {
        self.row
    }

    /// The file the records come from.
    pub fn source(&self) -> &Source {
        self.splitter.source()
    }

    /// How much memory the records hold on to, in bytes.
    pub fn held(&self) -> usize {
        self.splitter.held() + self.record.text.capacity()
    }

    /// The record read last.
    pub fn current(&self) -> &Record {
        &self.record
    }

    /// Whether the file was read to its end and the end stands within its last record, which then lacks cells: somebody
    /// copied less than all of it.
    pub(crate) fn is_cut(&self) -> bool {
        self.splitter.is_open() && self.record.row == self.row && self.record.len() < self.least
    }

    /// The next row that is not blank; nothing at the end of the file.
    ///
    /// # Errors
    /// `imports.damaged` where the file breaks off; all rows before that place have been given.
    pub fn read(&mut self) -> Result<Option<Row<'_>>> {
        Ok(match self.advance()? {
            None => None,
            Some(Some(rejection)) => Some(Row::Rejected(rejection)),
            Some(None) => Some(Row::Record(&self.record)),
        })
    }

    /// Reads on; the record, if it is one, is the current one then.
    pub(crate) fn advance(&mut self) -> Result<Option<Option<Rejection>>> {
        loop {
            let found = self.splitter.next(&mut self.record, self.row)?;
            if matches!(found, Found::End) {
                return Ok(None);
            }
            self.row += 1;
            self.record.row = self.row;
            let rejection = match found {
                Found::TooLong => {
                    self.record.take(&[], &[]);
                    Some(too_long(self.row))
                }
                _ if self.record.is_blank() => continue,
                _ => crate::unread::rejected(&self.record).or_else(|| self.record.fit(self.least, self.own)),
            };
            let rejection = rejection.map(|rejection| match self.splitter.give_back(&self.record) {
                true => Rejection { reason: "opens a quote that is never closed".to_owned(), ..rejection },
                false => rejection,
            });
            if rejection.is_some() {
                return Ok(Some(rejection));
            }
            let Some(joins) = &self.joins else { return Ok(Some(None)) };
            (self.record.len()..self.own).for_each(|_| self.record.push(""));
            return Ok(Some(joins.join(&mut self.record)));
        }
    }
}

/// One record: the text of its cells, one after the other.
#[derive(Clone, Debug, Default)]
pub struct Record {
    text: String,
    ends: Vec<usize>,
    row: i64,
    pub(crate) line: u64,
    pub(crate) offset: u64,
}

impl Record {
    /// Its number; the first after the header is 1.
    pub fn row(&self) -> i64 {
        self.row
    }

    /// The line of the text on which it begins; the first is 1. Carriage returns alone end no line here.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Where it begins in the decoded text, in bytes, or at a line end just before.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// How many cells it has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it has no cell at all.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The cell at a position, the first being 0; empty where there is none.
    pub fn cell(&self, position: usize) -> &str {
        let Some(end) = self.ends.get(position) else { return "" };
        let start = if position == 0 { 0 } else { self.ends[position - 1] };
        self.text.get(start..*end).unwrap_or_default()
    }

    /// Adds a cell.
    pub(crate) fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// Its cells in order.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|position| self.cell(position))
    }

    /// Whether all cells are blank.
    fn is_blank(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_whitespace() || byte == 0)
    }

    /// Why it does not fit a table of `most` columns of which the last named one is at `least`, if so. Blank cells
    /// too many at the end are dropped.
    fn fit(&mut self, least: usize, most: usize) -> Option<Rejection> {
        let count = self.len();
        if least <= count && count <= most {
            return None;
        }
        if most < count && (most..count).all(|extra| self.cell(extra).trim().is_empty()) {
            self.ends.truncate(most);
            return None;
        }
        let mut reason = format!("has {count} cells where the table has {most} columns");
        let lines = self.text.matches('\n').count();
        if lines > 0 {
            reason.push_str(&format!("; {lines} line ends stand inside its quotes: is a quote left open?"));
        }
        Some(Rejection { row: self.row, column: None, value: self.shown(), reason })
    }

    /// What it reads, shortened.
    fn shown(&self) -> String {
        let joined: Vec<&str> = self.cells().take(12).collect();
        shortened(&joined.join(" · "))
    }

    /// Takes over the cells from the bytes of the reader.
    pub(crate) fn take(&mut self, bytes: &[u8], ends: &[usize]) {
        self.text.clear();
        self.ends.clear();
        match std::str::from_utf8(bytes) {
            Ok(text) => {
                self.text.push_str(text);
                self.ends.extend_from_slice(ends);
            }
            Err(_) => self.mend(bytes, ends),
        }
        // Looked at whole, so that the look is as fast as memory.
        if bytes.iter().fold(false, |found, byte| found | controls(*byte)) {
            let plain = |letter: char| if u8::try_from(letter).is_ok_and(controls) { ' ' } else { letter };
            self.text = self.text.chars().map(plain).collect();
        }
    }

    /// Takes over cells of which some are no UTF-8: those are Windows-1252, unless UTF-8 stands in them as well.
    fn mend(&mut self, bytes: &[u8], ends: &[usize]) {
        let mut start = 0;
        for end in ends {
            let cell = &bytes[start..*end];
            let lossy = String::from_utf8_lossy(cell);
            let mixed =
                lossy.chars().any(|letter| !letter.is_ascii() && letter != char::REPLACEMENT_CHARACTER);
            if matches!(lossy, std::borrow::Cow::Borrowed(_)) || mixed {
                self.text.push_str(&lossy);
            } else {
                self.text.push_str(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(cell).0);
            }
            self.ends.push(self.text.len());
            start = *end;
        }
    }
}

/// Characters that steer terminals and printers, NUL among them: in a cell they are blanks, as they look. Tabs and line
/// ends are text.
fn controls(byte: u8) -> bool {
    (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0x7f
}

/// A cell shortened to what fits a table of rejections.
pub(crate) fn shortened(text: &str) -> String {
    const MOST: usize = 80;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

fn too_long(row: i64) -> Rejection {
    let reason = format!(
        "is longer than {} MiB or has more than {MOST_CELLS} cells; is a quote left open, or is this no table?",
        LONGEST_RECORD / 1024 / 1024
    );
    Rejection { row, column: None, value: String::new(), reason }
}

/// Names as they are, but each different: blank ones by their position, repeated ones numbered.
pub(crate) fn distinct(names: &[String]) -> Vec<String> {
    let mut taken = std::collections::HashSet::new();
    let mut result = Vec::with_capacity(names.len());
    for (at, name) in names.iter().enumerate() {
        let plain = name.split_whitespace().collect::<Vec<_>>().join(" ").replace('\0', "");
        let plain = if plain.is_empty() { format!("column {}", at + 1) } else { plain };
        let numbered = (2..).map(|number| format!("{plain} {number}"));
        let free = std::iter::once(plain.clone()).chain(numbered).find(|name| taken.insert(name.clone()));
        result.push(free.unwrap_or(plain));
    }
    result
}
