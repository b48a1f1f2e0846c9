//! Classes that became others and wait for a person: agreed to, put off, or answered otherwise with a reason.

use ::store::{DataClass, Tx};
use kernel::{Context, Cursor, Moment, Page, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::say;

use super::overrides::{SetClass, WithdrawOverride, held, set, withdraw};
use crate::{
    overrides::Override,
    store::{
        crossing::{self, ACCEPTED, Crossing, DECLINED, WAITS},
        current::{self, RelationshipId},
    },
};

/// Days for which one that is put off is not shown.
pub(crate) const PUT_OFF: i32 = 14;

pub(super) const LIST: Head = Head {
    name: "crossings.list",
    act: Act::Read,
    method: Method::Get,
    path: "/crossings",
    command: "crossings",
    permission: Permission::Read,
    class: DataClass::Personal,
    sentence: "Lists relationships that became client or customer by the evidence and of which nobody has said yet whether \
               they agree, newest first.",
    examples: &["mainstay crossings --limit 20"],
};

/// Where the list goes on.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Waiting {
    /// `next` of the page before.
    pub after: Option<String>,
    /// How many, 1 to 200; 50 when absent.
    pub limit: Option<i64>,
}

/// A class that became another.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownCrossing {
    /// Its number.
    pub crossing: i64,
    /// The id of the relationship.
    pub id: String,
    /// The account.
    pub account: String,
    /// Its name.
    pub name: String,
    /// The class before.
    pub was: String,
    /// The class since.
    pub became: String,
    /// When it was decided.
    pub at: String,
    /// waits, accepted, declined or told.
    pub state: String,
}

impl ShownCrossing {
    fn of(cx: &Context, one: &Crossing) -> ShownCrossing {
        ShownCrossing {
            crossing: one.id,
            id: cx.codes.write(one.relationship),
            account: cx.codes.write(one.account),
            name: one.name.clone(),
            was: one.was.to_string(),
            became: one.became.to_string(),
            at: Moment::at(one.at).iso(),
            state: one.state.clone(),
        }
    }
}

/// Lists what waits for a person.
///
/// # Errors
/// `store.statement`.
pub fn list(cx: &Context, tx: &mut Tx<'_>, input: Waiting) -> Result<Page<ShownCrossing>> {
    let limit = input.limit.unwrap_or(50).clamp(1, 200);
    let before = input.after.as_deref().and_then(|after| Cursor::read(after).0.first()?.parse().ok());
    let mut found = crossing::waiting(cx, tx, before.unwrap_or(i64::MAX), limit + 1)?;
    let more = i64::try_from(found.len()).is_ok_and(|count| limit < count);
    found.truncate(usize::try_from(limit).unwrap_or(200));
    let next = found.last().filter(|_| more).map(|last| Cursor(vec![last.id.to_string()]).write());
    Ok(Page { rows: found.iter().map(|one| ShownCrossing::of(cx, one)).collect(), next })
}

pub(super) const ANSWER: Head = Head {
    name: "crossing.answer",
    act: Act::Write,
    method: Method::Post,
    path: "/relationships/{id}/crossing",
    command: "relationship {id} crossing {answer}",
    permission: Permission::Write,
    class: DataClass::Personal,
    sentence: "Answers that a relationship became client or customer: accept it, put it off for 14 days (not_now), or \
               decline it with a reason, which sets the class that it had by hand; or takes the answer back (take_back).",
    examples: &[
        "mainstay relationship rel_x7Kq2 crossing accept",
        "mainstay relationship rel_x7Kq2 crossing decline --reason \"one large order, no second need\"",
    ],
};

/// An answer.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The id of the relationship.
    pub id: String,
    /// accept, not_now or decline; take_back, after which it waits again as if nobody had answered.
    pub answer: String,
    /// The number of the crossing that is answered, as the list tells it; the one that waits, or of which the answer is
    /// taken back, where absent.
    #[serde(default)]
    pub crossing: Option<i64>,
    /// Why not, where it is declined; everybody who sees the class sees it.
    #[serde(default)]
    pub reason: Option<String>,
    /// The last day on which the other class counts, where it is declined; 365 days from today where absent.
    #[serde(default)]
    pub until: Option<String>,
}

/// Answers that a class became another.
///
/// # Errors
/// `relationship.none`; `crossing.none` where nothing waits for an answer, `crossing.unanswered` where none can be taken
/// back, `crossing.answer` for one that is none; for one that is declined as an override that is set.
pub fn answer(cx: &Context, tx: &mut Tx<'_>, input: Answer) -> Result<ShownCrossing> {
    let id = cx.codes.read(&input.id)?;
    current::place(cx, tx, id)?;
    if input.answer.trim() == "take_back" {
        return take_back(cx, tx, id, &input);
    }
    let waits = crossing::on(cx, tx, id)?.filter(|one| input.crossing.is_none_or(|asked| asked == one.id));
    let Some(mut one) = waits else {
        let text = say!(
            "answer that a relationship became another class: that does not wait for an answer any more; \
             `mainstay crossings` lists what does"
        );
        return Err(Problem::conflict("crossing.none", text));
    };
    let today = cx.today();
    let (state, until) = match input.answer.trim() {
        "accept" => (ACCEPTED, today),
        "not_now" => (WAITS, today.plus(PUT_OFF)),
        "decline" => {
            let class = one.was.to_string();
            let reason = input.reason.unwrap_or_default();
            set(cx, tx, SetClass { id: input.id.clone(), class, reason, until: input.until })?;
            (DECLINED, today)
        }
        other => {
            let text = say!("{other:?} is no answer; accept, not_now, decline and take_back are");
            return Err(Problem::invalid("answer", "crossing.answer", text));
        }
    };
    crossing::answer(cx, tx, &[one.id], state, until)?;
    state.clone_into(&mut one.state);
    Ok(ShownCrossing::of(cx, &one))
}

/// The last answer is taken back: what it set by hand counts no more, and the question waits again from today. A class that
/// somebody set by hand otherwise than by this answer stays theirs.
fn take_back(cx: &Context, tx: &mut Tx<'_>, id: RelationshipId, input: &Answer) -> Result<ShownCrossing> {
    let newest =
        crossing::newest(cx, tx, id)?.filter(|one| input.crossing.is_none_or(|asked| asked == one.id));
    let put_off = |one: &Crossing| one.state == WAITS && i64::from(cx.today().0) < one.until;
    let answered = |one: &Crossing| [ACCEPTED, DECLINED].contains(&one.state.as_str()) || put_off(one);
    let Some(mut one) = newest.filter(answered) else {
        let text = say!(
            "take back an answer: that class has no answer, or has become another one since; `mainstay crossings` lists \
             what waits"
        );
        return Err(Problem::conflict("crossing.unanswered", text));
    };
    match held(cx, tx, one.account, one.line)? {
        None => (),
        Some(standing) if came_of(cx, &standing, &one) => {
            withdraw(cx, tx, WithdrawOverride { id: input.id.clone(), reason: input.reason.clone() })?;
        }
        Some(_) => {
            let text = say!(
                "take back an answer: a class was set by hand, and not by this answer; withdraw that first"
            );
            return Err(Problem::conflict("crossing.set_by_hand", text));
        }
    }
    crossing::reopen(tx, &[one.id], 0)?;
    WAITS.clone_into(&mut one.state);
    Ok(ShownCrossing::of(cx, &one))
}

/// Whether the class was set by hand when that answer was given, and by whoever gave it.
fn came_of(cx: &Context, standing: &Override, one: &Crossing) -> bool {
    let (by, at) = one.answered;
    let day = Moment::at(at).day(&cx.zone);
    one.state == DECLINED && standing.class == one.was && standing.author == by && standing.set_on == day
}
