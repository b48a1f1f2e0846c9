//! The tables of accounts, and the one fragment that every query on account data contains.

mod accounts;
pub mod alike;
pub mod audit;
pub mod contacts;
pub mod duplicate;
pub mod earlier;
pub mod finding;
pub mod links;
pub mod merge;
pub mod moves;
mod parties;
pub mod people;
pub mod pointer;
pub mod sourced;
mod standing;
pub mod words;

pub use self::{
    accounts::{
        NewAccount, hidden, insert, named, no_account, rewrite, sees_all, set_wall, sheets,
        sheets_even_merged, visible, wall,
    },
    parties::{Known, hidden_keys, keys, known},
    standing::{Standing, inherit, remove, standing},
};

use store::{Column, ColumnKind, DataClass, Table};

/// True for accounts that the viewer may see; `?1` is the viewer's number. The house itself sees all; an account
/// behind a wall is seen by the wall's members only, whatever their role. One that was merged into another is a pointer,
/// and no account any more. The plus keeps engines from finding accounts by not being merged, which nearly all are.
pub const VISIBLE: &str = "(+account.merged = 0 AND (account.wall = 0 OR CAST(?1 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM \
                           wall_member WHERE wall_member.wall = account.wall AND wall_member.person = ?1)))";

/// The same for accounts of which some were merged into others, for what was said of them before.
pub const VISIBLE_EVEN_MERGED: &str = "(account.wall = 0 OR CAST(?1 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM wall_member \
                           WHERE wall_member.wall = account.wall AND wall_member.person = ?1))";

/// Accounts that a wall keeps the viewer from.
const BEHIND_WALLS: &str = "SELECT 1 FROM account WHERE account.wall > 0 AND NOT (account.wall = 0 OR CAST(?1 AS BIGINT) = 0 OR \
                           EXISTS (SELECT 1 FROM wall_member WHERE wall_member.wall = account.wall AND wall_member.person = ?1))";

/// True for rows of another table whose column names an account that the viewer `?1` may see. Where no wall keeps the viewer
/// out, which is found out once for a statement, no account is looked up; whoever shows the rows joins their accounts by
/// [`VISIBLE`], which leaves out those that were merged a moment ago.
pub fn visible_by(column: &str) -> String {
    visible_among(&format!("account WHERE account.id = {column}"))
}

/// The same for rows whose account is found by these tables and their condition.
pub fn visible_among(tables: &str) -> String {
    format!("(NOT EXISTS ({BEHIND_WALLS}) OR EXISTS (SELECT 1 FROM {tables} AND {VISIBLE}))")
}

/// The same for rows of accounts of which some were merged into others.
pub fn visible_even_merged_by(column: &str) -> String {
    format!(
        "(NOT EXISTS ({BEHIND_WALLS})
           OR EXISTS (SELECT 1 FROM account WHERE account.id = {column} AND {VISIBLE_EVEN_MERGED}))"
    )
}

/// The accounts.
pub const ACCOUNT: Table = Table {
    name: "account",
    columns: &[
        Column { name: "id", kind: ColumnKind::Id("account") },
        Column { name: "name", kind: ColumnKind::Text },
        Column { name: "name_key", kind: ColumnKind::Text },
        Column { name: "country", kind: ColumnKind::Text },
        Column { name: "email", kind: ColumnKind::Text },
        Column { name: "kind", kind: ColumnKind::Text },
        Column { name: "consumer", kind: ColumnKind::Int },
        Column { name: "phone", kind: ColumnKind::Text },
        Column { name: "website", kind: ColumnKind::Text },
        Column { name: "street", kind: ColumnKind::Text },
        Column { name: "postcode", kind: ColumnKind::Text },
        Column { name: "city", kind: ColumnKind::Text },
        Column { name: "region", kind: ColumnKind::Text },
        Column { name: "regulatory", kind: ColumnKind::Text },
        Column { name: "wall", kind: ColumnKind::Int },
        Column { name: "created_at", kind: ColumnKind::Clock },
        Column { name: "run", kind: ColumnKind::Origin },
        Column { name: "merged", kind: ColumnKind::Ref("account") },
    ],
    key: &["id"],
    account: Some("id"),
    class: DataClass::Personal,
    canonical: true,
};

/// The ids by which files and tools know an account.
pub const ACCOUNT_KEY: Table = Table {
    name: "account_key",
    columns: &[
        Column { name: "space", kind: ColumnKind::Text },
        Column { name: "key", kind: ColumnKind::Text },
        Column { name: "account", kind: ColumnKind::Ref("account") },
    ],
    key: &["space", "key"],
    account: Some("account"),
    class: DataClass::Personal,
    canonical: true,
};

/// Who may see what lies behind a wall.
pub const WALL_MEMBER: Table = Table {
    name: "wall_member",
    columns: &[
        Column { name: "wall", kind: ColumnKind::Int },
        Column { name: "person", kind: ColumnKind::Ref("person") },
    ],
    key: &["wall", "person"],
    account: None,
    class: DataClass::Internal,
    canonical: true,
};

/// How accounts hang on each other.
pub const ACCOUNT_LINK: Table = Table {
    name: "account_link",
    columns: &[
        Column { name: "account", kind: ColumnKind::Ref("account") },
        Column { name: "kind", kind: ColumnKind::Text },
        Column { name: "other", kind: ColumnKind::Ref("account") },
        Column { name: "since", kind: ColumnKind::Text },
    ],
    key: &["account", "kind", "other"],
    account: Some("account"),
    class: DataClass::Personal,
    canonical: true,
};

/// The people who act for accounts.
pub const CONTACT: Table = Table {
    name: "contact",
    columns: &[
        Column { name: "id", kind: ColumnKind::Id("contact") },
        Column { name: "account", kind: ColumnKind::Ref("account") },
        Column { name: "own_account", kind: ColumnKind::Ref("account") },
        Column { name: "name", kind: ColumnKind::Text },
        Column { name: "name_key", kind: ColumnKind::Text },
        Column { name: "title", kind: ColumnKind::Text },
        Column { name: "consent", kind: ColumnKind::Text },
        Column { name: "created_at", kind: ColumnKind::Clock },
        Column { name: "run", kind: ColumnKind::Origin },
    ],
    key: &["id"],
    account: Some("account"),
    class: DataClass::Personal,
    canonical: true,
};

/// What people do for their accounts.
pub const CONTACT_ROLE: Table = Table {
    name: "contact_role",
    columns: &[
        Column { name: "contact", kind: ColumnKind::Ref("contact") },
        Column { name: "role", kind: ColumnKind::Text },
    ],
    key: &["contact", "role"],
    account: None,
    class: DataClass::Personal,
    canonical: true,
};

/// How people can be reached.
pub const CONTACT_POINT: Table = Table {
    name: "contact_point",
    columns: &[
        Column { name: "contact", kind: ColumnKind::Ref("contact") },
        Column { name: "kind", kind: ColumnKind::Text },
        Column { name: "key", kind: ColumnKind::Text },
        Column { name: "value", kind: ColumnKind::Text },
    ],
    key: &["contact", "kind", "key"],
    account: None,
    class: DataClass::Personal,
    canonical: true,
};

/// The ids by which files and tools know people.
pub const CONTACT_KEY: Table = Table {
    name: "contact_key",
    columns: &[
        Column { name: "space", kind: ColumnKind::Text },
        Column { name: "key", kind: ColumnKind::Text },
        Column { name: "contact", kind: ColumnKind::Ref("contact") },
    ],
    key: &["space", "key"],
    account: None,
    class: DataClass::Personal,
    canonical: true,
};

/// What was said of accounts before somebody corrected it.
pub const EARLIER_WORD: Table = Table {
    name: "earlier_word",
    columns: &[
        Column { name: "serial", kind: ColumnKind::Int },
        Column { name: "account", kind: ColumnKind::Ref("account") },
        Column { name: "field", kind: ColumnKind::Text },
        Column { name: "value", kind: ColumnKind::Text },
        Column { name: "until", kind: ColumnKind::Clock },
        Column { name: "person", kind: ColumnKind::Ref("person") },
    ],
    key: &["serial"],
    account: Some("account"),
    class: DataClass::Personal,
    canonical: false,
};
