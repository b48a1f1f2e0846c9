//! An ISO 4217 currency.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Problem, Result, voice::said};

/// An ISO 4217 currency, such as GBP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// Reads a three-letter code, in either case.
    ///
    /// # Errors
    /// `money.currency` for anything that ISO 4217 does not list.
    pub fn parse(code: &str) -> Result<Currency> {
        let known = iso_currency::Currency::from_code(code)
            .or_else(|| iso_currency::Currency::from_code(&code.trim().to_ascii_uppercase()));
        known.map(Currency).ok_or_else(|| {
            Problem::invalid(
                "currency",
                "money.currency",
                said(
                    "{code} is not an ISO 4217 currency; write a code such as GBP or EUR",
                    &[("code", format_args!("{code:?}"))],
                ),
            )
        })
    }

    /// The three-letter code.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// The sign of a currency that has one to itself; all others are named by their code.
    pub fn sign(self) -> Option<&'static str> {
        match self.code() {
            "EUR" => Some("€"),
            "GBP" => Some("£"),
            "INR" => Some("₹"),
            "JPY" => Some("¥"),
            "USD" => Some("$"),
            _ => None,
        }
    }

    /// Digits of the minor unit: 2 for GBP, 0 for JPY, 3 for KWD; 2 where the standard names none.
    pub fn minor_digits(self) -> u32 {
        self.0.exponent().map_or(2, u32::from)
    }
}

impl PartialOrd for Currency {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Currency {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.code().cmp(other.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Currency::parse(&code).map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for Currency {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Currency".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217 code, such as GBP"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_in_either_case_and_nonsense_is_refused() {
        assert_eq!(Currency::parse("gbp").unwrap().code(), "GBP");
        assert_eq!(Currency::parse("JPY").unwrap().minor_digits(), 0);
        assert!(Currency::parse("quids").unwrap_err().to_string().contains("ISO 4217"));
    }
}
