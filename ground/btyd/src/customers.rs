//! What is known of a customer base: how often, how lately, how long.
//!
//! A base is kept as sorted *cells*: distinct histories with the number of
//! customers who share each. By the day a million customers of a shop fall
//! into about three hundred thousand cells, twenty-three thousand customers
//! of CDNOW into under nine thousand. Memory is 24 bytes a cell.

use crate::Unit;
use crate::customer::{History, InputError, check};

/// A checked customer base, identical rows collapsed.
///
/// The likelihoods depend on a customer only through the three numbers, so a
/// million customers observed by the day are a few hundred thousand cells
/// with a count. Cells are sorted, which fixes the order of summation: the
/// same base gives the same digits in whatever order it came.
#[derive(Clone, Debug, PartialEq)]
pub struct Customers {
    pub(crate) unit: Unit,
    pub(crate) cells: Vec<Cell>,
    pub(crate) ln_gaps: Option<f64>,
}

/// Customers who share one history.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// Repeat purchases.
    pub frequency: u32,
    /// How many customers.
    pub count: u32,
    /// Time of the last purchase.
    pub recency: f64,
    /// Time observed.
    pub age: f64,
}

impl Cell {
    /// The three numbers.
    pub(crate) fn history(&self) -> History {
        History { x: f64::from(self.frequency), recency: self.recency, age: self.age }
    }
}

impl Customers {
    /// From three columns, times in one unit, one row per customer.
    ///
    /// ```
    /// use btyd::{Customers, InputError, Unit};
    /// let base = Customers::new(Unit::Week, &[2, 0, 0], &[30.43, 0.0, 0.0], &[38.86, 38.86, 38.86]).unwrap();
    /// assert_eq!((base.len(), base.cells().len()), (3, 2));
    /// let odd = Customers::new(Unit::Week, &[1], &[40.0], &[39.0]);
    /// assert_eq!(odd, Err(InputError::RecencyBeyondAge { row: 0 }));
    /// ```
    pub fn new(unit: Unit, frequency: &[u32], recency: &[f64], age: &[f64]) -> Result<Customers, InputError> {
        Customers::weighted(unit, frequency, recency, age, None)
    }

    /// The same with a column of counts, one row per group of equal
    /// customers.
    ///
    /// This is also the way in for counts computed elsewhere, by a database
    /// that grouped a hundred million customers into their cells.
    ///
    /// ```
    /// use btyd::{Customers, Unit};
    /// let rows = Customers::new(Unit::Week, &[1, 1], &[3.0, 3.0], &[9.0, 9.0]).unwrap();
    /// let cells = Customers::weighted(Unit::Week, &[1], &[3.0], &[9.0], Some(&[2])).unwrap();
    /// assert_eq!(rows, cells);
    /// ```
    pub fn weighted(
        unit: Unit,
        frequency: &[u32],
        recency: &[f64],
        age: &[f64],
        counts: Option<&[u32]>,
    ) -> Result<Customers, InputError> {
        let rows = frequency.len();
        if recency.len() != rows || age.len() != rows || counts.is_some_and(|c| c.len() != rows) {
            return Err(InputError::UnequalColumns);
        }
        let mut cells = Vec::with_capacity(rows);
        for row in 0..rows {
            check(row, frequency[row], recency[row], age[row])?;
            let count = counts.map_or(1, |c| c[row]);
            if count > 0 {
                // Adding zero turns a negative zero into the plain one.
                let (recency, age) = (recency[row] + 0.0, age[row] + 0.0);
                cells.push(Cell { frequency: frequency[row], count, recency, age });
            }
        }
        Customers::from_cells(unit, cells)
    }

    /// Sorts and collapses checked cells.
    pub(crate) fn from_cells(unit: Unit, mut cells: Vec<Cell>) -> Result<Customers, InputError> {
        if cells.is_empty() {
            return Err(InputError::Empty);
        }
        // Not-negative floats sort like their bits.
        cells.sort_unstable_by_key(|c| (c.frequency, c.age.to_bits(), c.recency.to_bits()));
        cells.dedup_by(|next, kept| {
            let same = (next.frequency, next.recency, next.age) == (kept.frequency, kept.recency, kept.age)
                && kept.count.checked_add(next.count).is_some();
            if same {
                kept.count += next.count;
            }
            same
        });
        cells.shrink_to_fit();
        Ok(Customers { unit, cells, ln_gaps: None })
    }

    /// The same base with `Σ ln(time between purchases)` over all customers,
    /// which the models of regular buying need to compare different
    /// regularities.
    ///
    /// The total does not enter the fit of any one model; it is the part of
    /// the likelihood that changes with the regularity and nothing else.
    /// [`Summaries::customers`](crate::Summaries::customers) fills it in.
    #[must_use]
    pub fn with_ln_gaps(self, total: f64) -> Customers {
        Customers { ln_gaps: Some(total), ..self }
    }

    /// The unit of its times.
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// The distinct histories, sorted.
    ///
    /// Scores of [`Purchases::score`](crate::Purchases::score) come in this
    /// order.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Number of customers.
    #[expect(clippy::len_without_is_empty, reason = "an empty base cannot be built")]
    pub fn len(&self) -> u64 {
        self.cells.iter().map(|c| u64::from(c.count)).sum()
    }

    /// Repeat purchases of all.
    pub fn purchases(&self) -> u64 {
        self.cells.iter().map(|c| u64::from(c.count) * u64::from(c.frequency)).sum()
    }
}
