//! A table of contracts in any of the three shapes in which firms keep them.
//!
//! - cohorts side by side: one row per anniversary, one column per cohort, empty where it is not there yet;
//! - cohorts one below another: `cohort`, `period`, `survivors`;
//! - single contracts: `renewals` made, and whether it has `ended`.

use std::path::Path;

use btyd::Contracts;
use kernel::{Problem, Result};

use crate::{base::Cells, table::Reader};

/// Contracts as the models want them, and what is needed to value them.
pub(crate) struct Cohorts {
    pub file: String,
    pub contracts: Contracts,
    /// Contracts that stand, by renewals made.
    pub standing: Vec<f64>,
    /// The share that survived, where there is one cohort to see it in.
    pub observed: Vec<f64>,
}

impl Cohorts {
    pub fn read(path: &Path) -> Result<Cohorts> {
        let mut reader = Reader::open(path)?;
        let has = |name: &str| reader.names().iter().position(|own| own.eq_ignore_ascii_case(name));
        let (survivors, ended) = (has("survivors"), has("ended"));
        let period = has("period").or(has("year"));
        match (survivors, ended, period) {
            (Some(survivors), _, Some(period)) => {
                let cohort = has("cohort");
                let columns = below(&mut reader, cohort, period, survivors)?;
                of_survivors(&reader, &columns)
            }
            (_, Some(ended), _) => match has("renewals") {
                Some(renewals) => of_single(&mut reader, renewals, ended),
                None => Err(shapeless(&reader)),
            },
            _ if reader.names().len() > 1 => {
                let columns = beside(&mut reader)?;
                of_survivors(&reader, &columns)
            }
            _ => Err(shapeless(&reader)),
        }
    }
}

fn shapeless(reader: &Reader) -> Problem {
    let why = format!(
        "{} is no table of contracts; give a row per anniversary with a column per cohort, or the columns cohort, period \
         and survivors, or renewals and ended",
        reader.name()
    );
    Problem::invalid("input", "model.columns", why)
}

/// Cohorts side by side; the first column counts the anniversaries.
fn beside(reader: &mut Reader) -> Result<Vec<Vec<u32>>> {
    let mut cohorts: Vec<Vec<u32>> = vec![Vec::new(); reader.names().len() - 1];
    let mut rows = 0;
    while let Some(batch) = reader.batch()? {
        for row in 0..batch.rows() {
            let at = Cells { reader, batch: &batch, row };
            if at.whole(0)? != rows as u32 {
                return Err(
                    at.refusal(0, &format!("expected {rows}; count the anniversaries from 0, in order"))
                );
            }
            for (i, cohort) in cohorts.iter_mut().enumerate() {
                if at.optional(i + 1)?.is_none() {
                    continue;
                }
                if cohort.len() != rows {
                    return Err(at.refusal(i + 1, "survivors after an empty cell; fill the gap in"));
                }
                cohort.push(at.whole(i + 1)?);
            }
            rows += 1;
        }
    }
    Ok(cohorts)
}

/// Cohorts one below another, each in the order of its anniversaries.
fn below(
    reader: &mut Reader,
    cohort: Option<usize>,
    period: usize,
    survivors: usize,
) -> Result<Vec<Vec<u32>>> {
    let mut cohorts: Vec<(String, Vec<u32>)> = Vec::new();
    while let Some(batch) = reader.batch()? {
        for row in 0..batch.rows() {
            let at = Cells { reader, batch: &batch, row };
            let name = cohort.map_or_else(String::new, |place| batch.columns[place].text(row).into_owned());
            let place = cohorts.iter().position(|(own, _)| *own == name).unwrap_or_else(|| {
                cohorts.push((name, Vec::new()));
                cohorts.len() - 1
            });
            let counts = &mut cohorts[place].1;
            if at.whole(period)? as usize != counts.len() {
                let why = format!(
                    "expected {}; count the anniversaries of a cohort from 0, in order",
                    counts.len()
                );
                return Err(at.refusal(period, &why));
            }
            counts.push(at.whole(survivors)?);
        }
    }
    Ok(cohorts.into_iter().map(|(_, counts)| counts).collect())
}

fn of_survivors(reader: &Reader, cohorts: &[Vec<u32>]) -> Result<Cohorts> {
    for (i, cohort) in cohorts.iter().enumerate() {
        if let Some(t) = cohort.windows(2).position(|pair| pair[1] > pair[0]) {
            let why = format!(
                "{}: cohort {} has {} at anniversary {} after {}; survivors cannot grow, new contracts are a cohort of \
                 their own",
                reader.name(),
                i + 1,
                cohort[t + 1],
                t + 1,
                cohort[t]
            );
            return Err(Problem::invalid("input", "model.row", why));
        }
    }
    let slices: Vec<&[u32]> = cohorts.iter().map(Vec::as_slice).filter(|c| !c.is_empty()).collect();
    let contracts = Contracts::from_survivors(&slices).map_err(|cause| refused(reader, &cause))?;
    let mut standing = Vec::new();
    for cohort in &slices {
        if let Some(last) = cohort.last() {
            add(&mut standing, cohort.len() - 1, f64::from(*last));
        }
    }
    let observed = match slices[..] {
        [one] => one.iter().map(|n| f64::from(*n) / f64::from(one[0].max(1))).collect(),
        _ => Vec::new(),
    };
    Ok(Cohorts { file: reader.name().to_owned(), contracts, standing, observed })
}

fn of_single(reader: &mut Reader, renewals: usize, ended: usize) -> Result<Cohorts> {
    let (mut made, mut over, mut standing) = (Vec::new(), Vec::new(), Vec::new());
    while let Some(batch) = reader.batch()? {
        for row in 0..batch.rows() {
            let at = Cells { reader, batch: &batch, row };
            let n = at.whole(renewals)?;
            let is_over = match batch.columns[ended].text(row).trim() {
                "1" | "true" | "True" | "TRUE" | "yes" => true,
                "0" | "false" | "False" | "FALSE" | "no" => false,
                other => {
                    return Err(
                        at.refusal(ended, &format!("{other:?} is neither 1 nor 0; write one of them"))
                    );
                }
            };
            if n > 100_000 {
                return Err(
                    at.refusal(renewals, "more renewals than a contract can have had; check the column")
                );
            }
            if !is_over {
                add(&mut standing, n as usize, 1.0);
            }
            made.push(n);
            over.push(is_over);
        }
    }
    let contracts = Contracts::from_tenures(&made, &over).map_err(|cause| refused(reader, &cause))?;
    Ok(Cohorts { file: reader.name().to_owned(), contracts, standing, observed: Vec::new() })
}

fn add(standing: &mut Vec<f64>, renewals: usize, count: f64) {
    if standing.len() <= renewals {
        standing.resize(renewals + 1, 0.0);
    }
    standing[renewals] += count;
}

fn refused(reader: &Reader, cause: &btyd::InputError) -> Problem {
    Problem::invalid("input", "model.row", format!("{}: {cause}", reader.name()))
}
