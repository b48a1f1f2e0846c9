//! What was sold: by category of the catalogue, and the articles that brought most.

use ::store::Tx;
use accounts::ops::{Nothing as NoInput, ShownLine, lines};
use kernel::Result;
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{decimal, html, say};
use ui::{Cell, Column, Group, Head, Nothing, Row, Table, count, terms};

use super::{figures::choice, order::money};
use crate::{
    figures::{ArticleFigure, CategoryFigure, CategoryFigures},
    ops::{self, WhichArticles, WhichCategories},
};

/// What was sold.
struct SoldPage {
    sold: CategoryFigures,
    articles: Vec<ArticleFigure>,
    line: Option<String>,
    lines: Vec<ShownLine>,
}

/// Answers `GET /figures/categories`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let line = visit.asked("line").map(str::to_owned);
    let which = WhichArticles { line: line.clone(), limit: Some(20), by: None };
    let page = SoldPage {
        sold: ops::categories(visit.cx, tx, WhichCategories { line: line.clone() })?,
        articles: ops::articles(visit.cx, tx, which)?,
        lines: lines(visit.cx, tx, NoInput {})?,
        line,
    };
    Ok(Reply::Page { title: say!("What was sold").into(), place: "/figures", body: page.render() })
}

impl Render for SoldPage {
    fn render(&self) -> Markup {
        let lead = match &self.line {
            Some(line) => {
                say!("The lines of the orders of {line}, by what the catalogue says of their articles.")
            }
            None => say!(
                "The lines of the orders of every service line, by what the catalogue says of their articles."
            )
            .into_owned(),
        };
        let lead = html! { (lead) };
        html! {
            (Head { title: say!("What was sold"), lead: Some(lead), ..Head::default() })
            @if 1 < self.lines.len() { (choice(&self.lines, self.line.as_deref(), "/figures/categories")) }
            @if self.sold.categories.is_empty() {
                (Nothing { sentence: say!("Nothing was sold yet."), act: None })
            } @else {
                (Group::new(say!("All of it"), html! { div .group { (self.all()) } }))
                div .group { (categories(&self.sold.categories)) }
                div .group { (articles(&self.articles)) }
            }
            p .group { a href="/figures" { "All figures" } }
        }
    }
}

impl SoldPage {
    fn all(&self) -> Markup {
        let share = &self.sold.returned_share;
        terms(&[
            (&say!("Sold"), html! { (say!("{} pieces", decimal(&self.sold.units))) }),
            (
                &say!("Went back"),
                html! {
                    (say!("{} pieces", decimal(&self.sold.returned_units)))
                    @if !share.is_empty() { ", " (decimal(share)) "\u{202f}%" }
                },
            ),
        ])
    }
}

fn categories(categories: &[CategoryFigure]) -> Table<'_> {
    Table::plain(say!("What was sold by category"))
        .columns([
            Column::new(say!("Category")),
            Column::new(say!("Lines")).num(),
            Column::new(say!("Sold")).num(),
            Column::new(say!("Went back")).num(),
            Column::new(say!("Gross")).num(),
        ])
        .rows(categories.iter().map(|one| {
            let name = html! { @if one.category.is_empty() { span .faint { "none in the catalogue" } } @else { (one.category) } };
            Row::new([
                Cell::head(name),
                Cell::num(html! { (count(one.lines)) }),
                Cell::num(html! { (decimal(&one.units)) }),
                Cell::num(html! { (decimal(&one.returned_units)) }),
                Cell::num(money(&one.gross, &one.currency)),
            ])
        }))
}

fn articles(articles: &[ArticleFigure]) -> Table<'_> {
    Table::plain(say!("The articles that brought most"))
        .columns([
            Column::new(say!("Articles that brought most")),
            Column::new(say!("Description")),
            Column::new(say!("Sold")).num(),
            Column::new(say!("Went back")).num(),
            Column::new(say!("Gross")).num(),
        ])
        .rows(articles.iter().map(|one| {
            Row::new([
                Cell::head(html! { (one.article) }),
                Cell::new(html! { @if one.description == one.article { span .faint { "–" } } @else { (one.description) } }),
                Cell::num(html! { (decimal(&one.units)) }),
                Cell::num(html! { (decimal(&one.returned_units)) }),
                Cell::num(money(&one.gross, &one.currency)),
            ])
        }))
}
