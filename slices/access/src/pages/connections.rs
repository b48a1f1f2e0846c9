//! Connections: programs that act in somebody's name, by a token.

use kernel::{Day, Permission, Problem, Result, Role};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, tell, word};
use store::Tx;
use ui::{Button, Cell, Choice, Column, Field, Group, Head, Nothing as Empty, Row, Table, Tabs, hidden};

use super::{CONNECTIONS, day, error, tabs};
use crate::ops::{
    Nothing,
    tokens::{self, Add, Made, Named, ShownToken},
};

/// How a program shows its token.
const HEADER: &str = "Authorization: Bearer …";

#[derive(Default)]
struct Typed {
    name: String,
    role: String,
    days: String,
}

struct ConnectionsPage<'a> {
    tokens: Vec<ShownToken>,
    typed: Typed,
    problem: Option<Problem>,
    may_write: bool,
    now: String,
    today: Day,
    tabs: Tabs<'static>,
    csrf: &'a str,
}

/// Answers `GET /connections`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    answer(visit, tx, Typed::default(), None)
}

/// Answers `POST /connections`.
pub(super) fn add(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let text = |name: &str| visit.field(name).unwrap_or_default().to_owned();
    let typed = Typed { name: text("name"), role: text("role"), days: text("days") };
    match asked(&typed).and_then(|input| tokens::add(visit.cx, tx, input)) {
        Err(problem) if problem.field.is_some() => answer(visit, tx, typed, Some(problem)),
        made => made.map(|made| told(&made)),
    }
}

fn asked(typed: &Typed) -> Result<Add> {
    let days = Some(typed.days.trim()).filter(|days| !days.is_empty());
    let days = days.map(str::parse).transpose().map_err(|_| {
        let text = say!("{:?} is no number of days; type a whole number such as 90", typed.days);
        Problem::invalid("days", "access.token_days", text)
    })?;
    let role = Role::ALL.into_iter().find(|role| role.as_str() == typed.role);
    Ok(Add { name: typed.name.clone(), role, days, person: None })
}

/// Answers `POST /connections/{id}/revocation`.
pub(super) fn revoke(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    tokens::revoke(visit.cx, tx, Named { id: visit.part("id")?.to_owned() })?;
    Ok(Reply::Go(CONNECTIONS.to_owned()))
}

fn told(made: &Made) -> Reply {
    let trail = html! { a href=(CONNECTIONS) { "Connections" } };
    let header = html! { code { (HEADER) } };
    let body = html! {
        (Head { title: made.kept.name.as_str().into(), trail: Some(trail), narrow: true, ..Head::default() })
        div .group .narrow {
            p { "This is the token. It is not shown again." }
            p { code { (made.token) } }
            p .small .soft {
                (tell!("The program sends it as {header}, never in an address. Whatever it does is on record as yours.", header = header))
            }
            p .acts { (Button::link(say!("Back to connections"), CONNECTIONS).main_act()) }
        }
    };
    Reply::Once { title: say!("A token").into(), place: CONNECTIONS, body }
}

fn answer(visit: &Visit<'_>, tx: &mut Tx<'_>, typed: Typed, problem: Option<Problem>) -> Result<Reply> {
    let page = ConnectionsPage {
        tokens: tokens::list(visit.cx, tx, Nothing {})?,
        typed,
        problem,
        may_write: visit.cx.actor.may(Permission::Write),
        now: kernel::Moment::at(visit.cx.now.micros).iso(),
        today: visit.cx.today(),
        tabs: tabs(visit, CONNECTIONS),
        csrf: visit.csrf,
    };
    Ok(Reply::Page { title: say!("Connections").into(), place: CONNECTIONS, body: page.render() })
}

impl Render for ConnectionsPage<'_> {
    fn render(&self) -> Markup {
        let description = html! { a href="/api/v1/openapi.json" { "the description of the interface" } };
        let lead = html! {
            "Programs that read or write here in your name, each with a token that you can take back. "
            (tell!("What can be asked for stands in {description}.", description = description))
        };
        html! {
            (Head { title: say!("Connections"), lead: Some(lead), ..Head::default() })
            (self.tabs)
            @if self.tokens.is_empty() {
                (Empty { sentence: say!("No program acts in your name."), act: None })
            } @else { (self.table()) }
            @if self.may_write { (Group::new(say!("Make a token"), self.form()).narrow()) }
        }
    }
}

impl ConnectionsPage<'_> {
    fn table(&self) -> Table<'_> {
        Table::plain(say!("Your tokens, newest first"))
            .columns([
                Column::new(say!("For")),
                Column::new(say!("May act as")),
                Column::new(say!("Made")),
                Column::new(say!("Last used")),
                Column::new(say!("Runs out")),
                Column::acts(),
            ])
            .rows(self.tokens.iter().map(|token| self.row(token)))
    }

    fn row<'t>(&self, token: &'t ShownToken) -> Row<'t> {
        let used = match &token.used {
            Some(at) => day(at, self.today),
            None => html! { span .faint { "never" } },
        };
        let is_over = token.revoked.is_some() || token.expires <= self.now;
        let ends = match &token.revoked {
            Some(at) => html! { span .faint { (tell!("taken back {day}", day = day(at, self.today))) } },
            None if is_over => {
                html! { span .faint { (tell!("ran out {day}", day = day(&token.expires, self.today))) } }
            }
            None => day(&token.expires, self.today),
        };
        let act = html! {
            form method="post" action={ (CONNECTIONS) "/" (token.id) "/revocation" } {
                (hidden("csrf", self.csrf))
                (Button::submit(say!("Take back")).grave().label(say!("Take back {}", token.name)))
            }
        };
        Row::new([
            Cell::head(&token.name),
            Cell::new(ui::sentence(&word!(token.role.as_str())).trim_end_matches('.').to_owned())
                .label(say!("May act as")),
            Cell::new(day(&token.created, self.today)).label(say!("Made")),
            Cell::new(used).label(say!("Last used")),
            Cell::new(ends).label(say!("Runs out")),
            Cell::new(if is_over {
                html! {}
            } else {
                act
            }),
        ])
    }

    fn form(&self) -> Markup {
        let wrong = |field: &str| error(self.problem.as_ref(), field);
        let roles = Role::ALL.iter().map(|role| Choice::new(role.as_str(), word!(role.as_str()))).collect();
        let role = if self.typed.role.is_empty() { Role::Reader.as_str() } else { &self.typed.role };
        html! {
            form method="post" action=(CONNECTIONS) {
                (hidden("csrf", self.csrf))
                (Field::text("name", say!("What it is for")).value(self.typed.name.as_str()).placeholder(say!("Shop export")).error(wrong("name")).required())
                (Field::select("role", say!("The most it may do"), roles).value(role).error(wrong("role")).hint(say!("Never more than you may yourself.")))
                (Field::input("number", "days", say!("Days until it runs out")).value(self.typed.days.as_str()).placeholder("90").error(wrong("days")).hint(say!("At most 365; 90 when left blank.")))
                p .acts { (Button::submit(say!("Make a token")).main_act()) }
            }
        }
    }
}
