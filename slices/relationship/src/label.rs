//! Labels: what people say that relationships are, as rows of a text, each with what could not be understood of it.

use kernel::{Day, Problem, Result};
use speech::say;

use crate::{Class, Lean};

/// A row of a text of labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Which row, the first below the heads being 1.
    pub row: usize,
    /// The account: its id, its name, or a number under which others know it.
    pub account: String,
    /// The name of the service line; none where the row names none.
    pub line: Option<String>,
    /// Customer or client.
    pub lean: Lean,
    /// The day for which it is said; none for now.
    pub on: Option<Day>,
}

/// Rows that are no labels, each with the reason.
pub type Unread = Vec<(usize, &'static str)>;

/// More rows are not taken at once.
pub const MOST: usize = 20_000;

/// Reads a text of labels: a row of heads (`account`, `class`, and where wanted `line` and `day`, in any order), then a row
/// for each label, parted by commas, semicolons or tabs.
///
/// # Errors
/// `labels.columns` for a text without the heads account and class, `labels.many` for too many rows.
pub fn read(text: &str) -> Result<(Vec<Label>, Unread)> {
    let heads = text.lines().next().unwrap_or_default();
    let found = [b',', b';', b'\t'].into_iter().find_map(|mark| {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(mark)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let columns = Columns::of(reader.headers().ok()?)?;
        Some((reader, columns))
    });
    let (mut reader, columns) = found.ok_or_else(|| no_columns(heads))?;
    let (mut labels, mut unread) = (Vec::new(), Unread::new());
    for (at, record) in reader.records().enumerate() {
        let row = at + 1;
        if MOST < row {
            let text = say!("read labels: there are more than {MOST} rows; give the newest {MOST}");
            return Err(Problem::invalid("labels", "labels.many", text));
        }
        match record.map_err(|_| "cannot be read as a row").and_then(|record| columns.label(row, &record)) {
            Ok(label) => labels.push(label),
            Err(why) => unread.push((row, why)),
        }
    }
    Ok((labels, unread))
}

fn no_columns(heads: &str) -> Problem {
    let heads: String = heads.chars().take(80).collect();
    let text = say!(
        "read labels: the first row has to name the columns account and class, and may name line and day; it is {heads:?}"
    );
    Problem::invalid("labels", "labels.columns", text)
}

/// Which column is what.
struct Columns {
    account: usize,
    class: usize,
    line: Option<usize>,
    day: Option<usize>,
}

impl Columns {
    fn of(heads: &csv::StringRecord) -> Option<Columns> {
        let place = |names: &[&str]| {
            heads.iter().position(|head| {
                let head = head.trim_start_matches('\u{feff}').to_lowercase();
                names.contains(&head.as_str())
            })
        };
        Some(Columns {
            account: place(&["account", "name", "id"])?,
            class: place(&["class", "label"])?,
            line: place(&["line", "service line"]),
            day: place(&["day", "on", "date"]),
        })
    }

    fn label(&self, row: usize, record: &csv::StringRecord) -> std::result::Result<Label, &'static str> {
        let cell = |at: usize| record.get(at).unwrap_or_default();
        let filled = |at: Option<usize>| at.map(cell).filter(|text| !text.is_empty());
        if cell(self.account).is_empty() {
            return Err("names no account");
        }
        let lean = match Class::parse(&cell(self.class).to_lowercase()) {
            Some(Class::Client) => Lean::Client,
            Some(Class::Customer) => Lean::Customer,
            _ => return Err("says neither client nor customer"),
        };
        let on = filled(self.day)
            .map(Day::parse)
            .transpose()
            .map_err(|_| "has a day that is not written as 2025-03-04")?;
        let (account, line) = (cell(self.account).to_owned(), filled(self.line).map(str::to_owned));
        Ok(Label { row, account, line, lean, on })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_whatever_parts_them_and_what_is_none_is_told() {
        let text = "\u{feff}Account;Class;Day\nRook & Daughters;client;2025-03-04\nWick;friend;\n;customer;\nFalk;Customer;\nOrla;client;May\n";
        let (labels, unread) = read(text).unwrap();
        assert_eq!(labels.len(), 2);
        assert_eq!((labels[0].lean, labels[0].on), (Lean::Client, Some(Day::parse("2025-03-04").unwrap())));
        assert_eq!((labels[1].row, labels[1].account.as_str(), labels[1].on), (4, "Falk", None));
        assert_eq!(unread.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [2, 3, 5]);
        let (quoted, _) = read("line,account,class\nShop,\"Rook, Ltd\",customer\n").unwrap();
        assert_eq!((quoted[0].account.as_str(), quoted[0].line.as_deref()), ("Rook, Ltd", Some("Shop")));
        let (told, _) = read("account,class,notes: a;b;c;d\nRook,client,x\n").unwrap();
        assert_eq!(told[0].account, "Rook");
        for wrong in ["", "a,b\n1,2\n", "account,day\nRook,2025-03-04\n"] {
            assert_eq!(read(wrong).unwrap_err().code, "labels.columns", "{wrong:?}");
        }
    }
}
