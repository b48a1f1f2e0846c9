//! Industry packs: a weak prior, what cannot be measured in a trade, and the rhythm of the trade.

use std::{collections::BTreeMap, sync::OnceLock};

use kernel::{Problem, Result};
use serde::Deserialize;
use speech::say;

use super::{Former, Policy, Windows, check};
use crate::{DimensionName, dimension::COUNT};

/// The packs that ship with the house.
const SHIPPED: &str = include_str!("../../policies/industries.toml");
/// No prior beyond this, thousandths of log-odds.
const MOST_PRIOR: i64 = 10_000;

/// What the trades are like.
#[derive(Clone, Debug, PartialEq)]
pub struct Industries {
    /// The version of the file.
    pub version: String,
    packs: BTreeMap<String, Pack>,
}

/// What one trade is like.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Pack {
    /// Log-odds of client before anything is known, thousandths.
    pub prior: i64,
    /// What cannot be measured in this trade: it never contributes and is left out of the coverage.
    pub not_applicable: Vec<DimensionName>,
    /// Limits of silence that differ here, days.
    pub former: BTreeMap<String, i64>,
    /// Windows that differ here, days.
    pub windows: BTreeMap<String, i64>,
}

impl Industries {
    /// Reads a file of packs.
    ///
    /// # Errors
    /// `industries.format` for what is not such a TOML file, `industries.invalid` for a prior out of all
    /// proportion or a window that no policy has.
    pub fn parse(text: &str) -> Result<Industries> {
        #[derive(Deserialize)]
        struct File {
            version: String,
            #[serde(flatten)]
            packs: BTreeMap<String, Pack>,
        }
        let file: File = toml::from_str(text).map_err(|cause| {
            Problem::invalid(
                "industries",
                "industries.format",
                say!("cannot read the industries: {}", cause.message()),
            )
        })?;
        let ground = Policy::shipped("default")?;
        for (name, pack) in &file.packs {
            pack.check(name, &ground)?;
        }
        Ok(Industries { version: file.version, packs: file.packs })
    }

    /// Those that ship with the house.
    ///
    /// # Errors
    /// None in a build whose tests pass.
    pub fn shipped() -> Result<Industries> {
        Industries::parse(SHIPPED)
    }

    /// The same, read once: reading them costs more than a decision.
    ///
    /// # Errors
    /// None in a build whose tests pass.
    pub fn shared() -> Result<&'static Industries> {
        static READ: OnceLock<Industries> = OnceLock::new();
        match READ.get() {
            Some(known) => Ok(known),
            None => Industries::shipped().map(|read| READ.get_or_init(|| read)),
        }
    }

    /// The pack of a trade, where there is one.
    pub fn pack(&self, industry: &str) -> Option<&Pack> {
        self.packs.get(industry)
    }

    /// The names of the trades.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.packs.keys().map(String::as_str)
    }

    /// The weakest and the strongest prior, 0 (an unknown trade) included; thousandths.
    pub fn priors(&self) -> (i64, i64) {
        let priors = || self.packs.values().map(|pack| pack.prior);
        (priors().min().unwrap_or(0).min(0), priors().max().unwrap_or(0).max(0))
    }
}

impl Pack {
    fn check(&self, name: &str, ground: &Policy) -> Result<()> {
        let wrong = |why: String| {
            Problem::invalid(name, "industries.invalid", say!("cannot use the industry {name}: {why}"))
        };
        if self.prior < -MOST_PRIOR || MOST_PRIOR < self.prior {
            return Err(wrong(say!(
                "its prior is {} and must lie between -{MOST_PRIOR} and {MOST_PRIOR}",
                self.prior
            )));
        }
        let (mut windows, mut former) = (ground.windows.clone(), ground.former.clone());
        if let Some(unknown) = self.windows.iter().find(|(name, days)| !windows.set(name, **days)) {
            return Err(wrong(say!("no policy has a window {:?}", unknown.0)));
        }
        if let Some(unknown) = self.former.iter().find(|(name, days)| !former.set(name, **days)) {
            return Err(wrong(say!("no policy has a limit {:?}", unknown.0)));
        }
        check::windows(&windows)?;
        check::former(&former)
    }
}

/// A policy as it holds for one trade.
#[derive(Clone, Debug)]
pub struct IndustryPolicy<'p> {
    /// The policy.
    pub policy: &'p Policy,
    /// Its windows, with those of the trade.
    pub windows: Windows,
    /// Its limits of silence, with those of the trade.
    pub former: Former,
    /// The prior of the trade, thousandths; 0 for an unknown one.
    pub prior: i64,
    applicable: [bool; COUNT],
    /// Sum of upper less lower bounds of what can be measured, millionths.
    pub(crate) reach: i64,
}

impl<'p> IndustryPolicy<'p> {
    /// The policy for that trade; an unknown trade has prior 0 and changes nothing.
    ///
    /// ```
    /// use relationship::{Industries, IndustryPolicy, Policy};
    /// let (policy, industries) = (Policy::shipped("default").unwrap(), Industries::shipped().unwrap());
    /// assert_eq!(IndustryPolicy::new(&policy, &industries, Some("law")).prior, 500);
    /// ```
    pub fn new(policy: &'p Policy, industries: &Industries, industry: Option<&str>) -> IndustryPolicy<'p> {
        let (mut windows, mut former) = (policy.windows.clone(), policy.former.clone());
        let unknown = Pack::default();
        let pack = industry.and_then(|name| industries.pack(name)).unwrap_or(&unknown);
        for (name, days) in &pack.windows {
            windows.set(name, *days);
        }
        for (name, days) in &pack.former {
            former.set(name, *days);
        }
        let mut applicable = [true; COUNT];
        for name in &pack.not_applicable {
            applicable[*name as usize] = false;
        }
        let reach = |(name, curve): (DimensionName, &super::Curve)| {
            if applicable[name as usize] { (curve.upper - curve.lower) * 1000 } else { 0 }
        };
        let reach = policy.curves.iter().map(reach).sum();
        IndustryPolicy { policy, windows, former, prior: pack.prior, applicable, reach }
    }

    /// Whether that can be measured in this trade.
    pub fn applies(&self, name: DimensionName) -> bool {
        self.applicable[name as usize]
    }

    /// The contribution of the trade, millionths.
    pub fn prior_micro(&self) -> i64 {
        self.prior * self.policy.rules.industry_weight
    }
}
