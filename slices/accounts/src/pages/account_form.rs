//! The fields of an account, as a form asks for them.

use kernel::Problem;
use maud::Markup;
use slice::Visit;
use speech::{html, say};
use ui::{Choice, Field, Text};

use crate::{ops::Add, party_kind::PartyKind};

/// The fields of text in their order: name, kind of control.
const TEXTS: [(&str, &str); 9] = [
    ("country", "text"),
    ("email", "text"),
    ("phone", "tel"),
    ("website", "text"),
    ("street", "text"),
    ("postcode", "text"),
    ("city", "text"),
    ("region", "text"),
    ("regulatory", "text"),
];

/// What people call them.
fn labels() -> [Text<'static>; TEXTS.len()] {
    [
        say!("Country"),
        say!("Email"),
        say!("Telephone"),
        say!("Website"),
        say!("Street and number"),
        say!("Postal code"),
        say!("Town"),
        say!("Province or state"),
        say!("Regulatory status"),
    ]
}

/// What stands in the fields.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    name: String,
    kind: String,
    consumer: bool,
    texts: [String; TEXTS.len()],
}

impl Typed {
    /// Nothing but a name.
    pub(super) fn named(name: &str) -> Typed {
        Typed { name: name.to_owned(), ..Typed::default() }
    }

    /// As a form was sent.
    pub(super) fn sent(visit: &Visit<'_>) -> Typed {
        let text = |name: &str| visit.field(name).unwrap_or_default().to_owned();
        Typed {
            name: text("name"),
            kind: text("kind"),
            consumer: visit.field("consumer").is_some(),
            texts: TEXTS.map(|(name, _)| text(name)),
        }
    }

    /// A new account.
    pub(super) fn add(&self, anyway: bool) -> Add {
        let [country, email, phone, website, street, postcode, city, region, regulatory] =
            self.texts.clone().map(Some);
        Add {
            name: self.name.clone(),
            anyway,
            kind: Some(self.kind.clone()),
            consumer: Some(self.consumer),
            country,
            email,
            phone,
            website,
            street,
            postcode,
            city,
            region,
            regulatory,
        }
    }

    /// The fields, with what is wrong in one of them.
    pub(super) fn fields(&self, wrong: Option<&Problem>) -> Markup {
        let error = |field: &str| {
            let wrong = wrong.filter(|wrong| wrong.field.as_deref() == Some(field));
            wrong.map(|wrong| ui::sentence(&wrong.message))
        };
        let kinds = PartyKind::ALL.into_iter().map(|kind| Choice::new(kind.as_str(), spoken(kind)));
        let kinds = std::iter::once(Choice::new("", say!("Not said"))).chain(kinds).collect();
        html! {
            (Field::text("name", say!("Name")).value(&*self.name).placeholder("Osterlund Marine").error(error("name")).required())
            div .pair {
                (Field::select("kind", say!("What kind of party"), kinds).value(&*self.kind).error(error("kind")))
                (Field::check("consumer", say!("Buys for personal use"), self.consumer))
            }
            div .pair {
                @for (((name, kind), label), value) in TEXTS.iter().zip(labels()).zip(&self.texts) {
                    (Field::input(kind, *name, label).value(value.as_str()).error(error(name)))
                }
            }
        }
    }
}

/// A kind of party as people read it.
pub(super) fn spoken(kind: PartyKind) -> Text<'static> {
    match kind {
        PartyKind::Person => say!("Person"),
        PartyKind::Organization => say!("Organization"),
        PartyKind::Household => say!("Household"),
        PartyKind::Department => say!("Department of ours"),
    }
}
