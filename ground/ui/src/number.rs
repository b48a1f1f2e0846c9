//! Numbers in words' company: grouped from 10,000, signed with a true minus, percent with a narrow space.

/// The true minus.
pub(crate) const MINUS: char = '\u{2212}';

/// `9999`, `10,000`: grouped only where the eye needs it.
pub fn count(n: i64) -> String {
    speech::Number(n).to_string()
}

/// `1 row`, `4 rows`, `12,000 rows`.
pub fn plural(n: i64, one: &str, many: &str) -> String {
    speech::noun(n, one, many)
}

/// A share as whole percent, `63 %`; 0 and 100 only when it is none or all.
pub fn percent(part: i64, whole: i64) -> String {
    let (part, whole) = (i128::from(part), i128::from(whole));
    if whole <= 0 {
        return "–".to_owned();
    }
    let shown = match (200 * part + whole) / (2 * whole) {
        0 if 0 < part => 1,
        100 if part < whole => 99,
        n => n,
    };
    format!("{shown}\u{202f}%")
}

/// Hundredths with their sign, as contributions are shown: `+0.62`, `−0.42`, `0.00`.
pub fn signed(hundredths: i64) -> String {
    let size = hundredths.unsigned_abs();
    let sign = match hundredths {
        0 => String::new(),
        n if n < 0 => MINUS.to_string(),
        _ => "+".to_owned(),
    };
    format!("{sign}{}{}{:02}", size / 100, speech::decimal_sign(), size % 100)
}

/// A score in micro-log-odds with two decimals and its sign, halves to even.
pub fn score(micro: i64) -> String {
    signed(hundredths(micro))
}

/// Micro-log-odds to hundredths, halves to even.
pub(crate) fn hundredths(micro: i64) -> i64 {
    let (whole, rest) = (micro.div_euclid(10_000), micro.rem_euclid(10_000));
    let up = 5_000 < rest || (rest == 5_000 && whole % 2 != 0);
    whole + i64::from(up)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped_from_ten_thousand() {
        let shown: Vec<_> = [0, 9_999, 10_000, 1_234_567, -12_000].map(count).into();
        assert_eq!(shown, ["0", "9999", "10,000", "1,234,567", "−12,000"]);
        assert_eq!(plural(1, "row", "rows"), "1 row");
        assert_eq!(plural(0, "row", "rows"), "0 rows");
    }

    #[test]
    fn a_percentage_is_nothing_or_all_only_when_it_is() {
        let shown: Vec<_> = [(0, 9), (1, 1_000), (999, 1_000), (1_000, 1_000), (1_204, 1_910), (1, 0)]
            .map(|(part, whole)| percent(part, whole).replace('\u{202f}', " "))
            .into();
        assert_eq!(shown, ["0 %", "1 %", "99 %", "100 %", "63 %", "–"]);
    }

    #[test]
    fn a_score_carries_its_sign() {
        let shown: Vec<_> = [1_270_000, -600_000, 0, 5_000, 15_000, -5_001, 4_999].map(score).into();
        assert_eq!(shown, ["+1.27", "−0.60", "0.00", "0.00", "+0.02", "−0.01", "0.00"]);
    }
}
