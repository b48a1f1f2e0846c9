//! Whom one speaks to, for a piece of work on this thread.

use std::{cell::RefCell, sync::Arc};

use crate::{
    DisplayWords, Language, Number,
    catalogue::{self, Entry},
    template::Template,
};

/// Whom one speaks to: their language, and what their house calls things.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listener {
    /// Their language.
    pub language: Language,
    /// What their house calls a party, a client, a customer.
    pub words: DisplayWords,
}

thread_local! {
    static CURRENT: RefCell<Option<Arc<Listener>>> = const { RefCell::new(None) };
}

/// Does `work` with everything said to `listener`; whoever was spoken to before is again afterwards, also when it breaks off.
pub fn speaking<T>(listener: Arc<Listener>, work: impl FnOnce() -> T) -> T {
    struct Before(Option<Arc<Listener>>);
    impl Drop for Before {
        fn drop(&mut self) {
            CURRENT.with(|current| current.replace(self.0.take()));
        }
    }
    // Plain English needs no looking up.
    let listener = Some(listener).filter(|listener| **listener != Listener::default());
    let _before = Before(CURRENT.with(|current| current.replace(listener)));
    work()
}

/// Does `work` with everything said in plain English: for what is compared or kept, whoever is spoken to.
pub fn plainly<T>(work: impl FnOnce() -> T) -> T {
    speaking(Arc::default(), work)
}

/// Whether texts are said as they stand in the code.
pub fn is_plain() -> bool {
    CURRENT.with(|current| current.borrow().is_none())
}

/// The language that is spoken.
pub fn language() -> Language {
    CURRENT.with(|current| current.borrow().as_ref().map(|listener| listener.language)).unwrap_or_default()
}

/// Whom one speaks to.
pub(crate) fn with<T>(work: impl FnOnce(&Listener) -> T) -> T {
    let current = CURRENT.with(|current| current.borrow().clone());
    work(current.as_deref().unwrap_or(&Listener::default()))
}

impl Listener {
    /// A text, written by `write`.
    pub(crate) fn say(&self, module: &str, english: &str, write: impl Fn(&Template) -> String) -> String {
        match catalogue::of(self.language).and_then(|all| all.find(module, english)) {
            Some(Entry { forms, .. }) => self.written(forms.first(), write),
            None => self.written(Some(&Template::read(english)), write),
        }
    }

    /// The text that goes with a number.
    pub(crate) fn count(
        &self,
        module: &str,
        n: Number,
        one: &str,
        many: &str,
        write: impl Fn(&Template) -> String,
    ) -> String {
        let form = usize::from(!n.is_one());
        match catalogue::of(self.language)
            .and_then(|all| all.find(module, one))
            .filter(|entry| entry.counts())
        {
            Some(entry) => self.written(entry.forms.get(form), write),
            None => self.written(Some(&Template::read(if n.is_one() { one } else { many })), write),
        }
    }

    /// The noun that goes with a number, from whichever crate has it.
    pub(crate) fn noun(&self, n: Number, one: &str, many: &str) -> String {
        let form = usize::from(!n.is_one());
        let found = catalogue::of(self.language).and_then(|all| all.noun(one, many)?.forms.get(form));
        let plain = Template::whole(if n.is_one() { one } else { many });
        self.written(Some(found.unwrap_or(&plain)), Template::bare)
    }

    /// A word of a closed vocabulary.
    pub(crate) fn word(&self, module: &str, english: &str) -> String {
        let found = catalogue::of(self.language).and_then(|all| all.find(module, english)?.forms.first());
        self.written(Some(found.unwrap_or(&Template::whole(english))), Template::bare)
    }

    /// In the words of the house.
    fn written(&self, template: Option<&Template>, write: impl Fn(&Template) -> String) -> String {
        let Some(template) = template else { return String::new() };
        match self.words.of(self.language) {
            [] => write(template),
            words => write(&template.changed(|text| crate::display::replaced(words, self.language, text))),
        }
    }
}
