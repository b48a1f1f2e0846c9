//! Finding: accounts and who acts for them, each with the class of its relationships.

use std::collections::{BTreeMap, HashMap};

use ::store::Tx;
use accounts::find::{Ask, Hit, find};
use kernel::Result;
use maud::{Markup, Render};
use slice::{Finding, Findings, Visit};
use speech::{html, say};
use timeline::{AccountId, LineId, store::lines};

use super::wording;
use crate::store::current;

/// Found at most.
const MOST: usize = 20;
/// Service lines whose class is shown; more are counted.
const LINES: usize = 3;

/// Accounts and people by their words.
pub(crate) fn parties(visit: &Visit<'_>, tx: &mut Tx<'_>, text: &str) -> Result<Findings> {
    let found = find(visit.cx, tx, Ask { text: text.to_owned(), limit: Some(MOST) })?;
    let ids: Vec<AccountId> = found.hits.iter().map(|hit| hit.id).collect();
    let mut standing: HashMap<AccountId, BTreeMap<LineId, String>> = HashMap::new();
    for ((account, line), stored) in current::stored(tx, &ids)? {
        standing.entry(account).or_default().insert(line, stored.class().to_owned());
    }
    let names: HashMap<LineId, String> = lines(tx)?.into_iter().map(|line| (line.id, line.name)).collect();
    let note = (!found.instead_of.is_empty())
        .then(|| say!("Nothing has “{}”; this is spelled nearly so.", found.instead_of));
    let row = |hit: Hit| {
        let marks = standing.get(&hit.id).map(|lines| marks(lines, &names));
        let (title, at) = match hit.person {
            Some(person) if person.title.is_empty() => (person.name, say!("at {}", hit.name)),
            Some(person) => (person.name, say!("{} at {}", person.title, hit.name)),
            None => (hit.name, String::new()),
        };
        let about: Vec<String> = [at, hit.by].into_iter().filter(|part| !part.is_empty()).collect();
        Finding {
            group: "Accounts",
            title,
            about: (!about.is_empty()).then(|| about.join(" · ")),
            marks,
            href: format!("/accounts/{}", hit.account),
        }
    };
    Ok(Findings { note, rows: found.hits.into_iter().map(row).collect() })
}

/// The class on each line, where there is more than one with the name of the line.
fn marks(lines: &BTreeMap<LineId, String>, names: &HashMap<LineId, String>) -> Markup {
    html! {
        @for (line, class) in lines.iter().take(LINES) {
            (wording::mark(class).render())
            @if 1 < lines.len() { @if let Some(name) = names.get(line) { span .faint { (name) } } }
        }
        @if LINES < lines.len() { span .faint { (say!("and {} more", lines.len() - LINES)) } }
    }
}
