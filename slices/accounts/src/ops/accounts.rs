//! Accounts: written down, shown, put behind a wall.

use ::store::{DataClass, Tx};
use kernel::{Context, Id, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::say;
use timeline::AccountId;

use super::{
    change::{ShownEarlier, ShownLink},
    likely, searching,
    words::Add,
};
use crate::{
    account::{self, Account},
    name_kind,
    store::{self, NewAccount, earlier, links},
};

pub(super) const ADD: Head = Head {
    name: "account.add",
    act: Act::Write,
    method: Method::Post,
    path: "/accounts",
    command: "account add {name}",
    permission: Permission::Write,
    class: DataClass::Personal,
    sentence: "Writes down a person or firm we deal with; what is known of them is recorded as facts.",
    examples: &["mainstay account add \"Osterlund Marine\" --country Belgium"],
};

/// An account as it is shown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Shown {
    /// Its id.
    pub id: String,
    /// The id that was asked for, where that account was merged into this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked_for: Option<String>,
    /// Its name.
    pub name: String,
    /// What kind of party it is, where somebody said: person, organization, household, department.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// What its name and email address look like where nobody said, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub looks_like: Option<ShownGuess>,
    /// It buys for its own use.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub consumer: bool,
    /// Its country, where somebody said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub country: String,
    /// Its email address, where somebody said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// Its telephone number, where somebody said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// Its website, where somebody said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub website: String,
    /// Street and number, where somebody said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub street: String,
    /// The postal code, where somebody said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub postcode: String,
    /// The town, where somebody said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub city: String,
    /// Province, state or county, where somebody said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub region: String,
    /// What it is by the rules of the trade, where somebody said; this is not its class.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub regulatory: String,
    /// What it is now, to be given as `expected` with a change, so that nothing is overwritten that somebody else changed.
    pub version: String,
    /// The ids by which files and tools know it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub known_as: Vec<Known>,
    /// The accounts that it hangs on, and those that hang on it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<ShownLink>,
    /// What was said of it before somebody corrected it, newest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<ShownEarlier>,
}

/// What an account looks like.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownGuess {
    /// person, organization or household.
    pub kind: String,
    /// Why.
    pub why: String,
}

/// An id in somebody's numbering.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Known {
    /// Whose numbering.
    pub space: String,
    /// The id there.
    pub key: String,
}

/// Makes an account, unless one is there that is likely the same party.
///
/// # Errors
/// `accounts.name`, `accounts.kind`, `accounts.long`; `accounts.duplicate` with the ids of those that are likely the same.
pub fn add(cx: &Context, tx: &mut Tx<'_>, input: Add) -> Result<Shown> {
    let mut sheet = input.says()?;
    let name = account::name(&input.name)?;
    if !input.anyway {
        likely::refuse(cx, tx, &name, &sheet)?;
    }
    sheet.insert("name".to_owned(), name);
    let id: AccountId = Id::new(tx.allocate("account", 1)?.first());
    store::insert(cx, tx, &[NewAccount { id, sheet: &sheet, key: None }], 0)?;
    searching::ask(cx, tx)?;
    // Nothing else can be known of it yet.
    Ok(Shown::of(cx, store::visible(cx, tx, id)?))
}

pub(super) const VIEW: Head = Head {
    name: "account.view",
    act: Act::Read,
    method: Method::Get,
    path: "/accounts/{id}",
    command: "account {id}",
    permission: Permission::Read,
    class: DataClass::Personal,
    sentence: "Shows who an account is and by which ids files and tools know it.",
    examples: &["mainstay account acc_x7Kq2"],
};

/// An account by its id.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// The id of the account.
    pub id: String,
}

/// Shows an account.
///
/// # Errors
/// `accounts.no_account`.
pub fn view(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<Shown> {
    let shown = glance(cx, tx, input)?;
    let id = cx.codes.read(&shown.id)?;
    let links = links::around(cx, tx, id)?.into_iter().map(|link| ShownLink::of(cx, link)).collect();
    let earlier = earlier::of(cx, tx, id)?.into_iter().map(ShownEarlier::of).collect();
    Ok(Shown { links, earlier, ..shown })
}

/// What [`view`] shows, without what grows with it: what it hangs together with, and what was said of it before.
///
/// # Errors
/// `accounts.no_account`.
pub fn glance(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<Shown> {
    let account = store::visible(cx, tx, cx.codes.read(&input.id)?)?;
    let known_as =
        store::keys(tx, account.id)?.into_iter().map(|(space, key)| Known { space, key }).collect();
    let shown = Shown::of(cx, account);
    let asked_for = (shown.id != input.id).then_some(input.id);
    Ok(Shown { asked_for, known_as, ..shown })
}

impl Shown {
    fn of(cx: &Context, account: Account) -> Shown {
        let guess = match account.kind {
            None => name_kind::guess(&account.name, &account.email),
            Some(_) => None,
        };
        Shown {
            id: cx.codes.write(account.id),
            asked_for: None,
            name: account.name,
            kind: account.kind.map(|kind| kind.as_str().to_owned()).unwrap_or_default(),
            looks_like: guess
                .map(|guess| ShownGuess { kind: guess.kind.as_str().to_owned(), why: guess.why }),
            consumer: account.consumer,
            country: account.country,
            email: account.email,
            phone: account.phone,
            website: account.website,
            street: account.street,
            postcode: account.postcode,
            city: account.city,
            region: account.region,
            regulatory: account.regulatory,
            version: account.version.as_str().to_owned(),
            known_as: Vec::new(),
            links: Vec::new(),
            earlier: Vec::new(),
        }
    }
}

pub(super) const WALL: Head = Head {
    name: "account.wall",
    act: Act::Write,
    method: Method::Put,
    path: "/accounts/{id}/wall",
    command: "account {id} wall",
    permission: Permission::Manage,
    class: DataClass::Personal,
    sentence: "Puts an account behind a wall: only the people named see it, whatever their role. Without people the \
               wall is taken away.",
    examples: &["mainstay account acc_x7Kq2 wall --people per_a1B2c,per_d3E4f"],
};

/// Who may see an account.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wall {
    /// The id of the account.
    pub id: String,
    /// The ids of the people who may see it; none takes the wall away.
    #[serde(default)]
    pub people: Vec<String>,
}

/// Puts an account behind a wall.
///
/// # Errors
/// `accounts.no_account`, `id.unknown`, `accounts.walled_out` for an owner who would not see it any more.
pub fn set_wall(cx: &Context, tx: &mut Tx<'_>, input: Wall) -> Result<Shown> {
    let account = store::visible(cx, tx, cx.codes.read(&input.id)?)?;
    let mut members = input
        .people
        .iter()
        .map(|person| cx.codes.read::<access::PersonKind>(person).map(|id| id.0))
        .collect::<Result<Vec<_>>>()?;
    members.sort_unstable();
    members.dedup();
    let own = cx.actor.number();
    if !members.is_empty() && own != 0 && !members.contains(&own) {
        return Err(Problem::conflict(
            "accounts.walled_out",
            say!(
                "you would not see this account any more; name yourself among the people, or let one of them do it"
            ),
        ));
    }
    store::set_wall(tx, account.id, &members)?;
    view(cx, tx, Named { id: input.id })
}
