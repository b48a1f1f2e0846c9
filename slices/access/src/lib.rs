//! Who may do what, and who did what: people of ours, how they sign in, what acts in their name, and the audit.

pub mod audit;
pub mod checkpoint;
mod deeds;
pub mod house_word;
pub mod link;
pub mod ops;
pub mod pages;
pub mod person;
pub mod secret;
pub mod session;
pub mod signed;
pub mod store;
pub mod token;

pub use audit::{Entry, EntryId, EntryKind, Outcome, Verdict};
pub use checkpoint::Checkpoint;
pub use link::SIGN_IN_PATH;
pub use ops::{
    audit::{forget, head, record, verify},
    language::display_words,
    sign_in::{
        ever_signed_in, owner_link, session_actor, sign_in, sign_out, token_actor, touch_session, touch_token,
    },
    signing::{sign, signed_payload},
};
pub use person::{Person, PersonId, PersonKind};
pub use session::{NewSession, Session};
pub use token::{Bearer, TokenId, TokenKind};

use ::store::Migration;
use slice::Slice;

const MIGRATIONS: &[Migration] = &[
    Migration { slice: "access", number: 1, sql: include_str!("../migrations/0001_access.sql") },
    Migration { slice: "access", number: 2, sql: include_str!("../migrations/0002_audit_account.sql") },
    Migration { slice: "access", number: 3, sql: include_str!("../migrations/0003_house_key.sql") },
    Migration { slice: "access", number: 4, sql: include_str!("../migrations/0004_language.sql") },
];

/// What access brings to the house.
pub fn slice() -> Slice {
    Slice {
        name: "access",
        migrations: MIGRATIONS,
        tables: store::TABLES,
        operations: ops::table(),
        pages: pages::PAGES,
        panels: &[],
        finders: &[slice::Finder { find: pages::find::people }],
        agendas: &[],
        consequences: &[],
        deeds: deeds::deed,
        jobs: &[],
    }
}
