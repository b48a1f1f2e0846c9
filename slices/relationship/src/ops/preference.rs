//! How a party wants to be dealt with, shown: what is in force, everything that was stated, what they seem to want.

use ::store::{DataClass, Tx};
use accounts::ops::Source;
use kernel::{Context, Day, Permission, Result};
use schemars::JsonSchema;
use serde::Serialize;
use slice::{Act, Head, Method};
use speech::say;
use timeline::{
    AccountId, Entry, LineId,
    store::{self as facts, SourceNames},
};

use super::explanation::Named;
use crate::{
    history::of_a_day,
    phrase,
    preference::{Preferences, Stated},
    store::current,
    suggestion::Suggestion,
};

pub(super) const VIEW: Head = Head {
    name: "preference.view",
    act: Act::Read,
    method: Method::Get,
    path: "/relationships/{id}/preference",
    command: "preference {id}",
    permission: Permission::Read,
    class: DataClass::Personal,
    sentence: "Shows how a party wants to be dealt with: what is in force, who said so when, everything that was stated \
               before, and what they seem to want where they have not spoken.",
    examples: &["mainstay preference rel_x7Kq2"],
};

/// How a party wants to be dealt with.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownPreference {
    /// The id of the relationship.
    pub relationship: String,
    /// What is in force: no_relationship, just_transactions, renewals_only, open_to_advice; absent where nothing was
    /// stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_force: Option<String>,
    /// The same as a sentence, with whose word it is and since when.
    pub sentence: String,
    /// Everything that was stated, the newest first.
    pub stated: Vec<ShownStated>,
    /// What they seem to want, by what they do; nothing until a person accepts it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<ShownSuggestion>,
}

/// A preference as somebody stated it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownStated {
    /// The fact.
    pub fact: String,
    /// The day it was said.
    pub on: String,
    /// What was in force before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What it says.
    pub says: String,
    /// Whose word it is: theirs (they put it down themselves), told (we were told), ours (nobody said it).
    pub hand: String,
    /// Which of them said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// How we know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
    /// Who of us noted it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noted_by: Option<String>,
    /// The import and the row it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// It was said of everything they do with us, not of this service line alone.
    pub everywhere: bool,
    /// Whether it counts: it asks for no more contact than a stronger word allows.
    pub counts: bool,
    /// All of it as a sentence.
    pub sentence: String,
}

/// What they seem to want.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShownSuggestion {
    /// What they seem to want.
    pub says: String,
    /// What it is concluded from.
    pub reason: String,
    /// The facts behind it.
    pub facts: Vec<String>,
}

/// Shows how a party wants to be dealt with.
///
/// # Errors
/// `relationship.none`.
pub fn view(cx: &Context, tx: &mut Tx<'_>, input: Named) -> Result<ShownPreference> {
    let place = current::place(cx, tx, cx.codes.read(&input.id)?)?;
    of_place(cx, tx, input.id, place)
}

/// The same for a relationship whose account the caller may see.
///
/// # Errors
/// `store.statement`, `timeline.body`.
pub fn of_place(
    cx: &Context,
    tx: &mut Tx<'_>,
    relationship: String,
    (account, line): (AccountId, LineId),
) -> Result<ShownPreference> {
    let entries = known(cx, tx, account, line)?;
    let names = facts::source_names(tx, entries.iter().filter_map(|(_, entry)| entry.source))?;
    let stated = Preferences::of(days(&entries));
    let suggestion = Suggestion::of(days(&entries), cx.today(), &stated).map(|suggestion| ShownSuggestion {
        says: suggestion.dealing.as_str().to_owned(),
        reason: suggestion.reason,
        facts: suggestion.facts.into_iter().map(|fact| cx.codes.write(fact)).collect(),
    });
    Ok(ShownPreference {
        relationship,
        in_force: stated.in_force().map(|word| word.said.dealing().as_str().to_owned()),
        sentence: match stated.in_force() {
            Some(word) => format!("{}, {}.", phrase::capital(word.said.dealing().spoken()), word.since()),
            None => say!("They have not said how they want to be dealt with.").into_owned(),
        },
        stated: stated.stated().iter().rev().map(|one| shown(cx, one, &names)).collect(),
        suggestion,
    })
}

/// What was stated of a party up to today, with its days, in the order of day and id, on whatever line.
pub(super) fn said(cx: &Context, tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<(Day, Entry)>> {
    Ok(in_order(cx, facts::preferences(tx, &[account])?.into_values().flatten()))
}

/// Those of them that hold for a line: said of it, or of everything.
pub(super) fn on_line(said: &[(Day, Entry)], line: LineId) -> impl Iterator<Item = (Day, &Entry)> + Clone {
    days(said).filter(move |(_, entry)| entry.line == line || entry.line.0 == 0)
}

/// What is known of a relationship up to today, with its days, in the order of day and id.
pub(super) fn known(
    cx: &Context,
    tx: &mut Tx<'_>,
    account: AccountId,
    line: LineId,
) -> Result<Vec<(Day, Entry)>> {
    Ok(in_order(cx, facts::facts(tx, account, line)?))
}

/// Facts up to today with their days, in the order of day and id.
pub(super) fn in_order(cx: &Context, entries: impl IntoIterator<Item = Entry>) -> Vec<(Day, Entry)> {
    let today = cx.today();
    let days = entries.into_iter().map(|entry| (entry.occurred.day(&cx.zone), entry));
    let mut known: Vec<_> = days.filter(|(day, _)| *day <= today).collect();
    known.sort_by(|(day, one), (other_day, other)| day.cmp(other_day).then_with(|| of_a_day(one, other)));
    known
}

pub(super) fn days(entries: &[(Day, Entry)]) -> impl Iterator<Item = (Day, &Entry)> + Clone {
    entries.iter().map(|(day, entry)| (*day, entry))
}

fn shown(cx: &Context, stated: &Stated<'_>, names: &SourceNames) -> ShownStated {
    let said = stated.said;
    let (dealing, since) = (phrase::capital(said.dealing().spoken()), stated.since());
    let sentence = match (stated.counts, stated.is_known()) {
        (true, _) => format!("{dealing}, {since}."),
        (false, true) => {
            say!("{dealing}, {since}; it does not count, since they asked for less themselves.")
        }
        (false, false) => say!(
            "{dealing}, {since}; it does not count, since they asked for less and nothing says how this is known."
        ),
    };
    ShownStated {
        fact: cx.codes.write(stated.entry.id),
        on: stated.day.to_string(),
        before: stated.before.map(|dealing| dealing.as_str().to_owned()),
        says: said.dealing().as_str().to_owned(),
        hand: said.hand.as_str().to_owned(),
        by: said.by.clone(),
        how: said.how.clone(),
        noted_by: said.noted_by.clone(),
        source: stated.entry.source.map(|source| Source::of(cx, source, names)),
        everywhere: stated.entry.line.0 == 0,
        counts: stated.counts,
        sentence,
    }
}
