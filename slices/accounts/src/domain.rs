//! Domains: what a website, an address of a page and an email address have in common.

/// The domain of a website as it is typed: without scheme, `www.`, port and path, in small letters. None for a
/// text that names none.
pub fn key(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    let text = text.rsplit_once('@').map_or(text, |(_, rest)| rest);
    let host = text.split(['/', '?', '#', ':']).next().unwrap_or_default().trim_end_matches('.');
    let host = lower(host);
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let is_label =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    (host.contains('.') && host.split('.').all(is_label)).then(|| host.to_owned())
}

/// A domain in small letters. One that is written in letters beyond ASCII stays so, and is another than the same in
/// punycode.
pub fn lower(domain: &str) -> String {
    domain.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_website_is_its_domain_however_it_is_typed() {
        for text in [
            "wick.example",
            "https://www.Wick.example/about?x=1",
            "http://wick.example:8080",
            "WWW.WICK.EXAMPLE",
        ] {
            assert_eq!(key(text).as_deref(), Some("wick.example"), "{text}");
        }
        assert_eq!(key("https://Bücher.example/").as_deref(), Some("bücher.example"));
        for text in ["", "wick", "none yet", "n/a", "http://"] {
            assert_eq!(key(text), None, "{text}");
        }
    }
}
