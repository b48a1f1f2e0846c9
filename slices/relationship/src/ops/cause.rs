//! One thing that moved a decision, as it is told.

use ::store::Tx;
use kernel::Result;
use schemars::JsonSchema;
use serde::Serialize;
use speech::say;

use crate::store::{log::Stood, policy};

/// One thing that moved a decision.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Cause {
    /// first, time, facts, policy, baseline, override, or unknown.
    pub kind: String,
    /// What happened, in a sentence.
    pub sentence: String,
    /// By how much it moved the score, in millionths of log-odds; the causes of a decision sum to its movement. Absent for
    /// what moves no score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<i64>,
    /// The facts that moved it most.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<MovingFact>,
    /// Facts beyond those.
    #[serde(skip_serializing_if = "is_zero")]
    pub further: i64,
}

fn is_zero(n: &i64) -> bool {
    *n == 0
}

/// A fact that moved a decision.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MovingFact {
    /// Its id.
    pub id: String,
    /// How it reads.
    pub said: String,
    /// The day it happened.
    pub on: String,
    /// It was taken back, and moved the decision by that.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub taken_back: bool,
    /// How the score differs because of it, everything else the same, in millionths; single effects need not sum. Absent
    /// where it was not worked out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<i64>,
}

/// A cause without facts of its own.
pub(super) fn cause(kind: &str, sentence: String, moved: Option<i64>) -> Cause {
    Cause { kind: kind.to_owned(), sentence, moved, facts: Vec::new(), further: 0 }
}

/// Another policy, or another trade of the line.
pub(super) fn ruling(tx: &mut Tx<'_>, before: &Stood, now: &Stood, moved: i64) -> Result<Option<Cause>> {
    if before.policy == now.policy && before.industry == now.industry {
        return Ok(None);
    }
    let sentence = match before.policy == now.policy {
        true => say!("The trade of the service line is {:?} since", now.industry),
        false => {
            let adopted = policy::adopted(tx, now.policy.saturating_add(1), 1)?.into_iter().next();
            let why = adopted.map(|adopted| adopted.reason).filter(|reason| !reason.is_empty());
            let why = why.map(|why| format!(": {why}")).unwrap_or_default();
            say!("The policy {}, version {}, came into force{why}", now.policy_name, now.policy_version)
        }
    };
    Ok(Some(cause("policy", sentence, Some(moved))))
}

/// Other ranks of spend.
pub(super) fn ranks(before: &Stood, now: &Stood, moved: i64) -> Option<Cause> {
    if before.baseline == now.baseline && moved == 0 {
        return None;
    }
    let sentence = match now.baseline {
        Some(version) => say!("The ranks of spend were taken anew: baseline {version}"),
        None => say!("Their spend is not compared with that of others any more").into_owned(),
    };
    Some(cause("baseline", sentence, Some(moved)))
}
