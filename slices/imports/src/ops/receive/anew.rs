//! A table that came is looked at anew, read as a person says: its columns, and what is proposed for them.

use std::{cell::RefCell, path::Path, sync::Arc};

use ::store::Tx;
use kernel::{Context, Problem, ProblemKind, Result};

use super::{
    Came,
    copies::of_earlier,
    dialect_of, json,
    look::{Seen, look, look_unknown},
    together::{compared, doubt, earlier, recall, set_aside, with_totals},
};
use crate::{
    Mapping, Reading, Records, Source,
    ops::{
        columns::{own_columns, with_found},
        unpack::kept_tables,
    },
    remembered::BETWEEN,
    run::Run,
    store,
    table::{Known, Table},
};

/// What a table is now, in place of what it was.
pub(in crate::ops) struct Anew {
    /// The import, read so.
    pub(in crate::ops) run: Run,
    /// What the tables that came together have in common now, as it is kept.
    pub(in crate::ops) overlaps: Vec<String>,
}

impl Came {
    /// The table of an import, from what is kept of it.
    pub(in crate::ops) fn again(files: &Path, run: &Run) -> Result<Came> {
        let whole = || Table {
            name: String::new(),
            file: files.join(&run.sha256),
            known: Known::Nothing,
            notes: Vec::new(),
        };
        let kept = files.join(&run.kept);
        let derived = || kept_tables(files, &run.sha256).into_iter().find(|table| table.file == kept);
        let table = if run.kept.is_empty() { Some(whole()) } else { derived() };
        let table = table.ok_or_else(|| {
            let text =
                format!("{} was taken apart in another way than today; send the file again", run.called());
            Problem::conflict("imports.gone", text)
        })?;
        Ok(Came {
            name: run.name.clone(),
            sha256: run.sha256.clone(),
            bytes: run.bytes,
            path: files.join(&run.sha256),
            text: Table { name: run.table.clone(), notes: Vec::new(), ..table },
        })
    }

    /// Refuses what is no text of somebody's: there is nothing to be said of how it is written.
    ///
    /// # Errors
    /// `imports.no_reading`.
    pub(in crate::ops) fn must_be_read(&self) -> Result<()> {
        if self.text.known == Known::Nothing {
            return Ok(());
        }
        let text = format!(
            "{} says itself how it is written, so neither encoding nor delimiter can be chosen; say what its columns mean \
             instead",
            self.title()
        );
        Err(Problem::invalid("encoding", "imports.no_reading", text))
    }
}

/// The names of the columns as they would be read if nobody said how, as the key under which a mapping is remembered;
/// nothing where they cannot be read so.
pub(in crate::ops) fn guessed_columns(files: &Path, run: &Run) -> Option<String> {
    let came = Came::again(files, run).ok()?;
    let open = || Source::open(&came.text.file);
    let dialect = came.text.dialect(&open().ok()?, &Reading::default()).ok()?;
    Some(Records::open(open().ok()?, &dialect).ok()?.names().join(BETWEEN))
}

/// Looks at the table of an import anew, read as is said.
///
/// # Errors
/// `imports.no_reading` for what is no text, `imports.gone` where it is no longer kept, and what keeps it from being read
/// so.
pub(in crate::ops) fn anew(cx: &Context, tx: &mut Tx<'_>, run: &Run, said: &Reading) -> Result<Anew> {
    // What is kept of it is kept in English, whoever asked.
    speech::speaking(Arc::default(), || looked_at(cx, tx, run, said))
}

fn looked_at(cx: &Context, tx: &mut Tx<'_>, run: &Run, said: &Reading) -> Result<Anew> {
    let came = Came::again(&cx.files, run)?;
    came.must_be_read()?;
    let parts = store::parts(tx, run.lead())?;
    let seen = seen(tx, &came, said, parts.len() == 1).map_err(|problem| unread_so(problem, said))?;
    let (mut seen, overlaps) = among(&cx.files, (&came, seen), run, &parts)?;
    if !seen.is_unknown {
        seen.questions.extend(of_earlier(&cx.files, earlier(tx)?, &came, &seen)?);
    }
    let seen = with_totals(&came, seen)?;
    let is_unknown = seen.is_unknown && 1 < parts.len();
    let fresh = came.run(cx, Seen { is_unknown, ..seen })?;
    let columns = with_found(own_columns(&fresh), &Mapping::draft(&fresh.mapping)?, &parts);
    Ok(Anew { run: Run { columns: json(&columns)?, ..fresh }, overlaps })
}

fn seen(tx: &mut Tx<'_>, came: &Came, said: &Reading, is_alone: bool) -> Result<Seen> {
    let tx = RefCell::new(tx);
    let remembered = |names: &[String]| recall(&mut tx.borrow_mut(), names);
    let text = said.within(None)?;
    match look(&came.name, &came.text, text.as_deref(), &remembered) {
        Err(problem) if problem.code == "imports.no_columns" => look_unknown(&came.name, &came.text, said),
        Ok(seen) if is_alone => {
            let mut both = (came.clone(), seen);
            doubt(&mut both);
            Ok(both.1)
        }
        Ok(seen) => Ok(set_aside(came, seen)),
        refused => refused,
    }
}

/// The table among those that came with it: what it looks up in them, and what all have in common.
fn among(files: &Path, (came, seen): (&Came, Seen), run: &Run, parts: &[Run]) -> Result<(Seen, Vec<String>)> {
    let Some(at) = parts.iter().position(|part| part.id == run.id).filter(|_| 1 < parts.len()) else {
        return Ok((seen, Vec::new()));
    };
    let mut tables = Vec::with_capacity(parts.len());
    for part in parts {
        let table = if part.id == run.id { came.clone() } else { Came::again(files, part)? };
        tables.push((table, as_it_is(part)?));
    }
    tables[at].1 = seen;
    let (mut tables, overlaps) = compared(tables)?;
    Ok((tables.swap_remove(at).1, overlaps))
}

/// What is known of a table without looking.
fn as_it_is(part: &Run) -> Result<Seen> {
    Ok(Seen {
        dialect: dialect_of(part)?,
        mapping: part.mapping.clone(),
        columns: own_columns(part),
        questions: serde_json::from_str(&part.questions).unwrap_or_default(),
        rows: part.total,
        is_unknown: part.left_out,
    })
}

/// What keeps a file from being read as is said is said of that.
fn unread_so(problem: Problem, said: &Reading) -> Problem {
    if problem.kind != ProblemKind::Invalid || said.is_empty() {
        return problem;
    }
    let field = if said.encoding.is_some() { "encoding" } else { "delimiter" };
    let message = format!("read so, {}; choose again, the file is read as before", problem.message);
    Problem { field: Some(field.to_owned()), message, ..problem }
}
