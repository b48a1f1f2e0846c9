//! Gauss-Legendre rules, and a composite rule for integrals over time.
//!
//! Integrals in this crate run over time in the logarithm of a scale plus
//! time, where the integrands are smooth. A Gauss-Legendre rule of sixteen
//! nodes then reaches full precision on a panel of unit length; eight nodes
//! do on short or gentle ones. The error of a rule of n nodes falls like
//! `ρ^-2n`, with `ρ` the sum of the half axes of the largest ellipse around
//! the panel in which the integrand is analytic.

/// Nodes and weights on [-1, 1], the positive half: the rule is symmetric.
pub const EIGHT: [(f64, f64); 4] = [
    (0.183_434_642_495_649_8, 0.362_683_783_378_362),
    (0.525_532_409_916_329, 0.313_706_645_877_887_27),
    (0.796_666_477_413_626_7, 0.222_381_034_453_374_48),
    (0.960_289_856_497_536_2, 0.101_228_536_290_376_26),
];

/// Sixteen nodes on [-1, 1], the positive half.
pub const SIXTEEN: [(f64, f64); 8] = [
    (0.095_012_509_837_637_44, 0.189_450_610_455_068_5),
    (0.281_603_550_779_258_9, 0.182_603_415_044_923_6),
    (0.458_016_777_657_227_4, 0.169_156_519_395_002_54),
    (0.617_876_244_402_643_7, 0.149_595_988_816_576_74),
    (0.755_404_408_355_003, 0.124_628_971_255_533_88),
    (0.865_631_202_387_831_8, 0.095_158_511_682_492_79),
    (0.944_575_023_073_232_6, 0.062_253_523_938_647_89),
    (0.989_400_934_991_649_9, 0.027_152_459_411_754_096),
];

/// Visits the nodes and weights of `count` equal panels of sixteen nodes on
/// `[from, to]`.
///
/// ```
/// let mut area = 0.0;
/// btyd::special::panels(0.0, 2.0, 1, |x, weight| area += weight * x.exp());
/// assert!((area - 2f64.exp_m1()).abs() < 1e-14);
/// ```
pub fn panels(from: f64, to: f64, count: usize, mut visit: impl FnMut(f64, f64)) {
    let half = 0.5 * (to - from) / count as f64;
    for panel in 0..count {
        let middle = from + half * (2.0 * panel as f64 + 1.0);
        for (node, weight) in SIXTEEN {
            visit(middle - half * node, half * weight);
            visit(middle + half * node, half * weight);
        }
    }
}
