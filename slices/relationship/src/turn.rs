//! What would turn it: the least that would have to be different for a customer to be a client, or the other way round.

use speech::say;

use crate::{
    DimensionName, IndustryPolicy, Lean, Weighing, phrase,
    policy::{Curve, Curves},
};

/// The least that would turn a class into the other one, everything else the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// What it would be.
    pub to: Lean,
    /// What would have to be different, the most telling first; as few as will do, and the last of them no further than
    /// needed.
    pub steps: Vec<Step>,
}

/// One dimension measured otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which.
    pub name: DimensionName,
    /// What it is now, in the unit that the policy names; nothing where there is no evidence.
    pub from: Option<i64>,
    /// What it would have to be.
    pub to: i64,
    /// How the score would move, millionths of log-odds.
    pub change: i64,
}

/// The least that would turn it; nothing if all that is measured could not, or if it stands only until its days are over.
///
/// A customer turns at the threshold at which one becomes a client; a client at the one at which one stops being one,
/// which is where it turns once the days are over for which a class is kept (policy.md §6.6). What is decisive and
/// unknown has to be known first: without it the answer would be that there is not enough evidence (§6.4).
pub fn turn(weighing: &Weighing, policy: &IndustryPolicy, lean: Lean) -> Option<Turn> {
    let rules = &policy.policy.rules;
    let (to, need) = match lean {
        Lean::Customer => (Lean::Client, rules.becomes - weighing.score),
        Lean::Client => (Lean::Customer, rules.stop - weighing.score),
        Lean::NotEnough => return None,
    };
    let curves = &policy.policy.curves;
    let must = |name: DimensionName| {
        to == Lean::Client && curves.of(name).decisive && weighing.unknown[name as usize].is_some()
    };
    let mut moves: Vec<(DimensionName, i64)> = DimensionName::ALL
        .iter()
        .copied()
        .filter(|name| policy.applies(*name))
        .map(|name| (name, furthest(curves.of(name), to) - weighing.contribution(name)))
        .filter(|(_, change)| if to == Lean::Client { 0 < *change } else { *change < 0 })
        .collect();
    moves.sort_by_key(|(name, change)| (!must(*name), -change.abs()));
    let (mut steps, mut rest) = (Vec::new(), need);
    for (name, most) in moves {
        if !must(name) && !is_short(rest, to) {
            break;
        }
        let enough = !must(name) && !is_short(rest - most, to);
        let now = weighing.contribution(name);
        let x = match enough {
            true => least(curves.of(name), weighing.x[name as usize], now + rest, to)?,
            false => end(curves.of(name), to),
        };
        let change = curves.of(name).contribution(x) - now;
        steps.push(Step { name, from: weighing.x[name as usize], to: x, change });
        rest -= change;
    }
    (!steps.is_empty() && !is_short(rest, to)).then_some(Turn { to, steps })
}

/// Whether that much is still missing on the way there.
fn is_short(rest: i64, to: Lean) -> bool {
    if to == Lean::Client { 0 < rest } else { rest < 0 }
}

fn furthest(curve: &Curve, to: Lean) -> i64 {
    let (least, most) = curve.range();
    if to == Lean::Client { most } else { least }
}

fn end(curve: &Curve, to: Lean) -> i64 {
    let knot = if to == Lean::Client { curve.knots.last() } else { curve.knots.first() };
    knot.map_or(0, |(x, _)| *x)
}

/// The value nearest to what is measured now whose contribution reaches the goal. Curves never fall, so halving finds it.
fn least(curve: &Curve, from: Option<i64>, goal: i64, to: Lean) -> Option<i64> {
    let (first, last) = (curve.knots.first()?.0, curve.knots.last()?.0);
    let reaches = |x: i64| match to {
        Lean::Client => goal <= curve.contribution(x),
        _ => curve.contribution(x) <= goal,
    };
    let (mut near, mut far) = match to {
        Lean::Client => (from.map_or(first, |x| x.clamp(first, last)), last),
        _ => (from.map_or(last, |x| x.clamp(first, last)), first),
    };
    if !reaches(far) {
        return None;
    }
    if reaches(near) {
        return Some(near);
    }
    while 1 < (far - near).abs() {
        let middle = near + (far - near) / 2;
        if reaches(middle) { far = middle } else { near = middle }
    }
    Some(far)
}

impl Turn {
    /// `It would be a client if this were otherwise: named person at 64 % of a named person serving (now not known).`
    pub fn sentence(&self, curves: &Curves) -> String {
        let steps: Vec<_> = self.steps.iter().map(|step| step.said(curves.of(step.name))).collect();
        let steps = phrase::list(&steps);
        match self.to {
            Lean::Client => say!("It would be a client with {steps}."),
            _ => say!("It would be a customer with {steps}."),
        }
    }
}

impl Step {
    fn said(&self, curve: &Curve) -> String {
        let (name, (value, of)) = (phrase::inside(&self.name.said()), amount(self.to, &curve.unit));
        match self.from.map(|x| amount(x, &curve.unit).0) {
            Some(now) => say!("{name} at {value}{of} (now {now})"),
            None => say!("{name} at {value}{of} (now not known)"),
        }
    }
}

/// A measured value as people write it, and what it is of: `64 %` and ` of net spend`.
fn amount(x: i64, unit: &str) -> (String, String) {
    let tenths = |x: i64| match x % 10 {
        0 => format!("{} %", x / 10),
        rest => format!("{} %", speech::decimal(&format!("{}.{}", x / 10, rest.abs()))),
    };
    // The words of a policy stand in its text; those of the policies that ship are in the catalogue.
    if let Some(of) = unit.strip_prefix("permille") {
        return (tenths(x), spaced(of));
    }
    if let Some(of) = unit.strip_prefix("thousandths of a ") {
        let value = speech::decimal(&format!("{}.{:02}", x / 1000, x % 1000 / 10));
        return (value, spaced(&format!(" {of}s")));
    }
    (x.to_string(), spaced(&format!(" {unit}")))
}

/// Words of a policy after a number, with the space before them.
fn spaced(words: &str) -> String {
    match words.strip_prefix(' ') {
        Some(words) => format!(" {}", speech::word!(words)),
        None => words.to_owned(),
    }
}
