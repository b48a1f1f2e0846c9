//! What stands around every page: the places, who is signed in, the way out.

use std::borrow::Cow;

use kernel::{Problem, ProblemKind};
use maud::Markup;
use speech::html;
use ui::{Button, Me, Place, Shell, Text};

use super::{BOOK, BRING_IN, SAMPLES, SPECTRUM, sign_in};
use crate::serve::caller::Caller;

/// A place: its name, its address, the letter after `g`.
type Spot = (&'static str, &'static str, char);

/// The places, each group with its label.
const PLACES: [(&str, &[Spot]); 2] = [
    (
        "Work",
        &[
            ("Today", crate::today::PLACE, 't'),
            ("Book", BOOK, 'b'),
            ("Spectrum", SPECTRUM, 's'),
            ("Figures", "/figures", 'f'),
        ],
    ),
    (
        "Setup",
        &[
            ("Bring in", BRING_IN, 'i'),
            ("Duplicates", "/duplicates", 'd'),
            ("Service models", "/service-models", 'm'),
            ("Settings", access::pages::PLACE, 'o'),
        ],
    ),
];

/// The addresses of all places.
#[cfg(test)]
pub(super) fn all_places() -> impl Iterator<Item = &'static str> {
    PLACES.iter().flat_map(|(_, group)| group.iter().map(|(_, href, _)| *href))
}

/// The shell around a page at a place.
pub(super) fn around<'c>(caller: &'c Caller, place: &str) -> Shell<'c> {
    Shell {
        house: Cow::Borrowed(""),
        me: caller.session.as_ref().map(|session| Me {
            id: Cow::Owned(caller.cx.codes.write(session.person)),
            name: Cow::Borrowed(&session.name),
            href: Some(access::pages::LANGUAGE.into()),
            sign_out: Cow::Borrowed(sign_in::LEAVE),
            hidden: ui::hidden("csrf", &session.csrf),
        }),
        places: PLACES.iter().map(|(label, group)| (Text::from(*label), places(group, place))).collect(),
        help: Cow::Owned(crate::help::topic_of(place)),
        notice: caller.has_sample.then(sample),
    }
}

/// What every page says while a sample business is in the house.
fn sample() -> Markup {
    html! { "A sample business is loaded: nothing of it is real. " a href=(SAMPLES) { "Remove it" } "." }
}

fn places(group: &[Spot], current: &str) -> Vec<Place<'static>> {
    let place = |(name, href, key): &Spot| Place {
        name: Cow::Borrowed(*name),
        href: Cow::Borrowed(*href),
        count: None,
        current: *href == current,
        key: Some(*key),
    };
    group.iter().map(place).collect()
}

/// A page that says why there is no other; within the shell for whoever is signed in.
pub(super) fn lost(caller: &Caller, problem: &Problem) -> Markup {
    let of_a_file = ["imports.", "upload."].iter().any(|part| problem.code.starts_with(part));
    let (way, href) = match caller.session {
        Some(_) if of_a_file && problem.kind == ProblemKind::Invalid => ("Bring in another file", BRING_IN),
        Some(_) => ("Back to the start", "/"),
        None => ("Sign in", sign_in::PATH),
    };
    let body = ui::lost(problem, &html! { (Button::link(way, href).main_act()) });
    match caller.session {
        Some(_) => around(caller, "").page("Not shown", &body),
        None => Shell::default().page("Not shown", &body),
    }
}

/// The same for somebody outside, whom signing in would not help.
pub(super) fn lost_alone(problem: &Problem) -> Markup {
    let body = html! {
        p { (ui::sentence(&problem.message)) }
        p .tiny .faint { "Code " code { (problem.code) } }
    };
    ui::centred("Not shown", "This did not work", &body)
}
