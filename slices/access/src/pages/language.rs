//! Language and words: in which language pages speak to whoever looks, and what the house calls things.

use kernel::{Permission, Problem, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{Language, html, say};
use store::Tx;
use ui::{Button, Choice, Field, Group, Head, Tabs, hidden};

use super::{LANGUAGE, PLACE, error, tabs};
use crate::{
    PersonId,
    house_word::{HouseWord, Word},
    ops::language::{SetLanguage, SetWord, set_language, set_word},
    store::{house_words, people},
};

struct LanguagePage<'a> {
    /// The person's own choice; nothing for whatever their browser prefers, or where nobody in particular looks.
    own: Option<Option<Language>>,
    words: Vec<HouseWord>,
    typed: Option<(SetWord, Problem)>,
    may_manage: bool,
    tabs: Tabs<'static>,
    csrf: &'a str,
}

/// Answers `GET /language`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    answer(visit, tx, None)
}

/// Answers `POST /language`.
pub(super) fn choose(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let id = visit.cx.codes.write(PersonId::new(visit.cx.actor.number()));
    set_language(visit.cx, tx, SetLanguage { id, language: visit.field("language").map(str::to_owned) })?;
    Ok(Reply::Go(LANGUAGE.to_owned()))
}

/// Answers `POST /language/{language}/{word}`.
pub(super) fn call(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let field = |name: &str| visit.field(name).map(str::to_owned);
    let asked = || -> Result<SetWord> {
        let (language, word) = (visit.part("language")?.to_owned(), visit.part("word")?.to_owned());
        Ok(SetWord { language, word, one: field("one"), many: field("many") })
    };
    match set_word(visit.cx, tx, asked()?) {
        Err(problem) if problem.field.is_some() => answer(visit, tx, Some((asked()?, problem))),
        set => set.map(|_| Reply::Go(LANGUAGE.to_owned())),
    }
}

fn answer(visit: &Visit<'_>, tx: &mut Tx<'_>, typed: Option<(SetWord, Problem)>) -> Result<Reply> {
    let own = match visit.cx.actor {
        kernel::Actor::User { id, .. } => Some(people::language(tx, PersonId::new(id))?),
        _ => None,
    };
    let page = LanguagePage {
        own,
        words: house_words::all(tx)?,
        typed,
        may_manage: visit.cx.actor.may(Permission::Manage),
        tabs: tabs(visit, LANGUAGE),
        csrf: visit.csrf,
    };
    Ok(Reply::Page { title: say!("Language and words").into(), place: PLACE, body: page.render() })
}

impl Render for LanguagePage<'_> {
    fn render(&self) -> Markup {
        let lead = html! {
            "Pages speak the language that you choose; numbers, days and money are written as it writes them. Programs, exports \
             and what is on record stay as they are."
        };
        html! {
            (Head { title: say!("Language and words"), lead: Some(lead), ..Head::default() })
            (self.tabs)
            @if let Some(own) = self.own { (Group::new(say!("Your language"), self.choice(own)).narrow()) }
            (Group::new(say!("What this house calls them"), self.house()).narrow())
        }
    }
}

impl LanguagePage<'_> {
    fn choice(&self, own: Option<Language>) -> Markup {
        let browser = Choice::new("", say!("As my browser asks"));
        let each =
            Language::ALL.into_iter().map(|language| Choice::new(language.code(), language.own_name()));
        let choices = std::iter::once(browser).chain(each).collect();
        let field = Field::select("language", say!("Language"), choices);
        html! {
            form method="post" action=(LANGUAGE) {
                (hidden("csrf", self.csrf))
                (field.value(own.map_or("", Language::code)))
                p .acts { (Button::submit(say!("Speak it")).main_act()) }
            }
        }
    }

    fn house(&self) -> Markup {
        html! {
            p .small .soft {
                "An insurer has members, a clinic has patients. Pages say the word of the house; the class stays \
                 what it is."
            }
            @for language in Language::ALL {
                @for word in Word::ALL { (self.word(language, word)) }
            }
        }
    }

    fn word(&self, language: Language, word: Word) -> Markup {
        let theirs = self.words.iter().find(|one| one.language == language && one.word == word);
        let (our_one, our_many) = word.ours(language);
        let typed = self
            .typed
            .as_ref()
            .filter(|(typed, _)| typed.language == language.code() && typed.word == word.as_str());
        let problem = typed.map(|(_, problem)| problem);
        let value =
            |stored: Option<&str>, typed: Option<&str>| typed.or(stored).unwrap_or_default().to_owned();
        let typed_as = |part: fn(&SetWord) -> &Option<String>| {
            typed.map(|(typed, _)| part(typed).as_deref().unwrap_or_default())
        };
        let one = value(theirs.map(|word| word.one.as_str()), typed_as(|typed| &typed.one));
        let many = value(theirs.map(|word| word.many.as_str()), typed_as(|typed| &typed.many));
        let id = |part: &str| format!("{}-{}-{part}", language.code(), word.as_str());
        if !self.may_manage {
            return html! {
                @if let Some(theirs) = theirs { p { (our_one) ", " (our_many) ": " (theirs.one) ", " (theirs.many) } }
            };
        }
        html! {
            form .acts method="post" action={ (LANGUAGE) "/" (language.code()) "/" (word.as_str()) } {
                (hidden("csrf", self.csrf))
                (Field::text("one", say!("{our_one}, in {}", language.own_name())).id(id("one")).value(one).placeholder(our_one).error(error(problem, "one")))
                (Field::text("many", say!("{our_many}, in {}", language.own_name())).id(id("many")).value(many).placeholder(our_many).error(error(problem, "many")))
                (Button::submit(say!("Call them that")))
            }
        }
    }
}
