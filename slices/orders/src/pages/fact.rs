//! Fields: what a fact says of itself, where no order stands behind it.

use kernel::{Context, Day, Money};
use maud::{Markup, Render};
use serde_json::Value;
use speech::{html, word};
use timeline::{Entry, FactId};
use ui::time;

use super::order::capital;

/// The fields whose values are words of closed lists.
const CLOSED: [&str; 13] = [
    "channel",
    "custom",
    "form",
    "hand",
    "offer",
    "promises",
    "reason",
    "register",
    "role",
    "says",
    "source",
    "started_by",
    "wants",
];

/// The fields of a fact, each with its name.
pub(super) struct Fields(Vec<(String, Markup)>);

impl Fields {
    /// The fields of that fact; those that name another fact lead to it.
    pub(super) fn of(cx: &Context, account: &str, entry: &Entry) -> Fields {
        let fact = serde_json::to_value(&entry.fact).unwrap_or_default();
        // The kind is the title of the page.
        let fields = fact.as_object().into_iter().flatten().filter(|(name, _)| *name != "kind");
        let shown = fields.map(|(name, value)| {
            let text = match (name.as_str(), value.as_i64(), entry.currency) {
                ("amount", Some(amount), Some(currency)) => ui::money(Money::new(amount, currency)),
                ("of" | "contract", Some(number), _) => linked(cx, account, number),
                _ => plain(value, CLOSED.contains(&name.as_str())),
            };
            (capital(&word!(name.replace('_', " "))), text)
        });
        Fields(shown.collect())
    }
}

fn linked(cx: &Context, account: &str, number: i64) -> Markup {
    let id = cx.codes.write(FactId::new(number));
    html! { a href={ "/accounts/" (account) "/facts/" (id) } { (id) } }
}

/// A value; one of a closed list is said in the reader's language.
fn plain(value: &Value, is_closed: bool) -> Markup {
    match value {
        Value::Bool(yes) => html! { @if *yes { "yes" } @else { "no" } },
        Value::String(text) => match Day::parse(text) {
            Ok(day) => time::long(day),
            Err(_) if is_closed => html! { (word!(text.replace('_', " "))) },
            Err(_) => html! { (text.replace('_', " ")) },
        },
        Value::Number(number) => html! { (number) },
        Value::Array(several) if several.is_empty() => html! { span .faint { "none" } },
        Value::Array(several) => html! {
            @for (n, one) in several.iter().enumerate() { @if 0 < n { ", " } (plain(one, is_closed)) }
        },
        Value::Null | Value::Object(_) => html! { span .faint { "–" } },
    }
}

impl Render for Fields {
    fn render(&self) -> Markup {
        html! { dl .dl .group { @for (name, value) in &self.0 { dt { (name) } dd { (value) } } } }
    }
}
