//! The samples, one function per component.

use kernel::{Currency, Day, Money};
use maud::{Markup, PreEscaped, html};

use crate::*;

/// Every component's name and its samples.
pub(super) fn all() -> Vec<(&'static str, Markup)> {
    vec![
        ("button", buttons()),
        ("mark", marks()),
        ("scale", scales()),
        ("tag", tags()),
        ("field", fields()),
        ("tabs", tabs()),
        ("filter", html! { (filters()) }),
        ("table", tables()),
        ("pager", pagers()),
        ("ledger", html! { (ledger()) }),
        ("contributions", html! { (contributions(reach([-1_700_000]))) }),
        ("timeline", html! { (timeline()) }),
        ("steps", steps()),
        ("progress", progress()),
        ("drop", drops()),
        ("counts", html! { (counts()) }),
        ("note", notes()),
        ("empty", nothing()),
        ("figures", figures()),
    ]
}

/// The day on which the samples play.
pub(super) fn today() -> Day {
    day("2025-10-14")
}

pub(super) fn day(text: &str) -> Day {
    Day::parse(text).unwrap_or(Day(0))
}

pub(super) fn euros(cents: i64) -> Markup {
    let text = Currency::parse("EUR").map(|currency| money(Money::new(cents * 100, currency)));
    text.unwrap_or_default()
}

fn buttons() -> Markup {
    html! {
        p .acts {
            (Button::submit("Import 431 rows").main_act())
            (Button::submit("Dry run again"))
            (Button::link("Next 25", "?after=x").key('n'))
            (Button::link("Discard", "#").quiet())
            (Button::submit("Erase everything…").grave())
            (Button::submit("Import").off()) span .small .faint { "Give every column a meaning first." }
            (busy())
            (Button::link("Previous", "#").off())
        }
    }
}

/// What a button looks like once the script has sent its form.
fn busy() -> Markup {
    let sent = Button::submit("Import 431 rows").main_act().render().into_string();
    PreEscaped(sent.replacen("<button ", "<button aria-busy=\"true\" ", 1))
}

fn marks() -> Markup {
    html! {
        p .acts { @for sign in Sign::ALL { (Mark::new(sign, word(sign))) } (Mark::new(Sign::Client, "Patient")) }
    }
}

pub(super) fn word(sign: Sign) -> &'static str {
    match sign {
        Sign::Customer => "Customer",
        Sign::Client => "Client",
        Sign::Prospect => "Prospect",
        Sign::Former => "Former",
        Sign::Unsure => "Not enough evidence",
    }
}

fn scales() -> Markup {
    let at = |ppm| Some(Strength::of_ppm(ppm));
    let wide = |sign, ppm| WideScale {
        sign,
        at: Strength::of_ppm(ppm),
        band: Band::default(),
        ends: ("customer", "client"),
    };
    html! {
        p .acts {
            (Scale::new(Sign::Customer, at(380_000)))
            (Scale::new(Sign::Client, at(740_000)))
            (Scale::new(Sign::Former, at(210_000)))
            (Scale::new(Sign::Unsure, at(500_000)))
            (Scale::new(Sign::Prospect, None))
            (Scale { was: at(660_000), ..Scale::new(Sign::Client, at(740_000)) })
            (Scale::new(Sign::Customer, at(1_000)))
            (Scale::new(Sign::Client, at(999_000)))
        }
        @for (sign, ppm) in [(Sign::Customer, 14_000), (Sign::Client, 783_000), (Sign::Former, 985_000)] {
            div .field { (wide(sign, ppm)) }
        }
    }
}

fn tags() -> Markup {
    html! {
        p .acts { (Tag::new("Renewals only")) (Tag::firm("Gets less than owed")) (Tag::hot("1 day late")) span .faint { "Fits" } }
    }
}

fn fields() -> Markup {
    let meanings = || vec![Choice::new("party", "Party name"), Choice::new("", "Do not import")];
    html! {
        form .sign {
            (Field::text("name", "Name").placeholder("Osterlund Marine").hint("As they write it themselves."))
            (Field::input("email", "mail", "Email").value("ines@example").autocomplete("username").required()
                .hint("We send nothing without asking.")
                .error(Some("\"ines@example\" has no domain; write it like ines@harbour.example.")))
            (Field::area("why", "Reason, kept with the change").value("Retainer signed on 2 October."))
            (Field::select("meaning", "Meaning", meanings()).value("party"))
            (Field::file("files", "Files", ".csv,.tsv").multiple())
            (Field::check("header", "The first row names the columns", true).value("yes"))
            (Field::text("off", "Service line").value("Insurance").disabled())
        }
    }
}

fn tabs() -> Markup {
    let tab =
        |text: &'static str, n, current| Tab { text: text.into(), href: "?".into(), count: Some(n), current };
    html! {
        (Tabs { label: "Views".into(), tabs: vec![
            tab("All", 412, true), tab("Clients", 182, false), tab("Customers", 177, false), tab("Not enough evidence", 0, false),
        ] })
    }
}

pub(super) fn filters() -> Filters<'static> {
    let answer = |value: &'static str, text: &'static str, n, on| Answer {
        value: value.into(),
        text: text.into(),
        count: Some(n),
        on,
    };
    let lines = [answer("insurance", "Insurance", 40, false), answer("shop", "Shop", 44, false)];
    let classes = [answer("client", "Client", 37, true), answer("former", "Former", 5, true)];
    let dates =
        [Field::input("date", "since", "From").value("2025-01-01"), Field::input("date", "until", "To")];
    Filters {
        action: "/relationships".into(),
        keep: vec![("sort".into(), "since".into())],
        search: Some(("q".into(), "Name, person or number".into(), "".into())),
        picks: vec![
            Pick::any("line", "Service line", &lines),
            Pick::any("class", "Class", &classes),
            Pick::one("currency", "Currency", &[answer("eur", "EUR", 98, false)]),
            Pick::fields("Since", Some("1 Jan 2025 or later"), &dates),
        ],
        clear: Some("/relationships".into()),
        end: Some(html! { (Button::link("Download CSV", "/relationships.csv").quiet()) }),
    }
}

fn tables() -> Markup {
    let rejected = Table::plain("Rejected rows")
        .columns([
            Column::new("Row").num(),
            Column::new("Column"),
            Column::new("Value"),
            Column::new("Reason"),
        ])
        .rows([(88, "Land", "1180", "is a postcode, not a country"), (417, "Firma", "", "has no name")].map(
            |(n, column, value, why)| {
                let value =
                    html! { @if value.is_empty() { span .faint { "empty" } } @else { code { (value) } } };
                Row::new([Cell::num(n), Cell::new(column), Cell::new(value), Cell::soft(why)])
            },
        ));
    let switch = Table::fold("What changes").columns(["What", "Now", "Then"].map(Column::new)).rows(
        [("Owner", "Advisory queue", "Tomas Berg"), ("Price", "List price", "Fixed fee")].map(
            |(what, now, then)| {
                let then = html! { strong { (then) } };
                Row::new([Cell::head(what), Cell::soft(now).label("Now"), Cell::new(then).label("Then")])
            },
        ),
    );
    html! { (rejected) (switch) }
}

fn pagers() -> Markup {
    html! {
        (Pager { label: "Pages of the first".into(), range: "1–25 of 116 that match".into(), previous: None, next: Some("?after=x".into()) })
        (Pager { label: "Pages of the last".into(), range: "101–116 of 116 that match".into(), previous: Some("?before=x".into()), next: None })
    }
}

pub(super) fn ledger() -> Ledger {
    let running = Progress {
        label: "orders-2025-q3.csv".into(),
        done: 1_204,
        total: 1_910,
        unit: "rows".into(),
        note: "63 %, about 1 minute left. You can leave this page.".into(),
        source: None,
    };
    let busy = Line {
        since: Some(html! { "since 11:58" }),
        what: Some(running.render()),
        act: Some(html! { (Button::link("Stop", "#stop")) }),
        ..Line::new(time::short(today(), today()), html! { strong { "orders-2025-q3.csv" } })
    };
    let done = Line {
        since: Some(html! { "Priya Nair" }),
        why: Some(html! { "402 rows: 380 created, 19 linked, 3 rejected." }),
        act: Some(html! { (Button::link("Undo…", "#undo")) }),
        ..Line::new(
            time::short(day("2025-07-08"), today()),
            html! { strong { "contacts-july.csv" } span .done { "Done" } },
        )
    };
    let late = Line {
        late: true,
        what: Some(html! { p { "Send Mette Osterlund the liability comparison." } }),
        why: Some(html! { "Promised by Tomas Berg on 7 October." }),
        ..Line::new(
            "1 day late",
            html! { (who("Osterlund Marine", "#")) (Mark::new(Sign::Client, "Client")) },
        )
    };
    Ledger { lines: vec![late, busy, done] }
}

pub(super) fn contributions(reach: i64) -> Contributions<'static> {
    let fact = |on: &str, what: &str, change| Backing {
        when: time::short(day(on), today()),
        what: html! { a href="#f" { (what) } },
        without: Some((change, Strength::of_score(1_270_000 + change))),
    };
    let lines =
        vec![
            Contribution::new("Contract", 620_000, "In force to 1 October 2026, 30 days’ notice")
                .facts([fact("2025-10-02", "Contract MA-118 signed", -620_000)]),
            Contribution::new("Service bought", 538_400, "All of what they paid for was advice").facts([
                fact("2025-10-02", "Invoice 2025-0788", -300_000),
                fact("2025-07-31", "Invoice 2025-0611", -200_000),
            ]),
            Contribution::new("Continuity", 1_214_600, "3 bills, 3 paid, no gap over 5 months"),
            Contribution::none("Adoption", "No evidence: nothing of this line is measured in use"),
            Contribution::new("Tenure", -183_333, "0.6 years on this line").facts([fact(
                "2025-03-11",
                "First commitment",
                183_333,
            )]),
            Contribution::new("Decision basis", -319_667, "Chose the first check on price"),
        ];
    let first = Contribution::new(
        "Starting point",
        -600_000,
        html! { "Policy " a href="#p" { "Practice, version 4" } },
    );
    let strength = Strength::of_score(1_270_000);
    Contributions { first, lines, strength, reach, ends: ("customer".into(), "client".into()) }
}

pub(super) fn timeline() -> Timeline {
    let at = |text| time::short(day(text), today());
    let ticket = html! { a href="#f" { "Ticket 2304" } ": certificate of cover for the yard in Oslo." };
    Timeline {
        entries: vec![
            Entry::new(at("2025-10-14"), ticket, "Mail from Karim Osei, 09:20"),
            Entry::new(at("2025-10-02"), "Contract MA-118 signed, 12 months.", "Signed document").lasting(),
            Entry::new(at("2025-08-05"), "Order 7731, 4 life jackets.", "Row 118 of orders-2025-q3.csv"),
            Entry::new(at("2021-03-04"), "Contract MA-042 signed.", "Row 63 of contracts.csv").lasting(),
        ],
    }
}

fn steps() -> Markup {
    html! {
        (Steps { steps: vec![
            Step::new("Columns", html! { p .small .soft { "Each column has a meaning." } }),
            Step::later("Import", "Waits for the dry run."),
        ] })
    }
}

fn progress() -> Markup {
    html! {
        (Progress { label: "orders.csv".into(), done: 12_040, total: 19_100, unit: "rows".into(), note: "63 %".into(), source: None })
        (Progress { label: "empty.csv".into(), unit: "rows".into(), ..Progress::default() })
    }
}

pub(super) fn drops() -> Markup {
    html! {
        (Drop {
            action: "/imports".into(),
            hidden: hidden("token", "t0k3n"),
            field: Field::file("file", "A file with orders, contacts or contracts", ".csv,.tsv").required(),
            act: "Bring in".into(),
        })
        (dropped(
            "contacts-october.csv",
            "48 KB, 435 rows, 8 columns",
            "Read as UTF-8 with a byte order mark, semicolons, dates as day.month.year.",
            &html! { (Button::link("Choose another", "/imports/new")) },
        ))
    }
}

pub(super) fn counts() -> Counts<'static> {
    Counts {
        counts: vec![
            Count::new(148, "create"),
            Count::new(63, "update"),
            Count::new(197, "link"),
            Count::new(23, "skip"),
            Count::bad(4, "reject"),
        ],
    }
}

fn notes() -> Markup {
    html! {
        (Note::new("The data ends on 9 December 2011; everything here is as of that day."))
        (Note::bad("orders.csv was not read: row 1 has no column that looks like a date. Choose the date column."))
    }
}

fn nothing() -> Markup {
    html! {
        (Nothing {
            sentence: "No client has Ines as owner.".into(),
            act: Some(html! { (Button::link("Show all owners", "?")) }),
        })
    }
}

fn figures() -> Markup {
    let fact = |name, value| (name, value);
    let delay = html! { span .late { (time::distance(day("2025-10-13"), today())) } };
    html! {
        (terms(&[
            fact("Money", euros(318_450)),
            fact("Below zero", euros(-4_979)),
            fact("Count", html! { (count(12_040)) }),
            fact("Share", html! { (percent(1_204, 1_910)) }),
            fact("Date in a sentence", time::long(today())),
            fact("Due", time::due(day("2025-10-16"), today())),
            fact("Late", delay),
        ]))
    }
}
