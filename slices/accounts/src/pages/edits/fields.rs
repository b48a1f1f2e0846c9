//! The fields that can be corrected in their place, by groups.

use ui::{Asked, Asks};

use crate::{contact::ContactRole, panels::people::about, party_kind::PartyKind};

/// A group of fields of an account that is one form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// What it is called.
    Name,
    /// What kind of party it is.
    Kind,
    /// Its country.
    Country,
    /// Its email address.
    Email,
    /// Its telephone number.
    Phone,
    /// Its website.
    Website,
    /// Street, postal code, town, province.
    Address,
    /// What it is by the rules of the trade.
    Regulatory,
}

impl Group {
    /// All of them, in the order of the page.
    pub const ALL: [Group; 8] = [
        Group::Name,
        Group::Kind,
        Group::Country,
        Group::Email,
        Group::Phone,
        Group::Website,
        Group::Address,
        Group::Regulatory,
    ];

    /// The group of that name.
    pub fn parse(name: &str) -> Option<Group> {
        Group::ALL.into_iter().find(|group| group.name() == name)
    }

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Group::Name => "name",
            Group::Kind => "kind",
            Group::Country => "country",
            Group::Email => "email",
            Group::Phone => "phone",
            Group::Website => "website",
            Group::Address => "address",
            Group::Regulatory => "regulatory",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Group::Name => "Name",
            Group::Kind => "Kind",
            Group::Country => "Country",
            Group::Email => "Email",
            Group::Phone => "Telephone",
            Group::Website => "Website",
            Group::Address => "Address",
            Group::Regulatory => "Regulatory",
        }
    }

    /// Its fields.
    pub(crate) fn asked(self) -> Vec<Asked> {
        match self {
            Group::Name => vec![line("name", "Name", "text")],
            Group::Kind => {
                vec![kind(), Asked { how: Asks::Yes, ..line("consumer", "Buys for personal use", "") }]
            }
            Group::Address => vec![
                line("street", "Street and number", "text"),
                line("postcode", "Postal code", "text"),
                line("city", "Town", "text"),
                line("region", "Province or state", "text"),
            ],
            Group::Phone => vec![line("phone", "Telephone", "tel")],
            Group::Regulatory => vec![Asked {
                hint: "What they are by the rules of your trade; it decides nothing here.",
                ..line("regulatory", "Regulatory status", "text")
            }],
            Group::Country | Group::Email | Group::Website => vec![line(self.name(), self.label(), "text")],
        }
    }
}

/// All fields of an account.
pub(crate) fn of_account() -> Vec<Asked> {
    Group::ALL.into_iter().flat_map(Group::asked).collect()
}

/// What is corrected of somebody who acts for an account.
pub(crate) fn of_contact() -> Vec<Asked> {
    let role = |role: ContactRole| {
        let spoken = ui::sentence(&role.as_str().replace('_', " "));
        (role.as_str(), spoken.trim_end_matches('.').to_owned(), about(role))
    };
    let several = "Several with commas between.";
    vec![
        line("name", "Name", "text"),
        line("title", "What they do there", "text"),
        Asked { hint: several, ..line("emails", "Email", "text") },
        Asked { hint: several, ..line("phones", "Telephone", "text") },
        Asked { how: Asks::Any(ContactRole::ALL.map(role).into()), ..line("roles", "Roles", "") },
        Asked {
            hint: "When and where they said so; leave it empty where nobody asked.",
            ..line("consent", "What they allowed us to do", "text")
        },
    ]
}

fn line(name: &'static str, label: &'static str, kind: &'static str) -> Asked {
    Asked { name, label, how: Asks::Line(kind), hint: "" }
}

fn kind() -> Asked {
    let spoken = |kind: PartyKind| match kind {
        PartyKind::Person => "Person",
        PartyKind::Organization => "Organization",
        PartyKind::Household => "Household",
        PartyKind::Department => "Department of ours",
    };
    let kinds = PartyKind::ALL.into_iter().map(|kind| (kind.as_str(), spoken(kind)));
    let kinds = std::iter::once(("", "Not said")).chain(kinds).collect();
    Asked { how: Asks::One(kinds), ..line("kind", "What kind of party", "") }
}
