//! The contracts that hold, the next day to act first.

use std::{collections::HashMap, ops::RangeInclusive};

use ::store::{DataClass, Tx};
use kernel::{Context, Cursor, Day, Page, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::say;
use timeline::{AccountId, LineId, store as timeline_store};

use super::{
    around::Surroundings,
    course::{Course, ShownMissed},
};
use crate::{
    contract::{Contract, Term},
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
    /// Its last day: of its end, or of the term that whoever acts by the next day to act would end; absent where it goes
    /// on until somebody stops it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends: Option<String>,
    /// The last safe day to act on it; absent where nothing has to be done by any day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act_by: Option<String>,
    /// The last safe day that was missed, and the end that can no longer be reached; the term after it follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missed: Option<ShownMissed>,
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
    let rows = Rows::read(tx)?;
    let row = |(_, party, contract)| rows.row(cx, party, contract, on, input.ended).1;
    Ok(Page { rows: found.into_iter().map(row).collect(), next })
}

/// A contract about whose next term nobody has decided.
pub(crate) struct Undecided {
    /// The last safe day to do so.
    pub by: Day,
    /// Who of us serves them, where somebody does by name.
    pub whose: Option<String>,
    /// The contract.
    pub row: Listed,
}

/// Contracts about whose next term nobody has decided, of which the last safe day to do so is one of these; the first
/// first.
///
/// # Errors
/// `store.statement`.
pub(crate) fn undecided(
    cx: &Context,
    tx: &mut Tx<'_>,
    days: RangeInclusive<Day>,
    limit: i64,
) -> Result<Vec<Undecided>> {
    let rows = Rows::read(tx)?;
    let found = store::undecided(cx, tx, days.clone(), limit)?;
    let accounts: Vec<AccountId> = found.iter().map(|(_, _, contract)| contract.account).collect();
    let serving = timeline_store::serving(tx, &accounts, cx.today())?;
    // What stands in the store may be of yesterday: what is told is counted now.
    let due = found.into_iter().filter_map(|(_, party, contract)| {
        let whose = serving.on(contract.account, contract.line).map(str::to_owned);
        let (course, row) = rows.row(cx, party, contract, cx.today(), false);
        Some(Undecided { by: course.decide_by.filter(|day| days.contains(day))?, whose, row })
    });
    Ok(due.collect())
}

/// What rows are drawn with.
struct Rows {
    lines: HashMap<LineId, String>,
    around: Surroundings,
}

impl Rows {
    fn read(tx: &mut Tx<'_>) -> Result<Rows> {
        Ok(Rows { lines: store::lines_of(tx)?, around: Surroundings::read(tx)? })
    }

    fn row(&self, cx: &Context, party: String, contract: Contract, on: Day, ended: bool) -> (Course, Listed) {
        let course = Course::of(cx, &self.around, &contract, on);
        let day = |day: Option<Day>| day.filter(|_| !ended).map(|day| day.to_string());
        let listed = Listed {
            id: cx.codes.write(contract.id),
            kind: contract.kind.as_str().to_owned(),
            name: contract.terms_on(on).name,
            account: cx.codes.write(contract.account),
            party,
            line: self.lines.get(&contract.line).cloned().unwrap_or_default(),
            term: Term::of(&contract.terms()).kind.as_str().to_owned(),
            ends: course.until.map(|day| day.to_string()),
            act_by: day(course.act_by),
            missed: course.shown_missed().filter(|_| !ended),
            key: contract.key,
        };
        (course, listed)
    }
}

fn after(text: &str) -> Option<(i64, i64)> {
    let Cursor(parts) = Cursor::read(text);
    Some((parts.first()?.parse().ok()?, parts.get(1)?.parse().ok()?))
}
