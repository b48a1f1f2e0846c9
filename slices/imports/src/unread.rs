//! A row that stands for a part of a file from which no row could be made: it is rejected where it stands, and says why.

use crate::{Record, Rejection, record::shortened};

/// What its first cell begins with: no text that people exchange holds this letter.
const MARK: char = '\u{10fffd}';

/// The cells of such a row: why it cannot be read, and what stands there.
pub(crate) fn cells(reason: &str, text: &str) -> [String; 2] {
    [format!("{MARK}{reason}"), shortened(text.trim())]
}

/// Why a record is rejected that is such a row.
pub(crate) fn rejected(record: &Record) -> Option<Rejection> {
    let reason = record.cell(0).strip_prefix(MARK)?.to_owned();
    Some(Rejection { row: record.row(), column: None, value: record.cell(1).to_owned(), reason })
}
