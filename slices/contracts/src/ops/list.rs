//! The contracts that hold, the next day to act first.

use ::store::{DataClass, Tx};
use kernel::{Context, Cursor, Day, Page, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::say;
use timeline::{AccountId, store as timeline_store};

use super::around::Surroundings;
use crate::{
    contract::{Contract, NEVER, Term},
    store,
};

pub(super) const LIST: Head = Head {
    name: "contracts.list",
    act: Act::Read,
    method: Method::Get,
    path: "/contracts",
    command: "contracts",
    permission: Permission::Read,
    class: DataClass::Personal,
    sentence: "Lists the contracts and subscriptions that hold, those first on which somebody has to act first; \
               or those that ended.",
    examples: &["mainstay contracts --line Payroll", "mainstay contracts --account acc_x7Kq2 --ended"],
};

/// Which contracts.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct List {
    /// The name of a service line.
    pub line: Option<String>,
    /// The id of an account.
    pub account: Option<String>,
    /// Those that ended instead, the last to end first.
    pub ended: bool,
    /// As it stands on that day, such as 2024-12-31; today when absent, with those that are to begin.
    pub day: Option<String>,
    /// Where to go on, as the page before says.
    pub after: Option<String>,
    /// How many, 1 to 200; 50 when absent.
    pub limit: Option<i64>,
}

/// A contract in the list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// contract or subscription.
    pub kind: String,
    /// Its number.
    pub key: String,
    /// What it is called; absent where nobody said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The account whose it is.
    pub account: String,
    /// The name of that account.
    pub party: String,
    /// The service line.
    pub line: String,
    /// fixed or open_ended.
    pub term: String,
    /// The last day of its term; absent for one that has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends: Option<String>,
    /// The last safe day to act on it; absent where nothing has to be done by any day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act_by: Option<String>,
}

/// Lists contracts.
///
/// # Errors
/// `timeline.no_line` for a line that there is not, `accounts.no_account`, `day.format`.
pub fn list(cx: &Context, tx: &mut Tx<'_>, input: List) -> Result<Page<Listed>> {
    let line = match &input.line {
        None => 0,
        Some(name) => timeline_store::line_of_name(tx, name)?.map(|line| line.id.0).ok_or_else(|| {
            Problem::not_found("timeline.no_line", say!("there is no service line {name:?}"))
        })?,
    };
    let account = match &input.account {
        None => AccountId::new(0),
        Some(id) => accounts::store::visible(cx, tx, cx.codes.read(id)?)?.id,
    };
    let limit = input.limit.unwrap_or(50).clamp(1, 200);
    let after = input.after.as_deref().and_then(after);
    let on = input.day.as_deref().map_or_else(|| Ok(cx.today()), Day::parse)?;
    let which = store::Which { line, account, on, begun: input.day.is_some(), ended: input.ended };
    let mut found = store::list(cx, tx, which, after, limit + 1)?;
    let more = i64::try_from(found.len()).is_ok_and(|count| limit < count);
    found.truncate(usize::try_from(limit).unwrap_or(200));
    let place = |contract: &Contract, act_by: i64| match input.ended {
        true => i64::from(Term::of(&contract.terms()).ended.0),
        false => act_by,
    };
    let next = found.last().filter(|_| more).map(|(act_by, _, last)| {
        Cursor(vec![place(last, *act_by).to_string(), last.id.0.to_string()]).write()
    });
    let (lines, around) = (store::lines_of(tx)?, Surroundings::read(tx)?);
    let rows = found.into_iter().map(|(act_by, party, contract)| {
        let terms = contract.terms_on(on);
        let term = Term::of(&contract.terms());
        Listed {
            id: cx.codes.write(contract.id),
            kind: contract.kind.as_str().to_owned(),
            name: terms.name,
            account: cx.codes.write(contract.account),
            party,
            line: lines.get(&contract.line).cloned().unwrap_or_default(),
            term: term.kind.as_str().to_owned(),
            ends: ends(cx, &around, &contract, &term, on).map(|day| day.to_string()),
            act_by: (!input.ended && act_by < i64::from(NEVER.0))
                .then(|| Day(i32::try_from(act_by).unwrap_or(0)).to_string()),
            key: contract.key,
        }
    });
    Ok(Page { rows: rows.collect(), next })
}

/// The last day of a contract as it stands on a day: of the term that whoever acts by the next day to act would end, of a
/// term that has not run out, or of its end; none where it goes on until somebody stops it.
fn ends(cx: &Context, around: &Surroundings, contract: &Contract, term: &Term, on: Day) -> Option<Day> {
    let stated = term.until.min(term.ended);
    // A term that renews itself goes on behind the end that was stated.
    let runs_on = stated <= on && on < term.ended;
    let reached =
        || around.deadlines_on(cx, contract, on).into_iter().find_map(|one| one.act_by.and(one.ends));
    match runs_on {
        true => reached(),
        false => Some(stated).filter(|day| *day != NEVER).map(|day| day.plus(-1)),
    }
}

fn after(text: &str) -> Option<(i64, i64)> {
    let Cursor(parts) = Cursor::read(text);
    Some((parts.first()?.parse().ok()?, parts.get(1)?.parse().ok()?))
}
