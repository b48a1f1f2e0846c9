//! `say!` and `tell!`: a text with holes, and what fills them.

use crate::pieces;
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{
    Expr, Ident, LitStr, Token,
    parse::{Parse, ParseStream},
};

/// `"one" | "many" % n, arguments`.
pub struct Sentence {
    text: LitStr,
    /// The text for other numbers than one, and the number.
    many: Option<(LitStr, Expr)>,
    arguments: Vec<Argument>,
}

struct Argument {
    name: Option<Ident>,
    value: Expr,
}

/// A hole: what it is called in the text, how it is written, and what fills it.
struct Hole {
    name: String,
    format: String,
    value: TokenStream,
}

/// A piece of a text.
enum Piece {
    Text(String),
    Hole(Hole),
}

impl Parse for Sentence {
    fn parse(input: ParseStream<'_>) -> syn::Result<Sentence> {
        let text = input.parse()?;
        let many = match input.parse::<Option<Token![|]>>()? {
            Some(_) => {
                let many = input.parse()?;
                input.parse::<Token![%]>()?;
                Some((many, input.parse()?))
            }
            None => None,
        };
        let mut arguments = Vec::new();
        while input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            let is_named = input.peek(Ident) && input.peek2(Token![=]) && !input.peek2(Token![==]);
            let name = if is_named { Some(input.parse::<Ident>()?) } else { None };
            if is_named {
                input.parse::<Token![=]>()?;
            }
            arguments.push(Argument { name, value: input.parse()? });
        }
        if !input.is_empty() {
            return Err(input.error("a comma, or the end"));
        }
        Ok(Sentence { text, many, arguments })
    }
}

impl Sentence {
    /// The text in the language of whoever is spoken to.
    pub fn said(&self) -> TokenStream {
        if self.many.is_some() {
            return self.counted();
        }
        let text = &self.text;
        let pieces = match self.pieces(text) {
            Ok(pieces) => pieces,
            Err(error) => return error.to_compile_error(),
        };
        if !pieces.iter().any(|piece| matches!(piece, Piece::Hole(_))) {
            return match self.arguments.first() {
                Some(_) => {
                    syn::Error::new(text.span(), "there is no hole for what follows").to_compile_error()
                }
                None => quote!(::speech::text(module_path!(), #text)),
            };
        }
        let (plain, holes) = (self.plain(text), holes(&pieces, text.span()));
        quote! {
            if ::speech::is_plain() { #plain } else { ::speech::filled(module_path!(), #text, &[#(#holes),*]) }
        }
        .braced()
    }

    /// The text that goes with the number.
    fn counted(&self) -> TokenStream {
        let Some((many, number)) = &self.many else { return TokenStream::new() };
        let one = &self.text;
        // The number is at hand as `n` in both texts.
        let both = match (self.pieces(one), self.pieces(many)) {
            (Ok(one), Ok(many)) => one.into_iter().chain(many).collect::<Vec<_>>(),
            (Err(error), _) | (_, Err(error)) => return error.to_compile_error(),
        };
        let mut seen = Vec::new();
        let both: Vec<Piece> = both
            .into_iter()
            .filter(|piece| match piece {
                Piece::Hole(hole) if !seen.contains(&hole.name) => {
                    seen.push(hole.name.clone());
                    true
                }
                _ => false,
            })
            .collect();
        let holes = holes(&both, many.span());
        let n = Ident::new("n", many.span());
        quote! {
            let #n = ::speech::Number::from(#number);
            ::speech::counted(module_path!(), #n, #one, #many, &[#(#holes),*])
        }
        .braced()
    }

    /// A sentence whose holes are markup.
    pub fn told(&self) -> TokenStream {
        let text = &self.text;
        let pieces = match self.pieces(text) {
            Ok(pieces) => pieces,
            Err(error) => return error.to_compile_error(),
        };
        let plain = pieces.iter().map(|piece| match piece {
            Piece::Text(text) => quote!(#text),
            Piece::Hole(Hole { value, .. }) => quote!((#value)),
        });
        let holes = pieces.iter().filter_map(|piece| match piece {
            Piece::Text(_) => None,
            Piece::Hole(Hole { name, value, .. }) => Some(quote!((#name, &(#value) as &dyn ::maud::Render))),
        });
        quote! {
            if ::speech::is_plain() {
                ::maud::html! { #(#plain)* }
            } else {
                ::speech::told(module_path!(), #text, &[#(#holes),*])
            }
        }
        .braced()
    }

    fn plain(&self, text: &LitStr) -> TokenStream {
        let arguments = self.arguments.iter().map(|Argument { name, value }| match name {
            Some(name) => quote!(#name = #value),
            None => quote!(#value),
        });
        quote!(::std::format!(#text #(, #arguments)*))
    }

    /// The text and its holes, each with what fills it.
    fn pieces(&self, text: &LitStr) -> syn::Result<Vec<Piece>> {
        pieces::pieces(&text.value())
            .into_iter()
            .map(|piece| match piece {
                pieces::Piece::Text(words) => Ok(Piece::Text(words)),
                pieces::Piece::Hole { name, format } => {
                    self.hole(name, &format, text.span()).map(Piece::Hole)
                }
            })
            .collect()
    }

    fn hole(&self, name: String, format: &str, at: Span) -> syn::Result<Hole> {
        let format = if format.is_empty() { "{}".to_owned() } else { format!("{{:{format}}}") };
        let given = |name: &str| {
            self.arguments.iter().find(|one| one.name.as_ref().is_some_and(|found| found == name))
        };
        let number: Option<usize> = name.parse().ok();
        let value = match number {
            Some(number) => match self.arguments.get(number) {
                Some(Argument { value, .. }) => quote!(#value),
                None => return Err(syn::Error::new(at, format!("nothing fills the hole {number}"))),
            },
            None => match given(&name) {
                Some(Argument { value, .. }) => quote!(#value),
                None => {
                    let name = Ident::new(&name, at);
                    quote!(#name)
                }
            },
        };
        Ok(Hole { name, format, value })
    }
}

fn holes(pieces: &[Piece], at: Span) -> Vec<TokenStream> {
    let hole = |piece: &Piece| match piece {
        Piece::Text(_) => None,
        Piece::Hole(Hole { name, format, value }) => {
            let format = LitStr::new(format, at);
            Some(quote!((#name, ::std::format_args!(#format, #value))))
        }
    };
    pieces.iter().filter_map(hole).collect()
}

/// Tokens as one block.
trait Braced {
    fn braced(self) -> TokenStream;
}

impl Braced for TokenStream {
    fn braced(self) -> TokenStream {
        quote!({ #self })
    }
}
