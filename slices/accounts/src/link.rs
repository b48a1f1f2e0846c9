//! A link: how one account hangs on another, since when; and the fields in which an account keeps its links.

use timeline::{AccountId, said::Sheet};

use crate::party_kind::LinkKind;

/// A link as one of its two accounts sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What the account is of the other.
    pub kind: LinkKind,
    /// The account is the one that hangs on the other.
    pub hangs: bool,
    /// The other account.
    pub other: AccountId,
    /// Its name.
    pub name: String,
    /// Since when, as a day; empty where nobody said.
    pub since: String,
}

impl Link {
    /// The word for it, from where the account stands.
    pub fn word(&self) -> &'static str {
        if self.hangs { self.kind.as_str() } else { self.kind.reverse() }
    }
}

/// What stands for "nobody said since when".
const UNDATED: &str = "-";

/// A link as it is stored; none for a word that this version does not know.
pub fn stored(kind: &str, other: AccountId, name: String, since: String, hangs: bool) -> Option<Link> {
    LinkKind::parse(kind).map(|kind| Link { kind, hangs, other, name, since })
}

/// The field of an account that holds a link.
pub fn field(kind: &str, other: i64) -> String {
    format!("link:{kind}:{other}")
}

/// The value of that field.
pub fn written(since: &str) -> &str {
    if since.is_empty() { UNDATED } else { since }
}

/// The links among the fields of an account: the kind, the other account, since when.
pub fn of(sheet: &Sheet) -> impl Iterator<Item = (LinkKind, i64, &str)> {
    sheet.iter().filter_map(|(field, since)| {
        let (kind, other) = field.strip_prefix("link:")?.split_once(':')?;
        let since = if since == UNDATED { "" } else { since.as_str() };
        Some((LinkKind::parse(kind)?, other.parse().ok()?, since))
    })
}

/// Whether the links of two states of an account differ.
pub fn differ(one: &Sheet, other: &Sheet) -> bool {
    !of(one).eq(of(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_survives_as_a_field() {
        let mut sheet = Sheet::new();
        sheet.insert("name".into(), "Ann".into());
        sheet.insert(field("member_of", 7), written("2024-05-01").into());
        sheet.insert(field("customer_of", 9), written("").into());
        let links: Vec<_> = of(&sheet).collect();
        assert_eq!(links, [(LinkKind::CustomerOf, 9, ""), (LinkKind::MemberOf, 7, "2024-05-01")]);
        assert!(!differ(&sheet, &sheet.clone()) && differ(&sheet, &Sheet::new()));
    }
}
