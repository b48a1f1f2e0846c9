//! Saying how a file is written, where the guess is wrong: its columns are read and proposed anew.

use ::store::Tx;
use kernel::{Context, Result};
use schemars::JsonSchema;
use serde::Deserialize;
use slice::{Act, Head, Method};

use super::{
    change::{find_open, forget_dry_run},
    head,
    receive::{Anew, Came, anew},
    view::{Named, ShownImport, view},
};
use crate::{Reading, run::Run, store as kept};

pub(super) const READING: Head = Head {
    sentence: "Says how a file is written where it was guessed wrong, its encoding or its delimiter; what its columns mean is proposed anew.",
    examples: &["mainstay import imp_x7Kq2 reading --encoding windows-1252 --delimiter ';'"],
    ..head("import.reading", Act::Write, Method::Put, "/imports/{id}/reading", "import {id} reading")
};

/// How a file is written; what is absent is found out.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetReading {
    /// The id of the import.
    pub id: String,
    /// The encoding, by any name that the web knows: UTF-8, UTF-16LE, windows-1252, Shift_JIS.
    #[serde(default)]
    pub encoding: Option<String>,
    /// What stands between two cells: comma, semicolon, tab, pipe, one column, or the character itself.
    #[serde(default)]
    pub delimiter: Option<String>,
}

/// Reads a file anew as is said. What its columns mean is proposed anew; what a dry run said before no longer holds.
///
/// # Errors
/// `imports.none`, `imports.not_open`; `imports.encoding`, `imports.delimiter` for what is none, `imports.no_reading` for a
/// workbook and the like, what keeps the file from being read so; `imports.state` when it runs or ran.
pub fn set_reading(cx: &Context, tx: &mut Tx<'_>, input: SetReading) -> Result<ShownImport> {
    let run = find_open(cx, tx, &input.id)?;
    let reading = Reading::said(input.encoding.as_deref(), input.delimiter.as_deref())?;
    run.must_be_unwritten()?;
    read_so(cx, tx, &run, &reading)?;
    view(cx, tx, Named { id: input.id })
}

/// Whether there is anything to be said of how the table of an import is written.
///
/// # Errors
/// `imports.none`.
pub(crate) fn is_text(cx: &Context, tx: &mut Tx<'_>, id: &str) -> Result<bool> {
    let run = kept::find(tx, cx.codes.read(id)?)?;
    Ok(Came::again(&cx.files, &run).is_ok_and(|came| came.must_be_read().is_ok()))
}

/// Reads the file of an import anew and writes down what came of it.
///
/// # Errors
/// As [`set_reading`].
pub(super) fn read_so(cx: &Context, tx: &mut Tx<'_>, run: &Run, reading: &Reading) -> Result<Run> {
    let Anew { run: fresh, overlaps } = anew(cx, tx, run, reading)?;
    let changes = [
        ("dialect", (&fresh.dialect).into()),
        ("mapping", (&fresh.mapping).into()),
        ("columns", (&fresh.columns).into()),
        ("questions", (&fresh.questions).into()),
        ("total", fresh.total.into()),
        ("left_out", i64::from(fresh.left_out).into()),
    ];
    kept::update(tx, run.id, &changes)?;
    if run.bundle != 0 {
        kept::bundle::forget_overlaps(tx, run.lead())?;
        kept::bundle::keep_overlaps(tx, run.lead(), &overlaps)?;
    }
    forget_dry_run(tx, run.lead())?;
    kept::find(tx, run.id)
}
