//! Outcome: what the rows of a file come to, in exact counts; the same words for a dry run and for what was done.

use kernel::{Currency, Money, Page};
use maud::{Markup, Render};
use orders::tally::CountedMoney;
use speech::html;
use ui::{Count, Counts, Note, count, plural, terms};

use super::{address, rejections, wording};
use crate::{
    ops::view::ShownRejection,
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
        let mut counts = vec![Count::new(lines.create, "new"), Count::new(lines.skip, "stored already")];
        counts.extend((0 < *exclude).then(|| Count::new(*exclude, "left out")));
        counts.push(Count::bad(*reject, "rejected"));
        html! {
            @if let Some(damage) = damage { (Note::bad(html! { (ui::sentence(damage)) " What stands before that place counts." })) }
            (Counts { counts })
            p .small .soft { (wording::rows(*rows)) ": " (wording::counts(self.outcome)) "." }
            @if !self.outcome.left_out.is_empty() { p .small .soft { "Left out: " (self.left_out()) "." } }
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
        all.map(|(why, rows)| format!("{} of {why}", count(*rows))).collect::<Vec<_>>().join(", ")
    }

    fn words(&self) -> Markup {
        let lines = &self.outcome.lines;
        let orders = said(&[
            (lines.orders_create, "new"),
            (lines.orders_update, "get more lines"),
            (lines.orders_skip, "stored already"),
        ]);
        let accounts = said(&[(lines.accounts_create, "new"), (lines.accounts_link, "known before")]);
        let kinds = said(&[
            (lines.sales, "bought"),
            (lines.cancellations, "went back"),
            (lines.adjustments, "of bookkeeping"),
            (lines.movements, "only moved stock"),
        ]);
        let of_sales = said(&[(lines.fee_lines, "of fees"), (lines.unidentified_lines, "to nobody named")]);
        terms(&[
            ("Orders", html! { (orders) }),
            ("Accounts", html! { (accounts) }),
            ("Buyers by name", html! { (count(lines.identified_buyers)) }),
            ("Lines", html! { (kinds) }),
            ("Of those bought", html! { (of_sales) }),
        ])
    }

    fn rejections(&self) -> Markup {
        let (rejected, here) = (self.outcome.reject, address(self.id, "/rejections"));
        let rows = plural(rejected, "rejected row", "rejected rows");
        let most = i64::try_from(MOST_REJECTIONS).unwrap_or(i64::MAX);
        let listed = rejected.min(most);
        html! {
            div .group {
                h3 { (rows) }
                @if self.rejected.rows.is_empty() { p .small .soft { "Members and owners can see them." } }
                @else { (rejections::table(self.id, &self.rejected.rows)) }
                @if most < rejected { p .small .soft { "The first " (count(most)) " are listed." } }
                p .acts .small {
                    @if self.rejected.next.is_some() { a href=(here) { "All " (plural(listed, "row", "rows")) } }
                    @if !self.rejected.rows.is_empty() { a href={ (here) ".csv" } { "Download " (if listed == 1 { "the row" } else { "the rows" }) " with reasons" } }
                }
            }
        }
    }
}

/// What was sold and what went back in one currency; currencies are never added.
fn money(code: &str, sums: &CountedMoney) -> Markup {
    let amount = |decimal: &str| amount(decimal, code);
    terms(&[
        ("Gross", amount(&sums.gross)),
        ("of it to nobody named", amount(&sums.unidentified)),
        ("of it fees", amount(&sums.fees)),
        ("Went back", amount(&sums.cancelled)),
    ])
}

/// An amount in major units as an operation tells it.
fn amount(decimal: &str, code: &str) -> Markup {
    let money = Currency::parse(code).and_then(|currency| Money::parse(decimal, currency));
    money.map_or_else(|_| html! { (decimal) " " (code) }, ui::money)
}

/// `148 new, 3 get more lines`; what is none is left out, and all of nothing is `none`.
fn said(parts: &[(i64, &str)]) -> String {
    let some: Vec<_> =
        parts.iter().filter(|(n, _)| 0 < *n).map(|(n, word)| format!("{} {word}", count(*n))).collect();
    if some.is_empty() { "none".to_owned() } else { some.join(", ") }
}
