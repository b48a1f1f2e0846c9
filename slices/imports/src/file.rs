//! An opened file: its bytes as a stream, unpacked where it is gzip, hashed as it is, never whole in memory.

use std::io::{self, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use kernel::{Problem, Result};
use sha2::{Digest, Sha256};

/// How much of the beginning is looked at to find out how a file is written.
const HEAD: usize = 256 * 1024;

/// What a file is read in.
const CHUNK: usize = 64 * 1024;

/// An opened file.
pub struct Source {
    name: String,
    head: Vec<u8>,
    given: usize,
    whole: bool,
    failure: Option<io::Error>,
    rest: Rest,
}

impl Source {
    /// Takes any stream of bytes under the name it shall have in messages.
    ///
    /// # Errors
    /// `imports.empty` where nothing is in it, `imports.not_text` for an archive, a workbook or a picture.
    pub fn new(name: &str, reader: impl Read + Send + 'static) -> Result<Source> {
        let mut raw = Raw::new(Box::new(reader));
        let failed = |error: io::Error| {
            Problem::invalid("file", "imports.open", format!("reading {name} failed: {error}; send it again"))
                .because(error)
        };
        raw.look_ahead().map_err(failed)?;
        if raw.first.is_empty() {
            return Err(empty(name));
        }
        let packed = raw.first.starts_with(&[0x1f, 0x8b]);
        let raw = BufReader::with_capacity(CHUNK, raw);
        let rest = if packed { Rest::Gzip(Box::new(MultiGzDecoder::new(raw))) } else { Rest::Plain(raw) };
        let mut source =
            Source { name: name.to_owned(), head: Vec::new(), given: 0, whole: false, failure: None, rest };
        source.fill_head();
        source.checked()
    }

    /// Its name in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its beginning, unpacked.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Whether [`Source::head`] is all of it.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// The SHA-256 of the bytes as they came, packed or not, as far as they have been read: of the whole file once
    /// reading has come to its end.
    pub fn sha256(&self) -> [u8; 32] {
        self.rest.raw().hash.clone().finalize().into()
    }

    /// How many bytes as they came have been read.
    pub fn bytes_read(&self) -> u64 {
        self.rest.raw().count
    }

    /// Reads the beginning; a failure is kept for the moment when a reader comes to that place.
    fn fill_head(&mut self) {
        let mut head = vec![0; HEAD];
        let mut filled = 0;
        while filled < head.len() && self.failure.is_none() && !self.whole {
            match self.rest.read(&mut head[filled..]) {
                Ok(0) => self.whole = true,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => (),
                Err(error) => self.failure = Some(error),
            }
        }
        head.truncate(filled);
        self.head = head;
    }

    /// Itself, if it is something that can be read as text.
    fn checked(self) -> Result<Source> {
        if self.head.is_empty() && self.failure.is_none() {
            return Err(empty(&self.name));
        }
        if self.head.is_empty() {
            return Err(damaged(&self.name, 0, self.failure.as_ref()));
        }
        match not_text(&self.head) {
            Some((what, remedy)) => Err(Problem::invalid(
                "file",
                "imports.not_text",
                format!("{} is {what}, not a table of text; {remedy}", self.name),
            )),
            None => Ok(self),
        }
    }
}

impl Read for Source {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let ready = &self.head[self.given..];
        if !ready.is_empty() {
            let taken = ready.len().min(into.len());
            into[..taken].copy_from_slice(&ready[..taken]);
            self.given += taken;
            return Ok(taken);
        }
        if let Some(error) = self.failure.take() {
            return Err(error);
        }
        if self.whole { Ok(0) } else { self.rest.read(into) }
    }
}

/// The problem of a file whose bytes end or break in the middle, after so many good rows.
pub(crate) fn damaged(name: &str, rows: i64, error: Option<&io::Error>) -> Problem {
    let after = if rows == 0 { "before its first row".to_owned() } else { format!("after row {rows}") };
    let why = match error.map(io::Error::kind) {
        Some(io::ErrorKind::UnexpectedEof) => "its compressed data is cut short".to_owned(),
        Some(io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData) => {
            "its compressed data is damaged".to_owned()
        }
        _ => error.map_or_else(|| "it cannot be read".to_owned(), io::Error::to_string),
    };
    Problem::invalid(
        "file",
        "imports.damaged",
        format!("{name} breaks off {after}: {why}; get a complete copy and bring it in again"),
    )
}

fn empty(name: &str) -> Problem {
    Problem::invalid("file", "imports.empty", format!("{name} is empty; export it again"))
}

/// What a file is that is no text, by its first bytes, and what to do about it.
fn not_text(head: &[u8]) -> Option<(&'static str, &'static str)> {
    const SAVE: &str = "save the sheet as CSV and bring that in";
    const UNPACK: &str = "unpack it and bring in what is inside";
    const EXPORT: &str = "export the data as CSV and bring that in";
    const MAGIC: [(&[u8], &str, &str); 14] = [
        (b"PK\x03\x04", "a zip archive or a workbook", "unpack it, or save the sheet as CSV"),
        (b"PK\x05\x06", "an empty zip archive", "export the data again"),
        (b"BZh", "packed with bzip2", UNPACK),
        (b"\xfd7zXZ\0", "packed with xz", UNPACK),
        (b"\x28\xb5\x2f\xfd", "packed with zstd", UNPACK),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
        (b"Rar!", "a rar archive", UNPACK),
        (b"\x1f\x8b", "packed with gzip twice", UNPACK),
        (b"\xd0\xcf\x11\xe0", "an old workbook", SAVE),
        (b"\x89PNG", "a picture (PNG)", EXPORT),
        (b"\xff\xd8\xff", "a picture (JPEG)", EXPORT),
        (b"%PDF-", "a PDF document", EXPORT),
        (b"SQLite format 3\0", "a SQLite database", EXPORT),
        (b"PAR1", "a Parquet file", EXPORT),
    ];
    let known = MAGIC.iter().find(|(magic, ..)| head.starts_with(magic));
    known.map(|(_, what, remedy)| (*what, *remedy)).or_else(|| markup(head))
}

/// Whether the text is that of a page or of JSON rather than of a table.
fn markup(head: &[u8]) -> Option<(&'static str, &'static str)> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let begins = |word: &[u8]| head.len() >= word.len() && head[..word.len()].eq_ignore_ascii_case(word);
    let json = begins(b"{\"")
        || begins(b"[{")
        || begins(b"[[")
        || (begins(b"{") && head[1..].trim_ascii_start().first() == Some(&b'"'))
        || (begins(b"[") && matches!(head[1..].trim_ascii_start().first(), Some(b'{' | b'[')));
    if json {
        return Some(("JSON", "export the data as CSV and bring that in"));
    }
    let page = begins(b"<!doctype") || begins(b"<html") || begins(b"<?xml") || begins(b"<table");
    page.then_some(("a web page or XML", "download the file itself: a sign-in page may have come instead"))
}

/// What comes after the head.
enum Rest {
    Plain(BufReader<Raw>),
    Gzip(Box<MultiGzDecoder<BufReader<Raw>>>),
}

impl Rest {
    fn raw(&self) -> &Raw {
        match self {
            Rest::Plain(reader) => reader.get_ref(),
            Rest::Gzip(reader) => reader.get_ref().get_ref(),
        }
    }
}

impl Read for Rest {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Rest::Plain(reader) => reader.read(into),
            Rest::Gzip(reader) => reader.read(into),
        }
    }
}

/// The bytes as they come, counted and hashed.
struct Raw {
    inner: Box<dyn Read + Send>,
    first: Vec<u8>,
    given: usize,
    count: u64,
    hash: Sha256,
}

impl Raw {
    fn new(inner: Box<dyn Read + Send>) -> Raw {
        Raw { inner, first: Vec::new(), given: 0, count: 0, hash: Sha256::new() }
    }

    /// Reads as much as tells gzip from the rest.
    fn look_ahead(&mut self) -> io::Result<()> {
        let mut limited = (&mut self.inner).take(2);
        limited.read_to_end(&mut self.first).map(|_| ())
    }
}

impl Read for Raw {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let ready = &self.first[self.given..];
        let read = if ready.is_empty() {
            self.inner.read(into)?
        } else {
            let taken = ready.len().min(into.len());
            into[..taken].copy_from_slice(&ready[..taken]);
            self.given += taken;
            taken
        };
        self.count += read as u64;
        self.hash.update(&into[..read]);
        Ok(read)
    }
}
