//! The embedded engine: one writing connection with group commit, readers on connections of their own.

use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::Path,
    sync::{
        Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use kernel::{Problem, Result};
use rusqlite::{ErrorCode, OpenFlags, params_from_iter};

use crate::{Row, Table, Tx, Value, row::Inner, tx::Engine};

/// Older versions can corrupt their log (architecture decision 3).
const FLOOR: i32 = 3_051_003;
/// A batch is committed at the latest after so many transactions.
const BATCH: usize = 256;
const BUSY_MILLIS: u32 = 30_000;

/// A connection, counting its statements.
pub(crate) struct Connection {
    inner: rusqlite::Connection,
    pub(crate) statements: Cell<u64>,
}

impl Connection {
    fn open(path: &Path, flags: OpenFlags) -> Result<Connection> {
        let failed = |cause: rusqlite::Error| {
            let hint = "check that the folder exists, is writable and has room";
            Problem::internal("store.open", format!("cannot open the database {}: {hint}", path.display()))
                .because(cause)
        };
        let inner = rusqlite::Connection::open_with_flags(path, flags).map_err(failed)?;
        inner.set_prepared_statement_cache_capacity(512);
        inner
            .execute_batch(&format!(
                "PRAGMA busy_timeout = {BUSY_MILLIS}; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;
                 PRAGMA cache_size = -16384;"
            ))
            .map_err(failed)?;
        Ok(Connection { inner, statements: Cell::new(0) })
    }

    fn count(&self) {
        self.statements.set(self.statements.get() + 1);
    }

    pub(crate) fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<u64> {
        self.count();
        let mut statement = self.inner.prepare_cached(sql).map_err(|cause| failed(sql, cause))?;
        // A statement that answers rows (RETURNING) is drained, so that both engines accept it here.
        if statement.column_count() > 0 {
            let mut rows = statement.query(params_from_iter(values)).map_err(|cause| failed(sql, cause))?;
            let mut touched = 0;
            while rows.next().map_err(|cause| failed(sql, cause))?.is_some() {
                touched += 1;
            }
            return Ok(touched);
        }
        statement.execute(params_from_iter(values)).map(|n| n as u64).map_err(|cause| failed(sql, cause))
    }

    pub(crate) fn for_each(
        &self,
        sql: &str,
        values: &[Value<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        self.count();
        let mut statement = self.inner.prepare_cached(sql).map_err(|cause| failed(sql, cause))?;
        let mut rows = statement.query(params_from_iter(values)).map_err(|cause| failed(sql, cause))?;
        while let Some(row) = rows.next().map_err(|cause| failed(sql, cause))? {
            each(&Row(Inner::Lite(row)))?;
        }
        Ok(())
    }

    pub(crate) fn insert_all<'v, R: AsRef<[Value<'v>]>>(
        &self,
        table: &Table,
        rows: impl IntoIterator<Item = R>,
    ) -> Result<u64> {
        self.count();
        let sql = table.insert();
        let mut statement = self.inner.prepare_cached(&sql).map_err(|cause| failed(&sql, cause))?;
        let mut count = 0;
        for row in rows {
            statement.execute(params_from_iter(row.as_ref())).map_err(|cause| failed(&sql, cause))?;
            count += 1;
        }
        Ok(count)
    }

    pub(crate) fn script(&self, sql: &str) -> Result<()> {
        self.count();
        self.inner.execute_batch(sql).map_err(|cause| failed(sql, cause))
    }
}

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
        let idle = locked(&self.readers).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => {
                let flags = OpenFlags::default() & !OpenFlags::SQLITE_OPEN_CREATE;
                let fresh = Connection::open(&self.path, flags)?;
                fresh.script("PRAGMA query_only = ON")?;
                fresh
            }
        };
        connection.execute("BEGIN", &[])?;
        connection.statements.set(0);
        let answer = work(&mut Tx(Engine::Lite(&connection)));
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
        !self.connection.inner.is_autocommit()
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

fn failed(sql: &str, cause: rusqlite::Error) -> Problem {
    let code = cause.sqlite_error_code();
    match code {
        Some(ErrorCode::ConstraintViolation) => Problem::conflict(
            "store.conflict",
            "a row with the same key exists, or one it refers to does not",
        ),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            Problem::busy("store.busy", "the database is held by another program; try again in a moment")
        }
        Some(ErrorCode::DiskFull) => {
            Problem::busy("store.full", "the disk is full; nothing was written, make room and try again")
        }
        Some(ErrorCode::ReadOnly) => {
            Problem::internal("store.read_only", "the database cannot be written here")
        }
        _ => Problem::internal("store.statement", format!("the database refused {:?}", head(sql))),
    }
    .because(cause)
}

fn head(sql: &str) -> String {
    sql.split_whitespace().take(12).collect::<Vec<_>>().join(" ")
}
