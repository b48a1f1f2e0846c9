//! Learning: a draft of a policy from labels, how good it is, who would change, and the form by which a person adopts it.

use ::store::Tx;
use kernel::{Day, Problem, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, tell};
use ui::{Button, Columns, Field, Group, Head, Note, Nothing, count, plural, time};

use super::{
    policy::{PLACE, anyway, foreseen_in_words},
    wording,
};
use crate::ops::{
    Learn, NothingToSay, OfLearning, ShownAccuracy, ShownLearning, keep_learned, learning as view, learnings,
};

/// Where it is.
pub(super) const LEARN: &str = "/service-models/learning";

/// The form, and what was learned before.
struct LearningPage {
    typed: String,
    problem: Option<Problem>,
    earlier: Vec<ShownLearning>,
    csrf: String,
}

/// Answers `GET /service-models/learning`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    answer(visit, tx, String::new(), None)
}

/// Answers `POST /service-models/learning`.
pub(super) fn ask(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    // A file that was chosen counts before what was pasted.
    let labels = visit.field("file").or_else(|| visit.field("labels")).map(str::to_owned);
    match keep_learned(visit.cx, tx, Learn { labels: labels.clone(), from: None }) {
        Err(problem) if problem.field.is_some() => {
            answer(visit, tx, labels.unwrap_or_default(), Some(problem))
        }
        learned => learned.map(|id| Reply::Go(format!("{LEARN}/{}", visit.cx.codes.write(id)))),
    }
}

fn answer(visit: &Visit<'_>, tx: &mut Tx<'_>, typed: String, problem: Option<Problem>) -> Result<Reply> {
    let earlier = learnings(visit.cx, tx, NothingToSay {})?;
    let page = LearningPage { typed, problem, earlier, csrf: visit.csrf.to_owned() };
    Ok(Reply::Page { title: say!("Learn from labels").into(), place: PLACE, body: page.render() })
}

/// Answers `GET /service-models/learning/{id}`.
pub(super) fn one(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let shown = view(visit.cx, tx, OfLearning { id: visit.part("id")?.to_owned() })?;
    let body = Taught { shown, csrf: visit.csrf.to_owned() }.render();
    Ok(Reply::Page { title: say!("Learned from labels").into(), place: PLACE, body })
}

fn trail() -> Markup {
    html! { a href=(PLACE) { "Service models" } }
}

impl Render for LearningPage {
    fn render(&self) -> Markup {
        let lead = html! {
            "From relationships of which somebody said what they are, the starting point and the weights are fitted. What comes \
             of it is a draft: nothing changes until somebody adopts it."
        };
        let main = html! {
            form method="post" action=(LEARN) enctype="multipart/form-data" {
                (ui::hidden("csrf", &self.csrf))
                (Field::file("file", say!("A file of labels"), ".csv,.tsv,.txt"))
                (Field::area("labels", say!("Or pasted rows")).value(self.typed.as_str())
                    .placeholder("account,line,class,day\nRook & Daughters,Shop,customer,2025-03-04")
                    .error(self.problem.as_ref().map(|problem| ui::sentence(&problem.to_string())))
                    .hint(say!("With the heads account and class (client or customer), and where wanted line and day. With neither, what people set by hand counts as labels.")))
                p .acts { (Button::submit(say!("Learn")).main_act()) }
            }
        };
        html! {
            (Head { title: say!("Learn from labels"), trail: Some(trail()), lead: Some(lead), narrow: true, ..Head::default() })
            (main)
            (self.before())
        }
    }
}

impl LearningPage {
    fn before(&self) -> Markup {
        if self.earlier.is_empty() {
            let nothing = Nothing { sentence: say!("Nothing was learned so far."), act: None };
            return Group::new(say!("Learned before"), nothing).render();
        }
        let rows = html! {
            ol { @for one in &self.earlier {
                li .group {
                    p { a href={ (LEARN) "/" (one.id) } { (day(&one.on)) } ", " (wording::by(one.by.as_deref())) }
                    p .small .soft { (one.answer) }
                }
            } }
        };
        Group::new(say!("Learned before"), rows).render()
    }
}

fn day(iso: &str) -> Markup {
    html! { @match Day::parse(iso) { Ok(day) => { (time::long(day)) }, Err(_) => { (iso) } } }
}

/// What was learned.
struct Taught {
    shown: ShownLearning,
    csrf: String,
}

impl Render for Taught {
    fn render(&self) -> Markup {
        let shown = &self.shown;
        let title =
            if shown.learned { say!("Draft learned from labels") } else { say!("Nothing was learned") };
        let main = html! {
            p { (shown.answer) }
            @if !shown.broken.is_empty() {
                (Note::new(html! { "Not held by this draft:" ul { @for broken in &shown.broken { li { (broken) } } } }))
            }
            @if shown.learned { (Group::new(say!("What changes"), self.changes())) }
            @if let (Some(before), Some(after)) = (&shown.before, &shown.after) {
                (Group::new(say!("How good it is"), accuracy(before, after)))
                (Group::new(say!("Does it mean what it says?"), groups(after)))
            }
            @if !shown.left_out.is_empty() { (Group::new(say!("Labels that were left out"), self.left_out())) }
        };
        let side = match &shown.foreseen {
            Some(foreseen) => {
                vec![(say!("Preview"), html! { (foreseen_in_words(foreseen)) (self.adoption()) })]
            }
            None => Vec::new(),
        };
        html! {
            (Head { title, trail: Some(trail()), lead: Some(self.rests_on()), ..Head::default() })
            (Columns { main, side })
        }
    }
}

impl Taught {
    fn rests_on(&self) -> Markup {
        let shown = &self.shown;
        let (on, given) = (day(&shown.on), plural(shown.given, "label", "labels"));
        let (used, from) = (count(shown.used), &shown.from);
        if shown.source == "overrides" {
            return tell!(
                "{on}, from what people set by hand: {given}, of which {used} could be used; it starts from {from}."
            );
        }
        tell!("{on}, from a text of rows: {given}, of which {used} could be used; it starts from {from}.")
    }

    fn changes(&self) -> Markup {
        if self.shown.changes.is_empty() {
            return html! { p { "No number moves." } };
        }
        html! {
            ul { @for one in &self.shown.changes {
                li {
                    (one.word) ": " del .faint { (thousandths(one.before)) } " " strong { (thousandths(one.after)) }
                    @if let (Some(lower), Some(upper)) = (one.lower, one.upper) {
                        span .small .soft { (say!(", from {} to {}", thousandths(lower), thousandths(upper))) }
                    }
                }
            } }
            p .small .soft { "Weights, with what each kind of evidence may then add or take away; the starting point in log-odds." }
        }
    }

    fn left_out(&self) -> Markup {
        html! {
            ul { @for one in &self.shown.left_out {
                li {
                    (plural(one.count, "label", "labels")) ": " (one.why)
                    @if !one.rows.is_empty() {
                        span .small .soft { " (" (say!("row {n}", n = one.rows.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))) @if i64::try_from(one.rows.len()).is_ok_and(|named| named < one.count) { " …" } ")" }
                    }
                }
            } }
        }
    }

    fn adoption(&self) -> Markup {
        let Some(text) = &self.shown.text else { return html! {} };
        html! {
            form .group method="post" action=(PLACE) {
                (ui::hidden("csrf", &self.csrf))
                (ui::hidden("text", text))
                (Field::text("reason", say!("Why")).required())
                @if !self.shown.broken.is_empty() { (anyway()) }
                p .acts {
                    (Button::submit(say!("Put in force")).main_act())
                    span .tiny .faint { "Everybody is decided again; earlier decisions stay on record." }
                }
            }
        }
    }
}

/// `-1.700`.
fn thousandths(number: i64) -> String {
    let sign = if number < 0 { "\u{2212}" } else { "" };
    format!("{sign}{}{}{:03}", number.abs() / 1000, speech::decimal_sign(), number.abs() % 1000)
}

fn accuracy(before: &ShownAccuracy, after: &ShownAccuracy) -> Markup {
    let known = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
    let rows = [
        (say!("AUC"), say!("1 is best, 0.5 tells nothing"), before.auc.clone(), after.auc.clone()),
        (say!("Brier score"), say!("0 is best"), before.brier.clone(), after.brier.clone()),
        (say!("Log loss"), say!("0 is best"), before.log_loss.clone(), after.log_loss.clone()),
        (
            say!("Calibration, intercept"),
            say!("0 is best"),
            known(&before.calibration_intercept),
            known(&after.calibration_intercept),
        ),
        (
            say!("Calibration, slope"),
            say!("1 is best"),
            known(&before.calibration_slope),
            known(&after.calibration_slope),
        ),
    ];
    html! {
        ul { @for (name, best, before, after) in rows {
            li { (name) ": " del .faint { (speech::decimal(&before)) } " " strong { (speech::decimal(&after)) } span .small .soft { " (" (best) ")" } }
        } }
        p .small .soft { "On labels that were not used for learning; before is the policy it starts from, on the same labels." }
    }
}

fn groups(after: &ShownAccuracy) -> Markup {
    html! {
        ul { @for group in &after.groups {
            @let observed = html! { strong { (speech::decimal(&group.observed)) } };
            li { (tell!("of {labels} at {predicted} on average, {observed} say client", labels = plural(group.labels, "label", "labels"), predicted = speech::decimal(&group.predicted))) }
        } }
    }
}
