//! What a switch leaves alone of contracts: whatever was agreed is owed, whatever the class that counts.

use ::store::Tx;
use kernel::{Context, Result};
use slice::{Consequence, Consequences, Switching};
use timeline::{AccountId, fact::Promised};

use crate::{store, words::Kind};

/// What the contracts bring.
pub const CONSEQUENCES: Consequences = Consequences { of: "contracts", foresee, deeds: None };

/// Contracts that are told one by one.
const MOST: i64 = 5;
const WHY: &str = "What was agreed is owed, whatever the class that counts";

fn foresee(cx: &Context, tx: &mut Tx<'_>, switching: &Switching) -> Result<Vec<Consequence>> {
    let account = AccountId::new(switching.account);
    let today = cx.today();
    let which = store::Which { line: switching.line, account, on: today, begun: true, ended: false };
    let mut found = store::list(cx, tx, which, None, MOST + 1)?;
    let more = i64::try_from(found.len()).is_ok_and(|count| MOST < count);
    found.truncate(usize::try_from(MOST).unwrap_or(0));
    let told = found.into_iter().map(|(_, _, contract)| {
        let terms = contract.terms_on(today);
        let name = terms.name.as_deref().unwrap_or(&contract.key);
        let how = promised(terms.promises.as_deref().unwrap_or_default());
        let kind = match contract.kind {
            Kind::Contract => "Contract",
            Kind::Subscription => "Subscription",
        };
        Consequence::stays(format!("{kind} {name}"), how, WHY)
    });
    let rest = more.then(|| Consequence::stays("More contracts", "as they are", WHY));
    Ok(told.chain(rest).collect())
}

/// `promises a named person and reviews; price and terms as agreed`.
fn promised(promises: &[Promised]) -> String {
    let word = |promise: &Promised| match promise {
        Promised::NamedPerson => "a named person",
        Promised::Reviews => "reviews",
    };
    let words: Vec<_> = promises.iter().map(word).collect();
    match words.is_empty() {
        true => "price and terms as agreed".to_owned(),
        false => format!("promises {}; price and terms as agreed", words.join(" and ")),
    }
}
