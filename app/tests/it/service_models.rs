//! Service models as a browser finds them: a draft in the address, who would change, putting it in force.

use axum::http::StatusCode;

use crate::town::{Town, Who};

const PLACE: &str = "/service-models";

fn field<'p>(page: &'p str, name: &str) -> &'p str {
    let after = page.split(&format!("name=\"{name}\"")).nth(1).unwrap_or_else(|| panic!("no field {name}"));
    after.split("value=\"").nth(1).unwrap().split('"').next().unwrap()
}

#[test]
fn a_draft_is_seen_before_it_is_put_in_force_and_stands_in_the_history_afterwards() {
    for town in Town::all() {
        let plain = town.page(Who::Owner, PLACE).text;
        assert!(
            plain.contains("as it ships") && plain.contains("No other policy was ever adopted"),
            "{plain}"
        );
        assert_eq!((field(&plain, "up"), field(&plain, "w-tenure")), ("0.70", "1.00"));

        let asked = format!("{PLACE}?from=in+force&shown=in+force&name=ours&version=1&up=0.65&w-tenure=1.3");
        let draft = town.page(Who::Owner, &asked).text;
        assert!(
            draft.contains("Draft of a policy") && draft.contains("relationships would change"),
            "{draft}"
        );
        for key in ["Tenure, weight", "Becomes client at", "<code>policy</code>", "<code>version</code>"] {
            assert!(draft.to_lowercase().contains(&key.to_lowercase()), "{key} differs: {draft}");
        }
        assert!(!draft.to_lowercase().contains("spend, weight"));
        assert_eq!((field(&draft, "up"), field(&draft, "w-tenure")), ("0.65", "1.3"), "what was typed stays");
        assert!(town.page(Who::Owner, PLACE).text.contains("as it ships"), "looking changes nothing");

        let csrf = town.pass(Who::Owner).unwrap().csrf.clone();
        let numbers = "from=in+force&shown=in+force&name=ours&version=1&up=0.65&w-tenure=1.3";
        let blank = town.form(Who::Owner, PLACE, Some(&csrf), numbers);
        assert_eq!(
            (blank.status, blank.code().as_str()),
            (StatusCode::UNPROCESSABLE_ENTITY, "policy.reason")
        );
        let went = town.form(Who::Owner, PLACE, Some(&csrf), &format!("{numbers}&reason=agreed+in+May"));
        assert_eq!((went.status, went.header("location")), (StatusCode::SEE_OTHER, PLACE));
        let after = town.page(Who::Owner, PLACE).text;
        assert!(after.contains("ours, version 1, in force since"), "{after}");
        assert!(after.contains("Owner of ours: agreed in May") || after.contains("agreed in May"), "{after}");
        assert_eq!(field(&after, "up"), "0.65");
    }
}

#[test]
fn another_reading_comes_with_its_own_numbers() {
    let town = Town::one();
    let shown =
        town.page(Who::Owner, &format!("{PLACE}?from=relationship&shown=in+force&up=0.99&w-contract=9")).text;
    assert!(shown.contains("<code>dimension.") && !shown.contains("0.99"), "{shown}");
    let chosen = shown.split("value=\"relationship\"").nth(1).unwrap();
    assert!(
        chosen.trim_start().starts_with("selected")
            || shown.contains("name=\"shown\" value=\"relationship\"")
    );
}

#[test]
fn what_cannot_be_read_is_told_beside_what_was_typed() {
    let town = Town::one();
    for (typed, told) in [
        ("up=seven", "a number such as 0.35, or 35 %"),
        ("up=0.3&down=0.4", "must lie below decision.become"),
        ("dwell=soon", "a whole number of days"),
        ("w-tenure=99", "dimension.tenure"),
    ] {
        let page = town.page(Who::Owner, &format!("{PLACE}?from=in+force&shown=in+force&{typed}"));
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains(told), "{typed}: {}", page.text);
        let (name, value) = typed.split('&').next().unwrap().split_once('=').unwrap();
        assert_eq!(field(&page.text, name), value);
        assert!(!page.text.contains("Put in force"));
    }
}

#[test]
fn a_reader_sees_the_policy_and_neither_previews_nor_changes_it() {
    let town = Town::one();
    let page = town.page(Who::Reader, &format!("{PLACE}?from=relationship"));
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("Only owners see who would change") && !page.text.contains("Put in force"));
    let csrf = town.pass(Who::Reader).unwrap().csrf.clone();
    let refused = town.form(Who::Reader, PLACE, Some(&csrf), "from=relationship&reason=mine");
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}
