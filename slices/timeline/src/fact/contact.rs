//! Who talked with whom, who of us answers for them, and how often we agreed to meet.

use kernel::Day;
use serde::{Deserialize, Serialize};

use super::{
    encoding::optional_day,
    words::{AssignmentRole, Side},
};

/// A conversation or a meeting.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// Who began.
    pub started_by: Side,
    /// About what: the topics of policy.md §3, or any other word, which counts for nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// Who of us.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// It took place; false is a missed meeting, an unanswered call.
    pub held: bool,
    /// A follow-up was agreed.
    pub continues: bool,
}

impl Default for Contact {
    fn default() -> Self {
        Contact { started_by: Side::Them, topic: None, person: None, held: true, continues: false }
    }
}

/// A person assigned.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Assignment {
    /// Who of us.
    pub person: String,
    /// As what; named where absent.
    #[serde(default)]
    pub role: AssignmentRole,
    /// The first day on which it no longer holds.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "optional_day")]
    pub until: Option<Day>,
}

/// A goal of theirs.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct Goal {
    /// What they want to reach, as they said it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// Something worth knowing.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Note {
    /// What it is, as somebody wrote it.
    pub words: String,
}

/// An agreed rhythm.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Rhythm {
    /// Days between two contacts.
    pub every_days: i64,
}
