//! The current decision of each relationship, written many at once, with the log and the totals.

use std::collections::HashMap;

use ::store::{Row, Tx, dialect};
use kernel::{Context, Day, Id, Kind, Problem, Result};
use speech::say;
use timeline::{AccountId, LineId, fact::Dealing};

use super::{countries, log, rows, totals};
use crate::{Class, Decision, overrides::OverrideId};

/// The id of a relationship.
pub type RelationshipId = Id<RelationshipKind>;

/// Marks ids of relationships.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RelationshipKind;

impl Kind for RelationshipKind {
    const PREFIX: &'static str = "rel";
    const NOUN: &'static str = "a relationship";
}

/// A decision with what lists show of the relationship beside it.
#[derive(Clone, Debug)]
pub struct Card {
    /// Whose.
    pub account: AccountId,
    /// On which line.
    pub line: LineId,
    /// The decision.
    pub decision: Decision,
    /// What a person says it is instead.
    pub said: Option<(OverrideId, Class)>,
    /// What they paid less what went back, in ten-thousandths of the major unit.
    pub net: i64,
    /// The currency of `net`; empty where there is none or more than one.
    pub currency: String,
    /// Purchases that were kept.
    pub purchases: i64,
    /// The rank of their spend, permille; -1 where there is none.
    pub spend_rank: i64,
    /// The first and the last day on which something happened.
    pub days: (Day, Day),
    /// How they want to be dealt with; nothing where nobody said so.
    pub preference: Option<Dealing>,
    /// The place of the policy among those adopted; 0 for the one that ships.
    pub policy: i64,
    /// Our trade on the line.
    pub industry: String,
    /// When it was decided, in microseconds: no earlier than what it rests on was written down.
    pub decided_at: i64,
}

impl Card {
    /// The class that counts: what a person says, else what the evidence says.
    pub(super) fn class(&self) -> Class {
        self.said.map_or_else(|| self.decision.class(), |(_, class)| class)
    }

    /// The word for how they want to be dealt with, empty where nobody said so.
    pub(super) fn preference(&self) -> &'static str {
        self.preference.map_or("", |dealing| dealing.as_str())
    }
}

/// What of a stored decision matters for the next one.
#[derive(Clone, Debug)]
pub struct Stored {
    pub(super) id: i64,
    pub(super) class: String,
    pub(super) computed: String,
    pub(super) score: Option<i64>,
    pub(super) policy: String,
    pub(super) policy_version: String,
    pub(super) baseline: i64,
    pub(super) logged_score: Option<i64>,
    pub(super) preference: String,
    pub(super) currency: String,
    pub(super) net: i64,
    pub(super) keyed: Vec<rows::Keyed>,
    pub(super) fit: String,
    pub(super) strength: i64,
    pub(super) since: Day,
    pub(super) why: String,
    pub(super) confidence: String,
    pub(super) country: String,
}

impl Stored {
    /// The class that counts.
    pub(crate) fn class(&self) -> &str {
        &self.class
    }

    /// The class that the evidence gives.
    pub(super) fn computed(&self) -> &str {
        &self.computed
    }
}

/// The stored decisions of some accounts, by account and line.
///
/// # Errors
/// `store.statement`.
pub fn stored(tx: &mut Tx<'_>, accounts: &[AccountId]) -> Result<HashMap<(AccountId, LineId), Stored>> {
    let (marks, values) = dialect::list(&[], accounts.iter().copied());
    let sql = format!(
        "SELECT account, line, id, class, score, policy, policy_version, baseline, currency, net, computed,
           (SELECT score FROM decision_log WHERE decision_log.relationship = relationship.id
            ORDER BY serial DESC LIMIT 1), preference, fit, strength, since, why, confidence,
           country, {}
         FROM relationship WHERE account IN ({marks})",
        rows::KEYED.join(", ")
    );
    let rows = tx.query(&sql, &values, |row| {
        let stored = Stored {
            id: row.int(2)?,
            class: row.string(3)?,
            score: row.opt_int(4)?,
            policy: row.string(5)?,
            policy_version: row.string(6)?,
            baseline: row.int(7)?,
            currency: row.string(8)?,
            net: row.int(9)?,
            computed: row.string(10)?,
            logged_score: row.opt_int(11)?,
            preference: row.string(12)?,
            fit: row.string(13)?,
            strength: row.int(14)?,
            since: day(row, 15)?,
            why: row.string(16)?,
            confidence: row.string(17)?,
            country: row.string(18)?,
            keyed: rows::keyed(row, 19)?,
        };
        Ok(((row.id(0)?, row.id(1)?), stored))
    })?;
    Ok(rows.into_iter().collect())
}

/// What lists know of an account beside its relationships.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    /// By what it is sorted by name.
    pub(super) key: String,
    /// Its country, as it was written, as far as [`countries::LONGEST`].
    pub(super) country: String,
}

fn named(tx: &mut Tx<'_>, accounts: &[AccountId]) -> Result<HashMap<AccountId, Named>> {
    let (marks, values) = dialect::list(&[], accounts.iter().copied());
    let sql = format!(
        "SELECT id, name_key, SUBSTR(country, 1, {}) FROM account WHERE id IN ({marks})",
        countries::LONGEST
    );
    let rows = tx.query(&sql, &values, |row| {
        Ok((row.id(0)?, Named { key: row.string(1)?, country: row.string(2)? }))
    })?;
    Ok(rows.into_iter().collect())
}

/// Puts new decisions in the place of the current ones. The log gains a row where the class, its first day, the reason, the
/// confidence, the service fit, the policy, the baseline or the kind of answer changed, or the score moved by 0.05 or
/// more since its last row.
///
/// # Errors
/// `store.statement`.
pub fn replace(
    tx: &mut Tx<'_>,
    cards: &[Card],
    gone: &[(AccountId, LineId)],
    before: &HashMap<(AccountId, LineId), Stored>,
) -> Result<()> {
    let accounts = distinct(cards.iter().map(|card| card.account));
    let names = named(tx, &accounts)?;
    let fresh = cards.iter().filter(|card| !before.contains_key(&(card.account, card.line))).count();
    let mut ids = tx.allocate("relationship", i64::try_from(fresh).unwrap_or(i64::MAX))?;
    let numbered: Vec<_> = cards
        .iter()
        .map(|card| {
            let stored = before.get(&(card.account, card.line));
            (stored.map_or_else(|| ids.next().unwrap_or(0), |stored| stored.id), card)
        })
        .collect();
    let outdated: Vec<_> = gone.iter().filter_map(|place| before.get(place)).collect();
    if !outdated.is_empty() {
        let (marks, values) = dialect::list(&[], outdated.iter().map(|stored| stored.id));
        tx.execute(&format!("DELETE FROM relationship WHERE id IN ({marks})"), &values)?;
    }
    rows::put(tx, &numbered, &names, before)?;
    log::write(tx, &numbered, before)?;
    totals::move_by(tx, cards, gone, before)?;
    countries::move_by(tx, cards, gone, &names, before)
}

fn distinct(accounts: impl Iterator<Item = AccountId>) -> Vec<AccountId> {
    let mut accounts: Vec<_> = accounts.collect();
    accounts.sort_unstable();
    accounts.dedup();
    accounts
}

/// The parts of a decision that are kept as text.
pub(super) struct Texts {
    pub(super) why: String,
    pub(super) contributions: String,
    pub(super) ask: String,
}

impl Texts {
    pub(super) fn of(decision: &Decision) -> Texts {
        let lines: Vec<_> =
            decision.contributions.iter().map(|line| (line.source.as_str(), line.x, line.micro)).collect();
        Texts {
            why: decision.why.code(),
            contributions: serde_json::to_string(&lines).unwrap_or_default(),
            ask: decision.ask.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(" "),
        }
    }
}

/// Where a relationship stands, for a viewer who may see its account.
///
/// # Errors
/// `relationship.none` for one that is not there, or not for this viewer: the answer is the same.
pub fn place(cx: &Context, tx: &mut Tx<'_>, id: RelationshipId) -> Result<(AccountId, LineId)> {
    let sql = format!(
        "SELECT relationship.account, relationship.line FROM relationship
         JOIN account ON account.id = relationship.account WHERE {} AND relationship.id = ?2",
        accounts::VISIBLE
    );
    tx.first(&sql, &[cx.actor.number().into(), id.into()], |row| Ok((row.id(0)?, row.id(1)?)))?
        .ok_or_else(|| Problem::not_found("relationship.none", say!("there is no such relationship")))
}

/// The day in a column.
pub(super) fn day(row: &Row<'_>, column: usize) -> Result<Day> {
    Ok(Day(i32::try_from(row.int(column)?).unwrap_or(i32::MAX)))
}
