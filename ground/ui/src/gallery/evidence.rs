//! Samples of what shows evidence: marks, scales, contributions, timeline, counts, figures.

use maud::{Markup, html};

use super::samples::{day, euros, today, word};
use crate::*;

pub(super) fn scales() -> Markup {
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
    let strength = Some(Strength::of_score(1_270_000));
    Contributions { first, lines, strength, reach, ends: ("customer".into(), "client".into()) }
}

pub(super) fn timeline() -> Timeline {
    let at = |text| time::short(day(text), today());
    let ticket = html! { a href="#f" { "Ticket 2304" } ": certificate of cover for the yard in Oslo." };
    Timeline {
        entries: vec![
            Entry::new(at("2025-10-14"), ticket, "Mail from Karim Osei, 09:20"),
            Entry::new(at("2025-10-02"), "Contract MA-118 signed, 12 months.", "Signed document").lasting(),
            Entry {
                folded: ["2025-06-12", "2025-05-09", "2025-03-30"]
                    .map(|day| Entry::new(at(day), "Order, 4 life jackets.", "orders-2025-q2.csv"))
                    .into(),
                ..Entry::new(at("2025-08-05"), "Order 7731, 4 life jackets.", "Row 118 of orders-2025-q3.csv")
            },
            Entry::new(at("2021-03-04"), "Contract MA-042 signed.", "Row 63 of contracts.csv").lasting(),
        ],
    }
}

pub(super) fn progress() -> Markup {
    html! {
        (Progress { label: "orders.csv".into(), done: 12_040, total: 19_100, unit: "rows".into(), note: "63 %".into(), source: None })
        (Progress { label: "empty.csv".into(), unit: "rows".into(), ..Progress::default() })
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

pub(super) fn figures() -> Markup {
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

pub(super) fn marks() -> Markup {
    html! {
        p .acts { @for sign in Sign::ALL { (Mark::new(sign, word(sign))) } (Mark::new(Sign::Client, "Patient")) }
    }
}

pub(super) fn course() -> Course<'static> {
    let step =
        |day, ppm: Option<i64>, sign, turned| CourseStep { day, at: ppm.map(Strength::of_ppm), sign, turned };
    Course {
        steps: vec![
            step(0, None, Sign::Unsure, true),
            step(30, Some(380_000), Sign::Customer, true),
            step(120, Some(640_000), Sign::Customer, false),
            step(180, Some(740_000), Sign::Client, true),
            step(300, Some(520_000), Sign::Client, false),
            step(350, None, Sign::Former, true),
        ],
        until: 400,
        band: Band::default(),
        ends: ("1 September 2024".into(), "14 October 2025".into()),
    }
}

pub(super) fn documents() -> Markup {
    let one = ("Book".into(), "/help/book".into(), "who is what".into());
    let text = html! {
        p { "The Book answers who is what." }
        h3 id="the-columns" { "The columns" }
        ul { li { strong { "Net" } ": what they paid less what went back." } }
        div .wide role="region" aria-label="Table" tabindex="0" { table { tbody { tr { td { "a" } td { "b" } } } } }
    };
    html! { (Shelf { name: "Screens".into(), documents: vec![one] }) (prose(&text)) }
}
