//! Firms that use the software: alone, near the line, with payroll done for them, gone again, or trying it out.

use kernel::Day;

use super::{CASE_MANAGERS, Office};
use crate::demo::{
    deal::Deal,
    ledger,
    names::{Party, somebody},
    table::ago,
};

/// Plans: the name, seats from and to, cents a month for a seat.
const PLANS: &[(&str, [i32; 2], i32)] =
    &[("Starter", [2, 8], 1_200), ("Team", [8, 30], 1_050), ("Business", [25, 90], 900)];
const PROJECTS: &[&str] = &[
    "Migration of past payslips",
    "Overtime rules set up",
    "Ledger connected",
    "Audit of pay codes",
    "Pension auto-enrolment",
];

fn plan<'a>(whom: &'a str, place: usize, begins: Day, seats: i32) -> Deal<'a> {
    let (product, _, cents) = PLANS[place];
    Deal {
        whom,
        product,
        begins,
        cents: cents * seats,
        billed: "monthly",
        kind: "subscription",
        form: "click",
        ..Deal::default()
    }
}

/// Uses it alone: help when something is broken, stars now and then.
pub(super) fn alone(office: &mut Office, place: i32) {
    let party = office.book.firm(&mut office.chance);
    let whom = office.enter(&party);
    let begins = ago(office.today, office.chance.between(40, 1_500));
    let seats = office.chance.between(2, 14);
    plan(&whom, usize::from(8 < seats), begins, seats).pay(&mut office.plans, "SUB", office.today);
    let users = seats * office.chance.between(30, 95) / 100;
    let features = office.chance.between(2, 7);
    office.used(&whom, begins, office.today, [seats, users, features]);
    office.notebook.note(&whom, begins, "basis", "price, convenience");
    for _ in 0..office.chance.between(0, 4) {
        let on = ago(office.today, office.chance.between(2, 360));
        let topic = *office.chance.pick(&["technical", "technical", "billing", "complaint"]);
        office.notebook.asked(&whom, on, topic, "");
        if office.chance.percent(50) {
            let stars = office.chance.between(2, 5);
            office.notebook.rated(&whom, on.plus(1), stars);
        }
    }
    // A manager with time to spare once called them every quarter, and still does: more than they asked for.
    if place % 9 == 2 {
        care(office, &whom, begins.plus(30), CASE_MANAGERS[1], 90);
        office.notebook.wants(&whom, ago(office.today, 100), "just transactions", &party.name);
    }
}

/// Near the line: the software, and a little more than the software.
pub(super) fn near(office: &mut Office, place: i32) {
    let party = office.book.firm(&mut office.chance);
    let whom = office.enter(&party);
    let begins = ago(office.today, office.chance.between(240, 1_600));
    let size = 1 + usize::from(place % 3 == 0);
    let [least, most] = PLANS[size].1;
    let seats = office.chance.between(least, most);
    let deal = Deal {
        term: "One year",
        form: if place % 2 == 0 { "individual" } else { "standard" },
        scope: "Payroll software; Answers within one business day",
        notice: "90 days",
        ..plan(&whom, size, begins, seats)
    };
    deal.pay(&mut office.plans, "SUB", office.today);
    let (users, features) = (seats * office.chance.between(45, 98) / 100, office.chance.between(4, 11));
    office.used(&whom, begins, office.today, [seats, users, features]);
    office.notebook.step(&whom, begins.plus(-office.chance.between(10, 70)), "demo", 2);
    office.notebook.step(&whom, begins.plus(-4), "proposal", 3);
    trainings(office, &whom, begins, deal.cents, office_share(place));
    for _ in 0..office.chance.between(1, 4) {
        let on = ago(office.today, office.chance.between(2, 350));
        let topic = *office.chance.pick(&["advice", "learning", "technical", "billing", "planning"]);
        office.notebook.asked(&whom, on, topic, "");
    }
    match place % 6 {
        0 | 1 => care(
            office,
            &whom,
            begins.plus(20),
            CASE_MANAGERS[usize::try_from(place / 6).unwrap_or(0) % 3],
            90,
        ),
        2 => care(office, &whom, ago(office.today, 150), CASE_MANAGERS[2], 120),
        // Nobody is free for them: it is written down that nobody serves them.
        3 => office.notebook.note(&whom, ago(office.today, 380), "record kept", "staffing"),
        _ => (),
    }
    if place % 11 == 4 {
        office.notebook.wants(&whom, ago(office.today, 70), "no relationship", &party.name);
    }
    give(office, &whom, place);
}

/// How much of what they pay is service, in percent.
fn office_share(place: i32) -> i32 {
    [0, 6, 10, 14, 18, 24, 32][usize::try_from(place).unwrap_or(0) % 7]
}

/// Trainings billed beside the software, so that service is about that share of what they paid.
fn trainings(office: &mut Office, whom: &str, begins: Day, cents: i32, share: i32) {
    let months = (office.today - begins) / 30;
    let each = cents * 6 * share / (100 - share).max(1);
    for half_year in 0..months / 6 {
        let on = begins.plus(60 + 182 * half_year);
        if 0 < each && on < office.today {
            let paid = office.chance.percent(90).then(|| on.plus(office.chance.between(3, 45)));
            office.bill(whom, on, each, paid);
            office.notebook.note(whom, on.plus(2), "training", "");
        }
    }
}

/// A named person, a rhythm, reviews that were held.
pub(super) fn care(office: &mut Office, whom: &str, since: Day, person: &str, every: i32) {
    office.notebook.note(whom, since, "assignment", person);
    office.notebook.note(whom, since, "rhythm", &format!("{every} days"));
    let mut on = since.plus(office.chance.between(20, every));
    while on < office.today {
        office.notebook.met(whom, on, "review", person);
        on = on.plus(every + office.chance.between(-15, 25));
    }
}

fn give(office: &mut Office, whom: &str, place: i32) {
    let on = ago(office.today, office.chance.between(10, 300));
    match place % 5 {
        0 => office.notebook.told(whom, on, "Overtime rules took us an afternoon; they should take minutes"),
        1 => office.notebook.note(whom, on, "interest", "upgrade"),
        2 => office.notebook.note(whom, on, "wallet", "70 %, estimated"),
        3 => office.notebook.recommended(whom, on),
        _ => (),
    }
}

/// Payroll is run for them; somebody answers for it, or should.
pub(super) fn managed(office: &mut Office, place: i32) {
    let party = office.book.firm(&mut office.chance);
    let whom = office.enter(&party);
    let begins = ago(office.today, office.chance.between(300, 1_500));
    let seats = office.chance.between(20, 80);
    let frame = Deal {
        whom: &whom,
        product: "Frame agreement",
        begins,
        term: "Two years",
        form: "individual",
        scope: "Software and service under one roof",
        notice: "90 days",
        ..Deal::default()
    };
    frame.sign(&mut office.frames, "F", office.today);
    let deal =
        Deal { form: "individual", term: "One year", notice: "90 days", ..plan(&whom, 2, begins, seats) };
    deal.pay(&mut office.plans, "SUB", office.today);
    let service = Deal {
        product: "Managed payroll",
        begins: begins.plus(45),
        cents: 2_400 * seats,
        kind: "managed_service",
        scope: "Payroll run each month; Answers within 4 hours; A review each quarter",
        made: "scope, price",
        promises: "named person, reviews",
        ..deal
    };
    service.pay(&mut office.payroll, "MP", office.today);
    let users = seats * office.chance.between(70, 100) / 100;
    office.used(&whom, begins, office.today, [seats, users, 9]);
    office.notebook.step(&whom, begins.plus(-office.chance.between(40, 120)), "first meeting", 3);
    office.notebook.note(&whom, begins, "basis", "expertise, trust");
    let project = *office.chance.pick(PROJECTS);
    let days = office.chance.between(2, 9);
    office.consult(&whom, begins.plus(20), project, days);
    // Four of ten wait for a person.
    if place % 10 < 6 {
        care(office, &whom, begins.plus(50), CASE_MANAGERS[usize::try_from(place).unwrap_or(0) % 3], 90);
    } else {
        office.notebook.note(&whom, begins.plus(50), "record kept", "staffing");
        office.notebook.note(&whom, begins.plus(50), "record kept", "contact");
    }
    for _ in 0..office.chance.between(2, 5) {
        let on = ago(office.today, office.chance.between(2, 350));
        let topic = *office.chance.pick(&["advice", "planning", "technical", "consultation"]);
        office.notebook.asked(&whom, on, topic, "");
    }
    let names = [somebody(&mut office.chance), somebody(&mut office.chance)];
    office.notebook.acts(&whom, [&names[0], "Head of finance", "buyer"]);
    office.notebook.acts(&whom, [&names[1], "Payroll clerk", "user"]);
    if place % 8 == 5 {
        office.notebook.wants(&whom, ago(office.today, 40), "renewals only", &names[0]);
    }
    give(office, &whom, place);
}

/// Left: by notice, by letting it lapse, bought by another firm.
pub(super) fn gone(office: &mut Office, place: i32) {
    let party = office.book.firm(&mut office.chance);
    let whom = office.enter(&party);
    let left = ago(office.today, office.chance.between(70, 1_300));
    let begins = left.plus(-office.chance.between(60, 700));
    let seats = office.chance.between(3, 25);
    let why = ["cancelled", "notice", "lapsed", "cancelled", "replaced", "notice"]
        [usize::try_from(place).unwrap_or(0) % 6];
    Deal { ended: Some((left, why)), ..plan(&whom, 1, begins, seats) }.pay(
        &mut office.plans,
        "SUB",
        office.today,
    );
    // Use fades before the letter comes.
    office.used(&whom, begins, left, [seats, seats / 3, 3]);
    office.notebook.asked(&whom, left.plus(-40), "complaint", "");
    if place % 2 == 0 {
        office.notebook.rated(&whom, left.plus(-20), 2);
    }
}

/// Tries it out and has paid nothing.
pub(super) fn trying(office: &mut Office, place: i32) {
    let party = office.book.firm(&mut office.chance);
    let whom = office.enter(&party);
    let begins = ago(office.today, 3 + 3 * place);
    Deal { is_trial: true, cents: 0, ..plan(&whom, 0, begins, 5) }.pay(
        &mut office.plans,
        "SUB",
        office.today,
    );
    office.notebook.step(&whom, begins, "trial", 1);
    office.notebook.note(&whom, begins.plus(1), "interest", "demo");
}

/// Came with the payroll office that was bought, of whose books only sums are left.
pub(super) fn taken_over(office: &mut Office) {
    let party = office.book.firm(&mut office.chance);
    let whom = office.enter(&party);
    ledger::enter(&mut office.ledger, &mut office.chance, office.today, &whom);
}

/// Firms that merged, moved or are written otherwise by sales and by billing.
pub(super) fn doubles(office: &mut Office) {
    const TWICE: &[(&str, &str)] = &[
        ("Brightwell Foods Ltd", "Brightwell Foods Limited"),
        ("Aldous & Crane LLP", "Aldous and Crane"),
        ("Fenwick Glass Ltd", "Fenwick Glass (merged into Calder Glass)"),
        ("Muller Werkzeuge GmbH", "Müller Werkzeuge GmbH"),
    ];
    for (place, (one, other)) in TWICE.iter().enumerate() {
        let party = office.book.called(&mut office.chance, one, "company");
        let second = office.book.called(&mut office.chance, other, "company");
        let twin = Party { id: second.id, name: (*other).to_owned(), ..party.clone() };
        for (party, days) in [(party, 900), (twin, 120)] {
            let whom = office.enter(&party);
            let begins = ago(office.today, days + 20 * i32::try_from(place).unwrap_or(0));
            plan(&whom, 0, begins, 6).pay(&mut office.plans, "SUB", office.today);
        }
    }
}
