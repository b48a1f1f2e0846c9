//! Merging accounts that are one party, looking at what was merged, and undoing it.

use std::collections::HashMap;

use ::store::{DataClass, Tx, queue};
use kernel::{Context, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::{say, word};
use timeline::AccountId;

use super::merging::{MERGE, UNDO, obstacle};
use crate::{
    merge::{Couple, MergeId, State, straightened},
    store::{
        self,
        merge::{self, MERGED, Merge, REFUSED},
        pointer,
    },
};

pub(super) const ADD: Head = Head {
    name: "accounts.merge",
    act: Act::Write,
    method: Method::Post,
    path: "/merges",
    command: "accounts merge",
    permission: Permission::Write,
    class: DataClass::Personal,
    sentence: "Merges accounts that are one party: one is kept and gets all that stood on the other, whose id leads to it \
               from then on. Done in the background; can be undone exactly.",
    examples: &["mainstay accounts merge --pairs '[{\"kept\": \"acc_x7Kq2\", \"gone\": \"acc_p3Lm9\"}]'"],
};

/// Accounts to merge.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Merging {
    /// Pairs of accounts, at most 100,000.
    pub pairs: Vec<Pairing>,
}

/// Two accounts that are one party.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pairing {
    /// The id of the account that is kept.
    pub kept: String,
    /// The id of the account that becomes a pointer to it.
    pub gone: String,
}

/// A merge as it is shown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownMerge {
    /// Its id.
    pub id: String,
    /// merging, merged, undoing or undone.
    pub state: String,
    /// How many pairs of accounts it is about.
    pub pairs: i64,
    /// How many of them are merged now.
    pub merged: i64,
    /// How many could not be merged.
    pub refused: i64,
    /// When it was asked for.
    pub asked_at: String,
    /// Why it does not go on, if it does not.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub failure: String,
    /// Its pairs, the first fifty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub couples: Vec<ShownCouple>,
}

/// A pair of a merge as it is shown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownCouple {
    /// The id of the account that is kept.
    pub kept: String,
    /// Its name.
    pub kept_name: String,
    /// The id of the other.
    pub gone: String,
    /// Its name.
    pub gone_name: String,
    /// waiting, merged, undone or refused.
    pub state: String,
    /// Why it was refused or undone.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What was changed since, and was therefore not undone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<ShownConflict>,
}

/// Something that was changed between a merge and its undoing.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownConflict {
    /// A field of the account, the rows that went, or recorded for facts that came since.
    pub kind: String,
    /// How many.
    pub count: i64,
    /// What became of them.
    pub told: String,
}

/// Asks for accounts to be merged.
///
/// # Errors
/// `accounts.no_account` where one is not there for the caller, `accounts.merge_none`, `accounts.merge_self`,
/// `accounts.merge_twice`, `accounts.merge_refused` for two that cannot become one.
pub fn add(cx: &Context, tx: &mut Tx<'_>, input: Merging) -> Result<ShownMerge> {
    let read =
        |pair: &Pairing| Ok(Couple { kept: cx.codes.read(&pair.kept)?, gone: cx.codes.read(&pair.gone)? });
    let couples = input.pairs.iter().map(read).collect::<Result<Vec<_>>>()?;
    let id = ask(cx, tx, &couples)?;
    view(cx, tx, OfMerge { id: cx.codes.write(id) })
}

/// Writes down pairs that are to be merged, and has it done.
///
/// # Errors
/// As [`add`].
pub fn ask(cx: &Context, tx: &mut Tx<'_>, couples: &[Couple]) -> Result<MergeId> {
    if couples.is_empty() || 100_000 < couples.len() {
        let text = say!("merge accounts: name one pair at least and 100,000 at most");
        return Err(Problem::invalid("pairs", "accounts.merge_none", text));
    }
    let couples = straightened(couples)?;
    let all: Vec<AccountId> = couples.iter().flat_map(|couple| [couple.kept, couple.gone]).collect();
    let sides = pointer::sides(tx, &all)?;
    let hidden = store::hidden(cx, tx, all.iter().map(|id| id.0))?;
    if all.iter().any(|id| !sides.contains_key(id) || (hidden.contains(&id.0) && sides[id].merged == 0)) {
        return Err(store::no_account());
    }
    for couple in &couples {
        if let Some(why) = obstacle(sides.get(&couple.kept), sides.get(&couple.gone)) {
            let text = say!(
                "merge {} and {}: {why}",
                cx.codes.write(couple.kept),
                cx.codes.write(couple.gone),
                why = word!(why)
            );
            return Err(Problem::conflict("accounts.merge_refused", text));
        }
    }
    let id = merge::ask(cx, tx, &couples)?;
    queue::put(tx, MERGE, &id.0.to_string(), cx.now.micros)?;
    Ok(id)
}

pub(super) const VIEW: Head = Head {
    name: "merge.view",
    act: Act::Read,
    method: Method::Get,
    path: "/merges/{id}",
    command: "merge {id}",
    permission: Permission::Read,
    sentence: "Shows what a merge of accounts came to, and what was changed since it was undone.",
    examples: &["mainstay merge mrg_x7Kq2"],
    ..ADD
};

/// A merge by its id.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfMerge {
    /// The id of the merge.
    pub id: String,
}

/// Shows a merge.
///
/// # Errors
/// `merges.none`.
pub fn view(cx: &Context, tx: &mut Tx<'_>, input: OfMerge) -> Result<ShownMerge> {
    let id: MergeId = cx.codes.read(&input.id)?;
    let found = merge::find(tx, id)?.ok_or_else(none)?;
    let shown = shown(cx, tx, vec![found])?;
    let mut shown = shown.into_iter().next().ok_or_else(none)?;
    let told = merge::told(cx, tx, id, 0, 50)?;
    let pairs: Vec<_> = told.iter().map(|told| told.pair).collect();
    let conflicts = pointer::conflicts(tx, &pairs)?;
    let couple = |told: merge::Told| ShownCouple {
        kept: cx.codes.write(told.pair.couple.kept),
        kept_name: told.names.0,
        gone: cx.codes.write(told.pair.couple.gone),
        gone_name: told.names.1,
        state: told.state,
        note: told.note,
        conflicts: conflicts
            .iter()
            .filter(|(pair, ..)| *pair == told.pair.id)
            .map(|(_, kind, count, told)| ShownConflict {
                kind: kind.clone(),
                count: *count,
                told: told.clone(),
            })
            .collect(),
    };
    shown.couples = told.into_iter().map(couple).collect();
    Ok(shown)
}

fn none() -> Problem {
    Problem::not_found("merges.none", say!("there is no such merge; `mainstay merges` lists them"))
}

/// Merges of which the viewer may see a pair.
pub(super) fn shown(cx: &Context, tx: &mut Tx<'_>, merges: Vec<Merge>) -> Result<Vec<ShownMerge>> {
    let ids: Vec<_> = merges.iter().map(|merge| merge.id).collect();
    let mut counts: HashMap<MergeId, Vec<(String, i64)>> = HashMap::new();
    for (id, state, count) in merge::counts(cx, tx, &ids)? {
        counts.entry(id).or_default().push((state, count));
    }
    let all = merges.into_iter().filter_map(|merge| {
        let counts = counts.get(&merge.id)?;
        let of =
            |wanted: &str| counts.iter().find(|(state, _)| state == wanted).map_or(0, |(_, count)| *count);
        Some(ShownMerge {
            id: cx.codes.write(merge.id),
            state: merge.state.as_str().to_owned(),
            pairs: counts.iter().map(|(_, count)| count).sum(),
            merged: of(MERGED),
            refused: of(REFUSED),
            asked_at: kernel::Moment::at(merge.asked_at).iso(),
            failure: merge.failure,
            couples: Vec::new(),
        })
    });
    Ok(all.collect())
}

pub(super) const UNDO_HEAD: Head = Head {
    name: "merge.undo",
    act: Act::Write,
    method: Method::Post,
    path: "/merges/{id}/undo",
    command: "merge {id} undo",
    sentence: "Undoes a merge of accounts: everything goes back to where it was; what was changed since stays and is listed.",
    examples: &["mainstay merge mrg_x7Kq2 undo"],
    ..ADD
};

/// Asks for a merge to be undone.
///
/// # Errors
/// `merges.none`, `merges.state` for one that is under way or undone, `merges.covered` where an account that was kept
/// was merged into another since.
pub fn undo(cx: &Context, tx: &mut Tx<'_>, input: OfMerge) -> Result<ShownMerge> {
    let id: MergeId = cx.codes.read(&input.id)?;
    let found = merge::find(tx, id)?.ok_or_else(none)?;
    if !merge::sees(cx, tx, id)? {
        return Err(none());
    }
    if found.state != State::Merged {
        let text = say!(
            "undo merge {}: it is {}; only one that is merged can be undone",
            input.id,
            word!(found.state.as_str())
        );
        return Err(Problem::conflict("merges.state", text));
    }
    let mut after = 0;
    loop {
        let told = merge::told(cx, tx, id, after, 256)?;
        let Some(last) = told.last().map(|told| told.pair.id) else { break };
        after = last;
        let pairs: Vec<_> =
            told.into_iter().filter(|told| told.state == MERGED).map(|told| told.pair).collect();
        if let Some(above) = merge::on_top(tx, &pairs)?.first() {
            let text = say!(
                "undo merge {}: what it kept was merged into {} since; undo that merge first",
                input.id,
                cx.codes.write(above.couple.kept)
            );
            return Err(Problem::conflict("merges.covered", text));
        }
    }
    merge::set_state(tx, id, State::Undoing, "")?;
    queue::put(tx, UNDO, &id.0.to_string(), cx.now.micros)?;
    view(cx, tx, input)
}
