//! Personalization: was it made for them?

use speech::say;

use timeline::{FactId, fact::Offer};

use crate::{
    Dimension, DimensionName, History,
    exact::{floor, narrow},
    history::Bought,
    phrase,
};

/// Permille of net spend with scope, price or deliverable of their own.
pub struct Personalization;

impl Dimension for Personalization {
    fn name(&self) -> DimensionName {
        DimensionName::Personalization
    }

    fn measure(&self, history: &History) -> Option<i64> {
        if history.mixed_currencies().is_some() {
            return None;
        }
        let custom = &history.policy().policy.credit.custom;
        let (mut spent, mut known, mut made) = (0i128, 0i128, 0i128);
        for one in history.kept() {
            let (net, left) = (i128::from(one.net), history.days_left(one.period(history.now()).1));
            let weight = net * i128::from(left);
            spent += weight;
            if says(one) {
                known += weight;
                let credit = custom.best(one.body.custom.as_deref().unwrap_or_default());
                made += net * i128::from(left.saturating_mul(credit));
            }
        }
        let rest = agreed(history);
        if known == 0 || 2 * known < spent {
            return rest;
        }
        let rest = i128::from(rest.unwrap_or(history.policy().policy.credit.unsaid));
        let sure = floor(1000 * (2 * known - spent), spent);
        Some(narrow(rest + floor((floor(made, known) - rest) * sure, 1000)))
    }

    fn version(&self, history: &History) -> i64 {
        let is_told = !history.contracts().is_empty() || history.ever_bought().iter().any(says);
        if is_told { history.of_today() } else { 0 }
    }

    fn facts(&self, history: &History) -> Vec<FactId> {
        let said = history.kept().filter(|one| says(one)).map(|one| one.id);
        let papers = history.in_force().filter(|one| one.body.custom.is_some()).map(|one| one.id);
        said.chain(papers).collect()
    }

    fn evidence(&self, history: &History) -> String {
        if history.mixed_currencies().is_some() {
            return phrase::two_currencies();
        }
        if self.measure(history).is_none() {
            return say!("No evidence: whether anything was made for them is not recorded").into_owned();
        }
        let said: Vec<&Bought> = history.kept().filter(|one| says(one)).collect();
        let made =
            said.iter().filter(|one| one.body.custom.as_ref().is_some_and(|made| !made.is_empty())).count();
        match (said.len(), made) {
            (0, _) => say!("Scope, price or deliverable of their own is agreed in the contract").into_owned(),
            (_, 0) => say!("Nothing made for them").into_owned(),
            (all, made) => say!(
                "{made} of {n} purchase with scope, price or deliverable of their own"
                    | "{made} of {n} purchases with scope, price or deliverable of their own" % all
            ),
        }
    }
}

/// It tells what was made for them; nothing made on a subscription is what service bought has told already.
fn says(one: &Bought) -> bool {
    let made = one.body.custom.as_ref();
    made.is_some_and(|made| !made.is_empty() || one.body.offer != Some(Offer::Subscription))
}

/// What the contracts in force agree on, in the mean.
fn agreed(history: &History) -> Option<i64> {
    let custom = &history.policy().policy.credit.custom;
    let papers = history.in_force().filter_map(|one| one.body.custom.as_deref());
    let (sum, papers) = papers.fold((0, 0), |(sum, n), made| (sum + custom.best(made), n + 1));
    (0 < papers).then(|| sum / papers)
}
