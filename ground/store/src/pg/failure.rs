//! What the server refuses, and what it means.

use kernel::Problem;
use tokio_postgres::{Error, error::SqlState};

/// A failure of the server in words of ours.
pub(super) fn failed(sql: &str, cause: Error) -> Problem {
    let state = cause.code();
    let class = state.map(|state| state.code().get(..2).unwrap_or_default());
    if state == Some(&SqlState::T_R_SERIALIZATION_FAILURE) || state == Some(&SqlState::T_R_DEADLOCK_DETECTED)
    {
        return Problem::busy("store.collision", "others changed the same rows at once; try again")
            .because(cause);
    }
    match class {
        Some("23") => Problem::conflict(
            "store.conflict",
            "a row with the same key exists, or one it refers to does not",
        ),
        Some("53") => {
            Problem::busy("store.full", "the database server has no room left; nothing was written")
        }
        Some("57" | "08") | None => {
            Problem::busy("store.connect", "the connection to the database server was lost; try again")
        }
        _ => Problem::internal("store.statement", format!("the database refused {:?}", head(sql))),
    }
    .because(cause)
}

fn head(sql: &str) -> String {
    sql.split_whitespace().take(12).collect::<Vec<_>>().join(" ")
}
