//! The picture as a table of figures, for whoever reads instead of looking.

use maud::{Markup, Render};
use speech::{say, word};
use ui::{Cell, Column, Group, Row, Table, Text, count};

use super::{SpectrumPage, numbers};
use crate::{Fit, ops::SpectrumCounts, pages::wording};

impl SpectrumPage {
    /// The same as figures.
    pub(super) fn figures(&self) -> Markup {
        let columns = self.columns();
        let row = |head: String, counts: &SpectrumCounts, net: &str| {
            let figures = [
                counts.customers,
                counts.clients,
                counts.fits,
                counts.under_served,
                counts.over_served,
                counts.not_known,
            ];
            let figures = figures.into_iter().map(|n| Cell::num(count(n)));
            let net = Cell::num(wording::amount(net, &self.spectrum.currency));
            Row::new(std::iter::once(Cell::head(head)).chain(figures).chain([net]))
        };
        let rows = columns
            .iter()
            .map(|column| row(column.words(), &column.counts, &column.net(&self.spectrum.currency)));
        let net = columns.iter().map(|column| column.net).sum();
        let total =
            row(say!("All").into_owned(), &self.all(), &numbers::decimal(net, &self.spectrum.currency));
        let heads = [Fit::Fits, Fit::UnderServed, Fit::OverServed, Fit::NotKnown];
        let heads = heads.map(|fit| Text::from(word!(fit.word())));
        let heads =
            [say!("Customers"), say!("Clients")].into_iter().chain(heads).map(|head| Column::new(head).num());
        let net = Column::new(say!("Net, {}", self.spectrum.currency)).num();
        let table = Table::plain(say!("Spectrum as a table"))
            .columns(std::iter::once(Column::new(say!("Strength"))).chain(heads).chain([net]))
            .rows(rows)
            .totals([total]);
        Group::new(say!("The same as figures"), table).render()
    }
}
