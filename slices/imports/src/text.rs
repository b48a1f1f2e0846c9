//! The text of a file as a stream of UTF-8 in the one form the record reader understands.

use std::io::{self, Read};

use crate::{Dialect, Source, encoding::Decoder};

/// What a file is read in.
const CHUNK: usize = 64 * 1024;

/// Stands for a delimiter of several characters.
pub(crate) const UNIT: u8 = 0x1f;

/// Stands for a record end that is not the end of a line.
pub(crate) const RECORD: u8 = 0x1e;

/// The text of a file.
pub(crate) struct Text {
    source: Source,
    bytes: Vec<u8>,
    mark: usize,
    decoder: Decoder,
    rewriting: Option<Rewriting>,
    unwrapping: Option<Unwrapping>,
    decoded: Vec<u8>,
    finished: bool,
}

impl Text {
    pub fn new(source: Source, dialect: &Dialect) -> Text {
        Text {
            source,
            bytes: vec![0; CHUNK],
            mark: usize::from(dialect.byte_order_mark),
            decoder: Decoder::new(dialect.encoding),
            rewriting: Rewriting::of(dialect),
            unwrapping: dialect.double_encoded.then(Unwrapping::new),
            decoded: Vec::new(),
            finished: false,
        }
    }

    /// The file it comes from.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Replaces `text` by the next piece; an empty piece is the end.
    pub fn next(&mut self, text: &mut Vec<u8>) -> io::Result<()> {
        text.clear();
        while !self.finished {
            let read = self.read()?;
            let last = read == 0;
            self.finished = last;
            let skipped = self.mark.min(read);
            self.mark -= skipped;
            let piece = &self.bytes[skipped..read];
            if self.rewriting.is_none() && self.unwrapping.is_none() {
                self.decoder.push(piece, last, text);
            } else {
                self.decoded.clear();
                self.decoder.push(piece, last, &mut self.decoded);
                if let Some(unwrapping) = &mut self.unwrapping {
                    unwrapping.push(&mut self.decoded, last);
                }
                match &mut self.rewriting {
                    Some(rewriting) => rewriting.push(&self.decoded, last, text),
                    None => text.extend_from_slice(&self.decoded),
                }
            }
            if !text.is_empty() {
                break;
            }
        }
        Ok(())
    }

    fn read(&mut self) -> io::Result<usize> {
        loop {
            match self.source.read(&mut self.bytes) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => (),
                other => return other,
            }
        }
    }
}

/// Turns long delimiters and record ends into one byte each, and takes the blanks after delimiters out.
struct Rewriting {
    delimiter: Vec<u8>,
    end: Option<Vec<u8>>,
    quote: Option<u8>,
    escape: Option<u8>,
    padded: bool,
    quoted: bool,
    closed: bool,
    fresh: bool,
    kept: Vec<u8>,
}

impl Rewriting {
    /// What the dialect needs, if it needs anything.
    fn of(dialect: &Dialect) -> Option<Rewriting> {
        let needed = dialect.delimiter.len() > 1 || dialect.record_end.is_some() || dialect.padded;
        needed.then(|| Rewriting {
            delimiter: dialect.delimiter.clone().into_bytes(),
            end: dialect.record_end.clone().map(String::into_bytes).filter(|end| !end.is_empty()),
            quote: dialect.quote.and_then(|quote| u8::try_from(quote).ok()),
            escape: dialect.escape.and_then(|escape| u8::try_from(escape).ok()),
            padded: dialect.padded,
            quoted: false,
            closed: false,
            fresh: true,
            kept: Vec::new(),
        })
    }

    fn push(&mut self, text: &[u8], last: bool, out: &mut Vec<u8>) {
        let mut all = std::mem::take(&mut self.kept);
        all.extend_from_slice(text);
        let longest = self.delimiter.len().max(self.end.as_ref().map_or(0, Vec::len)) + 2;
        let mut at = 0;
        while at < all.len() && (last || at + longest <= all.len()) {
            at += self.step(&all[at..], out);
        }
        all.drain(..at);
        self.kept = all;
    }

    /// Writes what the text begins with and says how long that was.
    fn step(&mut self, text: &[u8], out: &mut Vec<u8>) -> usize {
        let byte = text[0];
        if Some(byte) == self.quote && (self.quoted || self.closed || self.fresh) {
            self.closed = self.quoted;
            self.quoted = !self.quoted;
            self.fresh = false;
            out.push(byte);
            return 1;
        }
        if self.quoted {
            let taken = if Some(byte) == self.escape { text.len().min(2) } else { 1 };
            out.extend_from_slice(&text[..taken]);
            return taken;
        }
        self.closed = false;
        self.between_quotes(text, out)
    }

    /// The same outside quotes.
    fn between_quotes(&mut self, text: &[u8], out: &mut Vec<u8>) -> usize {
        let byte = text[0];
        if !self.delimiter.is_empty() && text.starts_with(&self.delimiter) {
            self.fresh = true;
            out.push(if self.delimiter.len() == 1 { byte } else { UNIT });
            return self.delimiter.len();
        }
        if let Some(end) = self.end.as_ref().filter(|end| text.starts_with(end)) {
            self.fresh = true;
            out.push(RECORD);
            return end.len() + line_end(&text[end.len()..]);
        }
        if self.padded && self.fresh && byte == b' ' {
            return 1;
        }
        self.fresh = matches!(byte, b'\n' | b'\r');
        out.push(byte);
        1
    }
}

/// How long the line end is that the text begins with.
fn line_end(text: &[u8]) -> usize {
    match text {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// Undoes one layer of quoting: each cell becomes a line.
struct Unwrapping {
    reader: csv_core::Reader,
    cell: Vec<u8>,
}

impl Unwrapping {
    fn new() -> Unwrapping {
        let reader = csv_core::ReaderBuilder::new().delimiter(UNIT).build();
        Unwrapping { reader, cell: vec![0; CHUNK] }
    }

    fn push(&mut self, text: &mut Vec<u8>, last: bool) {
        let input = std::mem::take(text);
        let mut rest = input.as_slice();
        while !rest.is_empty() || last {
            let (result, read, written) = self.reader.read_field(rest, &mut self.cell);
            rest = &rest[read..];
            text.extend_from_slice(&self.cell[..written]);
            match result {
                csv_core::ReadFieldResult::Field { .. } => text.push(b'\n'),
                csv_core::ReadFieldResult::End => return,
                csv_core::ReadFieldResult::InputEmpty | csv_core::ReadFieldResult::OutputFull => (),
            }
        }
    }
}
