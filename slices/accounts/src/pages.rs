//! Duplicates: the pairs that may be one party, to be decided one after the other; and what was merged.

mod duplicates;
mod merges;

use kernel::{Permission, Result};
use slice::{Method, PageRoute, Visit};

/// The pages.
pub const PAGES: &[PageRoute] = &[
    get(PLACE, duplicates::page),
    post("/duplicates/{first}/{second}", duplicates::decide),
    post("/duplicates/search", duplicates::search),
    get("/merges/{id}", merges::page),
    post("/merges/{id}/undo", merges::undo),
];

/// The place in the rail.
const PLACE: &str = "/duplicates";

/// What answers at an address.
type Answer = fn(&Visit<'_>, &mut ::store::Tx<'_>) -> Result<slice::Reply>;

const fn get(path: &'static str, answer: Answer) -> PageRoute {
    PageRoute { method: Method::Get, path, permission: Permission::Read, answer }
}

const fn post(path: &'static str, answer: Answer) -> PageRoute {
    PageRoute { method: Method::Post, path, permission: Permission::Write, answer }
}
