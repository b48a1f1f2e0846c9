//! Numbers as files write them, exact to ten-thousandths.

use kernel::{Currency, MOST};

use crate::DecimalSign;

/// Reads an amount or a quantity in ten-thousandths, halves beyond them to even.
///
/// Understands currency signs and codes, grouping, parentheses and trailing minus for negative ones, and exponents.
///
/// # Errors
/// A fragment that says what is wrong with it.
pub fn parse(text: &str, sign: DecimalSign) -> Result<i64, &'static str> {
    let value = match plain(text.as_bytes(), sign) {
        Some(value) => value,
        None => loose(text, sign)?,
    };
    if value.unsigned_abs() <= MOST.unsigned_abs() { Ok(value) } else { Err("is too large for an amount") }
}

/// A number in ten-thousandths as digits with a decimal point, without zeros at its end: `1240.5`.
pub(crate) fn written(number: i64) -> String {
    let (whole, rest) = (number.unsigned_abs() / 10_000, number.unsigned_abs() % 10_000);
    let sign = if number < 0 { "-" } else { "" };
    let text = format!("{sign}{whole}.{rest:04}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The product of two numbers in ten-thousandths, halves to even; nothing where it does not fit.
pub fn product(one: i64, other: i64) -> Option<i64> {
    i64::try_from(halved(i128::from(one) * i128::from(other), 10_000))
        .ok()
        .filter(|amount| amount.abs() <= MOST)
}

/// `-1234.5`: digits and a decimal sign, few enough to fit.
fn plain(bytes: &[u8], sign: DecimalSign) -> Option<i64> {
    let (negative, digits) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    if digits.is_empty() || digits.len() > 16 {
        return None;
    }
    let mark = sign.mark() as u8;
    let (mut value, mut decimals, mut after) = (0i64, 0, false);
    for byte in digits {
        if byte.is_ascii_digit() && decimals < 4 {
            value = value * 10 + i64::from(byte - b'0');
            decimals += usize::from(after);
        } else if *byte == mark && !after && !digits.starts_with(&[mark]) {
            after = true;
        } else {
            return None;
        }
    }
    let scaled = value.checked_mul([10_000, 1_000, 100, 10, 1][decimals])?;
    Some(if negative { -scaled } else { scaled })
}

fn loose(text: &str, sign: DecimalSign) -> Result<i64, &'static str> {
    let (negative, text) = bare(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().map_err(|_| "is no number")?),
        None => (text, 0),
    };
    let (whole, fraction) = match mantissa.split_once(sign.mark()) {
        Some((whole, fraction)) => (whole, fraction),
        None => (mantissa, ""),
    };
    if whole.is_empty() && fraction.is_empty() {
        return Err("is no number");
    }
    let mut digits = grouped(whole, sign)?;
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("is no number");
    }
    digits.push_str(fraction);
    let places = i32::try_from(fraction.len()).unwrap_or(i32::MAX).saturating_sub(exponent);
    let value = scaled(&digits, places).ok_or("is too large for an amount")?;
    Ok(if negative { -value } else { value })
}

/// A number without its sign and the signs of money around it, and whether it was negative.
fn bare(text: &str) -> (bool, &str) {
    let blank = |letter: char| letter.is_whitespace() || letter == '\0';
    let mut negative = false;
    let mut rest = text.trim_matches(blank);
    if let Some(inner) = rest.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        (negative, rest) = (true, inner);
    }
    let minus = ['-', '\u{2212}', '\u{2013}'];
    for _ in 0..3 {
        rest = rest.trim_matches(blank);
        if let Some(inner) = rest.strip_prefix(minus).or_else(|| rest.strip_suffix(minus)) {
            (negative, rest) = (!negative, inner);
        } else if let Some(inner) = rest.strip_prefix('+') {
            rest = inner;
        }
        rest = without_currency(rest.trim_matches(blank));
    }
    (negative, rest)
}

/// A number without the currency before or after it.
fn without_currency(text: &str) -> &str {
    let marked = |letter: &char| "$£€¥₹₽₩₪₺₫₴฿¢".contains(*letter);
    if text.chars().next().is_some_and(|letter| marked(&letter))
        || text.chars().next_back().is_some_and(|l| marked(&l))
    {
        return text.trim_matches(|letter| marked(&letter));
    }
    let head = text.find(|letter: char| !letter.is_alphabetic()).unwrap_or(0);
    let tail = text
        .rfind(|letter: char| !letter.is_alphabetic())
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    if is_currency(&text[..head]) {
        text[head..].trim_start_matches(['.', '$', ' '])
    } else if is_currency(&text[tail..]) {
        &text[..tail]
    } else {
        text
    }
}

fn is_currency(word: &str) -> bool {
    let local = ["kr", "zł", "Fr", "Kč", "Ft", "R", "US", "Rs", "RM", "C", "A"];
    !word.is_empty() && (local.contains(&word) || Currency::parse(word).is_ok())
}

/// The digits of the part before the decimal sign, if its grouping is that of thousands (or of lakhs).
fn grouped(whole: &str, sign: DecimalSign) -> Result<String, &'static str> {
    let other = if sign == DecimalSign::Point { ',' } else { '.' };
    let group = |letter: char| letter == other || "'\u{2019}_ \u{a0}\u{202f}\u{2009}".contains(letter);
    let parts: Vec<&str> = whole.split(group).collect();
    let digits: String = parts.concat();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("is no number");
    }
    let fits = |at: usize, part: &&str| match parts.len() {
        1 => true,
        many if at == many - 1 => part.len() == 3,
        _ if at == 0 => (1..=3).contains(&part.len()),
        _ => matches!(part.len(), 2 | 3),
    };
    if parts.iter().enumerate().all(|(at, part)| fits(at, part)) {
        return Ok(digits);
    }
    Err(match sign {
        DecimalSign::Point => "does not group by thousands; is its decimal sign a comma?",
        DecimalSign::Comma => "does not group by thousands; is its decimal sign a point?",
    })
}

/// Digits of which the last `places` are decimals, in ten-thousandths.
fn scaled(digits: &str, places: i32) -> Option<i64> {
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return Some(0);
    }
    let shift = 4i32.saturating_sub(places);
    if i32::try_from(digits.len()).unwrap_or(i32::MAX).saturating_add(shift) > 19 {
        return None;
    }
    if shift >= 0 {
        let value: i128 = digits.parse().ok()?;
        return i64::try_from(value.checked_mul(10i128.checked_pow(shift.unsigned_abs())?)?).ok();
    }
    let drop = usize::try_from(shift.unsigned_abs()).ok()?;
    let (kept, lost) = digits.split_at(digits.len().saturating_sub(drop));
    if digits.len() < drop {
        return Some(0);
    }
    let value: i128 = if kept.is_empty() { 0 } else { kept.parse().ok()? };
    let rest = lost.trim_end_matches('0');
    let up = match rest.as_bytes().first() {
        Some(b'5') if rest.len() == 1 => value % 2,
        Some(first) => i128::from(*first >= b'5'),
        None => 0,
    };
    i64::try_from(value + up).ok()
}

/// Divides, halves to even.
fn halved(value: i128, by: i128) -> i128 {
    let (quotient, rest) = (value.div_euclid(by), value.rem_euclid(by));
    let up = 2 * rest > by || (2 * rest == by && quotient % 2 != 0);
    quotient + i128::from(up)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_as_people_write_it() {
        let point = |text| parse(text, DecimalSign::Point);
        let comma = |text| parse(text, DecimalSign::Comma);
        for (text, expected) in [
            ("2.55", 25_500),
            ("-6", -60_000),
            ("0.00005", 0),
            ("0.00015", 2),
            ("0.000150001", 2),
            ("$9631.25", 96_312_500),
            ("$90,000 ", 900_000_000),
            ("£68,486.66", 684_866_600),
            ("40,000,000.00", 400_000_000_000),
            ("(1,234.50)", -12_345_000),
            ("-$26.80", -268_000),
            ("$-26.80", -268_000),
            ("26.80-", -268_000),
            ("\u{2212}1.5", -15_000),
            ("USD 1,000", 10_000_000),
            ("1 000.5 EUR", 10_005_000),
            ("1,00,000", 1_000_000_000),
            ("2.5E+02", 2_500_000),
            (".5", 5_000),
            ("5.", 50_000),
        ] {
            assert_eq!(point(text), Ok(expected), "{text}");
        }
        assert_eq!(comma("2.000,0"), Ok(20_000_000));
        assert_eq!(comma("20,0"), Ok(200_000));
        assert_eq!(comma("1.234.567,8912345"), Ok(12_345_678_912));
    }

    #[test]
    fn what_is_no_number_is_refused_rather_than_guessed() {
        for text in [
            "",
            "abc",
            "1.2.3",
            "1,7",
            "12,34,5",
            "5 kg",
            "99999999999999999999",
            "1e99",
            "--",
            "$",
            "()",
            "1.-5",
        ] {
            assert!(parse(text, DecimalSign::Point).is_err(), "{text}");
        }
        assert!(parse("922337203685477.5808", DecimalSign::Point).is_err());
        assert_eq!(parse("100,000,000,000.0001", DecimalSign::Point), Err("is too large for an amount"));
        assert_eq!(parse("100,000,000,000.00", DecimalSign::Point), Ok(MOST));
    }

    #[test]
    fn a_product_is_exact_and_never_wraps() {
        assert_eq!(product(60_000, 25_500), Some(153_000));
        assert_eq!(product(-10_000, 5), Some(-5));
        assert_eq!(product(5_000, 1), Some(0));
        assert_eq!(product(15_000, 1), Some(2));
        assert_eq!(product(i64::MAX, i64::MAX), None);
    }
}
