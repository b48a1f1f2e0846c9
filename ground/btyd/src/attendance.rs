//! Customers seen over whole occasions: a season, a yearly appeal.
//!
//! Where buying is possible only at certain moments (a yearly appeal, a
//! season ticket, a conference), time is a count of occasions, and a customer
//! is how many of them were taken, which was the last, and how many there
//! were. With six occasions there are at most 22 different customers, however
//! large the base.

use crate::customer::InputError;

/// One customer seen over whole occasions: how many were taken, which was the
/// last, out of how many.
///
/// ```
/// use btyd::Attendance;
/// // Four of six, the last at the fifth.
/// assert!(Attendance::new(4, 5, 6).is_ok());
/// // Four cannot have been taken by the third.
/// assert!(Attendance::new(4, 3, 6).is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attendance {
    pub(crate) frequency: u32,
    pub(crate) recency: u32,
    pub(crate) occasions: u32,
}

impl Attendance {
    /// A customer, if the three numbers can be true together.
    pub fn new(frequency: u32, recency: u32, occasions: u32) -> Result<Attendance, InputError> {
        check(0, frequency, recency, occasions)
    }

    /// Occasions taken.
    pub fn frequency(&self) -> u32 {
        self.frequency
    }

    /// The last of them, counted from one; zero if none.
    pub fn recency(&self) -> u32 {
        self.recency
    }

    /// Occasions there were.
    pub fn occasions(&self) -> u32 {
        self.occasions
    }
}

fn check(row: usize, frequency: u32, recency: u32, occasions: u32) -> Result<Attendance, InputError> {
    if recency > occasions {
        return Err(InputError::RecencyBeyondAge { row });
    }
    if frequency > recency || (frequency == 0) != (recency == 0) {
        return Err(InputError::FrequencyAgainstRecency { row });
    }
    if occasions > 100_000 {
        return Err(InputError::OutOfRange { row });
    }
    Ok(Attendance { frequency, recency, occasions })
}

/// A checked base of such customers, equal ones collapsed.
///
/// ```
/// use btyd::Attendances;
/// let base = Attendances::new(&[0, 2, 2], &[0, 4, 4], &[6, 6, 6], &[10, 1, 2]).unwrap();
/// assert_eq!(base.cells().len(), 2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendances {
    pub(crate) cells: Vec<(Attendance, u32)>,
}

impl Attendances {
    /// From columns, with how many customers share each row.
    pub fn new(
        frequency: &[u32],
        recency: &[u32],
        occasions: &[u32],
        counts: &[u32],
    ) -> Result<Attendances, InputError> {
        let rows = frequency.len();
        if recency.len() != rows || occasions.len() != rows || counts.len() != rows {
            return Err(InputError::UnequalColumns);
        }
        let mut cells = Vec::with_capacity(rows);
        for row in (0..rows).filter(|row| counts[*row] > 0) {
            cells.push((check(row, frequency[row], recency[row], occasions[row])?, counts[row]));
        }
        cells.sort_unstable();
        cells.dedup_by(|next, kept| {
            let same = next.0 == kept.0 && kept.1.checked_add(next.1).is_some();
            if same {
                kept.1 += next.1;
            }
            same
        });
        if cells.is_empty() { Err(InputError::Empty) } else { Ok(Attendances { cells }) }
    }

    /// Distinct customers with their number.
    pub fn cells(&self) -> &[(Attendance, u32)] {
        &self.cells
    }

    /// Adds up one of the three numbers over all customers.
    pub(crate) fn sum(&self, of: impl Fn(&Attendance) -> u32) -> f64 {
        self.cells.iter().map(|(d, n)| f64::from(of(d)) * f64::from(*n)).sum()
    }
}
