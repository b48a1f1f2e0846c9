//! Keep it small: files, functions and functions that draw, tests left out.

use syn::{ImplItemFn, ItemFn, ItemMod, ReturnType, Signature, TraitItemFn, spanned::Spanned, visit::Visit};

use super::{Fault, Source, Tree, source::is_for_tests};

const FILE_LINES: usize = 300;
const FUNCTION_LINES: usize = 60;
const MARKUP_LINES: usize = 40;

/// Counts the lines of every file and function outside tests.
pub fn check(tree: &Tree, sources: &[Source], faults: &mut Vec<Fault>) {
    for source in sources.iter().filter(|source| !source.is_test()) {
        let tests: usize = source.test_lines.iter().map(|(from, to)| to - from + 1).sum();
        check_file(source.path, source.text.lines().count() - tests, faults);
        Functions { path: source.path, faults }.visit_file(&source.syntax);
    }
    let drawn = |path: &str| path.ends_with(".js") || path.ends_with(".css");
    for file in tree.files.iter().filter(|file| drawn(&file.path) && !file.path.contains("/tests/")) {
        check_file(&file.path, file.text.lines().count(), faults);
    }
}

fn check_file(path: &str, lines: usize, faults: &mut Vec<Fault>) {
    if lines > FILE_LINES {
        let why = format!("{lines} lines, more than {FILE_LINES}: split by noun");
        faults.push(Fault::new("file-lines", path, why).sized(lines));
    }
}

struct Functions<'a> {
    path: &'a str,
    faults: &'a mut Vec<Fault>,
}

impl Functions<'_> {
    fn measure(&mut self, signature: &Signature, block: &impl Spanned) {
        let lines = block.span().end().line - signature.span().start().line + 1;
        let (rule, most) = if draws(signature) {
            ("markup-lines", MARKUP_LINES)
        } else {
            ("function-lines", FUNCTION_LINES)
        };
        if lines > most {
            let place = format!("{}::{}", self.path, signature.ident);
            let why = format!("{lines} lines, more than {most}: give a part of it a name");
            self.faults.push(Fault::new(rule, place, why).sized(lines));
        }
    }
}

impl<'ast> Visit<'ast> for Functions<'_> {
    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        if !is_for_tests(&module.attrs) {
            syn::visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        if !is_for_tests(&function.attrs) {
            self.measure(&function.sig, &function.block);
            syn::visit::visit_item_fn(self, function);
        }
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        self.measure(&function.sig, &function.block);
        syn::visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast TraitItemFn) {
        if let Some(block) = &function.default {
            self.measure(&function.sig, block);
        }
        syn::visit::visit_trait_item_fn(self, function);
    }
}

/// It returns markup.
fn draws(signature: &Signature) -> bool {
    let ReturnType::Type(_, kind) = &signature.output else { return false };
    let syn::Type::Path(path) = kind.as_ref() else { return false };
    path.path.segments.last().is_some_and(|segment| segment.ident == "Markup")
}
