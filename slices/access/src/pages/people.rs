//! People and roles: who of us signs in, what they may do, and how they come in and go.

use kernel::{Day, Problem, ProblemKind, Result, Role};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, tell};
use store::Tx;
use ui::{Button, Cell, Choice, Column, Field, Group, Handout, Head, Note, Row, Table, Tabs, Text, hidden};

use super::{PEOPLE, PLACE, day, error, tabs};
use crate::ops::{
    Nothing,
    people::{self, Add, Invited, Named, SetRole, ShownPerson},
};

/// What a role lets somebody do, in words.
fn told_roles() -> [(Role, Text<'static>, Text<'static>); 3] {
    [
        (Role::Reader, say!("Reader"), say!("sees everything outside walls, changes nothing")),
        (Role::Member, say!("Member"), say!("also brings in files, records facts, sets classes and wishes")),
        (Role::Owner, say!("Owner"), say!("also people, policies, walls and the audit")),
    ]
}

#[derive(Default)]
struct Typed {
    name: String,
    email: String,
    role: String,
}

struct PeoplePage<'a> {
    people: Vec<ShownPerson>,
    typed: Typed,
    problem: Option<Problem>,
    today: Day,
    tabs: Tabs<'static>,
    csrf: &'a str,
}

/// Answers `GET /people`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    answer(visit, tx, Typed::default(), None)
}

/// Answers `POST /people`.
pub(super) fn add(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let text = |name: &str| visit.field(name).unwrap_or_default().to_owned();
    let typed = Typed { name: text("name"), email: text("email"), role: text("role") };
    let role = Role::ALL.into_iter().find(|role| role.as_str() == typed.role);
    let email = Some(typed.email.clone()).filter(|email| !email.is_empty());
    match people::add(visit.cx, tx, Add { name: typed.name.clone(), email, role }) {
        Err(problem) if problem.field.is_some() => answer(visit, tx, typed, Some(problem)),
        invited => invited.map(|invited| told(visit, &invited)),
    }
}

/// Answers `POST /people/{id}/sign-in-link`.
pub(super) fn link(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let invited = people::link(visit.cx, tx, Named { id: visit.part("id")?.to_owned() })?;
    Ok(told(visit, &invited))
}

/// Answers `POST /people/{id}/role`.
pub(super) fn role(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let asked = visit.field("role").unwrap_or_default();
    let role = Role::ALL.into_iter().find(|role| role.as_str() == asked).ok_or_else(|| {
        Problem::invalid("role", "access.role", say!("{asked:?} is no role; choose reader, member or owner"))
    })?;
    let set = people::role(visit.cx, tx, SetRole { id: visit.part("id")?.to_owned(), role });
    done(visit, tx, set.map(drop))
}

/// Answers `POST /people/{id}/departure`.
pub(super) fn leave(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let left = people::leave(visit.cx, tx, Named { id: visit.part("id")?.to_owned() });
    done(visit, tx, left.map(drop))
}

fn done(visit: &Visit<'_>, tx: &mut Tx<'_>, done: Result<()>) -> Result<Reply> {
    match done {
        Err(problem) if problem.kind == ProblemKind::Conflict => {
            answer(visit, tx, Typed::default(), Some(problem))
        }
        done => done.map(|()| Reply::Go(PEOPLE.to_owned())),
    }
}

fn told(visit: &Visit<'_>, invited: &Invited) -> Reply {
    let trail = html! { a href=(PEOPLE) { "People and roles" } };
    let name = &invited.person.name;
    let address = format!("{}{}", visit.house, invited.sign_in_path);
    let way_in = Handout { id: "way-in", label: say!("Their way in"), value: address.into() };
    let body = html! {
        (Head { title: say!("A way in for {name}").into(), trail: Some(trail), narrow: true, ..Head::default() })
        div .group .narrow {
            p { (tell!("Give {name} this address. It works once, for a day, and is not shown again.", name = name)) }
            (way_in)
            p .acts { (Button::link(say!("Back to people"), PEOPLE).main_act()) }
        }
    };
    Reply::Once { title: say!("A way in").into(), place: PLACE, body }
}

fn answer(visit: &Visit<'_>, tx: &mut Tx<'_>, typed: Typed, problem: Option<Problem>) -> Result<Reply> {
    let people = people::list(visit.cx, tx, Nothing {})?;
    let page = PeoplePage {
        people,
        typed,
        problem,
        today: visit.cx.today(),
        tabs: tabs(visit, PEOPLE),
        csrf: visit.csrf,
    };
    Ok(Reply::Page { title: say!("People and roles").into(), place: PLACE, body: page.render() })
}

impl Render for PeoplePage<'_> {
    fn render(&self) -> Markup {
        let here = self.people.iter().filter(|one| one.left.is_none()).count();
        let here = i64::try_from(here).unwrap_or(i64::MAX);
        let lead = html! {
            (say!("{n} person signs in." | "{n} people sign in." % here)) " What somebody did stays on record when they leave."
        };
        let loose = self.problem.as_ref().filter(|problem| problem.field.is_none());
        html! {
            (Head { title: say!("People and roles"), lead: Some(lead), ..Head::default() })
            (self.tabs)
            @if let Some(problem) = loose { (Note::bad(ui::sentence(&problem.message))) }
            (self.table())
            (Group::new(say!("Add a person"), self.form()).narrow())
            (Group::new(say!("What a role lets them do"), roles()).narrow())
        }
    }
}

impl PeoplePage<'_> {
    fn table(&self) -> Table<'_> {
        Table::plain(say!("People of ours"))
            .columns([
                Column::new(say!("Name")),
                Column::new(say!("Email")),
                Column::new(say!("Role")),
                Column::new(say!("Since")),
                Column::new(say!("Last signed in")),
                Column::acts(),
            ])
            .rows(self.people.iter().map(|person| self.row(person)))
    }

    fn row<'p>(&self, person: &'p ShownPerson) -> Row<'p> {
        let signed_in = match &person.signed_in {
            Some(at) => day(at, self.today),
            None => html! { span .faint { "never" } },
        };
        let role = match &person.left {
            Some(left) => html! { span .faint { (tell!("left {day}", day = day(left, self.today))) } },
            None => self.role(person),
        };
        Row::new([
            Cell::head(&person.name),
            Cell::new(person.email.as_deref().unwrap_or("–")).label(say!("Email")),
            Cell::new(role).label(say!("Role")),
            Cell::new(day(&person.since, self.today)).label(say!("Since")),
            Cell::new(signed_in).label(say!("Last signed in")),
            Cell::new(if person.left.is_none() {
                self.acts(person)
            } else {
                html! {}
            }),
        ])
    }

    fn role(&self, person: &ShownPerson) -> Markup {
        let choices = told_roles().map(|(role, word, _)| Choice::new(role.as_str(), word)).into();
        let label = say!("Role of {}", person.name);
        let field = Field::select("role", label, choices).id(format!("role-{}", person.id));
        html! {
            form .acts method="post" action={ (PEOPLE) "/" (person.id) "/role" } {
                (hidden("csrf", self.csrf))
                (field.value(person.role.as_str()).bare())
                (Button::submit(say!("Set")).quiet().label(say!("Set the role of {}", person.name)))
            }
        }
    }

    fn acts(&self, person: &ShownPerson) -> Markup {
        let act = |path: &str, button: Button<'_>| {
            html! { form method="post" action={ (PEOPLE) "/" (person.id) "/" (path) } { (hidden("csrf", self.csrf)) (button) } }
        };
        let name = &person.name;
        html! {
            div .acts {
                (act("sign-in-link", Button::submit(say!("New link")).label(say!("New link for {name}"))))
                (act("departure", Button::submit(say!("Has left")).grave().label(say!("{name} has left: sessions, links and tokens end"))))
            }
        }
    }

    fn form(&self) -> Markup {
        let wrong = |field: &str| error(self.problem.as_ref(), field);
        let choices = told_roles().map(|(role, word, _)| Choice::new(role.as_str(), word)).into();
        let role = if self.typed.role.is_empty() { Role::Member.as_str() } else { &self.typed.role };
        html! {
            form method="post" action=(PEOPLE) {
                (hidden("csrf", self.csrf))
                (Field::text("name", say!("Name")).value(self.typed.name.as_str()).error(wrong("name")).autocomplete("off").required())
                (Field::input("email", "email", say!("Email")).value(self.typed.email.as_str()).error(wrong("email")).autocomplete("off"))
                (Field::select("role", say!("Role"), choices).value(role).error(wrong("role")))
                p .acts { (Button::submit(say!("Add, and give a link")).main_act()) }
            }
        }
    }
}

fn roles() -> Markup {
    let told = told_roles();
    let terms: Vec<_> = told.iter().map(|(_, word, may)| (&**word, html! { (may) })).collect();
    ui::terms(&terms)
}
