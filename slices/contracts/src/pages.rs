//! The pages of contracts: the renewals, a view of the book; a contract with its versions; the figures.

mod calendars;
mod change;
mod contract;
pub(crate) mod course;
mod decide;
mod figures;
pub(crate) mod find;
mod list;
mod new;
pub(crate) mod today;
mod typed;

use kernel::Permission::Write;
use slice::PageRoute;

/// The place in the rail that these pages belong to.
const PLACE: &str = "/relationships";

/// The pages.
pub const PAGES: &[PageRoute] = &[
    PageRoute::get("/accounts/{id}/contracts/new", new::page).asks(Write).by("Record a contract", &[]),
    PageRoute::post("/accounts/{id}/contracts/new", new::record)
        .by("Record it", &["contracts.record", "subscriptions.record"]),
    PageRoute::get("/contracts", list::page).by("Renewals", &["contracts.list"]),
    PageRoute::get("/contracts/{id}", contract::page).by("(its name)", &["contract.view"]),
    PageRoute::post("/contracts/{id}/renewals", decide::renewal)
        .by("Record the decision", &["contract.renew"]),
    PageRoute::post("/contracts/{id}/withdrawal", decide::withdrawal).by("Record it", &["contract.withdraw"]),
    PageRoute::post("/contracts/{id}/withdrawal/{step}", decide::step).by("Done", &["contract.step"]),
    PageRoute::get("/contracts/{id}/change", change::page).asks(Write).by("Change what is agreed", &[]),
    PageRoute::post("/contracts/{id}/versions", change::amended).by("Change it", &["contract.amend"]),
    PageRoute::post("/contracts/{id}/changes", change::changed).by("Change it", &["subscription.change"]),
    PageRoute::post("/contracts/{id}/retraction", change::retracted)
        .by("Take this version back", &["contract.retract"]),
    PageRoute::get(calendars::CALENDARS, calendars::page).by("Calendars", &["calendar.view"]),
    PageRoute::post(calendars::CALENDARS, calendars::save).by("Keep the calendar", &["calendar.set"]),
    PageRoute::get("/figures/contracts", figures::page).by("Figures of contracts", &["contracts.figures"]),
];
