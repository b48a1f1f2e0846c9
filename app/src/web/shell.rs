//! What stands around every page: the places, who is signed in, the way out.

use std::borrow::Cow;

use kernel::{Problem, ProblemKind};
use maud::Markup;
use speech::{html, say, tell, word};
use ui::{Button, Me, Place, Shell, Text};

use super::{BOOK, BRING_IN, SAMPLES, SPECTRUM, sign_in};
use crate::serve::caller::Caller;

/// A place: its name in English, its address, the letter after `g`.
type Spot = (&'static str, &'static str, char);

/// The places, each group with its label in English.
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

/// The letter that goes to the place of that address and name.
pub(crate) fn letter(href: &str, name: &str) -> Option<char> {
    let mut spots = PLACES.iter().flat_map(|(_, group)| group.iter());
    spots.find(|spot| spot.1 == href && spot.0 == name).map(|spot| spot.2)
}

/// What the pages below these addresses are about can be done something with.
const ABOUT: [&str; 2] = ["/accounts/", "/relationships/"];

/// The shell around the page with that address, at a place.
pub(super) fn around<'c>(caller: &'c Caller, place: &str, address: &'c str) -> Shell<'c> {
    let address = address.split('?').next().unwrap_or_default();
    let is_about = ABOUT.iter().any(|start| address.starts_with(start));
    Shell {
        house: Cow::Borrowed(""),
        me: caller.session.as_ref().map(|session| Me {
            id: Cow::Owned(caller.cx.codes.write(session.person)),
            name: Cow::Borrowed(&session.name),
            href: None,
            sign_out: Cow::Borrowed(sign_in::LEAVE),
            hidden: ui::hidden("csrf", &session.csrf),
        }),
        places: PLACES
            .iter()
            .map(|(label, group)| (Text::from(word!(label)), places(group, place)))
            .collect(),
        help: Cow::Owned(crate::help::topic_on(address, place)),
        at: Cow::Borrowed(if is_about { address } else { "" }),
        notice: caller.has_sample.then(sample),
    }
}

/// What every page says while a sample business is in the house.
fn sample() -> Markup {
    let remove = html! { a href=(SAMPLES) { "Remove it" } };
    tell!("A sample business is loaded: nothing of it is real. {remove}.", remove = remove)
}

fn places(group: &[Spot], current: &str) -> Vec<Place<'static>> {
    let place = |(name, href, key): &Spot| Place {
        name: Cow::Owned(word!(name)),
        href: Cow::Borrowed(*href),
        count: None,
        current: *href == current,
        key: Some(*key),
    };
    group.iter().map(place).collect()
}

/// Codes of what the door refuses before it knows to whom it speaks.
const BEFORE: [&str; 6] = ["access.csrf", "access.forbidden", "body.", "input.query", "page.", "upload."];

/// A problem in the words of whoever reads it, also where it was found before anybody knew whom one speaks to.
fn said(problem: &Problem) -> Problem {
    if let Some(message) = for_people(problem) {
        return Problem { kind: problem.kind, code: problem.code, message, field: None, cause: None };
    }
    let is_early = BEFORE.iter().any(|part| problem.code.starts_with(part));
    let message = if is_early { word!(problem.message) } else { problem.message.clone() };
    Problem { kind: problem.kind, code: problem.code, message, field: None, cause: None }
}

/// What the door tells programs by method and path, as people are told it.
fn for_people(problem: &Problem) -> Option<String> {
    match problem.code {
        "access.sign_in" => Some(
            say!(
                "your session is over, and nothing was written; sign in again, and what was typed in a form waits there \
                 as a draft where your browser could keep it"
            )
            .into_owned(),
        ),
        "access.forbidden" if problem.message.contains(" /") => {
            Some(say!("your role does not let you do this; ask an owner").into_owned())
        }
        _ => None,
    }
}

/// A page that says why there is no other; within the shell for whoever is signed in.
pub(super) fn lost(caller: &Caller, problem: &Problem) -> Markup {
    let of_a_file = ["imports.", "upload."].iter().any(|part| problem.code.starts_with(part));
    let (way, href) = match caller.session {
        Some(_) if of_a_file && problem.kind == ProblemKind::Invalid => {
            (say!("Bring in another file"), BRING_IN)
        }
        Some(_) => (say!("Back to the start"), "/"),
        None => (say!("Sign in"), sign_in::PATH),
    };
    let said = said(problem);
    let body = ui::lost(&said, &html! { (Button::link(way, href).main_act()) });
    match caller.session {
        Some(_) => around(caller, "", "").page(&say!("Not shown"), &body),
        None => Shell::default().page(&say!("Not shown"), &body),
    }
}

/// The same for somebody outside, whom signing in would not help.
pub(super) fn lost_alone(problem: &Problem) -> Markup {
    let body = html! { p data-code=(problem.code) { (ui::sentence(&said(problem).message)) } };
    ui::centred(&say!("Not shown"), &say!("This did not work"), &body)
}
