//! Tables that hold money or people and yet are no sales and no buyers: told by what they are called, with the reason, so
//! that a person can take them in all the same.

use super::look::Seen;
use crate::{Mapping, Target, vocabulary::folded};

/// People of ours, and those we buy from (R25).
const OURS: [&str; 18] = [
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
    "owner",
    "admin",
    "teammate",
    "location",
    "subsidiary",
    "department",
    "organizationsettings",
    "ourshop",
];

/// What is no sale, and in which words a page says so. The longer word stands first where one holds the other.
const NO_SALES: [(&str, &str); 24] = [
    ("refund", "money that went back"),
    ("chargeback", "money that went back"),
    ("creditnote", "credit that was given"),
    ("creditmemo", "credit that was given"),
    ("creditbalance", "credit that was given"),
    ("dispute", "disputes about payments"),
    ("payout", "what a payment service paid out to us"),
    ("transfer", "money moved between accounts of ours"),
    ("outboundpayment", "money that we paid"),
    ("deposit", "money put into the bank"),
    ("journalentr", "entries of bookkeeping"),
    ("balancetransaction", "entries of a payment service's own books"),
    ("paymentintent", "payments that were begun, whether they came or not"),
    ("tendertransaction", "payments of orders"),
    ("estimate", "offers that were made"),
    ("quote", "offers that were made"),
    ("draft", "drafts"),
    ("checkout", "baskets that nobody paid"),
    ("abandoned", "baskets that nobody paid"),
    ("applicationfee", "fees"),
    ("taxline", "taxes"),
    ("taxation", "taxes"),
    ("purchaseorder", "what we ordered from others"),
    ("vendorcredit", "what suppliers owe us"),
];

/// Why a table is left out until a person takes it in; nothing for one that comes in.
pub(super) fn unwanted(title: &str, seen: &Seen) -> Option<String> {
    let mapping = Mapping::draft(&seen.mapping).ok()?;
    let name = folded(title);
    if [Target::AccountsRecord, Target::ContactsRecord].contains(&mapping.target) {
        let is_ours = OURS.iter().any(|word| name.contains(word));
        return is_ours.then(|| {
            "its name says that these are people or places of ours or whom we buy from, and they would become accounts; \
             take it in if they buy from us"
                .to_owned()
        });
    }
    let is_money =
        [Target::OrdersRecord, Target::InvoicesRecord, Target::PaymentsRecord].contains(&mapping.target);
    let what = NO_SALES.iter().find(|(word, _)| is_money && name.contains(word)).map(|(_, what)| *what);
    let has = |word: &str| seen.columns.iter().any(|column| folded(&column.name) == word);
    let pays = mapping.target == Target::OrdersRecord && has("gateway") && has("orderid") && has("kind");
    let what = what.or_else(|| pays.then_some("payments of orders"))?;
    Some(format!(
        "its name or its columns say that these are {what}, and no sales; take it in if they are sales"
    ))
}
