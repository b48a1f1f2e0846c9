//! The grid of the spectrum: strength in hundredths, net between round amounts; so that a million relationships are some
//! thousand counts, and every bound of a cell can be asked for.

use std::sync::LazyLock;

/// The height of a cell along the strength, parts per million.
pub const STEP: i64 = 10_000;
/// The greatest strength, which lies in the last step.
pub const WHOLE: i64 = 1_000_000;
/// The strength of who has none, as it is kept.
pub const NONE: i64 = -1;

/// The round amounts of a decade, in tenths of it. The fine ones are 1, 1.5, 2, 3, 5 and 7; every other one is a coarse one.
const ROUND: [i64; 6] = [10, 15, 20, 30, 50, 70];
/// Decades of the major unit, from 1 on; what is beyond lies in the outermost cells.
const DECADES: u32 = 12;
/// Ten-thousandths of the major unit in a tenth of it.
const TENTH: i64 = kernel::SCALE / 10;

/// The bounds between cells along the net, ten-thousandths of the major unit, rising.
static BOUNDS: LazyLock<Vec<i64>> = LazyLock::new(|| {
    let sizes = (0..DECADES).flat_map(|decade| ROUND.map(|round| round * TENTH * 10_i64.pow(decade)));
    let sizes: Vec<i64> = sizes.collect();
    sizes.iter().rev().map(|size| -size).chain([0]).chain(sizes.iter().copied()).collect()
});

/// Where the step of a strength begins; below nothing for who has none.
pub fn step(strength: i64) -> i64 {
    if strength < 0 { NONE } else { (strength / STEP * STEP).min(WHOLE - STEP) }
}

/// Where the cell of a net begins; the least whole number for the lowest, which has no beginning.
pub fn floor(net: i64) -> i64 {
    let above = BOUNDS.partition_point(|bound| *bound <= net);
    above.checked_sub(1).map_or(i64::MIN, |n| BOUNDS[n])
}

/// Where the cell that begins there ends: the first net that is not in it; none for the highest.
pub fn end(floor: i64) -> Option<i64> {
    BOUNDS.get(BOUNDS.partition_point(|bound| *bound <= floor)).copied()
}

/// The bounds between cells, rising.
pub fn bounds() -> impl Iterator<Item = i64> {
    BOUNDS.iter().copied()
}

/// Whether a strength is a bound between steps.
pub fn is_step(strength: i64) -> bool {
    strength % STEP == 0
}

/// Whether a net is a bound between cells.
pub fn is_bound(net: i64) -> bool {
    BOUNDS.binary_search(&net).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: i64 = kernel::SCALE;

    #[test]
    fn a_cell_holds_its_beginning_and_not_its_end() {
        for (net, begins, ends) in [
            (0, 0, UNIT),
            (UNIT - 1, 0, UNIT),
            (UNIT, UNIT, 3 * UNIT / 2),
            (-1, -UNIT, 0),
            (-UNIT, -UNIT, 0),
            (-UNIT - 1, -3 * UNIT / 2, -UNIT),
            (1_999 * UNIT, 1_500 * UNIT, 2_000 * UNIT),
            (2_000 * UNIT, 2_000 * UNIT, 3_000 * UNIT),
        ] {
            assert_eq!((floor(net), end(floor(net))), (begins, Some(ends)), "{net}");
        }
        assert_eq!((floor(i64::MIN), floor(i64::MAX)), (i64::MIN, 7 * UNIT * 10_i64.pow(11)));
        assert_eq!((end(i64::MIN), end(floor(i64::MAX))), (Some(-7 * UNIT * 10_i64.pow(11)), None));
    }

    #[test]
    fn cells_follow_each_other_without_gaps() {
        let mut at = i64::MIN;
        let mut cells = 1;
        while let Some(next) = end(at) {
            assert!(at < next && floor(next) == next && floor(next - 1) == at && is_bound(next));
            (at, cells) = (next, cells + 1);
        }
        assert_eq!(cells, 2 * 72 + 2);
    }

    #[test]
    fn a_strength_lies_in_its_hundredth_and_the_greatest_in_the_last() {
        let known = [(-1, -1), (0, 0), (9_999, 0), (10_000, 10_000), (796_999, 790_000), (WHOLE, 990_000)];
        for (strength, begins) in known {
            assert_eq!(step(strength), begins, "{strength}");
        }
    }
}
