//! Walls in every query: a statement that reads the data of accounts says who may see it, or says why it need not.

use std::collections::BTreeSet;

use syn::{ExprStruct, ImplItemFn, ItemConst, ItemFn, spanned::Spanned, visit::Visit};

use super::{Fault, Source, Tree, source::Word};

/// One line each: `file::function: why nobody outside a wall is told what it reads`.
const FILE: &str = "xtask/walls.txt";

/// As many lines as the file has. Lower it whenever a line goes; a line more is a decision that a reader of this number
/// must see.
pub const UNSEALED: usize = 71;

/// The fragment without which no statement shows accounts to anybody.
const SEAL: &str = "VISIBLE";

/// Tables that tell of accounts though no column of theirs names one: sums over accounts, and what was said of them.
const ALSO: &[&str] =
    &["audit", "baseline", "book_total", "decision_log", "import_rejection", "spectrum_cell"];

/// Looks for statements that read the data of accounts without the fragment.
pub fn check(tree: &Tree, sources: &[Source], faults: &mut Vec<Fault>) {
    let stores: Vec<_> = sources.iter().filter(|source| is_store(source)).collect();
    let tables = account_tables(&stores);
    let unsealed: BTreeSet<String> = stores.iter().flat_map(|source| unsealed(source, &tables)).collect();
    let text = tree.text(FILE).unwrap_or_default();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let excused: Vec<(&str, &str)> = lines.map(|line| line.split_once(": ").unwrap_or((line, ""))).collect();
    for place in &unsealed {
        if !excused.iter().any(|(known, _)| known == place) {
            let why = format!(
                "reads the data of accounts without {SEAL}: put it in, or say in {FILE} why nobody outside a wall is told"
            );
            faults.push(Fault::new("wall", place, why));
        }
    }
    for (place, why) in &excused {
        if why.trim().is_empty() {
            faults.push(Fault::new("wall", FILE, format!("`{place}` gives no reason")));
        }
        if !unsealed.contains(*place) {
            faults.push(Fault::new("wall", FILE, format!("stale: `{place}`; remove this line")));
        }
    }
    if UNSEALED < excused.len() {
        let why = format!("{} lines, more than {UNSEALED}: this list may only shrink", excused.len());
        faults.push(Fault::new("wall", FILE, why));
    }
}

fn is_store(source: &Source) -> bool {
    let path = source.path;
    path.starts_with("slices/")
        && !source.is_test()
        && (path.ends_with("/src/store.rs") || path.contains("/src/store/"))
}

/// A table as its slice declares it.
#[derive(Default)]
struct Declared {
    name: String,
    /// The column that names an account, if one does.
    of_accounts: bool,
    /// The noun whose rows it holds.
    holds: Vec<String>,
    /// The nouns that its rows hang on.
    hangs_on: Vec<String>,
}

/// The names of the tables whose rows are about an account, or hang on rows that are.
fn account_tables(stores: &[&Source]) -> BTreeSet<String> {
    let declared = |source: &&Source| -> Vec<Declared> {
        let mut tables = Tables::default();
        tables.visit_file(&source.syntax);
        tables.0.into_iter().map(|lines| Declared::of(&between(source, lines))).collect()
    };
    let tables: Vec<Declared> = stores.iter().flat_map(declared).collect();
    let mut found: BTreeSet<String> = ALSO.iter().map(|name| (*name).to_owned()).collect();
    loop {
        let nouns: BTreeSet<&str> = tables
            .iter()
            .filter(|table| found.contains(&table.name))
            .flat_map(|table| table.holds.iter().map(String::as_str))
            .collect();
        let more: Vec<String> = tables
            .iter()
            .filter(|table| {
                table.of_accounts || table.hangs_on.iter().any(|noun| nouns.contains(noun.as_str()))
            })
            .map(|table| table.name.clone())
            .filter(|name| !found.contains(name))
            .collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

/// Where each `Table { … }` of a file stands, by its lines.
#[derive(Default)]
struct Tables(Vec<(usize, usize)>);

impl<'a> Visit<'a> for Tables {
    fn visit_expr_struct(&mut self, made: &'a ExprStruct) {
        if made.path.segments.last().is_some_and(|segment| segment.ident == "Table") {
            self.0.push(lines_of(made));
        }
        syn::visit::visit_expr_struct(self, made);
    }
}

impl Declared {
    fn of(words: &[&Word]) -> Declared {
        let after = |name: &str| {
            words.iter().position(|word| !word.literal && word.text == name).and_then(|at| words.get(at + 1))
        };
        Declared {
            name: after("name").map(|word| word.text.clone()).unwrap_or_default(),
            of_accounts: after("account").is_some_and(|word| !word.literal && word.text == "Some"),
            holds: nouns(words, "Id"),
            hangs_on: nouns(words, "Ref"),
        }
    }
}

/// The nouns of the columns of that kind: the text after the name `Id` or `Ref`.
fn nouns(words: &[&Word], kind: &str) -> Vec<String> {
    let pairs = words.windows(2).filter(|pair| !pair[0].literal && pair[0].text == kind && pair[1].literal);
    pairs.map(|pair| pair[1].text.clone()).collect()
}

fn lines_of(syntax: &impl Spanned) -> (usize, usize) {
    let span = syntax.span();
    (span.start().line, span.end().line)
}

/// The words between two lines.
fn between<'w>(source: &'w Source, (from, to): (usize, usize)) -> Vec<&'w Word> {
    source.words.iter().filter(|word| (from..=to).contains(&word.line)).collect()
}

/// The functions and constants of a file with a statement that reads one of these tables and does not say who may see.
fn unsealed(source: &Source, tables: &BTreeSet<String>) -> Vec<String> {
    let mut pieces = Pieces::default();
    pieces.visit_file(&source.syntax);
    let pieces = pieces.0.into_iter().filter(|(_, (from, _))| !source.is_test_line(*from));
    let pieces: Vec<_> = pieces.map(|(name, lines)| (name, between(source, lines))).collect();
    let names_seal = |words: &[&Word]| words.iter().any(|word| is_seal(&word.text) || shows_seal(&word.text));
    let sealing: BTreeSet<&str> =
        pieces.iter().filter(|(_, words)| names_seal(words)).map(|(name, _)| name.as_str()).collect();
    let is_open = |(name, words): &&(String, Vec<&Word>)| {
        // A part of the statement may come from another function of the file that has the fragment.
        let calls =
            |word: &&Word| !word.literal && word.text != *name && sealing.contains(word.text.as_str());
        let seals = words.iter().any(|word| !word.literal && is_seal(&word.text) || calls(word));
        let sealed = |text: &str| shows_seal(text) || (seals && text.contains('{'));
        words.iter().any(|word| word.literal && reads(&word.text, tables) && !sealed(&word.text))
    };
    pieces.iter().filter(is_open).map(|(name, _)| format!("{}::{name}", source.path)).collect()
}

/// The fragment by its name, or the one that also shows accounts that were merged into others.
fn is_seal(word: &str) -> bool {
    word == SEAL || word == "VISIBLE_EVEN_MERGED"
}

/// A text with the fragment in it.
fn shows_seal(text: &str) -> bool {
    text.contains("{VISIBLE}") || text.contains("{VISIBLE_EVEN_MERGED}")
}

/// Whether a statement, or a part of one, reads one of these tables; deleting is no reading.
fn reads(text: &str, tables: &BTreeSet<String>) -> bool {
    let words: Vec<&str> = text
        .split(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
        .filter(|word| !word.is_empty())
        .collect();
    words.iter().enumerate().any(|(n, word)| {
        let is_read = matches!(*word, "FROM" | "JOIN") && (n == 0 || words[n - 1] != "DELETE");
        is_read && words.get(n + 1).is_some_and(|table| tables.contains(*table))
    })
}

/// The functions and constants of a file, by name and lines.
#[derive(Default)]
struct Pieces(Vec<(String, (usize, usize))>);

impl<'a> Visit<'a> for Pieces {
    fn visit_item_fn(&mut self, function: &'a ItemFn) {
        self.0.push((function.sig.ident.to_string(), lines_of(function)));
    }

    fn visit_impl_item_fn(&mut self, function: &'a ImplItemFn) {
        self.0.push((function.sig.ident.to_string(), lines_of(function)));
    }

    fn visit_item_const(&mut self, constant: &'a ItemConst) {
        self.0.push((constant.ident.to_string(), lines_of(constant)));
    }
}
