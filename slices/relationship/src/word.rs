//! Closed lists of words: an enum, its text and its parser from one table.

/// Declares a closed list of words with their texts; serialized as the text.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$about])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every word, in the order of every list.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word in files and in the API.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The value of that word.
            pub fn parse(word: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|known| $crate::word::is_same(known.as_str(), word))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.pad(self.as_str())
            }
        }
    };
}

/// Whether a word is meant: `not-enough-evidence` is easier to type than one with blanks.
pub(crate) fn is_same(known: &str, word: &str) -> bool {
    let same = |(known, typed): (u8, u8)| known == typed || (known == b' ' && typed == b'-');
    known.len() == word.len() && known.bytes().zip(word.bytes()).all(same)
}

pub(crate) use words;
