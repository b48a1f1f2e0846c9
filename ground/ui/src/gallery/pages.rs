//! The screens that the components make up: sign-in, bring in, book, relationship.

use maud::{Markup, html};

use super::{
    evidence::{contributions, counts, ledger, timeline},
    samples::{self, day, euros, today, word},
};
use crate::*;

pub(super) fn sign_in() -> Markup {
    let form = html! {
        form .sign method="post" action="/sessions" {
            (Field::input("email", "mail", "Email").autocomplete("username").required())
            (Field::input("password", "password", "Password").autocomplete("current-password").required()
                .error(Some("That email and password do not match. 4 tries left before a 15-minute wait.")))
            (Button::submit("Sign in").main_act())
        }
        p .or { "or" }
        (Button::link("Send me a link instead", "/links/new"))
    };
    centred("Sign in", "Harbour & Vale", &form)
}

pub(super) fn welcome() -> Markup {
    let begin = html! {
        form .acts { (Field::text("name", "Name of a person or firm").placeholder("Name of a person or firm").bare()) (Button::submit("Begin")) }
    };
    let doors = [
        (
            "Look around first",
            "Three invented businesses with five years of history.",
            html! {
                form .acts { (Button::submit("A practice").sends("demo", "practice")) (Button::submit("A shop").sends("demo", "shop")) }
            },
        ),
        (
            "Write down one relationship",
            "A name, and what you know. Two facts are often enough for a first answer.",
            begin,
        ),
    ];
    html! {
        (Head {
            title: "Who stays, who passes by?".into(),
            lead: Some(html! { "Bring in what you know and see, for every relationship, whether it is a " (Mark::new(Sign::Customer, "customer")) " or a " (Mark::new(Sign::Client, "client")) ", and why." }),
            narrow: true,
            ..Head::default()
        })
        div .group .narrow { (samples::drops()) }
        (Doors { doors: doors.map(|(heading, sentence, act)| Door { heading: heading.into(), sentence: sentence.into(), act }).into() })
    }
}

pub(super) fn lost() -> Markup {
    let problem = kernel::Problem::not_found(
        "accounts.unknown",
        "there is no account acc_x7Kq2 that you may see; it may have been merged or erased",
    );
    crate::lost(&problem, &html! { (Button::link("Back to Book", "/relationships").main_act()) })
}

pub(super) fn import() -> Markup {
    let run = html! {
        p .small .soft { "Runs in the background, about 2 seconds." }
        p .acts .group { (Button::submit("Import 431 rows").main_act()) (Button::submit("Dry run again")) }
    };
    html! {
        (Head { edit: None,
            title: "orders-2025-q3.csv".into(),
            trail: Some(html! { a href="/imports" { "Bring in" } }),
            lead: Some(html! { "435 rows. Nothing is written until you start the import, and it can be undone as one afterwards." }),
            acts: Some(html! { (Button::link("Discard", "#discard").quiet()) }),
            narrow: true,
        })
        (Steps { steps: vec![
            Step::new("File", dropped("orders-2025-q3.csv", "48 KB, 435 rows", "Read as UTF-8, semicolons.", &html! { (Button::link("Choose another", "/imports/new")) })),
            Step::new("Columns", columns()),
            Step::new("Dry run", html! { (counts()) p .small .soft { "148 new, 63 changed, 197 linked: with the 4 rejected, 435." } }),
            Step::new("Import", run),
        ] })
        (Group::new("Other imports", ledger()).narrow())
    }
}

fn columns() -> Table<'static> {
    let meanings = || {
        ["Party name", "Order number", "Order date", "Amount", "Do not import"]
            .map(|m| Choice::new(m, m))
            .into()
    };
    Table::plain("Columns and their meaning")
        .columns([
            Column::new("In the file"),
            Column::new("Meaning"),
            Column::new("Samples"),
            Column::new("Filled").num(),
            Column::new("Why"),
        ])
        .rows(
            [
                ("Invoice", "Order number", "536365 · 536366", "remembered from July"),
                ("InvoiceDate", "Order date", "01/12/2010 08:26", "day/month/year"),
                ("Note", "Do not import", "Ruft gern an · –", "free text about people"),
            ]
            .map(|(name, meaning, samples, why)| {
                let select =
                    Field::select(name, format!("Meaning of {name}"), meanings()).value(meaning).bare();
                Row::new([
                    Cell::head(name),
                    Cell::new(select),
                    Cell::soft(samples),
                    Cell::num("435 of 435"),
                    Cell::faint(why),
                ])
            }),
        )
}

/// A row of the book: name, line, sign, strength, value in cents, since, fit.
type Line = (&'static str, &'static str, Sign, Option<i64>, Option<i64>, &'static str, &'static str);

const ROWS: [Line; 6] = [
    (
        "Marlow Veterinary",
        "Insurance",
        Sign::Client,
        Some(740_000),
        Some(318_450),
        "2025-10-14",
        "Gets less than owed",
    ),
    (
        "Kestrel Couriers",
        "Advisory",
        Sign::Customer,
        Some(380_000),
        Some(31_800),
        "2025-10-14",
        "Gets more than they asked for",
    ),
    ("Northgate Choir", "Insurance", Sign::Prospect, None, None, "2025-10-13", "–"),
    ("Vermeer household", "Insurance", Sign::Former, Some(210_000), None, "2025-10-11", "–"),
    ("Pell & Ivory Interiors of the Old Corn Exchange", "Shop", Sign::Unsure, None, None, "2024-10-10", "–"),
    ("Wick Textiles", "Shop", Sign::Customer, Some(350_000), Some(-4_979), "2025-10-10", "Fits"),
];

fn row((name, line, sign, ppm, cents, since, fit): Line) -> Row<'static> {
    let value = html! {
        @match cents { Some(cents) => { (euros(cents)) span .basis { "expected" } }, None => { span .faint { "–" } span .basis {} } }
    };
    let fit = match fit {
        "Fits" | "–" => html! { span .faint { (fit) } },
        exception => Tag::firm(exception).render(),
    };
    Row::new([
        Cell::pick(name, &format!("Select {name}, {line}")),
        Cell::who(who(name, "/accounts/acc_x7Kq2")),
        Cell::line(line),
        Cell::mark(Mark::new(sign, word(sign))),
        Cell::scale(Scale::new(sign, ppm.map(Strength::of_ppm))),
        Cell::figure(value),
        Cell::more(time::short(day(since), today())),
        Cell::wide_only("Tomas Berg"),
        Cell::extra("Just transactions").label("Preference"),
        Cell::extra_num("14").label("Purchases"),
        Cell::fit(fit),
    ])
}

pub(super) fn list(caption: &'static str) -> Table<'static> {
    let total = Row::new([
        Cell::empty(),
        Cell::head("EUR, expected · 37 relationships").span(4),
        Cell::figure(html! { (euros(1_195_730)) span .basis { "expected" } }),
        Cell::empty().span(5),
    ]);
    Table::list(caption)
        .columns([
            Column::pick(),
            Column::new("Party").sort("?sort=name", None),
            Column::new("Service line").sort("?sort=line", None),
            Column::new("Class"),
            Column::new("Strength of evidence").sort("?sort=strength", None),
            Column::new("Net value, 12 months").sort("?sort=value", None).num(),
            Column::new("Since").sort("?sort=-since", Some(Order::Descending)),
            Column::new("Owner").wide_only(),
            Column::new("Preference"),
            Column::new("Purchases").num(),
            Column::new("Service fit"),
        ])
        .rows(ROWS.map(row))
        .totals([total])
        .scrolling()
}

pub(super) fn book() -> Markup {
    let tab =
        |text: &'static str, n, current| Tab { text: text.into(), href: "?".into(), count: Some(n), current };
    html! {
        (Head {
            title: "Relationships".into(),
            lead: Some(html! { "182 clients, 177 customers, 21 prospects, 20 former; for 12 there is not enough evidence." }),
            acts: Some(html! { (Button::link("Bring in", "/imports/new").main_act().key('n')) }),
            ..Head::default()
        })
        (Tabs { label: "Views".into(), tabs: vec![tab("All", 412, true), tab("Clients", 182, false), tab("Between 0.40 and 0.70", 115, false)] })
        (samples::filters())
        (Picks {
            action: "/relationships/picked".into(),
            asks: false,
            all: Some("all 116 that match".into()),
            too_many: None,
            hidden: hidden("token", "t0k3n"),
            table: list("Relationships, newest class first, 6 of 116").render(),
            note: Some("Totals are for all 116 matches, net of cost to serve.".into()),
            acts: vec![Button::submit("Set owner").sends("do", "owner"), Button::submit("Download").sends("do", "csv")],
        })
        (Pager { range: "1–6 of 116 that match".into(), next: Some("?after=x".into()), ..Pager::default() })
    }
}

fn advisory() -> Markup {
    let at = Strength::of_score(1_270_000);
    html! {
        (Verdict {
            sentence: html! { "A client since " (time::long(day("2025-10-02"))) ", the day the retainer was signed." },
            support: html! { "A customer for nearly 7 months before that. Evidence on 15 of 16 dimensions; policy Practice, version 4." },
            scale: Some(WideScale { sign: Sign::Client, at, band: Band::default(), ends: ("customer", "client") }),
        })
        (contributions(reach([1_214_600])))
        (Trio { sections: vec![
            ("What would change it".into(), html! { p { "If MA-118 were withdrawn: 0.66." } p { "Below 0.40 it takes −1.06 more." } }),
            ("What they want".into(), html! { p { (Tag::firm("Open to advice")) } p { "Mette Osterlund, intake form." } }),
        ], whole: Some(("Service fit".into(), html! { p { (Tag::firm("Gets less than owed")) } p { "A client by evidence and wish, served as a customer." } p { (Button::link("Preview serving as client", "#").main_act()) } })) })
    }
}

pub(super) fn relationship() -> Markup {
    let panel = |id: &'static str, heading: &'static str, sign, ppm, open, body| Panel {
        id: id.into(),
        heading: heading.into(),
        mark: Mark::new(sign, word(sign)),
        scale: Scale::new(sign, Some(Strength::of_ppm(ppm))),
        figure: Some(html! { (euros(553_280)) " " span .faint { "contracted" } }),
        fit: Some(html! { span .faint { "Fits" } }),
        open,
        body,
    };
    let main = html! {
        (panel("r1", "Advisory", Sign::Client, 780_000, true, advisory()))
        (panel("r2", "Shop", Sign::Customer, 110_000, false, html! { p { "A customer since 18 June 2022." } }))
        (Group::new("Timeline", html! { div .group { (timeline()) } }).note(html! { a href="#all" { "All 164 facts" } }))
    };
    html! {
        (Head {
            title: "Osterlund Marine".into(),
            trail: Some(html! { a href="/relationships" { "Relationships" } }),
            lead: Some(html! { (Mark::new(Sign::Client, "Client")) " for Advisory, " (Mark::new(Sign::Customer, "customer")) " for Shop. Boatyard in Ghent." }),
            acts: Some(html! { (Button::link("As of today", "#asof")) (Button::link("Record a fact", "#fact").key('p')) }),
            ..Head::default()
        })
        (Columns { main, side: vec![("People".into(), people()), ("What they want of us".into(), html! { p { (Tag::firm("Open to advice")) } p .small .soft { "Mette Osterlund, intake form, " (time::long(day("2025-10-02"))) "." } })] })
        (Toast { id: "applied", text: "The preference was recorded.".into(), act: Some(html! { (Button::link("Undo", "#undo")) }) })
    }
}

fn people() -> Markup {
    let person = |name: &'static str, role: &'static str, below: Option<&'static str>| SideLine {
        what: who(name, "#"),
        end: html! { (role) },
        below: below.map(|text| html! { (text) }),
    };
    side_lines(&[
        person("Mette Osterlund", "buyer", Some("Owner. Decides; prefers the phone.")),
        person("Karim Osei", "payer, user", None),
    ])
}
