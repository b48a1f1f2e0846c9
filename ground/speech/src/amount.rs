//! Money and decimals as people write them.

use kernel::Money;

use crate::{Language, grouped, language};

/// `€3,184.50`, in German `3.184,50 €`: with a true minus, and nothing at which it breaks.
pub fn money(amount: Money) -> String {
    match language() {
        Language::English => amount.to_string(),
        Language::German => {
            let digits = amount.decimal();
            let (sign, digits) = match digits.strip_prefix('-') {
                Some(rest) => ("\u{2212}", rest),
                None => ("", digits.as_str()),
            };
            let (whole, minor) = match digits.split_once('.') {
                Some((whole, minor)) => (whole, format!(",{minor}")),
                None => (digits, String::new()),
            };
            let currency = match amount.currency.sign() {
                Some(own) => own.to_string(),
                None => amount.currency.to_string(),
            };
            format!("{sign}{}{minor}\u{a0}{currency}", grouped(whole))
        }
    }
}

/// A plain decimal, `12.5`, with the sign that the language has before a fraction.
pub fn decimal(plain: &str) -> String {
    match language() {
        Language::English => plain.to_owned(),
        Language::German => plain.replace('.', ","),
    }
}

/// A decimal as somebody typed it, in the form that is stored: in German `1.480,50` is `1480.50`. What is written with a point
/// is left as it is, so that both are understood.
pub fn read_decimal(typed: &str) -> String {
    match language() {
        Language::German if typed.contains(',') => typed.replace('.', "").replace(',', "."),
        _ => typed.to_owned(),
    }
}
