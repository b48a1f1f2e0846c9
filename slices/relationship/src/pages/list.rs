//! The list of the book: a row per relationship, heads that sort, totals per currency.

use kernel::Day;
use maud::{Markup, Render, html};
use ui::{Cell, Column, Order, Row, Scale, Sign, Strength, Table, count, plural, time, who};

use super::{
    book::{BookPage, address},
    overrides, wording,
};
use crate::{
    ops::{BookRow, Filter, Total},
    phrase,
};

impl BookPage {
    /// The list.
    pub(super) fn table(&self) -> Table<'_> {
        Table::list(self.caption())
            .columns([
                self.head_of("Party", "name"),
                Column::new("Service line"),
                Column::new("Class"),
                self.head_of("Strength of evidence", "strength"),
                self.head_of("Net", "net").num(),
                self.head_of("Last", "last"),
                Column::new("Service fit"),
                Column::new("Confidence").wide_only(),
            ])
            .rows(self.book.rows.iter().map(|row| self.row(row)))
            .totals(self.sums().map(|one| total(one, self.book.at_least)))
    }

    /// The totals, those without a currency last.
    fn sums(&self) -> impl Iterator<Item = &Total> {
        let of = |bare: bool| self.book.totals.iter().filter(move |total| total.currency.is_empty() == bare);
        of(false).chain(of(true))
    }

    /// By what it is sorted, and in which order.
    fn sorted(&self) -> (&str, Order) {
        let sort = self.filter.sort.as_deref().unwrap_or("strength");
        let (by, turned) = sort.strip_prefix('-').map_or((sort, false), |by| (by, true));
        let natural = if by == "name" { Order::Ascending } else { Order::Descending };
        (by, if turned { natural.turned() } else { natural })
    }

    fn caption(&self) -> String {
        let (by, order) = self.sorted();
        let words = match (by, order) {
            ("name", Order::Ascending) => "by name",
            ("name", Order::Descending) => "by name, last first",
            ("net", Order::Descending) => "highest net first",
            ("net", Order::Ascending) => "lowest net first",
            ("last", Order::Descending) => "latest first",
            ("last", Order::Ascending) => "longest ago first",
            (_, Order::Descending) => "strongest evidence first",
            (_, Order::Ascending) => "weakest evidence first",
        };
        format!("Relationships, {words}")
    }

    /// A head that sorts, and turns the order round when the list is in it.
    fn head_of(&self, text: &'static str, by: &str) -> Column<'static> {
        let (now, order) = self.sorted();
        let is_turned = self.filter.sort.as_deref().is_some_and(|sort| sort.starts_with('-'));
        let sort = if now == by && !is_turned { format!("-{by}") } else { by.to_owned() };
        let filter = Filter { sort: Some(sort), after: None, ..self.filter.clone() };
        Column::new(text).sort(address(&filter).write(), (now == by).then_some(order))
    }

    fn row<'a>(&self, row: &'a BookRow) -> Row<'a> {
        Row::new([
            Cell::who(who(&row.name, &format!("/relationships/{}", row.id))),
            Cell::line(&row.line),
            Cell::mark(
                html! { (wording::mark(&row.class)) @if let Some(said) = &row.said { " " (overrides::beside(said)) } },
            ),
            Cell::scale(self.strength(row)),
            Cell::figure(wording::amount(&row.net, &row.currency)),
            Cell::more(self.day(&row.last)),
            Cell::fit(wording::fit(&row.fit)),
            Cell::wide_only(
                html! { @if row.confidence.is_empty() { span .faint { "–" } } @else { (phrase::capital(&row.confidence)) } },
            ),
        ])
    }

    fn strength(&self, row: &BookRow) -> Markup {
        match row.strength_ppm {
            Some(ppm) => {
                let evidence = row.said.as_ref().map_or(&row.class, |said| &said.computed);
                let scale = Scale::new(Sign::of(evidence), Some(Strength::of_ppm(ppm)));
                Scale { band: self.band, ..scale }.render()
            }
            None => html! { span .faint { @if row.class == "former" { "–" } @else { "none yet" } } },
        }
    }

    fn day(&self, day: &str) -> Markup {
        Day::parse(day).map(|day| time::short(day, self.today)).unwrap_or_default()
    }
}

/// What matches in one currency.
fn total(total: &Total, at_least: bool) -> Row<'static> {
    let relationships = plural(total.count, "relationship", "relationships");
    let least = if at_least { "at least " } else { "" };
    let head = match total.currency.as_str() {
        "" => format!("No money, or several currencies · {least}{relationships}"),
        currency => format!("{currency} · {least}{relationships}"),
    };
    Row::new([Cell::head(head).span(4), Cell::figure(wording::amount(&total.net, &total.currency))])
}

/// How many match, as the pager says it.
pub(super) fn matching(totals: &[Total], at_least: bool) -> String {
    let all = totals.iter().map(|total| total.count).sum();
    format!("{}{}", if at_least { "at least " } else { "" }, count(all))
}
