//! What a column of a file can mean, in the words of mappings and of the page that shows them.

use serde::{Deserialize, Serialize};

use crate::values::words;

/// Declares the meanings: each with its word, what a page calls it, and how its cells read.
macro_rules! meanings {
    ($($(#[$about:meta])* $variant:ident = $text:literal, $label:literal, $reads:ident;)+) => {
        words! {
            /// What a column can mean. Each target takes some of them: [`crate::Target::meanings`].
            Meaning { $($(#[$about])* $variant = $text),+ }
        }

        impl Meaning {
            /// The meaning as a page shows it.
            pub fn label(self) -> &'static str {
                match self { $(Meaning::$variant => $label),+ }
            }

            /// How its cells read.
            pub fn reads(self) -> Reads {
                match self { $(Meaning::$variant => Reads::$reads),+ }
            }
        }
    };
}

/// How the cells of a column read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    /// As an id, which is text.
    Id,
    /// As text.
    Text,
    /// As a day or an instant.
    Date,
    /// As an amount of money.
    Amount,
    /// As a number.
    Number,
    /// As yes or no.
    Flag,
}

meanings! {
    /// The number of the order or invoice.
    OrderNumber = "order_number", "Order number", Id;
    /// When it happened.
    Date = "date", "Date", Date;
    /// The article number.
    Sku = "sku", "Article number", Id;
    /// What was bought, in words.
    Description = "description", "Description", Text;
    /// How many.
    Quantity = "quantity", "Quantity", Number;
    /// The price of one.
    UnitPrice = "unit_price", "Price of one", Amount;
    /// What the line comes to.
    LineAmount = "line_amount", "Line amount", Amount;
    /// What the whole order comes to, on its first line or on each.
    OrderTotal = "order_total", "Order total", Amount;
    /// The id of the party.
    PartyId = "party_id", "Party id", Id;
    /// The name of the party.
    PartyName = "party_name", "Party name", Text;
    /// The email address of the party.
    Email = "email", "Email", Text;
    /// The country of the party.
    Country = "country", "Country", Text;
    /// The currency of the amounts.
    Currency = "currency", "Currency", Text;
    /// The state of the document: paid, draft, voided.
    Status = "status", "Status", Text;
    /// The share of the price that was not asked for: `0.15` or `15 %`.
    Discount = "discount", "Discount, as a share", Number;
    /// The number that the record of this row has in its source: a ticket, an entry, a contract.
    RecordId = "record_id", "Record number", Id;
    /// Whether the party is a person, a company, a household.
    PartyKind = "party_kind", "Person or company", Text;
    /// The first name of a person.
    FirstName = "first_name", "First name", Text;
    /// The last name of a person.
    LastName = "last_name", "Last name", Text;
    /// The name of a person who acts for the party.
    ContactName = "contact_name", "Name of the contact", Text;
    /// A phone number.
    Phone = "phone", "Phone", Text;
    /// A website.
    Website = "website", "Website", Text;
    /// Street and number.
    Street = "street", "Street", Text;
    /// The town.
    City = "city", "City", Text;
    /// The state, province or county.
    Region = "region", "Region", Text;
    /// The postal code, which is text.
    Postcode = "postcode", "Postal code", Id;
    /// What a person does for the party.
    JobTitle = "job_title", "Job title", Text;
    /// As what a person acts: buyer, payer, user, beneficiary.
    Role = "role", "Role", Text;
    /// What a person allowed us.
    Consent = "consent", "Consent", Text;
    /// Who of us: owner, agent, worker.
    Owner = "owner", "Person of ours", Text;
    /// The first name of that person of ours, where it stands apart from the last.
    OwnerFirst = "owner_first_name", "First name of our person", Text;
    /// What was asked for sending an order, beside its lines.
    Freight = "freight", "Freight beside the lines", Amount;
    /// What a contract, a subscription or work is about.
    Offering = "offering", "What it is about", Text;
    /// The first day.
    Start = "start", "Begins", Date;
    /// The first day on which it no longer holds; blank while it runs.
    End = "end", "Ends", Date;
    /// Whether it has ended.
    Ended = "ended", "Has ended", Flag;
    /// Why it ended.
    EndReason = "end_reason", "Why it ended", Text;
    /// For how long both are bound: month-to-month, one year, 24 months.
    Term = "term", "Term", Text;
    /// For how many months it has run.
    Months = "months", "Months so far", Number;
    /// What it comes to in a month.
    Recurring = "recurring_amount", "Amount a month", Amount;
    /// For what that amount is, where it is not a month: a year.
    Every = "recurring_every", "That amount is for a", Text;
    /// For how many of those.
    EveryCount = "recurring_every_count", "For so many of those", Number;
    /// How often it is to be paid: the amount is that of one.
    Times = "recurring_times", "That amount so often", Number;
    /// What was billed for it so far.
    Billed = "billed", "Billed so far", Amount;
    /// How often it is billed.
    Cycle = "billing_cycle", "Billed every", Text;
    /// Whether it is tried out only.
    Trial = "trial", "Trial", Flag;
    /// Whether it goes on by itself.
    AutoRenew = "auto_renew", "Renews by itself", Flag;
    /// How many may use it.
    Seats = "seats", "Seats", Number;
    /// The kind of product.
    Category = "category", "Category", Text;
    /// Goods, service, subscription: the words of offers.
    OfferKind = "offer", "Kind of offer", Text;
    /// The number of an invoice as people read it, where its file has an id besides.
    InvoiceNumber = "invoice_number", "Invoice number", Id;
    /// What arrived on our account, where that is in another currency.
    Settled = "settled", "What arrived", Amount;
    /// The currency of what arrived.
    SettledCurrency = "settled_currency", "Currency of what arrived", Text;
    /// The day on which it is due.
    Due = "due", "Due", Date;
    /// The day on which it was paid.
    PaidOn = "paid_on", "Paid on", Date;
    /// The tax in it.
    Tax = "tax", "Tax", Amount;
    /// What is still owed.
    AmountDue = "amount_due", "Still owed", Amount;
    /// What whoever moved the money kept.
    Fee = "fee", "Fee", Amount;
    /// What of it went back.
    Refunded = "refunded", "Went back", Amount;
    /// How it was paid.
    Method = "method", "Paid by", Text;
    /// What kind of document it is: a sale or a bill of a supplier.
    DocumentType = "document_type", "Kind of document", Text;
    /// The number of the invoice that a payment settles.
    Invoice = "invoice", "Invoice", Id;
    /// About what: advice, planning, technical, billing, complaint.
    Topic = "topic", "Topic", Text;
    /// Who began: they or we.
    StartedBy = "started_by", "Who began", Text;
    /// What they gave, in whatever scale.
    Rating = "rating", "Rating", Number;
    /// What they said.
    Comment = "comment", "What they said", Text;
    /// Hours.
    Hours = "hours", "Hours", Number;
    /// Minutes.
    Minutes = "minutes", "Minutes", Number;
    /// A length of time such as 01:30:00.
    Duration = "duration", "Length of time", Text;
    /// People who used it.
    Users = "users", "Users", Number;
    /// Features that were used.
    Features = "features", "Features used", Number;
    /// Features that they have.
    FeaturesAvailable = "features_available", "Features they have", Number;
    /// A step of a sale.
    Stage = "stage", "Step of the sale", Text;
    /// How many people of theirs take part.
    Stakeholders = "stakeholders", "People of theirs", Number;
    /// What they want: transactions, relationship.
    Wants = "wants", "What they want", Text;
    /// How a contract was agreed: individual, standard, click.
    Form = "form", "How it was agreed", Text;
    /// What is done under a contract, one thing after the other.
    Scope = "scope", "What is done for it", Text;
    /// The notice by which either side can end a contract, such as 90 days.
    Notice = "notice", "Period of notice", Text;
    /// The last day to which both are bound by the term that runs.
    LastDay = "last_day", "Bound until", Date;
    /// The need that a contract meets, in their words.
    Need = "need", "Need that it meets", Text;
    /// What of a contract was made for them: price, scope, deliverable.
    MadeForThem = "made_for_them", "Made for them", Text;
    /// What a contract promises: named_person, reviews.
    Promises = "promises", "What it promises", Text;
    /// The kind of fact that somebody wrote down.
    FactKind = "fact", "Kind of fact", Text;
    /// What it says.
    Says = "says", "What it says", Text;
}

impl Meaning {
    /// The place of its column in a row of columns by meaning.
    pub(crate) fn index(self) -> usize {
        self as usize
    }

    /// Whether it is an amount of money that can make up a line of an order.
    pub fn is_amount(self) -> bool {
        matches!(self, Meaning::UnitPrice | Meaning::LineAmount | Meaning::OrderTotal)
    }

    /// Whether its cells hold numbers, of whatever kind.
    pub fn is_number(self) -> bool {
        matches!(self.reads(), Reads::Amount | Reads::Number)
    }
}
