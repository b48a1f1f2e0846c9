//! Taking back what an import said of products: its statements leave, and products are what they would be without.

use ::store::Tx;
use kernel::Result;
use timeline::store::{Change, hand_over};

use crate::{
    product::Described,
    store::{self, Whole},
};

/// The kind under which imports write down products.
pub const CHANGE: &str = "product";

/// What taking back a batch of products came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Products that went.
    pub removed: i64,
    /// Products that stay as others described them.
    pub restored: i64,
}

/// Takes the statements of an import out of these products; at most 256, as the import wrote them down. With `write`
/// false it only counts. Nothing holds a product: contracts name it in words.
///
/// # Errors
/// `store.statement`.
pub fn take_back(tx: &mut Tx<'_>, run: i64, changes: &[Change], write: bool) -> Result<Taken> {
    let ids: Vec<i64> = changes.iter().map(|change| change.id).collect();
    let (mut remove, mut stay, mut heirs) = (Vec::new(), Vec::new(), Vec::new());
    for mut whole in store::whole(tx, &ids)? {
        without(&mut whole, run);
        let Some(heir) = whole.statements.iter().map(|one| one.run).min() else {
            remove.push(whole.product.id.0);
            continue;
        };
        if whole.product.run == run {
            whole.product.run = heir;
            heirs.push((whole.product.id.0, heir));
        }
        stay.push(whole);
    }
    if write {
        store::remove(tx, &remove)?;
        store::write(tx, &stay)?;
        hand_over(tx, CHANGE, &heirs)?;
    }
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Ok(Taken { removed: count(remove.len()), restored: count(stay.len()) })
}

/// Without what a run said; a later statement of an import that says nothing new then was never made either.
fn without(whole: &mut Whole, run: i64) {
    let mut known =
        Described { custom_scope: Some(false), custom_price: Some(false), ..Described::default() };
    let mut first = true;
    whole.statements.retain(|one| {
        let mut after = known.clone();
        after.over(&one.said);
        let stays = one.run != run && (first || one.run == 0 || after != known);
        if stays {
            (known, first) = (after, false);
        }
        stays
    });
    whole.product.known = known;
}
