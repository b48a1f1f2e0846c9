//! What they tell us, show us and do with what they have.

use serde::{Deserialize, Serialize};

use super::words::{Dealing, Hand, WalletSource, Wish};

/// Use of what they have.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct Usage {
    /// People who used it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub users: Option<i64>,
    /// Seats they have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seats: Option<i64>,
    /// Features used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub features: Option<i64>,
    /// Features they have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub features_available: Option<i64>,
    /// People who use it deeply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub power_users: Option<i64>,
}

/// Feedback.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct Feedback {
    /// `rating` or `nps`; anything else is in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
}

/// Interest shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct Interest {
    /// In what: upgrade, demo, offering, newsletter.
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}

/// Why they chose us.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Basis {
    /// The words of policy.md §3; other words count for nothing.
    pub reasons: Vec<String>,
}

/// Their share of wallet.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct Wallet {
    /// Permille of their need we meet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<i64>,
    /// We are the only one.
    pub sole: bool,
    /// Who says so; stated where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<WalletSource>,
}

/// How they want to be dealt with, as somebody stated it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Preference {
    /// What they want, in the words of policy.md §3.
    pub wants: Wish,
    /// Which of them said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// What they want, exactly; where a source knows only the words of policy.md §3, absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub says: Option<Dealing>,
    /// Whose word it is; told where absent.
    #[serde(default, skip_serializing_if = "is_told")]
    pub hand: Hand,
    /// How we know: by telephone, on their page, what was concluded from what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
    /// Who of us noted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noted_by: Option<String>,
}

impl Preference {
    /// Told in the words of policy.md §3.
    pub fn wanting(wants: Wish) -> Preference {
        Preference { wants, by: None, says: None, hand: Hand::Told, how: None, noted_by: None }
    }

    /// Told exactly.
    pub fn saying(says: Dealing) -> Preference {
        Preference { says: Some(says), ..Preference::wanting(says.wish()) }
    }

    /// What they want, exactly.
    pub fn dealing(&self) -> Dealing {
        self.says.unwrap_or(Dealing::of(self.wants))
    }
}

fn is_told(hand: &Hand) -> bool {
    *hand == Hand::Told
}
