//! The model of linkage: values that others published, simulation, and what must hold whatever the data.

use std::{collections::HashSet, path::Path};

use stats::linkage::{
    ABSENT, Column, Kind, Level, Link, Parameters, Patterns, Records, clusters, fit, level, one_to_one,
    probability,
};

fn near(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() <= within, "{found} is not {expected} ± {within}");
}

fn start(levels: &[usize]) -> Parameters {
    let m = levels.iter().map(|n| if *n == 2 { vec![0.2, 0.8] } else { vec![1.0 / *n as f64; *n] });
    let u = levels.iter().map(|n| if *n == 2 { vec![0.7, 0.3] } else { vec![1.0 / *n as f64; *n] });
    Parameters { prior: 0.3, m: m.collect(), u: u.collect() }
}

/// All patterns of these parameters, each as often as they say.
fn patterns(parameters: &Parameters, pairs: f64) -> Patterns {
    let levels: Vec<usize> = parameters.m.iter().map(Vec::len).collect();
    let mut rows: Vec<(Vec<Level>, f64)> = Vec::new();
    for code in 0..levels.iter().product::<usize>() {
        let mut rest = code;
        let pattern: Vec<Level> = levels
            .iter()
            .map(|n| {
                let level = rest % n;
                rest /= n;
                Level::try_from(level).expect("few levels")
            })
            .collect();
        let chance = |chances: &[Vec<f64>]| -> f64 {
            pattern.iter().enumerate().map(|(n, level)| chances[n][usize::from(*level)]).product()
        };
        let (m, u) = (chance(&parameters.m), chance(&parameters.u));
        rows.push((pattern, pairs * (parameters.prior * m + (1.0 - parameters.prior) * u)));
    }
    Patterns { expected: 0.0, ..Patterns::whole(levels, rows) }
}

/// Splink's test of convergence to known parameters (moj-analytical-services/splink,
/// `tests/test_correctness_of_convergence.py`): three columns whose m and u were published with the data, half of the
/// pairs the same; the counts are those of its `known_params_comparison_vectors.csv`.
#[test]
fn the_published_parameters_of_splinks_data_are_found() {
    let counts: [([Level; 3], f64); 8] = [
        ([0, 0, 0], 1407.0),
        ([0, 0, 1], 408.0),
        ([0, 1, 0], 63.0),
        ([0, 1, 1], 522.0),
        ([1, 0, 0], 163.0),
        ([1, 0, 1], 172.0),
        ([1, 1, 0], 67.0),
        ([1, 1, 1], 1198.0),
    ];
    let rows = counts.map(|(pattern, count)| (pattern.to_vec(), count)).to_vec();
    let patterns = Patterns { expected: 0.0, ..Patterns::whole(vec![2, 2, 2], rows) };
    let found = fit(&patterns, start(&[2, 2, 2]));
    assert!(found.converged, "after {} rounds", found.rounds);
    near(found.parameters.prior, 0.5, 0.005);
    for (column, (m, u)) in [(0.7, 0.1), (0.9, 0.025), (0.95, 0.2)].into_iter().enumerate() {
        near(found.parameters.m[column][1], m, 0.01);
        near(found.parameters.u[column][1], u, 0.01);
    }
}

#[test]
fn the_likelihood_never_falls_and_another_start_ends_at_the_same_place() {
    let truth = Parameters {
        prior: 0.02,
        m: vec![vec![0.1, 0.2, 0.7], vec![0.15, 0.85], vec![0.05, 0.95], vec![0.2, 0.8]],
        u: vec![vec![0.9, 0.08, 0.02], vec![0.95, 0.05], vec![0.75, 0.25], vec![0.99, 0.01]],
    };
    let patterns = patterns(&truth, 1e6);
    let first = fit(&patterns, start(&[3, 2, 2, 2]));
    assert!(first.likelihoods.windows(2).all(|pair| pair[0] <= pair[1] + 1e-6 * pair[0].abs()));
    let other = Parameters {
        prior: 0.2,
        m: vec![vec![0.2, 0.3, 0.5], vec![0.3, 0.7], vec![0.4, 0.6], vec![0.4, 0.6]],
        ..truth.clone()
    };
    let second = fit(&patterns, other);
    near(first.parameters.prior, truth.prior, 1e-4);
    near(second.parameters.prior, first.parameters.prior, 1e-4);
    for (found, expected) in first.parameters.m.iter().flatten().zip(truth.m.iter().flatten()) {
        near(*found, *expected, 2e-3);
    }
}

#[test]
fn pairs_that_were_never_compared_count_as_different_and_teach_what_chance_does() {
    let truth = Parameters {
        prior: 0.01,
        m: vec![vec![0.1, 0.9], vec![0.2, 0.8], vec![0.1, 0.9]],
        u: vec![vec![0.98, 0.02], vec![0.95, 0.05], vec![0.97, 0.03]],
    };
    let whole = patterns(&truth, 1e6);
    let mut blocked = whole.clone();
    blocked.rows.retain(|(pattern, _)| pattern[0] == 1 || pattern[1] == 1);
    let found = fit(&blocked, start(&[2, 2, 2])).parameters;
    near(found.prior, 0.01, 0.001);
    near(found.u[0][1], 0.02, 0.002);
}

#[test]
fn a_missing_value_tells_nothing() {
    let rows =
        vec![(vec![1, 1], 90.0), (vec![0, 0], 910.0), (vec![1, ABSENT], 10.0), (vec![ABSENT, ABSENT], 500.0)];
    let found = fit(&Patterns::whole(vec![2, 2], rows), start(&[2, 2])).parameters;
    assert!(
        found.prior.is_finite() && found.m.iter().chain(&found.u).flatten().all(|p| 0.0 < *p && *p <= 1.0)
    );
    near(probability(0.0), 0.5, 1e-12);
    near(probability(10.0), 1024.0 / 1025.0, 1e-9);
}

fn column(kind: Kind, values: &[&str]) -> Column {
    let cells: Vec<_> = values.iter().map(|value| (!value.is_empty()).then(|| (*value).to_owned())).collect();
    Column::of("column", kind, &cells)
}

#[test]
fn levels_grow_with_likeness() {
    let compare = |kind, a: &str, b: &str| level(&Records::new(vec![column(kind, &[a, b])]), 0, 0, 1);
    assert_eq!(compare(Kind::Word, "martha", "martha"), 7);
    assert_eq!(compare(Kind::Word, "martha", "marhta"), 4);
    assert_eq!(compare(Kind::Word, "dwayne", "duane"), 2);
    assert_eq!(compare(Kind::Word, "ida", "osterlund"), 0);
    assert_eq!(compare(Kind::Word, "", "ida"), ABSENT);
    assert_eq!(compare(Kind::Code, "4011", "4012"), 2);
    assert_eq!(compare(Kind::Day, "1981-03-12", "1981-12-03"), 0, "two digits in two places");
    assert_eq!(compare(Kind::Day, "1981-03-12", "1981-03-13"), 2);
    assert_eq!(compare(Kind::Email, "ida.vos@rook.example", "ida.vos@vos.example"), 3);
    assert_eq!(compare(Kind::Number, "100.00", "104.00"), 2);
    assert_eq!(compare(Kind::Text, "rook and daughters of london", "rook daughters and london of"), 9);
}

#[test]
fn two_names_in_each_others_columns_are_told_once() {
    let records = Records::new(vec![
        column(Kind::Word, &["robert", "alan", "maren"]),
        column(Kind::Word, &["alan", "robert", "maren"]),
    ]);
    assert_eq!([level(&records, 0, 0, 1), level(&records, 1, 0, 1)], [6, ABSENT]);
    assert_eq!(level(&records, 0, 0, 2), 0);
}

#[test]
fn a_chain_of_weak_links_does_not_hold() {
    let links = [(0, 1, 9.0), (1, 2, 1.0), (3, 4, 2.0), (4, 5, 3.0), (3, 5, 4.0)];
    assert_eq!(clusters(7, &links, 0.0), [vec![0, 1], vec![3, 4, 5]]);
    assert_eq!(one_to_one(&[(0, 5, 1.0), (0, 6, 2.0), (1, 6, 1.5)], 0.0), [(0, 6, 2.0)]);
}

/// Records are drawn, some twice with faults; what is found is what was drawn.
#[test]
fn what_was_simulated_is_found() {
    let mut chance = 7u64;
    let mut below = |n: u64| {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (chance >> 33) % n
    };
    let (mut names, mut towns, mut days, mut truth) = (Vec::new(), Vec::new(), Vec::new(), HashSet::new());
    for n in 0..600u64 {
        let name: String = (0..6 + below(4)).map(|_| char::from(b'a' + (below(26) as u8))).collect();
        let (town, day) = (
            format!("town{}", below(40)),
            format!("19{:02}-{:02}-{:02}", 40 + below(60), 1 + below(12), 1 + below(28)),
        );
        let at = u32::try_from(names.len()).expect("few");
        names.push(name.clone());
        towns.push(town.clone());
        days.push(day.clone());
        if n % 4 == 0 {
            truth.insert((at, at + 1));
            names.push(if below(3) == 0 { name.replacen(&name[2..4], &name[3..4], 1) } else { name });
            towns.push(if below(5) == 0 { format!("town{}", below(40)) } else { town });
            days.push(if below(6) == 0 { String::new() } else { day });
        }
    }
    let columns = [("name", &names), ("town", &towns), ("day", &days)];
    let read = columns.map(|(name, cells)| Column::read(name, cells.iter().map(|cell| Some(cell.as_str()))));
    let records = Records::new(read.into());
    let found = Link::within(&records).find();
    let pairs: HashSet<_> = found.pairs.iter().map(|pair| (pair.left, pair.right)).collect();
    let right = pairs.intersection(&truth).count();
    assert!(
        145 <= right && pairs.len() <= right + 2,
        "{right} of {} are right, {} found",
        truth.len(),
        pairs.len()
    );
    near(
        found.model.parameters.prior * records.count as f64 * (records.count as f64 - 1.0) / 2.0,
        150.0,
        15.0,
    );
    let parts = found.model.parts(&records, 0, 1);
    let sum: f64 = parts.iter().map(|part| part.weight).sum();
    near(found.model.weight(&records, 0, 1), found.model.prior() + sum, 1e-9);
}

/// Febrl 1 of the public data: 500 people, each twice.
#[test]
fn everybody_of_febrl_1_is_found_and_nobody_else() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/dedupe_people/febrl/dataset1.csv");
    let Ok(mut reader) = csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(&path) else {
        eprintln!("skipped: {} is not there", path.display());
        return;
    };
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let columns = (1..names.len()).map(|n| Column::read(&names[n], rows.iter().map(|row| row.get(n))));
    let records = Records::new(columns.collect());
    let found = Link::within(&records).find();
    let person = |row: u32| rows[row as usize][0].split('-').nth(1).unwrap_or_default().to_owned();
    let right = found.pairs.iter().filter(|pair| person(pair.left) == person(pair.right)).count();
    assert_eq!((right, found.pairs.len()), (500, 500));
}
