//! Email addresses: two notations of one address have the same key.

/// What an address is found by: without blanks, `mailto:` and angle brackets, in small letters. None for a text that is
/// no address. The part before the @ is put into small letters too: it may tell two mailboxes apart by the standard,
/// and no provider does.
pub fn key(text: &str) -> Option<String> {
    let text = text.trim();
    let text = match text.rsplit_once('<') {
        Some((_, inside)) => inside.split('>').next().unwrap_or(inside),
        None => text,
    };
    let text = text.strip_prefix("mailto:").unwrap_or(text).trim().trim_end_matches('.');
    let (mailbox, domain) = text.rsplit_once('@')?;
    let is_seen = |text: &str| !text.is_empty() && !text.chars().any(|c| c.is_whitespace() || c.is_control());
    let named = domain.contains('.') && !domain.starts_with('.') && !domain.contains("..");
    (is_seen(mailbox) && is_seen(domain) && named && !mailbox.contains('@'))
        .then(|| format!("{}@{}", mailbox.to_lowercase(), super::domain::lower(domain)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_notations_of_one_address_have_the_same_key() {
        for text in [
            "Ann@Wick.Example",
            " mailto:ann@wick.example ",
            "Ann Wick <ann@WICK.example>",
            "ann@wick.example.",
        ] {
            assert_eq!(key(text).as_deref(), Some("ann@wick.example"), "{text}");
        }
        assert_eq!(key("info@Bücher.example").as_deref(), Some("info@bücher.example"));
        for text in
            ["", "ann", "ann@", "@wick.example", "ann@wick", "a b@wick.example", "ann@.example", "n/a"]
        {
            assert_eq!(key(text), None, "{text}");
        }
    }
}
