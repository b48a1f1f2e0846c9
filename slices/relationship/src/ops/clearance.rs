//! The one question that every slice asks before it acts on people: may we contact them for this?

use std::collections::{HashMap, HashSet};

use ::store::{DataClass, Tx};
use accounts::store::pointer;
use kernel::{Context, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::say;
use timeline::{AccountId, Entry, LineId, store as facts};

use super::preference::{days, in_order};
use crate::{
    clearance::{Clearance, Purpose},
    preference::Preferences,
    store::current,
};

/// A contact that somebody is about to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contacting {
    /// With whom.
    pub account: AccountId,
    /// About which service line; 0 for the account as a whole, which takes the least that they want on any line.
    pub line: LineId,
    /// What for.
    pub purpose: Purpose,
}

/// Whether we may contact these parties, each for its purpose, in their order.
///
/// Every slice asks before it sends, calls, invites, suggests or has a program write, and once more when what was
/// planned is carried out, since a wish may have come between. It looks at what was stated up to now, whatever day counts
/// as now on the line and whoever asks: a wall keeps nobody's wish from being honoured. Accounts that were merged are
/// followed to the one that was kept. It says nothing of consent, quiet hours or how often; those are further questions.
/// What *no relationship* still allows stands at [`Purpose`](crate::clearance).
///
/// # Errors
/// `store.statement`, `timeline.body` for a fact that this version cannot read: then nobody is to be contacted.
pub fn may_contact(cx: &Context, tx: &mut Tx<'_>, asked: &[Contacting]) -> Result<Vec<Clearance>> {
    let numbers: Vec<i64> = asked.iter().map(|one| one.account.0).collect();
    let landed = pointer::landed(tx, &numbers)?;
    let kept = |account: AccountId| AccountId::new(landed.get(&account.0).copied().unwrap_or(account.0));
    let accounts: HashSet<AccountId> = asked.iter().map(|one| kept(one.account)).collect();
    let mut accounts: Vec<_> = accounts.into_iter().collect();
    accounts.sort_unstable();
    let stated: HashMap<_, _> = facts::preferences(tx, &accounts)?
        .into_iter()
        .map(|(account, entries)| (account, in_order(cx, entries)))
        .collect();
    let none = Vec::new();
    let clear = |one: &Contacting| {
        let entries = stated.get(&kept(one.account)).unwrap_or(&none);
        let lines = match one.line.0 {
            0 => entries.iter().map(|(_, entry)| entry.line).chain([one.line]).collect(),
            _ => HashSet::from([one.line]),
        };
        let words = lines.into_iter().filter_map(|line| {
            let own =
                days(entries).filter(|(_, entry): &(_, &Entry)| entry.line == line || entry.line.0 == 0);
            let preferences = Preferences::of(own);
            preferences.in_force().map(|stated| (stated.said.dealing(), stated.entry.id, stated.since()))
        });
        let least = words.min_by_key(|(dealing, id, _)| (*dealing, *id));
        Clearance::by(one.purpose, least.as_ref().map(|(dealing, _, since)| (*dealing, since.as_str())))
    };
    Ok(asked.iter().map(clear).collect())
}

pub(super) const ASK: Head = Head {
    name: "contact.clearance",
    act: Act::Read,
    method: Method::Get,
    path: "/relationships/{id}/clearances/{purpose}",
    command: "preference {id} allows {purpose}",
    permission: Permission::Read,
    class: DataClass::Personal,
    sentence: "Says whether a party may be contacted for a purpose, and why: reply, transaction, contract, law, service, \
               renewal, check-in, survey, advice, campaign. Ask before every contact that you begin.",
    examples: &["mainstay preference rel_x7Kq2 allows campaign"],
};

/// A contact that somebody is about to begin.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// The id of the relationship.
    pub id: String,
    /// What for.
    pub purpose: String,
}

/// Whether a party may be contacted.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownClearance {
    /// What for.
    pub purpose: String,
    /// Whether it may.
    pub allowed: bool,
    /// Why.
    pub reason: String,
    /// What a message of this purpose has to say of itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
}

/// Says whether a party may be contacted.
///
/// # Errors
/// `relationship.none`, `contact.purpose` for an unknown purpose.
pub fn ask(cx: &Context, tx: &mut Tx<'_>, input: Ask) -> Result<ShownClearance> {
    let (account, line) = current::place(cx, tx, cx.codes.read(&input.id)?)?;
    let purpose = Purpose::parse(&input.purpose).ok_or_else(|| {
        let words: Vec<_> = Purpose::ALL.iter().map(|purpose| purpose.as_str()).collect();
        let text = say!("{:?} is no purpose of a contact; name one of {}", input.purpose, words.join(", "));
        Problem::invalid("purpose", "contact.purpose", text)
    })?;
    let clearance = may_contact(cx, tx, &[Contacting { account, line, purpose }])?.remove(0);
    Ok(ShownClearance {
        purpose: purpose.as_str().to_owned(),
        allowed: clearance.allowed,
        reason: clearance.reason,
        mark: purpose.mark().map(|mark| speech::word!(mark)),
    })
}
