//! The fifteen dimensions, one file each (policy.md §5).

mod adoption;
mod breadth;
mod continuity;
mod contract;
mod decision_basis;
mod exclusivity;
mod named_person;
mod personalization;
mod proactive_contact;
mod reciprocity;
mod sales_process;
mod service_bought;
mod spend;
mod support_relation;
mod tenure;
mod topic;

pub use self::{
    adoption::Adoption, breadth::Breadth, continuity::Continuity, contract::ContractForce,
    decision_basis::DecisionBasis, exclusivity::Exclusivity, named_person::NamedPerson,
    personalization::Personalization, proactive_contact::ProactiveContact, reciprocity::Reciprocity,
    sales_process::SalesProcess, service_bought::ServiceBought, spend::Spend,
    support_relation::SupportRelation, tenure::Tenure,
};

pub(crate) use self::{
    named_person::{is_open, serving},
    proactive_contact::{last_held, latest},
    spend::ranked,
    topic::{contact, is_advice, is_caring, is_ours_alone, is_unasked},
};

use timeline::FactId;

use crate::history::Seen;

/// The ids of facts.
fn ids<'a>(facts: impl IntoIterator<Item = &'a Seen<'a>>) -> Vec<FactId> {
    facts.into_iter().map(|seen| seen.entry.id).collect()
}
