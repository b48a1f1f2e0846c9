//! Tables that hold money or people and yet are no sales and no buyers: told by what they are called, with the reason, so
//! that a person can take them in all the same.

use super::look::Seen;
use crate::{Mapping, Target, vocabulary::folded};

/// People of ours, and those we buy from (R25).
const OURS: [&str; 12] = [
    "supplier",
    "vendor",
    "lieferant",
    "employee",
    "mitarbeiter",
    "staff",
    "shipper",
    "carrier",
    "salesperson",
    "salesrep",
    "organizationsettings",
    "ourshop",
];

/// The same, by a word that is said of others as often: dog owners may well be whom we serve. It tells only where the name
/// says nothing else.
const OURS_ALONE: [&str; 6] = ["owner", "admin", "teammate", "location", "subsidiary", "department"];

/// Words of a name that say nothing of its rows: what files are, and the tools that wrote them.
const NOTHING: [&str; 28] = [
    "data",
    "export",
    "exported",
    "list",
    "all",
    "record",
    "table",
    "object",
    "sheet",
    "csv",
    "report",
    "full",
    "api",
    "our",
    "my",
    "line",
    "order",
    "invoice",
    "hubspot",
    "stripe",
    "shopify",
    "salesforce",
    "zendesk",
    "intercom",
    "quickbook",
    "xero",
    "zuora",
    "woocommerce",
];

/// What is no sale, and in which words a page says so. The longer word stands first where one holds the other.
const NO_SALES: [(&str, &str); 19] = [
    ("refund", "money that went back"),
    ("chargeback", "money that went back"),
    ("creditnote", "credit that was given"),
    ("creditmemo", "credit that was given"),
    ("creditbalance", "credit that was given"),
    ("dispute", "disputes about payments"),
    ("payout", "what a payment service paid out to us"),
    ("outboundpayment", "money that we paid"),
    ("journalentr", "entries of bookkeeping"),
    ("balancetransaction", "entries of a payment service's own books"),
    ("paymentintent", "payments that were begun, whether they came or not"),
    ("tendertransaction", "payments of orders"),
    ("checkout", "baskets that nobody paid"),
    ("abandoned", "baskets that nobody paid"),
    ("applicationfee", "fees"),
    ("taxline", "taxes"),
    ("taxation", "taxes"),
    ("purchaseorder", "what we ordered from others"),
    ("vendorcredit", "what suppliers owe us"),
];

/// The same, by a word that is said of sales as often: airport transfers are rides. It tells only where the name says
/// nothing else.
const NO_SALES_ALONE: [(&str, &str); 5] = [
    ("transfer", "money moved between accounts of ours"),
    ("deposit", "money put into the bank"),
    ("estimate", "offers that were made"),
    ("quote", "offers that were made"),
    ("draft", "drafts"),
];

/// Why a table should not come in, and when it should all the same: `its name says that …` and `if they buy from us`;
/// nothing for one that comes in.
pub(super) fn unwanted(title: &str, seen: &Seen) -> Option<(String, &'static str)> {
    let mapping = Mapping::draft(&seen.mapping).ok()?;
    let name = folded(title);
    if [Target::AccountsRecord, Target::ContactsRecord].contains(&mapping.target) {
        let is_ours =
            OURS.iter().any(|word| name.contains(word)) || OURS_ALONE.iter().any(|word| is_all(title, word));
        let why = "its name says that these are people or places of ours or whom we buy from, and they would become accounts";
        return is_ours.then(|| (why.to_owned(), "if they buy from us"));
    }
    let is_money =
        [Target::OrdersRecord, Target::InvoicesRecord, Target::PaymentsRecord].contains(&mapping.target);
    let mut said = NO_SALES.iter().filter(|(word, _)| name.contains(word));
    let mut alone = NO_SALES_ALONE.iter().filter(|(word, _)| is_all(title, word));
    let what = said.next().or_else(|| alone.next()).filter(|_| is_money).map(|(_, what)| *what);
    let has = |word: &str| seen.columns.iter().any(|column| folded(&column.name) == word);
    let pays = mapping.target == Target::OrdersRecord && has("gateway") && has("orderid") && has("kind");
    let what = what.or_else(|| pays.then_some("payments of orders"))?;
    let why = format!("its name or its columns say that these are {what}, and no sales");
    Some((why, "if they are sales"))
}

/// Whether a name says this word, and nothing else that tells of its rows.
fn is_all(title: &str, wanted: &str) -> bool {
    let words = title.split(|c: char| !c.is_alphabetic()).map(folded).filter(|word| !word.is_empty());
    let mut words: Vec<String> = words.collect();
    for word in &mut words {
        let one = word.strip_suffix("ies").map(|stem| format!("{stem}y"));
        *word = one.unwrap_or_else(|| word.trim_end_matches('s').to_owned());
    }
    words.retain(|word| !NOTHING.contains(&word.as_str()));
    words == [wanted]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_others_say_of_sales_tells_only_by_itself() {
        for (title, word) in [("transfer_data", "transfer"), ("owners", "owner"), ("Draft Orders", "draft")] {
            assert!(is_all(title, word), "{title}");
        }
        assert!(is_all("hubspot-owners 2", "owner") && is_all("subsidiaries", "subsidiary"));
        for (title, word) in
            [("Airport transfers", "transfer"), ("Dog owners", "owner"), ("Drafty Windows", "draft")]
        {
            assert!(!is_all(title, word), "{title}");
        }
    }
}
