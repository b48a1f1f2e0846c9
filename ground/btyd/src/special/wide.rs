//! Exponential and logarithm of eight numbers at once, in plain arithmetic
//! that a compiler turns into vector instructions.
//!
//! The functions of the C library are fast for one number and cannot be had
//! for several. Here each step is done for all eight numbers before the next,
//! without branches, so that however wide the vectors of a machine are they
//! are filled. The steps are IEEE additions, multiplications and divisions in
//! a fixed order, without fused ones: the digits are the same on every
//! machine.
//!
//! Reduction and logarithm follow the classical description (Cody & Waite
//! 1980, Software manual for the elementary functions).

/// One over `12!` down to one over `1!`.
const TAYLOR: [f64; 12] = [
    1.0 / 479_001_600.0,
    1.0 / 39_916_800.0,
    1.0 / 3_628_800.0,
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5_040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    0.5,
    1.0,
];

/// Numbers worked on together.
pub const WIDE: usize = 8;

/// `exp(x)` of each, for `x` from -708 to 709; beyond, that of the nearer end.
///
/// `2^n exp(r)` with `|r| < ln 2 / 2`; the series to the thirteenth power
/// errs by less than a rounding. Within 2e-16 relative.
///
/// ```
/// use btyd::special::exp_wide;
/// let x = [0.0, 1.0, -1.0, 0.3, 20.0, -700.0, 709.0, 1e-9];
/// for (got, x) in exp_wide(x).into_iter().zip(x) {
///     assert!((got / x.exp() - 1.0).abs() < 5e-16);
/// }
/// ```
#[inline]
pub fn exp_wide(x: [f64; WIDE]) -> [f64; WIDE] {
    // Adding and taking away 1.5 * 2^52 rounds to a whole number, whose bits stay at the low end.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
    const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    let (mut rest, mut power) = ([0.0; WIDE], [0.0; WIDE]);
    for i in 0..WIDE {
        let x = x[i].clamp(-708.0, 709.0);
        let shifted = x * std::f64::consts::LOG2_E + ROUND;
        let n = shifted - ROUND;
        rest[i] = (x - n * LN_2_HIGH) - n * LN_2_LOW;
        power[i] = f64::from_bits(shifted.to_bits().wrapping_add(1023) << 52);
    }
    let mut sum = [1.0 / 6_227_020_800.0; WIDE];
    for coefficient in TAYLOR.into_iter().chain([1.0]) {
        for i in 0..WIDE {
            sum[i] = sum[i] * rest[i] + coefficient;
        }
    }
    for i in 0..WIDE {
        sum[i] *= power[i];
    }
    sum
}

/// `ln(x)` of each positive, normal `x`, within 3e-16 relative.
///
/// ```
/// use btyd::special::ln_wide;
/// let x = [1.0, 2.0, 0.5, 1.0 + 1e-12, 1e300, 1e-300, 0.7072, 3.0];
/// for (got, x) in ln_wide(x).into_iter().zip(x) {
///     assert!((got - x.ln()).abs() <= 3e-16 * x.ln().abs());
/// }
/// ```
#[inline]
pub fn ln_wide(x: [f64; WIDE]) -> [f64; WIDE] {
    const HALF_ROOT: u64 = 0x3fe6_a09e_667f_3bcd;
    const ONE: u64 = 0x3ff0_0000_0000_0000;
    // A whole number below 2^52 put behind the bits of 2^52 is that float plus 2^52.
    const BEHIND: u64 = 0x4330_0000_0000_0000;
    const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
    const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    let (mut over, mut exponent) = ([0.0; WIDE], [0.0; WIDE]);
    for i in 0..WIDE {
        let bits = x[i].to_bits().wrapping_add(ONE - HALF_ROOT);
        exponent[i] = f64::from_bits(BEHIND | (bits >> 52)) - (4_503_599_627_370_496.0 + 1023.0);
        over[i] = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) + HALF_ROOT) - 1.0;
    }
    let mut out = [0.0; WIDE];
    for i in 0..WIDE {
        let f = over[i];
        let s = f / (2.0 + f);
        let z = s * s;
        // ln(1+f) = f - f²/2 + s (f²/2 + R(s²)), R the rest of 2 artanh, in even and odd powers.
        let w = z * z;
        let odd =
            w * (0.399_999_999_994_094_2 + w * (0.222_221_984_321_497_83 + w * 0.153_138_376_992_093_74));
        let even = z
            * (0.666_666_666_666_673_5
                + w * (0.285_714_287_436_623_9
                    + w * (0.181_835_721_616_180_5 + w * 0.147_981_986_051_165_86)));
        let half = 0.5 * f * f;
        let n = exponent[i];
        out[i] = n * LN_2_HIGH - ((half - (s * (half + (even + odd)) + n * LN_2_LOW)) - f);
    }
    out
}

/// `ln(1 + x)` of each `x` from zero, exact for small ones.
///
/// What rounding took from `1 + x` is given back to first order.
///
/// ```
/// use btyd::special::ln_1p_wide;
/// let x = [0.0, 1e-300, 1e-17, 1e-9, 0.3, 1.0, 1e9, 1e15];
/// for (got, x) in ln_1p_wide(x).into_iter().zip(x) {
///     assert!((got - x.ln_1p()).abs() <= 4e-16 * x.ln_1p());
/// }
/// ```
#[inline]
pub fn ln_1p_wide(x: [f64; WIDE]) -> [f64; WIDE] {
    let sum = x.map(|x| 1.0 + x);
    let mut out = ln_wide(sum);
    for i in 0..WIDE {
        out[i] += (x[i] - (sum[i] - 1.0)) / sum[i];
    }
    out
}

/// `exp(x) - 1` of each, exact for small ones: the series where all are small,
/// the library where one is not.
///
/// ```
/// use btyd::special::exp_m1_wide;
/// for (got, want) in exp_m1_wide([-0.2, 0.3, 1e-12, 0.0, 0.1, 0.2, -0.3, 0.25]).into_iter().zip([-0.2f64, 0.3, 1e-12]) {
///     assert!((got / want.exp_m1() - 1.0).abs() < 4e-16);
/// }
/// ```
#[inline]
pub fn exp_m1_wide(x: [f64; WIDE]) -> [f64; WIDE] {
    if x.iter().any(|x| x.abs() > 0.35) {
        return x.map(f64::exp_m1);
    }
    let mut sum = [1.0 / 6_227_020_800.0; WIDE];
    for coefficient in TAYLOR {
        for i in 0..WIDE {
            sum[i] = sum[i] * x[i] + coefficient;
        }
    }
    let mut out = [0.0; WIDE];
    for i in 0..WIDE {
        out[i] = sum[i] * x[i];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against the functions of the library, over everything that is asked of them.
    #[test]
    fn eight_at_once_are_as_exact_as_one() {
        let (mut worst_exp, mut worst_ln, mut worst_1p) = (0.0f64, 0.0f64, 0.0f64);
        for step in 0..200_000 {
            let place = f64::from(step) / 200_000.0;
            let near: [f64; WIDE] = std::array::from_fn(|i| (place - 0.5) * 10f64.powi(i as i32 - 4));
            for (got, x) in exp_wide(near).into_iter().zip(near) {
                worst_exp = worst_exp.max((got / x.clamp(-708.0, 709.0).exp() - 1.0).abs());
            }
            let sizes: [f64; WIDE] = std::array::from_fn(|i| (place * 40.0 - 20.0).exp() * (i + 1) as f64);
            for (got, x) in ln_wide(sizes).into_iter().zip(sizes) {
                worst_ln = worst_ln.max((got - x.ln()).abs() / x.ln().abs().max(1e-300));
            }
            for (got, x) in ln_1p_wide(sizes).into_iter().zip(sizes) {
                worst_1p = worst_1p.max((got - x.ln_1p()).abs() / x.ln_1p());
            }
        }
        println!("exp {worst_exp:e}, ln {worst_ln:e}, ln_1p {worst_1p:e}");
        assert!(
            worst_exp < 5e-16 && worst_ln < 4e-16 && worst_1p < 5e-16,
            "{worst_exp} {worst_ln} {worst_1p}"
        );
    }
}
