//! The people whom the stories tell of: the Bakers and their boat, Mr Okafor who wants to be left alone, Priya who was in
//! a hurry.

use kernel::Day;

use super::{Desk, advised, passing};
use crate::demo::{
    deal::Deal,
    table::{ago, at},
};

/// Those of the stories.
pub(super) fn write(desk: &mut Desk) {
    bakers(desk);
    okafor(desk);
    priya(desk);
    newest(desk);
}

/// The same day of a year so many years ago.
fn years_ago(desk: &Desk, years: i16, month: i8, day: i8) -> Day {
    let year = desk.today.date().year() - years;
    jiff::civil::Date::new(year, month, day).map_or(desk.today, Day::of)
}

/// Motor first, the house two years later, and a note of last week: they bought a boat.
fn bakers(desk: &mut Desk) {
    let party = desk.book.called(&mut desk.chance, "Baker family", "household");
    let whom = desk.enter(&party);
    let (motor, home) = (years_ago(desk, 5, 5, 17), years_ago(desk, 3, 9, 4));
    for (product, begins, cents, scope) in [
        ("Motor insurance", motor, 5_120, "Comprehensive cover for two drivers"),
        ("Home insurance", home, 3_480, "Building and contents"),
    ] {
        let deal = Deal {
            whom: &whom,
            product,
            begins,
            term: "One year",
            cents,
            billed: "monthly",
            kind: "cover",
            form: "standard",
            scope,
            notice: "1 month",
            ..Deal::default()
        };
        deal.pay(&mut desk.covers, "C", desk.today);
    }
    desk.notebook.acts(&whom, ["Hannah Baker", "", "buyer"]);
    desk.notebook.acts(&whom, ["Joel Baker", "", "beneficiary"]);
    desk.notebook.step(&whom, motor.plus(-21), "enquiry", 1);
    desk.notebook.step(&whom, motor.plus(-6), "proposal", 2);
    desk.notebook.note(&whom, motor, "basis", "recommendation, advice");
    desk.notebook.note(&whom, home, "wallet", "sole");
    desk.notebook.note(&whom, home.plus(7), "assignment", "Ruth Bellamy");
    for days in [780, 410, 96] {
        let on = ago(desk.today, days);
        desk.notebook.met(&whom, on, "review", "Ruth Bellamy");
    }
    for (days, topic) in [(240, "advice"), (95, "planning"), (12, "bought a boat"), (9, "advice")] {
        let on = ago(desk.today, days);
        desk.notebook.asked(&whom, on, topic, "Ruth Bellamy");
    }
    let on = ago(desk.today, 94);
    desk.notebook.told(&whom, on, "You knew what we had forgotten");
    desk.notebook.recommended(&whom, on.plus(-30));
}

/// Everything says client; he says: just transactions.
fn okafor(desk: &mut Desk) {
    let party = desk.book.called(&mut desk.chance, "Emmanuel Okafor", "person");
    let whom = desk.enter(&party);
    let since = ago(desk.today, 2_320);
    let deal = Deal {
        whom: &whom,
        product: "Broker mandate",
        begins: since,
        form: "individual",
        term: "Three years",
        scope: "All covers reviewed each year; Claims handled for you",
        notice: "1 month",
        ..Deal::default()
    };
    deal.sign(&mut desk.mandates, "M", desk.today);
    for (product, days, cents) in
        [("Home insurance", 2_320, 4_200), ("Life cover", 1_900, 3_100), ("Motor insurance", 900, 5_600)]
    {
        let deal = Deal {
            whom: &whom,
            product,
            begins: ago(desk.today, days),
            term: "One year",
            cents,
            billed: "monthly",
            kind: "cover",
            form: "standard",
            scope: "As listed in the schedule",
            notice: "1 month",
            ..Deal::default()
        };
        deal.pay(&mut desk.covers, "C", desk.today);
    }
    desk.notebook.step(&whom, since.plus(-30), "first meeting", 1);
    desk.notebook.note(&whom, since, "basis", "reputation, expertise");
    desk.notebook.note(&whom, since.plus(10), "wallet", "95 %");
    advised::serve(desk, &whom, since, "Ines Marchetti", 365);
    for days in [300, 170, 60] {
        let on = ago(desk.today, days);
        desk.notebook.asked(&whom, on, "advice", "Ines Marchetti");
    }
    desk.notebook.told(&whom, ago(desk.today, 170), "Short and to the point, as I like it");
    let on = ago(desk.today, 45);
    desk.notebook.wants(&whom, on, "just transactions", "Mr Okafor, on his own page");
}

/// A travel policy at four minutes past ten at night; on day three she cancels with one tap.
fn priya(desk: &mut Desk) {
    let party = desk.book.called(&mut desk.chance, "Priya Nair", "person");
    let whom = desk.enter(&party);
    let (bought, cancelled) = (ago(desk.today, 4), ago(desk.today, 1));
    passing::order(desk, &whom, &at(bought, 22, 4), "Travel policy, two weeks in Europe", 3_800, 1);
    passing::order(desk, &whom, &at(cancelled, 7, 51), "Travel policy, two weeks in Europe", 3_800, -1);
    desk.notebook.asked(&whom, cancelled, "refund", "");
    desk.notebook.rated(&whom, cancelled, 5);
}

/// What was signed and billed today, so that the data reach to the end.
fn newest(desk: &mut Desk) {
    let party = desk.book.called(&mut desk.chance, "Halyard Textiles Co-operative", "company");
    let whom = desk.enter(&party);
    let today = desk.today;
    let deal = Deal {
        whom: &whom,
        product: "Broker mandate",
        begins: today,
        form: "individual",
        term: "Three years",
        scope: "All covers reviewed each year; Claims handled for you",
        notice: "1 month",
        promises: "named person, reviews",
        ..Deal::default()
    };
    deal.sign(&mut desk.mandates, "M", desk.today);
    let letter = Deal { product: "Succession of the shares", kind: "advice", notice: "", ..deal };
    letter.sign(&mut desk.engagements, "E", desk.today);
    desk.notebook.step(&whom, today.plus(-34), "enquiry", 2);
    desk.notebook.step(&whom, today.plus(-8), "proposal", 3);
    desk.bill(&whom, today, "Succession: first session", 48_000);
    let clerk = desk.book.called(&mut desk.chance, "Alasdair Munro", "person");
    let clerk = desk.enter(&clerk);
    passing::buy(desk, &clerk, today, "Travel policy, one week in Europe", 1_900);
}
