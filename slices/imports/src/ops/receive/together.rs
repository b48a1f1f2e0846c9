//! Several files at once: they come together, each table an import of its own, planned, run and taken back as one.

use std::sync::Arc;

use ::store::Tx;
use kernel::{Context, Permission, Problem, ProblemKind, Result};
use slice::House;

use super::{
    Came, Incoming, Received,
    copies::of_earlier,
    joined::{Table, look_up},
    json, keep,
    look::{Seen, look, look_unknown},
    source,
    unwanted::unwanted,
};
use crate::{
    Mapping, Meaning, Reading, Records,
    given::Given,
    ops::columns::{own_columns, with_found},
    overlap::{self, Surveys},
    remembered::{BETWEEN, Remembered, exactly, likest},
    run::{ImportId, Run},
    store::{self, bundle},
    survey::survey,
    totals,
};

/// So many of the mappings that were used last are looked through for one that fits.
const MOST_REMEMBERED: i64 = 500;

/// So many earlier imports are looked through.
const MOST_EARLIER: i64 = 200;

/// Takes over several files, which come together: what one names is found in another. Files that cannot be read do not
/// keep the others out.
///
/// # Errors
/// `imports.*` where no table can be read from any of them, naming the file, what is wrong with it and what to do; then
/// nothing of them is kept. Tables of which no column is known are kept: a person may say how they are read.
pub fn receive_all(
    cx: &Context,
    house: &House,
    files: &[Incoming<'_>],
    mapping: Option<&str>,
) -> Result<Received> {
    // What is kept of them is kept in English, whoever brought them.
    speech::speaking(Arc::default(), || received(cx, house, files, mapping))
}

fn received(cx: &Context, house: &House, files: &[Incoming<'_>], mapping: Option<&str>) -> Result<Received> {
    cx.require(Permission::Write, "bringing in a file")?;
    let said = Said::of(mapping)?;
    let (mut tables, mut refused) = (Vec::new(), Vec::new());
    let (aside, files_of_rows): (Vec<_>, Vec<_>) =
        files.iter().enumerate().partition(|(_, file)| 1 < files.len() && only_tells(file.name));
    for (place, file) in files_of_rows {
        match Came::of(house, *file) {
            Ok(several) => tables.extend(several.into_iter().map(|table| (place, table))),
            Err(problem) if is_of_the_file(&problem) => refused.push((place, problem)),
            Err(problem) => return Err(problem),
        }
    }
    let is_alone = tables.len() + refused.len() == 1;
    let (mut came, mut unknown) = (Vec::new(), None);
    for (place, table) in tables {
        match seen(cx, house, &table, &said, is_alone) {
            Ok((seen, why)) => {
                unknown = unknown.or(why);
                came.push((table, seen));
            }
            Err(problem) if is_of_the_file(&problem) => refused.push((place, problem)),
            Err(problem) => return Err(problem),
        }
    }
    let doubt = came.first_mut().filter(|_| is_alone && said.mapping.is_none()).and_then(doubt);
    if came.is_empty() {
        return Err(if refused.is_empty() { no_file() } else { refused.swap_remove(0).1 });
    }
    let mut untold: Vec<String> = refused
        .iter()
        .map(|(place, problem)| format!("{} did not come in: {problem}", files[*place].name))
        .collect();
    for (table, seen) in &mut came {
        seen.questions.append(&mut table.text.notes);
    }
    let looks_up =
        |(_, seen): &(Came, Seen)| Mapping::draft(&seen.mapping).is_ok_and(|it| !it.lookups.is_empty());
    let is_compared = 1 < came.len() || came.iter().any(looks_up);
    let (came, overlaps) = if is_compared { compared(came)? } else { (came, Vec::new()) };
    let unknown = all_unknown(&came).map(|all| unknown.filter(|_| came.len() == 1).unwrap_or(all));
    let came = with_earlier(cx, house, came)?;
    let mut runs = Vec::with_capacity(came.len());
    for (table, seen) in came {
        keep(&table.path, &house.files.join(&table.sha256))?;
        let seen = with_totals(&table, told(seen, &mut untold))?;
        runs.push(table.run(cx, seen)?);
    }
    let runs = with_lookups(runs)?;
    let parts = house.store.write(cx, |tx| insert(cx, tx, &runs, &overlaps))?;
    let aside = aside.into_iter().map(|(_, file)| file.name.to_owned()).collect();
    Ok(Received { id: parts[0], parts, refused, aside, doubt, unknown })
}

/// Writes down the imports that came, several of them as parts of one.
fn insert(cx: &Context, tx: &mut Tx<'_>, runs: &[Run], overlaps: &[String]) -> Result<Vec<ImportId>> {
    let mut ids = Vec::with_capacity(runs.len());
    for (run, part) in runs.iter().zip(0..) {
        // Whoever brings one table in means it, though it is not known yet what it tells.
        let left_out = run.left_out && 1 < runs.len();
        let id = store::insert(cx, tx, &Run { part, left_out, ..run.clone() })?;
        timeline::store::keep_source(tx, id.0, &run.name)?;
        ids.push(id);
    }
    if let [lead, _, ..] = ids.as_slice() {
        ids.iter().try_for_each(|id| bundle::join(tx, *lead, *id))?;
        bundle::keep_overlaps(tx, *lead, overlaps)?;
    }
    Ok(ids)
}

/// Whether a file tells of the files of an export and is none of them.
fn only_tells(name: &str) -> bool {
    let name = name.to_lowercase();
    let stem = name.split('.').next().unwrap_or_default();
    let begins = ["license", "licence", "sha256sums", "md5sums", "thumbs"].contains(&stem);
    begins || name.ends_with(".md") || stem.starts_with("readme") || stem.ends_with("readme")
}

/// Whoever brings one table in alone may mean it; what it seems to be is said.
pub(super) fn doubt((table, seen): &mut (Came, Seen)) -> Option<String> {
    let (why, unless) = unwanted(&table.title(), seen)?;
    let said = format!("{why}; go on only {unless}");
    seen.questions.push(said.clone());
    Some(said)
}

/// Why nothing of what came can be recorded as it is, where that is so.
fn all_unknown(came: &[(Came, Seen)]) -> Option<Problem> {
    if came.iter().any(|(_, seen)| !seen.is_unknown) {
        return None;
    }
    let why = |(table, seen): &(Came, Seen)| Some((table.title(), seen.questions.first()?.clone()));
    let all: Vec<_> = came.iter().filter_map(why).collect();
    let told = match all.as_slice() {
        [(_, why)] => why.clone(),
        several => {
            several.iter().map(|(title, why)| format!("{title}: {why}")).collect::<Vec<_>>().join("; ")
        }
    };
    Some(Problem::invalid("columns", "imports.no_columns", told))
}

/// The imports that are looked through for the same rows, the newest first.
pub(super) fn earlier(tx: &mut Tx<'_>) -> Result<Vec<Run>> {
    store::list(tx, i64::MAX, MOST_EARLIER)
}

/// With what is to be said of tables whose rows came before under other names.
fn with_earlier(cx: &Context, house: &House, came: Looked) -> Result<Looked> {
    let all = house.store.read(cx, earlier)?;
    let with = |(table, mut seen): (Came, Seen)| {
        if !seen.is_unknown {
            seen.questions.extend(of_earlier(&house.files, all.clone(), &table, &seen)?);
        }
        Ok((table, seen))
    };
    came.into_iter().map(with).collect()
}

/// With what is to be said about the totals of orders, where they stand beside their lines.
pub(super) fn with_totals(table: &Came, mut seen: Seen) -> Result<Seen> {
    let Ok(mapping) = Mapping::draft(&seen.mapping) else { return Ok(seen) };
    if mapping.columns.contains_key(&Meaning::OrderTotal) {
        let records = Records::open(source(&table.name, &table.text.file)?, &seen.dialect)?;
        seen.questions.extend(totals::check(records, &mapping)?);
    }
    Ok(seen)
}

/// The first table says which files did not come in.
fn told(seen: Seen, untold: &mut Vec<String>) -> Seen {
    Seen { questions: untold.drain(..).chain(seen.questions).collect(), ..seen }
}

/// Tables that came, each with what a look at it found.
type Looked = Vec<(Came, Seen)>;

/// The tables with the lookups that are proposed for them, and what they have in common, as it is kept.
pub(super) fn compared(came: Looked) -> Result<(Looked, Vec<String>)> {
    let (mut files, mut tables) = (Vec::with_capacity(came.len()), Vec::with_capacity(came.len()));
    for (file, seen) in came {
        let survey = survey(source(&file.name, &file.text.file)?, &seen.dialect)?;
        tables.push(Table { title: file.title(), survey, seen });
        files.push(file);
    }
    let surveys = tables.iter().map(|table| Surveys { name: &table.title, survey: &table.survey });
    let overlaps = overlap::find(&surveys.collect::<Vec<_>>());
    look_up(&mut tables, &overlaps)?;
    let kept = overlaps.iter().map(overlap::kept).collect::<Result<_>>()?;
    Ok((files.into_iter().zip(tables.into_iter().map(|table| table.seen)).collect(), kept))
}

/// The imports with the columns that their mappings look up in each other.
fn with_lookups(runs: Vec<Run>) -> Result<Vec<Run>> {
    let all = runs.clone();
    let with = |run: Run| {
        let mapping = Mapping::draft(&run.mapping)?;
        let columns = with_found(own_columns(&run), &mapping, &all);
        Ok(Run { columns: json(&columns)?, ..run })
    };
    runs.into_iter().map(with).collect()
}

/// What is said of the files that come: what their columns mean, and how they are written.
struct Said<'s> {
    /// The mapping, where more is given than how they are written.
    mapping: Option<&'s str>,
    reading: Reading,
    /// How they are written, as a mapping that says nothing else.
    alone: Option<String>,
}

impl<'s> Said<'s> {
    fn of(mapping: Option<&'s str>) -> Result<Said<'s>> {
        let given = mapping.map(Given::read).transpose()?;
        let mapping = mapping.filter(|_| given.as_ref().is_some_and(|given| !given.is_reading_alone()));
        let reading = given.map(|given| given.mapping.reading).unwrap_or_default();
        Ok(Said { mapping, alone: reading.within(None)?, reading })
    }
}

/// A look at a table; one in which nothing is recognised is kept for what others look up in it, and for what a person may
/// say of it, with why nothing is.
fn seen(
    cx: &Context,
    house: &House,
    table: &Came,
    said: &Said<'_>,
    is_alone: bool,
) -> Result<(Seen, Option<Problem>)> {
    let remembered = |names: &[String]| house.store.read(cx, |tx| recall(tx, names));
    let look = |given| look(&table.name, &table.text, given, &remembered);
    let alone = said.alone.as_deref();
    // One mapping for several tables is meant for those that have its columns.
    let fits = |seen: &Seen| {
        let names: Vec<String> = seen.columns.iter().map(|column| column.name.clone()).collect();
        names.is_empty() || Mapping::draft(&seen.mapping).is_ok_and(|mapping| mapping.fits(&names))
    };
    if is_alone && !said.reading.is_empty() {
        table.must_be_read()?;
    }
    let answer = match look(said.mapping.or(alone)) {
        Ok(seen) if !is_alone && said.mapping.is_some() && !fits(&seen) => look(alone),
        Err(problem) if !is_alone && said.mapping.is_some() && problem.code == "imports.no_column" => {
            look(alone)
        }
        answer => answer,
    };
    match answer {
        Err(problem) if problem.code == "imports.no_columns" && (!is_alone || said.mapping.is_none()) => {
            Ok((look_unknown(&table.name, &table.text, &said.reading)?, Some(problem)))
        }
        Ok(seen) if !is_alone && said.mapping.is_none() => Ok((set_aside(table, seen), None)),
        answer => answer.map(|seen| (seen, None)),
    }
}

/// A table among others of which its name says that it is no sale and nobody who buys: left out, and why.
pub(super) fn set_aside(table: &Came, seen: Seen) -> Seen {
    match unwanted(&table.title(), &seen) {
        Some((why, unless)) => {
            Seen { is_unknown: true, questions: vec![format!("{why}; take it in {unless}")], ..seen }
        }
        None => seen,
    }
}

/// What was said of the columns of an earlier file that had these.
pub(super) fn recall(tx: &mut Tx<'_>, names: &[String]) -> Result<Option<Remembered>> {
    match store::remembered(tx, &names.join(BETWEEN))? {
        Some(text) => Ok(exactly(text)),
        None => Ok(likest(names, &store::used_last(tx, MOST_REMEMBERED)?)),
    }
}

/// Whether another file may fare better.
fn is_of_the_file(problem: &Problem) -> bool {
    matches!(problem.kind, ProblemKind::Invalid | ProblemKind::Conflict)
}

fn no_file() -> Problem {
    Problem::invalid("file", "imports.no_file", "no file came; choose at least one")
}
