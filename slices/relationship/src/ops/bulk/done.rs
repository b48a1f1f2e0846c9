//! An act done to many: written together, decided together.

use ::store::Tx;
use kernel::{Context, Day, Problem, Result};
use timeline::{
    AccountId, Fact, LineId,
    fact::{Dealing, Preference},
    store::{self as facts, NewFact},
};

use super::{
    super::{
        crossing::PUT_OFF,
        stating::{Heard, noted_by},
    },
    planned::{Deed, Plan},
};
use crate::{
    Class,
    bulk::Part,
    jobs,
    overrides::{Override, OverrideId},
    store::{
        crossing::{self, ACCEPTED, DECLINED, WAITS},
        overrides as rulings,
        targets::Target,
    },
};

/// Decided together.
const AT_ONCE: usize = 256;

/// Does it to all that change; gives what it made of each.
pub(super) fn all(cx: &Context, tx: &mut Tx<'_>, plan: &Plan) -> Result<Vec<Part>> {
    let targets: Vec<&Target> = plan.changing().collect();
    match &plan.deed {
        Deed::Class { class, reason, until } => {
            let classes: Vec<_> = targets.iter().map(|_| *class).collect();
            set(cx, tx, &targets, &classes, (reason, *until))
        }
        Deed::Decline { reason, until } => {
            let was = |target: &&Target| {
                let was = target.waits.as_ref().map_or("", |(_, was, ..)| was.as_str());
                Class::parse(was).unwrap_or(Class::Customer)
            };
            let classes: Vec<_> = targets.iter().map(was).collect();
            set(cx, tx, &targets, &classes, (reason, *until))
        }
        Deed::Preference { says, how, on } => note(cx, tx, &targets, (*says, *how, *on)),
        Deed::Accept => answer(cx, tx, &targets, ACCEPTED, cx.today()),
        Deed::NotNow => answer(cx, tx, &targets, WAITS, cx.today().plus(PUT_OFF)),
    }
}

fn part(target: &Target) -> Part {
    let (crossing, crossing_until) = target.waits.as_ref().map_or((0, 0), |(id, _, _, until)| (*id, *until));
    Part {
        relationship: target.id.0,
        account: target.account,
        line: target.line,
        made: 0,
        crossing,
        crossing_until,
    }
}

fn set(
    cx: &Context,
    tx: &mut Tx<'_>,
    targets: &[&Target],
    classes: &[Class],
    (reason, until): (&str, Day),
) -> Result<Vec<Part>> {
    let ruling = |(target, class): (&&Target, &Class)| Override {
        id: OverrideId::new(0),
        account: target.account,
        line: target.line,
        class: *class,
        reason: reason.to_owned(),
        author: cx.actor.number(),
        set_on: cx.today(),
        as_of: Day(i32::try_from(target.as_of).unwrap_or(i32::MAX)),
        computed: Class::parse(&target.computed).unwrap_or(Class::NotEnough),
        until,
        withdrawn: None,
    };
    let kept = rulings::keep_all(tx, targets.iter().zip(classes).map(ruling).collect())?;
    let waiting = targets.iter().zip(classes).filter_map(|(target, class)| {
        let (id, _, became, _) = target.waits.as_ref()?;
        Some((*id, class.as_str() == became))
    });
    let (agreed, otherwise): (Vec<_>, Vec<_>) = waiting.partition(|(_, agrees)| *agrees);
    for (some, state) in [(agreed, ACCEPTED), (otherwise, DECLINED)] {
        let ids: Vec<i64> = some.iter().map(|(id, _)| *id).collect();
        crossing::answer(cx, tx, &ids, state, cx.today())?;
    }
    let places: Vec<(AccountId, LineId)> =
        targets.iter().map(|target| (target.account, target.line)).collect();
    for group in places.chunks(AT_ONCE) {
        jobs::decide(cx, tx, group)?;
    }
    jobs::come_back(cx, tx)?;
    Ok(targets.iter().zip(kept).map(|(target, ruling)| Part { made: ruling.id.0, ..part(target) }).collect())
}

fn note(
    cx: &Context,
    tx: &mut Tx<'_>,
    targets: &[&Target],
    (says, how, on): (Dealing, Heard, Option<Day>),
) -> Result<Vec<Part>> {
    let word = Preference {
        how: Some(how.spoken().to_owned()),
        noted_by: noted_by(cx, tx)?,
        ..Preference::saying(says)
    };
    let occurred = on.filter(|on| *on < cx.today()).map_or(cx.now, Day::moment);
    let ids: Vec<_> = facts::allocate_facts(tx, targets.len())?.collect();
    if ids.len() < targets.len() {
        return Err(Problem::internal("bulk.numbers", "no numbers for the facts were to be had"));
    }
    let new = |(target, id): (&&Target, &timeline::FactId)| NewFact {
        id: *id,
        account: target.account,
        line: target.line,
        occurred,
        currency: None,
        source: None,
        fact: Fact::Preference(word.clone()),
    };
    let new: Vec<NewFact> = targets.iter().zip(&ids).map(new).collect();
    facts::append(cx, tx, &new)?;
    let places: Vec<(AccountId, LineId)> =
        targets.iter().map(|target| (target.account, target.line)).collect();
    for group in places.chunks(AT_ONCE) {
        jobs::decide_at_once(cx, tx, group)?;
    }
    facts::ask_judgement(cx, tx, LineId::new(0))?;
    let made = |(target, id): (&&Target, timeline::FactId)| Part {
        made: id.0,
        crossing: 0,
        crossing_until: 0,
        ..part(target)
    };
    Ok(targets.iter().zip(ids).map(made).collect())
}

fn answer(cx: &Context, tx: &mut Tx<'_>, targets: &[&Target], state: &str, until: Day) -> Result<Vec<Part>> {
    let ids: Vec<i64> = targets.iter().filter_map(|target| Some(target.waits.as_ref()?.0)).collect();
    crossing::answer(cx, tx, &ids, state, until)?;
    Ok(targets.iter().map(|target| part(target)).collect())
}
