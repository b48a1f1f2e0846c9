//! `mainstay model …` from raw transactions to value, on public data where it is at hand.

use std::path::PathBuf;

use serde_json::Value;

use crate::desk::{Desk, Said};

/// A public file beside the repository, or a printed note and nothing.
fn shared(name: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/btyd").join(name);
    if !path.exists() {
        println!("skipped: no shared data at {}", path.display());
        return None;
    }
    Some(path.display().to_string())
}

/// The transactions of CDNOW as a table with a header, in the folder of the desk.
fn cdnow(desk: &Desk, name: &str, columns: [usize; 3]) -> Option<()> {
    let text = std::fs::read_to_string(shared(name)?).unwrap();
    let mut table = String::from("who;when;dollars\n");
    for line in text.lines().filter(|line| line.trim_start().starts_with(|sign: char| sign.is_ascii_digit()))
    {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let [who, when, dollars] = columns.map(|column| cells[column]);
        table.push_str(&format!("{who};{when};{dollars}\n"));
    }
    desk.write(&name.replace(".txt", ".csv"), table);
    Some(())
}

fn well(said: Said) -> Said {
    assert_eq!(said.code, 0, "{}", said.err);
    said
}

#[track_caller]
fn near(got: &Value, want: f64, tolerance: f64) {
    let got = got.as_f64().unwrap_or(f64::NAN);
    assert!((got - want).abs() <= tolerance * want.abs(), "{got} for {want}");
}

/// The rows of a comma-separated answer, one column of them.
fn column(text: &str, name: &str) -> Vec<f64> {
    let mut lines = text.lines();
    let place = lines.next().unwrap().split(',').position(|own| own == name).unwrap();
    lines.map(|line| line.split(',').nth(place).unwrap().parse().unwrap_or(f64::NAN)).collect()
}

/// The name of a parameter, its value and its standard error.
type Known = (&'static str, f64, f64);

/// The two-decimal summary that everybody has: Table 2 of Fader, Hardie & Lee (2005), and the likelihoods of the
/// independent fits.
#[test]
fn published_fits_of_the_cdnow_sample() {
    let desk = Desk::new();
    let (Some(rounded), Some(exact)) = (shared("cdnow_customers_summary.csv"), shared("cdnow_btyd_cbs.csv"))
    else {
        return;
    };
    let fit = desk.answer(&["model", "fit", "--model", "bg-nbd", "--input", &rounded]);
    assert!((fit["log_likelihood"].as_f64().unwrap() + 9582.425561).abs() < 1e-5, "{fit}");
    let published: [(&str, &[Known], f64); 4] = [
        (
            "bg-nbd",
            &[
                ("r", 0.24259452, 0.012557),
                ("alpha", 4.413602, 0.37822),
                ("a", 0.79292202, 0.18574),
                ("b", 2.4259068, 0.70542),
            ],
            -9582.429207,
        ),
        (
            "mbg-nbd",
            &[
                ("r", 0.52484316, 0.083267),
                ("alpha", 6.1830853, 0.69561),
                ("a", 0.89135939, 0.15479),
                ("b", 1.6140022, 0.53748),
            ],
            -9582.135716,
        ),
        (
            "pareto-nbd",
            &[
                ("r", 0.55327705, 0.047629),
                ("alpha", 10.577683, 0.84273),
                ("s", 0.60623999, 0.18729),
                ("beta", 11.668735, 6.2115),
            ],
            -9594.976179,
        ),
        (
            "gamma-gamma",
            &[("p", 6.2495723, 1.19), ("q", 3.7442247, 0.29013), ("v", 15.443521, 4.1593)],
            -4055.917695,
        ),
    ];
    for (model, parameters, likelihood) in published {
        let fit = desk.answer(&["model", "fit", "--model", model, "--input", &exact]);
        assert!((fit["log_likelihood"].as_f64().unwrap() - likelihood).abs() < 1e-5, "{model}: {fit}");
        for (name, value, error) in parameters {
            near(&fit["parameters"][name], *value, 1e-6);
            near(&fit["standard_errors"][name], *error, 1e-3);
        }
        let size = parameters.len();
        assert_eq!(fit["covariance"].as_array().unwrap().len(), size);
        near(&fit["covariance"][0][0], parameters[0].2.powi(2), 2e-3);
        assert_eq!(fit["boundary"], serde_json::json!([]));
        assert!(fit["iterations"].as_u64().unwrap() < 25);
        assert_eq!(fit["n"], if model == "gamma-gamma" { 946 } else { 2357 });
    }
    assert!(!desk.path("data").exists(), "models open no house");
}

#[test]
fn every_model_is_fitted() {
    let desk = Desk::new();
    let (Some(sample), Some(donors)) = (shared("cdnow_btyd_cbs.csv"), shared("donations.csv")) else {
        return;
    };
    let fit = |words: &[&str]| desk.answer(&[&["model", "fit", "--model"], words].concat());
    near(&fit(&["nbd", "--input", &sample])["parameters"]["r"], 0.38476614, 1e-6);
    for (model, likelihood) in [("bg-cnbd-k", -9582.429207), ("mbg-cnbd-k", -9582.135716)] {
        let one = fit(&[model, "--k", "1", "--input", &sample]);
        near(&one["log_likelihood"], likelihood, 1e-9);
        assert_eq!(one["regularity"][0], 1);
    }
    let bg_bb = fit(&["bg-bb", "--input", &donors]);
    near(&bg_bb["log_likelihood"], -33225.58127, 1e-9);
    near(&bg_bb["parameters"]["alpha"], 1.203522, 1e-6);
    assert_eq!(bg_bb["n"], 11_104);
    desk.write("donors.json", bg_bb.to_string());
    // Donations to expect of all in the next five years: 12,884.2 in the paper.
    let predict =
        ["model", "predict", "--params", "donors.json", "--input", &donors, "--horizon", "5", "-o", "csv"];
    let scored = well(desk.says(&predict)).out;
    let total: f64 =
        column(&scored, "expected").iter().zip(column(&scored, "weights")).map(|(each, n)| each * n).sum();
    assert!((total - 12_884.2).abs() < 0.5, "{total}");
    // The next occasion: .93 for six of six.
    assert!((column(&scored, "p_active").last().unwrap() - 0.93043).abs() < 1e-4);
}

/// From raw transactions to what each customer is worth (Fader, Hardie & Lee 2005, JMR, Table 2): the sample's 78 weeks
/// fitted, all of CDNOW valued, by Parquet between the steps.
#[test]
fn the_value_of_all_cdnow_from_raw_transactions() {
    let desk = Desk::new();
    if cdnow(&desk, "CDNOW_sample.txt", [1, 2, 4]).is_none() {
        return;
    }
    cdnow(&desk, "CDNOW_master.txt", [0, 1, 3]).unwrap();
    for name in ["sample", "master"] {
        let (from, to) = (format!("CDNOW_{name}.csv"), format!("{name}.parquet"));
        let words =
            ["--id", "who", "--date", "when", "--amount", "dollars", "--end", "1998-06-30", "--to", &to];
        let said = well(desk.says(&[&["model", "summarize", &from][..], &words].concat()));
        assert!(said.err.contains(if name == "sample" { "2357 rows" } else { "23570 rows" }), "{}", said.err);
    }
    let fit = desk.answer(&["model", "fit", "--model", "pareto-nbd", "--input", "sample.parquet"]);
    near(&fit["log_likelihood"], -17_135.835886, 1e-9);
    near(&fit["spend"]["log_likelihood"], -4_884.566321, 1e-9);
    desk.write("fit.json", fit.to_string());
    let words = "--horizon 1y --discount 0.15/52w --value-horizon ever --margin 0.3 --no-intervals -o csv";
    let words: Vec<&str> = words.split(' ').collect();
    let scored = well(desk.says(
        &[&["model", "predict", "--params", "fit.json", "--input", "master.parquet"][..], &words].concat(),
    ))
    .out;
    let frequency = column(&scored, "frequency");
    let spent: Vec<f64> =
        column(&scored, "monetary").iter().zip(&frequency).map(|(mean, x)| mean * x).collect();
    let (mut total, mut once, mut customers) = (0.0, 0.0, 0);
    for (row, value) in column(&scored, "clv").into_iter().enumerate() {
        // The study leaves out the ten who spent more than 4,000 dollars.
        if spent[row] <= 4000.0 {
            total += value;
            once += if frequency[row] == 0.0 { value } else { 0.0 };
            customers += 1;
        }
    }
    assert_eq!(customers, 23_560);
    assert!((total / 1_100_623.0 - 1.0).abs() < 5e-4, "{total}");
    assert!((once / 53_086.0 - 1.0).abs() < 1e-3, "{once}");
}

/// The published summary comes out of the raw log, in both conventions, and out of a log in any order.
#[test]
fn raw_transactions_become_the_published_summary() {
    let desk = Desk::new();
    let Some(published) = shared("cdnow_btyd_cbs.csv") else { return };
    cdnow(&desk, "CDNOW_sample.txt", [1, 2, 4]).unwrap();
    let words = "--id who --date when --amount dollars --end 1997-09-30 --holdout 1998-06-30 -o csv";
    let summarize = |file: &str, more: &[&str]| {
        let words: Vec<&str> = words.split(' ').collect();
        well(desk.says(&[&["model", "summarize", file][..], &words, more].concat())).out
    };
    let got = summarize("CDNOW_sample.csv", &[]);
    let want = std::fs::read_to_string(published).unwrap();
    for (ours, theirs) in
        [("frequency", "x"), ("recency", "t.x"), ("age", "T.cal"), ("holdout", "x.star"), ("monetary", "m.x")]
    {
        let tolerance = if ours == "monetary" { 0.006 } else { 1e-12 };
        let (ours, theirs) = (column(&got, ours), column(&want, theirs));
        assert_eq!(ours.len(), 2357);
        for (got, want) in ours.iter().zip(&theirs) {
            assert!((got - want).abs() <= tolerance, "{got} {want}");
        }
    }
    // The same rows backwards, which one pass cannot count.
    let text = std::fs::read_to_string(desk.path("CDNOW_sample.csv")).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].reverse();
    desk.write("backwards.csv", lines.join("\n"));
    let again = summarize("backwards.csv", &[]);
    let sorted = |text: &str| {
        let mut rows: Vec<String> =
            text.lines().skip(1).map(|row| row.split(',').take(4).collect()).collect();
        rows.sort();
        rows
    };
    assert_eq!(sorted(&again), sorted(&got));
    let lifetimes = summarize("CDNOW_sample.csv", &["--convention", "lifetimes"]);
    assert_eq!(column(&lifetimes, "frequency").iter().sum::<f64>(), 2216.0);
    assert_eq!(column(&lifetimes, "holdout").iter().sum::<f64>(), 1788.0);
}

/// The worked example of the paper, E[X(39)] = 1.226, with limits around it; Parquet says what CSV says.
#[test]
fn a_customer_is_scored_with_limits() {
    let desk = Desk::new();
    let parameters = r#"{"model": "bg-nbd", "unit": "week", "parameters": {"a": 0.793, "alpha": 4.414, "b": 2.426, "r": 0.243},
        "order": ["r", "alpha", "a", "b"],
        "covariance": [[1e-4, 0, 0, 0], [0, 1e-1, 0, 0], [0, 0, 1e-2, 0], [0, 0, 0, 1e-1]]}"#;
    desk.write("fit.json", parameters);
    desk.write(
        "people.csv",
        "who,x,t_x,T,shop\n007,2,30.43,38.86,north\n8,0,0,38.86,\"the \"\"old\"\" shop\"\n",
    );
    let predict = ["model", "predict", "--params", "fit.json", "--input", "people.csv", "--horizon", "39"];
    let csv = well(desk.says(&predict)).out;
    assert!((column(&csv, "expected")[0] - 1.226).abs() < 5e-4, "{csv}");
    assert!(
        csv.contains("\n007,") && csv.contains("\"the \"\"old\"\" shop\""),
        "what is not ours is handed on: {csv}"
    );
    assert_eq!(column(&csv, "p_active")[1], 1.0);
    let (low, high) = (column(&csv, "expected_low")[0], column(&csv, "expected_high")[0]);
    assert!(low < 1.226 && 1.226 < high && high < 2.0);
    // The same question in days.
    let days = well(desk.says(&[&predict[..7], &["273d"]].concat())).out;
    assert!((column(&days, "expected")[0] - column(&csv, "expected")[0]).abs() < 1e-12);

    well(desk.says(&[&predict[..], &["--to", "scores.parquet"]].concat()));
    desk.write("plain.json", parameters);
    let json = desk.answer(&predict);
    near(&json["rows"][0]["expected"], column(&csv, "expected")[0], 1e-15);
    let twice =
        ["model", "predict", "--params", "plain.json", "--input", "scores.parquet", "--horizon", "39"];
    desk.says(&twice).refuses(&["scores.parquet", "p_active", "leave it out"]);
    let again = desk.answer(&["model", "fit", "--model", "nbd", "--input", "scores.parquet"]);
    assert_eq!(again["n"], 2);
}

/// The contracts of five cohorts are worth 207,438 and 617,536 (Fader & Hardie 2010), and survivors give the published
/// parameters.
#[test]
fn contracts_are_projected_and_valued() {
    let desk = Desk::new();
    desk.write("regular.csv", "year,regular\n0,1000\n1,631\n2,468\n3,382\n4,326\n");
    let renewal = desk.answer(&["model", "renew", "--model", "sbg", "--input", "regular.csv"]);
    near(&renewal["fit"]["parameters"]["alpha"], 0.7636651, 1e-6);
    near(&renewal["fit"]["log_likelihood"], -1401.55942, 1e-7);
    let bdw = desk.answer(&["model", "renew", "--model", "bdw", "--input", "regular.csv", "--periods", "12"]);
    near(&bdw["periods"][12]["survival"], 0.17145, 5e-5);
    assert!(bdw["periods"][12]["survival_low"].as_f64().unwrap() < 0.173, "year 12 was 17.3 per cent");

    let base = "year,a,b,c,d,e\n0,20500,19000,17500,15000,10000\n1,,15200,14000,12000,8000\n2,,,11340,9720,6480\n\
        3,,,,7960,5307\n4,,,,,4391\n";
    desk.write("base.csv", base);
    desk.write("sbg.json", r#"{"model": "sbg", "parameters": {"alpha": 3.8, "beta": 15.2}}"#);
    let valued = desk.answer(&["model", "renew", "--params", "sbg.json", "--input", "base.csv"]);
    near(&valued["base_value"], 207_438.0, 1e-4);
    for (n, printed) in [3.31, 3.45, 3.59, 3.72, 3.84].into_iter().enumerate() {
        let residual = valued["periods"][n]["residual"].as_f64().unwrap();
        assert!((residual - printed).abs() < 0.0051, "{residual}");
    }
    let fitted = desk.answer(&["model", "fit", "--model", "sbg", "--input", "base.csv"]);
    assert!((fitted["parameters"]["alpha"].as_f64().unwrap() - 3.80).abs() < 0.01, "{fitted}");
    let table =
        well(desk.says(&["model", "renew", "--model", "sbg", "--input", "regular.csv", "-o", "csv"])).out;
    assert_eq!(column(&table, "observed")[4], 0.326);
    // Single contracts, the way a firm keeps them.
    let one_by_one: String = [(0, 369), (1, 163), (2, 86), (3, 56)]
        .into_iter()
        .flat_map(|(renewals, lost)| (0..lost).map(move |_| format!("{renewals},1\n")))
        .chain((0..326).map(|_| "4,0\n".to_owned()))
        .collect();
    desk.write("single.csv", format!("renewals,ended\n{one_by_one}"));
    let single = desk.answer(&["model", "fit", "--model", "sbg", "--input", "single.csv"]);
    near(&single["log_likelihood"], renewal["fit"]["log_likelihood"].as_f64().unwrap(), 1e-12);
}

#[test]
fn what_does_not_fit_is_told_with_file_row_and_column() {
    let desk = Desk::new();
    let fit = |text: &str| {
        desk.write("people.csv", text);
        desk.says(&["model", "fit", "--model", "bg-nbd", "--input", "people.csv"])
    };
    let wrong: [(&str, &[&str]); 10] = [
        (
            "frequency,recency,age\n1,3,9\n2,much,9\n",
            &["people.csv row 2, column recency", "\"much\" is not a number"],
        ),
        ("frequency,recency,age\n1.5,3,9\n", &["row 1, column frequency", "not a count"]),
        ("frequency,recency,age\n1,3,9\n1,12,9\n", &["people.csv row 2", "after the end of observation"]),
        ("frequency,recency,age\n1,3,9\n0,3,9\n", &["people.csv row 2", "recency is zero exactly when"]),
        ("frequency,recency,age\n1,,9\n", &["row 1, column recency", "empty"]),
        ("frequency,recency\n1,3\n", &["no column for the age", "--age"]),
        ("frequency,recency,age,T\n1,3,9,9\n", &["several columns", "age, T", "--age"]),
        ("frequency,recency,age\n", &["no rows"]),
        (
            "frequency,recency,age\n0,0,9\n0,0,7\n",
            &["bg-nbd cannot be fitted to people.csv", "no customer bought again"],
        ),
        ("frequency,recency,age\n1,3,9,9\n", &["people.csv row 1 has 4 cells and the header 3"]),
    ];
    for (text, told) in wrong {
        fit(text).refuses(told);
    }
    let units = "frequency,recency,age,unit\n2,3,9,day\n1,4,9,day\n0,0,9,day\n";
    desk.write("days.csv", units);
    let said = desk.says(&["model", "fit", "--model", "nbd", "--input", "days.csv", "--unit", "week"]);
    said.refuses(&["days.csv says that its times are in days"]);
    let fit = desk.answer(&["model", "fit", "--model", "nbd", "--input", "days.csv"]);
    assert_eq!(fit["unit"], "day", "a table that says its unit is believed");
    desk.says(&["model", "fit", "--model", "nbd", "--input", "nowhere.csv"])
        .refuses(&["nowhere.csv", "check that"]);
    desk.write("log.csv", "id,date\na,2024-01-05\na,2024-13-05\n");
    let summarize = ["model", "summarize", "log.csv", "--id", "id", "--date", "date", "--end", "2024-03-31"];
    desk.says(&summarize).refuses(&["log.csv row 2, column date", "\"2024-13-05\" is not a day"]);
    desk.write("grow.csv", "year,a\n0,10\n1,11\n");
    desk.says(&["model", "renew", "--model", "sbg", "--input", "grow.csv"])
        .refuses(&["survivors cannot grow"]);
}

#[test]
fn words_about_models_that_are_typed_wrong_are_corrected() {
    let desk = Desk::new();
    desk.write("p.csv", "frequency,recency,age\n1,3,9\n");
    let wrong: [(&[&str], &str); 9] = [
        (&["model", "guess"], "model knows no \"guess\""),
        (&["model", "fit", "--model", "bg", "--input", "p.csv"], "mbg-cnbd-k"),
        (&["model", "fit", "--input", "p.csv"], "--model"),
        (&["model", "fit", "--model", "nbd", "--input", "p.csv", "--k", "2"], "--k is for"),
        (&["model", "fit", "--model", "nbd", "--input", "p.csv", "--unit", "hour"], "hour"),
        (&["model", "fit", "--model", "nbd", "--input", "p.csv", "-o", "csv"], "no table"),
        (&["model", "sql", "--dialect", "oracle", "--end", "2024-01-01"], "bigquery"),
        (&["model", "sql", "--dialect", "duckdb", "--end", "soon"], "not a day"),
        (&["figures", "-o", "csv"], "tables of model"),
    ];
    for (typed, told) in wrong {
        desk.says(typed).corrects(&[told]);
    }
    for verb in ["summarize", "fit", "predict", "renew", "sql"] {
        let said = well(desk.says(&["model", verb, "--help"]));
        assert!(said.out.contains(&format!("mainstay model {verb}")), "{}", said.out);
    }
}

/// A base without any leaving has its maximum at a boundary, and says so.
#[test]
fn a_boundary_is_told_as_such() {
    let desk = Desk::new();
    let rows: String = (0..60).map(|i| format!("{},{},52\n", 3 + i % 7, 51.5)).collect();
    desk.write("loyal.csv", format!("frequency,recency,age\n{rows}"));
    let fit = desk.answer(&["model", "fit", "--model", "bg-nbd", "--input", "loyal.csv"]);
    assert!(!fit["boundary"].as_array().unwrap().is_empty(), "{fit}");
    assert_eq!((&fit["standard_errors"], &fit["covariance"]), (&Value::Null, &Value::Null));
    desk.write("fit.json", fit.to_string());
    let scored = well(desk.says(&[
        "model",
        "predict",
        "--params",
        "fit.json",
        "--input",
        "loyal.csv",
        "--horizon",
        "52",
    ]));
    assert!(
        column(&scored.out, "expected_low").iter().all(|low| low.is_nan()),
        "no limits where none are known"
    );
    assert!(column(&scored.out, "expected").iter().all(|expected| *expected > 1.0));
}
