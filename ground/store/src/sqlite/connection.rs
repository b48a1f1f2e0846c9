//! One connection to the embedded engine: statements run, rows handed over, failures put in words.

use std::{
    cell::Cell,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use kernel::{Problem, Result};
use rusqlite::{ErrorCode, OpenFlags, config::DbConfig, params_from_iter};

use crate::{Row, Table, Value, row::Inner};

const BUSY_MILLIS: u32 = 30_000;
/// The code of the refusal of what takes more steps than it was given.
pub(crate) const LONG: &str = "store.long";
/// Whether steps are left is looked at after so many of them.
const STRIDE: i32 = 1_000;

/// A connection, counting its statements.
pub(crate) struct Connection {
    inner: rusqlite::Connection,
    pub(crate) statements: Cell<u64>,
    allowance: Arc<Allowance>,
}

/// What the engine may still spend.
struct Allowance {
    /// Strides.
    left: AtomicI64,
    /// Microseconds since `began`, up to when.
    until: AtomicU64,
    began: Instant,
}

impl Allowance {
    fn set(&self, strides: i64, time: Duration) {
        let until = self.began.elapsed().saturating_add(time).as_micros();
        self.until.store(u64::try_from(until).unwrap_or(u64::MAX), Ordering::Relaxed);
        self.left.store(strides, Ordering::Relaxed);
    }

    /// Takes a stride; whether one too many.
    fn is_spent(&self) -> bool {
        let is_over = |until: u64| until < u64::MAX && u128::from(until) < self.began.elapsed().as_micros();
        self.left.fetch_sub(1, Ordering::Relaxed) <= 0 || is_over(self.until.load(Ordering::Relaxed))
    }
}

impl Connection {
    /// Opens the file.
    pub(super) fn open(path: &Path, flags: OpenFlags) -> Result<Connection> {
        let failed = |cause: rusqlite::Error| {
            let hint = "check that the folder exists, is writable and has room";
            Problem::internal("store.open", format!("cannot open the database {}: {hint}", path.display()))
                .because(cause)
        };
        let mut inner = rusqlite::Connection::open_with_flags(path, flags).map_err(failed)?;
        inner.set_prepared_statement_cache_capacity(512);
        // A plan is made once: else each statement with a limit is planned anew for each limit, at each call.
        inner.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(failed)?;
        inner
            .execute_batch(&format!(
                "PRAGMA busy_timeout = {BUSY_MILLIS}; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;
                 PRAGMA cache_size = -16384;"
            ))
            .map_err(failed)?;
        let (left, until) = (AtomicI64::new(i64::MAX), AtomicU64::new(u64::MAX));
        let allowance = Arc::new(Allowance { left, until, began: Instant::now() });
        let spent = Arc::clone(&allowance);
        inner.progress_handler(STRIDE, Some(move || spent.is_spent())).map_err(failed)?;
        Ok(Connection { inner, statements: Cell::new(0), allowance })
    }

    /// Lets the engine take about so many thousand steps from now on, within that time; what needs more is refused as
    /// [`LONG`]. Time is looked at after each thousand: a page that comes from a slow disk in between is waited for.
    pub(super) fn allow(&self, thousands: i64, time: Duration) {
        self.allowance.set(thousands, time);
    }

    /// Lets the engine take what it takes.
    pub(super) fn allow_all(&self) {
        self.allowance.set(i64::MAX, Duration::MAX);
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

    pub(crate) fn rewrite_all<'v, R: AsRef<[Value<'v>]>>(
        &self,
        table: &Table,
        columns: &[&str],
        rows: &[R],
    ) -> Result<u64> {
        self.count();
        columns.iter().try_for_each(|column| table.kind(column).map(drop))?;
        let sql = table.rewrite(columns);
        let mut statement = self.inner.prepare_cached(&sql).map_err(|cause| failed(&sql, cause))?;
        let mut found = 0;
        for row in rows {
            let touched = statement.execute(params_from_iter(row.as_ref()));
            found += touched.map_err(|cause| failed(&sql, cause))? as u64;
        }
        Ok(found)
    }

    pub(crate) fn script(&self, sql: &str) -> Result<()> {
        self.count();
        self.inner.execute_batch(sql).map_err(|cause| failed(sql, cause))
    }

    /// The engine has not thrown the open transaction away.
    pub(super) fn is_in_transaction(&self) -> bool {
        !self.inner.is_autocommit()
    }
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
        Some(ErrorCode::OperationInterrupted) => Problem::busy(
            LONG,
            "this takes longer than was allowed for; ask again where it may take its time",
        ),
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
