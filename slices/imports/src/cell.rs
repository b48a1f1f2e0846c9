//! A cell of a sheet as text: what a person sees in it, without what the format of the cell does to its value.

/// A number as it was typed. Workbooks keep numbers in binary and show at most fifteen digits of them: 0.1 + 0.2 is 0.3.
pub(crate) fn number(value: f64) -> String {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value == value.trunc() && value.abs() <= EXACT {
        return if value == 0.0 { "0".to_owned() } else { format!("{value:.0}") };
    }
    if !value.is_finite() {
        return String::new();
    }
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    rounded.to_string()
}

/// Yes or no, as workbooks write it.
pub(crate) fn truth(value: bool) -> String {
    if value { "TRUE" } else { "FALSE" }.to_owned()
}

/// A moment: year, month, day, hours, minutes, seconds, milliseconds.
pub(crate) type Moment = (u16, u8, u8, u8, u8, u8, u16);

/// A moment as a day, as a day with a time, or, where it lies before the first day of all, as a time.
pub(crate) fn moment(serial: f64, parts: Moment) -> String {
    let (year, month, day, hours, minutes, seconds, millis) = parts;
    let clock = clock(hours.into(), minutes, seconds, millis);
    if (0.0..1.0).contains(&serial) {
        return clock;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if clock == "00:00:00" { date } else { format!("{date} {clock}") }
}

/// How long something took, in days: hours, minutes and seconds.
pub(crate) fn duration(days: f64) -> String {
    let millis = (days.abs() * 86_400_000.0).round().min(1e15) as u64;
    let (seconds, millis) = (millis / 1000, u16::try_from(millis % 1000).unwrap_or(0));
    let part = |value: u64| u8::try_from(value % 60).unwrap_or(0);
    let sign = if days < 0.0 { "-" } else { "" };
    format!("{sign}{}", clock(seconds / 3600, part(seconds / 60), part(seconds), millis))
}

fn clock(hours: u64, minutes: u8, seconds: u8, millis: u16) -> String {
    let whole = format!("{hours:02}:{minutes:02}:{seconds:02}");
    if millis == 0 { whole } else { format!("{whole}.{millis:03}") }
}

/// A moment or a length of time as documents write it: `2024-05-01T10:30:00`, `PT10H30M00S`.
pub(crate) fn iso(text: &str) -> String {
    let text = text.trim();
    if let Some(parts) = text.strip_prefix("PT") {
        return length(parts).unwrap_or_else(|| text.to_owned());
    }
    let plain = text.replacen('T', " ", 1);
    let plain = plain.strip_suffix(" 00:00:00").unwrap_or(&plain);
    plain.strip_suffix(".000000000").unwrap_or(plain).to_owned()
}

/// `10H30M00.5S`
fn length(text: &str) -> Option<String> {
    let (hours, rest) = text.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds: f64 = rest.trim_end_matches('S').parse().ok()?;
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    Some(duration((f64::from(hours) * 3600.0 + f64::from(minutes) * 60.0 + seconds) / 86_400.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_they_were_typed() {
        for (value, text) in [
            (17850.0, "17850"),
            (0.1 + 0.2, "0.3"),
            (-2.5, "-2.5"),
            (1234567890123456.0, "1234567890123456"),
            (-0.0, "0"),
            (1.0 / 3.0, "0.333333333333333"),
            (1e-7, "0.0000001"),
        ] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn days_and_times_are_told_apart() {
        assert_eq!(moment(43000.0, (2017, 9, 22, 0, 0, 0, 0)), "2017-09-22");
        assert_eq!(moment(43000.5, (2017, 9, 22, 12, 0, 0, 0)), "2017-09-22 12:00:00");
        assert_eq!(moment(0.25, (1899, 12, 31, 6, 0, 0, 0)), "06:00:00");
        assert_eq!(duration(1.5), "36:00:00");
        assert_eq!(iso("2024-05-01T00:00:00"), "2024-05-01");
        assert_eq!(iso("PT08H30M00S"), "08:30:00");
    }
}
