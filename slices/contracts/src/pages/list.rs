//! Renewals: the contracts that hold, those first on which somebody has to act first.

use ::store::Tx;
use kernel::{Day, Result};
use maud::{Markup, Render, html};
use slice::{Reply, Visit};
use ui::{Button, Cell, Column, Head, Nothing, Pager, Row, Tab, Table, Tabs, time};

use super::PLACE;
use crate::ops::{List, Listed, list};

/// A page of renewals.
struct Renewals {
    rows: Vec<Listed>,
    next: Option<String>,
    which: List,
    today: Day,
}

/// Answers `GET /contracts`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let asked = |name: &str| visit.asked(name).map(str::to_owned);
    let which = List { line: asked("line"), account: asked("account"), after: asked("after"), limit: None };
    let found = list(visit.cx, tx, which.clone())?;
    let page = Renewals { rows: found.rows, next: found.next, which, today: visit.cx.today() };
    Ok(Reply::Page { title: "Renewals".into(), place: PLACE, body: page.render() })
}

impl Render for Renewals {
    fn render(&self) -> Markup {
        let lead = html! {
            "Contracts and subscriptions that hold, those first on which somebody has to act first. "
            "The day is the last safe one: what leaves by then is in time."
        };
        let acts = html! { (Button::link("Figures of contracts", "/figures/contracts")) };
        html! {
            (Head { title: "Renewals".into(), lead: Some(lead), acts: Some(acts), ..Head::default() })
            (Tabs { label: "Views".into(), tabs: vec![
                Tab { text: "All relationships".into(), href: PLACE.into(), count: None, current: false },
                Tab { text: "Renewals".into(), href: "/contracts".into(), count: None, current: true },
            ] })
            @if self.rows.is_empty() { (self.nothing()) } @else { (self.table()) (self.pager()) }
        }
    }
}

impl Renewals {
    fn nothing(&self) -> Nothing<'static> {
        let sentence = match (&self.which.account, &self.which.line) {
            (Some(_), _) => "They have no contract that holds today.",
            (None, Some(_)) => "Nobody has a contract on this service line that holds today.",
            (None, None) => "No contract holds today. Files of contracts or subscriptions bring them in.",
        };
        let act = html! { (Button::link("Bring in a file", "/imports").main_act()) };
        Nothing { sentence: sentence.into(), act: Some(act) }
    }

    fn table(&self) -> Table<'_> {
        Table::plain("Contracts, the next day to act first")
            .columns([
                Column::new("Act by"),
                Column::new("Party"),
                Column::new("Contract"),
                Column::new("Service line"),
                Column::new("Term"),
                Column::new("Runs until"),
            ])
            .rows(self.rows.iter().map(|row| self.row(row)))
    }

    fn row<'a>(&self, row: &'a Listed) -> Row<'a> {
        let day = |text: Option<&String>| text.and_then(|text| Day::parse(text).ok());
        let act_by = html! {
            @match day(row.act_by.as_ref()) {
                Some(day) => { (time::due(day, self.today)) " " span .faint { (time::distance(day, self.today)) } },
                None => { span .faint { "no day presses" } },
            }
        };
        let ends = html! {
            @match day(row.ends.as_ref()) {
                Some(day) => { (time::short(day, self.today)) },
                None => { span .faint { "until somebody stops it" } },
            }
        };
        let name = row.name.as_deref().unwrap_or(&row.key);
        Row::new([
            Cell::new(act_by),
            Cell::head(html! { a href={ "/accounts/" (row.account) } { (row.party) } }),
            Cell::new(
                html! { a href={ "/contracts/" (row.id) } { (name) } @if row.name.is_some() { " " span .faint { (row.key) } } },
            ),
            Cell::new(html! { (row.line) }),
            Cell::new(html! { (row.term.replace('_', " ")) }),
            Cell::new(ends),
        ])
    }

    fn pager(&self) -> Pager<'_> {
        let next = self.next.as_ref().map(|next| {
            let line =
                self.which.line.as_deref().map(|line| format!("&line={}", plain(line))).unwrap_or_default();
            let account =
                self.which.account.as_deref().map(|id| format!("&account={id}")).unwrap_or_default();
            format!("/contracts?after={next}{line}{account}").into()
        });
        Pager { range: "The next day to act first".into(), next, ..Pager::default() }
    }
}

/// As it stands in an address.
fn plain(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}
