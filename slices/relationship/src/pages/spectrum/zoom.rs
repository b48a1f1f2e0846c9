//! The part of the spectrum that is drawn: it stands in the address beside what is chosen of it.

use kernel::{Problem, Result};
use slice::Visit;
use speech::say;
use ui::{Address, Text};

use super::PLACE;
use crate::ops::Filter;

/// A range as it stands in the address.
type Range = (Option<String>, Option<String>);

/// The part that is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Zoom {
    /// Of strength; the whole where there is none.
    pub(super) strength: Option<Range>,
    /// Of net.
    pub(super) net: Option<Range>,
}

impl Zoom {
    /// What the address says: `zoom=0.7..0.8`, `zoom_net=1000..2000`.
    pub(super) fn asked(visit: &Visit<'_>) -> Result<Zoom> {
        Ok(Zoom { strength: range(visit, "zoom")?, net: range(visit, "zoom_net")? })
    }

    /// Into what is chosen.
    pub(super) fn into(filter: &Filter) -> Zoom {
        let range = |from: &Option<String>, to: &Option<String>| {
            (from.is_some() || to.is_some()).then(|| (from.clone(), to.clone()))
        };
        Zoom {
            strength: range(&filter.strength_from, &filter.strength_to),
            net: range(&filter.net_from, &filter.net_to),
        }
    }

    /// A filter for all that is drawn, whatever is chosen of it.
    pub(super) fn of(&self, filter: &Filter) -> Filter {
        let (strength_from, strength_to) = self.strength.clone().unwrap_or_default();
        let (net_from, net_to) = self.net.clone().unwrap_or_default();
        Filter { strength_from, strength_to, net_from, net_to, ..filter.clone() }
    }

    /// What is chosen, else all that is drawn.
    pub(super) fn unless_chosen(&self, filter: &Filter) -> Filter {
        if Zoom::into(filter) == Zoom::default() { self.of(filter) } else { filter.clone() }
    }

    /// Whether all that is drawn is chosen.
    pub(super) fn is_chosen_by(&self, filter: &Filter) -> bool {
        Zoom::into(filter) == *self
    }

    /// The address of the page, with the part and the colours.
    pub(super) fn at(&self, by_fit: bool) -> Address {
        let address = Address::new(PLACE);
        self.kept(by_fit).fold(address, |address, (name, value)| address.with(&name, Some(&value)))
    }

    /// What a form keeps of it.
    pub(super) fn kept(&self, by_fit: bool) -> impl Iterator<Item = (Text<'static>, Text<'static>)> + use<> {
        let written = |(from, to): &Range| {
            format!("{}..{}", from.as_deref().unwrap_or_default(), to.as_deref().unwrap_or_default())
        };
        let parts = [
            ("zoom", self.strength.as_ref().map(written)),
            ("zoom_net", self.net.as_ref().map(written)),
            ("colour", by_fit.then(|| "fit".to_owned())),
        ];
        parts.into_iter().filter_map(|(name, value)| Some((name.into(), value?.into())))
    }
}

fn range(visit: &Visit<'_>, name: &str) -> Result<Option<Range>> {
    let Some(text) = visit.asked(name) else { return Ok(None) };
    let Some((from, to)) = text.split_once("..") else {
        let text = say!("{text:?} is no part of the spectrum; {name} is a range, such as 0.7..0.8");
        return Err(Problem::invalid(name, "book.zoom", text));
    };
    let bound = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Ok(Some((bound(from), bound(to))).filter(|range| *range != (None, None)))
}
