//! Runs a test on both engines.

use std::sync::atomic::{AtomicU32, Ordering};

use store::{Location, Migration, Store};

/// The address of a server on which tests may make and drop databases.
const SERVER: &str = "MAINSTAY_TEST_POSTGRES";

/// A database of a test's own, gone when the test ends.
pub struct Bench {
    /// Where it is.
    pub location: Location,
    _folder: tempfile::TempDir,
    drop: Option<(String, String)>,
}

impl Bench {
    /// A file in a folder of its own.
    ///
    /// # Panics
    /// When no folder can be made.
    pub fn file() -> Bench {
        let folder = tempfile::tempdir().expect("the machine has room for a test folder");
        Bench { location: Location::File(folder.path().join("mainstay.db")), _folder: folder, drop: None }
    }

    /// A database of the test server; nothing where no server is named, which is said.
    ///
    /// # Panics
    /// When the server is named and does not answer.
    pub fn server() -> Option<Bench> {
        let Ok(url) = std::env::var(SERVER) else {
            eprintln!("not run on the server engine: {SERVER} names no server (make test does)");
            return None;
        };
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("mainstay_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        administer(&url, &format!("CREATE DATABASE {name}"));
        let (base, _) = url.rsplit_once('/').expect("the address ends in /database");
        let location = Location::Server(format!("{base}/{name}"));
        let folder = tempfile::tempdir().expect("the machine has room for a test folder");
        Some(Bench { location, _folder: folder, drop: Some((url, name)) })
    }

    /// One bench per engine that is there.
    pub fn all() -> Vec<Bench> {
        [Some(Bench::file()), Bench::server()].into_iter().flatten().collect()
    }

    /// The word for messages.
    pub fn engine(&self) -> &'static str {
        match self.location {
            Location::File(_) => "the embedded engine",
            Location::Server(_) => "the server engine",
        }
    }

    /// Opens the database.
    ///
    /// # Panics
    /// When it does not open.
    pub fn open(&self, migrations: &[Migration]) -> Store {
        Store::open(&self.location, migrations).expect("a fresh database opens")
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        if let Some((url, name)) = &self.drop {
            administer(url, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

/// Runs `test` once per engine, on a fresh database each.
///
/// # Panics
/// When `test` does.
pub fn both(migrations: &[Migration], mut test: impl FnMut(&Store)) {
    for bench in Bench::all() {
        eprintln!("on {}", bench.engine());
        test(&bench.open(migrations));
    }
}

fn administer(url: &str, sql: &str) {
    let mut client = postgres::Client::connect(url, postgres::NoTls).expect("the test server answers");
    client.batch_execute(sql).expect("the test server makes and drops databases");
}
