//! The store: where it is, and the two doors into it.

use std::{
    cell::Cell,
    convert::Infallible,
    path::{Path, PathBuf},
};

use kernel::{Context, Problem, Result};

use crate::{Migration, Tx, migrate, pg, sqlite};

/// Ends a rehearsal; it never leaves this file.
const REHEARSED: &str = "store.rehearsed";

/// Where the database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A file in a folder of ours, by the embedded engine.
    File(PathBuf),
    /// A database of a server.
    Server(String),
}

/// An open database of either engine, at the newest schema.
pub struct Store {
    engine: Database,
    location: Location,
}

enum Database {
    Lite(Box<sqlite::Database>),
    Pg(Box<pg::Database>),
}

impl Store {
    /// Opens the database and runs the migrations that are missing.
    ///
    /// # Errors
    /// `store.open`, `store.connect`, `store.engine_floor`, or a migration that fails (then nothing of it stays).
    pub fn open(location: &Location, migrations: &[Migration]) -> Result<Store> {
        let engine = match location {
            Location::File(path) => {
                if let Some(folder) = path.parent() {
                    make_folder(folder)?;
                }
                Database::Lite(Box::new(sqlite::Database::open(path)?))
            }
            Location::Server(url) => Database::Pg(Box::new(pg::Database::open(url)?)),
        };
        let store = Store { engine, location: location.clone() };
        let steps = migrate::migrate(&store, migrations)?;
        tracing::debug!(steps, "database open");
        Ok(store)
    }

    /// Reads, for a caller, from one consistent moment. Nothing that is tried to be written stays.
    ///
    /// # Errors
    /// What `work` answers, or a failure of the engine.
    pub fn read<T>(&self, _viewer: &Context, work: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        match &self.engine {
            Database::Lite(database) => database.read(work),
            Database::Pg(database) => database.read(work),
        }
    }

    /// As [`Store::read`], for a thread that must not be kept: nothing where the answer takes the engine more than some
    /// milliseconds (what `work` does beside it is not counted), and always nothing from the server engine, which is another process to be waited for. Ask then by
    /// [`Store::read`], elsewhere.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn glance<T>(
        &self,
        _viewer: &Context,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        match &self.engine {
            Database::Lite(database) => database.glance(work),
            Database::Pg(_) => Ok(None),
        }
    }

    /// Writes, for a caller: all of `work` or nothing, on disk before this returns. On the server engine `work`
    /// may run more than once, so it does database work only.
    ///
    /// # Errors
    /// What `work` answers, or a failure of the engine.
    pub fn write<T>(&self, _actor: &Context, work: impl Fn(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.transact(work)
    }

    /// Does all of `work` as [`Store::write`] would, answers what it came to, and lets nothing of it stay.
    ///
    /// # Errors
    /// What `work` answers, or a failure of the engine.
    pub fn rehearse<T>(&self, actor: &Context, work: impl Fn(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let answer = Cell::new(None);
        let undone = self.write(actor, |tx| {
            answer.set(Some(work(tx)?));
            Err::<Infallible, Problem>(Problem::conflict(
                REHEARSED,
                "this was a rehearsal; nothing of it stays",
            ))
        });
        let Err(problem) = undone;
        match answer.into_inner() {
            Some(answer) if problem.code == REHEARSED => Ok(answer),
            _ => Err(problem),
        }
    }

    pub(crate) fn transact<T>(&self, work: impl Fn(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        match &self.engine {
            Database::Lite(database) => database.write(work),
            Database::Pg(database) => database.write(work),
        }
    }

    /// Where the database is.
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// Whether other programs may write to this database through a server.
    pub fn is_shared(&self) -> bool {
        matches!(self.location, Location::Server(_))
    }
}

fn make_folder(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(|cause| {
        Problem::internal(
            "store.folder",
            format!("cannot make the folder {}: {cause}; choose another with --data", folder.display()),
        )
    })
}
