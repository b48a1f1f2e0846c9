//! The closed vocabulary of facts (policy.md §3): what can have happened between us and a party.
//!
//! A fact is dated, sourced and never edited. Slices write facts, the judgement reads them; neither knows the
//! other. Amounts are ten-thousandths of the major unit of [`Entry::currency`]; days are days of the business.

use kernel::{Currency, Day, Id, Moment};
use serde::{Deserialize, Serialize};

use crate::{AccountId, LineId};

/// The id of a fact; facts of one moment are read in the order of their ids.
pub type FactId = Id<FactKind>;

/// Marks ids of facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FactKind;

impl kernel::Kind for FactKind {
    const PREFIX: &'static str = "fact";
    const NOUN: &'static str = "a fact";
}

/// A fact as it stands in the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its id.
    pub id: FactId,
    /// Whom it is about.
    pub account: AccountId,
    /// On which service line; 0 for the account as a whole.
    pub line: LineId,
    /// When it happened.
    pub occurred: Moment,
    /// When the house learnt it, in microseconds UTC.
    pub recorded_at: i64,
    /// The currency of its amounts, where it has any.
    pub currency: Option<Currency>,
    /// The row of the import it came from.
    pub source: Option<SourceRow>,
    /// What happened.
    pub fact: Fact,
}

/// Marks ids of imports. The noun lives in `imports`; the id lives here because facts carry it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ImportKind;

impl kernel::Kind for ImportKind {
    const PREFIX: &'static str = "imp";
    const NOUN: &'static str = "an import";
}

/// A row of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceRow {
    /// The import run.
    pub run: i64,
    /// The record in the file, the first after the header being 1.
    pub row: i64,
}

/// What happened. The variants and their fields are those of policy.md §3.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fact {
    /// They ordered.
    Order(Purchase),
    /// We billed.
    Invoice(Purchase),
    /// They paid.
    Payment(Purchase),
    /// We gave money back, or cancelled.
    Refund(Refund),
    /// Time spent for them, billed or not.
    Work(Work),
    /// A contract was signed.
    Contract(Contract),
    /// A contract ended, on the day it ends.
    ContractEnd(ContractEnd),
    /// We talked or wrote.
    Conversation(Contact),
    /// We met.
    Meeting(Contact),
    /// A person of ours was assigned to them.
    Assignment(Assignment),
    /// They used what they have.
    Usage(Usage),
    /// They told us what they think.
    Feedback(Feedback),
    /// They recommended us.
    Referral,
    /// They learnt with us.
    Training,
    /// They told us a goal.
    Goal,
    /// They showed interest.
    Interest(Interest),
    /// A step of a sale.
    Stage(Stage),
    /// Why they chose us.
    Basis(Basis),
    /// How much of their need we meet.
    Wallet(Wallet),
    /// Their rank of net spend in the base, permille.
    SpendRank(SpendRank),
    /// A rhythm of contact was agreed.
    Rhythm(Rhythm),
    /// What they want of us.
    Preference(Preference),
    /// They deal with us on another line too.
    OtherLine(OtherLine),
    /// From now on, what is not in this register did not happen.
    RecordKept(RecordKept),
}

impl Fact {
    /// The word of its kind, as in policy.md §3.
    pub fn kind(&self) -> &'static str {
        match self {
            Fact::Order(_) => "order",
            Fact::Invoice(_) => "invoice",
            Fact::Payment(_) => "payment",
            Fact::Refund(_) => "refund",
            Fact::Work(_) => "work",
            Fact::Contract(_) => "contract",
            Fact::ContractEnd(_) => "contract_end",
            Fact::Conversation(_) => "conversation",
            Fact::Meeting(_) => "meeting",
            Fact::Assignment(_) => "assignment",
            Fact::Usage(_) => "usage",
            Fact::Feedback(_) => "feedback",
            Fact::Referral => "referral",
            Fact::Training => "training",
            Fact::Goal => "goal",
            Fact::Interest(_) => "interest",
            Fact::Stage(_) => "stage",
            Fact::Basis(_) => "basis",
            Fact::Wallet(_) => "wallet",
            Fact::SpendRank(_) => "spend_rank",
            Fact::Rhythm(_) => "rhythm",
            Fact::Preference(_) => "preference",
            Fact::OtherLine(_) => "other_line",
            Fact::RecordKept(_) => "record_kept",
        }
    }
}

impl Fact {
    /// Its amount, in ten-thousandths of the major unit, where its kind has one.
    pub fn amount(&self) -> Option<i64> {
        match self {
            Fact::Order(purchase) | Fact::Invoice(purchase) | Fact::Payment(purchase) => {
                Some(purchase.amount)
            }
            Fact::Refund(refund) => Some(refund.amount),
            _ => None,
        }
    }

    /// The fact it refers to: what a payment settles, what a refund gives back, which contract ended.
    pub fn about(&self) -> Option<FactId> {
        match self {
            Fact::Order(purchase) | Fact::Invoice(purchase) | Fact::Payment(purchase) => purchase.of,
            Fact::Refund(refund) => refund.of,
            Fact::ContractEnd(end) => Some(end.contract),
            _ => None,
        }
    }

    /// Itself, referring to another fact, where its kind can.
    #[must_use]
    pub fn with_about(mut self, about: Option<FactId>) -> Fact {
        match &mut self {
            Fact::Order(purchase) | Fact::Invoice(purchase) | Fact::Payment(purchase) => purchase.of = about,
            Fact::Refund(refund) => refund.of = about,
            Fact::ContractEnd(end) => end.contract = about.unwrap_or(FactId::new(0)),
            _ => (),
        }
        self
    }
}

/// An order, an invoice or a payment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Purchase {
    /// Tax excluded.
    pub amount: i64,
    /// What kind of thing was bought, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offer>,
    /// Which offering.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offering: Option<String>,
    /// The need it meets, in their words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need: Option<String>,
    /// What was made for them: empty means as it stands, absent means unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom: Option<Vec<Custom>>,
    /// How it was bought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The first day it pays for.
    #[serde(skip_serializing_if = "Option::is_none", with = "optional_day")]
    pub period_start: Option<Day>,
    /// The last day it pays for.
    #[serde(skip_serializing_if = "Option::is_none", with = "optional_day")]
    pub period_end: Option<Day>,
    /// The order or invoice it settles: then it is not counted again.
    #[serde(skip_serializing_if = "Option::is_none", with = "optional_fact")]
    pub of: Option<FactId>,
}

/// Money given back.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Refund {
    /// Positive.
    pub amount: i64,
    /// The purchase it belongs to, where the source says.
    #[serde(skip_serializing_if = "Option::is_none", with = "optional_fact")]
    pub of: Option<FactId>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<RefundReason>,
}

/// Time spent for them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Work {
    /// Minutes.
    pub minutes: i64,
    /// Who.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// As what it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offer>,
    /// For which offering.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offering: Option<String>,
    /// For which need.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need: Option<String>,
}

/// A contract.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contract {
    /// Begins; the day it was signed where absent.
    #[serde(skip_serializing_if = "Option::is_none", with = "optional_day")]
    pub start: Option<Day>,
    /// Ends, exclusive.
    #[serde(skip_serializing_if = "Option::is_none", with = "optional_day")]
    pub end: Option<Day>,
    /// How it was agreed; standard where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
    /// Fees are stated.
    pub fees: bool,
    /// Scope is stated.
    pub scope: bool,
    /// Withdrawal is stated.
    pub withdrawal: bool,
    /// The clause on its term is known.
    pub term: bool,
    /// What kind of thing it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offer>,
    /// For which need.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need: Option<String>,
    /// For which offering.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offering: Option<String>,
    /// What was made for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom: Option<Vec<Custom>>,
    /// What it promises.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub promises: Vec<Promised>,
}

/// The end of a contract.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContractEnd {
    /// Which one.
    #[serde(with = "some_fact")]
    pub contract: FactId,
    /// Why; unknown where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<EndReason>,
}

/// A conversation or a meeting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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

/// Use of what they have.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Feedback {
    /// `rating` or `nps`; anything else is in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
}

/// Interest shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Interest {
    /// In what: upgrade, demo, offering, newsletter.
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}

/// A step of a sale.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Stage {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// How many people of theirs took part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stakeholders: Option<i64>,
}

/// Why they chose us.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Basis {
    /// The words of policy.md §3; other words count for nothing.
    pub reasons: Vec<String>,
}

/// Their share of wallet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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

/// Rank of net spend.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SpendRank {
    /// 0 to 1000.
    pub permille: i64,
}

/// An agreed rhythm.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rhythm {
    /// Days between two contacts.
    pub every_days: i64,
}

/// A stated wish.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preference {
    /// What they want.
    pub wants: Wish,
    /// Who said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// Dealings on another line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OtherLine {
    /// Its label.
    pub line: String,
}

/// A complete register.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordKept {
    /// Which.
    pub register: Register,
}

/// Declares a closed list of words: the enum, its snake-case text and its parser.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

/// Days as ISO dates.
mod optional_day {
    use kernel::Day;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(day: &Option<Day>, serializer: S) -> Result<S::Ok, S::Error> {
        match day {
            Some(day) => serializer.serialize_str(&day.to_string()),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Day>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| Day::parse(&text).map_err(serde::de::Error::custom)).transpose()
    }
}

/// Fact ids as their numbers.
mod optional_fact {
    use super::FactId;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(id: &Option<FactId>, serializer: S) -> Result<S::Ok, S::Error> {
        match id {
            Some(id) => serializer.serialize_i64(id.0),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<FactId>, D::Error> {
        Ok(Option::<i64>::deserialize(deserializer)?.map(FactId::new))
    }
}

/// A fact id as its number.
mod some_fact {
    use super::FactId;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(id: &FactId, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(id.0)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<FactId, D::Error> {
        Ok(FactId::new(i64::deserialize(deserializer)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_survives_its_encoding() {
        let order = Fact::Order(Purchase {
            amount: 49_990_000,
            offer: Some(Offer::Goods),
            channel: Some(Channel::Online),
            period_end: Some(Day::parse("2025-03-09").unwrap()),
            of: Some(FactId::new(7)),
            ..Purchase::default()
        });
        let text = serde_json::to_string(&order).unwrap();
        assert_eq!(serde_json::from_str::<Fact>(&text).unwrap(), order);
        assert!(text.starts_with(r#"{"kind":"order","amount":49990000,"offer":"goods""#), "{text}");
    }
}
