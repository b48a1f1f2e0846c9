//! Recall: a decision again, on the grounds on which it stood: the facts on record at that moment, its policy, its trade,
//! its ranks of spend.

use std::{
    borrow::Cow,
    collections::{HashMap, hash_map},
    sync::Arc,
};

use ::store::Tx;
use kernel::{Context, Day, Result};
use speech::say;
use timeline::{
    Entry, LineId,
    store::{self as facts, Remembered},
};

use super::currency_of;
use crate::{
    Baseline, Industries, IndustryPolicy, Policy, Vantage,
    store::{baseline, log::Stood, policy},
};

/// What earlier decisions stood on, read once each.
pub struct Recall {
    industries: &'static Industries,
    policies: HashMap<i64, Option<Arc<Policy>>>,
    baselines: HashMap<LineId, Vec<(String, Baseline)>>,
}

/// What a decision stood on besides the facts.
#[derive(Clone, Debug)]
pub struct Footing {
    /// The day it was for.
    pub as_of: Day,
    /// The policy.
    pub policy: Arc<Policy>,
    /// Our trade on the line.
    pub industry: String,
    /// The version of the ranks of spend; nothing where there were none.
    pub baseline: Option<i64>,
}

/// Why a decision cannot be made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lost {
    /// It was written down before its grounds were.
    Unnamed,
    /// Its policy shipped with an earlier version of the program.
    Policy,
    /// Its ranks of spend went with the files they rested on.
    Baseline,
    /// Facts went from one account to another since, with a merge or its undoing.
    Merged,
}

impl Lost {
    /// The reason in words.
    pub fn sentence(self) -> Cow<'static, str> {
        match self {
            Lost::Unnamed => {
                say!(
                    "it was written down before decisions named what they stand on, or before every day was decided"
                )
            }
            Lost::Policy => say!("its policy shipped with another version of the program"),
            Lost::Baseline => say!("its ranks of spend went with the files they rested on"),
            Lost::Merged => {
                say!("facts went from one account to another since, by a merge or its undoing")
            }
        }
    }
}

impl Recall {
    /// Nothing is read yet.
    ///
    /// # Errors
    /// None in a build whose tests pass.
    pub fn new() -> Result<Recall> {
        Ok(Recall { industries: Industries::shared()?, policies: HashMap::new(), baselines: HashMap::new() })
    }

    /// What that decision stood on; or why it is not known any more.
    ///
    /// # Errors
    /// `store.statement`, `policy.*` for a stored text that this version cannot read.
    pub fn footing(
        &mut self,
        tx: &mut Tx<'_>,
        stood: &Stood,
        as_of: Day,
    ) -> Result<std::result::Result<Footing, Lost>> {
        if stood.policy < 0 {
            return Ok(Err(Lost::Unnamed));
        }
        let known = match self.policies.get(&stood.policy) {
            Some(known) => known.clone(),
            None => {
                let known = policy::numbered(tx, stood.policy)?;
                self.policies.insert(stood.policy, known.clone());
                known
            }
        };
        let same = |policy: &Arc<Policy>| {
            *policy.name == stood.policy_name && *policy.version == stood.policy_version
        };
        Ok(match known.filter(same) {
            None => Err(Lost::Policy),
            Some(policy) => {
                let (industry, baseline) = (stood.industry.clone(), stood.baseline);
                Ok(Footing { as_of, policy, industry, baseline })
            }
        })
    }

    /// Looks at facts from there.
    ///
    /// # Errors
    /// `store.statement`, `baseline.format`.
    pub fn look<T>(
        &mut self,
        cx: &Context,
        tx: &mut Tx<'_>,
        (line, footing): (LineId, &Footing),
        entries: &[Entry],
        with: impl FnOnce(&Vantage<'_>) -> T,
    ) -> Result<std::result::Result<T, Lost>> {
        let industries = self.industries;
        let ranks = match (footing.baseline, currency_of(entries)) {
            (Some(version), Some(currency)) => match self.baseline(tx, line, currency.code(), version)? {
                None => return Ok(Err(Lost::Baseline)),
                ranks => ranks,
            },
            _ => None,
        };
        let trade = IndustryPolicy::new(&footing.policy, industries, Some(&footing.industry));
        Ok(Ok(with(&Vantage {
            as_of: footing.as_of,
            known_at: None,
            zone: &cx.zone,
            policy: &trade,
            baseline: ranks,
        })))
    }

    fn baseline(
        &mut self,
        tx: &mut Tx<'_>,
        line: LineId,
        currency: &str,
        version: i64,
    ) -> Result<Option<&Baseline>> {
        let all = match self.baselines.entry(line) {
            hash_map::Entry::Occupied(known) => known.into_mut(),
            hash_map::Entry::Vacant(place) => place.insert(baseline::all(tx, line)?),
        };
        let found = all.iter().find(|(of, ranks)| of == currency && ranks.version() == version);
        Ok(found.map(|(_, ranks)| ranks))
    }
}

/// The facts of a relationship that were on record at a moment, in the order of time.
pub fn on_record(all: &[Remembered], line: LineId, moment: i64) -> Vec<Entry> {
    let own = all.iter().filter(|one| one.entry.line == line || one.entry.line.0 == 0);
    own.filter(|one| one.stood(moment)).map(|one| one.entry.clone()).collect()
}

/// Everything that was ever on record about an account.
///
/// # Errors
/// `store.statement`, `timeline.body`.
pub fn remembered(tx: &mut Tx<'_>, account: timeline::AccountId) -> Result<Vec<Remembered>> {
    Ok(facts::remembered(tx, &[account])?.remove(&account).unwrap_or_default())
}
