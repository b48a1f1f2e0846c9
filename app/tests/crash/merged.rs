//! Accounts that are merged, and the merge that is undone, killed while they are: after the restart it goes on, and leaves
//! what an undisturbed one leaves.

use std::{
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use serde_json::json;

use crate::{
    house::{House, let_work, worked},
    world::Chance,
};

/// Kills that go on at once: the lease of the dead runs out while others work.
const LANES: usize = 4;
/// A moment more or less, so that kills fall between the ticks of the kernel's books too.
const MOMENT: u64 = 6_000;
/// Longest wait for a program to come to its point.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is brought in and merged, and where.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    pub on_server: bool,
    pub file: &'a Path,
    pub mapping: &'a Path,
    /// The planted bug in the program, if any.
    pub plant: Option<&'static str>,
}

/// What came of one kill.
pub struct Kill {
    /// How far it was let, in thousandths of the whole work.
    pub point: u64,
    /// It was merging, or else undoing.
    pub was_merging: bool,
    /// What was left is not what an undisturbed one leaves.
    pub differs: bool,
}

/// What undisturbed ones leave, and how long they work.
struct Expected {
    before: String,
    after: String,
    merging: Duration,
    undoing: Duration,
}

impl Ground<'_> {
    /// Kills so often at points spread over all of the work; where the bug is planted, until something differs. Nothing
    /// where no server is named for the server engine.
    pub fn kill(&self, kills: usize, seed: u64) -> Option<Vec<Kill>> {
        let (house, pairs) = self.furnished()?;
        let before = house.hash();
        let merging = undisturbed(&house, &["accounts", "merge", "--pairs", &pairs]);
        let after = house.hash();
        assert_ne!(before, after, "a merge leaves something");
        let undoing = undisturbed(&house, &["merge", &newest(&house).0, "undo"]);
        assert_eq!(house.hash(), before, "nobody disturbs, and something is left");
        let expected = Expected { before, after, merging, undoing };
        let (next, caught, found) = (AtomicUsize::new(0), AtomicBool::new(false), Mutex::new(Vec::new()));
        thread::scope(|scope| {
            for _ in 0..LANES.min(kills) {
                scope.spawn(|| {
                    let (house, pairs) = self.furnished().unwrap();
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if kills <= number || caught.load(Ordering::Relaxed) {
                            return;
                        }
                        let kill = one(&house, &pairs, number, kills, seed, &expected);
                        // A house in which something differs is no ground for the next kill.
                        caught.fetch_or(kill.differs, Ordering::Relaxed);
                        found.lock().unwrap().push(kill);
                    }
                });
            }
        });
        Some(found.into_inner().unwrap())
    }

    /// A house with the file in it, and its accounts two by two.
    fn furnished(&self) -> Option<(House, String)> {
        let house = House::with(self.on_server, self.plant)?;
        let words = ["import", self.file.to_str().unwrap(), "--mapping", self.mapping.to_str().unwrap()];
        house.ask(&words);
        let book = house.ask(&["relationships", "--limit", "200"]);
        // In the order of the book, which is that of every house: ids are shuffled in each, and would make other pairs.
        let mut ids: Vec<&str> = Vec::new();
        for id in book["rows"].as_array().unwrap().iter().filter_map(|row| row["account"].as_str()) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        let pairs: Vec<_> =
            ids.chunks_exact(2).map(|two| json!({ "kept": two[0], "gone": two[1] })).collect();
        assert!(20 < pairs.len(), "only {} pairs to merge", pairs.len());
        Some((house, json!(pairs).to_string()))
    }
}

/// The newest merge and where it stands; nothing and nowhere where there is none.
fn newest(house: &House) -> (String, String) {
    let newest = house.ask(&["merges", "--limit", "1"])["rows"][0].clone();
    let word = |name: &str| newest[name].as_str().unwrap_or_default().to_owned();
    (word("id"), word("state"))
}

fn undisturbed(house: &House, words: &[&str]) -> Duration {
    let mut child = house.program(words).spawn().unwrap();
    let mut work = Duration::ZERO;
    while child.try_wait().unwrap().is_none() {
        work = work.max(worked(&child));
        thread::sleep(Duration::from_millis(1));
    }
    assert!(child.wait().unwrap().success(), "nobody disturbs");
    work
}

fn disturbed(house: &House, words: &[&str], work: Duration, moment: Duration) {
    let mut child = house.program(words).spawn().unwrap();
    let_work(&mut child, work, moment, PATIENCE);
    child.kill().unwrap();
    child.wait().unwrap();
    let served = house.serve();
    house.until_idle();
    drop(served);
}

fn one(house: &House, pairs: &str, number: usize, kills: usize, seed: u64, expected: &Expected) -> Kill {
    let mut chance = Chance(seed ^ (number as u64).wrapping_mul(0x2545_F491_4F6C_DD1D));
    let point = (number * 37 % kills) as u64 * 1_000 / kills as u64 + chance.below(1_000 / kills as u64 + 1);
    let moment = Duration::from_micros(chance.below(MOMENT));
    let part = |work: Duration| work.mul_f64(point as f64 / 1_000.0);
    let was_merging = number.is_multiple_of(2);
    let known = newest(house).0;
    let merge = ["accounts", "merge", "--pairs", pairs];
    if was_merging {
        disturbed(house, &merge, part(expected.merging), moment);
    }
    if newest(house).0 == known {
        // It had not been asked yet, or is to be killed later.
        undisturbed(house, &merge);
    }
    let (id, state) = newest(house);
    let mut differs = state != "merged" || house.hash() != expected.after;
    if !was_merging {
        disturbed(house, &["merge", &id, "undo"], part(expected.undoing), moment);
    }
    if newest(house).1 == "merged" {
        undisturbed(house, &["merge", &id, "undo"]);
    }
    differs |= newest(house).1 != "undone" || house.hash() != expected.before;
    Kill { point, was_merging, differs }
}
