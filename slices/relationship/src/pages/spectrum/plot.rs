//! The picture: where marks, steps, columns and bounds go.

use std::collections::BTreeMap;

use kernel::Currency;
use speech::say;
use ui::{Blot, Cloud, Density, Point, SignedLog, Strength, Tint, count};

use super::{
    SpectrumPage,
    columns::Row,
    names,
    numbers::{major, ppm, units},
};
use crate::{
    Class, Fit,
    ops::{SpectrumCounts, SpectrumPoint, SpectrumStep},
    spectrum as grid,
};

/// Hundredths of the height that a row of cells takes at least.
const ROW: f64 = 5.5;
/// Hundredths of the height between two values beside the axis.
const APART: f64 = 8.0;

impl SpectrumPage {
    /// The picture.
    pub(super) fn plot(&self) -> ui::Spectrum<'static> {
        let axis = self.axis();
        let rows = self.rows(&axis);
        let columns = self.columns();
        let ticks = axis.ticks(APART).into_iter().map(|value| (value, self.tick(value).into())).collect();
        let chosen_column = columns.iter().find(|column| self.is_chosen(column));
        let chosen = self.part_chosen(chosen_column.is_some());
        let own = chosen_column.map(|column| self.cells_of(column, &rows)).unwrap_or_default();
        let links = columns.iter().map(|column| self.link(column)).chain(own).collect();
        ui::Spectrum {
            id: "spectrum".into(),
            label: say!("Strength of evidence against net; the table below has the same figures"),
            across: self.across(),
            band: self.list.band,
            density: self.density(),
            cloud: self.cloud(&axis, &rows),
            names: names::few(&self.spectrum.points, &axis),
            columns: links,
            chosen,
            brush: Some(self.brush()),
            ticks,
            axis,
        }
    }

    /// The part of the strength that is drawn, parts per million.
    pub(super) fn range(&self) -> (i64, i64) {
        let (from, to) = self.zoom.strength.clone().unwrap_or_default();
        (ppm(from.as_deref()).unwrap_or(0), ppm(to.as_deref()).unwrap_or(grid::WHOLE))
    }

    fn across(&self) -> (Strength, Strength) {
        let (from, to) = self.range();
        (Strength::of_ppm(from), Strength::of_ppm(to))
    }

    /// An axis for all that is drawn, or for the part of the values that is.
    fn axis(&self) -> SignedLog {
        let spectrum = &self.spectrum;
        let points = spectrum.points.iter().map(|point| major(&point.net));
        let cells = spectrum.cells.iter().filter(|_| spectrum.points.is_empty());
        let cells = cells.flat_map(|cell| [&cell.net_from, &cell.net_to]).flatten().map(|bound| major(bound));
        let values: Vec<f64> = points.chain(cells).collect();
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        match &self.zoom.net {
            Some((from, to)) => {
                let end = |bound: &Option<String>, other| bound.as_deref().map_or(other, major);
                SignedLog::between(end(from, low), end(to, high))
            }
            None if values.is_empty() => SignedLog::around(0.0, 0.0),
            None => SignedLog::around(low, high),
        }
    }

    /// The rows of cells: bounds of the grid, each high enough to be seen and chosen.
    fn rows(&self, axis: &SignedLog) -> Vec<Row> {
        let bounds: Vec<i64> =
            grid::bounds().filter(|bound| (0.0..=100.0).contains(&axis.down(units(*bound)))).collect();
        let mut kept: Vec<i64> = Vec::new();
        for bound in bounds {
            if kept.last().is_none_or(|last| ROW <= axis.down(units(*last)) - axis.down(units(bound))) {
                kept.push(bound);
            }
        }
        let ends = std::iter::once(None).chain(kept.iter().copied().map(Some));
        let next = kept.iter().copied().map(Some).chain([None]);
        ends.zip(next).map(|(from, to)| Row { from, to }).collect()
    }

    fn density(&self) -> Vec<Density> {
        let steps = self.spectrum.steps.iter();
        let step = |step: &SpectrumStep| Density {
            across: (Strength::of_ppm(step.from_ppm), Strength::of_ppm(step.to_ppm)),
            parts: self.tints(&step.counts),
        };
        steps.map(step).collect()
    }

    fn tints(&self, counts: &SpectrumCounts) -> Vec<(Tint, i64)> {
        match self.by_fit {
            false => vec![(Tint::Customer, counts.customers), (Tint::Client, counts.clients)],
            true => vec![
                (Tint::Fits, counts.fits),
                (Tint::Less, counts.under_served),
                (Tint::More, counts.over_served),
                (Tint::Unknown, counts.not_known),
            ],
        }
    }

    fn cloud(&self, axis: &SignedLog, rows: &[Row]) -> Cloud {
        if !self.spectrum.points.is_empty() {
            return Cloud::Points(self.spectrum.points.iter().map(|point| self.point(point)).collect());
        }
        let mut blots: BTreeMap<(i64, usize), SpectrumCounts> = BTreeMap::new();
        for cell in &self.spectrum.cells {
            if let Some(row) = rows.iter().position(|row| row.holds(cell)) {
                let counts = blots.entry((cell.from_ppm, row)).or_default();
                *counts = counts.with(&cell.counts);
            }
        }
        let half = self.spectrum.cells.first().map_or(0, |cell| (cell.to_ppm - cell.from_ppm) / 2);
        let blot = |((from, row), counts): ((i64, usize), SpectrumCounts)| {
            let (low, high) = (rows[row].from.map(units), rows[row].to.map(units));
            let [dots, bars] = self.shapes(&counts);
            Blot { strength: Strength::of_ppm(from + half), value: axis.middle(low, high), dots, bars }
        };
        Cloud::Cells(blots.into_iter().map(blot).collect())
    }

    /// Dots for customers, bars for clients; by service fit one shape for both.
    fn shapes(&self, counts: &SpectrumCounts) -> [Vec<(Tint, i64)>; 2] {
        match self.by_fit {
            false => [vec![(Tint::Customer, counts.customers)], vec![(Tint::Client, counts.clients)]],
            true => [Vec::new(), self.tints(counts)],
        }
    }

    fn point(&self, point: &SpectrumPoint) -> Point {
        let lasts = point.class == Class::Client.as_str();
        let tint = match (self.by_fit, Fit::parse(&point.fit)) {
            (false, _) => {
                if lasts {
                    Tint::Client
                } else {
                    Tint::Customer
                }
            }
            (true, Some(Fit::Fits)) => Tint::Fits,
            (true, Some(Fit::UnderServed)) => Tint::Less,
            (true, Some(Fit::OverServed)) => Tint::More,
            (true, _) => Tint::Unknown,
        };
        Point { strength: Strength::of_ppm(point.strength_ppm), value: major(&point.net), lasts, tint }
    }

    /// A value beside the axis, in whole units.
    fn tick(&self, value: f64) -> String {
        let sign = if value < 0.0 { "\u{2212}" } else { "" };
        let own = Currency::parse(&self.spectrum.currency).ok().and_then(Currency::sign).unwrap_or_default();
        let size = value.abs();
        let n = |size: f64| match size.fract() == 0.0 {
            true => count(size as i64),
            false => speech::decimal(&size.to_string()),
        };
        match size {
            1e6.. => say!("{sign}{currency}{n}m", currency = own, n = n(size / 1e6)),
            1e4.. => say!("{sign}{currency}{n}k", currency = own, n = n(size / 1e3)),
            _ => say!("{sign}{currency}{n}", currency = own, n = n(size)),
        }
    }
}
