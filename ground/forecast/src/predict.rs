//! `model predict`: a fitted model says of every row who is active, what they will buy and what that is worth.
//!
//! Rows come and go in batches, so memory does not grow with the table; every column of the input is handed on.

use std::{collections::HashMap, path::PathBuf};

use btyd::{Discount, Fit, GammaGamma, InputError, Interval, Unit};
use kernel::{Problem, Result};
use rayon::prelude::*;

use crate::{
    Document, Role, Roles,
    answers::{self, Ahead, Answers, Said, Who},
    base::{Cells, Places},
    document::unlimited,
    length,
    table::{Batch, Column, Layout, Reader, Writer},
    worth,
};

/// What is asked of a prediction.
#[derive(Clone, Debug)]
pub struct PredictAsked {
    /// The fit.
    pub document: Document,
    /// A model of spend, where the fit itself holds none.
    pub spend: Option<Document>,
    /// The table of customers.
    pub input: PathBuf,
    /// Columns that are not found by their names.
    pub roles: Roles,
    /// How far to look, such as `39` (in the unit of the fit) or `1y`.
    pub horizon: String,
    /// How far value is added up: like the horizon, or `ever`; the horizon by default.
    pub value_horizon: Option<String>,
    /// The price of waiting; none by default.
    pub discount: Option<Discount>,
    /// The share of the price that is kept.
    pub margin: f64,
    /// The level of the intervals; nothing for none, which is faster.
    pub level: Option<f64>,
}

/// The columns that a prediction adds.
const ADDED: [&str; 6] =
    ["p_active", "p_active_low", "p_active_high", "expected", "expected_low", "expected_high"];
/// Those about money.
const MONEY: [&str; 6] = ["spend", "spend_low", "spend_high", "clv", "clv_low", "clv_high"];

/// Scores a table into a writer; how many rows.
pub fn predict(asked: &PredictAsked, out: Box<dyn std::io::Write + Send>, layout: Layout) -> Result<u64> {
    let mut reader = Reader::open(&asked.input)?;
    let only_spend = asked.document.form.model == "gamma-gamma";
    let scored = Scored::of(asked, &reader, only_spend)?;
    let mut names = reader.names().to_vec();
    let added = scored.added();
    if let Some(taken) = added.iter().find(|name| names.iter().any(|own| own == *name)) {
        let why = format!("{} has a column {taken:?} already; leave it out of the input", reader.name());
        return Err(Problem::invalid("input", "model.columns", why));
    }
    names.extend(added);
    let mut writer = Writer::new(out, layout, names)?;
    while let Some(mut batch) = reader.batch()? {
        let typed = scored.typed(&reader, &batch)?;
        let columns = scored.columns(&reader, &batch, &typed)?;
        if layout == Layout::Parquet {
            scored.place(&mut batch, typed);
        }
        batch.columns.extend(columns.into_iter().map(Column::Number));
        writer.write(&batch)?;
    }
    writer.finish()
}

/// Everything needed to score a batch.
struct Scored {
    places: Places,
    model: Option<Box<dyn Answers>>,
    spend: Option<Fit<GammaGamma>>,
    ahead: Ahead,
    margin: f64,
}

/// What a model says of a row, or why it says nothing.
type Answer = std::result::Result<Said, InputError>;

/// The columns of a batch as numbers.
struct Typed {
    frequency: Vec<u32>,
    times: Vec<(f64, f64)>,
    monetary: Vec<f64>,
    covariates: Vec<Vec<f64>>,
}

impl Scored {
    fn of(asked: &PredictAsked, reader: &Reader, only_spend: bool) -> Result<Scored> {
        let document = &asked.document;
        let places = Places::of(reader, &asked.roles, !only_spend, &document.covariates)?;
        let own = if only_spend { Some(document) } else { document.spend.as_deref() };
        let spend = match (asked.spend.as_ref().or(own), places.monetary) {
            (Some(spend), Some(_)) => Some(spend.fit::<GammaGamma>()?),
            (Some(_), None) if only_spend || asked.spend.is_some() => {
                asked.roles.need(Role::Monetary, reader.names(), reader.name())?;
                None
            }
            _ => None,
        };
        let model = if only_spend { None } else { Some(answers::of(document)?) };
        let unit = match document.form.model.as_str() {
            // Occasions have no unit; one of them is told as one day.
            "bg-bb" => Unit::Day,
            _ => document.form.unit.unwrap_or(Unit::Week),
        };
        let ahead = ahead(asked, unit, spend.is_some() && !only_spend)?;
        Ok(Scored { places, model, spend, ahead, margin: asked.margin })
    }

    fn added(&self) -> Vec<String> {
        let mut names: Vec<&str> = Vec::new();
        if self.model.is_some() {
            names.extend(ADDED);
        }
        if self.spend.is_some() {
            names.extend(if self.model.is_some() { &MONEY[..] } else { &MONEY[..3] });
        }
        names.into_iter().map(str::to_owned).collect()
    }

    /// Reads the numbers of a batch; refusals name row and column.
    fn typed(&self, reader: &Reader, batch: &Batch) -> Result<Typed> {
        let mut typed = Typed {
            frequency: Vec::with_capacity(batch.rows()),
            times: Vec::with_capacity(batch.rows()),
            monetary: Vec::new(),
            covariates: Vec::new(),
        };
        for row in 0..batch.rows() {
            let at = Cells { reader, batch, row };
            typed.frequency.push(at.whole(self.places.frequency)?);
            if let Some((recency, age)) = self.places.times {
                typed.times.push((at.number(recency)?, at.number(age)?));
            }
            if let (Some(_), Some(place)) = (&self.spend, self.places.monetary) {
                typed.monetary.push(at.optional(place)?.unwrap_or(0.0));
            }
            if !self.places.covariates.is_empty() {
                let each = self.places.covariates.iter().map(|place| at.number(*place));
                typed.covariates.push(each.collect::<Result<_>>()?);
            }
        }
        Ok(typed)
    }

    /// The columns that are added, scored in parallel and in order.
    fn columns(&self, reader: &Reader, batch: &Batch, typed: &Typed) -> Result<Vec<Vec<f64>>> {
        let width = self.added().len();
        let (said, place) = self.distinct(typed, batch.rows());
        let one = |row: usize| self.row(typed, row, place.get(row).map(|at| &said[*at]));
        let rows: Vec<std::result::Result<Vec<f64>, InputError>> =
            (0..batch.rows()).into_par_iter().with_min_len(64).map(one).collect();
        let mut columns = vec![Vec::with_capacity(rows.len()); width];
        for (row, values) in rows.into_iter().enumerate() {
            let values = values.map_err(|cause| {
                let text = cause.to_string();
                let tail = text.split_once(": ").map_or(text.as_str(), |(_, tail)| tail);
                let why = format!("{} row {}: {tail}", reader.name(), batch.before + row as u64 + 1);
                Problem::invalid("input", "model.row", why)
            })?;
            for (column, value) in columns.iter_mut().zip(values) {
                column.push(value);
            }
        }
        Ok(columns)
    }

    /// What is said of each distinct history, and which of them a row has: by the day many rows share one.
    fn distinct(&self, typed: &Typed, rows: usize) -> (Vec<Answer>, Vec<usize>) {
        let Some(model) = &self.model else { return (Vec::new(), Vec::new()) };
        let mut first = Vec::new();
        let mut known: HashMap<(u32, u64, u64), usize> = HashMap::new();
        let place = (0..rows).map(|row| {
            let (recency, age) = typed.times[row];
            let key = (typed.frequency[row], recency.to_bits(), age.to_bits());
            let fresh = first.len();
            let at = match typed.covariates.is_empty() {
                true => *known.entry(key).or_insert(fresh),
                false => fresh,
            };
            if at == fresh {
                first.push(row);
            }
            at
        });
        let place = place.collect();
        let ask = |row: &usize| {
            let (recency, age) = typed.times[*row];
            let covariates = typed.covariates.get(*row).map_or(&[][..], Vec::as_slice);
            model.say(&Who { frequency: typed.frequency[*row], recency, age, covariates }, &self.ahead)
        };
        (first.par_iter().with_min_len(16).map(ask).collect(), place)
    }

    fn row(
        &self,
        typed: &Typed,
        row: usize,
        said: Option<&Answer>,
    ) -> std::result::Result<Vec<f64>, InputError> {
        let mut values = Vec::with_capacity(12);
        let mut add = |of: &Interval| values.extend([of.estimate, of.low, of.high]);
        let said = said.map(|said| said.as_ref().map_err(Clone::clone)).transpose()?;
        if let Some(said) = said {
            add(&said.active);
            add(&said.expected);
        }
        if let Some(spend) = &self.spend {
            let amount = worth::spend(spend, typed.frequency[row], typed.monetary[row], self.ahead.level);
            add(&amount);
            if let Some(said) = said {
                add(&match amount.estimate.is_nan() {
                    true => unlimited(f64::NAN),
                    false => worth::value(self.margin, &amount, &said.discounted),
                });
            }
        }
        Ok(values)
    }

    /// Text that was read as numbers becomes numbers, for a layout that tells them apart.
    fn place(&self, batch: &mut Batch, typed: Typed) {
        let counts = typed.frequency.iter().map(|x| Some(i64::from(*x))).collect();
        batch.columns[self.places.frequency] = Column::Whole(counts);
        if let Some((recency, age)) = self.places.times {
            batch.columns[recency] = Column::Number(typed.times.iter().map(|times| times.0).collect());
            batch.columns[age] = Column::Number(typed.times.iter().map(|times| times.1).collect());
        }
        if let (Some(_), Some(place)) = (&self.spend, self.places.monetary) {
            batch.columns[place] = Column::Number(typed.monetary);
        }
    }
}

fn ahead(asked: &PredictAsked, unit: Unit, valued: bool) -> Result<Ahead> {
    let horizon = length(&asked.horizon, unit)?;
    let value_horizon = match asked.value_horizon.as_deref() {
        Some("ever") => None,
        Some(text) => Some(length(text, unit)?),
        None => Some(horizon),
    };
    let discount = asked.discount.unwrap_or(Discount::yearly(0.0));
    if valued && value_horizon.is_none() && discount.continuous(Unit::Day) <= 0.0 {
        let why = "value for ever has no sum without a discount; say one, such as --discount 0.1";
        return Err(Problem::invalid("discount", "model.discount", why));
    }
    Ok(Ahead { horizon, value_horizon, discount, level: asked.level, valued })
}
