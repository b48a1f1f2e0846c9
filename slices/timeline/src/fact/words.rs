//! The closed lists of words that facts use; other words are refused.

use serde::{Deserialize, Serialize};
use speech::say;

/// Declares a closed list of words: the enum, its snake-case text and its parser.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$about])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every word.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word in files, in the API and on pages.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The value of that word.
            pub fn parse(word: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|known| known.as_str() == word)
            }
        }
    };
}

words! {
    /// What kind of thing was bought.
    Offer {
        /// Things.
        Goods = "goods",
        /// A haircut, a meal, a hotel night, a delivery.
        GenericService = "generic_service",
        /// Software, telecom, media, membership.
        Subscription = "subscription",
        /// An insurance or banking product as such.
        Cover = "cover",
        /// Run for them all the time: payroll, managed IT, property management.
        ManagedService = "managed_service",
        /// Work of a profession.
        ProfessionalService = "professional_service",
        /// Advice.
        Advice = "advice",
    }
}
words! {
    /// What was made for them.
    Custom {
        /// A price of their own.
        Price = "price",
        /// A scope of their own.
        Scope = "scope",
        /// A deliverable of their own.
        Deliverable = "deliverable",
    }
}
words! {
    /// How something was bought.
    Channel {
        /// In a web shop.
        Online = "online",
        /// At a counter or till.
        Counter = "counter",
        /// From a person.
        Person = "person",
    }
}
words! {
    /// Why money went back.
    RefundReason {
        /// Money back.
        Refund = "refund",
        /// For something else.
        Exchange = "exchange",
        /// The purchase never happened.
        Cancel = "cancel",
    }
}
words! {
    /// How a contract was agreed.
    Form {
        /// Negotiated with them.
        Individual = "individual",
        /// Our standard paper.
        Standard = "standard",
        /// Terms accepted by a click.
        Click = "click",
    }
}
words! {
    /// What a contract promises.
    Promised {
        /// A person by name.
        NamedPerson = "named_person",
        /// Regular reviews.
        Reviews = "reviews",
    }
}
words! {
    /// Why a contract ended.
    EndReason {
        /// Cancelled by somebody's will.
        Cancelled = "cancelled",
        /// Notice was given.
        Notice = "notice",
        /// Withdrawn from.
        Withdrawn = "withdrawn",
        /// Let lapse.
        Lapsed = "lapsed",
        /// Everything was done.
        Completed = "completed",
        /// Another contract took its place.
        Replaced = "replaced",
        /// It was renewed by a new one.
        Renewed = "renewed",
    }
}
words! {
    /// Who began.
    Side {
        /// They did.
        Them = "them",
        /// We did.
        Us = "us",
    }
}
words! {
    /// As what a person of ours is assigned.
    #[derive(Default)]
    AssignmentRole {
        /// Answers for the relationship.
        #[default]
        Named = "named",
        /// A team.
        Team = "team",
        /// Owns the account, sells.
        Sales = "sales",
        /// Does the work, does not answer for the relationship.
        Performer = "performer",
    }
}
words! {
    /// Who says what share of their need we meet.
    WalletSource {
        /// They do.
        Stated = "stated",
        /// We guess.
        Estimated = "estimated",
    }
}
words! {
    /// What a party wants.
    Wish {
        /// Just transactions; also "no relationship" and "renewals only".
        Transactions = "transactions",
        /// Open to advice.
        Relationship = "relationship",
    }
}
words! {
    /// How a party wants to be dealt with, from least contact of ours to most.
    Dealing {
        /// Nothing but what they began themselves, what was agreed and what a law asks for.
        NoRelationship = "no_relationship",
        /// Also what has to be told of something that they have.
        JustTransactions = "just_transactions",
        /// Also that something they have runs out.
        RenewalsOnly = "renewals_only",
        /// Also advice, offers, reviews and questions of ours.
        OpenToAdvice = "open_to_advice",
    }
}
words! {
    /// Whose word a preference is, from the weakest to the strongest.
    #[derive(Default)]
    Hand {
        /// Ours: nobody said it; somebody of us took it to be so.
        Ours = "ours",
        /// Theirs, as somebody of us or a file noted it.
        #[default]
        Told = "told",
        /// Theirs, as they put it down themselves.
        Theirs = "theirs",
    }
}

impl Dealing {
    /// The word that policy.md §3 has for it.
    pub fn wish(self) -> Wish {
        if self == Dealing::OpenToAdvice { Wish::Relationship } else { Wish::Transactions }
    }

    /// The word as people read it: `no relationship`.
    pub fn spoken(self) -> String {
        let said = match self {
            Dealing::NoRelationship => say!("no relationship"),
            Dealing::JustTransactions => say!("just transactions"),
            Dealing::RenewalsOnly => say!("renewals only"),
            Dealing::OpenToAdvice => say!("open to advice"),
        };
        said.into_owned()
    }

    /// The dealing that a file or a person means: with blanks, hyphens or capitals, or in one of the words of
    /// policy.md §3.
    pub fn read(text: &str) -> Option<Dealing> {
        let word = text.trim().to_lowercase().replace([' ', '-'], "_");
        Dealing::parse(&word).or_else(|| Wish::parse(&word).map(Dealing::of))
    }

    /// What somebody wants of whom only the word of policy.md §3 is known.
    pub fn of(wish: Wish) -> Dealing {
        match wish {
            Wish::Transactions => Dealing::JustTransactions,
            Wish::Relationship => Dealing::OpenToAdvice,
        }
    }
}
words! {
    /// A register that can be complete.
    Register {
        /// Contracts.
        Contracts = "contracts",
        /// Who serves whom.
        Staffing = "staffing",
        /// Conversations and meetings.
        Contact = "contact",
        /// What they told us.
        Feedback = "feedback",
        /// Use.
        Usage = "usage",
    }
}
