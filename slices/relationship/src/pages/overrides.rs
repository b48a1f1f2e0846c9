//! A class set by hand on the page of a relationship: what stands beside the evidence, the form, what was said before.

use ::store::Tx;
use kernel::{Context, Day, Problem, ProblemKind, Result};
use maud::{Markup, Render};
use slice::{FROM, Reply, Visit};
use speech::{html, say, tell, word};
use ui::{Address, Button, Choice, Field, Note, Tag, time};

use super::{account, wording};
use crate::{
    ops::{Overrides, SetClass, ShownOverride, WithdrawOverride, overrides, set_class, withdraw_override},
    overrides::{CLASSES, DAYS},
};

/// So many earlier ones are shown.
const EARLIER: i64 = 10;

/// Answers `POST /relationships/{id}/override`.
pub(super) fn set(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let id = visit.part("id")?.to_owned();
    let text = |name: &str| visit.field(name).map(str::to_owned);
    let typed = Typed {
        class: text("class").unwrap_or_default(),
        reason: text("reason").unwrap_or_default(),
        until: text("until").unwrap_or_default(),
    };
    let input = SetClass {
        id: id.clone(),
        class: typed.class.clone(),
        reason: typed.reason.clone(),
        until: text("until"),
    };
    match set_class(visit.cx, tx, input) {
        Err(problem) if is_for_the_form(&problem) => account::refused(visit, tx, Refused { problem, typed }),
        answer => answer.map(|_| Reply::Go(visit.home(format!("/relationships/{id}")))),
    }
}

/// Answers `POST /relationships/{id}/override/withdrawal`.
pub(super) fn withdraw(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let id = visit.part("id")?.to_owned();
    let input = WithdrawOverride { id: id.clone(), reason: visit.field("reason").map(str::to_owned) };
    match withdraw_override(visit.cx, tx, input) {
        Err(problem) if is_for_the_form(&problem) => {
            account::refused(visit, tx, Refused { problem, typed: Typed::default() })
        }
        answer => answer.map(|_| Reply::Go(visit.home(format!("/relationships/{id}")))),
    }
}

/// Something that whoever filled in the form can mend there.
fn is_for_the_form(problem: &Problem) -> bool {
    problem.code.starts_with("override.") && problem.kind == ProblemKind::Conflict || problem.field.is_some()
}

/// What was typed.
#[derive(Debug, Default)]
pub(super) struct Typed {
    class: String,
    reason: String,
    until: String,
}

/// A form that was refused.
#[derive(Debug)]
pub(super) struct Refused {
    problem: Problem,
    typed: Typed,
}

/// The part of a relationship's panel.
pub(super) struct ByHand {
    relationship: String,
    said: Option<ShownOverride>,
    earlier: Vec<ShownOverride>,
    refused: Option<Refused>,
    today: Day,
    may_write: bool,
    csrf: String,
    from: Option<String>,
}

impl ByHand {
    /// What people said of that relationship.
    pub(super) fn read(
        visit: &Visit<'_>,
        tx: &mut Tx<'_>,
        (relationship, said): (&str, Option<&ShownOverride>),
        refused: Option<Refused>,
    ) -> Result<ByHand> {
        let cx: &Context = visit.cx;
        let all = Overrides {
            show: Some("all".into()),
            relationship: Some(relationship.to_owned()),
            limit: Some(EARLIER),
            ..Overrides::default()
        };
        let all = overrides(cx, tx, all)?.rows.into_iter().map(|row| row.said);
        let earlier = all.filter(|one| said.is_none_or(|said| said.id != one.id)).collect();
        Ok(ByHand {
            relationship: relationship.to_owned(),
            said: said.cloned(),
            earlier,
            refused,
            today: cx.today(),
            may_write: cx.actor.may(kernel::Permission::Write),
            csrf: visit.csrf.to_owned(),
            from: visit.opened_from().map(str::to_owned),
        })
    }

    fn place(&self, end: &str) -> String {
        let place = format!("/relationships/{}/override{end}", self.relationship);
        Address::new(place).with(FROM, self.from.as_deref()).write()
    }

    fn form(&self) -> Markup {
        let refused = self.refused.as_ref();
        let typed = |of: fn(&Typed) -> &String| refused.map(|refused| of(&refused.typed).clone());
        let error = |name: &str| {
            let problem = refused.map(|refused| &refused.problem)?;
            (problem.field.as_deref() == Some(name)).then(|| ui::sentence(&problem.to_string()))
        };
        let id = |name: &str| format!("o-{}-{name}", self.relationship);
        let classes =
            CLASSES.iter().map(|class| Choice::new(class.as_str(), wording::headed(class.as_str())));
        let until = typed(|typed| &typed.until).unwrap_or_else(|| self.today.plus(DAYS).to_string());
        html! {
            form method="post" action=(self.place("")) {
                (ui::hidden("csrf", &self.csrf))
                div .thirds {
                    (Field::select("class", say!("What they are"), classes.collect()).id(id("class"))
                        .value(typed(|typed| &typed.class).unwrap_or_default()).error(error("class")))
                    (Field::input("date", "until", say!("Until")).id(id("until")).value(until).error(error("until"))
                        .hint(say!("The last day; afterwards what the evidence says counts again.")))
                    (Field::text("reason", say!("Why")).id(id("reason")).required()
                        .value(typed(|typed| &typed.reason).unwrap_or_default()).error(error("reason"))
                        .hint(say!("Everybody who sees the class sees it.")))
                }
                p .acts { (Button::submit(say!("Set by hand"))) }
            }
        }
    }

    fn withdrawal(&self) -> Markup {
        html! {
            form method="post" action=(self.place("/withdrawal")) {
                (ui::hidden("csrf", &self.csrf))
                (Field::text("reason", say!("Why it is withdrawn")).id(format!("w-{}-reason", self.relationship)))
                p .acts { (Button::submit(say!("Withdraw"))) span .tiny .faint { "What the evidence says counts again at once." } }
            }
        }
    }
}

impl Render for ByHand {
    fn render(&self) -> Markup {
        let stands = self.refused.as_ref().filter(|refused| refused.problem.field.is_none());
        html! {
            @if let Some(refused) = stands { (Note::bad(html! { (ui::sentence(&refused.problem.to_string())) })) }
            @if self.may_write {
                details .group open[self.refused.is_some()] {
                    summary .small { @if self.said.is_some() { "Withdraw what was set by hand" } @else { "Set the class by hand" } }
                    @if self.said.is_some() { (self.withdrawal()) } @else { (self.form()) }
                }
            }
            @if !self.earlier.is_empty() {
                details .group {
                    summary .small { "Set by hand before" }
                    ul .small { @for one in &self.earlier { li { (before(one)) } } }
                }
            }
        }
    }
}

/// `Client, 4 March 2025 to 30 June 2025, by Mara: they call first. Withdrawn …`
fn before(one: &ShownOverride) -> Markup {
    let (class, from, until) = (wording::headed(&one.class), day(&one.on), day(&one.until));
    let by = wording::by(one.by.as_deref());
    html! {
        (tell!("{class}, {from} until {until}, by {by}: {reason}", reason = one.reason))
        @if let Some(withdrawn) = &one.withdrawn {
            @let by = wording::by(one.withdrawn_by.as_deref());
            span .soft {
                (tell!("; withdrawn {day} by {by}", day = day(withdrawn)))
                @if let Some(reason) = &one.withdrawn_reason { ": " (reason) }
            }
        } @else { span .soft { "; " (word!(one.stage)) } }
    }
}

/// Beside a class that a person set: what the evidence says, where it says otherwise.
pub(super) fn beside(said: &ShownOverride) -> Markup {
    match said.disagrees {
        true => Tag::firm(say!("set by hand; evidence: {}", wording::word(&said.computed))).render(),
        false => html! { span .small .faint { "set by hand" } },
    }
}

fn day(iso: &str) -> Markup {
    html! { @match Day::parse(iso) { Ok(day) => { (time::long(day)) }, Err(_) => { (iso) } } }
}
