//! The files that the rules look at: what git tracks or would track, else what lies in the folder.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

/// Folders that are made, not written.
const MADE: &[&str] = &[".git", "target", "node_modules", "data", "screenshots"];

/// Larger files are data sets, not prose or code.
const LARGEST: u64 = 1 << 20;

/// A folder and its text files.
pub struct Tree {
    /// Where it lies on this machine.
    pub root: PathBuf,
    /// Its text files, by path.
    pub files: Vec<File>,
}

/// A text file.
pub struct File {
    /// From the root, with forward slashes.
    pub path: String,
    /// What it says.
    pub text: String,
}

impl Tree {
    /// Reads every text file below `root`.
    pub fn read(root: &Path) -> Result<Tree> {
        let mut paths = if root.join(".git").exists() { tracked(root)? } else { lying_about(root)? };
        paths.sort();
        paths.dedup();
        let files = paths.into_iter().filter_map(|path| read_text(root, path)).collect();
        Ok(Tree { root: root.to_owned(), files })
    }

    /// The text at a path, if there is such a file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|file| file.path == path).map(|file| file.text.as_str())
    }

    /// The crates of a floor: folder names that hold a manifest.
    pub fn crates_of(&self, floor: &str) -> Vec<&str> {
        let name = |file: &'_ File| -> Option<(usize, usize)> {
            let rest = file.path.strip_prefix(floor)?.strip_prefix('/')?;
            let name = rest.strip_suffix("/Cargo.toml")?;
            (!name.contains('/')).then_some((floor.len() + 1, floor.len() + 1 + name.len()))
        };
        self.files.iter().filter_map(|file| name(file).map(|(from, to)| &file.path[from..to])).collect()
    }
}

/// What is tracked, and what is new and not ignored, so that a fault shows before it is committed.
fn tracked(root: &Path) -> Result<Vec<String>> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .context("list the files that git knows")?;
    let list = String::from_utf8(output.stdout).context("read the list of files")?;
    Ok(list.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect())
}

fn lying_about(root: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| format!("list {}", folder.display()))? {
            let entry = entry?;
            let path = entry.path();
            if !entry.file_type()?.is_dir() {
                found.push(path.strip_prefix(root)?.to_string_lossy().replace('\\', "/"));
            } else if !MADE.contains(&entry.file_name().to_string_lossy().as_ref()) {
                folders.push(path);
            }
        }
    }
    Ok(found)
}

/// Nothing for a file that is gone, large or not text.
fn read_text(root: &Path, path: String) -> Option<File> {
    let place = root.join(&path);
    let known = fs::symlink_metadata(&place).ok()?;
    if !known.is_file() || known.len() > LARGEST {
        return None;
    }
    let text = fs::read_to_string(place).ok()?;
    Some(File { path, text })
}
