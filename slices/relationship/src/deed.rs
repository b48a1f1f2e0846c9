//! What would turn it: the least that could be recorded today for a customer to be a client, or the other way round.
//!
//! Nothing is supposed of a single number: the facts are put beside those on record, and the relationship is decided anew,
//! so that a purchase counts for continuity, breadth and tenure, too, and only values that facts can take are named.

mod thing;

use speech::say;

use timeline::{Entry, Fact, FactId};

use self::thing::{How, Thing, to_client, to_customer};
use crate::{Class, Decision, History, Lean, State, Vantage, decide, strength};

/// The most that is tried of one thing.
const MOST: usize = 12;
/// Ways that are told.
const TOLD: usize = 4;
/// Things that are tried together, where none alone does.
const TOGETHER: usize = 3;
/// So many facts may be read again for it.
const READ_AGAIN: usize = 120_000;

/// Facts that, recorded on the day, would make it of the other class.
#[derive(Clone, Debug, PartialEq)]
pub struct Deed {
    /// Each thing in words: `4 requests of theirs for advice`.
    pub parts: Vec<String>,
    /// The facts.
    pub facts: Vec<Fact>,
    /// What it would be.
    pub class: Class,
    /// The score that it would have, millionths of log-odds.
    pub score: i64,
}

/// Things with the facts of them that are supposed.
type Chosen<'c> = Vec<(&'c Thing, Vec<Fact>)>;

/// The least of each kind of thing that would turn it, the fewest facts first; where none alone would, some together.
/// Nothing for one that is neither customer nor client, for one that a change of late keeps as it is whatever happens
/// today, and where so many facts are on record that trying would take long.
pub fn deeds(entries: &[Entry], vantage: &Vantage, decided: &Decision, before: Option<&State>) -> Vec<Deed> {
    if !decided.class().is_judged() {
        return Vec::new();
    }
    let history = History::new(entries, vantage);
    let things = match decided.lean {
        Lean::Client => to_customer(&history, entries),
        _ => to_client(&history, entries),
    };
    let tries = READ_AGAIN / entries.len().max(1);
    let mut trial = Trial { entries, vantage, before, is: decided.class(), left: tries };
    let mut found: Vec<Deed> = things.iter().filter_map(|thing| trial.least(thing)).collect();
    if found.is_empty() {
        found.extend(trial.together(&things, decided.score.unwrap_or(0)));
    }
    found.sort_by_key(|deed| deed.facts.len());
    found.truncate(TOLD);
    found
}

/// The facts on record, beside which others are put.
struct Trial<'t> {
    entries: &'t [Entry],
    vantage: &'t Vantage<'t>,
    before: Option<&'t State>,
    is: Class,
    /// How often it may still be decided anew.
    left: usize,
}

impl Trial<'_> {
    /// What it would be with these; nothing where enough was tried.
    fn decided(&mut self, facts: &[Fact]) -> Option<Decision> {
        self.left = self.left.checked_sub(1)?;
        let all = with(self.entries, self.vantage, facts);
        Some(decide(&History::new(&all, self.vantage), self.before))
    }

    fn turned(&mut self, chosen: &Chosen<'_>) -> Option<Deed> {
        let facts: Vec<Fact> = chosen.iter().flat_map(|(_, facts)| facts).cloned().collect();
        let decision = self.decided(&facts)?;
        let class = decision.class();
        let parts = chosen.iter().map(|(thing, facts)| (thing.said)(facts)).collect();
        let is_turned = class != self.is && class.is_judged();
        is_turned.then(|| Deed { parts, facts, class, score: decision.score.unwrap_or(0) })
    }

    /// The fewest times that one thing would have to happen.
    fn least(&mut self, thing: &Thing) -> Option<Deed> {
        let most = if thing.how == How::Again { MOST } else { 1 };
        (1..=most).find_map(|n| self.fewest(vec![(thing, thing.so_often(n))]))
    }

    /// Things that move it most, together: as few as will do.
    fn together(&mut self, things: &[Thing], score: i64) -> Option<Deed> {
        const TIMES: usize = 3;
        let often = |thing: &Thing| thing.so_often(if thing.how == How::Again { TIMES } else { 1 });
        let mut moves: Vec<(i64, &Thing)> = Vec::new();
        for thing in things {
            let with = self.decided(&often(thing))?.score;
            moves.push(((with.unwrap_or(score) - score).abs(), thing));
        }
        moves.sort_by_key(|(moved, _)| -moved);
        let moving = moves.into_iter().filter(|(moved, _)| *moved != 0).take(TOGETHER);
        let mut chosen = Vec::new();
        moving.into_iter().find_map(|(_, thing)| {
            chosen.push((thing, often(thing)));
            self.fewest(chosen.clone())
        })
    }

    /// What of these turns it so that nothing of it could be left out; nothing where all of it does not.
    fn fewest(&mut self, mut chosen: Chosen<'_>) -> Option<Deed> {
        let mut deed = self.turned(&chosen)?;
        let mut at = chosen.len();
        while let Some(next) = at.checked_sub(1) {
            at = next;
            for less in chosen[at].0.less(&chosen[at].1) {
                let mut fewer = chosen.clone();
                fewer[at].1 = less;
                fewer.retain(|(_, facts)| !facts.is_empty());
                if fewer.is_empty() {
                    continue;
                }
                if let Some(found) = self.turned(&fewer) {
                    // Once more from the beginning: what was needed beside more may not be now.
                    (deed, at) = (found, fewer.len());
                    chosen = fewer;
                    break;
                }
            }
        }
        // What was not tried to the end may not be the fewest.
        (0 < self.left).then_some(deed)
    }
}

/// The facts with others of the day beside them.
pub(crate) fn with(entries: &[Entry], vantage: &Vantage, facts: &[Fact]) -> Vec<Entry> {
    let mut all = entries.to_vec();
    let Some(like) = entries.first() else { return all };
    let currency = entries.iter().rev().find_map(|entry| entry.currency);
    let occurred = vantage.as_of.moment();
    for (n, fact) in (0i64..).zip(facts) {
        let bears = matches!(fact, Fact::Order(_) | Fact::Refund(_));
        all.push(Entry {
            id: FactId::new(i64::MAX - n),
            occurred,
            recorded_at: occurred.micros,
            currency: currency.filter(|_| bears),
            source: None,
            fact: fact.clone(),
            ..*like
        });
    }
    all
}

impl Deed {
    /// `It would be a client (0.72) with 4 requests of theirs for advice.`
    pub fn sentence(&self) -> String {
        let strength = strength::shown(self.score);
        match (self.class, self.parts.as_slice()) {
            (Class::Client, [one]) => say!("It would be a client ({strength}) with {one}."),
            (Class::Client, several) => {
                let parts = several.join("; ");
                say!("It would be a client ({strength}) with all of these: {parts}.")
            }
            (_, [one]) => say!("It would be a customer ({strength}) with {one}."),
            (_, several) => {
                let parts = several.join("; ");
                say!("It would be a customer ({strength}) with all of these: {parts}.")
            }
        }
    }
}
