//! Jobs: done when due, tried again when they fail, and no matter how they fail.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use kernel::{Context, Problem};
use mainstay::worker;
use slice::{JobKind, Slice};
use store::{
    Store, Tx,
    queue::{self, Aside, Job},
};

use crate::town::Town;

static FAILED: AtomicUsize = AtomicUsize::new(0);

const JOBS: &[JobKind] = &[
    JobKind {
        kind: "fine",
        run: |house, job| house.store.write(&house.context(), |tx| queue::done(tx, job)),
        gave_up: None,
    },
    JobKind {
        kind: "fails",
        run: |_, _| {
            FAILED.fetch_add(1, Ordering::SeqCst);
            Err(Problem::busy("raft.leak", "the raft leaks"))
        },
        gave_up: Some(note),
    },
    JobKind { kind: "breaks", run: |_, _| panic!("the raft broke"), gave_up: None },
    JobKind {
        kind: "sinks",
        run: |_, _| Err(Problem::conflict("raft.sunk", "the raft has sunk")),
        gave_up: Some(note),
    },
];

/// Writes down that a job was given up, where a test finds it.
fn note(_: &Context, tx: &mut Tx<'_>, job: &Job, why: &str) -> kernel::Result<()> {
    tx.set(&format!("raft.{}", job.kind), why)
}

fn noted(town: &Town, kind: &str) -> Option<String> {
    let store = &town.running.open.house.store;
    store.read(&town.cx(), |tx| tx.setting(&format!("raft.{kind}"))).unwrap()
}

fn set_aside(town: &Town) -> Vec<Aside> {
    town.running.open.house.store.read(&town.cx(), queue::aside).unwrap()
}

fn jobs() -> Vec<Slice> {
    let raft = Slice {
        name: "raft",
        migrations: &[],
        tables: &[],
        operations: Vec::new(),
        pages: &[],
        panels: &[],
        finders: &[],
        agendas: &[],
        consequences: &[],
        deeds: |_, _| None,
        jobs: JOBS,
    };
    vec![raft]
}

fn put(town: &Town, kind: &str) {
    let cx = town.cx();
    town.running.open.house.store.write(&cx, |tx| queue::put(tx, kind, "1", cx.now.micros)).unwrap();
}

fn next_due(town: &Town) -> Option<i64> {
    town.running.open.house.store.read(&town.cx(), |tx| queue::next_due(tx, &[])).unwrap()
}

fn failures(store: &Store, town: &Town) -> Vec<(String, String)> {
    store.read(&town.cx(), queue::failures).unwrap()
}

#[test]
fn jobs_are_done_inline_until_none_is_left() {
    for town in Town::all_with(jobs) {
        put(&town, "fine");
        worker::run_due(&town.running.open).unwrap();
        assert_eq!(next_due(&town), None);
        worker::run_due(&town.running.open).unwrap();
    }
}

#[test]
fn a_job_that_fails_or_breaks_is_kept_with_its_reason_and_the_others_are_done() {
    for town in Town::all_with(jobs) {
        for kind in ["breaks", "fine", "nobody's"] {
            put(&town, kind);
        }
        let problem = worker::run_due(&town.running.open).unwrap_err();
        assert_eq!(problem.code, "worker.panic");
        let kept = failures(&town.running.open.house.store, &town);
        let kinds: Vec<&str> = kept.iter().map(|(kind, _)| kind.as_str()).collect();
        assert_eq!(kinds, ["breaks", "nobody's"]);
        assert!(kept[0].1.contains("worker.panic") && kept[0].1.contains("the raft broke"), "{kept:?}");
        assert!(kept[1].1.contains("worker.kind"), "{kept:?}");
        assert!(town.cx().now.micros < next_due(&town).unwrap() + 1_000_000);
    }
}

#[test]
fn what_cannot_mend_itself_is_set_aside_at_once_and_said() {
    for town in Town::all_with(jobs) {
        put(&town, "sinks");
        worker::run_due(&town.running.open).unwrap_err();
        assert_eq!(next_due(&town), None);
        let aside = set_aside(&town);
        assert_eq!((&*aside[0].kind, aside[0].failures, aside.len()), ("sinks", 1, 1));
        assert_eq!(noted(&town, "sinks").as_deref(), Some("the raft has sunk"));
        worker::run_due(&town.running.open).unwrap();
        assert_eq!(set_aside(&town), aside, "nobody tries it by itself");
    }
}

#[test]
fn what_may_pass_or_panics_is_tried_so_often_and_then_set_aside_until_somebody_asks() {
    for town in Town::all_with(jobs) {
        for kind in ["fails", "breaks"] {
            for n in 1..=worker::MOST_FAILURES {
                assert!(set_aside(&town).iter().all(|job| job.kind != kind), "{n}");
                put(&town, kind);
                worker::run_due(&town.running.open).unwrap_err();
            }
            let aside = set_aside(&town).into_iter().find(|job| job.kind == kind).unwrap();
            assert_eq!(aside.failures, worker::MOST_FAILURES);
            assert!(aside.failure.contains("the raft"), "{}", aside.failure);
        }
        assert_eq!((next_due(&town), noted(&town, "fails").as_deref()), (None, Some("the raft leaks")));
        let cx = town.cx();
        let store = &town.running.open.house.store;
        assert!(store.write(&cx, |tx| queue::again(tx, "fails", "1", cx.now.micros)).unwrap());
        worker::run_due(&town.running.open).unwrap_err();
        assert_eq!(failures(store, &town).len(), 1, "it is tried again by itself as if it had never failed");
        assert_eq!(set_aside(&town).len(), 1);
    }
}

#[test]
fn a_failing_job_is_tried_again_later_and_does_not_spin() {
    let town = Town::all_with(jobs).remove(0);
    put(&town, "fails");
    let running = Arc::clone(&town.running);
    let worker = worker::start(Arc::clone(&running)).unwrap();
    running.bell.ring();
    until(|| 2 <= FAILED.load(Ordering::SeqCst));
    thread::sleep(Duration::from_millis(300));
    assert!(FAILED.load(Ordering::SeqCst) < 4, "{FAILED:?}");
    running.close();
    worker.join().unwrap();
}

#[test]
fn the_worker_wakes_when_the_bell_rings() {
    for town in Town::all_with(jobs) {
        let worker = worker::start(Arc::clone(&town.running)).unwrap();
        thread::sleep(Duration::from_millis(100));
        let begun = Instant::now();
        put(&town, "fine");
        town.running.bell.ring();
        until(|| next_due(&town).is_none());
        assert!(begun.elapsed() < Duration::from_millis(1500), "{:?}", begun.elapsed());
        town.running.close();
        worker.join().unwrap();
    }
}

#[test]
fn what_another_worker_holds_is_waited_for() {
    for town in Town::all_with(jobs) {
        put(&town, "fine");
        let cx = town.cx();
        let held =
            town.running.open.house.store.write(&cx, |tx| queue::take(tx, cx.now.micros, 400_000, &[]));
        assert!(held.unwrap().is_some());
        let begun = Instant::now();
        worker::run_due(&town.running.open).unwrap();
        assert!(Duration::from_millis(200) < begun.elapsed());
        assert_eq!(next_due(&town), None);
    }
}

fn until(done: impl Fn() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < Duration::from_secs(20), "nothing happened");
        thread::sleep(Duration::from_millis(20));
    }
}
