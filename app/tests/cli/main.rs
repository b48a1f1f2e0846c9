//! The command line as it is typed: files that are not what they seem, words that are typed wrong, answers that parse.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod answers;
mod archive;
mod desk;
mod examples;
mod files;
mod mappings;
mod mcp;
mod models;
mod words;
