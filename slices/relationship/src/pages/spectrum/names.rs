//! Who is named in the picture: at most five of whom somebody should think first.

use ui::{Named, SignedLog, Strength};

use super::numbers::major;
use crate::{Class, Fit, ops::SpectrumPoint};

/// Names at most.
const MOST: usize = 5;

/// The client and the customer who brought most, those who brought most of the ones that get less than owed or more than
/// they asked for, and who brought least: each where there is room for the name.
pub(super) fn few(points: &[SpectrumPoint], axis: &SignedLog) -> Vec<Named<'static>> {
    let most = |is: &dyn Fn(&SpectrumPoint) -> bool| {
        let found = points.iter().filter(|point| is(point));
        found.reduce(|best, point| if major(&best.net) < major(&point.net) { point } else { best })
    };
    let least = points
        .iter()
        .reduce(|least, point| if major(&point.net) < major(&least.net) { point } else { least });
    let wanted = [
        most(&|point| point.class == Class::Client.as_str()),
        most(&|point| point.fit == Fit::UnderServed.as_str()),
        most(&|point| point.class == Class::Customer.as_str()),
        most(&|point| point.fit == Fit::OverServed.as_str()),
        least.filter(|point| major(&point.net) < 0.0),
    ];
    let mut named: Vec<&SpectrumPoint> = Vec::new();
    for point in wanted.into_iter().flatten() {
        let place = |point: &SpectrumPoint| (point.strength_ppm, axis.down(major(&point.net)));
        let (x, y) = place(point);
        let free = named.iter().map(|known| place(known));
        let is_free = free.into_iter().all(|(known, at)| 250_000 < (known - x).abs() || 6.0 < (at - y).abs());
        if is_free && named.len() < MOST {
            named.push(point);
        }
    }
    let name = |point: &SpectrumPoint| Named {
        strength: Strength::of_ppm(point.strength_ppm),
        value: major(&point.net),
        name: shortened(&point.name).into(),
    };
    named.into_iter().map(name).collect()
}

/// A long name, as far as there is room for it.
fn shortened(name: &str) -> String {
    const LETTERS: usize = 28;
    if name.chars().count() <= LETTERS {
        return name.to_owned();
    }
    format!("{}…", name.chars().take(LETTERS).collect::<String>().trim_end())
}
