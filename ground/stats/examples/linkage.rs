//! Pairs found in the public sets of duplicates, beside the truth: `cargo run --release -p stats --example linkage DATA`,
//! where DATA is the folder that holds `dedupe_people` and `dedupe_products_places`.

use std::{collections::HashMap, collections::HashSet, path::Path, time::Instant};

use stats::linkage::{Column, Found, Link, Records};

type Truth = HashSet<(u32, u32)>;

struct Table {
    names: Vec<String>,
    rows: Vec<Vec<String>>,
}

fn read(path: &Path, delimiter: u8) -> Table {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .trim(csv::Trim::All)
        .flexible(true)
        .from_path(path)
        .unwrap_or_else(|cause| panic!("{}: {cause}", path.display()));
    let names = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
    Table { names, rows }
}

fn records(tables: &[&Table], leave: &[&str]) -> Records {
    let names = &tables[0].names;
    let used = (0..names.len()).filter(|n| !leave.contains(&names[*n].as_str()));
    let column = |n: usize| {
        let cells = tables.iter().flat_map(|table| &table.rows);
        Column::read(&names[n], cells.map(|row| row.get(n).map(String::as_str)))
    };
    Records::new(used.map(column).collect())
}

/// The pairs of rows with one value in a column.
fn pairs(table: &Table, of: impl Fn(&[String]) -> String) -> Truth {
    let mut groups: HashMap<String, Vec<u32>> = HashMap::new();
    for (n, row) in table.rows.iter().enumerate() {
        groups.entry(of(row)).or_default().push(n as u32);
    }
    let pairs = |group: Vec<u32>| {
        let all = group.clone().into_iter();
        all.flat_map(move |a| group.clone().into_iter().map(move |b| (a, b))).filter(|(a, b)| a < b)
    };
    groups.into_values().flat_map(pairs).collect()
}

fn tell(name: &str, records: &Records, found: &Found, truth: &Truth, began: Instant) {
    let pairs: Truth = found.pairs.iter().map(|pair| (pair.left, pair.right)).collect();
    let score = |found: &Truth| {
        let right = found.intersection(truth).count() as f64;
        let (precision, recall) = (right / found.len().max(1) as f64, right / truth.len() as f64);
        (precision, recall, 2.0 * precision * recall / (precision + recall).max(1e-9))
    };
    let (precision, recall, f1) = score(&pairs);
    let mut order = found.weighed.clone();
    order.sort_by(|a, b| b.2.total_cmp(&a.2));
    let (mut right, mut best) = (0.0, (0.0, 0.0));
    for (n, (a, b, weight)) in order.iter().enumerate() {
        right += f64::from(u8::from(truth.contains(&(*a, *b))));
        let f1 = 2.0 * right / (n as f64 + 1.0 + truth.len() as f64);
        if best.0 < f1 {
            best = (f1, *weight);
        }
    }
    println!(
        "{name:12} {} records {} pairs compared {} λ·N {:.0} | precision {precision:.4} recall {recall:.4} F1 {f1:.4} | pairs alone, best threshold: F1 {:.4} at {:.1} bits | {:.1} s",
        records.count,
        truth.len(),
        found.compared,
        found.model.parameters.prior,
        best.0,
        best.1,
        began.elapsed().as_secs_f64()
    );
    if std::env::var("SHOW").is_ok_and(|wanted| wanted == name) {
        let text = |n: u32| {
            records.columns.iter().map(|c| c.text(n as usize).unwrap_or("-")).collect::<Vec<_>>().join(" | ")
        };
        for pair in found.pairs.iter().filter(|p| !truth.contains(&(p.left, p.right))).take(40) {
            println!("FALSE {:.1}\n   {}\n   {}", pair.weight, text(pair.left), text(pair.right));
        }
        for (a, b) in truth.difference(&pairs).take(25) {
            println!("MISSED\n   {}\n   {}", text(*a), text(*b));
        }
    }
    if std::env::var_os("VERBOSE").is_some() {
        for (n, column) in records.columns.iter().enumerate() {
            let show = |v: &[f64]| v.iter().map(|x| format!("{x:.5}")).collect::<Vec<_>>().join(" ");
            println!(
                "   {:14} {:?}\n      m {}\n      u {}",
                column.name,
                column.kind,
                show(&found.model.parameters.m[n]),
                show(&found.model.parameters.u[n])
            );
        }
    }
}

fn main() {
    let data = std::env::args().nth(1).unwrap_or_else(|| "../shared/data".to_owned());
    let data = Path::new(&data);
    let skip = std::env::var_os("SKIP").is_some();
    for n in (1..=3).filter(|_| !skip) {
        let table = read(&data.join(format!("dedupe_people/febrl/dataset{n}.csv")), b',');
        let truth = pairs(&table, |row| row[0].split('-').nth(1).unwrap_or_default().to_owned());
        let (began, records) = (Instant::now(), records(&[&table], &["rec_id"]));
        tell(&format!("febrl{n}"), &records, &Link::within(&records).find(), &truth, began);
    }
    let table = read(&data.join("dedupe_people/splink/fake_1000.csv"), b',');
    let truth = pairs(&table, |row| row[6].clone());
    let (began, all) = (Instant::now(), records(&[&table], &["unique_id", "cluster"]));
    tell("fake_1000", &all, &Link::within(&all).find(), &truth, began);

    let places = data.join("dedupe_products_places/restaurants/restaurant-nophone-training.csv");
    let table = read(&places, b',');
    let truth = pairs(&table, |row| row[4].clone());
    let (began, all) = (Instant::now(), records(&[&table], &["unique_id"]));
    tell("restaurants", &all, &Link::within(&all).find(), &truth, began);

    let folder = data.join("dedupe_products_places/abt_buy");
    let [abt, buy, same] = ["abt", "buy", "gt"].map(|name| read(&folder.join(format!("{name}.csv")), b'|'));
    let place = |table: &Table| -> HashMap<String, u32> {
        table.rows.iter().enumerate().map(|(n, row)| (row[0].clone(), n as u32)).collect()
    };
    let (left, right, second) = (place(&abt), place(&buy), abt.rows.len());
    let truth = same.rows.iter().map(|row| (left[&row[0]], second as u32 + right[&row[1]])).collect();
    let (began, all) = (Instant::now(), records(&[&abt, &buy], &["id"]));
    tell("abt_buy", &all, &Link::between(&all, second).find(), &truth, began);
}
