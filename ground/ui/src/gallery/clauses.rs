//! Samples of conditions while they are made, and of a filter in words.

use maud::{Markup, Render, html};

use crate::{Button, Choice, Clause, Condition, Field, Word, Worded};

/// A clause with one within it, and what it says.
pub(super) fn clauses() -> Markup {
    let words = vec![
        Word::Holds("class is client".into(), "#".into()),
        Word::Between("and (".into()),
        Word::Holds("service fit “gets less than owed”".into(), "#".into()),
        Word::Between("or".into()),
        Word::Holds("net at least €1,000.00".into(), "#".into()),
        Word::Between(")".into()),
    ];
    let inner = clause(
        "2",
        "any",
        vec![
            condition("2-1", "Service fit", None),
            condition("2-2", "Net", Some("\"much\" is not an amount")),
        ],
    );
    html! {
        (Worded { lead: "Shown:".into(), words })
        (clause("1", "all", vec![condition("1-1", "Class", None), inner]))
    }
}

fn clause(at: &str, joins: &'static str, parts: Vec<Markup>) -> Markup {
    let ways = vec![Choice::new("all", "All of these"), Choice::new("any", "Any of these")];
    let head = html! {
        (Field::select("join", "How they hold together", ways).id(format!("join-{at}")).value(joins).bare())
        (Button::submit("Remove group").quiet())
    };
    let fields = vec![Choice::new("class", "Class"), Choice::new("net", "Net")];
    let acts = html! {
        (Field::select("add", "Condition", fields).id(format!("add-{at}")).bare())
        (Button::submit("Add"))
        (Button::submit("Add a group"))
    };
    Clause { legend: format!("Conditions {at}").into(), head, parts, acts }.render()
}

fn condition(at: &str, what: &'static str, error: Option<&str>) -> Markup {
    let is = Field::select("is", format!("{what}: comparison"), vec![Choice::new("=", "is")]);
    let value = Field::text("value", format!("{what}: value"))
        .id(format!("value-{at}"))
        .error(error.map(str::to_owned));
    Condition {
        what: what.into(),
        comparison: is.id(format!("is-{at}")).bare().render(),
        value: value.bare().render(),
        act: Button::submit("Remove").quiet().label(format!("Remove {what}")).render(),
        error: error.map(|words| (format!("value-{at}-error"), words.to_owned())),
    }
    .render()
}
