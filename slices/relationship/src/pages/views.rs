//! The views that people saved: their list, the form that saves or changes one, and the way back.

use ::store::Tx;
use kernel::{Permission, Problem, ProblemKind, Result};
use maud::{Markup, Render};
use slice::{Finding, Findings, Reply, Visit};
use speech::{html, say};
use ui::{Button, Choice, Column, Field, Head, Nothing, Row, Table, hidden};

use super::{
    asked::{PLACE, address, asked},
    filters::in_words,
    wording,
};
use crate::ops::{
    Filter,
    views::{self, ChangeView, OneView, SaveView, ShownView},
};

/// Where they are.
pub(super) const VIEWS: &str = "/relationships/views";

/// The address of a view.
pub(super) fn place(view: &ShownView) -> String {
    format!("{VIEWS}/{}", view.id)
}

/// Answers `GET /relationships/views`: all that one has, and what was deleted just now.
pub(super) fn list(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let all = views::list(visit.cx, tx, crate::ops::NothingToSay {})?;
    let deleted = match visit.asked("deleted") {
        Some(id) => views::deleted(visit.cx, tx, id)?,
        None => None,
    };
    let body = html! {
        (Head { title: say!("Views"), trail: Some(html! { a href=(PLACE) { "Relationships" } }), lead: Some(html! { "What the book was asked for, under a name. Whoever opens a view sees in it what they may see." }), ..Head::default() })
        @if let Some(view) = &deleted {
            form .note method="post" action=(format!("{}/restoration", place(view))) {
                (hidden("csrf", visit.csrf))
                p { (say!("The view “{}” is deleted.", view.name)) " " (Button::submit(say!("Undo")).key('u')) }
            }
        }
        @if all.is_empty() {
            (Nothing { sentence: say!("No view is saved yet. Ask the book for something, then save it."), act: Some(html! { (Button::link(say!("Open the book"), PLACE)) }) })
        } @else {
            (Table::plain(say!("Views"))
                .columns([Column::new(say!("View")), Column::new(say!("Shows")), Column::new(say!("For")), Column::acts()])
                .rows(all.iter().map(row)))
        }
    };
    Ok(Reply::Page { title: say!("Views").into(), place: PLACE, body })
}

fn row(view: &ShownView) -> Row<'static> {
    let whom = match (view.shared, view.own) {
        (true, true) => say!("Everybody").into_owned(),
        (true, false) => say!("Everybody, by {}", wording::by(view.by.as_deref())),
        (false, _) => say!("You").into_owned(),
    };
    Row::new([
        ui::Cell::head(html! { a href=(place(view)) { (view.name) } }),
        ui::Cell::new(html! { (in_words(&view.filter)) }),
        ui::Cell::new(html! { (whom) }),
        ui::Cell::new(html! {
            @if view.may_change { (Button::link(say!("Change…"), format!("{}/edit", place(view))).quiet().label(say!("Change {}", view.name))) }
        }),
    ])
}

/// The form of a view.
struct FormPage<'v> {
    visit: &'v Visit<'v>,
    /// What the book is asked for.
    filter: Filter,
    /// The view that is changed; a new one where absent.
    view: Option<ShownView>,
    /// Views that could be overwritten instead of saving a new one.
    others: Vec<ShownView>,
    /// What was typed, where it was refused, and why.
    typed: Option<(String, bool)>,
    problem: Option<Problem>,
}

/// Answers `GET /relationships/views/new`: what the book is asked for in this address gets a name.
pub(super) fn new(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let filter = Filter { after: None, limit: None, ..asked(visit)? };
    form(visit, tx, filter, None, None)
}

/// Answers `GET /relationships/views/{id}/edit`.
pub(super) fn edit(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let view = views::view(visit.cx, tx, visit.part("id")?)?;
    form(visit, tx, view.filter.clone(), Some(view), None)
}

fn form(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    filter: Filter,
    view: Option<ShownView>,
    problem: Option<Problem>,
) -> Result<Reply> {
    let mut others = match view {
        Some(_) => Vec::new(),
        None => views::list(visit.cx, tx, crate::ops::NothingToSay {})?,
    };
    others.retain(|view| view.may_change);
    let typed = visit
        .field("asks")
        .map(|_| (visit.field("name").unwrap_or_default().to_owned(), visit.field("shared").is_some()));
    let title = if view.is_some() { say!("Change a view") } else { say!("Save as view") };
    let page = FormPage { visit, filter, view, others, typed, problem };
    Ok(Reply::Page { title: title.into(), place: PLACE, body: page.render() })
}

impl Render for FormPage<'_> {
    fn render(&self) -> Markup {
        let (title, trail) = match &self.view {
            Some(view) => (
                view.name.clone(),
                html! { a href=(PLACE) { "Relationships" } " / " a href=(VIEWS) { "Views" } },
            ),
            None => (
                say!("Save as view").into_owned(),
                html! { a href=(address(&self.filter).write()) { "Relationships" } },
            ),
        };
        html! {
            (Head { title: title.into(), trail: Some(trail), lead: Some(html! { (say!("Shows: {}.", in_words(&self.filter))) }), narrow: true, ..Head::default() })
            (self.fields())
            @if let Some(view) = &self.view { (self.deletion(view)) }
        }
    }
}

impl FormPage<'_> {
    fn fields(&self) -> Markup {
        let action = self.view.as_ref().map_or_else(|| VIEWS.to_owned(), place);
        let asks = serde_json::to_string(&self.filter).unwrap_or_default();
        let (name, shared) = match (&self.typed, &self.view) {
            (Some((name, shared)), _) => (name.clone(), *shared),
            (None, Some(view)) => (view.name.clone(), view.shared),
            (None, None) => (String::new(), false),
        };
        let may_share = self.visit.cx.actor.may(Permission::Write);
        let of_name = self.problem.as_ref().filter(|problem| problem.field.as_deref() == Some("name"));
        let other = self.problem.as_ref().filter(|problem| problem.field.as_deref() != Some("name"));
        html! {
            form .form .group method="post" action=(action) {
                (hidden("csrf", self.visit.csrf))
                (hidden("asks", &asks))
                @if let Some(problem) = other { p .err role="alert" { (crate::phrase::capital(&problem.message)) "." } }
                (Field::text("name", say!("Name")).value(name).error(of_name.map(|problem| problem.message.clone())).placeholder(say!("Quiet clients")).autofocus())
                @if !self.others.is_empty() {
                    (Field::select("instead", say!("Save as"), self.instead()).hint(say!("A view that is there is changed: its name stays where none is typed.")))
                }
                @if may_share {
                    (Field::check("shared", say!("Share it with everybody; each sees in it what they may see"), shared).value("true"))
                }
                div .acts {
                    (Button::submit(say!("Save")).main_act())
                    (Button::link(say!("Cancel"), if self.view.is_some() { VIEWS.to_owned() } else { address(&self.filter).write() }).quiet())
                }
            }
        }
    }

    fn instead(&self) -> Vec<Choice<'static>> {
        let others = self.others.iter();
        let others = others.map(|view| Choice::new(view.id.clone(), say!("In place of {}", view.name)));
        std::iter::once(Choice::new("", say!("A new view"))).chain(others).collect()
    }

    fn deletion(&self, view: &ShownView) -> Markup {
        html! {
            form .group .narrow method="post" action=(format!("{}/deletion", place(view))) {
                (hidden("csrf", self.visit.csrf))
                div .acts { (Button::submit(say!("Delete the view")).grave()) }
            }
        }
    }
}

/// Answers `POST /relationships/views`.
pub(super) fn save(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let filter = asks(visit)?;
    let (name, shared) =
        (visit.field("name").unwrap_or_default().to_owned(), visit.field("shared").is_some());
    let done = match visit.field("instead") {
        Some(id) => {
            let name = (!name.is_empty()).then_some(name);
            // A box that is not ticked leaves the view as widely shared as it is; changing that is a form of its own.
            let shared = shared.then_some(true);
            views::change(
                visit.cx,
                tx,
                ChangeView { id: id.to_owned(), name, shared, filter: Some(filter.clone()) },
            )
        }
        None => views::save(visit.cx, tx, SaveView { name, shared, filter: filter.clone() }),
    };
    answered(visit, tx, filter, None, done)
}

/// Answers `POST /relationships/views/{id}`.
pub(super) fn change(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let id = visit.part("id")?.to_owned();
    let view = views::view(visit.cx, tx, &id)?;
    let name = Some(visit.field("name").unwrap_or_default().to_owned());
    let shared = visit.cx.actor.may(Permission::Write).then(|| visit.field("shared").is_some());
    let done = views::change(visit.cx, tx, ChangeView { id, name, shared, filter: None });
    answered(visit, tx, view.filter.clone(), Some(view), done)
}

/// Leads to the view, or back to the form with what is wrong with it.
fn answered(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    filter: Filter,
    view: Option<ShownView>,
    done: Result<ShownView>,
) -> Result<Reply> {
    match done {
        Ok(view) => Ok(Reply::Go(place(&view))),
        Err(problem) if matches!(problem.kind, ProblemKind::Invalid | ProblemKind::Conflict) => {
            form(visit, tx, filter, view, Some(problem))
        }
        Err(problem) => Err(problem),
    }
}

/// What the book was asked for when the form was opened.
fn asks(visit: &Visit<'_>) -> Result<Filter> {
    let text = visit.field("asks").unwrap_or("{}");
    serde_json::from_str(text).map_err(|cause| {
        Problem::invalid(
            "asks",
            "views.filter",
            say!("the form does not say what the book is asked for; open it again"),
        )
        .because(cause)
    })
}

/// Answers `POST /relationships/views/{id}/deletion`.
pub(super) fn delete(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let view = views::delete(visit.cx, tx, OneView { id: visit.part("id")?.to_owned() })?;
    Ok(Reply::Go(format!("{VIEWS}?deleted={}", view.id)))
}

/// Answers `POST /relationships/views/{id}/restoration`.
pub(super) fn restore(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let view = views::restore(visit.cx, tx, OneView { id: visit.part("id")?.to_owned() })?;
    Ok(Reply::Go(place(&view)))
}

/// Views whose name has the words.
pub(crate) fn named(visit: &Visit<'_>, tx: &mut Tx<'_>, text: &str) -> Result<Findings> {
    let words: Vec<String> = text.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let all = views::list(visit.cx, tx, crate::ops::NothingToSay {})?;
    let has = |view: &ShownView| {
        let name = format!(" {}", view.name.to_lowercase());
        words.iter().all(|word| name.contains(&format!(" {word}")))
    };
    let found = all.into_iter().filter(has).take(5).map(|view| Finding {
        group: "Views",
        about: Some(if view.own {
            say!("view of the book").into_owned()
        } else {
            say!("view of the book, by {}", wording::by(view.by.as_deref()))
        }),
        marks: None,
        href: place(&view),
        title: view.name,
    });
    Ok(Findings { note: None, rows: found.collect() })
}
