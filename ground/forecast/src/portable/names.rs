//! Names of tables and columns, quoted where they must be.

use kernel::{Problem, Result};

use super::Dialect;

/// Words that no engine takes as a plain name.
const RESERVED: &[&str] = &[
    "all",
    "and",
    "array",
    "as",
    "asc",
    "between",
    "by",
    "case",
    "cast",
    "check",
    "column",
    "constraint",
    "create",
    "cross",
    "current",
    "default",
    "delete",
    "desc",
    "distinct",
    "drop",
    "else",
    "end",
    "except",
    "exists",
    "false",
    "fetch",
    "for",
    "foreign",
    "from",
    "full",
    "grant",
    "group",
    "having",
    "in",
    "inner",
    "insert",
    "intersect",
    "into",
    "is",
    "join",
    "left",
    "like",
    "limit",
    "natural",
    "not",
    "null",
    "offset",
    "on",
    "or",
    "order",
    "outer",
    "primary",
    "references",
    "right",
    "row",
    "rows",
    "select",
    "set",
    "some",
    "start",
    "table",
    "then",
    "to",
    "true",
    "union",
    "unique",
    "update",
    "user",
    "using",
    "values",
    "when",
    "where",
    "window",
    "with",
];

/// A name such as `orders` or `sales.orders`, quoted part by part where it needs to be.
///
/// Plain names stay as they are: an engine that folds their case finds them as it finds them in any other query.
pub(super) fn name(text: &str, dialect: Dialect) -> Result<String> {
    let parts: Vec<&str> = text.split('.').collect();
    let bad = |part: &&str| part.is_empty() || part.chars().any(char::is_control);
    if parts.iter().any(bad) {
        let why =
            format!("{text:?} is no name of a table or column; write one such as orders or sales.orders");
        return Err(Problem::invalid("table", "model.name", why));
    }
    let quoted: Vec<String> = parts.iter().map(|part| one(part, dialect)).collect();
    Ok(quoted.join("."))
}

fn one(part: &str, dialect: Dialect) -> String {
    let plain = part.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_')
        && !part.starts_with(|sign: char| sign.is_ascii_digit())
        && !RESERVED.contains(&part.to_ascii_lowercase().as_str());
    if plain {
        return part.to_owned();
    }
    let quote = dialect.quote();
    let twice = match (dialect, quote) {
        (Dialect::BigQuery, quote) => part.replace('\\', "\\\\").replace(quote, "\\`"),
        (_, quote) => part.replace(quote, &format!("{quote}{quote}")),
    };
    format!("{quote}{twice}{quote}")
}
