//! The words of the house: one line each, in order, and every noun with an id is among them.

use syn::{Expr, ImplItem, ItemImpl, ItemMod, Lit, visit::Visit};

use super::{Fault, Source, Tree, source::Word};

const FILE: &str = "GLOSSARY.md";

/// The heading below which stand the words that no page uses.
const REFUSED: &str = "## Words we do not use";

/// Checks the list itself, the nouns of the code against it, and the texts of pages for refused words.
pub fn check(tree: &Tree, sources: &[Source], faults: &mut Vec<Fault>) {
    let Some(text) = tree.text(FILE) else {
        faults.push(Fault::new("glossary", FILE, "is missing"));
        return;
    };
    let (used, refused) = text.split_once(REFUSED).unwrap_or((text, ""));
    let words = entries(used);
    for pair in words.windows(2) {
        if pair[0].to_lowercase() >= pair[1].to_lowercase() {
            let why = format!(
                "`{}` stands before `{}`: one line per word, in alphabetical order",
                pair[0], pair[1]
            );
            faults.push(Fault::new("glossary", FILE, why));
        }
    }
    let refused = entries(refused);
    for source in sources.iter().filter(|source| !source.is_test()) {
        check_nouns(source, &words, faults);
        check_texts(source, &refused, faults);
    }
}

/// The words of lines such as `- **Fact**: …`.
fn entries(text: &str) -> Vec<&str> {
    text.lines()
        .filter_map(|line| line.strip_prefix("- **")?.split_once("**"))
        .map(|(word, _)| word)
        .collect()
}

/// `const NOUN: &str = "a service line"` must be a word of the glossary.
fn check_nouns(source: &Source, words: &[&str], faults: &mut Vec<Fault>) {
    let mut nouns = Nouns(Vec::new());
    nouns.visit_file(&source.syntax);
    for noun in nouns.0 {
        let bare =
            ["a ", "an ", "the "].iter().find_map(|article| noun.strip_prefix(article)).unwrap_or(&noun);
        if !words.iter().any(|word| word.eq_ignore_ascii_case(bare)) {
            faults.push(Fault::new(
                "glossary",
                source.path,
                format!("`{bare}` is not in {FILE}: give it a line"),
            ));
        }
    }
}

/// What people read on pages; the ground and the slices write it.
fn check_texts(source: &Source, refused: &[&str], faults: &mut Vec<Fault>) {
    if !source.path.starts_with("slices/") && !source.path.starts_with("ground/ui/") {
        return;
    }
    let is_said = |word: &&Word| word.literal && word.text.contains(' ') && !source.is_test_line(word.line);
    for word in source.words.iter().filter(is_said) {
        let said = format!(" {} ", word.text.to_lowercase().replace(|c: char| !c.is_alphanumeric(), " "));
        if let Some(found) =
            refused.iter().find(|refused| said.contains(&format!(" {} ", refused.to_lowercase())))
        {
            let why = format!("line {}: says \"{found}\", which {FILE} refuses", word.line);
            faults.push(Fault::new("wording", source.path, why));
        }
    }
}

struct Nouns(Vec<String>);

impl<'ast> Visit<'ast> for Nouns {
    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        if !super::source::is_for_tests(&module.attrs) {
            syn::visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        for part in &item.items {
            if let ImplItem::Const(constant) = part
                && constant.ident == "NOUN"
                && let Expr::Lit(literal) = &constant.expr
                && let Lit::Str(noun) = &literal.lit
            {
                self.0.push(noun.value());
            }
        }
    }
}
