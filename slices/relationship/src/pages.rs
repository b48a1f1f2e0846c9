//! The pages of the judgement: the book, and the page of an account with a panel per relationship.

mod account;
mod asked;
mod book;
mod builder;
mod bulk;
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
mod spans;
mod spectrum;
mod switch;
mod their_page;
mod then;
pub(crate) mod today;
pub(crate) mod views;
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
        path: spectrum::PLACE,
        permission: Permission::Read,
        answer: spectrum::page,
    },
    PageRoute {
        method: Method::Get,
        path: bulk::PREVIEW,
        permission: Permission::Write,
        answer: bulk::preview,
    },
    PageRoute { method: Method::Get, path: bulk::BULKS, permission: Permission::Write, answer: bulk::list },
    PageRoute { method: Method::Post, path: bulk::BULKS, permission: Permission::Write, answer: bulk::apply },
    PageRoute {
        method: Method::Get,
        path: "/relationships/bulks/{id}",
        permission: Permission::Write,
        answer: bulk::view,
    },
    PageRoute {
        method: Method::Post,
        path: "/relationships/bulks/{id}/undoing",
        permission: Permission::Write,
        answer: bulk::undo,
    },
    PageRoute { method: Method::Get, path: views::VIEWS, permission: Permission::Read, answer: views::list },
    PageRoute { method: Method::Post, path: views::VIEWS, permission: Permission::Read, answer: views::save },
    PageRoute {
        method: Method::Get,
        path: "/relationships/views/new",
        permission: Permission::Read,
        answer: views::new,
    },
    PageRoute {
        method: Method::Get,
        path: "/relationships/views/{id}",
        permission: Permission::Read,
        answer: book::view,
    },
    PageRoute {
        method: Method::Post,
        path: "/relationships/views/{id}",
        permission: Permission::Read,
        answer: views::change,
    },
    PageRoute {
        method: Method::Get,
        path: "/relationships/views/{id}/edit",
        permission: Permission::Read,
        answer: views::edit,
    },
    PageRoute {
        method: Method::Post,
        path: "/relationships/views/{id}/deletion",
        permission: Permission::Read,
        answer: views::delete,
    },
    PageRoute {
        method: Method::Post,
        path: "/relationships/views/{id}/restoration",
        permission: Permission::Read,
        answer: views::restore,
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
        method: Method::Get,
        path: "/relationships/{id}/switch",
        permission: Permission::Read,
        answer: switch::page,
    },
    PageRoute {
        method: Method::Post,
        path: "/relationships/{id}/switch",
        permission: Permission::Write,
        answer: switch::switch,
    },
    PageRoute {
        method: Method::Post,
        path: "/switches/{id}/reversal",
        permission: Permission::Write,
        answer: switch::reverse,
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
