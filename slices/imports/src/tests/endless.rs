//! A line of 200 MB is rejected in flat memory, and what follows it is read.

use std::io::{self, Read};

use crate::{Records, Row, Source, sniff, splitter::LONGEST_RECORD};

/// Bytes that are made as they are read.
struct Made {
    before: &'static [u8],
    left: usize,
    after: &'static [u8],
}

impl Read for Made {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let piece = if !self.before.is_empty() {
            &mut self.before
        } else if self.left > 0 {
            let made = self.left.min(into.len());
            into[..made].fill(b'x');
            self.left -= made;
            return Ok(made);
        } else {
            &mut self.after
        };
        piece.read(into)
    }
}

#[test]
fn a_line_of_200_mb_is_rejected_in_flat_memory_and_the_rest_is_read() {
    for (before, after) in [
        (b"a,b\n1,2\n3,".as_slice(), b"\n5,6\n".as_slice()),
        (b"a,b\n1,2\n3,\"".as_slice(), b"\"\n5,6\n".as_slice()),
    ] {
        let source = Source::new("long.csv", Made { before, left: 200_000_000, after }).unwrap();
        let dialect = sniff(&source).unwrap();
        let mut records = Records::open(source, &dialect).unwrap();
        let mut rows = Vec::new();
        while let Some(row) = records.read().unwrap() {
            rows.push(match row {
                Row::Record(record) => (record.row(), record.cell(1).to_owned()),
                Row::Rejected(rejection) => (rejection.row, rejection.reason),
            });
        }
        assert_eq!(rows.len(), 3);
        assert_eq!((rows[0].clone(), rows[2].clone()), ((1, "2".to_owned()), (3, "6".to_owned())));
        assert!(rows[1].1.contains("is longer than 16 MiB"), "{}", rows[1].1);
        assert!(records.held() <= LONGEST_RECORD + 1024 * 1024, "{}", records.held());
    }
}
