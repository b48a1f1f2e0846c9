//! How a party wants to be dealt with, as browsers find it: one click without signing in and without a script, and what we
//! note of it.

use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use mainstay::{
    archive,
    config::{self, Settings},
    worker,
};
use serde_json::{Value, json};
use store::Location;
use testkit::Bench;

use crate::{
    town::{Answer, Town, Who},
    world::{Ids, World},
};

/// The link of a relationship, as one of us is given it.
fn link(town: &Town, who: Who, ids: &Ids) -> String {
    let path = format!("/relationships/{}/preference/links", ids.relationship);
    let made = town.call(who, Method::POST, &path, None);
    made.json()["path"].as_str().unwrap_or_else(|| panic!("{}", made.text)).to_owned()
}

/// Presses a button of their page, as a browser without scripts does that never signed in.
fn press(town: &Town, path: &str, fields: &str) -> Answer {
    let request = town.request(Who::Nobody, Method::POST, path);
    let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    town.send(request.body(Body::from(fields.to_owned())).unwrap())
}

fn in_force(town: &Town, who: Who, ids: &Ids) -> Value {
    town.call(who, Method::GET, &format!("/relationships/{}/preference", ids.relationship), None).json()
}

fn audit(town: &Town, who: Who) -> String {
    town.call(who, Method::GET, "/audit?limit=200", None).text
}

#[test]
fn one_click_says_it_and_opening_the_page_says_nothing() {
    for town in Town::all() {
        let world = World::build(&town);
        let path = link(&town, Who::Member, &world.open);
        let (before, audited) = (town.hash(), town.audited());
        for method in [Method::GET, Method::HEAD, Method::GET] {
            let opened = town.send(town.request(Who::Nobody, method, &path).body(Body::empty()).unwrap());
            assert_eq!(opened.status, StatusCode::OK, "{}", opened.text);
        }
        assert_eq!(
            (town.hash(), town.audited()),
            (before, audited),
            "a scanner that follows links changes nothing"
        );
        let page = town.page(Who::Nobody, &path);
        for told in [
            "Rook &amp; Daughters",
            "You have not chosen yet",
            "No relationship",
            "Renewals only",
            "no slower",
        ] {
            assert!(page.text.contains(told), "{told}: {}", page.text);
        }
        for word in ["href=\"/relationships\"", "Sign in", "strength", "customer", "client", "onclick"] {
            assert!(!page.text.contains(word), "{word}: {}", page.text);
        }
        assert_eq!(page.header("referrer-policy"), "same-origin", "the link leaks to no other site");

        let went = press(&town, &path, "says=no_relationship");
        assert_eq!(
            (went.status, went.header("location")),
            (StatusCode::SEE_OTHER, path.as_str()),
            "{}",
            went.text
        );
        let page = town.page(Who::Nobody, &path).text;
        assert!(page.contains("You chose <strong>no relationship</strong> on "), "{page}");
        let shown = in_force(&town, Who::Reader, &world.open);
        assert_eq!(
            (&shown["in_force"], &shown["stated"][0]["hand"]),
            (&json!("no_relationship"), &json!("theirs"))
        );
        worker::run_due(&town.running.open).unwrap();
        let ours = town.page(Who::Reader, &format!("/relationships/{}", world.open.relationship)).text;
        assert!(ours.contains("No relationship, stated by themselves on "), "{ours}");
        assert!(
            town.page(Who::Reader, &format!("/accounts/{}", world.open.account))
                .text
                .contains("stated by themselves")
        );
    }
}

#[test]
fn what_they_did_is_on_record_and_their_link_is_not() {
    for town in Town::all() {
        let world = World::build(&town);
        let path = link(&town, Who::Maren, &world.walled);
        let outside = audit(&town, Who::Owner);
        let audited = town.audited();
        assert_eq!(press(&town, &path, "says=just_transactions").status, StatusCode::SEE_OTHER);
        assert_eq!(town.audited(), audited + 1);
        assert_eq!(audit(&town, Who::Owner), outside, "what is done behind a wall is not told outside");
        let within = audit(&town, Who::Maren);
        let seal = path.rsplit('.').next().unwrap();
        assert!(
            within.contains("POST /preferences/{token}") && within.contains("just_transactions"),
            "{within}"
        );
        assert!(!within.contains(seal), "{within}");

        let noted = format!("/relationships/{}/preferences", world.walled.relationship);
        let form = "says=open_to_advice&how=telephone";
        let refused = town.form(Who::Maren, &noted, None, form);
        assert_eq!((refused.status, refused.code().as_str()), (StatusCode::CONFLICT, "preference.theirs"));
        assert!(refused.text.contains("end them their link"), "{}", refused.text);
        assert_eq!(audit(&town, Who::Owner), outside);
        assert!(audit(&town, Who::Maren).contains("refused: preference.theirs"));
    }
}

#[test]
fn a_link_that_was_altered_or_whose_party_is_gone_says_so_plainly() {
    for town in Town::all() {
        let world = World::build(&town);
        let path = link(&town, Who::Maren, &world.walled);
        let altered = path[..path.len() - 1].to_owned();
        for answer in [town.page(Who::Nobody, &altered), press(&town, &altered, "says=open_to_advice")] {
            assert_eq!((answer.status, answer.code().as_str()), (StatusCode::NOT_FOUND, "preference.link"));
            assert!(
                answer.text.contains("ask us for another") && !answer.text.contains("Sign in"),
                "{}",
                answer.text
            );
            assert!(!answer.text.contains("Zq7canary"));
        }
        let blank = press(&town, &path, "");
        assert_eq!(
            (blank.status, blank.code().as_str()),
            (StatusCode::UNPROCESSABLE_ENTITY, "preference.word")
        );
        let ours = town.form(Who::Owner, &path, None, "says=open_to_advice");
        assert_eq!((ours.status, ours.code().as_str()), (StatusCode::CONFLICT, "preference.not_theirs"));
        assert!(town.page(Who::Owner, &path).text.contains("Only they choose here"));

        // Falk Brewery is known from the file alone.
        let rows = town.call(Who::Owner, Method::GET, "/relationships", None).json()["rows"].clone();
        let falk = rows.as_array().unwrap().iter().find(|row| row["name"] == "Falk Brewery").unwrap().clone();
        let made = format!("/relationships/{}/preference/links", falk["id"].as_str().unwrap());
        let path =
            town.call(Who::Member, Method::POST, &made, None).json()["path"].as_str().unwrap().to_owned();
        assert_eq!(town.page(Who::Nobody, &path).status, StatusCode::OK);
        let undo = town.call(Who::Maren, Method::POST, &format!("/imports/{}/undo", world.import), None);
        assert!(undo.status.is_success(), "{}", undo.text);
        worker::run_due(&town.running.open).unwrap();
        for answer in [town.page(Who::Nobody, &path), press(&town, &path, "says=no_relationship")] {
            assert_eq!((answer.status, answer.code().as_str()), (StatusCode::NOT_FOUND, "preference.gone"));
            assert!(answer.text.contains("not with us any more"), "{}", answer.text);
        }
    }
}

#[test]
fn a_link_from_before_a_merge_speaks_for_the_one_that_was_kept() {
    for town in Town::all() {
        let world = World::build(&town);
        let rows = town.call(Who::Owner, Method::GET, "/relationships", None).json()["rows"].clone();
        let falk = rows.as_array().unwrap().iter().find(|row| row["name"] == "Falk Brewery").unwrap().clone();
        let path = link(&town, Who::Member, &world.open);
        let pair = json!({ "pairs": [{ "kept": falk["account"], "gone": world.open.account }] });
        let merged = town.call(Who::Owner, Method::POST, "/merges", Some(pair));
        assert!(merged.status.is_success(), "{}", merged.text);
        worker::run_due(&town.running.open).unwrap();
        assert_eq!(press(&town, &path, "says=renewals_only&everywhere=on").status, StatusCode::SEE_OTHER);
        worker::run_due(&town.running.open).unwrap();
        let kept = Ids { relationship: falk["id"].as_str().unwrap().to_owned(), ..world.open.clone() };
        let shown = in_force(&town, Who::Reader, &kept);
        assert_eq!(
            (&shown["in_force"], &shown["stated"][0]["everywhere"]),
            (&json!("renewals_only"), &json!(true))
        );
    }
}

#[test]
fn what_they_told_us_is_noted_on_a_page_and_a_link_is_shown_once() {
    for town in Town::all() {
        let world = World::build(&town);
        let page = format!("/relationships/{}/preference", world.open.relationship);
        let noted = format!("{page}s");
        let went = town.form(
            Who::Member,
            &noted,
            None,
            "says=just_transactions&how=letter&by=Maud+Rook&on=2025-03-04",
        );
        assert_eq!(went.status, StatusCode::SEE_OTHER, "{}", went.text);
        assert!(
            went.header("location").starts_with(&format!("{page}?noted=fact_")),
            "the way back is offered there"
        );
        let shown = town.page(Who::Reader, &page).text;
        let sentence =
            "Just transactions, told on 4 March 2025 by letter, by Maud Rook, noted by Member of ours.";
        assert!(shown.contains(sentence) && !shown.contains("Note it"), "{shown}");
        let wrong =
            town.form(Who::Member, &noted, None, "says=just_transactions&how=letter&by=Maud&on=2999-01-01");
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            wrong.text.contains("has not come yet") && wrong.text.contains("value=\"Maud\""),
            "{}",
            wrong.text
        );
        let looser = town.form(Who::Member, &noted, None, "says=open_to_advice&how=telephone");
        assert_eq!(
            looser.status,
            StatusCode::SEE_OTHER,
            "a later request of theirs that is on record: {}",
            looser.text
        );

        let theirs = town.page(Who::Nobody, &link(&town, Who::Member, &world.open)).text;
        assert!(theirs.contains("We deal with you as <strong>open to advice</strong> since "), "{theirs}");
        assert!(
            !theirs.contains("telephone") && !theirs.contains("of ours"),
            "how we know is ours: {theirs}"
        );

        let link = town.form(Who::Member, &format!("{page}/links"), None, "");
        assert_eq!(
            (link.status, link.header("cache-control")),
            (StatusCode::OK, "no-store"),
            "{}",
            link.text
        );
        assert!(link.text.contains("/preferences/1."), "{}", link.text);
        assert!(!town.page(Who::Member, &page).text.contains("/preferences/1."), "looking shows no link");
    }
}

#[test]
fn an_export_carries_what_they_said_and_not_the_key() {
    let town = Town::one();
    let world = World::build(&town);
    let path = link(&town, Who::Member, &world.open);
    press(&town, &path, "says=no_relationship");
    worker::run_due(&town.running.open).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    archive::write(&town.running.open, &out).unwrap();
    assert!(!out.join("tables/house_key.csv").exists());
    for bench in Bench::all() {
        let data = tempfile::tempdir().unwrap();
        let database = match &bench.location {
            Location::File(_) => None,
            Location::Server(url) => Some(url.clone()),
        };
        let settings = Settings { data: data.path().to_owned(), database };
        archive::load(&config::open(&settings).unwrap(), &out).unwrap();
        let copy = config::open(&settings).unwrap();
        let cx = copy.house.context();
        let named = relationship::ops::Named { id: world.open.relationship.clone() };
        let shown = copy.house.store.read(&cx, |tx| relationship::ops::preference(&cx, tx, named)).unwrap();
        assert_eq!(serde_json::to_value(shown).unwrap(), in_force(&town, Who::Owner, &world.open));
        // Another house, another key: a link of the first one opens nothing here.
        let token = path.trim_start_matches("/preferences/");
        let opened = copy.house.store.read(&cx, |tx| relationship::ops::open(&cx, tx, token).map(drop));
        assert_eq!(opened.unwrap_err().code, "preference.link");
    }
}
