//! Language and words: in which language pages speak to whoever looks, and what the house calls things.

use kernel::{Permission, Problem, ProblemKind, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{Language, html, say};
use store::Tx;
use ui::{Button, Choice, Field, Group, Head, Note, Tabs, hidden};

use super::{LANGUAGE, PLACE, error, tabs};
use crate::{
    PersonId,
    house_word::{self, HouseWord, Word},
    ops::language::{SetLanguage, SetWord, read, set_language, set_words},
    store::{house_words, people},
};

struct LanguagePage<'a> {
    /// The person's own choice; nothing for whatever their browser prefers, or where nobody in particular looks.
    own: Option<Option<Language>>,
    words: Vec<HouseWord>,
    form: &'a [(String, String)],
    /// Of which language a form was refused, and why.
    wrong: Option<(String, Problem)>,
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
    let language = visit.field("language").map(str::to_owned);
    set_language(visit.cx, tx, SetLanguage { language, person: None })?;
    Ok(Reply::Go(LANGUAGE.to_owned()))
}

/// Answers `POST /language/{language}`: all words of the house in a language, or none of them.
pub(super) fn call(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let language = visit.part("language")?.to_owned();
    let mut said = Vec::new();
    for word in Word::ALL {
        let field = |part: &str| visit.field(&name(word, part)).map(str::to_owned);
        let (one, many) = (field("one"), field("many"));
        match read(&SetWord { language: language.clone(), word: word.as_str().to_owned(), one, many }) {
            Ok(word) => said.push(word),
            Err(problem) => {
                let at = problem.field.as_deref().map(|part| name(word, part));
                return answer(visit, tx, Some((language, Problem { field: at, ..problem })));
            }
        }
    }
    match set_words(tx, house_word::language(&language)?, said) {
        Err(problem) if problem.kind == ProblemKind::Invalid => answer(visit, tx, Some((language, problem))),
        set => set.map(|_| Reply::Go(LANGUAGE.to_owned())),
    }
}

/// The name of a field: of a word, for one or for several.
fn name(word: Word, part: &str) -> String {
    format!("{}.{part}", word.as_str())
}

fn answer(visit: &Visit<'_>, tx: &mut Tx<'_>, wrong: Option<(String, Problem)>) -> Result<Reply> {
    let own = match visit.cx.actor {
        kernel::Actor::User { id, .. } => Some(people::language(tx, PersonId::new(id))?),
        _ => None,
    };
    let page = LanguagePage {
        own,
        words: house_words::all(tx)?,
        form: &visit.form,
        wrong,
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
            @for language in Language::ALL { (self.house(language)) }
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
            form .form method="post" action=(LANGUAGE) {
                (hidden("csrf", self.csrf))
                (field.value(own.map_or("", Language::code)))
                div .acts { (Button::submit(say!("Speak it")).main_act()) }
            }
        }
    }

    /// What the house calls them in a language.
    fn house(&self, language: Language) -> Markup {
        let own_name = language.own_name();
        let body = html! {
            @if language == Language::English {
                p .small .soft {
                    "An insurer has members, a clinic has patients. Pages say the word of the house; the class stays what it is."
                }
            }
            @match self.may_manage {
                true => {
                    form .form method="post" action={ (LANGUAGE) "/" (language.code()) } {
                        (hidden("csrf", self.csrf))
                        @if let Some(problem) = self.above(language) { (Note::bad(ui::sentence(&problem.message))) }
                        @for word in Word::ALL { div .pair { (self.field(language, word, false)) (self.field(language, word, true)) } }
                        div .acts { (Button::submit(say!("Call them that"))) }
                    }
                },
                false => {
                    @for word in self.words.iter().filter(|word| word.language == language) {
                        @let (one, many) = word.word.ours(language);
                        p { (one) ", " (many) ": " (word.one) ", " (word.many) }
                    }
                },
            }
        };
        Group::new(say!("What this house calls them: {own_name}"), body).narrow().render()
    }

    /// What was refused of the words of a language.
    fn refused(&self, language: Language) -> Option<&Problem> {
        self.wrong.as_ref().filter(|(of, _)| of == language.code()).map(|(_, problem)| problem)
    }

    /// What is wrong with two words together, and stands beside no field.
    fn above(&self, language: Language) -> Option<&Problem> {
        self.refused(language)
            .filter(|problem| problem.field.as_deref().is_none_or(|field| !field.contains('.')))
    }

    fn field(&self, language: Language, word: Word, several: bool) -> Field<'static> {
        let (one, many) = word.ours(language);
        let (ours, name) = if several { (many, name(word, "many")) } else { (one, name(word, "one")) };
        let theirs = self.words.iter().find(|theirs| theirs.language == language && theirs.word == word);
        let stored = theirs.map(|theirs| if several { theirs.many.clone() } else { theirs.one.clone() });
        let refused = self.refused(language);
        let sent = self.form.iter().find(|(field, _)| *field == name).map(|(_, value)| value.clone());
        let value = sent.filter(|_| refused.is_some()).or(stored).unwrap_or_default();
        let field = Field::text(name.clone(), ours).id(format!("{}-{name}", language.code()));
        field.value(value).placeholder(ours).error(error(refused, &name))
    }
}
