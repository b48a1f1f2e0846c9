//! Everybody decided again under another policy, and killed while they are: after the restart the work goes on, and leaves
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

use serde_json::Value;

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
/// The policies that are adopted by turns.
const POLICIES: [&str; 2] = ["default", "relationship"];

/// What is brought in and decided, and where.
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
    /// It fell while some were decided and others were not.
    pub was_under_way: bool,
    /// What was left is not what an undisturbed one leaves.
    pub differs: bool,
}

impl Ground<'_> {
    /// Kills so often at points spread over all of the work; where the bug is planted, until something differs. Nothing
    /// where no server is named for the server engine.
    pub fn kill(&self, kills: usize, seed: u64) -> Option<Vec<Kill>> {
        drop(House::with(self.on_server, self.plant)?);
        let (next, caught, found) = (AtomicUsize::new(0), AtomicBool::new(false), Mutex::new(Vec::new()));
        thread::scope(|scope| {
            for _ in 0..LANES.min(kills) {
                scope.spawn(|| {
                    let lane = Lane::new(self);
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if kills <= number || caught.load(Ordering::Relaxed) {
                            return;
                        }
                        let kill = lane.one(number, kills, seed);
                        // A house in which something differs is no ground for the next kill.
                        caught.fetch_or(kill.differs, Ordering::Relaxed);
                        found.lock().unwrap().push(kill);
                    }
                });
            }
        });
        Some(found.into_inner().unwrap())
    }
}

/// A house, and what its book says under each policy.
struct Lane {
    house: House,
    books: [Vec<Value>; 2],
    work: Duration,
}

impl Lane {
    fn new(ground: &Ground<'_>) -> Lane {
        let house = House::with(ground.on_server, ground.plant).unwrap();
        house.ask(&["import", ground.file.to_str().unwrap(), "--mapping", ground.mapping.to_str().unwrap()]);
        let before = book(&house);
        let work = undisturbed(&house, POLICIES[1]);
        let after = book(&house);
        assert_ne!(before, after, "another policy says something else of somebody");
        undisturbed(&house, POLICIES[0]);
        assert_eq!(book(&house), before, "and the first one the same as before");
        Lane { house, books: [before, after], work }
    }

    fn one(&self, number: usize, kills: usize, seed: u64) -> Kill {
        let house = &self.house;
        let mut chance = Chance(seed ^ (number as u64).wrapping_mul(0x2545_F491_4F6C_DD1D));
        let point =
            (number * 37 % kills) as u64 * 1_000 / kills as u64 + chance.below(1_000 / kills as u64 + 1);
        let to = usize::from(in_force(house) == POLICIES[0]);
        let mut child = house.program(&adoption(POLICIES[to])).spawn().unwrap();
        let work = self.work.mul_f64(point as f64 / 1_000.0);
        let_work(&mut child, work, Duration::from_micros(chance.below(MOMENT)), PATIENCE);
        child.kill().unwrap();
        child.wait().unwrap();
        let was_under_way = house.left_behind().1 && in_force(house) == POLICIES[to];
        let served = house.serve();
        house.until_idle();
        drop(served);
        if in_force(house) != POLICIES[to] {
            // It had not been adopted yet.
            undisturbed(house, POLICIES[to]);
        }
        let check = house.ask(&["decisions", "check", "--limit", "10000"]);
        let whole = check["unequal"] == 0 && check["waiting"] == 0 && check["lost"] == serde_json::json!([]);
        Kill { point, was_under_way, differs: !whole || book(house) != self.books[to] }
    }
}

fn adoption(name: &str) -> [&str; 6] {
    ["policy", "adopt", "--name", name, "--reason", "a try"]
}

fn in_force(house: &House) -> String {
    house.ask(&["policy"])["name"].as_str().unwrap().to_owned()
}

/// The whole book, by name.
fn book(house: &House) -> Vec<Value> {
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let mut words = vec!["relationships", "--sort", "name", "--limit", "200"];
        words.extend(after.iter().flat_map(|after: &String| ["--after", after.as_str()]));
        let page = house.ask(&words);
        rows.extend(page["rows"].as_array().unwrap().iter().cloned());
        after = page["next"].as_str().map(str::to_owned);
        if after.is_none() {
            return rows;
        }
    }
}

fn undisturbed(house: &House, name: &str) -> Duration {
    let mut child = house.program(&adoption(name)).spawn().unwrap();
    let mut work = Duration::ZERO;
    while child.try_wait().unwrap().is_none() {
        work = work.max(worked(&child));
        thread::sleep(Duration::from_millis(1));
    }
    assert!(child.wait().unwrap().success(), "nobody disturbs");
    work
}
