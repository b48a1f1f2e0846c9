//! Which column of a table is what.

use kernel::{Problem, Result};

/// What a column can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Repeat purchases.
    Frequency,
    /// Time of the last of them, from the first purchase; for occasions the last one taken.
    Recency,
    /// Time observed; for occasions how many there were.
    Age,
    /// Mean value of a repeat purchase.
    Monetary,
    /// How many customers share the row.
    Count,
    /// Sum of the logarithms of the times between purchases.
    LnGaps,
    /// The unit of the times, the same in every row.
    Unit,
}

/// Each role with its option and the names by which its column is known without being told.
const KNOWN: &[(Role, &str, &[&str])] = &[
    (Role::Frequency, "frequency", &["frequency", "x"]),
    (Role::Recency, "recency", &["recency", "t_x", "t.x"]),
    (Role::Age, "age", &["age", "T", "T.cal", "T_cal", "periods", "occasions", "n.cal"]),
    (Role::Monetary, "monetary", &["monetary", "monetary_value", "mean_value", "zbar", "m.x"]),
    (Role::Count, "count", &["count", "customers", "weights", "custs"]),
    (Role::LnGaps, "ln-gaps", &["ln_gaps"]),
    (Role::Unit, "unit", &["unit"]),
];

/// Columns named by whoever asks; the others are found by their names.
#[derive(Clone, Debug, Default)]
pub struct Roles(Vec<(Role, String)>);

impl Roles {
    /// The same with a column named for a role.
    #[must_use]
    pub fn with(mut self, role: Role, column: &str) -> Roles {
        self.0.push((role, column.to_owned()));
        self
    }

    /// Where the column of a role stands; nothing where there is none.
    pub(crate) fn find(&self, role: Role, names: &[String], file: &str) -> Result<Option<usize>> {
        let (option, known) =
            KNOWN.iter().find(|(own, ..)| *own == role).map_or(("", &[][..]), |(_, o, k)| (*o, *k));
        if let Some((_, column)) = self.0.iter().find(|(own, _)| *own == role) {
            return place(column, names, file).map(Some);
        }
        let fits = |name: &String| known.iter().any(|known| name == known || same_word(name, known));
        let found: Vec<usize> = (0..names.len()).filter(|place| fits(&names[*place])).collect();
        match found[..] {
            [] => Ok(None),
            [one] => Ok(Some(one)),
            _ => {
                let all: Vec<_> = found.iter().map(|place| names[*place].as_str()).collect();
                let why = format!(
                    "{file} has several columns that may be the {option}: {}; say which by --{option}",
                    all.join(", ")
                );
                Err(Problem::invalid(option, "model.columns", why))
            }
        }
    }

    /// Where the column of a role stands; a refusal that lists the columns where there is none.
    pub(crate) fn need(&self, role: Role, names: &[String], file: &str) -> Result<usize> {
        self.find(role, names, file)?.ok_or_else(|| {
            let (option, known) =
                KNOWN.iter().find(|(own, ..)| *own == role).map_or(("", &[][..]), |(_, o, k)| (*o, *k));
            let why = format!(
                "{file} has no column for the {option} ({}); it has {}; say which by --{option}",
                known.join(", "),
                names.join(", ")
            );
            Problem::invalid(option, "model.columns", why)
        })
    }
}

/// Names of one letter keep their case: `T` is an age and `t` may be anything.
fn same_word(name: &str, known: &str) -> bool {
    known.len() > 1 && name.eq_ignore_ascii_case(known)
}

/// Where a column that was named stands.
pub(crate) fn place(column: &str, names: &[String], file: &str) -> Result<usize> {
    names.iter().position(|name| name == column).ok_or_else(|| {
        let why = format!("{file} has no column {column:?}; it has {}", names.join(", "));
        Problem::invalid("columns", "model.columns", why)
    })
}
