//! Those who are advised: covers over the years, a retainer for many, a person who answers, reviews that are held.

use kernel::Day;

use super::{ADVISERS, Desk};
use crate::demo::{deal::Deal, names::somebody, table::ago};

/// What private people insure, and what it costs a month, in cents.
const PRIVATE: &[(&str, i32, &str)] = &[
    ("Motor insurance", 4_800, "Comprehensive cover for two drivers"),
    ("Home insurance", 3_150, "Building and contents, escape of water included"),
    ("Life cover", 2_640, "Level term, both partners"),
    ("Income protection", 5_420, "60 % of income after 13 weeks"),
    ("Pet insurance", 1_890, "One dog, lifetime cover"),
    ("Bicycle cover", 940, "Two bicycles, theft and damage"),
];
/// What firms insure.
const BUSINESS: &[(&str, i32, &str)] = &[
    ("Professional indemnity", 18_600, "Two million for each claim"),
    ("Public liability", 9_800, "Five million, work away from the premises included"),
    ("Cyber cover", 7_400, "Incident response within four hours"),
    ("Fleet insurance", 32_500, "Nine vehicles, any driver over 25"),
    ("Business interruption", 12_200, "Gross profit for twelve months"),
    ("Office contents", 3_900, "At replacement cost"),
];
/// What is advised under a retainer: whose, what, a month.
const ADVICE: &[(&str, i32, &str)] = &[
    ("Financial planning", 9_500, "A plan that is kept up; Six hours a year"),
    ("Retirement and estate review", 12_000, "A review each half-year; Letters of wishes kept up"),
    ("Outsourced finance lead", 64_000, "Two days a month; Board papers; Cash forecast"),
    ("Risk programme", 38_000, "A risk register; Site visits; Renewal negotiated"),
];
const TOLD: &[&str] = &[
    "You explained the exclusions before we needed them",
    "It took two calls to reach you in August",
    "The review paid for itself",
    "I would like the figures a week before we meet",
    "Nobody else asked what we were afraid of",
];
const EVENTS: &[&str] =
    &["daughter starts driving", "moving house", "taking on a partner", "sold the van", "bought a boat"];

/// One who is advised.
pub(super) fn write(desk: &mut Desk, place: i32) {
    let is_firm = place % 10 < 3;
    let party = match place % 10 {
        0..3 => desk.book.firm(&mut desk.chance),
        3..6 => desk.book.household(&mut desk.chance),
        _ => desk.book.person(&mut desk.chance),
    };
    let whom = desk.enter(&party);
    let years = desk.chance.between(2, 9);
    let since = ago(desk.today, 365 * years + desk.chance.between(-150, 150));
    let person = ADVISERS[usize::try_from(place).unwrap_or(0) % ADVISERS.len()];
    sale(desk, &whom, since, is_firm);
    covers(desk, &whom, since, is_firm);
    mandate(desk, &whom, since);
    if desk.chance.percent(68) {
        retainer(desk, &whom, since, person, is_firm);
    }
    // Nobody is free for every tenth: what they get is less than they are owed.
    let is_served = place % 10 != 9;
    if is_served {
        serve(desk, &whom, since, person, if is_firm { 182 } else { 365 });
    } else {
        desk.notebook.note(&whom, ago(desk.today, 400), "record kept", "staffing");
        desk.notebook.note(&whom, ago(desk.today, 400), "record kept", "contact");
    }
    ask(desk, &whom, person);
    give(desk, &whom);
    if desk.chance.percent(22) {
        let (on, cents) =
            (ago(desk.today, desk.chance.between(20, 900)), 100 * desk.chance.between(180, 1_400));
        desk.bill(&whom, on, "One piece of advice, by the hour", cents);
    }
    if is_firm {
        let (buyer, user) = (somebody(&mut desk.chance), somebody(&mut desk.chance));
        desk.notebook.acts(&whom, [&buyer, "Finance director", "buyer"]);
        desk.notebook.acts(&whom, [&user, "Office manager", "user"]);
    }
    refuse(desk, &whom, &party.name, place);
}

/// How it began: a recommendation, a talk, a proposal.
fn sale(desk: &mut Desk, whom: &str, since: Day, is_firm: bool) {
    let people = if is_firm { desk.chance.between(2, 4) } else { 2 };
    let days = desk.chance.between(18, 64);
    desk.notebook.step(whom, since.plus(-days), "enquiry", 1);
    desk.notebook.step(whom, since.plus(-days / 2), "first meeting", people);
    desk.notebook.step(whom, since.plus(-3), "proposal", people);
    let reason =
        *desk.chance.pick(&["recommendation, advice", "reputation", "expertise, trust", "advice, location"]);
    desk.notebook.note(whom, since, "basis", reason);
}

fn covers(desk: &mut Desk, whom: &str, since: Day, is_firm: bool) {
    let (all, count) = (if is_firm { BUSINESS } else { PRIVATE }, desk.chance.between(2, 4));
    let chosen: Vec<_> = desk.chance.some(all, count).into_iter().copied().collect();
    for (place, (product, cents, scope)) in chosen.into_iter().enumerate() {
        let later = i32::try_from(place).unwrap_or(0) * desk.chance.between(150, 420);
        let begins = since.plus(later).min(ago(desk.today, 40));
        let dearer = desk.chance.between(85, 140);
        let ended = (place == 2 && desk.chance.percent(40))
            .then(|| {
                (
                    ago(desk.today, desk.chance.between(30, 500)),
                    *desk.chance.pick(&["replaced", "cancelled", "completed"]),
                )
            })
            .filter(|(day, _)| begins.plus(60) < *day);
        let deal = Deal {
            whom,
            product,
            begins,
            ended,
            term: "One year",
            cents: cents * dearer / 100,
            billed: "monthly",
            kind: "cover",
            form: "standard",
            scope,
            notice: "1 month",
            ..Deal::default()
        };
        deal.pay(&mut desk.covers, "C", desk.today);
    }
}

/// The mandate by which the practice speaks for them to insurers.
fn mandate(desk: &mut Desk, whom: &str, since: Day) {
    let deal = Deal {
        whom,
        product: "Broker mandate",
        begins: since,
        term: "Three years",
        form: "individual",
        scope: "All covers reviewed each year; Claims handled for you",
        notice: "1 month",
        promises: "named person, reviews",
        ..Deal::default()
    };
    deal.sign(&mut desk.mandates, "M", desk.today);
}

fn retainer(desk: &mut Desk, whom: &str, since: Day, person: &str, is_firm: bool) {
    let advice = if is_firm { &ADVICE[2..] } else { &ADVICE[..2] };
    let (product, cents, scope) = *desk.chance.pick(advice);
    // Terms end all over the year, so that some windows of notice close within days.
    let deal = Deal {
        whom,
        product,
        begins: since.plus(desk.chance.between(40, 300)).min(ago(desk.today, 200)),
        term: "One year",
        cents: cents * desk.chance.between(80, 130) / 100,
        billed: "monthly",
        kind: "advice",
        form: "individual",
        scope,
        notice: "3 months",
        made: "scope, price",
        promises: "named person, reviews",
        ..Deal::default()
    };
    deal.pay(&mut desk.retainers, "R", desk.today);
    for _ in 0..desk.chance.between(2, 7) {
        let on = deal.begins.plus(desk.chance.between(10, 900));
        let halves = desk.chance.between(1, 9);
        desk.spend(whom, on, halves, person, product);
    }
}

/// A person who answers for them, and the reviews that were held.
pub(super) fn serve(desk: &mut Desk, whom: &str, since: Day, person: &str, every: i32) {
    desk.notebook.note(whom, since.plus(14), "assignment", person);
    desk.notebook.note(whom, since.plus(14), "rhythm", &format!("{every} days"));
    let mut on = since.plus(desk.chance.between(120, every));
    while on < desk.today {
        desk.notebook.met(whom, on, "review", person);
        on = on.plus(every + desk.chance.between(-30, 20));
    }
    let last = ago(desk.today, desk.chance.between(5, 120));
    desk.notebook.called(whom, last, "check_in", person);
}

/// What they asked for lately: mostly advice, now and then a claim or a bill.
fn ask(desk: &mut Desk, whom: &str, person: &str) {
    for _ in 0..desk.chance.between(1, 4) {
        let on = ago(desk.today, desk.chance.between(3, 350));
        let topic = *desk.chance.pick(&["advice", "advice", "planning", "consultation", "billing"]);
        desk.notebook.asked(whom, on, topic, person);
    }
    if desk.chance.percent(12) {
        let (on, event) = (ago(desk.today, desk.chance.between(3, 200)), *desk.chance.pick(EVENTS));
        desk.notebook.asked(whom, on, event, person);
    }
}

/// What they gave: a word, a recommendation, a goal, the share of their need.
fn give(desk: &mut Desk, whom: &str) {
    let on = ago(desk.today, desk.chance.between(10, 330));
    if desk.chance.percent(45) {
        let words = *desk.chance.pick(TOLD);
        desk.notebook.told(whom, on, words);
    }
    if desk.chance.percent(30) {
        desk.notebook.recommended(whom, on.plus(-20));
    }
    if desk.chance.percent(35) {
        desk.notebook.note(whom, on.plus(-5), "goal", "retire at sixty without selling the house");
    }
    if desk.chance.percent(15) {
        desk.notebook.note(whom, on, "interest", "upgrade");
    }
    if desk.chance.percent(50) {
        let share = *desk.chance.pick(&["sole", "90 %", "75 %", "60 %, estimated"]);
        desk.notebook.note(whom, on, "wallet", share);
    }
}

/// A few who rely on the practice and want to be left alone.
fn refuse(desk: &mut Desk, whom: &str, name: &str, place: i32) {
    let wants = match place {
        11 | 47 | 83 => "renewals only",
        26 | 71 => "just transactions",
        58 => "no relationship",
        19 | 64 => "open to advice",
        _ => return,
    };
    let on = ago(desk.today, desk.chance.between(20, 300));
    desk.notebook.wants(whom, on, wants, name);
}

/// One who was advised and left.
pub(super) fn former(desk: &mut Desk, place: i32) {
    let party = desk.book.household(&mut desk.chance);
    let whom = desk.enter(&party);
    let left = ago(desk.today, desk.chance.between(200, 1_300));
    let since = left.plus(-desk.chance.between(400, 2_200));
    let why =
        ["cancelled", "notice", "lapsed", "notice", "withdrawn"][usize::try_from(place).unwrap_or(0) % 5];
    let person = *desk.chance.pick(ADVISERS);
    sale(desk, &whom, since, false);
    let (product, cents, scope) = *desk.chance.pick(PRIVATE);
    let deal = Deal {
        whom: &whom,
        product,
        begins: since,
        ended: Some((left, why)),
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
    desk.notebook.met(&whom, since.plus(200), "review", person);
    desk.notebook.asked(&whom, left.plus(-30), "complaint", person);
}
