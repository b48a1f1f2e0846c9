//! Files of a folder, and of the folders in it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use kernel::{Problem, Result};

use super::wrong;

/// Folders within folders beyond this are nobody's export.
const DEEPEST: usize = 16;

/// The files of a folder in the order of their names.
///
/// # Errors
/// `command.typed` for a folder that cannot be read, `imports.no_file` for one in which no file is.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    walk(folder, 0, &mut found)?;
    match found.is_empty() {
        true => Err(Problem::invalid(
            "file",
            "imports.no_file",
            format!(
                "no file to bring in is in the folder {}; name the one in which they are",
                folder.display()
            ),
        )),
        false => Ok(found),
    }
}

fn walk(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<()> {
    let unread =
        |cause: std::io::Error| wrong(format!("cannot read the folder {}: {cause}", folder.display()));
    let mut entries =
        fs::read_dir(folder).map_err(unread)?.collect::<std::io::Result<Vec<_>>>().map_err(unread)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, kind) = (entry.path(), entry.file_type().map_err(unread)?);
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        if kind.is_dir() && depth < DEEPEST {
            walk(&path, depth + 1, found)?;
        } else if kind.is_file() {
            found.push(path);
        }
    }
    Ok(())
}
