//! Work that waits in the name of the judgement: deciding again whatever became stale.

mod grounds;
pub mod recall;

use std::{borrow::Cow, collections::HashMap};

use ::store::{Tx, queue, queue::Job};
use kernel::{Context, Result};
use slice::{House, JobKind};
use timeline::{AccountId, Entry, LineId, store as facts};

use crate::{
    Baseline, History,
    store::{
        aged::{self, Aged},
        baseline,
        current::{self, Card},
        overrides,
    },
};

pub use self::grounds::{Clocks, Grounds, currency_of};

/// The kinds of work.
pub const JOBS: &[JobKind] = &[JobKind { kind: facts::JUDGE, run: judge, gave_up: None }];

/// Relationships decided in one transaction.
const BATCH: i64 = 256;
/// The key of the job that waits for the next day.
const DAILY: &str = "daily";
const DAY: i64 = 86_400_000_000;

fn judge(house: &House, job: &Job) -> Result<()> {
    first_baselines(house, job)?;
    loop {
        let struck = planted(house)?;
        let done = house.store.write(&house.context(), |tx| {
            // The time of the decisions: once it is this work's turn to write, so after everything they can know.
            let cx = house.context();
            queue::renew(tx, job, cx.now.micros + queue::LEASE)?;
            decide(&cx, tx, &struck)?;
            let decided =
                struck.len() + decide_stale(&cx, tx)? + decide_aged(&cx, tx)? + decide_expired(&cx, tx)?;
            if decided == 0 {
                queue::done(tx, job)?;
                facts::end_deciding(tx)?;
                come_back(&cx, tx)?;
            }
            Ok(decided == 0)
        })?;
        if done {
            return Ok(());
        }
    }
}

/// The bug that the crash harness must catch, in debug builds only: marks are struck in a transaction of their own, before
/// what they mark is decided.
fn planted(house: &House) -> Result<Vec<(AccountId, LineId)>> {
    if !cfg!(debug_assertions) || std::env::var_os("MAINSTAY_PLANT").is_none_or(|bug| bug != "marks-outside")
    {
        return Ok(Vec::new());
    }
    let cx = house.context();
    house.store.write(&cx, |tx| {
        let marks = facts::next_stale(tx, BATCH)?;
        let wanted = with_whole_accounts(tx, &marks)?;
        facts::clear_stale(tx, &marks)?;
        Ok(wanted)
    })
}

/// Decides the next batch of stale relationships; gives how many stale marks it cleared.
///
/// # Errors
/// `store.statement`, or a policy or fact that this version cannot read.
pub fn decide_stale(cx: &Context, tx: &mut Tx<'_>) -> Result<usize> {
    let marks = facts::next_stale(tx, BATCH)?;
    if marks.is_empty() {
        return Ok(0);
    }
    let wanted = with_whole_accounts(tx, &marks)?;
    decide(cx, tx, &wanted)?;
    facts::clear_stale(tx, &marks)?;
    facts::count_decided(tx, marks.len())?;
    Ok(marks.len())
}

/// Decides some relationships without waiting for their turn; line 0 stands for all of the account's.
///
/// # Errors
/// As [`decide_stale`].
pub(crate) fn decide_at_once(cx: &Context, tx: &mut Tx<'_>, places: &[(AccountId, LineId)]) -> Result<()> {
    let wanted = with_whole_accounts(tx, places)?;
    decide(cx, tx, &wanted)?;
    facts::clear_stale(tx, places)
}

/// Decides the next batch of those who were last decided for an earlier day than their line's now: the end of its
/// data has moved, or a day has passed. Gives how many. What stood is gone on from, day by day, and not begun again: nobody
/// is looked at before all who are stale are decided.
///
/// # Errors
/// As [`decide_stale`].
pub fn decide_aged(cx: &Context, tx: &mut Tx<'_>) -> Result<usize> {
    if !facts::next_stale(tx, 1)?.is_empty() {
        return Ok(0);
    }
    for line in facts::lines(tx)? {
        let aged = aged::aged(tx, line.id, line.now(cx), BATCH)?;
        if !aged.is_empty() {
            let places: Vec<_> = aged.iter().map(|one| (one.account, one.line)).collect();
            let stood = aged.into_iter().map(|one| ((one.account, one.line), one)).collect();
            decide_after(cx, tx, &places, &stood)?;
            return Ok(places.len());
        }
    }
    Ok(0)
}

/// Decides all who only aged, for whoever reads while nobody serves: the worker of a server does it when a day begins. Where
/// somebody is stale, who takes those turns takes these, too.
///
/// # Errors
/// As [`decide_stale`].
pub fn catch_up(house: &House) -> Result<()> {
    if !house.store.read(&house.context(), |tx| aged::have_aged(&house.context(), tx))? {
        return Ok(());
    }
    let step = || {
        let cx = house.context();
        house.store.write(&cx, |tx| Ok(decide_aged(&cx, tx)? + decide_expired(&cx, tx)?))
    };
    while step()? != 0 {}
    Ok(())
}

/// Decides the next batch of those that stand by an override whose last day is over; gives how many. Nobody else is
/// looked at.
///
/// # Errors
/// As [`decide_stale`].
pub fn decide_expired(cx: &Context, tx: &mut Tx<'_>) -> Result<usize> {
    let expired = overrides::expired(tx, cx.today(), BATCH)?;
    decide(cx, tx, &expired)?;
    Ok(expired.len())
}

/// Comes back when the next day has begun, where a line follows the clock; else when the day after the last day of an
/// override has.
///
/// # Errors
/// `store.statement`.
pub(crate) fn come_back(cx: &Context, tx: &mut Tx<'_>) -> Result<()> {
    let next = match facts::lines(tx)?.iter().any(|line| line.live) {
        true => Some(cx.today().plus(1)),
        false => overrides::next_end(tx)?.map(|last| last.plus(1)),
    };
    let Some(next) = next else { return Ok(()) };
    let begins = cx.zone.to_timestamp(next.date().at(0, 0, 0, 0));
    let begins = begins.map_or(cx.now.micros + DAY, |at| at.as_microsecond());
    queue::put(tx, facts::JUDGE, DAILY, begins)
}

/// A mark on line 0 stands for every line on which the account has facts.
fn with_whole_accounts(tx: &mut Tx<'_>, marks: &[(AccountId, LineId)]) -> Result<Vec<(AccountId, LineId)>> {
    let (whole, mut wanted): (Vec<_>, Vec<_>) = marks.iter().copied().partition(|(_, line)| line.0 == 0);
    if !whole.is_empty() {
        let accounts: Vec<_> = whole.into_iter().map(|(account, _)| account).collect();
        wanted.extend(facts::lines_of(tx, &accounts)?);
    }
    wanted.sort_unstable();
    wanted.dedup();
    Ok(wanted)
}

/// Decides relationships now, whatever they were before.
///
/// # Errors
/// As [`decide_stale`].
pub fn decide(cx: &Context, tx: &mut Tx<'_>, wanted: &[(AccountId, LineId)]) -> Result<()> {
    decide_after(cx, tx, wanted, &HashMap::new())
}

/// The same, going on from what stood, where no fact of the time before has come or gone since.
fn decide_after(
    cx: &Context,
    tx: &mut Tx<'_>,
    wanted: &[(AccountId, LineId)],
    stood: &HashMap<(AccountId, LineId), Aged>,
) -> Result<()> {
    if wanted.is_empty() {
        return Ok(());
    }
    let mut accounts: Vec<_> = wanted.iter().map(|(account, _)| *account).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let before = current::stored(tx, &accounts)?;
    let entries = facts::of_accounts(tx, &accounts)?;
    let said = overrides::counting(tx, &accounts, cx.today())?;
    let mut grounds = Grounds::new(tx)?;
    let (mut cards, mut gone) = (Vec::with_capacity(wanted.len()), Vec::new());
    for (account, line) in wanted {
        let all = entries.get(account).map_or(&[][..], Vec::as_slice);
        let is_own = |entry: &&Entry| entry.line == *line || entry.line.0 == 0;
        // Most have dealings on one line only, and nothing to leave out.
        let own: Cow<'_, [Entry]> = match all.iter().all(|entry| is_own(&entry)) {
            true => Cow::Borrowed(all),
            false => Cow::Owned(all.iter().filter(is_own).cloned().collect()),
        };
        match own.iter().any(|entry| entry.line == *line) {
            true => {
                let said = said.get(&(*account, *line)).map(|one| (one.id, one.class));
                let after = stood.get(&(*account, *line));
                cards.push(Card { said, ..grounds.card(cx, tx, (*account, *line), &own, after)? });
            }
            false => gone.push((*account, *line)),
        }
    }
    if !gone.is_empty() {
        overrides::forget_lost(tx, &gone.iter().map(|(account, _)| *account).collect::<Vec<_>>())?;
    }
    current::replace(tx, &cards, &gone, &before)
}

/// Takes the first baselines of all lines that wait for their judgement, before anybody is decided: a decision without ranks
/// would be another one a moment later, and told as a change.
fn first_baselines(house: &House, job: &Job) -> Result<()> {
    let waiting = house.store.read(&house.context(), |tx| queue::waiting(tx, facts::JUDGE))?;
    for line in waiting.iter().filter_map(|key| key.parse().ok().filter(|line| *line != 0)) {
        let cx = house.context();
        house.store.write(&cx, |tx| {
            queue::renew(tx, job, cx.now.micros + queue::LEASE)?;
            first_baseline(&cx, tx, LineId::new(line))
        })?;
    }
    Ok(())
}

/// Takes the first baseline of a line, once its first file is in, and has everything on it decided again. Of a line
/// from which every file was taken back, or that went with them, none stays.
fn first_baseline(cx: &Context, tx: &mut Tx<'_>, line: LineId) -> Result<()> {
    let is_fed = facts::lines(tx)?.iter().any(|known| known.id == line && known.last_day.is_some());
    match baseline::newest(tx, line)?.is_empty() {
        _ if !is_fed => baseline::remove(tx, line),
        true => take_baseline(cx, tx, line).map(drop),
        false => Ok(()),
    }
}

/// Freezes the ranks of spend of a line as they are now; gives how many of the buyers they rest on the caller may see.
///
/// # Errors
/// As [`decide_stale`].
pub fn take_baseline(cx: &Context, tx: &mut Tx<'_>, line: LineId) -> Result<i64> {
    let known = baseline::newest(tx, line)?;
    let mut grounds = Grounds::new(tx)?;
    let as_of = grounds.line(tx, line)?.0.now(cx);
    let (mut spends, mut buyers): (HashMap<String, Vec<i64>>, Vec<i64>) = (HashMap::new(), Vec::new());
    facts::for_each_account(tx, line, |tx, entries| {
        let Some(currency) = currency_of(entries) else { return Ok(()) };
        let spend = grounds.look(cx, tx, line, entries, |_, vantage| {
            let history = History::new(entries, vantage);
            history.purchases().next().is_some().then(|| history.net_spend())
        })?;
        buyers.extend(spend.and(entries.first()).map(|entry| entry.account.0));
        spends.entry(currency.code().to_owned()).or_default().extend(spend);
        Ok(())
    })?;
    for (currency, spends) in spends.into_iter().filter(|(_, spends)| !spends.is_empty()) {
        let count = i64::try_from(spends.len()).unwrap_or(i64::MAX);
        let version = known.get(&currency).map_or(0, Baseline::version) + 1;
        baseline::keep(tx, line, &currency, &Baseline::of(version, spends), count, as_of)?;
    }
    facts::mark_line_stale(cx, tx, line)?;
    let hidden = accounts::hidden(cx, tx, buyers.iter().copied())?;
    Ok(i64::try_from(buyers.len() - hidden.len()).unwrap_or(i64::MAX))
}
