//! Correctness on all of CDNOW: full base, forecasts, tracking and the value of the customer base.

use std::sync::LazyLock;

use btyd::{
    BgNbd, Customer, Day, Discount, Fit, FrequencyTable, GammaGamma, Holdout, Ledger, MbgNbd, Model, Nbd,
    ParetoNbd, Purchases, Rules, Span, Summaries, Unit, means_by_frequency, tracking,
};

use crate::correctness::against_reference;
use crate::shelf::{cdnow_sample, near, read};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// Summaries of a CDNOW log; the columns of customer, day and amount differ between the two files.
pub fn summaries(file: &str, columns: [usize; 3], rules: Rules) -> Option<Summaries<u32>> {
    let text = read(file)?;
    let mut ledger = Ledger::new(rules);
    for line in text.lines() {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let [who, when, amount] = columns.map(|c| cells[c]);
        let Ok(who) = who.parse() else { continue };
        ledger.record(who, day(when), amount.parse().unwrap()).unwrap();
    }
    Some(ledger.finish())
}

static FULL: LazyLock<Option<Summaries<u32>>> = LazyLock::new(|| {
    let rules = Rules::new(Unit::Week, day("1997-09-30")).holdout(day("1998-06-30"));
    summaries("CDNOW_master.txt", [0, 1, 3], rules)
});

#[test]
fn full_base_over_39_weeks() {
    let Some(full) = &*FULL else { return };
    let base = full.customers().unwrap();
    assert_eq!((base.len(), base.cells().len()), (23_570, 8_685));
    against_reference(&BgNbd::fit(&base).unwrap(), "cdnow_full:bgnbd");
    against_reference(&MbgNbd::fit(&base).unwrap(), "cdnow_full:mbgnbd");
    against_reference(&ParetoNbd::fit(&base).unwrap(), "cdnow_full:pnbd");
    against_reference(&Nbd::fit(&base).unwrap(), "cdnow_full:nbd");
    let spend = full.spend().unwrap();
    assert_eq!(spend.len(), 9_450);
    against_reference(&GammaGamma::fit(&spend).unwrap(), "cdnow_full:gg");
}

#[test]
fn full_base_over_78_weeks() {
    let Some(full) = summaries("CDNOW_master.txt", [0, 1, 3], Rules::new(Unit::Week, day("1998-06-30")))
    else {
        return;
    };
    let base = full.customers().unwrap();
    against_reference(&BgNbd::fit(&base).unwrap(), "cdnow_full78:bgnbd");
    against_reference(&MbgNbd::fit(&base).unwrap(), "cdnow_full78:mbgnbd");
    against_reference(&ParetoNbd::fit(&base).unwrap(), "cdnow_full78:pnbd");
    against_reference(&Nbd::fit(&base).unwrap(), "cdnow_full78:nbd");
    against_reference(&GammaGamma::fit(&full.spend().unwrap()).unwrap(), "cdnow_full78:gg");
}

/// Fader, Hardie & Lee (2005, JMR), Table 2: the sample's 78 weeks fitted, everybody valued.
#[test]
fn the_value_of_all_cdnow() {
    let rules = || Rules::new(Unit::Week, day("1998-06-30"));
    let Some(sample) = summaries("CDNOW_sample.txt", [1, 2, 4], rules()) else { return };
    let Some(full) = summaries("CDNOW_master.txt", [0, 1, 3], rules()) else { return };
    let pareto = ParetoNbd::fit(&sample.customers().unwrap()).unwrap();
    let spend = GammaGamma::fit(&sample.spend().unwrap()).unwrap();
    near(pareto.estimate.log_likelihood, -17_135.835886, 1e-9, "78 weeks, Pareto/NBD");
    near(spend.estimate.log_likelihood, -4_884.566321, 1e-9, "78 weeks, gamma-gamma");
    let discount = Discount::new(0.15, Span::weeks(52.0));
    let (mut total, mut once, mut customers) = (0.0, 0.0, 0);
    for (row, customer) in full.rows().iter().zip(full.each().unwrap()) {
        // The study leaves out the ten who spent more than 4,000 dollars.
        if row.mean_value * f64::from(row.frequency) > 4000.0 {
            continue;
        }
        let worth = spend.model.expected_value(row.frequency, row.mean_value).unwrap();
        let value = 0.3 * worth * pareto.model.discounted_purchases(&customer, None, discount);
        total += value;
        customers += 1;
        once += if row.frequency == 0 { value } else { 0.0 };
    }
    println!("CDNOW is worth {total:.0}, its one-time buyers {once:.0}");
    assert_eq!(customers, 23_560);
    near(total, 1_100_623.0, 5e-4, "value of CDNOW");
    near(once, 53_086.0, 1e-3, "value of one-time buyers");
}

/// Holdout of the sample: the figures of btyd models and of the rules they are compared with.
#[test]
fn holdout_of_the_sample() {
    let Some((base, rows)) = cdnow_sample() else { return };
    let customers: Vec<Customer> =
        rows.iter().map(|r| Customer::in_unit(Unit::Week, r[1] as u32, r[2], r[3]).unwrap()).collect();
    let actual: Vec<u32> = rows.iter().map(|r| r[4] as u32).collect();
    let report =
        |model: &ParetoNbd| Holdout::of(model, &customers, &actual, Span::weeks(39.0), None).unwrap();
    let pareto = report(&ParetoNbd::fit(&base).unwrap().model);
    assert!((pareto.model.correlation - 0.6302).abs() < 2e-4, "{pareto:?}");
    assert!((pareto.model.mae - 0.7545).abs() < 5e-4 && (pareto.model.rmse - 1.603).abs() < 5e-4);
    assert!((pareto.model.msle - 0.2377).abs() < 5e-5 && (pareto.model.total_error() - -0.115).abs() < 5e-4);
    assert!((pareto.model.gini - 0.6726).abs() < 5e-4 && (pareto.model.auc - 0.7787).abs() < 5e-4);
    assert!((pareto.naive_rate.mae - 1.024).abs() < 5e-4 && (pareto.naive_rate.rmse - 2.212).abs() < 5e-4);
    assert!((pareto.naive_rate.total_error() - 0.557).abs() < 0.02, "{}", pareto.naive_rate.total_error());
    // The rule at the 6.4 weeks of the literature, and at its best in hindsight.
    let model = ParetoNbd::fit(&base).unwrap().model;
    let at =
        |hiatus| Holdout::of(&model, &customers, &actual, Span::weeks(39.0), hiatus).unwrap().hiatus_rule;
    let (rule, best) = (at(Some(Span::weeks(6.4))), at(None));
    assert!((rule.total_error() - -0.32).abs() < 5e-4 && (rule.mae - 0.7561).abs() < 5e-5, "{rule:?}");
    assert!(
        (rule.rmse - 1.929).abs() < 5e-4 && (rule.correlation - 0.595).abs() < 5e-4 && best.mae < rule.mae
    );
    let bg = BgNbd::fit(&base).unwrap().model;
    let bg = Holdout::of(&bg, &customers, &actual, Span::weeks(39.0), None).unwrap().model;
    assert!((bg.correlation - 0.626).abs() < 5e-4 && (bg.mae - 0.7855).abs() < 5e-4);
}

/// The table of conditional expectations by frequency in the BTYD walkthrough.
#[test]
fn expectations_by_frequency() {
    let Some((base, rows)) = cdnow_sample() else { return };
    let frequency: Vec<u32> = rows.iter().map(|r| r[1] as u32).collect();
    let expected = |model: &dyn Fn(&Customer) -> f64| {
        let each: Vec<f64> = rows
            .iter()
            .map(|r| model(&Customer::in_unit(Unit::Week, r[1] as u32, r[2], r[3]).unwrap()))
            .collect();
        means_by_frequency(&frequency, &each, 7)
    };
    let (pareto, bg) = (ParetoNbd::fit(&base).unwrap().model, BgNbd::fit(&base).unwrap().model);
    let within = Span::weeks(39.0);
    let tables = [
        (
            expected(&|c| pareto.expected_purchases(c, within)),
            [0.138, 0.600, 1.196, 1.714, 2.399, 2.907, 3.819, 6.403],
        ),
        (
            expected(&|c| bg.expected_purchases(c, within)),
            [0.225, 0.523, 1.044, 1.520, 2.164, 2.654, 3.504, 6.157],
        ),
    ];
    for (got, printed) in tables {
        for (got, printed) in got.iter().zip(printed) {
            assert!((got - printed).abs() < 1e-3, "{got} {printed}");
        }
    }
    let actual: Vec<f64> = rows.iter().map(|r| r[4]).collect();
    let printed = [0.237, 0.697, 1.393, 1.560, 2.532, 2.947, 3.862, 6.359];
    for (got, printed) in means_by_frequency(&frequency, &actual, 7).iter().zip(printed) {
        assert!((got - printed).abs() < 6e-4, "{got} {printed}");
    }
}

/// Cumulative repeats, weeks 24 and 25, and the error at week 78.
#[test]
fn tracking_of_the_sample() {
    let Some((base, _)) = cdnow_sample() else { return };
    let curve = |model: &ParetoNbd| tracking(model, &base, 78);
    let pareto = curve(&ParetoNbd::fit(&base).unwrap().model);
    let bg = tracking(&BgNbd::fit(&base).unwrap().model, &base, 78);
    for (got, want) in [(pareto[23], 1604.39), (pareto[24], 1674.32), (bg[23], 1601.42), (bg[24], 1669.60)] {
        assert!((got - want).abs() < 0.1, "{got} {want}");
    }
    // 4,339 repeat purchases were made by week 78.
    for (curve, error) in [(&pareto, -0.0147), (&bg, -0.0399)] {
        assert!((curve[77] / 4339.0 - 1.0 - error).abs() < 2e-4, "{}", curve[77] / 4339.0 - 1.0);
    }
}

/// Chi-square of the frequency histogram: 4.82 (p .19) and 11.99 (p .007) in the paper.
#[test]
fn fit_of_the_frequency_histogram() {
    let Some((base, _)) = cdnow_sample() else { return };
    let bg = FrequencyTable::of(&BgNbd::fit(&base).unwrap().model, &base, 7);
    let pareto = FrequencyTable::of(&ParetoNbd::fit(&base).unwrap().model, &base, 7);
    assert!((bg.chi_square - 4.82).abs() < 0.005 && (bg.p_value.unwrap() - 0.19).abs() < 0.005, "{bg:?}");
    assert!(
        (pareto.chi_square - 11.99).abs() < 0.005 && (pareto.p_value.unwrap() - 0.007).abs() < 0.0005,
        "{pareto:?}"
    );
}

/// The two-decimal summary file gives its own, slightly different, likelihoods.
#[test]
fn the_two_decimal_file() {
    let Some(rows) = crate::shelf::rows("cdnow_customers_summary.csv") else { return };
    let x: Vec<u32> = rows.iter().map(|r| r[1] as u32).collect();
    let column = |i: usize| rows.iter().map(|r| r[i]).collect::<Vec<f64>>();
    let base = btyd::Customers::new(Unit::Week, &x, &column(2), &column(3)).unwrap();
    let close = |got: f64, want: f64| assert!((got - want).abs() < 1e-5, "{got} {want}");
    close(BgNbd::fit(&base).unwrap().estimate.log_likelihood, -9582.425561);
    close(MbgNbd::fit(&base).unwrap().estimate.log_likelihood, -9582.132685);
    close(ParetoNbd::fit(&base).unwrap().estimate.log_likelihood, -9594.973930);
}

/// Parameters of 78 weeks put back into 39: what the paper uses to show how flat the ridge is.
#[test]
fn parameters_of_another_window() {
    let Some((base, _)) = cdnow_sample() else { return };
    let model = ParetoNbd::new(Unit::Week, [0.56300366, 12.559169, 0.40810728, 10.514545]).unwrap();
    assert!((model.log_likelihood(&base) - -9608.2547).abs() < 1e-4);
}

/// The unit of time changes the parameters and nothing else.
#[test]
fn days_or_weeks() {
    let Some((base, rows)) = cdnow_sample() else { return };
    let x: Vec<u32> = rows.iter().map(|r| r[1] as u32).collect();
    let column = |i: usize| rows.iter().map(|r| (r[i] * 7.0).round()).collect::<Vec<f64>>();
    let in_days = btyd::Customers::new(Unit::Day, &x, &column(2), &column(3)).unwrap();
    let (weeks, days): (Fit<BgNbd>, Fit<BgNbd>) = (BgNbd::fit(&base).unwrap(), BgNbd::fit(&in_days).unwrap());
    near(days.estimate.values[1], 7.0 * weeks.estimate.values[1], 1e-7, "alpha in days");
    let customer = Customer::new(2, Span::days(213.0), Span::days(272.0)).unwrap();
    let ahead = Span::weeks(39.0);
    near(
        days.model.expected_purchases(&customer, ahead),
        weeks.model.expected_purchases(&customer, ahead),
        1e-7,
        "forecast",
    );
}
