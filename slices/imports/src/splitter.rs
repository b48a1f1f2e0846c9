//! Text split into records, without opinion on what they mean, and in flat memory however long a record is.

use std::io;

use kernel::{Problem, Result};

use crate::{
    Dialect, Source,
    file::damaged,
    record::Record,
    text::{RECORD, Text, UNIT},
};

/// The longest record that is read; a longer one is rejected and the rest goes on.
pub(crate) const LONGEST_RECORD: usize = 16 * 1024 * 1024;

/// The most cells a record may have.
pub(crate) const MOST_CELLS: usize = 16_384;

/// How often the end of a file is read again: enough for slips, too seldom to keep anybody busy.
const MOST_GIVEN_BACK: u32 = 16;

/// Splits text into records, without opinion on what they mean.
pub(crate) struct Splitter {
    text: Text,
    reader: csv_core::Reader,
    input: Vec<u8>,
    at: usize,
    passed: u64,
    cells: Vec<u8>,
    ends: Vec<usize>,
    ended: bool,
    given_back: u32,
    /// The last byte of the text read so far.
    last: u8,
}

/// What the splitter came upon.
pub(crate) enum Found {
    /// A record.
    Record,
    /// One too long to keep.
    TooLong,
    /// The end.
    End,
}

impl Splitter {
    /// The file the text comes from.
    pub fn source(&self) -> &Source {
        self.text.source()
    }

    /// How much memory it holds on to, in bytes.
    pub fn held(&self) -> usize {
        self.input.capacity() + self.cells.capacity() + 8 * self.ends.capacity()
    }

    pub fn new(text: Text, dialect: &Dialect) -> Result<Splitter> {
        let wrong = |what: &str, text: String| {
            let message = format!("{text:?} cannot be the {what}; write one character of ASCII");
            Problem::invalid(what, "imports.dialect", message)
        };
        let one = |what: &'static str, letter: Option<char>| match letter.map(u8::try_from) {
            Some(Ok(byte)) if byte.is_ascii() && !matches!(byte, b'\n' | b'\r') => Ok(Some(byte)),
            None => Ok(None),
            _ => Err(wrong(what, letter.map(String::from).unwrap_or_default())),
        };
        let delimiter = match dialect.delimiter.as_bytes() {
            [byte] if !matches!(byte, b'\n' | b'\r') => *byte,
            [] | [_] => return Err(wrong("delimiter", dialect.delimiter.clone())),
            _ => UNIT,
        };
        let mut builder = csv_core::ReaderBuilder::new();
        builder.delimiter(delimiter).comment(one("comment", dialect.comment)?);
        builder.escape(one("escape", dialect.escape)?);
        match one("quote", dialect.quote)? {
            Some(quote) => builder.quote(quote),
            None => builder.quoting(false),
        };
        if dialect.record_end.is_some() {
            builder.terminator(csv_core::Terminator::Any(RECORD));
        }
        Ok(Splitter {
            text,
            reader: builder.build(),
            input: Vec::new(),
            at: 0,
            passed: 0,
            cells: vec![0; 4096],
            ends: vec![0; 64],
            ended: false,
            given_back: 0,
            last: b'\n',
        })
    }

    /// Takes back the lines that a quote left open has swallowed up to the end of the file, if the record read last
    /// is that one: they are read again as if the quote were not there.
    pub fn give_back(&mut self, record: &Record) -> bool {
        let able = self.ended && self.given_back < MOST_GIVEN_BACK;
        let last = record.cell(record.len().saturating_sub(1));
        let Some((_, lines)) = last.split_once('\n').filter(|(_, lines)| able && !lines.is_empty()) else {
            return false;
        };
        self.input = lines.as_bytes().to_vec();
        self.at = 0;
        self.passed = self.passed.saturating_sub(lines.len() as u64);
        let line = self.reader.line().saturating_sub(lines.matches('\n').count() as u64);
        self.reader.reset();
        self.reader.set_line(line);
        self.ended = false;
        self.given_back += 1;
        true
    }

    /// Reads the next record into `record`; `rows` have been read before, for the message if the file breaks off.
    pub fn next(&mut self, record: &mut Record, rows: i64) -> Result<Found> {
        record.offset = self.passed;
        record.line = self.reader.line();
        let (mut filled, mut ended, mut kept) = (0, 0, true);
        loop {
            if self.at == self.input.len() {
                self.refill(rows)?;
            }
            let input = &self.input[self.at..];
            self.ended = input.is_empty();
            let (result, read, written, ends) =
                self.reader.read_record(input, &mut self.cells[filled..], &mut self.ends[ended..]);
            self.at += read;
            self.passed += read as u64;
            filled += written;
            ended += ends;
            match result {
                csv_core::ReadRecordResult::InputEmpty => (),
                csv_core::ReadRecordResult::OutputFull if self.cells.len() < LONGEST_RECORD => {
                    self.cells.resize((self.cells.len() * 2).min(LONGEST_RECORD), 0);
                }
                csv_core::ReadRecordResult::OutputEndsFull if self.ends.len() < MOST_CELLS => {
                    self.ends.resize(self.ends.len() * 2, 0);
                }
                csv_core::ReadRecordResult::OutputFull | csv_core::ReadRecordResult::OutputEndsFull => {
                    (filled, ended, kept) = (0, 0, false);
                }
                csv_core::ReadRecordResult::Record if kept => {
                    record.take(&self.cells[..filled], &self.ends[..ended]);
                    return Ok(Found::Record);
                }
                csv_core::ReadRecordResult::Record => return Ok(Found::TooLong),
                csv_core::ReadRecordResult::End => return Ok(Found::End),
            }
        }
    }

    fn refill(&mut self, rows: i64) -> Result<()> {
        self.at = 0;
        let name = self.text.source().name().to_owned();
        self.text.next(&mut self.input).map_err(|error: io::Error| {
            let problem = damaged(&name, rows, Some(&error));
            problem.because(error)
        })?;
        self.last = self.input.last().copied().unwrap_or(self.last);
        Ok(())
    }

    /// Whether the text that was read ends without the end of a line or of a record.
    pub fn is_open(&self) -> bool {
        !matches!(self.last, b'\n' | b'\r' | RECORD)
    }
}
