//! An act on many taken back as one: what somebody changed since stays, with the reason.

use std::collections::{BTreeMap, HashMap, HashSet};

use ::store::Tx;
use kernel::{Context, Result};
use timeline::{AccountId, FactId, LineId, store as facts};

use crate::{
    bulk::{Deed, Part},
    jobs,
    overrides::{OverrideId, Withdrawal},
    store::{
        bulk::{self as stored, Kept},
        crossing::{self, ACCEPTED, DECLINED, WAITS},
        overrides as rulings, targets,
    },
};

/// Decided together.
const AT_ONCE: usize = 256;

/// Takes back whatever still is as it was left.
pub(super) fn all(cx: &Context, tx: &mut Tx<'_>, kept: &Kept) -> Result<()> {
    let parts: Vec<Part> = stored::parts(cx, tx, kept.id)?.into_iter().map(|(part, ..)| part).collect();
    let left = match Deed::parse(&kept.act) {
        Some(Deed::Preference) => preferences(cx, tx, &parts)?,
        _ => {
            let mut left = rulings_of(cx, tx, &parts)?;
            let free: Vec<Part> =
                parts.iter().copied().filter(|part| !left.contains_key(&part.relationship)).collect();
            // A class that was taken back stays so, whether or not its question can wait again.
            for (relationship, why) in crossings(tx, &free)? {
                if free.iter().any(|part| part.relationship == relationship && part.made == 0) {
                    left.insert(relationship, why);
                }
            }
            left
        }
    };
    let back: Vec<i64> =
        parts.iter().map(|part| part.relationship).filter(|id| !left.contains_key(id)).collect();
    let left: Vec<_> = left.into_iter().collect();
    stored::undone(cx, tx, kept.id, &left, &back)
}

/// Why each of those that stay stays.
type Left = HashMap<i64, String>;

fn rulings_of(cx: &Context, tx: &mut Tx<'_>, parts: &[Part]) -> Result<Left> {
    let made: Vec<&Part> = parts.iter().filter(|part| part.made != 0).collect();
    let ids: Vec<OverrideId> = made.iter().map(|part| OverrideId::new(part.made)).collect();
    let standing = rulings::by_id(cx, tx, &ids)?;
    let mut left = Left::new();
    let (mut back, mut places) = (Vec::new(), Vec::<(AccountId, LineId)>::new());
    for part in made {
        let ruling = standing.get(&part.made);
        let why = match ruling {
            None => Some("it is not there any more"),
            Some(ruling) if ruling.withdrawn.is_some() => Some("somebody withdrew it since"),
            Some(ruling) if ruling.until < cx.today() => Some("its last day is over"),
            Some(_) => None,
        };
        match (why, ruling) {
            (Some(why), _) => drop(left.insert(part.relationship, why.to_owned())),
            (None, Some(ruling)) => {
                back.push(ruling.id);
                places.push((ruling.account, ruling.line));
            }
            (None, None) => (),
        }
    }
    let reason = "taken back with the others".to_owned();
    rulings::withdraw(tx, &back, &Withdrawal { on: cx.today(), by: cx.actor.number(), reason })?;
    for group in places.chunks(AT_ONCE) {
        jobs::decide(cx, tx, group)?;
    }
    Ok(left)
}

fn preferences(cx: &Context, tx: &mut Tx<'_>, parts: &[Part]) -> Result<Left> {
    let places: Vec<(AccountId, FactId)> =
        parts.iter().map(|part| (part.account, FactId::new(part.made))).collect();
    let there: HashSet<FactId> = targets::facts_there(tx, &places)?.into_iter().collect();
    let (back, gone): (Vec<&Part>, Vec<&Part>) =
        parts.iter().partition(|part| there.contains(&FactId::new(part.made)));
    let taken: Vec<_> = back.iter().map(|part| (part.account, part.line, FactId::new(part.made))).collect();
    facts::take_back(cx, tx, &taken, "taken back with the others")?;
    let places: Vec<_> = back.iter().map(|part| (part.account, part.line)).collect();
    for group in places.chunks(AT_ONCE) {
        jobs::decide_at_once(cx, tx, group)?;
    }
    facts::ask_judgement(cx, tx, LineId::new(0))?;
    Ok(gone.into_iter().map(|part| (part.relationship, "somebody withdrew it since".to_owned())).collect())
}

/// Has those wait again that were answered; gives why others cannot.
fn crossings(tx: &mut Tx<'_>, parts: &[Part]) -> Result<Left> {
    let asked: Vec<&Part> = parts.iter().filter(|part| part.crossing != 0).collect();
    let ids: Vec<i64> = asked.iter().map(|part| part.crossing).collect();
    let newest =
        targets::newest_crossings(tx, &asked.iter().map(|part| part.relationship).collect::<Vec<_>>())?;
    let states = targets::crossings(tx, &ids)?;
    let mut left = Left::new();
    let mut back: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for part in asked {
        let state = states.get(&part.crossing).map(String::as_str);
        let is_ours = matches!(state, Some(ACCEPTED | DECLINED | WAITS));
        if newest.get(&part.relationship).is_some_and(|newest| part.crossing < *newest) {
            left.insert(part.relationship, "its class became another since".to_owned());
        } else if is_ours {
            back.entry(part.crossing_until).or_default().push(part.crossing);
        } else {
            left.insert(part.relationship, "it was answered otherwise since".to_owned());
        }
    }
    for (until, ids) in back {
        crossing::reopen(tx, &ids, until)?;
    }
    Ok(left)
}
