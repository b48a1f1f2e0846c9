//! What answers a search: totals and counts that are kept, an index alone, or rows one by one.

use super::search::{Search, Sort, Span};
use crate::spectrum;

impl Search {
    /// Asks for nothing but what the kept counts of the spectrum know: class, line, preference, service fit, currency, and
    /// ranges between bounds of its cells.
    pub fn is_of_cells(&self) -> bool {
        let asks_more = !self.confidences.is_empty()
            || self.spend.is_some()
            || self.purchases.is_some()
            || self.name.is_some()
            || !self.text.is_empty()
            || self.said.is_some()
            || !self.countries.is_empty()
            || self.wanted.is_some();
        let between = |span: Span, is: fn(i64) -> bool| [span.from, span.to].into_iter().flatten().all(is);
        // The last step has the greatest strength in it as well, which is not below it.
        let is_step = |strength| spectrum::is_step(strength) && strength != spectrum::WHOLE;
        !asks_more && between(self.strength, is_step) && between(self.net, spectrum::is_bound)
    }

    /// Somebody typed a name or words.
    pub(super) fn is_typed(&self) -> bool {
        self.name.is_some() || !self.text.is_empty()
    }

    /// The kept totals that know all that is asked for: class, line, preference and currency, and beside them either service fit and
    /// confidence or the country.
    pub(super) fn kept_in(&self) -> Option<&'static str> {
        let asks_more = self.spend.is_some()
            || self.purchases.is_some()
            || self.name.is_some()
            || !self.text.is_empty()
            || self.said.is_some()
            || self.strength != Span::ALL
            || self.net != Span::ALL
            || self.wanted.is_some();
        let served = !self.fits.is_empty() || !self.confidences.is_empty();
        match (asks_more, self.countries.is_empty(), served) {
            (false, true, _) => Some("book_total"),
            (false, false, false) => Some("country_total"),
            _ => None,
        }
    }

    /// Whether the index by which the list is walked tells all that is asked for.
    pub(super) fn is_walked_by_index(&self) -> bool {
        let asks_more = self.line.is_some()
            || !self.fits.is_empty()
            || !self.confidences.is_empty()
            || !self.preferences.is_empty()
            || self.said.is_some()
            || self.wanted.is_some();
        let bought = self.spend.is_some() || self.purchases.is_some();
        let money = self.currency.is_some() || self.net != Span::ALL;
        let strong = self.strength != Span::ALL;
        let beside = match self.by {
            Sort::Name => bought || strong,
            Sort::Net => bought || strong || self.is_typed(),
            Sort::Strength => money || self.is_typed(),
            Sort::Last => bought || strong || money || self.is_typed(),
            Sort::Since | Sort::Purchases => true,
        };
        !asks_more && !beside
    }

    /// Asks for more than class, line and preference; for no more than class and line where it is sorted by what those who
    /// stated a preference have no index of their own for.
    pub fn is_narrow(&self) -> bool {
        !self.fits.is_empty()
            || !self.confidences.is_empty()
            || (!self.preferences.is_empty() && !self.by.is_kept_by_preference())
            || self.spend.is_some()
            || self.purchases.is_some()
            || self.name.is_some()
            || !self.text.is_empty()
            || self.said.is_some()
            || self.strength != Span::ALL
            || self.currency.is_some()
            || !self.countries.is_empty()
            || self.net != Span::ALL
            || self.wanted.is_some()
    }
}
