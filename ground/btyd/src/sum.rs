//! Sums over many cells that give the same digits on one thread and on sixty.
//!
//! Floating-point addition is not associative. A sum split over however many
//! threads happen to be free gives other last digits on every run, and a fit
//! that amplifies them other parameters. Here the split is fixed by the data:
//! chunks of 2,048 cells in sorted order, each summed alone, the partial sums
//! added in order. Threads only decide who computes which chunk.

use rayon::prelude::*;

use crate::customers::Cell;
use crate::number::Jet;

/// Cells per partial sum. Fixed, so that the order of every addition is fixed
/// too.
const CHUNK: usize = 2048;

/// Adds up what `part` finds in each chunk of cells, chunks in order.
///
/// Partial sums may be computed on any number of threads; they are added one
/// after another in the order of the cells, so the result does not depend on
/// how many there were.
pub(crate) fn over_cells<const N: usize>(
    cells: &[Cell],
    part: impl Fn(&[Cell]) -> Jet<N> + Sync + Send,
) -> Jet<N> {
    let mut total = Jet::ZERO;
    if cells.len() <= CHUNK {
        total.add_scaled(&part(cells), 1.0);
        return total;
    }
    let parts: Vec<Jet<N>> = cells.par_chunks(CHUNK).map(part).collect();
    for part in &parts {
        total.add_scaled(part, 1.0);
    }
    total
}

/// Splits cells, which are sorted by frequency, into runs of one frequency.
pub(crate) fn runs(cells: &[Cell]) -> impl Iterator<Item = (u32, &[Cell])> {
    cells.chunk_by(|a, b| a.frequency == b.frequency).map(|run| (run[0].frequency, run))
}

/// A value for each distinct frequency, found again by binary search.
pub(crate) struct ByFrequency<T>(Vec<(u32, T)>);

impl<T> ByFrequency<T> {
    /// Computes one entry per distinct frequency.
    pub(crate) fn new(cells: &[Cell], entry: impl Fn(u32) -> T) -> ByFrequency<T> {
        ByFrequency(runs(cells).map(|(x, _)| (x, entry(x))).collect())
    }

    /// The entry of a frequency that is in the table.
    pub(crate) fn at(&self, frequency: u32) -> &T {
        let place = self.0.partition_point(|(x, _)| *x < frequency);
        &self.0[place].1
    }
}
