//! The one seam between the engines: how a statement written for both is spelled for the stricter of them.

use crate::Value;

/// Rewrites `?1, ?2 …` as `$1, $2 …`. Text between quotes is left alone.
pub fn numbered(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut quoted = false;
    let mut chars = sql.chars().peekable();
    while let Some(c) = chars.next() {
        quoted ^= c == '\'';
        if c == '?' && !quoted && chars.peek().is_some_and(char::is_ascii_digit) {
            out.push('$');
        } else {
            out.push(c);
        }
    }
    out
}

/// Begins and ends what concerns the embedded engine alone, as how it lays a table out; each on a line of its own.
const EMBEDDED: (&str, &str) = ("-- embedded engine:", "-- both engines:");

/// What a script has for the server engine.
fn without_embedded(sql: &str) -> String {
    let mut kept = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some((before, after)) = rest.split_once(EMBEDDED.0) {
        kept.push_str(before);
        rest = after.split_once(EMBEDDED.1).map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept
}

/// A script without its comments: an apostrophe in one begins no text.
fn uncommented(sql: &str) -> String {
    let mut kept = String::with_capacity(sql.len());
    let (mut quoted, mut chars) = (false, sql.chars().peekable());
    while let Some(c) = chars.next() {
        if !quoted && c == '-' && chars.peek() == Some(&'-') {
            while chars.next_if(|c| *c != '\n').is_some() {}
            continue;
        }
        quoted ^= c == '\'';
        kept.push(c);
    }
    kept
}

/// Rewrites a table definition for the server engine: whole numbers are 64 bits, text is compared byte by byte, and the marks
/// of a strict table, with or without row numbers, fall away, as does what stands between `-- embedded engine:` and
/// `-- both engines:` or the end.
pub fn definition(sql: &str) -> String {
    let sql = uncommented(&without_embedded(sql));
    let sql = sql.replace(") STRICT, WITHOUT ROWID", ")").replace(") STRICT", ")");
    let mut out = String::with_capacity(sql.len() + 64);
    let mut word = String::new();
    let mut quoted = false;
    for c in sql.chars().chain(['\n']) {
        if !quoted && (c.is_ascii_alphanumeric() || c == '_') {
            word.push(c);
            continue;
        }
        out.push_str(match word.as_str() {
            "INTEGER" => "BIGINT",
            "TEXT" => "TEXT COLLATE \"C\"",
            "BLOB" => "BYTEA",
            other => other,
        });
        word.clear();
        quoted ^= c == '\'';
        out.push(c);
    }
    out
}

/// How many placeholders an `IN (…)` list gets, so that few statements are prepared: the next power of two.
pub fn padded(count: usize) -> usize {
    count.max(1).next_power_of_two()
}

/// `?3, ?4, ?5` for three placeholders from 3 on.
pub fn placeholders(first: usize, count: usize) -> String {
    (first..first + count).map(|n| format!("?{n}")).collect::<Vec<_>>().join(", ")
}

/// The marks of an `IN (…)` list that follows the parameters `before`, and all parameters together: the last of the
/// list is repeated up to its padded width. An empty list finds nothing.
pub fn list<'v, V: Into<Value<'v>>>(
    before: &[Value<'v>],
    list: impl IntoIterator<Item = V>,
) -> (String, Vec<Value<'v>>) {
    let mut values = before.to_vec();
    values.extend(list.into_iter().map(Into::into));
    let width = padded(values.len() - before.len());
    let last = values[before.len()..].last().copied().unwrap_or(Value::Null);
    values.resize(before.len() + width, last);
    (placeholders(before.len() + 1, width), values)
}

/// The marks of two `IN (…)` lists that share no parameter, of the first halves of these pairs and of the second, and
/// the parameters of both.
pub fn lists<'v, A, B>(pairs: &[(A, B)]) -> (String, String, Vec<Value<'v>>)
where
    A: Copy + Into<Value<'v>>,
    B: Copy + Into<Value<'v>>,
{
    let (_, values) = list(&[], pairs.iter().map(|(first, _)| *first));
    let first = placeholders(1, values.len());
    let (second, values) = list(&values, pairs.iter().map(|(_, second)| *second));
    (first, second, values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_padded_with_its_last_and_an_empty_one_finds_nothing() {
        let (marks, values) = list(&[Value::Text("a")], [1, 2, 3]);
        assert_eq!(marks, "?2, ?3, ?4, ?5");
        assert_eq!(values, [Value::Text("a"), 1.into(), 2.into(), 3.into(), 3.into()]);
        assert_eq!(list::<i64>(&[], []), ("?1".to_owned(), vec![Value::Null]));
    }

    #[test]
    fn placeholders_are_numbered_and_quoted_marks_are_left_alone() {
        assert_eq!(
            numbered("SELECT a FROM t WHERE b = ?2 AND c = '?1' AND d = ?1"),
            "SELECT a FROM t WHERE b = $2 AND c = '?1' AND d = $1"
        );
    }

    #[test]
    fn a_definition_keeps_its_words_and_widens_its_types() {
        let sql =
            "CREATE TABLE t (a INTEGER NOT NULL, b TEXT, c BLOB, PRIMARY KEY (a)) STRICT, WITHOUT ROWID;";
        assert_eq!(
            definition(sql).trim(),
            "CREATE TABLE t (a BIGINT NOT NULL, b TEXT COLLATE \"C\", c BYTEA, PRIMARY KEY (a));"
        );
    }

    #[test]
    fn an_apostrophe_in_a_comment_begins_no_text() {
        let sql = "-- another's day\nALTER TABLE t ADD COLUMN a INTEGER; -- it's\nUPDATE t SET b = '--x', c INTEGER;";
        let told = definition(sql);
        assert_eq!(told.trim(), "ALTER TABLE t ADD COLUMN a BIGINT; \nUPDATE t SET b = '--x', c BIGINT;");
    }

    #[test]
    fn what_is_the_embedded_engines_is_not_the_servers() {
        let sql = "DROP INDEX a;\n-- embedded engine:\nDROP TABLE t;\n-- both engines:\nDROP INDEX b;\n-- embedded engine:\nx";
        let told = definition(sql);
        assert_eq!(told.split_whitespace().collect::<Vec<_>>().join(" "), "DROP INDEX a; DROP INDEX b;");
    }
}
