//! The embedded engine: one writing connection with group commit, readers on connections of their own.

mod connection;

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use kernel::{Problem, Result};
use rusqlite::OpenFlags;

pub(crate) use self::connection::{Connection, LONG};
use crate::{
    Tx,
    batch::{Batches, Channel},
    tx::Engine,
};

/// Older versions can corrupt their log (architecture decision 3).
const FLOOR: i32 = 3_051_003;
/// Whoever only reads has a small cache: there may be as many as threads, and what they share is in the system's.
const READING: &str = "PRAGMA query_only = ON; PRAGMA cache_size = -2048";
/// A glance may take so many thousand steps of the engine, some three milliseconds, ...
const GLANCE: i64 = 100;
/// ... and no longer than that where the machine is busy, or the disk.
const BLINK: Duration = Duration::from_millis(10);

/// Everything that is open on one database file.
pub(crate) struct Database {
    batches: Batches<Connection>,
    readers: Mutex<Vec<Connection>>,
    path: PathBuf,
}

impl Database {
    pub(crate) fn open(path: &Path) -> Result<Database> {
        if rusqlite::version_number() < FLOOR {
            return Err(Problem::internal(
                "store.engine_floor",
                format!("the embedded engine {} is older than 3.51.3", rusqlite::version()),
            ));
        }
        let connection = Connection::open(path, OpenFlags::default())?;
        connection.script(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;",
        )?;
        let batches = Batches::new(connection);
        Ok(Database { batches, readers: Mutex::new(Vec::new()), path: path.to_owned() })
    }

    /// Runs `work` in a transaction of its own on what is committed now.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.read_within(Connection::allow_all, work)
    }

    /// As [`Database::read`], but nothing where it takes longer than a glance.
    pub(crate) fn glance<T>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<Option<T>> {
        match self.read_within(|connection| connection.allow(GLANCE, BLINK), work) {
            Err(problem) if problem.code == LONG => Ok(None),
            answer => answer.map(Some),
        }
    }

    fn read_within<T>(
        &self,
        allow: impl FnOnce(&Connection),
        work: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    ) -> Result<T> {
        let idle = locked(&self.readers).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => {
                let flags = OpenFlags::default() & !OpenFlags::SQLITE_OPEN_CREATE;
                let fresh = Connection::open(&self.path, flags)?;
                fresh.script(READING)?;
                fresh
            }
        };
        allow(&connection);
        connection.execute("BEGIN", &[])?;
        connection.statements.set(0);
        let answer = work(&mut Tx(Engine::Lite(&connection)));
        connection.allow_all();
        connection.execute("ROLLBACK", &[])?;
        locked(&self.readers).push(connection);
        answer
    }

    /// Runs `work` in a transaction of its own and returns when it is on disk.
    pub(crate) fn write<T>(&self, work: impl Fn(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.batches.write(work)
    }
}

impl Channel for Connection {
    const BATCH: usize = 256;

    fn begin(&mut self) -> Result<()> {
        self.script("BEGIN IMMEDIATE")
    }

    fn enter(&mut self) -> Result<()> {
        self.script("SAVEPOINT work")?;
        self.statements.set(0);
        Ok(())
    }

    fn tx(&mut self) -> Tx<'_> {
        Tx(Engine::Lite(self))
    }

    fn leave(&mut self, stays: bool) {
        let end = if stays { "RELEASE work" } else { "ROLLBACK TO work; RELEASE work" };
        // A failure here means that the engine gave the batch up; `is_open` finds out.
        drop(self.script(end));
    }

    fn is_open(&self) -> bool {
        self.is_in_transaction()
    }

    fn commit(&mut self) -> Result<()> {
        let answer = self.script("COMMIT");
        if answer.is_err() {
            self.give_up();
        }
        answer
    }

    fn give_up(&mut self) {
        // Nothing to do when it fails: the engine has rolled back by itself then.
        drop(self.script("ROLLBACK"));
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
