//! Parties we deal with, as accounts: who they are, by which ids others know them, who may see them.

pub mod account;
pub mod account_input;
pub mod contact;
pub mod contact_input;
pub mod country;
mod deeds;
pub mod domain;
pub mod duplicate;
pub mod email;
pub mod foreseen;
pub mod link;
pub mod merge;
pub mod name_kind;
pub mod ops;
mod pages;
mod panels;
pub mod party;
pub mod party_kind;
pub mod phone;
pub mod recorded;
pub mod role_rights;
pub mod sentences;
pub mod sourced;
pub mod store;
pub mod words;

/// Where settings stand, for slices that do not know who acts.
pub mod settings {
    pub use access::pages::{PLACE, tabs};
}

pub use account::Account;
pub use contact::{Contact, ContactId, ContactRole};
pub use foreseen::Foreseen;
pub use ops::{
    concerned, contacts, contacts_taken, find, merging::release, record, resolve, sourced as sourcing,
    sourced_taken, taken,
};
pub use pages::{edits, fact_kind::is_by_hand, reached};
pub use party::{NUMBERING, Party, Resolution, Seen};
pub use party_kind::{LinkKind, PartyKind};
pub use store::{VISIBLE, hidden, no_account, sees_all, visible_among, visible_by};

use ::store::Migration;
use slice::Slice;

const MIGRATIONS: &[Migration] = &[
    Migration { slice: "accounts", number: 1, sql: include_str!("../migrations/0001_accounts.sql") },
    Migration { slice: "accounts", number: 2, sql: include_str!("../migrations/0002_fact_source.sql") },
    Migration { slice: "accounts", number: 3, sql: include_str!("../migrations/0003_parties.sql") },
    Migration { slice: "accounts", number: 14, sql: include_str!("../migrations/0014_merge.sql") },
    Migration { slice: "accounts", number: 15, sql: include_str!("../migrations/0015_duplicate.sql") },
    Migration { slice: "accounts", number: 16, sql: include_str!("../migrations/0016_words.sql") },
    Migration { slice: "accounts", number: 17, sql: include_str!("../migrations/0017_names.sql") },
    Migration { slice: "accounts", number: 18, sql: include_str!("../migrations/0018_numbered.sql") },
];

/// What the accounts bring to the house.
pub fn slice() -> Slice {
    Slice {
        name: "accounts",
        migrations: MIGRATIONS,
        tables: &[
            &store::ACCOUNT,
            &store::ACCOUNT_KEY,
            &store::ACCOUNT_LINK,
            &store::CONTACT,
            &store::CONTACT_ROLE,
            &store::CONTACT_POINT,
            &store::CONTACT_KEY,
            &store::EARLIER_WORD,
            &store::WALL_MEMBER,
            &store::sourced::FACT_SOURCE,
            &store::merge::ACCOUNT_MERGE,
            &store::merge::MERGE_PAIR,
            &store::merge::MERGE_MOVE,
            &store::merge::MERGE_CONFLICT,
            &store::alike::DUPLICATE_KEY,
            &store::alike::DUPLICATE_WIDE,
            &store::alike::DUPLICATE_DUE,
            &store::duplicate::DUPLICATE,
            &store::words::FOUND_BY,
            &store::words::FOUND_WORD,
            &store::words::FOUND_DUE,
        ],
        operations: ops::table(),
        pages: pages::PAGES,
        panels: panels::PANELS,
        finders: &[slice::Finder { find: pages::find::new_account }],
        agendas: &[],
        consequences: &[],
        deeds: deeds::deed,
        jobs: ops::merging::JOBS,
    }
}
