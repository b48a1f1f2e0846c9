//! The audit: who did what, each entry sealed together with the one before it.
//!
//! What was asked for is kept apart from the seal: the seal covers its salted hash, so that the words can be
//! forgotten when a person has a right to it, and the chain still holds.

use std::borrow::Cow;

use kernel::{Actor, Id, Kind};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use speech::say;

use crate::{
    checkpoint::Checkpoint,
    secret::{self, Hash},
};

/// The hash before the first entry.
pub const BEGIN: Hash = [0; 32];
/// An input longer than this is kept as its hash.
pub const LONGEST_INPUT: usize = 2000;

const SEAL: &str = "mainstay audit 1";
const SECRET_FIELDS: &[&str] = &[
    "token",
    "secret",
    "password",
    "passphrase",
    "cookie",
    "csrf",
    "link",
    "key",
    "authorization",
    "credential",
];

/// The id of an entry. Outside it is a code, because a number would count the entries that a viewer may not see.
pub type EntryId = Id<EntryKind>;

/// Marks ids of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EntryKind;

impl Kind for EntryKind {
    const PREFIX: &'static str = "aud";
    const NOUN: &'static str = "an audit entry";
}

/// What is to be written down of a call.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Through which door: page, api, command, job.
    pub via: &'a str,
    /// The operation: `person.add`.
    pub operation: &'a str,
    /// The id of what it was about, as written outside; empty for none.
    pub subject: &'a str,
    /// The numbers of the accounts it concerns, each once, as the slice that knows accounts found them.
    pub accounts: &'a [i64],
    /// What was asked for; secrets are taken out before it is kept.
    pub input: &'a Value,
    /// How it ended.
    pub outcome: Outcome<'a>,
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome<'a> {
    /// It was done.
    Done,
    /// It was refused, with this code.
    Refused(&'a str),
}

impl Outcome<'_> {
    /// The words that are kept.
    pub fn text(self) -> String {
        match self {
            Outcome::Done => "done".to_owned(),
            Outcome::Refused(code) => format!("refused: {code}"),
        }
    }
}

/// An entry as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// 1 for the first, without gaps.
    pub serial: i64,
    /// When, in microseconds UTC.
    pub at: i64,
    /// The person's number; 0 for the house, -1 for nobody.
    pub actor: i64,
    /// Through which door.
    pub via: String,
    /// The operation.
    pub operation: String,
    /// What it was about.
    pub subject: String,
    /// The accounts it concerns, by number, in their order.
    pub accounts: Vec<i64>,
    /// What was asked for, as JSON; nothing once forgotten.
    pub input: Option<String>,
    /// The salt of its hash; empty once forgotten.
    pub salt: Vec<u8>,
    /// The salted hash of what was asked for.
    pub input_hash: Vec<u8>,
    /// How it ended.
    pub outcome: String,
}

impl Kept {
    /// Makes of an entry what is kept of it.
    pub fn new(serial: i64, at: i64, actor: &Actor, entry: &Entry<'_>, salt: [u8; 16]) -> Kept {
        let input = without_secrets(entry.input);
        let mut accounts = entry.accounts.to_vec();
        accounts.sort_unstable();
        Kept {
            serial,
            at,
            actor: actor.number(),
            via: entry.via.to_owned(),
            operation: entry.operation.to_owned(),
            subject: entry.subject.to_owned(),
            accounts,
            input_hash: salted(&salt, &input).to_vec(),
            input: Some(input),
            salt: salt.to_vec(),
            outcome: entry.outcome.text(),
        }
    }

    /// The hash that seals it after the entry with the hash `before`.
    pub fn seal(&self, before: &[u8]) -> Hash {
        let mut hash = Sha256::new();
        let mut add = |part: &[u8]| {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        };
        add(SEAL.as_bytes());
        add(before);
        [self.serial, self.at, self.actor].iter().for_each(|number| add(&number.to_be_bytes()));
        [&self.via, &self.operation, &self.subject, &self.outcome]
            .iter()
            .for_each(|text| add(text.as_bytes()));
        add(&self.input_hash);
        // Entries that concern nobody are sealed as they were before entries knew whom they concern.
        self.accounts.iter().for_each(|account| add(&account.to_be_bytes()));
        hash.finalize().into()
    }
}

fn salted(salt: &[u8], input: &str) -> Hash {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(input.as_bytes());
    hash.finalize().into()
}

/// What is kept of an input: short JSON without secrets, or the hash of a long one.
pub fn without_secrets(input: &Value) -> String {
    let text = cleaned(input).to_string();
    if text.len() <= LONGEST_INPUT {
        return text;
    }
    let hash: Hash = Sha256::digest(text.as_bytes()).into();
    serde_json::json!({ "bytes": text.len(), "sha256": secret::hex(&hash) }).to_string()
}

fn cleaned(value: &Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(fields.iter().map(cleaned_field).collect::<Map<_, _>>()),
        Value::Array(values) => values.iter().map(cleaned).collect(),
        Value::String(text) if text.contains(crate::token::PREFIX) => Value::from("(secret)"),
        other => other.clone(),
    }
}

fn cleaned_field((name, value): (&String, &Value)) -> (String, Value) {
    let last = name.rsplit(['_', '-']).next().unwrap_or(name).to_lowercase();
    let secret = SECRET_FIELDS.contains(&last.as_str());
    (name.clone(), if secret { Value::from("(secret)") } else { cleaned(value) })
}

/// What walking the chain shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every entry is as it was written.
    Whole {
        /// How many entries there are.
        entries: i64,
        /// Of how many the input was forgotten.
        forgotten: i64,
        /// The end of the chain.
        head: Checkpoint,
    },
    /// The chain does not hold.
    Broken {
        /// At which entry it shows.
        serial: i64,
        /// How.
        why: String,
    },
}

/// Walks the entries in their order.
#[derive(Debug)]
pub struct Chain {
    head: Checkpoint,
    known: Option<Checkpoint>,
    forgotten: i64,
    broken: Option<(i64, String)>,
}

impl Chain {
    /// Before the first entry; `known` is a checkpoint that was kept elsewhere.
    pub fn new(known: Option<Checkpoint>) -> Chain {
        Chain { head: Checkpoint::BEGIN, known, forgotten: 0, broken: None }
    }

    /// The next entry and the hash that stands beside it.
    pub fn follow(&mut self, entry: &Kept, stored: &[u8]) {
        if self.broken.is_some() {
            return;
        }
        let hash = entry.seal(&self.head.hash);
        if let Some(why) = self.fault(entry, &hash, stored) {
            self.broken = Some((entry.serial, why.into_owned()));
            return;
        }
        self.forgotten += i64::from(entry.input.is_none());
        self.head = Checkpoint { serial: entry.serial, hash };
    }

    fn fault(&self, entry: &Kept, hash: &Hash, stored: &[u8]) -> Option<Cow<'static, str>> {
        let known = self.known.filter(|known| known.serial == entry.serial);
        if entry.serial != self.head.serial + 1 {
            Some(say!("entries before it are missing"))
        } else if hash.as_slice() != stored {
            Some(say!("it was changed, or the one before it was"))
        } else if entry
            .input
            .as_ref()
            .is_some_and(|text| salted(&entry.salt, text).as_slice() != entry.input_hash)
        {
            Some(say!("its input was changed"))
        } else if known.is_some_and(|known| known.hash != *hash) {
            Some(say!("it is not the entry that the checkpoint knows"))
        } else {
            None
        }
    }

    /// What the walk has shown.
    pub fn verdict(self) -> Verdict {
        let cut = self.known.filter(|known| self.head.serial < known.serial);
        match (self.broken, cut) {
            (Some((serial, why)), _) => Verdict::Broken { serial, why },
            (None, Some(_)) => Verdict::Broken {
                serial: self.head.serial + 1,
                why: say!("the end is missing: the checkpoint knows an entry behind it").into_owned(),
            },
            (None, None) => {
                Verdict::Whole { entries: self.head.serial, forgotten: self.forgotten, head: self.head }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_seal_covers_whom_an_entry_concerns() {
        let entry = |accounts: &'static [i64]| Entry {
            via: "page",
            operation: "account.add",
            subject: "",
            accounts,
            input: &Value::Null,
            outcome: Outcome::Done,
        };
        let seal = |accounts| Kept::new(1, 0, &Actor::System, &entry(accounts), [0; 16]).seal(&BEGIN);
        let seals = [seal(&[]), seal(&[1]), seal(&[1, 2]), seal(&[2])];
        assert!(seals.iter().enumerate().all(|(n, one)| !seals[..n].contains(one)));
        assert_eq!(seal(&[2, 1]), seal(&[1, 2]), "whatever the order in which they were found");
    }

    #[test]
    fn secrets_are_taken_out_of_what_is_kept() {
        let input = json!({"name": "CI", "api_key": "k", "deep": [{"Password": "p"}], "note": "use mst_abc"});
        let kept: Value = serde_json::from_str(&without_secrets(&input)).unwrap();
        let hidden = "(secret)";
        let expected =
            json!({"name": "CI", "api_key": hidden, "deep": [{"Password": hidden}], "note": hidden});
        assert_eq!(kept, expected);
    }

    #[test]
    fn a_long_input_is_kept_as_its_hash() {
        let kept = without_secrets(&json!({ "text": "x".repeat(LONGEST_INPUT) }));
        assert!(kept.len() < 120 && kept.contains("sha256"), "{kept}");
    }
}
