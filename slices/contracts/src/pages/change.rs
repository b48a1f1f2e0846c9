//! What is agreed, changed by hand: a new version from a day on, with the reason; and the last one taken back.

mod subscription;

use ::store::Tx;
use kernel::{Day, Problem, ProblemKind, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, word};
use ui::{Button, Cell, Column, Columns, Field, Head, Note, Row, Table, enter, hidden, terms};

use self::subscription::Asked;
use super::{PLACE, contract::several, typed::Typed};
use crate::{
    ops::{Amend, Change, Clash, Named, Shown, amend, change, clashes, patch, retract, view},
    store,
    words::Kind,
    written::On,
};

/// The form.
struct ChangePage<'a> {
    shown: Shown,
    /// Of a contract.
    typed: Typed,
    /// Of a subscription.
    asked: Asked,
    effective: String,
    reason: String,
    wrong: Option<Problem>,
    /// What somebody else changed of the same.
    clashes: Vec<Clash>,
    csrf: &'a str,
}

/// Answers `GET /contracts/{id}/change`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    answer(visit, tx, None)
}

/// Answers `POST /contracts/{id}/versions`.
pub(super) fn amended(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let said = Typed::sent(visit).agreement().and_then(|terms| {
        let (id, reason) = (visit.part("id")?.to_owned(), text(visit, "reason"));
        let (effective, expected) = (effective(visit)?, expected(visit));
        amend(visit.cx, tx, Amend { id, reason, effective, terms, expected })
    });
    kept(visit, tx, said)
}

/// Answers `POST /contracts/{id}/changes`.
pub(super) fn changed(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let asked = Asked::sent(visit);
    let said = effective(visit).and_then(|effective| {
        let input = asked.change(visit.part("id")?.to_owned(), text(visit, "reason"), effective)?;
        change(visit.cx, tx, Change { expected: expected(visit), ..input })
    });
    kept(visit, tx, said)
}

/// Answers `POST /contracts/{id}/retraction`.
pub(super) fn retracted(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let shown = retract(visit.cx, tx, Named { id: visit.part("id")?.to_owned() })?;
    Ok(Reply::Go(format!("/contracts/{}", shown.id)))
}

/// Where a change leads: to the contract, or back to the form with what is wrong; nothing was written then.
fn kept(visit: &Visit<'_>, tx: &mut Tx<'_>, said: Result<Shown>) -> Result<Reply> {
    match said {
        Ok(shown) => Ok(Reply::Go(format!("/contracts/{}", shown.id))),
        Err(wrong) if wrong.kind == ProblemKind::Invalid => answer(visit, tx, Some(wrong)),
        Err(wrong) if wrong.code == "contracts.changed" => match answer(visit, tx, Some(wrong))? {
            Reply::Page { title, place, body } => Ok(Reply::Changed { title, place, body }),
            other => Ok(other),
        },
        Err(problem) => Err(problem),
    }
}

fn text(visit: &Visit<'_>, name: &str) -> String {
    visit.field(name).unwrap_or_default().to_owned()
}

/// The version on which the form was opened.
fn expected(visit: &Visit<'_>) -> Option<String> {
    visit.field("version").map(str::to_owned)
}

/// What the form wants that somebody else changed meanwhile.
fn clashing(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Vec<Clash>> {
    let Some(expected) = expected(visit) else { return Ok(Vec::new()) };
    let contract = store::one(visit.cx, tx, visit.cx.codes.read(visit.part("id")?)?)?;
    let wanted = match contract.kind {
        Kind::Contract => Typed::sent(visit).agreement()?,
        Kind::Subscription => {
            let asked = Asked::sent(visit).change(String::new(), String::new(), None)?;
            patch(&contract.terms(), &asked)?
        }
    };
    Ok(clashes(&contract, &wanted, &expected))
}

fn effective(visit: &Visit<'_>) -> Result<Option<On>> {
    let day = visit.field("effective").map(Day::parse).transpose();
    let day = day.map_err(|problem| Problem { field: Some("effective".into()), ..problem })?;
    Ok(day.map(On))
}

fn answer(visit: &Visit<'_>, tx: &mut Tx<'_>, wrong: Option<Problem>) -> Result<Reply> {
    let shown = view(visit.cx, tx, Named { id: visit.part("id")?.to_owned() })?;
    let typed = match (visit.form.is_empty(), shown.terms.currency) {
        (true, Some(currency)) => Typed::in_currency(currency.code()),
        _ => Typed::sent(visit),
    };
    let clash = wrong.as_ref().is_some_and(|wrong| wrong.code == "contracts.changed");
    let clashes = if clash { clashing(visit, tx)? } else { Vec::new() };
    let page = ChangePage {
        clashes,
        shown,
        typed,
        asked: Asked::sent(visit),
        effective: text(visit, "effective"),
        reason: text(visit, "reason"),
        wrong,
        csrf: visit.csrf,
    };
    Ok(Reply::Page { title: say!("Change what is agreed").into(), place: PLACE, body: page.render() })
}

impl Render for ChangePage<'_> {
    fn render(&self) -> Markup {
        let here = format!("/contracts/{}", self.shown.id);
        let trail = html! { a href=(here) { (self.shown.terms.name.as_deref().unwrap_or(&self.shown.key)) } };
        let lead =
            html! { "Fill in what changes; what is left empty stays. Earlier versions stay to be read." };
        let lines = self.shown.terms.lines();
        let agreed: Vec<(&str, Markup)> =
            lines.iter().map(|(field, said)| (&**field, several(said))).collect();
        let side = vec![(say!("What is agreed now"), terms(&agreed))];
        html! {
            (Head { title: say!("Change what is agreed"), trail: Some(trail), lead: Some(lead), ..Head::default() })
            (Columns { main: self.form(&here), side })
        }
    }
}

impl ChangePage<'_> {
    fn form(&self, here: &str) -> Markup {
        let is_subscription = self.shown.kind == "subscription";
        let noun = if is_subscription { "changes" } else { "versions" };
        let error = |field: &str| {
            let wrong = self.wrong.as_ref().filter(|wrong| wrong.field.as_deref() == Some(field));
            wrong.map(|wrong| ui::sentence(&wrong.message))
        };
        html! {
            form .form .narrow method="post" action={ (here) "/" (noun) } {
                (hidden("csrf", self.csrf)) (hidden("version", &self.shown.version)) (enter())
                @if !self.clashes.is_empty() { (self.clash()) }
                @else if let Some(wrong) = self.above() { (Note::bad(ui::sentence(&wrong.message))) }
                @if is_subscription { (self.asked.fields(self.wrong.as_ref())) }
                @else { (self.typed.terms(self.wrong.as_ref())) }
                div .pair {
                    (Field::input("date", "effective", say!("From which day on")).value(&*self.effective).error(error("effective"))
                        .hint(say!("Leave it empty where it corrects what was written down wrongly.")))
                    (Field::text("reason", say!("Why")).value(&*self.reason).placeholder(say!("ten more people")).error(error("reason")).required())
                }
                div .acts {
                    (Button::submit(say!("Change it")).main_act())
                    (Button::link(say!("Cancel"), here).quiet())
                }
            }
        }
    }

    /// What was agreed when the form was opened, what somebody else wrote meanwhile, and what this form wants.
    fn clash(&self) -> Markup {
        let rows = self.clashes.iter().map(|clash| {
            Row::new([
                Cell::head(word!(clash.field)),
                Cell::new(several(&clash.was)).label(say!("When you opened it")),
                Cell::new(several(&clash.theirs)).label(say!("They wrote")),
                Cell::new(several(&clash.mine)).label(say!("You wrote")),
            ])
        });
        let heads = [say!("Field"), say!("When you opened it"), say!("They wrote"), say!("You wrote")]
            .map(Column::new);
        html! {
            (Note::bad(say!("Somebody else changed the same while you wrote. Nothing was kept.")))
            (Table::fold(say!("What both changed")).columns(heads).rows(rows))
            p .small { "Send it again to have what you wrote; empty a field to leave what they wrote." }
        }
    }

    /// What is wrong and stands beside no field.
    fn above(&self) -> Option<&Problem> {
        let beside = |wrong: &Problem| {
            let own = ["effective", "reason"].contains(&wrong.field.as_deref().unwrap_or_default());
            own || self.typed.has_field(wrong) || Asked::has_field(wrong)
        };
        self.wrong.as_ref().filter(|wrong| !beside(wrong))
    }
}
