//! Files in: the bytes of a file become a dialect, a proposed mapping and typed rows, each with its row number.

mod also;
pub mod batch;
mod bundle;
mod card;
mod cell;
mod classify;
mod compound;
pub mod date;
mod deeds;
mod delimiter;
pub mod dialect;
mod duration;
pub mod encoding;
mod evidence;
pub mod file;
mod flag;
mod found;
mod given;
mod grouped;
mod header;
pub mod identity;
pub mod industry;
pub mod join;
mod kept_line;
mod kind;
mod layout;
mod limit;
mod lookup;
pub mod mapping;
mod matter;
pub mod meaning;
mod minor;
mod namesakes;
pub mod number;
pub mod ops;
pub mod order_line;
pub mod order_lines;
pub mod overlap;
mod page;
pub mod pages;
mod plan;
pub mod profile;
pub mod propose;
pub mod quality;
mod questions;
mod reading;
mod ready;
pub mod record;
mod remembered;
mod retold;
mod rules;
pub mod run;
mod shape;
mod sheet;
pub mod sniff;
mod splitter;
pub mod store;
mod survey;
pub mod table;
pub mod target;
mod terms;
mod text;
mod told;
mod totals;
mod tree;
pub mod typed;
pub mod typed_rows;
mod unread;
mod unsaid;
mod utf8;
pub mod values;
mod vocabulary;
mod written_down;

pub use bundle::is_table;
pub use dialect::Dialect;
pub use encoding::Encoding;
pub use file::Source;
pub use identity::Identity;
pub use kept_line::KeptLine;
pub use mapping::{Mapping, Now};
pub use meaning::Meaning;
pub use ops::{Incoming, Received, progress, receive, receive_all};
pub use order_line::{LineKind, OrderLine, PartyKey, Read, Rejection};
pub use order_lines::OrderLines;
pub use propose::{Proposal, propose};
pub use reading::Reading;
pub use record::{Record, Records, Row};
pub use retold::{retold, retold_problem};
pub use run::ImportId;
pub use sniff::sniff;
pub use target::Target;
pub use typed::{OwnedParty, TypedRow};
pub use typed_rows::TypedRows;
pub use values::{DateOrder, DecimalSign};

use ::store::Migration;
use slice::Slice;

const MIGRATIONS: &[Migration] = &[
    Migration { slice: "imports", number: 1, sql: include_str!("../migrations/0001_imports.sql") },
    Migration { slice: "imports", number: 2, sql: include_str!("../migrations/0002_undo.sql") },
    Migration { slice: "imports", number: 3, sql: include_str!("../migrations/0003_turns.sql") },
    Migration { slice: "imports", number: 4, sql: include_str!("../migrations/0004_bundles.sql") },
    Migration { slice: "imports", number: 5, sql: include_str!("../migrations/0005_waiting.sql") },
];

/// What imports bring to the house.
pub fn slice() -> Slice {
    Slice {
        name: "imports",
        migrations: MIGRATIONS,
        tables: &[
            &store::IMPORT_RUN,
            &store::IMPORT_REJECTION,
            &store::IMPORT_MAPPING,
            &store::bundle::IMPORT_OVERLAP,
            &store::undo::IMPORT_UNDO,
            &store::undo::IMPORT_KEPT,
        ],
        operations: ops::table(),
        pages: pages::PAGES,
        panels: &[],
        finders: &[],
        agendas: &[slice::Agenda { due: pages::today::due, news: pages::today::news }],
        consequences: &[],
        deeds: deeds::deed,
        jobs: ops::JOBS,
    }
}

#[cfg(test)]
mod tests;
