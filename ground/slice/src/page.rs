//! A page, or what a form of a page does: the door of a slice for browsers.

use std::collections::BTreeMap;

use kernel::{Context, Permission, Problem, Result};
use maud::Markup;
use store::Tx;

use crate::{AccountPanel, Agenda, Consequences, Finder, Method, Slice};

/// An address below the root and what answers there. `GET` answers in a reading transaction, `POST` in a writing one
/// that also holds its audit entry.
pub struct PageRoute {
    /// `GET` or `POST`.
    pub method: Method,
    /// The address, with `{name}` for parts of it.
    pub path: &'static str,
    /// What it asks of its caller.
    pub permission: Permission,
    /// Answers.
    pub answer: Answer,
    /// The operations that it does, or of which it shows the answer.
    pub reaches: &'static [&'static str],
    /// How people come to it: the words of the link that leads to a page, or of the button that sends a form; what stands
    /// in brackets is told of a link whose words are a name.
    pub by: &'static str,
    /// It shows a few rows, so that a door may look where it listens.
    pub is_brief: bool,
}

/// What answers at an address.
pub type Answer = fn(&Visit<'_>, &mut Tx<'_>) -> Result<Reply>;

impl PageRoute {
    /// A page, for everybody who may read.
    pub const fn get(path: &'static str, answer: Answer) -> PageRoute {
        let (method, permission) = (Method::Get, Permission::Read);
        PageRoute { method, path, permission, answer, reaches: &[], by: "", is_brief: false }
    }

    /// What a form does, for everybody who may write.
    pub const fn post(path: &'static str, answer: Answer) -> PageRoute {
        PageRoute { method: Method::Post, permission: Permission::Write, ..PageRoute::get(path, answer) }
    }

    /// For whoever may do that instead. A page that is a form is shown to those who may send it.
    #[must_use]
    pub const fn asks(self, permission: Permission) -> PageRoute {
        PageRoute { permission, ..self }
    }

    /// As [`Operation::brief`](crate::Operation::brief): a page of a few rows, of which nothing is worked out.
    #[must_use]
    pub const fn brief(self) -> PageRoute {
        PageRoute { is_brief: true, ..self }
    }

    /// By which words one comes to it, and the operations that are reached with it: `docs/operations.md` is made of them.
    #[must_use]
    pub const fn by(self, by: &'static str, reaches: &'static [&'static str]) -> PageRoute {
        PageRoute { by, reaches, ..self }
    }
}

/// Somebody's visit to a page.
pub struct Visit<'a> {
    /// Who, when, where.
    pub cx: &'a Context,
    /// The parts of the address.
    pub parts: BTreeMap<String, String>,
    /// What stands behind the question mark, in its order.
    pub query: Vec<(String, String)>,
    /// The fields of the form that was sent, in their order; empty for `GET`.
    pub form: Vec<(String, String)>,
    /// The address of this house as the visitor reaches it, without a slash at its end: before a path, what is given away.
    pub house: String,
    /// Goes into every form as the hidden field `csrf`.
    pub csrf: &'a str,
    /// What the house is made of, for pages that tell of others.
    pub slices: &'a [Slice],
    /// What slices show on the page of an account, in their order.
    pub panels: &'a [&'static AccountPanel],
    /// What slices find for words, in their order.
    pub finders: &'a [&'static Finder],
    /// What slices bring to the page of today, in their order.
    pub agendas: &'a [&'static Agenda],
    /// What slices have to say when a relationship is served as another class, in their order.
    pub consequences: &'a [&'static Consequences],
}

/// The name under which the address of a page carries along the record from which it was opened.
pub const FROM: &str = "from";

/// What a page answers.
pub enum Reply {
    /// A page within the shell.
    Page {
        /// Its title.
        title: String,
        /// The place in the rail that is marked as current: its address.
        place: &'static str,
        /// Its content.
        body: Markup,
    },
    /// A page within the shell that is shown this once, after a form that did what it should: it holds something that is
    /// told to nobody who only looks.
    Once {
        /// Its title.
        title: String,
        /// The place in the rail that is marked as current: its address.
        place: &'static str,
        /// Its content.
        body: Markup,
    },
    /// A page within the shell after a form of which nothing was written, because somebody else changed meanwhile what it is
    /// about (409): it shows both, and lets a person say.
    Changed {
        /// Its title.
        title: String,
        /// The place in the rail that is marked as current: its address.
        place: &'static str,
        /// Its content.
        body: Markup,
    },
    /// A page for somebody outside, who signs in nowhere: without the places of the house.
    Alone {
        /// Its title and heading.
        title: String,
        /// Its content.
        body: Markup,
    },
    /// Another address, after a form (303).
    Go(String),
    /// Another address for good: what stood here stands there now (308).
    Moved(String),
    /// A file to keep.
    File {
        /// Its name.
        name: String,
        /// Its media type.
        media: &'static str,
        /// Its content.
        content: String,
    },
}

impl Visit<'_> {
    /// A part of the address.
    ///
    /// # Errors
    /// `page.part` for one that the address does not have, which its route rules out.
    pub fn part(&self, name: &str) -> Result<&str> {
        self.parts
            .get(name)
            .map(String::as_str)
            .ok_or_else(|| Problem::internal("page.part", format!("the address has no part {name}")))
    }

    /// The first value of that name behind the question mark; none when it is blank.
    pub fn asked(&self, name: &str) -> Option<&str> {
        first(&self.query, name)
    }

    /// The record from which this page was opened, with the list in which it stands: its address, which the address of this
    /// page carries along. Nothing but the address of a record counts.
    pub fn opened_from(&self) -> Option<&str> {
        let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'#';
        let is_id = |id: &str| {
            id.contains('_') && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        };
        self.asked(FROM).filter(|to| {
            let id = to.split('?').next().and_then(|path| path.strip_prefix("/relationships/"));
            id.is_some_and(is_id) && to.bytes().all(plain)
        })
    }

    /// Where one goes back to: that record, or else to this address.
    pub fn home(&self, or: impl Into<String>) -> String {
        self.opened_from().map_or_else(|| or.into(), str::to_owned)
    }

    /// The first field of that name in the form; none when it is blank.
    pub fn field(&self, name: &str) -> Option<&str> {
        first(&self.form, name)
    }
}

fn first<'p>(pairs: &'p [(String, String)], name: &str) -> Option<&'p str> {
    let found = pairs.iter().find(|(key, _)| key == name);
    found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
}
