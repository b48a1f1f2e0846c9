//! Clearance: whether a preference leaves us free to contact a party for a purpose, and why.
//!
//! *No relationship* refuses everything except what they began themselves or what is owed in any case. Four purposes
//! are therefore open whatever the preference: the answer to something they asked (`reply`); what carries out a
//! transaction they started, such as a receipt, a delivery, a return or money back (`transaction`); what a contract
//! that they signed promises or demands (`contract`); what a law demands, such as a renewal notice it prescribes, a
//! recall or the answer about their data (`law`). The last two go out marked as what they are, so that nobody takes
//! them for a change of mind. A purpose is what a message is for, not who sends it: what a program writes by itself has
//! one of them as well, and needs the same clearance.

use speech::say;

use timeline::fact::Dealing;

use crate::word::words;

words! {
    /// What a contact that we begin is for.
    Purpose {
        /// Answers something that they asked.
        Reply = "reply",
        /// Carries out a transaction that they started.
        Transaction = "transaction",
        /// A contract promises or demands it.
        Contract = "contract",
        /// A law demands it.
        Law = "law",
        /// Tells of something that they have: a delay, an outage, a change.
        Service = "service",
        /// Reminds them that something runs out, where no law and no contract demands it.
        Renewal = "renewal",
        /// Asks how they are doing: a call, a review, one of the four questions.
        CheckIn = "check-in",
        /// Asks for a rating or an opinion.
        Survey = "survey",
        /// Advice, a suggestion or an offer made for them.
        Advice = "advice",
        /// The same words to many.
        Campaign = "campaign",
    }
}

impl Purpose {
    /// The least that they must want for it to be open; nothing for what is open in any case.
    pub fn least(self) -> Option<Dealing> {
        match self {
            Purpose::Reply | Purpose::Transaction | Purpose::Contract | Purpose::Law => None,
            Purpose::Service => Some(Dealing::JustTransactions),
            Purpose::Renewal => Some(Dealing::RenewalsOnly),
            Purpose::CheckIn | Purpose::Survey | Purpose::Advice | Purpose::Campaign => {
                Some(Dealing::OpenToAdvice)
            }
        }
    }

    /// What a message has to say of itself, so that it is no surprise.
    pub fn mark(self) -> Option<&'static str> {
        match self {
            Purpose::Contract => Some("Required by your contract"),
            Purpose::Law => Some("Required by law"),
            _ => None,
        }
    }

    /// What it is, in a sentence: `a reminder that something runs out`.
    pub fn spoken(self) -> &'static str {
        match self {
            Purpose::Reply => "an answer to something they asked",
            Purpose::Transaction => "what carries out a transaction they started",
            Purpose::Contract => "what a contract promises or demands",
            Purpose::Law => "what a law demands",
            Purpose::Service => "news of something they have",
            Purpose::Renewal => "a reminder that something runs out",
            Purpose::CheckIn => "a question how they are doing",
            Purpose::Survey => "a question for their opinion",
            Purpose::Advice => "advice or an offer made for them",
            Purpose::Campaign => "the same words to many",
        }
    }
}

/// The answer to whether they may be contacted. Only this slice makes one, so that whoever sends something can be asked
/// to show it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Clearance {
    /// What for.
    pub purpose: Purpose,
    /// Whether their preference leaves us free to.
    pub allowed: bool,
    /// Why, in a sentence.
    pub reason: String,
}

impl Clearance {
    /// By what they want; nobody has said anything where `wanted` is absent. `since` is how that reads: `stated by
    /// themselves on 4 March 2025`.
    pub fn by(purpose: Purpose, wanted: Option<(Dealing, &str)>) -> Clearance {
        let what = speech::word!(purpose.spoken());
        let answer = |allowed, reason| Clearance { purpose, allowed, reason };
        match (purpose.least(), wanted) {
            (None, _) => answer(true, say!("{what} is owed or was asked for, whatever they want otherwise")),
            (Some(_), None) => {
                answer(true, say!("they have not said how they want to be dealt with").into_owned())
            }
            (Some(least), Some((dealing, since))) => {
                let wanted = dealing.spoken();
                match least <= dealing {
                    true => answer(true, say!("{wanted}, {since}, leaves room for {what}")),
                    false => answer(false, say!("{wanted}, {since}, leaves no room for {what}")),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Preference by purpose: `+` is allowed, `-` is refused.
    #[test]
    fn each_preference_leaves_room_for_just_so_much() {
        let table = [
            (None, "++++++++++"),
            (Some(Dealing::OpenToAdvice), "++++++++++"),
            (Some(Dealing::RenewalsOnly), "++++++----"),
            (Some(Dealing::JustTransactions), "+++++-----"),
            (Some(Dealing::NoRelationship), "++++------"),
        ];
        for (dealing, row) in table {
            let asked = |purpose: &Purpose| {
                let clearance =
                    Clearance::by(*purpose, dealing.map(|dealing| (dealing, "told on 4 March 2025")));
                if clearance.allowed { '+' } else { '-' }
            };
            assert_eq!(Purpose::ALL.iter().map(asked).collect::<String>(), row, "{dealing:?}");
        }
    }

    #[test]
    fn a_refusal_says_whose_word_stands_against_what() {
        let refused =
            Clearance::by(Purpose::Renewal, Some((Dealing::JustTransactions, "told on 4 March 2025")));
        assert_eq!(
            refused.reason,
            "just transactions, told on 4 March 2025, leaves no room for a reminder that something runs out"
        );
    }

    #[test]
    fn what_goes_out_against_a_wish_says_why_it_must() {
        let marked: Vec<_> = Purpose::ALL.iter().filter(|purpose| purpose.mark().is_some()).collect();
        assert_eq!(marked, [&Purpose::Contract, &Purpose::Law]);
        assert!(marked.iter().all(|purpose| purpose.least().is_none()));
    }
}
