//! The list of the book: a row per relationship, heads that sort, totals per currency.

use kernel::Day;
use maud::{Markup, Render};
use speech::{html, say, tell, word};
use timeline::fact::Dealing;
use ui::{
    Button, Cell, Column, Order, Picks, Row, Scale, Sign, Strength, Table, Tag, Text, count, hidden, plural,
    time, who,
};

use super::{among, asked::pairs, book::BookPage, bulk, overrides, preference, wording};
use crate::{
    bulk::MOST,
    column::ColumnName,
    ops::{BookRow, Filter, Total},
    phrase,
};

/// With more columns than this a list may be wider than its window.
const WIDE: usize = 8;

impl BookPage {
    /// The list.
    pub(super) fn table(&self) -> Table<'_> {
        let table = Table::list(self.caption())
            .columns(
                self.boxes()
                    .map(|()| Column::pick())
                    .chain(self.columns.iter().map(|column| self.column(*column))),
            )
            .rows(self.book.rows.iter().map(|row| self.row(row)))
            .totals(self.sums().map(|one| self.total(one)));
        if WIDE < self.columns.len() { table.scrolling() } else { table }
    }

    pub(super) fn about_totals(&self) -> Text<'static> {
        match self.book.at_least {
            true => say!(
                "Counting stopped there: at least so many match, and the sums are of those counted. Net is what they paid \
                 less what went back; currencies are never added."
            ),
            false => say!(
                "Totals are for all that match. Net is what they paid less what went back; currencies are never added."
            ),
        }
    }

    /// The list with a box for each line, and what can be done to those that are picked.
    pub(super) fn picks(&self) -> Picks<'static> {
        let act = |words: Text<'static>, act: &'static str| Button::submit(words).sends("act", act);
        let kept = Filter { limit: None, ..self.filter.clone() };
        Picks {
            action: bulk::PREVIEW.into(),
            asks: true,
            hidden: html! { @for (name, value) in pairs(&kept) { (hidden(name, &value)) } },
            table: self.table().render(),
            note: Some(self.about_totals()),
            all: Some(say!("all {} that match", matching(&self.book.totals, self.book.at_least)).into()),
            too_many: too_many(self.book.totals.iter().map(|total| total.count).sum()),
            acts: vec![
                act(say!("Set the class…"), "class").key('s'),
                act(say!("Note what they want…"), "preference").key('w'),
                act(say!("Answer a new class…"), "crossing"),
            ],
        }
    }

    /// The totals, those without a currency last.
    fn sums(&self) -> impl Iterator<Item = &Total> {
        let of = |bare: bool| self.book.totals.iter().filter(move |total| total.currency.is_empty() == bare);
        of(false).chain(of(true))
    }

    /// By what it is sorted, and in which order.
    fn sorted(&self) -> (&str, Order) {
        sorted(self.filter.sort.as_deref().unwrap_or("strength"))
    }

    fn caption(&self) -> String {
        say!("Relationships, {}", order_words(self.filter.sort.as_deref().unwrap_or("strength")))
    }

    /// A head that sorts, and turns the order round when the list is in it.
    fn head_of(&self, text: String, by: &str) -> Column<'static> {
        let (now, order) = self.sorted();
        let is_turned = self.filter.sort.as_deref().is_some_and(|sort| sort.starts_with('-'));
        let sort = if now == by && !is_turned { format!("-{by}") } else { by.to_owned() };
        let filter = Filter { sort: Some(sort), after: None, ..self.filter.clone() };
        Column::new(text).sort(self.to(&filter), (now == by).then_some(order))
    }

    /// A box for each line, for whoever may do something to those that are picked.
    fn boxes(&self) -> impl Iterator<Item = ()> {
        self.may_write.then_some(()).into_iter()
    }

    fn column(&self, column: ColumnName) -> Column<'static> {
        let label = word!(column.label());
        match column {
            ColumnName::Name => self.head_of(label, "name"),
            ColumnName::Strength => self.head_of(label, "strength"),
            ColumnName::Net => self.head_of(label, "net").num(),
            ColumnName::Last => self.head_of(label, "last"),
            ColumnName::Since => self.head_of(label, "since"),
            ColumnName::Purchases => self.head_of(label, "purchases").num(),
            ColumnName::Coverage => Column::new(label).num(),
            // Where nobody chose it, it gives way first.
            ColumnName::Confidence if self.filter.columns.is_none() => Column::new(label).wide_only(),
            _ => Column::new(label),
        }
    }

    fn row<'a>(&self, row: &'a BookRow) -> Row<'a> {
        let pick = self.boxes().map(|()| Cell::pick(&row.id, &say!("Select {}, {}", row.name, row.line)));
        Row::new(pick.chain(self.columns.iter().map(|column| self.cell(*column, row))))
    }

    fn cell<'a>(&self, column: ColumnName, row: &'a BookRow) -> Cell<'a> {
        let label = word!(column.label());
        match column {
            ColumnName::Name => Cell::who(who(&row.name, &among::record(&row.id, &self.filter))),
            ColumnName::Line => Cell::line(&row.line),
            ColumnName::Class => Cell::mark(html! {
                (wording::mark(row.class))
                @if let Some(wish) = self.wish_beside(row) { " " (wish) }
                @if let Some(said) = &row.said { " " (overrides::beside(said)) }
            }),
            ColumnName::Strength => Cell::scale(self.strength(row)),
            ColumnName::Net => Cell::figure(wording::amount(&row.net, row.currency)),
            ColumnName::Last => Cell::more(self.day(&row.last)),
            ColumnName::Fit => Cell::fit(wording::fit(row.fit)),
            ColumnName::Confidence if self.filter.columns.is_none() => {
                Cell::wide_only(word(&wording::word(row.confidence)))
            }
            ColumnName::Confidence => Cell::extra(word(&wording::word(row.confidence))).label(label),
            ColumnName::Since => Cell::extra(self.day(&row.since)).label(label),
            ColumnName::Purchases => Cell::extra_num(count(row.purchases)).label(label),
            ColumnName::Coverage => Cell::extra_num(phrase::percent(row.coverage)).label(label),
            ColumnName::Preference => Cell::extra(wish(row.preference)).label(label),
            ColumnName::Country => Cell::extra(word(&row.country)).label(label),
            ColumnName::Currency => Cell::extra(word(row.currency)).label(label),
            ColumnName::Override => Cell::extra(self.by_hand(row)).label(label),
        }
    }

    /// That they want less than is usual, unless a column says what they want.
    fn wish_beside(&self, row: &BookRow) -> Option<Tag<'static>> {
        let is_told = self.columns.contains(&ColumnName::Preference);
        preference::tag(Some(row.preference).filter(|_| !is_told))
    }

    /// What a person set, by whom, until when.
    fn by_hand(&self, row: &BookRow) -> Markup {
        let Some(said) = &row.said else { return word("") };
        let (class, by) = (wording::headed(&said.class), wording::by(said.by.as_deref()));
        tell!("{class}, by {by}, until {day}", day = self.day(&said.until))
    }

    /// What matches in one currency.
    fn total(&self, total: &Total) -> Row<'static> {
        let relationships = plural(total.count, "relationship", "relationships");
        let all = if self.book.at_least { say!("at least {}", relationships) } else { relationships };
        let head = match total.currency.as_str() {
            "" => say!("No money, or several currencies · {all}"),
            currency => format!("{currency} · {all}"),
        };
        let amount = wording::amount(&total.net, &total.currency);
        let boxes = self.boxes().count();
        match self.columns.iter().position(|column| *column == ColumnName::Net) {
            Some(before) => {
                let after = self.columns.len() - before - 1;
                let rest = (0 < after).then(|| Cell::empty().span(after));
                let cells = [Cell::head(head).span(before + boxes), Cell::figure(amount)];
                Row::new(cells.into_iter().chain(rest))
            }
            None if total.currency.is_empty() => {
                Row::new([Cell::head(head).span(self.columns.len() + boxes)])
            }
            None => {
                Row::new([Cell::head(html! { (head) " · " (tell!("net {amount}")) })
                    .span(self.columns.len() + boxes)])
            }
        }
    }

    fn strength(&self, row: &BookRow) -> Markup {
        match row.strength_ppm {
            Some(ppm) => {
                let evidence = row.said.as_ref().map_or(row.class, |said| &said.computed);
                let scale = Scale::new(Sign::of(evidence), Some(Strength::of_ppm(ppm)));
                Scale { band: self.band, ..scale }.bare()
            }
            None => html! { span .faint { @if row.class == "former" { "–" } @else { "none yet" } } },
        }
    }

    fn day(&self, day: &str) -> Markup {
        Day::parse(day).map(|day| time::short(day, self.today)).unwrap_or_default()
    }
}

/// Why nothing is done to all that were found at once, where they are too many for it.
fn too_many(found: i64) -> Option<Text<'static>> {
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    (most < found).then(|| say!("at most {} at once: narrow the filter", count(most)).into())
}

fn sorted(sort: &str) -> (&str, Order) {
    let (by, turned) = sort.strip_prefix('-').map_or((sort, false), |by| (by, true));
    let natural = if by == "name" { Order::Ascending } else { Order::Descending };
    (by, if turned { natural.turned() } else { natural })
}

/// An order in words: `highest net first`.
pub(super) fn order_words(sort: &str) -> Text<'static> {
    match sorted(sort) {
        ("name", Order::Ascending) => say!("by name"),
        ("name", Order::Descending) => say!("by name, last first"),
        ("net", Order::Descending) => say!("highest net first"),
        ("net", Order::Ascending) => say!("lowest net first"),
        ("last", Order::Descending) => say!("latest first"),
        ("last", Order::Ascending) => say!("longest ago first"),
        ("since", Order::Descending) => say!("newest class first"),
        ("since", Order::Ascending) => say!("longest in their class first"),
        ("purchases", Order::Descending) => say!("most purchases first"),
        ("purchases", Order::Ascending) => say!("fewest purchases first"),
        (_, Order::Descending) => say!("strongest evidence first"),
        (_, Order::Ascending) => say!("weakest evidence first"),
    }
}

/// A word with a capital; a dash where there is none.
fn word(word: &str) -> Markup {
    html! { @if word.is_empty() { span .faint { "–" } } @else { (phrase::capital(word)) } }
}

fn wish(preference: &str) -> Markup {
    word(&Dealing::read(preference).map_or_else(String::new, wording::wish))
}

/// How many match, as the pager says it.
pub(super) fn matching(totals: &[Total], at_least: bool) -> String {
    let all = count(totals.iter().map(|total| total.count).sum());
    if at_least { say!("at least {}", all) } else { all }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_done_to_all_is_told_before_it_is_begun() {
        assert_eq!(too_many(1_000), None);
        assert_eq!(too_many(1_001).as_deref(), Some("at most 1000 at once: narrow the filter"));
    }
}
