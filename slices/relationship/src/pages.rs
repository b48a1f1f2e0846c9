//! The pages of the judgement: the book, and the page of an account with a panel per relationship.

mod account;
mod book;
mod builder;
mod came;
mod deciding;
mod filters;
pub(crate) mod find;
mod history;
mod learn;
mod list;
mod overrides;
mod panel;
mod policy;
mod preference;
mod reasons;
mod their_page;
mod then;
pub(crate) mod today;
mod welcome;
mod worded;
mod wording;

use kernel::Permission;
use slice::{Method, PageRoute};

/// The pages, in the order in which people come to them.
pub const PAGES: &[PageRoute] = &[
    PageRoute {
        method: Method::Get,
        path: "/relationships",
        permission: Permission::Read,
        answer: book::page,
    },
    PageRoute {
        method: Method::Get,
        path: deciding::PLACE,
        permission: Permission::Read,
        answer: deciding::news,
    },
    PageRoute {
        method: Method::Get,
        path: builder::BUILDER,
        permission: Permission::Read,
        answer: builder::page,
    },
    PageRoute {
        method: Method::Get,
        path: "/relationships/{id}",
        permission: Permission::Read,
        answer: account::of_relationship,
    },
    PageRoute {
        method: Method::Get,
        path: "/relationships/{id}/history",
        permission: Permission::Read,
        answer: came::page,
    },
    PageRoute {
        method: Method::Get,
        path: "/relationships/{id}/preference",
        permission: Permission::Read,
        answer: preference::page,
    },
    PageRoute {
        method: Method::Post,
        path: "/relationships/{id}/preferences",
        permission: Permission::Write,
        answer: preference::note,
    },
    PageRoute {
        method: Method::Post,
        path: "/relationships/{id}/preference/suggestion",
        permission: Permission::Write,
        answer: preference::take,
    },
    PageRoute {
        method: Method::Post,
        path: "/relationships/{id}/preference/links",
        permission: Permission::Write,
        answer: preference::their_link,
    },
    PageRoute {
        method: Method::Get,
        path: their_page::PLACE,
        permission: Permission::Public,
        answer: their_page::page,
    },
    PageRoute {
        method: Method::Post,
        path: their_page::PLACE,
        permission: Permission::Public,
        answer: their_page::choose,
    },
    PageRoute {
        method: Method::Get,
        path: "/accounts/{id}",
        permission: Permission::Read,
        answer: account::of_account,
    },
    PageRoute { method: Method::Get, path: today::PLACE, permission: Permission::Read, answer: today::page },
    PageRoute {
        method: Method::Post,
        path: "/relationships/{id}/crossing",
        permission: Permission::Write,
        answer: today::answered,
    },
    PageRoute {
        method: Method::Post,
        path: "/relationships/{id}/override",
        permission: Permission::Write,
        answer: overrides::set,
    },
    PageRoute {
        method: Method::Post,
        path: "/relationships/{id}/override/withdrawal",
        permission: Permission::Write,
        answer: overrides::withdraw,
    },
    PageRoute {
        method: Method::Get,
        path: policy::PLACE,
        permission: Permission::Read,
        answer: policy::page,
    },
    PageRoute {
        method: Method::Post,
        path: policy::PLACE,
        permission: Permission::Manage,
        answer: policy::put_in_force,
    },
    PageRoute {
        method: Method::Get,
        path: learn::LEARN,
        permission: Permission::Manage,
        answer: learn::page,
    },
    PageRoute {
        method: Method::Post,
        path: learn::LEARN,
        permission: Permission::Manage,
        answer: learn::ask,
    },
    PageRoute {
        method: Method::Get,
        path: "/service-models/learning/{id}",
        permission: Permission::Manage,
        answer: learn::one,
    },
];
