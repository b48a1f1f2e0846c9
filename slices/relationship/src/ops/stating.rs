//! Stating how a party wants to be dealt with: noted by somebody of ours, accepted as a suggestion, or put down by
//! the party itself.

use ::store::{DataClass, Tx};
use accounts::store::audit::people;
use kernel::{Context, Day, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::Deserialize;
use slice::{Act, Head, Method};
use speech::say;
use timeline::{
    AccountId, Entry, Fact, LineId,
    fact::{Dealing, Hand, Preference},
    store::{self as facts, NewFact},
};

use super::heard::{one_of_us, unheard};
use super::preference::{ShownPreference, days, known, of_place, on_line, said};
use crate::{
    jobs, phrase,
    preference::{Preferences, Stated},
    store::current,
    suggestion::Suggestion,
    word::words,
};

words! {
    /// How we were told.
    Heard {
        /// They called, or we did.
        Telephone = "telephone",
        /// On paper.
        Letter = "letter",
        /// In a message.
        Email = "email",
        /// Face to face.
        InPerson = "in person",
        /// On a form of theirs or ours.
        Form = "form",
        /// In another of our tools.
        Portal = "portal",
    }
}

impl Heard {
    /// As it stands in a sentence.
    pub(crate) fn spoken(self) -> &'static str {
        match self {
            Heard::Telephone => "by telephone",
            Heard::Letter => "by letter",
            Heard::Email => "by email",
            Heard::InPerson => "in person",
            Heard::Form => "on a form",
            Heard::Portal => "in another tool of ours",
        }
    }
}

pub(super) const STATE: Head = Head {
    name: "preference.state",
    act: Act::Write,
    method: Method::Post,
    path: "/relationships/{id}/preferences",
    command: "preference {id} state {says}",
    permission: Permission::Write,
    class: DataClass::Personal,
    sentence: "Notes how a party told us it wants to be dealt with: no relationship, just transactions, renewals only or \
               open to advice. What they put down themselves is not loosened by this.",
    examples: &[
        "mainstay preference rel_x7Kq2 state no-relationship --how telephone --by \"Ada Osterlund\" --on 2025-03-04",
        "mainstay preference rel_x7Kq2 state open-to-advice --how telephone --by \"Ada Osterlund\" --heard-by Dana",
    ],
};

/// What we were told.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// The id of the relationship.
    pub id: String,
    /// no-relationship, just-transactions, renewals-only or open-to-advice.
    pub says: String,
    /// How we were told: telephone, letter, email, in-person, form, portal.
    pub how: String,
    /// Which of them said so.
    #[serde(default)]
    pub by: Option<String>,
    /// The day on which they said so, such as 2025-03-04; today where absent.
    #[serde(default)]
    pub on: Option<String>,
    /// It holds for everything they do with us, not for this service line alone.
    #[serde(default)]
    pub everywhere: bool,
    /// Who of us heard it; whoever notes it where absent.
    #[serde(default)]
    pub heard_by: Option<String>,
}

/// Notes what we were told.
///
/// # Errors
/// `relationship.none`, `preference.word`, `preference.how`, `preference.day`, `preference.theirs` for more contact
/// than they allow themselves, `preference.heard` for more contact than before that nobody of us is said to have heard, and
/// `preference.heard_by` for somebody who is nobody of ours.
pub fn state(cx: &Context, tx: &mut Tx<'_>, input: State) -> Result<ShownPreference> {
    let place = current::place(cx, tx, cx.codes.read(&input.id)?)?;
    let dealing = dealing("says", &input.says)?;
    let how = heard(&input.how)?;
    let on = input.on.as_deref().map(|on| said_on(cx, on)).transpose()?;
    let word = Preference {
        by: spoken(input.by),
        how: Some(how.spoken().to_owned()),
        noted_by: match spoken(input.heard_by) {
            Some(name) => Some(one_of_us(cx, tx, place, name)?),
            None => noted_by(cx, tx)?,
        },
        ..Preference::saying(dealing)
    };
    let entries = said(cx, tx, place.0)?;
    let before = on_line(&entries, place.1).filter(|(day, _)| on.is_none_or(|on| *day <= on));
    let before = Preferences::of(before);
    if let Some(stronger) = before.against(word.hand, dealing) {
        return Err(theirs(&input.id, dealing, stronger));
    }
    let loosens = before.in_force().is_some_and(|stated| stated.said.dealing() < dealing);
    let is_nobody = word.noted_by.is_none() && cx.actor.number() <= 0;
    if let Some(stated) = before.in_force().filter(|_| loosens && is_nobody) {
        return Err(unheard(dealing, stated));
    }
    append(cx, tx, place, input.everywhere, on, word)?;
    of_place(cx, tx, input.id, place)
}

/// Why it is not noted, and what to do.
fn theirs(id: &str, dealing: Dealing, stronger: &Stated<'_>) -> Problem {
    let text = say!(
        "cannot note \u{201c}{}\u{201d}: they want {}, {}, and only they can ask for more contact; send them their \
         link (mainstay preference {id} link)",
        dealing.spoken(),
        stronger.said.dealing().spoken(),
        stronger.since()
    );
    Problem { field: Some("says".to_owned()), ..Problem::conflict("preference.theirs", text) }
}

/// A name, where one is written.
fn spoken(name: Option<String>) -> Option<String> {
    name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty())
}

pub(super) const ACCEPT: Head = Head {
    name: "preference.accept",
    act: Act::Write,
    method: Method::Post,
    path: "/relationships/{id}/preference/suggestion",
    command: "preference {id} accept {says}",
    permission: Permission::Write,
    class: DataClass::Personal,
    sentence: "Accepts what a party seems to want, with the reason of the suggestion; whatever they say themselves stands \
               above it.",
    examples: &["mainstay preference rel_x7Kq2 accept just-transactions"],
};

/// The suggestion that is accepted.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Accept {
    /// The id of the relationship.
    pub id: String,
    /// What is suggested, so that nobody accepts another suggestion than the one they saw.
    pub says: String,
}

/// Accepts what is suggested.
///
/// # Errors
/// `relationship.none`, `preference.word`, `preference.suggestion` where that is not suggested.
pub fn accept(cx: &Context, tx: &mut Tx<'_>, input: Accept) -> Result<ShownPreference> {
    let place = current::place(cx, tx, cx.codes.read(&input.id)?)?;
    let dealing = dealing("says", &input.says)?;
    let entries = known(cx, tx, place.0, place.1)?;
    // The reason is kept, so it is in English whoever accepts it.
    let suggestion =
        speech::plainly(|| Suggestion::of(days(&entries), cx.today(), &Preferences::of(days(&entries))));
    let Some(Suggestion { reason, .. }) = suggestion.filter(|suggestion| suggestion.dealing == dealing)
    else {
        let text =
            say!("{} is not suggested here any more; look at the relationship again", dealing.spoken());
        return Err(Problem::stale("preference.suggestion", text));
    };
    let word = Preference {
        hand: Hand::Ours,
        how: Some(reason),
        noted_by: noted_by(cx, tx)?,
        ..Preference::saying(dealing)
    };
    append(cx, tx, place, false, None, word)?;
    of_place(cx, tx, input.id, place)
}

/// Puts down what the party says itself; a second press of the same button changes nothing. The caller has seen to it
/// that it is the party.
///
/// # Errors
/// `store.statement`, `timeline.body`.
pub(super) fn put_down(
    cx: &Context,
    tx: &mut Tx<'_>,
    place: (AccountId, LineId),
    dealing: Dealing,
    everywhere: bool,
) -> Result<()> {
    let entries = said(cx, tx, place.0)?;
    // What they say of everything takes the place of what they said of any line, so the last of all has to be it.
    let theirs = |entry: &Entry| match &entry.fact {
        Fact::Preference(word) if word.hand == Hand::Theirs => Some((word.dealing(), entry.line.0 == 0)),
        _ => None,
    };
    let heard = |(_, entry): &(Day, Entry)| everywhere || entry.line == place.1 || entry.line.0 == 0;
    let last = entries.iter().filter(|one| heard(one)).filter_map(|(_, entry)| theirs(entry)).next_back();
    if last == Some((dealing, everywhere)) {
        return Ok(());
    }
    let how = Some("on their page".to_owned());
    append(
        cx,
        tx,
        place,
        everywhere,
        None,
        Preference { hand: Hand::Theirs, how, ..Preference::saying(dealing) },
    )
}

fn append(
    cx: &Context,
    tx: &mut Tx<'_>,
    (account, line): (AccountId, LineId),
    everywhere: bool,
    on: Option<Day>,
    word: Preference,
) -> Result<()> {
    let id = facts::allocate_facts(tx, 1)?
        .next()
        .ok_or_else(|| Problem::internal("preference.number", "no number for a fact was to be had"))?;
    let occurred = on.filter(|on| *on < cx.today()).map_or(cx.now, Day::moment);
    let line = if everywhere { LineId::new(0) } else { line };
    let fact = Fact::Preference(word);
    facts::append(cx, tx, &[NewFact { id, account, line, occurred, currency: None, source: None, fact }])?;
    // Lists of those who want to be left alone are asked at any moment: a wish stands in them at once.
    jobs::decide_at_once(cx, tx, &[(account, line)])?;
    facts::ask_judgement(cx, tx, LineId::new(0))
}

/// What is wanted, as it was typed.
pub(super) fn dealing(field: &str, text: &str) -> Result<Dealing> {
    Dealing::read(text).ok_or_else(|| {
        let words: Vec<_> = Dealing::ALL.iter().map(|dealing| dealing.spoken()).collect();
        let text = say!("{text:?} is no way of being dealt with; pick one of {}", words.join(", "));
        Problem::invalid(field, "preference.word", text)
    })
}

/// How we were told, as it was typed.
pub(super) fn heard(text: &str) -> Result<Heard> {
    Heard::parse(text.trim()).ok_or_else(|| {
        let words: Vec<_> = Heard::ALL.iter().map(|how| how.as_str()).collect();
        let text = say!("say how we were told, as one of {}; {text:?} is none", words.join(", "));
        Problem::invalid("how", "preference.how", text)
    })
}

pub(super) fn said_on(cx: &Context, text: &str) -> Result<Day> {
    let day = Day::parse(text).map_err(|problem| Problem { field: Some("on".to_owned()), ..problem })?;
    if cx.today() < day {
        let day = phrase::plain_day(day);
        let text = say!("{day} has not come yet; name the day on which they said so");
        return Err(Problem::invalid("on", "preference.day", text));
    }
    Ok(day)
}

/// The name of whoever notes it; none for the house itself.
pub(super) fn noted_by(cx: &Context, tx: &mut Tx<'_>) -> Result<Option<String>> {
    let number = cx.actor.number();
    if number <= 0 {
        return Ok(None);
    }
    Ok(people(tx, &[number])?.remove(&number))
}
