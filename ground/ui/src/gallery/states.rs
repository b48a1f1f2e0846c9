//! States: what components look like that cannot be used now, have nothing to show, are under way, or failed.

use maud::{Markup, PreEscaped, Render, html};

use super::{
    pages,
    samples::{day, word},
};
use crate::*;

/// One section per state.
pub(super) fn states() -> Markup {
    html! {
        (Head { title: "States".into(), lead: Some(html! { "Not now, nothing yet, under way, picked, could not." }), ..Head::default() })
        @for (name, markup) in [
            ("Not now", not_now()),
            ("Nothing yet", nothing_yet()),
            ("Under way", under_way()),
            ("Picked", picked()),
            ("Could not", could_not()),
        ] {
            section .group { h2 { (name) } (markup) }
        }
    }
}

/// What cannot be used, and why.
fn not_now() -> Markup {
    let meanings = vec![Choice::new("party", "Party name")];
    html! {
        p .acts {
            (Button::submit("Import 431 rows").main_act().off())
            (Button::link("Discard", "#").quiet().off())
            (Button::submit("Erase everything…").grave().off())
            span .small .faint { "The import is running; stop it first." }
        }
        form .sign {
            (Field::select("n-meaning", "Meaning", meanings).value("party").disabled())
            (Field::area("n-why", "Reason, kept with the change").value("Retainer signed on 2 October.").disabled())
            (Field::file("n-files", "Files", ".csv").disabled())
            (Field::check("n-header", "The first row names the columns", true).value("yes").disabled())
        }
        (Pager { label: "Pages of one".into(), range: "1–6 of 6 that match".into(), ..Pager::default() })
        (Steps { steps: vec![Step::later("Import", "Waits for the dry run.")] })
    }
}

/// What has nothing to show says so in words, and names the way on.
fn nothing_yet() -> Markup {
    let next = html! { "Nothing needs you. Next date: " (time::long(day("2025-10-16"))) "." };
    let none = Tab { text: "Former".into(), href: "?".into(), count: Some(0), current: true };
    html! {
        (Ledger { lines: Vec::new() })
        p .small .soft { (next) }
        (on_paper("Listed: clients of Payroll; strongest evidence first."))
        (Tabs { label: "Views with nothing in them".into(), tabs: vec![none] })
        (Nothing {
            sentence: "No client has Ines as owner.".into(),
            act: Some(html! { (Button::link("Show all owners", "?")) }),
        })
        (panel("s-unsure", Sign::Unsure, html! { "No evidence yet." }, html! {
            p { "Two facts would settle it:" }
            ul { li { "Have they bought anything of this line?" } li { "Is a contract in force?" } }
        }))
        (unheard())
        (Counts { counts: vec![Count::new(0, "create"), Count::new(0, "update"), Count::bad(0, "reject")] })
        (terms(&[
            ("Unknown", html! { span .faint { "–" } }),
            ("Zero", html! { (count(0)) }),
            ("None", html! { "none" }),
        ]))
    }
}

/// A score of which no dimension was heard.
fn unheard() -> Contributions<'static> {
    let none = |name| Contribution::none(name, "No evidence: nothing is on record");
    Contributions {
        first: Contribution::new("Starting point", -600_000, "Most who buy stay customers"),
        lines: vec![none("Contract"), none("Continuity")],
        strength: None,
        reach: reach([-600_000]),
        ends: ("customer".into(), "client".into()),
    }
}

/// What is being done; the rows that were there stay.
fn under_way() -> Markup {
    let table = pages::list("Relationships, others are coming").render().into_string().replacen(
        "<table ",
        "<table aria-busy=\"true\" ",
        1,
    );
    let sent = |button: Button<'_>| {
        PreEscaped(button.render().into_string().replacen("<button ", "<button aria-busy=\"true\" ", 1))
    };
    let counted = Progress { label: "contacts.csv".into(), unit: "rows".into(), ..Progress::default() };
    html! {
        p .acts { (sent(Button::submit("Dry run again"))) (sent(Button::submit("Not now").quiet())) }
        (counted)
        (PreEscaped(table))
    }
}

/// A row is picked, so the bar of acts shows.
fn picked() -> Markup {
    let list = Picks {
        action: "/relationships/picked".into(),
        asks: true,
        hidden: html! {},
        table: pages::list("Relationships, one is picked").render(),
        note: None,
        all: Some("all 1016 that match".into()),
        too_many: Some("at most 1000 at once: narrow the filter".into()),
        acts: vec![
            Button::submit("Set class…").sends("do", "class"),
            Button::submit("Download").sends("do", "csv"),
        ],
    };
    PreEscaped(list.render().into_string().replacen("type=\"checkbox\"", "type=\"checkbox\" checked", 1))
}

/// What was tried, on what, why not, what now.
fn could_not() -> Markup {
    let meanings = vec![Choice::new("", "Not said"), Choice::new("party", "Party name")];
    let failed = Line {
        late: true,
        since: Some(html! { "Priya Nair" }),
        what: Some(html! { p { "Row 1 has no column that looks like a date." } }),
        act: Some(html! { (Button::link("Choose the column", "#")) }),
        ..Line::new("Failed", html! { strong { "orders-2025-q3.csv" } })
    };
    html! {
        (Note::bad("The list could not be read anew: the house is busy. What stands here is of a minute ago. Look again."))
        (pages::list("Relationships, as they were"))
        (panel("s-broken", Sign::Unsure, html! { "Could not decide." }, html! {
            p { "Could not decide: currency missing on order 7731. Add it, and it is decided at once." }
        }))
        form .sign {
            (Field::select("e-meaning", "Meaning", meanings).error(Some("Say what this column means.")))
            (Field::area("e-why", "Reason, kept with the change").required().error(Some("Say why; everybody who sees the class sees it.")))
            (Field::file("e-file", "A file", ".csv").error(Some("photo.jpg is a picture; bring a table.")))
            (Field::check("e-sure", "I have told them", false).error(Some("Tell them first.")))
        }
        (Ledger { lines: vec![failed] })
    }
}

/// A panel without a strength.
fn panel(id: &'static str, sign: Sign, fit: Markup, body: Markup) -> Panel<'static> {
    Panel {
        id: id.into(),
        heading: "Insurance".into(),
        mark: Mark::new(sign, word(sign)),
        scale: Scale::new(sign, None),
        figure: Some(html! { span .faint { "–" } }),
        fit: Some(html! { span .faint { (fit) } }),
        open: true,
        body,
    }
}
