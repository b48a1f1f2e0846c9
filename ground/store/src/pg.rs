//! The server engine: who reads has a connection and a moment of their own, who writes takes turns and commits together.

mod cells;
mod connection;
mod failure;

use std::sync::{Mutex, MutexGuard, PoisonError};

use kernel::Result;

pub(crate) use self::connection::Connection;
use crate::{
    Tx,
    batch::{Batches, Channel, Written, lost},
    tx::Engine,
};

/// A transaction that collides with others is run again so often before it gives up.
const TRIES: usize = 12;

/// Whoever only reads asks the same again and again, of tables that hardly grow meanwhile: a plan may be kept as long as it
/// is no worse, which spares planning a page for each of its viewers. Compiling a plan to machine code costs more than any
/// answer here.
const READING: &str = "SET jit = off; SET plan_cache_mode = auto;
    SET default_transaction_isolation = 'repeatable read'; SET default_transaction_read_only = on";

/// Each execution is planned for the size that its tables have by then. A plan that is kept was made when they were
/// empty, reads them whole, and does so for as long as an import fills them: 100,000 people took five times as long.
///
/// Whoever writes has the turn, and begins after those before them have ended: nothing of ours changes beside them, so that
/// one moment is all they need to see (decision 27).
const WRITING: &str = "SET jit = off; SET plan_cache_mode = force_custom_plan;
    SET default_transaction_isolation = 'repeatable read'";

/// Writers take turns, as on the embedded engine: nearly every transaction takes ids and seals the audit, so without a
/// turn they would collide there and be run again and again. The number is ours alone within the database.
const TURN: &str = "SELECT pg_advisory_lock(7313001)";
/// Gives the turn back.
const TURN_OVER: &str = "SELECT pg_advisory_unlock(7313001)";

/// Connections to one server database.
pub(crate) struct Database {
    url: String,
    batches: Batches<Turns>,
    idle: Mutex<Vec<Connection>>,
}

impl Database {
    pub(crate) fn open(url: &str) -> Result<Database> {
        let mut connection = Connection::open(url, WRITING)?;
        connection.check()?;
        let batches = Batches::new(Turns { url: url.to_owned(), connection: Some(connection) });
        Ok(Database { url: url.to_owned(), batches, idle: Mutex::new(Vec::new()) })
    }

    /// Runs `work` in a transaction of its own on what is committed now.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let idle = self.idle().pop();
        // Nobody else waits for the pool while this one wakes.
        let mut connection =
            idle.filter(Connection::is_awake).map_or_else(|| Connection::open(&self.url, READING), Ok)?;
        connection.go_before("BEGIN");
        connection.statements = 0;
        let answer = work(&mut Tx(Engine::Pg(&mut connection)));
        if connection.part("ROLLBACK") && connection.is_sound() {
            self.idle().push(connection);
        }
        answer
    }

    /// Runs `work` in a transaction of its own and returns when it is on disk; again where somebody who took no turn wrote
    /// the same rows meanwhile.
    pub(crate) fn write<T>(&self, work: impl Fn(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let mut tries = 1;
        loop {
            match self.batches.write(&work) {
                Err(problem) if problem.code == "store.collision" && tries < TRIES => tries += 1,
                answer => return answer,
            }
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The connection that writes, by turns with those of other programs; none where the last one failed: closing it gave back
/// whatever turn it had.
struct Turns {
    url: String,
    connection: Option<Connection>,
}

/// Takes the turn and begins after it: everybody who had it before has ended.
fn begin(connection: &mut Connection) -> Result<()> {
    let (turn, begun) = connection.both(TURN, "BEGIN");
    turn.and(begun)
}

impl Channel for Turns {
    /// The server keeps so many transactions within one in reach of everybody (`PGPROC_MAX_CACHED_SUBXIDS` is 64); beyond,
    /// readers look each up.
    const BATCH: usize = 60;

    /// A connection that was lost while nobody wrote is opened anew.
    fn begin(&mut self) -> Result<()> {
        let rested = self.connection.take().filter(Connection::is_awake);
        let rested = rested.and_then(|mut connection| begin(&mut connection).is_ok().then_some(connection));
        self.connection = Some(match rested {
            Some(connection) => connection,
            None => {
                let mut fresh = Connection::open(&self.url, WRITING)?;
                begin(&mut fresh)?;
                fresh
            }
        });
        Ok(())
    }

    fn enter(&mut self) -> Result<()> {
        if let Some(connection) = &mut self.connection {
            connection.go_before("SAVEPOINT work");
            connection.statements = 0;
        }
        Ok(())
    }

    fn tx(&mut self) -> Tx<'_> {
        Tx(Engine::Pg(self.connection.as_mut().expect("a batch has begun, which sets the connection")))
    }

    fn leave(&mut self, stays: bool) {
        if let Some(connection) = &mut self.connection {
            connection.go_before(if stays { "RELEASE work" } else { "ROLLBACK TO work; RELEASE work" });
        }
    }

    fn is_open(&self) -> bool {
        self.connection.as_ref().is_some_and(Connection::is_sound)
    }

    /// A turn that cannot be given back is given back by closing the connection; what was committed is.
    fn commit(&mut self) -> Result<()> {
        let Some(mut connection) = self.connection.take() else { return Err(lost(Written::No)) };
        let (committed, _) = connection.both("COMMIT", TURN_OVER);
        self.connection = Some(connection).filter(Connection::is_sound);
        committed
    }

    fn give_up(&mut self) {
        // Whatever comes of it, closing the connection ends the transaction and the turn.
        if let Some(mut connection) = self.connection.take() {
            drop(connection.both("ROLLBACK", TURN_OVER));
        }
    }
}
