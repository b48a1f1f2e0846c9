//! The tables of relationships: the current decision of each, the log of earlier ones, baselines and policies.

pub mod aged;
mod answers;
pub mod baseline;
pub mod book;
pub mod bulk;
pub mod cells;
mod conditions;
pub mod countries;
pub mod crossing;
pub mod current;
pub mod kept;
pub mod learning;
pub mod log;
pub mod overrides;
pub mod policy;
mod rows;
mod search;
mod sort;
pub mod spectrum;
mod summed;
pub mod switches;
pub mod targets;
pub mod totals;
pub mod views;
pub mod walk;

use ::store::{Column, ColumnKind, DataClass, Table};

/// The current decision of each relationship, with what lists sort and filter by.
pub const RELATIONSHIP: Table = Table {
    name: "relationship",
    columns: &[
        Column { name: "id", kind: ColumnKind::Own("relationship") },
        Column { name: "account", kind: ColumnKind::Ref("account") },
        Column { name: "line", kind: ColumnKind::Ref("line") },
        Column { name: "class", kind: ColumnKind::Text },
        Column { name: "standing", kind: ColumnKind::Text },
        Column { name: "lean", kind: ColumnKind::Text },
        Column { name: "why", kind: ColumnKind::Text },
        Column { name: "since", kind: ColumnKind::Day },
        Column { name: "entered", kind: ColumnKind::Text },
        Column { name: "as_of", kind: ColumnKind::Day },
        Column { name: "score", kind: ColumnKind::Int },
        Column { name: "strength", kind: ColumnKind::Int },
        Column { name: "coverage", kind: ColumnKind::Int },
        Column { name: "confidence", kind: ColumnKind::Text },
        Column { name: "fit", kind: ColumnKind::Text },
        Column { name: "contributions", kind: ColumnKind::Text },
        Column { name: "ask", kind: ColumnKind::Text },
        Column { name: "policy", kind: ColumnKind::Text },
        Column { name: "policy_version", kind: ColumnKind::Text },
        Column { name: "baseline", kind: ColumnKind::Int },
        Column { name: "net", kind: ColumnKind::Amount },
        Column { name: "currency", kind: ColumnKind::Text },
        Column { name: "purchases", kind: ColumnKind::Int },
        Column { name: "spend_rank", kind: ColumnKind::Int },
        Column { name: "first_day", kind: ColumnKind::Day },
        Column { name: "last_day", kind: ColumnKind::Day },
        Column { name: "name_key", kind: ColumnKind::Text },
        Column { name: "decided_at", kind: ColumnKind::Clock },
        Column { name: "computed", kind: ColumnKind::Text },
        Column { name: "override", kind: ColumnKind::Ref("override") },
        Column { name: "preference", kind: ColumnKind::Text },
        Column { name: "country", kind: ColumnKind::Text },
    ],
    key: &["account", "line"],
    account: Some("account"),
    class: DataClass::Personal,
    canonical: true,
};

/// How many relationships there are of each class, preference, service fit and confidence, and what they brought: kept with
/// every decision.
pub const BOOK_TOTAL: Table = Table {
    name: "book_total",
    columns: &[
        Column { name: "line", kind: ColumnKind::Ref("line") },
        Column { name: "class", kind: ColumnKind::Text },
        Column { name: "preference", kind: ColumnKind::Text },
        Column { name: "currency", kind: ColumnKind::Text },
        Column { name: "fit", kind: ColumnKind::Text },
        Column { name: "confidence", kind: ColumnKind::Text },
        Column { name: "count", kind: ColumnKind::Int },
        Column { name: "net", kind: ColumnKind::Amount },
    ],
    key: &["line", "class", "preference", "currency", "fit", "confidence"],
    account: None,
    class: DataClass::Business,
    canonical: false,
};

/// How many relationships there are of accounts in each country, and what they brought: kept with every decision.
pub const COUNTRY_TOTAL: Table = Table {
    name: "country_total",
    columns: &[
        Column { name: "country", kind: ColumnKind::Text },
        Column { name: "line", kind: ColumnKind::Ref("line") },
        Column { name: "class", kind: ColumnKind::Text },
        Column { name: "preference", kind: ColumnKind::Text },
        Column { name: "currency", kind: ColumnKind::Text },
        Column { name: "count", kind: ColumnKind::Int },
        Column { name: "net", kind: ColumnKind::Amount },
    ],
    key: &["country", "line", "class", "preference", "currency"],
    account: None,
    class: DataClass::Business,
    canonical: false,
};

/// Earlier decisions, never edited: the memory of what was known then.
pub const DECISION_LOG: Table = Table {
    name: "decision_log",
    columns: &[
        Column { name: "serial", kind: ColumnKind::Int },
        Column { name: "relationship", kind: ColumnKind::Own("relationship") },
        Column { name: "as_of", kind: ColumnKind::Day },
        Column { name: "class", kind: ColumnKind::Text },
        Column { name: "score", kind: ColumnKind::Int },
        Column { name: "decision", kind: ColumnKind::Text },
        Column { name: "decided_at", kind: ColumnKind::Clock },
        Column { name: "policy", kind: ColumnKind::Int },
        Column { name: "policy_name", kind: ColumnKind::Text },
        Column { name: "policy_version", kind: ColumnKind::Text },
        Column { name: "baseline", kind: ColumnKind::Int },
        Column { name: "industry", kind: ColumnKind::Text },
    ],
    key: &["serial"],
    account: None,
    class: DataClass::Personal,
    canonical: false,
};

/// The frozen ranks of spend of each line and currency, by version.
pub const BASELINE: Table = Table {
    name: "baseline",
    columns: &[
        Column { name: "line", kind: ColumnKind::Ref("line") },
        Column { name: "currency", kind: ColumnKind::Text },
        Column { name: "version", kind: ColumnKind::Int },
        Column { name: "ranks", kind: ColumnKind::Text },
        Column { name: "buyers", kind: ColumnKind::Int },
        Column { name: "as_of", kind: ColumnKind::Day },
    ],
    key: &["line", "currency", "version"],
    account: None,
    class: DataClass::Business,
    canonical: true,
};

/// The policies that were adopted, the newest in force.
pub const POLICY: Table = Table {
    name: "policy",
    columns: &[
        Column { name: "serial", kind: ColumnKind::Int },
        Column { name: "text", kind: ColumnKind::Text },
        Column { name: "reason", kind: ColumnKind::Text },
        Column { name: "adopted_by", kind: ColumnKind::Ref("person") },
        Column { name: "adopted_at", kind: ColumnKind::Clock },
    ],
    key: &["serial"],
    account: None,
    class: DataClass::Business,
    canonical: true,
};
