//! Who acts, and how much they may do.

use serde::{Deserialize, Serialize};

/// The person or program behind a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Nobody has signed in.
    Nobody,
    /// The house itself, or whoever holds the machine and its files: the command line and the jobs.
    System,
    /// A signed-in person, or a program with that person's token.
    User {
        /// The person's row in `access`.
        id: i64,
        /// What that person may do.
        role: Role,
    },
}

impl Actor {
    /// Whether this actor may do what asks for `permission`.
    pub fn may(&self, permission: Permission) -> bool {
        match self {
            Actor::System => true,
            Actor::Nobody => permission == Permission::Public,
            Actor::User { role, .. } => role.may(permission),
        }
    }

    /// The number of the signed-in person; 0 for the house, -1 for nobody.
    pub fn number(&self) -> i64 {
        match self {
            Actor::Nobody => -1,
            Actor::System => 0,
            Actor::User { id, .. } => *id,
        }
    }
}

/// What a person may do, from least to most.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Sees; changes nothing.
    Reader,
    /// Sees and works: imports, records facts.
    Member,
    /// Everything, people and policy included.
    Owner,
}

impl Role {
    /// All roles, from least to most.
    pub const ALL: [Role; 3] = [Role::Reader, Role::Member, Role::Owner];

    /// Whether the role covers `permission`.
    pub fn may(self, permission: Permission) -> bool {
        match permission {
            Permission::Public | Permission::Read => true,
            Permission::Write => self >= Role::Member,
            Permission::Manage => self >= Role::Owner,
        }
    }

    /// The word in the database, the API and on pages.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Member => "member",
            Role::Owner => "owner",
        }
    }

    /// The role of that word.
    pub fn parse(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

/// What an operation asks of its caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Permission {
    /// Anyone, signed in or not.
    Public,
    /// Anyone signed in.
    Read,
    /// Members and owners.
    Write,
    /// Owners.
    Manage,
}
