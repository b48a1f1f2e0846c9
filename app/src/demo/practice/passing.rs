//! Those who pass by: a travel policy bought online, a motor policy found by its price, a question and nothing more; and
//! names that stand twice in the address book.

use kernel::Day;

use super::Desk;
use crate::demo::{
    deal::Deal,
    ledger,
    names::Party,
    table::{ago, at, money},
};

const TRAVEL: &[(&str, i32)] = &[
    ("Travel policy, one week in Europe", 1_900),
    ("Travel policy, two weeks in Europe", 3_800),
    ("Travel policy, winter sports", 5_450),
    ("Travel policy, one year worldwide", 11_900),
    ("Event cover, one day", 6_900),
];

/// Everybody who passes by.
pub(super) fn write(desk: &mut Desk) {
    (0..34).for_each(|place| traveller(desk, place));
    (0..14).for_each(|_| by_price(desk));
    (0..7).for_each(|_| enquirer(desk));
    (0..3).for_each(|place| said_to_have_left(desk, place));
}

/// Who buys cover for a journey, and comes back for the next one or does not.
fn traveller(desk: &mut Desk, place: i32) {
    let party = desk.book.person(&mut desk.chance);
    let whom = desk.enter(&party);
    let first = desk.chance.between(20, 1_500);
    for journey in 0..*desk.chance.pick(&[1, 1, 1, 2, 3]) {
        let days = first - journey * desk.chance.between(300, 420);
        if days < 1 {
            break;
        }
        let on = summer(desk, days);
        let (policy, cents) = *desk.chance.pick(TRAVEL);
        buy(desk, &whom, on, policy, cents);
        if place % 9 == 4 {
            withdraw(desk, &whom, on.plus(2), policy, cents);
        }
        if desk.chance.percent(40) {
            let stars = desk.chance.between(3, 5);
            desk.notebook.rated(&whom, on.plus(1), stars);
        }
    }
    if place % 8 == 3 {
        let on = ago(desk.today, desk.chance.between(10, 300));
        desk.notebook.asked(&whom, on, "billing", "");
    }
}

/// Journeys are booked before summer: a day in late autumn moves to May.
fn summer(desk: &mut Desk, days: i32) -> Day {
    let on = ago(desk.today, days);
    let is_dark = matches!(on.date().month(), 10 | 11);
    if is_dark { on.plus(-160) } else { on }
}

/// A policy bought online, at whatever hour.
pub(super) fn buy(desk: &mut Desk, whom: &str, on: Day, policy: &str, cents: i32) {
    let (hour, minute) = (desk.chance.between(7, 21), desk.chance.between(0, 59));
    order(desk, whom, &at(on, hour, minute), policy, cents, 1);
}

/// A row of the shop's list of policies; a negative one takes a purchase back, under the same number.
pub(super) fn order(desk: &mut Desk, whom: &str, when: &str, policy: &str, cents: i32, pieces: i32) {
    let number = format!("P{}", 5_001 + desk.travel.len() - usize::from(pieces < 0));
    desk.travel.row([number, when.into(), whom.into(), policy.into(), pieces.to_string(), money(cents)]);
}

/// They withdrew within the days that the law gives them.
fn withdraw(desk: &mut Desk, whom: &str, on: Day, policy: &str, cents: i32) {
    order(desk, whom, &at(on, 9, 30), policy, cents, -1);
    desk.notebook.asked(whom, on, "refund", "");
}

/// Who came for the price of one cover and has not called since.
fn by_price(desk: &mut Desk) {
    let party = desk.book.person(&mut desk.chance);
    let whom = desk.enter(&party);
    let begins = ago(desk.today, desk.chance.between(60, 900));
    let deal = Deal {
        whom: &whom,
        product: "Motor insurance",
        begins,
        term: "One year",
        cents: 3_900 + 10 * desk.chance.between(0, 90),
        billed: "monthly",
        kind: "cover",
        form: "click",
        scope: "Third party, fire and theft",
        notice: "1 month",
        ..Deal::default()
    };
    deal.pay(&mut desk.covers, "C", desk.today);
    desk.notebook.note(&whom, begins, "basis", "price, convenience");
}

/// Who asked and has bought nothing.
fn enquirer(desk: &mut Desk) {
    let party = desk.book.firm(&mut desk.chance);
    let whom = desk.enter(&party);
    let on = ago(desk.today, desk.chance.between(4, 90));
    desk.notebook.step(&whom, on, "enquiry", 1);
    desk.notebook.asked(&whom, on.plus(1), "sales", "Tom Aldridge");
    desk.notebook.note(&whom, on.plus(1), "interest", "offering");
}

/// Who is said to have left while a cover still runs: somebody has to ask.
fn said_to_have_left(desk: &mut Desk, place: i32) {
    let party = desk.book.person(&mut desk.chance);
    let whom = desk.enter(&party);
    let deal = Deal {
        whom: &whom,
        product: "Home insurance",
        begins: ago(desk.today, 700 + 40 * place),
        term: "One year",
        cents: 2_900,
        billed: "monthly",
        kind: "cover",
        form: "standard",
        scope: "Building and contents",
        notice: "1 month",
        ..Deal::default()
    };
    deal.pay(&mut desk.covers, "C", desk.today);
    let (number, on) = (format!("L-{}", place + 1), ago(desk.today, 30 + place));
    desk.leavings.row([number, on.to_string(), whom, "moved away".into()]);
}

/// Came with the book of a retired adviser, of which only sums are left.
pub(super) fn taken_over(desk: &mut Desk) {
    let party = desk.book.person(&mut desk.chance);
    let whom = desk.enter(&party);
    ledger::enter(&mut desk.ledger, &mut desk.chance, desk.today, &whom);
}

/// The same people entered twice, as two systems have them.
pub(super) fn doubles(desk: &mut Desk) {
    const TWICE: &[(&str, &str, &str)] = &[
        ("Osterlund Marine", "Osterlund Marine Ltd", "company"),
        ("Rook & Daughters", "Rook and Daughters", "company"),
        ("Jonathan Whitcombe", "Jon Whitcombe", "person"),
        ("Grey Heron Print", "Grey Heron Print (was Heron Press)", "company"),
        ("Marguerite Fell", "Margarite Fell", "person"),
    ];
    for (place, (one, other, kind)) in TWICE.iter().enumerate() {
        let party = desk.book.called(&mut desk.chance, one, kind);
        let second = desk.book.called(&mut desk.chance, other, kind);
        let twin = Party { id: second.id, name: (*other).to_owned(), ..party.clone() };
        let days = 90 * i32::try_from(place).unwrap_or(0);
        for (party, days) in [(party, 500 + days), (twin, 60 + days)] {
            let (whom, on) = (desk.enter(&party), ago(desk.today, days));
            let (policy, cents) = *desk.chance.pick(TRAVEL);
            buy(desk, &whom, on, policy, cents);
        }
    }
}
