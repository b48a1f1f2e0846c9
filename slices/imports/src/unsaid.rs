//! What a file does not say in words but its values tell: how its cells are written, its currency.

use accounts::NUMBERING;
use kernel::Currency;
use timeline::fact::Offer;

use crate::{
    DateOrder, DecimalSign, Meaning, Target,
    found::Found,
    mapping::{Fixed, Formats},
    meaning::Reads,
    profile::Profile,
    vocabulary::folded,
};

/// How the cells of the columns that mean something are written.
pub(crate) fn formats(found: &Found, profiles: &[Profile]) -> Formats {
    let of = |meaning: Meaning| found.get(&meaning).map(|found| &profiles[found.column]);
    let decimal = decimal(found, profiles);
    let ids = found.keys().copied().filter(|meaning| meaning.reads() == Reads::Id);
    let differing = found.iter().filter(|(meaning, _)| meaning.is_number());
    let dated = found.keys().copied().filter(|meaning| meaning.reads() == Reads::Date);
    let order_of = |meaning: Meaning| of(meaning).map(|profile| profile.dates.order().0);
    let first = order_of(Meaning::Date).or_else(|| dated.clone().find_map(order_of));
    let dates = first.unwrap_or(DateOrder::YearFirst);
    Formats {
        minor_units: false,
        dates,
        dates_of: dated
            .filter_map(|meaning| Some((meaning, order_of(meaning)?)))
            .filter(|(_, order)| *order != dates)
            .collect(),
        decimal,
        decimal_of: differing
            .map(|(meaning, found)| (*meaning, profiles[found.column].numbers.sign()))
            .filter(|(_, (sign, sure))| *sure && *sign != decimal && profiles.len() > 1)
            .map(|(meaning, (sign, _))| (meaning, sign))
            .collect(),
        whole_days: of(Meaning::Date).is_some_and(|profile| profile.dates.whole_days()),
        float_ids: ids.filter(|id| of(*id).is_some_and(Profile::is_float_ids)).collect(),
    }
}

/// What the file does not tell, as far as its values let it be guessed.
pub(crate) fn fixed(target: Target, names: &[String], profiles: &[Profile], found: &Found) -> Fixed {
    let amounts = found.iter().filter(|(meaning, _)| meaning.reads() == Reads::Amount);
    let amounts = amounts.map(|(_, found)| found.column);
    let texts = amounts.flat_map(|at| profiles[at].samples.iter().chain([&names[at]]));
    let signed = texts.into_iter().find_map(|text| currency_in(text));
    let goods =
        [Meaning::Sku, Meaning::Quantity, Meaning::UnitPrice].iter().all(|part| found.contains_key(part));
    Fixed {
        line: if target.needs_line() { "Shop".to_owned() } else { String::new() },
        industry: None,
        offer: goods.then_some(Offer::Goods),
        channel: None,
        currency: signed.filter(|_| !found.contains_key(&Meaning::Currency)),
        zone: "UTC".to_owned(),
        party_space: numbering(names, found),
        record_space: None,
        as_of: None,
        topic: None,
    }
}

/// Whose numbers the ids of parties are, by what their column is called.
fn numbering(names: &[String], found: &Found) -> String {
    let column = found.get(&Meaning::PartyId).map(|reason| folded(&names[reason.column]));
    let space = match column.as_deref() {
        Some("contactid" | "personid") => "contacts",
        Some("userid") => "users",
        _ => NUMBERING,
    };
    space.to_owned()
}

/// The decimal sign that most of the amounts have.
pub(crate) fn decimal(found: &Found, profiles: &[Profile]) -> DecimalSign {
    let amounts = found.iter().filter(|(meaning, _)| meaning.is_number());
    let signs: Vec<_> = amounts.map(|(_, found)| profiles[found.column].numbers.sign()).collect();
    signs.iter().find(|(_, sure)| *sure).or(signs.first()).map_or_else(Default::default, |(sign, _)| *sign)
}

/// The currency whose sign or code stands in a text.
fn currency_in(text: &str) -> Option<Currency> {
    let signs = [('£', "GBP"), ('€', "EUR"), ('$', "USD")];
    let signed = signs.iter().find(|(sign, _)| text.contains(*sign)).map(|(_, code)| *code);
    let words = text.split(|letter: char| !letter.is_ascii_alphabetic());
    let coded = words.filter(|word| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase()));
    signed.into_iter().chain(coded).find_map(|code| Currency::parse(code).ok())
}
