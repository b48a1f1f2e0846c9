//! The tests of the crate, in the four families of the statistics shelf.

#![expect(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

mod cdnow;
mod consistency;
mod correctness;
mod input_checks;
mod ledgers;
#[path = "../../examples/fuzz/probe.rs"]
mod probe;
mod robust;
mod shelf;
mod simulation;
