//! Files in: the bytes of a file become a dialect, a proposed mapping and typed rows, each with its row number.

pub mod date;
pub mod dialect;
pub mod encoding;
mod evidence;
pub mod file;
mod header;
pub mod identity;
pub mod mapping;
pub mod meaning;
pub mod number;
pub mod order_line;
pub mod order_lines;
mod plan;
pub mod profile;
pub mod propose;
mod questions;
pub mod record;
mod rules;
pub mod sniff;
mod splitter;
mod text;
mod unsaid;
pub mod values;
mod vocabulary;

pub use dialect::Dialect;
pub use encoding::Encoding;
pub use file::Source;
pub use identity::Identity;
pub use mapping::{Mapping, Now, Target};
pub use meaning::Meaning;
pub use order_line::{LineKind, OrderLine, PartyKey, Read, Rejection};
pub use order_lines::OrderLines;
pub use propose::{Proposal, propose};
pub use record::{Record, Records, Row};
pub use sniff::sniff;
pub use values::{DateOrder, DecimalSign};

#[cfg(test)]
mod tests;
