//! A kind of work that waits in the queue.

use kernel::{Context, Result};
use store::{Tx, queue::Job};

use crate::House;

/// What is noted when a job is set aside: the job, and why.
pub type GaveUp = fn(&Context, &mut Tx<'_>, &Job, &str) -> Result<()>;

/// A kind of work and how it is done.
pub struct JobKind {
    /// The word in the queue.
    pub kind: &'static str,
    /// Does it, in transactions of its own, and takes it off the queue in the last of them. Must be able to begin
    /// again wherever it was cut off.
    pub run: fn(&House, &Job) -> Result<()>,
    /// Notes that it failed for good or too often and why, in the transaction that sets it aside, so that what it was
    /// about does not look as if it were still under way.
    pub gave_up: Option<GaveUp>,
}
