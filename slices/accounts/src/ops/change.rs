//! Accounts renamed or corrected by hand, and what they hang on.

use ::store::{DataClass, Tx};
use kernel::{Context, Moment, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use timeline::{AccountId, said};

use super::{
    accounts::{Named, Shown, view},
    words::Change,
};
use crate::{
    account,
    link::{self, Link},
    party_kind::{self, LinkKind},
    store::{self, earlier, links},
};

pub(super) const CHANGE: Head = Head {
    name: "account.change",
    act: Act::Write,
    method: Method::Put,
    path: "/accounts/{id}",
    command: "account {id} change",
    permission: Permission::Write,
    class: DataClass::Personal,
    sentence: "Renames or corrects an account; what was said before is kept and shown with it.",
    examples: &["mainstay account acc_x7Kq2 change --name \"Osterlund Shipping\" --kind organization"],
};

/// Renames or corrects an account.
///
/// # Errors
/// `accounts.no_account`, `accounts.name`, `accounts.kind`, `accounts.long`.
pub fn change(cx: &Context, tx: &mut Tx<'_>, input: Change) -> Result<Shown> {
    let id: AccountId = cx.codes.read(&input.id)?;
    let before = store::sheets(cx, tx, &[id.0])?.remove(&id.0).ok_or_else(store::no_account)?;
    let mut says = input.says()?;
    if let Some(name) = &input.name {
        says.insert("name".to_owned(), account::name(name)?);
    }
    let after = said::with(before.clone(), &says);
    if before != after {
        earlier::keep(cx, tx, id, &before, &after)?;
        store::rewrite(tx, &[(id.0, after)])?;
    }
    view(cx, tx, Named { id: input.id })
}

pub(super) const LINK: Head = Head {
    name: "account.link",
    act: Act::Write,
    method: Method::Put,
    path: "/accounts/{id}/links",
    command: "account {id} link",
    permission: Permission::Write,
    class: DataClass::Personal,
    sentence: "Says what an account hangs on: the household it is a member of, the organization it is a department of, \
               the client it is a customer of; or that it does not any more.",
    examples: &["mainstay account acc_x7Kq2 link --kind member_of --other acc_p0Zq1 --since 2024-05-01"],
};

/// What an account hangs on.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hangs {
    /// The id of the account.
    pub id: String,
    /// How: member_of (a household), department_of (an organization), customer_of (a client of ours).
    pub kind: String,
    /// The id of the account it hangs on.
    pub other: String,
    /// Since when, such as 2024-05-01.
    #[serde(default)]
    pub since: Option<String>,
    /// It does not hang there any more.
    #[serde(default)]
    pub end: bool,
}

/// Hangs an account on another, or takes it off.
///
/// # Errors
/// `accounts.no_account`, `accounts.link`, `accounts.since`.
pub fn hang(cx: &Context, tx: &mut Tx<'_>, input: Hangs) -> Result<Shown> {
    let id = store::visible(cx, tx, cx.codes.read(&input.id)?)?.id;
    let other = store::visible(cx, tx, cx.codes.read(&input.other)?)?.id;
    let kind = LinkKind::parse(&input.kind).ok_or_else(|| {
        let known = LinkKind::ALL.map(LinkKind::as_str).join(", ");
        let text = format!("{:?} is no way in which accounts hang together; known are {known}", input.kind);
        Problem::invalid("kind", "accounts.link", text)
    })?;
    if id == other {
        let text = "an account does not hang on itself; name another one";
        return Err(Problem::invalid("other", "accounts.link", text));
    }
    let since = party_kind::since(input.since.as_deref().unwrap_or_default())?;
    let mut sheets = store::sheets(cx, tx, &[id.0])?;
    links::add(cx, tx, &mut sheets)?;
    let mut sheet = sheets.remove(&id.0).unwrap_or_default();
    let field = link::field(kind.as_str(), other.0);
    match input.end {
        true => sheet.remove(&field),
        false => sheet.insert(field, link::written(&since).to_owned()),
    };
    links::rewrite(tx, &[(id.0, sheet)])?;
    view(cx, tx, Named { id: input.id })
}

/// An account that another hangs together with, as it is shown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownLink {
    /// What the account is of the other: member_of, department_of, customer_of; or the other of it: has_member,
    /// has_department, has_customer.
    pub kind: String,
    /// The id of the other account.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Since when, where somebody said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub since: String,
}

impl ShownLink {
    pub(super) fn of(cx: &Context, link: Link) -> ShownLink {
        let kind = link.word().to_owned();
        ShownLink { kind, id: cx.codes.write(link.other), name: link.name, since: link.since }
    }
}

/// What was said of an account before somebody corrected it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownEarlier {
    /// What it was: name, country, kind and so on.
    pub field: String,
    /// What was said; blank for nothing.
    pub value: String,
    /// Until when.
    pub until: String,
}

impl ShownEarlier {
    pub(super) fn of(earlier: earlier::Earlier) -> ShownEarlier {
        let until = Moment::at(earlier.until).iso();
        ShownEarlier { field: earlier.field, value: earlier.value, until }
    }
}
