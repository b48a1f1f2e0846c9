//! Duplicates: looked for, listed with the reasons, and decided by people.

use ::store::{DataClass, Tx};
use kernel::{Context, Cursor, Page, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::say;
use timeline::AccountId;

use super::{lines::Nothing, merge as merging, searching};
use crate::{
    duplicate::Reason,
    merge::Couple,
    store::{
        self, alike,
        duplicate::{self, Listed},
    },
};

pub(super) const LIST: Head = Head {
    name: "duplicates.list",
    act: Act::Read,
    method: Method::Get,
    path: "/duplicates",
    command: "duplicates",
    permission: Permission::Read,
    class: DataClass::Personal,
    sentence: "Lists pairs of accounts that may be one party, the likeliest first, each with what agrees and what does not.",
    examples: &["mainstay duplicates", "mainstay duplicates --state later"],
};
/// Which pairs.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// open (when absent), later, not_same or same.
    #[serde(default)]
    pub state: Option<String>,
    /// The least probability, such as 0.9.
    #[serde(default)]
    pub least: Option<f64>,
    /// Where the page begins: `next` of the page before.
    #[serde(default)]
    pub after: Option<String>,
    /// Rows on a page, at most 200; 50 when absent.
    #[serde(default)]
    pub limit: Option<i64>,
}

/// Two accounts that may be one party.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownPair {
    /// The one that would be kept.
    pub first: Side,
    /// The other.
    pub second: Side,
    /// The probability that they are one party, from 0 to 1.
    pub probability: f64,
    /// Why, field by field.
    pub reasons: Vec<Reason>,
    /// open, later, not_same or same.
    pub state: String,
}

/// One account of a pair.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Side {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its country, where somebody said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub country: String,
    /// Its email address, where somebody said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// Its telephone number, where somebody said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// Its website, where somebody said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub website: String,
    /// Street, postcode and town, where somebody said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address: String,
}

impl Side {
    /// An account by what stands in its fields.
    pub(super) fn of<'s>(id: String, field: impl Fn(&str) -> &'s str) -> Side {
        let owned = |name: &str| field(name).to_owned();
        let town = [field("postcode"), field("city")].into_iter().filter(|text| !text.is_empty());
        let town = town.collect::<Vec<_>>().join(" ");
        let address = [field("street"), &town].into_iter().filter(|text| !text.is_empty());
        Side {
            id,
            name: owned("name"),
            country: owned("country"),
            email: owned("email"),
            phone: owned("phone"),
            website: owned("website"),
            address: address.collect::<Vec<_>>().join(", "),
        }
    }

    /// What is known of it besides its name.
    pub fn details(&self) -> String {
        let parts = [&self.email, &self.phone, &self.website, &self.address, &self.country];
        parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ")
    }
}

/// Lists pairs that may be one party.
///
/// # Errors
/// `duplicates.state` for another word, `duplicates.least` for no probability.
pub fn list(cx: &Context, tx: &mut Tx<'_>, input: Wanted) -> Result<Page<ShownPair>> {
    let state = input.state.as_deref().unwrap_or(duplicate::OPEN);
    if ![duplicate::OPEN, duplicate::LATER, duplicate::NOT_SAME, duplicate::SAME].contains(&state) {
        let text = format!("list duplicates: {state:?} is no state; known are open, later, not_same, same");
        return Err(Problem::invalid("state", "duplicates.state", text));
    }
    let least = least(input.least.unwrap_or(0.0))?;
    let limit = input.limit.unwrap_or(50).clamp(1, 200);
    let after = input.after.as_deref().and_then(|text| place(cx, text)).unwrap_or((i64::MAX, 0, 0));
    let mut found = duplicate::list(cx, tx, state, least, after, limit + 1)?;
    let more = i64::try_from(found.len()).is_ok_and(|found| limit < found);
    found.truncate(usize::try_from(limit).unwrap_or(200));
    let next = found.last().filter(|_| more).map(|last| {
        let ids = [last.found.first, last.found.second].map(|id| cx.codes.write(id));
        Cursor([vec![last.found.score.to_string()], ids.to_vec()].concat()).write()
    });
    Ok(Page { rows: found.into_iter().map(|listed| shown(cx, listed)).collect(), next })
}

fn place(cx: &Context, text: &str) -> Option<(i64, i64, i64)> {
    let Cursor(parts) = Cursor::read(text);
    let id = |n: usize| cx.codes.read::<timeline::AccountKind>(parts.get(n)?).ok().map(|id| id.0);
    Some((parts.first()?.parse().ok()?, id(1)?, id(2)?))
}

pub(super) fn least(probability: f64) -> Result<i64> {
    if !(0.0..=1.0).contains(&probability) {
        let text = say!("a probability is from 0 to 1, such as 0.95; {probability} is not");
        return Err(Problem::invalid("least", "duplicates.least", text));
    }
    Ok(searching::millionths(probability))
}

pub(super) fn shown(cx: &Context, listed: Listed) -> ShownPair {
    let side = |id: AccountId, who: &[String]| {
        Side::of(cx.codes.write(id), |field| {
            alike::COMPARED.iter().zip(who).find(|(name, _)| **name == field).map_or("", |(_, text)| text)
        })
    };
    let [first, second] = &listed.who;
    ShownPair {
        first: side(listed.found.first, first),
        second: side(listed.found.second, second),
        probability: listed.found.score as f64 / 1_000_000.0,
        reasons: serde_json::from_str(&listed.found.reasons).unwrap_or_default(),
        state: listed.state,
    }
}

pub(super) const DECIDE: Head = Head {
    name: "duplicate.decide",
    act: Act::Write,
    method: Method::Post,
    path: "/duplicates/{first}/{second}",
    command: "duplicate {first} {second}",
    permission: Permission::Write,
    sentence: "Says of two accounts whether they are one party: same merges them, not_same is remembered, later puts it off, open asks again.",
    examples: &["mainstay duplicate acc_x7Kq2 acc_p3Lm9 --decision not_same"],
    ..LIST
};

/// What somebody says of two accounts.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The id of the account that is kept where they are one.
    pub first: String,
    /// The id of the other.
    pub second: String,
    /// same, not_same or later; open takes back what was said, and asks again.
    pub decision: String,
}

/// What came of it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Decided {
    /// same, not_same, later or open.
    pub decision: String,
    /// The id of the merge, where they are one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merge: Option<String>,
}

/// Decides a pair.
///
/// # Errors
/// `accounts.no_account`, `duplicates.decision` for another word, `duplicates.no_pair` where there is nothing to ask again,
/// and what merging refuses.
pub fn decide(cx: &Context, tx: &mut Tx<'_>, input: Decision) -> Result<Decided> {
    let (first, second) = (cx.codes.read(&input.first)?, cx.codes.read(&input.second)?);
    let (kept, gone) = (store::visible(cx, tx, first)?.id, store::visible(cx, tx, second)?.id);
    let (low, high) = (kept.min(gone), kept.max(gone));
    let merge = match input.decision.as_str() {
        duplicate::OPEN if duplicate::state(tx, low, high)?.is_none() => {
            let text = say!("ask of a pair again: nothing was ever asked or said of these two");
            return Err(Problem::not_found("duplicates.no_pair", text));
        }
        duplicate::SAME => Some(merging::ask(cx, tx, &[Couple { kept, gone }])?),
        duplicate::NOT_SAME | duplicate::LATER | duplicate::OPEN if kept != gone => None,
        duplicate::NOT_SAME | duplicate::LATER | duplicate::OPEN => {
            let text = say!("decide a pair: both ids lead to one account by now; undo the merge first");
            return Err(Problem::conflict("duplicates.one", text));
        }
        other => {
            let text = say!("decide a pair: {other:?} is no decision; say same, not_same, later or open");
            return Err(Problem::invalid("decision", "duplicates.decision", text));
        }
    };
    duplicate::decide(cx, tx, low, high, &input.decision)?;
    Ok(Decided { decision: input.decision, merge: merge.map(|id| cx.codes.write(id)) })
}

pub(super) const MERGE: Head = Head {
    name: "duplicates.merge",
    act: Act::Write,
    method: Method::Post,
    path: "/duplicates/merges",
    command: "duplicates merge {least}",
    permission: Permission::Write,
    sentence: "Merges all open pairs that are at least so likely one party, as one merge that can be undone as one.",
    examples: &["mainstay duplicates merge 0.99"],
    ..LIST
};

/// From which probability on.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AtLeast {
    /// The least probability, such as 0.99.
    pub least: f64,
}

/// Merges the likeliest pairs.
///
/// # Errors
/// `duplicates.least`, `duplicates.none` where there is no such pair.
pub fn merge(cx: &Context, tx: &mut Tx<'_>, input: AtLeast) -> Result<merging::ShownMerge> {
    let least = least(input.least)?;
    let found = duplicate::list(cx, tx, duplicate::OPEN, least, (i64::MAX, 0, 0), 100_000)?;
    let pairs = found.iter().map(|pair| Couple { kept: pair.found.first, gone: pair.found.second });
    let couples = searching::mergeable(tx, &pairs.collect::<Vec<_>>())?;
    if couples.is_empty() {
        let text = say!(
            "merge duplicates: no open pair is at least {} likely; `mainstay duplicates` lists them",
            input.least
        );
        return Err(Problem::not_found("duplicates.none", text));
    }
    let id = merging::ask(cx, tx, &couples)?;
    for couple in &couples {
        duplicate::decide(cx, tx, couple.kept, couple.gone, duplicate::SAME)?;
    }
    merging::view(cx, tx, merging::OfMerge { id: cx.codes.write(id) })
}

pub(super) const SEARCH: Head = Head {
    name: "duplicates.search",
    act: Act::Write,
    method: Method::Post,
    path: "/duplicates/searches",
    command: "duplicates search",
    permission: Permission::Write,
    sentence: "Compares every account with those like it, in the background. New and changed ones are compared by themselves.",
    examples: &["mainstay duplicates search"],
    ..LIST
};

/// What was asked for.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Searching {
    /// searching.
    pub state: String,
}

/// Has every account compared.
///
/// # Errors
/// `store.statement`.
pub fn search(cx: &Context, tx: &mut Tx<'_>, _: Nothing) -> Result<Searching> {
    alike::all_due(tx)?;
    searching::ask(cx, tx)?;
    Ok(Searching { state: "searching".to_owned() })
}
