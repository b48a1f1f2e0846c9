//! The server engine: a few connections, serializable transactions, repeated when they collide.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use fallible_iterator::FallibleIterator;
use kernel::{Problem, Result};
use postgres::{
    Client, NoTls, Statement,
    binary_copy::BinaryCopyInWriter,
    error::SqlState,
    types::{ToSql, Type},
};

use crate::{ColumnKind, Row, Table, Tx, Value, dialect, row::Inner, tx::Engine};

/// Writers take turns, as on the embedded engine: nearly every transaction takes ids and seals the audit, so without a
/// turn they would collide there and be run again and again. The number is ours alone within the database.
const TURN: i64 = 7_313_001;
/// A transaction that collides with others is run again so often before it gives up.
const TRIES: usize = 12;

/// Each execution is planned for the size that its tables have by then. A plan that is kept was made when they were
/// empty, reads them whole, and does so for as long as an import fills them: 100,000 people took five times as long.
/// Compiling a plan to machine code costs more than any answer here.
const PLANS: &str = "SET plan_cache_mode = force_custom_plan; SET jit = off";

/// Whoever only reads asks the same again and again, of tables that hardly grow meanwhile: a plan may be kept as long as it
/// is no worse, which spares planning a page for each of its viewers.
const READING: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL plan_cache_mode = auto";

/// A connection with its prepared statements.
pub(crate) struct Connection {
    client: Client,
    prepared: HashMap<String, Statement>,
    pub(crate) statements: u64,
}

impl Connection {
    fn open(url: &str) -> Result<Connection> {
        let client = Client::connect(url, NoTls).map_err(|cause| {
            Problem::busy(
                "store.connect",
                format!("cannot reach the database server ({cause}); check the address after --database"),
            )
            .because(cause)
        })?;
        let mut connection = Connection { client, prepared: HashMap::new(), statements: 0 };
        connection.script(PLANS)?;
        Ok(connection)
    }

    fn statement(&mut self, sql: &str) -> Result<Statement> {
        self.statements += 1;
        if let Some(known) = self.prepared.get(sql) {
            return Ok(known.clone());
        }
        let made = self.client.prepare(&dialect::numbered(sql)).map_err(|cause| failed(sql, cause))?;
        self.prepared.insert(sql.to_owned(), made.clone());
        Ok(made)
    }

    pub(crate) fn execute(&mut self, sql: &str, values: &[Value<'_>]) -> Result<u64> {
        let statement = self.statement(sql)?;
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        self.client.execute(&statement, &values).map_err(|cause| failed(sql, cause))
    }

    pub(crate) fn for_each(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let statement = self.statement(sql)?;
        let mut rows = self.client.query_raw(&statement, values).map_err(|cause| failed(sql, cause))?;
        while let Some(row) = rows.next().map_err(|cause| failed(sql, cause))? {
            each(&Row(Inner::Pg(&row)))?;
        }
        Ok(())
    }

    pub(crate) fn insert_all<'v, R: AsRef<[Value<'v>]>>(
        &mut self,
        table: &Table,
        rows: impl IntoIterator<Item = R>,
    ) -> Result<u64> {
        self.statements += 1;
        let mut rows = rows.into_iter().peekable();
        if rows.peek().is_none() {
            return Ok(0);
        }
        let names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
        let sql = format!("COPY {} ({}) FROM STDIN BINARY", table.name, names.join(", "));
        let kinds: Vec<Type> = table.columns.iter().map(|column| wire(column.kind)).collect();
        let sink = self.client.copy_in(&sql).map_err(|cause| failed(&sql, cause))?;
        let mut writer = BinaryCopyInWriter::new(sink, &kinds);
        for row in rows {
            let cells: Vec<&(dyn ToSql + Sync)> = row.as_ref().iter().map(|value| value as _).collect();
            writer.write(&cells).map_err(|cause| failed(&sql, cause))?;
        }
        writer.finish().map_err(|cause| failed(&sql, cause))
    }

    pub(crate) fn rewrite_all<'v, R: AsRef<[Value<'v>]>>(
        &mut self,
        table: &Table,
        columns: &[&str],
        rows: &[R],
    ) -> Result<u64> {
        let kinds = columns.iter().map(|column| table.kind(column)).collect::<Result<Vec<_>>>()?;
        let types: Vec<_> = kinds.iter().map(|kind| name_of(&wire(*kind))).collect();
        let lists: Vec<Vec<Value<'v>>> = (0..columns.len())
            .map(|n| rows.iter().map(|row| row.as_ref().get(n).copied().unwrap_or(Value::Null)).collect())
            .collect();
        let sql = table.rewrite_from_lists(columns, &types);
        let statement = self.statement(&sql)?;
        let lists: Vec<&(dyn ToSql + Sync)> = lists.iter().map(|list| list as _).collect();
        self.client.execute(&statement, &lists).map_err(|cause| failed(&sql, cause))
    }

    pub(crate) fn script(&mut self, sql: &str) -> Result<()> {
        self.statements += 1;
        self.client.batch_execute(sql).map_err(|cause| failed(sql, cause))
    }

    /// Nothing that a crash may lose, or the promises of the house do not hold (architecture decision 3).
    fn check(&mut self) -> Result<()> {
        for name in ["fsync", "full_page_writes", "synchronous_commit"] {
            let row =
                self.client.query_one(&format!("SHOW {name}"), &[]).map_err(|cause| failed(name, cause))?;
            if row.get::<_, &str>(0) == "off" {
                return Err(Problem::internal(
                    "store.engine_floor",
                    format!(
                        "the database server runs with {name} = off and could lose what it confirmed; turn it on"
                    ),
                ));
            }
        }
        Ok(())
    }
}

/// Connections to one server database.
pub(crate) struct Database {
    url: String,
    idle: Mutex<Vec<Connection>>,
}

impl Database {
    pub(crate) fn open(url: &str) -> Result<Database> {
        let mut first = Connection::open(url)?;
        first.check()?;
        Ok(Database { url: url.to_owned(), idle: Mutex::new(vec![first]) })
    }

    pub(crate) fn read<T>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let mut connection = self.connection()?;
        connection.script(READING)?;
        connection.statements = 0;
        let answer = work(&mut Tx(Engine::Pg(&mut connection)));
        connection.script("ROLLBACK")?;
        self.idle().push(connection);
        answer
    }

    pub(crate) fn write<T>(&self, work: impl Fn(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let mut tries = 1;
        loop {
            match self.attempt(&work) {
                Err(problem) if problem.code == "store.collision" && tries < TRIES => tries += 1,
                answer => return answer,
            }
        }
    }

    /// One try; a connection that failed at ending its transaction is not used again.
    fn attempt<T>(&self, work: &impl Fn(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let mut connection = self.connection()?;
        connection.script(&format!("SELECT pg_advisory_lock({TURN})"))?;
        connection.script("BEGIN ISOLATION LEVEL SERIALIZABLE")?;
        connection.statements = 0;
        let answer = work(&mut Tx(Engine::Pg(&mut connection)));
        let answer = match answer {
            Ok(value) => connection.script("COMMIT").map(|()| value),
            Err(problem) => connection.script("ROLLBACK").and(Err(problem)),
        };
        // A connection that cannot give its turn back is not used again: closing it gives the turn back.
        if connection.script(&format!("SELECT pg_advisory_unlock({TURN})")).is_ok() {
            self.idle().push(connection);
        }
        answer
    }

    fn connection(&self) -> Result<Connection> {
        let idle = self.idle().pop().filter(|connection| !connection.client.is_closed());
        idle.map_or_else(|| Connection::open(&self.url), Ok)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn wire(kind: ColumnKind) -> Type {
    match kind {
        ColumnKind::Text => Type::TEXT,
        ColumnKind::Bytes => Type::BYTEA,
        _ => Type::INT8,
    }
}

/// How a type is written in a statement.
fn name_of(kind: &Type) -> &'static str {
    match *kind {
        Type::TEXT => "text",
        Type::BYTEA => "bytea",
        _ => "bigint",
    }
}

fn failed(sql: &str, cause: postgres::Error) -> Problem {
    let state = cause.code();
    let class = state.map(|state| state.code().get(..2).unwrap_or_default());
    if state == Some(&SqlState::T_R_SERIALIZATION_FAILURE) || state == Some(&SqlState::T_R_DEADLOCK_DETECTED)
    {
        return Problem::busy("store.collision", "others changed the same rows at once; try again")
            .because(cause);
    }
    match class {
        Some("23") => Problem::conflict(
            "store.conflict",
            "a row with the same key exists, or one it refers to does not",
        ),
        Some("53") => {
            Problem::busy("store.full", "the database server has no room left; nothing was written")
        }
        Some("57" | "08") | None => {
            Problem::busy("store.connect", "the connection to the database server was lost; try again")
        }
        _ => Problem::internal("store.statement", format!("the database refused {:?}", head(sql))),
    }
    .because(cause)
}

fn head(sql: &str) -> String {
    sql.split_whitespace().take(12).collect::<Vec<_>>().join(" ")
}
