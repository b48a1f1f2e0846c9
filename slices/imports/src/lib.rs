//! Files in: the bytes of a file become a dialect, a proposed mapping and typed rows, each with its row number.

pub mod mapping;
pub mod order_line;
pub mod values;

pub use mapping::{Mapping, Meaning, Now, Target};
pub use order_line::{Identity, LineKind, OrderLine, PartyKey, Read, Rejection};
pub use values::{DateOrder, DecimalSign};
