//! What is to be done to many, as the address of the page and its forms hold it.

use kernel::{Problem, Result};
use maud::Markup;
use slice::Visit;
use speech::{html, say};
use timeline::fact::Dealing;
use ui::{Button, Choice, Field, Text, hidden};

use super::{
    super::{
        asked::{asked as asked_of_book, pairs},
        wording,
    },
    PREVIEW,
};
use crate::{
    bulk::Deed,
    ops::{Filter, Heard, bulk::BulkInput},
    overrides::{CLASSES, DAYS},
    phrase,
};

/// What is asked for.
pub(super) struct Asked {
    pub(super) deed: Deed,
    pub(super) input: BulkInput,
    /// What the book showed, for the way back.
    pub(super) filter: Filter,
}

/// The fields of an act: its name in the form, and its name in the operation.
const FIELDS: [(&str, &str); 7] = [
    ("to", "class"),
    ("why", "reason"),
    ("until", "until"),
    ("says", "says"),
    ("how", "how"),
    ("on", "on"),
    ("answer", "answer"),
];

impl Asked {
    /// What the address asks for.
    pub(super) fn read(visit: &Visit<'_>) -> Result<Asked> {
        let filter = Filter { after: None, limit: None, ..asked_of_book(visit)? };
        let picked = visit.query.iter().filter(|(name, _)| name == "pick");
        let ids: Vec<String> = picked.map(|(_, id)| id.clone()).collect();
        let all = visit.asked("all").is_some();
        let input = BulkInput {
            ids: if all { Vec::new() } else { ids },
            filter: all.then(|| filter.clone()),
            ..act(|name| visit.asked(name))
        };
        Ok(Asked { filter, ..Asked::of(input) })
    }

    /// The same from what a form sent.
    pub(super) fn of(input: BulkInput) -> Asked {
        Asked { deed: Deed::parse(&input.act).unwrap_or(Deed::Class), input, filter: Filter::default() }
    }

    /// Whether everything was filled in once; before that there is nothing to say against it.
    pub(super) fn is_complete(&self) -> bool {
        let BulkInput { class, reason, says, how, answer, .. } = &self.input;
        match self.deed {
            Deed::Class => class.is_some() || reason.is_some(),
            Deed::Preference => says.is_some() && how.is_some(),
            Deed::Crossing => answer.is_some(),
        }
    }

    /// The form of the act.
    pub(super) fn form(&self, problem: Option<&Problem>) -> Markup {
        html! {
            form .form .group method="get" action=(PREVIEW) {
                (hidden("act", self.deed.as_str()))
                @if self.input.filter.is_some() { (hidden("all", "1")) }
                @for id in &self.input.ids { (hidden("pick", id)) }
                @for (name, value) in pairs(&self.filter) { (hidden(name, &value)) }
                @match self.deed {
                    Deed::Class => { (self.select("to", say!("Class"), classes(), problem)) (self.reason(problem)) (self.until(problem)) },
                    Deed::Preference => {
                        (self.select("says", say!("They want"), wishes(), problem))
                        (self.select("how", say!("How we were told"), ways(), problem))
                        (Field::input("date", "on", say!("On which day they said so")).value(self.value("on")).error(error("on", problem)).hint(say!("Today where it is left blank.")))
                    },
                    Deed::Crossing => { (self.select("answer", say!("Answer"), answers(), problem)) (self.reason(problem)) (self.until(problem)) },
                }
                div .acts { (Button::submit(say!("Preview"))) }
            }
        }
    }

    fn value(&self, name: &str) -> String {
        let found = fields(&self.input).into_iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value).unwrap_or_default()
    }

    fn select(
        &self,
        name: &'static str,
        label: Text<'static>,
        choices: Vec<Choice<'static>>,
        problem: Option<&Problem>,
    ) -> Field<'static> {
        Field::select(name, label, choices).value(self.value(name)).error(error(name, problem))
    }

    fn reason(&self, problem: Option<&Problem>) -> Field<'static> {
        let hint = match self.deed {
            Deed::Crossing => {
                say!("Only where they stay what they were; everybody who sees the class sees it.")
            }
            _ => say!("Everybody who sees the class sees it."),
        };
        Field::text("why", say!("Reason")).value(self.value("why")).error(error("why", problem)).hint(hint)
    }

    fn until(&self, problem: Option<&Problem>) -> Field<'static> {
        let hint =
            say!("In {} days where it is left blank; afterwards what the evidence says counts again.", DAYS);
        Field::input("date", "until", say!("Last day"))
            .value(self.value("until"))
            .error(error("until", problem))
            .hint(hint)
    }
}

/// An act as somebody filled it in.
fn act<'v>(field: impl Fn(&str) -> Option<&'v str>) -> BulkInput {
    let text = |name: &str| field(name).map(str::to_owned);
    BulkInput {
        act: text("act").unwrap_or_else(|| Deed::Class.to_string()),
        class: text("to"),
        reason: text("why"),
        until: text("until"),
        says: text("says"),
        how: text("how"),
        on: text("on"),
        answer: text("answer"),
        ..BulkInput::default()
    }
}

/// What the form under a preview sent.
pub(super) fn sent(visit: &Visit<'_>) -> BulkInput {
    let ids = visit.field("ids").unwrap_or_default().split(',').filter(|id| !id.is_empty());
    let ids = ids.map(str::to_owned).collect();
    BulkInput { ids, digest: visit.field("digest").map(str::to_owned), ..act(|name| visit.field(name)) }
}

/// The fields of an act by their names in the form.
pub(super) fn fields(input: &BulkInput) -> Vec<(&'static str, String)> {
    let BulkInput { act, class, reason, until, says, how, on, answer, .. } = input.clone();
    let all = [
        ("act", Some(act)),
        ("to", class),
        ("why", reason),
        ("until", until),
        ("says", says),
        ("how", how),
        ("on", on),
        ("answer", answer),
    ];
    all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// Whether a refusal is about a field of the form.
pub(super) fn is_for_a_field(problem: &Problem) -> bool {
    FIELDS.iter().any(|(_, field)| problem.field.as_deref() == Some(*field))
}

/// Why a field was refused, if it was.
fn error(name: &str, problem: Option<&Problem>) -> Option<String> {
    let known = FIELDS.iter().find(|(known, _)| *known == name).map(|(_, field)| *field);
    problem.filter(|problem| problem.field.as_deref() == known).map(|problem| problem.message.clone())
}

fn classes() -> Vec<Choice<'static>> {
    CLASSES.iter().map(|class| Choice::new(class.as_str(), wording::headed(class.as_str()))).collect()
}

fn wishes() -> Vec<Choice<'static>> {
    Dealing::ALL.iter().map(|way| Choice::new(way.as_str(), phrase::capital(wording::wish(*way)))).collect()
}

fn ways() -> Vec<Choice<'static>> {
    Heard::ALL.iter().map(|how| Choice::new(how.as_str(), wording::headed(how.spoken()))).collect()
}

fn answers() -> Vec<Choice<'static>> {
    vec![
        Choice::new("accept", say!("Agree with the evidence")),
        Choice::new("not_now", say!("Not now: ask again in 14 days")),
        Choice::new("decline", say!("They stay what they were")),
    ]
}
