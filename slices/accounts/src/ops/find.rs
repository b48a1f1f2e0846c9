//! Finding: accounts, and who acts for them, by any word, number or address that they are known by.

use std::collections::{BTreeSet, HashMap};

use ::store::{DataClass, Tx};
use kernel::{Context, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use timeline::AccountId;

use super::{found::shown, spelling::respelled};
use crate::{
    account::name_key,
    store::{
        finding,
        words::{self, Record},
    },
    words::{Asked, Words},
};

pub(super) const FIND: Head = Head {
    name: "find",
    act: Act::Read,
    method: Method::Get,
    path: "/find",
    command: "find {text}",
    permission: Permission::Read,
    class: DataClass::Personal,
    sentence: "Finds accounts and the people who act for them by name, address, telephone number or id: by the \
               beginnings of words, in any alphabet, and by what is spelled alike where nothing else is found.",
    examples: &["mainstay find osterlund", "mainstay find \"rook ada\" --limit 5"],
};

/// Found at most.
const MOST: usize = 50;
/// Of one account at most so many.
const EACH: usize = 5;
/// So many times more are looked at than are shown, because of one account at most a few are.
const AMONG: i64 = 8;
/// Records that were written a moment ago, looked at one by one.
const FRESH: i64 = 64;
/// People of one account looked at beside its name.
const PEOPLE: i64 = 200;

/// What is looked for.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// Words, or the beginnings of words: of names, addresses, telephone numbers, ids.
    pub text: String,
    /// At most so many, up to 50; 20 when absent.
    #[serde(default)]
    pub limit: Option<usize>,
}

/// What was found.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Found {
    /// The words that were looked for instead, where nothing has those that were asked for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub instead_of: String,
    /// What was found, best first.
    pub hits: Vec<Hit>,
    /// There are more.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub more: bool,
}

/// An account, or somebody who acts for it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Hit {
    /// The account.
    pub account: String,
    /// Its name.
    pub name: String,
    /// The one who acts for it, where that is who was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<FoundPerson>,
    /// By what it was found that its name does not show: `email ada@rook.example`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// The account as the house numbers it.
    #[serde(skip)]
    pub id: AccountId,
}

/// Somebody who acts for an account.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FoundPerson {
    /// Their id.
    pub id: String,
    /// Their name.
    pub name: String,
    /// What they do there, where somebody said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
}

/// Finds accounts and people, best first: those whose name begins so, then by which of their words begin so.
///
/// # Errors
/// `accounts.find_limit` for a limit that is none.
pub fn find(cx: &Context, tx: &mut Tx<'_>, ask: Ask) -> Result<Found> {
    let limit = ask.limit.unwrap_or(20);
    if limit == 0 || MOST < limit {
        let message = format!("`limit` is {limit}; between 1 and {MOST} can be found at once");
        return Err(Problem::invalid("limit", "accounts.find_limit", message));
    }
    let asked = Asked::of(&ask.text);
    if asked.is_empty() {
        return Ok(Found::default());
    }
    let mut records = matching(cx, tx, &asked, Some(&name_key(&ask.text)), limit + 1)?;
    let (mut asked, mut instead_of) = (asked, String::new());
    if records.is_empty()
        && let Some(other) = respelled(cx, tx, &asked)?
    {
        records = matching(cx, tx, &other, None, limit + 1)?;
        if !records.is_empty() {
            instead_of = ask.text.trim().to_owned();
            asked = other;
        }
    }
    let more = limit < records.len();
    records.truncate(limit);
    Ok(Found { instead_of, hits: shown(cx, tx, &asked, &records)?, more })
}

/// The records that have all these words, best first.
fn matching(
    cx: &Context,
    tx: &mut Tx<'_>,
    asked: &[Asked],
    name: Option<&str>,
    limit: usize,
) -> Result<Vec<Record>> {
    let mut all: Vec<Record> = Vec::new();
    if let Some(start) = name.filter(|start| !start.is_empty()) {
        let named = finding::named(cx, tx, start, i64::try_from(limit).unwrap_or(i64::MAX))?;
        all.extend(named.into_iter().map(|id| Record { account: id.0, contact: 0 }));
    }
    // They are best, whatever else has these words.
    if limit <= all.len() {
        return Ok(all);
    }
    let most = AMONG * i64::try_from(limit).unwrap_or(1);
    let due = words::next_due(tx, FRESH)?;
    let fresh = words::of_records(cx, tx, &due)?;
    let has = |words: &Words| asked.iter().all(|word| words.best(word).is_some());
    all.extend(fresh.iter().filter(|(_, words)| has(words)).map(|(record, _)| *record));
    let kept = match asked {
        [word] => finding::with_word(cx, tx, word, most)?,
        _ => with_all(cx, tx, asked, most)?,
    };
    all.extend(kept.into_iter().filter(|record| !fresh.contains_key(record)));
    let (mut seen, mut each) = (BTreeSet::new(), HashMap::<i64, usize>::new());
    all.retain(|record| {
        let of_account = each.entry(record.account).or_default();
        *of_account += usize::from(seen.insert(*record));
        *of_account <= EACH
    });
    let mut once = BTreeSet::new();
    all.retain(|record| once.insert(*record));
    all.truncate(limit);
    Ok(all)
}

/// The records that have several words of which all are common: nearly always enough of the first of each have them all.
fn common(cx: &Context, tx: &mut Tx<'_>, asked: &[Asked], limit: i64) -> Result<Vec<Record>> {
    let found = finding::with_words(cx, tx, asked, (finding::SHALLOW, limit))?;
    let enough = usize::try_from(limit / AMONG).unwrap_or(usize::MAX);
    let accounts: BTreeSet<i64> = found.iter().map(|record| record.account).collect();
    if enough <= accounts.len() {
        return Ok(found);
    }
    finding::with_words(cx, tx, asked, (finding::DEEP, limit))
}

/// The records that have several words: those with the rarest of them are looked through for the others.
fn with_all(cx: &Context, tx: &mut Tx<'_>, asked: &[Asked], limit: i64) -> Result<Vec<Record>> {
    let mut counts = Vec::with_capacity(asked.len());
    for word in asked {
        counts.push(finding::how_many(cx, tx, word)?);
    }
    let Some((rarest, count)) = counts.iter().copied().enumerate().min_by_key(|(_, count)| *count) else {
        return Ok(Vec::new());
    };
    if count == 0 {
        return Ok(Vec::new());
    }
    if finding::COMMON <= count {
        return common(cx, tx, asked, limit);
    }
    let mut records = finding::with_word(cx, tx, &asked[rarest], finding::COMMON)?;
    let wide: Vec<Record> = records.iter().copied().filter(|record| record.contact == 0).take(32).collect();
    for record in wide {
        records.extend(finding::people(cx, tx, record.account, PEOPLE)?);
    }
    records.sort_unstable();
    records.dedup();
    let firms = records.iter().map(|record| Record { contact: 0, ..*record });
    let wanted: BTreeSet<Record> = records.iter().copied().chain(firms).collect();
    let kept = words::kept(tx, &wanted.into_iter().collect::<Vec<_>>())?;
    let mut ranked: Vec<(i64, bool, Record)> = Vec::new();
    for record in records {
        let Some(own) = kept.get(&record) else { continue };
        let firm = kept.get(&Record { contact: 0, ..record }).filter(|_| record.contact != 0);
        // Who acts for a firm is found by a word of their own beside words of the firm, which is found by its own alone.
        if firm.is_some_and(|firm| asked.iter().all(|word| firm.best(word).is_some())) {
            continue;
        }
        let mine = asked.iter().filter_map(|word| own.best(word)).max();
        let place = |word: &Asked| own.best(word).or_else(|| firm.and_then(|firm| firm.best(word)));
        let places: Option<Vec<i64>> = asked.iter().map(place).collect();
        if let (Some(places), Some(_)) = (places, mine) {
            ranked.push((places.into_iter().max().unwrap_or(0), record.contact != 0, record));
        }
    }
    ranked.sort_unstable();
    ranked.truncate(usize::try_from(limit).unwrap_or(MOST));
    Ok(ranked.into_iter().map(|(_, _, record)| record).collect())
}
