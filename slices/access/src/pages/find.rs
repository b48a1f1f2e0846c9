//! Finding: people of ours by their name, for whoever may see who they are.

use ::store::Tx;
use kernel::{Permission, Result};
use slice::{Finding, Findings, Visit};
use speech::word;

use super::PEOPLE;
use crate::store::people;

/// Found at most.
const MOST: usize = 5;

/// People of ours who are still with us, by the beginnings of the words of their name.
pub(crate) fn people(visit: &Visit<'_>, tx: &mut Tx<'_>, text: &str) -> Result<Findings> {
    if !visit.cx.actor.may(Permission::Manage) {
        return Ok(Findings::default());
    }
    let asked: Vec<String> = text.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let fits = |name: &str| {
        let name = name.to_lowercase();
        asked.iter().all(|asked| name.split_whitespace().any(|word| word.starts_with(asked.as_str())))
    };
    let found = people::all(tx)?.into_iter().filter(|person| person.left.is_none() && fits(&person.name));
    let rows = found.take(MOST).map(|person| Finding {
        group: "Our people",
        about: Some(word!(person.role.as_str())),
        title: person.name,
        marks: None,
        href: PEOPLE.to_owned(),
    });
    Ok(Findings { note: None, rows: rows.collect() })
}
