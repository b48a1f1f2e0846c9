//! A dimension: one question about a relationship, answered from facts with one whole number.

use timeline::FactId;

use crate::{
    History,
    dimensions::{
        Adoption, Breadth, Continuity, ContractForce, DecisionBasis, Exclusivity, NamedPerson,
        Personalization, ProactiveContact, Reciprocity, SalesProcess, ServiceBought, Spend, SupportRelation,
        Tenure,
    },
    word::words,
};

words! {
    /// The dimensions, in the order of every list. The industry stands apart: it is no evidence about a party.
    DimensionName {
        /// Is a formal, individually agreed contract in force?
        Contract = "contract",
        /// Is it advice or goods?
        ServiceBought = "service_bought",
        /// A series or one-off?
        Continuity = "continuity",
        /// How long, gaps left out?
        Tenure = "tenure",
        /// How many needs, met one after another?
        Breadth = "breadth",
        /// Made for them?
        Personalization = "personalization",
        /// Are we the one provider?
        Exclusivity = "exclusivity",
        /// Do they come for advice, or with faults and refunds?
        SupportRelation = "support_relation",
        /// Do we keep a rhythm?
        ProactiveContact = "proactive_contact",
        /// Long and careful, or a click?
        SalesProcess = "sales_process",
        /// How much, compared?
        Spend = "spend",
        /// Does someone by name answer for them and act?
        NamedPerson = "named_person",
        /// Do they give back?
        Reciprocity = "reciprocity",
        /// Breadth and depth of use?
        Adoption = "adoption",
        /// Reputation and advice, or price and place?
        DecisionBasis = "decision_basis",
    }
}

/// How many dimensions there are.
pub const COUNT: usize = DimensionName::ALL.len();

/// One question about a relationship.
pub trait Dimension: Sync {
    /// Its name in policies and in the API.
    fn name(&self) -> DimensionName;

    /// Its name on pages.
    fn word(&self) -> &'static str {
        self.name().word()
    }

    /// The measured value, in the unit that the policy names; nothing where there is no evidence.
    fn measure(&self, history: &History) -> Option<i64>;

    /// A number that stands still only while the measured value does, as a history is [moved](History::move_to) from day to
    /// day, and never falls: so that whoever goes from day to day measures only what may have changed.
    fn version(&self, history: &History) -> i64 {
        history.of_today()
    }

    /// The facts on which that value rests.
    fn facts(&self, history: &History) -> Vec<FactId>;

    /// What the facts say, in plain words: `7 months of the last 36`.
    fn evidence(&self, history: &History) -> String;
}

/// All of them, in the order of every list.
pub static DIMENSIONS: [&dyn Dimension; COUNT] = [
    &ContractForce,
    &ServiceBought,
    &Continuity,
    &Tenure,
    &Breadth,
    &Personalization,
    &Exclusivity,
    &SupportRelation,
    &ProactiveContact,
    &SalesProcess,
    &Spend,
    &NamedPerson,
    &Reciprocity,
    &Adoption,
    &DecisionBasis,
];

impl DimensionName {
    /// The dimension of that name.
    pub fn dimension(self) -> &'static dyn Dimension {
        DIMENSIONS[self as usize]
    }

    /// Its name when people are spoken to.
    pub fn said(self) -> String {
        speech::word!(self.word())
    }

    /// Its name on pages, in English.
    pub fn word(self) -> &'static str {
        match self {
            DimensionName::Contract => "Contract",
            DimensionName::ServiceBought => "Service bought",
            DimensionName::Continuity => "Continuity",
            DimensionName::Tenure => "Tenure",
            DimensionName::Breadth => "Breadth of needs",
            DimensionName::Personalization => "Personalization",
            DimensionName::Exclusivity => "Exclusivity",
            DimensionName::SupportRelation => "Support relation",
            DimensionName::ProactiveContact => "Proactive contact",
            DimensionName::SalesProcess => "Sales process",
            DimensionName::Spend => "Spend",
            DimensionName::NamedPerson => "Named person",
            DimensionName::Reciprocity => "Reciprocity",
            DimensionName::Adoption => "Adoption",
            DimensionName::DecisionBasis => "Decision basis",
        }
    }
}
