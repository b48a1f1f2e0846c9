//! The tables of access; the statements stand beside, one file per noun.

use store::{Column, ColumnKind, DataClass, Table};

pub mod entries;
pub mod house_words;
pub mod keys;
pub mod people;
pub mod sessions;
pub mod tokens;

/// People of ours.
pub const PERSON: Table = Table {
    name: "person",
    columns: &[
        Column { name: "id", kind: ColumnKind::Id("person") },
        Column { name: "name", kind: ColumnKind::Text },
        Column { name: "email", kind: ColumnKind::Text },
        Column { name: "role", kind: ColumnKind::Text },
        Column { name: "active", kind: ColumnKind::Int },
        Column { name: "since", kind: ColumnKind::Clock },
        Column { name: "left_at", kind: ColumnKind::Clock },
        Column { name: "signed_in_at", kind: ColumnKind::Clock },
        Column { name: "language", kind: ColumnKind::Text },
    ],
    key: &["id"],
    account: None,
    class: DataClass::Personal,
    canonical: true,
};

/// People who are signed in.
pub const SESSION: Table = Table {
    name: "session",
    columns: &[
        Column { name: "hash", kind: ColumnKind::Bytes },
        Column { name: "person", kind: ColumnKind::Ref("person") },
        Column { name: "purpose", kind: ColumnKind::Text },
        Column { name: "created_at", kind: ColumnKind::Clock },
        Column { name: "seen_at", kind: ColumnKind::Clock },
    ],
    key: &["hash"],
    account: None,
    class: DataClass::Secret,
    canonical: false,
};

/// Links that sign somebody in once.
pub const SIGN_IN_LINK: Table = Table {
    name: "sign_in_link",
    columns: &[
        Column { name: "hash", kind: ColumnKind::Bytes },
        Column { name: "person", kind: ColumnKind::Ref("person") },
        Column { name: "created_at", kind: ColumnKind::Clock },
        Column { name: "expires_at", kind: ColumnKind::Clock },
        Column { name: "used_at", kind: ColumnKind::Clock },
    ],
    key: &["hash"],
    account: None,
    class: DataClass::Secret,
    canonical: false,
};

/// Tokens with which programs act for people.
pub const API_TOKEN: Table = Table {
    name: "api_token",
    columns: &[
        Column { name: "id", kind: ColumnKind::Id("token") },
        Column { name: "hash", kind: ColumnKind::Bytes },
        Column { name: "name", kind: ColumnKind::Text },
        Column { name: "person", kind: ColumnKind::Ref("person") },
        Column { name: "role", kind: ColumnKind::Text },
        Column { name: "created_at", kind: ColumnKind::Clock },
        Column { name: "expires_at", kind: ColumnKind::Clock },
        Column { name: "used_at", kind: ColumnKind::Clock },
        Column { name: "revoked_at", kind: ColumnKind::Clock },
    ],
    key: &["id"],
    account: None,
    class: DataClass::Secret,
    canonical: false,
};

/// Who did what.
pub const AUDIT: Table = Table {
    name: "audit",
    columns: &[
        Column { name: "serial", kind: ColumnKind::Int },
        Column { name: "at", kind: ColumnKind::Clock },
        Column { name: "actor", kind: ColumnKind::Int },
        Column { name: "via", kind: ColumnKind::Text },
        Column { name: "operation", kind: ColumnKind::Text },
        Column { name: "subject", kind: ColumnKind::Text },
        Column { name: "input", kind: ColumnKind::Text },
        Column { name: "salt", kind: ColumnKind::Bytes },
        Column { name: "input_hash", kind: ColumnKind::Bytes },
        Column { name: "outcome", kind: ColumnKind::Text },
        Column { name: "hash", kind: ColumnKind::Bytes },
    ],
    key: &["serial"],
    account: None,
    class: DataClass::Personal,
    canonical: false,
};

/// Which accounts an entry concerns: by number, because this slice knows no accounts. Sealed with the entry.
pub const AUDIT_ACCOUNT: Table = Table {
    name: "audit_account",
    columns: &[
        Column { name: "serial", kind: ColumnKind::Int },
        Column { name: "account", kind: ColumnKind::Int },
    ],
    key: &["serial", "account"],
    account: Some("account"),
    class: DataClass::Internal,
    canonical: false,
};

/// The keys with which links for people outside are signed.
pub const HOUSE_KEY: Table = Table {
    name: "house_key",
    columns: &[
        Column { name: "purpose", kind: ColumnKind::Text },
        Column { name: "secret", kind: ColumnKind::Bytes },
        Column { name: "made_at", kind: ColumnKind::Clock },
    ],
    key: &["purpose"],
    account: None,
    class: DataClass::Secret,
    canonical: false,
};

/// What the house calls things.
pub const HOUSE_WORD: Table = Table {
    name: "house_word",
    columns: &[
        Column { name: "language", kind: ColumnKind::Text },
        Column { name: "word", kind: ColumnKind::Text },
        Column { name: "one", kind: ColumnKind::Text },
        Column { name: "many", kind: ColumnKind::Text },
    ],
    key: &["language", "word"],
    account: None,
    class: DataClass::Internal,
    canonical: true,
};

/// Every table, in the order of the canonical dump.
pub const TABLES: &[&Table] =
    &[&PERSON, &SESSION, &SIGN_IN_LINK, &API_TOKEN, &AUDIT, &AUDIT_ACCOUNT, &HOUSE_KEY, &HOUSE_WORD];
