//! What a job finds around it: the store, the folder of kept files, the clock.

use std::path::PathBuf;

use kernel::{Context, Moment};
use store::{Store, Table};

/// The running house.
pub struct House {
    /// The database.
    pub store: Store,
    /// The folder in which files are kept as they came, each under the SHA-256 of its bytes.
    pub files: PathBuf,
    /// The tables of all slices, in the order of the canonical dump.
    pub tables: Vec<&'static Table>,
    /// Reads the clock, in microseconds UTC.
    pub clock: fn() -> i64,
    /// The context of work that nobody asked for by hand; its time is read anew by [`House::context`].
    pub own: Context,
}

impl House {
    /// A context of the house itself, now.
    pub fn context(&self) -> Context {
        Context { now: Moment::at((self.clock)()), ..self.own.clone() }
    }
}
