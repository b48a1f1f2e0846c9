//! Files of a folder, and of the folders in it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use kernel::{Problem, Result};

use super::wrong;

/// Folders within folders beyond this are nobody's export.
const DEEPEST: usize = 16;
/// What tells of the files of an export and is none of them.
const TELLS: [&str; 6] = ["readme", "license", "licence", "sha256sums", "md5sums", "thumbs.db"];

/// The files of a folder in the order of their names; those that only tell of the others are named in `aside`.
///
/// # Errors
/// `command.typed` for a folder that cannot be read, `imports.no_file` for one in which no file is.
pub(super) fn files(folder: &Path, aside: &mut Vec<String>) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    walk(folder, 0, &mut found, aside)?;
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

fn walk(folder: &Path, depth: usize, found: &mut Vec<PathBuf>, aside: &mut Vec<String>) -> Result<()> {
    let unread =
        |cause: std::io::Error| wrong(format!("cannot read the folder {}: {cause}", folder.display()));
    let mut entries =
        fs::read_dir(folder).map_err(unread)?.collect::<std::io::Result<Vec<_>>>().map_err(unread)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, kind) = (entry.path(), entry.file_type().map_err(unread)?);
        let name = entry.file_name().to_string_lossy().to_lowercase();
        if kind.is_dir() && depth < DEEPEST && !name.starts_with('.') {
            walk(&path, depth + 1, found, aside)?;
        } else if kind.is_file() {
            match name.starts_with('.') || TELLS.iter().any(|word| name.starts_with(word)) {
                true => aside.push(entry.file_name().to_string_lossy().into_owned()),
                false => found.push(path),
            }
        }
    }
    Ok(())
}
