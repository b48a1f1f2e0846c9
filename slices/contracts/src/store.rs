//! The tables of contracts.

mod calendars;
mod contracts;
mod due;
mod figures;
pub mod finding;
mod leavings;
mod steps;
mod taken;
mod usage;
mod write;

pub use self::{
    calendars::{calendar, calendars, set_calendar},
    contracts::{ByKey, Which, find, lines_of, list, one, undecided, whole, whose},
    due::{look_again, overdue, run_out, uncounted},
    figures::{add_up, names, running},
    leavings::{Leaving, find_leavings, insert_leavings, remove_leavings, whole_leavings},
    steps::{StoredStep, complete, keep, of_contract, strike},
    taken::{is_used, linked, steps, who_contracted},
    write::{remove, write},
};

use ::store::{Column, ColumnKind, DataClass, Table};

/// All of them, in the order of the canonical dump.
pub const TABLES: &[&Table] = &[
    &CONTRACT,
    &CONTRACT_VERSION,
    &CONTRACT_RATE,
    &CONTRACT_WORD,
    &LEAVING,
    &CONTRACT_STEP,
    &BUSINESS_CALENDAR,
    &HOLIDAY,
];

/// The contracts, as all that was said of each comes to.
pub const CONTRACT: Table = Table {
    name: "contract",
    columns: &[
        Column { name: "id", kind: ColumnKind::Id("contract") },
        Column { name: "account", kind: ColumnKind::Ref("account") },
        Column { name: "line", kind: ColumnKind::Ref("line") },
        Column { name: "contract_key", kind: ColumnKind::Text },
        Column { name: "kind", kind: ColumnKind::Text },
        Column { name: "previous", kind: ColumnKind::Ref("contract") },
        Column { name: "name", kind: ColumnKind::Text },
        Column { name: "offer", kind: ColumnKind::Text },
        Column { name: "currency", kind: ColumnKind::Text },
        Column { name: "term", kind: ColumnKind::Text },
        Column { name: "months", kind: ColumnKind::Int },
        Column { name: "start_day", kind: ColumnKind::Day },
        Column { name: "paid_from", kind: ColumnKind::Day },
        Column { name: "until_day", kind: ColumnKind::Day },
        Column { name: "ended_day", kind: ColumnKind::Day },
        Column { name: "end_reason", kind: ColumnKind::Text },
        Column { name: "trial", kind: ColumnKind::Int },
        Column { name: "billed", kind: ColumnKind::Amount },
        Column { name: "contract_fact", kind: ColumnKind::Ref("fact") },
        Column { name: "end_fact", kind: ColumnKind::Ref("fact") },
        Column { name: "paid_fact", kind: ColumnKind::Ref("fact") },
        Column { name: "counted_day", kind: ColumnKind::Clock },
        Column { name: "cycle_due", kind: ColumnKind::Clock },
        Column { name: "act_by", kind: ColumnKind::Clock },
        Column { name: "decide_by", kind: ColumnKind::Clock },
        Column { name: "run", kind: ColumnKind::Origin },
    ],
    key: &["id"],
    account: Some("account"),
    class: DataClass::Personal,
    canonical: true,
};

/// The words by which they are found: of what each is called, and of its number.
pub const CONTRACT_WORD: Table = Table {
    name: "contract_word",
    columns: &[
        Column { name: "word", kind: ColumnKind::Text },
        Column { name: "contract", kind: ColumnKind::Ref("contract") },
    ],
    key: &["word", "contract"],
    account: None,
    class: DataClass::Personal,
    canonical: false,
};

/// What was said of them, version by version.
pub const CONTRACT_VERSION: Table = Table {
    name: "contract_version",
    columns: &[
        Column { name: "contract", kind: ColumnKind::Ref("contract") },
        Column { name: "n", kind: ColumnKind::Int },
        Column { name: "effective", kind: ColumnKind::Day },
        Column { name: "reason", kind: ColumnKind::Text },
        Column { name: "body", kind: ColumnKind::Text },
        Column { name: "made_by", kind: ColumnKind::Origin },
        Column { name: "made_at", kind: ColumnKind::Clock },
        Column { name: "run", kind: ColumnKind::Origin },
        Column { name: "row", kind: ColumnKind::Origin },
    ],
    key: &["contract", "n"],
    account: None,
    class: DataClass::Personal,
    canonical: true,
};

/// What recurs, from which day to which; follows from the versions.
pub const CONTRACT_RATE: Table = Table {
    name: "contract_rate",
    columns: &[
        Column { name: "contract", kind: ColumnKind::Ref("contract") },
        Column { name: "n", kind: ColumnKind::Int },
        Column { name: "from_day", kind: ColumnKind::Day },
        Column { name: "until_day", kind: ColumnKind::Day },
        Column { name: "amount", kind: ColumnKind::Amount },
        Column { name: "months", kind: ColumnKind::Int },
        Column { name: "days", kind: ColumnKind::Int },
    ],
    key: &["contract", "n"],
    account: None,
    class: DataClass::Personal,
    canonical: true,
};

/// What sources tell of somebody having left.
pub const LEAVING: Table = Table {
    name: "leaving",
    columns: &[
        Column { name: "id", kind: ColumnKind::Id("leaving") },
        Column { name: "account", kind: ColumnKind::Ref("account") },
        Column { name: "line", kind: ColumnKind::Ref("line") },
        Column { name: "kind", kind: ColumnKind::Text },
        Column { name: "leaving_key", kind: ColumnKind::Text },
        Column { name: "on_day", kind: ColumnKind::Day },
        Column { name: "reason", kind: ColumnKind::Text },
        Column { name: "refund", kind: ColumnKind::Amount },
        Column { name: "currency", kind: ColumnKind::Text },
        Column { name: "refund_fact", kind: ColumnKind::Ref("fact") },
        Column { name: "run", kind: ColumnKind::Origin },
        Column { name: "row", kind: ColumnKind::Origin },
    ],
    key: &["id"],
    account: Some("account"),
    class: DataClass::Personal,
    canonical: true,
};

/// What was decided and done: decisions on renewal, steps of leaving.
pub const CONTRACT_STEP: Table = Table {
    name: "contract_step",
    columns: &[
        Column { name: "contract", kind: ColumnKind::Ref("contract") },
        Column { name: "kind", kind: ColumnKind::Text },
        Column { name: "n", kind: ColumnKind::Int },
        Column { name: "on_day", kind: ColumnKind::Day },
        Column { name: "due_day", kind: ColumnKind::Day },
        Column { name: "choice", kind: ColumnKind::Text },
        Column { name: "reason", kind: ColumnKind::Text },
        Column { name: "made_by", kind: ColumnKind::Origin },
        Column { name: "made_at", kind: ColumnKind::Clock },
    ],
    key: &["contract", "kind", "n"],
    account: None,
    class: DataClass::Personal,
    canonical: true,
};

/// Business calendars.
pub const BUSINESS_CALENDAR: Table = Table {
    name: "business_calendar",
    columns: &[
        Column { name: "name", kind: ColumnKind::Text },
        Column { name: "weekend", kind: ColumnKind::Text },
    ],
    key: &["name"],
    account: None,
    class: DataClass::Business,
    canonical: true,
};

/// Their holidays.
pub const HOLIDAY: Table = Table {
    name: "holiday",
    columns: &[
        Column { name: "calendar", kind: ColumnKind::Text },
        Column { name: "day", kind: ColumnKind::Day },
        Column { name: "name", kind: ColumnKind::Text },
    ],
    key: &["calendar", "day"],
    account: None,
    class: DataClass::Business,
    canonical: true,
};
