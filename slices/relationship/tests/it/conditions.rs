//! Conditions find in the tables exactly what they say, joined in any way, on both engines, and nothing behind a wall.

use std::collections::BTreeSet;

use ::store::Store;
use kernel::{Actor, Context, Day, Role};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use relationship::condition::{Condition, Field, Op, Operand, Wanted};
use serde_json::json;

use crate::{
    DAY, account, line, on_both, run,
    store::{Planted, plant, plant_country},
};

const LINES: [&str; 2] = ["Shop", "After sales"];
const NAMES: [&str; 6] = ["Rook & Daughters", "Rookery", "Osterlund Marine", "ß", "Wick", "rook"];
const COUNTRIES: [&str; 4] = ["", "BE", "Belgium", "Atlantis"];

/// What is planted, with what the account says.
struct Known {
    row: Planted,
    name: &'static str,
    country: &'static str,
    line: &'static str,
}

fn rows() -> impl Strategy<Value = Vec<Planted>> {
    let words = (0usize..5, 0usize..5, 0usize..4, 0usize..5, 0usize..4, any::<bool>(), 0usize..5);
    let sizes =
        (-1i64..=1_000, 0i64..=1_000, -30_000i64..30_000, 0i64..20, -1i64..=1_000, 0i64..300, 0i64..300);
    let row = (words, sizes).prop_map(|(words, sizes)| Planted {
        class: ["prospect", "customer", "client", "former", "not enough evidence"][words.0],
        fit: ["fits", "under-served", "over-served", "not known", "not judged"][words.1],
        confidence: ["low", "medium", "high", ""][words.2],
        preference: ["no_relationship", "just_transactions", "renewals_only", "open_to_advice", ""][words.3],
        currency: ["EUR", "GBP", "JPY", ""][words.4],
        by_hand: words.5,
        computed: ["prospect", "customer", "client", "former", "not enough evidence"][words.6],
        strength: if sizes.0 < 0 { -1 } else { sizes.0 * 1_000 },
        coverage: sizes.1,
        net: sizes.2 * 1_000,
        purchases: sizes.3,
        spend_rank: sizes.4,
        last_day: 20_000 + sizes.5,
        since: 20_000 + sizes.6,
    });
    prop::collection::vec(row, 12)
}

fn conditions() -> impl Strategy<Value = Wanted> {
    let one = (prop::sample::select(Field::ALL), 0usize..6, any::<prop::sample::Index>(), 0i64..1_000);
    let one = one.prop_map(|(field, op, pick, size)| {
        let ops = field.comparisons();
        let text = match field {
            Field::Class => (*pick.get(&["prospect", "client", "not-enough-evidence"])).to_owned(),
            Field::Fit => (*pick.get(&["fits", "under-served", "not-known"])).to_owned(),
            Field::Confidence => (*pick.get(&["low", "none"])).to_owned(),
            Field::Preference => (*pick.get(&["no_relationship", "none", "open_to_advice"])).to_owned(),
            Field::Override => (*pick.get(&["any", "disagreeing", "none"])).to_owned(),
            Field::Line => (*pick.get(&LINES)).to_owned(),
            Field::Country => (*pick.get(&["be", "Atlantis", "none", "FR"])).to_owned(),
            Field::Name => (*pick.get(&["Rook", "ROOK &", "ß", "os"])).to_owned(),
            Field::Currency => (*pick.get(&["EUR", "none"])).to_owned(),
            Field::Coverage => format!("{}%", kernel::plain(size * 1_000)),
            Field::Strength => kernel::plain(size * 10),
            Field::Net => format!("{} {}", kernel::plain((size - 500) * 60_000), pick.get(&["EUR", "GBP"])),
            Field::Purchases => (size % 20).to_string(),
            Field::Spend => size.to_string(),
            Field::Last | Field::Since => match size % 2 {
                0 => Day(i32::try_from(20_000 + size % 300).unwrap()).to_string(),
                _ => format!("today-{}", size % 300),
            },
        };
        Wanted::One(Condition::read(field, ops[op % ops.len()], &text).unwrap())
    });
    one.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| Wanted::all(parts).unwrap()),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| Wanted::any(parts).unwrap()),
            inner.prop_map(Wanted::negated),
        ]
    })
}

/// The same question answered from the row itself.
fn holds(known: &Known, condition: &Condition, today: Day) -> bool {
    let row = &known.row;
    let measured = |value: i64, with: i64| match condition.op {
        Op::Is => value == with,
        Op::IsNot => value != with,
        Op::AtLeast => with <= value,
        Op::AtMost => value <= with,
        Op::Over => with < value,
        Op::Under => value < with,
    };
    let is = |same: bool| same == (condition.op == Op::Is);
    let word =
        |own: &str, asked: &str| is(own.replace(' ', "-") == asked || (own.is_empty() && asked == "none"));
    match (&condition.value, condition.field) {
        (Operand::Word(asked), Field::Class) => word(row.class, asked),
        (Operand::Word(asked), Field::Fit) => word(row.fit, asked),
        (Operand::Word(asked), Field::Confidence) => word(row.confidence, asked),
        (Operand::Word(asked), Field::Preference) => word(row.preference, asked),
        (Operand::Word("none"), _) => is(!row.by_hand),
        (Operand::Word("any"), _) => is(row.by_hand),
        (Operand::Word(_), _) => is(row.by_hand && row.class != row.computed),
        (Operand::Text(asked), Field::Line) => is(known.line == asked),
        (Operand::Text(asked), Field::Name) => {
            is(known.name.to_lowercase().starts_with(&asked.to_lowercase()))
        }
        (Operand::Text(asked), Field::Country) => is(match asked.as_str() {
            "none" => known.country.is_empty(),
            "be" => matches!(known.country, "BE" | "Belgium"),
            other => known.country == other,
        }),
        (Operand::Text(asked), _) => word(row.currency, asked),
        (Operand::Number(with), Field::Strength) => 0 <= row.strength && measured(row.strength, *with),
        (Operand::Number(with), Field::Spend) => 0 <= row.spend_rank && measured(row.spend_rank, *with),
        (Operand::Number(with), Field::Coverage) => measured(row.coverage, *with),
        (Operand::Number(with), _) => measured(row.purchases, *with),
        (Operand::Money(with), _) => row.currency == with.currency.code() && measured(row.net, with.amount),
        (Operand::Day(when), field) => {
            let own = if field == Field::Last { row.last_day } else { row.since };
            measured(own, i64::from(when.day(today).0))
        }
    }
}

#[test]
fn what_is_found_is_what_the_conditions_say() {
    let mut runner = TestRunner::new(Config { cases: 6, failure_persistence: None, ..Config::default() });
    runner
        .run(&(rows(), prop::collection::vec(conditions(), 25)), |(rows, asked)| {
            on_both(|store| walk(store, &rows, &asked));
            Ok(())
        })
        .unwrap();
}

/// All that the book lists, page by page in that order, and how many it counted; each row once.
fn listed(cx: &Context, store: &Store, wanted: &Wanted, sort: &str) -> (Vec<String>, i64) {
    let (mut found, mut after) = (Vec::new(), None::<String>);
    loop {
        let input = json!({ "where": wanted.to_string(), "sort": sort, "limit": 5, "after": after });
        let page = run(cx, store, "relationships.list", input).unwrap();
        let ids = page["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned());
        found.extend(ids);
        let counts = page["totals"].as_array().unwrap().iter().map(|total| total["count"].as_i64().unwrap());
        let counted: i64 = counts.sum();
        match page["next"].as_str() {
            Some(next) => after = Some(next.to_owned()),
            None => return (found, counted),
        }
    }
}

fn walk(store: &Store, rows: &[Planted], asked: &[Wanted]) {
    let cx = testkit::at(DAY);
    let lines = LINES.map(|name| line(store, name, "retail", true));
    let mut known = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        let (name, country) = (NAMES[n / 2], COUNTRIES[n / 2 % 4]);
        if n % 2 == 0 {
            let account = account(store, &format!("{name} {n}"));
            plant_country(store, account, country);
            known.push((account, n));
        }
        let owner = known[n / 2].0;
        plant(
            store,
            i64::try_from(n + 1).unwrap(),
            owner,
            lines[n % 2],
            &format!("{name} {n}").to_lowercase(),
            row,
        );
    }
    for (n, wanted) in asked.iter().enumerate() {
        let expected: BTreeSet<String> = (rows.iter().enumerate())
            .filter(|(n, row)| {
                let known = Known {
                    row: (*row).clone(),
                    name: NAMES[n / 2],
                    country: COUNTRIES[n / 2 % 4],
                    line: LINES[n % 2],
                };
                wanted.holds(&|condition| Some(holds(&known, condition, cx.today()))).unwrap()
            })
            .map(|(n, _)| cx.codes.write(relationship::store::current::RelationshipId::new(n as i64 + 1)))
            .collect();
        let sort = ["strength", "-net", "last", "name"][n % 4];
        let (found, counted) = listed(&cx, store, wanted, sort);
        assert_eq!(found.iter().cloned().collect::<BTreeSet<_>>(), expected, "{wanted}");
        assert_eq!(found.len(), expected.len(), "{wanted}: a row twice");
        if wanted.conditions().iter().any(|condition| condition.field != Field::Class) {
            assert_eq!(counted, i64::try_from(expected.len()).unwrap(), "{wanted}");
        }
    }
}

#[test]
fn no_condition_reaches_over_a_wall() {
    on_both(|store| {
        let person = |id| Context { actor: Actor::User { id, role: Role::Owner }, ..testkit::at(DAY) };
        let (maren, other) = (person(1), person(2));
        let shop = line(store, "Shop", "retail", true);
        let hidden = account(store, "Hidden");
        for (n, account) in [(1, hidden), (2, account(store, "Seen"))] {
            let row = Planted {
                class: "client",
                computed: "client",
                fit: "fits",
                currency: "EUR",
                net: 50_000,
                ..Planted::default()
            };
            plant(store, n, account, shop, if n == 1 { "hidden" } else { "seen" }, &row);
        }
        let people = [maren.codes.write(access::PersonId::new(1))];
        run(&maren, store, "account.wall", json!({ "id": maren.codes.write(hidden), "people": people }))
            .unwrap();
        for text in [
            "class:client or not class:client",
            "not class:prospect",
            "name:Hidden or name:Seen",
            "not (net<0 EUR and class:former)",
            "purchases>=0 or purchases<0",
        ] {
            let found = |cx: &Context| {
                let book = run(cx, store, "relationships.list", json!({ "where": text })).unwrap();
                let counts =
                    book["totals"].as_array().unwrap().iter().map(|total| total["count"].as_i64().unwrap());
                (book["rows"].as_array().unwrap().len(), counts.sum::<i64>())
            };
            assert_eq!(found(&other).0, 1, "{text}");
            assert_eq!(found(&maren).0, 2, "{text}");
            if text.starts_with("name") {
                assert_eq!((found(&other).1, found(&maren).1), (1, 2), "{text}");
            }
        }
    });
}

#[test]
fn a_filter_that_names_no_line_or_cannot_be_read_is_refused() {
    on_both(|store| {
        let cx = testkit::at(DAY);
        for (text, code) in
            [("line:Nowhere", "timeline.no_line"), ("class:", "book.where"), ("name:\" \"", "book.where")]
        {
            let refused = run(&cx, store, "relationships.list", json!({ "where": text })).unwrap_err();
            assert_eq!(refused.code, code, "{text}");
        }
    });
}
