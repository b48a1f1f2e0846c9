//! Lengths of time as time sheets write them.

/// Reads `01:30:00` or `1:30` as minutes, halves up.
///
/// # Errors
/// A fragment that says what is wrong with it.
pub fn minutes(text: &str) -> Result<i64, &'static str> {
    let wrong = "is no length of time such as 01:30:00";
    let parts: Vec<&str> = text.trim().split(':').collect();
    let (hours, minutes, seconds) = match parts.as_slice() {
        [hours, minutes] => (*hours, *minutes, "0"),
        [hours, minutes, seconds] => (*hours, *minutes, *seconds),
        _ => return Err(wrong),
    };
    let digits = |part: &str, below: i64| {
        let all = !part.is_empty() && part.len() <= 6 && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<i64>().ok().filter(|number| all && *number < below)
    };
    match (digits(hours, 1_000_000), digits(minutes, 60), digits(seconds, 60)) {
        (Some(hours), Some(minutes), Some(seconds)) => Ok((hours * 3_600 + minutes * 60 + seconds + 30) / 60),
        _ => Err(wrong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_time_is_minutes_rounded_once() {
        assert_eq!(minutes("01:00:01"), Ok(60));
        assert_eq!(minutes("0:00:30"), Ok(1));
        assert_eq!(minutes("120:15"), Ok(7_215));
        for wrong in ["", "1", "1:60", "a:10", "1:2:3:4", "-1:00"] {
            assert!(minutes(wrong).is_err(), "{wrong}");
        }
    }
}
