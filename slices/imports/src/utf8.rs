//! A text as UTF-8, however its letters are written, without the mark before it.

use std::io::{self, Read};

use crate::{
    Source,
    encoding::{Decoder, Encoding},
};

/// What a text is read in.
const CHUNK: usize = 64 * 1024;

/// The text of a file as UTF-8.
pub(crate) struct Utf8 {
    from: Source,
    decoder: Decoder,
    mark: usize,
    bytes: Vec<u8>,
    ready: Vec<u8>,
    at: usize,
    ended: bool,
}

impl Utf8 {
    /// Guesses how the letters are written, as for any text.
    pub fn new(from: Source) -> Utf8 {
        let (encoding, mark) = Encoding::guess(from.head());
        Utf8::written(from, encoding, mark)
    }

    fn written(from: Source, encoding: Encoding, mark: u8) -> Utf8 {
        let decoder = Decoder::new(encoding);
        Utf8 {
            from,
            decoder,
            mark: mark.into(),
            bytes: vec![0; CHUNK],
            ready: Vec::new(),
            at: 0,
            ended: false,
        }
    }
}

impl Read for Utf8 {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() && !self.ended {
            let read = self.from.read(&mut self.bytes)?;
            self.ended = read == 0;
            let skipped = self.mark.min(read);
            self.mark -= skipped;
            self.ready.clear();
            self.at = 0;
            self.decoder.push(&self.bytes[skipped..read], self.ended, &mut self.ready);
        }
        let taken = into.len().min(self.ready.len() - self.at);
        into[..taken].copy_from_slice(&self.ready[self.at..self.at + taken]);
        self.at += taken;
        Ok(taken)
    }
}
