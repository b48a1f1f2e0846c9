//! What became of a row of a file: the line of an order, a copy of another row, or why it is neither.

use ::store::Tx;
use accounts::{ops::Source as Origin, store as accounts_store};
use kernel::{Context, ProblemKind, Result};
use orders::store::Trace;
use schemars::JsonSchema;
use serde::Serialize;
use timeline::AccountId;

use crate::Rejection;

/// What became of a row.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Became {
    /// recorded, stored already, left out, rejected, not imported yet, or not found: what it made is gone.
    pub state: String,
    /// sale, cancellation, adjustment or movement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Postage, bank charges and the like.
    pub fee: bool,
    /// The number of its order as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// Its place in that order, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<i64>,
    /// The id of the account; absent where the order names nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The name of the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_name: Option<String>,
    /// The id of the fact that the order told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
    /// Of a row that was stored already: the row it is a copy of; absent where that was recorded by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<Origin>,
    /// Of a rejected row: the column at fault, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Of a rejected row: why it cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Became {
    pub(super) fn of(state: &str) -> Became {
        Became { state: state.to_owned(), ..Became::default() }
    }

    pub(super) fn rejected(rejection: Rejection) -> Became {
        Became { column: rejection.column, reason: Some(rejection.reason), ..Became::of("rejected") }
    }
}

/// What a stored line tells of itself; nothing where its order is not the viewer's to see.
pub(super) fn recorded(cx: &Context, tx: &mut Tx<'_>, trace: &Trace, state: &str) -> Result<Option<Became>> {
    let account = match trace.account {
        None => None,
        Some(id) => match accounts_store::visible(cx, tx, id) {
            Err(problem) if problem.kind == ProblemKind::NotFound => return Ok(None),
            account => Some(account?),
        },
    };
    Ok(Some(Became {
        kind: Some(trace.kind.clone()),
        fee: trace.fee,
        order: (!trace.number.is_empty()).then(|| trace.number.clone()),
        place: Some(trace.n),
        account: account.as_ref().map(|account| cx.codes.write(account.id)),
        account_name: account.map(|account| account.name),
        fact: trace.fact.map(|fact| cx.codes.write(fact)),
        ..Became::of(state)
    }))
}

/// A row that is about this account; nothing where that is not the viewer's to see.
pub(super) fn about(cx: &Context, tx: &mut Tx<'_>, account: i64) -> Result<Option<Became>> {
    match accounts_store::visible(cx, tx, AccountId::new(account)) {
        Err(problem) if problem.kind == ProblemKind::NotFound => Ok(None),
        account => {
            let account = account?;
            Ok(Some(Became {
                account: Some(cx.codes.write(account.id)),
                account_name: Some(account.name),
                ..Became::of("recorded")
            }))
        }
    }
}
