//! How well forecasts did: errors, ranking, and two simple rules to compare
//! with.
//!
//! No single number says whether forecasts of counts are good. Totals can be
//! right with every customer wrong; errors per customer are dominated by the
//! zeros; rankings ignore the level. [`Accuracy`] reports all of them, and
//! [`Holdout`] puts the model beside two rules that need no model, since that
//! is what it must beat.
//!
//! *Conditional* and *unconditional* errors differ and are often confused: the
//! tracking curve of a base includes the weeks the model was fitted to and is
//! nearly always within a few per cent, the holdout total of the same fit may
//! be off by ten.

use crate::{Customer, Purchases, Question, Span};

/// Measures of a set of forecasts of counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Accuracy {
    /// Sum of the forecasts.
    pub predicted: f64,
    /// Sum of what happened.
    pub actual: f64,
    /// Mean absolute error per customer.
    pub mae: f64,
    /// Root mean squared error.
    pub rmse: f64,
    /// Mean squared error of `ln(1 + count)`.
    pub msle: f64,
    /// Correlation of forecast and count; zero if either does not vary.
    pub correlation: f64,
    /// Gini coefficient of the ranking by forecast over that of a perfect
    /// ranking.
    pub gini: f64,
    /// Probability that someone who bought was ranked above someone who did
    /// not, ties half.
    pub auc: f64,
}

impl Accuracy {
    /// Compares forecasts with what happened; `None` without rows or with
    /// unequal columns.
    ///
    /// ```
    /// use btyd::Accuracy;
    /// let report = Accuracy::of(&[0.5, 2.0, 0.1], &[0, 3, 0]).unwrap();
    /// assert_eq!(report.actual, 3.0);
    /// assert_eq!((report.auc, report.gini), (1.0, 1.0));
    /// assert!((report.total_error() - -0.4 / 3.0).abs() < 1e-12);
    /// ```
    pub fn of(predicted: &[f64], actual: &[u32]) -> Option<Accuracy> {
        let n = predicted.len() as f64;
        if predicted.is_empty() || predicted.len() != actual.len() {
            return None;
        }
        let (mut mae, mut mse, mut msle) = (0.0, 0.0, 0.0);
        for (p, a) in predicted.iter().zip(actual) {
            let a = f64::from(*a);
            mae += (p - a).abs() / n;
            mse += (p - a).powi(2) / n;
            msle += (p.ln_1p() - a.ln_1p()).powi(2) / n;
        }
        let truth: Vec<f64> = actual.iter().map(|a| f64::from(*a)).collect();
        Some(Accuracy {
            predicted: predicted.iter().sum(),
            actual: truth.iter().sum(),
            mae,
            rmse: mse.sqrt(),
            msle,
            correlation: correlation(predicted, &truth),
            gini: share_of(gini(predicted, &truth), gini(&truth, &truth)),
            auc: auc(predicted, actual),
        })
    }

    /// Relative error of the total.
    pub fn total_error(&self) -> f64 {
        share_of(self.predicted - self.actual, self.actual)
    }
}

/// A quotient that is zero where there is nothing to divide by.
fn share_of(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { 0.0 } else { part / whole }
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len() as f64;
    let (ma, mb) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(b) {
        ab += (x - ma) * (y - mb);
        aa += (x - ma).powi(2);
        bb += (y - mb).powi(2);
    }
    share_of(ab, (aa * bb).sqrt())
}

/// The order of the values from large to small.
fn ranking(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*b].total_cmp(&values[*a]));
    order
}

/// Area between the curve of `truth` gathered in order of `by` and the
/// diagonal.
fn gini(by: &[f64], truth: &[f64]) -> f64 {
    let total: f64 = truth.iter().sum();
    let (mut gathered, mut area) = (0.0, 0.0);
    for place in ranking(by) {
        gathered += truth[place];
        area += gathered;
    }
    share_of(area, total) - (by.len() as f64 + 1.0) / 2.0
}

/// The Mann-Whitney statistic, mean ranks for ties.
fn auc(by: &[f64], actual: &[u32]) -> f64 {
    let order = ranking(by);
    let (mut from, mut rank_sum) = (0, 0.0);
    while from < order.len() {
        let tied = order[from..].iter().take_while(|place| by[**place] == by[order[from]]).count();
        let buyers = order[from..from + tied].iter().filter(|place| actual[**place] > 0).count();
        rank_sum += buyers as f64 * (from as f64 + (tied as f64 + 1.0) / 2.0);
        from += tied;
    }
    let buyers = actual.iter().filter(|a| **a > 0).count() as f64;
    let others = actual.len() as f64 - buyers;
    if buyers * others == 0.0 {
        return 0.5;
    }
    1.0 - (rank_sum - buyers * (buyers + 1.0) / 2.0) / (buyers * others)
}

/// A model's forecasts of a holdout beside the two rules managers use.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Holdout {
    /// The model.
    pub model: Accuracy,
    /// Everybody goes on at the rate they had.
    pub naive_rate: Accuracy,
    /// Those who bought within the hiatus go on at their rate, the others
    /// have left (Wübben & von Wangenheim 2008, Journal of Marketing
    /// 72:82-93).
    pub hiatus_rule: Accuracy,
    /// The hiatus used.
    pub hiatus: Span,
}

impl Holdout {
    /// Scores the customers over the holdout and compares with the counts
    /// observed in it.
    ///
    /// Without a given hiatus the one that best separates buyers from others
    /// *in hindsight* is taken: an advantage no forecast has, so beating it
    /// is worth something.
    pub fn of(
        model: &impl Purchases,
        customers: &[Customer],
        actual: &[u32],
        length: Span,
        hiatus: Option<Span>,
    ) -> Option<Holdout> {
        let unit = model.unit();
        let horizon = length.in_unit(unit);
        let ask = Question::Expected { from: Span::new(0.0, unit), to: length };
        let expected: Vec<f64> = customers.iter().map(|c| model.answer(ask, c)).collect();
        let rate = |c: &Customer| {
            let seen = c.history(unit);
            if seen.age > 0.0 { seen.x / seen.age * horizon } else { 0.0 }
        };
        let silence: Vec<f64> =
            customers.iter().map(|c| c.history(unit)).map(|h| h.age - h.recency).collect();
        let naive: Vec<f64> = customers.iter().map(rate).collect();
        let hiatus = hiatus.map_or_else(|| best_hiatus(&silence, &naive, actual), |h| h.in_unit(unit));
        let ruled: Vec<f64> =
            naive.iter().zip(&silence).map(|(n, s)| if *s <= hiatus { *n } else { 0.0 }).collect();
        Some(Holdout {
            model: Accuracy::of(&expected, actual)?,
            naive_rate: Accuracy::of(&naive, actual)?,
            hiatus_rule: Accuracy::of(&ruled, actual)?,
            hiatus: Span::new(hiatus, unit),
        })
    }
}

/// The length of silence that, used as a rule, errs least per customer.
///
/// With a longer hiatus those who fell silent at that length go from a forecast
/// of nothing to their rate; the error is followed as they do.
fn best_hiatus(silence: &[f64], naive: &[f64], actual: &[u32]) -> f64 {
    let mut order: Vec<usize> = (0..silence.len().min(actual.len())).collect();
    order.sort_by(|a, b| silence[*a].total_cmp(&silence[*b]));
    let (mut change, mut best, mut hiatus) = (0.0, 0.0, 0.0);
    for (i, &place) in order.iter().enumerate() {
        let truth = f64::from(actual[place]);
        change += (naive[place] - truth).abs() - truth;
        let last_of_tie = order.get(i + 1).is_none_or(|next| silence[*next] > silence[place]);
        if last_of_tie && change < best {
            (best, hiatus) = (change, silence[place]);
        }
    }
    hiatus
}
