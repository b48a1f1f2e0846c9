//! No file tells on which machine it was written or where its packages came from.

use std::{fs, path::Path};

use super::{Fault, Tree};

/// Hosts of package registries, in two parts so that this file does not name them.
const HOSTS: &[(&str, &str)] = &[
    ("crates", "io"),
    ("npmjs", "org"),
    ("npmjs", "com"),
    ("yarnpkg", "com"),
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("deb.debian", "org"),
    ("security.debian", "org"),
    ("proxy.golang", "org"),
];

/// Where people's own folders lie, again in two parts.
const HOMES: &[(&str, &str)] = &[("/ro", "ot/"), ("/ho", "me/"), ("/Us", "ers/"), ("C:\\Us", "ers\\")];

/// Cargo writes these files and needs the name of its registry there.
const EXEMPT: &str = "Cargo.lock";

/// Searches every text file for hosts, homes and the neighbours of this checkout.
pub fn check(tree: &Tree, faults: &mut Vec<Fault>) {
    let hosts: Vec<String> = HOSTS.iter().map(|(name, end)| format!("{name}.{end}")).collect();
    let mut paths: Vec<String> = HOMES.iter().map(|(start, end)| format!("{start}{end}")).collect();
    paths.extend(neighbours(&tree.root));
    for file in tree.files.iter().filter(|file| file.path.rsplit('/').next() != Some(EXEMPT)) {
        if let Some(host) = hosts.iter().find(|host| file.text.contains(*host)) {
            faults.push(Fault::new("host", &file.path, format!("names {host}, the host of a registry")));
        }
        if let Some(path) = paths.iter().find(|path| names_path(&file.text, path)) {
            faults.push(Fault::new(
                "machine-path",
                &file.path,
                format!("names {path}, a folder of one machine"),
            ));
        }
    }
}

/// The folders beside this checkout, and itself, as absolute paths.
fn neighbours(root: &Path) -> Vec<String> {
    let Some(parent) = root.parent().filter(|parent| parent.parent().is_some()) else { return Vec::new() };
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .map(|path| path.display().to_string())
        .collect()
}

/// The path stands there as a path of its own, not as the tail or the beginning of a longer name.
fn names_path(text: &str, path: &str) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/'));
    text.match_indices(path).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + path.len()..].chars().next();
        !part(before) && (path.ends_with(['/', '\\']) || after == Some('/') || !part(after))
    })
}
