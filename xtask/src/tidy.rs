//! The rules of the house, checked from the files: what each rule is for stands in STYLE.md and ARCHITECTURE.md.

mod budget;
mod direction;
mod exceptions;
mod fault;
mod glossary;
mod inside;
mod naming;
mod readme;
mod said;
mod size;
mod source;
mod sql;
mod traces;
mod tree;
mod walls;

use std::path::Path;

use anyhow::Result;

pub use fault::Fault;
use source::Source;
use tree::Tree;
#[cfg(test)]
pub use {budget::PACKAGES, exceptions::AT_MOST as EXCEPTIONS, walls::UNSEALED};

/// Every fault in the tree below `root`, exceptions taken off, stale exceptions added.
pub fn check(root: &Path) -> Result<Vec<Fault>> {
    let tree = Tree::read(root)?;
    let mut faults = Vec::new();
    let sources = source::read_all(&tree, &mut faults);
    direction::check(&tree, &mut faults);
    inside::check(&sources, &mut faults);
    size::check(&tree, &sources, &mut faults);
    naming::check(&tree, &sources, &mut faults);
    sql::check(&tree, &sources, &mut faults);
    glossary::check(&tree, &sources, &mut faults);
    readme::check(&tree, &mut faults);
    budget::check(&tree, &mut faults);
    traces::check(&tree, &mut faults);
    said::check(root, &mut faults);
    walls::check(&tree, &sources, &mut faults);
    let mut left = exceptions::take_off(&tree, faults);
    left.sort_by(|a, b| (&a.place, a.rule).cmp(&(&b.place, b.rule)));
    Ok(left)
}
