//! Lists of overrides, each with the relationship that it is about.

use ::store::Tx;
use kernel::{Context, Result};
use timeline::{AccountId, LineId};

use super::{
    super::{current::RelationshipId, search::Values},
    COLUMNS, Evidence, read,
};
use crate::overrides::Override;

/// Which overrides are looked for.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// Of this relationship.
    pub place: Option<(AccountId, LineId)>,
    /// Only those that count today.
    pub counting: bool,
    /// Only those that say otherwise than the evidence says now.
    pub disagreeing: bool,
    /// Before this number.
    pub before: Option<i64>,
}

/// An override and the relationship that it is about.
#[derive(Clone, Debug)]
pub struct Found {
    /// The override.
    pub held: Override,
    /// The relationship.
    pub relationship: RelationshipId,
    /// The name of the account.
    pub name: String,
    /// The name of its author; none for the house.
    pub author: Option<String>,
    /// Who withdrew it.
    pub withdrawer: Option<String>,
    /// What the evidence says now.
    pub now: Evidence,
}

/// A page of those that are found on accounts that the viewer may see, newest first.
///
/// # Errors
/// `store.statement`.
pub fn page(cx: &Context, tx: &mut Tx<'_>, search: &Search, limit: i64) -> Result<Vec<Found>> {
    let mut values = Values(vec![cx.actor.number().into()]);
    let mut sql = format!(
        "SELECT {COLUMNS}, relationship.id, account.name, author.name, withdrawer.name, relationship.computed,
           relationship.score
         FROM override JOIN account ON account.id = override.account
         JOIN relationship ON relationship.account = override.account AND relationship.line = override.line
         LEFT JOIN person AS author ON author.id = override.author
         LEFT JOIN person AS withdrawer ON withdrawer.id = override.withdrawn_by
         WHERE {}",
        accounts::VISIBLE
    );
    let mut add = |condition: String| sql.push_str(&format!(" AND {condition}"));
    if search.counting {
        let today = values.add(i64::from(cx.today().0));
        add(format!("relationship.override = override.id AND override.until >= {today}"));
    }
    if search.disagreeing {
        add("override.class <> relationship.computed".to_owned());
    }
    if let Some((account, line)) = search.place {
        add(format!("override.account = {} AND override.line = {}", values.add(account), values.add(line)));
    }
    if let Some(before) = search.before {
        add(format!("override.id < {}", values.add(before)));
    }
    let limit = values.add(limit);
    sql.push_str(&format!(" ORDER BY override.id DESC LIMIT {limit}"));
    tx.query(&sql, &values.0, |row| {
        Ok(Found {
            held: read(row)?,
            relationship: row.id(13)?,
            name: row.string(14)?,
            author: row.opt_string(15)?,
            withdrawer: row.opt_string(16)?,
            now: Evidence::of(row.text(17)?, row.opt_int(18)?),
        })
    })
}
