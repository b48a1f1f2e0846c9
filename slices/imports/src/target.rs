//! What the rows of a file become: the verb they feed, and which meanings its columns can have then.

mod needs;

use serde::{Deserialize, Serialize};

use crate::{
    Meaning::{self, *},
    values::words,
};

words! {
    /// The operations a mapping can feed.
    #[derive(Default)]
    Target {
        /// Lines of orders.
        #[default]
        OrdersRecord = "orders.record",
        /// Parties we deal with.
        AccountsRecord = "accounts.record",
        /// People who act for parties.
        ContactsRecord = "contacts.record",
        /// Contracts with a term.
        ContractsRecord = "contracts.record",
        /// Subscriptions, each with what it comes to a month.
        SubscriptionsRecord = "subscriptions.record",
        /// That somebody left, by an event or a mark, without saying which contract ended.
        LeavingsRecord = "leavings.record",
        /// Products and services on offer.
        ProductsRecord = "products.record",
        /// Invoices.
        InvoicesRecord = "invoices.record",
        /// Payments.
        PaymentsRecord = "payments.record",
        /// Tickets, calls and letters.
        ConversationsRecord = "conversations.record",
        /// Meetings.
        MeetingsRecord = "meetings.record",
        /// Use of what they have.
        UsageRecord = "usage.record",
        /// Ratings and answers to surveys.
        FeedbackRecord = "feedback.record",
        /// Time spent for them.
        WorkRecord = "work.record",
        /// Recommendations.
        ReferralsRecord = "referrals.record",
        /// Steps of a sale.
        StagesRecord = "stages.record",
        /// What they want of us.
        PreferencesRecord = "preferences.record",
        /// What else somebody wrote down: who serves them, why they chose us, how often contact is agreed.
        FactsRecord = "facts.record",
    }
}

/// What a table of contracts or subscriptions can tell.
const AGREED: &[Meaning] = &[
    RecordId,
    PartyId,
    PartyName,
    Email,
    Country,
    Offering,
    Start,
    End,
    Ended,
    EndReason,
    Term,
    Months,
    Recurring,
    Every,
    EveryCount,
    Times,
    Billed,
    Cycle,
    Trial,
    AutoRenew,
    Seats,
    Currency,
    Status,
    OfferKind,
    Form,
    Scope,
    Notice,
    LastDay,
    Need,
    MadeForThem,
    Promises,
];

impl Target {
    /// What the rows are, as a page says it.
    pub fn label(self) -> &'static str {
        match self {
            Target::OrdersRecord => "Lines of orders",
            Target::AccountsRecord => "Accounts",
            Target::ContactsRecord => "Contacts",
            Target::ContractsRecord => "Contracts",
            Target::SubscriptionsRecord => "Subscriptions",
            Target::LeavingsRecord => "Who left",
            Target::ProductsRecord => "Products and services",
            Target::InvoicesRecord => "Invoices",
            Target::PaymentsRecord => "Payments",
            Target::ConversationsRecord => "Tickets and conversations",
            Target::MeetingsRecord => "Meetings",
            Target::UsageRecord => "Use",
            Target::FeedbackRecord => "Ratings and feedback",
            Target::WorkRecord => "Time spent",
            Target::ReferralsRecord => "Recommendations",
            Target::StagesRecord => "Steps of a sale",
            Target::PreferencesRecord => "What they want of us",
            Target::FactsRecord => "Facts written down",
        }
    }

    /// Whether the rows become facts of the timeline, and nothing besides.
    pub fn is_facts(self) -> bool {
        matches!(
            self,
            Target::ConversationsRecord
                | Target::MeetingsRecord
                | Target::UsageRecord
                | Target::FeedbackRecord
                | Target::WorkRecord
                | Target::ReferralsRecord
                | Target::StagesRecord
                | Target::PreferencesRecord
                | Target::FactsRecord
        )
    }

    /// Whether what the rows become stands on a service line, which the mapping then has to name.
    pub fn needs_line(self) -> bool {
        matches!(
            self,
            Target::OrdersRecord
                | Target::ContractsRecord
                | Target::SubscriptionsRecord
                | Target::LeavingsRecord
                | Target::ProductsRecord
                | Target::InvoicesRecord
                | Target::PaymentsRecord
        )
    }

    /// What a column can mean, in the order in which a page offers it.
    pub fn meanings(self) -> &'static [Meaning] {
        match self {
            Target::OrdersRecord => &[
                OrderNumber,
                Date,
                Sku,
                Description,
                Quantity,
                UnitPrice,
                LineAmount,
                OrderTotal,
                PartyId,
                PartyName,
                Email,
                Country,
                Currency,
                Status,
                Discount,
                Owner,
                OwnerFirst,
                Freight,
            ],
            Target::ContractsRecord | Target::SubscriptionsRecord => AGREED,
            Target::AccountsRecord | Target::ContactsRecord => self.party_meanings(),
            Target::LeavingsRecord
            | Target::ProductsRecord
            | Target::InvoicesRecord
            | Target::PaymentsRecord => self.bill_meanings(),
            _ => self.fact_meanings(),
        }
    }

    fn bill_meanings(self) -> &'static [Meaning] {
        match self {
            Target::LeavingsRecord => &[
                RecordId, Date, PartyId, PartyName, Email, Country, Ended, EndReason, Refunded, Currency,
                Status,
            ],
            Target::ProductsRecord => &[Sku, Description, Category, UnitPrice, Currency, OfferKind, Status],
            Target::InvoicesRecord => &[
                OrderNumber,
                Date,
                Due,
                PaidOn,
                OrderTotal,
                LineAmount,
                Tax,
                AmountDue,
                PartyId,
                PartyName,
                Email,
                Country,
                Currency,
                Status,
                DocumentType,
                InvoiceNumber,
            ],
            _ => &[
                RecordId,
                Date,
                LineAmount,
                Settled,
                SettledCurrency,
                Fee,
                Refunded,
                Invoice,
                Method,
                PartyId,
                PartyName,
                Email,
                Country,
                Currency,
                Status,
                DocumentType,
            ],
        }
    }

    fn party_meanings(self) -> &'static [Meaning] {
        match self {
            Target::AccountsRecord => &[
                PartyId, PartyName, FirstName, LastName, PartyKind, Email, Phone, Website, Street, City,
                Region, Postcode, Country, Owner, Status,
            ],
            _ => &[
                RecordId,
                PartyId,
                ContactName,
                PartyName,
                FirstName,
                LastName,
                Email,
                Phone,
                JobTitle,
                Role,
                Consent,
                Country,
                Status,
            ],
        }
    }

    fn fact_meanings(self) -> &'static [Meaning] {
        match self {
            Target::ConversationsRecord => {
                &[RecordId, Date, PartyId, PartyName, Email, Country, Topic, StartedBy, Owner, Rating, Status]
            }
            Target::MeetingsRecord => {
                &[RecordId, Date, PartyId, PartyName, Email, Country, Topic, StartedBy, Owner, Status]
            }
            Target::UsageRecord => &[
                RecordId,
                Date,
                PartyId,
                PartyName,
                Email,
                Country,
                Users,
                Seats,
                Features,
                FeaturesAvailable,
                Status,
                // Of the contract under which it is used.
                Start,
                End,
            ],
            Target::FeedbackRecord => {
                &[RecordId, Date, PartyId, PartyName, Email, Country, Rating, Comment, Status]
            }
            Target::WorkRecord => &[
                RecordId, Date, PartyId, PartyName, Email, Country, Hours, Minutes, Duration, Owner,
                FirstName, LastName, Offering, Status,
            ],
            Target::StagesRecord => {
                &[RecordId, Date, PartyId, PartyName, Email, Country, Stage, Stakeholders, Status]
            }
            Target::PreferencesRecord => {
                &[RecordId, Date, PartyId, PartyName, Email, Country, Wants, Owner, Status]
            }
            Target::FactsRecord => {
                &[RecordId, Date, PartyId, PartyName, Email, Country, FactKind, Says, Status]
            }
            _ => &[RecordId, Date, PartyId, PartyName, Email, Country, Status],
        }
    }
}
