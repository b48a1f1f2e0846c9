//! Learning weights from labels: what comes of it is a draft with its accuracy, never adopted by itself.

use ::store::{DataClass, Tx};
use kernel::{Context, Day, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::Deserialize;
use slice::{Act, Head, Method};
use speech::say;

use super::{
    foresee::foresee,
    learned::{ShownLearning, answer, changes},
    lessons::{self, Left},
    policy::{Nothing, meant},
};
use crate::{
    Industries, Policy,
    jobs::Grounds,
    label,
    learning::{self, LearningId, Outcome},
    policy::{Learned, same_scores},
    store::{learning as stored, policy as policies},
};

pub(super) const LEARN: Head = Head {
    name: "policy.learn",
    act: Act::Write,
    method: Method::Post,
    path: "/policy/learnings",
    command: "policy learn",
    permission: Permission::Manage,
    class: DataClass::Personal,
    sentence: "Learns the base and the weights of a policy from labels: from what people set by hand, or from a text of rows; \
               gives a draft with its accuracy, and adopts nothing.",
    examples: &[
        "mainstay policy learn",
        "mainstay policy learn --labels @labels.csv",
        "mainstay policy learn --from relationship --labels \"account,class\"",
    ],
};

/// From what to learn.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Learn {
    /// The labels, as rows parted by commas: heads account and class (client or customer), and where wanted line and day.
    /// What people set by hand and did not withdraw where absent.
    #[serde(default)]
    pub labels: Option<String>,
    /// The policy to start from, by the name of one that ships; the one in force where absent.
    #[serde(default)]
    pub from: Option<String>,
}

/// Learns from labels, and shows what came of it.
///
/// # Errors
/// `labels.*` for a text of labels that cannot be read, `policy.*` for a policy that is none.
pub fn learn(cx: &Context, tx: &mut Tx<'_>, input: Learn) -> Result<ShownLearning> {
    let id = keep_learned(cx, tx, input)?;
    view(cx, tx, OfLearning { id: cx.codes.write(id) })
}

/// The same without a look at who would become what, which whoever opens it gets.
///
/// # Errors
/// As [`learn`].
pub(crate) fn keep_learned(cx: &Context, tx: &mut Tx<'_>, input: Learn) -> Result<LearningId> {
    let text = match input.from.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
        Some(name) => meant(Some(name), None)?,
        None => policies::text(tx)?,
    };
    let policy = Policy::parse(&text)?;
    let mut left = Left::default();
    let rows = input.labels.as_deref().filter(|labels| !labels.trim().is_empty());
    let (placed, given) = match rows {
        None => {
            let placed = lessons::from_overrides(cx, tx)?;
            let given = placed.len();
            (placed, given)
        }
        Some(rows) => {
            let (labels, unread) = label::read(rows)?;
            let given = labels.len() + unread.len();
            unread.into_iter().for_each(|(row, why)| left.out(Some(row), why));
            (lessons::from_text(cx, tx, labels, &mut left)?, given)
        }
    };
    let lessons = lessons::lessons(cx, tx, policy.clone(), &placed, &mut left)?;
    let outcome = learning::learn(&policy, &lessons);
    let source = if rows.is_some() { "labels" } else { "overrides" };
    let mut shown = ShownLearning {
        on: cx.today().to_string(),
        source: source.to_owned(),
        from: format!("{} {}", policy.name, policy.version),
        given: i64::try_from(given).unwrap_or(i64::MAX),
        left_out: left.told(),
        ..ShownLearning::of(&lessons)
    };
    // The report is kept, so it is in English whoever asks for it.
    shown.answer = speech::plainly(|| answer(&shown, &outcome));
    let mut draft = String::new();
    if let Outcome::Learned(taught) = &outcome {
        let note = Learned {
            labels: shown.used,
            clients: shown.clients,
            on: shown.on.clone(),
            from: shown.from.clone(),
        };
        draft = taught.weights.over(&text, &note)?;
        let (learned, industries) = (Policy::parse(&draft)?, &Industries::shipped()?);
        shown = ShownLearning {
            learned: true,
            changes: speech::plainly(|| changes(&policy, &learned)),
            broken: speech::plainly(|| learned.broken_guarantees(industries)),
            ..shown.with(taught)
        };
    }
    let report = serde_json::to_string(&shown).map_err(|cause| {
        Problem::internal("learning.report", "the report cannot be written").because(cause)
    })?;
    stored::keep(cx, tx, &draft, &report)
}

pub(super) const VIEW: Head = Head {
    name: "policy.learning",
    act: Act::Read,
    method: Method::Get,
    path: "/policy/learnings/{id}",
    command: "policy learning {id}",
    permission: Permission::Manage,
    class: DataClass::Personal,
    sentence: "Shows what was learned from labels: the draft, how good it is, what it changes, and who would become what.",
    examples: &["mainstay policy learning learn_x7Kq2"],
};

/// A learning by its id.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfLearning {
    /// The id of the learning.
    pub id: String,
}

/// Shows what was learned, and who would become what by it now.
///
/// # Errors
/// `learning.none`.
pub fn view(cx: &Context, tx: &mut Tx<'_>, input: OfLearning) -> Result<ShownLearning> {
    let kept = found(cx, tx, &input.id)?;
    let by = accounts::store::audit::people(tx, &[kept.by])?.remove(&kept.by);
    let mut shown = ShownLearning::read(cx, &kept, by)?;
    if !kept.text.is_empty() {
        shown.foreseen = Some(foresee(cx, tx, Grounds::under(Policy::parse(&kept.text)?)?, None)?);
        shown.text = Some(kept.text);
    }
    Ok(shown)
}

/// The text of the policy that a learning made.
///
/// # Errors
/// `learning.none`, `learning.nothing` where there was nothing to learn.
pub(super) fn text(cx: &Context, tx: &mut Tx<'_>, id: &str) -> Result<String> {
    let text = found(cx, tx, id)?.text;
    if text.is_empty() {
        let text = say!(
            "adopt what was learned: there was nothing to learn from those labels; see `mainstay policy learning`"
        );
        return Err(Problem::conflict("learning.nothing", text));
    }
    Ok(text)
}

fn found(cx: &Context, tx: &mut Tx<'_>, id: &str) -> Result<stored::Kept> {
    let id: LearningId = cx.codes.read(id)?;
    let none = || {
        Problem::not_found(
            "learning.none",
            say!("there is no such learning; `mainstay policy learnings` lists them"),
        )
    };
    stored::find(tx, id)?.ok_or_else(none)
}

pub(super) const LIST: Head = Head {
    name: "policy.learnings",
    act: Act::Read,
    method: Method::Get,
    path: "/policy/learnings",
    command: "policy learnings",
    permission: Permission::Manage,
    class: DataClass::Business,
    sentence: "Lists what was learned from labels, newest first.",
    examples: &["mainstay policy learnings"],
};

/// Lists the newest hundred.
///
/// # Errors
/// `store.statement`.
pub fn list(cx: &Context, tx: &mut Tx<'_>, _: Nothing) -> Result<Vec<ShownLearning>> {
    let kept = stored::newest(tx, 100)?;
    let people: Vec<_> = kept.iter().map(|one| one.by).collect();
    let names = accounts::store::audit::people(tx, &people)?;
    kept.iter().map(|one| ShownLearning::read(cx, one, names.get(&one.by).cloned())).collect()
}

/// Refuses a policy that says it was learned and is not what any learning of this house made: its strength would be
/// called a probability without having been tried on labels.
///
/// # Errors
/// `policy.learned`.
pub(super) fn must_be_ours(tx: &mut Tx<'_>, policy: &Policy) -> Result<()> {
    let Some(learned) = &policy.learned else { return Ok(()) };
    // A draft names the day on which it was learned: only those of that day can be it.
    let texts = match Day::parse(&learned.on) {
        Ok(on) => stored::texts_of(tx, on)?,
        Err(_) => Vec::new(),
    };
    for text in texts {
        let made = Policy::parse(&text);
        if made.is_ok_and(|made| made.learned.as_ref() == Some(learned) && same_scores(&made, policy)) {
            return Ok(());
        }
    }
    let text = say!(
        "adopt a policy that says it was learned: nothing that was learned in this house has these weights; adopt a \
         learning by its id, or take the section [learned] out of the text"
    );
    Err(Problem::invalid("text", "policy.learned", text))
}
