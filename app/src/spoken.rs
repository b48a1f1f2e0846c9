//! The languages of the house: the catalogues of every crate, read when somebody is first spoken to in them.

use speech::{Catalogue, Unreadable, install};

/// What each crate says in German.
const GERMAN: &[(&str, &str)] = &[
    ("access", include_str!("../../slices/access/words/de.po")),
    ("accounts", include_str!("../../slices/accounts/words/de.po")),
    ("catalog", include_str!("../../slices/catalog/words/de.po")),
    ("contracts", include_str!("../../slices/contracts/words/de.po")),
    ("imports", include_str!("../../slices/imports/words/de.po")),
    ("kernel", include_str!("../../ground/kernel/words/de.po")),
    ("mainstay", include_str!("../words/de.po")),
    ("orders", include_str!("../../slices/orders/words/de.po")),
    ("relationship", include_str!("../../slices/relationship/words/de.po")),
    ("timeline", include_str!("../../slices/timeline/words/de.po")),
    ("ui", include_str!("../../ground/ui/words/de.po")),
];

/// The German of all crates.
///
/// # Errors
/// A catalogue that cannot be read; a test reads them all.
pub fn german() -> Result<Catalogue, Unreadable> {
    Catalogue::read(GERMAN)
}

/// Lets German be spoken.
pub fn learn() {
    install(german);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_catalogue_can_be_read() {
        german().unwrap();
    }
}
