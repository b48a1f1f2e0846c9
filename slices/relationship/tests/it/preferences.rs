//! How parties want to be dealt with: who may say so, who may loosen it, what follows from it and what does not.

use ::store::{Store, dump};
use kernel::{Actor, Context, Result, Role};
use relationship::{
    Contacting, Purpose, may_contact,
    ops::{Say, say},
};
use serde_json::{Value, json};
use timeline::{AccountId, LineId};

use super::{account, judge, line, on, on_both, order, run, store::decisions};

/// A live line, somebody who bought on it, and the relationship.
struct Okafor {
    account: AccountId,
    line: LineId,
    relationship: String,
}

fn okafor(store: &Store) -> Okafor {
    let cx = testkit::at("2025-03-04");
    let (account, line) = (account(store, "Okafor"), line(store, "Advisory", "law", true));
    for day in ["2024-11-04", "2024-12-04", "2025-01-04", "2025-02-04"] {
        on(store, &cx, account, line, day, &order(600));
    }
    judge(store, &cx);
    let rows = run(&cx, store, "relationships.list", json!({})).unwrap();
    let relationship = rows["rows"][0]["id"].as_str().unwrap().to_owned();
    Okafor { account, line, relationship }
}

fn link(store: &Store, okafor: &Okafor) -> String {
    let made =
        run(&testkit::owner("2025-03-04"), store, "preference.link", json!({ "id": okafor.relationship }));
    made.unwrap()["path"].as_str().unwrap().trim_start_matches("/preferences/").to_owned()
}

/// They press a button on their page.
fn press(store: &Store, day: &str, token: &str, says: &str) -> Result<()> {
    press_for(store, day, token, says, false)
}

fn press_for(store: &Store, day: &str, token: &str, says: &str, everywhere: bool) -> Result<()> {
    let cx = Context { actor: Actor::Nobody, ..testkit::at(day) };
    store.write(&cx, |tx| say(&cx, tx, Say { token, says, everywhere }))
}

/// Somebody of ours notes what they were told.
fn note(store: &Store, day: &str, okafor: &Okafor, says: &str) -> Result<Value> {
    let input = json!({ "id": okafor.relationship, "says": says, "how": "telephone", "by": "Ada Okafor" });
    run(&testkit::owner(day), store, "preference.state", input)
}

fn in_force(store: &Store, day: &str, okafor: &Okafor) -> Value {
    run(&testkit::at(day), store, "preference.view", json!({ "id": okafor.relationship })).unwrap()
}

fn allowed(store: &Store, day: &str, account: AccountId, line: LineId, purpose: Purpose) -> bool {
    // Whoever asks, a wall hides no wish: the question is asked as somebody without any.
    let cx = Context { actor: Actor::User { id: 77, role: Role::Member }, ..testkit::at(day) };
    let asked = [Contacting { account, line, purpose }];
    store.read(&cx, |tx| may_contact(&cx, tx, &asked)).unwrap()[0].allowed
}

#[test]
fn what_they_put_down_themselves_is_loosened_by_nobody_else() {
    on_both(|store| {
        let okafor = okafor(store);
        let token = link(store, &okafor);
        note(store, "2025-03-05", &okafor, "just transactions").unwrap();
        press(store, "2025-03-10", &token, "renewals_only").unwrap();

        let refused = note(store, "2025-03-12", &okafor, "open-to-advice").unwrap_err();
        assert_eq!((refused.code, refused.field.as_deref()), ("preference.theirs", Some("says")));
        for told in [
            "renewals only, stated by themselves on 10 March 2025",
            "send them their link",
            &okafor.relationship,
        ] {
            assert!(refused.message.contains(told), "{told}: {}", refused.message);
        }
        note(store, "2025-03-12", &okafor, "no relationship").unwrap();
        assert_eq!(
            in_force(store, "2025-03-12", &okafor)["in_force"],
            "no_relationship",
            "less can be noted"
        );
        note(store, "2025-03-13", &okafor, "renewals only").unwrap();
        note(store, "2025-03-14", &okafor, "open to advice").unwrap_err();

        // They change their mind: nobody stands against their own word.
        press(store, "2025-04-01", &token, "open_to_advice").unwrap();
        let shown = in_force(store, "2025-04-01", &okafor);
        assert_eq!(shown["in_force"], "open_to_advice");
        let stated: Vec<_> = shown["stated"].as_array().unwrap().iter().collect();
        let steps: Vec<_> =
            stated.iter().map(|one| (one["before"].as_str(), one["says"].as_str().unwrap())).collect();
        assert_eq!(
            steps,
            [
                (Some("renewals_only"), "open_to_advice"),
                (Some("no_relationship"), "renewals_only"),
                (Some("renewals_only"), "no_relationship"),
                (Some("just_transactions"), "renewals_only"),
                (None, "just_transactions"),
            ]
        );
        assert_eq!(
            stated[4]["sentence"],
            "Just transactions, told on 5 March 2025 by telephone, by Ada Okafor."
        );
    });
}

#[test]
fn what_they_told_us_is_loosened_by_a_request_of_theirs_that_somebody_heard() {
    on_both(|store| {
        let okafor = okafor(store);
        note(store, "2025-03-05", &okafor, "no relationship").unwrap();
        // The house itself heard nobody, and a fact without a source is a wish of ours.
        let house = testkit::at("2025-03-12");
        let ask = |heard_by: Option<&str>| {
            let input = json!({ "id": okafor.relationship, "says": "open to advice", "how": "telephone",
                "by": "Ada Okafor", "on": "2025-03-11", "heard_by": heard_by });
            run(&house, store, "preference.state", input)
        };
        let refused = ask(None).unwrap_err();
        assert_eq!((refused.code, refused.field.as_deref()), ("preference.heard", Some("heard_by")));
        let wish = json!({ "id": house.codes.write(okafor.account), "line": "Advisory",
            "facts": [{ "kind": "preference", "on": "2025-03-10", "wants": "relationship" }] });
        run(&testkit::owner("2025-03-12"), store, "facts.record", wish).unwrap();
        let shown = in_force(store, "2025-03-12", &okafor);
        assert_eq!(
            (&shown["in_force"], &shown["stated"][0]["counts"]),
            (&json!("no_relationship"), &json!(false))
        );

        let refused = ask(Some("Dana")).unwrap_err();
        assert_eq!((refused.code, refused.field.as_deref()), ("preference.heard_by", Some("heard_by")));
        let dana = json!({ "id": house.codes.write(okafor.account), "line": "Advisory",
            "facts": [{ "kind": "assignment", "on": "2025-02-01", "person": "Dana" }] });
        run(&testkit::owner("2025-03-12"), store, "facts.record", dana).unwrap();
        let told = ask(Some("dana")).unwrap();
        assert_eq!(told["in_force"], "open_to_advice");
        assert_eq!(
            told["sentence"],
            "Open to advice, told on 11 March 2025 by telephone, by Ada Okafor, noted by Dana."
        );
        assert_eq!(told["stated"][0]["hand"], "told");
    });
}

#[test]
fn a_campaign_to_somebody_who_wants_no_relationship_shows_wherever_the_fit_does() {
    on_both(|store| {
        let okafor = okafor(store);
        note(store, "2025-03-05", &okafor, "no relationship").unwrap();
        let cx = testkit::owner("2025-03-09");
        let view = || run(&cx, store, "relationship.view", json!({ "id": okafor.relationship })).unwrap();
        judge(store, &cx);
        let before = view();
        assert_ne!(before["fit"], "over-served");
        let campaign = json!({ "kind": "conversation", "on": "2025-03-08", "started_by": "us",
            "topic": "Spring campaign" });
        let sent = json!({ "id": cx.codes.write(okafor.account), "line": "Advisory", "facts": [campaign] });
        let made = run(&cx, store, "facts.record", sent).unwrap();
        judge(store, &cx);
        let after = view();
        assert_eq!((&after["fit"], &after["score"]), (&json!("over-served"), &before["score"]));
        let reason = &after["service"]["reasons"][0];
        assert_eq!((&reason["about"], &reason["facts"][0]["id"]), (&json!("unasked"), &made["ids"][0]));
        assert_eq!(
            reason["sentence"],
            "They want no relationship, told on 5 March 2025 by telephone, by Ada Okafor; after that we began 1 \
             contact, on 8 March 2025, and it was not owed."
        );
        let book = run(&cx, store, "relationships.list", json!({ "fit": "over-served" })).unwrap();
        assert_eq!(book["rows"][0]["id"], okafor.relationship);
        let again = run(&cx, store, "decisions.check", json!({})).unwrap();
        assert_eq!(again["unequal"], 0, "{again}");
    });
}

#[test]
fn what_they_say_of_everything_holds_on_every_line_also_when_they_say_it_again() {
    on_both(|store| {
        let okafor = okafor(store);
        let shop = line(store, "Shop", "retail", true);
        on(store, &testkit::at("2025-03-04"), okafor.account, shop, "2025-02-04", &order(20));
        judge(store, &testkit::at("2025-03-04"));
        let rows =
            run(&testkit::at("2025-03-04"), store, "relationships.list", json!({ "line": "Shop" })).unwrap();
        let there =
            Okafor { line: shop, relationship: rows["rows"][0]["id"].as_str().unwrap().to_owned(), ..okafor };
        let (advisory, shop_link) = (link(store, &okafor), link(store, &there));
        let campaign = |day: &str| allowed(store, day, there.account, shop, Purpose::Campaign);
        press_for(store, "2025-03-10", &advisory, "no_relationship", true).unwrap();
        assert!(!campaign("2025-03-10"));
        press(store, "2025-03-11", &shop_link, "open_to_advice").unwrap();
        assert!(campaign("2025-03-11"));
        press_for(store, "2025-03-12", &advisory, "no_relationship", true).unwrap();
        assert!(!campaign("2025-03-12"), "the last thing that they said is that they want none");
        let stated = || in_force(store, "2025-03-12", &there)["stated"].as_array().unwrap().len();
        let said = stated();
        press_for(store, "2025-03-12", &advisory, "no_relationship", true).unwrap();
        assert_eq!(stated(), said, "a second press changes nothing");
    });
}

#[test]
fn what_they_told_us_is_taken_back_by_an_owner_alone() {
    on_both(|store| {
        let okafor = okafor(store);
        let told = note(store, "2025-03-05", &okafor, "no relationship").unwrap();
        let owner = testkit::owner("2025-03-06");
        let member = Context { actor: Actor::User { id: 77, role: Role::Member }, ..owner.clone() };
        let back = json!({
            "id": owner.codes.write(okafor.account), "fact": told["stated"][0]["fact"], "reason": "noted of another party",
        });
        let refused = run(&member, store, "fact.withdraw", back.clone()).unwrap_err();
        assert_eq!(refused.code, "timeline.told_word");
        assert!(refused.message.contains("ask an owner"), "{}", refused.message);
        assert!(!allowed(store, "2025-03-06", okafor.account, okafor.line, Purpose::Campaign));
        run(&owner, store, "fact.withdraw", back).unwrap();
        assert!(allowed(store, "2025-03-06", okafor.account, okafor.line, Purpose::Campaign));
    });
}

#[test]
fn whatever_door_a_looser_word_comes_by_it_does_not_count() {
    on_both(|store| {
        let okafor = okafor(store);
        let (token, cx) = (link(store, &okafor), testkit::owner("2025-03-20"));
        press(store, "2025-03-10", &token, "no_relationship").unwrap();
        let account = cx.codes.write(okafor.account);
        let facts = |fact: Value| json!({ "id": account, "line": "Advisory", "facts": [fact] });
        let fact = json!({ "kind": "preference", "on": "2025-03-11", "wants": "relationship", "by": "the sales desk" });
        run(&cx, store, "facts.record", facts(fact)).unwrap();
        let shown = in_force(store, "2025-03-20", &okafor);
        assert_eq!(shown["in_force"], "no_relationship");
        assert_eq!(
            (&shown["stated"][0]["counts"], &shown["stated"][1]["counts"]),
            (&json!(false), &json!(true))
        );
        assert!(shown["stated"][0]["sentence"].as_str().unwrap().contains("it does not count"), "{shown}");

        let forged =
            json!({ "kind": "preference", "on": "2025-03-11", "says": "open to advice", "hand": "theirs" });
        assert_eq!(run(&cx, store, "facts.record", facts(forged)).unwrap_err().code, "fact.hand");
        let odd = json!({ "kind": "preference", "on": "2025-03-11", "says": "no relationship", "wants": "relationship" });
        assert_eq!(run(&cx, store, "facts.record", facts(odd)).unwrap_err().code, "fact.wants");

        let theirs = shown["stated"][1]["fact"].clone();
        let back = json!({ "id": account, "fact": theirs, "reason": "they did not mean it" });
        assert_eq!(run(&cx, store, "fact.withdraw", back).unwrap_err().code, "timeline.their_word");
        let noted = json!({ "id": account, "fact": shown["stated"][0]["fact"], "reason": "another Okafor" });
        run(&cx, store, "fact.withdraw", noted).unwrap();

        let case = run(&cx, store, "relationship.case", json!({ "id": okafor.relationship })).unwrap();
        let words: Vec<_> =
            case["facts"].as_array().unwrap().iter().filter(|fact| fact["kind"] == "preference").collect();
        assert_eq!(words.len(), 1, "{words:?}");
        assert!(words[0].get("hand").is_none() && words[0]["wants"] == "transactions", "{words:?}");
    });
}

#[test]
fn a_link_that_was_altered_opens_nothing_and_says_so() {
    on_both(|store| {
        let okafor = okafor(store);
        let token = link(store, &okafor);
        let other = testkit::at("2025-03-04").codes.write(AccountId::new(okafor.account.0 + 1));
        let own = testkit::at("2025-03-04").codes.write(okafor.account);
        for altered in
            [token.replace(&own, &other), token[1..].to_owned(), token[..token.len() - 1].to_owned()]
        {
            assert_eq!(
                press(store, "2025-03-10", &altered, "no_relationship").unwrap_err().code,
                "preference.link"
            );
        }
        assert_eq!(press(store, "2025-03-10", &token, "everything").unwrap_err().code, "preference.word");
        let ours = testkit::owner("2025-03-10");
        let said = store.write(&ours, |tx| {
            say(&ours, tx, Say { token: &token, says: "open_to_advice", everywhere: false })
        });
        assert_eq!(said.unwrap_err().code, "preference.not_theirs", "one of us does not speak for them");
        assert_eq!(in_force(store, "2025-03-10", &okafor)["stated"], json!([]));
        press(store, "2025-03-10", &token, "no_relationship").unwrap();
        press(store, "2025-03-10", &token, "no_relationship").unwrap();
        assert_eq!(
            in_force(store, "2025-03-10", &okafor)["stated"].as_array().unwrap().len(),
            1,
            "pressed twice"
        );
    });
}

#[test]
fn no_word_of_theirs_moves_class_or_score_by_a_bit() {
    on_both(|store| {
        let okafor = okafor(store);
        let token = link(store, &okafor);
        let day = "2025-03-10";
        judge(store, &testkit::at(day));
        store.write(&testkit::at(day), |tx| relationship::jobs::decide_aged(&testkit::at(day), tx)).unwrap();
        // Of a decision all cells but how they are served against it, and when it was made.
        let judged = || -> Vec<Vec<String>> {
            let table = &relationship::store::RELATIONSHIP;
            let rows = decisions(store).into_iter().map(|(_, row)| row);
            rows.map(|row| {
                let cells = table.columns.iter().zip(row);
                let moved = ["fit", "decided_at", "last_day", "preference"];
                let kept = cells.filter(|(column, _)| !moved.contains(&column.name));
                kept.map(|(_, cell)| cell).collect()
            })
            .collect()
        };
        let before = judged();
        for says in ["no_relationship", "open_to_advice", "just_transactions", "renewals_only"] {
            press(store, day, &token, says).unwrap();
            let place = (okafor.account.0, okafor.line.0);
            assert_eq!(super::store::cell(store, place, "preference"), says, "it is decided at once");
            assert_eq!(judged(), before, "{says}");
        }
    });
}

#[test]
fn one_question_answers_for_every_line_and_for_all_of_them() {
    on_both(|store| {
        let okafor = okafor(store);
        let shop = line(store, "Shop", "retail", true);
        let whole = LineId::new(0);
        let day = "2025-03-10";
        let may = |line, purpose| allowed(store, day, okafor.account, line, purpose);
        assert!(
            may(okafor.line, Purpose::Campaign) && may(whole, Purpose::Campaign),
            "nobody has said anything"
        );

        press(store, day, &link(store, &okafor), "just_transactions").unwrap();
        assert!(!may(okafor.line, Purpose::Campaign) && may(okafor.line, Purpose::Service));
        assert!(may(shop, Purpose::Campaign), "they spoke of another line");
        assert!(!may(whole, Purpose::Campaign), "for all of them the least counts");

        let input = json!({ "id": okafor.relationship, "says": "no relationship", "how": "letter", "everywhere": true });
        run(&testkit::owner(day), store, "preference.state", input).unwrap();
        for place in [okafor.line, shop, whole] {
            assert!(!may(place, Purpose::Service) && may(place, Purpose::Law), "{place:?}");
        }
        let input = json!({ "id": okafor.relationship, "purpose": "law" });
        let told = run(&testkit::at(day), store, "contact.clearance", input).unwrap();
        assert_eq!((&told["allowed"], &told["mark"]), (&json!(true), &json!("Required by law")));
        let unknown = json!({ "id": okafor.relationship, "purpose": "spam" });
        assert_eq!(
            run(&testkit::at(day), store, "contact.clearance", unknown).unwrap_err().code,
            "contact.purpose"
        );
    });
}

#[test]
fn a_suggestion_waits_for_a_person_and_gives_way_to_their_word() {
    on_both(|store| {
        let okafor = okafor(store);
        let cx = testkit::owner("2025-03-10");
        let missed = |on: &str| json!({ "kind": "conversation", "on": on, "started_by": "us", "topic": "check_in", "held": false });
        let facts = json!({ "id": cx.codes.write(okafor.account), "line": "Advisory",
            "facts": [missed("2025-01-10"), missed("2025-02-10"), missed("2025-03-01")] });
        run(&cx, store, "facts.record", facts).unwrap();
        let shown = in_force(store, "2025-03-10", &okafor);
        assert_eq!(
            (&shown["suggestion"]["says"], shown.get("in_force")),
            (&json!("just_transactions"), None)
        );
        assert!(
            allowed(store, "2025-03-10", okafor.account, okafor.line, Purpose::Campaign),
            "nothing follows by itself"
        );

        let accept = |says: &str| json!({ "id": okafor.relationship, "says": says });
        let other = run(&cx, store, "preference.accept", accept("no relationship")).unwrap_err();
        assert_eq!(other.code, "preference.suggestion");
        let taken = run(&cx, store, "preference.accept", accept("just transactions")).unwrap();
        assert_eq!(
            (&taken["in_force"], &taken["stated"][0]["hand"]),
            (&json!("just_transactions"), &json!("ours"))
        );
        assert!(taken.get("suggestion").is_none(), "{taken}");
        note(store, "2025-03-11", &okafor, "open to advice").unwrap();
        assert_eq!(
            in_force(store, "2025-03-11", &okafor)["in_force"],
            "open_to_advice",
            "what they say stands above it"
        );
    });
}

#[test]
fn what_is_noted_has_a_source_and_a_day_that_has_come() {
    on_both(|store| {
        let okafor = okafor(store);
        let cx = testkit::owner("2025-03-10");
        let whole = |store: &Store| {
            let slices = [access::slice(), timeline::slice(), accounts::slice(), relationship::slice()];
            let tables: Vec<_> = slices.iter().flat_map(|slice| slice.tables.iter().copied()).collect();
            store.read(&cx, |tx| dump::canonical(tx, &tables, &mut std::io::sink())).unwrap().sha256
        };
        let before = whole(store);
        for (says, how, on, code) in [
            ("loved", "telephone", "2025-03-01", "preference.word"),
            ("no relationship", "rumour", "2025-03-01", "preference.how"),
            ("no relationship", "letter", "2025-03-11", "preference.day"),
            ("no relationship", "letter", "soon", "day.format"),
        ] {
            let input = json!({ "id": okafor.relationship, "says": says, "how": how, "on": on });
            assert_eq!(run(&cx, store, "preference.state", input).unwrap_err().code, code);
        }
        assert_eq!(whole(store), before);
        // What was said before they put down their own word is history, and no attempt to loosen it.
        press(store, "2025-03-10", &link(store, &okafor), "no_relationship").unwrap();
        let input = json!({ "id": okafor.relationship, "says": "open to advice", "how": "letter", "on": "2025-02-01" });
        let shown = run(&cx, store, "preference.state", input).unwrap();
        assert_eq!(
            (&shown["in_force"], shown["stated"].as_array().unwrap().len()),
            (&json!("no_relationship"), 2)
        );
    });
}
