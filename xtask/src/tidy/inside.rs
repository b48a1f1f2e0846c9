//! Inside a slice: nouns are pure, operations do not draw, nobody imports pages, nobody asks the clock.

use std::collections::BTreeSet;

use syn::{ItemUse, Path, UseTree, visit::Visit};

use super::{Fault, Source};

/// The files that have a role; every other file of a slice is a noun.
const ROLES: &[&str] =
    &["lib", "ops", "store", "facts", "pages", "panels", "consequences", "jobs", "tests", "main"];

/// What a noun does without: tables, pages, the network, the disk.
const NOT_FOR_NOUNS: &[&str] = &[
    "store",
    "ui",
    "maud",
    "axum",
    "tokio",
    "std::fs",
    "std::net",
    "crate::store",
    "crate::ops",
    "crate::pages",
    "crate::panels",
    "crate::jobs",
    "super::store",
    "super::ops",
    "super::pages",
];

/// What operations, tables and jobs do without.
const NOT_FOR_VERBS: &[&str] = &["maud", "axum", "ui", "crate::pages", "super::pages"];

/// Where reading a clock is somebody's work.
const CLOCKS: &[&str] = &["app/", "benches/", "ground/testkit/", "ground/store/", "xtask/"];

/// Checks what each file of a slice names, and who reads a clock.
pub fn check(sources: &[Source], faults: &mut Vec<Fault>) {
    for source in sources {
        let named = Named::in_file(source);
        if let Some(role) = role(source) {
            let (rule, refused) = match role {
                Role::Noun => ("noun", NOT_FOR_NOUNS),
                Role::Verb => ("layer", NOT_FOR_VERBS),
                Role::Other => ("layer", &[][..]),
            };
            for path in refused.iter().filter(|path| named.mentions(path)) {
                faults.push(Fault::new(
                    rule,
                    source.path,
                    format!("does without `{path}`: move what needs it"),
                ));
            }
        }
        let reads_clock = named.0.iter().any(|path| path.ends_with("::now"));
        if reads_clock && !source.is_test() && !CLOCKS.iter().any(|place| source.path.starts_with(place)) {
            faults.push(Fault::new(
                "clock",
                source.path,
                "time comes with the context; only the app reads a clock",
            ));
        }
    }
}

enum Role {
    Noun,
    Verb,
    Other,
}

/// Nothing for a file outside the slices, or a test.
fn role(source: &Source) -> Option<Role> {
    let (_, inside) = source.path.strip_prefix("slices/")?.split_once("/src/")?;
    if source.is_test() {
        return None;
    }
    let first = inside.split('/').next()?;
    Some(match first.strip_suffix(".rs").unwrap_or(first) {
        "ops" | "store" | "jobs" => Role::Verb,
        first if ROLES.contains(&first) => Role::Other,
        _ => Role::Noun,
    })
}

/// The paths that a file names outside its tests, from `use` lines and in place.
struct Named(BTreeSet<String>);

impl Named {
    fn in_file(source: &Source) -> Named {
        let mut named = Named(BTreeSet::new());
        named.visit_file(&source.syntax);
        named
    }

    fn mentions(&self, path: &str) -> bool {
        self.0
            .iter()
            .any(|named| named == path || named.strip_prefix(path).is_some_and(|r| r.starts_with("::")))
    }

    fn add_tree(&mut self, before: &str, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => self.add_tree(&format!("{before}{}::", path.ident), &path.tree),
            UseTree::Name(name) => self.add(format!("{before}{}", name.ident)),
            UseTree::Rename(name) => self.add(format!("{before}{}", name.ident)),
            UseTree::Glob(_) => self.add(before.trim_end_matches(':').to_owned()),
            UseTree::Group(group) => group.items.iter().for_each(|item| self.add_tree(before, item)),
        }
    }

    fn add(&mut self, path: String) {
        self.0.insert(path);
    }
}

impl<'ast> Visit<'ast> for Named {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.add_tree("", &item.tree);
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !super::source::is_for_tests(&module.attrs) {
            syn::visit::visit_item_mod(self, module);
        }
    }

    fn visit_path(&mut self, path: &'ast Path) {
        if path.segments.len() > 1 {
            let words: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            self.add(words.join("::"));
        }
        syn::visit::visit_path(self, path);
    }
}
