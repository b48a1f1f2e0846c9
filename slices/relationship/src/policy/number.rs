//! Sections of a policy that are nothing but named whole numbers.

/// Declares a section once: its fields and their names.
macro_rules! numbers {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $field:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$about])* pub $field: i64),+ }

        impl $name {
            /// Every field with its name.
            pub fn named(&self) -> Vec<(&'static str, i64)> {
                vec![$((stringify!($field), self.$field)),+]
            }

            /// Sets the field of that name; false where there is none.
            pub fn set(&mut self, name: &str, value: i64) -> bool {
                match name {
                    $(stringify!($field) => self.$field = value,)+
                    _ => return false,
                }
                true
            }
        }
    };
}

pub(super) use numbers;
