//! The embedded engine: one writing connection with group commit, readers on connections of their own.

mod connection;

use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::Path,
    sync::{
        Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use kernel::{Problem, Result};
use rusqlite::OpenFlags;

pub(crate) use self::connection::{Connection, LONG};
use crate::{Tx, tx::Engine};

/// Older versions can corrupt their log (architecture decision 3).
const FLOOR: i32 = 3_051_003;
/// Whoever only reads has a small cache: there may be as many as threads, and what they share is in the system's.
const READING: &str = "PRAGMA query_only = ON; PRAGMA cache_size = -2048";
/// A glance may take so many thousand steps of the engine, some three milliseconds, ...
const GLANCE: i64 = 100;
/// ... and no longer than that where the machine is busy, or the disk.
const BLINK: Duration = Duration::from_millis(10);
/// A batch is committed at the latest after so many transactions.
const BATCH: usize = 256;

/// Everything that is open on one database file.
pub(crate) struct Database {
    writer: Mutex<Writer>,
    /// Transactions that wait for the writing connection or are about to.
    waiting: AtomicUsize,
    settled: Condvar,
    readers: Mutex<Vec<Connection>>,
    path: std::path::PathBuf,
}

struct Writer {
    connection: Connection,
    /// The batch that is open, or was last.
    batch: u64,
    /// Transactions in it so far; 0 when none is open.
    open: usize,
    /// The batches that are settled, and which of the latest were lost.
    settled: u64,
    lost: Vec<u64>,
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
        let writer = Writer { connection, batch: 0, open: 0, settled: 0, lost: Vec::new() };
        Ok(Database {
            writer: Mutex::new(writer),
            waiting: AtomicUsize::new(0),
            settled: Condvar::new(),
            readers: Mutex::new(Vec::new()),
            path: path.to_owned(),
        })
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

    /// Runs `work` in a savepoint of the open batch and returns when the batch is on disk.
    ///
    /// Whoever finds nobody waiting behind it commits for all: under load many transactions share one sync.
    pub(crate) fn write<T>(&self, work: impl Fn(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let mut writer = locked(&self.writer);
        let begun = writer.begin();
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        begun?;
        // Whoever panics still settles the batch: others may be waiting for it.
        let run = catch_unwind(AssertUnwindSafe(|| writer.run(&work)));
        let settled = self.settle(writer, run.is_ok());
        match run {
            Ok(answer) => settled.and(answer),
            Err(panic) => resume_unwind(panic),
        }
    }

    /// Ends a transaction's part in the batch: commits for all when nobody is waiting, else waits for whoever does.
    fn settle(&self, mut writer: MutexGuard<'_, Writer>, waits: bool) -> Result<()> {
        let mine = writer.batch;
        if !writer.still_open() {
            writer.lose();
            self.settled.notify_all();
            return Err(lost());
        }
        if self.waiting.load(Ordering::SeqCst) == 0 || writer.open >= BATCH {
            let committed = writer.commit();
            self.settled.notify_all();
            return committed;
        }
        while waits && writer.settled < mine {
            writer = self.settled.wait(writer).unwrap_or_else(PoisonError::into_inner);
        }
        if writer.lost.contains(&mine) { Err(lost()) } else { Ok(()) }
    }
}

impl Writer {
    fn begin(&mut self) -> Result<()> {
        if self.open == 0 {
            self.connection.script("BEGIN IMMEDIATE")?;
            self.batch += 1;
        }
        self.open += 1;
        Ok(())
    }

    fn run<T>(&mut self, work: impl Fn(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.connection.script("SAVEPOINT work")?;
        self.connection.statements.set(0);
        let ends = Savepoint { connection: &self.connection, keep: Cell::new(false) };
        let answer = work(&mut Tx(Engine::Lite(&self.connection)));
        ends.keep.set(answer.is_ok());
        drop(ends);
        answer
    }

    /// The engine has not thrown the whole batch away (a full disk makes it do so).
    fn still_open(&self) -> bool {
        self.connection.is_in_transaction()
    }

    fn commit(&mut self) -> Result<()> {
        let answer = self.connection.script("COMMIT");
        if answer.is_err() {
            // Nothing to do when the rollback fails as well: the engine has rolled back by itself then.
            drop(self.connection.script("ROLLBACK"));
            self.lost.push(self.batch);
        }
        self.settle();
        answer
    }

    fn lose(&mut self) {
        self.lost.push(self.batch);
        self.settle();
    }

    fn settle(&mut self) {
        self.settled = self.batch;
        self.open = 0;
        let keep = self.lost.len().saturating_sub(16);
        self.lost.drain(..keep);
    }
}

/// Ends a savepoint on every way out, a panic included.
struct Savepoint<'a> {
    connection: &'a Connection,
    keep: Cell<bool>,
}

impl Drop for Savepoint<'_> {
    fn drop(&mut self) {
        let end = if self.keep.get() { "RELEASE work" } else { "ROLLBACK TO work; RELEASE work" };
        // A failure here means that the engine gave the batch up; `still_open` finds out.
        drop(self.connection.script(end));
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn lost() -> Problem {
    Problem::busy(
        "store.lost",
        "the database gave up the batch this change was part of; nothing was written, try again",
    )
}
