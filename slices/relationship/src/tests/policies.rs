//! What a policy must hold, and what it guarantees.

use crate::{Industries, Policy, policy::SHIPPED};

fn changed(from: &str, to: &str) -> Policy {
    Policy::parse(&text(from, to)).unwrap()
}

fn refusal(from: &str, to: &str) -> String {
    Policy::parse(&text(from, to)).unwrap_err().to_string()
}

fn text(from: &str, to: &str) -> String {
    let (_, shipped) = SHIPPED[0];
    assert!(shipped.contains(from), "{from:?} is not in the policy");
    shipped.replacen(from, to, 1)
}

#[test]
fn the_policies_that_ship_keep_every_guarantee() {
    let industries = Industries::shipped().unwrap();
    for (name, _) in SHIPPED {
        let policy = Policy::shipped(name).unwrap();
        assert_eq!(policy.broken_guarantees(&industries), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn the_figures_of_the_guarantees_are_those_of_the_policy_page() {
    let industries = Industries::shipped().unwrap();
    let worst = |name: &str| -> Vec<i64> {
        let table = Policy::shipped(name).unwrap().guarantees(&industries);
        table.iter().map(|one| one.worst / 1000).collect()
    };
    assert_eq!(worst("default"), [200, 600, 600, 600, 600, 600, 0, 1900]);
    assert_eq!(worst("relationship")[4], 700);
    assert_eq!(worst("professional-service")[8..], [900, 800, -700]);
}

#[test]
fn a_weight_that_lets_one_family_make_a_client_is_named_in_words() {
    let policy = changed("upper = 750", "upper = 1750");
    let policy = Policy { curves: policy.curves.clone(), ..changed("[36, 750]]", "[36, 1750]]") };
    let broken = policy.broken_guarantees(&Industries::shipped().unwrap());
    assert!(broken.is_empty(), "the bound still holds it: {broken:?}");
    let both = text("[36, 750]]", "[36, 1750]]").replacen("upper = 750", "upper = 1750", 1);
    let broken = Policy::parse(&both).unwrap().broken_guarantees(&Industries::shipped().unwrap());
    assert!(
        broken.iter().any(|one| one.contains("continuity and breadth alone could make a client")),
        "{broken:?}"
    );
}

#[test]
fn a_curve_that_falls_is_refused() {
    let why = refusal("[36, 750]]", "[36, 600]]");
    assert!(why.contains("dimension.continuity.knots must not fall"), "{why}");
    assert!(refusal("[36, 750]]", "[24, 750]]").contains("left to right"));
}

#[test]
fn bounds_that_leave_out_zero_are_refused() {
    assert!(refusal("lower = -600", "lower = 100").contains("dimension.continuity.lower"));
    assert!(refusal("upper = 750", "upper = -1").contains("dimension.continuity.upper"));
}

#[test]
fn a_threshold_that_is_not_its_odds_is_refused_with_the_right_number() {
    assert!(refusal("become = 847298", "become = 847299").contains("847298"));
    assert!(refusal("stop_permille = 400", "stop_permille = 800").contains("log-odds"));
}

#[test]
fn a_missing_dimension_an_unknown_key_and_a_word_in_place_of_a_number_are_refused() {
    assert!(refusal("[dimension.spend]", "[dimension.expense]").contains("expense"));
    assert!(refusal("usage = 90", "usage = 90\nweather = 1").contains("weather"));
    assert!(
        refusal("usage = 90", "usage = \"long\"").contains("integer")
            || !refusal("usage = 90", "usage = \"long\"").is_empty()
    );
    assert!(refusal("usage = 90", "usage = 0").contains("windows.usage"));
    assert!(refusal("maximum = 1095", "maximum = 30").contains("below the minimum"));
}

#[test]
fn an_industry_with_an_unknown_window_is_refused() {
    let refused =
        |pack: &str| Industries::parse(&format!("version = \"1\"\n[inn]\n{pack}")).unwrap_err().to_string();
    assert!(refused("windows = { weather = 3 }").contains("weather"));
    assert!(refused("not_applicable = [\"mood\"]").contains("mood"));
    assert!(refused("prior = 99999").contains("99999"));
}
