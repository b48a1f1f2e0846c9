//! What is said and told of one act on many.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::filter::Filter;

/// What to do to whom.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkInput {
    /// The ids of the relationships, at most 1,000.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ids: Vec<String>,
    /// Instead of ids: all that the book would list, as long as they are at most 1,000.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Filter>,
    /// class, preference or crossing.
    pub act: String,
    /// For class: client, customer, prospect or former.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Why: for class, and for a crossing that is declined; everybody who sees the class sees it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The last day on which a class set by hand counts, such as 2027-01-31; 365 days from today where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// For preference: no-relationship, just-transactions, renewals-only or open-to-advice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
    /// For preference, how we were told: telephone, letter, email, in-person, form, portal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
    /// For preference: the day on which they said so; today where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// For crossing: accept, not_now or decline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// What the preview said; only exactly that is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
}

/// What an act would do.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BulkPlan {
    /// What would be done, in words.
    pub sentence: String,
    /// How many would change.
    pub changes: i64,
    /// How many are so already.
    pub already: i64,
    /// How many cannot be changed.
    pub refused: i64,
    /// Pass as `digest` to do exactly this.
    pub digest: String,
    /// The ids of all of them, whatever becomes of each.
    pub ids: Vec<String>,
    /// The first fifty of each fate.
    pub rows: Vec<BulkRow>,
}

/// One relationship in a plan.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BulkRow {
    /// Its id.
    pub id: String,
    /// The name of the account.
    pub name: String,
    /// The name of the service line.
    pub line: String,
    /// changes, already or refused.
    pub fate: String,
    /// What it is now.
    pub was: String,
    /// What it would be; empty where it does not change.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub becomes: String,
    /// Why it does not change; empty where it does.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// A bulk as it is shown.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownBulk {
    /// Its id.
    pub id: String,
    /// What was done, in words.
    pub sentence: String,
    /// To how many.
    pub count: i64,
    /// Who did it; absent for the house itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When.
    pub at: String,
    /// When it was taken back; absent where it was not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undone: Option<String>,
    /// Who took it back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undone_by: Option<String>,
    /// Whether the caller may take it back.
    pub may_undo: bool,
    /// The first of those that it was done to, what could not be taken back first; absent in lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<ShownPart>,
}

/// One relationship of a bulk.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownPart {
    /// The id of the relationship.
    pub id: String,
    /// The name of the account.
    pub name: String,
    /// The name of the service line.
    pub line: String,
    /// done, undone, or why it could not be taken back.
    pub state: String,
}
