//! In which language somebody is spoken to, and what the house calls things.

use kernel::{Actor, Context, Permission, Problem, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use slice::{Act, Head, Method};
use speech::{Language, say};
use store::{DataClass, Tx};

use super::Nothing;
use crate::{
    PersonId,
    house_word::{self, HouseWord, Word},
    store::{house_words, people},
};

pub(super) const LANGUAGE: Head = Head {
    name: "person.language",
    act: Act::Write,
    method: Method::Put,
    path: "/language",
    command: "language",
    permission: Permission::Read,
    class: DataClass::Personal,
    sentence: "Sets the language in which pages speak to you, or to somebody else if you manage people.",
    examples: &["mainstay language --language de --person per_a1B2c"],
};

/// A person's language.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetLanguage {
    /// `en` or `de`; absent for whatever the browser prefers.
    #[serde(default)]
    pub language: Option<String>,
    /// The id of somebody else; needed on the command line of the house, which is nobody in particular.
    #[serde(default)]
    pub person: Option<String>,
}

/// What was set.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownLanguage {
    /// The id of the person.
    pub id: String,
    /// `en` or `de`; absent for whatever their browser prefers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// Sets a person's language.
///
/// # Errors
/// `access.language`, `access.no_person`, `access.left`, `access.forbidden` for somebody else's.
pub fn set_language(cx: &Context, tx: &mut Tx<'_>, input: SetLanguage) -> Result<ShownLanguage> {
    let id = match (&input.person, &cx.actor) {
        (Some(person), _) => cx.codes.read(person)?,
        (None, Actor::User { id, .. }) => PersonId::new(*id),
        (None, _) => {
            let why = say!("say whose language it is: the house itself speaks to nobody in particular");
            return Err(Problem::invalid("person", "access.no_person", why));
        }
    };
    if !matches!(cx.actor, Actor::User { id: own, .. } if own == id.0) {
        cx.require(Permission::Manage, "the language of somebody else")?;
    }
    let person = people::active(tx, id)?;
    let asked = input.language.as_deref().map(str::trim).filter(|language| !language.is_empty());
    let language = asked.map(house_word::language).transpose()?;
    people::set_language(tx, person.id, language)?;
    let language = language.map(|language| language.code().to_owned());
    Ok(ShownLanguage { id: cx.codes.write(person.id), language })
}

pub(super) const WORDS: Head = Head {
    name: "house.words",
    act: Act::Read,
    method: Method::Get,
    path: "/house/words",
    command: "house words",
    permission: Permission::Read,
    class: DataClass::Internal,
    sentence: "Lists what this house calls a party, a client and a customer on its pages, where it is not our word.",
    examples: &["mainstay house words"],
};

/// A word of the house.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownWord {
    /// In which language: `en` or `de`.
    pub language: String,
    /// Our word: `party`, `client` or `customer`.
    pub word: String,
    /// What pages say for one.
    pub one: String,
    /// What pages say for several.
    pub many: String,
}

/// Lists the words of the house.
///
/// # Errors
/// `store.statement`.
pub fn words(_: &Context, tx: &mut Tx<'_>, _: Nothing) -> Result<Vec<ShownWord>> {
    Ok(house_words::all(tx)?.iter().map(shown).collect())
}

fn shown(word: &HouseWord) -> ShownWord {
    ShownWord {
        language: word.language.code().to_owned(),
        word: word.word.as_str().to_owned(),
        one: word.one.clone(),
        many: word.many.clone(),
    }
}

pub(super) const WORD: Head = Head {
    name: "house.word",
    act: Act::Write,
    method: Method::Put,
    path: "/house/words/{language}/{word}",
    command: "house word {language} {word}",
    permission: Permission::Manage,
    class: DataClass::Internal,
    sentence: "Sets what pages say for a party, a client or a customer in a language; without words ours again. Programs still read ours.",
    examples: &["mainstay house word en client --one member --many members"],
};

/// What the house says.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetWord {
    /// In which language: `en` or `de`.
    pub language: String,
    /// Our word: `party`, `client` or `customer`.
    pub word: String,
    /// What to say for one; absent, with `many`, for our own word.
    #[serde(default)]
    pub one: Option<String>,
    /// What to say for several.
    #[serde(default)]
    pub many: Option<String>,
}

/// Sets a word of the house; gives what pages say now.
///
/// # Errors
/// `access.language`, `access.house_word`.
pub fn set_word(_: &Context, tx: &mut Tx<'_>, input: SetWord) -> Result<ShownWord> {
    let said = read(&input)?;
    let set = set_words(tx, said.language, vec![said])?;
    set.first()
        .map(shown)
        .ok_or_else(|| Problem::internal("access.house_word", "a word that was set is gone"))
}

/// What somebody wants the house to say; our own word where they give none.
///
/// # Errors
/// `access.language`, `access.house_word`.
pub(crate) fn read(input: &SetWord) -> Result<HouseWord> {
    let (language, word) = (house_word::language(&input.language)?, house_word::word(&input.word)?);
    let one = house_word::theirs("one", input.one.as_deref().unwrap_or_default())?;
    let many = house_word::theirs("many", input.many.as_deref().unwrap_or_default())?;
    if one.is_empty() != many.is_empty() {
        let field = if one.is_empty() { "one" } else { "many" };
        let why = say!("a word is needed for one and for several, or neither for our own word");
        return Err(Problem::invalid(field, "access.house_word", why));
    }
    Ok(match one.is_empty() {
        true => HouseWord::ours(language, word),
        false => HouseWord { language, word, one, many },
    })
}

/// Sets words of the house in a language, all of them or none; gives them.
///
/// # Errors
/// `access.house_word` where two would be called the same.
pub(crate) fn set_words(tx: &mut Tx<'_>, language: Language, new: Vec<HouseWord>) -> Result<Vec<HouseWord>> {
    let stored = house_words::all(tx)?;
    let known = |word: Word| {
        let said = new.iter().chain(&stored).find(|said| said.language == language && said.word == word);
        said.cloned().unwrap_or_else(|| HouseWord::ours(language, word))
    };
    let all = Word::ALL.map(known);
    for said in &new {
        if let Some(other) = all.iter().find(|other| other.word != said.word && other.is_like(said)) {
            let why = say!(
                "that is what a {} is called already; two things with one name could not be told apart",
                other.word.as_str()
            );
            return Err(Problem::invalid("one", "access.house_word", why));
        }
    }
    for said in &new {
        house_words::forget(tx, language, said.word)?;
        if *said != HouseWord::ours(language, said.word) {
            house_words::insert(tx, said)?;
        }
    }
    Ok(new)
}

/// The words of the house in every language, as texts take them.
///
/// # Errors
/// `store.statement`.
pub fn display_words(tx: &mut Tx<'_>) -> Result<speech::DisplayWords> {
    let mut all = speech::DisplayWords::default();
    for word in house_words::all(tx)? {
        all.0.entry(word.language).or_default().push(word.shown());
    }
    Ok(all)
}
