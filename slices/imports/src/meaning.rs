//! What a column of a file can mean, in the words of mappings and of the page that shows them.

use serde::{Deserialize, Serialize};

use crate::values::words;

words! {
    /// What a column can mean for `orders.record`.
    Meaning {
        /// The number of the order or invoice.
        OrderNumber = "order_number",
        /// When it happened.
        Date = "date",
        /// The article number.
        Sku = "sku",
        /// What was bought, in words.
        Description = "description",
        /// How many.
        Quantity = "quantity",
        /// The price of one.
        UnitPrice = "unit_price",
        /// What the line comes to.
        LineAmount = "line_amount",
        /// What the whole order comes to, on its first line or on each.
        OrderTotal = "order_total",
        /// The id of the party.
        PartyId = "party_id",
        /// The name of the party.
        PartyName = "party_name",
        /// The email address of the party.
        Email = "email",
        /// The country of the party.
        Country = "country",
        /// The currency of the amounts.
        Currency = "currency",
        /// The state of the document: paid, draft, voided.
        Status = "status",
    }
}

impl Meaning {
    /// The meaning as a page shows it.
    pub fn label(self) -> &'static str {
        match self {
            Meaning::OrderNumber => "Order number",
            Meaning::Date => "Date",
            Meaning::Sku => "Article number",
            Meaning::Description => "Description",
            Meaning::Quantity => "Quantity",
            Meaning::UnitPrice => "Price of one",
            Meaning::LineAmount => "Line amount",
            Meaning::OrderTotal => "Order total",
            Meaning::PartyId => "Party id",
            Meaning::PartyName => "Party name",
            Meaning::Email => "Email",
            Meaning::Country => "Country",
            Meaning::Currency => "Currency",
            Meaning::Status => "Status",
        }
    }

    /// The place of its column in a row of columns by meaning.
    pub(crate) fn index(self) -> usize {
        self as usize
    }

    /// Whether it is an amount of money that can make up a line.
    pub fn is_amount(self) -> bool {
        matches!(self, Meaning::UnitPrice | Meaning::LineAmount | Meaning::OrderTotal)
    }
}
