//! Finds the words of a page or a sentence where they are written, so that they can be said in another language.
//!
//! Use them through the crate `speech`, which says how they are looked up.

mod markup;
mod pieces;
mod sentence;

use proc_macro::TokenStream;
use quote::quote;

/// Markup as `maud::html!` makes it, all of whose words can be said in another language: texts with a letter in them that
/// stand as content, and those of attributes that are read to people (`aria-label`, `title`, `placeholder`, `alt`).
#[proc_macro]
pub fn html(input: TokenStream) -> TokenStream {
    let body = markup::spoken(input.into());
    quote!(::maud::html! { #body }).into()
}

/// A text in the language of whoever is spoken to: `say!("It ends on {day}.")`, `say!("{} of {}", part, whole)`.
///
/// Without holes it is a `Cow<'static, str>`, else a `String`. With a number that the words follow:
/// `say!("one file of {place}" | "{n} files of {place}" % n)`; `n` is what stands behind the sign, a whole number.
#[proc_macro]
pub fn say(input: TokenStream) -> TokenStream {
    let sentence = syn::parse_macro_input!(input as sentence::Sentence);
    sentence.said().into()
}

/// A sentence whose holes are markup: `tell!("Judged {on}, by {policy}", on = time(day), policy = html! { … })`. Gives
/// `maud::Markup`; its own words are escaped.
#[proc_macro]
pub fn tell(input: TokenStream) -> TokenStream {
    let sentence = syn::parse_macro_input!(input as sentence::Sentence);
    sentence.told().into()
}
