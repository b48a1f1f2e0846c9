//! `mainstay export FOLDER`, and an export brought in again.

use std::{path::Path, process::ExitCode};

use kernel::Result;
use serde_json::json;

use super::{Typed, lacks, pretty, say, wrong};
use crate::{
    archive::{self, Manifest},
    config, worker,
};

/// Writes everything to a new folder.
pub(super) fn run(typed: &Typed) -> Result<ExitCode> {
    let words: Vec<_> = typed.words.iter().skip(1).map(String::as_str).collect();
    let folder = match words.as_slice() {
        [] => return Err(lacks("export", "a folder that is not there yet")),
        [folder] if !folder.starts_with('-') => Path::new(folder),
        [flag, ..] if flag.starts_with('-') => {
            return Err(wrong(format!("export knows no {flag:?}; it takes a folder, --data and --database")));
        }
        _ => return Err(wrong("export takes one folder; write mainstay export FOLDER".to_owned())),
    };
    let open = config::open(&typed.settings)?;
    told(typed, "Exported to", folder, &archive::write(&open, folder)?)
}

/// Whether the one word after `import` names an export.
pub(super) fn is_archive(typed: &Typed) -> bool {
    matches!(typed.words.as_slice(), [_, path] if archive::folder(Path::new(path)).is_ok())
}

/// Takes an export into a new house.
pub(super) fn load(typed: &Typed) -> Result<ExitCode> {
    let folder = archive::folder(Path::new(&typed.words[1]))?;
    let open = config::open(&typed.settings)?;
    let manifest = archive::load(&open, folder)?;
    // The settings have come with it: what still waits is done under them.
    drop(open);
    worker::run_due(&config::open(&typed.settings)?)?;
    told(typed, "Taken in from", folder, &manifest)
}

fn told(typed: &Typed, what: &str, folder: &Path, manifest: &Manifest) -> Result<ExitCode> {
    let rows: u64 = manifest.tables.iter().map(|part| part.rows).sum();
    if typed.json() {
        return say(&pretty(&json!({
            "folder": folder,
            "rows": rows,
            "files": manifest.files,
            "canonical_sha256": manifest.canonical_sha256,
        }))?);
    }
    let mut text = format!("{what} {}: {rows} rows, {} files\n", folder.display(), manifest.files);
    for part in manifest.tables.iter().filter(|part| part.rows != 0) {
        text.push_str(&format!("  {:<24}{:>12}\n", part.name, part.rows));
    }
    text.push_str(&format!("What the business knows: sha256 {}\n", manifest.canonical_sha256));
    say(&text)
}
