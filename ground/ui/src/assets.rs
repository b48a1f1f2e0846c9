//! The stylesheet, the script and the sign of the house, each under an address that names its content.

use std::sync::LazyLock;

/// A file that a page asks for; its address changes with its content, so it may be kept for ever.
#[derive(Debug)]
pub struct Asset {
    /// `/assets/mainstay-1f3a….css`.
    pub path: String,
    /// The media type.
    pub content_type: &'static str,
    /// What is sent.
    pub body: String,
    /// The hash in the path, for an entity tag.
    pub hash: String,
}

/// The header that goes with every page: nothing inline, nothing from elsewhere, no markup made from text.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
     img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
     require-trusted-types-for 'script'; trusted-types 'none'";

/// Everything that pages ask for: stylesheet, script, icon, what single components ask for; in this order.
pub fn assets() -> &'static [Asset] {
    &*ASSETS
}

/// The address of the stylesheet.
pub(crate) fn stylesheet() -> &'static str {
    &ASSETS[0].path
}

/// The address of the script.
pub(crate) fn script() -> &'static str {
    &ASSETS[1].path
}

/// The address of the icon.
pub(crate) fn icon() -> &'static str {
    &ASSETS[2].path
}

/// The address of the script by which a part of a spectrum is chosen.
pub(crate) fn brush() -> &'static str {
    &ASSETS[3].path
}

static ASSETS: LazyLock<[Asset; 4]> = LazyLock::new(|| {
    [
        asset("mainstay", "css", "text/css; charset=utf-8", tight(STYLE)),
        asset("mainstay", "js", "text/javascript; charset=utf-8", trimmed(SCRIPT)),
        asset("mark", "svg", "image/svg+xml", ICON.to_owned()),
        asset("spectrum", "js", "text/javascript; charset=utf-8", trimmed(BRUSH)),
    ]
});

macro_rules! css {
    ($($name:literal),*) => { concat!($(include_str!(concat!("../css/", $name, ".css"))),*) };
}

/// One stylesheet; the order of the files is the order of the layers, then of the components.
const STYLE: &str = css!(
    "tokens",
    "reset",
    "base",
    "layout",
    "button",
    "mark",
    "scale",
    "tag",
    "field",
    "compare",
    "tabs",
    "filter",
    "clause",
    "table",
    "list",
    "ledger",
    "side",
    "panel",
    "contributions",
    "timeline",
    "steps",
    "progress",
    "drop",
    "counts",
    "course",
    "curve",
    "spectrum",
    "note",
    "toast",
    "empty",
    "keys",
    "find",
    "prose",
    "print"
);

/// The stylesheet as written, for the tests of other files.
#[cfg(test)]
pub(crate) const SOURCE: &str = STYLE;

/// One module; each behaviour keeps its names to itself inside a block.
const SCRIPT: &str = concat!(
    "{\n",
    include_str!("../js/keys.js"),
    "}\n{\n",
    include_str!("../js/find.js"),
    "}\n{\n",
    include_str!("../js/drop.js"),
    "}\n{\n",
    include_str!("../js/live.js"),
    "}\n{\n",
    include_str!("../js/forms.js"),
    "}\n{\n",
    include_str!("../js/drafts.js"),
    "}\n"
);

/// What only pages with a spectrum ask for.
const BRUSH: &str = include_str!("../js/spectrum.js");

const ICON: &str = include_str!("../css/mark.svg");

fn asset(name: &str, extension: &str, content_type: &'static str, body: String) -> Asset {
    let hash = format!("{:016x}", fnv(body.as_bytes()));
    Asset { path: format!("/assets/{name}-{hash}.{extension}"), content_type, body, hash }
}

/// FNV-1a: enough to tell one build's file from another's.
fn fnv(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3))
}

/// CSS without comments and without the spaces that mean nothing; quoted text is left alone.
fn tight(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    for (part, quoted) in quotes(&without_comments(css)) {
        if quoted {
            out.push_str(part);
            continue;
        }
        for mark in part.chars() {
            push_tight(&mut out, mark);
        }
    }
    out
}

/// Adds one character unless it is a space that means nothing.
fn push_tight(out: &mut String, mark: char) {
    let last = out.chars().next_back().unwrap_or('{');
    if mark.is_whitespace() {
        if !matches!(last, ' ' | '{' | '}' | ';' | ',' | ':') {
            out.push(' ');
        }
        return;
    }
    if matches!(mark, '{' | '}' | ';' | ',') && last == ' ' {
        out.pop();
    }
    if mark == '}' && out.ends_with(';') {
        out.pop();
    }
    out.push(mark);
}

fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out + rest
}

/// Cuts text at double quotes; the quoted parts keep their quotes.
fn quotes(text: &str) -> Vec<(&str, bool)> {
    let mut parts = Vec::new();
    let (mut start, mut open) = (0, false);
    for (at, _) in text.match_indices('"') {
        let end = if open { at + 1 } else { at };
        parts.push((&text[start..end], open));
        (start, open) = (end, !open);
    }
    parts.push((&text[start..], open));
    parts
}

/// A script without indentation, blank lines and lines of comment.
fn trimmed(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.fold(String::with_capacity(script.len()), |out, line| out + line + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tight_css_means_the_same() {
        let css = "/* why */\n.a > .b::after { content: \" ; { \"; inset: calc(1px + 2px) 0; }\n.c, .d { }\n";
        assert_eq!(tight(css), ".a > .b::after{content:\" ; { \";inset:calc(1px + 2px) 0}.c,.d{}");
        assert_eq!(tight("a :hover { color: red }"), "a :hover{color:red}");
    }

    #[test]
    fn an_address_names_the_content() {
        for asset in assets() {
            assert!(asset.path.contains(&asset.hash), "{}", asset.path);
            assert!(!asset.body.is_empty());
        }
        assert_ne!(fnv(b"a"), fnv(b"b"));
    }

    #[test]
    fn a_page_stays_light() {
        assert!(assets()[0].body.len() < 46_000, "stylesheet {}", assets()[0].body.len());
        assert!(assets()[1].body.len() < 21_000, "script {}", assets()[1].body.len());
    }
}
