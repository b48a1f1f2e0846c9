//! The sheets of a workbook in the open document format, read as they stream.

mod table;

use std::{
    fs::File,
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
};

use kernel::Result;
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

use self::table::Table;
use super::{
    Place, Unpacking,
    archive::Archive,
    workbook::{Book, broken, guarded},
};
use crate::sheet::{Cells, Region};

impl Unpacking<'_> {
    /// The sheets of a document.
    pub(super) fn document(&mut self, place: &Place, path: &Path, archive: &mut Archive) -> Result<()> {
        let called = self.called(place);
        self.weigh(&called, path, archive)?;
        let mut document = Document { path: path.to_owned(), merged: Vec::new() };
        let listed = guarded(|| document.listed()).map_err(|error| broken(&called, &error))?;
        self.sheets(place, &listed, &mut document)
    }
}

/// A document, opened anew for each look at it.
struct Document {
    path: PathBuf,
    /// The merged cells of the sheet that was read last.
    merged: Vec<Region>,
}

impl Document {
    fn with<T>(
        &self,
        member: &str,
        read: impl FnOnce(&mut Reader<&mut dyn BufRead>) -> io::Result<T>,
    ) -> io::Result<T> {
        let mut archive = Archive::new(BufReader::new(File::open(&self.path)?)).map_err(io::Error::other)?;
        let member = archive.by_name(member).map_err(io::Error::other)?;
        let mut member = BufReader::new(member);
        let mut reader = Reader::from_reader(&mut member as &mut dyn BufRead);
        reader.config_mut().expand_empty_elements = true;
        read(&mut reader)
    }

    /// The names of the sheets, and whether each is shown.
    fn listed(&self) -> io::Result<Vec<(String, bool)>> {
        let locked = self.with("META-INF/manifest.xml", |manifest| {
            let mut found = false;
            each(manifest, |event, _| {
                found |= matches!(event, Event::Start(start) if start.name().as_ref() == "manifest:encryption-data");
                Ok(true)
            })?;
            Ok(found)
        });
        if locked.unwrap_or(false) {
            return Err(io::Error::other("locked with a password"));
        }
        self.with("content.xml", |content| {
            let (mut style, mut hidden, mut sheets) = (String::new(), Vec::new(), Vec::new());
            each(content, |event, depth| {
                let Event::Start(start) = event else { return Ok(true) };
                match start.name().as_ref() {
                    "style:style" => style = attribute(start, "style:name").unwrap_or_default(),
                    "style:table-properties"
                        if attribute(start, "table:display").as_deref() == Some("false") =>
                    {
                        hidden.push(style.clone());
                    }
                    "table:table" if depth == 3 => {
                        let visible =
                            attribute(start, "table:style-name").is_none_or(|style| !hidden.contains(&style));
                        sheets.push((attribute(start, "table:name").unwrap_or_default(), visible));
                    }
                    _ => (),
                }
                Ok(true)
            })?;
            Ok(sheets)
        })
    }
}

impl Book for Document {
    fn cells(&mut self, sheet: &str, to: &mut dyn Cells) -> io::Result<()> {
        let merged = self.with("content.xml", |content| {
            let mut table = Table::new(to);
            each(content, |event, depth| {
                match event {
                    Event::Start(start) => table.start(start, depth, sheet),
                    Event::End(end) => table.end(end.name().as_ref(), depth)?,
                    Event::Text(text) => table.text(&text.xml10_content()),
                    Event::CData(text) => table.text(&text.xml10_content()),
                    Event::GeneralRef(entity) => {
                        let letter = entity.resolve_char_ref().ok().flatten().map(String::from);
                        let named =
                            || quick_xml::escape::resolve_predefined_entity(entity).map(str::to_owned);
                        table.text(&letter.or_else(named).unwrap_or_default());
                    }
                    _ => (),
                }
                Ok(!table.ended)
            })?;
            Ok(table.merged)
        })?;
        self.merged = merged;
        Ok(())
    }

    fn merged(&mut self, _: &str) -> Vec<Region> {
        self.merged.clone()
    }
}

/// Hands over each event and how deep it lies, until told to stop.
fn each(
    reader: &mut Reader<&mut dyn BufRead>,
    mut take: impl FnMut(&Event<'_>, usize) -> io::Result<bool>,
) -> io::Result<()> {
    let mut buffer = Vec::new();
    let mut depth = 0usize;
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer);
        let event = event.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
        if matches!(event, Event::End(_)) {
            depth = depth.saturating_sub(1);
        }
        if matches!(event, Event::Eof) || !take(&event, depth)? {
            return Ok(());
        }
        if matches!(event, Event::Start(_)) {
            depth += 1;
        }
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.try_get_attribute(name).ok().flatten()?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

/// How often something stands there: at least once.
fn repeated(start: &BytesStart<'_>, name: &str) -> u32 {
    attribute(start, name).and_then(|count| count.trim().parse().ok()).unwrap_or(1).max(1)
}
