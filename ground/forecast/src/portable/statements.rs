//! The three statements: summary per account, count per history, scores joined back.

use btyd::{Day, Unit};
use kernel::Result;

use super::{Dialect, names::name};

/// What is to be counted, and under which names.
#[derive(Clone, Debug)]
pub struct Counting {
    /// The engine.
    pub dialect: Dialect,
    /// The table of transactions.
    pub table: String,
    /// Its column that says who.
    pub id: String,
    /// Its column that says when.
    pub date: String,
    /// Its column that says for how much.
    pub amount: Option<String>,
    /// The unit of recency and age.
    pub unit: Unit,
    /// The last day observed.
    pub end: Day,
    /// The last day of a holdout after it.
    pub holdout: Option<Day>,
    /// How the new tables begin: `btyd` makes `btyd_summary`, `btyd_cells`, `btyd_scores`, `btyd_scored`.
    pub into: String,
}

/// The statements, in the order in which they are run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statements {
    /// One row per account.
    pub summary: String,
    /// One row per distinct history, with how many accounts share it. Its rows are what `model fit` and
    /// `model predict` read.
    pub cells: String,
    /// The scores of `model predict`, loaded as a table, joined back to the accounts.
    pub scored: String,
}

impl Counting {
    /// Writes the statements.
    ///
    /// They follow the convention of the papers: purchases of one day are one, the first purchase is no repeat, the day
    /// of the end is the last one observed. Accounts first seen after the end are no customers yet.
    pub fn statements(&self) -> Result<Statements> {
        let of = |end: &str| name(&format!("{}_{end}", self.into), self.dialect);
        let tables = Tables {
            summary: of("summary")?,
            cells: of("cells")?,
            scores: of("scores")?,
            scored: of("scored")?,
        };
        Ok(Statements {
            summary: self.summary(&tables)?,
            cells: self.cells(&tables),
            scored: self.scored(&tables),
        })
    }

    fn summary(&self, tables: &Tables) -> Result<String> {
        let engine = self.dialect;
        let (table, who) = (name(&self.table, engine)?, name(&self.id, engine)?);
        let day = format!("CAST({} AS DATE)", name(&self.date, engine)?);
        let amount = self.amount.as_deref().map(|amount| name(amount, engine)).transpose()?;
        let sum = amount.map(|amount| format!(",\n    SUM({}) AS amount", engine.exact(&amount)));
        let carried = if sum.is_some() { ", amount" } else { "" };
        let end = format!("DATE '{}'", self.end);
        let last = format!("DATE '{}'", self.holdout.unwrap_or(self.end));
        let mut columns = vec![
            "account".to_owned(),
            format!("SUM(CASE WHEN day > first_day AND day <= {end} THEN 1 ELSE 0 END) AS frequency"),
            format!("{} AS recency_days", self.seen(&end)),
            format!("{} AS age_days", engine.days("first_day", &end)),
        ];
        if sum.is_some() {
            let repeat = format!("SUM(CASE WHEN day > first_day AND day <= {end} THEN amount ELSE 0 END)");
            columns.push(format!("{} AS repeat_amount", engine.double(&repeat)));
        }
        if self.holdout.is_some() {
            columns.push(format!("SUM(CASE WHEN day > {end} THEN 1 ELSE 0 END) AS holdout"));
        }
        let unit = |days: &str| self.in_unit(days);
        let mut shown = vec![
            "account".to_owned(),
            "frequency".to_owned(),
            format!("{} AS recency", unit("recency_days")),
            format!("{} AS age", unit("age_days")),
            format!("'{}' AS unit", self.unit),
        ];
        if sum.is_some() {
            shown.push(
                "CASE WHEN frequency > 0 THEN repeat_amount / frequency ELSE 0 END AS monetary".to_owned(),
            );
        }
        if self.holdout.is_some() {
            shown.push("holdout".to_owned());
        }
        shown.extend(["recency_days".to_owned(), "age_days".to_owned()]);
        Ok(format!(
            "CREATE TABLE {into} {kept}\n\
             WITH purchase AS (\n  SELECT\n    {who} AS account,\n    {day} AS day{sum}\n  FROM {table}\n  \
             WHERE {who} IS NOT NULL AND {day} <= {last}\n  GROUP BY {who}, {day}\n),\n\
             dated AS (\n  SELECT account, day{carried}, MIN(day) OVER (PARTITION BY account) AS first_day\n  \
             FROM purchase\n),\n\
             counted AS (\n  SELECT\n    {columns}\n  FROM dated\n  WHERE first_day <= {end}\n  \
             GROUP BY account, first_day\n)\n\
             SELECT\n  {shown}\nFROM counted",
            into = tables.summary,
            kept = engine.kept_as(),
            sum = sum.unwrap_or_default(),
            columns = columns.join(",\n    "),
            shown = shown.join(",\n  "),
        ))
    }

    /// Days from the first purchase to the last one observed.
    fn seen(&self, end: &str) -> String {
        self.dialect.days("first_day", &format!("MAX(CASE WHEN day <= {end} THEN day END)"))
    }

    /// Days as a length in the unit, by one division of doubles.
    fn in_unit(&self, days: &str) -> String {
        let double = self.dialect.double(days);
        match self.unit {
            Unit::Day => double,
            unit => format!("{double} / {}", self.dialect.double(&unit.days().to_string())),
        }
    }

    fn cells(&self, tables: &Tables) -> String {
        format!(
            "CREATE TABLE {into} {kept}\n\
             SELECT frequency, recency, age, unit, recency_days, age_days, COUNT(*) AS customers\n\
             FROM {from}\n\
             GROUP BY frequency, recency, age, unit, recency_days, age_days",
            into = tables.cells,
            kept = self.dialect.kept_as(),
            from = tables.summary,
        )
    }

    fn scored(&self, tables: &Tables) -> String {
        let scores =
            ["p_active", "p_active_low", "p_active_high", "expected", "expected_low", "expected_high"];
        let scores: Vec<String> = scores.iter().map(|column| format!("score.{column}")).collect();
        format!(
            "CREATE TABLE {into} {kept}\n\
             SELECT\n  customer.*,\n  {scores}\n\
             FROM {summary} AS customer\n\
             JOIN {from} AS score\n  ON score.frequency = customer.frequency\n  \
             AND score.recency_days = customer.recency_days\n  AND score.age_days = customer.age_days",
            into = tables.scored,
            kept = self.dialect.kept_as(),
            scores = scores.join(",\n  "),
            summary = tables.summary,
            from = tables.scores,
        )
    }
}

/// The names of the new tables.
struct Tables {
    summary: String,
    cells: String,
    scores: String,
    scored: String,
}
