//! What decisions stand on besides the facts.

use std::{
    collections::{HashMap, hash_map},
    sync::Arc,
};

use ::store::Tx;
use kernel::{Context, Currency, Day, Problem, Result};
use speech::say;
use timeline::{AccountId, Entry, Fact, LineId, ServiceLine, fact::Dealing, store as facts};

use crate::{
    Baseline, History, Industries, IndustryPolicy, Policy, Vantage,
    dimension::DimensionName,
    fit,
    history::of_a_day,
    ops::ends,
    phrase,
    preference::Preferences,
    store::{aged::Aged, baseline, current::Card, policy},
};

/// The two clocks of a decision (policy.md §2): the day it is for, and the day whose knowledge it rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clocks {
    /// The day it is decided for; the line's own now where absent.
    pub as_of: Option<Day>,
    /// What was recorded later does not exist; everything known now counts where absent.
    pub known_at: Option<Day>,
}

impl Clocks {
    /// The day it is decided for, on a line whose now is that day.
    ///
    /// # Errors
    /// `relationship.ahead`: what is not over is not judged.
    fn day(&self, now: Day) -> Result<Day> {
        match self.as_of {
            Some(day) if now < day => Err(Problem::invalid(
                "as_of",
                "relationship.ahead",
                say!(
                    "{day} lies after the now of this service line, {now}; name that day or an earlier one",
                    day = phrase::plain_day(day),
                    now = phrase::plain_day(now)
                ),
            )),
            asked => Ok(asked.unwrap_or(now)),
        }
    }
}

/// What decisions stand on besides the facts: the policy in force, each line's trade, day and baselines.
pub struct Grounds {
    policy: Arc<Policy>,
    /// Its place among those adopted; below nothing for one that is only supposed.
    serial: i64,
    industries: &'static Industries,
    lines: HashMap<LineId, (ServiceLine, HashMap<String, Baseline>)>,
}

impl Grounds {
    /// The grounds as they are now.
    ///
    /// # Errors
    /// `store.statement`, `policy.*`.
    pub fn new(tx: &mut Tx<'_>) -> Result<Grounds> {
        let (policy, serial) = policy::in_force(tx)?;
        Ok(Grounds { policy, serial, industries: Industries::shared()?, lines: HashMap::new() })
    }

    /// The grounds by which those clocks look: as they are now, or the policy that was in force when the day ended whose
    /// knowledge is asked for.
    ///
    /// # Errors
    /// As [`Grounds::new`].
    pub fn by(cx: &Context, tx: &mut Tx<'_>, clocks: Clocks) -> Result<Grounds> {
        let Some(day) = clocks.known_at else { return Grounds::new(tx) };
        let (policy, serial) = policy::in_force_at(tx, ends(cx, day))?;
        Ok(Grounds { policy, serial, industries: Industries::shared()?, lines: HashMap::new() })
    }

    /// The grounds as they would be under another policy.
    ///
    /// # Errors
    /// `policy.*` for industry packs that do not parse.
    pub fn under(policy: Policy) -> Result<Grounds> {
        let (policy, industries) = (Arc::new(policy), Industries::shared()?);
        Ok(Grounds { policy, serial: -1, industries, lines: HashMap::new() })
    }

    /// Looks from here on as if a line were as given.
    ///
    /// # Errors
    /// `store.statement`, `baseline.format`.
    pub fn suppose(&mut self, tx: &mut Tx<'_>, line: ServiceLine) -> Result<()> {
        let baselines = baseline::newest(tx, line.id)?;
        self.lines.insert(line.id, (line, baselines));
        Ok(())
    }

    /// The policy in force.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The policy in force, to keep.
    pub fn shared_policy(&self) -> Arc<Policy> {
        Arc::clone(&self.policy)
    }

    pub(super) fn line(
        &mut self,
        tx: &mut Tx<'_>,
        id: LineId,
    ) -> Result<&(ServiceLine, HashMap<String, Baseline>)> {
        match self.lines.entry(id) {
            hash_map::Entry::Occupied(known) => Ok(known.into_mut()),
            hash_map::Entry::Vacant(place) => {
                Ok(place.insert((facts::line(tx, id)?, baseline::newest(tx, id)?)))
            }
        }
    }

    /// The day that counts as now on a line.
    ///
    /// # Errors
    /// `timeline.no_line`, `baseline.format`.
    pub fn now(&mut self, cx: &Context, tx: &mut Tx<'_>, line: LineId) -> Result<Day> {
        Ok(self.line(tx, line)?.0.now(cx))
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
        self.look_from(cx, tx, (line, Clocks::default()), entries, with)
    }

    /// Looks at facts from another day, and as they were known on another.
    ///
    /// # Errors
    /// `timeline.no_line`, `baseline.format`, `relationship.ahead` for a day that has not come on that line.
    pub fn look_from<T>(
        &mut self,
        cx: &Context,
        tx: &mut Tx<'_>,
        (line, clocks): (LineId, Clocks),
        entries: &[Entry],
        with: impl FnOnce(&ServiceLine, &Vantage<'_>) -> T,
    ) -> Result<T> {
        self.line(tx, line)?;
        let (line, baselines) = &self.lines[&line];
        let trade = IndustryPolicy::new(&self.policy, self.industries, Some(&line.industry));
        let currency = currency_of(entries);
        let vantage = Vantage {
            as_of: clocks.day(line.now(cx))?,
            known_at: clocks.known_at,
            zone: &cx.zone,
            policy: &trade,
            baseline: currency.and_then(|currency| baselines.get(currency.code())),
        };
        Ok(with(line, &vantage))
    }

    pub(super) fn card(
        &mut self,
        cx: &Context,
        tx: &mut Tx<'_>,
        (account, line): (AccountId, LineId),
        entries: &[Entry],
        after: Option<&Aged>,
    ) -> Result<Card> {
        let (currency, policy) = (currency_of(entries), self.serial);
        let last = entries.iter().map(|entry| entry.recorded_at).max();
        self.look(cx, tx, line, entries, |of, vantage| {
            let after = after.filter(|one| one.is_of(vantage)).map(|one| one.stood);
            let (decision, history) = fit::decided_in(entries, vantage, after);
            let days = days(&history, vantage);
            let rank = decision.contribution(DimensionName::Spend).and_then(|line| line.x).unwrap_or(-1);
            Card {
                account,
                line,
                net: currency.map_or(0, |_| net(entries, vantage)),
                currency: currency.map_or(String::new(), |currency| currency.code().to_owned()),
                purchases: i64::try_from(history.kept().count()).unwrap_or(i64::MAX),
                spend_rank: rank,
                days,
                decision,
                said: None,
                preference: wanted(cx, entries),
                policy,
                industry: of.industry.clone(),
                // What it knew was on record by then, whatever clock wrote it down.
                decided_at: last.map_or(cx.now.micros, |last| last.max(cx.now.micros)),
            }
        })
    }
}

/// How they want to be dealt with, by what was stated up to today: whatever day counts as now on the line.
fn wanted(cx: &Context, entries: &[Entry]) -> Option<Dealing> {
    let stated = entries.iter().filter(|entry| matches!(entry.fact, Fact::Preference(_)));
    let mut stated: Vec<_> = stated.map(|entry| (entry.occurred.day(&cx.zone), entry)).collect();
    stated.retain(|(day, _)| *day <= cx.today());
    stated.sort_by(|(day, one), (other_day, other)| day.cmp(other_day).then_with(|| of_a_day(one, other)));
    Preferences::of(stated).in_force().map(|word| word.said.dealing())
}

/// The one currency of these facts; none where there is none, or more than one.
pub fn currency_of(entries: &[Entry]) -> Option<Currency> {
    let mut currencies = entries.iter().filter_map(|entry| entry.currency);
    let first = currencies.next()?;
    currencies.all(|other| other == first).then_some(first)
}

/// What they paid less what went back by the day that is looked from, signed: what stands in the books, whatever it was
/// paid for.
fn net(entries: &[Entry], vantage: &Vantage<'_>) -> i64 {
    let happened = |entry: &&Entry| entry.occurred.day(vantage.zone) <= vantage.as_of;
    entries.iter().filter(happened).fold(0i64, |net, entry| match &entry.fact {
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
