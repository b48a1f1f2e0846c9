//! Names are boring and whole: no type, module or file is named for being useful.

use syn::{Ident, ItemEnum, ItemMod, ItemStruct, ItemTrait, ItemType, visit::Visit};

use super::{Fault, Source, Tree};

/// Words that say nothing, as a whole name or as its last word. *Service model* and *service line* end otherwise.
const EMPTY: &[&str] = &[
    "util", "utils", "helper", "helpers", "common", "manager", "service", "misc", "impl", "data", "item",
    "default",
];

/// Checks types and modules, then the names of hand-written files.
pub fn check(tree: &Tree, sources: &[Source], faults: &mut Vec<Fault>) {
    for source in sources {
        Names { path: source.path, faults }.visit_file(&source.syntax);
    }
    let written = |path: &str| [".rs", ".js", ".css", ".sh", ".sql"].iter().any(|end| path.ends_with(end));
    for file in tree.files.iter().filter(|file| written(&file.path)) {
        let name = file.path.rsplit('/').next().unwrap_or(&file.path);
        refuse(name.split('.').next().unwrap_or(name), &file.path, faults);
    }
}

struct Names<'a> {
    path: &'a str,
    faults: &'a mut Vec<Fault>,
}

impl Names<'_> {
    fn check(&mut self, name: &Ident) {
        refuse(&name.to_string(), self.path, self.faults);
    }
}

impl<'ast> Visit<'ast> for Names<'_> {
    fn visit_item_struct(&mut self, item: &'ast ItemStruct) {
        self.check(&item.ident);
    }

    fn visit_item_enum(&mut self, item: &'ast ItemEnum) {
        self.check(&item.ident);
    }

    fn visit_item_trait(&mut self, item: &'ast ItemTrait) {
        self.check(&item.ident);
    }

    fn visit_item_type(&mut self, item: &'ast ItemType) {
        self.check(&item.ident);
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.check(&item.ident);
        syn::visit::visit_item_mod(self, item);
    }
}

fn refuse(name: &str, path: &str, faults: &mut Vec<Fault>) {
    let last = last_word(name);
    if EMPTY.contains(&last.as_str()) {
        let why = format!("`{name}` ends in a word that says nothing ({last}): name what it is");
        faults.push(Fault::new("name", path, why));
    }
}

/// The last word of `snake_case`, `kebab-case` or `CamelCase`, in lower case.
pub fn last_word(name: &str) -> String {
    let tail = name.rsplit(['_', '-']).next().unwrap_or(name);
    let start = tail.rfind(char::is_uppercase).filter(|_| tail.chars().any(char::is_lowercase));
    tail[start.unwrap_or(0)..].to_lowercase()
}
