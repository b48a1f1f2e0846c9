//! The spectrum of the book: strength of evidence against what they brought, counted by cells, and point by point where
//! they are few.

use ::store::{DataClass, Tx};
use kernel::{Context, Currency, Permission, Result};
use schemars::JsonSchema;
use serde::Serialize;
use slice::{Act, Head, Method};

use super::{
    filter::{Filter, search},
    picture::Picture,
};
use crate::{
    Class, Fit,
    store::{
        book::{Search, Span},
        policy, totals,
        totals::Sum,
    },
};

pub(super) const SPECTRUM: Head = Head {
    name: "relationships.spectrum",
    act: Act::Read,
    method: Method::Get,
    path: "/relationships/spectrum",
    command: "relationships spectrum",
    permission: Permission::Read,
    class: DataClass::Personal,
    sentence: "Shows strength of evidence against what they brought, in one currency: counts by cells, and each relationship \
               where they are few; filtered as the list is.",
    examples: &[
        "mainstay relationships spectrum --currency EUR",
        "mainstay relationships spectrum --line Shop --strength-from 0.4 --strength-to 0.7 -o json",
    ],
};

/// Strength against net, in one currency.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Spectrum {
    /// The currency: the one that was asked for, else the one that most have. Empty where nobody has any.
    pub currency: String,
    /// Every currency that matches, with how many in it have a strength of evidence; currencies are never added.
    pub currencies: Vec<SpectrumCurrency>,
    /// How many relationships are in the picture.
    pub count: i64,
    /// Counting stopped at 50,000 matches, since the filter asks for more than the kept counts know; the picture is of those.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub at_least: bool,
    /// At or below this strength a client stops being one; in parts per million.
    pub stop_ppm: i64,
    /// At or above this strength a customer becomes a client; in parts per million.
    pub begin_ppm: i64,
    /// How many lie between the two, where a relationship keeps the class it had; absent where the bounds of the policy lie
    /// within a step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub between: Option<i64>,
    /// Steps of strength, the weakest first; those without anybody are left out.
    pub steps: Vec<SpectrumStep>,
    /// Cells of strength and net; those without anybody are left out.
    pub cells: Vec<SpectrumCell>,
    /// Each relationship, where there are at most 2,000.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<SpectrumPoint>,
    /// How many match and are not drawn, since they have no strength of evidence: prospects, former ones, those with not
    /// enough evidence.
    pub without_strength: i64,
    /// How many have a strength and are not drawn, since they brought no money, or money in several currencies.
    pub without_currency: i64,
}

/// A currency of the book.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SpectrumCurrency {
    /// Its code.
    pub currency: String,
    /// How many in it have a strength of evidence.
    pub count: i64,
}

/// How many, by class and by service fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SpectrumCounts {
    /// Customers.
    pub customers: i64,
    /// Clients.
    pub clients: i64,
    /// Served as they should be.
    pub fits: i64,
    /// Who get less than owed.
    pub under_served: i64,
    /// Who get more than they asked for.
    pub over_served: i64,
    /// Of whom it is not on record.
    pub not_known: i64,
}

/// Everybody whose strength lies between two bounds.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SpectrumStep {
    /// At least this strength, parts per million.
    pub from_ppm: i64,
    /// Below this strength, parts per million; the last step holds the greatest strength as well.
    pub to_ppm: i64,
    /// How many.
    pub counts: SpectrumCounts,
    /// What they brought less what went back, in major units.
    pub net: String,
}

/// Everybody whose strength and net lie between bounds.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SpectrumCell {
    /// At least this strength, parts per million.
    pub from_ppm: i64,
    /// Below this strength, parts per million; the last step holds the greatest strength as well.
    pub to_ppm: i64,
    /// At least this net, in major units; absent in the lowest cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub net_from: Option<String>,
    /// Below this net, in major units; absent in the highest cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub net_to: Option<String>,
    /// How many.
    pub counts: SpectrumCounts,
}

/// One relationship.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SpectrumPoint {
    /// Its id.
    pub id: String,
    /// The name of the account.
    pub name: String,
    /// customer or client.
    pub class: String,
    /// Served as what it is?
    pub fit: String,
    /// Strength of evidence with two decimals.
    pub strength: String,
    /// The same in parts per million.
    pub strength_ppm: i64,
    /// What they brought less what went back, in major units.
    pub net: String,
}

impl SpectrumCounts {
    /// SpectrumCounts so many more.
    pub(super) fn add(&mut self, class: Class, fit: Fit, count: i64) {
        match class {
            Class::Client => self.clients += count,
            _ => self.customers += count,
        }
        match fit {
            Fit::Fits => self.fits += count,
            Fit::UnderServed => self.under_served += count,
            Fit::OverServed => self.over_served += count,
            Fit::NotKnown | Fit::NotJudged => self.not_known += count,
        }
    }

    /// With the others as well.
    #[must_use]
    pub fn with(mut self, other: &SpectrumCounts) -> SpectrumCounts {
        self.customers += other.customers;
        self.clients += other.clients;
        self.fits += other.fits;
        self.under_served += other.under_served;
        self.over_served += other.over_served;
        self.not_known += other.not_known;
        self
    }

    /// How many in all.
    pub fn all(&self) -> i64 {
        self.customers + self.clients
    }
}

/// Draws the spectrum. What the filter says of order and page means nothing here.
///
/// # Errors
/// As [`super::list`].
pub fn spectrum(cx: &Context, tx: &mut Tx<'_>, input: Filter) -> Result<Spectrum> {
    let viewer = cx.actor.number();
    let asked = search(cx, tx, &input)?;
    let judged = asked.classes.iter().copied().filter(|class| class.is_judged()).collect();
    let drawn = Search { classes: judged, ..asked.clone() };
    let (sums, more) = with_strength(tx, viewer, &drawn)?;
    let of = |bare: bool| sums.iter().filter(move |(code, _, _)| code.is_empty() == bare);
    let most = of(false).min_by_key(|(_, count, _)| -count);
    let currency = drawn.currency.or_else(|| Currency::parse(&most?.0).ok());
    let policy = policy::in_force(tx)?.0;
    let rules = &policy.rules;
    let picture = match currency {
        Some(currency) if !drawn.classes.is_empty() => {
            let search = Search { currency: Some(currency), ..drawn };
            Picture::of(tx, viewer, &search, [rules.stop_permille, rules.become_permille])?
        }
        _ => Picture::default(),
    };
    Ok(Spectrum {
        currencies: of(false)
            .map(|(code, n, _)| SpectrumCurrency { currency: code.clone(), count: *n })
            .collect(),
        count: picture.count,
        at_least: picture.at_least,
        stop_ppm: rules.stop_permille * 1000,
        begin_ppm: rules.become_permille * 1000,
        between: picture.between,
        steps: picture.steps(currency),
        cells: picture.cells(),
        points: picture.points(cx, currency),
        without_strength: if more { 0 } else { without_strength(tx, viewer, &asked, &sums)? },
        without_currency: of(true).map(|(_, count, _)| count).sum(),
        currency: currency.map_or(String::new(), |currency| currency.code().to_owned()),
    })
}

/// Per currency, how many have a strength; true when counting stopped early.
fn with_strength(tx: &mut Tx<'_>, viewer: i64, drawn: &Search) -> Result<(Vec<Sum>, bool)> {
    if drawn.classes.is_empty() {
        return Ok((Vec::new(), false));
    }
    let search = Search { currency: None, net: Span::ALL, ..drawn.with_strength() };
    totals::totals(tx, viewer, &search)
}

/// How many match that have none; nobody is said to be left out of a range that was asked for.
fn without_strength(tx: &mut Tx<'_>, viewer: i64, asked: &Search, sums: &[Sum]) -> Result<i64> {
    if asked.strength != Span::ALL || asked.currency.is_some() || asked.net != Span::ALL {
        return Ok(0);
    }
    let all = |sums: &[Sum]| sums.iter().map(|(_, count, _)| count).sum::<i64>();
    Ok((all(&totals::totals(tx, viewer, asked)?.0) - all(sums)).max(0))
}
