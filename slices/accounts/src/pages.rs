//! Accounts and people by hand; duplicates, to be decided one after the other; and what was merged.

mod account;
mod account_form;
mod audit;
mod duplicates;
pub(crate) mod find;
mod links;
mod many;
mod merges;
mod people;
mod person;
mod person_form;
mod person_new;

use kernel::{Permission, Result};
use slice::{Method, PageRoute, Visit};

/// The pages.
pub const PAGES: &[PageRoute] = &[
    get_to_write("/accounts/new", account::new),
    post("/accounts/new", account::write),
    get_to_write("/accounts/{id}/change", account::known),
    post("/accounts/{id}/change", account::correct),
    get_to_manage("/audit", audit::page),
    get_to_manage("/audit/verification", audit::verification),
    get("/accounts/{id}/people", people::page),
    get_to_write("/accounts/{id}/people/new", person_new::page),
    post("/accounts/{id}/people/new", person_new::add),
    get("/accounts/{id}/links", links::page),
    post("/accounts/{id}/links", links::save),
    get_to_write("/accounts/{id}/links/new", links::new),
    get("/contacts/{id}", person::page),
    post("/contacts/{id}", person::save),
    post("/contacts/{id}/removal", person::removal),
    get(PLACE, duplicates::page),
    post("/duplicates/{first}/{second}", duplicates::decide),
    post("/duplicates/search", duplicates::search),
    get("/duplicates/many", many::page),
    post("/duplicates/many", many::merge),
    PageRoute {
        method: Method::Post,
        path: "/duplicates/auto",
        permission: Permission::Manage,
        answer: many::auto,
    },
    get("/merges/{id}", merges::page),
    post("/merges/{id}/undo", merges::undo),
];

/// The place in the rail.
const PLACE: &str = "/duplicates";

/// The place in the rail that accounts and their people belong to.
const BOOK: &str = "/relationships";

/// What answers at an address.
type Answer = fn(&Visit<'_>, &mut ::store::Tx<'_>) -> Result<slice::Reply>;

const fn get(path: &'static str, answer: Answer) -> PageRoute {
    PageRoute { method: Method::Get, path, permission: Permission::Read, answer }
}

const fn get_to_manage(path: &'static str, answer: Answer) -> PageRoute {
    PageRoute { method: Method::Get, path, permission: Permission::Manage, answer }
}

/// A form: who may not send it is not shown it.
const fn get_to_write(path: &'static str, answer: Answer) -> PageRoute {
    PageRoute { method: Method::Get, path, permission: Permission::Write, answer }
}

const fn post(path: &'static str, answer: Answer) -> PageRoute {
    PageRoute { method: Method::Post, path, permission: Permission::Write, answer }
}
