//! What makes a record the same in another copy of a file, whatever a spreadsheet did to its looks.

/// A hash of the cells of a record, blind to what a round trip through a spreadsheet changes: blanks at the end, the
/// case of `True`, `27.0` for `27`, `3:00` for `03:00:00`, the order of columns, blank columns more or less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity(pub u128);

impl Identity {
    /// As sixteen bytes, most significant first.
    pub fn bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }

    /// With one more cell of the column that has this key; a blank cell changes nothing.
    #[must_use]
    pub fn with_cell(self, column: u64, cell: &str) -> Identity {
        let mut scratch = [0; 40];
        let normal = normal(cell, &mut scratch);
        if normal.is_empty() { self } else { Identity(self.0.wrapping_add(hash(column, normal))) }
    }

    /// With one more value of the column that has this key.
    #[must_use]
    pub fn with_value(self, column: u64, value: i64) -> Identity {
        Identity(self.0.wrapping_add(hash(column ^ LANES[1], &value.to_le_bytes())))
    }
}

/// The key of a column by its name: case and blanks do not matter.
pub fn column_key(name: &str) -> u64 {
    let lower: String = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let wide = hash(0, lower.as_bytes());
    (wide >> 64) as u64 ^ wide as u64
}

/// The cell as it is compared; what differs from the cell is written into `scratch`.
fn normal<'c>(cell: &'c str, scratch: &'c mut [u8; 40]) -> &'c [u8] {
    let bytes = cell.as_bytes().trim_ascii_end();
    let [first, ..] = bytes else { return bytes };
    match first {
        b'T' | b't' if bytes.eq_ignore_ascii_case(b"true") => b"true",
        b'F' | b'f' if bytes.eq_ignore_ascii_case(b"false") => b"false",
        b'0'..=b'9' | b'-' if bytes.contains(&b'.') => without_zeros(bytes),
        b'0'..=b'9' if bytes.len() <= 40 && bytes.contains(&b':') => short_time(bytes, scratch),
        _ => bytes,
    }
}

/// `27` of `27.0`, `2.5` of `2.50`; anything that is no plain number as it is.
fn without_zeros(bytes: &[u8]) -> &[u8] {
    let digits = bytes.strip_prefix(b"-").unwrap_or(bytes);
    let plain = digits.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.');
    if !plain || bytes.iter().filter(|byte| **byte == b'.').count() != 1 {
        return bytes;
    }
    let zeros = bytes.iter().rev().take_while(|byte| **byte == b'0').count();
    let short = &bytes[..bytes.len() - zeros];
    short.strip_suffix(b".").unwrap_or(short)
}

/// The time, alone or after a day, without leading zero of the hour and without seconds of zero: `3:00`.
fn short_time<'c>(bytes: &'c [u8], scratch: &'c mut [u8; 40]) -> &'c [u8] {
    let start = bytes.iter().rposition(|byte| matches!(byte, b' ' | b'T')).map_or(0, |at| at + 1);
    let (day, time) = bytes.split_at(start);
    if !time.iter().all(|byte| byte.is_ascii_digit() || *byte == b':') {
        return bytes;
    }
    let time = time.strip_prefix(b"0").filter(|rest| rest.first() != Some(&b':')).unwrap_or(time);
    let time = match time.strip_suffix(b":00") {
        Some(short) if short.contains(&b':') => short,
        _ => time,
    };
    let length = day.len() + time.len();
    scratch[..day.len()].copy_from_slice(day);
    scratch[day.len()..length].copy_from_slice(time);
    if let Some(blank) = start.checked_sub(1) {
        scratch[blank] = b' ';
    }
    &scratch[..length]
}

/// Odd constants of high weight: one for each half of the result, one for the length.
const LANES: [u64; 3] = [0x9e37_79b9_7f4a_7c15, 0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb];

/// A hash of 128 bits, the same on every machine and in every version: stored identities depend on it.
fn hash(seed: u64, bytes: &[u8]) -> u128 {
    let (mut one, mut other) = (seed ^ LANES[0], seed ^ LANES[1]);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let word = chunk.iter().rev().fold(0u64, |word, byte| word << 8 | u64::from(*byte));
        (one, other) = (fold(one ^ word, LANES[1]), fold(other ^ word, LANES[2]));
    }
    let tail = chunks.remainder().iter().rev().fold(0u64, |word, byte| word << 8 | u64::from(*byte));
    let length = (bytes.len() as u64).wrapping_mul(LANES[2]);
    one = fold(fold(one ^ tail, LANES[2]) ^ length, LANES[0]);
    other = fold(fold(other ^ tail, LANES[0]) ^ length, LANES[1]);
    u128::from(fold(one ^ other.rotate_left(23), LANES[2])) << 64 | u128::from(other)
}

/// Multiplies and folds the upper half into the lower.
fn fold(one: u64, other: u64) -> u64 {
    let wide = u128::from(one) * u128::from(other);
    (wide >> 64) as u64 ^ wide as u64 ^ one.rotate_left(32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cells: &[(&str, &str)]) -> Identity {
        cells.iter().fold(Identity::default(), |sum, (name, cell)| sum.with_cell(column_key(name), cell))
    }

    #[test]
    fn a_round_trip_through_a_spreadsheet_changes_nothing() {
        for (one, other) in [
            ("True", "TRUE"),
            ("27.0", "27"),
            ("2.50", "2.5"),
            ("03:00:00", "3:00"),
            ("2023-07-28 03:00:00", "2023-07-28 3:00"),
            ("2023-07-28T03:00:00", "2023-07-28 03:00"),
            ("text  ", "text"),
        ] {
            assert_eq!(of(&[("a", one)]), of(&[("A ", other)]), "{one} and {other}");
        }
        for (one, other) in
            [("00123", "123"), ("27.1", "27"), ("10:00", "1:00"), ("1.2.0", "1.2"), ("a", "b")]
        {
            assert_ne!(of(&[("a", one)]), of(&[("a", other)]), "{one} and {other}");
        }
    }

    #[test]
    fn columns_may_move_but_cells_may_not() {
        assert_eq!(of(&[("a", "1"), ("b", "2"), ("c", "")]), of(&[("b", "2"), ("a", "1")]));
        assert_ne!(of(&[("a", "1"), ("b", "2")]), of(&[("a", "2"), ("b", "1")]));
    }

    #[test]
    fn stored_identities_stay_valid() {
        assert_eq!(of(&[("InvoiceNo", "536365"), ("Quantity", "6")]).0, STORED);
    }

    const STORED: u128 = 311_063_673_990_449_673_177_670_375_870_953_157_406;
}
