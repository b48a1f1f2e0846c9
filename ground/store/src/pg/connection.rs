//! One connection to the server: statements asked, rows handed over.

use std::{cell::Cell, collections::HashMap, mem::take, pin::pin, time::Duration};

use futures_util::{FutureExt, StreamExt, future::join};
use kernel::{Problem, Result};
use tokio::{
    runtime::{Builder, Runtime},
    task::yield_now,
};
use tokio_postgres::{
    Client, Config, Error, NoTls, Statement,
    binary_copy::BinaryCopyInWriter,
    types::{ToSql, Type},
};

use super::{
    cells::{lists, must_be_whole, name_of, wire},
    failure::failed,
};
use crate::{
    Row, Table, Value,
    batch::{Written, lost},
    dialect,
    row::Inner,
};

/// A server that cannot be reached, or that has vanished, is given up after this time, where the address says no other:
/// everybody who writes waits for it.
const PATIENCE: Duration = Duration::from_secs(20);
/// So many rows of an answer are taken in one go where they are there.
const CHUNK: usize = 64;
/// Up to so many rows are inserted by a statement; more are copied in, which asks three times for what a statement asks once.
const FEW: usize = 100;

/// A connection with its prepared statements.
pub(crate) struct Connection {
    client: Client,
    prepared: HashMap<String, Statement>,
    /// What goes to the server before whatever is asked next, in the same go.
    before: String,
    /// Something that went before failed, or one of two that went together: it is used no more.
    is_broken: Cell<bool>,
    /// Whoever read an answer last left before its end, so that the rest of it may keep the server from what comes after.
    is_unread: Cell<bool>,
    /// Carries what is asked and answered while somebody waits here.
    runtime: Runtime,
    pub(crate) statements: u64,
}

impl Connection {
    /// Connects; `session` is what holds for all that is asked here.
    pub(super) fn open(url: &str, session: &str) -> Result<Connection> {
        let runtime = Builder::new_current_thread().enable_all().build().map_err(|cause| {
            Problem::busy("store.connect", "this machine lets no more be opened; try again").because(cause)
        })?;
        let opened = runtime.block_on(async {
            let mut config: Config = url.parse()?;
            if config.get_connect_timeout().is_none() {
                config.connect_timeout(PATIENCE);
            }
            if config.get_tcp_user_timeout().is_none() {
                config.tcp_user_timeout(PATIENCE);
            }
            let (client, connection) = config.connect(NoTls).await?;
            // Ends when the client does, or the server.
            tokio::spawn(connection.map(drop));
            client.batch_execute(session).await?;
            Ok::<_, Error>(client)
        });
        let client = opened.map_err(|cause| {
            Problem::busy(
                "store.connect",
                format!("cannot reach the database server ({cause}); check the address after --database"),
            )
            .because(cause)
        })?;
        let (prepared, before) = (HashMap::new(), String::new());
        let (is_broken, is_unread) = (Cell::new(false), Cell::new(false));
        Ok(Connection { client, prepared, before, is_broken, is_unread, runtime, statements: 0 })
    }

    /// Nothing that a crash may lose, or the promises of the house do not hold (architecture decision 3).
    pub(super) fn check(&mut self) -> Result<()> {
        for name in ["fsync", "full_page_writes", "synchronous_commit"] {
            let sql = format!("SHOW {name}");
            let row = self.runtime.block_on(self.client.query_one(&sql, &[]));
            let row = row.map_err(|cause| failed(&sql, cause))?;
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

    /// Reads what the server sent while this connection rested; whether it can be asked further.
    pub(super) fn is_awake(&self) -> bool {
        self.runtime.block_on(async {
            // What has arrived is seen at the first, and read before the second returns.
            yield_now().await;
            yield_now().await;
        });
        self.is_sound()
    }

    /// The way to the server stands, and whatever went before a statement was done.
    pub(super) fn is_sound(&self) -> bool {
        !self.is_broken.get() && !self.client.is_closed()
    }

    /// Has a script go to the server before whatever is asked next. Its failure is that of what is asked.
    pub(super) fn go_before(&mut self, script: &str) {
        if !self.before.is_empty() {
            self.before.push(';');
        }
        self.before.push_str(script);
    }

    /// Runs two scripts, the second even where the first fails, in one exchange; after a failure of either, or of what went
    /// before them, the connection is used no more. Where that failed, so did both.
    pub(super) fn both(&mut self, first: &str, second: &str) -> (Result<()>, Result<()>) {
        let before = take(&mut self.before);
        let request = join(self.client.batch_execute(first), self.client.batch_execute(second));
        let answers = match self.answer(&before, request) {
            Ok((one, other)) => {
                (one.map_err(|cause| failed(first, cause)), other.map_err(|cause| failed(second, cause)))
            }
            Err(cause) if self.client.is_closed() => {
                (Err(failed(&before, cause)), Err(lost(Written::Perhaps)))
            }
            Err(cause) => (Err(lost(Written::No).because(cause)), Err(lost(Written::No))),
        };
        self.is_broken.set(self.is_broken.get() || answers.0.is_err() || answers.1.is_err());
        answers
    }

    /// Sends a last script without waiting for its answer, where anything was asked at all; whether the server is sure to
    /// hear it.
    pub(super) fn part(&mut self, script: &str) -> bool {
        if self.is_unread.get() {
            return false;
        }
        let is_unasked = !take(&mut self.before).is_empty();
        is_unasked
            || self.runtime.block_on(async {
                let sent = self.client.batch_execute(script).now_or_never();
                yield_now().await;
                !matches!(sent, Some(Err(_)))
            })
    }

    /// What the server answers to a request, and to what goes before it.
    fn answer<T>(&self, before: &str, request: impl Future<Output = T>) -> std::result::Result<T, Error> {
        self.runtime.block_on(async {
            if before.is_empty() {
                return Ok(request.await);
            }
            let (done, answer) = join(self.client.batch_execute(before), request).await;
            self.is_broken.set(self.is_broken.get() || done.is_err());
            done.map(|()| answer)
        })
    }

    fn statement(&mut self, sql: &str) -> Result<Statement> {
        self.statements += 1;
        if let Some(known) = self.prepared.get(sql) {
            return Ok(known.clone());
        }
        let before = take(&mut self.before);
        let made = self.answer(&before, self.client.prepare(&dialect::numbered(sql)));
        let made = made.flatten().map_err(|cause| failed(sql, cause))?;
        self.prepared.insert(sql.to_owned(), made.clone());
        Ok(made)
    }

    pub(crate) fn execute(&mut self, sql: &str, values: &[Value<'_>]) -> Result<u64> {
        let values: Vec<_> = values.iter().map(|value| value as _).collect();
        self.run(sql, &values)
    }

    fn run(&mut self, sql: &str, values: &[&(dyn ToSql + Sync)]) -> Result<u64> {
        let statement = self.statement(sql)?;
        let before = take(&mut self.before);
        let touched = self.answer(&before, self.client.execute(&statement, values));
        touched.flatten().map_err(|cause| failed(sql, cause))
    }

    pub(crate) fn for_each(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let statement = self.statement(sql)?;
        let before = take(&mut self.before);
        let rows = self.answer(&before, self.client.query_raw(&statement, values));
        let rows = rows.flatten().map_err(|cause| failed(sql, cause))?;
        let mut rows = pin!(rows.ready_chunks(CHUNK));
        self.is_unread.set(true);
        while let Some(chunk) = self.runtime.block_on(rows.next()) {
            for row in chunk {
                each(&Row(Inner::Pg(&row.map_err(|cause| failed(sql, cause))?)))?;
            }
        }
        self.is_unread.set(false);
        Ok(())
    }

    pub(crate) fn insert_all<'v, R: AsRef<[Value<'v>]>>(
        &mut self,
        table: &Table,
        rows: impl IntoIterator<Item = R>,
    ) -> Result<u64> {
        let mut rows = rows.into_iter();
        let first: Vec<R> = rows.by_ref().take(FEW + 1).collect();
        match &first[..] {
            [] => {
                self.statements += 1;
                Ok(0)
            }
            [only] => self.execute(&table.insert(), only.as_ref()),
            few if few.len() <= FEW => self.insert_few(table, few),
            _ => self.copy(table, first.into_iter().chain(rows)),
        }
    }

    fn insert_few<'v, R: AsRef<[Value<'v>]>>(&mut self, table: &Table, rows: &[R]) -> Result<u64> {
        rows.iter().try_for_each(|row| must_be_whole(table, row.as_ref()))?;
        let types: Vec<_> = table.columns.iter().map(|column| name_of(&wire(column.kind))).collect();
        let lists = lists(rows, types.len());
        let lists: Vec<_> = lists.iter().map(|list| list as _).collect();
        self.run(&table.insert_from_lists(&types), &lists)
    }

    fn copy<'v, R: AsRef<[Value<'v>]>>(
        &mut self,
        table: &Table,
        rows: impl Iterator<Item = R>,
    ) -> Result<u64> {
        let names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
        let sql = format!("COPY {} ({}) FROM STDIN BINARY", table.name, names.join(", "));
        let kinds: Vec<Type> = table.columns.iter().map(|column| wire(column.kind)).collect();
        let statement = self.statement(&sql)?;
        let before = take(&mut self.before);
        let sink = self.answer(&before, self.client.copy_in(&statement));
        let sink = sink.flatten().map_err(|cause| failed(&sql, cause))?;
        let mut writer = pin!(BinaryCopyInWriter::new(sink, &kinds));
        for row in rows {
            must_be_whole(table, row.as_ref())?;
            let cells: Vec<&(dyn ToSql + Sync)> = row.as_ref().iter().map(|value| value as _).collect();
            let written = self.runtime.block_on(writer.as_mut().write(&cells));
            written.map_err(|cause| failed(&sql, cause))?;
        }
        self.runtime.block_on(writer.finish()).map_err(|cause| failed(&sql, cause))
    }

    pub(crate) fn rewrite_all<'v, R: AsRef<[Value<'v>]>>(
        &mut self,
        table: &Table,
        columns: &[&str],
        rows: &[R],
    ) -> Result<u64> {
        let kinds = columns.iter().map(|column| table.kind(column)).collect::<Result<Vec<_>>>()?;
        let types: Vec<_> = kinds.iter().map(|kind| name_of(&wire(*kind))).collect();
        let lists = lists(rows, columns.len());
        let lists: Vec<_> = lists.iter().map(|list| list as _).collect();
        self.run(&table.rewrite_from_lists(columns, &types), &lists)
    }

    pub(crate) fn script(&mut self, sql: &str) -> Result<()> {
        self.statements += 1;
        let before = take(&mut self.before);
        let done = self.answer(&before, self.client.batch_execute(sql));
        done.flatten().map_err(|cause| failed(sql, cause))
    }
}
