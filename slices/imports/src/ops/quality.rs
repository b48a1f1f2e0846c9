//! The quality of the rows of an import: figures, and the rows behind each.

use std::collections::{BTreeMap, BTreeSet};

use ::store::{DataClass, Tx};
use kernel::{Context, Day, Page, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::{say, word};
use timeline::{LineId, store as timeline_store};

use super::{
    head,
    receive::{joins, records},
    sight::Sight,
    view::Named,
};
use crate::{
    Mapping, Meaning, Records, Target,
    matter::Matter,
    meaning::Reads,
    plan::{Plan, Repeated},
    quality::{Checks, Parties},
    record::shortened,
    run::Run,
    store,
};

pub(super) const QUALITY: Head = Head {
    sentence: "Says what the rows of a file are worth: what is blank, cannot be read, stands twice, contradicts itself.",
    examples: &["mainstay import imp_x7Kq2 quality"],
    class: DataClass::Personal,
    permission: Permission::Write,
    ..head("import.quality", Act::Read, Method::Get, "/imports/{id}/quality", "import {id} quality")
};

pub(super) const ROWS: Head = Head {
    sentence: "Lists the rows behind a figure of the quality of a file.",
    examples: &["mainstay import imp_x7Kq2 quality clash"],
    class: DataClass::Personal,
    permission: Permission::Write,
    ..head(
        "import.quality_rows",
        Act::Read,
        Method::Get,
        "/imports/{id}/quality/{figure}",
        "import {id} quality {figure}",
    )
};

/// What the rows of a file are worth.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Quality {
    /// Rows looked at.
    pub rows: i64,
    /// What is the matter with how many rows; a row can have several.
    pub figures: Vec<QualityFigure>,
    /// Rows by currency; currencies are never added.
    pub currencies: BTreeMap<String, u64>,
    /// The last day that is not after today; empty where no column tells one.
    pub last_day: String,
    /// The last month, which is incomplete as a rule, where the data end before it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incomplete_month: Option<LastMonth>,
    /// How the columns of dates, amounts and numbers are read.
    pub columns: Vec<ReadColumn>,
}

/// A figure.
#[derive(Debug, Serialize, JsonSchema)]
pub struct QualityFigure {
    /// Its word: nobody_named, unread_date, unread, left_out, repeated, clash, sentinel, test, future, contradiction,
    /// before_contract, after_contract, still_runs, went_back.
    pub figure: String,
    /// What it says.
    pub label: String,
    /// How many rows.
    pub rows: i64,
}

/// A month in which the data end.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LastMonth {
    /// The month, such as 2017-09.
    pub month: String,
    /// Its rows.
    pub rows: u64,
    /// The rows of the month before it.
    pub rows_before: u64,
}

/// How a column is read.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReadColumn {
    /// Its name.
    pub column: String,
    /// What it means.
    pub meaning: String,
    /// The order of day, month and year, or the decimal sign.
    pub read_as: String,
}

/// A row behind a figure.
#[derive(Debug, Serialize, JsonSchema)]
pub struct QualityRow {
    /// The record in the file, the first after the header being 1.
    pub row: i64,
    /// Its cells, shortened to what fits a line.
    pub cells: String,
}

/// Rows behind a figure.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QualityRows {
    /// The id of the import.
    pub id: String,
    /// The word of the figure.
    pub figure: String,
    /// Where the page begins: `next` of the page before.
    #[serde(default)]
    pub after: Option<i64>,
    /// Rows on a page, at most 1000; 100 when absent.
    #[serde(default)]
    pub limit: Option<i64>,
}

/// A kept file with the mapping by which it is read.
struct Opened {
    mapping: Mapping,
    plan: Plan,
    records: Records,
    /// Those of whom a contract runs, where the rows tell who left.
    running: Parties,
}

fn opened(cx: &Context, tx: &mut Tx<'_>, id: &str) -> Result<Opened> {
    let run: Run = store::find(tx, cx.codes.read(id)?)?;
    Sight::of(cx, tx)?.require(&run)?;
    let mapping = Mapping::from_toml(&run.mapping)?;
    let joins = joins(&cx.files, &store::parts(tx, run.lead())?, &run, &mapping)?;
    let open = || Ok::<_, Problem>(records(&cx.files, &run)?.joined(joins.clone()));
    let records = open()?;
    let plan = Plan::new(&mapping, records.names(), records.own())?;
    let line = timeline_store::line_of_name(tx, &mapping.fixed.line)?;
    let running = match line.filter(|_| mapping.target == Target::LeavingsRecord) {
        Some(line) => running(cx, tx, (line.id, line.now(cx)), (&plan, open()?))?,
        None => Parties::new(),
    };
    Ok(Opened { mapping, plan, records, running })
}

/// So many parties are asked about at once.
const AT_ONCE: usize = 2_048;

/// Of those whom the rows name the ones of whom a contract runs on the line on that day: whoever is said to have left is
/// looked for there.
fn running(
    cx: &Context,
    tx: &mut Tx<'_>,
    at: (LineId, Day),
    (plan, mut records): (&Plan, Records),
) -> Result<Parties> {
    let (mut running, mut wanted) = (Parties::new(), BTreeSet::new());
    let (mut repeated, mut goes_on) = (Repeated::default(), true);
    while goes_on {
        match records.advance() {
            Ok(Some(None)) => {
                let party = plan.typed(records.current(), &mut repeated).ok().and_then(|row| row.party);
                wanted.extend(party.map(|party| (party.space, party.key)));
            }
            Ok(Some(Some(_))) => (),
            // A file that breaks off ends at that place.
            Ok(None) | Err(_) => goes_on = false,
        }
        if AT_ONCE <= wanted.len() || !goes_on {
            let places: Vec<_> =
                wanted.iter().map(|(space, key): &(String, String)| (&**space, &**key)).collect();
            running.extend(contracts::store::running(cx, tx, at, &places)?);
            wanted.clear();
        }
    }
    Ok(running)
}

/// Looks at every row; `each` gets its number, its cells and what is the matter with it, and says whether to go on.
fn walk<'p>(
    records: &mut Records,
    checks: &mut Checks<'p>,
    mut each: impl FnMut(&crate::Record, &BTreeSet<Matter>) -> bool,
) {
    // A file that breaks off ends at that place.
    while let Ok(Some(rejection)) = records.advance() {
        let matters = match &rejection {
            Some(rejection) => checks.rejected(rejection),
            None => checks.look(records.current()),
        };
        if !each(records.current(), &matters) {
            break;
        }
    }
}

/// Says what the rows of an import are worth.
///
/// # Errors
/// `imports.none`, `imports.not_open`, `imports.mapping` for a mapping that still lacks something.
pub fn quality(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<Quality> {
    let Opened { mapping, plan, mut records, running } = opened(cx, tx, &input.id)?;
    let names = records.names().to_vec();
    let mut checks = Checks::new(&plan, &names, cx.today()).with_running(running);
    let (mut rows, mut counts) = (0, BTreeMap::<Matter, i64>::new());
    walk(&mut records, &mut checks, |_, matters| {
        rows += 1;
        matters.iter().for_each(|matter| *counts.entry(*matter).or_default() += 1);
        true
    });
    let figures = Matter::ALL.iter().map(|matter| QualityFigure {
        figure: matter.as_str().to_owned(),
        label: matter.label().into_owned(),
        rows: counts.get(matter).copied().unwrap_or(0),
    });
    Ok(Quality {
        rows,
        figures: figures.collect(),
        last_day: checks.last_day.map(|day| day.to_string()).unwrap_or_default(),
        incomplete_month: incomplete(&checks),
        columns: read_columns(&mapping),
        currencies: checks
            .currencies
            .iter()
            .map(|(currency, rows)| (currency.code().to_owned(), *rows))
            .collect(),
    })
}

/// The last month, where the data end before it does.
fn incomplete(checks: &Checks<'_>) -> Option<LastMonth> {
    let last = checks.last_day?;
    let month = last.month();
    if last.plus(1).month() != month {
        return None;
    }
    let rows = |month: i32| checks.months.get(&month).copied().unwrap_or(0);
    let name = Day::first_of_month(month).to_string().chars().take(7).collect();
    Some(LastMonth { month: name, rows: rows(month), rows_before: rows(month - 1) })
}

fn read_columns(mapping: &Mapping) -> Vec<ReadColumn> {
    let read_as = |meaning: Meaning| match meaning.reads() {
        Reads::Date => Some(word!(mapping.formats.dates(meaning).as_str())),
        Reads::Amount | Reads::Number => {
            Some(say!("decimals after {}", mapping.formats.decimal(meaning).as_str()))
        }
        _ => None,
    };
    let columns = mapping.columns.iter().filter_map(|(meaning, column)| {
        let (column, meaning, read_as) = (column.clone(), meaning.as_str().to_owned(), read_as(*meaning)?);
        Some(ReadColumn { column, meaning, read_as })
    });
    columns.collect()
}

/// Lists the rows behind a figure.
///
/// # Errors
/// As [`quality`], and `imports.no_figure` for a word that is none.
pub fn quality_rows(cx: &Context, tx: &mut Tx<'_>, input: QualityRows) -> Result<Page<QualityRow>> {
    let known = Matter::ALL.iter().copied().find(|matter| matter.as_str() == input.figure);
    let matter = known.ok_or_else(|| {
        let words: Vec<_> = Matter::ALL.iter().map(|matter| matter.as_str()).collect();
        let text = say!("there is no figure {:?}; the figures are {}", input.figure, words.join(", "));
        Problem::not_found("imports.no_figure", text)
    })?;
    let Opened { plan, mut records, running, .. } = opened(cx, tx, &input.id)?;
    let names = records.names().to_vec();
    let mut checks = Checks::new(&plan, &names, cx.today()).with_running(running);
    let limit = usize::try_from(input.limit.unwrap_or(100).clamp(1, 1000)).unwrap_or(100);
    let after = input.after.unwrap_or(0);
    let mut rows = Vec::new();
    walk(&mut records, &mut checks, |record, matters| {
        if after < record.row() && matters.contains(&matter) {
            let cells: Vec<&str> = record.cells().collect();
            rows.push(QualityRow { row: record.row(), cells: shortened(&cells.join(" · ")) });
        }
        rows.len() <= limit
    });
    let more = limit < rows.len();
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|last| last.row.to_string());
    Ok(Page { rows, next })
}
