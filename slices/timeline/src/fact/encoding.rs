//! How days and ids of facts are written in the body of a fact.

/// Days as ISO dates.
pub(super) mod optional_day {
    use kernel::Day;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(day: &Option<Day>, serializer: S) -> Result<S::Ok, S::Error> {
        match day {
            Some(day) => serializer.serialize_str(&day.to_string()),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Day>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| Day::parse(&text).map_err(serde::de::Error::custom)).transpose()
    }
}

/// Fact ids as their numbers.
pub(super) mod optional_fact {
    use crate::FactId;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(id: &Option<FactId>, serializer: S) -> Result<S::Ok, S::Error> {
        match id {
            Some(id) => serializer.serialize_i64(id.0),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<FactId>, D::Error> {
        Ok(Option::<i64>::deserialize(deserializer)?.map(FactId::new))
    }
}

/// A fact id as its number.
pub(super) mod some_fact {
    use crate::FactId;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(id: &FactId, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(id.0)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<FactId, D::Error> {
        Ok(FactId::new(i64::deserialize(deserializer)?))
    }
}
