//! Spectrum: the book as a picture, strength of evidence against what they brought; a column of it is a list.

mod columns;
mod figures;
mod names;
mod numbers;
mod plot;
mod zoom;

use ::store::Tx;
use kernel::Result;
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, word};
use ui::{
    Address, Button, Filters, Head, Mark, Nothing, Sign, Tab, Tabs, Text, Tint, TintKey, count, plural,
};

use self::zoom::Zoom;
use super::{
    asked::{address as list_address, asked, with_filter},
    book::{self, BookPage},
    filters::set_at,
    spans,
    worded::in_words,
    wording,
};
use crate::{
    Fit,
    ops::{self, Filter, Spectrum, SpectrumCounts},
};

/// Where it is.
pub(super) const PLACE: &str = "/relationships/spectrum";
/// Rows of the list below.
const ROWS: i64 = 12;

/// The address of the spectrum of a filter; the order and the page of a list mean nothing there.
pub(super) fn address(filter: &Filter) -> String {
    let filter = Filter { sort: None, after: None, limit: None, ..filter.clone() };
    with_filter(Address::new(PLACE), &filter).write()
}

/// The spectrum.
struct SpectrumPage {
    /// What is drawn.
    spectrum: Spectrum,
    /// The list of what is chosen of it.
    list: BookPage,
    /// The part that is drawn.
    zoom: Zoom,
    /// Coloured by service fit, not by class.
    by_fit: bool,
}

/// Answers `GET /relationships/spectrum`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let filter = Filter { after: None, ..asked(visit)? };
    let zoom = Zoom::asked(visit)?;
    let by_fit = visit.asked("colour") == Some("fit");
    let spectrum = ops::spectrum(visit.cx, tx, zoom.of(&filter))?;
    let currency = Some(spectrum.currency.clone()).filter(|currency| !currency.is_empty());
    let filter = Filter {
        currency: filter.currency.clone().or(currency),
        sort: filter.sort.clone().or_else(|| Some("net".to_owned())),
        limit: Some(ROWS),
        ..zoom.unless_chosen(&filter)
    };
    let mut list = book::prepared(visit, tx, drawn(&filter), zoom.at(by_fit))?;
    list.filter = Filter { limit: None, ..filter };
    // The boxes of the list belong to what can be done to many, which stands below the list itself.
    list.may_write = false;
    let page = SpectrumPage { spectrum, list, zoom, by_fit };
    Ok(Reply::Page { title: say!("Spectrum").into(), place: PLACE, body: page.render() })
}

/// Of a filter only those who are drawn: who has a strength.
fn drawn(filter: &Filter) -> Filter {
    let is_said = filter.strength_from.is_some() || filter.strength_to.is_some();
    let from = filter.strength_from.clone().or_else(|| (!is_said).then(|| "0".to_owned()));
    Filter { strength_from: from, ..filter.clone() }
}

impl Render for SpectrumPage {
    fn render(&self) -> Markup {
        html! {
            (self.head())
            (self.list.under_way())
            (self.currencies())
            (self.filters())
            @if let Some(worded) = self.list.worded() { (worded) }
            @if self.spectrum.count == 0 { (self.nothing()) } @else {
                (self.legend())
                (self.plot())
                (self.chosen())
                (self.figures())
            }
            @if let Some(text) = self.not_drawn() { p .tiny .faint { (text) } }
        }
    }
}

impl SpectrumPage {
    fn filter(&self) -> &Filter {
        &self.list.filter
    }

    /// The same page with another filter.
    fn to(&self, filter: &Filter) -> String {
        self.list.to(&Filter { limit: None, sort: self.sort(), ..filter.clone() })
    }

    /// The order of the list, where it is not the usual one.
    fn sort(&self) -> Option<String> {
        self.filter().sort.clone().filter(|sort| sort != "net")
    }

    fn head(&self) -> Markup {
        let spectrum = &self.spectrum;
        let [stop, begin] =
            [spectrum.stop_ppm, spectrum.begin_ppm].map(|ppm| ui::Strength::of_ppm(ppm).shown());
        let all = plural(spectrum.count, "relationship", "relationships");
        let all = if spectrum.at_least { say!("At least {}", all) } else { all };
        let lead = html! {
            @if spectrum.count != 0 {
                (say!("{all} in {currency}, each by its strength of evidence and by what it brought, net.", currency = spectrum.currency))
                @if let Some(between) = spectrum.between {
                    " " (say!("{n} lies between {stop} and {begin}, where a relationship keeps the class it had." | "{n} lie between {stop} and {begin}, where a relationship keeps the class it had." % between))
                }
            }
        };
        let list = Filter { sort: None, limit: None, ..self.filter().clone() };
        let acts = html! { (Button::link(say!("As a list"), list_address(&list).write())) };
        Head { title: say!("Spectrum"), lead: Some(lead), acts: Some(acts), ..Head::default() }.render()
    }

    fn currencies(&self) -> Tabs<'static> {
        let tab = |known: &ops::SpectrumCurrency| {
            // A range of net is one of a currency.
            let filter = Filter {
                currency: Some(known.currency.clone()),
                net_from: None,
                net_to: None,
                ..self.filter().clone()
            };
            let at = Zoom { net: None, ..self.zoom.clone() }.at(self.by_fit);
            let filter = Filter { limit: None, sort: self.sort(), ..filter };
            Tab {
                text: known.currency.clone().into(),
                href: with_filter(at, &filter).write().into(),
                count: Some(known.count),
                current: known.currency == self.spectrum.currency,
            }
        };
        Tabs { label: say!("Currency"), tabs: self.spectrum.currencies.iter().map(tab).collect() }
    }

    fn filters(&self) -> Filters<'static> {
        let filters = self.list.filters();
        // The usual order of the list is not that of the book, and needs no word; nor does its length.
        let keep = filters.keep.into_iter();
        let keep = keep.filter(|(name, value)| name != "limit" && (name != "sort" || value != "net"));
        let keep = keep.chain(self.zoom.kept(self.by_fit));
        let clear = filters.clear.map(|_| PLACE.into());
        Filters { action: PLACE.into(), keep: keep.collect(), clear, ..filters }
    }

    fn nothing(&self) -> Nothing<'static> {
        let (mut words, ways) = set_at(&self.list.at, self.filter());
        words.extend(self.list.wanted.as_ref().map(in_words));
        let sentence = match words.is_empty() {
            true => say!("Nobody has a strength of evidence and money in one currency yet.").into_owned(),
            false => say!("Nobody with a strength of evidence matches {}.", words.join(", ")),
        };
        let act = html! {
            @for (word, href) in ways { (Button::link(say!("Without {word}"), href)) }
            @for (word, href) in self.list.conditions() { (Button::link(say!("Without {word}"), href)) }
            (Button::link(say!("The whole spectrum"), PLACE))
        };
        Nothing { sentence: sentence.into(), act: Some(act) }
    }

    /// What the colours mean, with how many have them, and the other colours.
    fn legend(&self) -> Markup {
        let all = self.all();
        let other = self.zoom.at(!self.by_fit);
        let filter = Filter { limit: None, sort: self.sort(), ..self.filter().clone() };
        let other = with_filter(other, &filter).write();
        html! {
            div .legend {
                @if self.by_fit { @for key in fits(&all) { (key) } } @else {
                    span { (Mark::new(Sign::Customer, wording::headed("customer"))) " " span .faint { (count(all.customers)) } }
                    span { (Mark::new(Sign::Client, wording::headed("client"))) " " span .faint { (count(all.clients)) } }
                }
                span .faint { "Choose a column to list what is in it. Value on a log scale." }
                a .end href=(other) { @if self.by_fit { "Colour by class" } @else { "Colour by service fit" } }
            }
        }
    }

    fn all(&self) -> SpectrumCounts {
        self.spectrum.steps.iter().fold(SpectrumCounts::default(), |sum, step| sum.with(&step.counts))
    }

    /// The list of what is chosen, or of everybody who is drawn.
    fn chosen(&self) -> Markup {
        let filter = self.filter();
        let head = match (spans::strength_words(filter), filter.net_from.as_ref().or(filter.net_to.as_ref()))
        {
            (None, None) => say!("Everybody drawn").into_owned(),
            (Some(strength), None) => strength,
            (None, Some(_)) => spans::net_words(filter).unwrap_or_default(),
            (Some(strength), Some(_)) => {
                format!("{strength}, {}", spans::net_words(filter).unwrap_or_default())
            }
        };
        let matching: i64 = self.list.book.totals.iter().map(|total| total.count).sum();
        let at_least = self.list.book.at_least;
        let least = |n: String| if at_least { say!("at least {}", n) } else { n };
        let whole = list_address(&Filter { limit: None, ..drawn(filter) }).write();
        html! {
            section .group id="list" {
                h2 {
                    (head) " "
                    span {
                        (least(plural(matching, "relationship", "relationships")))
                        @for (text, href) in self.ways() { " · " a href=(href) { (text) } }
                    }
                }
                @if matching == 0 { p .faint { "Nobody lies there." } } @else {
                    (self.list.table())
                    p .pager { a href=(whole) { (say!("All {} in the list", least(count(matching)))) } }
                }
            }
        }
    }

    /// Nearer, back, out.
    fn ways(&self) -> Vec<(Text<'static>, String)> {
        let filter = self.filter();
        let mut ways = Vec::new();
        let is_chosen = !self.zoom.is_chosen_by(filter);
        if is_chosen {
            let nearer = Zoom::into(filter);
            let kept = Filter { limit: None, sort: self.sort(), ..filter.clone() };
            ways.push((say!("zoom in"), with_filter(nearer.at(self.by_fit), &kept).write()));
            ways.push((say!("clear"), self.to(&self.zoom.of(filter))));
        }
        if self.zoom != Zoom::default() {
            let kept = Filter { limit: None, sort: self.sort(), ..Zoom::default().of(filter) };
            ways.push((say!("whole spectrum"), with_filter(Zoom::default().at(self.by_fit), &kept).write()));
        }
        ways
    }

    /// Who is not drawn, and why.
    fn not_drawn(&self) -> Option<String> {
        let (bare, mixed) = (self.spectrum.without_strength, self.spectrum.without_currency);
        let bare = (0 < bare).then(|| {
            say!(
                "{} without a strength of evidence (prospects, former ones, not enough evidence)",
                count(bare)
            )
        });
        let mixed = (0 < mixed)
            .then(|| say!("{} who brought no money, or money in several currencies", count(mixed)));
        let told: Vec<_> = bare.into_iter().chain(mixed).collect();
        let stopped = self.spectrum.at_least.then(|| {
            say!("Counting stopped at 50,000 matches, since these filters are counted one by one; the picture is of those.")
                .into_owned()
        });
        let told = (!told.is_empty()).then(|| say!("Not drawn: {}.", told.join("; ")));
        let all: Vec<_> = stopped.into_iter().chain(told).collect();
        (!all.is_empty()).then(|| all.join(" "))
    }
}

fn fits(all: &SpectrumCounts) -> Vec<TintKey<'static>> {
    let known = [
        (Tint::Fits, Fit::Fits, all.fits),
        (Tint::Less, Fit::UnderServed, all.under_served),
        (Tint::More, Fit::OverServed, all.over_served),
        (Tint::Unknown, Fit::NotKnown, all.not_known),
    ];
    known
        .into_iter()
        .map(|(tint, fit, count)| TintKey { tint, text: word!(fit.word()).into(), count })
        .collect()
}
