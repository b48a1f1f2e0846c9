//! Accounts renamed or corrected by hand, and what they hang on.

use ::store::{DataClass, Tx};
use kernel::{Context, Moment, Outcome, Permission, Problem, Result, Version};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::say;
use timeline::{
    AccountId,
    said::{self, Sheet},
};

use super::{
    accounts::{Named, Shown, view},
    changed, listed,
    words::Change,
};
use crate::{
    account::{self, FIELDS},
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
    sentence: "Renames or corrects an account; what was said before is kept and shown with it. With the version that was \
               read, what somebody else changed since is not overwritten.",
    examples: &["mainstay account acc_x7Kq2 change --name \"Osterlund Shipping\" --kind organization"],
};

/// Renames or corrects an account.
///
/// # Errors
/// `accounts.no_account`, `accounts.name`, `accounts.kind`, `accounts.long`; `accounts.changed` where somebody else changed
/// since the expected version what this would overwrite, `version.unknown`.
pub fn change(cx: &Context, tx: &mut Tx<'_>, input: Change) -> Result<Shown> {
    let Planned { id, before, after, .. } = planned(cx, tx, &input)?;
    if before != after {
        earlier::keep(cx, tx, id, &before, &after)?;
        if listed::is_otherwise(&before, &after) {
            listed::anew(cx, tx, &[id])?;
        }
        store::rewrite(tx, &[(id.0, after)])?;
    }
    view(cx, tx, Named { id: input.id })
}

/// What a change comes to, before it is written.
pub(crate) struct Planned {
    id: AccountId,
    before: Sheet,
    after: Sheet,
    /// Fields that the caller left as they were and somebody else changed: they stay as they are.
    pub(crate) theirs: Vec<&'static str>,
}

/// What a change comes to. It writes nothing.
///
/// # Errors
/// Those of [`change`].
pub(crate) fn planned(cx: &Context, tx: &mut Tx<'_>, input: &Change) -> Result<Planned> {
    let id: AccountId = cx.codes.read(&input.id)?;
    let before = store::sheets(cx, tx, &[id.0])?.remove(&id.0).ok_or_else(store::no_account)?;
    let mut says = input.says()?;
    if let Some(name) = &input.name {
        says.insert("name".to_owned(), account::name(name)?);
    }
    let (mut theirs, mut differ) = (Vec::new(), Vec::new());
    if let Some(expected) = &input.expected {
        let version = Version::read(expected, FIELDS.len())?;
        for (at, field) in FIELDS.into_iter().enumerate() {
            let Some(mine) = says.get(field) else { continue };
            match version.outcome(at, said::blank(&before, field), mine) {
                Outcome::Same | Outcome::Mine => (),
                Outcome::Theirs => theirs.push(field),
                Outcome::Differs => differ.push(field),
            }
        }
    }
    if !differ.is_empty() {
        return Err(changed::account(cx, tx, (&input.id, id), &before, &differ)?);
    }
    says.retain(|field, _| !theirs.contains(&field.as_str()));
    let after = said::with(before.clone(), &says);
    Ok(Planned { id, before, after, theirs })
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
        let text = say!("{:?} is no way in which accounts hang together; known are {known}", input.kind);
        Problem::invalid("kind", "accounts.link", text)
    })?;
    if id == other {
        let text = say!("an account does not hang on itself; name another one");
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
