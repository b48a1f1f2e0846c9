//! The models by the names they have on the command line.

use kernel::{Problem, Result};

/// A model that can be fitted to a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelName {
    /// [`btyd::Nbd`].
    Nbd,
    /// [`btyd::BgNbd`].
    BgNbd,
    /// [`btyd::MbgNbd`].
    MbgNbd,
    /// [`btyd::ParetoNbd`].
    ParetoNbd,
    /// [`btyd::Cnbd`], leaving after repeat purchases.
    BgCnbd,
    /// [`btyd::Cnbd`], leaving from the first purchase on.
    MbgCnbd,
    /// [`btyd::BgBb`].
    BgBb,
    /// [`btyd::GammaGamma`].
    GammaGamma,
    /// [`btyd::Sbg`].
    Sbg,
    /// [`btyd::Bdw`].
    Bdw,
}

const NAMES: &[(&str, ModelName)] = &[
    ("nbd", ModelName::Nbd),
    ("bg-nbd", ModelName::BgNbd),
    ("mbg-nbd", ModelName::MbgNbd),
    ("pareto-nbd", ModelName::ParetoNbd),
    ("bg-cnbd-k", ModelName::BgCnbd),
    ("mbg-cnbd-k", ModelName::MbgCnbd),
    ("bg-bb", ModelName::BgBb),
    ("gamma-gamma", ModelName::GammaGamma),
    ("sbg", ModelName::Sbg),
    ("bdw", ModelName::Bdw),
];

impl ModelName {
    /// The model of a name.
    ///
    /// ```
    /// use forecast::ModelName;
    /// assert_eq!(ModelName::parse("pareto-nbd").unwrap(), ModelName::ParetoNbd);
    /// assert!(ModelName::parse("pareto").unwrap_err().message.contains("mbg-cnbd-k"));
    /// ```
    pub fn parse(name: &str) -> Result<ModelName> {
        NAMES.iter().find(|(own, _)| *own == name).map(|(_, model)| *model).ok_or_else(|| {
            let all: Vec<_> = NAMES.iter().map(|(own, _)| *own).collect();
            let text = format!("there is no model {name:?}; choose one of {}", all.join(", "));
            Problem::invalid("model", "model.name", text)
        })
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(_, own)| *own == self).map_or("", |(name, _)| name)
    }

    /// Whether it is about contracts, whose end is seen.
    pub fn is_renewal(self) -> bool {
        matches!(self, ModelName::Sbg | ModelName::Bdw)
    }
}
