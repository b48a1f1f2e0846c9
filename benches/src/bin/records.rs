//! The whole book: companies, the people who act for them, and their orders, through the public import, beside the same
//! files in a bare database of the embedded engine with nine indexes and a text index; then one person at a time.
//!
//! `bench-records [--accounts 100000] [--data DIR] [--calls 300]`. As many people as accounts, three times as many orders.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use benches::{
    Result, bare,
    client::Client,
    number, option,
    random::Random,
    report::{self, median, millis, quantile},
    running::{self, Running},
    spent::{Spent, cpu_of, spent, spent_by},
};
use kernel::Day;
use mainstay::config::Settings;
use serde_json::Value;

const PARTS: [&str; 24] = [
    "mar", "ost", "ber", "lin", "da", "vo", "ro", "ke", "wick", "grey", "her", "on", "ha", "vel", "tor",
    "ny", "sa", "bri", "cle", "dun", "fa", "gil", "hol", "jun",
];
const COUNTRIES: [&str; 5] = ["United Kingdom", "Germany", "France", "Norway", "Spain"];
const KINDS: [&str; 4] = ["Ltd", "GmbH", "SA", "AS"];

fn main() -> Result<()> {
    let accounts = number("--accounts", 100_000)?;
    let folder = tempfile::tempdir()?;
    let files = write(folder.path(), accounts)?;
    let data = option("--data").map_or_else(|| folder.path().join("house"), PathBuf::from);
    let bare = folder.path().join("bare.db");
    let floors = bare::store::book::load(&files, &bare)?;
    let mut ours = Vec::new();
    for file in &files {
        let mut import = Command::new(running::program()?);
        ours.push(spent_by(import.arg("import").arg(file).arg("--data").arg(&data))?);
    }
    report::head(
        &format!("{accounts} companies, {accounts} people, {} orders", 3 * accounts),
        "CPU-s per 1,000",
    );
    let per = |spent: &Spent, rows: u64| spent.cpu.as_secs_f64() * 1_000.0 / rows as f64;
    let names = ["accounts (P2)", "people, found again by id and address (P3)", "orders with decisions (P4)"];
    let goals = [0.08, 0.06, 0.04];
    for ((n, name), goal) in names.into_iter().enumerate().zip(goals) {
        let rows = if n == 2 { 3 * accounts } else { accounts };
        report::beside(name, per(&ours[n], rows), per(&floors[n], rows));
        report::absolute(name, per(&ours[n], rows), goal);
    }
    let sum = |all: &[Spent]| all.iter().map(|spent| spent.cpu.as_secs_f64()).sum::<f64>();
    println!();
    report::head("The whole of it", "CPU-s");
    report::ratio("everything in, searched for duplicates, decided (P1)", sum(&ours), sum(&floors), 2.0);
    one_by_one(&Settings { data, database: None }, &folder.path().join("rows.db"), accounts)
}

/// The three files, as a program would export them.
fn write(folder: &Path, accounts: u64) -> Result<[PathBuf; 3]> {
    let files = ["companies.csv", "people.csv", "orders.csv"].map(|name| folder.join(name));
    let mut random = Random::new(5);
    let mut word = || (0..3 + random.below(2)).map(|_| PARTS[random.below(24) as usize]).collect::<String>();
    let mut out = BufWriter::new(File::create(&files[0])?);
    writeln!(out, "Company ID,Company name,Phone,Website,City,Country")?;
    for n in 0..accounts {
        let (first, second, kind) = (word(), word(), KINDS[n as usize % 4]);
        let (city, country) = (word(), COUNTRIES[n as usize % 5]);
        writeln!(
            out,
            "C{n},{first} {second} {kind},020 {:04} {:04},www.{first}{second}.example,{city},{country}",
            7_000 + n / 10_000,
            n % 10_000
        )?;
    }
    out.flush()?;
    let mut out = BufWriter::new(File::create(&files[1])?);
    writeln!(out, "Contact ID,Company ID,First name,Last name,Email,Job title")?;
    for n in 0..accounts {
        let (first, last) = (word(), word());
        writeln!(out, "P{n},C{n},{first},{last},{first}.{last}{n}@post.example,Buyer")?;
    }
    out.flush()?;
    let mut out = BufWriter::new(File::create(&files[2])?);
    writeln!(out, "Order number,Date,SKU,Description,Quantity,Unit price,Company ID,Currency")?;
    let (first, mut random) = (Day::parse("2022-07-01")?, Random::new(6));
    for n in 0..3 * accounts {
        let day = first.plus(i32::try_from(n * 1_090 / (3 * accounts))?);
        let (sku, pence, buyer) = (random.below(500), random.below(100_000), random.below(accounts));
        let quantity = 1 + random.below(9);
        writeln!(
            out,
            "{n},{day},K{sku},Kettle {sku},{quantity},{}.{:02},C{buyer},EUR",
            pence / 100,
            pence % 100
        )?;
    }
    out.flush()?;
    Ok(files)
}

/// One person recorded at a time over HTTP, looked for among all others first, durable and audited.
fn one_by_one(settings: &Settings, rows: &Path, accounts: u64) -> Result<()> {
    let told = |words: &[&str]| -> Result<Value> {
        let out = Command::new(running::program()?).args(words).arg("--data").arg(&settings.data).output()?;
        Ok(serde_json::from_slice(&out.stdout)?)
    };
    let person = told(&["person", "add", "Bench", "--role", "owner", "-o", "json"])?;
    let person = person["id"].as_str().ok_or("nobody was added")?;
    let token = told(&["token", "add", "bench", "--person", person, "-o", "json"])?;
    let token = token["token"].as_str().ok_or("no token was made")?;
    let list = told(&["relationships", "--limit", "200", "-o", "json"])?;
    let ids: Vec<&str> =
        list["rows"].as_array().into_iter().flatten().filter_map(|row| row["account"].as_str()).collect();
    let running = Running::start(settings)?;
    let mut client = Client::open(running.address)?;
    let headers = format!("Authorization: Bearer {token}\r\nContent-Type: application/json\r\n");
    let calls = number("--calls", 300)?;
    let bare = bare::store::Writes::open(rows)?;
    let (mut walls, mut bares) = (Vec::new(), Vec::new());
    let before = cpu_of(running.process())?;
    let mut floor = std::time::Duration::ZERO;
    for n in 0..calls {
        let id = ids.get(n as usize % ids.len().max(1)).ok_or("nobody was brought in")?;
        let body = format!(
            r#"{{"people":[{{"name":"Maud Rook {n}","emails":["maud{n}@rook.example"],"roles":["payer"]}}]}}"#
        );
        let begun = Instant::now();
        let answer = client.post(&format!("/api/v1/accounts/{id}/contacts"), &headers, &body)?;
        walls.push(millis(begun.elapsed()));
        if answer.status >= 300 {
            return Err(format!("{}: {}", answer.status, answer.text()?).into());
        }
        let (written, cost) = spent(|| bare.write(n));
        written?;
        floor += cost.cpu;
        bares.push(millis(cost.wall));
    }
    let cpu = millis(cpu_of(running.process())?.saturating_sub(before)) / calls as f64;
    println!("\n## One person at a time, {accounts} accounts and people\n");
    println!("| what | p50, ms | p99, ms | CPU, ms |\n|---|---:|---:|---:|");
    println!(
        "| person recorded over HTTP, looked for first (P9, ≤ 1.2) | {:.2} | {:.2} | {cpu:.2} |",
        median(&walls),
        quantile(&walls, 0.99)
    );
    println!(
        "| bare insert of one row | {:.2} | {:.2} | {:.2} |",
        median(&bares),
        quantile(&bares, 0.99),
        millis(floor) / calls as f64
    );
    let size = fs::metadata(settings.data.join("mainstay.db")).map_or(0, |file| file.len());
    println!("\ndatabase file: {} MiB", size >> 20);
    Ok(())
}
