//! Adding the figures up, contract by contract.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use kernel::{Currency, Day, Money};

use super::{
    Figures, LeavingFigures, MoneyFigures, Part, Reason, RefundFigure, Tenure, Trials, UsageFigures,
    term_name,
};
use crate::{
    contract::NEVER,
    fraction::{Fraction, median, percent},
    period::months_between,
    rate::Rate,
    words::{LeavingKind, TermType},
};

/// A contract for the figures.
#[derive(Clone, Debug)]
pub struct Counted {
    /// Whose it is.
    pub account: i64,
    /// The service line.
    pub line: i64,
    /// Fixed or open-ended.
    pub term: TermType,
    /// The months of its term; 0 for none.
    pub months: i64,
    /// The first day.
    pub start: Day,
    /// The first day on which it no longer holds.
    pub ended: Day,
    /// Nobody left: it was renewed or replaced.
    pub goes_on: bool,
    /// It begins with a trial, or is one.
    pub trial: bool,
    /// The first day on which something is paid.
    pub paid_from: Day,
    /// What was billed, where a source says.
    pub billed: Option<i64>,
    /// The currency.
    pub currency: Option<Currency>,
}

/// What is known of an account.
#[derive(Clone, Copy, Debug)]
struct Known {
    first_trial: Day,
    last_paid: Day,
    running: bool,
    ended: bool,
    flagged: bool,
    told: bool,
}

const NOTHING: Known = Known {
    first_trial: NEVER,
    last_paid: Day(i32::MIN),
    running: false,
    ended: false,
    flagged: false,
    told: false,
};

/// Money of one currency.
#[derive(Clone, Debug, Default)]
struct Sums {
    recurring: Fraction,
    lost: Fraction,
    billed: i64,
    billed_contracts: i64,
    accounts: HashMap<i64, Fraction>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    running: i64,
    ended: i64,
}

/// The figures as they are added up.
#[derive(Debug)]
pub struct Adding {
    day: Day,
    longer_than: i64,
    all: Tally,
    terms: BTreeMap<(&'static str, i64), Tally>,
    lines: BTreeMap<i64, Tally>,
    running_months: BTreeMap<i32, i64>,
    ended_months: BTreeMap<i32, i64>,
    longer: [i64; 2],
    accounts: HashMap<i64, Known>,
    money: BTreeMap<Currency, Sums>,
    reasons: BTreeMap<String, i64>,
    refunds: BTreeMap<Currency, (i64, i64)>,
    usage: UsageFigures,
}

impl Adding {
    /// The figures on a day; `longer_than` are the months of [`Tenure::months`].
    pub fn on(day: Day, longer_than: i64) -> Adding {
        Adding {
            day,
            longer_than,
            all: Tally::default(),
            terms: BTreeMap::new(),
            lines: BTreeMap::new(),
            running_months: BTreeMap::new(),
            ended_months: BTreeMap::new(),
            longer: [0; 2],
            accounts: HashMap::new(),
            money: BTreeMap::new(),
            reasons: BTreeMap::new(),
            refunds: BTreeMap::new(),
            usage: UsageFigures::default(),
        }
    }

    /// Counts a contract that has begun by the day.
    pub fn contract(&mut self, one: &Counted) {
        let ended = one.ended <= self.day;
        let known = self.accounts.entry(one.account).or_insert(NOTHING);
        known.running |= !ended;
        known.ended |= ended && !one.goes_on;
        if one.trial {
            known.first_trial = known.first_trial.min(one.start);
        }
        if one.paid_from <= self.day {
            known.last_paid = known.last_paid.max(one.paid_from);
        }
        if let (Some(billed), Some(currency)) = (one.billed, one.currency) {
            let sums = self.money.entry(currency).or_default();
            sums.billed = sums.billed.saturating_add(billed);
            sums.billed_contracts += 1;
        }
        // Its term goes on as another one, which is counted.
        if ended && one.goes_on {
            return;
        }
        let months = months_between(one.start, one.ended.min(self.day));
        let lasted = if ended { &mut self.ended_months } else { &mut self.running_months };
        *lasted.entry(months).or_default() += 1;
        let longer = i64::from(self.longer_than < i64::from(months));
        self.longer[usize::from(one.term == TermType::OpenEnded)] += longer;
        let term = self.terms.entry((one.term.as_str(), one.months)).or_default();
        for tally in [&mut self.all, term, self.lines.entry(one.line).or_default()] {
            let count = if ended { &mut tally.ended } else { &mut tally.running };
            *count += 1;
        }
    }

    /// Counts what recurs on the day, or recurred when its contract ended for good.
    pub fn rate(&mut self, account: i64, currency: Currency, rate: &Rate) {
        let (top, under) = rate.monthly();
        let sums = self.money.entry(currency).or_default();
        if rate.until <= self.day {
            sums.lost.add(top, under);
            return;
        }
        sums.recurring.add(top, under);
        sums.accounts.entry(account).or_default().add(top, under);
    }

    /// Counts the use of one account on one line: all of it, what of it was before its first contract, and what later on
    /// days on which none held.
    pub fn used(&mut self, told: i64, before: i64, without: i64) {
        let usage = &mut self.usage;
        (usage.told, usage.before, usage.without) =
            (usage.told + told, usage.before + before, usage.without + without);
        usage.before_accounts += i64::from(0 < before);
        usage.without_accounts += i64::from(0 < without);
    }

    /// Counts what a source tells of somebody having left.
    pub fn leaving(&mut self, account: i64, kind: LeavingKind, reason: &str, refund: Option<Money>) {
        let known = self.accounts.entry(account).or_insert(NOTHING);
        match kind {
            LeavingKind::Flag => known.flagged = true,
            LeavingKind::Event => known.told = true,
        }
        if !reason.is_empty() {
            *self.reasons.entry(reason.to_owned()).or_default() += 1;
        }
        if let Some(money) = refund.filter(|money| 0 < money.amount) {
            let (count, amount) = self.refunds.entry(money.currency).or_default();
            (*count, *amount) = (*count + 1, amount.saturating_add(money.amount));
        }
    }

    /// The numbers of the accounts that recur most, of every currency.
    pub fn top(&self) -> BTreeMap<Currency, Vec<(i64, Fraction)>> {
        let of = |sums: &Sums| {
            let mut all: Vec<_> = sums.accounts.iter().map(|(account, sum)| (*account, *sum)).collect();
            all.sort_by(|one, other| other.1.order(one.1).then(one.0.cmp(&other.0)));
            all.truncate(10);
            all.retain(|(_, sum)| !sum.is_zero());
            all
        };
        self.money.iter().map(|(currency, sums)| (*currency, of(sums))).collect()
    }

    /// What it all comes to; `line` names a service line, and `top` the accounts that recur most.
    pub fn figures(
        &self,
        line: impl Fn(i64) -> String,
        mut top: impl FnMut(Currency) -> Vec<super::TopAccount>,
    ) -> Figures {
        let of = |test: fn(&Known) -> bool| count(self.accounts.values().filter(|known| test(known)).count());
        Figures {
            day: self.day.to_string(),
            contracts: self.all.running + self.all.ended,
            running: self.all.running,
            ended: self.all.ended,
            ended_share: share(self.all),
            accounts: of(|known| known.running || known.ended),
            running_accounts: of(|known| known.running),
            terms: self.terms.iter().map(|((kind, n), tally)| part(term_name(kind, *n), *tally)).collect(),
            lines: self.lines.iter().map(|(place, tally)| part(line(*place), *tally)).collect(),
            money: self.money.iter().map(|(currency, sums)| money(*currency, sums, top(*currency))).collect(),
            tenure: Tenure {
                running_median: median(&self.running_months),
                ended_median: median(&self.ended_months),
                months: self.longer_than,
                fixed_longer: self.longer[0],
                open_ended_longer: self.longer[1],
            },
            trials: Trials {
                accounts: of(|known| known.first_trial != NEVER),
                paid_after: of(|known| known.first_trial != NEVER && known.first_trial <= known.last_paid),
            },
            leaving: LeavingFigures {
                flagged: of(|known| known.flagged),
                told: of(|known| known.told),
                ended: of(|known| known.ended),
                all_three: of(|known| known.flagged && known.told && known.ended),
                flagged_and_running: of(|known| known.flagged && known.running),
                ended_and_running: of(|known| known.ended && known.running),
                reasons: self.reasons(),
                refunds: self.refunds(),
            },
            usage: self.usage,
        }
    }

    fn reasons(&self) -> Vec<Reason> {
        let mut reasons: Vec<_> = self
            .reasons
            .iter()
            .map(|(reason, count)| Reason { reason: reason.clone(), count: *count })
            .collect();
        reasons.sort_by_key(|reason| Reverse(reason.count));
        reasons
    }

    fn refunds(&self) -> Vec<RefundFigure> {
        let one = |(currency, (count, amount)): (&Currency, &(i64, i64))| RefundFigure {
            currency: *currency,
            count: *count,
            amount: Money::new(*amount, *currency).decimal(),
        };
        self.refunds.iter().map(one).collect()
    }
}

fn part(name: String, tally: Tally) -> Part {
    let contracts = tally.running + tally.ended;
    Part { name, contracts, running: tally.running, ended: tally.ended, ended_share: share(tally) }
}

fn share(tally: Tally) -> String {
    percent(i128::from(tally.ended), i128::from(tally.running + tally.ended))
}

fn money(currency: Currency, sums: &Sums, top_accounts: Vec<super::TopAccount>) -> MoneyFigures {
    let mut both = sums.recurring;
    let (lost, under) = sums.lost.parts();
    both.add(lost, under);
    let (all, all_under) = both.parts();
    MoneyFigures {
        currency,
        recurring: sums.recurring.decimal(currency),
        lost: sums.lost.decimal(currency),
        lost_share: percent(lost.saturating_mul(all_under), all.saturating_mul(under)),
        billed: Money::new(sums.billed, currency).decimal(),
        billed_contracts: sums.billed_contracts,
        top_accounts,
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
