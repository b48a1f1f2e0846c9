//! `model summarize`: raw transactions become one row per customer, in one pass.

use std::{collections::HashMap, path::PathBuf};

use btyd::{Day, Ledger, LedgerError, Rules, Summaries, Summary, Unit};
use kernel::{Problem, Result};

use crate::{
    roles::place,
    table::{Batch, Column, Layout, Reader, Writer},
};

/// What is asked of a summary.
#[derive(Clone, Debug)]
pub struct SummarizeAsked {
    /// The transactions.
    pub input: PathBuf,
    /// The column that says who.
    pub id: String,
    /// The column that says when.
    pub date: String,
    /// The column that says for how much.
    pub amount: Option<String>,
    /// Unit, end, holdout, convention, first purchases.
    pub rules: Rules,
    /// The unit again, to be written down.
    pub unit: Unit,
    /// Whether purchases of a holdout are counted apart.
    pub holdout: bool,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summarized {
    /// Transactions read.
    pub transactions: u64,
    /// Customers written.
    pub customers: u64,
}

/// Reads transactions and writes one row per customer: id, frequency, recency, age, unit, what they spent, what they did
/// in the holdout, and the logarithms of the times between purchases.
///
/// One pass is enough where each customer's transactions come in the order of time; otherwise they are read again and
/// sorted, which needs memory for all of them.
pub fn summarize(
    asked: &SummarizeAsked,
    out: Box<dyn std::io::Write + Send>,
    layout: Layout,
) -> Result<Summarized> {
    let mut people = People::default();
    let streamed = read(asked, &mut people)?;
    let (summaries, transactions) = match streamed {
        Some(done) => done,
        None => sorted(asked, &mut people)?,
    };
    let customers = write(asked, &people, &summaries, out, layout)?;
    Ok(Summarized { transactions, customers })
}

/// Everybody's name once, and a number for each.
#[derive(Default)]
struct People {
    numbers: HashMap<Box<str>, u32>,
    names: Vec<Box<str>>,
}

impl People {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.numbers.insert(name.into(), number);
        self.names.push(name.into());
        number
    }
}

/// In one pass; nothing where somebody's transactions are out of order.
fn read(asked: &SummarizeAsked, people: &mut People) -> Result<Option<(Summaries<u32>, u64)>> {
    let mut ledger = Ledger::new(asked.rules.clone());
    let mut rows = 0;
    let whole = each(asked, people, |refusal, who, day, amount| match ledger.record(who, day, amount) {
        Ok(()) => {
            rows += 1;
            Ok(true)
        }
        Err(LedgerError::OutOfOrder { .. }) => Ok(false),
        Err(cause) => Err(refusal(&cause.to_string())),
    })?;
    Ok(whole.then(|| (ledger.finish(), rows)))
}

fn sorted(asked: &SummarizeAsked, people: &mut People) -> Result<(Summaries<u32>, u64)> {
    let mut all = Vec::new();
    each(asked, people, |_, who, day, amount| {
        all.push((who, day, amount));
        Ok(true)
    })?;
    let rows = all.len() as u64;
    let ledger = Ledger::of_unsorted(asked.rules.clone(), all).map_err(|cause| {
        Problem::invalid("input", "model.row", format!("{}: {cause}", asked.input.display()))
    })?;
    Ok((ledger.finish(), rows))
}

/// Hands every transaction on, until one is not wanted; whether all were.
fn each(
    asked: &SummarizeAsked,
    people: &mut People,
    mut take: impl FnMut(&dyn Fn(&str) -> Problem, u32, Day, f64) -> Result<bool>,
) -> Result<bool> {
    let mut reader = Reader::open(&asked.input)?;
    let find = |column: &str| place(column, reader.names(), reader.name());
    let (id, date) = (find(&asked.id)?, find(&asked.date)?);
    let amount = asked.amount.as_deref().map(find).transpose()?;
    while let Some(batch) = reader.batch()? {
        for row in 0..batch.rows() {
            let refusal = |column: usize, why: &str| {
                reader.refusal(batch.before + row as u64 + 1, &reader.names()[column], why)
            };
            let who = batch.columns[id].text(row);
            if who.trim().is_empty() {
                return Err(refusal(id, "empty; a purchase belongs to somebody, leave the row out"));
            }
            let day = batch.columns[date].day(row).map_err(|text| {
                refusal(date, &format!("{text:?} is not a day; write it as 2024-03-31 or 20240331"))
            })?;
            let day = day.ok_or_else(|| refusal(date, "empty; a purchase has a day, leave the row out"))?;
            let value = match amount {
                None => 0.0,
                Some(column) => {
                    let value = batch.columns[column].number(row).map_err(|text| {
                        refusal(column, &format!("{text:?} is not a number; write it with a decimal point"))
                    })?;
                    value.ok_or_else(|| refusal(column, "empty; write 0 for a purchase without an amount"))?
                }
            };
            let last = amount.unwrap_or(date);
            if !take(&|why| refusal(last, why), people.number(who.trim()), day, value)? {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

fn write(
    asked: &SummarizeAsked,
    people: &People,
    summaries: &Summaries<u32>,
    out: Box<dyn std::io::Write + Send>,
    layout: Layout,
) -> Result<u64> {
    let mut names = vec!["id", "frequency", "recency", "age", "unit"];
    if asked.amount.is_some() {
        names.push("monetary");
    }
    if asked.holdout {
        names.push("holdout");
    }
    if asked.holdout && asked.amount.is_some() {
        names.push("holdout_value");
    }
    names.push("ln_gaps");
    let mut writer = Writer::new(out, layout, names.iter().map(|name| (*name).to_owned()).collect())?;
    for (part, rows) in summaries.rows().chunks(65_536).enumerate() {
        let columns = names.iter().map(|name| column(name, asked, people, rows)).collect();
        writer.write(&Batch { before: part as u64 * 65_536, columns })?;
    }
    writer.finish()
}

fn column(name: &str, asked: &SummarizeAsked, people: &People, rows: &[Summary<u32>]) -> Column {
    let whole = |of: fn(&Summary<u32>) -> u32| {
        Column::Whole(rows.iter().map(|row| Some(i64::from(of(row)))).collect())
    };
    let number = |of: fn(&Summary<u32>) -> f64| Column::Number(rows.iter().map(of).collect());
    match name {
        "id" => Column::Text(rows.iter().map(|row| people.names[row.id as usize].to_string()).collect()),
        "unit" => Column::Text(vec![asked.unit.to_string(); rows.len()]),
        "frequency" => whole(|row| row.frequency),
        "holdout" => whole(|row| row.holdout),
        "recency" => number(|row| row.recency),
        "age" => number(|row| row.age),
        "monetary" => number(|row| row.mean_value),
        "holdout_value" => number(|row| row.holdout_value),
        _ => number(|row| row.ln_gaps),
    }
}
