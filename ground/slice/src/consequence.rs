//! Consequences: what changes on a slice's side when a relationship is served as another class, and what stays as it is.

use kernel::{Context, Day, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::Tx;

/// What a slice has to say when a relationship is served as another class.
pub struct Consequences {
    /// The name of the slice: what it did is kept under it.
    pub of: &'static str,
    /// Foresees what would change and what would stay. It writes nothing, reads by a bounded number of statements, and tells
    /// nothing that the viewer may not see.
    pub foresee: fn(&Context, &mut Tx<'_>, &Switching) -> Result<Vec<Consequence>>,
    /// Does it and takes it back; none for a slice in whose tables nothing changes by it.
    pub deeds: Option<Deeds>,
}

/// How a slice does what it foresaw.
pub struct Deeds {
    /// Does exactly that, and gives what it needs to know to take it back.
    pub carry_out: fn(&Context, &mut Tx<'_>, &Switching) -> Result<Value>,
    /// Takes it back, so that everything is as if it had not been done; refuses where something came in between.
    pub take_back: fn(&Context, &mut Tx<'_>, &Switching, &Value) -> Result<()>,
}

/// A relationship that is served as another class.
#[derive(Clone, Debug)]
pub struct Switching {
    /// The number of the relationship.
    pub relationship: i64,
    /// The number of its account.
    pub account: i64,
    /// The number of its service line.
    pub line: i64,
    /// The class that counts before.
    pub from: String,
    /// The class that counts afterwards.
    pub to: String,
    /// Why; blank as long as it is only foreseen.
    pub reason: String,
    /// The last day on which it counts; none as long as it is only foreseen.
    pub until: Option<Day>,
}

/// One line of what is foreseen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Consequence {
    /// What it is about.
    pub what: String,
    /// How it is now.
    pub now: String,
    /// How it is afterwards; the same for what stays.
    pub then: String,
    /// Why it changes, or why it does not.
    pub why: String,
}

impl Consequence {
    /// Something that changes.
    pub fn change(
        what: impl Into<String>,
        now: impl Into<String>,
        then: impl Into<String>,
        why: impl Into<String>,
    ) -> Consequence {
        Consequence { what: what.into(), now: now.into(), then: then.into(), why: why.into() }
    }

    /// Something that stays as it is.
    pub fn stays(what: impl Into<String>, how: impl Into<String>, why: impl Into<String>) -> Consequence {
        let how = how.into();
        Consequence { what: what.into(), now: how.clone(), then: how, why: why.into() }
    }

    /// Whether anything of it changes.
    pub fn is_change(&self) -> bool {
        self.now != self.then
    }
}
