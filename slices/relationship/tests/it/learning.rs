//! Weights are learned from labels, tried, shown, and adopted by a person only.

use ::store::Store;
use kernel::{Context, Day};
use relationship::policy::SHIPPED;
use serde_json::{Value, json};
use timeline::{
    AccountId, Fact, LineId,
    fact::{Contact, Offer, Purchase, Side, Work},
};

use crate::{DAY, account, judge, line, on, on_both, order, run};

/// A practice: so many whom we advise and talk with, as many who only buy forms, all on one line. What they are said to be
/// is what they do, but for every seventh.
fn practice(store: &Store, cx: &Context, of_each: usize) -> Vec<(AccountId, bool)> {
    let advice = line(store, "Advice", "law", true);
    (0..2 * of_each)
        .map(|n| {
            let who = account(store, &format!("Number {n}"));
            let advised = n < of_each;
            deal(store, cx, who, advice, n, advised);
            (who, advised != (n % 7 == 3))
        })
        .collect()
}

fn deal(store: &Store, cx: &Context, who: AccountId, line: LineId, n: usize, advised: bool) {
    for month in 1..=1 + n % 9 {
        let day = format!("2024-{month:02}-11");
        let fact = match advised {
            true => Fact::Work(Work {
                minutes: 90,
                person: Some("Tomas".into()),
                offer: Some(Offer::Advice),
                ..Work::default()
            }),
            false => order(20),
        };
        on(store, cx, who, line, &day, &fact);
    }
    let bought = Purchase { amount: 900_000, offer: Some(Offer::Goods), ..Purchase::default() };
    on(store, cx, who, line, "2025-01-15", &Fact::Order(bought));
    if n.is_multiple_of(3) {
        let met = Contact { started_by: Side::Us, topic: Some("review".into()), ..Contact::default() };
        on(store, cx, who, line, "2025-02-02", &Fact::Meeting(met));
    }
}

fn rows(cx: &Context, labels: &[(AccountId, bool)]) -> String {
    let row = |(who, client): &(AccountId, bool)| {
        format!("{},{}\n", cx.codes.write(*who), if *client { "client" } else { "customer" })
    };
    format!("account,class\n{}", labels.iter().map(row).collect::<String>())
}

#[test]
fn a_file_of_labels_becomes_a_draft_that_only_a_person_adopts() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let labels = practice(store, &cx, 40);
        judge(store, &cx);
        let before = run(&cx, store, "policy.view", json!({})).unwrap();
        let learned = run(&cx, store, "policy.learn", json!({ "labels": rows(&cx, &labels) })).unwrap();
        assert_eq!((&learned["learned"], &learned["source"]), (&json!(true), &json!("labels")), "{learned}");
        let counts = ["given", "used"].map(|field| learned[field].as_i64().unwrap());
        assert_eq!(counts, [80, 80], "{learned}");
        let number = |of: &str, field: &str| learned[of][field].as_str().unwrap().parse::<f64>().unwrap();
        assert!(number("after", "brier") < number("before", "brier"), "{learned}");
        let tried: i64 = learned["after"]["groups"]
            .as_array()
            .unwrap()
            .iter()
            .map(|group| group["labels"].as_i64().unwrap())
            .sum();
        assert_eq!(tried, 80, "every label is judged once by what was learned from others");
        assert_eq!(learned["folds"], 5);
        assert!(
            learned["changes"].as_array().unwrap().iter().any(|one| one["dimension"] == "base"),
            "{learned}"
        );

        // Nothing changed by learning, and no word of probability yet.
        assert_eq!(run(&cx, store, "policy.view", json!({})).unwrap(), before);
        let rows = run(&cx, store, "relationships.list", json!({})).unwrap();
        let id = rows["rows"][0]["id"].clone();
        let view = run(&cx, store, "relationship.view", json!({ "id": id })).unwrap();
        assert_eq!(view.get("calibrated_on"), None);
        assert!(view["sentence"].as_str().unwrap().contains("the strength of evidence is"), "{view}");

        // A person adopts it; then everybody becomes what the preview said, and the strength is a probability.
        let told = learned["foreseen"]["changed"].as_i64().unwrap();
        let class = |row: &Value| (row["id"].to_string(), row["class"].to_string());
        let classes = || {
            let all = run(&cx, store, "relationships.list", json!({ "limit": 200 })).unwrap();
            let mut all: Vec<_> = all["rows"].as_array().unwrap().iter().map(class).collect();
            all.sort();
            all
        };
        let was = classes();
        let preview = run(&cx, store, "policy.preview", json!({ "learning": learned["id"] })).unwrap();
        assert_eq!(preview["changed"], learned["foreseen"]["changed"]);
        let adopt = json!({ "learning": learned["id"], "reason": "tried on 80 labels", "anyway": true });
        let adopted = run(&cx, store, "policy.adopt", adopt).unwrap();
        assert_eq!(adopted["version"], format!("learned {DAY} from 80 labels"));
        assert_eq!(adopted["broken"], learned.get("broken").cloned().unwrap_or_else(|| json!([])));
        judge(store, &cx);
        let moved = was.iter().zip(classes()).filter(|(was, is)| **was != *is).count();
        assert_eq!(told, i64::try_from(moved).unwrap());
        let view = run(&cx, store, "relationship.view", json!({ "id": id })).unwrap();
        assert_eq!(view["calibrated_on"], 80);
        assert!(view["sentence"].as_str().unwrap().contains("probability"), "{view}");
    });
}

#[test]
fn what_people_set_by_hand_teaches_once_there_is_enough_of_it() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let labels = practice(store, &cx, 24);
        judge(store, &cx);
        let few = run(&cx, store, "policy.learn", json!({})).unwrap();
        assert_eq!((&few["learned"], &few["used"]), (&json!(false), &json!(0)));
        let told = few["answer"].as_str().unwrap();
        assert!(told.starts_with("Too few labels") && told.contains("20 are needed"), "{told}");
        let nothing = run(&cx, store, "policy.adopt", json!({ "learning": few["id"], "reason": "a try" }));
        assert_eq!(nothing.unwrap_err().code, "learning.nothing");

        let book = run(&cx, store, "relationships.list", json!({ "limit": 200 })).unwrap();
        for (who, client) in &labels {
            let account = cx.codes.write(*who);
            let row = book["rows"].as_array().unwrap().iter().find(|row| row["account"] == account).unwrap();
            let class = if *client { "client" } else { "customer" };
            let set = json!({ "id": row["id"], "class": class, "reason": "we know them" });
            run(&cx, store, "override.set", set).unwrap();
        }
        // One that was a slip teaches nothing.
        let slip = book["rows"][0]["id"].clone();
        run(&cx, store, "override.withdraw", json!({ "id": slip })).unwrap();
        let learned = run(&cx, store, "policy.learn", json!({})).unwrap();
        assert_eq!((&learned["source"], &learned["given"]), (&json!("overrides"), &json!(47)), "{learned}");
        assert_eq!(learned["learned"], true, "{learned}");
        let weights = learned["changes"].as_array().unwrap().iter().filter(|one| one["dimension"] != "base");
        let mut weights: Vec<_> = weights.map(|one| one["after"].as_i64().unwrap()).collect();
        weights.dedup();
        assert_eq!(
            weights.len(),
            1,
            "with twenty-odd of the rarer class all weights share one scale: {learned}"
        );
        let held = learned["foreseen"]["held"].as_i64().unwrap();
        assert!(learned["foreseen"]["changed"].as_i64().unwrap() <= 1, "what a person set stays: {learned}");
        assert!(0 <= held);
        let listed = run(&cx, store, "policy.learnings", json!({})).unwrap();
        assert_eq!(listed.as_array().unwrap().len(), 2);
        assert_eq!(listed[0]["id"], learned["id"]);
    });
}

#[test]
fn labels_that_do_not_fit_are_left_out_with_the_reason_and_their_rows() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let (shop, advice) = (line(store, "Shop", "retail", false), line(store, "Advice", "law", true));
        let (rook, wick) = (account(store, "Rook"), account(store, "Wick"));
        for line in [shop, advice] {
            on(store, &cx, rook, line, "2025-01-02", &order(20));
        }
        on(store, &cx, wick, shop, "2025-01-02", &order(20));
        judge(store, &cx);
        let labels = "account,line,class,day\nRook,,client,\nRook,Shop,client,\nRook,shop,customer,\nNobody,,client,\n\
                      Wick,Advice,client,\nWick,,friend,\nWick,Shop,client,2025-02-02\nWick,Shop,client,2024-01-01\n";
        let told = run(&cx, store, "policy.learn", json!({ "labels": labels })).unwrap();
        assert_eq!((&told["given"], &told["used"]), (&json!(8), &json!(1)), "{told}");
        let left: Vec<_> = told["left_out"].as_array().unwrap().iter().collect();
        let of = |why: &str| {
            let found = left.iter().find(|one| one["why"].as_str().unwrap().contains(why));
            found.unwrap_or_else(|| panic!("{why}: {told}"))["rows"].clone()
        };
        assert_eq!(of("several service lines"), json!([1]));
        assert_eq!(of("a later row says"), json!([2, 7]));
        assert_eq!(of("no account that you may see"), json!([4]));
        assert_eq!(of("has no relationship"), json!([5]));
        assert_eq!(of("neither client nor customer"), json!([6]));
        assert_eq!(of("neither customer nor client by the evidence"), json!([8]));
        for (input, code) in [
            (json!({ "labels": "who,what\nRook,client\n" }), "labels.columns"),
            (json!({ "from": "lucky" }), "policy.unknown"),
        ] {
            assert_eq!(run(&cx, store, "policy.learn", input).unwrap_err().code, code);
        }
        let refusal = run(&testkit::reader(DAY), store, "policy.learn", json!({})).unwrap_err();
        assert_eq!(refusal.code, "access.forbidden");
    });
}

#[test]
fn a_call_with_labels_concerns_the_accounts_that_they_name() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let (rook, wick, falk) = (account(store, "Rook"), account(store, "Wick"), account(store, "Falk"));
        store.write(&cx, |tx| accounts::store::set_wall(tx, falk, &[8])).unwrap();
        let labels = format!("account,class\nRook,client\n{},customer\nFalk,client\n", cx.codes.write(wick));
        let input = json!({ "labels": labels });
        let mut told = store.read(&cx, |tx| relationship::concerned(&cx, tx, "", &input)).unwrap();
        told.sort_unstable();
        assert_eq!(told, [rook.0, wick.0], "whoever is behind a wall is nobody to those outside");
        let none = json!({ "labels": "Rook is a client" });
        assert!(store.read(&cx, |tx| relationship::concerned(&cx, tx, "", &none)).unwrap().is_empty());
    });
}

#[test]
fn a_policy_that_says_it_was_learned_and_was_not_is_refused() {
    on_both(|store| {
        let cx = testkit::owner(DAY);
        let claim = format!(
            "{}\n[learned]\nlabels = 500\nclients = 100\non = \"{}\"\nfrom = \"default 2.1.0\"\n",
            SHIPPED[0].1,
            Day::parse(DAY).unwrap()
        );
        let adopt = json!({ "text": claim, "reason": "it looks better" });
        let refusal = run(&cx, store, "policy.adopt", adopt).unwrap_err();
        assert_eq!(refusal.code, "policy.learned");
        assert!(refusal.message.contains("take the section [learned] out"), "{}", refusal.message);
    });
}
