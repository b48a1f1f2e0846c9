//! What an act would do to each of many, and the digest by which exactly that is done.

use std::collections::HashMap;

use ::store::Tx;
use kernel::{Context, Day, Problem, Result};
use sha2::{Digest, Sha256};
use timeline::{AccountId, Entry as Known, LineId, fact::Dealing, fact::Hand, store as facts};

use super::{
    super::{
        filter::search,
        preference::{in_order, on_line},
        stating::{Heard, dealing, heard, said_on},
        views,
    },
    BulkInput,
};
use crate::{
    Class,
    bulk::{self, Deed as Kind, Fate, MOST},
    overrides::{self, Override},
    phrase,
    preference::{Preferences, Stated},
    store::{
        book,
        current::RelationshipId,
        overrides as rulings,
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
    fn of(cx: &Context, input: &BulkInput) -> Result<Deed> {
        let today = cx.today();
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
                    let text = format!("{other:?} is no answer; accept, not_now and decline are");
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
                format!("Set the class to {class} by hand until {}: {reason}", phrase::day(*until))
            }
            Deed::Preference { says, how, on } => {
                let day = on.map_or_else(|| "today".to_owned(), |on| format!("on {}", phrase::day(on)));
                format!("Note that they want {}, told {day} {}", says.spoken(), how.spoken())
            }
            Deed::Accept => "Agree that they became client or customer".to_owned(),
            Deed::NotNow => "Put off for 14 days whether they became client or customer".to_owned(),
            Deed::Decline { reason, until } => {
                format!("Have them stay what they were until {}: {reason}", phrase::day(*until))
            }
        }
    }
}

impl Plan {
    /// What an act would do now.
    pub(super) fn of(cx: &Context, tx: &mut Tx<'_>, input: &BulkInput) -> Result<Plan> {
        let deed = Deed::of(cx, input)?;
        let ids = whom(cx, tx, input)?;
        let targets = targets::targets(cx, tx, &ids)?;
        if targets.len() < ids.len() {
            return Err(Problem::not_found(
                "relationship.none",
                "there is no such relationship among them, or not any more",
            ));
        }
        let mut accounts: Vec<AccountId> = targets.iter().map(|target| target.account).collect();
        accounts.sort_unstable();
        accounts.dedup();
        let known = Grounds::of(cx, tx, &deed, &accounts)?;
        let entries = targets.into_iter().map(|target| known.entry(cx, &deed, target)).collect();
        Ok(Plan { deed, entries })
    }

    /// Differs where anything of it does.
    pub(super) fn digest(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(format!("{:?}", self.deed));
        for Entry { target, fate, was, becomes, why } in &self.entries {
            let Target { id, class, computed, as_of, preference, waits, .. } = target;
            hash.update(format!(
                "\n{}|{fate}|{was}|{becomes}|{why}|{class}|{computed}|{as_of}|{preference}|{waits:?}",
                id.0
            ));
        }
        hash.finalize()[..16].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Those that change.
    pub(super) fn changing(&self) -> impl Iterator<Item = &Target> {
        self.entries.iter().filter(|entry| entry.fate == Fate::Changes).map(|entry| &entry.target)
    }
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
                book::page(tx, cx.actor.number(), &book::Search { after: None, ..search }, false, most)?;
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
            "do one thing to many: name at least one relationship, or a filter that finds some",
        )),
        n if MOST < n => Err(Problem::invalid(
            "ids",
            "bulk.too_many",
            "do one thing to many: more than 1,000 are asked for; narrow the filter, and do the rest afterwards",
        )),
        _ => Ok(ids),
    }
}

/// What is known of all of them, asked once.
struct Grounds {
    rulings: HashMap<(AccountId, LineId), Override>,
    said: HashMap<AccountId, Vec<(Day, Known)>>,
}

impl Grounds {
    fn of(cx: &Context, tx: &mut Tx<'_>, deed: &Deed, accounts: &[AccountId]) -> Result<Grounds> {
        let (mut ruled, mut said) = (HashMap::new(), HashMap::new());
        for group in accounts.chunks(256) {
            match deed {
                Deed::Class { .. } | Deed::Decline { .. } => {
                    ruled.extend(rulings::counting(tx, group, cx.today())?);
                }
                Deed::Preference { .. } => {
                    let all = facts::preferences(tx, group)?;
                    said.extend(all.into_iter().map(|(account, entries)| (account, in_order(cx, entries))));
                }
                Deed::Accept | Deed::NotNow => (),
            }
        }
        Ok(Grounds { rulings: ruled, said })
    }

    fn entry(&self, cx: &Context, deed: &Deed, target: Target) -> Entry {
        let (was, judged) = match deed {
            Deed::Class { class, .. } => (target.class.clone(), self.set(&target, *class)),
            Deed::Preference { says, on, .. } => (
                Dealing::read(&target.preference).map_or_else(|| "nothing said".to_owned(), Dealing::spoken),
                self.note(&target, *says, *on),
            ),
            _ => crossing(cx, deed, &target, self.ruling(&target)),
        };
        match judged {
            Ok(becomes) => Entry { target, fate: Fate::Changes, was, becomes, why: String::new() },
            Err((fate, why)) => Entry { target, fate, was, becomes: String::new(), why },
        }
    }

    fn ruling(&self, target: &Target) -> Option<&Override> {
        self.rulings.get(&(target.account, target.line))
    }

    fn set(&self, target: &Target, class: Class) -> Judged {
        match self.ruling(target) {
            None => Ok(class.to_string()),
            Some(ruling) => Err(stands(ruling, class)),
        }
    }

    fn note(&self, target: &Target, says: Dealing, on: Option<Day>) -> Judged {
        let all = self.said.get(&target.account).map_or(&[][..], Vec::as_slice);
        let before = on_line(all, target.line).filter(|(day, _)| on.is_none_or(|on| *day <= on));
        let stated = Preferences::of(before);
        let refused = |word: &Stated<'_>, why: &str| {
            let wanted = word.said.dealing().spoken();
            Err((Fate::Refused, format!("they want {wanted}, {}{why}", word.since())))
        };
        if let Some(stronger) = stated.against(Hand::Told, says) {
            return refused(stronger, ", and only they can ask for more contact");
        }
        if let Some(word) = stated.in_force().filter(|word| word.said.dealing() < says) {
            return refused(word, "; more contact is noted one by one, with who heard it");
        }
        let now = Preferences::of(on_line(all, target.line));
        match now.in_force().filter(|stated| stated.said.dealing() == says && Hand::Told <= stated.said.hand)
        {
            Some(stated) => Err((Fate::Already, stated.since())),
            None => Ok(says.spoken()),
        }
    }
}

/// What it becomes, or why it does not change.
type Judged = std::result::Result<String, (Fate, String)>;

fn stands(ruling: &Override, class: Class) -> (Fate, String) {
    let until = phrase::day(ruling.until);
    match ruling.class == class {
        true => (Fate::Already, format!("set to {class} by hand until {until}: {}", ruling.reason)),
        false => {
            let why = format!("set to {} by hand until {until}; withdraw that first", ruling.class);
            (Fate::Refused, why)
        }
    }
}

fn crossing(cx: &Context, deed: &Deed, target: &Target, ruling: Option<&Override>) -> (String, Judged) {
    let Some((_, was, became, until)) = &target.waits else {
        return (target.class.clone(), Err((Fate::Already, "nothing waits for an answer".to_owned())));
    };
    let words = format!("{was} → {became}, waits for an answer");
    let put_off = i64::from(cx.today().0) < *until;
    let judged = match (deed, ruling, Class::parse(was)) {
        (Deed::NotNow, _, _) if put_off => Err((Fate::Already, "put off already".to_owned())),
        (Deed::NotNow, _, _) => Ok("asked again in 14 days".to_owned()),
        (Deed::Decline { .. }, Some(ruling), Some(class)) => Err(stands(ruling, class)),
        (Deed::Decline { .. }, None, Some(class)) => Ok(format!("{class}, set by hand")),
        _ => Ok(format!("{became}, agreed")),
    };
    (words, judged)
}
