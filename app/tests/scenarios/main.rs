//! The stories of docs/scenarios, typed as they stand there.
//!
//! Ids are shuffled for each installation; here the letters are put in an order of their own first, so that an id in a
//! story is the id that its command answers. `TRYCMD=overwrite` writes the answers down anew.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod faces;

use std::{
    env, fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use mainstay::slices;
use store::{Location, Store};
use tempfile::TempDir;

/// The letters of ids in the stories.
const LETTERS: &str = "k3G7QAe51FCsPW92uEyq4Bg6Sp8zVTmnU0iwDdHXLajZrfxNhobJRcMvKtY";
const REAL: &str = "../../shared/data/online_retail/online_retail_2010-12-01_2011-08-31.csv.gz";

/// The folder in which the stories are typed: the files that they name, and the real file where it is.
static DESK: LazyLock<TempDir> = LazyLock::new(|| {
    let desk = tempfile::tempdir().unwrap();
    for file in fs::read_dir(stories()).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), desk.path().join(file.file_name())).unwrap();
    }
    if let Some(real) = real() {
        fs::copy(&real, desk.path().join(real.file_name().unwrap())).unwrap();
    }
    env::set_current_dir(desk.path()).unwrap();
    desk
});

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn stories() -> PathBuf {
    root().join("../docs/scenarios").canonicalize().unwrap()
}

fn real() -> Option<PathBuf> {
    Some(root().join(REAL)).filter(|path| path.exists())
}

/// Types a story in a house of its own, which it leaves behind.
fn told(story: &str) -> TempDir {
    let desk = DESK.path();
    assert!(desk.exists());
    let data = tempfile::tempdir().unwrap();
    let location = Location::File(data.path().join("mainstay.db"));
    let house = Store::open(&location, &slices::migrations(&slices::all())).unwrap();
    house.write(&testkit::at("2025-01-01"), |tx| tx.set("id.alphabet", LETTERS)).unwrap();
    drop(house);
    let cases = trycmd::TestCases::new();
    cases.register_bin("mainstay", trycmd::schema::Bin::Path(env!("CARGO_BIN_EXE_mainstay").into()));
    cases.env("MAINSTAY_DATA", data.path().to_str().unwrap()).env("MAINSTAY_DATABASE", "");
    cases.case(stories().join(story)).run();
    data
}

#[test]
fn the_book_comes_in() {
    told("the-book-comes-in.md");
}

#[test]
fn the_real_book_comes_in() {
    match real() {
        Some(_) => drop(told("the-real-book-comes-in.md")),
        None => eprintln!("not run: the real file is not here"),
    }
}

#[test]
fn why() {
    let data = told("why.md");
    faces::show_the_same(data.path());
}

#[test]
fn who_is_what() {
    told("who-is-what.md");
}

#[test]
fn interest_and_what_we_do_alone() {
    told("interest.md");
}

#[test]
fn in_time() {
    told("in-time.md");
}

#[test]
fn who_left() {
    told("who-left.md");
}

#[test]
fn by_hand() {
    told("by-hand.md");
}

#[test]
fn looking_around() {
    told("looking-around.md");
}

#[test]
fn another_reading() {
    told("another-reading.md");
}
