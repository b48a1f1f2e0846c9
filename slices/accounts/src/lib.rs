//! Parties we deal with, as accounts: who they are, by which ids others know them, who may see them.

pub mod account;
pub mod ops;
pub mod party;
pub mod recorded;
pub mod sentences;
pub mod sourced;
pub mod store;

pub use account::Account;
pub use ops::{concerned, resolve, sourced as sourcing, sourced_taken, taken};
pub use party::{NUMBERING, Party, Resolution, Seen};
pub use store::{VISIBLE, hidden, no_account, sees_all};

use ::store::Migration;
use slice::Slice;

const MIGRATIONS: &[Migration] = &[
    Migration { slice: "accounts", number: 1, sql: include_str!("../migrations/0001_accounts.sql") },
    Migration { slice: "accounts", number: 2, sql: include_str!("../migrations/0002_fact_source.sql") },
];

/// What the accounts bring to the house.
pub fn slice() -> Slice {
    Slice {
        name: "accounts",
        migrations: MIGRATIONS,
        tables: &[&store::ACCOUNT, &store::ACCOUNT_KEY, &store::WALL_MEMBER, &store::sourced::FACT_SOURCE],
        operations: ops::table(),
        pages: &[],
        jobs: &[],
    }
}
