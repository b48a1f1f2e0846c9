//! What a switch leaves alone of contracts: whatever was agreed is owed, whatever the class that counts.

use std::borrow::Cow;

use ::store::Tx;
use kernel::{Context, Result};
use slice::{Consequence, Consequences, Switching};
use speech::say;
use timeline::{AccountId, fact::Promised};

use crate::{store, words::Kind};

/// What the contracts bring.
pub const CONSEQUENCES: Consequences = Consequences { of: "contracts", foresee, deeds: None };

/// Contracts that are told one by one.
const MOST: i64 = 5;

fn why() -> Cow<'static, str> {
    say!("What was agreed is owed, whatever the class that counts")
}

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
        let what = match contract.kind {
            Kind::Contract => say!("Contract {name}"),
            Kind::Subscription => say!("Subscription {name}"),
        };
        Consequence::stays(what, how, why())
    });
    let rest = more.then(|| Consequence::stays(say!("More contracts"), say!("as they are"), why()));
    Ok(told.chain(rest).collect())
}

/// `promises a named person and reviews; price and terms as agreed`.
fn promised(promises: &[Promised]) -> String {
    let word = |promise: &Promised| match promise {
        Promised::NamedPerson => say!("a named person").into_owned(),
        Promised::Reviews => say!("reviews").into_owned(),
    };
    match promises.iter().map(word).reduce(|one, other| say!("{one} and {other}")) {
        None => say!("price and terms as agreed").into_owned(),
        Some(promised) => say!("promises {promised}; price and terms as agreed"),
    }
}
