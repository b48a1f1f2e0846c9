//! The catalogues of texts: what the code says to people, and what it is in other languages.
//!
//! `cargo xtask words` writes each catalogue anew: what was translated stays, what is new stands there untranslated, what is
//! said no more is gone. The check of the house refuses a catalogue that is not complete.

mod found;
#[path = "../../ground/speech-macros/src/markup.rs"]
#[expect(dead_code, reason = "the macro's own half of the file")]
mod markup;

use std::{
    collections::HashMap,
    fs,
    io::BufWriter,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use polib::{
    catalog::Catalog,
    message::{Message, MessageView},
    metadata::CatalogMetadata,
    po_file,
};

pub use found::{Said, said};

/// The mark of a message that the code has as a value, not as a text: a word of a closed vocabulary.
const VOCABULARY: &str = "vocabulary";
/// Where a crate keeps what it says in other languages.
const PLACE: &str = "words/de.po";

/// The catalogue of a crate.
struct Kept {
    path: PathBuf,
    messages: Catalog,
}

/// What is wrong with a catalogue.
pub struct Gap {
    /// The file.
    pub place: String,
    /// What, and what to do.
    pub why: String,
}

/// Writes every catalogue of the workspace anew; gives how many texts are not translated.
///
/// # Errors
/// A file that cannot be read or written.
pub fn write(root: &Path) -> Result<usize> {
    let mut open = 0;
    for folder in crates(root)? {
        let kept = Kept::read(&folder)?;
        let fresh = kept.renewed(&said_in(&folder)?);
        open += fresh.messages().filter(|message| !message.is_translated()).count();
        let file =
            fs::File::create(&kept.path).with_context(|| format!("writing {}", kept.path.display()))?;
        po_file::write(&fresh, &mut BufWriter::new(file))?;
    }
    Ok(open)
}

/// What is not translated, and what is translated but said nowhere.
///
/// # Errors
/// A file that cannot be read.
pub fn gaps(root: &Path) -> Result<Vec<Gap>> {
    let mut gaps = Vec::new();
    for folder in crates(root)? {
        let kept = Kept::read(&folder)?;
        let place = kept.path.strip_prefix(root).unwrap_or(&kept.path).display().to_string();
        let mut gap = |why: String| gaps.push(Gap { place: place.clone(), why });
        let fresh = kept.renewed(&said_in(&folder)?);
        for message in fresh.messages().filter(|message| !message.is_translated()) {
            gap(format!("{:?} is not translated; `cargo xtask words` adds it", message.msgid()));
        }
        for message in kept.messages.messages() {
            let (context, many) = (context(message), message.msgid_plural().ok());
            if fresh.find_message(context, message.msgid(), many).is_none() {
                gap(format!("{:?} is said nowhere; `cargo xtask words` takes it away", message.msgid()));
            }
        }
    }
    Ok(gaps)
}

/// The folders of the crates that keep a catalogue.
fn crates(root: &Path) -> Result<Vec<PathBuf>> {
    let mut found = vec![root.join("app")];
    for floor in ["ground", "slices"] {
        for entry in fs::read_dir(root.join(floor))? {
            found.push(entry?.path());
        }
    }
    found.retain(|folder| folder.join(PLACE).is_file());
    found.sort();
    Ok(found)
}

/// What a crate says, in the order of its files.
fn said_in(folder: &Path) -> Result<Vec<Said>> {
    let mut files = Vec::new();
    sources(&folder.join("src"), &mut files)?;
    files.sort();
    let mut all = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        let place = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
        all.extend(said(&text, &place));
    }
    Ok(all)
}

fn sources(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        let is_test = path.file_stem().is_some_and(|stem| stem == "tests" || stem == "gallery");
        if path.is_dir() && !is_test {
            sources(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") && !is_test {
            files.push(path);
        }
    }
    Ok(())
}

fn context(message: &dyn MessageView) -> Option<&str> {
    message.msgctxt().filter(|context| !context.is_empty())
}

impl Kept {
    fn read(folder: &Path) -> Result<Kept> {
        let path = folder.join(PLACE);
        let messages = match fs::metadata(&path)?.len() {
            0 => Catalog::new(head()?),
            _ => po_file::parse(&path).with_context(|| format!("reading {}", path.display()))?,
        };
        Ok(Kept { path, messages })
    }

    /// The catalogue of what is said, with what is translated already.
    fn renewed(&self, said: &[Said]) -> Catalog {
        let mut fresh = Catalog::new(self.messages.metadata.clone());
        let mut places: HashMap<&Said, &str> = HashMap::new();
        for one in said {
            places.entry(one).or_insert(&one.place);
        }
        for one in said {
            if places.get(one).is_some_and(|place| std::ptr::eq(*place, one.place.as_str())) {
                fresh.append_or_update(self.message(one));
            }
        }
        for message in self.messages.messages() {
            let is_said = || said.iter().any(|one| one.one == message.msgid());
            if message.extracted_comments() == VOCABULARY || (context(message).is_some() && is_said()) {
                fresh.append_or_update(copy(message));
            }
        }
        fresh
    }

    fn message(&self, said: &Said) -> Message {
        let known = self.messages.find_message(None, &said.one, said.many.as_deref());
        let mut message = match (&said.many, &known) {
            (Some(many), known) => {
                let forms = known.as_ref().and_then(|known| known.msgstr_plural().ok());
                let mut message = Message::build_plural();
                message.with_msgid(said.one.clone()).with_msgid_plural(many.clone());
                message.with_msgstr_plural(forms.cloned().unwrap_or_else(|| vec![String::new(); 2]));
                message
            }
            (None, known) => {
                let text = known.as_ref().and_then(|known| known.msgstr().ok()).unwrap_or_default();
                let mut message = Message::build_singular();
                message.with_msgid(said.one.clone()).with_msgstr(text.to_owned());
                message
            }
        };
        message.with_source(said.place.clone()).done()
    }
}

fn copy(message: &dyn MessageView) -> Message {
    let mut copy = match (message.msgid_plural(), message.msgstr_plural()) {
        (Ok(many), Ok(forms)) => {
            let mut copy = Message::build_plural();
            copy.with_msgid_plural(many.to_owned()).with_msgstr_plural(forms.clone());
            copy
        }
        _ => {
            let mut copy = Message::build_singular();
            copy.with_msgstr(message.msgstr().unwrap_or_default().to_owned());
            copy
        }
    };
    copy.with_msgid(message.msgid().to_owned())
        .with_extracted_comments(message.extracted_comments().to_owned());
    if let Some(context) = context(message) {
        copy.with_msgctxt(context.to_owned());
    }
    copy.done()
}

fn head() -> Result<CatalogMetadata> {
    CatalogMetadata::parse(
        "Language: de\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n\
         Content-Transfer-Encoding: 8bit\nPlural-Forms: nplurals=2; plural=(n != 1);\n",
    )
    .map_err(|error| anyhow::anyhow!("the head of a catalogue: {error}"))
}
