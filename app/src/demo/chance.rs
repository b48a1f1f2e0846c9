//! Chance of our own: the same seed draws the same on every machine, because it is whole numbers only.

/// A seeded drawer of numbers: xorshift with a multiplication behind it (Vigna 2016, "An experimental exploration of
/// Marsaglia's xorshift generators, scrambled": xorshift64*). For invented businesses, not for secrets.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// Draws from that seed on; the same word is the same seed.
    pub fn seeded(word: &str) -> Chance {
        // FNV-1a, so that short words lie far apart.
        let seed = word.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Chance(seed | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number from `least` to `most`, both included; `least` where there is nothing between.
    pub fn between(&mut self, least: i32, most: i32) -> i32 {
        let span = u64::try_from(i64::from(most) - i64::from(least) + 1).unwrap_or(1).max(1);
        let drawn = i64::try_from((self.next() >> 11) % span).unwrap_or(0);
        i32::try_from(i64::from(least) + drawn).unwrap_or(least)
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, times: i32) -> bool {
        self.between(1, 100) <= times
    }

    /// One of them. The lists of the sample businesses are never empty.
    ///
    /// # Panics
    /// On an empty list.
    pub fn pick<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        let most = i32::try_from(list.len()).unwrap_or(i32::MAX) - 1;
        &list[usize::try_from(self.between(0, most)).unwrap_or(0)]
    }

    /// Several different ones, in the order of the list.
    pub fn some<'l, T>(&mut self, list: &'l [T], count: i32) -> Vec<&'l T> {
        let mut open = i32::try_from(list.len()).unwrap_or(i32::MAX);
        let mut left = count;
        let mut taken = Vec::new();
        for one in list {
            if self.between(1, open) <= left {
                taken.push(one);
                left -= 1;
            }
            open -= 1;
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_for_ever() {
        let mut chance = Chance::seeded("shop");
        let drawn: Vec<i32> = (0..6).map(|_| chance.between(1, 1000)).collect();
        // Written down once: a change here would change every sample business.
        assert_eq!(drawn, [872, 297, 199, 397, 16, 773]);
    }

    #[test]
    fn draws_stay_within_their_bounds_and_reach_them() {
        let mut chance = Chance::seeded("bounds");
        let drawn: Vec<i32> = (0..2_000).map(|_| chance.between(-2, 2)).collect();
        assert_eq!((drawn.iter().min(), drawn.iter().max()), (Some(&-2), Some(&2)));
        assert_eq!(chance.between(5, 4), 5);
        for _ in 0..100 {
            let some = chance.some(&[1, 2, 3, 4, 5], 3);
            assert_eq!(some.len(), 3);
            assert!(some.is_sorted(), "{some:?}");
        }
    }
}
