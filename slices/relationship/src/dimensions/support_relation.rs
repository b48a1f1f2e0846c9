//! Support relation: do they come for advice, or with faults and refunds?

use speech::say;

use timeline::FactId;

use super::topic::{contact, is_advice, is_transaction};
use crate::{Dimension, DimensionName, History, history::Group, phrase};

/// Permille advice among their requests, with six imagined ones, half of each.
pub struct SupportRelation;

impl Dimension for SupportRelation {
    fn name(&self) -> DimensionName {
        DimensionName::SupportRelation
    }

    fn measure(&self, history: &History) -> Option<i64> {
        let (advice, others) = requests(history);
        (0 < advice + others).then(|| (1000 * advice + 3000) / (advice + others + 6))
    }

    fn version(&self, history: &History) -> i64 {
        let window = history.policy().windows.contact;
        let groups = [Group::Contact, Group::Refund];
        history.seen(&groups) + groups.iter().map(|group| history.left(*group, window)).sum::<i64>()
    }

    fn facts(&self, history: &History) -> Vec<FactId> {
        let window = history.policy().windows.contact;
        let asked = history.recent(Group::Contact, window).iter();
        let asked =
            asked.filter(|seen| contact(seen).is_some_and(|one| is_advice(one) || is_transaction(one)));
        super::ids(asked.chain(history.recent(Group::Refund, window)))
    }

    fn evidence(&self, history: &History) -> String {
        let (advice, others) = requests(history);
        let advice = phrase::count(advice, "request for advice", "requests for advice");
        match (self.measure(history), others) {
            (None, _) => say!("No evidence: they have asked for nothing in a year").into_owned(),
            (_, 0) => say!("{advice}, no refund and no fault"),
            _ => format!(
                "{advice}, {}",
                phrase::count(others, "refund, fault or other request", "refunds, faults or other requests")
            ),
        }
    }
}

/// Requests for advice, or that go on after they were solved; and all others, refunds among them.
fn requests(history: &History) -> (i64, i64) {
    let window = history.policy().windows.contact;
    let (mut advice, mut others) = (0, 0);
    for one in history.recent(Group::Contact, window).iter().filter_map(contact) {
        let asked = is_advice(one) || is_transaction(one);
        let advised = is_advice(one) || (asked && one.continues);
        advice += i64::from(advised);
        others += i64::from(asked && !advised);
    }
    (advice, others + i64::try_from(history.recent(Group::Refund, window).len()).unwrap_or(i64::MAX - others))
}
