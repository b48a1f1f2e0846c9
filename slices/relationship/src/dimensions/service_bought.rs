//! Service bought: is it advice or goods?

use speech::say;

use timeline::FactId;

use crate::{
    Dimension, DimensionName, History,
    exact::{floor, narrow},
    history::{Bought, Group, work},
    phrase,
};

/// Permille of net spend on professional service or advice.
pub struct ServiceBought;

impl Dimension for ServiceBought {
    fn name(&self) -> DimensionName {
        DimensionName::ServiceBought
    }

    fn measure(&self, history: &History) -> Option<i64> {
        if history.mixed_currencies().is_some() {
            return None;
        }
        let sources: [fn(&History) -> Mean; 4] = [by_net, by_gross, by_work, by_contract];
        sources.iter().map(|source| source(history)).find(|mean| 0 < mean.rows).and_then(Mean::value)
    }

    fn facts(&self, history: &History) -> Vec<FactId> {
        let known: Vec<FactId> = weighing(history).map(|(one, _)| one.id).collect();
        if !known.is_empty() {
            return known;
        }
        if 0 < by_work(history).rows {
            return super::ids(history.of(Group::Work));
        }
        history.in_force().filter(|one| one.body.offer.is_some()).map(|one| one.id).collect()
    }

    fn evidence(&self, history: &History) -> String {
        let what = match (weighing(history).next().is_some(), history.of(Group::Work).is_empty()) {
            (true, _) => say!("what they paid for"),
            (false, false) => say!("the work for them"),
            (false, true) => say!("what was agreed"),
        };
        match self.measure(history) {
            None if history.mixed_currencies().is_some() => phrase::two_currencies(),
            None => say!("No evidence: what they bought is not known").into_owned(),
            Some(..=0) => say!("Goods, generic services or subscriptions only").into_owned(),
            Some(1000..) => say!("All of {what} was professional service or advice"),
            Some(x) => say!("{} of {what} counts as professional service or advice", phrase::percent(x)),
        }
    }
}

/// A mean of credits by weight; the number of rows that weigh anything.
#[derive(Clone, Copy, Default)]
struct Mean {
    rows: usize,
    weight: i128,
    credit: i128,
}

impl Mean {
    /// Adds a row: its amount for the days that are left of it.
    fn add(mut self, (amount, left, credit): (i64, i64, i64)) -> Mean {
        if amount != 0 && left != 0 {
            self.rows += 1;
            self.weight += i128::from(amount) * i128::from(left);
            self.credit += i128::from(amount) * i128::from(left.saturating_mul(credit));
        }
        self
    }

    fn value(self) -> Option<i64> {
        (self.weight != 0).then(|| narrow(floor(self.credit, self.weight)))
    }
}

/// Purchases of a known offer that have days left, and how many.
fn weighing<'h, 'a>(history: &'h History<'a>) -> impl Iterator<Item = (&'h Bought<'a>, i64)> {
    let known = history.purchases().filter(|one| one.body.offer.is_some());
    known.map(|one| (one, history.days_left(one.period(history.now()).1))).filter(|(_, left)| 0 < *left)
}

fn mean(history: &History, amount: impl Fn(&Bought) -> i64) -> Mean {
    let credits = &history.policy().policy.credit.offer;
    let credit = |one: &Bought| {
        let agreed = one.body.custom.as_ref().is_some_and(|made| !made.is_empty());
        one.body.offer.map_or(credits.professional_service, |offer| credits.of(offer, agreed))
    };
    weighing(history).map(|(one, left)| (amount(one), left, credit(one))).fold(Mean::default(), Mean::add)
}

fn by_net(history: &History) -> Mean {
    mean(history, |one| one.net)
}

/// Where all was given back, what was paid still tells what they came for.
fn by_gross(history: &History) -> Mean {
    mean(history, |one| one.body.amount)
}

fn by_work(history: &History) -> Mean {
    let credits = &history.policy().policy.credit.offer;
    let rows = history.of(Group::Work).iter().filter_map(|seen| Some((seen.day, work(seen)?)));
    let row = rows.map(|(day, work)| {
        let (minutes, left) = (work.minutes, history.days_left(day));
        (minutes, left, work.offer.map_or(credits.professional_service, |offer| credits.of(offer, false)))
    });
    row.fold(Mean::default(), Mean::add)
}

fn by_contract(history: &History) -> Mean {
    let credits = &history.policy().policy.credit.offer;
    let rows = history.in_force().filter_map(|one| {
        let agreed = one.body.custom.as_ref().is_some_and(|made| !made.is_empty());
        one.body.offer.map(|offer| (1, 1, credits.of(offer, agreed)))
    });
    rows.fold(Mean::default(), Mean::add)
}
