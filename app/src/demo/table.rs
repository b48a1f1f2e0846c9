//! A table of a sample business: the file as a person would have exported it, and the mapping that says what its columns
//! mean.

use std::fmt::Write;

use kernel::Day;

/// The tables of a business, in the order in which they come.
pub type Tables = Vec<Table>;

/// A table that comes in as a file.
#[derive(Clone, Debug)]
pub struct Table {
    /// The name of the file.
    pub name: &'static str,
    target: &'static str,
    /// Meaning and column.
    columns: &'static [(&'static str, &'static str)],
    fixed: Vec<(&'static str, String)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table whose rows become `target`; each column with what it means. `space` is the numbering of the parties.
    pub fn new(
        name: &'static str,
        target: &'static str,
        space: &str,
        columns: &'static [(&'static str, &'static str)],
    ) -> Table {
        Table { name, target, columns, fixed: vec![("party_space", space.to_owned())], rows: Vec::new() }
    }

    /// The service line its rows belong to, and our trade on it.
    #[must_use]
    pub fn on(self, line: &str, industry: &str) -> Table {
        self.always("line", line).always("industry", industry)
    }

    /// What holds for every row: currency, offer, channel.
    #[must_use]
    pub fn always(mut self, what: &'static str, value: &str) -> Table {
        self.fixed.push((what, value.to_owned()));
        self
    }

    /// Another row; a cell per column, in their order.
    pub fn row<C: Into<String>>(&mut self, cells: impl IntoIterator<Item = C>) {
        let cells: Vec<String> = cells.into_iter().map(Into::into).collect();
        debug_assert_eq!(cells.len(), self.columns.len(), "{}: {cells:?}", self.name);
        self.rows.push(cells);
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The file: CSV, the rows in the order of their days where one of its columns is called Date.
    pub fn csv(&self) -> String {
        let mut text = line(self.columns.iter().map(|(_, column)| *column));
        let date = self.columns.iter().position(|(_, column)| *column == "Date");
        let mut rows: Vec<&Vec<String>> = self.rows.iter().collect();
        if let Some(date) = date {
            rows.sort_by(|a, b| a[date].cmp(&b[date]));
        }
        rows.into_iter().for_each(|row| text.push_str(&line(row.iter().map(String::as_str))));
        text
    }

    /// What its columns mean, as TOML.
    pub fn mapping(&self) -> String {
        let mut text = format!("target = \"{}\"\nnow = \"end of data\"\n\n[fixed]\n", self.target);
        for (what, value) in &self.fixed {
            put(&mut text, what, value);
        }
        text.push_str("\n[columns]\n");
        for (meaning, column) in self.columns {
            put(&mut text, meaning, column);
        }
        if self.target == "orders.record" {
            text.push_str("\n[rules.cancellation]\nprefixes = []\nnegative = true\n");
        }
        text
    }
}

/// A line of TOML; nothing in these tables needs escaping.
fn put(text: &mut String, key: &str, value: &str) {
    writeln!(text, "{key} = \"{value}\"").expect("writing to a text does not fail");
}

/// A line of CSV.
fn line<'c>(cells: impl Iterator<Item = &'c str>) -> String {
    let quoted = cells.map(|cell| match cell.contains([',', '"', '\n']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    });
    quoted.collect::<Vec<_>>().join(",") + "\n"
}

/// Cents as an amount: `38.00`.
pub fn money(cents: i32) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100)
}

/// A day with a time of day.
pub fn at(day: Day, hour: i32, minute: i32) -> String {
    format!("{day} {hour:02}:{minute:02}")
}

/// The day so many days before.
pub fn ago(today: Day, days: i32) -> Day {
    today.plus(-days)
}
