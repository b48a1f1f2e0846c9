//! What pairs of records come to together: groups of the same, or at most one partner for each.

use std::collections::HashMap;

/// Pairs with their weights in bits; above 0 the same is more likely than not.
pub type Links = [(u32, u32, f64)];

/// What a pair inside a group counts that was never compared, in bits.
const STRANGERS: f64 = -10.0;

/// Groups of records that are the same, each in ascending order; records that are alone are left out.
///
/// Links are followed from the strongest down; two groups become one only if all pairs between them weigh more than
/// nothing together, so a chain of weak links through a record in between does not hold (greedy correlation
/// clustering).
pub fn clusters(records: usize, links: &Links, least: f64) -> Vec<Vec<u32>> {
    let weights: HashMap<(u32, u32), f64> = links.iter().map(|(a, b, weight)| ((*a, *b), *weight)).collect();
    let mut order: Vec<_> = links.iter().filter(|(.., weight)| least <= *weight).collect();
    order.sort_by(|x, y| y.2.total_cmp(&x.2).then((x.0, x.1).cmp(&(y.0, y.1))));
    let mut group_of: Vec<u32> = (0..u32::try_from(records).unwrap_or(u32::MAX)).collect();
    let mut groups: HashMap<u32, Vec<u32>> = HashMap::new();
    for (a, b, _) in order {
        let (x, y) = (group_of[*a as usize], group_of[*b as usize]);
        if x == y {
            continue;
        }
        let own = |of: u32, alone: u32| groups.get(&of).cloned().unwrap_or_else(|| vec![alone]);
        let (left, right) = (own(x, *a), own(y, *b));
        let between = left.iter().flat_map(|l| right.iter().map(|r| (*l.min(r), *l.max(r))));
        let sum: f64 = between.map(|pair| weights.get(&pair).copied().unwrap_or(STRANGERS)).sum();
        if 0.0 < sum {
            right.iter().for_each(|member| group_of[*member as usize] = x);
            groups.remove(&y);
            groups.insert(x, [left, right].concat());
        }
    }
    let mut found: Vec<_> = groups.into_values().collect();
    found.iter_mut().for_each(|group| group.sort_unstable());
    found.sort();
    found
}

/// At most one partner for each record, the strongest pairs first.
pub fn one_to_one(links: &Links, least: f64) -> Vec<(u32, u32, f64)> {
    let mut order: Vec<_> = links.iter().filter(|(.., weight)| least <= *weight).copied().collect();
    order.sort_by(|x, y| y.2.total_cmp(&x.2).then((x.0, x.1).cmp(&(y.0, y.1))));
    let mut taken = std::collections::HashSet::new();
    order.retain(|(a, b, _)| {
        let free = !taken.contains(a) && !taken.contains(b);
        if free {
            taken.extend([*a, *b]);
        }
        free
    });
    order.sort_by_key(|(a, b, _)| (*a, *b));
    order
}
