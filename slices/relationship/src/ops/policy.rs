//! The policy in force: what it is, what another would change, and putting another in its place.

use ::store::{DataClass, Tx};
use kernel::{Context, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::say;
use timeline::{LineId, store as facts};

use super::{
    foresee::{Foreseen, foresee},
    learn,
};
use crate::{Industries, Policy, jobs::Grounds, policy::SHIPPED, store::policy as stored};

pub(super) const VIEW: Head = Head {
    name: "policy.view",
    act: Act::Read,
    method: Method::Get,
    path: "/policy",
    command: "policy",
    permission: Permission::Read,
    class: DataClass::Business,
    sentence: "Shows the policy by which relationships are judged, and what it guarantees.",
    examples: &["mainstay policy", "mainstay policy -o json"],
};

/// Nothing to say.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// A policy as it is shown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownPolicy {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// What it means by a client.
    pub sentence: String,
    /// What of the promises of a policy does not hold for this one; empty when all hold.
    pub broken: Vec<String>,
    /// Its text, in TOML.
    pub text: String,
}

/// Shows the policy in force.
///
/// # Errors
/// `policy.*` for a stored text that this version cannot read.
pub fn view(_: &Context, tx: &mut Tx<'_>, _: Nothing) -> Result<ShownPolicy> {
    let (policy, _) = stored::in_force(tx)?;
    let text = stored::text(tx)?;
    shown(&policy, text)
}

fn shown(policy: &Policy, text: String) -> Result<ShownPolicy> {
    Ok(ShownPolicy {
        name: policy.name.to_string(),
        version: policy.version.to_string(),
        sentence: policy.sentence.clone(),
        broken: policy.broken_guarantees(&Industries::shipped()?),
        text,
    })
}

pub(super) const ADOPT: Head = Head {
    name: "policy.adopt",
    act: Act::Danger,
    method: Method::Put,
    path: "/policy",
    command: "policy adopt",
    permission: Permission::Manage,
    class: DataClass::Business,
    sentence: "Puts a policy in force, by the name of one that ships or by its text; everything is decided again, and \
               earlier decisions stay on record.",
    examples: &[
        "mainstay policy adopt --name relationship --reason \"we sell advice\"",
        "mainstay policy adopt --text \"$(cat ours.toml)\" --reason \"weights agreed in May\"",
        "mainstay policy adopt --learning learn_x7Kq2 --reason \"tried on 120 labels\"",
    ],
};

/// A policy to put in force.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Adopt {
    /// The name of a policy that ships: default, relationship or professional-service.
    #[serde(default)]
    pub name: Option<String>,
    /// The text of a policy of your own, in TOML.
    #[serde(default)]
    pub text: Option<String>,
    /// The id of a learning, for the draft that it made.
    #[serde(default)]
    pub learning: Option<String>,
    /// Why.
    pub reason: String,
    /// Adopt it although it does not hold what a policy guarantees.
    #[serde(default)]
    pub anyway: bool,
}

/// Puts a policy in force.
///
/// # Errors
/// `policy.*` for a text that is none, and `policy.broken` for one that does not hold what a policy guarantees, unless that
/// is said to be known; then the one before stays.
pub fn adopt(cx: &Context, tx: &mut Tx<'_>, input: Adopt) -> Result<ShownPolicy> {
    let text = asked(cx, tx, input.learning.as_deref(), input.name.as_deref(), input.text)?;
    if input.reason.trim().is_empty() {
        let text = say!("say why this policy is adopted; the reason is blank");
        return Err(Problem::invalid("reason", "policy.reason", text));
    }
    let policy = Policy::parse(&text)?;
    learn::must_be_ours(tx, &policy)?;
    let broken = policy.broken_guarantees(&Industries::shipped()?);
    if !broken.is_empty() && !input.anyway {
        let text = say!(
            "cannot put {} in force just like that: it does not hold what a policy guarantees. {} Say \u{201c}anyway\u{201d} \
             if that is meant",
            policy.name,
            broken.join(" ")
        );
        return Err(Problem { field: Some("anyway".to_owned()), ..Problem::conflict("policy.broken", text) });
    }
    stored::adopt(cx, tx, &text, input.reason.trim())?;
    for line in facts::lines(tx)? {
        facts::mark_line_stale(cx, tx, line.id)?;
    }
    facts::ask_judgement(cx, tx, LineId::new(0))?;
    shown(&policy, text)
}

/// The text of the policy that is asked for: the draft of a learning, one that ships, or one of their own.
fn asked(
    cx: &Context,
    tx: &mut Tx<'_>,
    learning: Option<&str>,
    name: Option<&str>,
    text: Option<String>,
) -> Result<String> {
    match (learning, name, &text) {
        (Some(id), None, None) => learn::text(cx, tx, id),
        (Some(_), ..) => Err(which()),
        (None, ..) => meant(name, text),
    }
}

/// The text of the policy that is meant: one that ships, or one of their own.
pub(super) fn meant(name: Option<&str>, text: Option<String>) -> Result<String> {
    match (name, text) {
        (None, Some(text)) => Ok(text),
        (Some(name), None) => {
            let found = SHIPPED.iter().find(|(known, _)| *known == name);
            found.map(|(_, text)| (*text).to_owned()).ok_or_else(|| {
                let known: Vec<_> = SHIPPED.iter().map(|(name, _)| *name).collect();
                let text = say!("no policy {name:?} ships; there are {}", known.join(", "));
                Problem::not_found("policy.unknown", text)
            })
        }
        _ => Err(which()),
    }
}

fn which() -> Problem {
    let text = say!(
        "say which policy: either the name of one that ships, or a text of your own, or the id of a learning"
    );
    Problem::invalid("name", "policy.which", text)
}

pub(super) const PREVIEW: Head = Head {
    name: "policy.preview",
    act: Act::Read,
    method: Method::Post,
    path: "/policy/preview",
    command: "policy preview",
    permission: Permission::Manage,
    class: DataClass::Personal,
    sentence: "Says who would become what under another policy, before it is adopted; nothing changes.",
    examples: &[
        "mainstay policy preview --name relationship",
        "mainstay policy preview --text @ours.toml -o json",
        "mainstay policy preview --learning learn_x7Kq2",
    ],
};

/// A policy to look at.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proposed {
    /// The name of a policy that ships: default, relationship or professional-service.
    #[serde(default)]
    pub name: Option<String>,
    /// The text of a policy of your own, in TOML.
    #[serde(default)]
    pub text: Option<String>,
    /// The id of a learning, for the draft that it made.
    #[serde(default)]
    pub learning: Option<String>,
}

/// Says who would become what under another policy.
///
/// # Errors
/// `policy.*` for a text that is none.
pub fn preview(cx: &Context, tx: &mut Tx<'_>, input: Proposed) -> Result<Foreseen> {
    let policy =
        Policy::parse(&asked(cx, tx, input.learning.as_deref(), input.name.as_deref(), input.text)?)?;
    foresee(cx, tx, Grounds::under(policy)?, None)
}
