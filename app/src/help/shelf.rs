//! The documents that are served, on shelves.

use speech::{Language, language};

/// Documents that belong together.
pub(super) struct Shelf {
    /// Its name.
    pub(super) name: &'static str,
    /// Its documents, in the order in which one would read them.
    pub(super) topics: &'static [Topic],
}

/// A document.
pub(super) struct Topic {
    /// How its address ends.
    pub(super) name: &'static str,
    /// Its title.
    pub(super) title: &'static str,
    /// What it is about, for the list.
    pub(super) about: &'static str,
    /// It in English.
    pub(super) english: Document,
    /// It in German, where it was translated.
    pub(super) german: Option<Document>,
}

/// A document in one language.
pub(super) struct Document {
    /// Its language.
    pub(super) language: Language,
    /// Its file, from the root of the project: links between documents name each other so.
    pub(super) file: &'static str,
    /// Its text, in Markdown.
    pub(super) text: &'static str,
}

impl Topic {
    /// The document in the language of whoever reads it, in English where it was not translated.
    pub(super) fn document(&self) -> &Document {
        match (language(), &self.german) {
            (Language::German, Some(german)) => german,
            _ => &self.english,
        }
    }
}

macro_rules! document {
    ($language:ident, $file:expr) => {
        Document {
            language: Language::$language,
            file: $file,
            text: include_str!(concat!("../../../", $file)),
        }
    };
}

/// A document, with its file in German where there is one.
macro_rules! topic {
    ($name:literal, $title:literal, $file:literal, $about:literal) => {
        Topic { name: $name, title: $title, about: $about, english: document!(English, $file), german: None }
    };
    ($name:literal, $title:literal, $file:literal, $about:literal, $german:literal) => {
        Topic { german: Some(document!(German, $german)), ..topic!($name, $title, $file, $about) }
    };
}

/// A document about a screen, in every language.
macro_rules! screen {
    ($name:literal, $title:literal, $about:literal) => {
        Topic {
            name: $name,
            title: $title,
            about: $about,
            english: document!(English, concat!("docs/help/", $name, ".md")),
            german: Some(document!(German, concat!("docs/help/de/", $name, ".md"))),
        }
    };
}

/// All of them.
pub(super) const SHELVES: &[Shelf] = &[
    Shelf {
        name: "Screens",
        topics: &[
            screen!("today", "Today", "what needs a person"),
            screen!("book", "Book", "who is what, and who is served otherwise than they should be"),
            screen!("spectrum", "Spectrum", "the book as a picture"),
            topic!(
                "filters",
                "Filters",
                "docs/filters.md",
                "asking the book with and, or, not",
                "docs/help/de/filters.md"
            ),
            screen!("relationship", "Relationship", "why, what they want, what is owed"),
            screen!("bring-in", "Bring in", "files in, and back out"),
            screen!("service-models", "Service models", "the policy by which relationships are decided"),
            screen!("figures", "Figures", "what was brought in, added up"),
            screen!("duplicates", "Duplicates", "two accounts that may be one party"),
            screen!("find", "Find and keys", "from any page to anything"),
            screen!("settings", "Settings", "people, connections, the audit, work that was set aside"),
            screen!("samples", "Sample businesses", "to look around in"),
        ],
    },
    Shelf {
        name: "How it is decided",
        topics: &[
            topic!("words", "Glossary", "GLOSSARY.md", "one line per word"),
            topic!(
                "dimensions",
                "Dimensions",
                "docs/methods/dimensions.md",
                "each question that is asked of the facts, its formula and its limits"
            ),
            topic!(
                "learned-policy",
                "Learned policies",
                "docs/methods/learned-policy.md",
                "weights from labels"
            ),
            topic!(
                "linkage",
                "Finding duplicates",
                "docs/methods/linkage.md",
                "how likely two accounts are one party"
            ),
            topic!(
                "person-or-organization",
                "Person or organization",
                "docs/methods/person-or-organization.md",
                "how it is told from a name"
            ),
            topic!(
                "readings",
                "Readings of real files",
                "docs/readings.md",
                "where evidence is thin or contradicts itself"
            ),
        ],
    },
    Shelf {
        name: "Models of what customers will do",
        topics: &[
            topic!("bg-nbd", "BG/NBD", "docs/methods/bg-nbd.md", "buying without a contract"),
            topic!(
                "mbg-nbd",
                "MBG/NBD",
                "docs/methods/mbg-nbd.md",
                "the same, where one may stop after the first purchase"
            ),
            topic!(
                "pareto-nbd",
                "Pareto/NBD",
                "docs/methods/pareto-nbd.md",
                "the same, where one may stop at any moment"
            ),
            topic!("nbd", "NBD", "docs/methods/nbd.md", "where nobody stops"),
            topic!("cnbd", "CNBD", "docs/methods/cnbd.md", "regular buying"),
            topic!("bg-bb", "BG/BB", "docs/methods/bg-bb.md", "occasions that come at fixed times"),
            topic!("gamma-gamma", "Gamma-gamma", "docs/methods/gamma-gamma.md", "what a purchase is worth"),
            topic!(
                "static-covariates",
                "Covariates",
                "docs/methods/static-covariates.md",
                "what is known of them beside their purchases"
            ),
            topic!("sbg", "sBG", "docs/methods/sbg.md", "renewal of contracts"),
            topic!("bdw", "BdW", "docs/methods/bdw.md", "renewal that changes with time"),
        ],
    },
    Shelf {
        name: "Reference",
        topics: &[
            topic!("files", "Files", "docs/files.md", "which files come in, and how they are read"),
            topic!("commands", "Commands", "docs/cli.md", "every command with its options"),
            topic!(
                "assistants",
                "Assistants",
                "docs/mcp.md",
                "the operations as tools of an assistant of yours"
            ),
            topic!(
                "operations",
                "Operations",
                "docs/operations.md",
                "everything that can be asked, and on which page"
            ),
            topic!(
                "performance",
                "What it costs",
                "docs/performance.md",
                "measured, beside what the same costs elsewhere"
            ),
            topic!("scale", "Models at scale", "docs/scale.md", "the models as SQL"),
        ],
    },
];

/// The document of that name.
pub(super) fn topic(name: &str) -> Option<&'static Topic> {
    topics().find(|topic| topic.name == name)
}

/// The document in that file, by its path from the root of the project.
pub(super) fn in_file(file: &str) -> Option<&'static Topic> {
    topics().find(|topic| {
        [Some(&topic.english), topic.german.as_ref()].into_iter().flatten().any(|one| one.file == file)
    })
}

pub(super) fn topics() -> impl Iterator<Item = &'static Topic> {
    SHELVES.iter().flat_map(|shelf| shelf.topics)
}

/// Screens and the documents about them.
const SCREENS: [(&str, &str); 11] = [
    ("/today", "today"),
    ("/relationships", "book"),
    ("/relationships/spectrum", "spectrum"),
    ("/accounts", "relationship"),
    ("/connections", "settings"),
    ("/imports", "bring-in"),
    ("/service-models", "service-models"),
    ("/figures", "figures"),
    ("/duplicates", "duplicates"),
    ("/find", "find"),
    ("/samples", "samples"),
];

/// The address of the help on a page: that of the one thing that it shows, else that of the screen it belongs to.
pub fn topic_on(path: &str, place: &str) -> String {
    let one_thing = ["/relationships/rel_", "/accounts/", "/contacts/", "/contracts"];
    let is_one = one_thing.iter().any(|start| path.starts_with(start));
    topic_of(if is_one { "/accounts" } else { place })
}

/// The address of the help on a screen; of the list of all help where none is about it.
pub(super) fn topic_of(place: &str) -> String {
    match SCREENS.iter().find(|(screen, _)| *screen == place) {
        Some((_, name)) => format!("{}/{name}", super::PLACE),
        None => super::PLACE.to_owned(),
    }
}
