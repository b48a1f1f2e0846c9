//! The pages of the judgement: the book, and the page of an account with a panel per relationship.

mod account;
mod among;
mod answered;
mod asked;
mod book;
mod builder;
mod bulk;
mod by_hand;
mod came;
mod case;
mod dated;
mod deciding;
mod decisions;
mod filters;
pub(crate) mod find;
mod fit;
mod history;
mod learn;
mod lines;
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
mod typed;
pub(crate) mod views;
mod welcome;
mod worded;
mod wording;

use kernel::Permission::{Manage, Public, Read, Write};
use slice::PageRoute;

/// The pages, in the order in which people come to them.
pub const PAGES: &[PageRoute] = &[
    PageRoute::get("/relationships", book::page).brief().by("Book", &["relationships.list"]),
    PageRoute::get(deciding::PLACE, deciding::news)
        .by("(shown by the book while it is decided)", &["decisions.progress"]),
    PageRoute::get(builder::BUILDER, builder::page).by("More conditions…", &[]),
    PageRoute::get(spectrum::PLACE, spectrum::page).by("Spectrum", &["relationships.spectrum"]),
    PageRoute::get(bulk::PREVIEW, bulk::preview).asks(Write).by("Set the class…", &["bulk.preview"]),
    PageRoute::get(bulk::BULKS, bulk::list).asks(Write).by("What was done to many", &["bulks.list"]),
    PageRoute::post(bulk::BULKS, bulk::apply).by("Do it to (so many relationships)", &["bulk.apply"]),
    PageRoute::get("/relationships/bulks/{id}", bulk::view).asks(Write).by("(what was done)", &["bulk.view"]),
    PageRoute::post("/relationships/bulks/{id}/undoing", bulk::undo).by("Undo", &["bulk.undo"]),
    PageRoute::get(views::VIEWS, views::list).by("All views", &["views.list"]),
    PageRoute::post(views::VIEWS, views::save).asks(Read).by("Save", &["view.save"]),
    PageRoute::get("/relationships/views/new", views::new).by("Save as view…", &[]),
    PageRoute::get("/relationships/views/{id}", book::view).by("(its name)", &[]),
    PageRoute::post("/relationships/views/{id}", views::change).asks(Read).by("Save", &["view.change"]),
    PageRoute::get("/relationships/views/{id}/edit", views::edit).by("Change…", &[]),
    PageRoute::post("/relationships/views/{id}/deletion", views::delete)
        .asks(Read)
        .by("Delete the view", &["view.delete"]),
    PageRoute::post("/relationships/views/{id}/restoration", views::restore)
        .asks(Read)
        .by("Undo", &["view.restore"]),
    PageRoute::get("/relationships/{id}", account::of_relationship)
        .by("(their name in the book)", &["relationship.view"]),
    PageRoute::get("/relationships/{id}/history", came::page)
        .by("How it came to this", &["relationship.history"]),
    PageRoute::get("/relationships/{id}/case", case::file).by("Its facts as a file", &["relationship.case"]),
    PageRoute::get("/relationships/{id}/preference", preference::page)
        .by("Change it, or see all that was stated", &["preference.view", "contact.clearance"]),
    PageRoute::post("/relationships/{id}/preferences", preference::note).by("Note it", &["preference.state"]),
    PageRoute::post("/relationships/{id}/preference/suggestion", preference::take)
        .by("Take it to be so", &["preference.accept"]),
    PageRoute::post("/relationships/{id}/preference/links", preference::their_link)
        .by("Show their link", &["preference.link"]),
    PageRoute::get(their_page::PLACE, their_page::page)
        .asks(Public)
        .by("(the link that was sent to them)", &[]),
    PageRoute::post(their_page::PLACE, their_page::choose).asks(Public).by("(what they want)", &[]),
    PageRoute::get("/accounts/{id}", account::of_account)
        .by("(the name of an account)", &["account.view", "account.history"]),
    PageRoute::post("/accounts/{id}/correction", account::correct).by("Keep it", &["account.change"]),
    PageRoute::post("/contacts/{id}/correction", account::correct_contact).by("Keep it", &["contact.change"]),
    PageRoute::get(today::PLACE, today::page).by("Every crossing that waits", &["crossings.list"]),
    PageRoute::post("/relationships/{id}/crossing", today::answer_it).by("Agree", &["crossing.answer"]),
    PageRoute::get("/relationships/{id}/switch", switch::page)
        .by("Serve as (client or customer)…", &["switch.preview"]),
    PageRoute::post("/relationships/{id}/switch", switch::switch)
        .by("Serve as (client or customer)", &["switch.apply"]),
    PageRoute::post("/switches/{id}/reversal", switch::reverse).by("Undo", &["switch.undo"]),
    PageRoute::post("/relationships/{id}/override", overrides::set).by("Set by hand", &["override.set"]),
    PageRoute::post("/relationships/{id}/override/withdrawal", overrides::withdraw)
        .by("Withdraw", &["override.withdraw"]),
    PageRoute::get(policy::PLACE, policy::page)
        .by("Service models", &["policy.view", "policy.preview", "policy.history"]),
    PageRoute::post(policy::PLACE, policy::put_in_force).asks(Manage).by("Put in force", &["policy.adopt"]),
    PageRoute::get(by_hand::BY_HAND, by_hand::page).by("Set by hand", &["overrides.list"]),
    PageRoute::get(lines::LINES, lines::list).by("Service lines", &["lines.list"]),
    PageRoute::get("/lines/{id}", lines::page).asks(Manage).by("See who would change", &["line.preview"]),
    PageRoute::post("/lines/{id}/now", lines::turn).asks(Manage).by("Let the clock count", &["line.now"]),
    PageRoute::post("/lines/{id}/baseline", lines::baseline)
        .asks(Manage)
        .by("Take a new list", &["line.baseline"]),
    PageRoute::get(decisions::DECISIONS, decisions::page).asks(Manage).by("Decisions", &["decisions.check"]),
    PageRoute::get(learn::LEARN, learn::page).asks(Manage).by("Learn from labels", &["policy.learnings"]),
    PageRoute::post(learn::LEARN, learn::ask).asks(Manage).by("Learn", &["policy.learn"]),
    PageRoute::get("/service-models/learning/{id}", learn::one)
        .asks(Manage)
        .by("(its day)", &["policy.learning"]),
];
