//! View: what the book was asked for, kept under a name, for oneself or for everybody.

use kernel::{Actor, Id, Kind, Permission, Problem, Result};
use speech::say;

/// The id of a view.
pub type ViewId = Id<ViewKind>;

/// Marks ids of views.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ViewKind;

impl Kind for ViewKind {
    const PREFIX: &'static str = "viw";
    const NOUN: &'static str = "a view";
}

/// Letters of the longest name.
const LONGEST: usize = 60;

/// A view as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Its id.
    pub id: ViewId,
    /// The number of the person who saved it; 0 for the house.
    pub owner: i64,
    /// What it is called.
    pub name: String,
    /// Everybody has it; each sees in it what they may see.
    pub shared: bool,
    /// What the book is asked for, as JSON.
    pub filter: String,
    /// It was deleted, and can be brought back.
    pub is_deleted: bool,
}

impl View {
    /// Whether somebody has it: their own, and those that are shared.
    pub fn is_for(&self, actor: &Actor) -> bool {
        self.owner == actor.number() || self.shared
    }

    /// Whether somebody may change it: whoever saved it, and owners what is shared.
    pub fn may_change(&self, actor: &Actor) -> bool {
        self.owner == actor.number() || (self.shared && actor.may(Permission::Manage))
    }
}

/// What a view is called, in one line.
///
/// # Errors
/// `views.name` for a blank name, or one that is too long for a tab.
pub fn name(text: &str) -> Result<String> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let why = match name.chars().count() {
        0 => say!("it needs a name").into_owned(),
        n if LONGEST < n => say!("its name has {n} letters; call it something of at most {LONGEST}"),
        _ if name.chars().any(char::is_control) => {
            say!("its name holds letters that cannot be shown").into_owned()
        }
        _ => return Ok(name),
    };
    Err(Problem::invalid("name", "views.name", say!("save a view: {why}")))
}

#[cfg(test)]
mod tests {
    use kernel::Role;

    use super::*;

    fn view(owner: i64, shared: bool) -> View {
        let id = ViewId::new(1);
        View { id, owner, name: "Large".into(), shared, filter: "{}".into(), is_deleted: false }
    }

    #[test]
    fn a_view_is_for_whoever_saved_it_until_it_is_shared() {
        let person = |id, role| Actor::User { id, role };
        for (who, sees, changes) in [
            (person(7, Role::Reader), [true, true], [true, true]),
            (person(8, Role::Owner), [false, true], [false, true]),
            (person(8, Role::Member), [false, true], [false, false]),
            (Actor::System, [false, true], [false, true]),
        ] {
            for shared in [false, true] {
                let view = view(7, shared);
                assert_eq!(view.is_for(&who), sees[usize::from(shared)], "{who:?} {shared}");
                assert_eq!(view.may_change(&who), changes[usize::from(shared)], "{who:?} {shared}");
            }
        }
    }

    #[test]
    fn a_name_is_one_short_line() {
        assert_eq!(name("  My \n clients ").unwrap(), "My clients");
        for wrong in ["", " \t", &"x".repeat(61), "a\u{0}b"] {
            assert_eq!(name(wrong).unwrap_err().code, "views.name", "{wrong:?}");
        }
    }
}
