//! The pages of access: our own people and what they may do, and what acts in their name.

mod connections;
mod people;

use kernel::{Permission, Problem, Result};
use maud::Markup;
use slice::{Method, PageRoute, Visit};
use store::Tx;
use ui::{Tab, Tabs};

/// Where our people stand.
const PEOPLE: &str = "/people";
/// Where what acts in somebody's name stands.
const CONNECTIONS: &str = "/connections";

/// The place of all settings in the rail: the one that everybody may see.
pub const PLACE: &str = CONNECTIONS;

/// The pages of settings, whoever brings them: name, address, what they ask of their caller.
const SETTINGS: [(&str, &str, Permission); 4] = [
    ("Connections", CONNECTIONS, Permission::Read),
    ("People and roles", PEOPLE, Permission::Manage),
    ("Audit", "/audit", Permission::Manage),
    ("Work set aside", "/jobs", Permission::Manage),
];

/// The tabs above each page of settings, as far as the visitor may open them.
pub fn tabs(visit: &Visit<'_>, current: &str) -> Tabs<'static> {
    let may = SETTINGS.into_iter().filter(|(_, _, permission)| visit.cx.actor.may(*permission));
    let tab = |(text, href, _): (&'static str, &'static str, _)| Tab {
        text: text.into(),
        href: href.into(),
        current: href == current,
        ..Tab::default()
    };
    Tabs { label: "Settings".into(), tabs: may.map(tab).collect() }
}

type Answer = fn(&Visit<'_>, &mut Tx<'_>) -> Result<slice::Reply>;

const fn get(path: &'static str, permission: Permission, answer: Answer) -> PageRoute {
    PageRoute { method: Method::Get, path, permission, answer }
}

const fn post(path: &'static str, permission: Permission, answer: Answer) -> PageRoute {
    PageRoute { method: Method::Post, path, permission, answer }
}

/// The pages.
pub const PAGES: &[PageRoute] = &[
    get(PEOPLE, Permission::Manage, people::page),
    post(PEOPLE, Permission::Manage, people::add),
    post("/people/{id}/role", Permission::Manage, people::role),
    post("/people/{id}/sign-in-link", Permission::Manage, people::link),
    post("/people/{id}/departure", Permission::Manage, people::leave),
    get(CONNECTIONS, Permission::Read, connections::page),
    post(CONNECTIONS, Permission::Write, connections::add),
    post("/connections/{id}/revocation", Permission::Read, connections::revoke),
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
