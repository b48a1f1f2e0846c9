//! What a file says to people: the texts of `html!`, `say!`, `tell!`, and the nouns that go with a number.

use std::hash::{Hash, Hasher};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::markup;

/// A text that is said.
#[derive(Clone, Debug)]
pub struct Said {
    /// The text; the one for one, where a number goes with it.
    pub one: String,
    /// The text for several.
    pub many: Option<String>,
    /// The file where it is said.
    pub place: String,
}

impl PartialEq for Said {
    fn eq(&self, other: &Said) -> bool {
        (&self.one, &self.many) == (&other.one, &other.many)
    }
}

impl Eq for Said {}

impl Hash for Said {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.one, &self.many).hash(state);
    }
}

/// The texts of a file that is called `place`; none of one that does not parse, which another rule says.
pub fn said(text: &str, place: &str) -> Vec<Said> {
    let Ok(tokens) = text.parse::<TokenStream>() else { return Vec::new() };
    let mut search = Search { place, found: Vec::new(), in_words: text.contains("speech::") };
    search.look(tokens, false);
    search.found
}

struct Search<'a> {
    place: &'a str,
    found: Vec<Said>,
    /// Whether `html!` is ours in this file.
    in_words: bool,
}

impl Search<'_> {
    fn look(&mut self, tokens: TokenStream, in_tests: bool) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            let TokenTree::Group(group) = token else { continue };
            let word =
                |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at)).map(ToString::to_string);
            let is_tests =
                in_tests || word(2).as_deref() == Some("mod") && word(1).as_deref() == Some("tests");
            if is_tests {
                continue;
            }
            match (word(2).as_deref(), word(1).as_deref()) {
                (Some("say" | "tell"), Some("!")) => self.sentence(group),
                (Some("html"), Some("!")) if self.in_words => self.markup(group),
                (_, Some("plural" | "noun" | "count")) if group.delimiter() == Delimiter::Parenthesis => {
                    self.noun(group);
                }
                _ => {}
            }
            self.look(group.stream(), is_tests);
        }
    }

    fn markup(&mut self, group: &Group) {
        let mut texts = Vec::new();
        let _same = markup::walk(group.stream(), &mut |literal| {
            texts.extend(text(&TokenTree::Literal(literal.clone())));
            TokenStream::new()
        });
        let texts = texts.into_iter().map(|text| text.trim().to_owned());
        self.found.extend(texts.map(|one| Said { one, many: None, place: self.place.to_owned() }));
    }

    fn sentence(&mut self, group: &Group) {
        let tokens: Vec<TokenTree> = group.stream().into_iter().take(3).collect();
        let Some(one) = tokens.first().and_then(text) else { return };
        let many = match tokens.get(1) {
            Some(TokenTree::Punct(sign)) if sign.as_char() == '|' => tokens.get(2).and_then(text),
            _ => None,
        };
        let one = if many.is_none() && !one.contains('{') { one.trim().to_owned() } else { one };
        self.found.push(Said { one, many, place: self.place.to_owned() });
    }

    /// `plural(n, "row", "rows")`: the last two of three are texts.
    fn noun(&mut self, group: &Group) {
        let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
        let tokens = match tokens.split_last() {
            Some((TokenTree::Punct(_), rest)) => rest,
            _ => &tokens[..],
        };
        if let [.., one, TokenTree::Punct(_), many] = tokens
            && let (Some(one), Some(many)) = (text(one), text(many))
        {
            self.found.push(Said { one, many: Some(many), place: self.place.to_owned() });
        }
    }
}

/// A text as it stands; nothing of another token.
fn text(token: &TokenTree) -> Option<String> {
    syn::parse_str::<syn::LitStr>(&token.to_string()).ok().map(|text| text.value())
}
