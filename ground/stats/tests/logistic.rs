//! Logistic regression: published values, consistency, what it refuses, and what was simulated is found.

use stats::logistic::{Prior, Refusal, Sample, accuracy, cross_validated, fit, folds};

/// Finney (1947): volume and rate of air breathed in, and whether the vessels of the skin narrowed.
const VOLUME: [f64; 39] = [
    3.7, 3.5, 1.25, 0.75, 0.8, 0.7, 0.6, 1.1, 0.9, 0.9, 0.8, 0.55, 0.6, 1.4, 0.75, 2.3, 3.2, 0.85, 1.7, 1.8,
    0.4, 0.95, 1.35, 1.5, 1.6, 0.6, 1.8, 0.95, 1.9, 1.6, 2.7, 2.35, 1.1, 1.1, 1.2, 0.8, 0.95, 0.75, 1.3,
];
const RATE: [f64; 39] = [
    0.825, 1.09, 2.5, 1.5, 3.2, 3.5, 0.75, 1.7, 0.75, 0.45, 0.57, 2.75, 3.0, 2.33, 3.75, 1.64, 1.6, 1.415,
    1.06, 1.8, 2.0, 1.36, 1.35, 1.36, 1.78, 1.5, 1.5, 1.9, 0.95, 0.4, 0.75, 0.03, 1.83, 2.2, 2.0, 3.33, 1.9,
    1.9, 1.625,
];
const NARROWED: [u8; 39] = [
    1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1,
    1, 0, 0, 1,
];

fn finney() -> (Vec<Vec<f64>>, Vec<bool>) {
    let rows = VOLUME.iter().zip(RATE).map(|(volume, rate)| vec![libm::log(*volume), libm::log(rate)]);
    (rows.collect(), NARROWED.iter().map(|one| *one == 1).collect())
}

fn close(found: f64, wanted: f64, by: f64) {
    assert!((found - wanted).abs() <= by, "{found} is not {wanted}");
}

#[test]
fn correctness_finney_as_pregibon_published_it() {
    let (rows, labels) = finney();
    let plain = fit(Sample { rows: &rows, offsets: &[0.0; 39], labels: &labels }, Prior::NONE).unwrap();
    // Pregibon (1981), Annals of Statistics 9, p. 706: −2.875, 5.179, 4.562; more digits from statsmodels 0.14.
    close(plain.intercept, -2.875_421_71, 1e-7);
    close(plain.slopes[0], 5.179_324_02, 1e-7);
    close(plain.slopes[1], 4.561_675_28, 1e-7);
    close(plain.likelihood, -14.613_687_640_353, 1e-10);
}

#[test]
fn correctness_motor_cars_as_r_prints_them() {
    // Weights of the 32 cars of `mtcars`, whether they are shifted by hand: `glm(am ~ wt, binomial)` gives 12.040, −4.024.
    let wt = [
        2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25, 5.424,
        5.345, 2.2, 1.615, 1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17, 2.77, 3.57,
        2.78,
    ];
    let am = "11100000000000000111000001111111";
    let rows: Vec<Vec<f64>> = wt.iter().map(|wt| vec![*wt]).collect();
    let labels: Vec<bool> = am.chars().map(|one| one == '1').collect();
    let plain = fit(Sample { rows: &rows, offsets: &[0.0; 32], labels: &labels }, Prior::NONE).unwrap();
    close(plain.intercept, 12.040_369_73, 1e-7);
    close(plain.slopes[0], -4.023_969_96, 1e-7);
}

#[test]
fn correctness_ridge_and_accuracy_as_scikit_learn_has_them() {
    let (rows, labels) = finney();
    let sample = Sample { rows: &rows, offsets: &[0.0; 39], labels: &labels };
    for (penalty, intercept, slopes) in [
        (1.0, -0.723_470_65, [1.730_240_05, 1.361_158_08]),
        (4.0, -0.288_511_86, [0.771_841_06, 0.647_713_78]),
    ] {
        let ridge = fit(sample, Prior { penalty, ..Prior::NONE }).unwrap();
        close(ridge.intercept, intercept, 1e-7);
        close(ridge.slopes[0], slopes[0], 1e-7);
        close(ridge.slopes[1], slopes[1], 1e-7);
    }
    let ridge = fit(sample, Prior { penalty: 4.0, ..Prior::NONE }).unwrap();
    let told: Vec<f64> = rows.iter().map(|row| ridge.log_odds(row, 0.0)).collect();
    let good = accuracy(&told, &labels).unwrap();
    close(good.auc, 0.936_842_105_263_157_9, 1e-12);
    close(good.brier, 0.185_369_208_8, 1e-9);
    close(good.log_loss, 0.558_011_381_0, 1e-9);
    let calibration = good.calibration.unwrap();
    close(calibration.slope, 6.758_446_12, 1e-6);
    close(calibration.intercept, 0.0, 1e-9);
    assert_eq!(good.groups.iter().map(|group| group.rows).collect::<Vec<_>>(), [13, 13, 13]);
}

#[test]
fn correctness_slopes_stop_at_their_bound() {
    // The third column works against the first; the values are those of scipy's L-BFGS-B.
    let (mut rows, labels) = finney();
    for (n, row) in rows.iter_mut().enumerate() {
        row.push(-row[0] + 0.3 * libm::cos(n as f64));
    }
    let sample = Sample { rows: &rows, offsets: &[0.0; 39], labels: &labels };
    for (penalty, wanted) in [
        (4.0, [-0.642_150_2, 1.607_751_34, 1.287_369_28, 0.257_341_91]),
        (0.5, [-1.298_968_01, 2.738_581_87, 2.260_602_65, 0.0]),
    ] {
        let held = fit(sample, Prior { penalty, towards: 1.0, shared: false, least: 0.0 }).unwrap();
        close(held.intercept, wanted[0], 1e-5);
        for (slope, wanted) in held.slopes.iter().zip(&wanted[1..]) {
            close(*slope, *wanted, 1e-5);
        }
    }
}

#[test]
fn correctness_slopes_that_share_a_scale() {
    // The values are those of scipy's L-BFGS-B.
    let (mut rows, labels) = finney();
    for (n, row) in rows.iter_mut().enumerate() {
        row.push(-row[0] + 0.3 * libm::cos(n as f64));
    }
    let sample = Sample { rows: &rows, offsets: &[0.0; 39], labels: &labels };
    for (penalty, wanted) in [
        (4.0, [-0.580_457_89, 1.076_605_73, 1.276_447_53, 0.124_341_13]),
        (0.5, [-1.295_994_83, 2.260_134_37, 2.369_302_68, 0.0]),
    ] {
        let held = fit(sample, Prior { penalty, towards: 1.0, shared: true, least: 0.0 }).unwrap();
        close(held.intercept, wanted[0], 1e-5);
        for (slope, wanted) in held.slopes.iter().zip(&wanted[1..]) {
            close(*slope, *wanted, 1e-5);
        }
    }
}

#[test]
fn consistency_an_offset_is_a_column_with_slope_one_and_order_does_not_matter() {
    let (rows, labels) = finney();
    let offsets: Vec<f64> = rows.iter().map(|row| row[0]).collect();
    let alone: Vec<Vec<f64>> = rows.iter().map(|row| vec![row[1]]).collect();
    let with = fit(Sample { rows: &alone, offsets: &offsets, labels: &labels }, Prior::NONE).unwrap();
    let shifted: Vec<f64> = offsets.iter().map(|one| one + 2.0).collect();
    let more = fit(Sample { rows: &alone, offsets: &shifted, labels: &labels }, Prior::NONE).unwrap();
    close(more.intercept, with.intercept - 2.0, 1e-9);
    close(more.slopes[0], with.slopes[0], 1e-9);
    let mut turned: Vec<usize> = (0..39).collect();
    turned.reverse();
    let rows: Vec<_> = turned.iter().map(|at| alone[*at].clone()).collect();
    let offsets: Vec<_> = turned.iter().map(|at| offsets[*at]).collect();
    let labels: Vec<_> = turned.iter().map(|at| labels[*at]).collect();
    let other = fit(Sample { rows: &rows, offsets: &offsets, labels: &labels }, Prior::NONE).unwrap();
    close(other.slopes[0], with.slopes[0], 1e-9);
}

#[test]
fn consistency_the_same_input_gives_the_same_bits() {
    let (rows, labels) = finney();
    let sample = Sample { rows: &rows, offsets: &[0.0; 39], labels: &labels };
    let prior = Prior { penalty: 4.0, towards: 1.0, shared: false, least: 0.0 };
    let bits = |fit: stats::logistic::Fit| {
        fit.slopes.iter().chain([&fit.intercept]).map(|one| one.to_bits()).collect::<Vec<_>>()
    };
    assert_eq!(bits(fit(sample, prior).unwrap()), bits(fit(sample, prior).unwrap()));
}

#[test]
fn consistency_a_column_that_never_changes_stays_where_it_was_believed_to_be() {
    let (mut rows, labels) = finney();
    rows.iter_mut().for_each(|row| row.push(0.7));
    let sample = Sample { rows: &rows, offsets: &[0.0; 39], labels: &labels };
    let found = fit(sample, Prior { penalty: 4.0, towards: 1.0, shared: false, least: 0.0 }).unwrap();
    close(found.slopes[2], 1.0, 1e-9);
}

#[test]
fn input_checks_say_what_is_wrong() {
    let one = |rows: &[Vec<f64>], offsets: &[f64], labels: &[bool]| {
        fit(Sample { rows, offsets, labels }, Prior::NONE).unwrap_err()
    };
    let rows = vec![vec![1.0], vec![2.0], vec![3.0]];
    assert_eq!(one(&rows, &[0.0; 2], &[true, false, true]), Refusal::Shape);
    assert_eq!(one(&[vec![1.0], vec![]], &[0.0; 2], &[true, false]), Refusal::Shape);
    assert_eq!(one(&rows, &[0.0, f64::NAN, 0.0], &[true, false, true]), Refusal::NotFinite);
    assert_eq!(one(&rows, &[0.0; 3], &[true; 3]), Refusal::OneClass);
    assert_eq!(one(&[], &[], &[]), Refusal::OneClass);
    assert_eq!(one(&rows, &[0.0; 3], &[false, true, true]), Refusal::NoEnd, "told apart without error");
    let held = Prior { penalty: 1.0, towards: 0.0, shared: false, least: 0.0 };
    let labels = [false, true, true];
    assert!(
        fit(Sample { rows: &rows, offsets: &[0.0; 3], labels: &labels }, held).is_ok(),
        "a prior ends it"
    );
    assert_eq!(accuracy(&[0.1], &[true]), None);
    assert_eq!(accuracy(&[0.1, f64::NAN], &[true, false]), None);
}

/// Numbers that look like chance, the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 11) as f64) / 9_007_199_254_740_992.0
    }
}

#[test]
fn simulation_what_was_put_in_is_found_and_judged_fairly() {
    let mut dice = Dice(7);
    let (mut rows, mut labels) = (Vec::new(), Vec::new());
    for _ in 0..4_000 {
        let row = vec![4.0 * dice.roll() - 2.0, 4.0 * dice.roll() - 2.0, 4.0 * dice.roll() - 2.0];
        let eta = -0.8 + 1.5 * row[0] + 0.5 * row[1];
        labels.push(dice.roll() < stats::logistic::logistic(eta));
        rows.push(row);
    }
    let offsets = vec![0.0; rows.len()];
    let sample = Sample { rows: &rows, offsets: &offsets, labels: &labels };
    let prior = Prior { penalty: 4.0, towards: 1.0, shared: false, least: 0.0 };
    let found = fit(sample, prior).unwrap();
    close(found.intercept, -0.8, 0.12);
    close(found.slopes[0], 1.5, 0.12);
    close(found.slopes[1], 0.5, 0.12);
    close(found.slopes[2], 0.0, 0.12);
    let groups: Vec<u64> = (0..4_000).map(|n| n / 2).collect();
    let folds = folds(&groups, &labels, 10);
    for pair in folds.chunks(2) {
        assert_eq!(pair[0], pair[1], "a group stays together");
    }
    let told = cross_validated(sample, prior, &folds).unwrap();
    let good = accuracy(&told, &labels).unwrap();
    let calibration = good.calibration.unwrap();
    close(calibration.slope, 1.0, 0.1);
    close(calibration.intercept, 0.0, 0.1);
    assert!(0.8 < good.auc && good.groups.len() == 10, "{good:?}");
    for group in good.groups {
        close(group.predicted, group.observed, 0.08);
    }
}

#[test]
fn folds_share_out_the_rarer_class() {
    let groups: Vec<u64> = (0..100).collect();
    let labels: Vec<bool> = (0..100).map(|n| n % 5 == 0).collect();
    let folds = folds(&groups, &labels, 5);
    for fold in 0..5 {
        let of = |label: bool| (0..100).filter(|n| folds[*n] == fold && labels[*n] == label).count();
        assert_eq!((of(true), of(false)), (4, 16), "fold {fold}");
    }
}
