//! Published and independently computed values, to their printed digits.

use btyd::{
    Attendance, Attendances, Bdw, BgBb, BgNbd, Cnbd, Contracts, Customer, Discount, Fit, GammaGamma, Leaving,
    MbgNbd, Model, Nbd, ParetoNbd, Purchases, Question, Sbg, Span, Spend, Unit,
};
use serde_json::Value;

use crate::shelf::{cdnow_sample, near, numbers, read, reference};

/// A fit against the reference: likelihood, parameters, standard errors and full covariance.
pub fn against_reference<M: Model>(fit: &Fit<M>, key: &str) {
    let Some(reference) = reference() else { return };
    let want = &reference[key];
    let ll = want["LL"].as_f64().unwrap();
    let off = fit.estimate.log_likelihood - ll;
    println!(
        "{key}: LL {:.6} ({off:+.1e}), {} evaluations",
        fit.estimate.log_likelihood, fit.estimate.evaluations
    );
    assert!(off > -1e-5 && off < 1e-5, "{key}: LL {} against {ll}", fit.estimate.log_likelihood);
    let errors = fit.estimate.standard_errors().unwrap();
    for (i, parameter) in numbers(&want["params"]).into_iter().enumerate() {
        near(fit.estimate.values[i], parameter, 1e-6, key);
        near(errors[i], numbers(&want["se"])[i], 2e-4, key);
        for (j, cell) in numbers(&want["cov"][i]).into_iter().enumerate() {
            let got = fit.estimate.covariance.as_ref().unwrap().at(i, j);
            let scale = errors[i] * errors[j];
            assert!(
                (got - cell).abs() < 3e-4 * scale,
                "{key} covariance {i} {j}: {got} {cell}, scale {scale}"
            );
        }
    }
}

#[test]
fn bg_nbd_on_the_cdnow_sample() {
    let Some((base, _)) = cdnow_sample() else { return };
    assert_eq!((base.len(), base.purchases(), base.cells().len()), (2357, 2457, 1016));
    against_reference(&BgNbd::fit(&base).unwrap(), "cdnow_sample:bgnbd");
}

#[test]
fn mbg_nbd_on_the_cdnow_sample() {
    let Some((base, _)) = cdnow_sample() else { return };
    against_reference(&MbgNbd::fit(&base).unwrap(), "cdnow_sample:mbgnbd");
}

#[test]
fn pareto_nbd_on_the_cdnow_sample() {
    let Some((base, _)) = cdnow_sample() else { return };
    against_reference(&ParetoNbd::fit(&base).unwrap(), "cdnow_sample:pnbd");
}

/// The 110 points at eighteen digits, every model and quantity, to 1e-10.
#[test]
fn point_checks() {
    let Some(text) = read("point_checks.json") else { return };
    let points: Vec<Value> = serde_json::from_str(&text).unwrap();
    let mut checked = 0;
    for point in &points {
        let params = numbers(&point["params"]);
        let Some(got) = answer(point["model"].as_str().unwrap(), &params, point) else { continue };
        let want: f64 = point["value"].as_str().unwrap().parse().unwrap();
        near(got, want, 1e-10, &point.to_string());
        checked += 1;
    }
    assert_eq!(checked, 110, "of {} points", points.len());
}

fn answer(model: &str, params: &[f64], point: &Value) -> Option<f64> {
    let what = point["quantity"].as_str().unwrap();
    let four = || <[f64; 4]>::try_from(params).unwrap();
    match model {
        "bgnbd" => Some(purchases(&BgNbd::new(Unit::Week, four()).unwrap(), what, &point["args"])),
        "mbgnbd" => Some(purchases(&MbgNbd::new(Unit::Week, four()).unwrap(), what, &point["args"])),
        "pnbd" => Some(purchases(&ParetoNbd::new(Unit::Week, four()).unwrap(), what, &point["args"])),
        "gg" => {
            let model = GammaGamma::new(<[f64; 3]>::try_from(params).unwrap()).unwrap();
            let number = |name: &str| point["args"][name].as_f64().unwrap();
            Some(model.expected_value(number("x") as u32, number("m")).unwrap())
        }
        "sbg" => {
            let model = Sbg::new([params[0], params[1]]).unwrap();
            let number = |name: &str| point["args"][name].as_f64().unwrap();
            Some(model.residual_renewals(number("n") as u32 - 1, number("d")))
        }
        "bgbb" => Some(occasions(&BgBb::new(four()).unwrap(), what, &point["args"])),
        _ => None,
    }
}

/// Questions about buying on occasions.
fn occasions(model: &BgBb, what: &str, args: &Value) -> f64 {
    let number = |name: &str| args[name].as_f64().unwrap_or(0.0);
    let seen = Attendance::new(number("x") as u32, number("t_x") as u32, number("n") as u32).unwrap();
    match what {
        "E[X*(n*)|x,tx,n]" => model.expected_purchases(&seen, number("n_star") as u32),
        "P(alive at n+1)" => model.probability_active(&seen, 1),
        "DERT" => model.discounted_purchases(&seen, number("d")),
        other => panic!("unknown quantity {other}"),
    }
}

/// Questions about repeat buying, by the name they have in the file of points.
fn purchases(model: &impl Purchases, what: &str, args: &Value) -> f64 {
    let number = |name: &str| args[name].as_f64().unwrap_or(0.0);
    let customer = Customer::in_unit(Unit::Week, number("x") as u32, number("t_x"), number("T")).unwrap();
    let within = Span::weeks(number("t"));
    match what {
        "E[X(t)]" => model.expected_of_newcomer(within),
        "E[X(T,T+t)|x,tx,T]" => model.expected_purchases(&customer, within),
        "P(alive)" => model.probability_active(&customer),
        "P(X(t)=n)" => model.probability_of_count(number("n") as u32, within),
        "DERT" => model.discounted_purchases(&customer, None, Discount::new(0.15, Span::weeks(52.0))),
        other => panic!("unknown quantity {other}"),
    }
}

/// Values printed in Fader, Hardie & Lee (2005), embedded so that they are checked everywhere.
#[test]
fn bg_nbd_as_printed() {
    let model = BgNbd::new(Unit::Week, [0.243, 4.414, 0.793, 2.426]).unwrap();
    let customer = Customer::new(2, Span::weeks(30.43), Span::weeks(38.86)).unwrap();
    near(model.expected_purchases(&customer, Span::weeks(39.0)), 1.226, 5e-5, "worked example");
    let counts =
        [(2.0, 10, 1.07869e-7), (39.0, 0, 0.5737864), (30.0, 11, 0.0019995214), (30.0, 20, 0.000222226)];
    for (weeks, n, printed) in counts {
        near(model.probability_of_count(n, Span::weeks(weeks)), printed, 1e-6, "P(X(t) = n)");
    }
    let model = BgNbd::new(Unit::Week, [0.2425982, 4.4136842, 0.7929899, 2.4261667]).unwrap();
    // More purchases with the same last date: less hope.
    for (x, printed) in [(10, 0.3474606), (15, 0.04283391), (20, 0.004158973), (25, 0.0003583685)] {
        let customer = Customer::new(x, Span::weeks(20.0), Span::weeks(39.0)).unwrap();
        near(model.expected_purchases(&customer, Span::weeks(52.0)), printed, 6e-6, "frequency paradox");
    }
}

/// The point at which the archived Python library answers NaN (its issue 302).
#[test]
fn bg_nbd_where_others_fail() {
    let model = BgNbd::new(Unit::Week, [0.2425982, 4.4136842, 1.0, 2.4261667]).unwrap();
    let customer = Customer::new(10, Span::weeks(20.0), Span::weeks(39.0)).unwrap();
    let at_one = model.expected_purchases(&customer, Span::weeks(52.0));
    let beside = |a: f64| {
        let model = BgNbd::new(Unit::Week, [0.2425982, 4.4136842, a, 2.4261667]).unwrap();
        model.expected_purchases(&customer, Span::weeks(52.0))
    };
    near(at_one, beside(1.0 - 1e-12), 1e-10, "left of a = 1");
    near(at_one, beside(1.0 + 1e-9), 1e-7, "right of a = 1");
    let ask = Question::Expected { from: Span::weeks(0.0), to: Span::weeks(52.0) };
    near(model.answer(ask, &customer), at_one, 0.0, "same question");
}

#[test]
fn nbd_on_the_cdnow_sample() {
    let Some((base, _)) = cdnow_sample() else { return };
    against_reference(&Nbd::fit(&base).unwrap(), "cdnow_sample:nbd");
}

/// Survivors of 1,000 in Fader & Hardie (2007), Table 1, years 0 to 12.
const REGULAR: [u32; 13] = [1000, 631, 468, 382, 326, 289, 262, 241, 223, 207, 194, 183, 173];
const HIGH_END: [u32; 13] = [1000, 869, 743, 653, 593, 551, 517, 491, 468, 445, 427, 409, 394];

/// The published fits, from the embedded table.
#[test]
fn renewal_models_on_the_published_cohorts() {
    let sbg = |survivors: &[u32]| Sbg::fit(&Contracts::from_survivors(&[survivors]).unwrap()).unwrap();
    let bdw = |survivors: &[u32]| Bdw::fit(&Contracts::from_survivors(&[survivors]).unwrap()).unwrap();
    let printed = [
        (sbg(&HIGH_END[..8]).estimate, vec![0.6680884, 3.806095], -1611.15815),
        (sbg(&REGULAR[..8]).estimate, vec![0.7040773, 1.182043], -1680.26519),
        (sbg(&REGULAR[..5]).estimate, vec![0.7636651, 1.29583], -1401.55942),
        (bdw(&HIGH_END[..8]).estimate, vec![0.2142533, 1.426575, 1.723565], -1605.31421),
        (bdw(&REGULAR[..8]).estimate, vec![0.455614, 0.7793255, 1.283451], -1679.60283),
        (bdw(&HIGH_END[..5]).estimate, vec![0.2593357, 1.722551, 1.584362], -1222.74932),
        (bdw(&REGULAR[..5]).estimate, vec![0.5230293, 0.8942827, 1.196399], -1401.38305),
    ];
    for (estimate, values, ll) in printed {
        assert!((estimate.log_likelihood - ll).abs() < 5e-6, "{estimate:?}");
        for (got, want) in estimate.values.iter().zip(values) {
            near(*got, want, 5e-6, "renewal parameters");
        }
    }
    assert!((sbg(&HIGH_END[..8]).model.survival(12) - 0.378).abs() < 5e-6);
    assert!((bdw(&HIGH_END[..5]).model.survival(12) - 0.38891).abs() < 5e-6);
}

#[test]
fn renewal_models_against_the_reference() {
    for (name, survivors) in [("regular", REGULAR), ("highend", HIGH_END)] {
        for years in [4, 7, 12] {
            let base = Contracts::from_survivors(&[&survivors[..=years]]).unwrap();
            against_reference(&Sbg::fit(&base).unwrap(), &format!("{name}:{years}:sbg"));
            against_reference(&Bdw::fit(&base).unwrap(), &format!("{name}:{years}:bdw"));
        }
    }
}

/// Five cohorts of 10,000 seen for fewer and fewer years give back the parameters of their curve.
#[test]
fn sbg_on_cohorts_of_different_age() {
    let curve = [10_000, 8_000, 6_480, 5_307, 4_391];
    let cohorts: Vec<&[u32]> = (1..=5).map(|n| &curve[..n]).collect();
    let fit = Sbg::fit(&Contracts::from_survivors(&cohorts).unwrap()).unwrap();
    let [alpha, beta] = [fit.estimate.values[0], fit.estimate.values[1]];
    assert!((alpha - 3.80).abs() < 0.01 && (beta - 15.20).abs() < 0.04, "{alpha} {beta}");
}

/// The value of a base of five cohorts, just before renewal (Fader & Hardie 2010, Tables 2 and 3).
#[test]
fn value_of_a_base_under_contract() {
    let signed = [20_500.0, 19_000.0, 17_500.0, 15_000.0, 10_000.0];
    let cases = [
        ([3.8, 15.2], [3.31, 3.45, 3.59, 3.72, 3.84], 207_438.0),
        ([1.0 / 15.0, 4.0 / 15.0], [7.68, 9.46, 9.86, 10.06, 10.19], 617_536.0),
    ];
    for (theta, printed, base) in cases {
        let model = Sbg::new(theta).unwrap();
        let mut total = 0.0;
        for (n, value) in printed.into_iter().enumerate() {
            let residual = model.residual_renewals(n as u32, 0.1);
            assert!((residual - value).abs() < 0.005 + 1e-9, "{residual} {value}");
            total += signed[n] * model.survival(n as u32) * residual;
        }
        assert!((total - base).abs() < 1.0, "{total} {base}");
    }
}

#[test]
fn bg_bb_on_the_donors() {
    let Some(rows) = crate::shelf::rows("donations.csv") else { return };
    let column = |i: usize| rows.iter().map(|r| r[i] as u32).collect::<Vec<u32>>();
    let base = Attendances::new(&column(0), &column(1), &column(2), &column(3)).unwrap();
    let fit = BgBb::fit(&base).unwrap();
    against_reference(&fit, "donation:bgbb");
    let total: f64 =
        base.cells().iter().map(|(seen, n)| fit.model.expected_purchases(seen, 5) * f64::from(*n)).sum();
    assert!((total - 12_884.2).abs() < 0.5, "holdout {total}");
    let in_sample = |x: u32| 11_104.0 * fit.model.probability_of_count(x, 6);
    assert!((in_sample(0) - 3454.9).abs() < 0.1 && (in_sample(6) - 1253.1).abs() < 0.1);
}

#[test]
fn gamma_gamma_on_the_cdnow_sample() {
    let Some((_, rows)) = cdnow_sample() else { return };
    let repeat: Vec<&Vec<f64>> = rows.iter().filter(|r| r[1] > 0.0 && r[5] > 0.0).collect();
    let x: Vec<u32> = repeat.iter().map(|r| r[1] as u32).collect();
    let mean: Vec<f64> = repeat.iter().map(|r| r[5]).collect();
    against_reference(&GammaGamma::fit(&Spend::new(&x, &mean).unwrap()).unwrap(), "cdnow_sample:gg");
}

/// One tick per purchase is the plain model, likelihood and all.
#[test]
fn cnbd_of_one_tick_is_the_plain_model() {
    let Some((base, _)) = cdnow_sample() else { return };
    let plain = Cnbd::fit(&base, 1, Leaving::AfterRepeats).unwrap();
    against_reference(&plain, "cdnow_sample:bgnbd");
    against_reference(&Cnbd::fit(&base, 1, Leaving::FromTheFirst).unwrap(), "cdnow_sample:mbgnbd");
}
