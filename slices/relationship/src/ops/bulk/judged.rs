//! What becomes of one of many: whether it changes, is so already, or cannot be changed and why.

use std::collections::HashMap;

use ::store::Tx;
use kernel::{Context, Day, Result};
use speech::say;
use timeline::{AccountId, Entry as Known, LineId, fact::Dealing, fact::Hand, store as facts};

use super::{
    super::preference::{in_order, on_line},
    planned::{Deed, Entry},
};
use crate::{
    Class,
    bulk::Fate,
    overrides::Override,
    phrase,
    preference::Preferences,
    store::{overrides as rulings, targets::Target},
};

/// What is known of all of them, asked once.
pub(super) struct Grounds {
    rulings: HashMap<(AccountId, LineId), Override>,
    said: HashMap<AccountId, Vec<(Day, Known)>>,
}

impl Grounds {
    /// For an act on these accounts.
    pub(super) fn of(cx: &Context, tx: &mut Tx<'_>, deed: &Deed, accounts: &[AccountId]) -> Result<Grounds> {
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

    /// What becomes of one.
    pub(super) fn entry(&self, cx: &Context, deed: &Deed, target: Target) -> Entry {
        let (was, judged) = match deed {
            Deed::Class { class, .. } => (speech::word!(target.class), self.set(&target, *class)),
            Deed::Preference { says, on, .. } => (
                Dealing::read(&target.preference)
                    .map_or_else(|| say!("nothing said").into_owned(), Dealing::spoken),
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
            None => Ok(class.said()),
            Some(ruling) => Err(stands(ruling, class)),
        }
    }

    fn note(&self, target: &Target, says: Dealing, on: Option<Day>) -> Judged {
        let all = self.said.get(&target.account).map_or(&[][..], Vec::as_slice);
        let before = on_line(all, target.line).filter(|(day, _)| on.is_none_or(|on| *day <= on));
        let stated = Preferences::of(before);
        if let Some(stronger) = stated.against(Hand::Told, says) {
            let (wanted, since) = (stronger.said.dealing().spoken(), stronger.since());
            let why = say!("they want {wanted}, {since}, and only they can ask for more contact");
            return Err((Fate::Refused, why));
        }
        if let Some(word) = stated.in_force().filter(|word| word.said.dealing() < says) {
            let (wanted, since) = (word.said.dealing().spoken(), word.since());
            let why =
                say!("they want {wanted}, {since}; more contact is noted one by one, with who heard it");
            return Err((Fate::Refused, why));
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
        true => (Fate::Already, say!("set to {} by hand until {until}: {}", class.said(), ruling.reason)),
        false => {
            let why = say!("set to {} by hand until {until}; withdraw that first", ruling.class.said());
            (Fate::Refused, why)
        }
    }
}

fn crossing(cx: &Context, deed: &Deed, target: &Target, ruling: Option<&Override>) -> (String, Judged) {
    let Some((_, was, became, until)) = &target.waits else {
        let nothing = say!("nothing waits for an answer").into_owned();
        return (speech::word!(target.class), Err((Fate::Already, nothing)));
    };
    let (from, to) = (speech::word!(was), speech::word!(became));
    let words = say!("{from} → {to}, waits for an answer");
    let put_off = i64::from(cx.today().0) < *until;
    let judged = match (deed, ruling, Class::parse(was)) {
        (Deed::NotNow, _, _) if put_off => Err((Fate::Already, say!("put off already").into_owned())),
        (Deed::NotNow, _, _) => Ok(say!("asked again in 14 days").into_owned()),
        (Deed::Decline { .. }, Some(ruling), Some(class)) => Err(stands(ruling, class)),
        (Deed::Decline { .. }, None, Some(class)) => Ok(say!("{}, set by hand", class.said())),
        _ => Ok(say!("{to}, agreed")),
    };
    (words, judged)
}
