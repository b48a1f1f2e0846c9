//! Book: who is what, filtered, sorted, page by page.

use ::store::Tx;
use accounts::ops::{Nothing as NoInput, ShownLine, lines};
use kernel::{Day, Permission, Problem, Result};
use maud::{Markup, Render, html};
use slice::{Reply, Visit};
use ui::{Address, Band, Button, Head, Note, Nothing, Tab, Tabs, count, plural, time};

use super::{deciding, filters::set, list::matching, welcome::Welcome, worded::in_words, wording};
use crate::{
    Class,
    condition::Wanted,
    ops::{self, Book, Deciding, Filter},
    store::{policy, totals},
};

/// Where it is.
pub(super) const PLACE: &str = "/relationships";

/// A page of the book.
pub(super) struct BookPage {
    pub(super) filter: Filter,
    /// Its conditions.
    pub(super) wanted: Option<Wanted>,
    pub(super) book: Book,
    pub(super) classes: Vec<(Class, i64)>,
    pub(super) lines: Vec<ShownLine>,
    pub(super) band: Band,
    pub(super) today: Day,
    deciding: Deciding,
    may_bring: bool,
    csrf: String,
}

/// Answers `GET /relationships`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let filter = asked(visit)?;
    let page = BookPage {
        wanted: Wanted::read(filter.wanted.as_deref().unwrap_or_default())?,
        book: ops::list(visit.cx, tx, filter.clone())?,
        classes: totals::classes(tx, visit.cx.actor.number())?,
        lines: lines(visit.cx, tx, NoInput {})?,
        band: wording::band(&policy::in_force(tx)?.0),
        today: visit.cx.today(),
        deciding: ops::progress(visit.cx, tx, ops::NothingToSay {})?,
        may_bring: visit.cx.actor.may(Permission::Write),
        csrf: visit.csrf.to_owned(),
        filter,
    };
    Ok(Reply::Page { title: "Relationships".into(), place: PLACE, body: page.render() })
}

/// What the address asks for.
pub(super) fn asked(visit: &Visit<'_>) -> Result<Filter> {
    let text = |name: &str| visit.asked(name).map(str::to_owned);
    let number = |name: &str| {
        visit.asked(name).map(str::parse).transpose().map_err(|_| {
            Problem::invalid(name, "book.number", format!("{name} is a whole number, such as {name}=10"))
        })
    };
    Ok(Filter {
        class: text("class"),
        line: text("line"),
        fit: text("fit"),
        confidence: text("confidence"),
        spend: number("spend")?,
        purchases: number("purchases")?,
        name: text("name"),
        said: text("override"),
        preference: text("preference"),
        may_contact: truth(visit, "may_contact")?,
        wanted: text("where"),
        sort: text("sort"),
        after: text("after"),
        limit: number("limit")?,
    })
}

fn truth(visit: &Visit<'_>, name: &str) -> Result<Option<bool>> {
    let asked = visit.asked(name).filter(|text| !text.is_empty());
    asked.map(str::parse).transpose().map_err(|_| {
        Problem::invalid(name, "book.truth", format!("{name} is true or false, such as {name}=false"))
    })
}

/// The address of the book as a filter asks for it; `after` is left out.
pub(super) fn address(filter: &Filter) -> Address {
    address_at(PLACE, filter)
}

/// The same at another place.
pub(super) fn address_at(place: &str, filter: &Filter) -> Address {
    let pairs = pairs(filter).into_iter();
    pairs.fold(Address::new(place), |address, (name, value)| address.with(name, Some(&value)))
}

/// What an address holds of a filter, as names and values; `after` is left out.
pub(super) fn pairs(filter: &Filter) -> Vec<(&'static str, String)> {
    let number = |n: Option<i64>| n.map(|n| n.to_string());
    let all = [
        ("class", filter.class.clone()),
        ("line", filter.line.clone()),
        ("fit", filter.fit.clone()),
        ("confidence", filter.confidence.clone()),
        ("spend", number(filter.spend)),
        ("purchases", number(filter.purchases)),
        ("name", filter.name.clone()),
        ("override", filter.said.clone()),
        ("preference", filter.preference.clone()),
        ("may_contact", filter.may_contact.map(|may| may.to_string())),
        ("where", filter.wanted.clone()),
        ("sort", filter.sort.clone()),
        ("limit", number(filter.limit)),
    ];
    all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// A view: a name and the filter that makes it.
fn views() -> [(&'static str, Option<Class>, Filter); 6] {
    let of = |class: Class| Filter { class: Some(class.as_str().to_owned()), ..Filter::default() };
    let large =
        Filter { spend: Some(900), purchases: Some(10), sort: Some("net".to_owned()), ..Filter::default() };
    [
        ("All", None, Filter::default()),
        ("Clients", Some(Class::Client), of(Class::Client)),
        ("Customers", Some(Class::Customer), of(Class::Customer)),
        ("Former", Some(Class::Former), of(Class::Former)),
        ("Not enough evidence", Some(Class::NotEnough), of(Class::NotEnough)),
        ("Large buyers", None, large),
    ]
}

impl Render for BookPage {
    fn render(&self) -> Markup {
        if self.all() == 0 && !self.book.weighing {
            return Welcome { may_bring: self.may_bring, csrf: &self.csrf }.render();
        }
        html! {
            (self.head())
            @if self.deciding.waits { (Note::new(deciding::bar(&self.deciding))) }
            (self.tabs())
            (self.filters())
            @if let Some(worded) = self.worded() { (worded) }
            @if self.book.rows.is_empty() { (self.nothing()) } @else {
                (self.table())
                p .tiny .faint { (self.about_totals()) }
                (self.pager())
            }
        }
    }
}

impl BookPage {
    /// How many relationships there are in all.
    fn all(&self) -> i64 {
        self.classes.iter().map(|(_, count)| count).sum()
    }

    fn of(&self, class: Class) -> i64 {
        self.classes.iter().find(|(known, _)| *known == class).map_or(0, |(_, count)| *count)
    }

    fn head(&self) -> Markup {
        let act = html! {
            (Button::link("Add an account", "/accounts/new"))
            (Button::link("Bring in", "/imports").main_act())
        };
        let lead = html! { (self.counted()) " " (self.judged()) };
        let acts = self.may_bring.then_some(act);
        Head { title: "Relationships".into(), lead: Some(lead), acts, ..Head::default() }.render()
    }

    /// `182 clients, 177 customers, 20 former; for 12 there is not enough evidence.`
    fn counted(&self) -> String {
        let words = [
            (Class::Client, "client", "clients"),
            (Class::Customer, "customer", "customers"),
            (Class::Prospect, "prospect", "prospects"),
            (Class::Former, "former", "former"),
        ];
        let known = words.map(|(class, one, many)| (self.of(class), one, many));
        let known: Vec<String> =
            known.into_iter().filter(|(n, _, _)| 0 < *n).map(|(n, one, many)| plural(n, one, many)).collect();
        match (known.is_empty(), self.of(Class::NotEnough)) {
            (true, 0) => String::new(),
            (true, n) => {
                format!("For {} there is not enough evidence.", plural(n, "relationship", "relationships"))
            }
            (false, 0) => format!("{}.", known.join(", ")),
            (false, n) => format!("{}; for {} there is not enough evidence.", known.join(", "), count(n)),
        }
    }

    /// On which day each line is judged, lines of one day together.
    fn judged(&self) -> Markup {
        let mut days: Vec<(&str, &str)> =
            self.lines.iter().map(|line| (line.now.as_str(), line.now_is.as_str())).collect();
        days.sort_unstable();
        days.dedup();
        let of = |day: &(&str, &str)| -> Vec<&str> {
            let same = self.lines.iter().filter(|line| (line.now.as_str(), line.now_is.as_str()) == *day);
            same.map(|line| line.name.as_str()).collect()
        };
        html! {
            @for day in &days {
                @let names = of(day);
                (wording::listed(&names)) @if names.len() == 1 { " is" } @else { " are" } " judged "
                (judged_on(day.0, day.1)) ". "
            }
        }
    }

    fn tabs(&self) -> Tabs<'static> {
        let now = address(&Filter { limit: None, ..self.filter.clone() }).write();
        let tab = |(text, class, filter): (&'static str, Option<Class>, Filter)| {
            let href = address(&filter).write();
            let count = match (text, class) {
                ("All", _) => Some(self.all()),
                (_, class) => class.map(|class| self.of(class)),
            };
            Tab { text: text.into(), current: href == now, href: href.into(), count }
        };
        // Contracts know when somebody has to act; their list is a view of the book like the others.
        let renewals = Tab { text: "Renewals".into(), href: "/contracts".into(), ..Tab::default() };
        Tabs { label: "Views".into(), tabs: views().into_iter().map(tab).chain([renewals]).collect() }
    }

    fn about_totals(&self) -> &'static str {
        match self.book.at_least {
            true => {
                "Counting stopped at 10,000 matches: there are at least so many, and the sums are of those counted. Net is \
                 what they paid less what went back; currencies are never added."
            }
            false => {
                "Totals are for all that match. Net is what they paid less what went back; currencies are never added."
            }
        }
    }

    fn pager(&self) -> Markup {
        let shown = i64::try_from(self.book.rows.len()).unwrap_or(i64::MAX);
        let first = self.filter.after.as_ref().map(|_| address(&self.filter).write());
        let next =
            self.book.next.as_deref().map(|next| address(&self.filter).with("after", Some(next)).write());
        html! {
            nav .pager aria-label="Pages" {
                span { (count(shown)) " of " (matching(&self.book.totals, self.book.at_least)) " that match" }
                span .acts {
                    @if let Some(first) = first { (Button::link("First page", first).key('[')) }
                    @match next {
                        Some(next) => { (Button::link("Next", next).key(']')) },
                        None => { (Button::link("Next", "").off()) },
                    }
                }
            }
        }
    }

    fn nothing(&self) -> Nothing<'static> {
        let (mut words, ways) = set(&self.filter);
        words.extend(self.wanted.as_ref().map(in_words));
        let sentence = match words.is_empty() {
            true => "Nothing stands behind this place of the list.".to_owned(),
            false => format!("No relationship matches {}.", words.join(", ")),
        };
        let act = html! {
            @for (word, href) in ways { (Button::link(format!("Without {word}"), href)) }
            @for (word, href) in self.conditions() { (Button::link(format!("Without {word}"), href)) }
            (Button::link("Show all", PLACE))
        };
        Nothing { sentence: sentence.into(), act: Some(act) }
    }
}

/// `on 31 August 2011, the end of the data`, `today, 14 October 2025`.
pub(super) fn judged_on(day: &str, now_is: &str) -> Markup {
    let shown = html! { @if let Ok(day) = Day::parse(day) { (time::long(day)) } };
    match now_is {
        "clock" => html! { "today, " (shown) },
        _ => html! { "on " (shown) ", the end of the data" },
    }
}
