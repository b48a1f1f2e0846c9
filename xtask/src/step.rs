//! One step of the suite: a command whose output is shown as it comes and counted as it passes.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Command, Stdio},
    sync::Mutex,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};

/// How many passed, failed and were left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Ran and held.
    pub passed: u64,
    /// Ran and did not hold.
    pub failed: u64,
    /// Did not run.
    pub skipped: u64,
}

impl Tally {
    /// Both together.
    pub fn and(self, other: Tally) -> Tally {
        Tally {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }
}

/// What became of a step.
pub struct Outcome {
    /// Its name.
    pub name: &'static str,
    /// Its tests; a check without tests counts as one.
    pub tally: Tally,
    /// How long it took.
    pub took: Duration,
}

impl Outcome {
    /// A step that never started because something it needs is not there.
    pub fn broken(name: &'static str) -> Outcome {
        Outcome { name, tally: Tally { failed: 1, ..Tally::default() }, took: Duration::ZERO }
    }
}

/// Runs the command to its end.
pub fn run(name: &'static str, command: &mut Command) -> Result<Outcome> {
    println!("\n== {name}");
    let begun = Instant::now();
    let counted = Mutex::new(None);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("start {name}"))?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        scope.spawn(|| show(out, &counted));
        scope.spawn(|| show(err, &counted));
    });
    let good = child.wait().with_context(|| format!("wait for {name}"))?.success();
    let counted = counted.into_inner().unwrap_or_default();
    Ok(Outcome { name, tally: settle(counted, good), took: begun.elapsed() })
}

/// A command that failed without a failed test has failed as one; a check that counts nothing is one.
pub fn settle(counted: Option<Tally>, good: bool) -> Tally {
    match counted {
        Some(tally) if good || tally.failed > 0 => tally,
        Some(tally) => Tally { failed: 1, ..tally },
        None if good => tally(1, 0, 0),
        None => tally(0, 1, 0),
    }
}

fn show(stream: Option<impl Read>, counted: &Mutex<Option<Tally>>) {
    let Some(stream) = stream else { return };
    let mut lines = BufReader::new(stream);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        let text = String::from_utf8_lossy(&line);
        println!("{}", text.trim_end_matches(['\n', '\r']));
        if let (Some(tally), Ok(mut sum)) = (count(&text), counted.lock()) {
            *sum = Some(sum.unwrap_or_default().and(tally));
        }
        line.clear();
    }
}

/// What a closing line of cargo test, nextest or node's test runner counts.
pub fn count(line: &str) -> Option<Tally> {
    // Indented, it is what a failed test printed, shown again by nextest.
    if line.starts_with("test result:") {
        return Some(tally(before(line, " passed"), before(line, " failed"), before(line, " ignored")));
    }
    if line.trim_start().starts_with("Summary [") {
        return Some(tally(before(line, " passed"), before(line, " failed"), before(line, " skipped")));
    }
    let node = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ "))?;
    let (word, number) = node.split_once(' ')?;
    let number = number.trim_end().parse().ok()?;
    match word {
        "pass" => Some(tally(number, 0, 0)),
        "fail" | "cancelled" => Some(tally(0, number, 0)),
        "skipped" | "todo" => Some(tally(0, 0, number)),
        _ => None,
    }
}

fn tally(passed: u64, failed: u64, skipped: u64) -> Tally {
    Tally { passed, failed, skipped }
}

/// The number that stands before a word, or 0.
fn before(line: &str, word: &str) -> u64 {
    let Some(at) = line.find(word) else { return 0 };
    let digits = line[..at].rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    digits.parse().unwrap_or(0)
}
