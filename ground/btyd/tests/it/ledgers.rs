//! Raw transactions to summaries, in both conventions.

use btyd::{Convention, Day, Ledger, LedgerError, Rules, Unit};

use crate::cdnow::summaries;
use crate::shelf::{cdnow_sample, near};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// The raw log gives the published table of the sample, customer by customer.
#[test]
fn the_textbook_convention() {
    let rules = Rules::new(Unit::Week, day("1997-09-30")).holdout(day("1998-06-30"));
    let (Some(got), Some((base, rows))) = (summaries("CDNOW_sample.txt", [1, 2, 4], rules), cdnow_sample())
    else {
        return;
    };
    assert_eq!(got.rows().len(), rows.len());
    for (row, want) in got.rows().iter().zip(&rows) {
        assert_eq!(
            (f64::from(row.id), f64::from(row.frequency), f64::from(row.holdout)),
            (want[0], want[1], want[4])
        );
        near(row.recency + 1.0, want[2] + 1.0, 1e-14, "recency");
        near(row.age, want[3], 1e-14, "age");
        assert!((row.mean_value - want[5]).abs() < 0.006, "{row:?}");
    }
    assert_eq!(got.customers().unwrap().len(), base.len());
}

/// Sums that `calibration_and_holdout_data` of lifetimes 0.11.3 gives for the same log.
#[test]
fn the_convention_of_lifetimes() {
    let cases = [
        (Unit::Day, [2457.0, 112_949.0, 539_779.0, 33_183.643766870584, 1882.0]),
        (Unit::Week, [2216.0, 16_128.0, 77_748.0, 35_379.69656318742, 1788.0]),
    ];
    for (unit, sums) in cases {
        let rules =
            Rules::new(unit, day("1997-09-30")).holdout(day("1998-06-30")).convention(Convention::Lifetimes);
        let Some(got) = summaries("CDNOW_sample.txt", [1, 2, 4], rules) else { return };
        let sum = |of: &dyn Fn(&btyd::Summary<u32>) -> f64| got.rows().iter().map(of).sum::<f64>();
        let all = [
            sum(&|r| f64::from(r.frequency)),
            sum(&|r| r.recency),
            sum(&|r| r.age),
            sum(&|r| r.mean_value),
            sum(&|r| f64::from(r.holdout)),
        ];
        for (got, want) in all.into_iter().zip(sums) {
            near(got, want, 1e-12, "sum");
        }
    }
}

#[test]
fn rules_about_first_purchases_and_order() {
    let rules = Rules::new(Unit::Day, day("2024-03-31")).acquired(day("2024-01-01"), day("2024-01-31"));
    let mut ledger = Ledger::new(rules.clone());
    ledger.record("old", day("2023-12-31"), 1.0).unwrap();
    ledger.record("new", day("2024-01-31"), 1.0).unwrap();
    ledger.record("late", day("2024-02-01"), 1.0).unwrap();
    ledger.record("after", day("2024-04-01"), 1.0).unwrap();
    let back = ledger.record("new", day("2024-01-30"), 1.0);
    assert!(matches!(back, Err(LedgerError::OutOfOrder { .. })));
    assert_eq!(ledger.record("new", day("2024-03-01"), f64::NAN), Err(LedgerError::NotAnAmount));
    assert_eq!(ledger.finish().rows().iter().map(|r| r.id).collect::<Vec<_>>(), ["new"]);
    let unsorted = vec![("new", day("2024-02-10"), 3.0), ("new", day("2024-01-31"), 1.0)];
    let sorted = Ledger::of_unsorted(rules, unsorted).unwrap().finish();
    assert_eq!((sorted.rows()[0].frequency, sorted.rows()[0].recency), (1, 10.0));
}

#[test]
fn days_count_as_the_calendar_does() {
    for (text, number) in
        [("1970-01-01", 0), ("2000-02-29", 11_016), ("1969-12-31", -1), ("2024-12-31", 20_088)]
    {
        assert_eq!((day(text).number(), day(text).to_string().as_str()), (number, text));
    }
    for number in (-200_000..200_000).step_by(97) {
        let (y, m, d) = Day::numbered(number).date();
        assert_eq!(Day::of(y, m, d), Some(Day::numbered(number)));
    }
    assert_eq!(day("2024-03-31").period(Unit::Week) + 1, day("2024-04-01").period(Unit::Week));
    for odd in ["", "2024", "2024-13-01", "2024-02-30", "20240230", "abcd-ef-gh", "2024-1-01", "äöü-12-12é"]
    {
        assert_eq!(Day::parse(odd), None, "{odd}");
    }
}
