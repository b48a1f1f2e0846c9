//! What the spectrum draws: counted by the kept counts where they know enough, else one by one up to a bound.

use std::collections::BTreeMap;

use ::store::Tx;
use kernel::{Context, Currency, Money, Result};

use super::spectrum::{SpectrumCell, SpectrumCounts, SpectrumPoint, SpectrumStep};
use crate::{
    spectrum as grid,
    store::{
        book::Search,
        cells::{self, Counted},
        spectrum::{self as stored, Point},
    },
    strength,
};

/// More than so many are drawn as cells, not as points.
const POINTS: i64 = 2_000;
/// So many are looked at one by one where the filter asks for more than the kept counts know.
const MOST: i64 = 50_000;
/// The step of strength over a wide range, parts per million.
const WIDE: i64 = 50_000;
/// A range up to here is shown in the finest steps.
const NARROW: i64 = 200_000;

/// What is drawn.
#[derive(Default)]
pub(super) struct Picture {
    /// How many.
    pub(super) count: i64,
    /// Counting stopped.
    pub(super) at_least: bool,
    /// How many lie between the thresholds.
    pub(super) between: Option<i64>,
    counted: Vec<Counted>,
    points: Vec<Point>,
    step: i64,
}

impl Picture {
    /// What is found in the one currency of a search; the thresholds are in permille.
    pub(super) fn of(tx: &mut Tx<'_>, viewer: i64, search: &Search, thresholds: [i64; 2]) -> Result<Picture> {
        let wide = search.strength.to.unwrap_or(grid::WHOLE) - search.strength.from.unwrap_or(0);
        let step = if wide <= NARROW { grid::STEP } else { WIDE };
        let [stop, begin] = thresholds.map(|permille| permille * 1000);
        // Counted in steps between which the thresholds lie, where there are such.
        let fine = if [stop, begin].iter().all(|at| at % step == 0) { step } else { grid::STEP };
        let picture = match search.is_of_cells() {
            true => Picture::kept(tx, viewer, search, fine)?,
            false => Picture::looked_at(tx, viewer, search)?,
        };
        let between = picture.counted.iter().filter(|cell| stop <= cell.strength && cell.strength < begin);
        let between = between.map(|cell| cell.count).sum();
        let is_exact = stop % fine == 0 && begin % fine == 0 && !picture.at_least;
        Ok(Picture { step, between: is_exact.then_some(between), ..picture })
    }

    fn kept(tx: &mut Tx<'_>, viewer: i64, search: &Search, step: i64) -> Result<Picture> {
        let counted = cells::cells(tx, viewer, search, step)?;
        let count = counted.iter().map(|cell| cell.count).sum();
        let points = match count <= POINTS {
            true => stored::points(tx, viewer, search, POINTS + 1)?,
            false => Vec::new(),
        };
        Ok(Picture { count, counted, points: sorted(points), ..Picture::default() })
    }

    fn looked_at(tx: &mut Tx<'_>, viewer: i64, search: &Search) -> Result<Picture> {
        let mut points = stored::points(tx, viewer, search, MOST + 1)?;
        let (most, few) = (usize::try_from(MOST).unwrap_or(0), usize::try_from(POINTS).unwrap_or(0));
        let at_least = most < points.len();
        points.truncate(most);
        let counted = points.iter().map(|point| Counted {
            class: point.class,
            fit: point.fit,
            strength: grid::step(point.strength),
            value: grid::floor(point.net),
            count: 1,
            net: point.net,
        });
        let counted: Vec<_> = counted.collect();
        let count = i64::try_from(counted.len()).unwrap_or(i64::MAX);
        if few < points.len() {
            points.clear();
        }
        Ok(Picture { count, at_least, counted, points: sorted(points), ..Picture::default() })
    }

    /// Steps of strength with somebody in them.
    pub(super) fn steps(&self, currency: Option<Currency>) -> Vec<SpectrumStep> {
        let mut steps: BTreeMap<i64, (SpectrumCounts, i64)> = BTreeMap::new();
        for cell in &self.counted {
            let (counts, net) = steps.entry(self.begin(cell)).or_default();
            counts.add(cell.class, cell.fit, cell.count);
            *net = net.saturating_add(cell.net);
        }
        let step = |(from, (counts, net)): (i64, (SpectrumCounts, i64))| SpectrumStep {
            from_ppm: from,
            to_ppm: from + self.step,
            counts,
            net: currency.map_or(String::new(), |currency| Money::new(net, currency).decimal()),
        };
        steps.into_iter().map(step).collect()
    }

    /// Cells with somebody in them.
    pub(super) fn cells(&self) -> Vec<SpectrumCell> {
        let mut cells: BTreeMap<(i64, i64), SpectrumCounts> = BTreeMap::new();
        for cell in &self.counted {
            let counts = cells.entry((self.begin(cell), cell.value)).or_default();
            counts.add(cell.class, cell.fit, cell.count);
        }
        let cell = |((from, value), counts): ((i64, i64), SpectrumCounts)| SpectrumCell {
            from_ppm: from,
            to_ppm: from + self.step,
            net_from: (value != i64::MIN).then(|| kernel::plain(value)),
            net_to: grid::end(value).map(kernel::plain),
            counts,
        };
        cells.into_iter().map(cell).collect()
    }

    /// Each relationship, where they are few.
    pub(super) fn points(&self, cx: &Context, currency: Option<Currency>) -> Vec<SpectrumPoint> {
        let point = |point: &Point| SpectrumPoint {
            id: cx.codes.write(point.id),
            name: point.name.clone(),
            class: point.class.as_str().to_owned(),
            fit: point.fit.as_str().to_owned(),
            strength: strength::shown(point.score),
            strength_ppm: point.strength,
            net: currency.map_or(String::new(), |currency| Money::new(point.net, currency).decimal()),
        };
        self.points.iter().map(point).collect()
    }

    fn begin(&self, cell: &Counted) -> i64 {
        cell.strength.div_euclid(self.step) * self.step
    }
}

/// The strongest first.
fn sorted(mut points: Vec<Point>) -> Vec<Point> {
    points.sort_unstable_by_key(|point| (-point.strength, point.id));
    points
}
