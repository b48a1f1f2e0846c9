//! Classes set by hand, all of them: those that count today, those that say otherwise than the evidence, those that were.

use ::store::Tx;
use kernel::{Page, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, word};
use ui::{Address, Cell, Column, Head, Nothing, Pager, Row, Tab, Table, Tabs, Text, who};

use super::{came::on, policy::PLACE, wording};
use crate::ops::{OverrideRow, Overrides, overrides};

/// Where they are.
pub(super) const BY_HAND: &str = "/service-models/overrides";

/// What is shown, by its word and as it reads.
fn ways() -> [(&'static str, Text<'static>); 3] {
    [
        ("current", say!("Count today")),
        ("disagreeing", say!("Say otherwise than the evidence")),
        ("all", say!("All there were")),
    ]
}

/// The page.
struct ByHandPage {
    show: &'static str,
    found: Page<OverrideRow>,
    is_first: bool,
}

/// Answers `GET /service-models/overrides`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let asked = ways().into_iter().find(|(word, _)| Some(*word) == visit.asked("show"));
    let (show, after) = (asked.map_or("current", |(word, _)| word), visit.asked("after").map(str::to_owned));
    let is_first = after.is_none();
    let which = Overrides { show: Some(show.to_owned()), after, ..Overrides::default() };
    let page = ByHandPage { show, found: overrides(visit.cx, tx, which)?, is_first };
    Ok(Reply::Page { title: say!("Set by hand").into(), place: PLACE, body: page.render() })
}

impl Render for ByHandPage {
    fn render(&self) -> Markup {
        let lead = html! {
            "A class that a person set stands until its last day; what the evidence says stays beside it. From these words \
             the weights can be learned."
        };
        let trail = html! { a href=(PLACE) { "Service models" } };
        html! {
            (Head { title: say!("Set by hand"), trail: Some(trail), lead: Some(lead), ..Head::default() })
            (self.tabs())
            @if self.found.rows.is_empty() { (Nothing { sentence: self.nothing(), act: None }) }
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
        let tab = |(word, text): (&'static str, Text<'static>)| Tab {
            text,
            href: self.address(word, None).into(),
            current: word == self.show,
            ..Tab::default()
        };
        Tabs { label: say!("Which ones"), tabs: ways().into_iter().map(tab).collect() }
    }

    fn nothing(&self) -> Text<'static> {
        match self.show {
            "disagreeing" => say!("Nothing that a person set says otherwise than the evidence."),
            "all" => say!("No class was ever set by hand. It is set on the page of a relationship."),
            _ => say!("No class that was set by hand counts today. It is set on the page of a relationship."),
        }
    }

    fn table(&self) -> Table<'_> {
        let heads = [
            say!("Relationship"),
            say!("Set to"),
            say!("By the evidence"),
            say!("Until"),
            say!("By whom, and why"),
        ]
        .map(Column::new);
        Table::fold(say!("Classes set by hand, newest first"))
            .columns(heads)
            .rows(self.found.rows.iter().map(row))
    }

    fn pager(&self) -> Pager<'static> {
        Pager {
            range: say!("Newest first"),
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
        @if said.stage != "in force" { " " span .faint { (word!(said.stage)) } }
    };
    let why = html! {
        (wording::headed_by(said.by.as_deref())) ", " (on(&said.on)) ": " (said.reason)
    };
    Row::new([
        Cell::head(name),
        Cell::new(wording::mark(&said.class)).label(say!("Set to")),
        Cell::new(wording::mark(&said.computed)).label(say!("By the evidence")),
        Cell::new(until).label(say!("Until")),
        Cell::soft(why).label(say!("By whom, and why")),
    ])
}
