//! Tea rooms and inns that buy by the dozen, some with terms of their own; and those for whom the stylist furnishes rooms.

use kernel::Day;

use super::Till;
use crate::demo::{
    deal::Deal,
    names::somebody,
    table::{ago, money},
};

/// Who of the shop looks after them.
const STYLIST: &str = "Bronwen Pryce";
const TRADE_DESK: &str = "Marcus Eze";

const HOUSES: &[&str] = &[
    "Copper Kettle Tea Rooms",
    "The Ship Inn",
    "Larder on the Green",
    "Hillside Bed and Breakfast",
    "The Wool Hall Café",
    "Northgate Farm Shop",
    "Bellweather Weddings",
    "Puffin Holiday Lets",
    "The Old Post Office",
    "Saltings Campsite",
    "Quiet Corner Books",
    "Harvest Moon Deli",
    "Gull Rock Hotel",
];
const NAMES: &[&str] = &["Carrick", "Ferris", "Hale", "Idris", "Moffat", "Nye", "Peel", "Rudd", "Soames"];

/// Buys by the dozen, among the shoppers: seen by what it orders and not by what it is called.
pub(super) fn trade(till: &mut Till, place: i32) {
    let known = usize::try_from(place).ok().and_then(|place| HOUSES.get(place));
    let party = match known {
        Some(name) => till.book.called(&mut till.chance, name, "company"),
        // The other half ordered under the name of whoever clicked.
        None => till.book.person(&mut till.chance),
    };
    let whom = till.enter(&party);
    let since = ago(till.today, till.chance.between(260, 1_400));
    let pace = till.chance.between(24, 48);
    let mut on = since;
    while on < till.today {
        let articles = till.chance.between(2, 5);
        till.order(&whom, on, articles, [6, 24]);
        on = on.plus(pace + till.chance.between(-6, 9));
    }
    if place % 4 == 0 {
        terms(till, &whom, since.plus(200));
    }
    if place % 5 == 1 {
        let on = ago(till.today, till.chance.between(10, 200));
        till.notebook.asked(&whom, on, "billing", TRADE_DESK);
    }
}

/// Terms of their own: a price list, delivery on Tuesdays.
fn terms(till: &mut Till, whom: &str, signed: Day) {
    let deal = Deal {
        whom,
        product: "Trade account",
        begins: signed.min(ago(till.today, 30)),
        term: "One year",
        kind: "goods",
        form: "individual",
        scope: "A price list of their own; Delivery on Tuesdays",
        notice: "30 days",
        made: "price",
        ..Deal::default()
    };
    deal.sign(&mut till.trade, "T", till.today);
    let (name, on) = (somebody(&mut till.chance), ago(till.today, till.chance.between(20, 150)));
    till.notebook.acts(whom, [&name, "Owner", "buyer"]);
    till.notebook.note(whom, signed.min(ago(till.today, 30)), "assignment", TRADE_DESK);
    till.notebook.called(whom, on, "check_in", TRADE_DESK);
}

/// For whom the stylist furnishes: rooms talked over, chosen, looked at again each season.
pub(super) fn styled(till: &mut Till, place: i32) {
    let name = format!("{} household", NAMES[usize::try_from(place).unwrap_or(0) % NAMES.len()]);
    let party = till.book.called(&mut till.chance, &name, "household");
    let whom = till.enter(&party);
    let since = ago(till.today, till.chance.between(500, 1_300));
    till.notebook.step(&whom, since.plus(-24), "first visit", 2);
    till.notebook.note(&whom, since, "basis", "recommendation, expertise");
    till.notebook.note(&whom, since, "assignment", STYLIST);
    let mut on = since;
    while on < till.today {
        half_a_day(till, &whom, on);
        till.order(&whom, on.plus(12), 4, [1, 3]);
        till.notebook.met(&whom, on.plus(50), "review", STYLIST);
        on = on.plus(till.chance.between(80, 130));
    }
    for _ in 0..till.chance.between(2, 4) {
        let on = ago(till.today, till.chance.between(4, 300));
        till.notebook.asked(&whom, on, "advice", STYLIST);
    }
    let on = ago(till.today, till.chance.between(20, 200));
    till.notebook.told(&whom, on, "The hall is the first room that people see, and now I like it");
    till.notebook.recommended(&whom, on);
}

/// Half a day of the stylist.
fn half_a_day(till: &mut Till, whom: &str, on: Day) {
    let number = format!("ST{}", 101 + till.styling.len());
    let cents = 100 * till.chance.between(180, 640);
    let what = "Room styling, half a day".to_owned();
    till.styling.row([number, on.to_string(), whom.to_owned(), what, "1".to_owned(), money(cents)]);
}

/// Has bought now and then for two years, and furnishes with the stylist since a few weeks: a customer became a client.
pub(super) fn furnishing(till: &mut Till) {
    let party = till.book.called(&mut till.chance, "Trelawney household", "household");
    let whom = till.enter(&party);
    for days in [690, 430, 250, 130] {
        let on = ago(till.today, days);
        till.order(&whom, on, 2, [1, 2]);
    }
    let day = |days| ago(till.today, days);
    let days = [38, 31, 30, 24, 22, 16, 9, 5, 3].map(day);
    till.notebook.step(&whom, days[0], "first visit", 2);
    till.notebook.note(&whom, days[1], "basis", "recommendation, expertise");
    till.notebook.note(&whom, days[1], "assignment", STYLIST);
    half_a_day(till, &whom, days[2]);
    till.notebook.asked(&whom, days[3], "advice", STYLIST);
    till.notebook.met(&whom, days[4], "review", STYLIST);
    half_a_day(till, &whom, days[5]);
    till.notebook.asked(&whom, days[6], "advice", STYLIST);
    till.notebook.told(&whom, days[7], "The nursery is next, and then the kitchen");
    till.notebook.recommended(&whom, days[8]);
}

/// What was bought today, so that the data reach to the end.
pub(super) fn newest(till: &mut Till) {
    let party = till.book.called(&mut till.chance, "Winifred Tolley", "person");
    let whom = till.enter(&party);
    let today = till.today;
    till.order(&whom, today, 2, [1, 1]);
}
