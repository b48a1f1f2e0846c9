//! What happened and when it was learnt: one append-only list of facts per relationship.

pub mod fact;
pub mod line;
pub mod said;
pub mod sentence;
pub mod store;

pub use fact::{Entry, Fact, FactId, SourceRow};
pub use line::{LineId, ServiceLine};
pub use sentence::Sentence;

use ::store::Migration;
use slice::Slice;

const MIGRATIONS: &[Migration] = &[
    Migration { slice: "timeline", number: 1, sql: include_str!("../migrations/0001_timeline.sql") },
    Migration { slice: "timeline", number: 2, sql: include_str!("../migrations/0002_source_file.sql") },
    Migration { slice: "timeline", number: 3, sql: include_str!("../migrations/0003_source_change.sql") },
    Migration { slice: "timeline", number: 4, sql: include_str!("../migrations/0004_source_said.sql") },
    Migration { slice: "timeline", number: 5, sql: include_str!("../migrations/0005_preference.sql") },
    Migration { slice: "timeline", number: 6, sql: include_str!("../migrations/0006_withdrawn.sql") },
    Migration {
        slice: "timeline",
        number: 7,
        sql: include_str!("../migrations/0007_newest_preferences.sql"),
    },
    Migration { slice: "timeline", number: 8, sql: include_str!("../migrations/0008_deciding.sql") },
    Migration { slice: "timeline", number: 9, sql: include_str!("../migrations/0009_fresh.sql") },
    Migration { slice: "timeline", number: 10, sql: include_str!("../migrations/0010_assignment.sql") },
];

/// What the timeline brings to the house.
pub fn slice() -> Slice {
    Slice {
        name: "timeline",
        migrations: MIGRATIONS,
        tables: &[
            &store::SERVICE_LINE,
            &store::FACT,
            &store::WITHDRAWN_FACT,
            &store::STALE,
            &store::DECIDING,
            &store::SOURCE_FILE,
            &store::SOURCE_CHANGE,
        ],
        operations: Vec::new(),
        pages: &[],
        panels: &[],
        finders: &[],
        agendas: &[],
        consequences: &[],
        deeds: |_, _| None,
        jobs: &[],
    }
}

/// The account a fact is about. The noun lives in `accounts`; the id lives here because facts carry it.
pub type AccountId = kernel::Id<AccountKind>;

/// Marks ids of accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AccountKind;

impl kernel::Kind for AccountKind {
    const PREFIX: &'static str = "acc";
    const NOUN: &'static str = "an account";
}
