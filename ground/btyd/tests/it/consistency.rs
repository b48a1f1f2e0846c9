//! Facts that must hold between quantities, whatever the parameters.

use btyd::number::{Jet, Scalar};
use btyd::special;

use crate::shelf::{cdnow_sample, near};
use btyd::{
    BgNbd, Cnbd, Customer, Discount, Leaving, MbgNbd, Model, Nbd, ParetoNbd, Purchases, Question, Span, Unit,
};

/// Exact derivatives against central differences.
fn derivatives_agree<M: Model>(model: &M, base: &M::Base) {
    let problem = model.problem(base);
    let theta = model.parameters();
    let at = problem.at(&theta);
    for i in 0..theta.len() {
        let step = 1e-5 * theta[i].abs().max(1e-3);
        let (mut up, mut down) = (theta.clone(), theta.clone());
        up[i] += step;
        down[i] -= step;
        let (up, down) = (problem.at(&up), problem.at(&down));
        let slope = (up.value - down.value) / (2.0 * step);
        assert!(
            (slope - at.gradient[i]).abs() < 1e-5 * (1.0 + slope.abs()) + 1e-9 * at.value.abs() / step * 1e-5,
            "slope {i}: {slope} {}",
            at.gradient[i]
        );
        for j in 0..theta.len() {
            let curve = (up.gradient[j] - down.gradient[j]) / (2.0 * step);
            let exact = at.hessian.at(i, j);
            assert!((curve - exact).abs() < 1e-5 * (1.0 + curve.abs()), "curve {i} {j}: {curve} {exact}");
        }
    }
}

#[test]
fn bg_nbd_derivatives() {
    let Some((base, _)) = cdnow_sample() else { return };
    derivatives_agree(&BgNbd::new(Unit::Week, [0.3, 5.0, 0.7, 2.0]).unwrap(), &base);
    derivatives_agree(&MbgNbd::new(Unit::Week, [0.3, 5.0, 0.7, 2.0]).unwrap(), &base);
}

#[test]
fn pareto_nbd_derivatives() {
    let Some((base, _)) = cdnow_sample() else { return };
    derivatives_agree(&ParetoNbd::new(Unit::Week, [0.3, 5.0, 0.7, 2.0]).unwrap(), &base);
    derivatives_agree(&ParetoNbd::new(Unit::Week, [0.3, 5.0, 1.0, 20.0]).unwrap(), &base);
}

/// Summing n P(n) gives the expectation; the probabilities sum to one.
fn counts_add_up(model: &impl Purchases, within: Span) {
    let chances: Vec<f64> = (0..2000).map(|n| model.probability_of_count(n, within)).collect();
    near(chances.iter().sum(), 1.0, 1e-9, "sum of probabilities");
    let mean: f64 = chances.iter().enumerate().map(|(n, p)| n as f64 * p).sum();
    near(mean, model.expected_of_newcomer(within), 1e-7, "mean count");
}

#[test]
fn counts_of_newcomers_add_up() {
    counts_add_up(&BgNbd::new(Unit::Week, [0.8, 4.4, 0.79, 2.4]).unwrap(), Span::weeks(39.0));
    counts_add_up(&BgNbd::new(Unit::Week, [2.0, 9.0, 1.0, 1.0]).unwrap(), Span::weeks(20.0));
    counts_add_up(&MbgNbd::new(Unit::Week, [0.8, 4.4, 0.79, 2.4]).unwrap(), Span::weeks(39.0));
    counts_add_up(&ParetoNbd::new(Unit::Week, [0.8, 4.4, 0.79, 12.4]).unwrap(), Span::weeks(39.0));
}

/// The series and the beta mean must meet where one hands over to the other.
#[test]
fn expectations_are_smooth_across_methods() {
    let model = BgNbd::new(Unit::Week, [0.24, 4.4, 0.79, 2.4]).unwrap();
    let customer = Customer::new(2, Span::weeks(30.0), Span::weeks(38.0)).unwrap();
    let horizon = 9.0 * (4.4 + 38.0);
    let before = model.expected_purchases(&customer, Span::weeks(horizon * (1.0 - 1e-12)));
    let after = model.expected_purchases(&customer, Span::weeks(horizon * (1.0 + 1e-12)));
    near(before, after, 1e-11, "across the switch");
}

#[test]
fn windows_add_up() {
    windows_of(&BgNbd::new(Unit::Week, [0.24, 4.4, 0.79, 2.4]).unwrap());
    windows_of(&MbgNbd::new(Unit::Week, [0.24, 4.4, 0.79, 2.4]).unwrap());
    windows_of(&ParetoNbd::new(Unit::Week, [0.24, 4.4, 1.0, 2.4]).unwrap());
}

fn windows_of(model: &impl Purchases) {
    let customer = Customer::new(2, Span::weeks(30.0), Span::weeks(38.0)).unwrap();
    let window = |from: f64, to: f64| {
        model.answer(Question::Expected { from: Span::weeks(from), to: Span::weeks(to) }, &customer)
    };
    near(window(0.0, 10.0) + window(10.0, 39.0), window(0.0, 39.0), 1e-12, "two windows");
}

/// Jets of the special functions against their neighbours.
#[test]
fn special_functions_know_their_derivatives() {
    let f =
        |x: Jet<2>, y: Jet<2>| special::gauss_unit(x, y, (-y).logistic()) + special::discounted_power(x, y);
    for (x, y) in [(0.7, 0.4), (3.2, 5.0), (1.0, 0.01), (20.0, 1.0)] {
        let jet = f(Jet::parameters([x, y])[0], Jet::parameters([x, y])[1]);
        let h = 1e-5;
        let value = |x: f64, y: f64| {
            let [a, b] = Jet::parameters([x, y]);
            f(a, b)
        };
        let dx = (value(x + h * x, y).value() - value(x - h * x, y).value()) / (2.0 * h * x);
        let dy = (value(x, y + h * y).value() - value(x, y - h * y).value()) / (2.0 * h * y);
        near(jet.gradient()[0], dx, 1e-6, "in x");
        near(jet.gradient()[1], dy, 1e-6, "in y");
        let dxy = (value(x, y + h * y).gradient()[0] - value(x, y - h * y).gradient()[0]) / (2.0 * h * y);
        near(jet.hessian()[0][1], dxy, 1e-5, "mixed");
    }
}

/// Identities and tabulated values of the special functions.
#[test]
fn special_functions_hit_known_values() {
    near(special::digamma(1.0), -0.577_215_664_901_532_9, 1e-15, "psi(1)");
    near(special::trigamma(0.5), std::f64::consts::PI.powi(2) / 2.0, 1e-15, "psi'(1/2)");
    // 2F1(1, 1; 2; z) = -ln(1-z)/z
    for z in [1e-8, 0.1, 0.5, 0.9, 0.9989, 0.9999, 1.0 - 1e-9] {
        near(special::gauss_unit(1.0, 1.0, z), -(-z).ln_1p() / z, 2e-13, "2F1(1,1;2;z)");
    }
    // e^w E_1(w) at w = 1 and 0.1: Γ(0, w).
    near(special::discounted_power(1.0, 1.0), 0.596_347_362_323_194_1, 1e-13, "E1(1)");
    near(special::discounted_power(1.0, 0.1), 0.1 * 0.1f64.exp() * 1.822_923_958_419_390_7, 1e-13, "E1(.1)");
    near(special::chi_square_tail(3.841_458_820_694_124, 1.0), 0.05, 1e-12, "chi-square");
    near(special::normal_quantile(0.975), 1.959_963_984_540_054, 1e-14, "normal");
    for (a, n) in [(0.3, 40.0), (3.7, 100.0), (1e9, 3.0), (1e9, 50.0), (11.5, 0.25), (5.0, 2.5)] {
        let [value, first, second] = special::ln_rising(a, n);
        if a < 1e6 {
            near(value, special::ln_gamma(a + n) - special::ln_gamma(a), 1e-13, "rising");
            near(first, special::digamma(a + n) - special::digamma(a), 1e-12, "its slope");
            near(second, special::trigamma(a + n) - special::trigamma(a), 1e-12, "its curve");
        } else {
            near(value, n * (a + 0.5 * (n - 1.0)).ln(), 1e-13, "rising, large");
        }
    }
}

/// Discounting by two routes: the closed integral, and the sum of many short windows.
#[test]
fn discounting_sums_the_windows() {
    discounted_of(&BgNbd::new(Unit::Week, [0.24, 4.4, 0.79, 2.4]).unwrap(), 1e-4);
    discounted_of(&MbgNbd::new(Unit::Week, [0.24, 4.4, 1.2, 2.4]).unwrap(), 1e-4);
    discounted_of(&ParetoNbd::new(Unit::Week, [0.55, 10.6, 1.0, 11.7]).unwrap(), 1e-4);
    discounted_of(&Nbd::new(Unit::Week, [0.4, 12.0]).unwrap(), 1e-4);
    discounted_of(&Cnbd::new(Unit::Week, 2, Leaving::FromTheFirst, [0.5, 4.0, 0.8, 2.4]).unwrap(), 1e-4);
}

fn discounted_of(model: &impl Purchases, tolerance: f64) {
    let customer = Customer::new(2, Span::weeks(30.0), Span::weeks(38.0)).unwrap();
    let discount = Discount::new(0.15, Span::weeks(52.0));
    let rate = discount.continuous(Unit::Week);
    for horizon in [0.5, 52.0, 104.0] {
        let steps = 400;
        let width = horizon / f64::from(steps);
        let mut sum = 0.0;
        for i in 0..steps {
            let from = f64::from(i) * width;
            let window = Question::Expected { from: Span::weeks(from), to: Span::weeks(from + width) };
            sum += model.answer(window, &customer) * (-rate * (from + 0.5 * width)).exp();
        }
        near(
            model.discounted_purchases(&customer, Some(Span::weeks(horizon)), discount),
            sum,
            tolerance,
            "discounted",
        );
    }
    let (long, ever) = (Some(Span::weeks(1e5)), None);
    let value = |horizon| model.discounted_purchases(&customer, horizon, discount);
    near(value(long), value(ever), 1e-9, "a long horizon");
    // Where one method hands over to the other.
    let edge = 0.01 / rate;
    let (below, above) =
        (value(Some(Span::weeks(edge * (1.0 - 1e-9)))), value(Some(Span::weeks(edge * (1.0 + 1e-9)))));
    near(below, above, 1e-8, "across the switch");
}

/// Scores of many rows are those of one customer asked alone, whatever the length of the column.
#[test]
fn scores_in_bulk_are_those_of_one() {
    bulk_is_single(&BgNbd::new(Unit::Week, [0.24, 4.4, 0.79, 2.4]).unwrap());
    bulk_is_single(&BgNbd::new(Unit::Week, [0.24, 4.4, 1.0, 2.4]).unwrap());
    bulk_is_single(&MbgNbd::new(Unit::Week, [0.52, 6.2, 6.5, 1.6]).unwrap());
    bulk_is_single(&ParetoNbd::new(Unit::Week, [0.55, 10.6, 1.0, 11.7]).unwrap());
}

fn bulk_is_single(model: &impl Purchases) {
    let rows = 1003;
    let frequency: Vec<u32> = (0..rows).map(|i| i % 40).collect();
    let age: Vec<f64> = (0..rows).map(|i| 1.0 + f64::from(i % 77)).collect();
    let recency: Vec<f64> =
        (0..rows as usize).map(|i| if frequency[i] == 0 { 0.0 } else { age[i] * 0.8 }).collect();
    for horizon in [0.0, 39.0, 520.0] {
        let within = Span::weeks(horizon);
        let scores = model.score_rows(&frequency, &recency, &age, within).unwrap();
        for i in 0..rows as usize {
            let customer = Customer::in_unit(Unit::Week, frequency[i], recency[i], age[i]).unwrap();
            near(scores[i].active, model.probability_active(&customer), 1e-13, "active");
            let alone = model.expected_purchases(&customer, within);
            assert!((scores[i].expected - alone).abs() <= 1e-12 * alone, "{} {alone}", scores[i].expected);
        }
    }
    assert!(model.score_rows(&[1], &[2.0], &[1.0], Span::weeks(1.0)).is_err());
}

/// The same digits on one thread and on several.
#[test]
fn sums_do_not_depend_on_threads() {
    let truth = ParetoNbd::new(Unit::Week, [0.6, 11.0, 0.6, 12.0]).unwrap();
    let age: Vec<f64> = (0..12_000).map(|i| 40.0 + f64::from(i) / 1e3).collect();
    let watched = btyd::Customers::new(Unit::Week, &[0; 12_000], &[0.0; 12_000], &age).unwrap();
    let base = btyd::simulate_base(&truth, &watched, &mut btyd::chance::Seeded::new(3)).unwrap();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| (BgNbd::fit(&base).unwrap(), ParetoNbd::fit(&base).unwrap()))
    };
    assert_eq!(on(1), on(3));
}
