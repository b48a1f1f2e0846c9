//! Markdown as a page: links between documents lead to their pages, headings can be linked to, wide tables scroll alone.

use std::{collections::HashMap, path::Path};

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html as markdown};

use super::{
    PLACE,
    shelf::{Topic, in_file},
};

/// The text of a document as HTML, without its title, which stands above it.
pub(super) fn html(topic: &Topic) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let document = topic.document();
    let events = untitled(Parser::new_ext(document.text, options).collect());
    let events = linked(with_ids(events), document.file);
    let mut out = String::with_capacity(document.text.len() * 2);
    let mut tables = 0;
    let events = events.into_iter().map(|event| plain(event, &mut tables)).collect();
    markdown::push_html(&mut out, without_empty_heads(events).into_iter());
    out
}

/// Without the first heading: the page has it.
fn untitled(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let starts =
        |event: &Event<'_>| matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }));
    let ends = |event: &Event<'_>| matches!(event, Event::End(TagEnd::Heading(HeadingLevel::H1)));
    match (events.first().is_some_and(starts), events.iter().position(ends)) {
        (true, Some(end)) => events.into_iter().skip(end + 1).collect(),
        _ => events,
    }
}

/// Headings named by their words, as links within documents name them; the second of a name gets a number.
fn with_ids(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut ids = Vec::new();
    let (mut words, mut inside) = (String::new(), false);
    for event in &events {
        match event {
            Event::Start(Tag::Heading { .. }) => (words, inside) = (String::new(), true),
            Event::Text(text) | Event::Code(text) if inside => words.push_str(text),
            Event::End(TagEnd::Heading(_)) => {
                inside = false;
                ids.push(slug(&words));
            }
            _ => {}
        }
    }
    let (mut ids, mut used) = (ids.into_iter(), HashMap::<String, usize>::new());
    let name = |event| match event {
        Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
            let id = ids.next().map(|id| {
                let before = used.entry(id.clone()).or_default();
                *before += 1;
                if *before == 1 { id } else { format!("{id}-{}", *before - 1) }
            });
            Event::Start(Tag::Heading { level, id: id.map(CowStr::from), classes, attrs })
        }
        other => other,
    };
    events.into_iter().map(name).collect()
}

/// `How it is decided` as `how-it-is-decided`.
pub(super) fn slug(words: &str) -> String {
    let kept = words.chars().filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
    kept.flat_map(char::to_lowercase).map(|letter| if letter == ' ' { '-' } else { letter }).collect()
}

/// Links to documents that are served lead to their pages; what names another file of the project stays as words.
fn linked<'t>(events: Vec<Event<'t>>, file: &str) -> Vec<Event<'t>> {
    let mut open = Vec::new();
    let mut keep = |event| match event {
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let target = target(&dest_url, file);
            open.push(target.is_some());
            target.map(|to| Event::Start(Tag::Link { link_type, dest_url: to.into(), title, id }))
        }
        Event::End(TagEnd::Link) => open.pop().unwrap_or(true).then_some(Event::End(TagEnd::Link)),
        // Pictures of the project are not part of the program.
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        other => Some(other),
    };
    events.into_iter().filter_map(&mut keep).collect()
}

/// Where a link in a file leads; nothing for a file that is not served.
pub(super) fn target(link: &str, from: &str) -> Option<String> {
    if link.starts_with('#') || link.starts_with("https://") || link.starts_with('/') {
        return Some(link.to_owned());
    }
    let (file, part) = link.split_once('#').unwrap_or((link, ""));
    let folder = Path::new(from).parent().unwrap_or(Path::new(""));
    let mut path: Vec<&str> = folder.iter().filter_map(|part| part.to_str()).collect();
    for step in file.split('/') {
        match step {
            ".." => drop(path.pop()),
            "." | "" => {}
            name => path.push(name),
        }
    }
    let found = in_file(&path.join("/"))?;
    let part = if part.is_empty() { String::new() } else { format!("#{part}") };
    Some(format!("{PLACE}/{}{part}", found.name))
}

/// A corner of a table without words is no head of anything.
fn without_empty_heads(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut kept: Vec<Event<'_>> = Vec::with_capacity(events.len());
    let mut in_head = false;
    for event in events {
        match &event {
            Event::Start(Tag::TableHead) => in_head = true,
            Event::End(TagEnd::TableHead) => in_head = false,
            _ => (),
        }
        let is_empty = matches!(
            (kept.last(), &event),
            (Some(Event::Start(Tag::TableCell)), Event::End(TagEnd::TableCell))
        );
        if in_head && is_empty {
            kept.pop();
            kept.push(Event::Html("<td></td>".into()));
        } else {
            kept.push(event);
        }
    }
    kept
}

/// HTML within a document is shown as it is written; tables and code that are wider than the page scroll by themselves, also
/// by keyboard.
fn plain<'t>(event: Event<'t>, tables: &mut usize) -> Event<'t> {
    match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::Table(_)) => {
            *tables += 1;
            let label = speech::say!("Table {tables}");
            let wide =
                format!("<div class=\"wide\" role=\"region\" aria-label=\"{label}\" tabindex=\"0\"><table>");
            Event::Html(wide.into())
        }
        Event::Start(Tag::CodeBlock(_)) => Event::Html("<pre tabindex=\"0\"><code>".into()),
        Event::End(TagEnd::CodeBlock) => Event::Html("</code></pre>\n".into()),
        Event::End(TagEnd::Table) => Event::Html("</tbody></table></div>".into()),
        other => other,
    }
}
