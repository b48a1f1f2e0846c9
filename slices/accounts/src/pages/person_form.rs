//! The fields of somebody who acts for an account, as a form asks for them.

use kernel::Problem;
use maud::Markup;
use slice::Visit;
use speech::{html, say, word};
use ui::{Checks, Field};

use crate::{
    contact::ContactRole,
    ops::{
        people::{NewContact, ShownContact},
        people_change::ChangeContact,
    },
    panels::people::about,
};

/// What stands in the fields.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) emails: String,
    pub(super) phones: String,
    pub(super) roles: Vec<String>,
    pub(super) consent: String,
}

impl Typed {
    /// As a form was sent.
    pub(super) fn sent(visit: &Visit<'_>) -> Typed {
        let text = |name: &str| visit.field(name).unwrap_or_default().to_owned();
        let roles = visit.form.iter().filter(|(name, _)| name == "roles").map(|(_, role)| role.clone());
        Typed {
            name: text("name"),
            title: text("title"),
            emails: text("emails"),
            phones: text("phones"),
            roles: roles.collect(),
            consent: text("consent"),
        }
    }

    /// Somebody new.
    pub(super) fn new_contact(&self) -> NewContact {
        let said = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        NewContact {
            key: None,
            name: said(&self.name),
            title: said(&self.title),
            emails: several(&self.emails),
            phones: several(&self.phones),
            roles: self.roles.clone(),
            consent: said(&self.consent),
        }
    }

    /// What is to be known of somebody who was known already, when this is said of them as well: what is blank here
    /// stays, lists grow.
    pub(super) fn added_to(&self, person: &ShownContact) -> ChangeContact {
        let kept = |known: &str, said: &str| if said.is_empty() { known.to_owned() } else { said.to_owned() };
        let both = |known: &[String], said: Vec<String>| {
            let new: Vec<_> = said.into_iter().filter(|one| !known.contains(one)).collect();
            [known, &new].concat()
        };
        ChangeContact {
            id: person.id.clone(),
            name: Some(kept(&person.name, &self.name)),
            title: Some(kept(&person.title, &self.title)),
            emails: Some(both(&person.emails, several(&self.emails))),
            phones: Some(both(&person.phones, several(&self.phones))),
            roles: Some(both(&person.roles, self.roles.clone())),
            consent: Some(kept(&person.consent, &self.consent)),
            expected: None,
        }
    }

    /// The fields, with what is wrong in one of them.
    pub(super) fn fields(&self, wrong: Option<&Problem>) -> Markup {
        let error = |field: &str| {
            let wrong = wrong.filter(|wrong| wrong.field.as_deref() == Some(field));
            wrong.map(|wrong| ui::sentence(&wrong.message))
        };
        let roles = ContactRole::ALL.into_iter().fold(Checks::any("roles", say!("Roles")), |checks, role| {
            let spoken = ui::sentence(&word!(role.as_str().replace('_', " ")));
            let on = self.roles.iter().any(|known| known == role.as_str());
            checks.answer(role.as_str(), spoken.trim_end_matches('.').to_owned(), about(role), on)
        });
        html! {
            div .pair {
                (Field::text("name", say!("Name")).value(&*self.name).placeholder("Maud Rook").error(error("name")))
                (Field::text("title", say!("What they do there")).value(&*self.title).placeholder(say!("Bookkeeper")))
                (Field::text("emails", say!("Email")).value(&*self.emails).hint(say!("Several with commas between.")).error(error("emails")))
                (Field::text("phones", say!("Telephone")).value(&*self.phones).hint(say!("Several with commas between.")).error(error("phones")))
            }
            (roles.error(error("roles")))
            (Field::text("consent", say!("What they allowed us to do")).value(&*self.consent)
                .hint(say!("When and where they said so; leave it empty where nobody asked.")))
        }
    }
}

/// The parts of a text between commas, semicolons or line ends.
fn several(text: &str) -> Vec<String> {
    let parts = text.split([',', ';', '\n']).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
