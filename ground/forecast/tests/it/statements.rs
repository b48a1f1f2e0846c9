//! The statements as text: what differs between engines, and names that need quoting.

use btyd::{Day, Unit};
use forecast::{Counting, Dialect};

fn counting(dialect: Dialect) -> Counting {
    Counting {
        dialect,
        table: "sales.orders".to_owned(),
        id: "customer_id".to_owned(),
        date: "sold_at".to_owned(),
        amount: Some("amount".to_owned()),
        unit: Unit::Week,
        end: Day::parse("1997-09-30").unwrap(),
        holdout: None,
        into: "btyd".to_owned(),
    }
}

#[test]
fn each_engine_is_spoken_to_in_its_own_words() {
    let days = [
        ("spark", "DATEDIFF(DATE '1997-09-30', first_day)"),
        ("duckdb", "DATE_DIFF('day', first_day, DATE '1997-09-30')"),
        ("postgres", "(DATE '1997-09-30' - first_day)"),
        ("snowflake", "DATEDIFF('day', first_day, DATE '1997-09-30')"),
        ("bigquery", "DATE_DIFF(DATE '1997-09-30', first_day, DAY)"),
        ("trino", "DATE_DIFF('day', first_day, DATE '1997-09-30')"),
    ];
    for (name, age) in days {
        let three = counting(Dialect::parse(name).unwrap()).statements().unwrap();
        assert!(three.summary.contains(&format!("{age} AS age_days")), "{name}: {}", three.summary);
        assert!(three.summary.contains("FROM sales.orders"));
        assert!(three.cells.contains("COUNT(*) AS customers"));
        assert!(three.scored.contains("score.age_days = customer.age_days"));
    }
    assert_eq!(Dialect::all().count(), days.len());
    assert!(Dialect::parse("oracle").is_err());
}

#[test]
fn names_are_quoted_where_they_must_be_and_cannot_break_out() {
    let odd = |dialect| Counting {
        table: "my shop.order".to_owned(),
        id: "user".to_owned(),
        date: "a\"; drop table x; --".to_owned(),
        ..counting(dialect)
    };
    let summary = odd(Dialect::DuckDb).statements().unwrap().summary;
    assert!(summary.contains("FROM \"my shop\".\"order\""), "{summary}");
    assert!(
        summary.contains("\"user\" AS account") && summary.contains("\"a\"\"; drop table x; --\""),
        "{summary}"
    );
    let summary = odd(Dialect::Spark).statements().unwrap().summary;
    assert!(summary.contains("FROM `my shop`.`order`"), "{summary}");
    assert!(Counting { table: "a..b".to_owned(), ..counting(Dialect::Trino) }.statements().is_err());
    // What is plain stays as it is typed, so that an engine that folds case finds it.
    assert!(counting(Dialect::Snowflake).statements().unwrap().summary.contains("customer_id AS account"));
}
