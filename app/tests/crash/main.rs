//! kill -9 at any moment of an import: after the restart it finishes by itself and leaves what an undisturbed one
//! leaves, to the last byte of the canonical dump and the last count.
//!
//! Before it is believed the harness must catch a bug that is planted in debug builds: with
//! `MAINSTAY_PLANT=progress-outside` an import writes how far it is in a transaction of its own before each batch, and
//! trusts that after a restart (`slices/imports/src/ops/run.rs`). A kill between the two loses a batch.
//!
//! Points are spread over the processor time of an undisturbed import; where each falls is chance, from a seed that is
//! printed and can be given again as `MAINSTAY_CRASH_SEED`. One kill in four comes twice: the program that mends is
//! killed as well. After one in eight the file is simply sent again.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod house;
mod kills;
mod merged;
mod recomputed;
mod undone;
mod world;

use std::{
    path::PathBuf,
    sync::{Mutex, PoisonError},
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use house::Stage;
use kills::{Ground, Kill};

/// Kills after which a harness that has not caught the bug that is planted is blind.
const PLANTED: usize = 480;
/// Lines of the file of which accounts are merged.
const MERGED_LINES: usize = 2_000;

/// One at a time, so that each finds the processors its points were measured with.
static TURN: Mutex<()> = Mutex::new(());

/// Kills of each kind of work, per engine.
fn usual_kills() -> usize {
    if is_soak() { 1_000 } else { 60 }
}

/// Lines of the file.
fn lines() -> usize {
    if is_soak() { 20_000 } else { 5_000 }
}

/// Kills of the import of a whole real file.
fn real_kills() -> usize {
    if is_soak() { 60 } else { 6 }
}

/// Whether there is time for far more of them: `make soak`.
fn is_soak() -> bool {
    std::env::var_os("MAINSTAY_SOAK").is_some()
}

#[test]
fn an_import_killed_at_any_moment_is_whole_on_the_embedded_engine() {
    harness(false);
}

#[test]
fn an_import_killed_at_any_moment_is_whole_on_the_server_engine() {
    harness(true);
}

#[test]
fn what_takes_an_import_back_killed_at_any_moment_leaves_nothing_on_the_embedded_engine() {
    undo_harness(false);
}

#[test]
fn what_takes_an_import_back_killed_at_any_moment_leaves_nothing_on_the_server_engine() {
    undo_harness(true);
}

#[test]
fn accounts_merged_and_unmerged_and_killed_at_any_moment_are_whole_on_the_embedded_engine() {
    merge_harness(false);
}

#[test]
fn accounts_merged_and_unmerged_and_killed_at_any_moment_are_whole_on_the_server_engine() {
    merge_harness(true);
}

#[test]
fn everybody_decided_again_and_killed_at_any_moment_is_decided_on_the_embedded_engine() {
    recompute_harness(false);
}

#[test]
fn everybody_decided_again_and_killed_at_any_moment_is_decided_on_the_server_engine() {
    recompute_harness(true);
}

fn recompute_harness(on_server: bool) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let (file, mapping) = (folder.path().join("orders.csv"), folder.path().join("orders.toml"));
    std::fs::write(&file, world::orders(1, lines())).unwrap();
    std::fs::write(&mapping, world::MAPPING).unwrap();
    let (engine, seed) = (if on_server { "the server engine" } else { "the embedded engine" }, seed());
    let ground = recomputed::Ground { on_server, file: &file, mapping: &mapping, plant: None };
    if cfg!(debug_assertions) {
        let planted = recomputed::Ground { plant: Some("marks-outside"), ..ground };
        let Some(kills) = planted.kill(PLANTED, seed) else { return };
        let caught = kills.iter().any(|kill| kill.differs);
        assert!(caught, "{} kills did not catch the planted bug: the harness is blind", kills.len());
    }
    let Some(kills) = ground.kill(usual_kills() / 2, seed) else { return };
    let under_way = kills.iter().filter(|kill| kill.was_under_way).count();
    eprintln!("decided again on {engine}: {} kills, {under_way} under way, seed {seed}", kills.len());
    let broken: Vec<_> = kills.iter().filter(|kill| kill.differs).map(|kill| kill.point).collect();
    assert!(broken.is_empty(), "somebody is decided otherwise after kills at {broken:?}");
    assert!(0 < under_way, "no kill fell while some were decided and others were not");
}

fn merge_harness(on_server: bool) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let (file, mapping) = (folder.path().join("orders.csv"), folder.path().join("orders.toml"));
    std::fs::write(&file, world::orders(1, MERGED_LINES)).unwrap();
    std::fs::write(&mapping, world::MAPPING).unwrap();
    let (engine, seed) = (if on_server { "the server engine" } else { "the embedded engine" }, seed());
    let ground = merged::Ground { on_server, file: &file, mapping: &mapping, plant: None };
    if cfg!(debug_assertions) {
        let planted = merged::Ground { plant: Some("merge-outside"), ..ground };
        let Some(kills) = planted.kill(PLANTED, seed) else { return };
        let caught = kills.iter().any(|kill| kill.differs);
        assert!(caught, "{} kills did not catch the planted bug: the harness is blind", kills.len());
    }
    let Some(kills) = ground.kill(usual_kills(), seed) else { return };
    let merging = kills.iter().filter(|kill| kill.was_merging).count();
    eprintln!(
        "merged on {engine}: {} kills, {merging} of them of the merge itself, seed {seed}",
        kills.len()
    );
    let broken: Vec<_> = kills.iter().filter(|kill| kill.differs).map(|kill| kill.point).collect();
    assert!(broken.is_empty(), "something differs after kills at {broken:?}");
}

fn undo_harness(on_server: bool) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let (file, mapping) = (folder.path().join("orders.csv"), folder.path().join("orders.toml"));
    std::fs::write(&file, world::orders(1, lines())).unwrap();
    std::fs::write(&mapping, world::MAPPING).unwrap();
    let (engine, seed) = (if on_server { "the server engine" } else { "the embedded engine" }, seed());
    let ground = undone::Ground { on_server, file: &file, mapping: &mapping, plant: None };
    if cfg!(debug_assertions) {
        let planted = undone::Ground { plant: Some("strike-outside"), ..ground };
        let Some(kills) = planted.kill(PLANTED, seed) else { return };
        let caught = kills.iter().any(|kill| kill.differs);
        assert!(caught, "{} kills did not catch the planted bug: the harness is blind", kills.len());
    }
    let Some(kills) = ground.kill(usual_kills(), seed) else { return };
    let under_way = kills.iter().filter(|kill| kill.was_under_way).count();
    eprintln!("taken back on {engine}: {} kills, {under_way} under way, seed {seed}", kills.len());
    let broken: Vec<_> = kills.iter().filter(|kill| kill.differs).map(|kill| kill.point).collect();
    assert!(broken.is_empty(), "something is left after kills at {broken:?}");
    assert!(usual_kills() / 4 < under_way, "only {under_way} kills fell while something was taken back");
}

#[test]
fn a_whole_real_file_killed_at_any_moment_is_whole() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/data/online_retail/online_retail_2010-12-01_2011-08-31.csv.gz");
    if !file.exists() {
        eprintln!("not run: the real file is not here");
        return;
    }
    let ground = Ground { on_server: false, file: &file, mapping: None, planted: false };
    let expected = ground.expected().unwrap();
    let (seed, began) = (seed(), Instant::now());
    let kills = ground.kill(real_kills(), seed, &expected);
    report("the real file", seed, began, &kills);
    assert_whole(&kills);
}

fn harness(on_server: bool) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let (file, mapping) = (folder.path().join("orders.csv"), folder.path().join("orders.toml"));
    std::fs::write(&file, world::orders(1, lines())).unwrap();
    std::fs::write(&mapping, world::MAPPING).unwrap();
    let ground = Ground { on_server, file: &file, mapping: Some(&mapping), planted: false };
    let Some(expected) = ground.expected() else { return };
    let engine = if on_server { "the server engine" } else { "the embedded engine" };
    let seed = seed();

    if cfg!(debug_assertions) {
        let (planted, began) = (Ground { planted: true, ..ground }, Instant::now());
        let kills = planted.kill(PLANTED, seed, &expected);
        report(&format!("{engine}, the planted bug"), seed, began, &kills);
        let caught = kills.iter().any(|kill| kill.differs);
        assert!(caught, "{} kills did not catch the planted bug: the harness is blind", kills.len());
    }

    let (ground, began) =
        (Ground { planted: false, file: &file, mapping: Some(&mapping), on_server }, Instant::now());
    let kills = ground.kill(usual_kills(), seed, &expected);
    report(engine, seed, began, &kills);
    assert_whole(&kills);
    for stage in [Stage::Counting, Stage::Writing, Stage::Deciding] {
        assert!(kills.iter().any(|kill| kill.stage == stage), "no kill fell while {stage:?}");
    }
}

fn assert_whole(kills: &[Kill]) {
    let told =
        |kill: &Kill| format!("{}, killed while {:?}: {}", kill.number, kill.stage, kill.faults.join("; "));
    let broken: Vec<_> = kills.iter().filter(|kill| !kill.faults.is_empty()).map(told).collect();
    assert!(broken.is_empty(), "{} of {} kills:\n{}", broken.len(), kills.len(), broken.join("\n"));
}

fn report(what: &str, seed: u64, began: Instant, kills: &[Kill]) {
    let hit = Stage::ALL.map(|stage| {
        let count = kills.iter().filter(|kill| kill.stage == stage).count();
        format!("{stage:?} {count}")
    });
    let differ = kills.iter().filter(|kill| kill.differs).count();
    eprintln!(
        "{what}: {} kills in {:.0} s, seed {seed}, {differ} hashes differ; killed while: {}",
        kills.len(),
        began.elapsed().as_secs_f64(),
        hit.join(", ")
    );
}

/// The seed that was asked for, or a new one.
fn seed() -> u64 {
    let asked = std::env::var("MAINSTAY_CRASH_SEED").ok().and_then(|text| text.parse().ok());
    let clock = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| since.as_secs());
    asked.unwrap_or_else(clock)
}
