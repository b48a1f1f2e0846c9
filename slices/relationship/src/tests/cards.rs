//! docs/methods/dimensions.md: a card for each dimension, with the curves that are in force.

use crate::{
    DimensionName, Policy,
    policy::{Curve, SHIPPED},
};

/// `- default: 0 → −0.50, 200 → −0.10`, as the cards write a curve.
fn line(policy: &str, curve: &Curve) -> String {
    let knot = |(x, y): &(i64, i64)| {
        let sign = if *y < 0 { '\u{2212}' } else { '+' };
        format!("{x} \u{2192} {sign}{}.{:02}", y.abs() / 1000, y.abs() % 1000 / 10)
    };
    let knots: Vec<_> = curve.knots.iter().map(knot).collect();
    let weight = if curve.weight == 1000 { String::new() } else { format!("; weight {}", curve.weight) };
    let decisive = if curve.decisive { "; decisive" } else { "" };
    format!("- {policy}: {}{weight}{decisive}", knots.join(", "))
}

#[test]
fn each_dimension_has_a_card_that_shows_its_curves_as_they_are() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/methods/dimensions.md");
    let text = std::fs::read_to_string(path).unwrap();
    for name in DimensionName::ALL {
        let head = format!("\n## {}\n", name.word());
        let (_, card) = text.split_once(&head).unwrap_or_else(|| panic!("no card for {name}"));
        let card = card.split("\n## ").next().unwrap().replace("\n  ", " ");
        for (policy, _) in SHIPPED {
            let wanted = line(policy, Policy::shipped(policy).unwrap().curves.of(*name));
            assert!(card.contains(&wanted), "{name}: the card lacks {wanted:?}");
        }
        for part in ["**Question.**", "**Measured**", "**Edges.**", "**Limits.**"] {
            assert!(card.contains(part), "{name}: the card lacks {part}");
        }
    }
}
