//! The relationships that stand before and behind one in a list, in the order of the list.

use ::store::Tx;
use kernel::{Context, Result};

use super::{Filter, filter::search};
use crate::store::{
    book::{self, Search},
    current::RelationshipId,
    totals,
};

/// Who stands beside a relationship in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The one before it.
    pub previous: Option<Neighbour>,
    /// The one behind it.
    pub next: Option<Neighbour>,
}

/// A relationship that stands beside another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// Its id.
    pub id: String,
    /// The name of the account.
    pub name: String,
}

/// The neighbours of a relationship in the list that the filter asks for; where it stands no longer in that list, those
/// between which it would stand.
///
/// # Errors
/// As [`super::list`].
pub fn neighbours(cx: &Context, tx: &mut Tx<'_>, list: &Filter, id: RelationshipId) -> Result<Neighbours> {
    let viewer = cx.actor.number();
    let asked = Filter { after: None, ..list.clone() };
    let whole = search(cx, tx, &asked)?;
    let Some(key) = book::key(tx, viewer, id, whole.by)? else { return Ok(Neighbours::default()) };
    // Asked as the list asks it, so that each is read by the way that is short for it.
    let counted = match whole.is_narrow() {
        true => totals::totals(tx, viewer, &whole)?,
        false => (Vec::new(), true),
    };
    let way = totals::way(tx, viewer, &whole, &counted)?;
    let mut first = |rising: bool| {
        let from = Search { rising, after: Some((key.clone(), id.0)), ..way.search.as_ref().clone() };
        let found = book::page(tx, viewer, &from, &way.sorted, 1)?.into_iter().next();
        Ok::<_, kernel::Problem>(found.map(|one| Neighbour { id: cx.codes.write(one.id), name: one.name }))
    };
    Ok(Neighbours { previous: first(!whole.rising)?, next: first(whole.rising)? })
}
