//! The pages of contracts: the renewals, a view of the book; a contract with its versions; the figures.

mod contract;
mod decide;
mod figures;
pub(crate) mod find;
mod list;
mod new;
pub(crate) mod today;
mod typed;

use kernel::Permission;
use slice::{Method, PageRoute};

/// The place in the rail that these pages belong to.
const PLACE: &str = "/relationships";

/// The pages.
pub const PAGES: &[PageRoute] = &[
    PageRoute {
        method: Method::Get,
        path: "/accounts/{id}/contracts/new",
        permission: Permission::Write,
        answer: new::page,
    },
    PageRoute {
        method: Method::Post,
        path: "/accounts/{id}/contracts/new",
        permission: Permission::Write,
        answer: new::record,
    },
    PageRoute { method: Method::Get, path: "/contracts", permission: Permission::Read, answer: list::page },
    PageRoute {
        method: Method::Get,
        path: "/contracts/{id}",
        permission: Permission::Read,
        answer: contract::page,
    },
    PageRoute {
        method: Method::Post,
        path: "/contracts/{id}/renewals",
        permission: Permission::Write,
        answer: decide::renewal,
    },
    PageRoute {
        method: Method::Post,
        path: "/contracts/{id}/withdrawal",
        permission: Permission::Write,
        answer: decide::withdrawal,
    },
    PageRoute {
        method: Method::Post,
        path: "/contracts/{id}/withdrawal/{step}",
        permission: Permission::Write,
        answer: decide::step,
    },
    PageRoute {
        method: Method::Get,
        path: "/figures/contracts",
        permission: Permission::Read,
        answer: figures::page,
    },
];
