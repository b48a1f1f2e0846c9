//! Facts: appended, taken back with a reason, read in the order of time.

use std::collections::{HashMap, HashSet};

use ::store::{Row, Tx, dialect};
use kernel::{Context, Currency, Id, Moment, Problem, Result};
use speech::say;

use super::{FACT, lines::move_ends, preferences::leave_their_word, stale::mark_stale};
use crate::{AccountId, Entry, Fact, FactId, LineId, SourceRow};

pub(super) const ENTRY: &str =
    "id, account, line, occurred_at, date_only, recorded_at, currency, run, row, body, about";

/// A fact on its way in.
#[derive(Clone, Debug, PartialEq)]
pub struct NewFact {
    /// Its id, from [`allocate_facts`], so that facts of one batch can name each other.
    pub id: FactId,
    /// Whom it is about.
    pub account: AccountId,
    /// On which line; 0 for the account as a whole.
    pub line: LineId,
    /// When it happened.
    pub occurred: Moment,
    /// The currency of its amounts.
    pub currency: Option<Currency>,
    /// Where it came from.
    pub source: Option<SourceRow>,
    /// What happened.
    pub fact: Fact,
}

/// Takes ids for so many facts; in ascending order.
///
/// # Errors
/// `store.statement`.
pub fn allocate_facts(tx: &mut Tx<'_>, count: usize) -> Result<impl Iterator<Item = FactId> + use<>> {
    Ok(tx.allocate("fact", i64::try_from(count).unwrap_or(i64::MAX))?.map(Id::new))
}

/// Appends facts, marks their relationships stale and moves the end of the data of their lines.
///
/// # Errors
/// `store.statement`.
pub fn append(cx: &Context, tx: &mut Tx<'_>, facts: &[NewFact]) -> Result<()> {
    let bodies: Vec<String> = facts.iter().map(|fact| body(&fact.fact)).collect();
    let rows = facts.iter().zip(&bodies).map(|(new, body)| {
        let source = new.source.unwrap_or(SourceRow { run: 0, row: 0 });
        [
            new.account.into(),
            new.line.into(),
            new.occurred.micros.into(),
            new.id.into(),
            new.occurred.date_only.into(),
            new.fact.kind().into(),
            new.currency.map(Currency::code).into(),
            new.fact.about().map_or(0, |fact| fact.0).into(),
            body.into(),
            cx.now.micros.into(),
            source.run.into(),
            source.row.into(),
        ]
    });
    tx.insert_all(&FACT, rows)?;
    let mut touched: Vec<_> = facts.iter().map(|fact| (fact.account, fact.line)).collect();
    touched.sort_unstable();
    touched.dedup();
    mark_stale(cx, tx, &touched)?;
    move_ends(cx, tx, facts)
}

/// Takes a fact back: it leaves the timeline, and who took it and why is kept.
///
/// # Errors
/// `timeline.no_fact`, `timeline.referred_to` while another needs it, `timeline.their_word`, `timeline.told_word`.
pub fn withdraw(
    cx: &Context,
    tx: &mut Tx<'_>,
    account: AccountId,
    id: FactId,
    reason: &str,
) -> Result<Entry> {
    let sql = format!("SELECT {ENTRY} FROM fact WHERE account = ?1 AND id = ?2");
    let Some(entry) = tx.first(&sql, &[account.into(), id.into()], entry)? else {
        return Err(Problem::not_found(
            "timeline.no_fact",
            say!("this account has no such fact; it may have been withdrawn already"),
        ));
    };
    let refers = "SELECT COUNT(*) FROM fact WHERE account = ?1 AND about = ?2";
    if tx.first(refers, &[account.into(), id.into()], |row| row.int(0))? > Some(0) {
        return Err(Problem::conflict(
            "timeline.referred_to",
            say!(
                "another fact refers to this one (a refund, a payment or the end of a contract); withdraw that one first"
            ),
        ));
    }
    leave_their_word(cx, &entry)?;
    take_out(cx, tx, &[(account, id)], reason)?;
    mark_stale(cx, tx, &[(account, entry.line)])?;
    Ok(entry)
}

/// Writes facts anew when their source says more about them (an order that got another line); what they said before
/// is kept.
///
/// # Errors
/// `store.statement`.
pub fn replace(cx: &Context, tx: &mut Tx<'_>, facts: &[NewFact], reason: &str) -> Result<()> {
    for group in facts.chunks(256) {
        let places: Vec<_> = group.iter().map(|new| (new.account, new.id)).collect();
        take_out(cx, tx, &places, reason)?;
    }
    append(cx, tx, facts)
}

/// Takes facts out of the timeline; they stay among the withdrawn ones, with who took them out, when and why.
fn take_out(cx: &Context, tx: &mut Tx<'_>, places: &[(AccountId, FactId)], reason: &str) -> Result<()> {
    let (accounts, ids, values) = dialect::lists(places);
    let found = format!("FROM fact WHERE account IN ({accounts}) AND id IN ({ids})");
    let before = tx.allocate("withdrawal", i64::try_from(places.len()).unwrap_or(i64::MAX))?.first() - 1;
    let n = values.len();
    let said = [before.into(), cx.now.micros.into(), cx.actor.number().into(), reason.into()];
    let kept = format!(
        "INSERT INTO withdrawn_fact (serial, id, account, line, occurred_at, date_only, kind, currency, about, body,
           recorded_at, run, row, withdrawn_at, withdrawn_by, reason)
         SELECT CAST(?{} AS BIGINT) + ROW_NUMBER() OVER (ORDER BY id), id, account, line, occurred_at, date_only, kind,
           currency, about, body, recorded_at, run, row, CAST(?{} AS BIGINT), CAST(?{} AS BIGINT), CAST(?{} AS TEXT)
         {found}",
        n + 1,
        n + 2,
        n + 3,
        n + 4
    );
    tx.execute(&kept, &[values.as_slice(), &said].concat())?;
    tx.execute(&format!("DELETE {found}"), &values).map(drop)
}

/// Takes facts back with whatever told them, and marks their relationships to be decided again; what is not in the
/// timeline any more is passed over.
///
/// # Errors
/// `store.statement`.
pub fn take_back(
    cx: &Context,
    tx: &mut Tx<'_>,
    facts: &[(AccountId, LineId, FactId)],
    reason: &str,
) -> Result<()> {
    for group in facts.chunks(256) {
        let places: Vec<_> = group.iter().map(|(account, _, id)| (*account, *id)).collect();
        take_out(cx, tx, &places, reason)?;
        let mut touched: Vec<_> = group.iter().map(|(account, line, _)| (*account, *line)).collect();
        touched.sort_unstable();
        touched.dedup();
        mark_stale(cx, tx, &touched)?;
    }
    Ok(())
}

/// The facts of these accounts that refer to one of these facts (a refund, a payment, the end of a contract): which,
/// to which.
///
/// # Errors
/// `store.statement`.
pub fn who_refer(tx: &mut Tx<'_>, places: &[(AccountId, FactId)]) -> Result<Vec<(FactId, FactId)>> {
    let mut found = Vec::new();
    for group in places.chunks(256) {
        let (accounts, ids, values) = dialect::lists(group);
        let sql = format!("SELECT id, about FROM fact WHERE account IN ({accounts}) AND about IN ({ids})");
        found.extend(tx.query(&sql, &values, |row| Ok((row.id(0)?, row.id(1)?)))?);
    }
    Ok(found)
}

/// The facts about an account on a line and those about it as a whole, in the order of time.
///
/// # Errors
/// `store.statement`, `timeline.body` for a fact that this version cannot read.
pub fn facts(tx: &mut Tx<'_>, account: AccountId, line: LineId) -> Result<Vec<Entry>> {
    let sql =
        format!("SELECT {ENTRY} FROM fact WHERE account = ?1 AND line IN (0, ?2) ORDER BY occurred_at, id");
    tx.query(&sql, &[account.into(), line.into()], entry)
}

/// Which of these facts of these accounts are in the timeline.
///
/// # Errors
/// `store.statement`.
pub fn which(tx: &mut Tx<'_>, places: &[(AccountId, FactId)]) -> Result<HashSet<FactId>> {
    let mut found = HashSet::new();
    for group in places.chunks(256) {
        let (accounts, ids, values) = dialect::lists(group);
        let sql = format!("SELECT id FROM fact WHERE account IN ({accounts}) AND id IN ({ids})");
        found.extend(tx.query(&sql, &values, |row| row.id(0))?);
    }
    Ok(found)
}

/// The lines on which these accounts have facts.
///
/// # Errors
/// `store.statement`.
pub fn lines_of(tx: &mut Tx<'_>, accounts: &[AccountId]) -> Result<Vec<(AccountId, LineId)>> {
    let (marks, values) = dialect::list(&[], accounts.iter().copied());
    let sql = format!(
        "SELECT DISTINCT account, line FROM fact WHERE account IN ({marks}) AND line <> 0 ORDER BY account, line"
    );
    tx.query(&sql, &values, |row| Ok((row.id(0)?, row.id(1)?)))
}

/// All facts of some accounts, each account's in the order of time.
///
/// # Errors
/// As [`facts`].
pub fn of_accounts(tx: &mut Tx<'_>, accounts: &[AccountId]) -> Result<HashMap<AccountId, Vec<Entry>>> {
    let (marks, values) = dialect::list(&[], accounts.iter().copied());
    let sql =
        format!("SELECT {ENTRY} FROM fact WHERE account IN ({marks}) ORDER BY account, occurred_at, id");
    let mut found: HashMap<AccountId, Vec<Entry>> = HashMap::new();
    tx.for_each(&sql, &values, |row| {
        let entry = entry(row)?;
        found.entry(entry.account).or_default().push(entry);
        Ok(())
    })?;
    Ok(found)
}

/// Hands over the facts of each account on a line (and those about it as a whole), account by account, a few hundred
/// accounts in memory at a time.
///
/// # Errors
/// As [`facts`], or what `each` answers.
pub fn for_each_account(
    tx: &mut Tx<'_>,
    line: LineId,
    mut each: impl FnMut(&mut Tx<'_>, &[Entry]) -> Result<()>,
) -> Result<()> {
    let mut after = AccountId::new(0);
    loop {
        let sql = "SELECT DISTINCT account FROM fact WHERE account > ?1 ORDER BY account LIMIT 512";
        let accounts: Vec<AccountId> = tx.query(sql, &[after.into()], |row| row.id(0))?;
        let Some(last) = accounts.last() else { return Ok(()) };
        after = *last;
        let found = of_accounts(tx, &accounts)?;
        for account in &accounts {
            let own = found.get(account).into_iter().flatten();
            let own: Vec<Entry> =
                own.filter(|entry| entry.line == line || entry.line.0 == 0).cloned().collect();
            if own.iter().any(|entry| entry.line == line) {
                each(tx, &own)?;
            }
        }
    }
}

/// What a fact says. Which fact it refers to stands in a column of its own, so that equal knowledge is equal text whatever
/// numbers facts have.
fn body(fact: &Fact) -> String {
    serde_json::to_string(&fact.clone().with_about(None))
        .expect("a fact is made of numbers, words and dates, all of which JSON can hold")
}

pub(super) fn entry(row: &Row<'_>) -> Result<Entry> {
    let fact: Fact = serde_json::from_str(row.text(9)?).map_err(|cause| {
        let id = row.int(0).unwrap_or(0);
        Problem::internal("timeline.body", format!("fact {id} cannot be read by this version")).because(cause)
    })?;
    let (run, line, about) = (row.int(7)?, row.int(8)?, row.int(10)?);
    Ok(Entry {
        id: row.id(0)?,
        account: row.id(1)?,
        line: row.id(2)?,
        occurred: Moment { micros: row.int(3)?, date_only: row.bool(4)? },
        recorded_at: row.int(5)?,
        currency: row.opt_text(6)?.map(Currency::parse).transpose()?,
        source: (run != 0).then_some(SourceRow { run, row: line }),
        fact: fact.with_about((about != 0).then(|| Id::new(about))),
    })
}
