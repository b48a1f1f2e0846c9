//! Why a relationship is what it is: contributions that sum, each with its facts, each fact with its row.

use ::store::{DataClass, Tx};
use accounts::{Account, store as account_store};
use kernel::{Context, Permission, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::say;
use timeline::{
    AccountId, Entry, LineId,
    store::{self as facts, SourceNames},
};

use super::{
    behind::{ExplainedFact, ExplainedLine, lines},
    course::{ShownStretch, course, hangs_on, rests_on},
    on_day::{self, OnDay},
    on_record::{OnRecord, on_record},
    said::{self, ShownOverride},
    service_fit::{Shown, ShownServiceFit, shown_fit},
    told_together::{ToldTogether, told_together},
    turned::{ShownAhead, ShownDeed, ShownTurn, shown_ahead, shown_deeds, shown_turn},
};
use crate::{
    Decision, Policy, Why, explain, fit,
    jobs::{Clocks, Grounds},
    path,
    store::current,
    strength,
    together::Effects,
};

pub(super) const VIEW: Head = Head {
    name: "relationship.view",
    act: Act::Read,
    method: Method::Get,
    path: "/relationships/{id}",
    command: "relationship {id}",
    permission: Permission::Read,
    class: DataClass::Personal,
    sentence: "Shows what a relationship is and why: contributions that sum to the score, each with its facts.",
    examples: &[
        "mainstay relationship rel_x7Kq2",
        "mainstay relationship rel_x7Kq2 --as-of 2025-03-04 --known-at 2025-03-04 -o json",
    ],
};

/// A relationship by its id.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// The id of the relationship.
    pub id: String,
}

/// A decision with its reasons.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Explanation {
    /// The id of the relationship.
    pub id: String,
    /// The id of the account.
    pub account: String,
    /// The name of the account.
    pub name: String,
    /// The service line.
    pub line: String,
    /// Our trade on it.
    pub industry: String,
    /// The day it is judged for, and whether that is the clock or the end of the data.
    pub as_of: String,
    /// The day whose knowledge it rests on, where that is not now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_at: Option<String>,
    /// What stood on record when that day ended; absent where nothing did, or all that is known now counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_record: Option<OnRecord>,
    /// "clock" or "end of data".
    pub now_is: String,
    /// prospect, customer, client, former, not enough evidence: what a person set, else what the evidence says.
    pub class: String,
    /// What the evidence says, whatever a person set.
    pub computed: String,
    /// The class that a person set, beside the evidence; absent where nobody did.
    #[serde(rename = "override", skip_serializing_if = "Option::is_none")]
    pub said: Option<ShownOverride>,
    /// prospect, active, former.
    pub standing: String,
    /// customer, client, not enough evidence; what a former one was.
    pub lean: String,
    /// The whole decision as plain sentences.
    pub sentence: String,
    /// The reason in the words of the policy.
    pub why: String,
    /// The reason as a sentence.
    pub reason: String,
    /// The first day of the unbroken run of this class.
    pub since: String,
    /// Log-odds of client against customer, in millionths; the contributions sum to it.
    pub score: Option<i64>,
    /// Strength of evidence, four decimals, as the policy writes it.
    pub strength: Option<String>,
    /// The same with two decimals, as pages show it.
    pub strength_shown: Option<String>,
    /// How many labels of ours the weights were learned from: only then is the strength a probability; absent where they
    /// were reasoned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calibrated_on: Option<i64>,
    /// Permille of what could be known.
    pub coverage: i64,
    /// Would the unknown turn it?
    pub confidence: Option<String>,
    /// Served as what it is?
    pub fit: String,
    /// What the service fit comes from; absent where it is not judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<ShownServiceFit>,
    /// The lines of the sum.
    pub contributions: Vec<ExplainedLine>,
    /// What facts do together, where they are too many to be left out one by one; absent where each was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub together: Option<ToldTogether>,
    /// Each class that it had, by the facts, with what happened on the day on which it began.
    pub course: Vec<ShownStretch>,
    /// The facts on which the standing of a prospect or former one rests, the newest first: signs of interest, the end of a
    /// contract, the last sign of life, what they asked since.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rests_on: Vec<ExplainedFact>,
    /// Facts without any one of which it would be of another class, the newest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hangs_on: Vec<ExplainedFact>,
    /// What would settle it.
    pub ask: Vec<String>,
    /// The least of each kind of thing that could be recorded on the day and would make it the other class, the fewest
    /// facts first; none where nothing that was tried would.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub deeds: Vec<ShownDeed>,
    /// The same in measured values, each by itself; absent where it is neither, or nothing would.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn: Option<ShownTurn>,
    /// What it becomes within three years if nothing more is recorded; absent where it stays what it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ahead: Option<ShownAhead>,
    /// Name of the policy.
    pub policy: String,
    /// Version of the policy.
    pub policy_version: String,
    /// Version of the frozen ranks of spend.
    pub baseline: Option<i64>,
    /// Strength at which one becomes a client, permille.
    pub become_permille: i64,
    /// Strength at which one stops being one, permille.
    pub stop_permille: i64,
}

/// Shows a relationship with its reasons.
///
/// # Errors
/// `relationship.none`, `relationship.ahead`, `day.format`.
pub fn view(cx: &Context, tx: &mut Tx<'_>, input: OnDay) -> Result<Explanation> {
    let clocks = input.clocks()?;
    let (account, line) = current::place(cx, tx, cx.codes.read(&input.id)?)?;
    explain_on(cx, tx, (input.id, account), (line, clocks))
}

/// Explains the decision of an account on a line. The caller has seen to it that the viewer may see the account.
///
/// # Errors
/// `accounts.no_account`, or a policy or fact that this version cannot read.
pub fn explain(
    cx: &Context,
    tx: &mut Tx<'_>,
    id: String,
    account: AccountId,
    line: LineId,
) -> Result<Explanation> {
    explain_on(cx, tx, (id, account), (line, Clocks::default()))
}

/// The same for another day, as it was known on another.
fn explain_on(
    cx: &Context,
    tx: &mut Tx<'_>,
    (id, account): (String, AccountId),
    place: (LineId, Clocks),
) -> Result<Explanation> {
    let Account { id: account, name, .. } = account_store::visible(cx, tx, account)?;
    let (entries, names, stood) = read(cx, tx, (&id, account), place)?;
    let mut grounds = Grounds::by(cx, tx, place.1)?;
    let policy = grounds.shared_policy();
    let explanation = grounds.look_from(cx, tx, place, &entries, |line, vantage| {
        let (decision, history) = fit::decided_in(&entries, vantage, None);
        let states = path(&entries, vantage);
        let effects = Effects::of(&entries, vantage, (&decision, &history), &states);
        let behind = Shown { entries: &entries, effects: &effects.each, names: &names };
        Explanation {
            id,
            account: cx.codes.write(account),
            name,
            line: line.name.clone(),
            industry: line.industry.clone(),
            as_of: decision.as_of.to_string(),
            known_at: place.1.known_at.map(|day| day.to_string()),
            on_record: stood,
            now_is: line.now_is().to_owned(),
            class: decision.class().to_string(),
            computed: decision.class().to_string(),
            said: None,
            standing: decision.standing.to_string(),
            lean: decision.lean.to_string(),
            sentence: explain::sentence(&decision, &policy),
            why: decision.why.code(),
            reason: explain::reason(&decision, &policy),
            since: decision.since.to_string(),
            score: decision.score,
            strength: judged_score(&decision).map(strength::four_decimals),
            strength_shown: judged_score(&decision).map(strength::shown),
            calibrated_on: policy.learned.as_ref().map(|learned| learned.labels),
            coverage: decision.coverage,
            confidence: decision.confidence.map(|confidence| confidence.to_string()),
            fit: decision.fit.to_string(),
            service: shown_fit(cx, vantage, (&decision, &history), &behind),
            contributions: lines(cx, &decision, &history, &effects.each, &names),
            together: told_together(&effects),
            course: course(cx, &states, &history, &behind),
            rests_on: rests_on(cx, &decision, &history, &behind),
            hangs_on: hangs_on(cx, &decision, &history, &behind),
            ask: asked(&decision, &policy),
            deeds: shown_deeds(&entries, vantage, &decision, &states),
            turn: shown_turn(&history, &decision),
            ahead: shown_ahead(&entries, vantage, &decision),
            policy: decision.policy.to_string(),
            policy_version: decision.policy_version.to_string(),
            baseline: decision.baseline,
            become_permille: policy.rules.become_permille,
            stop_permille: policy.rules.stop_permille,
        }
    })?;
    said::above(cx, tx, (account, place.0), place.1, unscored(explanation))
}

/// The facts as those clocks have them, the names of the files that told them, and what stood on record.
fn read(
    cx: &Context,
    tx: &mut Tx<'_>,
    (id, account): (&str, AccountId),
    (line, clocks): (LineId, Clocks),
) -> Result<(Vec<Entry>, SourceNames, Option<OnRecord>)> {
    let entries = on_day::entries(cx, tx, (account, line), clocks)?;
    let names = facts::source_names(tx, entries.iter().filter_map(|entry| entry.source))?;
    Ok((entries, names, on_record(cx, tx, id, clocks)?))
}

/// What would settle it: where amounts in two currencies stand in the way, that and nothing else.
fn asked(decision: &Decision, policy: &Policy) -> Vec<String> {
    match decision.why {
        Why::Currencies(one, other) => vec![say!(
            "Do the amounts in {one} and those in {other} belong to one dealing? If so, record them in one currency; if not, \
             give each a service line of its own."
        )],
        _ => decision.ask.iter().map(|name| speech::word!(policy.curves.of(*name).ask)).collect(),
    }
}

/// Where there is no score, no fact is said to move it (policy.md §6.1).
fn unscored(mut explanation: Explanation) -> Explanation {
    if explanation.score.is_some() {
        return explanation;
    }
    let of_lines = explanation.contributions.iter_mut().flat_map(|line| &mut line.facts);
    let of_course = explanation.course.iter_mut().flat_map(|stretch| &mut stretch.facts);
    let others = explanation.rests_on.iter_mut().chain(&mut explanation.hangs_on);
    for fact in of_lines.chain(of_course).chain(others) {
        (fact.without, fact.effect) = (None, String::new());
    }
    explanation.together = None;
    explanation
}

fn judged_score(decision: &Decision) -> Option<i64> {
    decision.score.filter(|_| decision.class().is_judged())
}
