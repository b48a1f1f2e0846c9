//! Switch: everything that changes when a relationship is served as another class, what stays, and the one act.

use ::store::Tx;
use kernel::{Day, Permission, Problem, Result};
use maud::{Markup, Render};
use slice::{Consequence, FROM, Reply, Visit};
use speech::{html, say, tell, word};
use ui::{Address, Button, Cell, Column, Columns, Field, Group, Head, Note, Row, Table, time};

use super::{asked::PLACE, preference::restricting, wording};
use crate::{
    ops::{
        Named, preference,
        switch::{Apply, Preview, ShownPreview, Switched, Undo, apply, preview, undo},
    },
    switch,
};

/// Everything that follows from a switch.
struct SwitchPage {
    shown: ShownPreview,
    /// What they want, where they want less than is usual.
    wish: Option<String>,
    refused: Option<Problem>,
    reason: String,
    until: String,
    may_write: bool,
    csrf: String,
    /// Where one goes back to, and what is carried along of it.
    home: String,
    from: Option<String>,
}

/// Answers `GET /relationships/{id}/switch?to=client`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let to = visit.asked("to").unwrap_or_default().to_owned();
    drawn(visit, tx, to, None)
}

/// Answers `POST /relationships/{id}/switch`.
pub(super) fn switch(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let text = |name: &str| visit.field(name).map(str::to_owned);
    let input = Apply {
        id: visit.part("id")?.to_owned(),
        to: text("to").unwrap_or_default(),
        reason: text("reason"),
        until: text("until"),
        digest: text("digest").unwrap_or_default(),
    };
    match apply(visit.cx, tx, visit.consequences, input) {
        Err(problem)
            if problem.code.starts_with("switch.") && problem.field.is_none() || is_typed(&problem) =>
        {
            drawn(visit, tx, text("to").unwrap_or_default(), Some(problem))
        }
        answer => answer.map(|done| back(visit, &done, "switched")),
    }
}

/// A field that whoever filled in the form can mend there.
fn is_typed(problem: &Problem) -> bool {
    matches!(problem.field.as_deref(), Some("reason" | "until"))
}

/// Answers `POST /switches/{id}/reversal`.
pub(super) fn reverse(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let input = Undo { id: visit.part("id")?.to_owned() };
    undo(visit.cx, tx, visit.consequences, &input).map(|done| back(visit, &done, "undone"))
}

/// To the record, which tells at its head what was done.
fn back(visit: &Visit<'_>, done: &Switched, what: &str) -> Reply {
    let home = Address::new(visit.home(format!("/relationships/{}", done.id)));
    Reply::Go(home.with(what, Some(&done.switch)).write())
}

fn drawn(visit: &Visit<'_>, tx: &mut Tx<'_>, to: String, refused: Option<Problem>) -> Result<Reply> {
    let input = Preview { id: visit.part("id")?.to_owned(), to: Some(to).filter(|to| !to.is_empty()) };
    let shown = preview(visit.cx, tx, visit.consequences, input)?;
    let typed = |name: &str| visit.field(name).map(str::to_owned);
    let wanted = preference(visit.cx, tx, Named { id: shown.id.clone() })?;
    let page = SwitchPage {
        wish: restricting(&wanted).map(str::to_owned),
        reason: typed("reason").unwrap_or_default(),
        until: typed("until").unwrap_or_else(|| shown.until.clone()),
        refused,
        may_write: visit.cx.actor.may(Permission::Write),
        csrf: visit.csrf.to_owned(),
        home: visit.home(format!("/relationships/{}", shown.id)),
        from: visit.opened_from().map(str::to_owned),
        shown,
    };
    Ok(Reply::Page { title: page.title(), place: PLACE, body: page.render() })
}

impl Render for SwitchPage {
    fn render(&self) -> Markup {
        let shown = &self.shown;
        let trail = html! { a href=(self.home) { (shown.name) } ", " (shown.line) };
        let main = html! {
            @if let Some(problem) = self.refused.as_ref().filter(|problem| problem.field.is_none()) {
                (Note::bad(html! { (ui::sentence(&problem.to_string())) }))
            }
            @if let Some(wish) = &self.wish { (Note::new(html! { (wish) " " "That counts whatever they are served as." })) }
            @if !self.may_write { (Note::new(say!("This is what would change; members and owners can do it."))) }
            @if !shown.changes.is_empty() { (self.changes()) }
            (Group::new(say!("What stays"), self.stays()))
        };
        let may = self.may_write && !shown.changes.is_empty();
        let side = if may { vec![(say!("Do it"), self.act())] } else { Vec::new() };
        html! {
            (Head { title: self.title().into(), trail: Some(trail), lead: Some(self.lead()), ..Head::default() })
            (Columns { main, side })
        }
    }
}

impl SwitchPage {
    fn title(&self) -> String {
        say!("Serve as {}", wording::word(&self.shown.to))
    }

    fn lead(&self) -> Markup {
        let shown = &self.shown;
        let n = i64::try_from(shown.changes.len()).unwrap_or(0);
        html! {
            @if n == 0 {
                (tell!("Nothing changes: it counts as {class} already.", class = wording::mark(&shown.from)))
            } @else {
                (say!("{n} thing changes." | "{n} things change, all at once." % n)) " "
                (say!("What the evidence says does not: {}.", shown.evidence))
            }
        }
    }

    fn changes(&self) -> Table<'_> {
        let row = |one: &'_ Consequence| {
            Row::new([
                Cell::head(&one.what),
                Cell::soft(&one.now).label(say!("Now")),
                Cell::new(html! { strong { (one.then) } }).label(say!("Then")),
                Cell::soft(&one.why),
            ])
        };
        let heads = [say!("What"), say!("Now"), say!("Then"), say!("Why")].map(Column::new);
        Table::fold(say!(
            "What changes when this relationship is served as {}",
            wording::word(&self.shown.to)
        ))
        .columns(heads)
        .rows(self.shown.changes.iter().map(row))
    }

    fn stays(&self) -> Table<'_> {
        let row = |one: &'_ Consequence| {
            Row::new([Cell::head(&one.what), Cell::new(&one.now), Cell::soft(&one.why)])
        };
        Table::fold(say!("What stays as it is"))
            .columns([say!("What"), say!("As it is"), say!("Why")].map(Column::new))
            .rows(self.shown.stays.iter().map(row))
    }

    fn act(&self) -> Markup {
        let shown = &self.shown;
        let error = |name: &str| {
            let problem = self.refused.as_ref()?;
            (problem.field.as_deref() == Some(name)).then(|| ui::sentence(&problem.to_string()))
        };
        let about = say!(
            "One entry in the audit. Undo puts back {n} line as one, as long as nobody sets or withdraws a class by hand."
                | "One entry in the audit. Undo puts back {n} lines as one, as long as nobody sets or withdraws a class by hand."
                    % shown.changes.len()
        );
        let action =
            Address::new(format!("/relationships/{}/switch", shown.id)).with(FROM, self.from.as_deref());
        html! {
            form .form method="post" action=(action.write()) {
                (ui::hidden("csrf", &self.csrf)) (ui::hidden("to", &shown.to)) (ui::hidden("digest", &shown.digest))
                (self.reason_field().value(self.reason.as_str()).error(error("reason")))
                @if shown.by_hand {
                    (Field::input("date", "until", say!("Until")).value(self.until.as_str()).error(error("until"))
                        .hint(say!("The last day; afterwards what the evidence says counts again.")))
                }
                p .acts {
                    (Button::submit(self.title()).main_act())
                    (Button::link(say!("Leave as it is"), self.home.as_str()).quiet())
                }
                p .tiny .faint { (about) }
            }
        }
    }

    fn reason_field(&self) -> Field<'static> {
        let field = Field::area("reason", say!("Reason, kept with the change"));
        if self.shown.by_hand {
            field.required().hint(say!("Everybody who sees the class sees it."))
        } else {
            field
        }
    }
}

/// The ways from a class to the others, on the page of a relationship; to the class that the evidence made it as well, as
/// long as that waits for a word.
pub(super) fn ways(page: impl Fn(&str) -> String, class: &str, waits: bool) -> Markup {
    let others = switch::CLASSES.iter().filter(|other| waits || other.as_str() != class);
    html! {
        @for (n, to) in others.enumerate() {
            @let way = Button::link(say!("Serve as {to}…", to = word!(to.as_str())), page(to.as_str()));
            @if n == 0 { (way.key('s')) " " } @else { (way) " " }
        }
    }
}

/// What was switched or undone just now, as far as the address names it and it is so.
pub(super) fn news(
    visit: &Visit<'_>,
    last: Option<&Switched>,
    (line, class): (&str, &str),
) -> Option<Markup> {
    let last = last?;
    let is = |what: &str| visit.asked(what) == Some(&last.switch);
    if is("switched") && last.counts(class) {
        let said = say!("Served as {class} on {line} now.", class = wording::word(class));
        let may = visit.cx.actor.may(Permission::Write);
        return Some(html! {
            form .acts method="post" action=(reversal(last, visit.opened_from())) {
                (ui::hidden("csrf", visit.csrf))
                span { (said) }
                @if may { (Button::submit(say!("Undo")).key('u')) }
            }
        });
    }
    let is_undone = is("undone") && last.undone.is_some() && last.was == class;
    is_undone.then(|| {
        html! { p { (say!("Undone: served as {class} on {line} again.", class = wording::word(class))) } }
    })
}

/// Where a switch is undone.
fn reversal(done: &Switched, from: Option<&str>) -> String {
    Address::new(format!("/switches/{}/reversal", done.switch)).with(FROM, from).write()
}

/// What was switched last, with the way back.
pub(super) fn undoing(done: &Switched, from: Option<&str>, csrf: &str) -> Markup {
    let day = done.at.get(..10).and_then(|day| Day::parse(day).ok());
    html! {
        form .undo method="post" action=(reversal(done, from)) {
            (ui::hidden("csrf", csrf))
            p .small {
                (wording::headed(&done.was)) " \u{2192} " (wording::word(&done.became))
                @if let Some(day) = day { ", " (time::long(day)) }
                (say!(", by {by}", by = wording::by(done.by.as_deref())))
                @if !done.reason.is_empty() { ": " (done.reason) }
                ". " (Button::submit(say!("Undo")).quiet().key('u'))
            }
        }
    }
}
