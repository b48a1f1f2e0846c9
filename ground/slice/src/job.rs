//! A kind of work that waits in the queue.

use kernel::Result;
use store::queue::Job;

use crate::House;

/// A kind of work and how it is done.
pub struct JobKind {
    /// The word in the queue.
    pub kind: &'static str,
    /// Does it, in transactions of its own, and takes it off the queue in the last of them. Must be able to begin
    /// again wherever it was cut off.
    pub run: fn(&House, &Job) -> Result<()>,
}
