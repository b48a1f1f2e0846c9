//! The languages that are spoken.

/// A language that is spoken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English, in which the texts stand in the code.
    #[default]
    English,
    /// German.
    German,
}

impl Language {
    /// All of them.
    pub const ALL: [Language; 2] = [Language::English, Language::German];

    /// Its code, as in `lang="de"` (ISO 639-1).
    pub const fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::German => "de",
        }
    }

    /// What it calls itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::German => "Deutsch",
        }
    }

    /// The language of a code.
    pub fn parse(code: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(code))
    }

    /// The one that a browser prefers (`Accept-Language`, RFC 9110 §12.5.4): of those that are spoken the one with the greatest
    /// weight, the first of several; regions are not told apart.
    pub fn preferred(header: &str) -> Option<Language> {
        let mut best: Option<(f32, Language)> = None;
        for range in header.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let code = parts.next().unwrap_or_default();
            let code = code.split_once('-').map_or(code, |(language, _)| language);
            let Some(language) = Language::parse(code) else { continue };
            let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |q| q.parse().ok());
            let weight = weight.filter(|weight: &f32| 0.0 < *weight && *weight <= 1.0);
            if let Some(weight) = weight
                && best.is_none_or(|(best, _)| best < weight)
            {
                best = Some((weight, language));
            }
        }
        best.map(|(_, language)| language)
    }
}
