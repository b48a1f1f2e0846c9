//! Real files through the real import, and the figures that somebody else computed from them.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::world::{World, in_both, owner};
use crate::ops::{change::SetMapping, view::ShownImport};

fn data(path: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(path);
    if !path.exists() {
        eprintln!("not run on {path:?}, which is not there");
        return None;
    }
    Some(std::fs::read(path).unwrap())
}

/// A file comes in as its ready mapping says, with a few lines laid over it.
fn bring(world: &World, path: &str, laid: &str) -> Option<ShownImport> {
    let bytes = data(path)?;
    let name = path.rsplit('/').next().unwrap();
    let id = world.receive(name, &bytes);
    if !laid.is_empty() {
        let cx = owner();
        let mapping = || SetMapping { id: id.clone(), mapping: laid.to_owned() };
        world.house.store.write(&cx, |tx| crate::ops::change::set_mapping(&cx, tx, mapping())).unwrap();
    }
    let planned = world.plan(&id).planned.unwrap();
    let done = world.run(&id);
    assert_eq!(done.result.as_ref(), Some(&planned), "{path}: a dry run is the plan");
    Some(done)
}

fn ask(world: &World, name: &str, input: Value) -> Value {
    let cx = owner();
    let operations: Vec<_> =
        [orders::slice(), contracts::slice()].into_iter().flat_map(|slice| slice.operations).collect();
    let operation = operations.iter().find(|known| known.head.name == name).unwrap();
    world.house.store.read(&cx, |tx| operation.run(&cx, tx, input.clone())).unwrap()
}

fn figures(world: &World) -> Value {
    ask(world, "figures.view", json!({}))
}

#[test]
fn what_clients_promised_to_lobbying_firms() {
    in_both(|world| {
        let path = "sf_lobby_clients/client_payments.csv.gz";
        let Some(done) = bring(world, path, "") else { return };
        let told = figures(world);
        assert_eq!(told["money"][0]["gross"], "60145853.52");
        let days = [&told["accounts"]["first_day"], &told["accounts"]["last_day"]];
        assert_eq!(json!(days), json!(["2010-01-01", "2017-09-30"]));
        assert_eq!(told["accounts"]["on_file"], 1_384, "names as they are spelled");
        assert_eq!(told["identified_buyers"], 1_350);
        assert_eq!(done.result.unwrap().lines.movements, 2_346, "nothing was promised");
        let firms = ask(world, "figures.articles", json!({ "limit": 1000 }));
        let first = |n: usize| [&firms[n]["article"], &firms[n]["gross"]];
        assert_eq!(json!(first(0)), json!(["Platinum Advisors", "13206439.00"]));
        assert_eq!(json!(first(1)), json!(["Hms Associates", "9115200.00"]));
        assert_eq!(json!(first(2)), json!(["Lighthouse Public Affairs", "5128274.78"]));
    });
}

#[test]
fn one_firm_of_them_taken_as_our_business() {
    in_both(|world| {
        let path = "sf_lobby_clients/client_payments.csv.gz";
        let ours = "[rules.only]\ncolumn = \"Lobbyist_Firm\"\nvalues = [\"Platinum Advisors\"]\n";
        if bring(world, path, ours).is_none() {
            return;
        }
        let told = figures(world);
        assert_eq!(
            (&told["identified_buyers"], &told["money"][0]["gross"]),
            (&json!(126), &json!("13206439.00"))
        );
        let months = json!({ "one": 12, "two_to_eleven": 52, "twelve_or_more": 62 });
        assert_eq!(told["accounts"]["months"], months);
        let lately = [&told["accounts"]["bought_lately"], &told["accounts"]["bought_lately_ongoing"]];
        assert_eq!(json!(lately), json!([7, 5]));
        let top = &told["money"][0]["top_accounts"][0];
        assert_eq!((&top["name"], &top["net"]), (&json!("Aecom"), &json!("1279500.00")));
    });
}

#[test]
fn the_baskets_of_households() {
    in_both(|world| {
        if bring(world, "complete_journey/transactions_sample.csv.gz", "").is_none() {
            return;
        }
        let told = figures(world);
        let counts = [&told["identified_buyers"], &told["order_numbers"], &told["order_lines"]];
        assert_eq!(json!(counts), json!([2_377, 47_243, 75_000]));
        assert_eq!(told["money"][0]["gross"], "233935.24");
        let top = &told["money"][0]["top_accounts"][0];
        assert_eq!((&top["name"], &top["net"]), (&json!("1023"), &json!("1156.05")));
        assert_eq!((&told["repeat_buyers"], &told["repeat_rate"]), (&json!(2_270), &json!("95.50")));
        assert_eq!(told["money"][0]["top_tenth_share"], "34.26");
        bring(world, "complete_journey/demographics.csv", "").unwrap();
        assert_eq!(figures(world)["accounts"]["on_file"], 2_377, "all 801 households are known already");
    });
}

#[test]
fn telecom_customers_who_stay_and_who_left() {
    in_both(|world| {
        if bring(world, "telco_churn/Telco-Customer-Churn.csv", "").is_none() {
            return;
        }
        let told = ask(world, "contracts.figures", json!({ "line": "Telecom", "day": "2019-12-31" }));
        assert_eq!(
            json!([told["contracts"], told["ended"], told["ended_share"]]),
            json!([7_043, 1_869, "26.54"])
        );
        let money = &told["money"][0];
        assert_eq!(
            json!([money["recurring"], money["lost"], money["lost_share"], money["billed"]]),
            json!(["316985.75", "139130.85", "30.50", "16056168.70"])
        );
        let tenure = &told["tenure"];
        assert_eq!(
            json!([tenure["running_median"], tenure["ended_median"], tenure["fixed_longer"]]),
            json!(["38", "10", 2_689])
        );
        let terms = told["terms"].as_array().unwrap();
        let shares: Vec<_> =
            terms.iter().map(|part| json!([part["contracts"], part["ended_share"]])).collect();
        for part in [json!([3_875, "42.71"]), json!([1_473, "11.27"]), json!([1_695, "2.83"])] {
            assert!(shares.contains(&part), "{part}: {terms:?}");
        }
    });
}

/// The marks on the accounts of RavenStack that they left.
const MARKS: &str = "target = \"leavings.record\"\n[fixed]\nline = \"RavenStack\"\nindustry = \"saas\"\nparty_space = \"ravenstack\"\n\
                     [columns]\nparty_id = \"account_id\"\nended = \"churn_flag\"\n";

#[test]
fn a_software_company_told_three_ways_who_left() {
    in_both(|world| {
        let at = |name: &str| format!("ravenstack_saas/ravenstack_{name}.csv");
        if bring(world, &at("accounts"), "").is_none() {
            return;
        }
        for file in ["subscriptions", "churn_events", "support_tickets"] {
            bring(world, &at(file), "").unwrap();
        }
        bring(world, &at("accounts"), MARKS).unwrap();
        let told = ask(world, "contracts.figures", json!({ "line": "RavenStack", "day": "2024-12-31" }));
        assert_eq!(json!([told["running_accounts"], told["running"]]), json!([500, 4_514]));
        let money = &told["money"][0];
        let top = &money["top_accounts"][0];
        assert_eq!(
            json!([money["recurring"], top["name"], top["recurring"]]),
            json!(["10159608.00", "Company_166", "131911.00"])
        );
        let leaving = &told["leaving"];
        let counts =
            ["flagged", "told", "ended", "all_three", "flagged_and_running"].map(|word| &leaving[word]);
        assert_eq!(json!(counts), json!([110, 352, 312, 50, 110]));
        let refunds = &leaving["refunds"][0];
        assert_eq!(json!([refunds["count"], refunds["amount"]]), json!([142, "8652.25"]));
        assert_eq!(told["trials"]["accounts"], 403);
        let reasons = leaving["reasons"].as_array().unwrap();
        let count = |word: &str| {
            reasons.iter().find(|one| one["reason"] == word).map_or(0, |one| one["count"].as_i64().unwrap())
        };
        let words = ["features", "support", "budget", "unknown", "competitor", "pricing"];
        assert_eq!(words.map(count), [114, 104, 104, 95, 92, 91]);
    });
}
