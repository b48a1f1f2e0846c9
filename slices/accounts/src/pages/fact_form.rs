//! The fields of a fact, as a form asks for them, and the fact that they come to.

use std::collections::BTreeMap;

use kernel::{Day, Problem, Result};
use maud::Markup;
use serde_json::Value;
use slice::Visit;
use speech::{html, say, word};
use ui::{Checks, Choice, Field};

use super::fact_kind::{Ask, FactKind, Way, named};
use crate::recorded::Recorded;

/// What stands in the fields.
#[derive(Debug)]
pub(super) struct Typed {
    pub(super) kind: &'static FactKind,
    pub(super) line: String,
    pub(super) on: String,
    currency: String,
    /// By field; a box that is ticked says so.
    said: BTreeMap<String, Vec<String>>,
}

impl Typed {
    /// An empty form of a kind.
    pub(super) fn new(kind: &'static FactKind, today: Day) -> Typed {
        let yes = kind.asks.iter().filter(|ask| matches!(ask.way, Way::Yes(true)));
        let said = yes.map(|ask| (ask.field.to_owned(), vec!["on".to_owned()])).collect();
        Typed { kind, line: String::new(), on: today.to_string(), currency: String::new(), said }
    }

    /// As a form was sent.
    pub(super) fn sent(visit: &Visit<'_>) -> Typed {
        let text = |name: &str| visit.field(name).unwrap_or_default().to_owned();
        let mut said: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in visit.form.iter().filter(|(_, value)| !value.trim().is_empty()) {
            said.entry(name.clone()).or_default().push(value.trim().to_owned());
        }
        Typed {
            kind: named(visit.field("kind")),
            line: text("line"),
            on: text("on"),
            currency: text("currency"),
            said,
        }
    }

    /// The fact that it comes to.
    ///
    /// # Errors
    /// `fact.number` naming the field of a number that is none.
    pub(super) fn recorded(&self) -> Result<Recorded> {
        let mut rest = BTreeMap::new();
        for ask in self.kind.asks.iter().filter(|ask| !matches!(ask.way, Way::Money)) {
            if let Some(value) = self.answer(ask)? {
                rest.insert(ask.field.to_owned(), value);
            }
        }
        let said = |text: String| Some(text).filter(|text| !text.is_empty());
        Ok(Recorded {
            kind: self.kind.word.to_owned(),
            on: self.on.clone(),
            currency: said(self.currency.to_uppercase()),
            amount: self
                .kind
                .asks
                .iter()
                .find(|ask| matches!(ask.way, Way::Money))
                .and_then(|ask| said(self.first(ask).to_owned())),
            rest,
        })
    }

    fn answer(&self, ask: &Ask) -> Result<Option<Value>> {
        let text = self.first(ask);
        Ok(match ask.way {
            Way::Yes(_) => Some(Value::Bool(!text.is_empty())),
            Way::Any(_) => Some(self.said.get(ask.field).cloned().unwrap_or_default().into()),
            _ if text.is_empty() => None,
            Way::Number(_) => Some(number(ask, text)?.into()),
            Way::Percent(_) => Some(number(ask, text)?.saturating_mul(10).into()),
            Way::Words(_) | Way::Text | Way::Day | Way::One(_) | Way::Money => Some(text.into()),
        })
    }

    fn first(&self, ask: &Ask) -> &str {
        self.said.get(ask.field).and_then(|said| said.first()).map_or("", String::as_str)
    }

    /// Whether something wrong is said beside a field.
    pub(super) fn has_field(&self, wrong: &Problem) -> bool {
        let field = wrong.field.as_deref().unwrap_or_default();
        ["on", "line"].contains(&field)
            || self
                .kind
                .asks
                .iter()
                .any(|ask| ask.field == field || field == "currency" && matches!(ask.way, Way::Money))
    }

    /// The fields, with what is wrong in one of them.
    pub(super) fn fields(&self, lines: &[String], wrong: Option<&Problem>) -> Markup {
        let error = |field: &str| {
            let wrong = wrong.filter(|wrong| wrong.field.as_deref() == Some(field));
            wrong.map(|wrong| ui::sentence(&wrong.message))
        };
        let whole = Choice::new("", say!("None: it is about all they do with us"));
        let known = lines.iter().map(|line| Choice::new(line.as_str(), line.as_str()));
        html! {
            div .pair {
                (Field::input("date", "on", say!("When")).value(&*self.on).error(error("on")).required())
                @if lines.is_empty() {
                    (Field::text("line", say!("Service line")).value(&*self.line).placeholder(say!("Advisory")).error(error("line"))
                        .hint(say!("Leave it empty where it is about all they do with us.")))
                } @else {
                    (Field::select("line", say!("Service line"), known.chain([whole]).collect()).value(&*self.line).error(error("line")))
                }
            }
            @for ask in self.kind.asks { (self.asked(ask, error(ask.field), error("currency"))) }
        }
    }

    fn asked(&self, ask: &'static Ask, error: Option<String>, currency: Option<String>) -> Markup {
        let (text, label) = (self.first(ask), word!(ask.label));
        match ask.way {
            Way::Words(example) => {
                html! { (Field::text(ask.field, label).value(text).placeholder(word!(example)).error(error)) }
            }
            Way::Text => html! { (Field::area(ask.field, label).value(text).error(error).required()) },
            Way::Number(example) | Way::Percent(example) => {
                html! { (Field::input("number", ask.field, label).value(text).placeholder(example).error(error)) }
            }
            Way::Day => html! { (Field::input("date", ask.field, label).value(text).error(error)) },
            Way::One(words) => {
                let words = words.iter().map(|(word, spoken)| Choice::new(*word, word!(spoken))).collect();
                html! { (Field::select(ask.field, label, words).value(text).error(error)) }
            }
            Way::Any(words) => {
                let ticked = self.said.get(ask.field).map(Vec::as_slice).unwrap_or_default();
                let checks = words.iter().fold(Checks::any(ask.field, label), |checks, (word, spoken)| {
                    checks.answer(*word, word!(spoken), html! {}, ticked.iter().any(|one| one == word))
                });
                html! { (checks.error(error)) }
            }
            Way::Yes(_) => html! { (Field::check(ask.field, label, !text.is_empty()).error(error)) },
            Way::Money => html! {
                div .pair {
                    (Field::text(ask.field, label).value(text).placeholder("120.00").error(error).required())
                    (Field::text("currency", say!("Currency")).value(&*self.currency).placeholder("EUR").error(currency).required())
                }
            },
        }
    }
}

fn number(ask: &Ask, text: &str) -> Result<i64> {
    text.parse().map_err(|_| {
        let text = say!("{text:?} is no whole number; write some such as 12");
        Problem::invalid(ask.field, "fact.number", text)
    })
}
