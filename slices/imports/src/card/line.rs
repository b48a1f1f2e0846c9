//! The lines of address cards: folded ones joined, each as it came in bytes.

use std::io::{self, BufRead, Read};

use encoding_rs::Encoding;

/// The longest line with all that is folded into it; what is longer is cut there.
const LONGEST: usize = 4 << 20;

/// The lines of a file of cards.
pub(crate) struct Lines<R> {
    from: R,
    charset: &'static Encoding,
    /// The line that was read already, to see whether it belongs to the one before.
    ahead: Option<Vec<u8>>,
}

impl<R: BufRead> Lines<R> {
    /// Reads lines in which letters are written so, where a line says nothing else.
    pub fn new(from: R, charset: &'static Encoding) -> Lines<R> {
        Lines { from, charset, ahead: None }
    }

    /// How letters are written where a line says nothing else and they are no UTF-8.
    pub fn charset(&self) -> &'static Encoding {
        self.charset
    }

    /// The next line that is not blank; nothing at the end.
    pub fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = loop {
            match self.take()? {
                None => return Ok(None),
                Some(line) if line.trim_ascii().is_empty() => (),
                Some(line) => break line,
            }
        };
        while let Some(next) = self.take()? {
            if is_soft(&line) {
                line.pop();
                join(&mut line, &next);
            } else if matches!(next.first(), Some(b' ' | b'\t')) && !next.trim_ascii().is_empty() {
                join(&mut line, &next[1..]);
            } else {
                self.ahead = Some(next);
                break;
            }
        }
        Ok(Some(line))
    }

    fn take(&mut self) -> io::Result<Option<Vec<u8>>> {
        if let Some(line) = self.ahead.take() {
            return Ok(Some(line));
        }
        let mut line = Vec::new();
        let read = (&mut self.from).take(LONGEST as u64).read_until(b'\n', &mut line)?;
        while matches!(line.last(), Some(b'\n' | b'\r')) {
            line.pop();
        }
        Ok((0 < read).then_some(line))
    }
}

/// Whether a line of quoted-printable goes on in the next.
fn is_soft(line: &[u8]) -> bool {
    let head = line.split(|byte| *byte == b':').next().unwrap_or_default().to_ascii_uppercase();
    line.ends_with(b"=") && head.windows(16).any(|part| part == b"QUOTED-PRINTABLE")
}

fn join(line: &mut Vec<u8>, more: &[u8]) {
    let room = LONGEST.saturating_sub(line.len());
    line.extend_from_slice(&more[..more.len().min(room)]);
}
