//! Bringing in a file, beside a bare load of the same rows: CPU per 1,000 rows, and where it goes.
//!
//! `bench-import [--file FILE] [--rounds 3] [--lines 320705]`; a file is made up when none is given or there.

use std::{
    cell::Cell,
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use benches::{
    Result, bare, generated, number, option,
    report::{self, median},
    running,
    spent::{Spent, own_cpu, spent, spent_by},
};
use imports::{Dialect, ImportId, Mapping, Records, Source, batch::Batches};
use mainstay::config::{self, Open, Settings};

fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = file(folder.path())?;
    let rounds = number("--rounds", 3)?;
    let rows = bare::split(&file)? as f64;
    let per_thousand = |spent: Spent| spent.cpu.as_secs_f64() * 1_000.0 / rows;
    let mut all: [Vec<f64>; 5] = Default::default();
    for round in 0..rounds {
        let place = |name: &str| folder.path().join(format!("{name}-{round}"));
        let (data, first, second) = (place("house"), place("bare"), place("indexed"));
        all[0].push(per_thousand(checked(|| bare::read(&file))?));
        all[1].push(per_thousand(checked(|| bare::split(&file))?));
        all[2].push(per_thousand(checked(|| bare::store::load(&file, &first, false))?));
        all[3].push(per_thousand(checked(|| bare::store::load(&file, &second, true))?));
        let mut import = Command::new(running::program()?);
        import.arg("import").arg(&file).arg("--data").arg(&data);
        all[4].push(per_thousand(spent_by(&mut import)?));
    }
    let [read, split, load, indexed, ours] = all.map(|values| median(&values));
    report::head(&format!("Import of {rows} rows, median of {rounds}"), "CPU-s per 1,000 rows");
    report::ratio("import, beside a bare load", ours, load, 2.0);
    report::beside("import, beside a bare load with three indexes", ours, indexed);
    report::beside("import, beside splitting the file", ours, split);
    report::beside("import, beside unpacking the file", ours, read);
    report::absolute("import, orders with decisions (P4)", ours, 0.04);
    steps(&file, &folder.path().join("steps"), rows)
}

/// The file asked for, the real one, or one made up.
fn file(folder: &Path) -> Result<PathBuf> {
    let real = "../shared/data/online_retail/online_retail_2010-12-01_2011-08-31.csv.gz";
    let asked = option("--file").unwrap_or_else(|| real.to_owned());
    if Path::new(&asked).exists() {
        println!("file: {asked}");
        return Ok(asked.into());
    }
    let path = folder.join("made-up.csv");
    let lines = generated::write_file(File::create(&path)?, number("--lines", 320_705)?)?;
    println!("file: made up, {lines} lines");
    Ok(path)
}

fn checked<T>(work: impl FnOnce() -> Result<T>) -> Result<Spent> {
    let (answer, spent) = spent(work);
    answer.map(|_| spent)
}

/// The same import step by step in this process.
fn steps(file: &Path, data: &Path, rows: f64) -> Result<()> {
    let open = config::open(&Settings { data: data.to_owned(), database: None })?;
    let copy = data.join(file.file_name().unwrap_or_default());
    fs::copy(file, &copy)?;
    let name = copy.display().to_string();
    let cx = open.house.context();
    let (received, look) = spent(|| imports::receive(&cx, &open.house, &name, &copy, None));
    let id = received?.id;
    let parts = write(&open, id)?;
    let (judged, decide) = spent(|| mainstay::worker::run_due(&open));
    judged?;
    report::head("Where the time of an import goes", "CPU-s per 1,000 rows");
    let shown = |what: &str, cpu: Duration| report::plain(what, cpu.as_secs_f64() * 1_000.0 / rows);
    shown("look: hash, sniff, propose a mapping", look.cpu);
    shown("read: two passes, rows typed, orders gathered", parts.read);
    shown("plan: what is there already", parts.plan);
    shown("apply: accounts, orders, lines, facts", parts.apply);
    shown("commit: the log to the disk, checkpoints", parts.commit);
    shown("decide: baseline and every relationship", decide.cpu);
    Ok(())
}

#[derive(Default)]
struct Parts {
    read: Duration,
    plan: Duration,
    apply: Duration,
    commit: Duration,
}

fn write(open: &Open, id: ImportId) -> Result<Parts> {
    let house = &open.house;
    let cx = house.context();
    let run = house.store.read(&cx, |tx| imports::store::find(tx, id))?;
    let mapping = Mapping::from_toml(&run.mapping)?;
    let dialect: Dialect = serde_json::from_str(&run.dialect)?;
    let fixed = &mapping.fixed;
    let line = house.store.write(&cx, |tx| {
        timeline::store::line_named(tx, &fixed.line, fixed.industry.as_deref().unwrap_or_default(), false)
    })?;
    let terms = orders::Terms { line: line.id, offer: fixed.offer, channel: fixed.channel };
    let kept = house.files.join(run.kept_name());
    let records = || {
        let file =
            File::open(&kept).map_err(|cause| kernel::Problem::internal("bench", cause.to_string()))?;
        Records::open(Source::new(&run.name, file)?, &dialect)
    };
    let mut parts = Parts::default();
    let (mut at, mut seen) = (own_cpu(), accounts::Seen::default());
    let mut batches = Batches::open(&records, &mapping)?;
    while let Some(batch) = batches.next_batch() {
        let lines: Vec<_> = batch.lines.iter().map(|line| line.input()).collect();
        parts.read += own_cpu().saturating_sub(at);
        let laps = Cell::new([Duration::ZERO; 2]);
        let begun = own_cpu();
        let resolution = house.store.write(&cx, |tx| {
            let begun = own_cpu();
            let mut planned = orders::plan(&cx, tx, &seen, &terms, &lines, id.0)?;
            let planned_at = own_cpu();
            orders::apply(&cx, tx, &terms, &mut planned, id.0)?;
            laps.set([planned_at.saturating_sub(begun), own_cpu().saturating_sub(planned_at)]);
            Ok(planned.resolution)
        })?;
        let [plan, apply] = laps.get();
        parts.plan += plan;
        parts.apply += apply;
        parts.commit += own_cpu().saturating_sub(begun).saturating_sub(plan + apply);
        at = own_cpu();
        seen.learn(&resolution);
    }
    parts.read += own_cpu().saturating_sub(at);
    house.store.write(&cx, |tx| timeline::store::ask_judgement(&cx, tx, line.id))?;
    Ok(parts)
}
