//! Feed: rows that become products of the catalogue.

use catalog::{Described, ProductInput};
use kernel::{Context, Money, Result};
use store::Tx;
use timeline::fact::Offer;

use super::{Came, Counted, Feed, Met, refused};
use crate::{Meaning, TypedRow, batch::Batch};

impl Feed<'_> {
    pub(super) fn products<'b>(
        &self,
        write: Option<&Context>,
        tx: &mut Tx<'_>,
        met: &Met,
        batch: &'b Batch,
    ) -> Result<Came<'b>> {
        let inputs: Vec<_> = batch.typed.iter().map(|row| product(row, self.mapping.fixed.offer)).collect();
        let mut planned = catalog::plan_after(tx, &met.products, self.line, &inputs, self.run)?;
        let mut products = catalog::Foreseen::default();
        if met.foresees {
            products.learn(&planned);
        }
        if write.is_some() {
            catalog::apply(tx, &mut planned, self.run)?;
        }
        let tally = planned.tally;
        let counted = Counted {
            create: tally.created,
            update: tally.updated,
            skip: tally.skipped,
            ..Counted::default()
        };
        let refused = planned.refused.iter().map(|(row, _, why)| refused(*row, why));
        Ok(Came { walled: refused.collect(), counted, products, ..Came::default() })
    }
}

fn product(row: &TypedRow, offer: Option<Offer>) -> ProductInput<'_> {
    let description = row.text(Meaning::Description);
    let price = row.currency.zip(row.number(Meaning::UnitPrice));
    let said = Described {
        name: description.map(str::to_owned),
        category: row.text(Meaning::Category).map(str::to_owned),
        offer: row.text(Meaning::OfferKind).and_then(|word| Offer::parse(&word.to_lowercase())).or(offer),
        price: price.map(|(currency, price)| Money::new(price, currency).decimal()),
        currency: price.map(|(currency, _)| currency),
        ..Described::default()
    };
    ProductInput { row: row.row, key: row.text(Meaning::Sku).or(description).unwrap_or_default(), said }
}
