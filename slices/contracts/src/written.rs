//! How days and amounts stand in what is said of a contract: as people write them, exact.

use std::fmt;

use kernel::{Day, Money, Result};

/// A day, written as 2025-03-04.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct On(pub Day);

/// An amount in ten-thousandths of the major unit, written as "2400.00".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(pub i64);

impl Amount {
    /// Reads a plain decimal in major units.
    ///
    /// # Errors
    /// `money.amount`.
    pub fn parse(text: &str) -> Result<Amount> {
        Money::amount(text).map(Amount)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, value) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let (whole, part) = (value / 10_000, value % 10_000);
        match part % 100 {
            0 => write!(out, "{sign}{whole}.{:02}", part / 100),
            _ => write!(out, "{sign}{whole}.{part:04}"),
        }
    }
}

impl fmt::Display for On {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// Written and read as text, with its schema.
macro_rules! as_text {
    ($name:ident, $parse:expr, $about:literal) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<$name, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(from)?;
                $parse(&text).map_err(serde::de::Error::custom)
            }
        }

        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "description": $about })
            }
        }
    };
}
pub(crate) use as_text;

as_text!(On, |text: &str| Day::parse(text).map(On), "A day, such as 2025-03-04.");
as_text!(Amount, Amount::parse, "An amount in major units, such as 2400.00.");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_written_as_it_was_read() {
        for text in ["0.00", "2400.00", "-0.50", "0.1234", "12.05"] {
            assert_eq!(Amount::parse(text).unwrap().to_string(), text);
        }
        assert!(serde_json::from_str::<Amount>("\"1,000\"").is_err());
    }
}
