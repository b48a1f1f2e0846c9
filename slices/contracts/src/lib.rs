//! Contracts and subscriptions: what both sides agreed, in versions; who has to do what by when.

pub mod agreement;
pub mod calendar;
pub mod check;
mod consequences;
pub mod contract;
pub mod deadline;
mod deeds;
pub mod facts;
pub mod figures;
pub mod fraction;
pub mod input;
pub mod jobs;
pub mod ops;
pub mod pages;
mod panels;
pub mod parts;
pub mod period;
pub mod rate;
pub mod spoken;
pub mod store;
pub mod words;
pub mod written;

pub use agreement::{Agreement, Ended};
pub use contract::{Contract, ContractId};
pub use input::{ContractInput, LeavingInput, Setting, SubscriptionInput};
pub use ops::{Foreseen, Planned, Tally, apply, concerned, leavings, plan, plan_after, taken};

use ::store::Migration;
use slice::Slice;

const MIGRATIONS: &[Migration] = &[
    Migration { slice: "contracts", number: 1, sql: include_str!("../migrations/0001_contracts.sql") },
    Migration { slice: "contracts", number: 2, sql: include_str!("../migrations/0002_decide_by.sql") },
    Migration { slice: "contracts", number: 3, sql: include_str!("../migrations/0003_words.sql") },
];

/// What the contracts bring to the house.
pub fn slice() -> Slice {
    Slice {
        name: "contracts",
        migrations: MIGRATIONS,
        tables: store::TABLES,
        operations: ops::table(),
        pages: pages::PAGES,
        panels: panels::PANELS,
        finders: &[slice::Finder { find: pages::find::contracts }],
        agendas: &[slice::Agenda { due: pages::today::due, news: pages::today::news }],
        consequences: &[consequences::CONSEQUENCES],
        deeds: deeds::deed,
        jobs: jobs::JOBS,
    }
}
