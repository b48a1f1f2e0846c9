//! Which literals of a piece of markup are words for people: shared by the macro and by the check of the catalogues.

use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};
use quote::{quote, quote_spanned};

/// Attributes whose value is read to people.
const READ_OUT: [&str; 6] =
    ["aria-label", "aria-description", "aria-roledescription", "title", "placeholder", "alt"];

/// The same markup with every literal that is words put into `::speech::text`.
pub fn spoken(markup: TokenStream) -> TokenStream {
    walk(markup, &mut |literal| {
        let at = literal.span();
        let call = quote_spanned!(at=> ::speech::text(module_path!(), #literal));
        quote!((#call))
    })
}

/// Goes through markup and puts what `change` makes of each literal that is words in its place.
pub fn walk(markup: TokenStream, change: &mut impl FnMut(&Literal) -> TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = markup.into_iter().collect();
    let mut out = TokenStream::new();
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        match token {
            TokenTree::Punct(sign) if sign.as_char() == '@' => {
                at = control(&tokens, at, &mut out, change);
                continue;
            }
            TokenTree::Literal(literal) => match before {
                _ if !is_words(literal) => out.extend([token.clone()]),
                Some(sign) if is(sign, '=') && !is_read_out(&tokens[..at - 1]) => out.extend([token.clone()]),
                Some(sign) if is(sign, '.') || is(sign, '#') => out.extend([token.clone()]),
                _ => out.extend(change(literal)),
            },
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let is_value = before.is_some_and(|sign| is(sign, '='));
                let is_class = before.is_some_and(|sign| is(sign, '.') || is(sign, '#'));
                match is_class || is_value && !is_read_out(&tokens[..at - 1]) {
                    true => out.extend([token.clone()]),
                    false => out.extend([inside(group, change)]),
                }
            }
            _ => out.extend([token.clone()]),
        }
        at += 1;
    }
    out
}

/// `@if`, `@else`, `@for`, `@while`, `@match`, `@let`: copies what is Rust and goes into what is markup. Gives the place of
/// the first token behind.
fn control(
    tokens: &[TokenTree],
    mut at: usize,
    out: &mut TokenStream,
    change: &mut impl FnMut(&Literal) -> TokenStream,
) -> usize {
    let word = match tokens.get(at + 1) {
        Some(TokenTree::Ident(word)) => word.to_string(),
        _ => String::new(),
    };
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && word != "let" => {
                let body = if word == "match" { arms(group, change) } else { inside(group, change) };
                out.extend([body]);
                return at;
            }
            TokenTree::Punct(sign) if sign.as_char() == ';' && word == "let" => {
                out.extend([token.clone()]);
                return at;
            }
            _ => out.extend([token.clone()]),
        }
    }
    at
}

/// The arms of `@match`: a pattern up to the arrow is Rust, what follows is markup.
fn arms(group: &Group, change: &mut impl FnMut(&Literal) -> TokenStream) -> TokenTree {
    let mut out = TokenStream::new();
    let mut body = TokenStream::new();
    let (mut in_pattern, mut before) = (true, ' ');
    for token in group.stream() {
        let sign = if let TokenTree::Punct(sign) = &token { sign.as_char() } else { ' ' };
        let is_block = matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        match in_pattern {
            true => {
                in_pattern = !(before == '=' && sign == '>');
                out.extend([token]);
            }
            false => {
                // An arm ends with its block, or with a comma.
                let ends = sign == ',' || is_block && body.is_empty();
                if sign == ',' {
                    out.extend(walk(std::mem::take(&mut body), change));
                    out.extend([token]);
                } else {
                    body.extend([token]);
                    if is_block && ends {
                        out.extend(walk(std::mem::take(&mut body), change));
                    }
                }
                in_pattern = ends;
            }
        }
        before = sign;
    }
    out.extend(walk(body, change));
    rewrapped(group, out)
}

fn inside(group: &Group, change: &mut impl FnMut(&Literal) -> TokenStream) -> TokenTree {
    rewrapped(group, walk(group.stream(), change))
}

fn rewrapped(group: &Group, stream: TokenStream) -> TokenTree {
    let mut same = Group::new(group.delimiter(), stream);
    same.set_span(group.span());
    TokenTree::Group(same)
}

fn is(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == sign)
}

/// Whether the attribute whose name stands at the end is read to people.
fn is_read_out(tokens: &[TokenTree]) -> bool {
    let mut name = String::new();
    for token in tokens.iter().rev() {
        match token {
            TokenTree::Ident(part) if name.is_empty() || name.starts_with('-') => {
                name.insert_str(0, &part.to_string());
            }
            TokenTree::Punct(sign) if sign.as_char() == '-' && !name.starts_with('-') => name.insert(0, '-'),
            _ => break,
        }
    }
    READ_OUT.contains(&name.as_str())
}

/// Whether a literal is a text with a letter in it.
fn is_words(literal: &Literal) -> bool {
    syn::parse_str::<syn::LitStr>(&literal.to_string())
        .is_ok_and(|text| text.value().chars().any(char::is_alphabetic))
}
