//! What was learned, as it is shown: the answer in a sentence, how good it is, what it changes.

use kernel::{Context, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use speech::say;
use stats::logistic::Accuracy;

use super::{foresee::Foreseen, lessons::LeftOut};
use crate::{
    Policy,
    learning::{self, LEAST, Lesson, Outcome, PER_NUMBER, Taught},
    policy::Guarantee,
    store::learning::Kept,
};

/// What came of learning from labels.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ShownLearning {
    /// Its id.
    #[serde(default)]
    pub id: String,
    /// The day on which it was asked for.
    pub on: String,
    /// Who asked; absent for the house itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// "overrides" or "labels".
    pub source: String,
    /// The policy that it starts from, with its version.
    pub from: String,
    /// How many labels there were.
    pub given: i64,
    /// How many of them could be used.
    pub used: i64,
    /// How many of those say client.
    pub clients: i64,
    /// How many of those say customer.
    pub customers: i64,
    /// Why the others could not.
    pub left_out: Vec<LeftOut>,
    /// What came of it, in words.
    pub answer: String,
    /// Whether something was learned; if not, the answer says why and what would be needed.
    pub learned: bool,
    /// What changes in the policy that it starts from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<LearnedNumber>,
    /// Into how many parts the labels were cut: each was judged by what was learned from the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folds: Option<i64>,
    /// How good the policy is that it starts from, on these labels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<ShownAccuracy>,
    /// How good what is learned is, on labels that were not used for learning it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<ShownAccuracy>,
    /// What of the promises of a policy would not hold for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub broken: Vec<String>,
    /// Who would become what by it.
    #[serde(default, skip_deserializing, skip_serializing_if = "Option::is_none")]
    pub foreseen: Option<Foreseen>,
    /// The draft of the policy, in TOML; absent in lists and where nothing was learned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A number that learning changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LearnedNumber {
    /// The dimension, or base.
    pub dimension: String,
    /// Its name on pages.
    pub word: String,
    /// What it was: the weight in permille; the base in thousandths of log-odds.
    pub before: i64,
    /// What it becomes.
    pub after: i64,
    /// The new bounds of the dimension, thousandths of log-odds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lower: Option<i64>,
    /// As `lower`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper: Option<i64>,
}

/// How good a policy is on labels; decimals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ShownAccuracy {
    /// The chance that a client stands above a customer; 0.5 tells nothing, 1 is best.
    pub auc: String,
    /// The mean squared distance between strength and truth; 0 is best.
    pub brier: String,
    /// The mean of minus the logarithm of the strength given to the truth; 0 is best.
    pub log_loss: String,
    /// What would have to be added to the score so that it fits on the whole; 0 is best, above 0 it is too low.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibration_intercept: Option<String>,
    /// By what it would have to be multiplied; 1 is best, below 1 it is too far out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibration_slope: Option<String>,
    /// Labels in the order of their strength, in groups: what was said and what was so.
    pub groups: Vec<ShownGroup>,
}

/// Labels of about the same strength.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ShownGroup {
    /// How many.
    pub labels: i64,
    /// Their mean strength.
    pub predicted: String,
    /// The share of them that says client.
    pub observed: String,
}

impl ShownLearning {
    /// The counts of what is learned from.
    pub(super) fn of(lessons: &[Lesson]) -> ShownLearning {
        let (clients, customers) = learning::counts(lessons);
        ShownLearning {
            used: whole(lessons.len()),
            clients: whole(clients),
            customers: whole(customers),
            ..ShownLearning::default()
        }
    }

    /// With how good it is.
    pub(super) fn with(self, taught: &Taught) -> ShownLearning {
        ShownLearning {
            folds: Some(whole(taught.folds)),
            before: Some(shown(&taught.before)),
            after: Some(shown(&taught.after)),
            ..self
        }
    }

    /// As it was kept.
    ///
    /// # Errors
    /// `learning.report` for a report that this version cannot read.
    pub(super) fn read(cx: &Context, kept: &Kept, by: Option<String>) -> Result<ShownLearning> {
        let mut shown: ShownLearning = serde_json::from_str(&kept.report).map_err(|cause| {
            Problem::internal("learning.report", "a report of what was learned cannot be read").because(cause)
        })?;
        if !speech::is_plain() {
            shown.say_again(&kept.text);
        }
        Ok(ShownLearning { id: cx.codes.write(kept.id), by, ..shown })
    }
}

impl ShownLearning {
    /// What was kept in English, in the language of whoever looks.
    fn say_again(&mut self, draft: &str) {
        let rarer = self.clients.min(self.customers);
        self.answer = match (&self.before, &self.after) {
            (Some(before), Some(after)) => {
                // The numbers that were learned alone are told nowhere else than in the sentence.
                let free = match self.answer.split_once(" the base, ") {
                    Some((_, rest)) if rest.starts_with("one weight") => 1,
                    Some((_, rest)) => leading(rest),
                    None => 0,
                };
                let figures = |of: &ShownAccuracy| [of.brier.clone(), of.auc.clone()];
                let is_better = !self.answer.contains("That is no better");
                learned(&self.labels(), free, [figures(before), figures(after)], is_better)
            }
            _ if rarer < whole(LEAST) => too_few(&self.labels(), rarer, whole(LEAST)),
            _ => alike(&self.labels()),
        };
        for one in &mut self.changes {
            one.word = speech::word!(one.word);
        }
        for one in &mut self.left_out {
            one.why = speech::word!(one.why);
        }
        if !self.broken.is_empty()
            && let Ok(policy) = Policy::parse(draft)
        {
            self.broken = Guarantee::broken(&policy);
        }
    }

    /// `120 labels (40 client, 80 customer)`.
    fn labels(&self) -> String {
        let (used, clients, customers) = (self.used, self.clients, self.customers);
        say!("{used} labels ({clients} client, {customers} customer)")
    }
}

/// The number with which a text begins; nought where there is none.
fn leading(text: &str) -> usize {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn decimal(number: f64) -> String {
    let text = format!("{number:.3}");
    if text == "-0.000" { "0.000".to_owned() } else { text }
}

fn shown(accuracy: &Accuracy) -> ShownAccuracy {
    let group = |group: &stats::logistic::Group| ShownGroup {
        labels: whole(group.rows),
        predicted: decimal(group.predicted),
        observed: decimal(group.observed),
    };
    ShownAccuracy {
        auc: decimal(accuracy.auc),
        brier: decimal(accuracy.brier),
        log_loss: decimal(accuracy.log_loss),
        calibration_intercept: accuracy.calibration.map(|one| decimal(one.intercept)),
        calibration_slope: accuracy.calibration.map(|one| decimal(one.slope)),
        groups: accuracy.groups.iter().map(group).collect(),
    }
}

/// What learning changes in a policy.
pub(super) fn changes(before: &Policy, after: &Policy) -> Vec<LearnedNumber> {
    let base = LearnedNumber {
        dimension: "base".to_owned(),
        word: "Starting point".to_owned(),
        before: before.rules.base,
        after: after.rules.base,
        lower: None,
        upper: None,
    };
    let changed = after.curves.iter().filter(|(name, curve)| before.curves.of(*name).weight != curve.weight);
    let weights = changed.map(|(name, curve)| LearnedNumber {
        dimension: name.to_string(),
        word: name.word().to_owned(),
        before: before.curves.of(name).weight,
        after: curve.weight,
        lower: Some(curve.lower),
        upper: Some(curve.upper),
    });
    std::iter::once(base).filter(|base| base.before != base.after).chain(weights).collect()
}

/// What came of it, in words.
pub(super) fn answer(shown: &ShownLearning, outcome: &Outcome) -> String {
    let of = shown.labels();
    match outcome {
        Outcome::TooFew { have, need } => too_few(&of, whole(*have), whole(*need)),
        Outcome::Alike => alike(&of),
        Outcome::Learned(taught) => {
            let figures = |of: &Accuracy| [decimal(of.brier), decimal(of.auc)];
            let is_better = taught.after.brier < taught.before.brier;
            learned(&of, taught.free.len(), [figures(&taught.before), figures(&taught.after)], is_better)
        }
    }
}

fn too_few(of: &str, have: i64, need: i64) -> String {
    say!(
        "Too few labels: of {of} the rarer class has {have}, and {need} are needed to learn the base and a scale that all weights \
         share; each weight of its own takes {PER_NUMBER} more."
    )
}

fn alike(of: &str) -> String {
    say!(
        "Of {of} one class is about so few accounts that what is learned from some cannot be tried on others; label more \
         accounts."
    )
}

/// The Brier score and the AUC, before and after.
fn learned(of: &str, free: usize, [before, after]: [[String; 2]; 2], is_better: bool) -> String {
    let free = match free {
        0 => say!("From {of} the base and a scale that all weights share were learned."),
        1 => say!("From {of} the base, one weight, and a scale for all others were learned."),
        n => say!("From {of} the base, {n} weights, and a scale for all others were learned."),
    };
    let ([old_brier, old_auc], [brier, auc]) =
        (before.map(|text| speech::decimal(&text)), after.map(|text| speech::decimal(&text)));
    let tried = say!(
        "On labels that were not used for learning, the Brier score is {brier} (before {old_brier}; less is better) and the AUC \
         {auc} (before {old_auc}; more is better)."
    );
    match is_better {
        true => format!("{free} {tried}"),
        false => {
            let no =
                say!("That is no better than the policy it starts from: there is no reason to adopt it.");
            format!("{free} {tried} {no}")
        }
    }
}
