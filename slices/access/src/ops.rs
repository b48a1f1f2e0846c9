//! The operations of access, and what the app calls at its doors.

pub mod audit;
pub mod language;
pub mod people;
pub mod sign_in;
pub mod signing;
pub mod tokens;

use schemars::JsonSchema;
use serde::Deserialize;
use slice::{Operation, op};

/// The operation table.
pub fn table() -> Vec<Operation> {
    vec![
        op(people::LIST, people::list),
        op(people::ADD, people::add),
        op(people::LINK, people::link),
        op(people::ROLE, people::role),
        op(people::LEAVE, people::leave),
        op(language::LANGUAGE, language::set_language),
        op(language::WORDS, language::words),
        op(language::WORD, language::set_word),
        op(tokens::LIST, tokens::list),
        op(tokens::ADD, tokens::add),
        op(tokens::REVOKE, tokens::revoke),
        op(audit::VERIFY, audit::walk),
    ]
}

/// Nothing to say.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}
