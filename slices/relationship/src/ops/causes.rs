//! What moved a decision: the passing of time, facts, the policy, the ranks of spend, a person; each by how much.
//!
//! From one decision to the next the grounds are changed one kind at a time, in that order, and the score is taken after
//! each: so the parts sum exactly to the whole movement.

use ::store::Tx;
use kernel::{Context, Moment, Result};
use speech::say;
use timeline::{Entry, FactId, LineId, store::Remembered};

use super::cause::{Cause, MovingFact, cause, ranks, ruling};
use crate::{
    History, Weighing,
    jobs::recall::{Footing, Lost, Recall, on_record},
    overrides::Override,
    phrase,
    store::log::Logged,
};

/// Facts that are told one by one.
const TOLD: usize = 5;
/// Facts whose effect is worked out one by one; beyond that a single one hardly shows.
const TRIED: usize = 60;
/// The same for the facts among which each is left out.
const AMONG: usize = 400;

/// What the causes of a relationship's decisions are found in.
pub(super) struct Past<'a> {
    pub(super) line: LineId,
    pub(super) all: &'a [Remembered],
    pub(super) overrides: &'a [(Override, Option<String>)],
    pub(super) recall: Recall,
}

impl Past<'_> {
    /// What moved a decision, after the one before it.
    ///
    /// # Errors
    /// `store.statement`, `policy.*`, `baseline.format`.
    pub(super) fn causes(
        &mut self,
        cx: &Context,
        tx: &mut Tx<'_>,
        (before, now): (Option<&Logged>, &Logged),
    ) -> Result<Vec<Cause>> {
        let found = match before {
            None => self.first(cx, tx, now)?,
            Some(before) => self.between(cx, tx, before, now)?,
        };
        Ok(found.unwrap_or_else(|lost| {
            let sentence = say!("What moved it cannot be told: {}", lost.sentence());
            vec![cause("unknown", sentence, None)]
        }))
    }

    /// What people said of it while a decision stood: from its day until that of the next.
    pub(super) fn said(&self, cx: &Context, (from, until): (i64, Option<i64>)) -> Vec<Cause> {
        let day = |moment: i64| Moment::at(moment).day(&cx.zone);
        let stood = |one: &&(Override, Option<String>)| {
            day(from) <= one.0.set_on && until.is_none_or(|until| one.0.set_on < day(until))
        };
        let told = |(one, by): &(Override, Option<String>)| {
            let by = by.clone().unwrap_or_else(|| say!("the house").into_owned());
            let (on, until) = (phrase::day(one.set_on), phrase::day(one.until));
            let ended = one.withdrawn.as_ref().map(|gone| say!("; withdrawn on {}", phrase::day(gone.on)));
            let sentence = say!(
                "Set to {} by {by} on {on}, until {until}: {}{}",
                one.class.said(),
                one.reason,
                ended.unwrap_or_default()
            );
            cause("override", sentence, None)
        };
        self.overrides.iter().filter(stood).map(told).collect()
    }

    fn first(&mut self, cx: &Context, tx: &mut Tx<'_>, now: &Logged) -> Result<Told<Vec<Cause>>> {
        let footing = match self.recall.footing(tx, &now.stood, now.as_of)? {
            Ok(footing) => footing,
            Err(lost) => return Ok(Err(lost)),
        };
        let is: Vec<Entry> = on_record(self.all, self.line, now.decided_at);
        let is = seen(cx, &footing, is);
        let new: Vec<&Entry> = is.iter().collect();
        Ok(self.facts(cx, tx, &footing, &is, (&new, &[]))?.map(|(facts, further)| {
            let sentence =
                say!("First decided, from {n} fact" | "First decided, from {n} facts" % count(new.len()));
            vec![Cause { facts, further, ..cause("first", sentence, None) }]
        }))
    }

    fn between(
        &mut self,
        cx: &Context,
        tx: &mut Tx<'_>,
        before: &Logged,
        now: &Logged,
    ) -> Result<Told<Vec<Cause>>> {
        let was = self.recall.footing(tx, &before.stood, before.as_of)?;
        let is = self.recall.footing(tx, &now.stood, now.as_of)?;
        let (was, is) = match (was, is) {
            (Ok(was), Ok(is)) => (was, is),
            (Err(lost), _) | (_, Err(lost)) => return Ok(Err(lost)),
        };
        // What was on record and dated ahead of that day came to be known when its day did.
        let old = seen(cx, &was, on_record(self.all, self.line, before.decided_at));
        let new = on_record(self.all, self.line, now.decided_at);
        let later = Footing { as_of: is.as_of, ..was.clone() };
        let ruled = Footing { policy: is.policy.clone(), industry: is.industry.clone(), ..later.clone() };
        let mut scores = [0; 5];
        let steps = [(&was, &old), (&later, &old), (&later, &new), (&ruled, &new), (&is, &new)];
        for (score, (footing, entries)) in scores.iter_mut().zip(steps) {
            match self.score(cx, tx, footing, entries)? {
                Ok(found) => *score = found,
                Err(lost) => return Ok(Err(lost)),
            }
        }
        let moved = |n: usize| scores[n + 1] - scores[n];
        let mut causes = Vec::new();
        if was.as_of != is.as_of {
            let days = i64::from(is.as_of.0) - i64::from(was.as_of.0);
            let sentence = say!("Time passed: {}", phrase::plural(days, "day", "days"));
            causes.push(cause("time", sentence, Some(moved(0))));
        }
        let new = seen(cx, &later, new);
        match self.learnt(cx, tx, &later, (&old, &new), moved(1))? {
            Ok(found) => causes.extend(found),
            Err(lost) => return Ok(Err(lost)),
        }
        causes.extend(ruling(tx, &before.stood, &now.stood, moved(2))?);
        causes.extend(ranks(&before.stood, &now.stood, moved(3)));
        Ok(Ok(causes))
    }

    /// What came to be known, was told otherwise or taken back between the two.
    fn learnt(
        &mut self,
        cx: &Context,
        tx: &mut Tx<'_>,
        footing: &Footing,
        (old, new): (&[Entry], &[Entry]),
        moved: i64,
    ) -> Result<Told<Option<Cause>>> {
        let is_in = |all: &[Entry], one: &Entry| {
            all.iter().any(|other| other.id == one.id && other.recorded_at == one.recorded_at)
        };
        let has = |all: &[Entry], id: FactId| all.iter().any(|other| other.id == id);
        let added: Vec<&Entry> = new.iter().filter(|one| !is_in(old, one)).collect();
        let gone: Vec<&Entry> = old.iter().filter(|one| !has(new, one.id)).collect();
        if added.is_empty() && gone.is_empty() && moved == 0 {
            return Ok(Ok(None));
        }
        let (otherwise, fresh): (Vec<&Entry>, Vec<&Entry>) = added.iter().partition(|one| has(old, one.id));
        let (fresh, otherwise, taken) = (count(fresh.len()), count(otherwise.len()), count(gone.len()));
        let parts = [
            (fresh != 0).then(|| say!("{n} fact came to be known" | "{n} facts came to be known" % fresh)),
            (otherwise != 0).then(|| say!("{n} is told otherwise" | "{n} are told otherwise" % otherwise)),
            (taken != 0).then(|| say!("{n} was taken back" | "{n} were taken back" % taken)),
        ];
        let sentence = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        Ok(self
            .facts(cx, tx, footing, new, (&added, &gone))?
            .map(|(facts, further)| Some(Cause { facts, further, ..cause("facts", sentence, Some(moved)) })))
    }

    /// The facts of these that moved it most, and how many there are beyond.
    fn facts(
        &mut self,
        cx: &Context,
        tx: &mut Tx<'_>,
        footing: &Footing,
        all: &[Entry],
        (added, gone): (&[&Entry], &[&Entry]),
    ) -> Result<Told<(Vec<MovingFact>, i64)>> {
        let tried = added.len() + gone.len() <= TRIED && all.len() <= AMONG;
        let mut told = Vec::new();
        let changes = added.iter().map(|one| (*one, false)).chain(gone.iter().map(|one| (*one, true)));
        for (one, taken_back) in changes {
            let moved =
                match tried.then(|| self.effect(cx, tx, footing, all, (one, taken_back))).transpose()? {
                    None => None,
                    Some(Ok(moved)) => Some(moved),
                    Some(Err(lost)) => return Ok(Err(lost)),
                };
            told.push(MovingFact {
                id: cx.codes.write(one.id),
                said: timeline::sentence::say(one),
                on: one.occurred.day(&cx.zone).to_string(),
                taken_back,
                moved,
            });
        }
        told.sort_by_key(|one| std::cmp::Reverse(one.moved.map_or(0, i64::abs)));
        let further = count(told.len().saturating_sub(TOLD));
        told.truncate(TOLD);
        Ok(Ok((told, further)))
    }

    /// How the score differs because a fact is there, or is not there any more.
    fn effect(
        &mut self,
        cx: &Context,
        tx: &mut Tx<'_>,
        footing: &Footing,
        all: &[Entry],
        (one, taken_back): (&Entry, bool),
    ) -> Result<Told<i64>> {
        let mut with = all.to_vec();
        if taken_back {
            with.push(one.clone());
        }
        self.recall.look(cx, tx, (self.line, footing), &with, |vantage| {
            let whole = Weighing::of(&History::new(&with, vantage)).score;
            let rest = Weighing::of(&History::without(&with, vantage, one.id)).score;
            if taken_back { rest - whole } else { whole - rest }
        })
    }

    fn score(
        &mut self,
        cx: &Context,
        tx: &mut Tx<'_>,
        footing: &Footing,
        entries: &[Entry],
    ) -> Result<Told<i64>> {
        self.recall.look(cx, tx, (self.line, footing), entries, |vantage| {
            Weighing::of(&History::new(entries, vantage)).score
        })
    }
}

/// An answer, or why it is not known any more.
type Told<T> = std::result::Result<T, Lost>;

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Those that exist for the day.
fn seen(cx: &Context, footing: &Footing, mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.retain(|entry| entry.occurred.day(&cx.zone) <= footing.as_of);
    entries
}
