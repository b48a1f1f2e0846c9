//! Published and independently computed values, to their printed digits.

use btyd::{BgNbd, Customer, Discount, Fit, MbgNbd, Model, ParetoNbd, Purchases, Question, Span, Unit};
use serde_json::Value;

use crate::shelf::{cdnow_sample, near, numbers, read, reference};

/// A fit against the reference: likelihood, parameters, standard errors and full covariance.
fn against_reference<M: Model>(fit: &Fit<M>, key: &str) {
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
    println!("{checked} of {} points", points.len());
}

fn answer(model: &str, params: &[f64], point: &Value) -> Option<f64> {
    let what = point["quantity"].as_str().unwrap();
    let four = || <[f64; 4]>::try_from(params).unwrap();
    match model {
        "bgnbd" => Some(purchases(&BgNbd::new(Unit::Week, four()).unwrap(), what, &point["args"])),
        "mbgnbd" => Some(purchases(&MbgNbd::new(Unit::Week, four()).unwrap(), what, &point["args"])),
        "pnbd" => Some(purchases(&ParetoNbd::new(Unit::Week, four()).unwrap(), what, &point["args"])),
        _ => None,
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
