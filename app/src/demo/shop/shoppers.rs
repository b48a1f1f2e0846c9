//! Shoppers: most buy once; some come back, for each other's birthdays and for the dark months.

use super::{Till, range};
use crate::demo::{names::Party, table::ago};

/// Bought once, or twice with a year between; gone or not, nobody knows.
pub(super) fn passing(till: &mut Till, place: i32) {
    let party = till.book.person(&mut till.chance);
    let party = if place % 2 == 0 { party.by_mail() } else { party.by_card() };
    let whom = till.enter(&party);
    // A shop that grows: the last year brought more than the three before.
    let oldest = *till.chance.pick(&[1_460, 900, 420, 330]);
    let first = range::day(&mut till.chance, till.today, oldest);
    let articles = till.chance.between(1, 4);
    till.order(&whom, first, articles, [1, 2]);
    if till.chance.percent(14) {
        let again = first.plus(till.chance.between(30, 420));
        till.order(&whom, again, 2, [1, 2]);
    }
    if till.chance.percent(16) {
        let on = first.plus(till.chance.between(1, 12));
        let topic = *till.chance.pick(&["order_status", "order_status", "delivery", "exchange", "complaint"]);
        till.notebook.asked(&whom, on, topic, "");
    }
    if till.chance.percent(21) {
        let stars = *till.chance.pick(&[5, 5, 5, 4, 4, 3, 2, 1]);
        till.notebook.rated(&whom, first.plus(6), stars);
    }
    let on = first.plus(40).min(till.today);
    match place % 97 {
        13 => till.notebook.wants(&whom, on, "no relationship", &party.name),
        55 => till.notebook.wants(&whom, on, "just transactions", &party.name),
        _ => (),
    }
}

/// Comes back: six to thirty orders over the years, some of them silent by now.
pub(super) fn again(till: &mut Till, place: i32) {
    let party = till.book.person(&mut till.chance);
    let whom = till.enter(&party);
    let since = ago(till.today, till.chance.between(300, 1_450));
    let pace = till.chance.between(35, 150);
    // Every sixth has gone elsewhere.
    let until = if place % 6 == 5 { since.plus(220) } else { till.today };
    let mut on = since;
    while on < until {
        let articles = till.chance.between(1, 4);
        till.order(&whom, on, articles, [1, 3]);
        on = on.plus(till.chance.between(pace / 2, pace * 3 / 2));
    }
    if till.chance.percent(30) {
        let on = ago(till.today, till.chance.between(5, 300));
        till.notebook.recommended(&whom, on);
    }
    if till.chance.percent(35) {
        let on = ago(till.today, till.chance.between(5, 300));
        let words = *till.chance.pick(&[
            "The throw pills after a winter, the candles are the best",
            "Please bring back the blue enamel",
            "Wrapped so that I did not want to open it",
        ]);
        till.notebook.told(&whom, on, words);
    }
    if place % 30 == 7 {
        let on = ago(till.today, 60);
        till.notebook.wants(&whom, on, "just transactions", &party.name);
    }
}

/// The same people, who ordered as guests and with an account.
pub(super) fn doubles(till: &mut Till) {
    const TWICE: &[(&str, &str)] = &[
        ("Theodora Lamb", "Theodora Lamb"),
        ("Katherine Ashby", "Kathrine Ashby"),
        ("Iain McAllister", "Ian McAllister"),
        ("Desmond Achebe", "D. Achebe"),
        ("Siobhan Rafferty", "Siobhán Rafferty"),
    ];
    for (one, other) in TWICE {
        let party = till.book.called(&mut till.chance, one, "person");
        let second = till.book.called(&mut till.chance, other, "person");
        let twin = Party { id: second.id, name: (*other).to_owned(), ..party.clone() };
        for party in [party, twin] {
            let whom = till.enter(&party);
            let on = range::day(&mut till.chance, till.today, 700);
            till.order(&whom, on, 2, [1, 2]);
        }
    }
}
