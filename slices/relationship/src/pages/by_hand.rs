//! Classes set by hand, all of them: those that count today, those that say otherwise than the evidence, those that were.

use ::store::Tx;
use kernel::{Page, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::html;
use ui::{Address, Cell, Column, Head, Mark, Nothing, Pager, Row, Sign, Tab, Table, Tabs, who};

use super::{came::on, policy::PLACE};
use crate::{
    ops::{OverrideRow, Overrides, overrides},
    phrase,
};

/// Where they are.
pub(super) const BY_HAND: &str = "/service-models/overrides";

/// What is shown, by its word and as it reads.
const SHOWN: [(&str, &str); 3] = [
    ("current", "Count today"),
    ("disagreeing", "Say otherwise than the evidence"),
    ("all", "All there were"),
];

/// The page.
struct ByHandPage {
    show: &'static str,
    found: Page<OverrideRow>,
    is_first: bool,
}

/// Answers `GET /service-models/overrides`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let asked = SHOWN.iter().find(|(word, _)| Some(*word) == visit.asked("show"));
    let (show, after) = (asked.map_or("current", |(word, _)| word), visit.asked("after").map(str::to_owned));
    let is_first = after.is_none();
    let which = Overrides { show: Some(show.to_owned()), after, ..Overrides::default() };
    let page = ByHandPage { show, found: overrides(visit.cx, tx, which)?, is_first };
    Ok(Reply::Page { title: "Set by hand".into(), place: PLACE, body: page.render() })
}

impl Render for ByHandPage {
    fn render(&self) -> Markup {
        let lead = html! {
            "A class that a person set stands until its last day; what the evidence says stays beside it. From these words \
             the weights can be learned."
        };
        let trail = html! { a href=(PLACE) { "Service models" } };
        html! {
            (Head { title: "Set by hand".into(), trail: Some(trail), lead: Some(lead), ..Head::default() })
            (self.tabs())
            @if self.found.rows.is_empty() { (Nothing { sentence: self.nothing().into(), act: None }) }
            @else { (self.table()) }
            @if !self.is_first || self.found.next.is_some() { (self.pager()) }
        }
    }
}

impl ByHandPage {
    fn address(&self, show: &str, after: Option<&str>) -> String {
        let show = Some(show).filter(|show| *show != "current");
        Address::new(BY_HAND).with("show", show).with("after", after).write()
    }

    fn tabs(&self) -> Tabs<'static> {
        let tab = |(word, text): (&'static str, &'static str)| Tab {
            text: text.into(),
            href: self.address(word, None).into(),
            current: word == self.show,
            ..Tab::default()
        };
        Tabs { label: "Which ones".into(), tabs: SHOWN.into_iter().map(tab).collect() }
    }

    fn nothing(&self) -> &'static str {
        match self.show {
            "disagreeing" => "Nothing that a person set says otherwise than the evidence.",
            "all" => "No class was ever set by hand. It is set on the page of a relationship.",
            _ => "No class that was set by hand counts today. It is set on the page of a relationship.",
        }
    }

    fn table(&self) -> Table<'_> {
        let heads =
            ["Relationship", "Set to", "By the evidence", "Until", "By whom, and why"].map(Column::new);
        Table::fold("Classes set by hand, newest first").columns(heads).rows(self.found.rows.iter().map(row))
    }

    fn pager(&self) -> Pager<'static> {
        Pager {
            range: "Newest first".into(),
            previous: (!self.is_first).then(|| self.address(self.show, None).into()),
            next: self.found.next.as_deref().map(|next| self.address(self.show, Some(next)).into()),
            ..Pager::default()
        }
    }
}

fn row(row: &OverrideRow) -> Row<'_> {
    let said = &row.said;
    let name = html! { (who(&row.name, &format!("/relationships/{}", row.relationship))) span .small .faint { (row.line) } };
    let until = html! {
        (on(&said.until))
        @if said.stage != "in force" { " " span .faint { (said.stage) } }
    };
    let why = html! {
        (said.by.as_deref().unwrap_or("The house")) ", " (on(&said.on)) ": " (said.reason)
    };
    Row::new([
        Cell::head(name),
        Cell::new(mark(&said.class)).label("Set to"),
        Cell::new(mark(&said.computed)).label("By the evidence"),
        Cell::new(until).label("Until"),
        Cell::soft(why).label("By whom, and why"),
    ])
}

fn mark(class: &str) -> Mark<'static> {
    Mark::new(Sign::of(class), phrase::capital(class))
}
