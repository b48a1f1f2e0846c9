//! Who said last what stands in each field of a product.

use ::store::Tx;
use access::{PersonId, store::people};
use kernel::{Moment, Result};

use crate::{
    product::{FIELDS, ProductId},
    store,
};

/// The last word on a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Latest {
    /// Who said it; nobody for a file, and for the house.
    pub who: Option<String>,
    /// It came with a file.
    pub is_filed: bool,
    /// When; unknown for what was said before that was kept.
    pub at: Option<Moment>,
}

/// The last word on each of [`FIELDS`]; nothing where nobody said any.
///
/// # Errors
/// `store.statement`.
pub(crate) fn latest(tx: &mut Tx<'_>, id: ProductId) -> Result<Vec<Option<Latest>>> {
    let statements = store::whole(tx, &[id.0])?.pop().map(|whole| whole.statements).unwrap_or_default();
    let mut all = Vec::with_capacity(FIELDS.len());
    for at in 0..FIELDS.len() {
        let Some(last) = statements.iter().rev().find(|one| one.said.says(at)) else {
            all.push(None);
            continue;
        };
        let who = match people::named(tx, PersonId::new(last.by)) {
            Ok(person) => Some(person.name),
            Err(problem) if problem.code == "access.no_person" => None,
            Err(problem) => return Err(problem),
        };
        let on = (last.at != 0).then(|| Moment::at(last.at));
        all.push(Some(Latest { who, is_filed: last.run != 0, at: on }));
    }
    Ok(all)
}
