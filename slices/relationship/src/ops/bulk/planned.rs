//! What an act would do to each of many, and the digest by which exactly that is done.

use ::store::Tx;
use kernel::{Context, Day, Problem, Result};
use sha2::{Digest, Sha256};
use speech::say;
use timeline::{AccountId, fact::Dealing};

use super::{
    super::{
        filter::search,
        stating::{Heard, dealing, heard, said_on},
        views,
    },
    BulkInput,
    judged::Grounds,
};
use crate::{
    Class,
    bulk::{self, Deed as Kind, Fate, MOST},
    overrides, phrase,
    store::{
        book,
        current::RelationshipId,
        targets::{self, Target},
    },
};

/// What is done to each, with what it takes.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    /// Sets the class by hand.
    Class { class: Class, reason: String, until: Day },
    /// Notes what they want.
    Preference { says: Dealing, how: Heard, on: Option<Day> },
    /// Agrees that they became client or customer.
    Accept,
    /// Puts that question off.
    NotNow,
    /// Has them stay what they were.
    Decline { reason: String, until: Day },
}

/// An act on many.
pub(super) struct Plan {
    pub(super) deed: Deed,
    pub(super) entries: Vec<Entry>,
    /// Differs where anything of it does.
    pub(super) digest: String,
}

/// What becomes of one.
pub(super) struct Entry {
    pub(super) target: Target,
    pub(super) fate: Fate,
    pub(super) was: String,
    pub(super) becomes: String,
    pub(super) why: String,
}

impl Deed {
    /// As it was asked on that day.
    pub(super) fn of(cx: &Context, input: &BulkInput, today: Day) -> Result<Deed> {
        let until = || overrides::last_day(input.until.as_deref(), today);
        let reason = |class: Class| overrides::reason(input.reason.as_deref().unwrap_or_default(), class);
        Ok(match bulk::deed(&input.act)? {
            Kind::Class => {
                let class = overrides::class(input.class.as_deref().unwrap_or_default())?;
                Deed::Class { class, reason: reason(class)?, until: until()? }
            }
            Kind::Preference => Deed::Preference {
                says: dealing("says", input.says.as_deref().unwrap_or_default())?,
                how: heard(input.how.as_deref().unwrap_or_default())?,
                on: input
                    .on
                    .as_deref()
                    .filter(|on| !on.trim().is_empty())
                    .map(|on| said_on(cx, on))
                    .transpose()?,
            },
            Kind::Crossing => match input.answer.as_deref().unwrap_or_default().trim() {
                "accept" => Deed::Accept,
                "not_now" => Deed::NotNow,
                "decline" => Deed::Decline { reason: reason(Class::Customer)?, until: until()? },
                other => {
                    let text = say!("{other:?} is no answer; accept, not_now and decline are");
                    return Err(Problem::invalid("answer", "crossing.answer", text));
                }
            },
        })
    }

    /// Its word.
    pub(super) fn kind(&self) -> Kind {
        match self {
            Deed::Class { .. } => Kind::Class,
            Deed::Preference { .. } => Kind::Preference,
            _ => Kind::Crossing,
        }
    }

    /// What it does, in words.
    pub(super) fn sentence(&self) -> String {
        match self {
            Deed::Class { class, reason, until } => {
                let (class, until) = (class.said(), phrase::day(*until));
                say!("Set the class to {class} by hand until {until}: {reason}")
            }
            Deed::Preference { says, how, on } => {
                let (says, how) = (says.spoken(), speech::word!(how.spoken()));
                match on.map(phrase::day) {
                    Some(day) => say!("Note that they want {says}, told on {day} {how}"),
                    None => say!("Note that they want {says}, told today {how}"),
                }
            }
            Deed::Accept => say!("Agree that they became client or customer").into_owned(),
            Deed::NotNow => say!("Put off for 14 days whether they became client or customer").into_owned(),
            Deed::Decline { reason, until } => {
                say!("Have them stay what they were until {}: {reason}", phrase::day(*until))
            }
        }
    }
}

impl Plan {
    /// What an act would do now.
    pub(super) fn of(cx: &Context, tx: &mut Tx<'_>, input: &BulkInput) -> Result<Plan> {
        let deed = Deed::of(cx, input, cx.today())?;
        let ids = whom(cx, tx, input)?;
        let targets = targets::targets(cx, tx, &ids)?;
        if targets.len() < ids.len() {
            return Err(Problem::not_found(
                "relationship.none",
                say!("there is no such relationship among them, or not any more"),
            ));
        }
        let mut accounts: Vec<AccountId> = targets.iter().map(|target| target.account).collect();
        accounts.sort_unstable();
        accounts.dedup();
        let known = Grounds::of(cx, tx, &deed, &accounts)?;
        let entries = || -> Vec<Entry> {
            targets.iter().map(|target| known.entry(cx, &deed, target.clone())).collect()
        };
        // It is the same whoever looks, in whatever language.
        let english = speech::plainly(entries);
        let digest = digest(&deed, &english);
        let entries = if speech::is_plain() { english } else { entries() };
        Ok(Plan { deed, entries, digest })
    }

    /// Those that change.
    pub(super) fn changing(&self) -> impl Iterator<Item = &Target> {
        self.entries.iter().filter(|entry| entry.fate == Fate::Changes).map(|entry| &entry.target)
    }
}

fn digest(deed: &Deed, entries: &[Entry]) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{deed:?}"));
    for Entry { target, fate, was, becomes, why } in entries {
        let Target { id, class, computed, as_of, preference, waits, .. } = target;
        hash.update(format!(
            "\n{}|{fate}|{was}|{becomes}|{why}|{class}|{computed}|{as_of}|{preference}|{waits:?}",
            id.0
        ));
    }
    hash.finalize()[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Of whom it is asked: each once, in the order of their ids.
fn whom(cx: &Context, tx: &mut Tx<'_>, input: &BulkInput) -> Result<Vec<RelationshipId>> {
    let mut ids: Vec<RelationshipId> = match &input.filter {
        _ if !input.ids.is_empty() => {
            let read =
                input.ids.iter().map(|id| id.trim()).filter(|id| !id.is_empty()).map(|id| cx.codes.read(id));
            read.collect::<Result<_>>()?
        }
        Some(filter) => {
            let filter = views::asked(cx, tx, filter.clone())?;
            let search = search(cx, tx, &filter)?;
            let most = i64::try_from(MOST).unwrap_or(i64::MAX) + 1;
            let found =
                book::page(tx, cx.actor.number(), &book::Search { after: None, ..search }, &[], most)?;
            found.into_iter().map(|found| found.id).collect()
        }
        None => Vec::new(),
    };
    ids.sort_unstable();
    ids.dedup();
    match ids.len() {
        0 => Err(Problem::invalid(
            "ids",
            "bulk.whom",
            say!("do one thing to many: name at least one relationship, or a filter that finds some"),
        )),
        n if MOST < n => Err(Problem::invalid(
            "ids",
            "bulk.too_many",
            say!(
                "do one thing to many: more than 1,000 are asked for; narrow the filter, and do the rest afterwards"
            ),
        )),
        _ => Ok(ids),
    }
}
