//! The columns a model is fitted to, read and checked.

use std::path::Path;

use btyd::{InputError, Unit};
use kernel::{Problem, Result};

use crate::{
    Role, Roles,
    roles::place,
    table::{Batch, Reader},
    unit,
};

/// What was read of a table of customers.
#[derive(Default)]
pub(crate) struct Base {
    pub file: String,
    pub frequency: Vec<u32>,
    pub recency: Vec<f64>,
    pub age: Vec<f64>,
    pub monetary: Option<Vec<f64>>,
    pub count: Option<Vec<u32>>,
    pub ln_gaps: Option<f64>,
    pub unit: Option<Unit>,
    pub covariates: Vec<Vec<f64>>,
}

/// Where the columns stand.
pub(crate) struct Places {
    pub frequency: usize,
    /// Recency and age; a model of spend needs neither.
    pub times: Option<(usize, usize)>,
    pub monetary: Option<usize>,
    pub count: Option<usize>,
    pub ln_gaps: Option<usize>,
    pub unit: Option<usize>,
    pub covariates: Vec<usize>,
}

impl Places {
    /// Finds the columns of a table.
    pub fn of(reader: &Reader, roles: &Roles, timed: bool, covariates: &[String]) -> Result<Places> {
        let (names, file) = (reader.names(), reader.name());
        let times = match timed {
            true => Some((roles.need(Role::Recency, names, file)?, roles.need(Role::Age, names, file)?)),
            false => None,
        };
        Ok(Places {
            frequency: roles.need(Role::Frequency, names, file)?,
            times,
            monetary: roles.find(Role::Monetary, names, file)?,
            count: roles.find(Role::Count, names, file)?,
            ln_gaps: roles.find(Role::LnGaps, names, file)?,
            unit: roles.find(Role::Unit, names, file)?,
            covariates: covariates.iter().map(|name| place(name, names, file)).collect::<Result<_>>()?,
        })
    }
}

impl Base {
    /// Reads a whole table, the columns named only.
    pub fn read(path: &Path, roles: &Roles, timed: bool, covariates: &[String]) -> Result<Base> {
        let mut reader = Reader::open(path)?;
        let places = Places::of(&reader, roles, timed, covariates)?;
        let mut base = Base {
            file: reader.name().to_owned(),
            monetary: places.monetary.map(|_| Vec::new()),
            count: places.count.map(|_| Vec::new()),
            ln_gaps: places.ln_gaps.map(|_| 0.0),
            covariates: vec![Vec::new(); covariates.len()],
            ..Base::default()
        };
        while let Some(batch) = reader.batch()? {
            base.add(&reader, &batch, &places)?;
        }
        if base.frequency.is_empty() {
            let why = format!("{} has a header and no rows; a model needs customers", base.file);
            return Err(Problem::invalid("input", "model.rows", why));
        }
        Ok(base)
    }

    fn add(&mut self, reader: &Reader, batch: &Batch, places: &Places) -> Result<()> {
        for row in 0..batch.rows() {
            let at = Cells { reader, batch, row };
            self.frequency.push(at.whole(places.frequency)?);
            if let Some((recency, age)) = places.times {
                self.recency.push(at.number(recency)?);
                self.age.push(at.number(age)?);
            }
            if let (Some(values), Some(place)) = (&mut self.monetary, places.monetary) {
                values.push(at.optional(place)?.unwrap_or(0.0));
            }
            if let (Some(counts), Some(place)) = (&mut self.count, places.count) {
                counts.push(at.whole(place)?);
            }
            if let (Some(sum), Some(place)) = (&mut self.ln_gaps, places.ln_gaps) {
                let count = self.count.as_ref().and_then(|counts| counts.last()).copied().unwrap_or(1);
                *sum += at.number(place)? * f64::from(count);
            }
            for (values, place) in self.covariates.iter_mut().zip(&places.covariates) {
                values.push(at.number(*place)?);
            }
            if let Some(place) = places.unit {
                self.meet(&at, place)?;
            }
        }
        Ok(())
    }

    /// The unit a row says must be the one said before.
    fn meet(&mut self, at: &Cells<'_>, place: usize) -> Result<()> {
        let text = at.batch.columns[place].text(at.row);
        let said = unit(text.trim()).map_err(|problem| at.refusal(place, &problem.message))?;
        if self.unit.is_some_and(|before| before != said) {
            return Err(at.refusal(place, "another unit than in the rows before; keep one unit in a file"));
        }
        self.unit = Some(said);
        Ok(())
    }

    /// A refusal of the library, with the file and the row as a person counts.
    pub fn refused(&self, cause: &InputError) -> Problem {
        let text = cause.to_string();
        let row = match cause {
            InputError::NotAQuantity { row, .. }
            | InputError::RecencyBeyondAge { row }
            | InputError::FrequencyAgainstRecency { row }
            | InputError::OutOfRange { row } => Some(*row),
            _ => None,
        };
        let why = match row {
            Some(row) => {
                let tail = text.split_once(": ").map_or(text.as_str(), |(_, tail)| tail);
                format!("{} row {}: {tail}", self.file, row + 1)
            }
            None => format!("{}: {text}", self.file),
        };
        Problem::invalid("input", "model.row", why)
    }
}

/// One row of a batch, with the words to refuse it.
pub(crate) struct Cells<'a> {
    pub reader: &'a Reader,
    pub batch: &'a Batch,
    pub row: usize,
}

impl Cells<'_> {
    /// A number that may be missing.
    pub fn optional(&self, place: usize) -> Result<Option<f64>> {
        let value = self.batch.columns[place].number(self.row).map_err(|text| {
            self.refusal(place, &format!("{text:?} is not a number; write it with a decimal point"))
        })?;
        match value {
            Some(value) if !value.is_finite() => {
                Err(self.refusal(place, "not a finite number; mend the cell"))
            }
            value => Ok(value),
        }
    }

    /// A number that must be there.
    pub fn number(&self, place: usize) -> Result<f64> {
        self.optional(place)?.ok_or_else(|| self.refusal(place, "empty; fill it in or leave the row out"))
    }

    /// A count: whole and not negative.
    pub fn whole(&self, place: usize) -> Result<u32> {
        let value = self.number(place)?;
        if value.fract() != 0.0 || !(0.0..=f64::from(u32::MAX)).contains(&value) {
            return Err(self.refusal(place, &format!("{value} is not a count; write a whole number from 0")));
        }
        Ok(value as u32)
    }

    pub fn refusal(&self, place: usize, why: &str) -> Problem {
        let row = self.batch.before + self.row as u64 + 1;
        self.reader.refusal(row, &self.reader.names()[place], why)
    }
}
