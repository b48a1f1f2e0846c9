//! Money on a page: currency, grouping, minor units always, a true minus.

use kernel::Money;
use maud::Markup;
use speech::html;

/// `€3,184.50`, `CHF 5,405.00`, `−£49.79`; never broken over two lines.
pub fn money(amount: Money) -> Markup {
    html! { span .money { (money_text(amount)) } }
}

/// The same where only text may stand.
pub fn money_text(amount: Money) -> String {
    speech::money(amount)
}

/// A figure of a list with the kind of value it is: contracted, expected.
pub fn figure(amount: Option<Money>, basis: &str) -> Markup {
    html! {
        @match amount {
            Some(amount) => { (money(amount)) span .basis { (basis) } },
            None => { span .faint { "–" } span .basis {} },
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::Currency;

    use super::*;

    #[test]
    fn an_amount_is_whole_and_grouped_and_names_its_currency() {
        let shown: Vec<_> = [
            ("EUR", 31_845_000),
            ("CHF", 54_050_000),
            ("GBP", -497_900),
            ("JPY", 12_345_000),
            ("KWD", 1_234_567),
            ("EUR", -40),
        ]
        .map(|(code, amount)| money_text(Money::new(amount, Currency::parse(code).unwrap())))
        .into();
        assert_eq!(
            shown,
            ["€3,184.50", "CHF\u{a0}5,405.00", "−£49.79", "¥1,234", "KWD\u{a0}123.457", "€0.00"]
        );
    }
}
