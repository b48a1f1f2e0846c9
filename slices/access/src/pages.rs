//! The pages of access: our own people and what they may do, and what acts in their name.

mod connections;
pub(crate) mod find;
mod language;
mod people;

use kernel::{
    Permission::{self, Manage, Read},
    Problem,
};
use maud::Markup;
use slice::{PageRoute, Visit};
use speech::say;
use ui::{Tab, Tabs, Text};

/// Where our people stand.
const PEOPLE: &str = "/people";
/// Where what acts in somebody's name stands.
const CONNECTIONS: &str = "/connections";

/// Where the language of pages is chosen.
pub const LANGUAGE: &str = "/language";

/// The place of all settings in the rail: the one that everybody may see.
pub const PLACE: &str = CONNECTIONS;

/// The pages of settings, whoever brings them: name, address, what they ask of their caller.
fn settings() -> [(Text<'static>, &'static str, Permission); 9] {
    [
        (say!("Connections"), CONNECTIONS, Read),
        (say!("Language and words"), LANGUAGE, Read),
        (say!("People and roles"), PEOPLE, Manage),
        (say!("Service lines"), "/lines", Read),
        (say!("Catalogue"), "/products", Read),
        (say!("Calendars"), "/calendars", Read),
        (say!("Audit"), "/audit", Manage),
        (say!("Decisions"), "/decisions", Manage),
        (say!("Work set aside"), "/jobs", Manage),
    ]
}

/// The tabs above each page of settings, as far as the visitor may open them.
pub fn tabs(visit: &Visit<'_>, current: &str) -> Tabs<'static> {
    let may = settings().into_iter().filter(|(_, _, permission)| visit.cx.actor.may(*permission));
    let tab = |(text, href, _): (Text<'static>, &'static str, _)| Tab {
        text,
        href: href.into(),
        current: href == current,
        ..Tab::default()
    };
    Tabs { label: say!("Settings"), tabs: may.map(tab).collect() }
}

/// The pages.
pub const PAGES: &[PageRoute] = &[
    PageRoute::get(PEOPLE, people::page).asks(Manage).by("People and roles", &["people.list"]),
    PageRoute::post(PEOPLE, people::add).asks(Manage).by("Add, and give a link", &["person.add"]),
    PageRoute::post("/people/{id}/role", people::role).asks(Manage).by("Set", &["person.role"]),
    PageRoute::post("/people/{id}/sign-in-link", people::link).asks(Manage).by("New link", &["person.link"]),
    PageRoute::post("/people/{id}/departure", people::leave).asks(Manage).by("Has left", &["person.leave"]),
    PageRoute::get(CONNECTIONS, connections::page).by("Connections", &["tokens.list"]),
    PageRoute::post(CONNECTIONS, connections::add).by("Make a token", &["token.add"]),
    PageRoute::post("/connections/{id}/revocation", connections::revoke)
        .asks(Read)
        .by("Take back", &["token.revoke"]),
    PageRoute::get(LANGUAGE, language::page).by("Language and words", &["house.words"]),
    PageRoute::post(LANGUAGE, language::choose).asks(Read).by("Speak it", &["person.language"]),
    PageRoute::post("/language/{language}", language::call)
        .asks(Manage)
        .by("Call them that", &["house.word"]),
];

/// What was wrong with a field of a form that came back.
fn error(problem: Option<&Problem>, field: &str) -> Option<String> {
    let wrong = problem.filter(|problem| problem.field.as_deref() == Some(field));
    wrong.map(|problem| ui::sentence(&problem.message))
}

/// The day of an instant as it is told outside.
fn day(instant: &str, today: kernel::Day) -> Markup {
    let day = instant.get(..10).and_then(|day| kernel::Day::parse(day).ok());
    day.map(|day| ui::time::short(day, today)).unwrap_or_default()
}
