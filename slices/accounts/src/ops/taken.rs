//! Taking back the accounts that an import made, and what it said of others.

use std::collections::{HashMap, HashSet};

use ::store::Tx;
use kernel::{Context, Result};
use timeline::{
    AccountId,
    said::{Kept, Said, Settled, Sheet, settle},
    store::{rewrite_said, said_of},
};

use super::listed;
use crate::{
    link,
    store::{self, Standing, contacts, links},
};

/// The kind under which imports write down accounts.
pub const CHANGE: &str = "account";

/// What taking back a batch of accounts came to.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// Accounts that went.
    pub removed: i64,
    /// Accounts that stay because another source needs them.
    pub needed: i64,
    /// Accounts that were there before and are again as they were, or as others say.
    pub restored: i64,
    /// Accounts that stay, or of which something stays, their names, and why.
    pub kept: Vec<(AccountId, String, &'static str)>,
}

pub(super) const EDITED: &str =
    "it was changed by hand since; change it back, then take the import back again";
pub(super) const OPEN: &str = "what the import said of it was changed by hand since and stays as it is now; to have it as \
                               before the import, change it back and take the import back again";
pub(super) const WALLED: &str =
    "you may not change what belongs to this party; have somebody who deals with them take it back";

/// Removes those of these accounts on which nothing stands that the import did not bring, and takes back what it said of
/// the others; at most 256. `needed` are those that another import needs, which has them from now on (0: somebody
/// recorded by hand), and `held` those of which something of this import stays. With `write` false it only counts.
///
/// # Errors
/// `store.statement`.
pub fn take_back(
    cx: &Context,
    tx: &mut Tx<'_>,
    run: i64,
    ids: &[AccountId],
    needed: &HashMap<AccountId, i64>,
    held: &HashSet<AccountId>,
    write: bool,
) -> Result<Taken> {
    let numbers: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let mut sheets = store::sheets(cx, tx, &numbers)?;
    links::add(cx, tx, &mut sheets)?;
    let standing = store::standing(tx, run, write, ids)?;
    let needed = also_needed(cx, tx, run, ids, needed)?;
    let mut going =
        Going { run, all: said_of(tx, CHANGE, &numbers)?, taken: Taken::default(), steps: Steps::default() };
    let made: HashSet<i64> = standing.iter().map(|made| made.id.0).collect();
    for made in standing {
        let why = stands(&made, held.contains(&made.id));
        match (sheets.get(&made.id.0), needed.get(&made.id)) {
            (Some(sheet), needed) if needed.is_some() || why.is_none() => {
                going.settle(made.id, sheet, true, needed.copied());
            }
            // An account behind a wall that keeps the viewer out stays, like any other behind a wall.
            _ => going.keep(made.id, made.name, why.unwrap_or(WALLED)),
        }
    }
    for id in ids.iter().filter(|id| !made.contains(&id.0)) {
        match sheets.get(&id.0) {
            Some(sheet) => going.settle(*id, sheet, false, None),
            None if going.all.contains_key(&id.0) => going.keep(*id, String::new(), WALLED),
            None => (),
        }
    }
    if write {
        going.steps.write(cx, tx)?;
    }
    Ok(going.taken)
}

/// Why an account that the import made cannot go.
fn stands(made: &Standing, is_held: bool) -> Option<&'static str> {
    match () {
        () if is_held => Some("something of it stays: an order, an invoice, a contract or a contact"),
        () if made.walled => {
            Some("it was put behind a wall since; take the wall away, then take the import back again")
        }
        () if made.facts => {
            Some("facts were recorded about it since; withdraw them, then take the import back again")
        }
        () if 1 < made.keys => Some("another source knows it by now"),
        () => None,
    }
}

/// Those of these accounts that somebody else needs: by `needed`, because people act for them, because others hang on
/// them.
fn also_needed(
    cx: &Context,
    tx: &mut Tx<'_>,
    run: i64,
    ids: &[AccountId],
    needed: &HashMap<AccountId, i64>,
) -> Result<HashMap<AccountId, i64>> {
    let mut all = needed.clone();
    let mut need = |id: i64, by: i64| {
        all.entry(AccountId::new(id)).and_modify(|first| *first = by.min(*first)).or_insert(by);
    };
    contacts::who_brought(cx, tx, run, ids)?.into_iter().for_each(|(id, by)| need(id, by));
    let hanging = links::hanging(cx, tx, ids)?;
    let who: Vec<i64> = hanging.iter().map(|(account, _, _)| *account).collect();
    let said = said_of(tx, CHANGE, &who)?;
    for (account, kind, other) in hanging {
        let field = link::field(&kind, other);
        let all = said.get(&account).into_iter().flatten();
        let by: Vec<i64> =
            all.filter(|(_, said)| said.says.contains_key(&field)).map(|(by, _)| *by).collect();
        match by.iter().filter(|by| **by != run).min() {
            Some(first) => need(other, *first),
            None if by.is_empty() => need(other, 0),
            None => (),
        }
    }
    Ok(all)
}

/// A batch on its way.
struct Going {
    run: i64,
    all: HashMap<i64, Vec<(i64, Said)>>,
    taken: Taken,
    steps: Steps,
}

/// What is written in the end.
#[derive(Default)]
struct Steps {
    remove: Vec<AccountId>,
    fields: Vec<(i64, Sheet)>,
    hangs: Vec<(i64, Sheet)>,
    heirs: Vec<(i64, i64)>,
    rewritten: Vec<(i64, i64, Said)>,
    otherwise: Vec<AccountId>,
}

impl Going {
    fn keep(&mut self, id: AccountId, name: String, why: &'static str) {
        self.taken.kept.push((id, name, why));
    }

    fn settle(&mut self, id: AccountId, sheet: &Sheet, made: bool, needed: Option<i64>) {
        let mut all = self.all.remove(&id.0).unwrap_or_default();
        // What it hung on may have gone before it, and the link with that.
        for (_, said) in all.iter_mut().filter(|(by, _)| *by == self.run) {
            said.says.retain(|field, _| !field.starts_with("link:") || sheet.contains_key(field));
        }
        let name = timeline::said::blank(sheet, "name").to_owned();
        match settle(self.run, made, sheet, &all, needed) {
            Settled::Remove => {
                self.taken.removed += 1;
                self.steps.remove.push(id);
            }
            Settled::Edited => self.keep(id, name, EDITED),
            Settled::Keep(kept) => {
                self.taken.needed += i64::from(kept.heir.is_some());
                if kept.open.says.is_empty() {
                    self.taken.restored += i64::from(kept.heir.is_none());
                } else {
                    self.keep(id, name, OPEN);
                    self.steps.rewritten.push((self.run, id.0, kept.open.clone()));
                }
                self.steps.keep(id, sheet, kept);
            }
        }
    }
}

impl Steps {
    fn keep(&mut self, id: AccountId, before: &Sheet, mut kept: Kept) {
        // Whom nobody names any more keeps the name.
        let name = before.get("name").cloned().unwrap_or_default();
        kept.sheet.entry("name".to_owned()).or_insert(name);
        self.heirs.extend(kept.heir.map(|heir| (id.0, heir)));
        self.rewritten.extend(kept.rewritten.drain(..).map(|(by, said)| (by, id.0, said)));
        if link::differ(before, &kept.sheet) {
            self.hangs.push((id.0, kept.sheet.clone()));
        }
        if listed::is_otherwise(before, &kept.sheet) {
            self.otherwise.push(id);
        }
        if *before != kept.sheet {
            self.fields.push((id.0, kept.sheet));
        }
    }

    fn write(self, cx: &Context, tx: &mut Tx<'_>) -> Result<()> {
        store::remove(tx, &self.remove)?;
        store::rewrite(tx, &self.fields)?;
        links::rewrite(tx, &self.hangs)?;
        listed::anew(cx, tx, &self.otherwise)?;
        store::inherit(tx, &self.heirs)?;
        rewrite_said(tx, CHANGE, &self.rewritten)
    }
}
