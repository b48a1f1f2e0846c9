//! The other account: looked for by how its name begins, then picked.

use ::store::Tx;
use kernel::Result;
use maud::Markup;
use slice::Visit;
use speech::{html, say};
use ui::{Button, Checks, Field};

use crate::{Account, ops::Shown, store};

/// Accounts of one beginning of a name that are offered.
const OFFERED: i64 = 20;

/// Who was found under a name.
pub(super) struct Other {
    pub(super) name: String,
    found: Vec<(String, Account)>,
}

impl Other {
    /// Looks for it among those that the viewer may see; nothing is looked for under no name.
    ///
    /// # Errors
    /// `store.statement`.
    pub(super) fn look(visit: &Visit<'_>, tx: &mut Tx<'_>, account: &Shown, name: String) -> Result<Other> {
        let named = if name.is_empty() { Vec::new() } else { store::named(visit.cx, tx, &name, OFFERED)? };
        let coded = named.into_iter().map(|other| (visit.cx.codes.write(other.id), other));
        let found = coded.filter(|(id, _)| *id != account.id).collect();
        Ok(Other { name, found })
    }

    pub(super) fn is_nobody(&self) -> bool {
        self.found.is_empty()
    }

    /// What to say where nobody is called so.
    pub(super) fn nobody(&self) -> String {
        say!("No other account has a name that begins with {}.", self.name)
    }

    /// Asks for the name.
    pub(super) fn form(&self, action: &str) -> Markup {
        let button = Button::submit(say!("Look for it"));
        let button = if self.is_nobody() { button.main_act() } else { button };
        html! {
            div .group .narrow {
                form .form method="get" action=(action) {
                    (Field::text("name", say!("Name of the other account")).value(&*self.name).hint(say!("How it begins is enough.")).required())
                    div .acts { (button) }
                }
            }
        }
    }

    /// One of those who are called so; the only one is picked already.
    pub(super) fn choices(&self) -> Checks<'_> {
        let only = self.found.len() == 1;
        self.found.iter().fold(Checks::one("other", say!("The other account")), |checks, (id, other)| {
            let known = [&other.country, &other.email].into_iter().filter(|part| !part.is_empty());
            let known = known.cloned().collect::<Vec<_>>().join(", ");
            checks.answer(id.as_str(), other.name.as_str(), known, only)
        })
    }
}
