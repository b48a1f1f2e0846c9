//! A count as people read it.

/// `320,705`.
pub(crate) fn grouped(n: i64) -> String {
    let digits = n.max(0).to_string();
    let first = digits.len() % 3;
    let parts = digits.as_bytes()[first..].chunks(3).map(|part| String::from_utf8_lossy(part).into_owned());
    let first = Some(digits[..first].to_owned()).filter(|part| !part.is_empty());
    first.into_iter().chain(parts).collect::<Vec<_>>().join(",")
}
