//! Customer or client: the decision from the facts of one relationship, and why.
//!
//! Facts in, decision out. Nothing here reads a clock, a table or a socket, and no float takes part in a decision.

pub mod ahead;
pub mod baseline;
pub mod bulk;
pub mod case;
pub mod class;
pub mod clearance;
pub mod column;
pub mod condition;
pub mod decision;
pub mod deed;
mod deeds;
pub mod dimension;
mod dimensions;
mod exact;
pub mod explain;
pub mod fit;
pub mod history;
pub mod jobs;
mod label;
pub mod learning;
pub mod ops;
pub mod overrides;
pub mod pages;
mod phrase;
pub mod policy;
pub mod preference;
pub mod replay;
pub mod spectrum;
mod standing;
pub mod store;
pub mod strength;
pub mod suggestion;
pub mod switch;
pub mod together;
pub mod turn;
pub mod view;
pub mod weigh;
pub mod why;
mod word;

pub use self::{
    baseline::Baseline,
    class::{Class, Entered, Lean, Standing, State},
    clearance::{Clearance, Purpose},
    decision::{Contribution, Decision, Source, decide},
    dimension::{DIMENSIONS, Dimension, DimensionName},
    fit::Fit,
    history::{History, Vantage},
    ops::{CONSEQUENCES, Contacting, concerned, may_contact},
    policy::{Industries, IndustryPolicy, Policy},
    replay::{path, replay},
    weigh::{Confidence, Weighing},
    why::Why,
};

use ::store::Migration;
use slice::Slice;

const MIGRATIONS: &[Migration] = &[
    Migration { slice: "relationship", number: 1, sql: include_str!("../migrations/0001_relationship.sql") },
    Migration { slice: "relationship", number: 2, sql: include_str!("../migrations/0002_filters.sql") },
    Migration { slice: "relationship", number: 3, sql: include_str!("../migrations/0003_override.sql") },
    Migration { slice: "relationship", number: 4, sql: include_str!("../migrations/0004_learning.sql") },
    Migration { slice: "relationship", number: 5, sql: include_str!("../migrations/0005_preference.sql") },
    Migration { slice: "relationship", number: 6, sql: include_str!("../migrations/0006_grounds.sql") },
    Migration { slice: "relationship", number: 7, sql: include_str!("../migrations/0007_crossing.sql") },
    Migration { slice: "relationship", number: 8, sql: include_str!("../migrations/0008_spectrum.sql") },
    Migration { slice: "relationship", number: 9, sql: include_str!("../migrations/0009_saved_view.sql") },
    Migration { slice: "relationship", number: 10, sql: include_str!("../migrations/0010_bulk.sql") },
    Migration { slice: "relationship", number: 11, sql: include_str!("../migrations/0011_switch.sql") },
    Migration { slice: "relationship", number: 12, sql: include_str!("../migrations/0012_every_day.sql") },
    Migration { slice: "relationship", number: 13, sql: include_str!("../migrations/0013_names.sql") },
    Migration { slice: "relationship", number: 14, sql: include_str!("../migrations/0014_totals.sql") },
    Migration { slice: "relationship", number: 15, sql: include_str!("../migrations/0015_orders.sql") },
    Migration { slice: "relationship", number: 16, sql: include_str!("../migrations/0016_numbered.sql") },
    Migration { slice: "relationship", number: 17, sql: include_str!("../migrations/0017_covered.sql") },
];

/// What the judgement brings to the house.
pub fn slice() -> Slice {
    Slice {
        name: "relationship",
        migrations: MIGRATIONS,
        tables: &[
            &store::POLICY,
            &store::BASELINE,
            &store::RELATIONSHIP,
            &store::BOOK_TOTAL,
            &store::COUNTRY_TOTAL,
            &store::cells::SPECTRUM_CELL,
            &store::DECISION_LOG,
            &store::overrides::OVERRIDE,
            &store::crossing::CROSSING,
            &store::learning::LEARNING,
            &store::switches::SWITCH,
            &store::views::SAVED_VIEW,
            &store::bulk::BULK,
            &store::bulk::BULK_PART,
        ],
        operations: ops::table(),
        pages: pages::PAGES,
        panels: &[],
        finders: &[slice::Finder { find: pages::find::parties }, slice::Finder { find: pages::views::named }],
        agendas: &[slice::Agenda { due: pages::today::due, news: pages::today::news }],
        consequences: &[CONSEQUENCES],
        deeds: deeds::deed,
        jobs: jobs::JOBS,
    }
}

#[cfg(test)]
mod tests;
