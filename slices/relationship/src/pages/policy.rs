//! Service models: the policy in force with its curves, a draft of another, who would change, and putting it in force.
//!
//! The draft stands in the address, so it survives a reload, can be sent to somebody, and needs no script.

mod draft;
mod foreseen;
mod weights;

use ::store::Tx;
use kernel::{Day, Permission, Problem, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, tell, word};
use ui::{Button, Columns, Field, Group, Head, Note, Nothing, plural, time};

pub(super) use self::foreseen::foreseen_in_words;
use self::{
    draft::Typed,
    foreseen::{differences, told},
    weights::{Thresholds, Weights},
};
use super::{by_hand::BY_HAND, learn::LEARN, wording};
use crate::{
    Industries, Policy,
    ops::{
        Adopt, AdoptedPolicy, ChangedNumber, Foreseen, PolicyPage, Proposed, adopt, changed, policies,
        preview,
    },
    store::policy as stored,
};

/// Where it is.
pub(super) const PLACE: &str = "/service-models";

/// So many differences are shown at once.
const FEW: usize = 8;

/// The page.
struct ServiceModels {
    typed: Typed,
    in_force: std::sync::Arc<Policy>,
    since: Option<AdoptedPolicy>,
    earlier: Vec<AdoptedPolicy>,
    drafted: Option<Drafted>,
    problem: Option<Problem>,
    may_adopt: bool,
    today: Day,
    csrf: String,
}

/// A draft that holds, and what would come of it.
struct Drafted {
    policy: Policy,
    text: String,
    changed: Vec<ChangedNumber>,
    broken: Vec<String>,
    foreseen: Option<Foreseen>,
}

/// Answers `GET /service-models`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    answer(visit, tx, Typed::of(|name| visit.asked(name)), None)
}

/// Answers `POST /service-models`: the draft comes into force.
pub(super) fn put_in_force(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let typed = Typed::of(|name| visit.field(name));
    let text = match visit.field("text") {
        Some(text) => text.to_owned(),
        None => typed.draft()?.over(&typed.base(tx)?)?,
    };
    let reason = visit.field("reason").unwrap_or_default().to_owned();
    let anyway = visit.field("anyway").is_some();
    adopt(visit.cx, tx, Adopt { text: Some(text), reason, anyway, ..Adopt::default() })?;
    Ok(Reply::Go(PLACE.to_owned()))
}

fn answer(visit: &Visit<'_>, tx: &mut Tx<'_>, typed: Typed, problem: Option<Problem>) -> Result<Reply> {
    let may_adopt = visit.cx.actor.may(Permission::Manage);
    let mut adopted = policies(visit.cx, tx, PolicyPage::default())?.rows;
    let since = (!adopted.is_empty()).then(|| adopted.remove(0));
    let (drafted, problem) = match typed.is_draft().then(|| drafted(visit, tx, &typed, may_adopt)) {
        None => (None, problem),
        Some(Ok(drafted)) => (Some(drafted), problem),
        // What was typed stays in its fields, with what is wrong with it.
        Some(Err(refused)) if refused.field.is_some() => (None, Some(refused)),
        Some(Err(refused)) => return Err(refused),
    };
    let page = ServiceModels {
        typed,
        in_force: stored::in_force(tx)?.0,
        since,
        earlier: adopted,
        drafted,
        problem,
        may_adopt,
        today: visit.cx.today(),
        csrf: visit.csrf.to_owned(),
    };
    Ok(Reply::Page { title: say!("Service models").into(), place: PLACE, body: page.render() })
}

fn drafted(visit: &Visit<'_>, tx: &mut Tx<'_>, typed: &Typed, may_adopt: bool) -> Result<Drafted> {
    let text = typed.draft()?.over(&typed.base(tx)?)?;
    let policy = Policy::parse(&text)?;
    let proposed = Proposed { text: Some(text.clone()), ..Proposed::default() };
    Ok(Drafted {
        broken: policy.broken_guarantees(&Industries::shipped()?),
        changed: changed(&stored::text(tx)?, &text)?,
        foreseen: may_adopt.then(|| preview(visit.cx, tx, proposed)).transpose()?,
        policy,
        text,
    })
}

impl Render for ServiceModels {
    fn render(&self) -> Markup {
        let shown = self.drafted.as_ref().map_or(&*self.in_force, |drafted| &drafted.policy);
        html! {
            (self.head())
            @if let Some(problem) = &self.problem { (Note::bad(html! { (ui::sentence(&problem.to_string())) })) }
            @match &self.drafted {
                // What would come of it stands first: the numbers are many.
                Some(drafted) => {
                    (Group::new(say!("Preview"), self.preview(drafted)))
                    (self.numbers(shown))
                },
                None => { (Columns { main: self.numbers(shown), side: vec![(say!("Preview"), unpreviewed())] }) },
            }
            (self.history())
        }
    }
}

impl ServiceModels {
    fn head(&self) -> Markup {
        let (name, version) = (&self.in_force.name, &self.in_force.version);
        let trail = match &self.since {
            Some(since) => html! {
                (tell!("{name}, version {version}, in force since {day}", day = self.day(&since.at)))
            },
            None => html! { (say!("{name}, version {version}, as it ships")) },
        };
        let title = if self.typed.is_draft() { say!("Draft of a policy") } else { say!("Service models") };
        let discard = self.typed.is_draft().then(|| html! { (Button::link(say!("Discard draft"), PLACE)) });
        let learn = self.may_adopt.then(|| html! { (Button::link(say!("Learn from labels"), LEARN)) });
        let sentence =
            self.drafted.as_ref().map_or(&self.in_force.sentence, |drafted| &drafted.policy.sentence);
        Head { edit: None,
            title,
            trail: Some(trail),
            lead: Some(html! { (word!(sentence)) }),
            acts: Some(html! { (Button::link(say!("Set by hand"), BY_HAND)) @if let Some(act) = discard.or(learn) { (act) } }),
            narrow: false,
        }
        .render()
    }

    fn day(&self, iso: &str) -> Markup {
        match Day::parse(iso.get(..10).unwrap_or_default()) {
            Ok(day) => time::short(day, self.today),
            Err(_) => html! { (iso) },
        }
    }

    /// The form of the draft: reading, weights, thresholds.
    fn numbers(&self, shown: &Policy) -> Markup {
        let was = self.drafted.as_ref().map(|_| &*self.in_force);
        html! {
            form method="get" action=(PLACE) {
                (self.typed.reading())
                h2 .group { "What each kind of evidence may add or take away" }
                p .small .soft { "In log-odds of client against customer; dashed is the policy in force." }
                (Weights { policy: shown, was, typed: &self.typed })
                (Thresholds { policy: shown, typed: &self.typed })
                p .acts .group { (Button::submit(say!("Preview"))) }
            }
        }
    }

    fn preview(&self, drafted: &Drafted) -> Markup {
        let differ = told(&drafted.changed).count();
        html! {
            @match &drafted.foreseen {
                Some(foreseen) => { (foreseen_in_words(foreseen)) },
                None => { p .small .soft { "Only owners see who would change." } },
            }
            @if !drafted.broken.is_empty() {
                (Note::new(html! { "Not held by this policy:" ul { @for broken in &drafted.broken { li { (broken) } } } }))
            }
            details .group open[differ <= FEW] {
                summary .small { (plural(len(differ), "number differs", "numbers differ")) }
                (differences(&drafted.changed))
            }
            @if self.may_adopt && !drafted.changed.is_empty() { (self.adoption(drafted)) }
        }
    }

    fn adoption(&self, drafted: &Drafted) -> Markup {
        html! {
            form .group method="post" action=(PLACE) {
                (ui::hidden("csrf", &self.csrf))
                (ui::hidden("text", &drafted.text))
                (Field::text("reason", say!("Why")).required())
                @if !drafted.broken.is_empty() { (anyway()) }
                p .acts {
                    (Button::submit(say!("Put in force")).main_act())
                    span .tiny .faint { "Everybody is decided again; earlier decisions stay on record." }
                }
            }
        }
    }

    fn history(&self) -> Markup {
        let all: Vec<_> = self.since.iter().chain(&self.earlier).collect();
        if all.is_empty() {
            let sentence = say!("No other policy was ever adopted: the one that ships is in force.");
            return Group::new(say!("Policies so far"), Nothing { sentence, act: None }).render();
        }
        let rows = html! {
            ol {
                @for adopted in all {
                    li .group {
                        p {
                            strong { (say!("{name}, version {version}", name = adopted.name, version = adopted.version)) } " "
                            span .soft { (self.day(&adopted.at)) ", " (wording::by(adopted.by.as_deref())) ": " (adopted.reason) }
                        }
                        details {
                            summary .small { (plural(len(told(&adopted.changed).count()), "number changed", "numbers changed")) }
                            (differences(&adopted.changed))
                        }
                    }
                }
            }
        };
        Group::new(say!("Policies so far"), rows).render()
    }
}

/// Known to break what a policy guarantees.
pub(super) fn anyway() -> Markup {
    Field::check("anyway", say!("Put it in force although it does not hold what is listed"), false)
        .required()
        .render()
}

/// Where there is no draft.
fn unpreviewed() -> Markup {
    html! {
        p .small .soft { "Change a number or choose another reading, and see who would change before anything does." }
    }
}

fn len(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
