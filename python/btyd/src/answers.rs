//! Questions asked of many customers at once.

use btyd::{Ask, BgNbd, Customer, Discount, Fit, History, Interval, Model, Purchases, Question, Span, Unit};
use rayon::prelude::*;

use crate::fitted::{AnyModel, with_model};
use crate::seen::Seen;

/// Which question; its one or two numbers come with each row.
#[derive(Clone, Copy)]
pub enum Asked {
    /// Active after the first number.
    Active,
    /// Purchases between the two numbers.
    Expected,
    /// Purchases of a newcomer within the first number.
    Newcomer,
    /// Exactly so many purchases (the first number) of a newcomer within the second.
    Count,
    /// Purchases up to the first number discounted at the second, per unit and continuously.
    Discounted,
}

impl Asked {
    /// The question of this name.
    pub fn named(name: &str) -> Option<Asked> {
        Some(match name {
            "active" => Asked::Active,
            "expected" => Asked::Expected,
            "newcomer" => Asked::Newcomer,
            "count" => Asked::Count,
            "discounted" => Asked::Discounted,
            _ => return None,
        })
    }

    /// In plain numbers; lengths that are negative or not numbers count as zero, as everywhere in the library.
    fn with(self, a: f64, b: f64) -> Ask {
        match self {
            Asked::Active => Ask::Active(length(a)),
            Asked::Expected => Ask::Expected(length(a), length(b)),
            Asked::Newcomer => Ask::Newcomer(length(a)),
            Asked::Count => Ask::Count(count(a), length(b)),
            Asked::Discounted => {
                let horizon = if a == f64::INFINITY { a } else { length(a) };
                Ask::Discounted(horizon, if b.is_finite() { b.clamp(1e-12, 1e3) } else { 1e3 })
            }
        }
    }

    /// In units.
    fn in_unit(self, a: f64, b: f64, unit: Unit) -> Question {
        let span = |length| Span::new(length, unit);
        match self {
            Asked::Active => Question::Active { after: span(a) },
            Asked::Expected => Question::Expected { from: span(a), to: span(b) },
            Asked::Newcomer => Question::Newcomer { within: span(a) },
            Asked::Count => Question::Count { purchases: count(a), within: span(b) },
            Asked::Discounted => Question::Discounted {
                horizon: (a < f64::INFINITY).then(|| span(a)),
                discount: Discount::new(b.exp_m1(), span(1.0)),
            },
        }
    }
}

fn length(value: f64) -> f64 {
    if value > 0.0 { value.min(1e9) } else { 0.0 }
}

fn count(value: f64) -> u32 {
    value.clamp(0.0, f64::from(u32::MAX)) as u32
}

/// The answers, row by row; rows whose numbers are no customer get a NaN, as nothing was checked before.
pub fn answers(
    model: &AnyModel,
    asked: Asked,
    numbers: impl Fn(usize) -> (f64, f64) + Sync,
    seen: Seen<'_>,
) -> Vec<f64> {
    with_model!(model, m => {
        let theta = m.parameters();
        each(seen.frequency.len(), |row| {
            let (a, b) = numbers(row);
            seen.at(row).map_or(f64::NAN, |who| m.solve(&theta, &asked.with(a, b), &who))
        })
    })
}

/// The answers with delta-method limits; `None` where the fit has no covariance.
pub fn limits(
    (model, estimate): (&AnyModel, &btyd::Estimate),
    asked: Asked,
    numbers: impl Fn(usize) -> (f64, f64) + Sync,
    customers: &[Customer],
    level: f64,
) -> Option<Vec<Interval>> {
    estimate.covariance.as_ref()?;
    let unit = model.unit();
    with_model!(model, m => {
        let fit = Fit { model: m.clone(), estimate: estimate.clone() };
        (0..customers.len()).into_par_iter().with_min_len(64).map(|row| {
            let (a, b) = numbers(row);
            fit.interval(asked.in_unit(a, b, unit), &customers[row], level)
        }).collect()
    })
}

/// The probability that each customer makes exactly so many purchases within a time from now; `None` for models of
/// regular buying, whose clock is between two ticks.
///
/// A customer known to be active is a newcomer of the posterior mixtures, to whom leaving "at the first purchase" has
/// not happened: Fader & Hardie (2014), Deriving the conditional PMF of the Pareto/NBD model, section 2, and the same
/// argument for the beta-geometric models.
pub fn conditional_counts(
    model: &AnyModel,
    numbers: impl Fn(usize) -> (f64, f64) + Sync,
    seen: Seen<'_>,
) -> Option<Vec<f64>> {
    let theta = model.parameters();
    let ask = |row| {
        let (n, within) = numbers(row);
        (count(n), length(within))
    };
    let rows = seen.frequency.len();
    Some(match model {
        AnyModel::Cnbd(_) => return None,
        AnyModel::Nbd(m) => {
            each(rows, |row| one(m, &theta, ask(row), seen.at(row), |x, age| [theta[0] + x, theta[1] + age]))
        }
        AnyModel::ParetoNbd(m) => each(rows, |row| {
            one(m, &theta, ask(row), seen.at(row), |x, age| {
                [theta[0] + x, theta[1] + age, theta[2], theta[3] + age]
            })
        }),
        AnyModel::BgNbd(m) => each(rows, |row| {
            one(m, &theta, ask(row), seen.at(row), |x, age| {
                [theta[0] + x, theta[1] + age, theta[2], theta[3] + x]
            })
        }),
        AnyModel::MbgNbd(m) => {
            // One who has just survived a purchase and cannot leave before the next.
            let later = BgNbd::new(m.unit(), [1.0; 4]).ok()?;
            each(rows, |row| {
                let Some(who) = seen.at(row) else { return f64::NAN };
                let active = m.solve(&theta, &Ask::Active(0.0), &who);
                let posterior = [theta[0] + who.x, theta[1] + who.age, theta[2], theta[3] + who.x + 1.0];
                mixed(active, ask(row), |ask| later.solve(&posterior, ask, &NOBODY))
            })
        }
    })
}

/// A customer who has not been observed at all.
const NOBODY: History = History { x: 0.0, recency: 0.0, age: 0.0 };

fn one<M: Purchases, const N: usize>(
    model: &M,
    theta: &[f64],
    ask: (u32, f64),
    who: Option<History>,
    posterior: impl Fn(f64, f64) -> [f64; N],
) -> f64 {
    let Some(who) = who else { return f64::NAN };
    let active = model.solve(theta, &Ask::Active(0.0), &who);
    mixed(active, ask, |ask| model.solve(&posterior(who.x, who.age), ask, &NOBODY))
}

/// Those who have left buy nothing.
fn mixed(active: f64, (n, within): (u32, f64), of_active: impl Fn(&Ask) -> f64) -> f64 {
    let there = active * of_active(&Ask::Count(n, within));
    if n == 0 { there + (1.0 - active) } else { there }
}

fn each(rows: usize, answer: impl Fn(usize) -> f64 + Sync + Send) -> Vec<f64> {
    (0..rows).into_par_iter().with_min_len(256).map(answer).collect()
}
