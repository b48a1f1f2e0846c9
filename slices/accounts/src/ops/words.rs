//! What callers say of an account: the same words whether they write it down or correct it.

use kernel::{Problem, Result};
use schemars::JsonSchema;
use serde::Deserialize;
use speech::{say, word};
use timeline::said::Sheet;

use crate::{
    account::{self, YES},
    party_kind::{self, PartyKind},
};

/// Letters of the longest word that is taken.
const LONGEST: usize = 500;

/// A struct with these fields and all words that can be said of an account besides its name.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Default, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $kind,)*
            /// What kind of party it is: person, organization, household, department.
            #[serde(default)]
            pub kind: Option<String>,
            /// Whether it buys for its own use.
            #[serde(default)]
            pub consumer: Option<bool>,
            /// Its country.
            #[serde(default)]
            pub country: Option<String>,
            /// Its email address.
            #[serde(default)]
            pub email: Option<String>,
            /// Its telephone number.
            #[serde(default)]
            pub phone: Option<String>,
            /// Its website or domain.
            #[serde(default)]
            pub website: Option<String>,
            /// Street and number.
            #[serde(default)]
            pub street: Option<String>,
            /// The postal code.
            #[serde(default)]
            pub postcode: Option<String>,
            /// The town.
            #[serde(default)]
            pub city: Option<String>,
            /// Province, state or county.
            #[serde(default)]
            pub region: Option<String>,
            /// What it is by the rules of the trade, which is not its class.
            #[serde(default)]
            pub regulatory: Option<String>,
        }

        impl $name {
            /// The fields that it says besides the name; blank ones take a word away.
            pub(super) fn says(&self) -> Result<Sheet> {
                let texts = [
                    ("country", &self.country),
                    ("email", &self.email),
                    ("phone", &self.phone),
                    ("website", &self.website),
                    ("street", &self.street),
                    ("postcode", &self.postcode),
                    ("city", &self.city),
                    ("region", &self.region),
                    ("regulatory", &self.regulatory),
                ];
                said(texts, self.kind.as_deref(), self.consumer)
            }
        }
    };
}

words! {
    /// A new account.
    Add {
        /// The name of the person or firm.
        name: String,
        /// Write it down though an account like it is there.
        #[serde(default)]
        anyway: bool,
    }
}

words! {
    /// What an account is to be called from now on. What is absent stays; blank text takes a word away.
    Change {
        /// The id of the account.
        id: String,
        /// Its name.
        #[serde(default)]
        name: Option<String>,
        /// The `version` that you read: what somebody else changed since is not overwritten.
        #[serde(default)]
        expected: Option<String>,
    }
}

fn said(texts: [(&str, &Option<String>); 9], kind: Option<&str>, consumer: Option<bool>) -> Result<Sheet> {
    let mut sheet = Sheet::new();
    for (field, text) in texts {
        let Some(text) = text.as_deref().map(account::tidied) else { continue };
        if LONGEST < text.chars().count() {
            let text = say!("{field} has at most {LONGEST} letters; shorten it", field = word!(field));
            return Err(Problem::invalid(field, "accounts.long", text));
        }
        sheet.insert(field.to_owned(), text);
    }
    if let Some(word) = kind {
        let kind = party_kind::kind(word)?.map_or("", PartyKind::as_str);
        sheet.insert("kind".to_owned(), kind.to_owned());
    }
    if let Some(consumer) = consumer {
        sheet.insert("consumer".to_owned(), if consumer { YES.to_owned() } else { String::new() });
    }
    Ok(sheet)
}
