//! An import that is taken back, and killed while it is: after the restart it goes on, and nothing is left of it.

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

/// What is brought in and taken back, and where.
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
    /// It fell while the import was being taken back.
    pub was_under_way: bool,
    /// Something was left.
    pub differs: bool,
}

/// The processor time of taking an import back undisturbed.
#[derive(Clone, Copy)]
struct Work {
    /// Until it was first seen being taken back.
    begun: Duration,
    /// Until it was last seen so.
    over: Duration,
    whole: Duration,
}

fn is_under_way(import: &Value) -> bool {
    import["state"] == "being taken back"
}

impl Ground<'_> {
    /// Kills so often at points spread over all of the work; where the bug is planted, until something is left. Nothing
    /// where no server is named for the server engine.
    pub fn kill(&self, kills: usize, seed: u64) -> Option<Vec<Kill>> {
        let house = House::with(self.on_server, self.plant)?;
        let empty = house.hash();
        let id = self.bring_in(&house);
        let work = self.take_back_undisturbed(&house, &id);
        assert!(!work.begun.is_zero(), "nobody saw it being taken back");
        assert_eq!(house.hash(), empty, "nobody disturbs, and something is left");
        let (next, caught, found) = (AtomicUsize::new(0), AtomicBool::new(false), Mutex::new(Vec::new()));
        thread::scope(|scope| {
            for _ in 0..LANES.min(kills) {
                scope.spawn(|| {
                    let house = House::with(self.on_server, self.plant).unwrap();
                    let empty = house.hash();
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if kills <= number || caught.load(Ordering::Relaxed) {
                            return;
                        }
                        let kill = self.one(&house, number, kills, seed, work, &empty);
                        // A house in which something is left is no ground for the next kill.
                        caught.fetch_or(kill.differs, Ordering::Relaxed);
                        found.lock().unwrap().push(kill);
                    }
                });
            }
        });
        Some(found.into_inner().unwrap())
    }

    /// Brings the file in; gives the id of its import.
    fn bring_in(&self, house: &House) -> String {
        let words = ["import", self.file.to_str().unwrap(), "--mapping", self.mapping.to_str().unwrap()];
        house.ask(&words)["imports"][0]["id"].as_str().unwrap().to_owned()
    }

    fn take_back_undisturbed(&self, house: &House, id: &str) -> Work {
        let onlooker = house.looked_at();
        let mut child = house.program(&["import", id, "undo"]).spawn().unwrap();
        let mut work = Work { begun: Duration::ZERO, over: Duration::ZERO, whole: Duration::ZERO };
        while child.try_wait().unwrap().is_none() {
            work.whole = work.whole.max(worked(&child));
            let is_under_way = is_under_way(&onlooker.newest().0);
            if is_under_way && work.begun.is_zero() {
                work.begun = work.whole;
            }
            if is_under_way {
                work.over = work.whole.max(worked(&child));
            }
            thread::sleep(Duration::from_millis(1));
        }
        assert!(child.wait().unwrap().success(), "nobody disturbs");
        work
    }

    fn one(&self, house: &House, number: usize, kills: usize, seed: u64, work: Work, empty: &str) -> Kill {
        let mut chance = Chance(seed ^ (number as u64).wrapping_mul(0x2545_F491_4F6C_DD1D));
        let point =
            (number * 37 % kills) as u64 * 1_000 / kills as u64 + chance.below(1_000 / kills as u64 + 1);
        let id = self.bring_in(house);
        let mut child = house.program(&["import", &id, "undo"]).spawn().unwrap();
        // One in eight falls at any point; the others while it is being taken back.
        let (from, to) = if number % 8 == 5 { (Duration::ZERO, work.whole) } else { (work.begun, work.over) };
        let work = from + (to - from).mul_f64(point as f64 / 1_000.0);
        let_work(&mut child, work, Duration::from_micros(chance.below(MOMENT)), PATIENCE);
        child.kill().unwrap();
        child.wait().unwrap();
        let state = |house: &House| house.ask(&["import", &id])["state"].as_str().unwrap().to_owned();
        let was_under_way = is_under_way(&house.left_behind().0);
        let served = house.serve();
        house.until_idle();
        drop(served);
        if state(house) == "done" {
            // It had not been asked yet.
            house.ask(&["import", &id, "undo"]);
        }
        Kill { point, was_under_way, differs: state(house) != "taken back" || house.hash() != empty }
    }
}
