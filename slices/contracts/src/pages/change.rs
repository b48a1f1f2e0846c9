//! What is agreed, changed by hand: a new version from a day on, with the reason; and the last one taken back.

mod subscription;

use ::store::Tx;
use kernel::{Day, Problem, ProblemKind, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say};
use ui::{Button, Columns, Field, Head, Note, enter, hidden, terms};

use self::subscription::Asked;
use super::{PLACE, contract::several, typed::Typed};
use crate::{
    ops::{Amend, Named, Shown, amend, change, retract, view},
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
        amend(visit.cx, tx, Amend { id, reason, effective: effective(visit)?, terms })
    });
    kept(visit, tx, said)
}

/// Answers `POST /contracts/{id}/changes`.
pub(super) fn changed(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let asked = Asked::sent(visit);
    let said = effective(visit).and_then(|effective| {
        let input = asked.change(visit.part("id")?.to_owned(), text(visit, "reason"), effective)?;
        change(visit.cx, tx, input)
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
        Err(problem) => Err(problem),
    }
}

fn text(visit: &Visit<'_>, name: &str) -> String {
    visit.field(name).unwrap_or_default().to_owned()
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
    let page = ChangePage {
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
                (hidden("csrf", self.csrf)) (enter())
                @if let Some(wrong) = self.above() { (Note::bad(ui::sentence(&wrong.message))) }
                @if is_subscription { (self.asked.fields(self.wrong.as_ref())) }
                @else { (self.typed.terms(self.wrong.as_ref())) }
                div .pair {
                    (Field::input("date", "effective", say!("From which day on")).value(&*self.effective).error(error("effective"))
                        .hint(say!("Leave it empty where it corrects what was written down wrongly.")))
                    (Field::text("reason", say!("Why")).value(&*self.reason).placeholder(say!("ten more people")).error(error("reason")).required())
                }
                div .acts {
                    (Button::submit(say!("Change it")).main_act())
                    (Button::link(say!("Leave it"), here).quiet())
                }
            }
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
