//! The statements run on a real server: it counts what the library counts, to the last bit.

use std::fmt::Write;

use btyd::{BgNbd, Customers, Day, Ledger, Rules, Unit};
use forecast::{
    Counting, Dialect, Document, FitAsked, ModelName, PredictAsked, Roles, fit, predict, table::Layout,
};
use testkit::Bench;

/// Who bought when for how much; several on one day, some after the end, one only after the end.
fn log() -> Vec<(u32, Day, f64)> {
    let start = Day::parse("2024-01-01").unwrap().number();
    let mut rows = Vec::new();
    let mut state = 12_345_u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for who in 0..400 {
        let mut day = start + next(120) as i64;
        for _ in 0..=next(9) {
            rows.push((who, Day::numbered(day), next(10_000) as f64 / 100.0));
            day += next(45) as i64;
        }
    }
    rows.push((999, Day::parse("2024-12-24").unwrap(), 1.0));
    rows.sort_by_key(|row| row.1);
    rows
}

#[test]
fn a_server_counts_as_the_library_does_and_its_cells_fit_the_same() {
    let Some(bench) = Bench::server() else {
        println!("skipped: no server is named for tests");
        return;
    };
    let store = bench.open(&[]);
    let end = Day::parse("2024-06-30").unwrap();
    let counting = Counting {
        dialect: Dialect::Postgres,
        table: "sales".to_owned(),
        id: "who".to_owned(),
        date: "at".to_owned(),
        amount: Some("amount".to_owned()),
        unit: Unit::Week,
        end,
        holdout: Some(Day::parse("2024-12-31").unwrap()),
        into: "btyd".to_owned(),
    };
    let three = counting.statements().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (cells, scores) = (folder.path().join("cells.csv"), folder.path().join("scores.csv"));
    let cx = testkit::owner("2025-01-01");
    let mut rows = String::new();
    for (who, day, amount) in log() {
        write!(rows, "{}({who}, '{day} 13:45:00', {amount})", if rows.is_empty() { "" } else { ", " })
            .unwrap();
    }
    let table = store
        .write(&cx, |tx| {
            tx.execute("CREATE TABLE sales (who INTEGER, at TIMESTAMP, amount NUMERIC)", &[])?;
            tx.execute(&format!("INSERT INTO sales VALUES {rows}"), &[])?;
            tx.execute(&three.summary, &[])?;
            tx.execute(&three.cells, &[])?;
            let shown = "SELECT frequency || ',' || recency || ',' || age || ',' || unit || ',' || recency_days || ',' \
                         || age_days || ',' || customers FROM btyd_cells";
            tx.query(shown, &[], |row| row.string(0))
        })
        .unwrap();
    let header = "frequency,recency,age,unit,recency_days,age_days,customers";
    std::fs::write(&cells, format!("{header}\n{}\n", table.join("\n"))).unwrap();

    let rules = Rules::new(Unit::Week, end).holdout(Day::parse("2024-12-31").unwrap());
    let mut ledger = Ledger::new(rules);
    for (who, day, amount) in log() {
        ledger.record(who, day, amount).unwrap();
    }
    let summaries = ledger.finish();
    let base: Customers = summaries.customers().unwrap();
    let own = BgNbd::fit(&base).unwrap();
    let document = fit(&FitAsked::of(ModelName::BgNbd, &cells)).unwrap();
    assert_eq!(document.n, base.len());
    let values: Vec<f64> = document.parameters.0.iter().map(|(_, value)| *value).collect();
    assert_eq!(values, own.estimate.values, "the same cells give the same digits");
    assert_eq!(document.log_likelihood, Some(own.estimate.log_likelihood));

    scores_come_back(&document, &cells, &scores);
    let loaded = std::fs::read_to_string(&scores).unwrap();
    let load: Vec<String> = loaded.lines().skip(1).map(values_of).collect();
    store
        .write(&cx, |tx| {
            tx.execute(
                "CREATE TABLE btyd_scores (frequency BIGINT, recency_days BIGINT, age_days BIGINT, p_active FLOAT8, \
                 p_active_low FLOAT8, p_active_high FLOAT8, expected FLOAT8, expected_low FLOAT8, expected_high FLOAT8)",
                &[],
            )?;
            tx.execute(&format!("INSERT INTO btyd_scores VALUES {}", load.join(", ")), &[])?;
            tx.execute(&three.scored, &[])?;
            Ok(())
        })
        .unwrap();
    let of_all = "SELECT CAST(COUNT(*) AS BIGINT), SUM(frequency)::TEXT, SUM(holdout)::TEXT, \
                  ROUND(SUM(monetary * frequency)::NUMERIC, 2)::TEXT, SUM(expected)::TEXT FROM btyd_scored";
    let sums = store
        .read(&cx, |tx| {
            tx.query(of_all, &[], |row| {
                Ok((row.int(0)?, [row.string(1)?, row.string(2)?, row.string(3)?, row.string(4)?]))
            })
        })
        .unwrap();
    let (count, [frequency, holdout, spent, expected]) = &sums[0];
    assert_eq!(*count as u64, base.len());
    assert_eq!(frequency.parse::<u64>().unwrap(), base.purchases());
    let rows = summaries.rows();
    assert_eq!(holdout.parse::<u64>().unwrap(), rows.iter().map(|row| u64::from(row.holdout)).sum::<u64>());
    let own: f64 = rows.iter().map(|row| row.mean_value * f64::from(row.frequency)).sum();
    assert!((spent.parse::<f64>().unwrap() - own).abs() < 0.006, "{spent} {own}");
    assert!(expected.parse::<f64>().unwrap() > 1.0);
}

fn scores_come_back(document: &Document, cells: &std::path::Path, scores: &std::path::Path) {
    let asked = PredictAsked {
        document: document.clone(),
        spend: None,
        input: cells.to_owned(),
        roles: Roles::default(),
        horizon: "26".to_owned(),
        value_horizon: None,
        discount: None,
        margin: 1.0,
        level: Some(0.9),
    };
    predict(&asked, Box::new(std::fs::File::create(scores).unwrap()), Layout::Csv).unwrap();
}

/// `(frequency, recency_days, age_days, six scores)` of a line of scores.
fn values_of(line: &str) -> String {
    let cells: Vec<&str> = line.split(',').collect();
    let picked = [0, 4, 5].iter().map(|at| cells[*at]).chain(cells[7..].iter().copied());
    // Where a fit has no limits the cells are empty.
    let picked: Vec<&str> = picked.map(|cell| if cell.is_empty() { "NULL" } else { cell }).collect();
    format!("({})", picked.join(", "))
}
