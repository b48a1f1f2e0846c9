//! Keyset paging: a page ends where it ends, and the next begins after that key.

use serde::Serialize;

/// Where a page begins or ended: the values of the sort key of its last row, opaque outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(pub Vec<String>);

impl Cursor {
    /// The text that stands in a URL.
    pub fn write(&self) -> String {
        self.0.iter().map(|part| part.replace('~', "~0").replace('.', "~1")).collect::<Vec<_>>().join(".")
    }

    /// Reads what [`Cursor::write`] wrote.
    pub fn read(text: &str) -> Cursor {
        Cursor(text.split('.').map(|part| part.replace("~1", ".").replace("~0", "~")).collect())
    }
}

/// Some rows and where the next ones begin.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Page<T> {
    /// The rows of this page.
    pub rows: Vec<T>,
    /// Pass as `after` for the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_dots_and_tildes() {
        let cursor = Cursor(vec!["a.b~c".into(), String::new(), "-7".into()]);
        assert_eq!(Cursor::read(&cursor.write()), cursor);
    }
}
