//! Accounts and people by hand; duplicates, to be decided one after the other; and what was merged.

mod account;
mod account_form;
mod audit;
mod deeds;
mod duplicates;
pub mod edits;
mod fact_form;
pub(crate) mod fact_kind;
mod fact_new;
mod fact_withdrawal;
pub(crate) mod find;
mod links;
mod many;
mod merge_new;
mod merges;
mod other;
mod pair_answered;
mod people;
mod person;
mod person_form;
mod person_new;
pub mod reached;
mod wall;

use kernel::Permission::{Manage, Write};
use slice::PageRoute;

/// The pages.
pub const PAGES: &[PageRoute] = &[
    PageRoute::get("/accounts/new", account::new).asks(Write).by("Add an account", &[]),
    PageRoute::post("/accounts/new", account::write).by("Add it", &["account.add"]),
    PageRoute::get("/accounts/{id}/change", account::known).asks(Write).by("Correct", &[]),
    PageRoute::post("/accounts/{id}/change", account::correct).by("Keep it", &["account.change"]),
    PageRoute::get("/accounts/{id}/facts/new", fact_new::page).asks(Write).by("Record something", &[]),
    PageRoute::post("/accounts/{id}/facts", fact_new::write).by("Record it", &["facts.record"]),
    PageRoute::get("/accounts/{id}/facts/{fact}/withdrawal", fact_withdrawal::page)
        .asks(Write)
        .by("Take it back", &[]),
    PageRoute::post("/accounts/{id}/facts/{fact}/withdrawal", fact_withdrawal::save)
        .by("Take it back", &["fact.withdraw"]),
    PageRoute::get("/accounts/{id}/wall", wall::page).asks(Manage).by("Say who may see them", &[]),
    PageRoute::post("/accounts/{id}/wall", wall::save).asks(Manage).by("Keep the wall", &["account.wall"]),
    PageRoute::get("/accounts/{id}/merges/new", merge_new::page).asks(Write).by("Merge with another", &[]),
    PageRoute::post("/accounts/{id}/merges", merge_new::merge).by("Merge them", &["accounts.merge"]),
    PageRoute::get("/audit", audit::page).asks(Manage).by("Audit", &["audit.list"]),
    PageRoute::get("/audit/verification", audit::verification).asks(Manage).by("Verify", &["audit.verify"]),
    PageRoute::get("/accounts/{id}/people", people::page).by("People", &["contacts.list"]),
    PageRoute::get("/accounts/{id}/people/new", person_new::page).asks(Write).by("Add somebody", &[]),
    PageRoute::post("/accounts/{id}/people/new", person_new::add).by("Add them", &["contacts.record"]),
    PageRoute::get("/accounts/{id}/links", links::page).by("All of them", &[]),
    PageRoute::post("/accounts/{id}/links", links::save).by("Link them", &["account.link"]),
    PageRoute::get("/accounts/{id}/links/new", links::new)
        .asks(Write)
        .by("Link them to another account", &[]),
    PageRoute::get("/contacts/{id}", person::page).by("(their name)", &[]),
    PageRoute::post("/contacts/{id}", person::save).by("Keep it", &["contact.change"]),
    PageRoute::post("/contacts/{id}/removal", person::removal).by("Remove them", &["contact.remove"]),
    PageRoute::get(PLACE, duplicates::page).by("Duplicates", &["duplicates.list", "merges.list"]),
    PageRoute::post("/duplicates/{first}/{second}", duplicates::decide)
        .by("Not the same", &["duplicate.decide"]),
    PageRoute::post("/duplicates/search", duplicates::search).by("Compare all again", &["duplicates.search"]),
    PageRoute::get("/duplicates/many", many::page).by("Merge many", &[]),
    PageRoute::post("/duplicates/many", many::merge).by("Merge (so many pairs)", &["duplicates.merge"]),
    PageRoute::post("/duplicates/auto", many::auto).asks(Manage).by("Keep", &["duplicates.auto"]),
    PageRoute::get("/merges/{id}", merges::page).by("(so many pairs)", &["merge.view"]),
    PageRoute::post("/merges/{id}/undo", merges::undo).by("Undo the merge", &["merge.undo"]),
];

/// The place in the rail.
const PLACE: &str = "/duplicates";

/// The place in the rail that accounts and their people belong to.
const BOOK: &str = "/relationships";
