//! What a switch means for the judgement itself: the class that counts, what a person set, what waits, where the book lists
//! it; and what it leaves alone.

use ::store::Tx;
use kernel::{Context, Day, Problem, Result};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use slice::{Consequence, Consequences, Deeds, Switching};
use speech::say;
use timeline::{AccountId, LineId};

use super::{
    clearance::{Contacting, may_contact},
    consequence::{changes, done_already, left_alone},
    overrides, preference,
};
use crate::{
    Class, Purpose, jobs,
    overrides::{Override, OverrideId, Withdrawal},
    store::{
        book::{self, Found},
        crossing::{self, ACCEPTED, Crossing, DECLINED},
        current::RelationshipId,
        overrides as kept, switches, targets,
    },
    strength,
    switch::{Course, Stands},
};

/// What the judgement brings.
pub const CONSEQUENCES: Consequences =
    Consequences { of: "relationship", foresee, deeds: Some(Deeds { carry_out, take_back }) };

/// The relationship as it stands.
pub(super) struct Case {
    pub(super) found: Found,
    pub(super) others: Vec<Found>,
    pub(super) said: Option<Override>,
    pub(super) crossing: Option<Crossing>,
}

impl Case {
    /// As the viewer sees it.
    ///
    /// # Errors
    /// `relationship.none`.
    pub(super) fn read(
        cx: &Context,
        tx: &mut Tx<'_>,
        id: RelationshipId,
        (account, line): (AccountId, LineId),
    ) -> Result<Case> {
        let (mut own, others): (Vec<_>, Vec<_>) = book::of_account(tx, cx.actor.number(), account)?
            .into_iter()
            .partition(|found| found.line == line);
        let none = || Problem::not_found("relationship.none", say!("there is no such relationship"));
        let said = kept::counting(tx, &[account], cx.today())?.remove(&(account, line));
        Ok(Case { found: own.pop().ok_or_else(none)?, others, said, crossing: crossing::on(cx, tx, id)? })
    }

    pub(super) fn stands(&self) -> Stands {
        Stands {
            computed: self.found.computed,
            said: self.said.as_ref().map(|said| said.class),
            waits: self.crossing.is_some(),
        }
    }

    /// `customer, 0.61`.
    pub(super) fn evidence(&self) -> String {
        let strength = self.found.score.filter(|_| 0 <= self.found.strength).map(strength::shown);
        match strength {
            Some(strength) => format!("{}, {strength}", self.found.computed.said()),
            None => self.found.computed.said(),
        }
    }
}

fn foresee(cx: &Context, tx: &mut Tx<'_>, switching: &Switching) -> Result<Vec<Consequence>> {
    let (account, line) = place(switching);
    let case = Case::read(cx, tx, RelationshipId::new(switching.relationship), (account, line))?;
    let to = Class::parse(&switching.to).unwrap_or(Class::NotEnough);
    let course = Course::to(to, case.stands());
    let mut foreseen = changes(&case, to, course);
    foreseen.extend(done_already(&case, to, course));
    let stated = preference::of_place(cx, tx, switching.relationship.to_string(), (account, line))?;
    let ask = |purpose: &Purpose| Contacting { account, line, purpose: *purpose };
    let clearances = may_contact(cx, tx, &Purpose::ALL.iter().map(ask).collect::<Vec<_>>())?;
    foreseen.extend(left_alone(&case, stated.sentence, &clearances));
    Ok(foreseen)
}

/// What was done, and is needed to take it back.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Done {
    /// The override that was set.
    #[serde(skip_serializing_if = "Option::is_none")]
    set: Option<i64>,
    /// The override that was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrew: Option<i64>,
    /// The crossing that was answered, and the day up to which it had been put off.
    #[serde(skip_serializing_if = "Option::is_none")]
    answered: Option<(i64, i64)>,
}

fn carry_out(cx: &Context, tx: &mut Tx<'_>, switching: &Switching) -> Result<Value> {
    let (id, (account, line)) = (RelationshipId::new(switching.relationship), place(switching));
    let case = Case::read(cx, tx, id, (account, line))?;
    let to = Class::parse(&switching.to).unwrap_or(Class::NotEnough);
    let course = Course::to(to, case.stands());
    let mut done = Done::default();
    if let Some(said) = case.said.as_ref().filter(|_| course.withdraws) {
        let withdrawal =
            Withdrawal { on: cx.today(), by: cx.actor.number(), reason: switching.reason.clone() };
        kept::withdraw(tx, &[said.id], &withdrawal)?;
        done.withdrew = Some(said.id.0);
    }
    if course.sets {
        let until = switching.until.unwrap_or_else(|| cx.today().plus(crate::overrides::DAYS));
        let said = overrides::Said { class: to, reason: switching.reason.clone(), until };
        done.set = Some(overrides::put(cx, tx, id, (account, line), said)?.0);
    }
    if let Some(crossing) = case.crossing.as_ref().filter(|_| course.answers) {
        let state = if crossing.became == to { ACCEPTED } else { DECLINED };
        crossing::answer(cx, tx, &[crossing.id], state, cx.today())?;
        done.answered = Some((crossing.id, crossing.until));
    }
    jobs::decide(cx, tx, &[(account, line)])?;
    jobs::come_back(cx, tx)?;
    Ok(serde_json::to_value(done).unwrap_or_default())
}

fn take_back(cx: &Context, tx: &mut Tx<'_>, switching: &Switching, done: &Value) -> Result<()> {
    let (account, line) = place(switching);
    let done: Done = serde_json::from_value(done.clone()).map_err(|cause| {
        Problem::internal("switch.deeds", "what a switch did cannot be read").because(cause)
    })?;
    must_stand_as_left(cx, tx, switching, &done)?;
    if let Some(set) = done.set {
        switches::unsay(tx, OverrideId::new(set))?;
    }
    if let Some(withdrew) = done.withdrew {
        switches::say_again(tx, OverrideId::new(withdrew))?;
    }
    if let Some((crossing, until)) = done.answered {
        crossing::reopen(tx, &[crossing], until)?;
    }
    jobs::decide(cx, tx, &[(account, line)])?;
    jobs::come_back(cx, tx)
}

/// Nobody said anything since, and nothing ran out.
fn must_stand_as_left(cx: &Context, tx: &mut Tx<'_>, switching: &Switching, done: &Done) -> Result<()> {
    let (account, line) = place(switching);
    let all = kept::of(cx, tx, account, line)?;
    let newest = all.first();
    let is_left = match (done.set, done.withdrew) {
        (Some(set), _) => newest.is_some_and(|one| one.id.0 == set && one.counts_on(cx.today())),
        (None, Some(withdrew)) => newest.is_some_and(|one| one.id.0 == withdrew && one.withdrawn.is_some()),
        (None, None) => newest.is_none_or(|one| !one.counts_on(cx.today())),
    };
    let put_back = done.withdrew.and_then(|id| all.iter().find(|one| one.id.0 == id));
    let is_over = put_back.is_some_and(|one| one.until < cx.today());
    let newest = targets::newest_crossings(tx, &[switching.relationship])?;
    let crossed_since =
        done.answered.is_some_and(|(answered, _)| newest.get(&switching.relationship) != Some(&answered));
    let why = match (is_left, is_over, crossed_since) {
        (true, false, false) => return Ok(()),
        (false, ..) => say!("the class was set or withdrawn by hand since, or what was set ran out"),
        (_, true, _) => say!("what was set by hand before it has run out since"),
        _ => say!("it became another class by the evidence since"),
    };
    Err(Problem::conflict("switch.moved", say!("undo the switch: {why}; switch again instead")))
}

fn place(switching: &Switching) -> (AccountId, LineId) {
    (AccountId::new(switching.account), LineId::new(switching.line))
}

/// The last day on which a class set today counts, where nobody names one.
pub(super) fn usual_end(today: Day) -> Day {
    today.plus(crate::overrides::DAYS)
}
