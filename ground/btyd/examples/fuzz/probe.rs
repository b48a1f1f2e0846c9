//! One fuzzed input: a model with extreme parameters, a customer, a question; or a tiny base to fit.

use btyd::chance::{Chance, Seeded};
use btyd::{
    Attendance, Attendances, Bdw, BgBb, BgNbd, Cnbd, Contracts, Customer, Customers, Discount, FitError,
    GammaGamma, Leaving, MbgNbd, Model, Nbd, ParetoNbd, Purchases, Question, Sbg, Span, Spend, Unit,
};

/// What happened to the inputs.
#[derive(Debug, Default)]
pub struct Tally {
    /// Answers that were numbers in their range.
    pub answered: u64,
    /// Inputs refused with a typed error.
    pub refused: u64,
    /// Fits inside the box.
    pub fitted: u64,
    /// Fits reported at a boundary.
    pub at_boundary: u64,
    /// Answers that were not numbers, or out of range.
    pub wrong: u64,
}

impl Tally {
    fn check(&mut self, value: f64, most: f64, what: &dyn Fn() -> String) {
        if (0.0..=most).contains(&value) {
            self.answered += 1;
        } else {
            self.wrong += 1;
            println!("{value} for {}", what());
        }
    }
}

/// One input.
pub fn one(chance: &mut Seeded, tally: &mut Tally) {
    match (chance.uniform() * 50.0) as u32 {
        0 => fit(chance, tally),
        1..=4 => renewals(chance, tally),
        5..=8 => attendance(chance, tally),
        9..=11 => spend(chance, tally),
        _ => purchases(chance, tally),
    }
}

/// A positive number: often ordinary, sometimes anywhere between 1e-18 and 1e18.
fn extreme(chance: &mut Seeded) -> f64 {
    let wide = if chance.uniform() < 0.7 { 3.0 } else { 36.0 };
    10f64.powf((chance.uniform() - 0.5) * wide)
}

/// A length of time, sometimes nonsense.
fn span(chance: &mut Seeded) -> f64 {
    match (chance.uniform() * 20.0) as u32 {
        0 => 0.0,
        1 => *pick(chance, &[f64::NAN, f64::INFINITY, -1.0, -0.0, f64::MIN_POSITIVE, f64::MAX]),
        _ => extreme(chance).min(1e7),
    }
}

fn pick<'a, T>(chance: &mut Seeded, from: &'a [T]) -> &'a T {
    &from[(chance.uniform() * from.len() as f64) as usize]
}

fn count(chance: &mut Seeded) -> u32 {
    match (chance.uniform() * 10.0) as u32 {
        0..=2 => 0,
        3..=8 => (chance.uniform() * 20.0) as u32,
        _ => extreme(chance).min(4e9) as u32,
    }
}

fn customer(chance: &mut Seeded) -> Result<Customer, btyd::InputError> {
    let frequency = count(chance);
    let age = span(chance);
    let recency = match (chance.uniform() * 8.0) as u32 {
        0 => age,
        1 => span(chance),
        2 => age * (1.0 - 1e-15),
        _ if frequency == 0 => 0.0,
        _ => age * chance.uniform(),
    };
    Customer::in_unit(*pick(chance, &[Unit::Day, Unit::Week, Unit::Year]), frequency, recency, age)
}

fn question(chance: &mut Seeded) -> (Question, f64) {
    let week = Span::weeks;
    match (chance.uniform() * 5.0) as u32 {
        0 => (Question::Active { after: week(span(chance)) }, 1.0),
        1 => (Question::Expected { from: week(span(chance)), to: week(span(chance)) }, f64::MAX),
        2 => (Question::Newcomer { within: week(span(chance)) }, f64::MAX),
        3 => (Question::Count { purchases: count(chance), within: week(span(chance)) }, 1.0 + 1e-9),
        _ => {
            let horizon = (chance.uniform() < 0.5).then(|| week(span(chance)));
            (Question::Discounted { horizon, discount: Discount::yearly(span(chance)) }, f64::MAX)
        }
    }
}

fn purchases(chance: &mut Seeded, tally: &mut Tally) {
    let Ok(customer) = customer(chance) else {
        tally.refused += 1;
        return;
    };
    let (question, most) = question(chance);
    let p: [f64; 4] = std::array::from_fn(|_| extreme(chance));
    let unit = *pick(chance, &[Unit::Day, Unit::Week, Unit::Month, Unit::Year]);
    let k = 1 + (chance.uniform() * 5.0) as u32;
    let leaving = *pick(chance, &[Leaving::AfterRepeats, Leaving::FromTheFirst]);
    let answer = match (chance.uniform() * 9.0) as u32 {
        0..=2 => BgNbd::new(unit, p).map(|m| m.answer(question, &customer)),
        3 => MbgNbd::new(unit, p).map(|m| m.answer(question, &customer)),
        4..=6 => ParetoNbd::new(unit, p).map(|m| m.answer(question, &customer)),
        7 => Nbd::new(unit, [p[0], p[1]]).map(|m| m.answer(question, &customer)),
        _ => Cnbd::new(unit, k, leaving, p).map(|m| m.answer(question, &customer)),
    };
    match answer {
        Ok(value) => {
            tally.check(value, most, &|| format!("{p:?} {unit} {k} {leaving:?} {customer:?} {question:?}"))
        }
        Err(_) => tally.refused += 1,
    }
    match (chance.uniform() * 6.0) as u32 {
        0 => in_bulk(&BgNbd::new(unit, p), chance, tally),
        1 => in_bulk(&MbgNbd::new(unit, p), chance, tally),
        2 => in_bulk(&ParetoNbd::new(unit, p), chance, tally),
        _ => {}
    }
}

/// Three rows scored together, which takes another way than a single answer.
fn in_bulk<M: Purchases, E>(model: &Result<M, E>, chance: &mut Seeded, tally: &mut Tally) {
    let Ok(model) = model else {
        tally.refused += 1;
        return;
    };
    let age: [f64; 3] = std::array::from_fn(|_| span(chance));
    let frequency: [u32; 3] = std::array::from_fn(|_| if chance.uniform() < 0.2 { 0 } else { count(chance) });
    let recency = std::array::from_fn(|i| if frequency[i] == 0 { 0.0 } else { age[i] * chance.uniform() });
    let recency: [f64; 3] = recency;
    let within = Span::new(span(chance), model.unit());
    let told = || {
        format!("{:?} {:?} {frequency:?} {recency:?} {age:?} {within:?}", model.form(), model.parameters())
    };
    match model.score_rows(&frequency, &recency, &age, within) {
        Ok(scores) => {
            for score in scores {
                tally.check(score.active, 1.0, &told);
                tally.check(score.expected, f64::MAX, &told);
            }
        }
        Err(_) => tally.refused += 1,
    }
}

fn renewals(chance: &mut Seeded, tally: &mut Tally) {
    let (t, d) = (count(chance).min(100_000), extreme(chance).clamp(1e-3, 10.0));
    let p: [f64; 3] = std::array::from_fn(|_| extreme(chance));
    match Sbg::new([p[0], p[1]]) {
        Ok(m) => {
            tally.check(m.survival(t), 1.0 + 1e-9, &|| format!("sbg survival {p:?} {t}"));
            tally.check(m.retention(t), 1.0, &|| format!("sbg retention {p:?} {t}"));
            tally.check(m.residual_renewals(t, d), f64::MAX, &|| format!("sbg derl {p:?} {t} {d}"));
        }
        Err(_) => tally.refused += 1,
    }
    match Bdw::new(p) {
        Ok(m) => {
            tally.check(m.survival(t), 1.0 + 1e-9, &|| format!("bdw survival {p:?} {t}"));
            tally.check(m.retention(t), 1.0 + 1e-9, &|| format!("bdw retention {p:?} {t}"));
            tally.check(m.residual_renewals(t, d), f64::MAX, &|| format!("bdw derl {p:?} {t} {d}"));
        }
        Err(_) => tally.refused += 1,
    }
}

fn attendance(chance: &mut Seeded, tally: &mut Tally) {
    let p: [f64; 4] = std::array::from_fn(|_| extreme(chance));
    let (n, ahead) = (count(chance).min(2_000), count(chance).min(2_000));
    let recency = (chance.uniform() * 1.1 * f64::from(n)) as u32;
    let seen = Attendance::new((chance.uniform() * 1.1 * f64::from(recency)) as u32, recency, n);
    let (Ok(m), Ok(seen)) = (BgBb::new(p), seen) else {
        tally.refused += 1;
        return;
    };
    tally.check(m.probability_active(&seen, ahead), 1.0 + 1e-9, &|| {
        format!("bgbb active {p:?} {seen:?} {ahead}")
    });
    tally.check(m.expected_purchases(&seen, ahead), 1e9, &|| format!("bgbb expected {p:?} {seen:?} {ahead}"));
    tally.check(m.discounted_purchases(&seen, extreme(chance)), f64::MAX, &|| {
        format!("bgbb dert {p:?} {seen:?}")
    });
    tally
        .check(m.probability_of_count(recency, n), 1.0 + 1e-9, &|| format!("bgbb count {p:?} {recency} {n}"));
}

fn spend(chance: &mut Seeded, tally: &mut Tally) {
    let p: [f64; 3] = std::array::from_fn(|_| extreme(chance));
    let (x, mean) = (count(chance), extreme(chance));
    match GammaGamma::new(p) {
        Ok(m) => {
            match m.expected_value(x, mean) {
                Ok(value) => tally.check(value, f64::MAX, &|| format!("gg {p:?} {x} {mean}")),
                Err(_) => tally.refused += 1,
            }
            tally.check(m.median_value(x, mean), f64::INFINITY, &|| format!("gg median {p:?} {x} {mean}"));
        }
        Err(_) => tally.refused += 1,
    }
}

/// Fits to a base of a few rows, which is as degenerate as bases get.
fn fit(chance: &mut Seeded, tally: &mut Tally) {
    let rows = 1 + (chance.uniform() * 6.0) as usize;
    let (mut x, mut recency, mut age) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rows {
        let n = count(chance).min(1_000_000);
        let t = extreme(chance).clamp(1e-6, 1e6);
        x.push(n);
        age.push(t);
        recency.push(if n == 0 { 0.0 } else { t * chance.uniform() });
    }
    if let Ok(base) = Customers::new(Unit::Week, &x, &recency, &age) {
        outcome(BgNbd::fit(&base), tally, &base);
        outcome(MbgNbd::fit(&base), tally, &base);
        outcome(ParetoNbd::fit(&base), tally, &base);
        outcome(Nbd::fit(&base), tally, &base);
        outcome(Cnbd::fit(&base, 2, Leaving::AfterRepeats), tally, &base);
    } else {
        tally.refused += 1;
    }
    let tenure: Vec<u32> = x.iter().map(|n| n % 20).collect();
    let ended: Vec<bool> = age.iter().map(|t| *t > 1.0).collect();
    if let Ok(base) = Contracts::from_tenures(&tenure, &ended) {
        outcome(Sbg::fit(&base), tally, &base);
        outcome(Bdw::fit(&base), tally, &base);
    }
    if let Ok(base) = Spend::new(&x, &age) {
        outcome(GammaGamma::fit(&base), tally, &base);
    }
    let last: Vec<u32> = tenure.iter().map(|n| n + n % 3).collect();
    let occasions = vec![25; rows];
    if let Ok(base) = Attendances::new(&tenure, &last, &occasions, &vec![3; rows]) {
        outcome(BgBb::fit(&base), tally, &base);
    }
}

fn outcome<M: Model>(fit: Result<btyd::Fit<M>, FitError>, tally: &mut Tally, base: &impl std::fmt::Debug) {
    let Ok(fit) = fit else {
        tally.refused += 1;
        return;
    };
    let known = fit.estimate.standard_errors().is_none_or(|e| e.iter().all(|e| e.is_finite()));
    let finite = fit.estimate.values.iter().all(|v| v.is_finite() && *v > 0.0);
    if !(known && finite && fit.estimate.log_likelihood.is_finite()) {
        tally.wrong += 1;
        println!("{:?} for {base:?}", fit.estimate);
    } else if fit.estimate.boundary.is_empty() {
        tally.fitted += 1;
    } else {
        tally.at_boundary += 1;
    }
}
