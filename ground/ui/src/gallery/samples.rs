//! The samples, one function per component; those of evidence stand beside this file.

use kernel::{Currency, Day, Money};
use maud::{Markup, PreEscaped, html};

use super::clauses::clauses;
use super::edits::edits;
use super::evidence::{
    contributions, counts, course, documents, figures, ledger, marks, progress, scales, timeline,
};
use super::spectra::spectra;
use crate::*;

/// Every component's name and its samples.
pub(super) fn all() -> Vec<(&'static str, Markup)> {
    vec![
        ("button", buttons()),
        ("mark", marks()),
        ("scale", scales()),
        ("tag", tags()),
        ("field", fields()),
        ("checks", checks()),
        ("compare", edits()),
        ("tabs", tabs()),
        ("filter", html! { (filters()) }),
        ("clause", clauses()),
        ("table", tables()),
        ("pager", pagers()),
        ("ledger", html! { (ledger()) }),
        ("contributions", html! { (contributions(reach([-1_700_000]))) }),
        ("timeline", html! { (timeline()) }),
        ("steps", steps()),
        ("progress", progress()),
        ("drop", drops()),
        ("counts", html! { (counts()) }),
        ("curve", curves()),
        ("spectrum", spectra()),
        ("course", html! { (course()) }),
        ("note", notes()),
        ("empty", nothing()),
        ("figures", figures()),
        ("find", finds()),
        ("turns", turns()),
        ("prose", documents()),
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

fn turns() -> Markup {
    let of = html! { a .who href="#" { "Marlow Veterinary" } " " (Mark::new(Sign::Client, "Client")) };
    let what = html! { "Customer → client. 2 facts came to be known." };
    let act = Answers {
        action: "#".into(),
        hidden: hidden("csrf", "t"),
        buttons: html! { (Button::submit("Agree")) (Button::submit("Not now").quiet()) },
        otherwise: "Stays a customer…".into(),
        fields: html! { (Field::text("reason", "Why it stays a customer").required()) (Button::submit("Keep as customer")) },
    };
    let line = Line {
        what: Some(html! { p { "Say whether you agree." } }),
        act: Some(act.render()),
        ..Line::new("Open", of.clone())
    };
    html! { (Ledger { lines: vec![line] }) (Turns { turns: vec![(of, what)] }) }
}

fn finds() -> Markup {
    let row = |group: &'static str, title: &'static str, about: &'static str, sign: Option<Sign>| Found {
        group: group.into(),
        title: title.into(),
        about: (!about.is_empty()).then(|| about.into()),
        marks: sign.map(|sign| Mark::new(sign, sign.as_str()).render()),
        href: "#".into(),
        ..Found::default()
    };
    let found = vec![
        row("Accounts", "Osterlund Marine", "", Some(Sign::Client)),
        row("Accounts", "Mette Osterlund", "buyer at Osterlund Marine", Some(Sign::Client)),
        row("Accounts", "Østerlund Både", "email post@osterlund.example", Some(Sign::Customer)),
        row("Numbers", "Contract MA-118", "Osterlund Marine", None),
        row("Do", "Write down “osterlund” as a new account", "", None),
        Found { key: Some("g b".into()), ..row("Go to", "Book", "", None) },
        Found { sends: vec![("csrf", "c".to_owned())], ..row("Do", "Sign out", "", None) },
    ];
    html! {
        (Find { action: "/find".into(), typed: "osterlund".into(), notes: vec!["Nothing has “ostrelund”; this is spelled nearly so.".into()], nothing: false, hidden: Vec::new(), found })
    }
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

pub(super) fn word(sign: Sign) -> &'static str {
    match sign {
        Sign::Customer => "Customer",
        Sign::Client => "Client",
        Sign::Prospect => "Prospect",
        Sign::Former => "Former",
        Sign::Unsure => "Not enough evidence",
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

fn checks() -> Markup {
    html! {
        form .form {
            div .pair { (Field::text("first", "Name").id("c-first")) (Field::text("second", "What they do there").id("c-second")) }
            (Checks::any("roles", "Roles")
                .answer("buyer", "Buyer", "Decides to buy, and orders.", true)
                .answer("payer", "Payer", "Gets the bills.", false))
            (Checks::one("other", "Which one").error(Some("Pick one."))
                .answer("acc_1", "Osterlund Marine", "", false)
                .answer("acc_2", "Osterlund Shipping", "Belgium", true))
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

fn steps() -> Markup {
    html! {
        (Steps { steps: vec![
            Step::new("Columns", html! { p .small .soft { "Each column has a meaning." } }),
            Step::later("Import", "Waits for the dry run."),
        ] })
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

fn curves() -> Markup {
    let curve = Curve {
        points: vec![(0, -500), (1, 100), (12, 600), (36, 900)],
        was: Some(vec![(0, -400), (36, 700)]),
        reach: 1300,
        ends: ["0".into(), "−0.50 to +0.90".into(), "36".into()],
    };
    html! {
        ol .weights {
            li .changed {
                div { h3 { "Contract" } p .faint .tiny { "months committed" } }
                div { (Field::text("w-contract", "Weight").value("1.00")) }
                div { (curve) }
            }
        }
        fieldset .thirds { legend { strong { "When a class changes" } } (Field::text("up", "Becomes client at").value("0.70")) }
    }
}
