//! Outcome: what the rows of a file come to, in exact counts; the same words for a dry run and for what was done.

use std::borrow::Cow;

use kernel::{Currency, Money, Page};
use maud::{Markup, Render};
use orders::tally::CountedMoney;
use speech::{html, say};
use ui::{Count, Counts, Note, count, plural, terms};

use super::{address, rejections, wording};
use crate::{
    ops::view::ShownRejection,
    retold::{retold, retold_rule},
    run::{MOST_REJECTIONS, Outcome},
};

/// Rejected rows that the page of an import shows itself.
pub(super) const FIRST: i64 = 50;

/// What the rows of a file come to.
pub(super) struct ShownOutcome<'a> {
    pub(super) id: &'a str,
    pub(super) outcome: &'a Outcome,
    pub(super) rejected: &'a Page<ShownRejection>,
}

impl Render for ShownOutcome<'_> {
    fn render(&self) -> Markup {
        let Outcome { rows, reject, exclude, lines, damage, .. } = self.outcome;
        let mut counts =
            vec![Count::new(lines.create, say!("new")), Count::new(lines.skip, say!("stored already"))];
        counts.extend((0 < *exclude).then(|| Count::new(*exclude, say!("left out"))));
        counts.push(Count::bad(*reject, say!("rejected")));
        html! {
            @if let Some(damage) = damage { (Note::bad(html! { (ui::sentence(&retold(damage))) " What stands before that place counts." })) }
            (Counts { counts })
            p .small .soft { (wording::rows(*rows)) ": " (wording::counts(self.outcome)) "." }
            @if !self.outcome.left_out.is_empty() { p .small .soft { (say!("Left out: {what}.", what = self.left_out())) } }
            div .group { (self.words()) }
            p .small { a href=(address(self.id, "/quality")) { "Quality of the rows" } }
            @for (code, sums) in &lines.money { div .group { h3 { (code) } (money(code, sums)) } }
            @if 0 < *reject { (self.rejections()) }
        }
    }
}

impl ShownOutcome<'_> {
    /// `12 of status failed, 3 of party test`.
    fn left_out(&self) -> String {
        let all = self.outcome.left_out.iter();
        all.map(|(why, rows)| say!("{n} of {why}", n = count(*rows), why = retold_rule(why)))
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn words(&self) -> Markup {
        let lines = &self.outcome.lines;
        let orders = said(&[
            (lines.orders_create, say!("new")),
            (lines.orders_update, say!("get more lines")),
            (lines.orders_skip, say!("stored already")),
        ]);
        let accounts =
            said(&[(lines.accounts_create, say!("new")), (lines.accounts_link, say!("known before"))]);
        let kinds = said(&[
            (lines.sales, say!("bought")),
            (lines.cancellations, say!("went back")),
            (lines.adjustments, say!("of bookkeeping")),
            (lines.movements, say!("only moved stock")),
        ]);
        let of_sales =
            said(&[(lines.fee_lines, say!("of fees")), (lines.unidentified_lines, say!("to nobody named"))]);
        terms(&[
            (&say!("Orders"), html! { (orders) }),
            (&say!("Accounts"), html! { (accounts) }),
            (&say!("Buyers by name"), html! { (count(lines.identified_buyers)) }),
            (&say!("Lines"), html! { (kinds) }),
            (&say!("Of those bought"), html! { (of_sales) }),
        ])
    }

    fn rejections(&self) -> Markup {
        let (rejected, here) = (self.outcome.reject, address(self.id, "/rejections"));
        let rows = plural(rejected, "rejected row", "rejected rows");
        let most = i64::try_from(MOST_REJECTIONS).unwrap_or(i64::MAX);
        let listed = rejected.min(most);
        let download = match listed {
            1 => say!("Download the row with reasons"),
            _ => say!("Download the rows with reasons"),
        };
        html! {
            div .group {
                h3 { (rows) }
                @if self.rejected.rows.is_empty() { p .small .soft { "Members and owners can see them." } }
                @else { (rejections::table(self.id, &self.rejected.rows)) }
                @if most < rejected { p .small .soft { (say!("The first {} are listed.", count(most))) } }
                p .acts .small {
                    @if self.rejected.next.is_some() { a href=(here) { (say!("All {rows}", rows = plural(listed, "row", "rows"))) } }
                    @if !self.rejected.rows.is_empty() { a href={ (here) ".csv" } { (download) } }
                }
            }
        }
    }
}

/// What was sold and what went back in one currency; currencies are never added.
fn money(code: &str, sums: &CountedMoney) -> Markup {
    let amount = |decimal: &str| amount(decimal, code);
    terms(&[
        (&say!("Gross"), amount(&sums.gross)),
        (&say!("of it to nobody named"), amount(&sums.unidentified)),
        (&say!("of it fees"), amount(&sums.fees)),
        (&say!("Went back"), amount(&sums.cancelled)),
    ])
}

/// An amount in major units as an operation tells it.
fn amount(decimal: &str, code: &str) -> Markup {
    let money = Currency::parse(code).and_then(|currency| Money::parse(decimal, currency));
    money.map_or_else(|_| html! { (decimal) " " (code) }, ui::money)
}

/// `148 new, 3 get more lines`; what is none is left out, and all of nothing is `none`.
fn said(parts: &[(i64, Cow<'static, str>)]) -> String {
    let some: Vec<_> =
        parts.iter().filter(|(n, _)| 0 < *n).map(|(n, word)| format!("{} {word}", count(*n))).collect();
    if some.is_empty() { say!("none").into_owned() } else { some.join(", ") }
}
