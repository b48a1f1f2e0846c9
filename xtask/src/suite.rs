//! Everything that must hold before a change is kept: checks, tests on both engines, tests in a browser.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    cluster::Cluster,
    machine,
    scratch::Scratch,
    step::{self, Outcome, Tally},
};

/// The parts, in the order in which they run; the last one only where it is asked for.
const PARTS: &[&str] = &["checks", "rust", "browser", SOAK];
/// What the tests have built already where they ran: of one package alone, its dependencies would be built again with the
/// fewer features that it asks for.
const BUILD: &str = "build -q --workspace --tests --examples";
/// Tests that go on for hours.
const SOAK: &str = "soak";

/// Runs the parts that were asked for, or all; true if nothing failed.
pub fn run(root: &Path, wanted: &[String]) -> Result<bool> {
    if let Some(unknown) = wanted.iter().find(|part| !PARTS.contains(&part.as_str())) {
        bail!("no such part of the tests: {unknown} (there are {})", PARTS.join(", "));
    }
    let wants = |part: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == part);
    let mut outcomes = Vec::new();
    if wants("checks") {
        checks(root, &mut outcomes)?;
    }
    if wants("rust") || wants("browser") {
        let scratch = Scratch::make();
        if wants("rust") {
            rust(root, &scratch, &mut outcomes)?;
        }
        if wants("browser") {
            browser(root, &scratch, &mut outcomes)?;
        }
    }
    if wanted.iter().any(|wanted| wanted == SOAK) {
        soak(root, &mut outcomes)?;
    }
    Ok(report(&outcomes))
}

fn checks(root: &Path, outcomes: &mut Vec<Outcome>) -> Result<()> {
    outcomes.push(step::run("format", &mut cargo(root, "fmt --all --check"))?);
    outcomes.push(step::run("clippy", &mut cargo(root, "clippy --workspace --all-targets -- -D warnings"))?);
    let tidy = env::current_exe().context("find this program")?;
    outcomes.push(step::run("tidy", Command::new(tidy).arg("tidy").current_dir(root))?);
    Ok(())
}

/// A database server for as long as it is held.
fn cluster(place: &Path, outcomes: &mut Vec<Outcome>) -> Option<Cluster> {
    let started = machine::ready_for_databases().and_then(|()| Cluster::start(place));
    if let Err(e) = &started {
        println!("{e:#}");
        outcomes.push(Outcome::broken("database server"));
    }
    started.ok()
}

/// A thousand kills where there are sixty every day, and the long files.
fn soak(root: &Path, outcomes: &mut Vec<Outcome>) -> Result<()> {
    let Some(cluster) = cluster(&env::temp_dir(), outcomes) else { return Ok(()) };
    let lines = [
        ("kills", "test -p mainstay --test crash --no-fail-fast -- --test-threads 1 --nocapture"),
        ("long files", "test -p imports --lib --no-fail-fast tests::promise -- --test-threads 1 --nocapture"),
    ];
    for (name, line) in lines {
        let mut command = cargo(root, line);
        command.env("MAINSTAY_SOAK", "1").env("MAINSTAY_TEST_POSTGRES", cluster.url());
        outcomes.push(step::run(name, &mut command)?);
    }
    Ok(())
}

/// The workspace's tests, with a database server of their own for as long as they run.
fn rust(root: &Path, scratch: &Scratch, outcomes: &mut Vec<Outcome>) -> Result<()> {
    let Some(cluster) = cluster(&scratch.folder(), outcomes) else { return Ok(()) };
    let lines = if has_nextest() {
        [
            "nextest run --workspace --no-fail-fast --status-level slow",
            "test --workspace --doc --no-fail-fast",
        ]
    } else {
        ["test --workspace --all-targets --no-fail-fast", "test --workspace --doc --no-fail-fast"]
    };
    for (name, line) in ["tests", "tests in the documentation"].into_iter().zip(lines) {
        let mut command = cargo(root, line);
        command.env("MAINSTAY_TEST_POSTGRES", cluster.url());
        outcomes.push(step::run(name, scratch.lend(&mut command))?);
    }
    Ok(())
}

/// The built program in a browser.
fn browser(root: &Path, scratch: &Scratch, outcomes: &mut Vec<Outcome>) -> Result<()> {
    let built = step::run("build", &mut cargo(root, BUILD))?;
    let failed = built.tally.failed > 0;
    outcomes.push(built);
    if failed {
        return Ok(());
    }
    if let Err(e) = machine::ready_for_browsers(root) {
        println!("{e:#}");
        outcomes.push(Outcome::broken("browser"));
        return Ok(());
    }
    let program = env::current_exe()?.with_file_name("mainstay");
    let mut node = Command::new("node");
    // A scenario waits as often as it works: two at a time, each with a program and a browser of its own.
    node.args(["--test", "--test-concurrency=2"])
        .args(browser_tests(root)?)
        .current_dir(root.join("browser"));
    node.env("MAINSTAY_GALLERY", program.with_file_name("examples").join("gallery"));
    node.env("MAINSTAY_PROGRAM", program);
    outcomes.push(step::run("tests in a browser", scratch.lend(&mut node))?);
    Ok(())
}

/// Node 18 takes files, not patterns.
fn browser_tests(root: &Path) -> Result<Vec<PathBuf>> {
    let entries = root.join("browser/tests").read_dir().context("list the browser tests")?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.to_string_lossy().ends_with(".test.js"));
    files.sort();
    Ok(files)
}

/// One line per step, then the line that a machine reads.
fn report(outcomes: &[Outcome]) -> bool {
    println!();
    for Outcome { name, tally: t, took } in outcomes {
        let verdict = if t.failed > 0 { "FAILED" } else { "ok" };
        let counts = format!("{} passed {} failed {} skipped", t.passed, t.failed, t.skipped);
        println!("{verdict:>6}  {:>5.0} s  {name:<28} {counts}", took.as_secs_f64());
    }
    let sum = outcomes.iter().fold(Tally::default(), |sum, outcome| sum.and(outcome.tally));
    println!("\n{} passed, {} failed, {} skipped", sum.passed, sum.failed, sum.skipped);
    sum.failed == 0
}

fn has_nextest() -> bool {
    machine::output("cargo", &["nextest", "--version"]).is_some()
}

fn cargo(root: &Path, line: &str) -> Command {
    let mut command = Command::new("cargo");
    command.args(line.split(' ')).current_dir(root);
    command
}
