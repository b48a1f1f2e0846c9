//! Reciprocity: do they give back?

use speech::say;

use timeline::{
    Fact, FactId,
    fact::{Register, Side},
};

use super::topic::contact;
use crate::{
    Dimension, DimensionName, History,
    history::{Group, Seen},
    phrase,
    policy::GiveCredit,
};

/// Thousandths of a point.
pub struct Reciprocity;

/// The groups in which they may give something.
const GROUPS: [Group; 6] =
    [Group::Contact, Group::Feedback, Group::Referral, Group::Training, Group::Goal, Group::Interest];

impl Dimension for Reciprocity {
    fn name(&self) -> DimensionName {
        DimensionName::Reciprocity
    }

    fn measure(&self, history: &History) -> Option<i64> {
        let pairs = history.policy().policy.credit.give.pairs();
        let (mut points, mut any) = ([0; 7], false);
        for (kind, _) in given(history) {
            let (each, most) = pairs[kind];
            points[kind] = (points[kind] + each).min(most);
            any = true;
        }
        match any {
            true => Some(points.iter().sum()),
            false => history.is_complete(Register::Feedback).then_some(0),
        }
    }

    fn version(&self, history: &History) -> i64 {
        let window = history.policy().windows.contact;
        let left = GROUPS.iter().map(|group| history.left(*group, window)).sum::<i64>();
        history.seen(&GROUPS) + history.seen(&[Group::RecordKept]) + left
    }

    fn facts(&self, history: &History) -> Vec<FactId> {
        let found: Vec<FactId> = given(history).map(|(_, id)| id).collect();
        if found.is_empty() { history.register(Register::Feedback).into_iter().collect() } else { found }
    }

    fn evidence(&self, history: &History) -> String {
        let mut counts = [0i64; 7];
        given(history).for_each(|(kind, _)| counts[kind] += 1);
        let some = counts.iter().zip(GiveCredit::KINDS).filter(|(n, _)| 0 < **n);
        let said: Vec<String> = some.map(|(n, kind)| counted(*n, kind)).collect();
        match (said.is_empty(), self.measure(history)) {
            (false, _) => phrase::list(&said),
            (true, None) => say!("No evidence: what they gave back is not on record").into_owned(),
            (true, Some(_)) => say!("Nothing given back").into_owned(),
        }
    }
}

/// So many of a kind, by the words of the policy.
fn counted(n: i64, kind: &str) -> String {
    match kind {
        "detailed" => phrase::count(n, "feedback in words", "feedbacks in words"),
        "goal" => phrase::count(n, "goal told to us", "goals told to us"),
        "referral" => phrase::count(n, "referral", "referrals"),
        "training" => phrase::count(n, "training", "trainings"),
        "learning" => phrase::count(n, "question how to do better", "questions how to do better"),
        "upgrade" => phrase::count(n, "interest in an upgrade", "interests in an upgrade"),
        _ => phrase::count(n, "rating", "ratings"),
    }
}

/// What they gave within the window: the kind by its place in the policy, and the fact.
fn given<'h>(history: &'h History) -> impl Iterator<Item = (usize, FactId)> + 'h {
    let window = history.policy().windows.contact;
    let all = GROUPS.iter().flat_map(move |group| history.recent(*group, window));
    all.filter_map(|seen| Some((kind(seen)?, seen.entry.id)))
}

fn kind(seen: &Seen) -> Option<usize> {
    let word = match &seen.entry.fact {
        Fact::Feedback(feedback) => match feedback.form.as_deref() {
            Some("rating" | "nps") => "rating",
            _ => "detailed",
        },
        Fact::Interest(interest) => interest.subject.as_deref()?,
        Fact::Referral => "referral",
        Fact::Training => "training",
        Fact::Goal(_) => "goal",
        _ => contact(seen).filter(|one| one.started_by == Side::Them)?.topic.as_deref()?,
    };
    GiveCredit::KINDS.iter().position(|known| *known == word)
}
