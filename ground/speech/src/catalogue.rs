//! Catalogues: what the texts of each crate are in another language.

use std::{collections::HashMap, fmt, sync::OnceLock};

use polib::po_file;

use crate::{Language, template::Template};

/// The texts of all crates in one language.
#[derive(Debug, Default)]
pub struct Catalogue {
    crates: HashMap<&'static str, HashMap<String, Entry>>,
}

/// A text: what it is, for one and for several; which crate of the same text is meant is told by the place.
#[derive(Debug)]
pub(crate) struct Entry {
    /// For one, for several; one form alone where no number is spoken of.
    pub(crate) forms: Vec<Template>,
    many: Option<String>,
}

/// A catalogue that cannot be read.
#[derive(Debug)]
pub struct Unreadable(String);

impl fmt::Display for Unreadable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for Unreadable {}

impl Entry {
    /// Whether it has forms for a number.
    pub(crate) fn counts(&self) -> bool {
        self.many.is_some()
    }
}

impl Catalogue {
    /// The catalogues of several crates, each the text of a PO file. A message with a context holds for the module of
    /// that name only (`panel` for `relationship::pages::panel`).
    ///
    /// # Errors
    /// What a PO file breaks, and of which crate it is; a hole that the English does not have.
    pub fn read(files: &[(&'static str, &str)]) -> Result<Catalogue, Unreadable> {
        let mut crates = HashMap::new();
        for (of, text) in files {
            let unreadable = |why: String| Unreadable(format!("the catalogue of {of}: {why}"));
            let read =
                po_file::parse_from_reader(text.as_bytes()).map_err(|error| unreadable(error.to_string()))?;
            let mut entries = HashMap::new();
            for message in read.messages() {
                let entry = Entry::of(message).map_err(unreadable)?;
                let Some(entry) = entry else { continue };
                let key = match message.msgctxt() {
                    Some(context) if !context.is_empty() => format!("{context}\u{4}{}", message.msgid()),
                    _ => message.msgid().to_owned(),
                };
                entries.insert(key, entry);
            }
            crates.insert(*of, entries);
        }
        Ok(Catalogue { crates })
    }

    /// A text of a module: by the module first, then of its crate, then of the components all pages are made of.
    pub(crate) fn find(&self, module: &str, english: &str) -> Option<&Entry> {
        let of = module.split("::").next().unwrap_or(module);
        let last = module.rsplit("::").next().unwrap_or(module);
        let own = self.crates.get(of);
        own.and_then(|entries| entries.get(&format!("{last}\u{4}{english}")).or_else(|| entries.get(english)))
            .or_else(|| self.crates.get("ui")?.get(english))
    }

    /// A noun, from whichever crate has it.
    pub(crate) fn noun(&self, one: &str, many: &str) -> Option<&Entry> {
        let nouns = self.crates.values().filter_map(|entries| entries.get(one));
        nouns.into_iter().find(|entry| entry.many.as_deref() == Some(many))
    }
}

impl Entry {
    /// Of a message; none of one that is not translated.
    fn of(message: &dyn polib::message::MessageView) -> Result<Option<Entry>, String> {
        if !message.is_translated() {
            return Ok(None);
        }
        let wrong = |error: &dyn fmt::Debug| format!("{:?}: {error:?}", message.msgid());
        let (many, texts) = match message.is_plural() {
            true => {
                let many = message.msgid_plural().map_err(|error| wrong(&error))?.to_owned();
                (Some(many), message.msgstr_plural().map_err(|error| wrong(&error))?.clone())
            }
            false => (None, vec![message.msgstr().map_err(|error| wrong(&error))?.to_owned()]),
        };
        let mut known = Template::read(message.msgid());
        let mut holes: Vec<String> = known.holes().into_iter().map(str::to_owned).collect();
        if let Some(many) = &many {
            known = Template::read(many);
            holes.extend(known.holes().into_iter().map(str::to_owned));
        }
        let forms: Vec<Template> = texts.iter().map(|text| Template::read(text)).collect();
        for form in &forms {
            if let Some(hole) = form.holes().into_iter().find(|hole| !holes.iter().any(|known| known == hole))
            {
                return Err(format!("{:?} has no hole {hole}", message.msgid()));
            }
        }
        Ok(Some(Entry { forms, many }))
    }
}

type Reader = fn() -> Result<Catalogue, Unreadable>;

static READER: OnceLock<Reader> = OnceLock::new();
static GERMAN: OnceLock<Option<Catalogue>> = OnceLock::new();

/// Says where the German comes from; it is read when German is first spoken. Whoever says so first is heard.
pub fn install(reader: Reader) {
    READER.get_or_init(|| reader);
    kernel::lend(|sentence, holes| crate::filled("kernel", sentence, holes));
}

/// The catalogue of a language; none for English, or where none is installed. That one which is installed can be read is
/// what a test of whoever installs it holds.
pub(crate) fn of(language: Language) -> Option<&'static Catalogue> {
    match language {
        Language::English => None,
        Language::German => GERMAN.get_or_init(|| READER.get()?().ok()).as_ref(),
    }
}
