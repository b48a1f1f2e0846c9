//! What is said of a decision.

use kernel::Day;
use timeline::{Fact, fact::Offer};

use super::world::{World, agreed, asked, bill, click, met, named};
use crate::{
    Class, Decision, Entered, Policy, State, Weighing, Why,
    dimension::DimensionName,
    explain::{effects, sentence},
    history::History,
    path, strength,
};

fn practice() -> World {
    World::of("law")
        .on("2025-01-02", agreed(Offer::ProfessionalService))
        .on("2025-01-02", named("Ines"))
        .every(30, "2025-01-10", 2, bill(Offer::ProfessionalService, 4_000_000, "lease"))
        .on("2025-02-01", met("Ines", "review"))
        .on("2025-02-20", asked("advice"))
}

#[test]
fn each_fact_is_weighed_by_leaving_it_out() {
    let practice = practice();
    practice.ask("default", "2025-03-10", |vantage| {
        let whole = Weighing::of(&History::new(&practice.entries, vantage)).score;
        let effects = effects(&practice.entries, vantage, &path(&practice.entries, vantage));
        assert_eq!(effects.len(), practice.entries.len());
        assert!(effects.iter().all(|effect| whole + effect.change == effect.score));
        let contract = effects.iter().find(|effect| effect.fact.0 == 1).unwrap();
        assert!(
            -1_000_000 < contract.change && contract.change < -900_000,
            "the contract carries much of it: {contract:?}"
        );
        assert_eq!(contract.sentence(), format!("without this \u{2212}0.99 \u{2192} 0.64"));
    });
}

#[test]
fn a_decision_reads_as_sentences() {
    let policy = Policy::shipped("default").unwrap();
    let said = sentence(&practice().decided("2025-03-10"), &policy);
    assert!(said.starts_with("A client since 10 March 2025: the strength of evidence is 0.83, at"), "{said}");
    assert!(said.contains("at or above the 0.70 at which one becomes a client"), "{said}");
    let kettle = World::of("retail").on("2025-03-09", click(Offer::Goods, 499_900)).decided("2025-03-10");
    let said = sentence(&kettle, &policy);
    assert!(
        said.contains("Toward customer: service bought (\u{2212}0.90) and continuity (\u{2212}0.50)."),
        "{said}"
    );
}

#[test]
fn a_client_below_the_line_is_said_to_be_held() {
    let mut less = practice();
    less.entries.retain(|entry| !matches!(entry.fact, Fact::Contract(_) | Fact::Assignment(_)));
    let client = State::new(Class::Client, Day::parse("2025-02-01").unwrap(), Entered::First);
    let decision = less.decided_after("2025-03-10", Some(client));
    assert_eq!(decision.why, Why::HeldBetween);
    let said = sentence(&decision, &Policy::shipped("default").unwrap());
    assert!(said.contains("below the 0.70 at which one becomes a client, above the 0.40"), "{said}");
}

#[test]
fn evidence_is_said_in_plain_words() {
    let practice = practice();
    practice.ask("default", "2025-03-10", |vantage| {
        let history = History::new(&practice.entries, vantage);
        let said = |name: DimensionName| name.dimension().evidence(&history);
        assert_eq!(said(DimensionName::Continuity), "3 months of the last 36");
        assert_eq!(
            said(DimensionName::ServiceBought),
            "All of what they paid for was professional service or advice"
        );
        assert_eq!(said(DimensionName::NamedPerson), "Ines, seen acting for them");
        assert_eq!(said(DimensionName::Breadth), "1 need: lease");
        assert_eq!(
            said(DimensionName::Contract),
            "In force, individually agreed; states fees, scope, withdrawal and term"
        );
        assert_eq!(said(DimensionName::Adoption), "No evidence: nothing of this line is measured in use");
    });
}

#[test]
fn a_strength_just_below_a_bound_is_not_shown_as_the_bound() {
    let policy = Policy::shipped("default").unwrap();
    let near = Decision { score: Some(policy.rules.becomes - 1_000), ..practice().decided("2025-03-10") };
    let said = sentence(&near, &policy);
    assert!(said.contains("the strength of evidence is 0.6998, below the 0.70"), "{said}");
}

#[test]
fn nobody_is_shown_as_certain() {
    let shown = [5_293_305, 5_300_000, 2_313_635, 0, -4_198_889, -6_000_000].map(strength::shown);
    assert_eq!(shown, ["over 0.99", "over 0.99", "0.91", "0.50", "0.01", "under 0.01"]);
    assert_eq!((strength::per_million(0), strength::per_million(-4_198_889)), (500_000, 14_790));
    assert_eq!(strength::four_decimals(-4_198_889), "0.0148");
    assert_eq!((strength::per_million(i64::MIN), strength::per_million(i64::MAX)), (0, 1_000_000));
}
