//! A Rust file as the rules see it: its syntax, its words, and which of its lines are tests.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Item, spanned::Spanned};

use super::{Fault, Tree};

/// A parsed Rust file.
pub struct Source<'a> {
    /// From the root.
    pub path: &'a str,
    /// What it says.
    pub text: &'a str,
    /// Its syntax.
    pub syntax: syn::File,
    /// Its names and its literal texts, documentation left out.
    pub words: Vec<Word>,
    /// First and last line of each test module inside.
    pub test_lines: Vec<(usize, usize)>,
}

/// A name or a literal text.
pub struct Word {
    /// As it stands; a literal without its quotes.
    pub text: String,
    /// The line it begins on.
    pub line: usize,
    /// Whether it is a literal.
    pub literal: bool,
}

impl Source<'_> {
    /// The whole file is test code, or shows or measures what is tested.
    pub fn is_test(&self) -> bool {
        ["/tests/", "/benches/", "/examples/"].iter().any(|folder| self.path.contains(folder))
            || self.path.ends_with("/tests.rs")
    }

    /// This line is test code.
    pub fn is_test_line(&self, line: usize) -> bool {
        self.is_test() || self.test_lines.iter().any(|(from, to)| (*from..=*to).contains(&line))
    }
}

/// Parses every Rust file; one that does not parse or does not say what it is for is a fault.
pub fn read_all<'a>(tree: &'a Tree, faults: &mut Vec<Fault>) -> Vec<Source<'a>> {
    let mut sources = Vec::new();
    for file in tree.files.iter().filter(|file| file.path.ends_with(".rs")) {
        if !file.text.starts_with("//!") {
            faults.push(Fault::new("opening", &file.path, "begin with `//!` and one sentence of meaning"));
        }
        match read(&file.path, &file.text) {
            Ok(source) => sources.push(source),
            Err(e) => faults.push(Fault::new("syntax", &file.path, format!("does not parse: {e}"))),
        }
    }
    sources
}

fn read<'a>(path: &'a str, text: &'a str) -> syn::Result<Source<'a>> {
    let syntax = syn::parse_file(text)?;
    let test_lines = syntax.items.iter().filter_map(test_module).collect();
    let mut words = Vec::new();
    collect(text.parse::<TokenStream>().map_err(|e| syn::Error::new(e.span(), e))?, &mut words);
    Ok(Source { path, text, syntax, words, test_lines })
}

fn test_module(item: &Item) -> Option<(usize, usize)> {
    let Item::Mod(module) = item else { return None };
    let span = module.span();
    is_for_tests(&module.attrs).then(|| (span.start().line, span.end().line))
}

/// Marked `#[test]` or `#[cfg(test)]`.
pub fn is_for_tests(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| {
        attr.path().is_ident("test")
            || (attr.path().is_ident("cfg")
                && attr.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test")))
    })
}

/// Walks the tokens; what `#[doc = "…"]` says is prose and stays out.
fn collect(tokens: TokenStream, words: &mut Vec<Word>) {
    let mut marked = false;
    for tree in tokens {
        match tree {
            TokenTree::Group(group) if marked && starts_with_doc(&group.stream()) => marked = false,
            TokenTree::Group(group) => {
                collect(group.stream(), words);
                marked = false;
            }
            TokenTree::Punct(punct) => marked = punct.as_char() == '#' || (marked && punct.as_char() == '!'),
            TokenTree::Ident(name) => {
                let line = name.span().start().line;
                words.push(Word { text: name.to_string(), line, literal: false });
                marked = false;
            }
            TokenTree::Literal(literal) => {
                let line = literal.span().start().line;
                if let syn::Lit::Str(text) = syn::Lit::new(literal) {
                    words.push(Word { text: text.value(), line, literal: true });
                }
                marked = false;
            }
        }
    }
}

fn starts_with_doc(tokens: &TokenStream) -> bool {
    matches!(tokens.clone().into_iter().next(), Some(TokenTree::Ident(name)) if name == "doc")
}
