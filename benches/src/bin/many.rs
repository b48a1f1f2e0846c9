//! A very long file: how much memory bringing it in takes, and how many rows a second it does.
//!
//! `bench-many [--lines 10000000] [--of-an-order 5] [--data DIR]`; the file is made up in a temporary folder.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::Path,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use benches::{Result, number, random::Random, report, running};
use kernel::Day;

/// Buyers in the file.
const BUYERS: u64 = 200_000;

fn main() -> Result<()> {
    let (lines, each) = (number("--lines", 10_000_000)?, number("--of-an-order", 5)?.max(1));
    let folder = tempfile::tempdir()?;
    let (file, data) = (folder.path().join("many.csv"), folder.path().join("house"));
    write(&file, lines, each)?;
    println!("file: made up, {lines} lines, {} MB", fs::metadata(&file)?.len() / 1_000_000);
    let mut import = Command::new(running::program()?);
    let began = Instant::now();
    let mut child = import.arg("import").arg(&file).arg("--data").arg(&data).spawn()?;
    let mut most = 0;
    while child.try_wait()?.is_none() {
        most = most.max(peak_of(child.id()));
        thread::sleep(Duration::from_millis(50));
    }
    let took = began.elapsed().as_secs_f64();
    let stored = fs::metadata(data.join("mainstay.db")).map_or(0, |file| file.len());
    report::head(&format!("Import of {lines} lines in {} orders", lines / each), "");
    report::plain("seconds, decisions included", took);
    report::plain("rows a second", lines as f64 / took);
    report::plain("most memory, MB", most as f64 / 1_000.0);
    report::plain("database, MB", stored as f64 / 1_000_000.0);
    Ok(())
}

/// Lines of orders, each order's beside each other, as exports have them.
fn write(path: &Path, lines: u64, each: u64) -> Result<()> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let mut random = Random::new(11);
    writeln!(out, "Order number,Date,SKU,Description,Quantity,Unit price,Customer ID,Country,Currency")?;
    let first = Day::parse("2021-01-01")?;
    let orders = lines.div_ceil(each);
    for order in 0..orders {
        let day = first.plus(i32::try_from(order * 1_400 / orders.max(1))?);
        let buyer = random.below(BUYERS);
        for _ in 0..each.min(lines - order * each) {
            let (sku, pence) = (random.below(5_000), random.below(10_000));
            writeln!(
                out,
                "{},{day},K{sku},Kettle {sku},{},{}.{:02},c{buyer},Belgium,EUR",
                1_000_000 + order,
                1 + random.below(9),
                pence / 100,
                pence % 100
            )?;
        }
    }
    Ok(out.flush()?)
}

/// The most memory that a process had so far, in KiB.
fn peak_of(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}
