//! Book: who is what, filtered, sorted, page by page.

use ::store::Tx;
use accounts::ops::{Nothing as NoInput, ShownLine, lines};
use kernel::{Day, Permission, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, tell};
use ui::{Address, Band, Button, Head, Note, Nothing, Tab, Tabs, Text, count, plural};

use super::{
    asked::{PLACE, address, asked, is_one_by_one, pairs, with_filter},
    bulk,
    dated::judged_on,
    deciding,
    filters::{in_words as asked_in_words, set},
    list::matching,
    spectrum,
    views::{self as views_page, VIEWS},
    welcome::Welcome,
    worded::in_words,
    wording,
};
use crate::{
    Class, column,
    column::ColumnName,
    condition::Wanted,
    ops::{
        self, Book, Deciding, Filter, NothingToSay,
        views::{self, ShownView},
    },
    store::{policy, totals},
};

/// Saved views that stand beside the others; the rest is on a page of its own.
const SAVED: usize = 8;

/// A page of the book.
pub(super) struct BookPage {
    pub(super) filter: Filter,
    /// The columns that are shown.
    pub(super) columns: Vec<ColumnName>,
    /// The view that was asked for by its name.
    view: Option<String>,
    /// The views that people saved.
    pub(super) saved: Vec<ShownView>,
    /// Its conditions.
    pub(super) wanted: Option<Wanted>,
    pub(super) book: Book,
    pub(super) classes: Vec<(Class, i64)>,
    pub(super) lines: Vec<ShownLine>,
    pub(super) band: Band,
    pub(super) today: Day,
    deciding: Deciding,
    /// Where it stands, with what the address holds beside the filter.
    pub(super) at: Address,
    pub(super) may_write: bool,
    csrf: String,
}

/// Answers `GET /relationships`.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let filter = asked(visit)?;
    if is_one_by_one(visit) {
        // Boxes send a parameter each; the address is shorter without.
        return Ok(Reply::Go(address(&filter).write()));
    }
    let page = prepared(visit, tx, filter, Address::new(PLACE))?;
    Ok(Reply::Page { title: say!("Relationships").into(), place: PLACE, body: page.render() })
}

/// Answers `GET /relationships/views/{id}`: the book as a saved view asks for it.
pub(super) fn view(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let view = views::view(visit.cx, tx, visit.part("id")?)?;
    let page = prepared(visit, tx, view.filter, Address::new(PLACE))?;
    let page = BookPage { view: Some(view.id), ..page };
    Ok(Reply::Page { title: view.name, place: PLACE, body: page.render() })
}

/// The page of a filter.
pub(super) fn prepared(visit: &Visit<'_>, tx: &mut Tx<'_>, filter: Filter, at: Address) -> Result<BookPage> {
    Ok(BookPage {
        view: None,
        columns: column::chosen(filter.columns.as_deref())?,
        saved: views::list(visit.cx, tx, NothingToSay {})?,
        wanted: Wanted::read(filter.wanted.as_deref().unwrap_or_default())?,
        book: ops::list(visit.cx, tx, filter.clone())?,
        classes: totals::classes(tx, visit.cx.actor.number())?,
        lines: lines(visit.cx, tx, NoInput {})?,
        band: wording::band(&policy::in_force(tx)?.0),
        today: visit.cx.today(),
        deciding: ops::progress(visit.cx, tx, NothingToSay {})?,
        at,
        may_write: visit.cx.actor.may(Permission::Write),
        csrf: visit.csrf.to_owned(),
        filter,
    })
}

/// A view: a name and the filter that makes it.
fn views() -> [(Text<'static>, Option<Class>, Filter); 6] {
    let of = |class: Class| Filter { class: Some(class.as_str().to_owned()), ..Filter::default() };
    let large =
        Filter { spend: Some(900), purchases: Some(10), sort: Some("net".to_owned()), ..Filter::default() };
    [
        (say!("All"), None, Filter::default()),
        (say!("Clients"), Some(Class::Client), of(Class::Client)),
        (say!("Customers"), Some(Class::Customer), of(Class::Customer)),
        (say!("Former"), Some(Class::Former), of(Class::Former)),
        (say!("Not enough evidence"), Some(Class::NotEnough), of(Class::NotEnough)),
        (say!("Large buyers"), None, large),
    ]
}

impl Render for BookPage {
    fn render(&self) -> Markup {
        if self.all() == 0 && !self.book.weighing {
            return Welcome { may_bring: self.may_write, csrf: &self.csrf }.render();
        }
        html! {
            (self.head())
            (self.under_way())
            (self.tabs())
            (self.filters())
            (ui::on_paper(&say!("Listed: {}.", asked_in_words(&self.filter))))
            @if let Some(worded) = self.worded() { (worded) }
            @if self.book.rows.is_empty() { (self.nothing()) } @else {
                @if self.may_write {
                    (self.picks())
                    p .tiny { a href=(bulk::BULKS) { "What was done to many" } }
                } @else {
                    (self.table())
                    p .tiny .faint { (self.about_totals()) }
                }
                (self.pager())
            }
        }
    }
}

impl BookPage {
    /// How far deciding again has come, where it is under way.
    pub(super) fn under_way(&self) -> Markup {
        html! { @if self.deciding.waits { (Note::new(deciding::bar(&self.deciding))) } }
    }

    /// The same page as another filter asks for it.
    pub(super) fn to(&self, filter: &Filter) -> String {
        with_filter(self.at.clone(), filter).write()
    }

    /// How many relationships there are in all.
    pub(super) fn all(&self) -> i64 {
        self.classes.iter().map(|(_, count)| count).sum()
    }

    fn of(&self, class: Class) -> i64 {
        self.classes.iter().find(|(known, _)| *known == class).map_or(0, |(_, count)| *count)
    }

    fn head(&self) -> Markup {
        let acts = html! {
            (Button::link(say!("As a spectrum"), spectrum::address(&self.filter)))
            @if self.may_write {
                (Button::link(say!("Add an account"), "/accounts/new").key('n'))
                (Button::link(say!("Bring in"), "/imports").main_act())
            }
        };
        let lead = html! { (self.counted()) " " (self.judged()) };
        Head { title: say!("Relationships"), lead: Some(lead), acts: Some(acts), ..Head::default() }.render()
    }

    /// `182 clients, 177 customers, 20 former; for 12 there is not enough evidence.`
    fn counted(&self) -> String {
        let known = [Class::Client, Class::Customer, Class::Prospect, Class::Former]
            .map(|class| (class, self.of(class)));
        let known: Vec<String> =
            known.into_iter().filter(|(_, n)| 0 < *n).map(|(class, n)| wording::of_class(class, n)).collect();
        match (known.is_empty(), self.of(Class::NotEnough)) {
            (true, 0) => String::new(),
            (true, n) => {
                say!("For {} there is not enough evidence.", plural(n, "relationship", "relationships"))
            }
            (false, 0) => format!("{}.", known.join(", ")),
            (false, n) => say!("{}; for {} there is not enough evidence.", known.join(", "), count(n)),
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
                @let (lines, on) = (wording::listed(&names), judged_on(day.0, day.1));
                @if names.len() == 1 { (tell!("{lines} is judged {on}.")) } @else { (tell!("{lines} are judged {on}.")) }
                " "
            }
        }
    }

    fn tabs(&self) -> Tabs<'static> {
        let now = address(&Filter { limit: None, ..self.filter.clone() }).write();
        let tab = |(text, class, filter): (Text<'static>, Option<Class>, Filter)| {
            let href = address(&filter).write();
            let count = match class {
                None if pairs(&filter).is_empty() => Some(self.all()),
                class => class.map(|class| self.of(class)),
            };
            Tab { text, current: href == now && self.view.is_none(), href: href.into(), count }
        };
        let own: Vec<_> = views().into_iter().map(tab).collect();
        // Contracts know when somebody has to act; their list is a view of the book like the others.
        let renewals = Tab { text: say!("Renewals"), href: "/contracts".into(), ..Tab::default() };
        let is_named = own.iter().any(|tab| tab.current);
        let saved = self.saved.iter().take(SAVED).map(|view| Tab {
            text: view.name.clone().into(),
            href: views_page::place(view).into(),
            count: self.counted_for(&view.filter),
            current: match &self.view {
                Some(asked) => *asked == view.id,
                None => !is_named && address(&view.filter).write() == now,
            },
        });
        let more = Tab { text: say!("All views"), href: VIEWS.into(), ..Tab::default() };
        let more = (!self.saved.is_empty()).then_some(more);
        Tabs {
            label: say!("Views"),
            tabs: own.into_iter().chain([renewals]).chain(saved).chain(more).collect(),
        }
    }

    /// How many a view shows, where that is known without counting: it asks for a class, or for all.
    fn counted_for(&self, filter: &Filter) -> Option<i64> {
        let is_plain = pairs(filter).iter().all(|(name, _)| ["class", "sort", "columns"].contains(name));
        match filter.class.as_deref().map(Class::parse) {
            _ if !is_plain => None,
            None => Some(self.all()),
            Some(class) => class.map(|class| self.of(class)),
        }
    }

    fn pager(&self) -> Markup {
        let shown = i64::try_from(self.book.rows.len()).unwrap_or(i64::MAX);
        let first = self.filter.after.as_ref().map(|_| address(&self.filter).write());
        let next =
            self.book.next.as_deref().map(|next| address(&self.filter).with("after", Some(next)).write());
        html! {
            nav .pager aria-label="Pages" {
                span { (say!("{} of {} that match", count(shown), matching(&self.book.totals, self.book.at_least))) }
                span .acts {
                    @if let Some(first) = first { (Button::link(say!("First page"), first).key('[')) }
                    @match next {
                        Some(next) => { (Button::link(say!("Next"), next).key(']')) },
                        None => { (Button::link(say!("Next"), "").off()) },
                    }
                }
            }
        }
    }

    fn nothing(&self) -> Nothing<'static> {
        let (mut words, ways) = set(&self.filter);
        words.extend(self.wanted.as_ref().map(in_words));
        let sentence = match words.is_empty() {
            true => say!("Nothing stands behind this place of the list.").into_owned(),
            false => say!("No relationship matches {}.", words.join(", ")),
        };
        let act = html! {
            @for (word, href) in ways { (Button::link(say!("Without {word}"), href)) }
            @for (word, href) in self.conditions() { (Button::link(say!("Without {word}"), href)) }
            (Button::link(say!("Show all"), PLACE))
        };
        Nothing { sentence: sentence.into(), act: Some(act) }
    }
}
