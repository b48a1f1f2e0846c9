//! The fields that can be corrected in their place, by groups.

use speech::{say, word};
use ui::{Asked, Asks, Text};

use super::super::account_form::spoken;
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
    pub fn label(self) -> Text<'static> {
        match self {
            Group::Name => say!("Name"),
            Group::Kind => say!("Kind"),
            Group::Country => say!("Country"),
            Group::Email => say!("Email"),
            Group::Phone => say!("Telephone"),
            Group::Website => say!("Website"),
            Group::Address => say!("Address"),
            Group::Regulatory => say!("Regulatory"),
        }
    }

    /// The same within a sentence.
    pub(crate) fn within(self) -> Text<'static> {
        match self {
            Group::Name => say!("name"),
            Group::Kind => say!("kind"),
            Group::Country => say!("country"),
            Group::Email => say!("email"),
            Group::Phone => say!("telephone"),
            Group::Website => say!("website"),
            Group::Address => say!("address"),
            Group::Regulatory => say!("regulatory"),
        }
    }

    /// Its fields.
    pub(crate) fn asked(self) -> Vec<Asked> {
        match self {
            Group::Name => vec![line("name", self.label(), "text")],
            Group::Kind => {
                vec![kind(), Asked { how: Asks::Yes, ..line("consumer", say!("Buys for personal use"), "") }]
            }
            Group::Address => vec![
                line("street", say!("Street and number"), "text"),
                line("postcode", say!("Postal code"), "text"),
                line("city", say!("Town"), "text"),
                line("region", say!("Province or state"), "text"),
            ],
            Group::Phone => vec![line("phone", self.label(), "tel")],
            Group::Regulatory => vec![Asked {
                hint: say!("What they are by the rules of your trade; it decides nothing here."),
                ..line("regulatory", say!("Regulatory status"), "text")
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
        let spoken = ui::sentence(&word!(role.as_str().replace('_', " ")));
        (role.as_str(), spoken.trim_end_matches('.').to_owned().into(), about(role))
    };
    let several = || say!("Several with commas between.");
    vec![
        line("name", say!("Name"), "text"),
        line("title", say!("What they do there"), "text"),
        Asked { hint: several(), ..line("emails", say!("Email"), "text") },
        Asked { hint: several(), ..line("phones", say!("Telephone"), "text") },
        Asked { how: Asks::Any(ContactRole::ALL.map(role).into()), ..line("roles", say!("Roles"), "") },
        Asked {
            hint: say!("When and where they said so; leave it empty where nobody asked."),
            ..line("consent", say!("What they allowed us to do"), "text")
        },
    ]
}

fn line(name: &'static str, label: Text<'static>, kind: &'static str) -> Asked {
    Asked { name, label, how: Asks::Line(kind), hint: Text::default() }
}

fn kind() -> Asked {
    let kinds = PartyKind::ALL.into_iter().map(|kind| (kind.as_str(), spoken(kind)));
    let kinds = std::iter::once(("", say!("Not said"))).chain(kinds).collect();
    Asked { how: Asks::One(kinds), ..line("kind", say!("What kind of party"), "") }
}
