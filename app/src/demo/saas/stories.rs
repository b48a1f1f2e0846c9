//! The firms whom the stories tell of: Northgate, whose goals have not been asked for too long, and the contract whose
//! last safe day is near; both are Dana's.

use super::{Office, firms};
use crate::demo::{deal::Deal, table::ago};

/// Those of the stories.
pub(super) fn write(office: &mut Office) {
    northgate(office);
    last_safe_day(office);
    newest(office);
}

/// Payroll is run for Northgate. They told a goal 120 days ago: close in two days instead of five.
fn northgate(office: &mut Office) {
    let party = office.book.called(&mut office.chance, "Northgate Payroll Bureau", "company");
    let whom = office.enter(&party);
    let begins = ago(office.today, 1_180);
    let deal = Deal {
        whom: &whom,
        product: "Managed payroll",
        begins,
        term: "One year",
        cents: 310_000,
        billed: "monthly",
        kind: "managed_service",
        form: "individual",
        scope: "Payroll run each month; Overtime computed by their rules; Answers within 4 hours",
        notice: "90 days",
        made: "scope, price, deliverable",
        promises: "named person, reviews",
        ..Deal::default()
    };
    deal.pay(&mut office.payroll, "MP", office.today);
    let plan =
        Deal { product: "Business", cents: 54_000, kind: "subscription", made: "", promises: "", ..deal };
    plan.pay(&mut office.plans, "SUB", office.today);
    office.used(&whom, begins, office.today, [60, 57, 11]);
    office.notebook.acts(&whom, ["Helen Marsh", "Managing director", "buyer"]);
    office.notebook.acts(&whom, ["Piotr Zielinski", "Head of payroll", "user"]);
    office.notebook.step(&whom, begins.plus(-88), "first meeting", 4);
    office.notebook.note(&whom, begins, "basis", "reputation, expertise");
    office.notebook.note(&whom, ago(office.today, 120), "goal", "payroll close from 5 days to 2");
    office.notebook.note(&whom, ago(office.today, 200), "wallet", "sole");
    firms::care(office, &whom, begins.plus(30), "Dana Whitfield", 90);
    for (days, topic) in [(150, "planning"), (64, "advice"), (21, "technical"), (6, "advice")] {
        office.notebook.asked(&whom, ago(office.today, days), topic, "Dana Whitfield");
    }
    office.notebook.told(
        &whom,
        ago(office.today, 118),
        "Five days of close is five days in which nobody sleeps",
    );
}

/// A contract of a year with 90 days of notice, whose last safe day comes within the week.
fn last_safe_day(office: &mut Office) {
    for (name, days) in
        [("Gresham Care Homes Group", 4), ("Tideway Hotels Ltd", 11), ("Cairn Logistics Ltd", 19)]
    {
        let party = office.book.called(&mut office.chance, name, "company");
        let whom = office.enter(&party);
        // Two years and some days ago, so that the term that runs now ends 90 days after the last safe day.
        let begins = office.today.plus(days + 90 + 1 - 3 * 365);
        let deal = Deal {
            whom: &whom,
            product: "Managed payroll",
            begins,
            term: "One year",
            cents: 96_000 + 1_000 * days,
            billed: "monthly",
            kind: "managed_service",
            form: "individual",
            scope: "Payroll run each month; A review each quarter",
            notice: "90 days",
            made: "scope, price",
            promises: "named person, reviews",
            ..Deal::default()
        };
        deal.pay(&mut office.payroll, "MP", office.today);
        firms::care(office, &whom, begins.plus(40), "Dana Whitfield", 90);
        office.notebook.asked(&whom, ago(office.today, 30 + days), "planning", "Dana Whitfield");
        office.notebook.step(&whom, begins.plus(-41), "first meeting", 3);
    }
}

/// Two firms abroad, who pay in their own currency: it is never added to what the others pay.
pub(super) fn abroad(office: &mut Office) {
    for (name, person, country, place, days, cents, seats) in [
        (
            "Liffey Care Staffing Ltd",
            "Aoife Brennan",
            "Ireland",
            ["Dublin", "D02 XY45", "020 910 1234"],
            820,
            42_000,
            40,
        ),
        (
            "Maasoever Logistiek B.V.",
            "Sanne de Wit",
            "Netherlands",
            ["Rotterdam", "3011 AB", "085 550 0199"],
            430,
            61_500,
            55,
        ),
    ] {
        let party = office.book.called(&mut office.chance, name, "company").abroad(country, place);
        let whom = office.enter(&party);
        let begins = ago(office.today, days);
        let deal = Deal {
            whom: &whom,
            product: "Business",
            begins,
            term: "One year",
            cents,
            billed: "monthly",
            kind: "subscription",
            form: "click",
            scope: "Payroll software; Help within a day",
            notice: "1 month",
            ..Deal::default()
        };
        deal.pay(&mut office.euro, "EUR", office.today);
        office.used(&whom, begins, office.today, [seats, seats - 4, 8]);
        office.notebook.acts(&whom, [person, "Head of payroll", "user"]);
        office.notebook.asked(&whom, ago(office.today, 45), "technical", "Jonas Lind");
    }
}

/// What was signed today, so that the data reach to the end on both lines.
fn newest(office: &mut Office) {
    let party = office.book.called(&mut office.chance, "Yarrow Nurseries Ltd", "company");
    let whom = office.enter(&party);
    let today = office.today;
    let deal = Deal {
        whom: &whom,
        product: "Frame agreement",
        begins: today,
        term: "Two years",
        form: "individual",
        scope: "Software and service under one roof",
        notice: "90 days",
        ..Deal::default()
    };
    deal.sign(&mut office.frames, "F", office.today);
    let letter =
        Deal { product: "Migration of past payslips", term: "", kind: "professional_service", ..deal };
    letter.sign(&mut office.letters, "SOW", office.today);
    office.notebook.step(&whom, today.plus(-30), "demo", 3);
    office.consult(&whom, today, "Migration of past payslips", 3);
    office.used(&whom, today, today.plus(1), [10, 1, 1]);
    firms::care(office, &whom, today, "Jonas Lind", 90);
}
