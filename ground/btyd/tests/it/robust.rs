//! Uncertainty that does not lean on the model, and what covariates do to it.

use btyd::chance::{Chance, Seeded};
use btyd::{
    BgNbd, CovariateFit, Customer, Customers, Described, Nbd, ParetoNbd, Purchases, Question, Span, Unit,
    simulate_base,
};

fn watched(n: usize) -> Customers {
    Customers::new(Unit::Week, &vec![0; n], &vec![0.0; n], &vec![52.0; n]).unwrap()
}

/// Where the model is true the sandwich and the information agree; where it is not, the sandwich agrees with
/// drawing the customers again, and the information does not.
#[test]
fn the_sandwich_is_right_where_the_model_is_not() {
    let truth = Nbd::new(Unit::Week, [0.7, 6.0]).unwrap();
    let base = simulate_base(&truth, &watched(4_000), &mut Seeded::new(3)).unwrap();
    let fit = Nbd::fit(&base).unwrap();
    let (plain, robust) = (errors(&fit), errors(&fit.robust(&base).unwrap()));
    assert!((robust / plain - 1.0).abs() < 0.15, "{robust} {plain}");

    // Rates with a tail far longer than any gamma has.
    let frequency: Vec<u32> =
        (1..=3_000u32).map(|i| (0.3 * (3_000.0 / f64::from(i)).powf(1.1)) as u32).collect();
    let recency: Vec<f64> = frequency.iter().map(|x| if *x > 0 { 40.0 } else { 0.0 }).collect();
    let base = Customers::new(Unit::Week, &frequency, &recency, &vec![52.0; frequency.len()]).unwrap();
    let fit = Nbd::fit(&base).unwrap();
    let drawn = fit.bootstrap_cases(&base, 200, &mut Seeded::new(4));
    assert_eq!(drawn.failed, 0);
    let values: Vec<f64> = drawn.models.iter().map(|m| m.parameters_first()).collect();
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let spread = (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (values.len() - 1) as f64).sqrt();
    let (plain, robust) = (errors(&fit), errors(&fit.robust(&base).unwrap()));
    println!("plain {plain}, robust {robust}, drawn again {spread}");
    assert!((robust / spread - 1.0).abs() < 0.2, "{robust} {spread}");
    assert!((plain / spread - 1.0).abs() > 0.3, "{plain} {spread}");
    assert_eq!(fit.bootstrap_cases(&base, 3, &mut Seeded::new(4)).models, drawn.models[..3]);
}

/// The standard error of the first parameter.
fn errors<M>(fit: &btyd::Fit<M>) -> f64 {
    fit.estimate.standard_errors().unwrap()[0]
}

trait First {
    fn parameters_first(&self) -> f64;
}

impl<M: Purchases> First for M {
    fn parameters_first(&self) -> f64 {
        self.parameters()[0]
    }
}

/// Two shops: the covariate is found by the BG/NBD, its interval for a customer contains the truth, and a fit
/// that was kept and read back answers the same.
#[test]
fn a_covariate_of_the_bg_nbd_is_found_and_kept() {
    let mut chance = Seeded::new(21);
    let (mut x, mut recency, mut age, mut z) = (vec![], vec![], vec![], vec![]);
    for i in 0..6_000u32 {
        let shop = f64::from(i % 2) - 0.5;
        // A scale of 6 exp(-0.8 z): the second shop sells more often.
        let model = BgNbd::new(Unit::Week, [0.7, 6.0 * (-0.8 * shop).exp(), 0.6, 2.5]).unwrap();
        let one = model.simulate(30.0 + 20.0 * chance.uniform(), 0.0, &mut chance);
        let seen = if one.frequency > 0 { one.recency.max(1e-6) } else { 0.0 };
        x.push(one.frequency);
        recency.push(seen);
        age.push(50.0);
        z.push(shop);
    }
    let base = Described::new(Unit::Week, &x, &recency, &age, &[("shop", &z)]).unwrap();
    let fit = CovariateFit::of::<BgNbd>(&base).unwrap();
    let place = fit.estimate.index("purchase: shop").unwrap();
    let error = fit.estimate.standard_errors().unwrap()[place];
    assert!((fit.estimate.values[place] - 0.8).abs() < 4.0 * error, "{:?}", fit.estimate);
    let customer = Customer::new(3, Span::weeks(20.0), Span::weeks(50.0)).unwrap();
    let ask = Question::Expected { from: Span::days(0.0), to: Span::weeks(26.0) };
    for shop in [-0.5, 0.5] {
        let limits = fit.interval::<BgNbd>(ask, &[shop], &customer, 0.95).unwrap();
        let own = fit.model_for::<BgNbd>(&[shop]).unwrap();
        assert!((limits.estimate - own.expected_purchases(&customer, Span::weeks(26.0))).abs() < 1e-12);
        assert!(limits.low < limits.estimate && limits.estimate < limits.high);
    }
    let kept = CovariateFit::from_estimate::<BgNbd>(Unit::Week, 1, fit.estimate.clone()).unwrap();
    assert_eq!(kept, fit);
    assert_eq!(CovariateFit::from_estimate::<ParetoNbd>(Unit::Week, 1, fit.estimate.clone()), None);
}

/// The gradient behind an interval with covariates, against differences of the answer itself.
#[test]
fn intervals_with_covariates_move_as_the_coefficients_do() {
    let x = [2, 0, 1, 7, 0, 3, 5, 0, 1, 2, 9, 0];
    let recency = [20.0, 0.0, 3.0, 40.0, 0.0, 30.0, 12.0, 0.0, 44.0, 8.0, 49.0, 0.0];
    let z = [0.5, -0.5, 0.5, 0.5, -0.5, -0.5, 0.5, 0.5, -0.5, 0.5, -0.5, -0.5];
    let base = Described::new(Unit::Week, &x, &recency, &[50.0; 12], &[("shop", &z)]).unwrap();
    let fit = CovariateFit::of::<ParetoNbd>(&base).unwrap();
    let customer = Customer::new(3, Span::weeks(20.0), Span::weeks(50.0)).unwrap();
    let ask = Question::Active { after: Span::days(0.0) };
    // One parameter is uncertain at a time, so the reach of the interval is its slope.
    for p in 0..6 {
        let mut estimate = fit.estimate.clone();
        let mut only = btyd::optimise::Matrix::zero(6);
        only.set(p, p, 1e-12);
        estimate.covariance = Some(only);
        let answer = |by: f64| {
            let mut moved = estimate.clone();
            moved.values[p] += by;
            let fit = CovariateFit::from_estimate::<ParetoNbd>(Unit::Week, 1, moved).unwrap();
            fit.model_for::<ParetoNbd>(&[0.5]).unwrap().probability_active(&customer)
        };
        let step = 1e-5 * estimate.values[p].abs().max(1.0);
        let slope = ((answer(step) - answer(-step)) / (2.0 * step)).abs();
        let fit = CovariateFit::from_estimate::<ParetoNbd>(Unit::Week, 1, estimate.clone()).unwrap();
        let limits = fit.interval::<ParetoNbd>(ask, &[0.5], &customer, 0.95).unwrap();
        let reach = (limits.high - limits.low) / 2.0 / 1.959964e-6;
        assert!((reach - slope).abs() < 1e-4 * slope + 1e-6, "{p}: {reach} {slope}");
    }
}
