//! Conditions: what is written reads back the same, and what cannot be read says where and why.

use kernel::Day;
use proptest::prelude::*;

use crate::condition::{Condition, Field, Kind, MOST, Op, Operand, Wanted, spoken};

/// Any condition that can be.
fn conditions() -> impl Strategy<Value = Condition> {
    let field = prop::sample::select(Field::ALL);
    (field, any::<prop::sample::Index>(), any::<i32>(), "\\PC{0,12}").prop_map(
        |(field, pick, number, letters)| {
            let op = *pick.get(field.comparisons());
            let size = i64::from(number.unsigned_abs());
            let text = match field.kind() {
                Kind::Words(words) => (*pick.get(words)).to_owned(),
                Kind::Text => format!("{letters}x"),
                Kind::Share => kernel::plain(size % 10_001),
                Kind::Percent => format!("{}%", kernel::plain(size % 1_001 * 1_000)),
                Kind::Rank => (size % 1_001).to_string(),
                Kind::Count => size.to_string(),
                Kind::Money => {
                    format!("{} {}", kernel::plain(i64::from(number)), pick.get(&["EUR", "GBP", "JPY"]))
                }
                Kind::Currency => (*pick.get(&["EUR", "GBP", "none"])).to_owned(),
                Kind::Day if number % 2 == 0 => format!("today-{}", size % 36_601),
                Kind::Day => Day(number % 40_000).to_string(),
            };
            Condition::read(field, op, &text).unwrap_or_else(|why| panic!("{field} {text}: {why}"))
        },
    )
}

fn filters() -> impl Strategy<Value = Wanted> {
    conditions().prop_map(Wanted::One).prop_recursive(4, 30, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| Wanted::all(parts).unwrap()),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| Wanted::any(parts).unwrap()),
            inner.prop_map(Wanted::negated),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back_the_same(wanted in filters()) {
        prop_assume!(wanted.conditions().len() <= MOST);
        let text = wanted.to_string();
        prop_assert_eq!(Wanted::read(&text).map_err(|problem| problem.message), Ok(Some(wanted)), "{}", text);
    }

    #[test]
    fn whatever_is_typed_is_read_or_refused_with_a_reason(text in "\\PC{0,80}") {
        if let Err(problem) = Wanted::read(&text) {
            prop_assert!(problem.code == "book.where" && problem.field.as_deref() == Some("where"));
            prop_assert!(problem.message.starts_with("cannot read the filter: "), "{}", problem.message);
        }
    }

    #[test]
    fn dropping_each_condition_leaves_one_less(wanted in filters()) {
        let count = wanted.conditions().len();
        for place in 0..count {
            let rest = wanted.without(place);
            prop_assert_eq!(rest.map_or(0, |rest| rest.conditions().len()), count - 1);
        }
    }
}

#[test]
fn a_filter_is_typed_as_people_would_type_it() {
    let read = |text: &str| Wanted::read(text).unwrap().unwrap().to_string();
    for (typed, written) in [
        ("class=client", "class:client"),
        (" CLASS : Client AND fit:Under_Served ", "class:client and fit:under-served"),
        ("class:\"not enough evidence\"", "class:not-enough-evidence"),
        ("net>=1000 eur", "net>=1000 EUR"),
        ("net < -2.50 GBP and last<today-90", "net<-2.5 GBP and last<today-90"),
        ("(class:client)", "class:client"),
        ("a_b", ""),
        ("not not class:client", "class:client"),
        (
            "class:client or class:former and not line:Shop",
            "class:client or (class:former and not line:Shop)",
        ),
        (
            "(class:client or class:former) and line:\"After sales\"",
            "(class:client or class:former) and line:\"After sales\"",
        ),
        ("not (name:\"a \\\"b\\\"\" and name:or)", "not (name:\"a \\\"b\\\"\" and name:or)"),
        ("coverage>62.5 and strength>=.7", ""),
        ("coverage>62.5 and strength>=0.70", "coverage>62.5% and strength>=0.7"),
        ("preference!=No-Relationship", "preference!=no_relationship"),
        (
            "since>=2025-06-01 and override:any and country:BE",
            "since>=2025-06-01 and override:any and country:BE",
        ),
    ] {
        match written {
            "" => assert!(Wanted::read(typed).is_err(), "{typed}"),
            _ => assert_eq!(read(typed), written),
        }
    }
    assert_eq!(Wanted::read("  \n").unwrap(), None);
}

#[test]
fn what_cannot_be_read_says_where_and_what_is_known() {
    for (typed, why) in [
        ("clas:client", "at letter 1, \"clas\" is no field; known are class, line, fit"),
        ("class:vip", "at letter 7, \"vip\" is no class; known are prospect, customer"),
        ("class>client", "class is compared by : and != only"),
        ("class client", "at letter 7, class is followed by one of : or !=, not \"client\""),
        ("net>=1000", "an amount needs its currency after it, such as \"1000 EUR\""),
        ("net>=1000 and class:client", "an amount needs its currency after it"),
        ("net>=1,000 EUR", "\"1,000\" is not an amount"),
        ("class:client and", "it ends at letter 17, where a condition such as class:client was expected"),
        ("class:client former", "at letter 14, and or or was expected, not \"former\""),
        ("(class:client", "the bracket that opens at letter 1 was expected to close"),
        ("class:client)", "at letter 13, and or or was expected, not a bracket that closes"),
        ("name:\"Rook", "the quotes that open at letter 6 are not closed"),
        ("last<yesterday", "\"yesterday\" is no day; write it such as 2025-06-01, today or today-90"),
        ("strength>=70", "\"70\" is no strength; write it from 0 to 1"),
        ("((((((((((class:client))))))))))", "brackets and nots stand more than 8 deep"),
    ] {
        let problem = Wanted::read(typed).unwrap_err();
        assert!(problem.message.contains(why), "{typed}: {}", problem.message);
    }
    let long = vec!["class:client"; MOST + 1].join(" or ");
    assert!(Wanted::read(&long).unwrap_err().message.contains("has 41 conditions; 40 are the most"));
}

#[test]
fn conditions_read_as_sentences() {
    let say = |text: &str| spoken(Wanted::read(text).unwrap().unwrap().conditions()[0]);
    for (typed, said) in [
        ("class:not-enough-evidence", "class is not enough evidence"),
        ("fit:under-served", "service fit \u{201c}gets less than owed\u{201d}"),
        ("net>=1000 EUR", "net at least €1,000.00"),
        ("last<2025-06-01", "last day before 1 June 2025"),
        ("last<today-90", "last day before 90 days ago"),
        ("preference!=no_relationship", "they want other than no relationship"),
        ("name:Rook", "name begins with \u{201c}Rook\u{201d}"),
        ("strength>=0.7", "strength of evidence at least 0.70"),
        ("coverage<60%", "coverage under 60 %"),
        ("override:disagreeing", "set by hand is otherwise than the evidence"),
    ] {
        assert_eq!(say(typed), said);
    }
}

#[test]
fn the_words_of_fields_are_those_of_the_judgement() {
    let words = |field: Field| match field.kind() {
        Kind::Words(words) => words.to_vec(),
        _ => Vec::new(),
    };
    let plain = |word: &str| word.replace(' ', "-");
    let classes: Vec<_> = crate::Class::ALL.iter().map(|class| plain(class.as_str())).collect();
    assert_eq!(words(Field::Class), classes);
    let fits: Vec<_> = crate::Fit::ALL.iter().map(|fit| plain(fit.as_str())).collect();
    assert_eq!(words(Field::Fit), fits);
    let levels: Vec<_> = crate::Confidence::ALL.iter().map(|one| one.as_str()).chain(["none"]).collect();
    assert_eq!(words(Field::Confidence), levels);
    let wishes: Vec<_> =
        timeline::fact::Dealing::ALL.iter().map(|way| way.as_str()).chain(["none"]).collect();
    assert_eq!(words(Field::Preference), wishes);
    let one = Condition { field: Field::Net, op: Op::AtLeast, value: Operand::Number(1) };
    assert_eq!(Wanted::One(one).without(0), None);
}
