//! How a cell of a table stands in a file for people: amounts with a decimal point, instants and days as ISO 8601, nothing
//! that a spreadsheet would run.

use jiff::{Timestamp, civil::Date};
use kernel::{Day, plain, ten_thousandths};
use store::{ColumnKind, archive::Cell};

/// What stands for nothing.
const NULL: &str = r"\N";

/// Before a number of instants or days that no calendar has.
const RAW: char = '@';

/// A cell as it is written.
pub(super) fn written(kind: ColumnKind, cell: &Cell) -> String {
    match (cell, kind) {
        (Cell::Null, _) => NULL.to_owned(),
        (Cell::Text(text), _) => neutral(text),
        (Cell::Bytes(bytes), _) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        (Cell::Int(number), ColumnKind::Amount) => plain(*number),
        (Cell::Int(number), ColumnKind::Moment | ColumnKind::Clock) => {
            let at = Timestamp::from_microsecond(*number).ok();
            at.map_or_else(|| format!("{RAW}{number}"), |at| at.to_string())
        }
        (Cell::Int(number), ColumnKind::Day) => day(*number).unwrap_or_else(|| format!("{RAW}{number}")),
        (Cell::Int(number), _) => number.to_string(),
    }
}

/// What was written, as a cell again; nothing for what no cell is written as.
pub(super) fn read(kind: ColumnKind, text: &str) -> Option<Cell> {
    if text == NULL {
        return Some(Cell::Null);
    }
    Some(match kind {
        ColumnKind::Text => Cell::Text(text.strip_prefix('\'').unwrap_or(text).to_owned()),
        ColumnKind::Bytes => Cell::Bytes(bytes(text)?),
        ColumnKind::Amount => Cell::Int(ten_thousandths(text)?),
        ColumnKind::Moment | ColumnKind::Clock => Cell::Int(match text.strip_prefix(RAW) {
            Some(raw) => raw.parse().ok()?,
            None => text.parse::<Timestamp>().ok()?.as_microsecond(),
        }),
        ColumnKind::Day => Cell::Int(match text.strip_prefix(RAW) {
            Some(raw) => raw.parse().ok()?,
            None => i64::from(Day::of(text.parse::<Date>().ok()?).0),
        }),
        _ => Cell::Int(text.parse().ok()?),
    })
}

/// The text, behind an apostrophe where a spreadsheet would run it, or where it would be read as something else.
pub(crate) fn neutral(text: &str) -> String {
    let is_formula = |letter: char| matches!(letter, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    let runs = text.trim_start().starts_with(is_formula) || text.starts_with(['\t', '\r', '\n']);
    let marked = runs || text.starts_with('\'') || text == NULL;
    format!("{}{text}", if marked { "'" } else { "" })
}

/// The civil date of a day; nothing for one that no calendar has.
fn day(number: i64) -> Option<String> {
    let day = Day(i32::try_from(number).ok()?);
    (Day::of(day.date()) == day).then(|| day.date().to_string())
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_reads_back_as_it_was() {
        let numbers = [0, 1, -1, 9_999, -10_000, 380_000, i64::MAX, i64::MIN, 1_741_082_520_123_456, 20_000];
        for kind in [
            ColumnKind::Int,
            ColumnKind::Amount,
            ColumnKind::Moment,
            ColumnKind::Clock,
            ColumnKind::Day,
            ColumnKind::Origin,
        ] {
            for number in numbers {
                let text = written(kind, &Cell::Int(number));
                assert_eq!(read(kind, &text), Some(Cell::Int(number)), "{kind:?} {text}");
            }
            assert_eq!(read(kind, &written(kind, &Cell::Null)), Some(Cell::Null));
        }
        let texts = ["", "'", "''=", "=1+1", "+49", "@SUM(A1)", "\t", " =1", r"\N", r"'\N", "a\r\nb", "Ægir"];
        for text in texts.map(str::to_owned) {
            let cell = Cell::Text(text);
            assert_eq!(read(ColumnKind::Text, &written(ColumnKind::Text, &cell)), Some(cell));
        }
        let held = Cell::Bytes(vec![0, 15, 255]);
        assert_eq!(read(ColumnKind::Bytes, &written(ColumnKind::Bytes, &held)), Some(held));
    }

    #[test]
    fn people_can_read_what_is_written_and_no_spreadsheet_runs_it() {
        for (kind, cell, text) in [
            (ColumnKind::Amount, Cell::Int(12_345_000), "1234.5"),
            (ColumnKind::Amount, Cell::Int(-380_000), "-38"),
            (ColumnKind::Moment, Cell::Int(1_741_082_520_000_000), "2025-03-04T10:02:00Z"),
            (ColumnKind::Day, Cell::Int(20_151), "2025-03-04"),
            (ColumnKind::Text, Cell::Text("=cmd|' /C calc'!A0".to_owned()), "'=cmd|' /C calc'!A0"),
            (ColumnKind::Text, Cell::Text("O'Neill".to_owned()), "O'Neill"),
        ] {
            assert_eq!(written(kind, &cell), text);
        }
    }

    #[test]
    fn what_nobody_wrote_is_no_cell() {
        for (kind, text) in [
            (ColumnKind::Int, "1.5"),
            (ColumnKind::Int, ""),
            (ColumnKind::Amount, "1.23456"),
            (ColumnKind::Amount, "1e3"),
            (ColumnKind::Amount, "99999999999999999999"),
            (ColumnKind::Day, "2025-02-30"),
            (ColumnKind::Moment, "yesterday"),
            (ColumnKind::Bytes, "0g"),
        ] {
            assert_eq!(read(kind, text), None, "{kind:?} {text}");
        }
    }
}
