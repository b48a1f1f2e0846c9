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
pub(crate) mod today;
mod undo;
mod wording;

use kernel::{Permission, Problem, Result};
use maud::{Markup, html};
use slice::{Method, PageRoute, Visit};
use ui::{Button, hidden};

/// The pages, in the order in which people come to them.
pub const PAGES: &[PageRoute] = &[
    get("/imports", list::page),
    get("/imports/{id}", import::page),
    post("/imports/{id}/reading", reading::set),
    post("/imports/{id}/mapping", mapping::set),
    post("/imports/{id}/plan", import::plan),
    post("/imports/{id}/run", import::run),
    post("/imports/{id}/pause", import::pause),
    post("/imports/{id}/resume", import::resume),
    post("/imports/{id}/cancel", import::cancel),
    post("/imports/{id}/discard", import::discard),
    get("/imports/{id}/parts", parts::page),
    post("/imports/{id}/leave-out", parts::leave_out),
    post("/imports/{id}/take-in", parts::take_in),
    PageRoute { permission: Permission::Write, ..get("/imports/{id}/undo", undo::page) },
    post("/imports/{id}/undo", undo::ask),
    PageRoute { permission: Permission::Write, ..get("/imports/{id}/rejections", rejections::page) },
    PageRoute { permission: Permission::Write, ..get("/imports/{id}/rejections.csv", rejections::download) },
    PageRoute { permission: Permission::Write, ..get("/imports/{id}/quality", quality::page) },
    PageRoute { permission: Permission::Write, ..get("/imports/{id}/quality/{figure}", quality::rows) },
    get("/imports/{id}/rows/{row}", row::page),
];

/// What answers at an address.
type Answer = fn(&Visit<'_>, &mut ::store::Tx<'_>) -> Result<slice::Reply>;

const fn get(path: &'static str, answer: Answer) -> PageRoute {
    PageRoute { method: Method::Get, path, permission: Permission::Read, answer }
}

const fn post(path: &'static str, answer: Answer) -> PageRoute {
    PageRoute { method: Method::Post, path, permission: Permission::Write, answer }
}

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
            "after is a whole number, taken from the link to the next page",
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
        "pause" => Button::submit("Pause"),
        "resume" => Button::submit("Resume").main_act(),
        _ => Button::submit("Cancel").quiet(),
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
                @if let Some(first) = first { (Button::link("First page", first).key('[')) }
                @match next {
                    Some(next) => { (Button::link("Next", next).key(']')) },
                    None => { (Button::link("Next", "").off()) },
                }
            }
        }
    }
}
