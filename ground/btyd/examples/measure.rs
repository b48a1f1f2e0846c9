//! Simulates a base, or fits and scores one from a file, and prints what it cost; used by `benches/compare_lifetimes.py`.
//!
//! `measure simulate 100000 day base.csv` writes frequency, recency, age and mean value.
//! `measure fit pareto-nbd base.csv` prints one JSON line; set `RAYON_NUM_THREADS=1` for one core.

use std::error::Error;
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

use btyd::chance::{Chance, Seeded};
use btyd::{BgNbd, Customers, Fit, GammaGamma, MbgNbd, Model, ParetoNbd, Purchases, Span, Spend, Unit};

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["simulate", customers, resolution, path] => simulate(customers.parse()?, resolution, path),
        ["fit", model, path] => fit(model, path),
        _ => Err("say `simulate <customers> <day|cont> <path>` or `fit <model> <path>`".into()),
    }
}

/// Customers of a Pareto/NBD who joined over 39 weeks, observed for up to 78.
fn simulate(customers: u32, resolution: &str, path: &str) -> Result<(), Box<dyn Error>> {
    let mut chance = Seeded::new(2005);
    let model = ParetoNbd::new(Unit::Week, [0.6, 11.0, 0.6, 12.0])?;
    let spend = GammaGamma::new([6.25, 3.74, 15.44])?;
    let mut text = String::from("frequency,recency,age,value\n");
    for _ in 0..customers {
        let age = 39.0 + 39.0 * chance.uniform();
        let to_day = |time: f64| if resolution == "day" { (time * 7.0).round() / 7.0 } else { time };
        let one = model.simulate(age, 0.0, &mut chance);
        let value = if one.frequency > 0 { spend.simulate(one.frequency, &mut chance) } else { 0.0 };
        let age = to_day(age);
        let recency = if one.frequency > 0 { to_day(one.recency).clamp(1.0 / 7.0, age) } else { 0.0 };
        writeln!(text, "{},{recency},{age},{value:.2}", one.frequency)?;
    }
    std::fs::write(path, text)?;
    Ok(())
}

/// The columns of a file.
struct Columns {
    frequency: Vec<u32>,
    recency: Vec<f64>,
    age: Vec<f64>,
    value: Vec<f64>,
}

fn read(path: &str) -> Result<Columns, Box<dyn Error>> {
    let file = std::io::BufReader::new(std::fs::File::open(path)?);
    let mut columns =
        Columns { frequency: Vec::new(), recency: Vec::new(), age: Vec::new(), value: Vec::new() };
    for line in std::io::BufRead::lines(file).skip(1) {
        let line = line?;
        let mut cells = line.split(',');
        let mut next = || cells.next().ok_or("a row has four columns");
        columns.frequency.push(next()?.parse::<f64>()? as u32);
        columns.recency.push(next()?.parse()?);
        columns.age.push(next()?.parse()?);
        columns.value.push(next()?.parse()?);
    }
    Ok(columns)
}

fn fit(model: &str, path: &str) -> Result<(), Box<dyn Error>> {
    let columns = read(path)?;
    let base = || Customers::new(Unit::Week, &columns.frequency, &columns.recency, &columns.age);
    let rows = columns.frequency.len();
    match model {
        "bg-nbd" => report(model, rows, || Ok(BgNbd::fit(&base()?)?), |fit| score(fit, &columns)),
        "mbg-nbd" => report(model, rows, || Ok(MbgNbd::fit(&base()?)?), |fit| score(fit, &columns)),
        "pareto-nbd" => report(model, rows, || Ok(ParetoNbd::fit(&base()?)?), |fit| score(fit, &columns)),
        "gamma-gamma" => {
            let buyers: Vec<usize> =
                (0..rows).filter(|i| columns.frequency[*i] > 0 && columns.value[*i] > 0.0).collect();
            let x: Vec<u32> = buyers.iter().map(|i| columns.frequency[*i]).collect();
            let z: Vec<f64> = buyers.iter().map(|i| columns.value[*i]).collect();
            report(
                model,
                rows,
                || Ok(GammaGamma::fit(&Spend::new(&x, &z)?)?),
                |fit| {
                    let value = |(x, z)| fit.model.expected_value(x, z).unwrap_or(f64::NAN);
                    black_box(
                        columns
                            .frequency
                            .iter()
                            .copied()
                            .zip(columns.value.iter().copied())
                            .map(value)
                            .sum::<f64>(),
                    );
                },
            )
        }
        other => Err(format!("no model called {other}").into()),
    }
}

/// Scores every row, as a caller does who wants answers in the order of the rows.
fn score<M: Purchases>(fit: &Fit<M>, columns: &Columns) {
    let scores = fit.model.score_rows(&columns.frequency, &columns.recency, &columns.age, Span::weeks(39.0));
    black_box(scores.is_ok());
}

/// Runs the fit (checking, sorting and collapsing the rows included) and the scoring, and prints what they cost.
fn report<M: Model>(
    name: &str,
    rows: usize,
    fit: impl Fn() -> Result<Fit<M>, Box<dyn Error>>,
    score: impl Fn(&Fit<M>),
) -> Result<(), Box<dyn Error>> {
    let fitted = fit()?;
    let peak = peak_megabytes();
    let fit_seconds = mean(|| black_box(fit().is_ok()));
    let score_seconds = mean(|| score(&fitted));
    let values: Vec<String> = fitted.estimate.values.iter().map(f64::to_string).collect();
    println!(
        "{{\"model\": \"{name}\", \"rows\": {rows}, \"fit\": {fit_seconds:.6}, \"score\": {score_seconds:.6}, \
         \"peak_mb\": {peak:.0}, \"log_likelihood\": {:.6}, \"evaluations\": {}, \"parameters\": [{}]}}",
        fitted.estimate.log_likelihood,
        fitted.estimate.evaluations,
        values.join(", ")
    );
    Ok(())
}

/// The mean of several runs, in seconds of processor time.
fn mean<T>(mut run: impl FnMut() -> T) -> f64 {
    let (started, before) = (Instant::now(), cpu_seconds());
    let mut runs = 0.0;
    while runs < 200.0 && (runs == 0.0 || started.elapsed().as_secs_f64() < 2.0) {
        black_box(run());
        runs += 1.0;
    }
    (cpu_seconds() - before) / runs
}

/// Processor time of all threads so far; wall time where the system does not tell.
fn cpu_seconds() -> f64 {
    let Ok(tasks) = std::fs::read_dir("/proc/self/task") else {
        return std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0.0, |d| d.as_secs_f64());
    };
    let one = |task: std::fs::DirEntry| -> Option<f64> {
        let text = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<f64>().ok()
    };
    tasks.flatten().filter_map(one).sum::<f64>() * 1e-9
}

/// Peak memory of the process in megabytes, zero where the system does not tell.
fn peak_megabytes() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or("0");
    line.trim().trim_end_matches(" kB").trim().parse::<f64>().unwrap_or(0.0) / 1024.0
}
