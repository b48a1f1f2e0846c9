//! Bring in: the files that came, and one file on its way from columns over a dry run to what it became.

mod columns;
mod draft;
mod file;
mod import;
mod list;
mod mapping;
mod outcome;
mod parts;
mod quality;
mod reading;
mod rejections;
mod row;
mod rules;
pub(crate) mod today;
mod undo;
mod wording;

use kernel::{Permission::Write, Problem, Result};
use maud::Markup;
use slice::{PageRoute, Visit};
use speech::{html, say};
use ui::{Button, hidden};

/// The pages, in the order in which people come to them.
pub const PAGES: &[PageRoute] = &[
    PageRoute::get("/imports", list::page).by("Bring in", &["imports.list"]),
    PageRoute::get("/imports/{id}", import::page).by("(its file)", &["import.view"]),
    PageRoute::post("/imports/{id}/reading", reading::set).by("Read it so", &["import.reading"]),
    PageRoute::post("/imports/{id}/mapping", mapping::set).by("Save", &["import.mapping"]),
    PageRoute::post("/imports/{id}/plan", import::plan).by("Dry run again", &["import.plan"]),
    PageRoute::post("/imports/{id}/run", import::run).by("Import (so many rows)", &["import.run"]),
    PageRoute::post("/imports/{id}/pause", import::pause).by("Pause", &["import.pause"]),
    PageRoute::post("/imports/{id}/resume", import::resume).by("Resume", &["import.resume"]),
    PageRoute::post("/imports/{id}/cancel", import::cancel).by("Cancel", &["import.cancel"]),
    PageRoute::post("/imports/{id}/discard", import::discard).by("Discard", &["import.discard"]),
    PageRoute::get("/imports/{id}/parts", parts::page).by("All that came together", &["import.parts"]),
    PageRoute::post("/imports/{id}/leave-out", parts::leave_out).by("Leave out", &["import.leave_out"]),
    PageRoute::post("/imports/{id}/take-in", parts::take_in).by("Take in", &["import.take_in"]),
    PageRoute::get("/imports/{id}/undo", undo::page).asks(Write).by("Take back …", &["import.undo_preview"]),
    PageRoute::post("/imports/{id}/undo", undo::ask).by("Take back", &["import.undo"]),
    PageRoute::get("/imports/{id}/rejections", rejections::page)
        .asks(Write)
        .by("All (so many rows)", &["import.rejections"]),
    PageRoute::get("/imports/{id}/rejections.csv", rejections::download)
        .asks(Write)
        .by("Download (so many rows) with reasons", &[]),
    PageRoute::get("/imports/{id}/quality", quality::page)
        .asks(Write)
        .by("Quality of the rows", &["import.quality"]),
    PageRoute::get("/imports/{id}/quality/{figure}", quality::rows)
        .asks(Write)
        .by("(so many rows)", &["import.quality_rows"]),
    PageRoute::get("/imports/{id}/rows/{row}", row::page).by("(the number of the row)", &["import.row"]),
];

/// The place in the rail.
const PLACE: &str = "/imports";

/// The address of an import, or of something of it.
fn address(id: &str, rest: &str) -> String {
    format!("{PLACE}/{id}{rest}")
}

/// Where a page of a list begins, as its address says.
fn after(visit: &Visit<'_>) -> Result<Option<i64>> {
    visit.asked("after").map(str::parse).transpose().map_err(|_| {
        Problem::invalid(
            "after",
            "imports.after",
            say!("after is a whole number, taken from the link to the next page"),
        )
    })
}

/// A form that is a button.
fn act(action: &str, csrf: &str, button: &Button<'_>) -> Markup {
    html! { form method="post" action=(action) { (hidden("csrf", csrf)) (button) } }
}

/// The buttons that stop what is under way, or have it go on.
fn halts(id: &str, csrf: &str, verbs: &[&'static str]) -> Markup {
    let button = |verb: &'static str| match verb {
        "pause" => Button::submit(say!("Pause")),
        "resume" => Button::submit(say!("Resume")).main_act(),
        _ => Button::submit(say!("Cancel")).quiet(),
    };
    html! {
        div .acts .group { @for verb in verbs { (act(&address(id, &format!("/{verb}")), csrf, &button(verb))) } }
    }
}

/// Where a list goes on, by key: back is to its beginning.
fn pager(range: &str, first: Option<String>, next: Option<String>) -> Markup {
    html! {
        nav .pager aria-label="Pages" {
            span { (range) }
            span .acts {
                @if let Some(first) = first { (Button::link(say!("First page"), first).key('[')) }
                @match next {
                    Some(next) => { (Button::link(say!("Next"), next).key(']')) },
                    None => { (Button::link(say!("Next"), "").off()) },
                }
            }
        }
    }
}
