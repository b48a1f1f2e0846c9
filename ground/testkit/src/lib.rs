//! What tests of every slice need: a store on both engines, a context with a fixed clock.

mod both;
mod clock;
mod foreign;

pub use both::{Bench, both};
pub use clock::{at, owner, reader};
pub use foreign::foreign_database;
