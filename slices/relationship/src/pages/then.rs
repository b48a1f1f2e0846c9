//! Then: a relationship as it was on a day, and what is different now and why.

use ::store::Tx;
use kernel::{Context, Day, Result};
use maud::{Markup, Render};
use speech::{html, say, tell};
use timeline::Entry;
use ui::{Cell, Column, Group, Row, Table, Text, Verdict, WideScale};

use super::{
    came::on,
    dated::dated,
    reasons::{Reasons, strength},
    wording,
};
use crate::{
    jobs::recall::{on_record, remembered},
    ops::{Explanation, OnDay, OnRecord, ends, view},
    phrase,
    store::current,
};

/// The relationship on that day, beside what it is now.
pub(super) struct Then {
    then: Explanation,
    known_then: bool,
    differences: Vec<Difference>,
    why: Vec<String>,
    reach: i64,
    today: Day,
}

/// What reads otherwise now.
struct Difference {
    what: String,
    then: String,
    now: String,
    /// What the facts said then and say now, where that is it.
    said: Option<(String, String)>,
}

/// Reads that day.
///
/// # Errors
/// As the operation: `day.format`, `relationship.ahead`.
pub(super) fn read(
    cx: &Context,
    tx: &mut Tx<'_>,
    (id, as_of, known_then): (&str, &str, bool),
    now: &Explanation,
) -> Result<Then> {
    let known_at = known_then.then(|| as_of.to_owned());
    let then = view(cx, tx, OnDay { id: id.to_owned(), as_of: Some(as_of.to_owned()), known_at })?;
    let (day, number) = (Day::parse(as_of)?, cx.codes.read(id)?);
    let place = current::place(cx, tx, number)?;
    let all = remembered(tx, place.0)?;
    let counts = |entries: Vec<Entry>| -> Vec<(timeline::FactId, i64)> {
        entries.into_iter().map(|entry| (entry.id, entry.recorded_at)).collect()
    };
    let (was, is) =
        (counts(on_record(&all, place.1, ends(cx, day))), counts(on_record(&all, place.1, i64::MAX)));
    let happened = |id: timeline::FactId| {
        let found = all.iter().rev().find(|one| one.entry.id == id);
        found.is_some_and(|one| day < one.entry.occurred.day(&cx.zone))
    };
    let since = is.iter().filter(|(id, _)| happened(*id)).count();
    let late =
        is.iter().filter(|(id, _)| !happened(*id) && !was.iter().any(|(other, _)| other == id)).count();
    let back = was.iter().filter(|(id, _)| !is.iter().any(|(other, _)| other == id)).count();
    let lines = then.contributions.iter().chain(&now.contributions);
    Ok(Then {
        why: why((since, late, back), known_then, &then, now),
        differences: differences(&then, now),
        reach: ui::reach(lines.map(|line| line.micro)),
        today: cx.today(),
        known_then,
        then,
    })
}

/// Why it is otherwise now, in sentences.
fn why(
    (since, late, back): (usize, usize, usize),
    known_then: bool,
    then: &Explanation,
    now: &Explanation,
) -> Vec<String> {
    let mut why = Vec::new();
    let day = |iso: &str| Day::parse(iso).ok();
    if let Some((from, to)) = day(&then.as_of).zip(day(&now.as_of)).filter(|(from, to)| from != to) {
        let days = i64::from(to.0) - i64::from(from.0);
        why.push(say!("{n} day passed." | "{n} days passed." % days));
    }
    if 0 < since {
        why.push(say!("{n} fact happened since." | "{n} facts happened since." % since));
    }
    if known_then && 0 < late {
        why.push(say!(
            "{n} fact of before that day came to be known later."
                | "{n} facts of before that day came to be known later." % late
        ));
    }
    if known_then && 0 < back {
        why.push(say!(
            "{n} fact known then were taken back since."
                | "{n} facts known then were taken back since." % back
        ));
    }
    match (&then.said, &now.said) {
        (None, Some(said)) => {
            why.push(say!("A person set the class to {} since.", wording::word(&said.class)))
        }
        (Some(said), None) => {
            why.push(say!("A person had set the class to {} then.", wording::word(&said.class)))
        }
        _ => (),
    }
    why
}

/// Class, strength and every line of the sum that reads otherwise now, the furthest apart first.
fn differences(then: &Explanation, now: &Explanation) -> Vec<Difference> {
    let strengths = |one: &Explanation| speech::decimal(one.strength_shown.as_deref().unwrap_or("–"));
    let class = |one: &Explanation| wording::word(&one.class);
    let plain =
        [(say!("Class"), class(then), class(now)), (say!("Strength"), strengths(then), strengths(now))];
    let plain = plain.into_iter().filter(|(_, then, now)| then != now);
    let plain = plain.map(|(what, then, now)| Difference { what: what.into_owned(), then, now, said: None });
    let mut lines: Vec<_> = then
        .contributions
        .iter()
        .filter_map(|was| {
            let is = now.contributions.iter().find(|is| is.dimension == was.dimension)?;
            (was.micro != is.micro || was.x != is.x).then_some((was, is))
        })
        .collect();
    lines.sort_by_key(|(was, is)| std::cmp::Reverse((was.micro - is.micro).abs()));
    let line = |(was, is): (&crate::ops::ExplainedLine, &crate::ops::ExplainedLine)| Difference {
        what: was.word.clone(),
        then: phrase::log_odds(was.micro),
        now: phrase::log_odds(is.micro),
        said: (was.evidence != is.evidence).then(|| (was.evidence.clone(), is.evidence.clone())),
    };
    plain.chain(lines.into_iter().map(line)).collect()
}

impl Render for Then {
    fn render(&self) -> Markup {
        let day = Day::parse(&self.then.as_of).map(ui::time::long_text).unwrap_or_default();
        let heading = match self.known_then {
            true => say!("On {day}, as known then"),
            false => say!("On {day}, as known now"),
        };
        let reasons = Reasons {
            why: &self.then,
            reach: self.reach,
            today: self.today,
            beyond: say!("the timeline of the account"),
        };
        let body = html! {
            (self.verdict(&wording::ends()))
            @if self.then.score.is_some() { (reasons.contributions()) }
            @if let Some(together) = &self.then.together { p .tiny .faint { (together.sentence) } }
        };
        html! {
            (Group::new(heading, body))
            (Group::new(say!("What is different now, and why"), self.different()))
        }
    }
}

impl Then {
    fn verdict<'a>(&self, (customer, client): &'a (Text<'_>, Text<'_>)) -> Verdict<'a> {
        let ends = (&**customer, &**client);
        let then = &self.then;
        let band = wording::band_of(then.stop_permille, then.become_permille);
        let scale = strength(then).map(|at| {
            let sign = ui::Sign::of(&then.computed);
            WideScale { sign, at, band, ends }
        });
        let support = html! {
            @let (policy, version) = (&then.policy, &then.policy_version);
            @if self.known_then { (say!("By the policy in force that day, {policy} {version}.")) }
            @else { (say!("By the policy in force now, {policy} {version}.")) }
            " "
            @match &then.on_record {
                Some(stood) => { (on_record_then(stood)) },
                None if self.known_then => { "Nothing had been decided by that day." },
                None => {},
            }
            @if !then.ask.is_empty() { " What would have settled it: " (then.ask.join(" ")) }
        };
        Verdict {
            sentence: html! { (wording::mark(&then.class)) ". " (dated(&then.sentence)) },
            support,
            scale,
        }
    }

    fn different(&self) -> Markup {
        if self.differences.is_empty() {
            return html! { p { "Nothing: it would be decided the same today." } };
        }
        let row = |one: &Difference| {
            let side = |text: &str, said: Option<&String>| {
                html! { (text) @if let Some(said) = said { br; span .small .soft { (said) } } }
            };
            let said = one.said.as_ref();
            Row::new([
                Cell::head(one.what.as_str()),
                Cell::new(side(&one.then, said.map(|said| &said.0))).label(say!("Then")),
                Cell::new(side(&one.now, said.map(|said| &said.1))).label(say!("Now")),
            ])
        };
        let heads = [say!("What"), say!("Then"), say!("Now")].map(Column::new);
        html! {
            @if !self.why.is_empty() { p { (self.why.join(" ")) } }
            (Table::fold(say!("What is different now")).columns(heads).rows(self.differences.iter().map(row)))
        }
    }
}

/// `On record that day: customer, strength 0.61, decided for 3 March 2025 by default 3.`
fn on_record_then(stood: &OnRecord) -> Markup {
    html! {
        "On record that day: " (wording::word(&stood.class))
        @if let Some(strength) = &stood.strength { (say!(", strength {}", speech::decimal(strength))) }
        @let day = on(&stood.as_of);
        @match stood.policy.is_empty() {
            true => { (tell!(", decided for {day}.")) },
            false => { (tell!(", decided for {day} by {policy} {version}.", policy = stood.policy, version = stood.policy_version)) },
        }
    }
}
