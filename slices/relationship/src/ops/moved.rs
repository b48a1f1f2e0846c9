//! Why a relationship would be something else: what moved between the decision that stands and the one that would.

use speech::say;

use crate::{Class, Decision, Policy, Why, explain, phrase, policy::Rules, strength};

/// Lines of the sum that are named.
const NAMED: usize = 2;

/// What moved, in a sentence: the lines of the sum that moved most; where none did, the threshold or rule that did.
pub(super) fn moved((before, was): (&Decision, &Policy), (after, is): (&Decision, &Policy)) -> String {
    let why = explain::reason(after, is);
    match (after.class(), after.why) {
        (Class::NotEnough, Why::ThinCoverage) => thin((before, &was.rules), (after, &is.rules)),
        (class, _) if !class.is_judged() || !before.class().is_judged() => why,
        _ => {
            let lines = lines(before, after);
            let bounds = bounds(&was.rules, &is.rules);
            match (lines.is_empty(), bounds.is_empty()) {
                (true, true) => kept(before, after).unwrap_or(why),
                (true, false) => {
                    let score = after.score.unwrap_or_default();
                    say!(
                        "{}; the strength is {}.",
                        phrase::capital(bounds.join("; ")),
                        strength::shown(score)
                    )
                }
                _ => format!(
                    "{}.",
                    phrase::capital(lines.into_iter().chain(bounds).collect::<Vec<_>>().join("; "))
                ),
            }
        }
    }
}

/// What keeps a class, or no longer does: the band between the two thresholds, or the days for which one is kept.
fn kept(before: &Decision, after: &Decision) -> Option<String> {
    let keeps = |why: &Why| matches!(why, Why::HeldByDwell | Why::HeldBetween);
    match (keeps(&before.why), keeps(&after.why)) {
        (_, true) => Some(after.why.sentence(after.lean)),
        (true, false) => {
            let was = before.why.sentence(before.lean);
            let was = was.trim_end_matches('.');
            Some(say!("It is kept as it is now ({was}), and would not be."))
        }
        (false, false) => None,
    }
}

/// `contract counts more: +0.30 → +0.72`, of those that moved most on the way to what it would be.
fn lines(before: &Decision, after: &Decision) -> Vec<String> {
    let is_toward = |from: i64, to: i64| (from < to) == (after.class() == Class::Client);
    let micro = |decision: &Decision, source| {
        decision.contributions.iter().find(|line| line.source == source).map_or(0, |line| line.micro)
    };
    let every = after.contributions.iter().chain(&before.contributions).map(|line| line.source);
    let mut moved: Vec<(crate::Source, i64, i64)> = Vec::new();
    for source in every {
        let (from, to) = (micro(before, source), micro(after, source));
        if from != to && is_toward(from, to) && moved.iter().all(|(other, ..)| *other != source) {
            moved.push((source, from, to));
        }
    }
    moved.sort_by_key(|(_, from, to)| -(to - from).abs());
    let line = |(source, from, to): &(crate::Source, i64, i64)| {
        let name = phrase::inside(&source.said());
        let (was, is) = (phrase::log_odds(*from), phrase::log_odds(*to));
        match from < to {
            true => say!("{name} counts more toward client: {was} \u{2192} {is}"),
            false => say!("{name} counts more toward customer: {was} \u{2192} {is}"),
        }
    };
    moved.iter().take(NAMED).map(line).collect()
}

/// `the threshold at which one becomes a client moved from 0.70 to 0.65`.
fn bounds(was: &Rules, is: &Rules) -> Vec<String> {
    let shown = |from: i64, to: i64| {
        let (from, to) = (phrase::hundredths(from), phrase::hundredths(to));
        (from != to).then_some((from, to))
    };
    let becomes = shown(was.become_permille, is.become_permille)
        .map(|(from, to)| say!("the threshold at which one becomes a client moved from {from} to {to}"));
    let stops = shown(was.stop_permille, is.stop_permille)
        .map(|(from, to)| say!("the threshold at which one stops being one moved from {from} to {to}"));
    let days = (was.dwell_days != is.dwell_days).then(|| {
        say!("the days for which a change is kept went from {} to {}", was.dwell_days, is.dwell_days)
    });
    [becomes, stops, days].into_iter().flatten().collect()
}

/// Too little would be known: how much is, and how much it takes.
fn thin((before, was): (&Decision, &Rules), (after, is): (&Decision, &Rules)) -> String {
    let known = match before.coverage == after.coverage {
        true => say!("{} of what would tell is known", phrase::percent(after.coverage)),
        false => say!(
            "{} of what would tell would be known, where it is {} now",
            phrase::percent(after.coverage),
            phrase::percent(before.coverage)
        ),
    };
    let least = match was.min_coverage == is.min_coverage {
        true => say!("it takes {}", phrase::percent(is.min_coverage)),
        false => say!(
            "it would take {} instead of {}",
            phrase::percent(is.min_coverage),
            phrase::percent(was.min_coverage)
        ),
    };
    say!("{known}, and {least}.")
}
