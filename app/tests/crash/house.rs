//! A house that can be killed: its folder, its database, and the program running in it.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use mainstay::config::{self, Open, Settings};
use serde_json::{Value, json};
use store::{Location, Store, queue};
use testkit::Bench;

/// Nothing here takes so long, on any machine.
const PATIENCE: Duration = Duration::from_secs(120);
/// Between two looks at something that is waited for.
const GLANCE: Duration = Duration::from_micros(500);

/// Where an import stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Not written down yet.
    Nothing,
    /// Written down, and not asked to run.
    Received,
    /// Its rows are being counted.
    Counting,
    /// Its rows are being written.
    Writing,
    /// All rows are in, and relationships are being decided.
    Deciding,
    /// All was done.
    Finished,
}

impl Stage {
    pub const ALL: [Stage; 6] =
        [Stage::Nothing, Stage::Received, Stage::Counting, Stage::Writing, Stage::Deciding, Stage::Finished];
}

impl Stage {
    /// Of the newest import, and whether work waits.
    pub fn of((newest, waits): &(Value, bool)) -> Stage {
        match (newest["state"].as_str(), newest["done"].as_i64()) {
            (None, _) => Stage::Nothing,
            (Some("received"), _) => Stage::Received,
            (Some("running"), Some(0)) => Stage::Counting,
            (Some("running"), _) => Stage::Writing,
            (Some("done"), _) if *waits => Stage::Deciding,
            (Some("done"), _) => Stage::Finished,
            (other, _) => panic!("an import that is {other:?}"),
        }
    }
}

/// A house that is open beside the program that works in it.
pub struct Onlooker(Open);

impl Onlooker {
    /// The newest import, and whether work waits.
    pub fn newest(&self) -> (Value, bool) {
        let Onlooker(open) = self;
        let cx = open.house.context();
        let list = open.slices.iter().flat_map(|slice| &slice.operations);
        let list = list.into_iter().find(|operation| operation.head.name == "imports.list").unwrap();
        let newest =
            open.house.store.read(&cx, |tx| list.run(&cx, tx, json!({}))).unwrap()["rows"][0].clone();
        let waits = open.house.store.read(&cx, |tx| queue::next_due(tx, &[])).unwrap().is_some();
        (newest, waits)
    }
}

/// A folder and a database of its own.
pub struct House {
    data: tempfile::TempDir,
    server: Option<Bench>,
    plant: Option<&'static str>,
}

impl House {
    /// A new house; nothing where it should stand on the server engine and no server is named. Every program in it has
    /// the planted bug, or none has.
    pub fn new(on_server: bool, planted: bool) -> Option<House> {
        House::with(on_server, planted.then_some("progress-outside"))
    }

    /// The same, with a bug of that name in every program.
    pub fn with(on_server: bool, plant: Option<&'static str>) -> Option<House> {
        let server = if on_server { Some(Bench::server()?) } else { None };
        Some(House { data: tempfile::tempdir().unwrap(), server, plant })
    }

    /// The program with these words, in this house.
    pub fn program(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mainstay"));
        for name in ["DATA", "DATABASE", "LISTEN", "LOG", "PLANT"] {
            command.env_remove(format!("MAINSTAY_{name}"));
        }
        if let Some(bug) = self.plant {
            command.env("MAINSTAY_PLANT", bug);
        }
        command.args(words).arg("--data").arg(self.data.path());
        if let Some(Location::Server(url)) = self.server.as_ref().map(|bench| &bench.location) {
            command.arg("--database").arg(url);
        }
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// What the program answers.
    pub fn ask(&self, words: &[&str]) -> Value {
        let Output { status, stdout, stderr } = self
            .program(words)
            .args(["-o", "json"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        assert!(status.success(), "{words:?}: {status}, {}", String::from_utf8_lossy(&stderr));
        serde_json::from_slice(&stdout).unwrap()
    }

    /// The hash of what the business knows. The owner is part of it, and made when the house is first served or a link
    /// is asked for: so it is, here.
    pub fn hash(&self) -> String {
        self.ask(&["sign-in-link"]);
        self.ask(&["dump", "--canonical"])["sha256"].as_str().unwrap().to_owned()
    }

    /// The newest import, as it is shown.
    pub fn import(&self) -> Value {
        self.ask(&["imports"])["rows"][0].clone()
    }

    /// The newest import, and whether work waits. Looks at a copy where the database is files, so that whoever opens
    /// the house next is the first to find what the dead left behind.
    pub fn left_behind(&self) -> (Value, bool) {
        let copy = tempfile::tempdir().unwrap();
        if self.server.is_none() {
            for part in ["mainstay.db", "mainstay.db-wal"] {
                drop(fs::copy(self.data.path().join(part), copy.path().join(part)));
            }
        }
        self.onlooker(copy.path()).newest()
    }

    /// Where the newest import stands.
    pub fn stage(&self) -> Stage {
        Stage::of(&self.left_behind())
    }

    /// Somebody who looks on while a program works undisturbed.
    pub fn looked_at(&self) -> Onlooker {
        self.onlooker(self.data.path())
    }

    fn onlooker(&self, data: &Path) -> Onlooker {
        let database = match self.server.as_ref().map(|bench| &bench.location) {
            Some(Location::Server(url)) => Some(url.clone()),
            _ => None,
        };
        Onlooker(config::open(&Settings { data: data.to_owned(), database }).unwrap())
    }

    /// Opens the house for its work, as after a restart of the machine.
    pub fn serve(&self) -> Served {
        let mut program = self.program(&["serve", "--listen", "127.0.0.1:0"]);
        let mut child = program.stdout(Stdio::piped()).spawn().unwrap();
        let mut greeting = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut greeting).unwrap();
        assert!(greeting.starts_with("Mainstay is at http://"), "{greeting:?}");
        Served(child)
    }

    /// Waits until no work waits.
    pub fn until_idle(&self) {
        let location = match &self.server {
            Some(bench) => bench.location.clone(),
            None => Location::File(self.data.path().join("mainstay.db")),
        };
        let store = Store::open(&location, &[]).unwrap();
        let cx = testkit::at("2026-01-01");
        let deadline = Instant::now() + PATIENCE;
        while store.read(&cx, |tx| queue::next_due(tx, &[])).unwrap().is_some() {
            assert!(Instant::now() < deadline, "work still waits after {PATIENCE:?}");
            thread::sleep(GLANCE * 20);
        }
    }
}

/// A program that serves; killed when it is no longer needed.
pub struct Served(pub Child);

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// How long a program has had a processor, by the books of the kernel: the measure of how far it has come that does
/// not depend on what else the machine does.
pub fn worked(child: &Child) -> Duration {
    let threads = fs::read_dir(format!("/proc/{}/task", child.id()));
    let nanos = threads.into_iter().flatten().flatten().filter_map(|thread| {
        let text = fs::read_to_string(thread.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<u64>().ok()
    });
    Duration::from_nanos(nanos.sum())
}

/// Lets a program work so long, and a moment longer; true if it ended by itself before.
pub fn let_work(child: &mut Child, work: Duration, moment: Duration, patience: Duration) -> bool {
    let deadline = Instant::now() + patience;
    while worked(child) < work && Instant::now() < deadline {
        if child.try_wait().unwrap().is_some() {
            return true;
        }
        thread::sleep(GLANCE);
    }
    let deadline = Instant::now() + moment;
    while Instant::now() < deadline {
        thread::sleep(GLANCE / 10);
    }
    child.try_wait().unwrap().is_some()
}
