//! What a policy must hold so that a decision can stand on it.

use kernel::{Problem, Result};
use speech::say;

use super::{Curve, Former, Policy, Windows};

/// No log-odds beyond this, thousandths: keeps every product of a curve within 64 bits.
const MOST_LOG_ODDS: i64 = 100_000;
/// No measured value of a knot beyond this.
const MOST_VALUE: i64 = 10_000_000;
/// No weight beyond ten times, permille.
const MOST_WEIGHT: i64 = 10_000;
/// No window and no limit beyond this, days (about 270 years).
const MOST_DAYS: i64 = 100_000;
/// No window of continuity beyond this, months: they are kept as bits.
const MOST_MONTHS: i64 = 120;
/// No credit and no points beyond this.
const MOST_CREDIT: i64 = 1_000_000;

/// Refuses the first number that does not hold.
pub(super) fn check(policy: &Policy) -> Result<()> {
    rules(policy)?;
    windows(&policy.windows)?;
    former(&policy.former)?;
    credits(policy)?;
    policy.curves.iter().try_for_each(|(name, curve)| check_curve(&format!("dimension.{name}"), curve))
}

fn wrong<T>(field: &str, why: impl std::fmt::Display) -> Result<T> {
    Err(Problem::invalid(field, "policy.invalid", say!("cannot use the policy: {field} {why}")))
}

/// Refuses a value outside the range.
fn within(field: &str, value: i64, least: i64, most: i64) -> Result<()> {
    if value < least || most < value {
        return wrong(field, say!("is {value} and must lie between {least} and {most}"));
    }
    Ok(())
}

fn rules(policy: &Policy) -> Result<()> {
    let rules = &policy.rules;
    within("decision.base", rules.base, -MOST_LOG_ODDS, MOST_LOG_ODDS)?;
    within("decision.dwell_days", rules.dwell_days, 0, MOST_DAYS)?;
    within("decision.min_coverage", rules.min_coverage, 0, 1000)?;
    within("decision.industry_weight", rules.industry_weight, 0, MOST_WEIGHT)?;
    within("decision.fit_client", rules.fit_client, -MOST_LOG_ODDS, MOST_LOG_ODDS)?;
    within("decision.fit_customer", rules.fit_customer, -MOST_LOG_ODDS, MOST_LOG_ODDS)?;
    threshold("decision.become", rules.becomes, rules.become_permille)?;
    threshold("decision.stop", rules.stop, rules.stop_permille)?;
    if rules.becomes <= rules.stop {
        return wrong("decision.stop", say!("must lie below decision.become, or classes would flap"));
    }
    Ok(())
}

/// A threshold is the log-odds of its permille, to the millionth.
fn threshold(field: &str, value: i64, permille: i64) -> Result<()> {
    within(&format!("{field}_permille"), permille, 1, 999)?;
    let p = permille as f64 / 1000.0;
    let expected = libm::rint(libm::log(p / (1.0 - p)) * 1e6) as i64;
    if value != expected {
        return wrong(
            field,
            say!("is {value}, but the log-odds of {permille} permille are {expected} millionths"),
        );
    }
    Ok(())
}

/// Windows that are longer than nothing.
pub(super) fn windows(windows: &Windows) -> Result<()> {
    for (name, days) in windows.named() {
        let most = if name == "continuity_months" { MOST_MONTHS } else { MOST_DAYS };
        within(&format!("windows.{name}"), days, 1, most)?;
    }
    Ok(())
}

/// Limits that leave room between them.
pub(super) fn former(former: &Former) -> Result<()> {
    for (name, days) in former.named() {
        within(&format!("former.{name}"), days, 1, MOST_DAYS)?;
    }
    if former.maximum < former.minimum {
        return wrong(
            "former.maximum",
            say!("is {} and lies below the minimum {}", former.maximum, former.minimum),
        );
    }
    Ok(())
}

fn credits(policy: &Policy) -> Result<()> {
    let credit = &policy.credit;
    let sections = [
        ("credit.offer", credit.offer.named()),
        ("credit.custom", credit.custom.named()),
        ("credit.clause", credit.clause.named()),
        ("credit.form", credit.form.named()),
        ("credit.named", credit.named.named()),
        ("credit", vec![("fulfilled", credit.fulfilled), ("unsaid", credit.unsaid)]),
    ];
    for (section, numbers) in sections {
        for (name, value) in numbers {
            within(&format!("{section}.{name}"), value, 0, MOST_CREDIT)?;
        }
    }
    for (name, (points, most)) in super::GiveCredit::KINDS.iter().zip(credit.give.pairs()) {
        within(&format!("credit.give.{name}"), points, 0, MOST_CREDIT)?;
        within(&format!("credit.give.{name}"), most, points, MOST_CREDIT)?;
    }
    Ok(())
}

fn check_curve(field: &str, curve: &Curve) -> Result<()> {
    within(&format!("{field}.weight"), curve.weight, 0, MOST_WEIGHT)?;
    within(&format!("{field}.lower"), curve.lower, -MOST_LOG_ODDS, 0)?;
    within(&format!("{field}.upper"), curve.upper, 0, MOST_LOG_ODDS)?;
    let knots = format!("{field}.knots");
    if curve.knots.len() < 2 {
        return wrong(&knots, say!("needs at least two points"));
    }
    for &(x, y) in &curve.knots {
        within(&knots, x, -MOST_VALUE, MOST_VALUE)?;
        within(&knots, y, -MOST_LOG_ODDS, MOST_LOG_ODDS)?;
    }
    for pair in curve.knots.windows(2) {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        if x1 <= x0 {
            return wrong(&knots, say!("must go from left to right, but {x1} follows {x0}"));
        }
        if y1 < y0 {
            return wrong(
                &knots,
                say!(
                    "must not fall, but it falls from {y0} at {x0} to {y1} at {x1}: more of it would count less"
                ),
            );
        }
    }
    Ok(())
}
