//! Counting where the data are: three statements for an engine that a company has already.
//!
//! A base of a hundred million accounts is, by the day, a few hundred thousand distinct histories. So the engine
//! summarises the accounts and counts the histories, this library fits and scores the histories, and the engine joins
//! the scores back. Times are whole days until the last division, which is exact IEEE arithmetic everywhere, so every
//! engine counts the very same cells.

mod dialect;
mod names;
mod statements;

pub use dialect::Dialect;
pub use statements::{Counting, Statements};
