//! The members of a zip archive, one after the other. Their names are only told, never used as paths.

use std::{
    fs::File,
    io::{self, BufReader, Read},
    path::Path,
};

use kernel::{Problem, Result};
use zip::{
    ZipArchive,
    result::{ZipError, ZipResult},
};

use super::{Place, Unpacking};
use crate::{ops::receive::unopened, table::shown};

/// The most members that are looked at.
const MOST_MEMBERS: usize = 10_000;

pub(super) type Archive = ZipArchive<BufReader<File>>;

impl Unpacking<'_> {
    /// Unpacks an archive; where it is a workbook, its sheets.
    pub(super) fn archive(&mut self, place: &Place, path: &Path, depth: usize) -> Result<()> {
        let called = self.called(place);
        let file = File::open(path).map_err(|cause| unopened(&called, cause))?;
        let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| broken(&called, error))?;
        match Contents::of(&mut archive) {
            Contents::Workbook => return self.workbook(place, path, &mut archive),
            Contents::Document => return self.document(place, path, &mut archive),
            Contents::Other(what) => {
                let text = format!(
                    "{called} is {what}, not a table of text; save the table as CSV and bring that in"
                );
                return Err(Problem::invalid("file", "imports.not_text", text));
            }
            Contents::Files => (),
        }
        if MOST_MEMBERS < archive.len() {
            let text = format!("{called} has more than {MOST_MEMBERS} members; bring in those you need");
            return Err(Problem::invalid("file", "imports.too_many", text));
        }
        let mut hidden = Vec::new();
        for at in 0..archive.len() {
            match Member::of(&mut archive, at) {
                Ok(member) if member.folder => (),
                Ok(member) if member.is_hidden() => hidden.push(shown(&member.name)),
                Ok(member) => self.member(&place.below(&member.name), &mut archive, at, depth)?,
                Err(error) => self.refused.push((format!("member {}", at + 1), broken(&called, error))),
            }
        }
        if !hidden.is_empty() {
            hidden.truncate(5);
            self.shelf.note(format!("Hidden files were left out: {}.", hidden.join(", ")));
        }
        Ok(())
    }

    fn member(&mut self, place: &Place, archive: &mut Archive, at: usize, depth: usize) -> Result<()> {
        let called = self.called(place);
        let spare = match archive.by_index(at) {
            Ok(member) => self.spare(place, member),
            Err(error) => Err(broken(&called, error)),
        };
        match spare {
            Ok(file) => self.part(place, file, depth + 1),
            Err(problem) if super::is_of_the_part(&problem) => {
                self.refused.push((place.0.clone(), problem));
                Ok(())
            }
            Err(problem) => Err(problem),
        }
    }
}

/// What an archive is to a person.
enum Contents {
    Files,
    /// A workbook of today.
    Workbook,
    /// A workbook in the open document format.
    Document,
    /// Something else that is kept as an archive.
    Other(&'static str),
}

impl Contents {
    fn of(archive: &mut Archive) -> Contents {
        let names: Vec<String> = archive.file_names().flatten().map(|name| name.into_owned()).collect();
        let has = |name: &str| names.iter().any(|other| other.eq_ignore_ascii_case(name));
        if has("[Content_Types].xml") {
            let known = [
                ("xl/workbook.bin", Contents::Other("a binary workbook (XLSB)")),
                ("word/document.xml", Contents::Other("a text document")),
                ("ppt/presentation.xml", Contents::Other("a presentation")),
            ];
            let known = known.into_iter().find(|(name, _)| has(name));
            return known.map_or(Contents::Workbook, |(_, contents)| contents);
        }
        let mut kind = String::new();
        let read = archive.by_name("mimetype").map(|member| member.take(200).read_to_string(&mut kind));
        match (read, kind.trim().strip_prefix("application/vnd.oasis.opendocument.")) {
            (Ok(Ok(_)), Some(kind)) if kind.starts_with("spreadsheet") => Contents::Document,
            (Ok(Ok(_)), Some(_)) => Contents::Other("a document without sheets"),
            _ => Contents::Files,
        }
    }
}

/// A member as the archive lists it.
struct Member {
    name: String,
    folder: bool,
}

impl Member {
    fn of(archive: &mut Archive, at: usize) -> ZipResult<Member> {
        let member = archive.by_index_raw(at)?;
        let raw = || String::from_utf8_lossy(member.name_raw()).into_owned();
        let name = member.name().map_or_else(|_| raw(), |name| name.into_owned());
        Ok(Member { name, folder: member.is_dir() })
    }

    /// What a system put beside the files of a person.
    fn is_hidden(&self) -> bool {
        let dotted = |part: &str| part.starts_with('.') && part != "." && part != "..";
        let mut parts = self.name.split(['/', '\\']).filter(|part| !part.is_empty());
        parts.any(|part| dotted(part) || ["__MACOSX", "Thumbs.db", "desktop.ini"].contains(&part))
    }
}

/// The problem of an archive, or of a member, that cannot be read.
pub(super) fn broken(called: &str, error: ZipError) -> Problem {
    let (code, why) = match &error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            ("imports.locked", "is locked with a password; unpack it and bring in what is inside".to_owned())
        }
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => (
            "imports.not_text",
            "is packed in a way that is not known here; unpack it and bring in what is inside".to_owned(),
        ),
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            ("imports.damaged", format!("cannot be read: {error}; get a complete copy and bring it in again"))
        }
        _ => {
            let why = "is cut short or damaged: its list of members cannot be read";
            ("imports.damaged", format!("{why}; get a complete copy and bring it in again"))
        }
    };
    Problem::invalid("file", code, format!("{called} {why}")).because(error)
}
