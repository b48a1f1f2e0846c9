//! By what lists of the book are sorted: what an index holds each class in order by.

/// By what a list is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Strength of evidence.
    Strength,
    /// What they brought.
    Net,
    /// When something last happened.
    Last,
    /// The name.
    Name,
    /// Since when it is what it is.
    Since,
    /// Purchases that were kept.
    Purchases,
}

impl Sort {
    /// The sort of that word.
    pub fn parse(word: &str) -> Option<Sort> {
        match word {
            "strength" => Some(Sort::Strength),
            "net" => Some(Sort::Net),
            "last" => Some(Sort::Last),
            "name" => Some(Sort::Name),
            "since" => Some(Sort::Since),
            "purchases" => Some(Sort::Purchases),
            _ => None,
        }
    }

    /// Those who stated a preference have an index in this order.
    pub(super) fn is_kept_by_preference(self) -> bool {
        !matches!(self, Sort::Since | Sort::Purchases)
    }

    pub(super) fn column(self) -> &'static str {
        match self {
            Sort::Strength => "strength",
            Sort::Net => "net",
            Sort::Last => "last_day",
            Sort::Name => "name_key",
            Sort::Since => "since",
            Sort::Purchases => "purchases",
        }
    }
}
