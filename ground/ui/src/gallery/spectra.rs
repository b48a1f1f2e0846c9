//! The samples of the spectrum: few, many, a part of it, by service fit, nobody.

use maud::{Markup, html};

use crate::*;

/// Each state under its name.
pub(super) fn spectra() -> Markup {
    let keys = [
        TintKey { tint: Tint::Fits, text: "Fits".into(), count: 131 },
        TintKey { tint: Tint::Less, text: "Gets less than owed".into(), count: 9 },
        TintKey { tint: Tint::More, text: "Gets more than they asked for".into(), count: 2 },
        TintKey { tint: Tint::Unknown, text: "Cannot tell".into(), count: 5 },
    ];
    html! {
        h3 { "Few" } (few())
        h3 { "Many" } (many())
        h3 { "By service fit, a part of it" }
        div .legend { @for key in &keys { (key) } }
        (part())
        h3 { "Nobody" } (Spectrum { id: "nobody".into(), cloud: Cloud::Points(Vec::new()), density: Vec::new(), names: Vec::new(), ..few() })
    }
}

/// The same numbers in every run, and no pattern to the eye.
fn scattered(n: u32) -> (Strength, f64) {
    let (a, b) = (n.wrapping_mul(2_654_435_761), n.wrapping_mul(40_503) % 997);
    let part = f64::from(a % 1_000) / 1_000.0;
    let value = (libm::pow(10.0, 1.0 + 3.0 * f64::from(b) / 997.0) * (0.4 + part)).round();
    (Strength::of_ppm(i64::from(a % 1_000) * 1_000), if n.is_multiple_of(11) { -value / 40.0 } else { value })
}

fn strength(hundredths: i64) -> Strength {
    Strength::of_ppm(hundredths * 10_000)
}

fn few() -> Spectrum<'static> {
    let points = (1..150).map(|n| {
        let (strength, value) = scattered(n);
        let lasts = Strength::of_ppm(550_000) < strength;
        Point { strength, value, lasts, tint: if lasts { Tint::Client } else { Tint::Customer } }
    });
    let axis = SignedLog::around(-250.0, 14_000.0);
    Spectrum {
        id: "few".into(),
        label: "Strength of evidence against net value; the table below has the same figures".into(),
        across: (strength(0), strength(100)),
        band: Band::default(),
        ticks: axis.ticks(8.0).into_iter().map(|value| (value, format!("€{value}").into())).collect(),
        axis,
        density: density(20, 5),
        cloud: Cloud::Points(points.collect()),
        names: vec![Named { strength: strength(93), value: 9_800.0, name: "Osterlund Marine".into() }],
        columns: (0..10).map(|n| column(n * 10, 10, n == 7)).collect(),
        chosen: None,
        brush: Some(Brush {
            href: "#list".into(),
            names: ["strength_from", "strength_to", "net_from", "net_to"],
            bounds: vec![(0.0, "0".into()), (1_000.0, "1000".into())],
        }),
    }
}

fn density(steps: i64, wide: i64) -> Vec<Density> {
    let step = |n: i64| {
        let (customers, clients) = ((n * 7 % 13 + 1) * (15 - n).max(0), (n * 5 % 11 + 1) * (n - 7).max(0));
        let across = (strength(n * wide), strength((n + 1) * wide));
        Density { across, parts: vec![(Tint::Customer, customers), (Tint::Client, clients)] }
    };
    (0..steps).map(step).collect()
}

fn column(from: i64, wide: i64, current: bool) -> SpectrumLink<'static> {
    SpectrumLink {
        part: Part { across: (strength(from), strength(from + wide)), values: (None, None) },
        href: format!("#from-{from}").into(),
        label: format!("{from} to {} hundredths: {} relationships", from + wide, from + 3).into(),
        current,
    }
}

fn many() -> Spectrum<'static> {
    let cells = (0..20).flat_map(|n| (0..9).map(move |row| (n, row)));
    let blots = cells.map(|(n, row)| Blot {
        strength: Strength::of_ppm(n * 50_000 + 25_000),
        value: libm::pow(10.0, 0.5 * row as f64).round(),
        dots: vec![(Tint::Customer, (15 - n).max(0) * (9 - row) * (1 + n * row % 7) * 20)],
        bars: vec![(Tint::Client, (n - 7).max(0) * row * (1 + (n + row) % 5) * 20)],
    });
    Spectrum { id: "many".into(), cloud: Cloud::Cells(blots.collect()), names: Vec::new(), ..few() }
}

fn part() -> Spectrum<'static> {
    let tints = [Tint::Fits, Tint::Fits, Tint::Less, Tint::Unknown, Tint::More];
    let points = (1..90).map(|n| {
        let (at, value) = scattered(n);
        let strength = Strength::of_ppm(650_000 + (at.part() * 100_000.0).round() as i64);
        Point {
            strength,
            value: value.abs(),
            lasts: !n.is_multiple_of(3),
            tint: tints[n as usize % tints.len()],
        }
    });
    let axis = SignedLog::between(0.0, 20_000.0);
    let chosen = Part { across: (strength(69), strength(71)), values: (Some(100.0), Some(2_000.0)) };
    Spectrum {
        id: "part".into(),
        across: (strength(65), strength(75)),
        ticks: axis.ticks(8.0).into_iter().map(|value| (value, format!("€{value}").into())).collect(),
        axis,
        density: (65..75)
            .map(|n| Density {
                across: (strength(n), strength(n + 1)),
                parts: vec![(Tint::Fits, n - 60), (Tint::Less, n % 4), (Tint::Unknown, n % 3)],
            })
            .collect(),
        cloud: Cloud::Points(points.collect()),
        names: Vec::new(),
        columns: (65..75).map(|n| column(n, 1, false)).collect(),
        chosen: Some(chosen),
        ..few()
    }
}
