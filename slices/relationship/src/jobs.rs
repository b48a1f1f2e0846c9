//! Work that waits in the name of the judgement: deciding again whatever became stale.

use std::{
    collections::{HashMap, hash_map},
    sync::Arc,
};

use ::store::{Tx, queue, queue::Job};
use kernel::{Context, Currency, Day, Result};
use slice::{House, JobKind};
use timeline::{AccountId, Entry, Fact, LineId, ServiceLine, store as facts};

use crate::{
    Baseline, History, Industries, IndustryPolicy, Policy, Vantage,
    dimension::DimensionName,
    replay::replay,
    store::{
        baseline,
        current::{self, Card},
        policy,
    },
};

/// The kinds of work.
pub const JOBS: &[JobKind] = &[JobKind { kind: facts::JUDGE, run: judge }];

/// Relationships decided in one transaction.
const BATCH: i64 = 256;
/// The key of the job that waits for the next day.
const DAILY: &str = "daily";
const DAY: i64 = 86_400_000_000;

fn judge(house: &House, job: &Job) -> Result<()> {
    let line = LineId::new(job.key.parse().unwrap_or(0));
    if line.0 != 0 {
        house.store.write(&house.context(), |tx| first_baseline(&house.context(), tx, line))?;
    }
    loop {
        let cx = house.context();
        let done = house.store.write(&cx, |tx| {
            queue::renew(tx, job, cx.now.micros + queue::LEASE)?;
            let decided = decide_stale(&cx, tx)? + decide_aged(&cx, tx)?;
            if decided == 0 {
                queue::done(tx, job)?;
                come_back(&cx, tx)?;
            }
            Ok(decided == 0)
        })?;
        if done {
            return Ok(());
        }
    }
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
    Ok(marks.len())
}

/// Decides the next batch of those who were last decided for an earlier day than their line's now: the end of its
/// data has moved, or a day has passed. Gives how many.
///
/// # Errors
/// As [`decide_stale`].
pub fn decide_aged(cx: &Context, tx: &mut Tx<'_>) -> Result<usize> {
    for line in facts::lines(tx)? {
        let aged = current::aged(tx, line.id, line.now(cx), BATCH)?;
        if !aged.is_empty() {
            decide(cx, tx, &aged)?;
            return Ok(aged.len());
        }
    }
    Ok(0)
}

/// Comes back when the next day has begun, where a line follows the clock.
fn come_back(cx: &Context, tx: &mut Tx<'_>) -> Result<()> {
    if !facts::lines(tx)?.iter().any(|line| line.live) {
        return Ok(());
    }
    let tomorrow = cx.today().plus(1).date();
    let begins = cx.zone.to_timestamp(tomorrow.at(0, 0, 0, 0));
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
    if wanted.is_empty() {
        return Ok(());
    }
    let mut accounts: Vec<_> = wanted.iter().map(|(account, _)| *account).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let before = current::stored(tx, &accounts)?;
    let entries = facts::of_accounts(tx, &accounts)?;
    let mut grounds = Grounds::new(tx)?;
    let (mut cards, mut gone) = (Vec::with_capacity(wanted.len()), Vec::new());
    for (account, line) in wanted {
        let all = entries.get(account).map_or(&[][..], Vec::as_slice);
        let own: Vec<Entry> =
            all.iter().filter(|entry| entry.line == *line || entry.line.0 == 0).cloned().collect();
        match own.iter().any(|entry| entry.line == *line) {
            true => cards.push(grounds.card(cx, tx, *account, *line, &own)?),
            false => gone.push((*account, *line)),
        }
    }
    current::replace(cx, tx, &cards, &gone, &before)
}

/// What decisions stand on besides the facts: the policy in force, each line's trade, day and baselines.
pub struct Grounds {
    policy: Arc<Policy>,
    industries: Industries,
    lines: HashMap<LineId, (ServiceLine, HashMap<String, Baseline>)>,
}

impl Grounds {
    /// The grounds as they are now.
    ///
    /// # Errors
    /// `store.statement`, `policy.*`.
    pub fn new(tx: &mut Tx<'_>) -> Result<Grounds> {
        let (policy, _) = policy::in_force(tx)?;
        Ok(Grounds { policy, industries: Industries::shipped()?, lines: HashMap::new() })
    }

    /// The policy in force.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The policy in force, to keep.
    pub fn shared_policy(&self) -> Arc<Policy> {
        Arc::clone(&self.policy)
    }

    fn line(&mut self, tx: &mut Tx<'_>, id: LineId) -> Result<&(ServiceLine, HashMap<String, Baseline>)> {
        match self.lines.entry(id) {
            hash_map::Entry::Occupied(known) => Ok(known.into_mut()),
            hash_map::Entry::Vacant(place) => {
                Ok(place.insert((facts::line(tx, id)?, baseline::newest(tx, id)?)))
            }
        }
    }

    /// Looks at facts from the line's own day and trade.
    ///
    /// # Errors
    /// `timeline.no_line`, `baseline.format`.
    pub fn look<T>(
        &mut self,
        cx: &Context,
        tx: &mut Tx<'_>,
        line: LineId,
        entries: &[Entry],
        with: impl FnOnce(&ServiceLine, &Vantage<'_>) -> T,
    ) -> Result<T> {
        self.line(tx, line)?;
        let (line, baselines) = &self.lines[&line];
        let trade = IndustryPolicy::new(&self.policy, &self.industries, Some(&line.industry));
        let currency = currency_of(entries);
        let vantage = Vantage {
            as_of: line.now(cx),
            known_at: None,
            zone: &cx.zone,
            policy: &trade,
            baseline: currency.and_then(|currency| baselines.get(currency.code())),
        };
        Ok(with(line, &vantage))
    }

    fn card(
        &mut self,
        cx: &Context,
        tx: &mut Tx<'_>,
        account: AccountId,
        line: LineId,
        entries: &[Entry],
    ) -> Result<Card> {
        let currency = currency_of(entries);
        self.look(cx, tx, line, entries, |_, vantage| {
            let decision = replay(entries, vantage);
            let history = History::new(entries, vantage);
            let days = days(&history, vantage);
            let rank = decision.contribution(DimensionName::Spend).and_then(|line| line.x).unwrap_or(-1);
            Card {
                account,
                line,
                net: currency.map_or(0, |_| net(entries)),
                currency: currency.map_or(String::new(), |currency| currency.code().to_owned()),
                purchases: i64::try_from(history.kept().count()).unwrap_or(i64::MAX),
                spend_rank: rank,
                days,
                decision,
            }
        })
    }
}

/// The one currency of these facts; none where there is none, or more than one.
pub fn currency_of(entries: &[Entry]) -> Option<Currency> {
    let mut currencies = entries.iter().filter_map(|entry| entry.currency);
    let first = currencies.next()?;
    currencies.all(|other| other == first).then_some(first)
}

/// What they paid less what went back, signed: what stands in the books, whatever it was paid for.
fn net(entries: &[Entry]) -> i64 {
    entries.iter().fold(0i64, |net, entry| match &entry.fact {
        Fact::Order(bought) | Fact::Invoice(bought) | Fact::Payment(bought) if bought.of.is_none() => {
            net.saturating_add(bought.amount)
        }
        Fact::Refund(refund) => net.saturating_sub(refund.amount),
        _ => net,
    })
}

/// The first and the last day on which something happened.
fn days(history: &History<'_>, vantage: &Vantage<'_>) -> (Day, Day) {
    let days = || history.visible().map(|seen| seen.day);
    let first = days().min().unwrap_or(vantage.as_of);
    (first, days().max().unwrap_or(vantage.as_of))
}

/// Takes the first baseline of a line, once its first file is in, and has everything on it decided again.
fn first_baseline(cx: &Context, tx: &mut Tx<'_>, line: LineId) -> Result<()> {
    if baseline::newest(tx, line)?.is_empty() { take_baseline(cx, tx, line).map(drop) } else { Ok(()) }
}

/// Freezes the ranks of spend of a line as they are now; gives how many buyers they rest on.
///
/// # Errors
/// As [`decide_stale`].
pub fn take_baseline(cx: &Context, tx: &mut Tx<'_>, line: LineId) -> Result<i64> {
    let known = baseline::newest(tx, line)?;
    let mut grounds = Grounds::new(tx)?;
    let as_of = grounds.line(tx, line)?.0.now(cx);
    let mut spends: HashMap<String, Vec<i64>> = HashMap::new();
    facts::for_each_account(tx, line, |tx, entries| {
        let Some(currency) = currency_of(entries) else { return Ok(()) };
        let spend = grounds.look(cx, tx, line, entries, |_, vantage| {
            let history = History::new(entries, vantage);
            history.purchases().next().is_some().then(|| history.net_spend())
        })?;
        spends.entry(currency.code().to_owned()).or_default().extend(spend);
        Ok(())
    })?;
    let mut buyers = 0;
    for (currency, spends) in spends.into_iter().filter(|(_, spends)| !spends.is_empty()) {
        let count = i64::try_from(spends.len()).unwrap_or(i64::MAX);
        let version = known.get(&currency).map_or(0, Baseline::version) + 1;
        baseline::keep(tx, line, &currency, &Baseline::of(version, spends), count, as_of)?;
        buyers += count;
    }
    facts::mark_line_stale(cx, tx, line)?;
    Ok(buyers)
}
