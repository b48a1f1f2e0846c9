//! Business calendars: which days count as business days, each with its weekend and its holidays, written by hand.

use ::store::Tx;
use accounts::settings::{PLACE, tabs};
use kernel::{Day, Permission, Problem, ProblemKind, Result};
use maud::{Markup, Render};
use slice::{Reply, Visit};
use speech::{html, say, word};
use ui::{
    Address, Button, Cell, Checks, Column, Field, Group, Head, Note, Nothing, Row, Table, Tabs, enter,
    hidden, time,
};

use crate::{
    calendar::Calendar,
    ops::{Holiday, Set, ShownCalendar, WhichCalendar, set, show},
    store,
    written::On,
};

/// Where they are.
pub(super) const CALENDARS: &str = "/calendars";

/// The days of the week.
const DAYS: [(&str, &str); 7] = [
    ("mon", "Monday"),
    ("tue", "Tuesday"),
    ("wed", "Wednesday"),
    ("thu", "Thursday"),
    ("fri", "Friday"),
    ("sat", "Saturday"),
    ("sun", "Sunday"),
];

/// What stands in the fields.
struct Typed {
    name: String,
    weekend: Vec<String>,
    holidays: String,
}

/// All of them, and one that is open.
struct CalendarsPage<'a> {
    all: Vec<Calendar>,
    open: Option<ShownCalendar>,
    typed: Typed,
    wrong: Option<Problem>,
    tabs: Tabs<'static>,
    may_write: bool,
    today: Day,
    csrf: &'a str,
}

/// Answers `GET /calendars`; with `name` in the address, that calendar is open.
pub(super) fn page(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let name = visit.asked("name").map(str::to_owned);
    let open = name.map(|name| show(visit.cx, tx, WhichCalendar { name })).transpose()?;
    let typed = open.as_ref().map_or_else(Typed::new, Typed::of);
    answer(visit, tx, open, typed, None)
}

/// Answers `POST /calendars`.
pub(super) fn save(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<Reply> {
    let (typed, open) = (Typed::sent(visit), visit.field("open").map(str::to_owned));
    let kept = free(tx, &typed.name, open.as_deref()).and_then(|()| holidays(&typed.holidays)).and_then(
        |holidays| {
            let weekend = Some(typed.weekend.join(","));
            set(visit.cx, tx, Set { name: typed.name.clone(), weekend, holidays })
        },
    );
    match kept {
        Ok(shown) => Ok(Reply::Go(Address::new(CALENDARS).with("name", Some(&shown.name)).write())),
        // Nothing was written when these refuse.
        Err(wrong) if [ProblemKind::Invalid, ProblemKind::Conflict].contains(&wrong.kind) => {
            let open = open.map(|name| show(visit.cx, tx, WhichCalendar { name })).transpose()?;
            answer(visit, tx, open, typed, Some(wrong))
        }
        Err(problem) => Err(problem),
    }
}

/// A calendar is replaced by whoever has it open; a new one does not take the place of one that is there.
fn free(tx: &mut Tx<'_>, name: &str, open: Option<&str>) -> Result<()> {
    if open == Some(name) || store::calendar(tx, name)?.is_none() {
        return Ok(());
    }
    let text = say!("there is a calendar {name:?} already; open that one, or give this one another name");
    Err(Problem::invalid("name", "contracts.calendar", text))
}

/// `2026-12-25 Christmas`, one a line.
fn holidays(text: &str) -> Result<Vec<Holiday>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let read = |line: &str| {
        let (day, name) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let day = Day::parse(day).map_err(|_| {
            let text = say!("{line:?} begins with no day; write a holiday as 2026-12-25 Christmas");
            Problem::invalid("holidays", "contracts.holiday", text)
        })?;
        Ok(Holiday { on: On(day), name: name.trim().to_owned() })
    };
    lines.map(read).collect()
}

fn answer(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    open: Option<ShownCalendar>,
    typed: Typed,
    wrong: Option<Problem>,
) -> Result<Reply> {
    let page = CalendarsPage {
        all: store::calendars(tx)?.into_values().collect(),
        open,
        typed,
        wrong,
        tabs: tabs(visit, CALENDARS),
        may_write: visit.cx.actor.may(Permission::Write),
        today: visit.cx.today(),
        csrf: visit.csrf,
    };
    Ok(Reply::Page { title: say!("Calendars").into(), place: PLACE, body: page.render() })
}

impl Typed {
    fn new() -> Typed {
        let weekend = vec!["sat".to_owned(), "sun".to_owned()];
        Typed { name: String::new(), weekend, holidays: String::new() }
    }

    fn of(shown: &ShownCalendar) -> Typed {
        let line = |holiday: &Holiday| format!("{} {}", holiday.on, holiday.name);
        Typed {
            name: shown.name.clone(),
            weekend: shown.weekend.split(',').map(str::to_owned).collect(),
            holidays: shown.holidays.iter().map(line).collect::<Vec<_>>().join("\n"),
        }
    }

    fn sent(visit: &Visit<'_>) -> Typed {
        let text = |name: &str| visit.field(name).unwrap_or_default().to_owned();
        let weekend = visit.form.iter().filter(|(name, _)| name == "weekend").map(|(_, day)| day.clone());
        Typed { name: text("name"), weekend: weekend.collect(), holidays: text("holidays") }
    }
}

impl Render for CalendarsPage<'_> {
    fn render(&self) -> Markup {
        let lead = html! {
            "Where a clause counts business days, the calendar that its contract names says which days those are. A \
             contract that names none rests on Saturdays and Sundays only."
        };
        let acts = (self.open.is_some() && self.may_write)
            .then(|| html! { (Button::link(say!("Add a calendar"), CALENDARS)) });
        html! {
            (Head { title: say!("Calendars"), lead: Some(lead), acts, ..Head::default() })
            (self.tabs)
            @if self.all.is_empty() { (Nothing { sentence: say!("No calendar is written down yet."), act: None }) }
            @else { (self.table()) }
            @if let Some(open) = &self.open { (Group::new(open.name.as_str(), self.holidays(open)).narrow()) }
            @if self.may_write {
                (Group::new(if self.open.is_some() { say!("Change it") } else { say!("Add a calendar") }, self.form()).narrow())
            }
        }
    }
}

impl CalendarsPage<'_> {
    fn table(&self) -> Table<'_> {
        let heads = [
            Column::new(say!("Calendar")),
            Column::new(say!("Nobody works on")),
            Column::new(say!("Holidays")).num(),
        ];
        Table::fold(say!("Business calendars by name")).columns(heads).rows(self.all.iter().map(|one| {
            let to = Address::new(CALENDARS).with("name", Some(&one.name)).write();
            Row::new([
                Cell::head(html! { a href=(to) { (one.name) } }),
                Cell::new(spoken(&one.weekend_text())).label(say!("Nobody works on")),
                Cell::num(ui::count(i64::try_from(one.holidays.len()).unwrap_or(i64::MAX)))
                    .label(say!("Holidays")),
            ])
        }))
    }

    fn holidays(&self, open: &ShownCalendar) -> Markup {
        if open.holidays.is_empty() {
            return Nothing { sentence: say!("It has no holiday yet."), act: None }.render();
        }
        html! {
            dl .dl { @for holiday in &open.holidays { dt { (time::due(holiday.on.0, self.today)) } dd { (holiday.name) } } }
        }
    }

    fn form(&self) -> Markup {
        let error = |field: &str| {
            let wrong = self.wrong.as_ref().filter(|wrong| wrong.field.as_deref() == Some(field));
            wrong.map(|wrong| ui::sentence(&wrong.message))
        };
        let fields = ["name", "weekend", "holidays"];
        let above =
            self.wrong.as_ref().filter(|wrong| !fields.contains(&wrong.field.as_deref().unwrap_or_default()));
        let weekend =
            DAYS.iter().fold(Checks::any("weekend", say!("Nobody works on")), |checks, (word, name)| {
                let on = self.typed.weekend.iter().any(|day| day == word);
                checks.answer(*word, word!(name), html! {}, on)
            });
        html! {
            form .form method="post" action=(CALENDARS) {
                (hidden("csrf", self.csrf)) (enter())
                @if let Some(wrong) = above { (Note::bad(ui::sentence(&wrong.message))) }
                @match &self.open {
                    Some(open) => { (hidden("open", &open.name)) (hidden("name", &open.name)) },
                    None => {
                        (Field::text("name", say!("Name")).value(&*self.typed.name).placeholder("BE").error(error("name"))
                            .hint(say!("A country code as a rule.")).required())
                    },
                }
                (weekend.error(error("weekend")))
                (Field::area("holidays", say!("Holidays")).value(&*self.typed.holidays).error(error("holidays"))
                    .placeholder(say!("2026-12-25 Christmas")).hint(say!("One a line: the day, then its name.")))
                div .acts { (Button::submit(say!("Keep the calendar")).main_act()) }
            }
            p .small .soft { "The days to act of contracts that name it are counted anew." }
        }
    }
}

/// `Saturday, Sunday`.
fn spoken(weekend: &str) -> String {
    let name = |word: &str| {
        DAYS.iter().find(|(known, _)| *known == word).map_or_else(String::new, |(_, name)| word!(name))
    };
    weekend.split(',').map(name).collect::<Vec<_>>().join(", ")
}
