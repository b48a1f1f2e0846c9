//! Gallery: every component in every state, from samples; for the eye, for snapshots and for the checks of access.

mod clauses;
mod edits;
mod evidence;
mod pages;
mod samples;
mod spectra;
mod states;

use maud::{Markup, html};

use crate::{Head, Me, Place, Shell, hidden};

/// One sample page: its name, the title of its window, the whole document.
pub struct Sample {
    /// The name of its file.
    pub name: &'static str,
    /// The document.
    pub page: Markup,
}

/// All sample pages: the components one by one, then the screens they make up.
pub fn gallery() -> Vec<Sample> {
    let sample = |name, page| Sample { name, page };
    vec![
        sample("components", shell("").page("Components", &components())),
        sample("states", shell("").page("States", &states::states())),
        sample("book", shell("Book").page("Relationships", &pages::book())),
        sample("relationship", shell("Book").page("Osterlund Marine", &pages::relationship())),
        sample("import", shell("Bring in").page("orders-2025-q3.csv", &pages::import())),
        sample("welcome", shell("Bring in").page("Bring in", &pages::welcome())),
        sample("lost", shell("").page("Nothing at this address", &pages::lost())),
        sample("sign-in", pages::sign_in()),
    ]
}

/// The samples of each component, by its name.
#[cfg(test)]
pub(crate) fn samples() -> Vec<(&'static str, Markup)> {
    samples::all()
}

/// Every component under its name.
fn components() -> Markup {
    html! {
        (Head { title: "Components".into(), lead: Some(html! { "Every component in every state." }), ..Head::default() })
        @for (name, markup) in samples::all() {
            section .group id=(name) { h2 { (name) } (markup) }
        }
    }
}

fn shell(current: &str) -> Shell<'static> {
    let place = |name: &'static str, href: &'static str, count: Option<&'static str>, key| Place {
        name: name.into(),
        href: href.into(),
        count: count.map(Into::into),
        current: name == current,
        key: Some(key),
    };
    Shell {
        at: "".into(),
        notice: Some(
            html! { "A sample business is loaded: nothing of it is real. " a href="/samples" { "Remove it" } "." },
        ),
        house: "Harbour & Vale".into(),
        help: "/help/book".into(),
        me: Some(Me {
            id: "prs_x7Kq2".into(),
            name: "Ines Marchetti".into(),
            href: Some("/people/me".into()),
            sign_out: "/sessions/end".into(),
            hidden: hidden("token", "t0k3n"),
        }),
        places: vec![
            ("Work".into(), vec![place("Book", "/relationships", Some("412"), 'b')]),
            ("Setup".into(), vec![place("Bring in", "/imports", None, 'i')]),
        ],
    }
}
