//! A class set by hand: said with a reason and a last day, shown beside the evidence, withdrawn at any time, listed.

use ::store::{DataClass, Tx};
use kernel::{Context, Cursor, Day, Page, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::Deserialize;
use slice::{Act, Head, Method};
use speech::say;
use timeline::{AccountId, LineId, store as facts};

use super::said::{OverrideRow, ShownOverride};
use crate::{
    Class, jobs,
    overrides::{self, Override, OverrideId, Withdrawal},
    phrase,
    store::{
        crossing,
        current::{self, RelationshipId},
        overrides::{self as stored, Search},
    },
};

pub(super) const SET: Head = Head {
    name: "override.set",
    act: Act::Write,
    method: Method::Put,
    path: "/relationships/{id}/override",
    command: "relationship {id} override",
    permission: Permission::Write,
    class: DataClass::Personal,
    sentence: "Sets the class of a relationship by hand, with a reason and a last day; what the evidence says goes on \
               beside it and stays visible.",
    examples: &[
        "mainstay relationship rel_x7Kq2 override --class client --reason \"they call before they decide\"",
        "mainstay relationship rel_x7Kq2 override --class customer --reason \"one project, over\" --until 2027-01-31",
    ],
};

/// What a person says a relationship is.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetClass {
    /// The id of the relationship.
    pub id: String,
    /// client, customer, prospect or former.
    pub class: String,
    /// Why; everybody who sees the class sees it.
    pub reason: String,
    /// The last day on which it counts, such as 2027-01-31; 365 days from today where absent. Afterwards the class that
    /// the evidence gives counts again.
    #[serde(default)]
    pub until: Option<String>,
}

/// Sets a class by hand.
///
/// # Errors
/// `relationship.none`; `override.class`, `override.reason`, `override.until`, `day.format` for a field that does not
/// hold; `override.stands` where another one counts today.
pub fn set(cx: &Context, tx: &mut Tx<'_>, input: SetClass) -> Result<ShownOverride> {
    let id = cx.codes.read(&input.id)?;
    let (account, line) = current::place(cx, tx, id)?;
    let class = overrides::class(&input.class)?;
    let until = overrides::last_day(input.until.as_deref(), cx.today())?;
    let reason = overrides::reason(&input.reason, class)?;
    if let Some(standing) = in_force(cx, tx, account, line)? {
        let text = say!(
            "set the class to {} by hand: {} set it to {} until {} already; withdraw that first",
            class.said(),
            standing.by.clone().unwrap_or_else(|| say!("the house").into_owned()),
            speech::word!(standing.class),
            Day::parse(&standing.until).map_or_else(|_| standing.until.clone(), phrase::plain_day)
        );
        return Err(Problem::conflict("override.stands", text));
    }
    put(cx, tx, id, (account, line), Said { class, reason, until })?;
    crossing::settle(cx, tx, id, class)?;
    jobs::decide(cx, tx, &[(account, line)])?;
    jobs::come_back(cx, tx)?;
    in_force(cx, tx, account, line)?.ok_or_else(gone)
}

/// What a person says, read and found to hold.
pub(super) struct Said {
    /// The class.
    pub(super) class: Class,
    /// Why.
    pub(super) reason: String,
    /// The last day on which it counts.
    pub(super) until: Day,
}

/// Keeps what a person says beside what the evidence says now; deciding is left to the caller.
pub(super) fn put(
    cx: &Context,
    tx: &mut Tx<'_>,
    id: RelationshipId,
    (account, line): (AccountId, LineId),
    said: Said,
) -> Result<OverrideId> {
    let (evidence, as_of) = stored::evidence(cx, tx, id)?.ok_or_else(gone)?;
    let ruling = Override {
        id: OverrideId::new(0),
        account,
        line,
        class: said.class,
        reason: said.reason,
        author: cx.actor.number(),
        set_on: cx.today(),
        as_of,
        computed: evidence.class,
        until: said.until,
        withdrawn: None,
    };
    let kept = stored::keep_all(tx, vec![ruling])?;
    kept.first().map(|one| one.id).ok_or_else(gone)
}

fn gone() -> Problem {
    Problem::not_found("relationship.none", say!("there is no such relationship"))
}

/// The override that counts today, as it is shown.
fn in_force(
    cx: &Context,
    tx: &mut Tx<'_>,
    account: AccountId,
    line: LineId,
) -> Result<Option<ShownOverride>> {
    Ok(found_in_force(cx, tx, account, line)?.map(|found| ShownOverride::of(cx, &found)))
}

/// The one that counts today, as it is kept.
///
/// # Errors
/// `store.statement`.
pub(super) fn held(
    cx: &Context,
    tx: &mut Tx<'_>,
    account: AccountId,
    line: LineId,
) -> Result<Option<Override>> {
    Ok(found_in_force(cx, tx, account, line)?.map(|found| found.held))
}

fn found_in_force(
    cx: &Context,
    tx: &mut Tx<'_>,
    account: AccountId,
    line: LineId,
) -> Result<Option<stored::Found>> {
    let search = Search { place: Some((account, line)), counting: true, ..Search::default() };
    Ok(stored::page(cx, tx, &search, 1)?.into_iter().next())
}

pub(super) const WITHDRAW: Head = Head {
    name: "override.withdraw",
    act: Act::Write,
    method: Method::Post,
    path: "/relationships/{id}/override/withdrawal",
    command: "relationship {id} override withdraw",
    permission: Permission::Write,
    class: DataClass::Personal,
    sentence: "Withdraws the class that was set by hand: what the evidence says counts again from today; the override stays \
               on record.",
    examples: &["mainstay relationship rel_x7Kq2 override withdraw --reason \"the project is over\""],
};

/// An override to withdraw.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawOverride {
    /// The id of the relationship.
    pub id: String,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Withdraws the override that counts.
///
/// # Errors
/// `relationship.none`, `override.none` where no override counts today.
pub fn withdraw(cx: &Context, tx: &mut Tx<'_>, input: WithdrawOverride) -> Result<ShownOverride> {
    let (account, line) = current::place(cx, tx, cx.codes.read(&input.id)?)?;
    let Some(standing) = in_force(cx, tx, account, line)? else {
        let text = say!(
            "withdraw an override: none counts for this relationship today; `mainstay overrides --show all` lists those \
             that did"
        );
        return Err(Problem::conflict("override.none", text));
    };
    let id: OverrideId = cx.codes.read(&standing.id)?;
    let reason = input.reason.unwrap_or_default().trim().to_owned();
    stored::withdraw(tx, &[id], &Withdrawal { on: cx.today(), by: cx.actor.number(), reason })?;
    jobs::decide(cx, tx, &[(account, line)])?;
    let search = Search { place: Some((account, line)), before: Some(id.0 + 1), ..Search::default() };
    let found = stored::page(cx, tx, &search, 1)?.pop();
    found.map(|found| ShownOverride::of(cx, &found)).ok_or_else(gone)
}

pub(super) const LIST: Head = Head {
    name: "overrides.list",
    act: Act::Read,
    method: Method::Get,
    path: "/overrides",
    command: "overrides",
    permission: Permission::Read,
    class: DataClass::Personal,
    sentence: "Lists classes that were set by hand, newest first: those that count today, those of them that say otherwise \
               than the evidence, or all there ever were.",
    examples: &["mainstay overrides", "mainstay overrides --show disagreeing -o json"],
};

/// Which overrides.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Overrides {
    /// "current" for those that count today; "disagreeing" for those of them that say otherwise than the evidence; "all"
    /// for every one that there was. "current" where absent.
    #[serde(default)]
    pub show: Option<String>,
    /// Of the relationship of this id.
    #[serde(default)]
    pub relationship: Option<String>,
    /// Where the page begins: `next` of the page before.
    #[serde(default)]
    pub after: Option<String>,
    /// Rows on a page, at most 200; 50 when absent.
    #[serde(default)]
    pub limit: Option<i64>,
}

/// Lists overrides.
///
/// # Errors
/// `override.show` for another word, `relationship.none`.
pub fn list(cx: &Context, tx: &mut Tx<'_>, input: Overrides) -> Result<Page<OverrideRow>> {
    let limit = input.limit.unwrap_or(50).clamp(1, 200);
    let (counting, disagreeing) = match input.show.as_deref().map_or("current", str::trim) {
        "" | "current" => (true, false),
        "disagreeing" => (true, true),
        "all" => (false, false),
        other => {
            let text = say!("list overrides: show is \"current\", \"disagreeing\" or \"all\", not {other:?}");
            return Err(Problem::invalid("show", "override.show", text));
        }
    };
    let place = match input.relationship.as_deref().filter(|id| !id.trim().is_empty()) {
        Some(id) => Some(current::place(cx, tx, cx.codes.read(id)?)?),
        None => None,
    };
    let before = input.after.as_deref().and_then(|text| Cursor::read(text).0.first()?.parse().ok());
    let search = Search { place, counting, disagreeing, before };
    let mut found = stored::page(cx, tx, &search, limit + 1)?;
    let more = i64::try_from(found.len()).is_ok_and(|found| limit < found);
    found.truncate(usize::try_from(limit).unwrap_or(200));
    let next = found.last().filter(|_| more).map(|last| Cursor(vec![last.held.id.0.to_string()]).write());
    let lines = facts::lines(tx)?;
    let name = |id| lines.iter().find(|line| line.id == id).map_or(String::new(), |line| line.name.clone());
    let rows = found.iter().map(|found| OverrideRow::of(cx, found, name(found.held.line)));
    Ok(Page { rows: rows.collect(), next })
}
