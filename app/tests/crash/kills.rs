//! Imports that are killed at points spread over all of their work, and what is found after the restart.

use std::{
    path::Path,
    process::Child,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use serde_json::Value;

use crate::{
    house::{House, Stage, let_work, worked},
    world::Chance,
};

/// Kills that go on at once: the lease of the dead runs out while others work.
const LANES: usize = 4;
/// A moment more or less, so that kills fall between the ticks of the kernel's books too.
const MOMENT: u64 = 6_000;
/// The share of the kills that falls before the import is asked to run.
const START: f64 = 0.1;
/// The share of those that fall before all rows are in.
const ROWS: f64 = 0.7;
/// Longest wait for a program to come to its point.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is brought in, and where.
pub struct Ground<'a> {
    pub on_server: bool,
    pub file: &'a Path,
    pub mapping: Option<&'a Path>,
    /// Whether the planted bug is in the program.
    pub planted: bool,
}

/// What an import that nobody disturbs leaves behind.
pub struct Expected {
    empty: String,
    hash: String,
    result: Value,
    rejections: Value,
    work: Duration,
    /// The part of it after which the import had begun.
    begun: Duration,
    /// The part of it after which all rows were in.
    written: Duration,
}

/// What came of one kill.
pub struct Kill {
    pub number: usize,
    pub stage: Stage,
    /// The hash was another one.
    pub differs: bool,
    /// What is not as it should be, in words.
    pub faults: Vec<String>,
}

impl Ground<'_> {
    fn import(&self, house: &House) -> Child {
        let mut words = vec!["import", self.file.to_str().unwrap()];
        words.extend(self.mapping.iter().flat_map(|path| ["--mapping", path.to_str().unwrap()]));
        house.program(&words).spawn().unwrap()
    }

    fn import_to_its_end(&self, house: &House) -> Duration {
        self.import_watched(house, |_| ())
    }

    /// Imports, and shows how much was worked each time one looks.
    fn import_watched(&self, house: &House, mut look: impl FnMut(Duration)) -> Duration {
        let mut child = self.import(house);
        let mut work = Duration::ZERO;
        while child.try_wait().unwrap().is_none() {
            work = work.max(worked(&child));
            look(work);
            thread::sleep(Duration::from_millis(1));
        }
        let status = child.wait().unwrap();
        assert!(status.success(), "an import that nobody disturbs: {status}");
        assert!(!work.is_zero(), "this kernel keeps no books of the time that threads work (schedstat)");
        work
    }

    /// Imports undisturbed.
    pub fn expected(&self) -> Option<Expected> {
        let house = House::new(self.on_server, self.planted)?;
        let empty = house.hash();
        let (mut begun, mut written) = (Duration::ZERO, Duration::ZERO);
        let onlooker = house.looked_at();
        let work = self.import_watched(&house, |work| {
            if !written.is_zero() {
                return;
            }
            let stage = Stage::of(&onlooker.newest());
            if begun.is_zero() && Stage::Counting <= stage {
                begun = work;
            }
            if Stage::Deciding <= stage {
                written = work;
            }
        });
        let written = if written.is_zero() { work } else { written };
        let import = house.import();
        let expected = Expected {
            empty,
            hash: house.hash(),
            result: import["result"].clone(),
            rejections: rejections(&house, &import),
            work,
            begun: begun.min(written),
            written,
        };
        assert_ne!(expected.hash, expected.empty, "the import left something behind");
        Some(expected)
    }

    /// Kills so many imports at points spread over all of their work, most of them before all rows are in; where the
    /// planted bug is, only there, until the hash is another one.
    pub fn kill(&self, kills: usize, seed: u64, expected: &Expected) -> Vec<Kill> {
        let (next, caught) = (AtomicUsize::new(0), AtomicBool::new(false));
        let found = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for _ in 0..LANES.min(kills) {
                scope.spawn(|| {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if kills <= number || (self.planted && caught.load(Ordering::Relaxed)) {
                            return;
                        }
                        let kill = self.one(number, kills, seed, expected);
                        caught.fetch_or(kill.differs, Ordering::Relaxed);
                        found.lock().unwrap().push(kill);
                    }
                });
            }
        });
        found.into_inner().unwrap()
    }

    /// One kill. Points are spread evenly over each part; where within its part each falls is chance, and so is their order.
    fn one(&self, number: usize, kills: usize, seed: u64, expected: &Expected) -> Kill {
        let mut chance = Chance(seed ^ (number as u64).wrapping_mul(0x2545_F491_4F6C_DD1D));
        let part = (number * 37 % kills) as f64 + chance.below(1_000) as f64 / 1_000.0;
        let share = part / kills as f64;
        let within = |from: Duration, to: Duration, share: f64| from + to.saturating_sub(from).mul_f64(share);
        let point = match share {
            _ if self.planted => within(expected.begun, expected.written, share),
            share if share < START => within(Duration::ZERO, expected.begun, share / START),
            share if share < ROWS => {
                within(expected.begun, expected.written, (share - START) / (ROWS - START))
            }
            share => within(expected.written, expected.work, (share - ROWS) / (1.0 - ROWS)),
        };
        let house = House::new(self.on_server, self.planted).unwrap();
        // The work was measured in a house whose tables stood. To make them can take longer than the import itself: it is
        // killed too, but by one in eight only.
        if self.planted || number % 8 != 5 {
            house.hash();
        }
        let mut child = self.import(&house);
        let_work(&mut child, point, Duration::from_micros(chance.below(MOMENT)), PATIENCE);
        child.kill().unwrap();
        child.wait().unwrap();
        let stage = house.stage();

        // Most are restarted as after a power cut; some are killed again while they mend; some people just send the
        // file again.
        let sent_again = stage > Stage::Received && number % 8 == 7;
        if number % 4 == 2 {
            let mut again = house.serve();
            let point = expected.work.mul_f64(chance.below(1_000) as f64 / 1_000.0);
            let moment = Duration::from_micros(chance.below(MOMENT));
            let_work(&mut again.0, point, moment, Duration::from_secs(6));
        }
        if sent_again {
            self.import_to_its_end(&house);
        } else {
            let served = house.serve();
            house.until_idle();
            drop(served);
        }

        let mut faults = Vec::new();
        if stage <= Stage::Received {
            same(&mut faults, "hash where nothing had happened", &expected.empty, &house.hash());
            self.import_to_its_end(&house);
        }
        let hash = house.hash();
        let differs = hash != expected.hash;
        same(&mut faults, "hash", &expected.hash, &hash);
        let import = house.import();
        same(&mut faults, "state", &"done".into(), &import["state"]);
        if !sent_again {
            same(&mut faults, "counts", &expected.result, &import["result"]);
            same(&mut faults, "rejected rows", &expected.rejections, &rejections(&house, &import));
        }
        same(&mut faults, "word of the doctor", &true.into(), &house.ask(&["doctor"])["well"]);
        Kill { number, stage, differs, faults }
    }
}

fn rejections(house: &House, import: &Value) -> Value {
    let id = import["id"].as_str().unwrap();
    house.ask(&["import", id, "rejections", "--limit", "1000"])["rows"].clone()
}

fn same<T: PartialEq + std::fmt::Display>(faults: &mut Vec<String>, what: &str, expected: &T, found: &T) {
    if expected != found {
        faults.push(format!("{what}: expected {expected}, found {found}"));
    }
}
