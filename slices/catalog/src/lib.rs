//! What can be bought from us: products by kind of offer, with what is made to measure and the list price.

mod deeds;
pub mod ops;
pub mod pages;
pub mod product;
pub mod store;

pub use ops::{Foreseen, Planned, apply, plan, plan_after, taken};
pub use product::{Described, Product, ProductId, ProductInput};

use ::store::Migration;
use slice::Slice;

const MIGRATIONS: &[Migration] = &[
    Migration { slice: "catalog", number: 1, sql: include_str!("../migrations/0001_catalog.sql") },
    Migration { slice: "catalog", number: 2, sql: include_str!("../migrations/0002_category.sql") },
    Migration { slice: "catalog", number: 3, sql: include_str!("../migrations/0003_said_by.sql") },
];

/// What the catalogue brings to the house.
pub fn slice() -> Slice {
    Slice {
        name: "catalog",
        migrations: MIGRATIONS,
        tables: &[&store::PRODUCT, &store::PRODUCT_SAID],
        operations: ops::table(),
        pages: pages::PAGES,
        panels: &[],
        finders: &[slice::Finder { find: pages::find::products }],
        agendas: &[],
        consequences: &[],
        deeds: deeds::deed,
        jobs: &[],
    }
}
