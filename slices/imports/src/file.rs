//! An opened file: its bytes as a stream, unpacked where it is gzip or bzip2, hashed as it is, never whole in memory.

use std::io::{self, BufReader, Read};

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::MultiGzDecoder;
use kernel::{Problem, Result};
use sha2::{Digest, Sha256};

use crate::{kind::Kind, limit};

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
    /// How many bytes came out of it so far.
    out: u64,
}

impl Source {
    /// Takes any stream of bytes under the name it shall have in messages.
    ///
    /// # Errors
    /// `imports.empty` where nothing is in it, `imports.not_text` for an archive, a workbook or a picture.
    pub fn new(name: &str, reader: impl Read + Send + 'static) -> Result<Source> {
        Source::any(name, Box::new(reader))?.checked()
    }

    /// Takes a stream of bytes whatever it is.
    ///
    /// # Errors
    /// `imports.empty` where nothing is in it, `imports.open` and `imports.damaged` where it cannot be read.
    pub(crate) fn any(name: &str, reader: Box<dyn Read + Send>) -> Result<Source> {
        let mut raw = Raw::new(reader);
        let failed = |error: io::Error| {
            Problem::invalid("file", "imports.open", format!("reading {name} failed: {error}; send it again"))
                .because(error)
        };
        raw.look_ahead().map_err(failed)?;
        if raw.first.is_empty() {
            return Err(empty(name));
        }
        let (name, head) = (name.to_owned(), Vec::new());
        let rest = Rest::of(raw);
        let mut source = Source { name, head, given: 0, whole: false, failure: None, rest, out: 0 };
        source.fill_head();
        if !source.head.is_empty() {
            return Ok(source);
        }
        Err(source
            .failure
            .as_ref()
            .map_or_else(|| empty(&source.name), |error| damaged(&source.name, 0, Some(error))))
    }

    /// What it is, unpacked.
    pub(crate) fn kind(&self) -> Kind {
        Kind::of(&self.head)
    }

    /// Whether its bytes are packed.
    pub(crate) fn is_packed(&self) -> bool {
        !matches!(self.rest, Rest::Plain(_))
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
            match self.read_on(&mut head[filled..]) {
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
    pub(crate) fn checked(self) -> Result<Source> {
        match self.kind().refusal() {
            Some((what, remedy)) => Err(Problem::invalid(
                "file",
                "imports.not_text",
                format!("{} is {what}, not a table of text; {remedy}", self.name),
            )),
            None => Ok(self),
        }
    }

    /// Reads on behind the head, no further than a table would.
    fn read_on(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.rest.read(into)?;
        self.out += read as u64;
        if self.is_packed() {
            limit::check(self.rest.raw().count, self.out)?;
        }
        Ok(read)
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
        if self.whole { Ok(0) } else { self.read_on(into) }
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
        Some(io::ErrorKind::FileTooLarge) => return too_large(name),
        _ => error.map_or_else(|| "it cannot be read".to_owned(), io::Error::to_string),
    };
    Problem::invalid(
        "file",
        "imports.damaged",
        format!("{name} breaks off {after}: {why}; get a complete copy and bring it in again"),
    )
}

/// The problem of a file out of which more comes than any table holds.
pub(crate) fn too_large(name: &str) -> Problem {
    let text = format!(
        "{name} is refused: more than {} MiB come out of it, over {} times its size, as with files made to fill disks; \
         unpack it yourself and bring in what is inside",
        limit::ALWAYS >> 20,
        limit::MOST_FOR_EACH
    );
    Problem::invalid("file", "imports.too_large", text)
}

pub(crate) fn empty(name: &str) -> Problem {
    Problem::invalid("file", "imports.empty", format!("{name} is empty; export it again"))
}

/// What comes after the head.
enum Rest {
    Plain(BufReader<Raw>),
    Gzip(Box<MultiGzDecoder<BufReader<Raw>>>),
    Bzip(Box<MultiBzDecoder<BufReader<Raw>>>),
}

impl Rest {
    /// Unpacks what its first bytes show to be packed.
    fn of(raw: Raw) -> Rest {
        let (gzip, bzip) = (raw.first.starts_with(&[0x1f, 0x8b]), is_bzip(&raw.first));
        let raw = BufReader::with_capacity(CHUNK, raw);
        match (gzip, bzip) {
            (true, _) => Rest::Gzip(Box::new(MultiGzDecoder::new(raw))),
            (_, true) => Rest::Bzip(Box::new(MultiBzDecoder::new(raw))),
            _ => Rest::Plain(raw),
        }
    }

    fn raw(&self) -> &Raw {
        match self {
            Rest::Plain(reader) => reader.get_ref(),
            Rest::Gzip(reader) => reader.get_ref().get_ref(),
            Rest::Bzip(reader) => reader.get_ref().get_ref(),
        }
    }
}

impl Read for Rest {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Rest::Plain(reader) => reader.read(into),
            Rest::Gzip(reader) => reader.read(into),
            Rest::Bzip(reader) => reader.read(into),
        }
    }
}

/// `BZh`, how large its blocks are, and the beginning of a block or the end.
fn is_bzip(first: &[u8]) -> bool {
    let block = first.get(4..10);
    first.starts_with(b"BZh") && (block == Some(b"1AY&SY") || block == Some(b"\x17\x72\x45\x38\x50\x90"))
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

    /// Reads as much as tells what is packed from the rest.
    fn look_ahead(&mut self) -> io::Result<()> {
        let mut limited = (&mut self.inner).take(10);
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
