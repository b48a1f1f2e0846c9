//! Finding: one page that asks every slice, for people without a script and for the dialog of those with one.

mod matching;
#[cfg(test)]
mod tests;
mod way;

use kernel::Result;
use relationship::ops::about;
use slice::{Findings, PageRoute, Reply, Visit};
use speech::{html, say, word};
use store::Tx;
use ui::{Find, Found, Head, Text};

use self::matching::{Match, deed, matches};

/// The page.
pub const PAGE: PageRoute = PageRoute::get("/find", page).brief().by("Find", &["find"]);

/// The heading of what can be done, in English.
const DO: &str = "Do";
/// The heading of accounts, in English.
const ACCOUNTS: &str = "Accounts";
/// Letters of what is typed that are looked at.
const LONGEST: usize = 200;
/// What is offered for a text at most, beside what is called so.
const MOST: usize = 12;

/// What was found for a text.
#[derive(Default)]
struct Answer {
    notes: Vec<Text<'static>>,
    found: Vec<Found<'static>>,
    acts: Vec<Found<'static>>,
}

fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let text: String = visit.asked("q").unwrap_or_default().trim().chars().take(LONGEST).collect();
    let begun = visit.asked("for").and_then(|name| deed(visit, name));
    let hidden = [("for", begun.map(|way| way.href)), ("at", visit.asked("at"))];
    let hidden =
        hidden.into_iter().filter_map(|(name, value)| Some((name, value?.to_owned().into()))).collect();
    let answer = match begun {
        Some(way) => of_whom(visit, tx, &text, way.href)?,
        None => anything(visit, tx, &text)?,
    };
    let title = begun.map_or_else(|| say!("Find"), |way| word!(way.title).into());
    let lead = match begun {
        Some(_) => {
            html! { "For whom? Names, email addresses, telephone numbers, ids; the beginnings will do." }
        }
        None => {
            html! { "Names, email addresses, telephone numbers, ids, products, contracts, numbers of orders and bills, pages, and what you want to do; the beginnings will do." }
        }
    };
    let nothing = !text.is_empty() && answer.found.is_empty();
    let body = html! {
        (Head { title: title.clone(), lead: Some(lead), narrow: true, ..Head::default() })
        (Find { action: PAGE.path.into(), hidden, typed: text.as_str().into(), notes: answer.notes, nothing, found: [answer.found, answer.acts].concat() })
    };
    Ok(Reply::Page {
        title: if text.is_empty() { title.into_owned() } else { say!("Find “{text}”") },
        place: PAGE.path,
        body,
    })
}

/// Everything that is found: pages and acts that are called so, then what slices find, then what begins so.
fn anything(visit: &Visit<'_>, tx: &mut Tx<'_>, text: &str) -> Result<Answer> {
    let about = match visit.asked("at") {
        Some(address) => about(visit.cx, tx, address)?,
        None => None,
    };
    let (named, mut begins): (Vec<Match>, Vec<Match>) =
        matches(visit, text, about.as_ref()).into_iter().partition(|matched| matched.is_named);
    if !text.is_empty() {
        begins.truncate(MOST);
    }
    let is_called = !named.is_empty() || !begins.is_empty();
    let mut answer = Answer::default();
    answer.found.extend(named.into_iter().map(|matched| matched.found));
    let theirs = if text.is_empty() { Answer::default() } else { found(visit, tx, text, is_called)? };
    answer.notes = theirs.notes;
    answer.found.extend(theirs.found);
    answer.found.extend(begins.into_iter().map(|matched| matched.found));
    answer.acts = theirs.acts;
    Ok(answer)
}

/// What slices find, accounts first unless a number is typed; nothing that is only spelled nearly so where something else is called
/// so, among `others` or by what any slice finds.
fn found(visit: &Visit<'_>, tx: &mut Tx<'_>, text: &str, others: bool) -> Result<Answer> {
    let mut all = Vec::with_capacity(visit.finders.len());
    for finder in visit.finders {
        all.push((finder.find)(visit, tx, text)?);
    }
    if !text.chars().any(|c| c.is_ascii_digit()) {
        all.sort_by_key(|found: &Findings| found.rows.first().is_none_or(|row| row.group != ACCOUNTS));
    }
    let finds = |found: &Findings| found.note.is_none() && found.rows.iter().any(|row| row.group != DO);
    let is_called = others || all.iter().any(finds);
    Ok(listed(all, is_called))
}

/// Findings as they are shown; without what is only spelled nearly so where something is called so.
fn listed(all: Vec<Findings>, is_called: bool) -> Answer {
    let mut answer = Answer::default();
    for Findings { note, rows } in all {
        if is_called && note.is_some() {
            continue;
        }
        answer.notes.extend(note.map(Text::from));
        for row in rows {
            let to = if row.group == DO { &mut answer.acts } else { &mut answer.found };
            to.push(Found {
                group: word!(row.group).into(),
                title: row.title.into(),
                about: row.about.map(Into::into),
                marks: row.marks,
                href: row.href.into(),
                ..Found::default()
            });
        }
    }
    answer
}

/// The accounts with which something can be begun: each leads there.
fn of_whom(visit: &Visit<'_>, tx: &mut Tx<'_>, text: &str, end: &str) -> Result<Answer> {
    if text.is_empty() {
        return Ok(Answer::default());
    }
    let mut all = Vec::new();
    for finder in visit.finders {
        let mut found = (finder.find)(visit, tx, text)?;
        found.rows.retain(|row| row.group == ACCOUNTS);
        all.extend(Some(found).filter(|found| !found.rows.is_empty()));
    }
    let mut answer = listed(all, false);
    for row in &mut answer.found {
        row.href = format!("{}{end}", row.href).into();
    }
    Ok(answer)
}
