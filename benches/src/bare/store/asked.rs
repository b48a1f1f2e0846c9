//! What the house is asked, as bare statements to its own tables: the least by which the same rows can be had.

/// One account.
pub const ACCOUNT: &str = "SELECT * FROM account WHERE id = ?1";

/// One relationship.
pub const RELATIONSHIP: &str = "SELECT * FROM relationship WHERE id = ?1";

/// Accounts known in a numbering.
pub const KNOWN: &str = "SELECT account FROM account_key WHERE space = ?1";

/// People known in a numbering.
pub const KNOWN_PEOPLE: &str = "SELECT contact FROM contact_key WHERE space = ?1";

/// Records of which a word begins so.
pub const WORD: &str = "SELECT found_word.account, found_word.contact, account.name FROM found_word
    CROSS JOIN account WHERE account.id = found_word.account AND found_word.word >= ?1 AND found_word.word < ?2
    ORDER BY found_word.word, found_word.place, found_word.account, found_word.contact LIMIT 50";

/// The first 50 of a class, of which more may be asked, in an order.
pub fn list(more: &str, order: &str) -> String {
    format!(
        "SELECT relationship.id, relationship.account, account.name, relationship.line, relationship.class,
           relationship.lean, relationship.score, relationship.strength, relationship.confidence,
           relationship.coverage, relationship.fit, relationship.since, relationship.net, relationship.currency,
           relationship.purchases, relationship.last_day, account.country
         FROM relationship CROSS JOIN account
         WHERE account.id = relationship.account AND relationship.class = ?1 {more} ORDER BY {order} LIMIT 50"
    )
}
