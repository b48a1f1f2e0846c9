//! Changing the mapping of an import, and asking for its next step.

use ::store::{Tx, queue};
use kernel::{Context, Problem, Result};
use schemars::JsonSchema;
use serde::Deserialize;
use slice::{Act, Head, Method};
use speech::say;
use timeline::store as timeline_store;

use super::{
    columns::{own_columns, with_found},
    head,
    reading::read_so,
    run::{PLAN_JOB, RUN_JOB},
    sight::Sight,
    turn, undo,
    view::{Named, ShownImport, give_meaning, names, shown, view},
};
use crate::{
    Mapping,
    bundle::{in_order, is_called},
    given::Given,
    join,
    run::{ImportId, Run, State},
    store as kept,
};

pub(super) const MAPPING: Head = Head {
    sentence: "Says what the columns of a file mean and by which rules its rows are read, as TOML.",
    examples: &["mainstay import imp_x7Kq2 mapping --mapping \"$(cat shop.toml)\""],
    ..head("import.mapping", Act::Write, Method::Put, "/imports/{id}/mapping", "import {id} mapping")
};

/// A mapping for an import: a whole one, or the lines that change the one it has.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetMapping {
    /// The id of the import.
    pub id: String,
    /// The mapping, as TOML; one that names no `target` is laid over the one that the import has.
    pub mapping: String,
}

/// Sets the mapping of an import; what a dry run said before no longer holds.
///
/// # Errors
/// `imports.mapping` and its like, naming the key and what is allowed; `imports.no_column`, `imports.industry`; what
/// keeps the file from being read as `[reading]` says;
/// `imports.not_open`, `imports.state` while it is under way or when rows were written by the mapping it has.
pub fn set_mapping(cx: &Context, tx: &mut Tx<'_>, input: SetMapping) -> Result<ShownImport> {
    let run = find_open(cx, tx, &input.id)?;
    run.must_be_unwritten()?;
    let given = Given::read(&input.mapping)?;
    let run = match Mapping::draft(&run.mapping).map(|before| before.reading).unwrap_or_default() {
        before if given.says("reading") && given.mapping.reading != before => {
            read_so(cx, tx, &run, &given.mapping.reading)?
        }
        _ => run,
    };
    let (text, mapping) = laid(input.mapping, &given, &run)?;
    let parts = kept::parts(tx, run.lead())?;
    let own = own_columns(&run);
    let others = |table: &str| {
        let part = parts.iter().find(|part| part.id != run.id && is_called(part, table));
        part.map(|part| names(&own_columns(part)))
    };
    join::check(&mapping.lookups, &names(&own), &others)?;
    let mut columns = with_found(own, &mapping, &parts);
    if !columns.is_empty() {
        mapping.check_columns(&names(&columns))?;
    }
    must_fit_line(tx, &mapping)?;
    give_meaning(&mut columns, &mapping, "as you said", false);
    let columns = serde_json::to_string(&columns).unwrap_or_default();
    let changes = [("mapping", (&text).into()), ("columns", (&columns).into()), ("questions", "[]".into())];
    kept::update(tx, run.id, &changes)?;
    forget_dry_run(tx, run.lead())?;
    view(cx, tx, Named { id: input.id })
}

/// A mapping as it is kept: whole, or laid over the one that the import has. What it leaves unsaid of how the file is
/// written stays as it is.
fn laid(text: String, given: &Given, run: &Run) -> Result<(String, Mapping)> {
    let before = Mapping::draft(&run.mapping);
    if !given.says("target") {
        let text = given.over(&before?)?;
        return Mapping::from_toml(&text).map(|mapping| (text, mapping));
    }
    let mapping = Mapping::from_toml(&text)?;
    let reading = before.map(|before| before.reading).unwrap_or_default();
    if given.says("reading") || reading.is_empty() {
        return Ok((text, mapping));
    }
    let mapping = Mapping { reading, ..mapping };
    Ok((mapping.to_toml()?, mapping))
}

/// What a dry run of all that came together said no longer holds.
///
/// # Errors
/// `store.statement`.
pub(super) fn forget_dry_run(tx: &mut Tx<'_>, lead: ImportId) -> Result<()> {
    for part in kept::parts(tx, lead)?.iter().filter(|part| !part.has_written()) {
        let changes =
            [("state", State::Received.as_str().into()), ("planned", "".into()), ("failure", "".into())];
        kept::update(tx, part.id, &changes)?;
        kept::clear_rejections(tx, part.id)?;
    }
    Ok(())
}

/// An import with whose rows the caller may do something: the step is judged by the eyes of whoever brought the file,
/// so nobody who sees less may take it.
pub(super) fn find_open(cx: &Context, tx: &mut Tx<'_>, id: &str) -> Result<Run> {
    let run = kept::find(tx, cx.codes.read(id)?)?;
    Sight::of(cx, tx)?.require(&run)?;
    Ok(run)
}

/// Refuses an industry other than the one in which the service line already is.
fn must_fit_line(tx: &mut Tx<'_>, mapping: &Mapping) -> Result<()> {
    let Some(wanted) = &mapping.fixed.industry else { return Ok(()) };
    match timeline_store::line_of_name(tx, &mapping.fixed.line)? {
        Some(line) if !line.industry.is_empty() && line.industry != *wanted => {
            let text = say!(
                "the service line {} is in the industry {}, not {wanted}; name another line or leave the industry out",
                line.name,
                line.industry
            );
            Err(Problem::invalid("fixed.industry", "imports.industry", text))
        }
        _ => Ok(()),
    }
}

pub(super) const PLAN: Head = Head {
    sentence: "Makes a dry run of an import: counts exactly what the run would do, and writes nothing.",
    examples: &["mainstay import imp_x7Kq2 plan"],
    ..head("import.plan", Act::Write, Method::Post, "/imports/{id}/plan", "import {id} plan")
};

/// Asks for a dry run; it is made in the background.
///
/// # Errors
/// `imports.none`, `imports.not_open`, `imports.state`, `imports.mapping` for a mapping that still lacks something.
pub fn ask_plan(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<ShownImport> {
    ask(cx, tx, input, State::Planning, PLAN_JOB)
}

pub(super) const RUN: Head = Head {
    sentence: "Runs an import: exactly what its dry run counted.",
    examples: &["mainstay import imp_x7Kq2 run"],
    ..head("import.run", Act::Write, Method::Post, "/imports/{id}/run", "import {id} run")
};

/// Asks for the run; it is made in the background.
///
/// # Errors
/// As [`ask_plan`].
pub fn ask_run(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<ShownImport> {
    ask(cx, tx, input, State::Running, RUN_JOB)
}

fn ask(cx: &Context, tx: &mut Tx<'_>, input: Named, state: State, job: &str) -> Result<ShownImport> {
    let lead = find_open(cx, tx, &input.id)?.lead();
    let all = kept::parts(tx, lead)?;
    let is_alone = all.len() == 1;
    let parts = in_order(all);
    if parts.is_empty() {
        let text = say!("every table that came is left out; take in at least one");
        return Err(Problem::conflict("imports.all_left_out", text));
    }
    for part in &parts {
        part.must_rest()?;
        let fits = Mapping::from_toml(&part.mapping).and_then(|mapping| must_fit_line(tx, &mapping));
        fits.map_err(|problem| if is_alone { problem } else { of_part(part, problem) })?;
    }
    turn::settle(tx, lead)?;
    for part in &parts {
        kept::clear_rejections(tx, part.id)?;
        let changes = [("state", state.as_str().into()), ("failure", "".into()), ("done", 0.into())];
        kept::update(tx, part.id, &changes)?;
        if state == State::Planning {
            kept::update(tx, part.id, &[("planned", "".into())])?;
        }
    }
    if state == State::Running {
        kept::start(tx, &parts)?;
    }
    queue::put(tx, job, &lead.0.to_string(), cx.now.micros)?;
    view(cx, tx, input)
}

/// What is wrong with one of several that came together, by its name.
fn of_part(part: &Run, problem: Problem) -> Problem {
    Problem { message: format!("{}: {}", part.called(), problem.message), ..problem }
}

pub(super) const DISCARD: Head = Head {
    sentence: "Puts a file away that was received and did not run.",
    examples: &["mainstay import imp_x7Kq2 discard"],
    ..head("import.discard", Act::Write, Method::Delete, "/imports/{id}", "import {id} discard")
};

/// Puts a file away.
///
/// # Errors
/// `imports.none`, `imports.not_open`, `imports.state` for one that ran or runs: its rows name it.
pub fn discard(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<ShownImport> {
    let run = find_open(cx, tx, &input.id)?;
    let parts = kept::parts(tx, run.lead())?;
    for part in &parts {
        part.must_rest()?;
        if part.has_written() {
            let text = say!("import of {} wrote rows before it stopped; run it again instead", part.called());
            return Err(Problem::conflict("imports.state", text));
        }
    }
    turn::settle(tx, run.lead())?;
    kept::bundle::forget_overlaps(tx, run.lead())?;
    for part in &parts {
        kept::delete(tx, part.id)?;
    }
    let sight = Sight::of(cx, tx)?;
    Ok(shown(cx, run, None, sight))
}

/// Forgets imports that came together and were taken back whole, as if they had never been: they are listed no more, and
/// what was said of their columns is remembered no more. False where something of them stays; then they are listed on.
///
/// # Errors
/// `imports.none`, `imports.state` while one of them is under way or in.
pub fn forget(cx: &Context, tx: &mut Tx<'_>, lead: ImportId) -> Result<bool> {
    let parts = kept::parts(tx, lead)?;
    for part in &parts {
        if undo::outcome(tx, part.id)?.is_some_and(|undone| 0 < undone.kept) {
            return Ok(false);
        }
    }
    for part in &parts {
        kept::undo::forget(tx, part.id)?;
        kept::forget_mappings(tx, part.id)?;
    }
    discard(cx, tx, Named { id: cx.codes.write(lead) })?;
    Ok(true)
}
