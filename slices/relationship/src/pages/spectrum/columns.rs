//! What of the picture leads somewhere: columns, cells of the chosen one, a part that is dragged out.

use speech::say;
use ui::{Brush, Part, SpectrumLink, Strength, Text, plural};

use super::{
    SpectrumPage,
    numbers::{decimal, exact, exact_or, hundredths, major, ppm, strength, units},
    zoom::Zoom,
};
use crate::{
    ops::{Filter, SpectrumCell, SpectrumCounts},
    pages::spans,
    spectrum as grid,
};

/// Columns at most.
const COLUMNS: i64 = 10;
/// Widths of a column, parts per million.
const WIDTHS: [i64; 4] = [10_000, 20_000, 50_000, 100_000];
/// A column: a part of the strength, and who is in it.
pub(super) struct Column {
    from: i64,
    to: i64,
    pub(super) counts: SpectrumCounts,
    /// What they brought, ten-thousandths of the major unit.
    pub(super) net: i64,
}

impl Column {
    /// `0.70 to 0.80`.
    pub(super) fn words(&self) -> String {
        say!("{} to {}", hundredths(self.from), hundredths(self.to))
    }

    /// What they brought, in major units.
    pub(super) fn net(&self, currency: &str) -> String {
        decimal(self.net, currency)
    }

    fn across(&self) -> (Strength, Strength) {
        (Strength::of_ppm(self.from), Strength::of_ppm(self.to))
    }
}

/// A row of cells, in ten-thousandths of the major unit; open at an end.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub(super) from: Option<i64>,
    pub(super) to: Option<i64>,
}

impl Row {
    /// A row is made of cells: it holds one that begins in it.
    pub(super) fn holds(&self, cell: &SpectrumCell) -> bool {
        let begin = cell.net_from.as_deref().map_or(i64::MIN, exact);
        self.from.is_none_or(|from| from <= begin) && self.to.is_none_or(|to| begin < to)
    }
}

impl SpectrumPage {
    /// Columns of equal width that begin at round strengths, with who is in them.
    pub(super) fn columns(&self) -> Vec<Column> {
        let (from, to) = self.range();
        let wide = WIDTHS.into_iter().find(|wide| to - from <= COLUMNS * wide).unwrap_or(WIDTHS[3]);
        let first = from / wide * wide;
        let columns = (0..).map(|n| first + n * wide).take_while(|begin| *begin < to);
        columns
            .map(|begin| {
                let (from, to) = (begin.max(from), (begin + wide).min(to));
                let inside = |at: i64| begin <= at && at < begin + wide;
                let steps = self.spectrum.steps.iter().filter(|step| inside(step.from_ppm));
                let sums = steps.fold(
                    (SpectrumCounts::default(), 0),
                    |(counts, net): (SpectrumCounts, i64), step| {
                        (counts.with(&step.counts), net.saturating_add(exact(&step.net)))
                    },
                );
                Column { from, to, counts: sums.0, net: sums.1 }
            })
            .collect()
    }

    /// Cells that are links: those of the column that is chosen.
    pub(super) fn cells_of(&self, column: &Column, rows: &[Row]) -> Vec<SpectrumLink<'static>> {
        let inside = |cell: &&SpectrumCell| column.from <= cell.from_ppm && cell.from_ppm < column.to;
        let cell = |row: &Row| {
            let counts = self.spectrum.cells.iter().filter(inside).filter(|cell| row.holds(cell));
            let n: i64 = counts.map(|cell| cell.counts.all()).sum();
            let (from, to) = (row.from.map(kernel::plain), row.to.map(kernel::plain));
            let filter = Filter { net_from: from, net_to: to, ..self.filter_of(column) };
            let words = spans::net_words(&filter).unwrap_or_default();
            let (now_from, now_to) = (&self.filter().net_from, &self.filter().net_to);
            (0 < n).then(|| SpectrumLink {
                part: Part { across: column.across(), values: (row.from.map(units), row.to.map(units)) },
                current: exact_or(now_from) == row.from
                    && exact_or(now_to) == row.to
                    && (row.from.is_some() || row.to.is_some()),
                href: format!("{}#list", self.to(&filter)).into(),
                label: format!("{}, {words}: {}", column.words(), plural(n, "relationship", "relationships"))
                    .into(),
            })
        };
        rows.iter().filter_map(cell).collect()
    }

    pub(super) fn link(&self, column: &Column) -> SpectrumLink<'static> {
        let n = plural(column.counts.all(), "relationship", "relationships");
        let is_chosen = self.is_chosen(column) && Zoom::into(self.filter()).net == self.zoom.net;
        SpectrumLink {
            part: Part { across: column.across(), values: (None, None) },
            href: format!("{}#list", self.to(&self.filter_of(column))).into(),
            label: format!("{}: {n}", column.words()).into(),
            current: is_chosen,
        }
    }

    fn filter_of(&self, column: &Column) -> Filter {
        let (net_from, net_to) = self.zoom.net.clone().unwrap_or_default();
        Filter {
            strength_from: (0 < column.from).then(|| strength(column.from)),
            strength_to: (column.to < grid::WHOLE).then(|| strength(column.to)),
            net_from,
            net_to,
            ..self.filter().clone()
        }
    }

    pub(super) fn is_chosen(&self, column: &Column) -> bool {
        let filter = self.filter();
        let (from, to) = (ppm(filter.strength_from.as_deref()), ppm(filter.strength_to.as_deref()));
        let is_all = from.is_none() && to.is_none();
        !is_all && from.unwrap_or(0) == column.from && to.unwrap_or(grid::WHOLE) == column.to
    }

    /// What is chosen, where no link shows it.
    pub(super) fn part_chosen(&self, is_column: bool) -> Option<Part> {
        let filter = self.filter();
        let net = Zoom::into(filter).net;
        if self.zoom.is_chosen_by(filter) || (is_column && net == self.zoom.net) {
            return None;
        }
        let end = |text: &Option<String>, other| Strength::of_ppm(ppm(text.as_deref()).unwrap_or(other));
        let (from, to) = self.range();
        let value = |bound: &Option<String>| bound.as_deref().map(major);
        Some(Part {
            across: (end(&filter.strength_from, from), end(&filter.strength_to, to)),
            values: (value(&filter.net_from), value(&filter.net_to)),
        })
    }

    pub(super) fn brush(&self) -> Brush<'static> {
        let none = Filter {
            strength_from: None,
            strength_to: None,
            net_from: None,
            net_to: None,
            ..self.filter().clone()
        };
        let bound = |bound: i64| (units(bound), Text::from(kernel::plain(bound)));
        Brush {
            href: format!("{}#list", self.to(&none)).into(),
            names: ["strength_from", "strength_to", "net_from", "net_to"],
            bounds: grid::bounds().map(bound).collect(),
        }
    }
}
