//! The promises of this crate.

mod oracle;
