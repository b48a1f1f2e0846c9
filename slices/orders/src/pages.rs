//! The pages of orders: the order behind a fact, the bills of an account, and the figures.

mod bills;
mod fact;
mod figures;
pub(crate) mod find;
mod order;
mod sold;

use kernel::Permission;
use slice::{Method, PageRoute};

/// The pages.
pub const PAGES: &[PageRoute] = &[
    PageRoute {
        method: Method::Get,
        path: "/accounts/{id}/bills",
        permission: Permission::Read,
        answer: bills::page,
    },
    PageRoute {
        method: Method::Get,
        path: "/accounts/{id}/facts/{fact}",
        permission: Permission::Read,
        answer: order::page,
    },
    PageRoute { method: Method::Get, path: "/figures", permission: Permission::Read, answer: figures::page },
    PageRoute {
        method: Method::Get,
        path: "/figures/categories",
        permission: Permission::Read,
        answer: sold::page,
    },
];
