//! The tables of the timeline: facts are appended and read in order; nothing edits one.

use std::collections::HashMap;

use kernel::{Context, Currency, Day, Id, Moment, Problem, Result};
use store::{Column, ColumnKind, DataClass, Row, Table, Tx, Value, dialect, queue};

use crate::{AccountId, Entry, Fact, FactId, LineId, ServiceLine, SourceRow, line::LineKind};

/// The service lines.
pub const SERVICE_LINE: Table = Table {
    name: "service_line",
    columns: &[
        Column { name: "id", kind: ColumnKind::Id("line") },
        Column { name: "name", kind: ColumnKind::Text },
        Column { name: "name_key", kind: ColumnKind::Text },
        Column { name: "industry", kind: ColumnKind::Text },
        Column { name: "live", kind: ColumnKind::Int },
        Column { name: "last_day", kind: ColumnKind::Int },
    ],
    key: &["id"],
    account: None,
    class: DataClass::Business,
    canonical: true,
};

/// The facts in force.
pub const FACT: Table = Table {
    name: "fact",
    columns: &[
        Column { name: "account", kind: ColumnKind::Ref("account") },
        Column { name: "line", kind: ColumnKind::Ref("line") },
        Column { name: "occurred_at", kind: ColumnKind::Int },
        Column { name: "id", kind: ColumnKind::Id("fact") },
        Column { name: "date_only", kind: ColumnKind::Int },
        Column { name: "kind", kind: ColumnKind::Text },
        Column { name: "currency", kind: ColumnKind::Text },
        Column { name: "about", kind: ColumnKind::Ref("fact") },
        Column { name: "body", kind: ColumnKind::Text },
        Column { name: "recorded_at", kind: ColumnKind::Clock },
        Column { name: "run", kind: ColumnKind::Origin },
        Column { name: "row", kind: ColumnKind::Origin },
    ],
    key: &["account", "line", "occurred_at", "id"],
    account: Some("account"),
    class: DataClass::Personal,
    canonical: true,
};

/// Facts that were taken back, with who and why.
pub const WITHDRAWN_FACT: Table = Table {
    name: "withdrawn_fact",
    columns: &[Column { name: "serial", kind: ColumnKind::Int }],
    key: &["serial"],
    account: Some("account"),
    class: DataClass::Personal,
    canonical: false,
};

/// Relationships whose facts changed since they were last decided.
pub const STALE: Table = Table {
    name: "stale",
    columns: &[
        Column { name: "account", kind: ColumnKind::Ref("account") },
        Column { name: "line", kind: ColumnKind::Ref("line") },
        Column { name: "since", kind: ColumnKind::Clock },
    ],
    key: &["account", "line"],
    account: Some("account"),
    class: DataClass::Internal,
    canonical: false,
};

const ENTRY: &str = "id, account, line, occurred_at, date_only, recorded_at, currency, run, row, body, about";

/// A fact on its way in.
#[derive(Clone, Debug, PartialEq)]
pub struct NewFact {
    /// Its id, from [`allocate_facts`], so that facts of one batch can name each other.
    pub id: FactId,
    /// Whom it is about.
    pub account: AccountId,
    /// On which line; 0 for the account as a whole.
    pub line: LineId,
    /// When it happened.
    pub occurred: Moment,
    /// The currency of its amounts.
    pub currency: Option<Currency>,
    /// Where it came from.
    pub source: Option<SourceRow>,
    /// What happened.
    pub fact: Fact,
}

/// Takes ids for so many facts; in ascending order.
///
/// # Errors
/// `store.statement`.
pub fn allocate_facts(tx: &mut Tx<'_>, count: usize) -> Result<impl Iterator<Item = FactId> + use<>> {
    Ok(tx.allocate("fact", i64::try_from(count).unwrap_or(i64::MAX))?.map(Id::new))
}

/// Appends facts, marks their relationships stale and moves the end of the data of their lines.
///
/// # Errors
/// `store.statement`.
pub fn append(cx: &Context, tx: &mut Tx<'_>, facts: &[NewFact]) -> Result<()> {
    let bodies: Vec<String> = facts.iter().map(|fact| body(&fact.fact)).collect();
    let rows = facts.iter().zip(&bodies).map(|(new, body)| {
        let source = new.source.unwrap_or(SourceRow { run: 0, row: 0 });
        [
            new.account.into(),
            new.line.into(),
            new.occurred.micros.into(),
            new.id.into(),
            new.occurred.date_only.into(),
            new.fact.kind().into(),
            new.currency.map(Currency::code).into(),
            new.fact.about().map_or(0, |fact| fact.0).into(),
            body.into(),
            cx.now.micros.into(),
            source.run.into(),
            source.row.into(),
        ]
    });
    tx.insert_all(&FACT, rows)?;
    let mut touched: Vec<_> = facts.iter().map(|fact| (fact.account, fact.line)).collect();
    touched.sort_unstable();
    touched.dedup();
    mark_stale(cx, tx, &touched)?;
    move_ends(cx, tx, facts)
}

/// Takes a fact back: it leaves the timeline, and who took it and why is kept.
///
/// # Errors
/// `timeline.no_fact` when the account has no such fact, `timeline.referred_to` while another fact needs it.
pub fn withdraw(
    cx: &Context,
    tx: &mut Tx<'_>,
    account: AccountId,
    id: FactId,
    reason: &str,
) -> Result<Entry> {
    let sql = format!("SELECT {ENTRY} FROM fact WHERE account = ?1 AND id = ?2");
    let Some(entry) = tx.first(&sql, &[account.into(), id.into()], entry)? else {
        return Err(Problem::not_found(
            "timeline.no_fact",
            "this account has no such fact; it may have been withdrawn already",
        ));
    };
    let refers = "SELECT COUNT(*) FROM fact WHERE account = ?1 AND about = ?2";
    if tx.first(refers, &[account.into(), id.into()], |row| row.int(0))? > Some(0) {
        return Err(Problem::conflict(
            "timeline.referred_to",
            "another fact refers to this one (a refund, a payment or the end of a contract); withdraw that one first",
        ));
    }
    keep(cx, tx, account, id, reason)?;
    tx.execute("DELETE FROM fact WHERE account = ?1 AND id = ?2", &[account.into(), id.into()])?;
    mark_stale(cx, tx, &[(account, entry.line)])?;
    Ok(entry)
}

/// Writes a fact anew when its source says more about it (an order that got another line); what it said before is kept.
///
/// # Errors
/// `store.statement`.
pub fn replace(cx: &Context, tx: &mut Tx<'_>, new: &NewFact, reason: &str) -> Result<()> {
    keep(cx, tx, new.account, new.id, reason)?;
    let sql = "DELETE FROM fact WHERE account = ?1 AND id = ?2";
    tx.execute(sql, &[new.account.into(), new.id.into()])?;
    append(cx, tx, std::slice::from_ref(new))
}

/// Keeps what a fact says now among the withdrawn ones, with who took it back, when and why.
fn keep(cx: &Context, tx: &mut Tx<'_>, account: AccountId, id: FactId, reason: &str) -> Result<()> {
    let sql = "INSERT INTO withdrawn_fact (serial, id, account, line, occurred_at, date_only, kind, currency, about,
                 body, recorded_at, run, row, withdrawn_at, withdrawn_by, reason)
               SELECT CAST(?6 AS BIGINT), id, account, line, occurred_at, date_only, kind, currency, about, body,
                 recorded_at, run, row, CAST(?3 AS BIGINT), CAST(?4 AS BIGINT), CAST(?5 AS TEXT)
               FROM fact WHERE account = ?1 AND id = ?2";
    let serial = tx.allocate("withdrawal", 1)?.first();
    let values = [
        account.into(),
        id.into(),
        cx.now.micros.into(),
        cx.actor.number().into(),
        reason.into(),
        serial.into(),
    ];
    tx.execute(sql, &values).map(drop)
}

/// Marks relationships to be decided again.
///
/// # Errors
/// `store.statement`.
pub fn mark_stale(cx: &Context, tx: &mut Tx<'_>, touched: &[(AccountId, LineId)]) -> Result<()> {
    let sql =
        "INSERT INTO stale (account, line, since) VALUES (?1, ?2, ?3) ON CONFLICT (account, line) DO NOTHING";
    for (account, line) in touched {
        tx.execute(sql, &[(*account).into(), (*line).into(), cx.now.micros.into()])?;
    }
    Ok(())
}

/// The kind of work that decides whatever is stale; its key is the number of a line that is to get its first
/// baseline, or 0.
pub const JUDGE: &str = "judge";

/// Asks for whatever is stale to be decided, at once. `line` names a line that is to get its first baseline.
///
/// # Errors
/// `store.statement`.
pub fn ask_judgement(cx: &Context, tx: &mut Tx<'_>, line: LineId) -> Result<()> {
    queue::put(tx, JUDGE, &line.0.to_string(), cx.now.micros)
}

/// The next relationships to decide again, in the order of their accounts; line 0 stands for all of an account's.
///
/// # Errors
/// `store.statement`.
pub fn next_stale(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<(AccountId, LineId)>> {
    let sql = "SELECT account, line FROM stale ORDER BY account, line LIMIT ?1";
    tx.query(sql, &[limit.into()], |row| Ok((row.id(0)?, row.id(1)?)))
}

/// How many relationships wait to be decided.
///
/// # Errors
/// `store.statement`.
pub fn count_stale(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(tx.first("SELECT COUNT(*) FROM stale", &[], |row| row.int(0))?.unwrap_or(0))
}

/// They are decided.
///
/// # Errors
/// `store.statement`.
pub fn clear_stale(tx: &mut Tx<'_>, decided: &[(AccountId, LineId)]) -> Result<()> {
    for (account, line) in decided {
        tx.execute(
            "DELETE FROM stale WHERE account = ?1 AND line = ?2",
            &[(*account).into(), (*line).into()],
        )?;
    }
    Ok(())
}

/// Marks every relationship that has facts on a line: its "now" has moved.
///
/// # Errors
/// `store.statement`.
pub fn mark_line_stale(cx: &Context, tx: &mut Tx<'_>, line: LineId) -> Result<()> {
    let sql =
        "INSERT INTO stale (account, line, since) SELECT DISTINCT account, line, CAST(?2 AS BIGINT) FROM fact
               WHERE line = ?1 ON CONFLICT (account, line) DO NOTHING";
    tx.execute(sql, &[line.into(), cx.now.micros.into()]).map(drop)
}

/// The facts about an account on a line and those about it as a whole, in the order of time.
///
/// # Errors
/// `store.statement`, `timeline.body` for a fact that this version cannot read.
pub fn facts(tx: &mut Tx<'_>, account: AccountId, line: LineId) -> Result<Vec<Entry>> {
    let sql =
        format!("SELECT {ENTRY} FROM fact WHERE account = ?1 AND line IN (0, ?2) ORDER BY occurred_at, id");
    tx.query(&sql, &[account.into(), line.into()], entry)
}

/// The lines on which an account has facts.
///
/// # Errors
/// `store.statement`.
pub fn lines_of(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<LineId>> {
    let sql = "SELECT DISTINCT line FROM fact WHERE account = ?1 AND line <> 0 ORDER BY line";
    tx.query(sql, &[account.into()], |row| row.id(0))
}

/// All facts of some accounts, each account's in the order of time.
///
/// # Errors
/// As [`facts`].
pub fn of_accounts(tx: &mut Tx<'_>, accounts: &[AccountId]) -> Result<HashMap<AccountId, Vec<Entry>>> {
    let width = dialect::padded(accounts.len());
    let last = accounts.last().copied().unwrap_or(AccountId::new(0));
    let values: Vec<_> =
        accounts.iter().copied().chain(std::iter::repeat(last)).take(width).map(Into::into).collect();
    let marks = dialect::placeholders(1, width);
    let sql =
        format!("SELECT {ENTRY} FROM fact WHERE account IN ({marks}) ORDER BY account, occurred_at, id");
    let mut found: HashMap<AccountId, Vec<Entry>> = HashMap::new();
    tx.for_each(&sql, &values, |row| {
        let entry = entry(row)?;
        found.entry(entry.account).or_default().push(entry);
        Ok(())
    })?;
    Ok(found)
}

/// Hands over the facts of each account on a line (and those about it as a whole), account by account, a few hundred
/// accounts in memory at a time.
///
/// # Errors
/// As [`facts`], or what `each` answers.
pub fn for_each_account(
    tx: &mut Tx<'_>,
    line: LineId,
    mut each: impl FnMut(&mut Tx<'_>, &[Entry]) -> Result<()>,
) -> Result<()> {
    let mut after = AccountId::new(0);
    loop {
        let sql = "SELECT DISTINCT account FROM fact WHERE account > ?1 ORDER BY account LIMIT 512";
        let accounts: Vec<AccountId> = tx.query(sql, &[after.into()], |row| row.id(0))?;
        let Some(last) = accounts.last() else { return Ok(()) };
        after = *last;
        let found = of_accounts(tx, &accounts)?;
        for account in &accounts {
            let own = found.get(account).into_iter().flatten();
            let own: Vec<Entry> =
                own.filter(|entry| entry.line == line || entry.line.0 == 0).cloned().collect();
            if own.iter().any(|entry| entry.line == line) {
                each(tx, &own)?;
            }
        }
    }
}

/// A page of an account's history, newest first, beginning before the given moment and id.
///
/// # Errors
/// As [`facts`].
pub fn history(
    tx: &mut Tx<'_>,
    account: AccountId,
    before: Option<(i64, i64)>,
    limit: i64,
) -> Result<Vec<Entry>> {
    let (at, id) = before.unwrap_or((i64::MAX, i64::MAX));
    let sql = format!(
        "SELECT {ENTRY} FROM fact WHERE account = ?1 AND (occurred_at < ?2 OR (occurred_at = ?2 AND id < ?3))
         ORDER BY occurred_at DESC, id DESC LIMIT ?4"
    );
    tx.query(&sql, &[account.into(), at.into(), id.into(), limit.into()], entry)
}

/// The line of that name, made when it is new. An industry that is named is taken over by a line that has none.
///
/// # Errors
/// `timeline.industry` when the line is already in another industry.
pub fn line_named(tx: &mut Tx<'_>, name: &str, industry: &str, live: bool) -> Result<ServiceLine> {
    let key = ServiceLine::key(name);
    if let Some(line) = find_line(tx, "name_key", (&key).into())? {
        return known_line(tx, line, industry, live);
    }
    let id: LineId = Id::new(tx.allocate("line", 1)?.first());
    let values = [id.into(), name.trim().into(), (&key).into(), industry.into(), live.into(), Value::Null];
    tx.insert_all(&SERVICE_LINE, [values])?;
    Ok(ServiceLine { id, name: name.trim().to_owned(), industry: industry.to_owned(), live, last_day: None })
}

fn known_line(tx: &mut Tx<'_>, line: ServiceLine, industry: &str, live: bool) -> Result<ServiceLine> {
    if !industry.is_empty() && !line.industry.is_empty() && line.industry != industry {
        return Err(Problem::conflict(
            "timeline.industry",
            format!(
                "service line {:?} is in the industry {}, not {industry}; name another line or leave the industry out",
                line.name, line.industry
            ),
        ));
    }
    let industry = if line.industry.is_empty() { industry.to_owned() } else { line.industry.clone() };
    let live = line.live || live;
    if industry != line.industry || live != line.live {
        let sql = "UPDATE service_line SET industry = ?2, live = ?3 WHERE id = ?1";
        tx.execute(sql, &[line.id.into(), (&industry).into(), live.into()])?;
    }
    Ok(ServiceLine { industry, live, ..line })
}

/// A line by its id.
///
/// # Errors
/// `timeline.no_line`.
pub fn line(tx: &mut Tx<'_>, id: LineId) -> Result<ServiceLine> {
    find_line(tx, "id", id.into())?
        .ok_or_else(|| Problem::not_found("timeline.no_line", "there is no such service line"))
}

/// The line of that name, if there is one.
///
/// # Errors
/// `store.statement`.
pub fn line_of_name(tx: &mut Tx<'_>, name: &str) -> Result<Option<ServiceLine>> {
    find_line(tx, "name_key", (&ServiceLine::key(name)).into())
}

fn find_line(tx: &mut Tx<'_>, column: &str, value: Value<'_>) -> Result<Option<ServiceLine>> {
    let sql = format!("SELECT id, name, industry, live, last_day FROM service_line WHERE {column} = ?1");
    tx.first(&sql, &[value], service_line)
}

/// All lines, by name.
///
/// # Errors
/// `store.statement`.
pub fn lines(tx: &mut Tx<'_>) -> Result<Vec<ServiceLine>> {
    tx.query(
        "SELECT id, name, industry, live, last_day FROM service_line ORDER BY name_key",
        &[],
        service_line,
    )
}

fn service_line(row: &Row<'_>) -> Result<ServiceLine> {
    Ok(ServiceLine {
        id: row.id::<LineKind>(0)?,
        name: row.string(1)?,
        industry: row.string(2)?,
        live: row.bool(3)?,
        last_day: row.opt_int(4)?.and_then(|day| i32::try_from(day).ok()).map(Day),
    })
}

fn move_ends(cx: &Context, tx: &mut Tx<'_>, facts: &[NewFact]) -> Result<()> {
    let mut ends = std::collections::BTreeMap::new();
    for fact in facts.iter().filter(|fact| fact.line.0 != 0) {
        let day = fact.occurred.day(&cx.zone).0;
        ends.entry(fact.line).and_modify(|end: &mut i32| *end = day.max(*end)).or_insert(day);
    }
    let sql = "UPDATE service_line SET last_day = ?2 WHERE id = ?1 AND (last_day IS NULL OR last_day < ?2)";
    for (line, end) in ends {
        tx.execute(sql, &[line.into(), i64::from(end).into()])?;
    }
    Ok(())
}

fn body(fact: &Fact) -> String {
    serde_json::to_string(fact)
        .expect("a fact is made of numbers, words and dates, all of which JSON can hold")
}

fn entry(row: &Row<'_>) -> Result<Entry> {
    let fact: Fact = serde_json::from_str(row.text(9)?).map_err(|cause| {
        Problem::internal(
            "timeline.body",
            format!("fact {} cannot be read by this version", row.int(0).unwrap_or(0)),
        )
        .because(cause)
    })?;
    let (run, line, about) = (row.int(7)?, row.int(8)?, row.int(10)?);
    Ok(Entry {
        id: row.id(0)?,
        account: row.id(1)?,
        line: row.id(2)?,
        occurred: Moment { micros: row.int(3)?, date_only: row.bool(4)? },
        recorded_at: row.int(5)?,
        currency: row.opt_text(6)?.map(Currency::parse).transpose()?,
        source: (run != 0).then_some(SourceRow { run, row: line }),
        fact: fact.with_about((about != 0).then(|| Id::new(about))),
    })
}
