//! Simulated customers: parameters come back, intervals cover, bootstraps agree with the delta method.

use btyd::chance::{Chance, Seeded};
use btyd::{
    Attendances, Bdw, BgBb, BgNbd, Cnbd, Contracts, CovariateFit, Customer, Customers, Described, GammaGamma,
    Leaving, MbgNbd, Model, Nbd, ParetoNbd, Purchases, Question, Sbg, Span, Spend, Unit, simulate_base,
};

/// A base of `n` customers who joined evenly over a year and are observed for two.
fn ages(n: u32) -> Customers {
    let age: Vec<f64> = (0..n).map(|i| 52.0 + f64::from(i % 52)).collect();
    Customers::new(Unit::Week, &vec![0; n as usize], &vec![0.0; n as usize], &age).unwrap()
}

/// The fit of a drawn base lies within four standard errors of the truth in every parameter.
fn comes_back<M: Purchases>(truth: &M, n: u32, seed: u64) {
    let base = simulate_base(truth, &ages(n), &mut Seeded::new(seed)).unwrap();
    let fit = truth.refit(&base).unwrap();
    let errors = fit.estimate.standard_errors().unwrap();
    for (i, want) in truth.parameters().into_iter().enumerate() {
        let z = (fit.estimate.values[i].ln() - want.ln()) / (errors[i] / fit.estimate.values[i]);
        assert!(z.abs() < 4.0, "{}: {} for {want}", fit.estimate.names[i], fit.estimate.values[i]);
    }
}

#[test]
fn parameters_come_back() {
    comes_back(&BgNbd::new(Unit::Week, [0.6, 5.0, 0.8, 2.5]).unwrap(), 20_000, 1);
    comes_back(&MbgNbd::new(Unit::Week, [0.6, 5.0, 0.8, 2.5]).unwrap(), 20_000, 2);
    comes_back(&ParetoNbd::new(Unit::Week, [0.6, 5.0, 0.8, 20.0]).unwrap(), 20_000, 3);
    comes_back(&Nbd::new(Unit::Week, [0.6, 5.0]).unwrap(), 5_000, 4);
    comes_back(&Cnbd::new(Unit::Week, 3, Leaving::FromTheFirst, [0.9, 3.0, 0.6, 3.0]).unwrap(), 3_000, 5);
}

/// Regularity is found where it is, and one tick where there is none.
#[test]
fn regularity_is_found() {
    for k in [1, 3] {
        let truth = Cnbd::new(Unit::Week, k, Leaving::FromTheFirst, [0.9, 3.0, 0.6, 3.0]).unwrap();
        let base = simulate_base(&truth, &ages(1_500), &mut Seeded::new(9)).unwrap();
        assert_eq!(Cnbd::fit_regularity(&base, Leaving::FromTheFirst).unwrap().unwrap().model.k(), k);
    }
    let unknown = ages(10);
    assert!(Cnbd::fit_regularity(&unknown, Leaving::AfterRepeats).is_none());
}

/// Ninety per cent intervals cover about ninety per cent of the time.
#[test]
fn intervals_cover() {
    let truth = BgNbd::new(Unit::Week, [0.6, 5.0, 0.8, 2.5]).unwrap();
    let customer = Customer::new(3, Span::weeks(20.0), Span::weeks(60.0)).unwrap();
    let question = Question::Active { after: Span::weeks(0.0) };
    let want = truth.answer(question, &customer);
    let mut chance = Seeded::new(77);
    let (mut covered, rounds) = (0, 200);
    for _ in 0..rounds {
        let base = simulate_base(&truth, &ages(1_500), &mut chance).unwrap();
        let fit = truth.refit(&base).unwrap();
        let limits = fit.interval(question, &customer, 0.9).unwrap();
        covered += u32::from((limits.low..=limits.high).contains(&want));
    }
    println!("covered {covered} of {rounds}");
    // Four standard deviations of a binomial either way.
    assert!((163..=197).contains(&covered), "{covered} of {rounds}");
}

/// Three ways to an interval agree roughly on a well-determined base.
#[test]
fn bootstrap_profile_and_delta_agree() {
    let truth = BgNbd::new(Unit::Week, [0.6, 5.0, 0.8, 2.5]).unwrap();
    let base = simulate_base(&truth, &ages(5_000), &mut Seeded::new(5)).unwrap();
    let fit = truth.refit(&base).unwrap();
    let error = fit.estimate.standard_errors().unwrap()[0];
    let profile = fit.profile(&base, "r", 0.95).unwrap();
    let bootstrap = fit.bootstrap(&base, 60, &mut Seeded::new(6));
    assert_eq!(bootstrap.failed, 0);
    let drawn = bootstrap.interval(&fit.model, 0.95, |m| m.parameters()[0]).unwrap();
    let width = 2.0 * 1.96 * error;
    for (low, high) in [(profile.low.unwrap(), profile.high.unwrap()), (drawn.low, drawn.high)] {
        assert!(((high - low) / width - 1.0).abs() < 0.35, "{low} {high} against {width}");
    }
    assert_eq!(fit.bootstrap(&base, 3, &mut Seeded::new(6)).models, bootstrap.models[..3]);
}

/// What customers do next agrees with what is expected of those with their past.
#[test]
fn expectations_match_simulated_futures() {
    let bg = BgNbd::new(Unit::Week, [0.6, 5.0, 0.8, 2.5]).unwrap();
    let pareto = ParetoNbd::new(Unit::Week, [0.6, 5.0, 0.8, 20.0]).unwrap();
    let regular = Cnbd::new(Unit::Week, 3, Leaving::FromTheFirst, [0.9, 3.0, 0.6, 3.0]).unwrap();
    futures_match(&bg, 31);
    futures_match(&pareto, 32);
    futures_match(&regular, 33);
}

fn futures_match(model: &impl Purchases, seed: u64) {
    let mut chance = Seeded::new(seed);
    let (mut expected, mut made, mut active, mut stayed) = (0.0, 0.0, 0.0, 0.0);
    let n = 4_000;
    for _ in 0..n {
        let one = model.simulate(52.0, 26.0, &mut chance);
        let customer = Customer::in_unit(Unit::Week, one.frequency, one.recency, 52.0).unwrap();
        expected += model.expected_purchases(&customer, Span::weeks(26.0));
        made += f64::from(one.future);
        active += model.probability_active(&customer);
        stayed += f64::from(u8::from(one.active));
    }
    assert!((expected / made - 1.0).abs() < 0.08, "{expected} expected, {made} made");
    assert!(
        (active - stayed).abs() < 4.0 * (0.25 * f64::from(n)).sqrt(),
        "{active} thought active, {stayed} were"
    );
}

#[test]
fn spend_and_renewals_come_back() {
    let mut chance = Seeded::new(8);
    let truth = GammaGamma::new([6.0, 4.0, 15.0]).unwrap();
    let x: Vec<u32> = (0..20_000).map(|i| 1 + i % 7).collect();
    let mean: Vec<f64> = x.iter().map(|x| truth.simulate(*x, &mut chance)).collect();
    let fit = GammaGamma::fit(&Spend::new(&x, &mean).unwrap()).unwrap();
    assert!(
        (fit.estimate.values[0] / 6.0 - 1.0).abs() < 0.15 && (fit.estimate.values[1] / 4.0 - 1.0).abs() < 0.1
    );
    let (sbg, bdw) = (Sbg::new([0.8, 3.0]).unwrap(), Bdw::new([0.3, 1.8, 1.5]).unwrap());
    let drawn = |draw: &mut dyn FnMut() -> (u32, bool)| {
        let all: Vec<(u32, bool)> = (0..50_000).map(|_| draw()).collect();
        let (renewals, ended): (Vec<u32>, Vec<bool>) = all.into_iter().unzip();
        Contracts::from_tenures(&renewals, &ended).unwrap()
    };
    let fit = Sbg::fit(&drawn(&mut || sbg.simulate(8, &mut chance))).unwrap();
    assert!((fit.estimate.values[1] / 3.0 - 1.0).abs() < 0.1, "{:?}", fit.estimate.values);
    let fit = Bdw::fit(&drawn(&mut || bdw.simulate(12, &mut chance))).unwrap();
    assert!((fit.estimate.values[2] / 1.5 - 1.0).abs() < 0.1, "{:?}", fit.estimate.values);
    let bb = BgBb::new([1.2, 0.75, 0.66, 2.78]).unwrap();
    let rows: Vec<_> = (0..30_000).map(|_| bb.simulate(6, 0, &mut chance).0).collect();
    let column = |of: fn(&btyd::Attendance) -> u32| rows.iter().map(of).collect::<Vec<u32>>();
    let base = Attendances::new(
        &column(btyd::Attendance::frequency),
        &column(btyd::Attendance::recency),
        &column(btyd::Attendance::occasions),
        &vec![1; rows.len()],
    );
    let fit = BgBb::fit(&base.unwrap()).unwrap();
    assert!((fit.estimate.values[0] / 1.2 - 1.0).abs() < 0.15, "{:?}", fit.estimate.values);
}

/// Effects of covariates come back; without effects the richer model equals the plain one.
#[test]
fn covariates_come_back() {
    let (mut chance, n) = (Seeded::new(12), 6_000);
    let (mut x, mut recency, mut age, mut z) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for i in 0..n {
        let group = f64::from(i % 2) - 0.5;
        // Those of the second half buy 1.65 times as often.
        let model = ParetoNbd::new(Unit::Week, [0.8, 8.0 * (-0.5 * group).exp(), 0.7, 20.0]).unwrap();
        let one = model.simulate(70.0, 0.0, &mut chance);
        x.push(one.frequency);
        recency.push(one.recency);
        age.push(70.0);
        z.push(group);
    }
    let base = Described::new(Unit::Week, &x, &recency, &age, &[("channel", &z)]).unwrap();
    let fit = CovariateFit::of::<ParetoNbd>(&base).unwrap();
    let errors = fit.estimate.standard_errors().unwrap();
    println!("{:?} {:?}", fit.estimate.names, fit.estimate.values);
    assert!((fit.estimate.values[4] - 0.5).abs() < 4.0 * errors[4], "{:?}", fit.estimate.values);
    assert!(fit.estimate.values[5].abs() < 4.0 * errors[5]);
    let noise: Vec<f64> = (0..n).map(|_| chance.uniform() - 0.5).collect();
    let base = Described::new(Unit::Week, &x, &recency, &age, &[("noise", &noise)]).unwrap();
    let plain = BgNbd::fit(&Customers::new(Unit::Week, &x, &recency, &age).unwrap()).unwrap();
    let rich = CovariateFit::of::<BgNbd>(&base).unwrap();
    let gain = rich.estimate.log_likelihood - plain.estimate.log_likelihood;
    // Three coefficients without effect: half a chi-square on three degrees of freedom.
    assert!((0.0..10.0).contains(&gain), "{gain}");
    let nobody = rich.model_for::<BgNbd>(&[0.0]).unwrap();
    assert!((nobody.parameters()[0] / plain.model.parameters()[0] - 1.0).abs() < 0.1);
}
