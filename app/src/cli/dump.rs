//! `mainstay dump --canonical`: what the business knows, so that equal knowledge is equal bytes.

use std::{
    io::{BufWriter, Write, sink},
    process::ExitCode,
};

use kernel::{Problem, Result};
use store::dump;

use super::{Typed, pretty, say, wrong};
use crate::{config, slices};

/// Writes the canonical dump to standard output and its hash to standard error; with `--hash`, only the hash.
pub(super) fn run(typed: &Typed) -> Result<ExitCode> {
    let flags: Vec<_> = typed.words.iter().skip(1).map(String::as_str).collect();
    if let Some(other) = flags.iter().find(|flag| !["--canonical", "--hash"].contains(*flag)) {
        return Err(wrong(format!("dump knows no {other:?}; it takes --canonical and --hash")));
    }
    if !flags.contains(&"--canonical") {
        return Err(wrong("the only dump is the canonical one so far; write dump --canonical".to_owned()));
    }
    let open = config::open(&typed.settings)?;
    let tables = slices::tables(&open.slices);
    let only_hash = typed.json() || flags.contains(&"--hash");
    let mut out: Box<dyn Write> =
        if only_hash { Box::new(sink()) } else { Box::new(BufWriter::new(std::io::stdout())) };
    let summary =
        open.house.store.read(&open.house.context(), |tx| dump::canonical(tx, &tables, &mut out))?;
    out.flush()
        .map_err(|cause| Problem::internal("dump.write", format!("cannot write the dump: {cause}")))?;
    match (typed.json(), only_hash) {
        (true, _) => say(&pretty(&serde_json::json!({ "sha256": summary.sha256, "lines": summary.lines }))?),
        (false, true) => say(&format!("{}\n", summary.sha256)),
        (false, false) => {
            eprintln!("sha256 {} over {} lines", summary.sha256, summary.lines);
            Ok(ExitCode::SUCCESS)
        }
    }
}
