//! What stays of an import that was taken back, and what its rules left out.

/// Why something stays, in English as it is written down; other slices say so.
pub(super) const SENTENCES: &[&str] = &[
    "a fact",
    "it was changed by hand since; change it back, then take the import back again",
    "what the import said of it was changed by hand since and stays as it is now; to have it as before the import, change it \
     back and take the import back again",
    "you may not change what belongs to this party; have somebody who deals with them take it back",
    "you may not change facts about this party; have somebody who deals with them take it back",
    "you may not change orders of this party; have somebody who deals with them take it back",
    "you may not change contracts of this party; have somebody who deals with them take it back",
    "you may not change records of this party; have somebody who deals with them take it back",
    "a fact recorded since refers to it; withdraw that fact, then take the import back again",
    "it was put behind a wall since; take the wall away, then take the import back again",
    "facts were recorded about it since; withdraw them, then take the import back again",
    "another source knows it by now",
    "another import changed it since; take that one back first",
    "a renewal or a withdrawal was recorded on it since; it stays, with what was decided",
    "it was amended by hand since; retract those versions, then take the import back again",
    "{name}, which came with it, stopped: {why}",
    "{why} (tried {n} time)",
    "{why} (tried {n} times)",
];

/// The rules that leave rows out.
pub(super) const RULES: &[&str] = &[
    "status {word}",
    "kind of document {word}",
    "article {word}",
    "party {word}",
    "another {column}",
    "other rules",
];
