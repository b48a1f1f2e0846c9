//! A customer base in which more is known of each customer than their
//! purchases.
//!
//! Customers who share their covariates form a group, and a group is a plain
//! base. With a handful of categories there are few groups and nothing is
//! lost of the speed of collapsed rows; with continuous covariates every
//! customer is a group of one, which is slower and still exact.

use crate::customer::InputError;
use crate::customers::Cell;
use crate::{Customers, Unit};

/// A base in which every customer has a row of covariates; customers who
/// share one are a group.
///
/// ```
/// use btyd::{Described, Unit};
/// let shop = [0.5, -0.5, -0.5];
/// let base = Described::new(Unit::Week, &[2, 0, 1], &[5.0, 0.0, 3.0], &[9.0; 3], &[("shop", &shop)]);
/// assert!(base.is_ok());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Described {
    pub(crate) unit: Unit,
    pub(crate) names: Vec<String>,
    pub(crate) groups: Vec<(Vec<f64>, Customers)>,
}

impl Described {
    /// From three columns and one column per named covariate. Covariates
    /// should be centred and of ordinary size; above a hundred in absolute
    /// value they are refused.
    pub fn new(
        unit: Unit,
        frequency: &[u32],
        recency: &[f64],
        age: &[f64],
        covariates: &[(&str, &[f64])],
    ) -> Result<Described, InputError> {
        // The columns are checked as a whole first, so that errors name the row.
        Customers::new(unit, frequency, recency, age)?;
        let mut rows: Vec<(Vec<f64>, Cell)> = Vec::with_capacity(frequency.len());
        for (_, column) in covariates {
            if column.len() != frequency.len() {
                return Err(InputError::UnequalColumns);
            }
            if let Some(row) = column.iter().position(|v| !v.is_finite() || v.abs() > 100.0) {
                return Err(InputError::NotAQuantity { row, column: "covariate", value: column[row] });
            }
        }
        for row in 0..frequency.len() {
            let z = covariates.iter().map(|(_, column)| column[row] + 0.0).collect();
            rows.push((
                z,
                Cell {
                    frequency: frequency[row],
                    count: 1,
                    recency: recency[row] + 0.0,
                    age: age[row] + 0.0,
                },
            ));
        }
        rows.sort_by(|a, b| {
            a.0.iter()
                .zip(&b.0)
                .map(|(p, q)| p.total_cmp(q))
                .find(|o| o.is_ne())
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        let mut groups = Vec::new();
        for run in rows.chunk_by(|a, b| a.0 == b.0) {
            let cells = run.iter().map(|(_, cell)| *cell).collect();
            groups.push((run[0].0.clone(), Customers::from_cells(unit, cells)?));
        }
        Ok(Described { unit, names: covariates.iter().map(|(name, _)| (*name).to_owned()).collect(), groups })
    }

    /// The base without its covariates.
    pub(crate) fn plain(&self) -> Result<Customers, InputError> {
        let cells = self.groups.iter().flat_map(|(_, base)| base.cells().iter().copied()).collect();
        Customers::from_cells(self.unit, cells)
    }
}
