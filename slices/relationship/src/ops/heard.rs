//! Who of ours heard a party say how it wants to be dealt with.

use ::store::Tx;
use accounts::store::audit::everybody;
use kernel::{Context, Problem, Result};
use speech::say;
use timeline::{AccountId, Fact, LineId, fact::Dealing};

use super::preference::known;
use crate::preference::Stated;

/// The name of somebody of ours, as it is written with us: one of the house, or one who serves them.
pub(super) fn one_of_us(
    cx: &Context,
    tx: &mut Tx<'_>,
    (account, line): (AccountId, LineId),
    name: String,
) -> Result<String> {
    let serving = known(cx, tx, account, line)?.into_iter().filter_map(|(_, entry)| match entry.fact {
        Fact::Assignment(one) => Some(one.person),
        _ => None,
    });
    let ours: Vec<String> = everybody(tx)?.into_iter().chain(serving).collect();
    let same = |ours: &String| ours.to_lowercase() == name.to_lowercase();
    ours.into_iter().find(same).ok_or_else(|| {
        let text = say!(
            "{name:?} is nobody of ours: neither a person of the house nor one who serves them by name; say who of us heard \
             them, or leave it out where you did"
        );
        Problem::invalid("heard_by", "preference.heard_by", text)
    })
}

/// Why more contact is not noted by nobody.
pub(super) fn unheard(dealing: Dealing, stated: &Stated<'_>) -> Problem {
    let text = say!(
        "cannot note \u{201c}{}\u{201d}: they want {}, {}, and asking for more contact is theirs alone; say who of us \
         heard them say so",
        dealing.spoken(),
        stated.said.dealing().spoken(),
        stated.since()
    );
    Problem::invalid("heard_by", "preference.heard", text)
}
