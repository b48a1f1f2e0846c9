//! Transactions on two engines from one SQL text.
//!
//! SQL is written once, in a dialect that both engines accept, with placeholders `?1, ?2 …`. The one seam where
//! the engines differ is [`dialect`]; whoever uses this crate never learns which engine answers.

pub mod archive;
mod batch;
mod db;
pub mod dialect;
pub mod dump;
mod foreign;
mod ids;
mod migrate;
mod pg;
pub mod queue;
mod row;
mod setting;
mod sqlite;
mod table;
mod tx;
mod value;

pub use db::{Location, Store};
pub use foreign::{Foreign, ForeignKind, ForeignTable};
pub use ids::Block;
pub use migrate::Migration;
pub use row::Row;
pub use table::{Column, ColumnKind, DataClass, Table};
pub use tx::Tx;
pub use value::Value;
