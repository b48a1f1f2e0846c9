//! Files and engines: tables come back as they were written, and engines count as the library does.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod engine;
mod statements;
mod tables;
