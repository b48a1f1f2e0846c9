//! Degenerate and absurd input: a typed error or a stated boundary, never a NaN, never a panic.

use btyd::chance::Seeded;
use btyd::{
    Attendance, BgNbd, Contracts, Customer, Customers, Described, FitError, GammaGamma, InputError, MbgNbd,
    Nbd, ParetoNbd, Sbg, Span, Spend, Toward, Unit,
};
use proptest::prelude::*;

use crate::probe::{Tally, one};

#[test]
fn rows_that_cannot_be_true_are_refused() {
    let build = |x: u32, recency: f64, age: f64| Customers::new(Unit::Week, &[x], &[recency], &[age]);
    assert!(matches!(build(1, f64::NAN, 3.0), Err(InputError::NotAQuantity { column: "recency", .. })));
    assert!(matches!(build(1, 1.0, f64::INFINITY), Err(InputError::NotAQuantity { column: "age", .. })));
    assert!(matches!(build(1, -1.0, 3.0), Err(InputError::NotAQuantity { .. })));
    assert_eq!(build(1, 4.0, 3.0), Err(InputError::RecencyBeyondAge { row: 0 }));
    assert_eq!(build(1, 0.0, 3.0), Err(InputError::FrequencyAgainstRecency { row: 0 }));
    assert_eq!(build(0, 1.0, 3.0), Err(InputError::FrequencyAgainstRecency { row: 0 }));
    assert_eq!(build(1, 1.0, 1e9), Err(InputError::OutOfRange { row: 0 }));
    assert_eq!(Customers::new(Unit::Week, &[], &[], &[]), Err(InputError::Empty));
    assert_eq!(Customers::new(Unit::Week, &[1], &[], &[1.0]), Err(InputError::UnequalColumns));
    assert!(build(0, -0.0, 3.0).is_ok());
    assert!(Customer::new(3, Span::weeks(1.0), Span::days(6.0)).is_err());
    assert!(
        Attendance::new(3, 2, 6).is_err()
            && Attendance::new(0, 2, 6).is_err()
            && Attendance::new(1, 7, 6).is_err()
    );
    assert!(
        Spend::new(&[1], &[0.0]).is_err()
            && Spend::new(&[0], &[1.0]).is_err()
            && Spend::new(&[1], &[-2.0]).is_err()
    );
    let odd = Described::new(Unit::Week, &[0], &[0.0], &[1.0], &[("z", &[f64::NAN])]);
    assert!(matches!(odd, Err(InputError::NotAQuantity { column: "covariate", .. })));
    assert!(
        BgNbd::new(Unit::Week, [0.2, 4.0, f64::NAN, 1.0]).is_err()
            && BgNbd::new(Unit::Week, [0.2, -4.0, 1.0, 1.0]).is_err()
    );
}

#[test]
fn nobody_came_back() {
    let base = Customers::new(Unit::Week, &[0; 5], &[0.0; 5], &[10.0, 20.0, 30.0, 40.0, 50.0]).unwrap();
    assert_eq!(BgNbd::fit(&base).unwrap_err(), FitError::NoRepeatPurchases);
    assert_eq!(ParetoNbd::fit(&base).unwrap_err(), FitError::NoRepeatPurchases);
    let newborn = Customers::new(Unit::Week, &[0], &[0.0], &[0.0]).unwrap();
    assert_eq!(Nbd::fit(&newborn).unwrap_err(), FitError::NoTimeObserved);
    assert_eq!(
        Sbg::fit(&Contracts::from_survivors(&[&[10, 10, 10]]).unwrap()).unwrap_err(),
        FitError::TooLittleVariety
    );
    assert_eq!(
        GammaGamma::fit(&Spend::new(&[3, 3], &[5.0, 5.0]).unwrap()).unwrap_err(),
        FitError::TooLittleVariety
    );
}

/// A base without any sign of leaving: the fit is the NBD, and says so.
#[test]
fn where_nobody_leaves_the_limit_is_the_nbd() {
    let (mut x, mut recency, mut age) = (Vec::new(), Vec::new(), Vec::new());
    for i in 0..300u32 {
        x.push(3 + i % 9);
        age.push(40.0 + f64::from(i % 7));
        recency.push(39.5 + f64::from(i % 7));
    }
    let base = Customers::new(Unit::Week, &x, &recency, &age).unwrap();
    let nbd = Nbd::fit(&base).unwrap().estimate.log_likelihood;
    let bg = BgNbd::fit(&base).unwrap().estimate;
    let pareto = ParetoNbd::fit(&base).unwrap().estimate;
    for estimate in [&bg, &pareto] {
        assert!(!estimate.boundary.is_empty() && estimate.covariance.is_none(), "{estimate:?}");
        assert!((estimate.log_likelihood - nbd).abs() < 1e-3, "{} against {nbd}", estimate.log_likelihood);
    }
    let text = bg.boundary.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    println!("BG/NBD: {text}");
}

/// Everybody alike: heterogeneity vanishes, the shape runs to infinity, predictions stay numbers.
#[test]
fn everybody_alike() {
    let base = Customers::new(Unit::Week, &[5; 40], &[20.0; 40], &[21.0; 40]).unwrap();
    for estimate in [BgNbd::fit(&base).unwrap().estimate, MbgNbd::fit(&base).unwrap().estimate] {
        assert!(
            estimate.boundary.iter().any(|b| b.parameter == "r" && b.toward == Toward::Infinity),
            "{estimate:?}"
        );
    }
    let one = Customers::new(Unit::Week, &[2], &[3.0], &[8.0]).unwrap();
    let fit = BgNbd::fit(&one).unwrap();
    assert!(fit.estimate.values.iter().all(|v| v.is_finite()));
}

/// An interval end that the data do not determine is open, not invented.
#[test]
fn profile_ends_may_be_open() {
    let (mut x, mut recency, mut age) = (Vec::new(), Vec::new(), Vec::new());
    for i in 0..60u32 {
        x.push(i % 4);
        age.push(30.0);
        recency.push(if i % 4 == 0 { 0.0 } else { 10.0 + f64::from(i % 19) });
    }
    let base = Customers::new(Unit::Week, &x, &recency, &age).unwrap();
    let fit = ParetoNbd::fit(&base).unwrap();
    let beta = fit.profile(&base, "beta", 0.95).unwrap();
    println!("{:?} {beta:?}", fit.estimate.values);
    assert!(beta.low.is_none_or(f64::is_finite) && beta.high.is_none_or(f64::is_finite));
    assert!(fit.profile(&base, "no such", 0.95).is_none());
}

/// The first of the million inputs that `examples/fuzz` tries.
#[test]
fn absurd_questions_have_answers() {
    let mut tally = Tally::default();
    for input in 0..1_000 {
        one(&mut Seeded::new(input), &mut tally);
    }
    println!("{tally:?}");
    assert_eq!(tally.wrong, 0);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    /// Any order of the rows, and counts instead of copies, give the same base.
    #[test]
    fn order_does_not_matter(rows in prop::collection::vec((0u32..5, 1u32..50, 1u32..50), 1..40), turn in 0usize..40) {
        let mut rows: Vec<(u32, f64, f64)> = rows
            .into_iter()
            .map(|(x, a, b)| (x, if x == 0 { 0.0 } else { f64::from(a.min(b)) }, f64::from(a.max(b))))
            .collect();
        let build = |rows: &[(u32, f64, f64)]| {
            let column = |of: fn(&(u32, f64, f64)) -> f64| rows.iter().map(of).collect::<Vec<f64>>();
            let x: Vec<u32> = rows.iter().map(|r| r.0).collect();
            Customers::new(Unit::Day, &x, &column(|r| r.1), &column(|r| r.2)).unwrap()
        };
        let before = build(&rows);
        let places = rows.len();
        rows.rotate_left(turn % places);
        prop_assert_eq!(before, build(&rows));
    }
}
