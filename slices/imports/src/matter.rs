//! What can be the matter with a row, in the words of the API and of the page.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use speech::say;

use crate::values::words;

words! {
    /// Something that can be the matter with a row.
    Matter {
        /// It names nobody: a sale to nobody we can name.
        NobodyNamed = "nobody_named",
        /// A date in it cannot be read.
        UnreadDate = "unread_date",
        /// It cannot be read for another reason.
        Unread = "unread",
        /// A rule of the mapping leaves it out.
        LeftOut = "left_out",
        /// Its cells are those of an earlier row; both are kept.
        Repeated = "repeated",
        /// Its record has the number of an earlier one and says something else.
        Clash = "clash",
        /// A cell holds a word that stands for nothing: -1, 999, Unknown, nonexistent.
        Sentinel = "sentinel",
        /// It looks like a test.
        Test = "test",
        /// It is dated after today.
        Future = "future",
        /// What it says does not fit together: an end before its beginning, an end of what has not ended.
        Contradiction = "contradiction",
        /// It tells of use before the contract began under which it is: kept, and no proof of a contract.
        BeforeContract = "before_contract",
        /// It tells of use after the contract ended under which it is.
        AfterContract = "after_contract",
        /// It says that somebody left of whom a contract still runs.
        StillRuns = "still_runs",
        /// Something went back.
        WentBack = "went_back",
    }
}

impl Matter {
    /// The matter as a page says it.
    pub fn label(self) -> Cow<'static, str> {
        match self {
            Matter::NobodyNamed => say!("Name nobody"),
            Matter::UnreadDate => say!("A date cannot be read"),
            Matter::Unread => say!("Cannot be read otherwise"),
            Matter::LeftOut => say!("Left out by a rule"),
            Matter::Repeated => say!("The same as an earlier row; kept"),
            Matter::Clash => say!("The number of an earlier row, with other cells"),
            Matter::Sentinel => say!("Hold a word that stands for nothing"),
            Matter::Test => say!("Look like tests"),
            Matter::Future => say!("Dated after today"),
            Matter::Contradiction => say!("Contradict themselves"),
            Matter::BeforeContract => say!("Tell of use before the contract began; kept, and no proof of it"),
            Matter::AfterContract => say!("Tell of use after the contract ended"),
            Matter::StillRuns => say!("Say that somebody left of whom a contract still runs"),
            Matter::WentBack => say!("Something went back"),
        }
    }
}
