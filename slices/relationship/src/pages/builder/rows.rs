//! The form of the builder: a line per condition, a box per group.

use maud::{Markup, Render};
use speech::{html, say, word};
use ui::{Button, Choice, Clause, Condition, Field as Input, Text, hidden};

use super::{
    BuilderPage,
    draft::{Group, Joins, Part, Row},
};
use crate::{
    condition::{Field, Kind, comparison, word_of},
    phrase,
};

fn ways() -> Vec<Choice<'static>> {
    vec![
        Choice::new(Joins::All.as_str(), say!("All of these hold")),
        Choice::new(Joins::Any.as_str(), say!("Any of these holds")),
        Choice::new(Joins::No.as_str(), say!("None of these holds")),
    ]
}

impl BuilderPage {
    /// A group and everything within it; `path` are the places that lead to it.
    pub(super) fn clause(&self, group: &Group, path: &mut Vec<usize>) -> Markup {
        let at = path_of(path);
        let number = if at.is_empty() { String::new() } else { format!(" {}", spoken(path)) };
        let head = html! {
            (Input::select("join", say!("How the conditions{number} hold together"), ways()).id(format!("join-{at}")).value(group.joins.as_str()).bare())
            @if !at.is_empty() {
                (Button::submit(say!("Remove group")).sends("do", format!("remove:{at}")).quiet().label(say!("Remove group{number}")))
            }
        };
        let mut parts = Vec::new();
        for (n, part) in group.parts.iter().enumerate() {
            path.push(n);
            parts.push(match part {
                Part::Row(row) => self.row(row, path),
                Part::Group(inner) => {
                    html! { (hidden("open", "1")) (self.clause(inner, path)) (hidden("close", "1")) }
                }
            });
            path.pop();
        }
        let fields =
            Field::ALL.iter().map(|field| Choice::new(field.as_str(), word!(field.label()))).collect();
        let acts = html! {
            (Input::select("add", say!("Condition to add{number}"), fields).id(format!("add-{at}")).bare())
            (Button::submit(say!("Add")).sends("do", format!("add:{at}")).label(say!("Add the condition{number}")))
            (Button::submit(say!("Add a group")).sends("do", format!("group:{at}")).quiet().label(say!("Add a group{number}")))
        };
        Clause { legend: say!("Conditions{number}").into(), head, parts, acts }.render()
    }

    fn row(&self, row: &Row, path: &[usize]) -> Markup {
        let (at, field) = (path_of(path), word!(row.field.label()));
        let label = say!("{field}, condition {place}", place = spoken(path));
        let signs = row.field.comparisons().iter();
        let signs = signs.map(|op| Choice::new(op.sign(), word!(comparison(row.field, *op)))).collect();
        let act = Button::submit(say!("Remove")).sends("do", format!("remove:{at}")).quiet();
        let condition = Condition {
            what: field.into(),
            comparison: Input::select("is", say!("{label}: comparison"), signs)
                .id(format!("is-{at}"))
                .value(row.op.sign())
                .bare()
                .render(),
            value: self.value(row, &at, &label),
            act: act.label(say!("Remove {label}")).render(),
            error: row.problem.as_ref().map(|why| (format!("value-{at}-error"), phrase::capital(why) + ".")),
        };
        html! { (hidden("field", row.field.as_str())) (condition) }
    }

    fn value(&self, row: &Row, at: &str, label: &str) -> Markup {
        let name = say!("{label}: value");
        let choices = self.choices(row);
        let input = match choices.is_empty() {
            true => Input::text("value", name).placeholder(example(row.field)),
            false => Input::select("value", name, choices),
        };
        let input =
            input.id(format!("value-{at}")).value(row.value.clone()).error(row.problem.clone()).bare();
        let input = if row.is_new { input.autofocus() } else { input };
        html! {
            (input)
            @if row.field.kind() == Kind::Money {
                (Input::select("in", say!("{label}: currency"), self.currencies_of(row)).id(format!("in-{at}")).value(row.currency.clone()).bare())
            }
        }
    }

    /// The answers of a field of which all are known.
    fn choices(&self, row: &Row) -> Vec<Choice<'static>> {
        match row.field.kind() {
            Kind::Words(words) => words
                .iter()
                .map(|word| Choice::new(*word, phrase::capital(word!(word_of(row.field, word)))))
                .collect(),
            Kind::Currency => {
                let none = Choice::new("none", say!("None, or several"));
                self.currencies_of(row).into_iter().chain([none]).collect()
            }
            _ if row.field == Field::Line => {
                let lines = self.lines.iter().map(|line| line.name.clone());
                with(lines, &row.value)
            }
            _ => Vec::new(),
        }
    }

    fn currencies_of(&self, row: &Row) -> Vec<Choice<'static>> {
        let asked = if row.field == Field::Net { &row.currency } else { &row.value };
        with(self.currencies.iter().cloned(), asked)
    }
}

/// Answers, and the one that was asked for if it is another.
fn with(known: impl Iterator<Item = String>, asked: &str) -> Vec<Choice<'static>> {
    let mut all: Vec<String> = known.collect();
    if !asked.is_empty() && asked != "none" && !all.iter().any(|one| one == asked) {
        all.push(asked.to_owned());
    }
    all.into_iter().map(|one| Choice::new(one.clone(), one)).collect()
}

fn path_of(path: &[usize]) -> String {
    path.iter().map(ToString::to_string).collect::<Vec<_>>().join(".")
}

/// `2.1` for the first part of the second part, as people count.
fn spoken(path: &[usize]) -> String {
    path.iter().map(|place| (place + 1).to_string()).collect::<Vec<_>>().join(".")
}

fn example(field: Field) -> Text<'static> {
    match field.kind() {
        Kind::Share => "0.7".into(),
        Kind::Percent => "60%".into(),
        Kind::Rank => say!("900: the top tenth"),
        Kind::Count => "10".into(),
        Kind::Money => "1000.00".into(),
        Kind::Day => say!("2025-06-01 or today-90"),
        _ if field == Field::Country => say!("BE, or none"),
        _ => "Rook".into(),
    }
}
