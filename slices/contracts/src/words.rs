//! The closed lists of words that contracts use; other words are refused.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Declares a closed list of words: the enum, its snake-case text and its parser.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum $name { $($(#[$about])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every word.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word in tables, files and the API.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The value of that word.
            pub fn parse(word: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|known| known.as_str() == word)
            }

            /// The word as people read it.
            pub fn spoken(self) -> String {
                speech::word!(self.as_str().replace('_', " "))
            }
        }
    };
}

words! {
    /// What kind of agreement it is.
    Kind {
        /// Signed once, for a term.
        Contract = "contract",
        /// Paid cycle by cycle.
        Subscription = "subscription",
    }
}
words! {
    /// The term, chosen by the commitment to pay (docs/decisions/0013).
    TermType {
        /// They have committed to pay up to a stated day.
        Fixed = "fixed",
        /// They pay until somebody stops it.
        OpenEnded = "open_ended",
    }
}
words! {
    /// What happens when a fixed term runs out.
    Renewal {
        /// It ends.
        Never = "none",
        /// It goes on if both agree again.
        Manual = "manual",
        /// It goes on unless somebody gives notice.
        Auto = "auto",
    }
}
words! {
    /// How a fee is meant.
    FeeKind {
        /// One price for everything agreed.
        Fixed = "fixed",
        /// The same again every period.
        Recurring = "recurring",
        /// For each unit.
        Unit = "unit",
        /// By the value that comes of it.
        Value = "value",
        /// Once, beside the others.
        OneOff = "one_off",
    }
}
words! {
    /// Which right a clause gives.
    ClauseKind {
        /// To end it with notice.
        Notice = "notice",
        /// To withdraw from it after signing.
        Withdrawal = "withdrawal",
    }
}
words! {
    /// Who has a right.
    Who {
        /// We.
        Us = "us",
        /// They.
        Them = "them",
        /// Both.
        Both = "both",
    }
}
words! {
    /// To which days a notice can end it.
    CountTo {
        /// To the end of its term.
        Term = "term",
        /// To the end of a month.
        Month = "month",
        /// To the end of a quarter.
        Quarter = "quarter",
        /// To the end of a year.
        Year = "year",
        /// To any day.
        Day = "day",
    }
}
words! {
    /// What is decided before a term runs out.
    Choice {
        /// Go on as it is.
        Renew = "renew",
        /// Go on under other terms.
        Renegotiate = "renegotiate",
        /// End it with notice.
        End = "end",
        /// Let it run out.
        Lapse = "lapse",
    }
}
words! {
    /// What has to be done when somebody leaves, in its order.
    Step {
        /// The day on which it ends is told to both sides.
        EffectiveDate = "effective_date",
        /// The last bill is sent.
        FinalBill = "final_bill",
        /// They have what is theirs.
        DataExport = "data_export",
        /// They can no longer get in.
        AccessEnd = "access_end",
    }
}
words! {
    /// How a source tells that somebody has left.
    LeavingKind {
        /// By a mark on the party.
        Flag = "flag",
        /// By something dated that happened.
        Event = "event",
    }
}
