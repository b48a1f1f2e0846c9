//! The tables of the timeline: facts are appended and read in order; nothing edits one.

mod changes;
mod deciding;
mod entries;
mod facts;
pub mod held;
mod history;
mod lines;
mod memory;
mod preferences;
mod serving;
mod sources;
mod stale;

pub use self::{
    changes::{
        Change, changes, count_changes, forget_changes, hand_over, keep_changes, rewrite_changes,
        rewrite_said, said_of, said_place,
    },
    deciding::{Deciding, count_decided, deciding, end_deciding},
    entries::entries,
    facts::{
        NewFact, allocate_facts, append, facts, for_each_account, lines_of, of_accounts, replace, take_back,
        which, who_refer, withdraw,
    },
    history::{history, history_of},
    lines::{
        Left, end_line, follow, line, line_left, line_named, line_of_name, lines, remove_line, set_industry,
    },
    memory::{Remembered, remembered},
    preferences::preferences,
    serving::{Serving, serving},
    sources::{SourceNames, keep_source, source_names},
    stale::{
        JUDGE, ask_judgement, clear_stale, count_stale, is_any_stale, mark_line_stale, mark_stale, next_stale,
    },
};

use ::store::{Column, ColumnKind, DataClass, Table};

/// The service lines.
pub const SERVICE_LINE: Table = Table {
    name: "service_line",
    columns: &[
        Column { name: "id", kind: ColumnKind::Id("line") },
        Column { name: "name", kind: ColumnKind::Text },
        Column { name: "name_key", kind: ColumnKind::Text },
        Column { name: "industry", kind: ColumnKind::Text },
        Column { name: "live", kind: ColumnKind::Int },
        Column { name: "last_day", kind: ColumnKind::Day },
    ],
    key: &["id"],
    account: None,
    class: DataClass::Business,
    canonical: true,
};

/// The files that facts came from.
pub const SOURCE_FILE: Table = Table {
    name: "source_file",
    columns: &[
        Column { name: "run", kind: ColumnKind::Int },
        Column { name: "name", kind: ColumnKind::Text },
    ],
    key: &["run"],
    account: None,
    class: DataClass::Business,
    canonical: false,
};

/// What imports made and changed, so that it can be taken back.
pub const SOURCE_CHANGE: Table = Table {
    name: "source_change",
    columns: &[
        Column { name: "run", kind: ColumnKind::Int },
        Column { name: "kind", kind: ColumnKind::Text },
        Column { name: "id", kind: ColumnKind::Int },
        Column { name: "before", kind: ColumnKind::Text },
    ],
    key: &["run", "kind", "id"],
    account: None,
    class: DataClass::Internal,
    canonical: false,
};

/// The facts in force.
pub const FACT: Table = Table {
    name: "fact",
    columns: &[
        Column { name: "account", kind: ColumnKind::Ref("account") },
        Column { name: "line", kind: ColumnKind::Ref("line") },
        Column { name: "occurred_at", kind: ColumnKind::Moment },
        Column { name: "id", kind: ColumnKind::Id("fact") },
        Column { name: "date_only", kind: ColumnKind::Int },
        Column { name: "kind", kind: ColumnKind::Text },
        Column { name: "currency", kind: ColumnKind::Text },
        Column { name: "about", kind: ColumnKind::Ref("fact") },
        Column { name: "body", kind: ColumnKind::Text },
        Column { name: "recorded_at", kind: ColumnKind::Clock },
        Column { name: "run", kind: ColumnKind::Origin },
        Column { name: "row", kind: ColumnKind::Origin },
    ],
    key: &["account", "line", "occurred_at", "id"],
    account: Some("account"),
    class: DataClass::Personal,
    canonical: true,
};

/// Facts that were taken back, with who and why.
pub const WITHDRAWN_FACT: Table = Table {
    name: "withdrawn_fact",
    columns: &[
        Column { name: "serial", kind: ColumnKind::Int },
        Column { name: "id", kind: ColumnKind::Own("fact") },
        Column { name: "account", kind: ColumnKind::Ref("account") },
        Column { name: "line", kind: ColumnKind::Ref("line") },
        Column { name: "occurred_at", kind: ColumnKind::Moment },
        Column { name: "date_only", kind: ColumnKind::Int },
        Column { name: "kind", kind: ColumnKind::Text },
        Column { name: "currency", kind: ColumnKind::Text },
        Column { name: "about", kind: ColumnKind::Own("fact") },
        Column { name: "body", kind: ColumnKind::Text },
        Column { name: "recorded_at", kind: ColumnKind::Clock },
        Column { name: "run", kind: ColumnKind::Origin },
        Column { name: "row", kind: ColumnKind::Origin },
        Column { name: "withdrawn_at", kind: ColumnKind::Clock },
        Column { name: "withdrawn_by", kind: ColumnKind::Ref("person") },
        Column { name: "reason", kind: ColumnKind::Text },
    ],
    key: &["serial"],
    account: Some("account"),
    class: DataClass::Personal,
    canonical: false,
};

/// How far deciding many again has come, while it is under way.
pub const DECIDING: Table = Table {
    name: "deciding",
    columns: &[
        Column { name: "one", kind: ColumnKind::Int },
        Column { name: "since", kind: ColumnKind::Clock },
        Column { name: "marked", kind: ColumnKind::Int },
        Column { name: "decided", kind: ColumnKind::Int },
    ],
    key: &["one"],
    account: None,
    class: DataClass::Internal,
    canonical: false,
};

/// Relationships whose facts changed since they were last decided.
pub const STALE: Table = Table {
    name: "stale",
    columns: &[
        Column { name: "account", kind: ColumnKind::Ref("account") },
        Column { name: "line", kind: ColumnKind::Ref("line") },
        Column { name: "since", kind: ColumnKind::Clock },
        Column { name: "fresh", kind: ColumnKind::Int },
    ],
    key: &["account", "line"],
    account: Some("account"),
    class: DataClass::Internal,
    canonical: false,
};
