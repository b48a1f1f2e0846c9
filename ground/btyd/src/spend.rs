//! What customers spend: mean values with the number of purchases behind
//! each.
//!
//! The value model wants, for each customer who bought, the mean value of a
//! purchase and the number of purchases behind it. The number matters as much
//! as the mean: an average of one purchase is hardly an average.

use crate::customer::InputError;

/// Average values of customers with the number of purchases behind each.
///
/// Use repeat purchases only (or all, but say so), in one currency. Sorted,
/// equal rows collapsed.
///
/// ```
/// use btyd::Spend;
/// let base = Spend::new(&[2, 1, 1], &[22.35, 11.77, 11.77]).unwrap();
/// assert_eq!(base.len(), 3);
/// assert!(Spend::new(&[1], &[0.0]).is_err());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Spend {
    pub(crate) rows: Vec<(u32, f64, u32)>,
}

impl Spend {
    /// From purchases per customer and the mean value of each; customers
    /// without purchases or with a mean of zero are refused: separate them
    /// first, they are not small spenders.
    pub fn new(purchases: &[u32], mean: &[f64]) -> Result<Spend, InputError> {
        Spend::weighted(purchases, mean, None)
    }

    /// The same with a column of counts, one row per group of equal
    /// customers.
    ///
    /// ```
    /// use btyd::Spend;
    /// let rows = Spend::new(&[2, 1, 1], &[22.35, 11.77, 11.77]).unwrap();
    /// assert_eq!(Spend::weighted(&[2, 1], &[22.35, 11.77], Some(&[1, 2])).unwrap(), rows);
    /// ```
    pub fn weighted(purchases: &[u32], mean: &[f64], counts: Option<&[u32]>) -> Result<Spend, InputError> {
        if purchases.len() != mean.len() || counts.is_some_and(|c| c.len() != mean.len()) {
            return Err(InputError::UnequalColumns);
        }
        let mut rows = Vec::with_capacity(mean.len());
        for (row, (&x, &value)) in purchases.iter().zip(mean).enumerate() {
            if x == 0 {
                return Err(InputError::NotAQuantity { row, column: "purchases", value: 0.0 });
            }
            if !(1e-9..=1e12).contains(&value) {
                return Err(InputError::NotAQuantity { row, column: "mean value", value });
            }
            let count = counts.map_or(1, |c| c[row]);
            if count > 0 {
                rows.push((x, value, count));
            }
        }
        if rows.is_empty() {
            return Err(InputError::Empty);
        }
        rows.sort_unstable_by_key(|(x, value, _)| (*x, value.to_bits()));
        rows.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1) && kept.2.checked_add(next.2).is_some();
            if same {
                kept.2 += next.2;
            }
            same
        });
        Ok(Spend { rows })
    }

    /// Number of customers.
    #[expect(clippy::len_without_is_empty, reason = "an empty base cannot be built")]
    pub fn len(&self) -> u64 {
        self.rows.iter().map(|r| u64::from(r.2)).sum()
    }

    /// Mean value per purchase over all purchases.
    pub(crate) fn mean(&self) -> f64 {
        let weight = |r: &(u32, f64, u32)| f64::from(r.0) * f64::from(r.2);
        let purchases: f64 = self.rows.iter().map(weight).sum();
        self.rows.iter().map(|r| weight(r) * r.1).sum::<f64>() / purchases
    }
}
